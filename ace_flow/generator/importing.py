"""Import declarations, as Prettier prints them and linters order them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.generator.characters import string
from ace_flow.generator.layout import HARD, LINE, Doc, Group, IfBreak, Indent, join

if TYPE_CHECKING:
    from ace_flow.generator.typescript import Imports


def imports(value: Imports) -> Doc:
    """Print import declarations one below the other, types after values."""
    lines: list[Doc] = []
    for item in value.items:
        only_types = bool(item.types) and not item.names
        names = sorted(item.names, key=_import_order)
        types = sorted(item.types, key=_import_order)
        parts: list[Doc] = [*names, *(types if only_types else [f"type {name}" for name in types])]
        keyword = "import type" if only_types else "import"
        source = f" from {string(item.module)};"
        if len(parts) == 1:
            lines.append((f"{keyword} {{ ", parts[0], " }", source))
        else:
            inner = Indent((LINE, join((",", LINE), parts)))
            lines.append(Group((f"{keyword} {{", inner, IfBreak(","), LINE, "}", source)))
    return join(HARD, lines)


def _import_order(name: str) -> tuple[str, str]:
    return (name.lower(), name)
