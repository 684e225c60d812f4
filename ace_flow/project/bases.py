"""The texts last generated, in packs: what edits are merged against.

A run adds one pack with its new texts and changes none that is there, so that the packs of two
branches lie beside each other and git has nothing to merge.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ace_flow.files import digest
from ace_flow.project.state import BASE_FOLDER

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from ace_flow.project.tree import Tree

_SUFFIX = ".pack"
# A pack of which less than that is still wanted is written anew.
_WORTH = 0.5
# Of more packs, one is made.
_MANY = 16


class Bases:
    """The packs of a project, each of which is read when a text is first asked for."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._packs: dict[str, dict[str, bytes]] | None = None

    def get(self, name: str) -> bytes | None:
        """Return the text of that digest; None when it was not kept, or is not what it was."""
        for texts in self._all().values():
            if name in texts and digest(texts[name]) == name:
                return texts[name]
        return None

    def files(self, wanted: Collection[str], new: Mapping[str, bytes]) -> dict[str, bytes | None]:
        """Return what changes on the disk: files by path, None to remove one.

        `wanted` are the digests of all texts to keep, `new` the texts among them that come.
        """
        fresh = dict(new)
        changes: dict[str, bytes | None] = {}
        packs = self._all()
        seen: set[str] = set(new)
        for path, texts in packs.items():
            kept = {name: texts[name] for name in texts if name in wanted and name not in seen}
            seen |= kept.keys()
            size = sum(map(len, texts.values()))
            if len(packs) > _MANY or not kept or sum(map(len, kept.values())) < _WORTH * size:
                changes[path] = None
                fresh |= kept
        if fresh:
            content = _packed(fresh)
            changes[f"{BASE_FOLDER}/{digest(content)[:32]}{_SUFFIX}"] = content
        return changes

    def _all(self) -> dict[str, dict[str, bytes]]:
        if self._packs is None:
            folder = self._tree.root / BASE_FOLDER
            names = sorted(file.name for file in folder.iterdir()) if folder.is_dir() else []
            paths = [f"{BASE_FOLDER}/{name}" for name in names if name.endswith(_SUFFIX)]
            self._packs = {path: _unpacked(self._tree.read(path) or b"") for path in paths}
        return self._packs


def _packed(texts: Mapping[str, bytes]) -> bytes:
    """Return a line that says where each text is, and the texts."""
    names = sorted(texts)
    sizes = json.dumps({name: len(texts[name]) for name in names}, separators=(",", ":"))
    return b"\n".join((sizes.encode(), b"".join(texts[name] for name in names)))


def _unpacked(content: bytes) -> dict[str, bytes]:
    """Return the texts by digest; of a pack that somebody has spoilt, none."""
    line, _, rest = content.partition(b"\n")
    try:
        sizes = json.loads(line)
        texts, start = {}, 0
        for name, size in sizes.items():
            texts[name] = rest[start : start + size]
            start += size
    except (AttributeError, TypeError, ValueError):
        return {}
    return texts
