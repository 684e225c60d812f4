"""Which of the frontend's files an application uses: what its entries import, and so on."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from ace_flow.regexes import regex

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Mapping

_IMPORT = regex(r"""(?:\bfrom|\bimport\(?)\s*['"](\.{1,2}/[^'"]+)['"]""")
_SUFFIXES = ("", ".ts", ".tsx")


def reachable(files: Mapping[str, bytes], entries: Iterable[str]) -> frozenset[str]:
    """Return the paths that the entries import, directly or through others, with their own."""
    found: set[str] = set()
    waiting = list(entries)
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found.add(path)
        specifiers = _IMPORT.findall(files[path].decode("utf-8", "replace"))
        targets = [target_of(path, specifier, files) for specifier in specifiers]
        waiting += [target for target in targets if target]
    return frozenset(found)


def target_of(path: str, specifier: str, files: Container[str]) -> str | None:
    """Return the one of the files that a relative import in the file at `path` leads to."""
    base = posixpath.normpath(posixpath.join(posixpath.dirname(path), specifier))
    return next((base + suffix for suffix in _SUFFIXES if base + suffix in files), None)
