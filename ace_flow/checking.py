"""Checks a pattern that was found: loads it with its parents, completes and verifies it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from ace_flow.brought import owner_of, read_files
from ace_flow.checked import Asked, Checked, hiding, strictly, unnamed_modules
from ace_flow.diagnostics import Diagnostic, PatternError, has_errors
from ace_flow.files import digest
from ace_flow.loader import Missing, Parent, fill, finish, read_document
from ace_flow.rules import verify, without_generators
from ace_flow.templated import findings_of_templates

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ace_flow.loader import Choose
    from ace_flow.model import Catalogue, Pattern
    from ace_flow.registry import Catalog, Entry
    from ace_flow.source import Node


class Means(Struct, frozen=True, kw_only=True):
    """What patterns are checked with: where they are found, and what there is for them.

    `root` is where relative locations begin, `templates` the folder of templates. `catalogue`
    returns the services and component types that exist.
    """

    root: Path
    catalog: Catalog
    templates: Path
    catalogue: Callable[[], Catalogue]


class Outcome(NamedTuple):
    """A checked pattern, and the parents that were asked for."""

    checked: Checked
    asked: tuple[Asked, ...]


def check(
    entry: Entry, means: Means, *, strict: bool = False, choose: Choose | None = None
) -> Outcome:
    """Load, compose, complete and verify a pattern.

    With `strict`, warnings are errors, and what was added is a warning. `choose` finds the
    values of its parameters; without it, samples are taken.

    Raises PatternError with all findings when it has errors.
    """
    entries = {entry.location: entry}
    asked: list[Asked] = []

    def find_parent(name: str, accepts: Callable[[str], bool] | None) -> Parent | Missing:
        parent = means.catalog.find(name, accepts)
        if parent is None:
            return Missing(means.catalog.nearest(name), tuple(means.catalog.versions(name)))
        entries[parent.location] = parent
        asked.append(Asked(name, parent.location, in_range=accepts is not None))
        return Parent(name, read_document(parent.location, parent.document))

    document = read_document(entry.location, entry.document)
    filled = fill(document, find_parent, choose)
    pattern, additions = finish(filled)
    files, findings = read_files(pattern, entries, entry)
    findings += hiding(entries.values(), means.catalog, document)
    if entry.origin in {"path", "project"}:
        findings += unnamed_modules((means.root / entry.location).parent, document)
    findings += _findings(pattern, files, entry, means)
    findings, left_open = without_generators(pattern, findings)
    if strict:
        findings = strictly(findings, additions)
    checked = Checked(
        entry=entry,
        pattern=pattern,
        additions=additions,
        findings=_right([*findings, *left_open]),
        files=files,
        entries=tuple(entries.values()),
        filled=filled,
    )
    return Outcome(checked, tuple(asked))


def check_again(checked: Checked, document: Node, means: Means) -> Checked:
    """Complete and verify what programs made of the document of a checked pattern.

    Files are those of the checked pattern: others cannot be named. Raises PatternError with
    all findings when it has errors.
    """
    filled = checked.composed._replace(document=document)
    pattern, additions = finish(filled)
    findings = [
        Diagnostic(
            code="ACE170",
            message=f"`{file.path}` is none of the files that the pattern names",
            span=file.span,
        )
        for file in pattern.files
        if (owner_of(file, checked.entry), file.path) not in checked.files
    ]
    if not findings:
        findings = _findings(pattern, checked.files, checked.entry, means)
    plain = json.dumps(document.plain(), sort_keys=True).encode("utf-8", "backslashreplace")
    return replace(
        checked,
        pattern=pattern,
        additions=additions,
        findings=_right(findings),
        filled=filled,
        dynamic=digest(plain),
    )


def _findings(
    pattern: Pattern, files: dict[tuple[str, str], bytes], entry: Entry, means: Means
) -> list[Diagnostic]:
    templates = findings_of_templates(pattern, files, entry, means.templates)
    return [*templates, *verify(pattern, means.catalogue())]


def _right(findings: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return findings in the order of the file; raises PatternError when any is an error."""
    findings.sort(key=lambda finding: finding.sort_key)
    if has_errors(findings):
        raise PatternError(findings)
    return tuple(findings)
