"""The wiring, once: workspace, catalogs, store and templates, handed to the stories."""

from __future__ import annotations

import hashlib
import json
import time
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any

from ace_flow.brought import code_of, is_shipped, lies_in
from ace_flow.checked import Checked
from ace_flow.collector import without_collector
from ace_flow.diagnostics import ConfigurationError, NotFoundError
from ace_flow.offered import Offered
from ace_flow.plugins import Installed
from ace_flow.registry import (
    SUFFIXES,
    Catalog,
    Entry,
    Gate,
    Klass,
    SqliteStore,
    file_entry,
    is_folder,
    nearest_file,
    places_beside,
    shown_path,
    store_path,
)
from ace_flow.revision import release, revision, tool_files
from ace_flow.summaries import document_name, document_summary
from ace_flow.verdicts import keep, recall
from ace_flow.versions import InvalidRangeError, Wanted, wanted
from ace_flow.workspace import passed_by, project_folder, shipped

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from ace_flow.checking import Means
    from ace_flow.loader import Choose
    from ace_flow.model import Catalogue, Guest
    from ace_flow.own import Own
    from ace_flow.registry import Agree, Code
    from ace_flow.source import Node

__all__ = ["Checked", "Session"]


class Session:
    """Everything a command works with, for one working directory.

    `trusted` are hashes of code that is trusted for now; `agree` asks somebody if code is, None
    where there is nobody to ask.
    """

    def __init__(
        self, root: Path, *, trusted: Iterable[str] = (), agree: Agree | None = None
    ) -> None:
        self.since = time.time_ns()
        self.root = root.resolve()
        self.gate = Gate(self.root, pinned=trusted, agree=agree)
        self.store = SqliteStore(store_path())
        self.installed = Installed()
        self.offered = Offered(self.installed)
        self.catalog = Catalog(
            root=self.root,
            project=project_folder(self.root),
            shipped=shipped("patterns"),
            store=self.store,
            summarize=document_summary,
            plugins=lambda: self.offered.patterns,
            name=document_name,
        )

    @cached_property
    def templates(self) -> Path:
        """The folder of templates, those of installed plugins among them."""
        return self.offered.templates

    def catalogue(self) -> Catalogue:
        """Return the services and component types that exist."""
        return self.offered.catalogue(self.templates)

    def revision(self, checked: Checked, guest: Guest | None = None, made: str = "") -> str:
        """Return a digest of all that the files of a pattern's application depend on.

        Those of a `guest` depend on the application around, too. `made` is one of what programs
        contribute, and empty without any.
        """
        # Locations are as seen from here; what they hold is the same from everywhere.
        owners = {item.location: hashlib.sha256(item.document) for item in checked.entries}
        brought = sorted(
            (f"{owners[owner].hexdigest()} {path}".encode(), content)
            for (owner, path), content in checked.files.items()
        )
        values = {item.name: item.value for item in checked.pattern.parameters}
        stated = json.dumps(values, sort_keys=True).encode()
        if guest:
            stated += repr(guest).encode()
        services = (path.read_bytes() for _, path in self.offered.services)
        documents = (entry.document for entry in checked.entries)
        others = (*services, stated, *([made.encode()] if made else []))
        return revision((*documents, *chain.from_iterable(brought), *others), self.templates)

    def code_of(self, checked: Checked) -> Code:
        """Return the code that a pattern and its parents bring, apart from what ace brings."""
        return code_of(checked.pattern, checked.entry, checked.entries, checked.files)

    def own_programs(self, root: Path) -> Own:
        """Return what runs by itself in the project in `root`; raises what `own_programs` does."""
        from ace_flow.own import own_programs  # noqa: PLC0415 - few projects have any

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
        is_there = into is not None and all(lies_in(into, item, self.root) for item in bringing)
        if needed is Klass.BRINGS and is_there:
            return
        self.gate.require(code, needed)

    def inputs(self, checked: Checked) -> list[Path]:
        """Return the files and folders on which generating a pattern depends, there or not."""
        found = [*self.catalog.consulted(), *self.installed.folders_of_packages]
        found += tool_files(self.templates, shipped("patterns"))
        if checked.entry.origin == "path":
            found.append(self.root / checked.entry.location)
        for location, path in checked.files:
            found += places_beside(self.root / location, path)
        return found

    def editor_schema(self) -> dict[str, Any]:
        """Return the JSON Schema of the pattern format, as editors take it."""
        from ace_flow.loader.editor import editor_schema  # noqa: PLC0415 - one command asks for it

        return editor_schema(self.catalogue())

    def find(self, reference: str) -> Entry:
        """Return the pattern meant by a path (it has a `/` or ends in .yml) or by `name@range`.

        Raises NotFoundError, or ConfigurationError when it is a folder or the range is none.
        """
        path = self.root / reference
        if path.suffix in SUFFIXES or "/" in reference or "\\" in reference:
            location = shown_path(path, self.root)
            if path.is_dir():
                raise is_folder(reference)
            if path.is_symlink() and not path.exists():
                raise NotFoundError(f"{reference} is a link that leads to no file")
            if not path.exists():
                raise NotFoundError(f"there is no file {reference}", hint=nearest_file(path))
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
                raise is_folder(reference)
            near = self.catalog.nearest(asked.name)
            other = passed_by(self.root) or "`ace list-patterns` shows all"
            hint = f"did you mean `{near}`?" if near else other
            raise NotFoundError(f"there is no pattern `{asked.name}`", hint=hint)
        return entry

    def recall(self, entry: Entry) -> Checked | None:
        """Return a pattern as it was checked before; None when it has to be checked (again).

        That is one that takes no values and brings no programs, with nothing to say of it.
        """
        if self._release is None:
            return None
        return recall(entry, self.catalog, self.root, self.templates, self._release)

    @without_collector()
    def check(
        self, pattern: str | Entry, *, strict: bool = False, choose: Choose | None = None
    ) -> Checked:
        """Load, compose, complete and verify a pattern: what `find` returned, or is to find.

        With `strict`, warnings are errors, and what was added is a warning. `choose` finds the
        values of its parameters; without it, samples are taken.

        Raises NotFoundError when there is none, PatternError with all findings when it has
        errors.
        """
        from ace_flow.checking import check  # noqa: PLC0415 - what is recalled needs none of it

        entry = self.find(pattern) if isinstance(pattern, str) else pattern
        checked, asked = check(entry, self._means(), strict=strict, choose=choose)
        if self._release is not None:
            keep(checked, asked, self.root, self._release)
        return checked

    def check_again(self, checked: Checked, document: Node) -> Checked:
        """Complete and verify what programs made of the document of a checked pattern.

        Files are those of the checked pattern: others cannot be named. Raises PatternError with
        all findings when it has errors.
        """
        from ace_flow.checking import check_again  # noqa: PLC0415 - few patterns have programs

        return check_again(checked, document, self._means())

    def _means(self) -> Means:
        from ace_flow.checking import Means  # noqa: PLC0415 - as above

        return Means(
            root=self.root,
            catalog=self.catalog,
            templates=self.templates,
            catalogue=self.catalogue,
        )

    @cached_property
    def _release(self) -> str | None:
        """What tells what is known of patterns from what other versions know; None for nothing.

        Plugins can change what patterns mean.
        """
        return None if self.installed.points else release(self.templates, shipped("patterns"))
