"""Pieces of Markdown, laid out as Prettier does."""  # noqa: INP001 - part of a script

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table as Prettier writes it: every column as wide as its widest cell."""
    cells = [header, *([cell.replace("|", "\\|") for cell in row] for row in rows)]
    widths = [max(3, *map(len, column)) for column in zip(*cells, strict=True)]
    cells.insert(1, ["-" * width for width in widths])
    lines = (map(str.ljust, row, widths) for row in cells)
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def code(value: object) -> str:
    """Return a value as a code span."""
    return f"`{value}`"


def code_or_empty(value: object) -> str:
    """Return a JSON value as a code span, or nothing when there is none."""
    return "" if value is None else code(str(value).lower() if isinstance(value, bool) else value)


def anchor(heading: str) -> str:
    """Return the fragment under which a heading can be linked to."""
    return re.sub(r"[^a-z0-9 _-]", "", heading.lower()).replace(" ", "-")
