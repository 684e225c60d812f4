"""Amounts of money: what they are in is a currency, or a field that holds one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.diagnostics import Diagnostic
from ace_flow.model import Field
from ace_flow.names import Suggestion
from ace_flow.regexes import regex
from ace_flow.rules.missing import elsewhere, removed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ace_flow.model import Catalogue, Pattern

# Three letters as ISO 4217 has them; which of them are currencies changes with the years.
_CODE = regex("[A-Z]{3}")


def currencies(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """What an amount is in, is the code of a currency, or a field with such a code."""
    for model in pattern.models:
        for field in model.fields:
            code = field.currency
            if code is None:
                continue
            member = model.member(code)
            where = f"`{model.name}.{field.name}`"
            span = field.at("currency")
            if member is None and not _CODE.fullmatch(code):
                texts = [item.name for item in model.fields if item.type == "string"]
                yield Diagnostic(
                    code="ACE113",
                    message=f"{where}: `{code}` is neither a field nor the code of a currency",
                    span=span,
                    hint=Suggestion(code, texts),
                    related=removed(pattern, f"models.{model.name}.fields.{code}"),
                )
            elif member and not (isinstance(member, Field) and _holds_code(pattern, member)):
                yield Diagnostic(
                    code="ACE113",
                    message=f"{where}: no single text is in `{code}`, and so no code of a currency",
                    span=span,
                    hint="name a string or an enum, or write a code such as EUR",
                    related=elsewhere(span, member, "type"),
                )


def _holds_code(pattern: Pattern, field: Field) -> bool:
    is_enum = field.type == "enum" or pattern.enum(field.ref) is not None
    return not field.array and (is_enum or field.type == "string")


RULES = (currencies,)
