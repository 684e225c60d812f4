"""Where a template printed an expression: a mark first, and in the end its layout there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ace_flow.generator.printer import print_code
from ace_flow.generator.typescript import Import, Imports
from ace_flow.regexes import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ace_flow.generator.typescript import Name, Printable

_MARK = "\ue000"
_PLACE = regex(f"{_MARK}([0-9]+){_MARK}")


def mark(number: int) -> str:
    """Return what stands in a text for the expression of that number."""
    return f"{_MARK}{number}{_MARK}"


def place_codes(text: str, codes: Sequence[Printable]) -> str:
    """Put each expression where its mark stands, in the width that its line leaves."""
    done = ""
    rest = text
    while codes and (hit := _PLACE.search(rest)):
        done += rest[: hit.start()]
        rest = rest[hit.end() :]
        line = done[done.rfind("\n") + 1 :]
        trailing = re.match(f"[^\n{_MARK}]*", rest)
        after = trailing[0] if trailing else ""
        indent = len(line) - len(line.lstrip(" "))
        done += print_code(codes[int(hit[1])], indent=indent, column=len(line), trailing=after)
        rest = rest[len(after) :]
    return done + rest


def imports_of(names: Iterable[Name]) -> Imports:
    """Return the declarations that import the names, a module a line."""
    modules: dict[str, set[Name]] = {}
    for name in names:
        modules.setdefault(name.module or "", set()).add(name)
    return Imports(
        tuple(
            Import(
                module,
                names=tuple(
                    {item.text.partition(".")[0] for item in modules[module] if not item.is_type}
                ),
                types=tuple(item.text for item in modules[module] if item.is_type),
            )
            for module in sorted(modules, key=lambda module: (module.lower(), module))
        )
    )
