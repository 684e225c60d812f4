"""Where git finds that both sides changed the same: what can be joined there, and what cannot.

Git calls two changes of neighbouring lines a conflict. Here they are none as long as no line was
changed by both, and neither are imports that both sides add at the same place, or comments that
one adds where the other adds something.
"""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from ace_flow.regexes import regex

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# Of no length that a text has by itself.
MARKER_SIZE = 43
LABELS = ("yours", "generated before", "pattern")
_OURS, _BASE, _THEIRS, _END = (
    regex(rb"^" + re.escape(sign) * MARKER_SIZE + rb"( .*)?$") for sign in (b"<", b"|", b"=", b">")
)
# What stands before the second side, and before the third.
_BETWEEN = (_BASE, _THEIRS)
_COMMENT = regex(rb"\s*(?://.*|/\*.*\*/|\{/\*.*\*/\}|<!--.*-->|#(?: .*)?)|\s*")
_IMPORT = regex(rb"import\b.*;?|@import\b.*;|\s*")


class Favor(StrEnum):
    """Whose text is taken where both changed the same."""

    NONE = "none"
    OURS = "ours"  # the user's: the file that is there
    THEIRS = "theirs"  # the pattern's


class _Region(NamedTuple):
    """Lines that both sides changed."""

    ours: list[bytes]
    base: list[bytes]
    theirs: list[bytes]


class _Edit(NamedTuple):
    """Lines that take the place of those from `start` to `end`."""

    start: int
    end: int
    lines: tuple[bytes, ...]


class Joined(NamedTuple):
    """A text, and whether nothing in it is marked as a conflict."""

    content: bytes
    is_clean: bool


def settled(marked: bytes, favor: Favor) -> Joined:
    """Return a text that git marked, in the style of diff3, with what can be joined joined."""
    lines: list[bytes] = []
    is_clean = True
    for part in _parts(marked.split(b"\n")):
        if not isinstance(part, _Region):
            lines.append(part)
            continue
        joined = _joined(part)
        if joined is not None:
            lines += joined
        elif favor is not Favor.NONE:
            lines += part.ours if favor is Favor.OURS else part.theirs
        else:
            is_clean = False
            lines += _marked(part)
    return Joined(b"\n".join(lines), is_clean)


def _parts(lines: Sequence[bytes]) -> Iterator[bytes | _Region]:
    """Split a text into lines that are settled and regions that are not."""
    sides: tuple[list[bytes], ...] = ()
    side = 0
    for line in lines:
        if not sides and _OURS.match(line):
            sides, side = ([], [], []), 0
        elif not sides:
            yield line
        elif _END.match(line):
            yield _Region(*sides)
            sides = ()
        elif side < len(_BETWEEN) and _BETWEEN[side].match(line):
            side += 1
        else:
            sides[side].append(line)


def _joined(region: _Region) -> list[bytes] | None:
    """Return both sides' changes in one; None where they changed the same line."""
    ours, theirs = _edits(region.base, region.ours), _edits(region.base, region.theirs)
    # A comment of the user's stays with what comes after it.
    edits = [edit for edit in theirs if edit not in ours] + ours
    edits.sort(key=lambda edit: (edit.start, edit.end))
    lines: list[bytes] = []
    at = 0
    last: _Edit | None = None
    for edit in edits:
        if last is not None and not _apart(last, edit):
            return None
        lines += region.base[at : edit.start]
        lines += edit.lines
        at, last = edit.end, edit
    return lines + region.base[at:]


def _edits(base: Sequence[bytes], side: Sequence[bytes]) -> list[_Edit]:
    matcher = SequenceMatcher(None, base, side, autojunk=False)
    return [
        _Edit(start, end, tuple(side[other:last]))
        for tag, start, end, other, last in matcher.get_opcodes()
        if tag != "equal"
    ]


def _apart(first: _Edit, second: _Edit) -> bool:
    """Tell whether two changes, in order of place, touch no common line."""
    if first.start == first.end == second.start == second.end:
        return (
            all(map(_IMPORT.fullmatch, first.lines + second.lines))
            or all(map(_COMMENT.fullmatch, first.lines))
            or all(map(_COMMENT.fullmatch, second.lines))
        )
    return first.end <= second.start


def _marked(region: _Region) -> list[bytes]:
    ours, base, theirs = (label.encode() for label in LABELS)
    return [
        b"<<<<<<< " + ours,
        *region.ours,
        b"||||||| " + base,
        *region.base,
        b"=======",
        *region.theirs,
        b">>>>>>> " + theirs,
    ]
