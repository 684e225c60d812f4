"""Texts that match a regular expression, made from its parts.

What an expression has beyond literals, classes, groups, alternatives and counts (such as looking
ahead) is passed over; whoever asks checks what comes of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_CLASSES = {"d": "1", "w": "a", "s": " ", "D": "a", "W": "-", "S": "a"}
_CONTROLS = {"n": "\n", "r": "\r", "t": "\t"}
# What stands for a character that may be any but some.
_ANY = "a1A-_. bB2xyzXYZ09"
_COUNT = re.compile(r"\{(\d+)(,?)(\d*)\}")
_GROUP = re.compile(r"\(\?(?:[:=!]|<[=!]|P?<\w+>)")
_LOOKING = ("(?=", "(?!", "(?<=", "(?<!")
_MOST = 64
# Longer ones are not made: no field that anybody fills in needs them.
_LONGEST = 20_000


def matching(pattern: str) -> Iterator[str]:
    """Yield texts that an expression may match, the shortest first."""
    for more in (0, 1, 2, 4, 8, 16, 32, _MOST):
        yield _Maker(pattern, more).made()


class _Maker:
    """Makes one text; what may be repeated without end is repeated `more` times more."""

    def __init__(self, pattern: str, more: int) -> None:
        self._text = pattern
        self._more = more
        self._at = 0

    def made(self) -> str:
        text = self._alternatives()
        while self._at < len(self._text):
            self._at += 1  # a bracket that nothing opened
            text += self._alternatives()
        return text

    def _alternatives(self) -> str:
        """Return the first of several parts between bars, up to a closing bracket or the end."""
        parts = [self._sequence()]
        while self._next("|"):
            parts.append(self._sequence())
        return parts[0]

    def _sequence(self) -> str:
        found = ""
        while self._at < len(self._text) and self._text[self._at] not in "|)":
            piece = self._piece()
            times = self._times()
            found += piece * min(times, _LONGEST // (len(piece) or 1))
        return found[:_LONGEST]

    def _piece(self) -> str:
        if group := _GROUP.match(self._text, self._at):
            self._at = group.end()
            inner = self._alternatives()
            self._next(")")
            return "" if group[0].startswith(_LOOKING) else inner
        sign = self._text[self._at]
        self._at += 1
        match sign:
            case "(":
                inner = self._alternatives()
                self._next(")")
                return inner
            case "[":
                return self._class()
            case "\\":
                return self._escaped()
            case "^" | "$":
                return ""
            case ".":
                return "a"
            case _:
                return sign

    def _escaped(self) -> str:
        sign = self._text[self._at : self._at + 1]
        self._at += 1
        if sign in {"b", "B", "A", "Z", "z"}:
            return ""
        return _CLASSES.get(sign) or _CONTROLS.get(sign) or sign

    def _class(self) -> str:
        """Return a character of those in brackets."""
        start = self._at - 1
        is_other = self._next("^")
        first = ""
        begin = self._at
        while self._at < len(self._text) and (self._text[self._at] != "]" or self._at == begin):
            self._at += 1
            sign = self._text[self._at - 1]
            piece = self._escaped() if sign == "\\" else sign
            first = first or piece
        self._next("]")
        if not is_other:
            return first
        try:
            wanted = re.compile(self._text[start : self._at])
        except re.error:
            return ""
        return next((sign for sign in _ANY if wanted.fullmatch(sign)), "")

    def _times(self) -> int:
        """Return how often the piece before is repeated."""
        least, has_end = 1, True
        if count := _COUNT.match(self._text, self._at):
            self._at = count.end()
            least, has_end = int(count[1]), not count[2] or bool(count[3])
            most = int(count[3] or least)
            least = min(least + self._more, most) if count[2] and has_end else least
        elif self._next("*"):
            least, has_end = 0, False
        elif self._next("+"):
            least, has_end = 1, False
        elif self._next("?"):
            least = min(self._more, 1)
        self._next("?")  # as few as possible, which changes nothing here
        return least if has_end else least + self._more

    def _next(self, sign: str) -> bool:
        """Go past a character if it is the next."""
        if self._text.startswith(sign, self._at):
            self._at += 1
            return True
        return False
