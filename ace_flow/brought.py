"""The files that patterns bring, read or said to be missing, and which of them are code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.diagnostics import Diagnostic
from ace_flow.registry import Klass, Part, UnsafePathError, code_of_parts
from ace_flow.summaries import document_summary
from ace_flow.workspace import PROJECT_FOLDER, counts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from ace_flow.model import Pattern, SourceFile
    from ace_flow.registry import Code, Entry

    # The bytes of files, by the name of the document that names them and the path.
    Files = dict[tuple[str, str], bytes]


def read_files(
    pattern: Pattern, entries: Mapping[str, Entry], entry: Entry
) -> tuple[Files, list[Diagnostic]]:
    """Read every file the pattern names, and say which are missing or out of bounds.

    With a module that runs come the files that it can load. `entry` is the pattern's own.
    """
    files: Files = {}
    findings: list[Diagnostic] = []
    modules = set(_modules(pattern, entry))
    for file in pattern.files:
        path, span, owner = file.path, file.span, owner_of(file, entry)
        try:
            content = entries[owner].read(path)
            is_module = content is not None and (owner, path) in modules
            others = entries[owner].beside(path) if is_module else {}
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
        files |= {(owner, name): other for name, other in others.items()}
        files[owner, path] = content
        if path.endswith(".j2") and not is_text(content):
            message = f"`{path}` is not UTF-8 text and cannot be rendered"
            findings.append(Diagnostic(code="ACE173", message=message, span=span))
    return files, findings


def code_of(
    pattern: Pattern,
    entry: Entry,
    entries: Iterable[Entry],
    files: Mapping[tuple[str, str], bytes],
) -> Code:
    """Return the code that a pattern and its parents bring; `entry` is its own.

    What comes with ace is as trusted as ace is, and no part of it where there is anything else.
    """
    others = [item for item in entries if not is_shipped(item)]
    runs = _modules(pattern, entry)
    names = {entry.location: pattern.name}
    parts = [_part(item, names, files, runs) for item in others or [entry]]
    klass = Klass.DATA
    if others and any(part.files for part in parts):
        klass = Klass.RUNS if any(part.runs for part in parts) else Klass.BRINGS
    is_file = entry.origin in {"path", "project"}
    return code_of_parts(
        parts,
        name=pattern.name,
        reference=entry.location if is_file else pattern.name,
        origin=entry.origin,
        klass=klass,
    )


def _modules(pattern: Pattern, entry: Entry) -> list[tuple[str, str]]:
    """Return the documents that name modules to run, each with the module's path."""
    files = [item.file for item in (*pattern.hooks, *pattern.generators)]
    return [(owner_of(file, entry), file.path) for file in files]


def _part(
    entry: Entry,
    names: Mapping[str, str],
    files: Mapping[tuple[str, str], bytes],
    runs: Iterable[tuple[str, str]],
) -> Part:
    name = names.get(entry.location)
    summary = None if name else document_summary(entry.location, entry.document)
    return Part(
        name=name or (summary.name if summary else "pattern"),
        document=entry.document,
        files={path: text for (owner, path), text in files.items() if owner == entry.location},
        runs=tuple(path for owner, path in runs if owner == entry.location),
    )


def is_shipped(entry: Entry) -> bool:
    """Tell whether a pattern comes with ace."""
    return entry.origin in {"built-in", "example"}


def lies_in(folder: Path, entry: Entry, here: Path) -> bool:
    """Tell whether a pattern's file is in a project, or a part of ace, which is everywhere.

    The folder of a project with several applications may be around the one that is meant. `here`
    is where relative locations begin.
    """
    if is_shipped(entry) or entry.origin not in {"path", "project"}:
        return is_shipped(entry)
    file, root = (here / entry.location).resolve(), folder.resolve()
    around = (item for item in file.parents if item.name == PROJECT_FOLDER)
    homes = [item.parent for item in around if counts(item.parent, PROJECT_FOLDER, here)]
    return file.is_relative_to(root) or any(root.is_relative_to(home) for home in homes)


def owner_of(file: SourceFile, entry: Entry) -> str:
    """Return the name of the document that names a file; `entry` is the pattern's own."""
    return file.span.source.name if file.span else entry.location


def is_text(content: bytes) -> bool:
    """Tell whether bytes are UTF-8 text."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
