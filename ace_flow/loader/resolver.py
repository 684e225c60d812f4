"""Composition: a document and the parents it extends become one document."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from ace_flow.diagnostics import PatternError, Related, has_errors
from ace_flow.loader.changes import (
    Findings,
    report_duplicates,
    with_additions,
    with_models_in_schema,
)
from ace_flow.loader.merging import Conflicts, merge, without
from ace_flow.loader.misspelt import misspelt_overrides
from ace_flow.loader.removal import Composed, settle_removed, without_removed
from ace_flow.loader.schema import check_unfilled
from ace_flow.names import normal
from ace_flow.versions import Range, Wanted, is_version, wanted

if TYPE_CHECKING:
    from collections.abc import Callable

    from ace_flow.source import Node, Span

MAX_CHAIN = 64

# What describes the pattern itself and would be untrue of its children.
OWN_KEYS = frozenset({"description", "display_name", "extends", "name", "version"})


class Parent(NamedTuple):
    """What a name in `extends` stands for: the pattern's own name and its document."""

    name: str
    document: Node


class Missing(NamedTuple):
    """There is no such pattern: the nearest name, and the versions there are of that name."""

    nearest: str | None = None
    versions: tuple[str, ...] = ()


class Find(Protocol):
    """Looks a parent up by its name, and by its version where `accepts` is given."""

    def __call__(self, name: str, accepts: Callable[[str], bool] | None, /) -> Parent | Missing:
        """Return the parent, or what there is instead."""


def compose(document: Node, find: Find) -> Composed:
    """Merge a document with everything it extends and return one document without `extends`.

    Parents count left to right, then the document's own keys, then `additional_…`, then `remove`.
    Scalars: the child wins; lists of named things merge by name; `services` and `tags` are united.
    A pattern that several extend counts once, in one version that all of them accept.

    Raises PatternError with every finding: wrong shape in any of the files, unknown parents,
    cycles, parents that disagree.
    """
    ranges: dict[str, list[_Asked]] = {}
    while True:
        resolver = _Resolver(find, ranges)
        try:
            composed = resolver.compose(document, ())
        except _OtherVersionError:
            continue  # the ranges have grown, which they can only as often as one is written
        if composed is None or has_errors(resolver.findings):
            # Several ways may lead to the same place.
            raise PatternError(dict.fromkeys(resolver.findings))
        return composed._replace(declaring=frozenset(resolver.declaring))


class _Asked(NamedTuple):
    """A range of versions and the place that asks for it."""

    range: Range
    span: Span


class _OtherVersionError(Exception):
    """Another version of a parent is needed than the one that is composed already."""


class _Link(NamedTuple):
    """A pattern in a chain of parents: what it is called, and the file it stands in."""

    name: str
    source: str


