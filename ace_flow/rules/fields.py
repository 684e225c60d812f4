"""Fields: their types, and the keys that each type takes."""

from __future__ import annotations

import math
import re
import warnings
from operator import attrgetter
from typing import TYPE_CHECKING

from ace_flow.diagnostics import Diagnostic
from ace_flow.model import CustomType, Field, Model
from ace_flow.model.data import AUTOMATIC_FIELDS, FIELD_TYPES, RELATION_TYPES
from ace_flow.names import Suggestion
from ace_flow.rules.missing import elsewhere, removed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ace_flow.diagnostics import Related
    from ace_flow.model import Catalogue, Pattern
    from ace_flow.source import Span

_NUMBERS = frozenset({"float", "integer"})
_TEXT = frozenset({"string"})
# What validates a value: key of the format to attribute of a field, the types that take it, why.
_VALIDATIONS = {
    "min": ("minimum", _NUMBERS, "only an integer or float has it"),
    "max": ("maximum", _NUMBERS, "only an integer or float has it"),
    "min_length": ("min_length", _TEXT, "only a string has it"),
    "max_length": ("max_length", _TEXT, "only a string has it"),
    "pattern": ("pattern", _TEXT, "only a string has it"),
}
# What says how pages show it.
_SHOWN = {
    "format": ("format", _TEXT, "only a string has it"),
    "currency": ("currency", _NUMBERS, "only an integer or float has it"),
}
_TAKEN_BY = {
    "values": ("values", frozenset({"enum"}), "only an enum has values"),
    "ref": ("ref", frozenset({"ref"}), "only a ref field has one"),
    **_VALIDATIONS,
    **_SHOWN,
}
# Everything that a type may not take, and what most fields have of it.
_modified = attrgetter(
    *(attribute for attribute, *_ in _TAKEN_BY.values()), "misplaced", "authorization", "default"
)
_UNMODIFIED = _modified(Field(name="", type=""))
# Those of GraphQL.
_INTEGERS = range(-(2**31), 2**31)
_RANGE = f"integers are whole numbers from {_INTEGERS[0]} to {_INTEGERS[-1]}"
_OF_A_KEY = "Amplify ignores it at the first field of the record's key"
_OF_A_TYPE = "the fields of a custom type do not take it"


