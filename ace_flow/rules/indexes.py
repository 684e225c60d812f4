"""Keys: identifiers and secondary indexes on fields that can be keys, within DynamoDB's limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.diagnostics import Diagnostic, Related
from ace_flow.model import Field
from ace_flow.names import (
    FIELD_NAME,
    INDEX_NAME,
    OBJECT_MEMBERS,
    Suggestion,
    index_name,
    query_name,
)
from ace_flow.plurals import amplify_plural
from ace_flow.rules.missing import elsewhere, removed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ace_flow.model import Catalogue, Index, Model, Pattern
    from ace_flow.source import Span

# https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html
MAX_INDEXES = 20
_NO_KEYS = frozenset({"boolean", "json"})
# Amplify keeps these in every record, whether declared or not, but an index needs a declaration.
_AUTOMATIC = frozenset({"createdAt", "id", "updatedAt"})


def index_fields(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """An index is over declared fields that hold one comparable value."""
    for model in pattern.models:
        for index in model.indexes:
            names = index.keys
            called = index.name or "+".join(names)
            remedy = f"remove the index, too; `remove` calls it `{called}`"
            is_key = index.field in model.key and len(model.key) == 1
            if is_key:
                message = f"`{index.field}` is the key of `{model.name}` already"
                hint = "remove the index: the table itself finds records by it"
                yield Diagnostic(code="ACE140", message=message, span=index.span, hint=hint)
            else:
                place = index.at("field")
                yield from _key(pattern, model, index.field, place, "ACE140", remedy)
            for position, name in enumerate(index.sort_keys):
                place = index.at("sort_keys", position)
                yield from _key(pattern, model, name, place, "ACE140", remedy)
            if len(set(names)) < len(names):
                message = f"an index of `{model.name}` has a field twice"
                yield Diagnostic(code="ACE140", message=message, span=index.span)


def identifiers(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """An identifier is made of required fields that hold one comparable value."""
    for model in pattern.models:
        if len(set(model.identifier)) < len(model.identifier):
            message = f"the identifier of `{model.name}` has a field twice"
            yield Diagnostic(code="ACE143", message=message, span=model.at("identifier"))
        for position, name in enumerate(model.identifier):
            place = model.at("identifier", position)
            yield from _key(pattern, model, name, place, "ACE143", "state another `identifier`")
            field = model.member(name)
            if isinstance(field, Field) and _is_enum(pattern, field):
                message = f"`{model.name}.{name}` is an enum and cannot be part of the identifier"
                yield Diagnostic(code="ACE143", message=message, span=field.at("type"))
            elif isinstance(field, Field) and not field.required and field.type != "id":
                message = f"`{model.name}.{name}` is part of the identifier and must be required"
                yield Diagnostic(code="ACE143", message=message, span=field.span)
        field = model.member("id")
        if (
            "id" in model.key
            and isinstance(field, Field)
            and (field.type != "id" or (field.array and not model.identifier))
        ):
            message = f"`{model.name}.id` must be a single `type: id`"
            yield Diagnostic(code="ACE143", message=message, span=field.at("type"))


def index_names(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """Index names are unique in a model, query names in the API."""
    queries: dict[str, tuple[str, Span | None]] = {}
    for model in pattern.models:
        for prefix, name in (("get", model.name), ("list", amplify_plural(model.name))):
            if not {prefix, "queries"} & set(model.disabled):
                queries[f"{prefix}{name}"] = f"the {prefix} query of {model.name}", model.span
    for model in pattern.models:
        names: dict[str, Index] = {}
        for index in model.indexes:
            yield from _index_name(model, index, names)
            name = index.name or index_name(model.name, index.keys)
            first = names.setdefault(name, index)
            if first is index or not _is_repeated(index, first):
                yield from _query_name(model, index, queries)


def index_count(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """A table has at most 20 indexes, counting the one of each belongsTo."""
    for model in pattern.models:
        own = len(model.indexes)
        related = sum(relation.type == "belongsTo" for relation in model.relations)
        if own + related > MAX_INDEXES:
            yield Diagnostic(
                code="ACE142",
                message=f"`{model.name}` would have {own + related} indexes ({own} of its own, "
                f"{related} of relations); DynamoDB allows {MAX_INDEXES}",
                span=model.span,
                hint="remove indexes, or split the model",
            )


def _key(
    pattern: Pattern, model: Model, name: str, span: Span | None, code: str, remedy: str
) -> Iterator[Diagnostic]:
    """Find what keeps a field from being a key; `remedy` is for one that was removed."""
    member = model.member(name)
    if not isinstance(member, Field):
        if name == "id" and member is None and model.key == ("id",) and code == "ACE143":
            return
        kind = "id" if name == "id" else "datetime"
        declare = f"declare it: `{{name: {name}, type: {kind}}}`"
        gone = removed(pattern, f"models.{model.name}.fields.{name}")
        near = Suggestion(name, [field.name for field in model.fields])
        yield Diagnostic(
            code=code,
            message=f"`{model.name}` has no field `{name}`",
            span=span,
            hint=remedy if gone else declare if name in _AUTOMATIC else near,
            related=gone,
        )
    elif (
        member.array
        or member.type in _NO_KEYS
        or (member.type == "ref" and pattern.enum(member.ref) is None)
    ):
        kind = "a list" if member.array else f"of type {member.type}"
        message = f"`{model.name}.{name}` is {kind} and cannot be part of a key"
        related = elsewhere(span, member, "array" if member.array else "type")
        yield Diagnostic(code=code, message=message, span=span, related=related)


def _is_repeated(index: Index, first: Index) -> bool:
    """Tell whether an index of the same name says no more than another: that is one finding."""
    keys = index.field, index.sort_keys
    return not index.query_field and keys == (first.field, first.sort_keys)


def _index_name(model: Model, index: Index, names: dict[str, Index]) -> Iterator[Diagnostic]:
    name = index.name or index_name(model.name, index.keys)
    if not INDEX_NAME.fullmatch(name):
        message = f"`{name}` cannot name an index"
        hint = "3 to 255 letters, digits and _ . -"
        yield Diagnostic(code="ACE141", message=message, span=index.at("name"), hint=hint)
    # Amplify makes a GraphQL name of it when the sort key is of several fields.
    elif len(index.sort_keys) > 1 and {"-", "."} & set(name):
        message = f"`{name}` cannot name an index with several sort keys"
        hint = "use letters, digits and _"
        yield Diagnostic(code="ACE141", message=message, span=index.at("name"), hint=hint)
    if first := names.get(name):
        hint = "remove it, or choose another `name`" if index.name else "remove it, or add a `name`"
        if _is_repeated(index, first):
            hint += " and a `query_field`"
        yield Diagnostic(
            code="ACE141",
            message=f"the model has an index `{name}` already",
            span=index.at("name"),
            hint=hint,
            related=_there(first.at("name"), "the first"),
        )


def _is_enum(pattern: Pattern, field: Field) -> bool:
    return field.type == "enum" or (field.type == "ref" and pattern.enum(field.ref) is not None)


def _query_name(
    model: Model, index: Index, queries: dict[str, tuple[str, Span | None]]
) -> Iterator[Diagnostic]:
    name = index.query_field or query_name(model.name, index.keys)
    span = index.at("query_field")
    taken = queries.get(name)
    queries.setdefault(name, (f"an index of {model.name}", span))
    if index.query_field and not FIELD_NAME.fullmatch(name):
        message = f"`{name}` cannot name a query"
        hint = "use letters, digits and _, not a digit first, at most 64"
        yield Diagnostic(code="ACE141", message=message, span=span, hint=hint)
    elif name in OBJECT_MEMBERS:
        message = f"the name `{name}` is reserved: JavaScript has one of its own"
        yield Diagnostic(code="ACE111", message=message, span=span)
    elif taken:
        what, place = taken
        yield Diagnostic(
            code="ACE141",
            message=f"the query `{name}` of `{model.name}` exists already: {what}",
            span=span,
            hint="choose another `query_field`" if index.query_field else "add a `query_field`",
            related=_there(place, what),
        )


def _there(place: Span | None, what: str) -> tuple[Related, ...]:
    return (Related(place, what),) if place else ()


RULES = (index_fields, identifiers, index_names, index_count)