class _Resolver:
    def __init__(self, find: Find, ranges: dict[str, list[_Asked]]) -> None:
        self._find = find
        self._ranges = ranges
        self._composed: dict[str, Composed | None] = {}
        self._versions: dict[str, str] = {}
        self._ancestors: dict[str, set[str]] = {}
        self.declaring: set[str] = set()
        self.findings = Findings()

    def compose(self, document: Node, chain: tuple[_Link, ...]) -> Composed | None:
        """Return the composed document, or None when its shape or one of its parents is wrong."""
        shape = check_unfilled(document)
        self.findings += shape.findings
        if has_errors(shape.findings):
            return None
        child = with_models_in_schema(document, self.findings)
        self._check_version(child)
        source = document.span.source.name
        parents = self._parents(child, (*chain, _Link(str(child.mapping["name"].value), source)))
        if parents is None:
            # What the missing parent holds would only be missed once more.
            report_duplicates(child, self.findings)
            return None
        ancestors = self._ancestors.setdefault(source, set())
        for parent in parents:
            own = parent.document.span.source.name
            ancestors |= {own} | self._ancestors.get(own, set())
        conflicts = Conflicts(self._ancestors)
        inherited = self._united(parents, child, conflicts)
        if inherited:
            self.findings += misspelt_overrides(inherited.document, child)
        merged = merge(inherited.document, child, ()) if inherited else child
        merged = with_additions(merged, self.findings)
        composed = without_removed(merged, self.findings)
        if "parameters" in composed.document.mapping:
            self.declaring.add(source)
        else:
            self.findings += shape.open
        self.findings += conflicts.unsettled(composed.document, source)
        return composed.with_removed(inherited.removed) if inherited else composed

    def _united(
        self, parents: list[Composed], child: Node, conflicts: Conflicts
    ) -> Composed | None:
        """Return what a child inherits: its parents laid on each other, from left to right."""
        if not parents:
            return None
        first, *others = (without(parent.document, OWN_KEYS) for parent in parents)
        for other in others:
            first = merge(first, other, (), conflicts)
        return settle_removed(first, parents, child, self._ancestors, self.findings)

    def _check_version(self, document: Node) -> None:
        version = document.text("version")
        if version and not is_version(version):
            self.findings.error(
                "ACE013",
                f"`{version}` is no version",
                document.mapping["version"].span,
                hint="write it like 1.2.0",
            )

    def _parents(self, child: Node, chain: tuple[_Link, ...]) -> list[Composed] | None:
        """Return what a document extends, or None when any of it cannot be had."""
        extends = child.mapping.get("extends")
        if extends is None:
            return []
        references = extends.items or [extends]
        composed = [self._parent(reference, chain) for reference in references]
        found = [parent for parent in composed if parent is not None]
        return found if len(found) == len(composed) else None

    def _parent(self, reference: Node, chain: tuple[_Link, ...]) -> Composed | None:
        try:
            asked = wanted(str(reference.value))
        except ValueError as error:
            hint = "e.g. `shop`, or `shop@>=1.2,<2`"
            self.findings.error(
                "ACE025", f"`{reference.value}`: {error}", reference.span, hint=hint
            )
            return None
        key = normal(asked.name)
        for index, link in enumerate(chain):
            if normal(link.name) == key:
                self._cycle(chain[index:], reference)
                return None
        if len(chain) > MAX_CHAIN:
            links = " -> ".join(link.name for link in chain)
            message = f"the chain of parents is deeper than {MAX_CHAIN}: {links}"
            self.findings.error("ACE022", message, reference.span)
            return None
        self._ask(asked, reference, is_known=key in self._composed)
        if key not in self._composed:
            self._composed[key] = self._read_parent(asked, reference, chain)
        return self._composed[key]

    def _ask(self, asked: Wanted, reference: Node, *, is_known: bool) -> None:
        """Note the range a reference asks for; begin anew when the version chosen is not in it."""
        if asked.range is None:
            return
        key = normal(asked.name)
        noted = self._ranges.setdefault(key, [])
        if all(item.span != reference.span for item in noted):
            noted.append(_Asked(asked.range, reference.span))
            if is_known and not asked.range.accepts(self._versions.get(key, "")):
                raise _OtherVersionError

    def _read_parent(
        self, asked: Wanted, reference: Node, chain: tuple[_Link, ...]
    ) -> Composed | None:
        ranges = self._ranges.get(normal(asked.name), [])

        def accepts(version: str) -> bool:
            return all(item.range.accepts(version) for item in ranges)

        try:
            found = self._find(asked.name, accepts if ranges else None)
        except PatternError as error:
            self.findings += error.diagnostics
            return None
        if isinstance(found, Missing):
            self._missing(asked, found, reference, ranges)
            return None
        # A file may be named otherwise than its pattern, so that names alone show no circle.
        for index, link in enumerate(chain):
            if link.source == found.document.span.source.name:
                self._cycle(chain[index:], reference)
                return None
        self._versions[normal(asked.name)] = found.document.text("version")
        return self.compose(found.document, chain)

    def _missing(
        self, asked: Wanted, found: Missing, reference: Node, ranges: list[_Asked]
    ) -> None:
        near = found.nearest
        if not ranges or (near is not None and normal(near) != normal(asked.name)):
            hint = f"did you mean `{near}`?" if near else "`ace list-patterns` shows all patterns"
            message = f"there is no pattern `{asked.name}` to extend"
            self.findings.error("ACE020", message, reference.span, hint=hint)
            return
        listed = " and ".join(f"`{text}`" for text in dict.fromkeys(str(r.range) for r in ranges))
        versions = ", ".join(found.versions)
        *others, last = ranges
        self.findings.error(
            "ACE026",
            f"no version of `{asked.name}` is {listed}",
            last.span,
            hint=f"there is {versions}" if versions else "the pattern states no `version`",
            related=tuple(Related(item.span, f"asks for `{item.range}`") for item in others),
        )

    def _cycle(self, chain: tuple[_Link, ...], reference: Node) -> None:
        circle = " -> ".join((*(link.name for link in chain), str(reference.value)))
        self.findings.error("ACE021", f"the pattern extends itself: {circle}", reference.span)
