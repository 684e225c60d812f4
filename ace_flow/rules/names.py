"""Names: legal, not reserved, and distinct in everything that is derived from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ace_flow.diagnostics import Diagnostic, Related
from ace_flow.names import (
    COMPONENT_NAME,
    ENUM_VALUE,
    FIELD_NAME,
    MODEL_NAME,
    PATTERN_NAME,
    RESERVED_ENUM_VALUES,
    RESERVED_FIELDS,
    RESERVED_TYPES,
    SHARED_TYPES,
    WINDOWS_DEVICES,
    camel,
    enum_name,
    pascal,
    plain,
    plural,
)
from ace_flow.plurals import amplify_plural

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterator

    from ace_flow.model import Catalogue, Component, EnumType, Field, Model, Pattern
    from ace_flow.source import Span

# The GraphQL types that Amplify makes for every model.
_DERIVED_TYPES = (
    "Create{}Input",
    "Delete{}Input",
    "Model{}ConditionInput",
    "Model{}Connection",
    "Model{}FilterInput",
    "ModelSubscription{}FilterInput",
    "Update{}Input",
)
_LONGEST_VALUE = 64


class _Kind(NamedTuple):
    """What a kind of thing may be called; `is_file` when a file is called like it."""

    what: str
    legal: re.Pattern[str]
    longest: int
    reserved: frozenset[str]
    case: str
    written: Callable[[str], str]
    is_file: bool = False


_PATTERN = _Kind("a pattern", PATTERN_NAME, 64, frozenset(), "lower case", str.lower, is_file=True)
_ENUM = _Kind("an enum", MODEL_NAME, 50, RESERVED_TYPES | SHARED_TYPES, "PascalCase", pascal)
_MODEL = _ENUM._replace(what="a model or type", is_file=True)
_FIELD = _Kind("a field", FIELD_NAME, 64, RESERVED_FIELDS, "camelCase", camel)
_COMPONENT = _Kind(
    "a component",
    COMPONENT_NAME,
    64,
    frozenset({"Infinity", "NaN"}),
    "PascalCase",
    pascal,
    is_file=True,
)


def legal_names(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """Every name is made of what generated code can carry, and belongs to nobody else."""
    yield from _name(pattern.name, pattern.span, _PATTERN)
    for enum in pattern.enums:
        yield from _name(enum.name, enum.span, _ENUM)
    for owner in pattern.owners:
        yield from _name(owner.name, owner.span, _MODEL)
    for model in pattern.models:
        for member in model.members:
            yield from _name(member.name, member.span, _FIELD)
    for custom in pattern.types:
        for field in custom.fields:
            yield from _name(field.name, field.span, _FIELD)
    for component in pattern.components:
        yield from _name(component.name, component.span, _COMPONENT)


def _name(name: str, span: Span | None, kind: _Kind) -> Iterator[Diagnostic]:
    if not kind.legal.fullmatch(name):
        yield Diagnostic(
            code="ACE110",
            message=f"`{name}` cannot name {kind.what}",
            span=span,
            hint=_legal_form(name, kind),
        )
    elif name in kind.reserved:
        yield Diagnostic(
            code="ACE111",
            message=f"the name `{name}` is reserved: GraphQL or JavaScript has one of its own",
            span=span,
            hint=f"give {kind.what} another name",
        )
    elif kind.is_file and name.lower() in WINDOWS_DEVICES:
        yield Diagnostic(
            code="ACE111",
            message=f"the name `{name}` is reserved: Windows can have no file of that name",
            span=span,
            hint=f"give {kind.what} another name",
        )


def _legal_form(name: str, kind: _Kind) -> str:
    if len(name) > kind.longest:
        return f"it has {len(name)} characters, and may have {kind.longest}"
    like = kind.written(plain(name).lstrip("0123456789"))
    is_free = kind.legal.fullmatch(like) and not any(_name(like, None, kind))
    example = f": `{like}`" if is_free else ""
    return f"write it in {kind.case}, with A-Z, a-z and 0-9, a letter first{example}"


def enum_values(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """Enum values are distinct GraphQL names other than true, false and null."""
    lists: list[tuple[str, EnumType | Field]] = [(enum.name, enum) for enum in pattern.enums]
    lists += [
        (f"{model.name}.{field.name}", field)
        for model in pattern.owners
        for field in model.fields
        if field.type == "enum"
    ]
    for name, thing in lists:
        values = thing.values
        seen: dict[str, int] = {}
        if not values:
            yield Diagnostic(
                code="ACE102",
                message=f"the enum `{name}` has no values",
                span=thing.span,
                hint="add `values: [first, second]`",
            )
        for position, value in enumerate(values):
            span = _value_place(thing, position)
            if not ENUM_VALUE.fullmatch(value) or value in RESERVED_ENUM_VALUES:
                yield Diagnostic(
                    code="ACE102",
                    message=f"`{value}` cannot be a value of the enum `{name}`",
                    span=span,
                    hint=_value_problem(value),
                )
            first = seen.setdefault(value, position)
            if first != position:
                place = _value_place(thing, first)
                yield Diagnostic(
                    code="ACE102",
                    message=f"the enum `{name}` has `{value}` twice",
                    span=span,
                    related=(Related(place, "the first"),) if place else (),
                )


def _value_problem(value: str) -> str:
    if value in RESERVED_ENUM_VALUES:
        return f"GraphQL has a `{value}` of its own: choose another word"
    if value.startswith("__"):
        return "names that begin with `__` are GraphQL's own"
    if len(value) > _LONGEST_VALUE:
        return f"it has {len(value)} characters, and may have {_LONGEST_VALUE}"
    return "a value has A-Z, a-z, 0-9 and _, and does not begin with a digit"


def _value_place(thing: EnumType | Field, position: int) -> Span | None:
    """Return where a value is: a named enum is its list, a field has one under `values`."""
    if thing.node and position < len(thing.node.items):
        return thing.node.items[position].span
    return thing.at("values", position)


def distinct_types(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """Models, types, enums and the types Amplify derives have names of their own."""
    things = [(model.name, "the model", model.span) for model in pattern.models]
    things += [(custom.name, "the type", custom.span) for custom in pattern.types]
    things += [(enum.name, "the enum", enum.span) for enum in pattern.enums]
    things += [
        (
            enum_name(owner.name, field.name),
            f"the enum of {owner.name}.{field.name}",
            field.span,
        )
        for owner in pattern.owners
        for field in owner.fields
        if field.type == "enum"
    ]
    things += [
        (
            enum_name(f"{route.name[:1].upper()}{route.name[1:]}", argument.name),
            f"the enum of {route.name}.{argument.name}",
            argument.span,
        )
        for route in pattern.called
        for argument in route.arguments
        if argument.type == "enum"
    ]
    derived = [
        (form.format(name), f"a type that Amplify makes for {name}", span)
        for makers, forms in (
            ([(model.name, model.span) for model in pattern.models], _DERIVED_TYPES),
            ([(custom.name, custom.span) for custom in pattern.types], ("{}Input",)),
            (_filtered_enums(pattern, array=False), ("Model{}Input",)),
            (_filtered_enums(pattern, array=True), ("Model{}ListInput",)),
        )
        for name, span in makers
        for form in forms
    ]
    # Files are called like the former, so that case does not count there.
    yield from _namesakes(things, {}, str.lower)
    yield from _namesakes(derived, {name: (what, name, span) for name, what, span in things}, str)


def _namesakes(
    things: list[tuple[str, str, Span | None]],
    taken: dict[str, tuple[str, str, Span | None]],
    key: Callable[[str], str],
) -> Iterator[Diagnostic]:
    """Yield what has the name of something before it, or of something in `taken`."""
    for name, what, span in things:
        whose, other, place = taken.setdefault(key(name), (what, name, span))
        if (whose, place) != (what, span):
            case = "" if name == other else "; case does not make a difference"
            yield Diagnostic(
                code="ACE112",
                message=f"{what} would be called `{name}` like {whose} `{other}`",
                span=span,
                hint=f"rename one of them{case}",
                related=_there(place, f"{whose} `{other}`"),
            )


def _filtered_enums(pattern: Pattern, *, array: bool) -> list[tuple[str, Span | None]]:
    """Return the enums by which records are filtered, those in lists or the others."""
    enums: dict[str, Span | None] = {}
    for model in pattern.models:
        for field in model.fields:
            name = enum_name(model.name, field.name) if field.type == "enum" else field.ref
            if field.array == array and name and (field.type == "enum" or pattern.enum(name)):
                enums.setdefault(name, field.span)
    return list(enums.items())


def distinct_plurals(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """No two models have the same plural, which names what lists their records.

    Models whose names no model can have, or that differ in case alone, are reported as such.
    """
    queries: dict[str, Model] = {}
    functions: dict[str, Model] = {}
    for model in pattern.models:
        if not MODEL_NAME.fullmatch(model.name):
            continue
        for taken, many in (
            (queries, amplify_plural(model.name)),
            (functions, pascal(plural(model.name))),  # those of the generated frontend
        ):
            other = taken.setdefault(many, model)
            if other.name.lower() != model.name.lower():
                yield Diagnostic(
                    code="ACE112",
                    message=f"`{other.name}` and `{model.name}` would both be listed by "
                    f"`list{many}`",
                    span=model.span,
                    hint="rename one of the models",
                    related=_there(other.span, f"`{other.name}`"),
                )
                break


def distinct_components(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """No two components have the same file where case does not count."""
    taken: dict[str, Component] = {}
    for component in pattern.components:
        other = taken.setdefault(component.name.lower(), component)
        if other.name != component.name:
            yield Diagnostic(
                code="ACE112",
                message=f"`{component.name}` and `{other.name}` are the same file where case "
                "does not count",
                span=component.span,
                hint="rename one of the components",
                related=_there(other.span, f"`{other.name}`"),
            )


def _there(place: Span | None, what: str) -> tuple[Related, ...]:
    return (Related(place, what),) if place else ()


RULES = (legal_names, enum_values, distinct_types, distinct_plurals, distinct_components)
