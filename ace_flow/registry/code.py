"""Code that a pattern or a project brings: its files, what of it runs, and its hash."""

from __future__ import annotations

import binascii
import hashlib
from enum import IntEnum
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from msgspec import Struct

from ace_flow.records import Record
from ace_flow.regexes import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_TREE = regex(r"h1:[A-Za-z0-9+/]{43}=")


class Klass(IntEnum):
    """What code could do: nothing, work in the project it is written into, or run at once."""

    DATA = 0
    BRINGS = 1
    RUNS = 2


class CodeFile(Record, frozen=True):
    """A file that the hash covers: its path there, its size in bytes, its SHA-256 in hex."""

    uncompared: ClassVar[frozenset[str]] = frozenset({"content"})
    path: str
    size: int
    digest: str
    content: bytes


class Code(Struct, frozen=True, kw_only=True):
    """What somebody has to trust: files, what of them runs, and the hash of all of it.

    `origin` is that of the pattern's entry; `reference` is what a command calls it. `publisher` is
    None where nobody signed it. `runs` are paths of modules, or commands. `is_tests` tells the
    tests beside a pattern from what the pattern brings.
    """

    name: str
    reference: str
    origin: str
    publisher: str | None
    tree: str
    klass: Klass
    files: tuple[CodeFile, ...]
    runs: tuple[str, ...]
    is_tests: bool = False

    def lay_out(self, folder: Path) -> None:
        """Write the files into an empty folder, by their paths.

        What runs must run from there: what was hashed is then what runs, whatever has become of
        the files since, and a module finds no others beside it.
        """
        for file in self.files:
            path = folder / file.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.content)


class Part(NamedTuple):
    """A document with the files that it brings, by their paths, and those that run."""

    name: str
    document: bytes
    files: Mapping[str, bytes]
    runs: tuple[str, ...] = ()


def code_of_parts(
    parts: Iterable[Part], *, name: str, reference: str, origin: str, klass: Klass
) -> Code:
    """Return the code of documents: a document at the top, its files in a folder of its name.

    The hash is the same wherever they lie. Of documents of the same name, the second is called
    `name@2`.
    """
    contents: dict[str, bytes] = {}
    runs = []
    for part in parts:
        title, number = part.name, 1
        while f"{title}.yml" in contents:
            number += 1
            title = f"{part.name}@{number}"
        contents[f"{title}.yml"] = part.document
        contents |= {f"{title}/{path}": content for path, content in part.files.items()}
        runs += [f"{title}/{path}" for path in part.runs]
    return code_of_files(
        contents, name=name, reference=reference, origin=origin, klass=klass, runs=runs
    )


def code_of_files(
    contents: Mapping[str, bytes],
    *,
    name: str,
    reference: str,
    origin: str,
    klass: Klass,
    runs: Iterable[str],
    is_tests: bool = False,
) -> Code:
    """Return the code of files that are known by their paths."""
    files = tuple(
        CodeFile(path, len(content), hashlib.sha256(content).hexdigest(), content)
        for path, content in sorted(contents.items())
    )
    return Code(
        name=name,
        reference=reference,
        origin=origin,
        publisher=None,
        tree=_tree(files),
        klass=klass,
        files=files,
        runs=tuple(dict.fromkeys(runs)),
        is_tests=is_tests,
    )


def is_tree(text: str) -> bool:
    """Tell whether a text is a hash of code."""
    return _TREE.fullmatch(text) is not None


def _tree(files: Iterable[CodeFile]) -> str:
    """Return Go's hash of a folder: https://pkg.go.dev/golang.org/x/mod/sumdb/dirhash#Hash1."""
    listing = "".join(f"{file.digest}  {file.path}\n" for file in files)
    digest = hashlib.sha256(listing.encode()).digest()
    return "h1:" + binascii.b2a_base64(digest, newline=False).decode()
