"""Names: legal, not reserved, and distinct in everything that is derived from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.diagnostics import Diagnostic
from ace_flow.names import (
    COMPONENT_NAME,
    ENUM_VALUE,
    FIELD_NAME,
    MODEL_NAME,
    OBJECT_MEMBERS,
    PATTERN_NAME,
    RESERVED_ENUM_VALUES,
    RESERVED_FIELDS,
    RESERVED_TYPES,
    WINDOWS_DEVICES,
    pascal,
)

if TYPE_CHECKING:
    import re
    from collections.abc import Container, Iterator

    from ace_flow.model import Catalogue, Pattern
    from ace_flow.source import Span

# Names the generated frontend imports or declares beside a component's own.
_TAKEN_COMPONENTS = frozenset({"App", "Authenticator", "Schema"})


def legal_names(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """Every name is made of what generated code can carry, and belongs to nobody else."""
    yield from _name(
        pattern.name, pattern.span, PATTERN_NAME, WINDOWS_DEVICES, "a pattern", "lower_case"
    )
    for enum in pattern.enums:
        yield from _name(
            enum.name,
            enum.span,
            MODEL_NAME,
            RESERVED_TYPES | OBJECT_MEMBERS,
            "an enum",
            "PascalCase",
        )
    for model in pattern.owners:
        yield from _name(
            model.name, model.span, MODEL_NAME, RESERVED_TYPES, "a model or type", "PascalCase"
        )
    for model in pattern.models:
        for member in model.members:
            yield from _name(
                member.name, member.span, FIELD_NAME, RESERVED_FIELDS, "a field", "camelCase"
            )
    for custom in pattern.types:
        for field in custom.fields:
            yield from _name(
                field.name, field.span, FIELD_NAME, RESERVED_FIELDS, "a field", "camelCase"
            )
    for component in pattern.components:
        yield from _name(
            component.name,
            component.span,
            COMPONENT_NAME,
            _TAKEN_COMPONENTS,
            "a component",
            "PascalCase",
        )


def enum_values(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """Enum values are distinct GraphQL names other than true, false and null."""
    lists = [(enum.name, enum.values, enum.span) for enum in pattern.enums]
    lists += [
        (f"{model.name}.{field.name}", field.values, field.span)
        for model in pattern.owners
        for field in model.fields
        if field.type == "enum"
    ]
    for name, values, span in lists:
        if not values:
            yield Diagnostic(
                code="ACE102",
                message=f"the enum `{name}` has no values",
                span=span,
                hint="add `values: [first, second]`",
            )
        for value in dict.fromkeys(values):
            if not ENUM_VALUE.fullmatch(value) or value in RESERVED_ENUM_VALUES:
                yield Diagnostic(
                    code="ACE102",
                    message=f"`{value}` cannot be a value of the enum `{name}`",
                    span=span,
                    hint="a value has letters, digits and _, and does not begin with a digit",
                )
            if values.count(value) > 1:
                yield Diagnostic(
                    code="ACE102", message=f"the enum `{name}` has `{value}` twice", span=span
                )


def distinct_names(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """Models, types, enums and the enums Amplify derives have names of their own."""
    taken: dict[str, str] = {}
    things = [(model.name, "the model", model.span) for model in pattern.models]
    things += [(custom.name, "the type", custom.span) for custom in pattern.types]
    things += [(enum.name, "the enum", enum.span) for enum in pattern.enums]
    things += [
        (f"{model.name}{pascal(field.name)}", f"the enum of {model.name}.{field.name}", field.span)
        for model in pattern.models
        for field in model.fields
        if field.type == "enum"
    ]
    for name, what, span in things:
        if name.lower() in taken:
            yield Diagnostic(
                code="ACE112",
                message=f"{what} would be called `{name}` like {taken[name.lower()]}",
                span=span,
                hint="rename one of them; case does not make a difference",
            )
        taken.setdefault(name.lower(), f"{what} `{name}`")
    components: dict[str, str] = {}
    for component in pattern.components:
        if component.name.lower() in components:
            yield Diagnostic(
                code="ACE112",
                message=f"`{component.name}` and `{components[component.name.lower()]}` are the "
                "same file where case does not count",
                span=component.span,
                hint="rename one of the components",
            )
        components.setdefault(component.name.lower(), component.name)


def _name(
    name: str,
    span: Span | None,
    legal: re.Pattern[str],
    reserved: Container[str],
    what: str,
    case: str,
) -> Iterator[Diagnostic]:
    if not legal.fullmatch(name):
        yield Diagnostic(
            code="ACE110",
            message=f"`{name}` cannot name {what}",
            span=span,
            hint=f"write it in {case}, with letters and digits",
        )
    elif name in reserved:
        yield Diagnostic(
            code="ACE111",
            message=f"the name `{name}` is reserved",
            span=span,
            hint=f"give {what} another name",
        )


RULES = (legal_names, enum_values, distinct_names)
