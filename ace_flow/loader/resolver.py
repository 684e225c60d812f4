"""Composition: a document and the parents it extends become one document."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from ace_flow.diagnostics import Diagnostic, PatternError, has_errors
from ace_flow.loader.merging import Conflicts, follow, is_named, merge, name_of, without
from ace_flow.loader.schema import check
from ace_flow.names import normal
from ace_flow.source import Node

if TYPE_CHECKING:
    from ace_flow.source import Span

MAX_CHAIN = 64

# What describes the pattern itself and would be untrue of its children.
OWN_KEYS = frozenset({"description", "display_name", "extends", "name", "version"})


class Parent(NamedTuple):
    """What a name in `extends` stands for: the pattern's own name and its document."""

    name: str
    document: Node


class Find(Protocol):
    """Looks a parent up by name; returns None and the nearest known name when there is none."""

    def __call__(self, name: str) -> Parent | str | None:
        """Return the parent, else the nearest name as text, else None."""


def compose(document: Node, find: Find) -> Node:
    """Merge a document with everything it extends and return one document without `extends`.

    Parents count left to right, then the document's own keys, then `additional_…`. Scalars: the
    child wins; lists of named things merge by name; `services` and `tags` are united.

    Raises PatternError with every finding: wrong shape in any of the files, unknown parents,
    cycles, parents that disagree.
    """
    resolver = _Resolver(find)
    composed = resolver.compose(document, ())
    if composed is None or has_errors(resolver.findings):
        raise PatternError(resolver.findings)
    return composed


class _Link(NamedTuple):
    """A pattern in a chain of parents: what it is called, and the file it stands in."""

    name: str
    source: str


class _Resolver:
    def __init__(self, find: Find) -> None:
        self._find = find
        self._composed: dict[str, Node | None] = {}
        self._ancestors: dict[str, set[str]] = {}
        self.findings: list[Diagnostic] = []

    def compose(self, document: Node, chain: tuple[_Link, ...]) -> Node | None:
        """Return the composed document, or None when its shape is wrong."""
        shape = check(document)
        self.findings += shape
        if has_errors(shape):
            return None
        child = self._normalised(document)
        source = document.span.source.name
        parents = self._parents(child, (*chain, _Link(str(child.mapping["name"].value), source)))
        ancestors = self._ancestors.setdefault(source, set())
        for parent in parents:
            own = parent.span.source.name
            ancestors |= {own} | self._ancestors.get(own, set())
        conflicts = Conflicts(self._ancestors)
        inherited: Node | None = None
        for parent in parents:
            own_part = without(parent, OWN_KEYS)
            inherited = merge(inherited, own_part, (), conflicts) if inherited else own_part
        merged = merge(inherited, child, ()) if inherited else child
        self.findings += conflicts.unsettled(merged, source)
        return self._with_additions(merged)

    def _parents(self, child: Node, chain: tuple[_Link, ...]) -> list[Node]:
        extends = child.mapping.get("extends")
        if extends is None:
            return []
        references = extends.items or [extends]
        composed = [self._parent(reference, chain) for reference in references]
        return [node for node in composed if node is not None]

    def _parent(self, reference: Node, chain: tuple[_Link, ...]) -> Node | None:
        name = str(reference.value)
        for index, link in enumerate(chain):
            if normal(link.name) == normal(name):
                self._cycle(chain[index:], reference)
                return None
        if len(chain) > MAX_CHAIN:
            links = " -> ".join(link.name for link in chain)
            message = f"the chain of parents is deeper than {MAX_CHAIN}: {links}"
            self._error("ACE022", message, reference.span)
            return None
        if normal(name) not in self._composed:
            self._composed[normal(name)] = self._read_parent(reference, chain)
        return self._composed[normal(name)]

    def _read_parent(self, reference: Node, chain: tuple[_Link, ...]) -> Node | None:
        try:
            found = self._find(str(reference.value))
        except PatternError as error:
            self.findings += error.diagnostics
            return None
        if not isinstance(found, Parent):
            hint = f"did you mean `{found}`?" if found else "`ace list-patterns` shows all patterns"
            message = f"there is no pattern `{reference.value}` to extend"
            self._error("ACE020", message, reference.span, hint)
            return None
        # A file may be named otherwise than its pattern, so that names alone show no circle.
        for index, link in enumerate(chain):
            if link.source == found.document.span.source.name:
                self._cycle(chain[index:], reference)
                return None
        return self.compose(found.document, chain)

    def _cycle(self, chain: tuple[_Link, ...], reference: Node) -> None:
        circle = " -> ".join((*(link.name for link in chain), str(reference.value)))
        self._error("ACE021", f"the pattern extends itself: {circle}", reference.span)

    def _normalised(self, document: Node) -> Node:
        """Move top-level `models` under `schema`, so that there is one spelling from here on."""
        top = document.mapping.get("models")
        if top is None:
            return document
        schema = document.mapping.get("schema")
        if schema is not None and "models" in schema.mapping:
            first = schema.key_span("models")
            self._error(
                "ACE014",
                f"`models` stands here and under `schema` (line {first.line})",
                document.key_span("models"),
                "keep one of the two",
            )
            return document
        keys = document.keys or {}
        entries = {**(schema.mapping if schema else {}), "models": top}
        inner = {**((schema.keys if schema else None) or {}), "models": keys["models"]}
        moved = Node(entries, schema.span if schema else top.span, inner)
        outer = {key: node for key, node in document.mapping.items() if key != "models"}
        outer_keys = {**keys, "schema": keys.get("schema", keys["models"])}
        return Node({**outer, "schema": moved}, document.span, outer_keys)

    def _with_additions(self, merged: Node) -> Node:
        for key, path in (
            ("additional_models", ("schema", "models")),
            ("additional_components", ("components",)),
        ):
            addition = merged.mapping.get(key)
            if addition is None:
                continue
            listed = merged.find(path).items if follow(merged, path) else []
            present = {name_of(item): item.mapping["name"].span for item in listed}
            for item in addition.items:
                if name_of(item) in present:
                    self._error(
                        "ACE023",
                        f"the pattern already has `{name_of(item)}` ({present[name_of(item)]})",
                        item.mapping["name"].span,
                        f"to change it, put it under `{path[-1]}`",
                    )
            for step in reversed(path):
                addition = Node({step: addition}, addition.span, {step: merged.key_span(key)})
            merged = merge(without(merged, {key}), addition, ())._replace(span=merged.span)
        self._report_duplicates(merged)
        return merged

    def _report_duplicates(self, node: Node) -> None:
        for key, value in node.mapping.items():
            if is_named(key, value):
                seen: dict[str, Span] = {}
                for item in value.items:
                    name, span = name_of(item), item.mapping["name"].span
                    if name in seen:
                        message = f"`{name}` is in `{key}` twice (first: {seen[name]})"
                        self._error("ACE015", message, span, "rename or remove one of them")
                    seen.setdefault(name, span)
                    self._report_duplicates(item)
            else:
                self._report_duplicates(value)

    def _error(self, code: str, message: str, span: Span, hint: str | None = None) -> None:
        finding = Diagnostic(code=code, message=message, span=span, hint=hint)
        if finding not in self.findings:
            self.findings.append(finding)
