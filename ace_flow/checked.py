"""A checked pattern, and the files that it brings."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from ace_flow.brought import owner_of
from ace_flow.diagnostics import Diagnostic, Severity
from ace_flow.model import SCRIPT_SUFFIXES
from ace_flow.registry import pattern_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ace_flow.loader import Filled
    from ace_flow.model import Addition, Pattern, SourceFile
    from ace_flow.plugins.contexts import NewFile
    from ace_flow.registry import Catalog, Entry
    from ace_flow.source import Node


class Asked(NamedTuple):
    """A parent that was asked for by its name, and where it was; `in_range` by its version, too."""

    name: str
    location: str
    in_range: bool


class Checked(Struct, frozen=True, kw_only=True):
    """A pattern that was loaded and verified, with all there is to say about it.

    `files` are the bytes of everything it names (templates, handlers, hooks, generators): for its
    own entry and its parents', by the name of the document that names them and the path.
    `entries` are the pattern's own and its parents'. `filled` is what the pattern was made of, None
    where that was known from before: then places are missing, too. `dynamic` is what programs made
    of that, as a digest, and empty when none did.
    """

    entry: Entry
    pattern: Pattern
    additions: tuple[Addition, ...]
    findings: tuple[Diagnostic, ...]
    files: dict[tuple[str, str], bytes]
    entries: tuple[Entry, ...]
    filled: Filled | None
    dynamic: str = ""

    @property
    def composed(self) -> Filled:
        """What the pattern was made of; raises TypeError where that was not read."""
        if self.filled is None:
            raise TypeError(f"{self.entry.location} was not read, as it is known")
        return self.filled

    def read(self, file: SourceFile) -> bytes:
        """Return the bytes of a file that the pattern brings."""
        return self.files[owner_of(file, self.entry), file.path]

    def owner(self, file: SourceFile) -> str:
        """Return the name of the document that names a file."""
        return owner_of(file, self.entry)

    @property
    def own_files(self) -> dict[str, bytes]:
        """The files that the pattern's own document names."""
        return {
            path: content
            for (owner, path), content in self.files.items()
            if owner == self.entry.location
        }


class Extended(Struct, frozen=True, kw_only=True):
    """A checked pattern with what its hooks made of it.

    `added` are files for the project, by path, each with the name of its hook; `made` is a digest
    of all that, empty when there is nothing.
    """

    checked: Checked
    added: Mapping[str, tuple[str, NewFile]] = {}
    made: str = ""


def strictly(findings: Iterable[Diagnostic], additions: Iterable[Addition]) -> list[Diagnostic]:
    """Return findings as errors, with a warning of each addition."""
    return [
        *(replace(finding, severity=Severity.ERROR) for finding in findings),
        *(
            Diagnostic(
                code="ACE190",
                severity=Severity.WARNING,
                message=f"{item.path}: {item.what}",
                span=item.span,
                hint=item.why,
            )
            for item in additions
        ),
    ]


def unnamed_modules(folder: Path, document: Node) -> list[Diagnostic]:
    """Find modules in the `hooks` and `generators` of a pattern's folder that nobody names.

    Another pattern in the folder may name them.
    """
    unnamed = [
        (kind, f"{kind}/{file.name}")
        for kind in ("hooks", "generators")
        for file in sorted((folder / kind).glob("*"))
        if file.suffix in SCRIPT_SUFFIXES and not file.name.startswith("_") and file.is_file()
    ]
    texts = [file.read_text(errors="replace") for file in pattern_files(folder)] if unnamed else []
    return [
        Diagnostic(
            code="ACE181",
            severity=Severity.WARNING,
            message=f"`{path}` lies beside the pattern, which does not name it: it is not run",
            span=document.mapping["name"].span,
            hint=f"to use it, write `{kind}: [{path}]`",
        )
        for kind, path in unnamed
        if not any(path in text for text in texts)
    ]


def hiding(entries: Iterable[Entry], catalog: Catalog, document: Node) -> list[Diagnostic]:
    """Find patterns of the user's that hide one of a plugin, or an example, of the same name."""
    return [
        Diagnostic(
            code="ACE184",
            severity=Severity.WARNING,
            message=f"{entry.location} hides the {other.origin} pattern of the same name",
            span=document.mapping["name"].span,
            hint="if it is to be another pattern, give it another name",
        )
        for entry in entries
        if (other := catalog.hidden(entry))
    ]


def source_of(entry: Entry, here: Path, root: Path) -> str:
    """Return where a pattern's file is from the project in `root`; nowhere if shipped or stored.

    `here` is where the entry's location begins.
    """
    if entry.origin not in {"path", "project"}:
        return ""
    # On Windows there is no way from one drive to another.
    with suppress(ValueError):
        return Path(os.path.relpath(here / entry.location, root)).as_posix()
    return ""
