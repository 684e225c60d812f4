"""The wiring, once: workspace, catalogs, store and templates, handed to the stories."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from ace_flow.brought import code_of, is_shipped, is_text, owner_of, read_files
from ace_flow.diagnostics import (
    ConfigurationError,
    Diagnostic,
    NotFoundError,
    PatternError,
    Severity,
    has_errors,
)
from ace_flow.loader import Missing, Parent, load, read_document
from ace_flow.loader.catalogue import read_catalogue
from ace_flow.loader.editor import editor_schema
from ace_flow.names import nearest
from ace_flow.own import own_programs
from ace_flow.registry import (
    SUFFIXES,
    Catalog,
    Entry,
    Gate,
    Klass,
    SqliteStore,
    file_entry,
    shown_path,
    store_path,
)
from ace_flow.revision import revision
from ace_flow.rules import verify
from ace_flow.summaries import document_summary
from ace_flow.versions import InvalidRangeError, Wanted, wanted
from ace_flow.workspace import project_folder, shipped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from ace_flow.loader import Choose
    from ace_flow.model import Addition, Catalogue, Pattern, SourceFile
    from ace_flow.own import Own
    from ace_flow.registry import Agree, Code
    from ace_flow.source import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A pattern that was loaded and verified, with all there is to say about it.

    `files` are the bytes of everything it names (templates, handlers, hooks, generators): for its
    own entry and its parents', by the name of the document that names them and the path.
    `entries` are the pattern's own and its parents'.
    """

    entry: Entry
    document: Node
    pattern: Pattern
    additions: tuple[Addition, ...]
    findings: tuple[Diagnostic, ...]
    files: dict[tuple[str, str], bytes]
    entries: tuple[Entry, ...]

    def read(self, file: SourceFile) -> bytes:
        """Return the bytes of a file that the pattern brings."""
        return self.files[owner_of(file, self.entry), file.path]

    @property
    def own_files(self) -> dict[str, bytes]:
        """The files that the pattern's own document names."""
        return {
            path: content
            for (owner, path), content in self.files.items()
            if owner == self.entry.location
        }


