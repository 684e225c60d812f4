"""Makers: mutations by which pages make the records of a model."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from ace_flow.diagnostics import Diagnostic, Related
from ace_flow.names import Suggestion
from ace_flow.rules.missing import removed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ace_flow.model import Catalogue, Field, Model, Operation, Pattern
    from ace_flow.names import Hint
    from ace_flow.source import Span

Kind: TypeAlias = "tuple[object, ...]"


def makers(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """A mutation that creates records takes fields of their model, and gives the record back."""
    first: dict[str, Operation] = {}
    for operation in pattern.operations:
        if not operation.creates:
            continue
        model = pattern.model(operation.creates)
        if operation.kind != "mutation":
            message = f"`{operation.name}` is a {operation.kind}: only mutations create records"
            yield _finding(message, operation.key_at("creates"))
        elif not model:
            yield Diagnostic(
                code="ACE211",
                message=f"there is no model `{operation.creates}`",
                span=operation.at("creates"),
                hint=Suggestion(operation.creates, [item.name for item in pattern.models]),
                related=removed(pattern, f"models.{operation.creates}"),
            )
        else:
            other = first.setdefault(model.name, operation)
            if other is not operation:
                yield _two(model, operation, other)
            yield from _gives_the_record(operation, model)
            yield from _takes_fields(pattern, operation, model)
            yield from _is_the_way(operation, model)


def _two(model: Model, operation: Operation, other: Operation) -> Diagnostic:
    place = other.at("creates")
    return Diagnostic(
        code="ACE216",
        message=f"`{other.name}` creates the records of `{model.name}` already",
        span=operation.at("creates"),
        hint="let one of them have `creates`, and the other a `button`",
        related=(Related(place, "the first"),) if place else (),
    )


def _gives_the_record(operation: Operation, model: Model) -> Iterator[Diagnostic]:
    if operation.returns != model.name:
        message = f"`{operation.name}` does not return the `{model.name}` that it creates"
        span = operation.at("returns")
        yield _finding(message, span, f"write `returns: {model.name}`")
    elif operation.array:
        message = f"`{operation.name}` returns a list, and pages create one record at a time"
        yield _finding(message, operation.key_at("array"), "remove `array`")


def _takes_fields(pattern: Pattern, operation: Operation, model: Model) -> Iterator[Diagnostic]:
    fields = {field.name: _kind(pattern, field) for field in model.fields}
    fields.setdefault("id", ("id", None, False))
    for argument in operation.arguments:
        name = f"`{operation.name}.{argument.name}`"
        expected = fields.get(argument.name)
        if expected is None:
            message = f"{name} is no field of `{model.name}`"
            yield _finding(message, argument.span, Suggestion(argument.name, fields))
        elif argument.type and _kind(pattern, argument) != expected:
            message = f"{name} is of another type than `{model.name}.{argument.name}`"
            member = model.member(argument.name)
            place = member.at("type") if member else None
            yield Diagnostic(
                code="ACE216",
                message=message,
                span=argument.at("type"),
                hint="give both the same `type`, `values` and `array`",
                related=(Related(place, "the field"),) if place else (),
            )


def _is_the_way(operation: Operation, model: Model) -> Iterator[Diagnostic]:
    """Find rules by which people would do without the mutation; groups may be for its function."""
    if {"create", "mutations"} & set(model.disabled):
        return
    for rule in model.authorization:
        if rule.allow != "groups" and rule.permits("create"):
            message = f"records of `{model.name}` can be created without `{operation.name}`"
            yield Diagnostic(
                code="ACE216",
                message=message,
                span=operation.at("creates"),
                hint="leave `create` out of the rule's `operations`, or remove `creates`",
                related=(Related(rule.span, "the rule"),) if rule.span else (),
            )


def _kind(pattern: Pattern, field: Field) -> Kind:
    """Return what a field holds; enums are alike when their values are."""
    enum = pattern.enum(field.ref)
    values = enum.values if enum else field.values
    if enum or field.type == "enum":
        return "enum", frozenset(values), field.array
    return field.type, field.ref, field.array


def _finding(message: str, span: Span | None, hint: Hint | str | None = None) -> Diagnostic:
    return Diagnostic(code="ACE216", message=message, span=span, hint=hint)


RULES = (makers,)
