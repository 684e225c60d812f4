"""What people made of a generated text, and what is generated now, in one text."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from ace_flow.project.keys import is_whole, merged_keys
from ace_flow.project.regions import MARKER_SIZE, Favor, Joined, settled

_BOM = b"\xef\xbb\xbf"
# Git ends with the number of conflicts, at most this; an error is more (git-merge-file(1)).
_MOST_CONFLICTS = 127


def merge(
    path: str, base: bytes, current: bytes, new: bytes, favor: Favor = Favor.NONE
) -> Joined | None:
    """Merge what is generated now into a file: `base` was generated before, `current` is there.

    The result has the ends of lines and the byte order mark of the file. Objects in JSON and YAML
    are merged key by key where their lines do not merge. None when it cannot be done, since a
    text is none or git is missing.
    """
    style = _Style(current)
    sides = _Sides(*(style.plain(content) for content in (base, current, new)))
    if any(b"\0" in side for side in sides):
        return None
    found = _by_lines(sides, favor)
    if found is None or not found.is_clean or not is_whole(path, found.content):
        text = merged_keys(path, *sides, favor)
        found = found if text is None else Joined(text, is_clean=True)
    return found and Joined(style.dressed(found.content), found.is_clean)


def plain(content: bytes) -> bytes:
    """Return a text with LF at the ends of lines and no byte order mark; no text as it is."""
    return content if b"\0" in content else _Style(content).plain(content)


def dressed(content: bytes, like: bytes) -> bytes:
    """Return a text with the ends of lines and byte order mark of another; no text as it is."""
    return content if b"\0" in content else _Style(like).dressed(plain(content))


class _Sides(NamedTuple):
    base: bytes
    current: bytes
    new: bytes


class _Style:
    """How a file ends its lines, and whether it begins with a byte order mark."""

    def __init__(self, content: bytes) -> None:
        self._bom = content.startswith(_BOM)
        self._crlf = content.count(b"\r\n") * 2 > content.count(b"\n")

    def plain(self, content: bytes) -> bytes:
        return content.removeprefix(_BOM).replace(b"\r\n", b"\n")

    def dressed(self, content: bytes) -> bytes:
        text = content.replace(b"\n", b"\r\n") if self._crlf else content
        return _BOM + text if self._bom else text


def _by_lines(sides: _Sides, favor: Favor) -> Joined | None:
    import tempfile  # noqa: PLC0415 - most runs merge nothing

    from ace_flow.programs import git  # noqa: PLC0415 - likewise

    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / name for name in ("yours", "before", "pattern")]
        for file, content in zip(files, (sides.current, sides.base, sides.new), strict=True):
            file.write_bytes(content)
        options = ["-p", "-q", "--diff3", "--marker-size", str(MARKER_SIZE)]
        said = git("merge-file", *options, *map(str, files))
    if said is None or said.code > _MOST_CONFLICTS:
        return None
    return settled(said.content, favor)