class Session:
    """Everything a command works with, for one working directory.

    `trusted` are hashes of code that is trusted for now; `agree` asks somebody if code is, None
    where there is nobody to ask.
    """

    def __init__(
        self, root: Path, *, trusted: Iterable[str] = (), agree: Agree | None = None
    ) -> None:
        self.root = root.resolve()
        self.gate = Gate(self.root, pinned=trusted, agree=agree)
        self.templates = shipped("templates")
        self.store = SqliteStore(store_path())
        self.catalog = Catalog(
            root=self.root,
            project=project_folder(self.root),
            shipped=shipped("patterns"),
            store=self.store,
            summarize=document_summary,
        )

    def catalogue(self) -> Catalogue:
        """Return the services and component types that exist."""
        return read_catalogue(self.templates)

    def revision(self, checked: Checked) -> str:
        """Return a digest of all that the files of a pattern's application depend on."""
        brought = (checked.files[key] for key in sorted(checked.files))
        values = {item.name: item.value for item in checked.pattern.parameters}
        stated = json.dumps(values, sort_keys=True).encode()
        documents = (entry.document for entry in checked.entries)
        return revision((*documents, *brought, stated), self.templates)

    def code_of(self, checked: Checked) -> Code:
        """Return the code that a pattern and its parents bring, apart from what ace brings."""
        return code_of(checked.pattern, checked.entry, checked.entries, checked.files)

    def own_programs(self, root: Path) -> Own:
        """Return what runs by itself in the project in `root`; raises what `own_programs` does."""
        return own_programs(root, self.root)

    def require_trust(
        self, checked: Checked, at_least: Klass = Klass.RUNS, *, into: Path | None = None
    ) -> None:
        """Return when a pattern's code may be used, up to that of class `at_least`.

        With `into`, the folder of a project, files that lie in there may be written there, since
        that brings nothing; what runs has to be trusted wherever it lies.

        Raises TrustError when somebody has to decide first, and did not.
        """
        owners = {owner for owner, _ in checked.files}
        bringing = [item for item in checked.entries if item.location in owners]
        if all(is_shipped(item) for item in bringing):
            return
        code = self.code_of(checked)
        needed = min(code.klass, at_least)
        if needed is Klass.BRINGS and all(self._lies_in(into, item) for item in bringing):
            return
        self.gate.require(code, needed)

    def _lies_in(self, folder: Path | None, entry: Entry) -> bool:
        """Tell whether a pattern's file is in a folder, or a part of ace, which is everywhere."""
        if is_shipped(entry) or folder is None:
            return is_shipped(entry)
        file = (self.root / entry.location).resolve()
        return entry.origin in {"path", "project"} and file.is_relative_to(folder.resolve())

    def editor_schema(self) -> dict[str, Any]:
        """Return the JSON Schema of the pattern format, as editors take it."""
        return editor_schema(self.catalogue())

    def find(self, reference: str) -> Entry:
        """Return the pattern meant by a path (it has a `/` or ends in .yml) or by `name@range`.

        Raises NotFoundError, or ConfigurationError when it is a folder or the range is none.
        """
        path = self.root / reference
        if path.suffix in SUFFIXES or "/" in reference or "\\" in reference:
            location = shown_path(path, self.root)
            if path.is_dir():
                raise _is_folder(reference)
            if path.is_symlink() and not path.exists():
                raise NotFoundError(f"{reference} is a link that leads to no file")
            if not path.exists():
                raise NotFoundError(f"there is no file {reference}", hint=_nearest_file(path))
            return file_entry(path, origin="path", location=location)
        try:
            asked = wanted(reference)
        except InvalidRangeError as error:
            hint = f"write, for example, `{reference.partition('@')[0]}@>=1.2,<2`"
            raise ConfigurationError(str(error), hint=hint) from error
        except ValueError:
            asked = Wanted(reference)
        entry = self.catalog.find(asked.name, asked.range.accepts if asked.range else None)
        if entry is None:
            known = self.catalog.versions(asked.name) if asked.range else []
            if known:
                raise NotFoundError(
                    f"no version of `{asked.name}` is {asked.range}",
                    hint=f"there is {', '.join(known)}",
                )
            if reference and path.is_dir():
                raise _is_folder(reference)
            near = self.catalog.nearest(asked.name)
            raise NotFoundError(
                f"there is no pattern `{asked.name}`",
                hint=f"did you mean `{near}`?" if near else "`ace list-patterns` shows all",
            )
        return entry

    def check(
        self, reference: str, *, strict: bool = False, choose: Choose | None = None
    ) -> Checked:
        """Load, compose, complete and verify a pattern.

        With `strict`, warnings are errors, and what was added is a warning. `choose` finds the
        values of its parameters; without it, samples are taken.

        Raises NotFoundError when there is none, PatternError with all findings when it has
        errors.
        """
        entry = self.find(reference)
        entries = {entry.location: entry}

        def find_parent(name: str, accepts: Callable[[str], bool] | None) -> Parent | Missing:
            parent = self.catalog.find(name, accepts)
            if parent is None:
                return Missing(self.catalog.nearest(name), tuple(self.catalog.versions(name)))
            entries[parent.location] = parent
            return Parent(name, read_document(parent.location, parent.document))

        document = read_document(entry.location, entry.document)
        pattern, additions = load(document, find_parent, choose)
        files, findings = read_files(pattern, entries, entry)
        if pattern.templates:
            findings += self._template_findings(pattern, files, entry)
        findings += verify(pattern, self.catalogue())
        if strict:
            findings = [
                *(_as_error(finding) for finding in findings),
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
        findings.sort(key=lambda finding: finding.sort_key)
        if has_errors(findings):
            raise PatternError(findings)
        return Checked(
            entry=entry,
            document=document,
            pattern=pattern,
            additions=additions,
            findings=tuple(findings),
            files=files,
            entries=tuple(entries.values()),
        )

    def _template_findings(
        self, pattern: Pattern, files: dict[tuple[str, str], bytes], entry: Entry
    ) -> list[Diagnostic]:
        from ace_flow.generator import (  # noqa: PLC0415 - costs 60 ms
            Templates,
            planned_paths,
            template_findings,
        )

        def read(file: SourceFile) -> bytes | None:
            content = files.get((owner_of(file, entry), file.path))
            return content if content is not None and is_text(content) else None

        planned = planned_paths(pattern, self.templates)
        return list(template_findings(pattern, Templates(self.templates), read, planned))


def _as_error(finding: Diagnostic) -> Diagnostic:
    return replace(finding, severity=Severity.ERROR)


def _is_folder(reference: str) -> ConfigurationError:
    return ConfigurationError(
        f"{reference} is a folder, not a pattern file", hint="name a .yml file in it"
    )


def _nearest_file(path: Path) -> str | None:
    if not path.parent.is_dir():
        return f"there is no folder {path.parent.name} either"
    others = [item.name for item in path.parent.iterdir() if item.suffix in SUFFIXES]
    near = nearest(path.name, others)
    return f"did you mean {near}?" if near else None
