"""Places for values in texts: `${name}`, and `$${` for the characters themselves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ace_flow.regexes import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ace_flow.source import Path

# All dollars before a brace: each two are one, and one that is left opens a place.
_PLACE = regex(r"(?<!\$)(\$++)\{(?:([A-Za-z][A-Za-z0-9_]*)\})?")
NAME = regex(r"[A-Za-z][A-Za-z0-9_]{0,63}")
# Keys that say what a pattern is, bring files or code, or take away; and those free for anything.
_NOT_FILLED = frozenset(
    {"extends", "generators", "hooks", "name", "parameters", "remove", "templates", "version"}
)


class Place(NamedTuple):
    """A place in a text for the value of a parameter; without a name, it is misspelt."""

    name: str | None
    start: int
    end: int


class Piece(NamedTuple):
    """A part of a text: `text` as it is, or with a place for a value behind it."""

    text: str
    place: Place | None = None


def pieces(text: str) -> Iterator[Piece]:
    """Yield a text in parts, each up to a place or the end; escapes are read."""
    done = 0
    for hit in _PLACE.finditer(text):
        dollars, name = hit[1], hit[2]
        before = text[done : hit.start()] + "$" * (len(dollars) // 2)
        if len(dollars) % 2:
            yield Piece(before, Place(name, hit.end(1) - 1, hit.end()))
            done = hit.end()
        else:
            yield Piece(before)
            done = hit.end(1)
    yield Piece(text[done:])


def places(text: str) -> list[Place]:
    """Return the places that a text has for values."""
    return [part.place for part in pieces(text) if part.place] if "${" in text else []


def escaped(text: str) -> str:
    """Return what has to be written for a text, whatever is in it."""
    return re.sub(r"(?<!\$)\$++(?=\{)", lambda hit: hit[0] * 2, text)


def may_be_filled(path: Path) -> bool:
    """Tell whether values can be filled in at a path: not where files, code or names are."""
    top, *rest = path or ("",)
    if top in _NOT_FILLED or any(isinstance(step, str) and step.startswith("x-") for step in path):
        return False
    if top == "functions":
        return rest[1:] != ["source"]
    return top != "schema" or rest[2:3] != ["handler"]
