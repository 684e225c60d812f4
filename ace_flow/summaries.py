"""What lists show of a pattern: of a document alone, or of a pattern that was checked."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from ace_flow.diagnostics import PatternError
from ace_flow.regexes import regex
from ace_flow.registry import Summary

if TYPE_CHECKING:
    from ace_flow.model import Pattern


# What a pattern calls itself, as nearly all write it; anything else is parsed.
_NAME = regex(
    rb"^name:[ ]+([a-z0-9][a-z0-9_-]*|\"[a-z0-9][a-z0-9_-]*\")[ ]*(?:#.*)?\r?$", re.MULTILINE
)
_NAME_KEY = regex(rb"""^["']?name["']?[ ]*:""", re.MULTILINE)
# Lines that begin a block mapping at the margin, whose values are all indented.
_BLOCK = regex(rb"(?:(?:#[^\n]*|---[ ]*|[ \t]*)\r?\n)*[A-Za-z_][A-Za-z0-9_-]*:(?:[ \r\n])")


@lru_cache(maxsize=64)
def document_name(location: str, document: bytes) -> str | None:
    """Return what a pattern calls itself, most often without parsing it; None when unreadable."""
    found = _NAME.findall(document)
    if len(found) == 1 and len(_NAME_KEY.findall(document)) == 1 and _BLOCK.match(document):
        return str(found[0].strip(b'"'), "ascii")
    summary = document_summary(location, document)
    return summary.name if summary else None


def document_summary(location: str, document: bytes) -> Summary | None:
    """Read what a document says of itself; None when it is no readable pattern."""
    from ace_flow.loader import previewed, read_document  # noqa: PLC0415 - names need no parsing

    try:
        said = previewed(read_document(location, document))
    except PatternError:
        return None
    if not said.text("name"):
        return None
    return Summary(
        name=said.text("name"),
        version=said.text("version"),
        display_name=said.text("display_name"),
        description=said.text("description"),
        category=said.text("category"),
        complexity=said.text("complexity"),
        tags=said.texts("tags"),
        extends=said.texts("extends"),
    )


def pattern_summary(pattern: Pattern) -> Summary:
    """Return what lists show of a checked pattern; what a parent gave counts, too."""
    return Summary(
        name=pattern.name,
        version=pattern.version or "",
        display_name=pattern.display_name,
        description=pattern.description,
        category=pattern.category,
        complexity=pattern.complexity or "",
        tags=pattern.tags,
        extends=pattern.extends,
    )
