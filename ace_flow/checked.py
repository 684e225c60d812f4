"""A checked pattern, and the files that it brings."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from ace_flow.diagnostics import Diagnostic, Severity
from ace_flow.model import SCRIPT_SUFFIXES
from ace_flow.registry import UnsafePathError, pattern_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from ace_flow.loader import Filled
    from ace_flow.model import Addition, Pattern, SourceFile
    from ace_flow.plugins.contexts import NewFile
    from ace_flow.registry import Entry
    from ace_flow.source import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A pattern that was loaded and verified, with all there is to say about it.

    `files` are the bytes of everything it names (templates, handlers, hooks, generators): for its
    own entry and its parents', by the name of the document that names them and the path.
    `documents` are the pattern's own and its parents'. `filled` is what the pattern was made of;
    `dynamic` what programs made of that, as a digest, and empty when none did.
    """

    entry: Entry
    document: Node
    pattern: Pattern
    additions: tuple[Addition, ...]
    findings: tuple[Diagnostic, ...]
    files: dict[tuple[str, str], bytes]
    documents: tuple[bytes, ...]
    filled: Filled
    dynamic: str = ""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Extended:
    """A checked pattern with what its hooks made of it.

    `added` are files for the project, by path, each with the name of its hook; `made` is a digest
    of all that, empty when there is nothing.
    """

    checked: Checked
    added: Mapping[str, tuple[str, NewFile]] = field(default_factory=dict)
    made: str = ""


def read_files(
    pattern: Pattern, entries: dict[str, Entry], entry: Entry
) -> tuple[dict[tuple[str, str], bytes], list[Diagnostic]]:
    """Read every file the pattern names, and say which are missing or out of bounds."""
    files: dict[tuple[str, str], bytes] = {}
    findings: list[Diagnostic] = []
    for file in pattern.files:
        path, span, owner = file.path, file.span, owner_of(file, entry)
        try:
            content = entries[owner].read(path)
        except UnsafePathError as error:
            message = f"`{path}` cannot be used: {error}"
            findings.append(Diagnostic(code="ACE171", message=message, span=span))
            continue
        if content is None:
            findings.append(
                Diagnostic(
                    code="ACE170",
                    message=f"there is no file `{path}`",
                    span=span,
                    hint="paths are relative to the pattern's folder, or to `.ace-flow`",
                )
            )
            continue
        files[owner, path] = content
        if path.endswith(".j2") and not is_text(content):
            message = f"`{path}` is not UTF-8 text and cannot be rendered"
            findings.append(Diagnostic(code="ACE173", message=message, span=span))
    return files, findings


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


def owner_of(file: SourceFile, entry: Entry) -> str:
    """Return the name of the document that names a file."""
    return file.span.source.name if file.span else entry.location


def is_text(content: bytes) -> bool:
    """Tell whether bytes are UTF-8."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