def field_types(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """Every field has a type, and what the type needs."""
    known = {enum.name for enum in pattern.enums} | {custom.name for custom in pattern.types}
    for owner, field in _fields(pattern):
        if not field.type:
            yield _at(
                field, "name", "ACE012", f"`{owner.name}.{field.name}` has no type", "add `type: …`"
            )
        elif field.type in RELATION_TYPES:
            message = f"`{owner.name}.{field.name}` cannot be a {field.type}: a custom type has "
            message += "no table, and no relations"
            hint = f"keep a key, `type: id`, or make `{owner.name}` a model"
            yield _at(field, "type", "ACE101", message, hint)
        elif field.type == "ref" and field.ref not in known:
            wanted = f"there is no enum or type `{field.ref}`" if field.ref else "`ref` is missing"
            related = removed(pattern, f"enums.{field.ref}", f"types.{field.ref}")
            yield _at(field, "ref", "ACE103", wanted, _ref_hint(pattern, field, known), related)


def _ref_hint(pattern: Pattern, field: Field, known: set[str]) -> str | Suggestion:
    named = field.ref or (field.node.text("model") if field.node else "")
    if pattern.model(named):
        return f"`{named}` is a model: write `type: belongsTo, model: {named}`"
    if named in known:
        return f"write `ref: {named}`"
    if known:
        return Suggestion(named, known)
    what = f"add `{named}`" if named else "name what is declared"
    return f"{what} under `schema.types` or `schema.enums`"


def automatic_fields(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """What Amplify keeps in every record, when it is declared, has the type Amplify gives it."""
    for model in pattern.models:
        for member in model.members:
            is_date = member.name in AUTOMATIC_FIELDS
            is_key = member.name == "id" and not isinstance(member, Field)
            what, kind = ("a date", "datetime") if is_date else ("the key", "id")
            if is_key or (is_date and member.type != kind):
                yield Diagnostic(
                    code="ACE111",
                    message=f"Amplify keeps {what} in `{model.name}.{member.name}`",
                    span=member.at("type"),
                    hint=f"make it `type: {kind}`, or rename it",
                )


def model_fields(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """Every model and type has a field of its own."""
    for owner in pattern.owners:
        members = owner.members if isinstance(owner, Model) else owner.fields
        if not members:
            yield Diagnostic(
                code="ACE107",
                message=f"`{owner.name}` has no fields",
                span=owner.span,
                hint="add `fields:` with at least one",
            )


def modifiers(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """A field has only the keys that its type takes in Amplify."""
    types = {custom.name for custom in pattern.types}
    for owner, field in _fields(pattern):
        if field.type not in FIELD_TYPES or _modified(field) == _UNMODIFIED:
            continue  # what it takes, its type decides; most have nothing to take
        for key, reason in _illegal_keys(owner, field, types):
            message = f"`{owner.name}.{field.name}` cannot have `{key}`: {reason}"
            related = _unfit(owner, field, field.at(key))
            yield _at(field, key, "ACE106", message, related=related)
        yield from _limits(owner, field)
        if field.pattern is not None and (problem := _regex_problem(field.pattern)):
            yield _at(field, "pattern", "ACE106", f"`{owner.name}.{field.name}`: {problem}")


def _limits(owner: Model | CustomType, field: Field) -> Iterator[Diagnostic]:
    """Some value is within a field's limits."""
    where = f"`{owner.name}.{field.name}` allows no value"
    for least, most, low, high in (
        (field.minimum, field.maximum, "min", "max"),
        (field.min_length, field.max_length, "min_length", "max_length"),
    ):
        if least is not None and most is not None and least > most:
            message = f"{where}: `{low}: {least}` is more than `{high}: {most}`"
            related = elsewhere(field.at(low), field, high)
            yield _at(field, low, "ACE106", message, related=related)
            return
    if field.type == "integer" and (outside := _no_integer(field.minimum, field.maximum)):
        key = "max" if field.minimum is None else "min"
        yield _at(field, key, "ACE106", f"{where}: no integer is {outside}", _RANGE)


def _no_integer(least: float | None, most: float | None) -> str | None:
    """Return the limits between which no integer is."""
    low = -math.inf if least is None else least
    high = math.inf if most is None else most
    if low > _INTEGERS[-1]:
        return f"at least {least}"
    if high < _INTEGERS[0]:
        return f"at most {most}"
    first = math.ceil(max(low, _INTEGERS[0]))
    return None if first <= high else f"between {least} and {most}"


def is_first_key(owner: Model | CustomType, field: Field) -> bool:
    """Tell whether the field is the first of a record's key, of which Amplify takes less."""
    return isinstance(owner, Model) and field.name == owner.key[0]


def _illegal_keys(
    owner: Model | CustomType, field: Field, types: set[str]
) -> Iterator[tuple[str, str]]:
    """Yield the keys a field has and does not take, each with the reason."""
    if not field.type:
        return
    for key, (attribute, takers, reason) in _TAKEN_BY.items():
        if getattr(field, attribute) in (None, ()):
            continue
        if field.type not in takers:
            yield key, reason
        elif why := _unheeded(owner, field, key):
            yield key, why
    for key in field.misplaced:
        if key != "model" or field.type != "ref" or field.ref:
            yield key, "only a relation has it"
    if field.authorization and isinstance(owner, CustomType):
        yield "authorization", _OF_A_TYPE
    if field.default is not None:
        yield from _illegal_default(owner, field, types)


def _unfit(owner: Model | CustomType, field: Field, span: Span | None) -> tuple[Related, ...]:
    """Return what forbids a key of the field and is written in another file."""
    if field.array:
        return elsewhere(span, field, "array")
    if is_first_key(owner, field):
        return elsewhere(span, owner, "identifier")
    return elsewhere(span, field, "type")


def _unheeded(owner: Model | CustomType, field: Field, key: str) -> str | None:
    """Return why Amplify would not validate the field's values, or pages not show them so."""
    if key in _SHOWN:
        is_plain = field.array or isinstance(owner, CustomType)
        return "pages show a list, and a custom type, as it is" if is_plain else None
    if key not in _VALIDATIONS:
        return None
    if field.array:
        return "Amplify cannot validate the items of a list"
    if isinstance(owner, CustomType):
        return _OF_A_TYPE
    return _OF_A_KEY if is_first_key(owner, field) else None


def _illegal_default(
    owner: Model | CustomType, field: Field, types: set[str]
) -> Iterator[tuple[str, str]]:
    if is_first_key(owner, field):
        yield "default", _OF_A_KEY
    elif field.array:
        yield "default", "Amplify has no defaults for lists"
    elif field.ref in types:
        yield "default", "a custom type has no default"
    elif isinstance(owner, CustomType):
        yield "default", _OF_A_TYPE


def _regex_problem(pattern: str) -> str | None:
    """Amplify pastes the expression into SDL, too."""
    if re.search(r'["\x00-\x1f\u2028\u2029]', pattern):
        return "`pattern` cannot hold quotes or line breaks"
    if "\\" in pattern:
        return r"`pattern` cannot hold backslashes; write [0-9] for \d and [.] for \."
    if re.search(r"\(\?(?![:=!])|&&|--|\|\||~~", pattern):
        return "`pattern` uses what browsers or AppSync read differently: (?…), &&, --, ~~ or ||"
    try:
        with warnings.catch_warnings(action="ignore"):
            re.compile(pattern)
    except re.error as error:
        return f"`pattern` is no regular expression: {error}"
    except (OverflowError, RecursionError, ValueError):
        return "`pattern` has too many parentheses in each other, or too large a number"
    return None


def _fields(pattern: Pattern) -> Iterator[tuple[Model | CustomType, Field]]:
    for owner in pattern.owners:
        for field in owner.fields:
            yield owner, field


def _at(
    field: Field,
    key: str,
    code: str,
    message: str,
    hint: str | Suggestion | None = None,
    related: tuple[Related, ...] = (),
) -> Diagnostic:
    span = field.at(key)
    return Diagnostic(code=code, message=message, span=span, hint=hint, related=related)


RULES = (field_types, automatic_fields, model_fields, modifiers)
