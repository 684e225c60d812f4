"""Which of the frontend's files an application uses: what its entries import, and so on."""

from __future__ import annotations

import posixpath
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_IMPORT = re.compile(r"""(?:\bfrom|\bimport\(?)\s*['"](\.{1,2}/[^'"]+)['"]""")
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
        folder = posixpath.dirname(path)
        for target in _IMPORT.findall(files[path].decode("utf-8", "replace")):
            base = posixpath.normpath(posixpath.join(folder, target))
            waiting += [base + suffix for suffix in _SUFFIXES if base + suffix in files]
    return frozenset(found)
