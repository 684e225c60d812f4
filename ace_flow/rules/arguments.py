"""Arguments of operations and AI routes: their names, types, and the keys that each takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.diagnostics import Diagnostic
from ace_flow.names import FIELD_NAME, OBJECT_MEMBERS, Suggestion
from ace_flow.rules.missing import removed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ace_flow.model import Catalogue, Field, Pattern


def arguments(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """Arguments have a legal name, a type, and what the type needs."""
    known = {enum.name for enum in pattern.enums} | {item.name for item in pattern.types}
    for route in pattern.called:
        for argument in route.arguments:
            where = f"`{route.name}.{argument.name}`"
            if not FIELD_NAME.fullmatch(argument.name) or argument.name in OBJECT_MEMBERS:
                message = f"`{argument.name}` cannot name an argument"
                yield Diagnostic(code="ACE110", message=message, span=argument.span)
            yield from _argument_type(pattern, argument, where, known)


def _argument_type(
    pattern: Pattern, argument: Field, where: str, known: set[str]
) -> Iterator[Diagnostic]:
    if not argument.type:
        message = f"{where} has no type"
        yield Diagnostic(code="ACE012", message=message, span=argument.span, hint="add `type: …`")
    elif argument.type == "ref" and argument.ref not in known:
        missing = f"there is no enum or type `{argument.ref}`" if argument.ref else "`ref` missing"
        hint: str | Suggestion = Suggestion(argument.ref or "", known)
        if pattern.model(argument.ref or ""):
            hint = "a model cannot be an argument: take its `id`, or declare a custom type"
        related = removed(pattern, f"enums.{argument.ref}", f"types.{argument.ref}")
        span = argument.at("ref")
        yield Diagnostic(code="ACE103", message=missing, span=span, hint=hint, related=related)
    elif argument.type == "enum" and not argument.values:
        message = f"the enum {where} has no values"
        hint = "add `values: [first, second]`"
        yield Diagnostic(code="ACE102", message=message, span=argument.span, hint=hint)
    elif argument.type == "enum" and (argument.required or argument.array):
        key = "required" if argument.required else "array"
        message = f"{where} cannot have `{key}`: an enum without a name is a single, optional value"
        hint = "declare it under `schema.enums`, and write `type: ref`"
        yield Diagnostic(code="ACE106", message=message, span=argument.at(key), hint=hint)
    for key, value in (("values", argument.values), ("ref", argument.ref)):
        if value and argument.type not in {"", "enum" if key == "values" else "ref"}:
            message = f"{where} cannot have `{key}`: it is of type {argument.type}"
            yield Diagnostic(code="ACE106", message=message, span=argument.at(key))


RULES = (arguments,)
