"""Composition: a document and the parents it extends become one document."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from ace_flow.diagnostics import Diagnostic, PatternError, has_errors
from ace_flow.loader.schema import check
from ace_flow.names import normal
from ace_flow.source import Node, Span

if TYPE_CHECKING:
    from collections.abc import Iterable

MAX_CHAIN = 64

# Lists of named things: merged entry by entry. All other lists are one value.
NAMED_LISTS = frozenset({"components", "fields", "models", "types"})
UNITED_LISTS = frozenset({"generators", "hooks", "services", "tags"})
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
    if has_errors(resolver.findings):
        raise PatternError(resolver.findings)
    return composed


class _Resolver:
    def __init__(self, find: Find) -> None:
        self._find = find
        self._composed: dict[str, Node] = {}
        self.findings: list[Diagnostic] = []

    def compose(self, document: Node, chain: tuple[str, ...]) -> Node:
        shape = check(document)
        self.findings += shape
        if has_errors(shape):
            return document
        child = self._normalised(document)
        name = str(child.mapping["name"].value)
        parents = self._parents(child, (*chain, name))
        inherited: Node | None = None
        disagreements: list[tuple[tuple[str, ...], Diagnostic]] = []
        for parent in parents:
            own = _without(parent, OWN_KEYS)
            inherited = own if inherited is None else _merge(inherited, own, (), disagreements)
        stated = set(_paths(child))
        self.findings += [finding for path, finding in disagreements if path not in stated]
        merged = _merge(inherited, child, ()) if inherited else child
        return self._with_additions(merged)

    def _parents(self, child: Node, chain: tuple[str, ...]) -> list[Node]:
        extends = child.mapping.get("extends")
        if extends is None:
            return []
        references = extends.items or [extends]
        composed = (self._parent(reference, chain) for reference in references)
        return [node for node in composed if node is not None]

    def _parent(self, reference: Node, chain: tuple[str, ...]) -> Node | None:
        name = str(reference.value)
        if normal(name) in {normal(link) for link in chain}:
            start = [normal(link) for link in chain].index(normal(name))
            circle = " -> ".join((*chain[start:], name))
            self._error("ACE021", f"the pattern extends itself: {circle}", reference.span)
            return None
        if len(chain) > MAX_CHAIN:
            message = f"the chain of parents is deeper than {MAX_CHAIN}"
            self._error("ACE022", message, reference.span)
            return None
        if normal(name) in self._composed:
            return self._composed[normal(name)]
        found = self._find(name)
        if not isinstance(found, Parent):
            hint = f"did you mean `{found}`?" if found else "`ace list-patterns` shows all patterns"
            self._error("ACE020", f"there is no pattern `{name}` to extend", reference.span, hint)
            return None
        node = self.compose(found.document, chain)
        self._composed[normal(name)] = node
        return node

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
            present = {_name(item) for item in _at(merged, path)}
            for item in addition.items:
                if _name(item) in present:
                    self._error(
                        "ACE023",
                        f"the pattern already has `{_name(item)}`",
                        item.mapping["name"].span,
                        f"to change it, put it under `{path[-1]}`",
                    )
            for step in reversed(path):
                addition = Node({step: addition}, addition.span, {step: merged.key_span(key)})
            merged = _merge(_without(merged, {key}), addition, ())
        self._report_duplicates(merged)
        return merged

    def _report_duplicates(self, node: Node) -> None:
        for key, value in node.mapping.items():
            if _is_named(key, value):
                seen: dict[str, Span] = {}
                for item in value.items:
                    name, span = _name(item), item.mapping["name"].span
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


def _merge(
    base: Node,
    over: Node,
    path: tuple[str, ...],
    disagreements: list[tuple[tuple[str, ...], Diagnostic]] | None = None,
) -> Node:
    """Lay `over` on `base`; note in `disagreements` each scalar that both give differently."""
    if isinstance(base.value, dict) and isinstance(over.value, dict):
        if _changes_type(base, over):
            return over
        merged = dict(base.mapping)
        for key, node in over.mapping.items():
            inner = (*path, key)
            merged[key] = _merge(merged[key], node, inner, disagreements) if key in merged else node
        return Node(merged, over.span, {**(base.keys or {}), **(over.keys or {})})
    if isinstance(base.value, list) and isinstance(over.value, list):
        if path and path[-1] in UNITED_LISTS:
            present = [item.value for item in base.items]
            return over._replace(
                value=base.items + [item for item in over.items if item.value not in present]
            )
        if path and _is_named(path[-1], over):
            return _merge_named(base, over, path, disagreements)
    if disagreements is not None and base.plain() != over.plain():
        message = (
            f"the parents disagree about `{'.'.join(path)}`: `{base.raw or base.plain()}` "
            f"({base.span}) and `{over.raw or over.plain()}`"
        )
        hint = "state the value in the pattern that extends both"
        finding = Diagnostic(code="ACE024", message=message, span=over.span, hint=hint)
        disagreements.append((path, finding))
    return over


def _merge_named(
    base: Node,
    over: Node,
    path: tuple[str, ...],
    disagreements: list[tuple[tuple[str, ...], Diagnostic]] | None,
) -> Node:
    items = list(base.items)
    places = {_name(item): index for index, item in reversed(list(enumerate(items)))}
    inherited = set(places)
    for item in over.items:
        name = _name(item)
        if name in inherited:
            index = places[name]
            items[index] = _merge(items[index], item, (*path, name), disagreements)
            inherited.discard(name)
        else:
            items.append(item)
    return over._replace(value=items)


def _changes_type(base: Node, over: Node) -> bool:
    """Tell whether a field is given another type: then its other keys mean nothing any more."""
    old, new = base.mapping.get("type"), over.mapping.get("type")
    return old is not None and new is not None and old.value != new.value and "name" in over.mapping


def _is_named(key: str, node: Node) -> bool:
    """Tell a list of named things from a list of names, as a component's `models` is."""
    return key in NAMED_LISTS and all("name" in item.mapping for item in node.items)


def _name(item: Node) -> str:
    return str(item.mapping["name"].value)


def _at(node: Node, path: tuple[str, ...]) -> list[Node]:
    for step in path:
        if step not in node.mapping:
            return []
        node = node.mapping[step]
    return node.items


def _without(node: Node, keys: Iterable[str]) -> Node:
    gone = set(keys)
    return node._replace(
        value={key: value for key, value in node.mapping.items() if key not in gone}
    )


def _paths(node: Node, path: tuple[str, ...] = ()) -> Iterable[tuple[str, ...]]:
    """Yield the paths of all values, list entries by their names."""
    yield path
    for key, value in node.mapping.items():
        yield from _paths(value, (*path, key))
    if path and _is_named(path[-1], node):
        for item in node.items:
            yield from _paths(item, (*path, _name(item)))
