"""Laying one document on another: what merges, what replaces, and what two parents dispute."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeAlias

from ace_flow.diagnostics import Diagnostic, Related
from ace_flow.loader.placeholders import places
from ace_flow.model.data import RELATION_TYPES, TYPE_SPELLINGS
from ace_flow.source import Node

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ace_flow.source import Plain

    Steps: TypeAlias = tuple[str, ...]

# Lists of named things: merged entry by entry. All other lists are one value.
NAMED_LISTS = frozenset(
    {
        *("components", "fields", "indexes", "models", "types"),
        *("arguments", "conversations", "functions", "generations", "tools"),
        *("mutations", "queries", "subscriptions"),
    }
)
UNITED_LISTS = frozenset({"generators", "groups", "hooks", "secrets", "services", "social", "tags"})
# Entries of a list that a change of their type leaves with keys of the old one.
_TYPED_LISTS = frozenset({"arguments", "fields"})
# Mappings whose keys go together: one is laid on another as a whole.
_SINGLE_VALUES = frozenset({"handler"})

# The keys of a field that mean something for some types only.
_EVERY_FIELD = frozenset({"array", "default", "required"})
_TYPE_KEYS = {
    "enum": _EVERY_FIELD | {"values"},
    "float": _EVERY_FIELD | {"currency", "max", "min"},
    "integer": _EVERY_FIELD | {"currency", "max", "min"},
    "ref": _EVERY_FIELD | {"ref"},
    "string": _EVERY_FIELD | {"format", "max_length", "min_length", "pattern"},
    **dict.fromkeys(RELATION_TYPES, frozenset({"model", "references"})),
    "belongsTo": frozenset({"model", "references", "required"}),
    "manyToMany": frozenset({"model"}),
}
_TYPED = frozenset().union(*_TYPE_KEYS.values())
_LONGEST = 80


class Conflicts:
    """What the parents of one pattern dispute. `ancestors` are the files each file builds on."""

    def __init__(self, ancestors: Mapping[str, set[str]]) -> None:
        self._ancestors = ancestors
        self._found: dict[tuple[Steps, Diagnostic], None] = {}

    def settle(self, path: Steps, base: Node, over: Node) -> Node:
        """Return the value that holds, and note a dispute.

        A parent that changes what it inherited itself outdoes one that only hands that on.
        """
        if _plain(path, base) == _plain(path, over):
            return over
        left, right = base.span.source.name, over.span.source.name
        if right in self._ancestors.get(left, ()):
            return base
        if left not in self._ancestors.get(right, ()):
            finding = Diagnostic(
                code="ACE024",
                message=f"the parents disagree about `{'.'.join(path)}`: `{_short(base)}` and "
                f"`{_short(over)}`",
                span=over.span,
                hint="state the value in the pattern that extends both",
                related=(Related(base.span, f"the other parent says `{_short(base)}`"),),
            )
            self._found[path, finding] = None
        return over

    def unsettled(self, merged: Node, source: str) -> Iterator[Diagnostic]:
        """Yield the disputes that the pattern in the file `source` does not decide itself."""
        places = Places(merged)
        for path, finding in self._found:
            node = places.at(path)
            if node is not None and node.span.source.name != source:
                yield finding


def merge(base: Node, over: Node, path: Steps, conflicts: Conflicts | None = None) -> Node:
    """Lay `over` on `base`; with `conflicts`, both are parents and may disagree."""
    is_single = path[-1:] and path[-1] in _SINGLE_VALUES and path[0] != "parameters"
    if isinstance(base.value, dict) and isinstance(over.value, dict) and not is_single:
        if len(path) > 1 and path[-2] in _TYPED_LISTS:
            base, over = _fitted(base, over, path, conflicts)
        merged = dict(base.mapping)
        for key, node in over.mapping.items():
            inner = (*path, key)
            merged[key] = merge(merged[key], node, inner, conflicts) if key in merged else node
        return Node(merged, over.span, {**(base.keys or {}), **(over.keys or {})})
    if path and path[-1] in UNITED_LISTS:
        items, more = _entries(base), _entries(over)
        if items is not None and more is not None:
            present = [item.value for item in items]
            added = [item for item in more if item.value not in present]
            return Node(items + added, over.span)
    are_lists = isinstance(base.value, list) and isinstance(over.value, list)
    if are_lists and path and is_named(path[-1], over):
        return _merge_named(base, over, path, conflicts)
    return conflicts.settle(path, base, over) if conflicts else over


def _entries(node: Node) -> list[Node] | None:
    """Return the entries of a list; the place of a parameter's value stands for one, or several."""
    if isinstance(node.value, str) and places(node.value):
        return [node]
    return node.value if isinstance(node.value, list) else None


def _merge_named(base: Node, over: Node, path: Steps, conflicts: Conflicts | None) -> Node:
    merged = _Merged(base.items)
    changed: set[str] = set()
    for item in over.items:
        name = name_of(item)
        index = merged.places.setdefault(name, len(merged))
        if index < len(base.items) and name not in changed:
            merged[index] = merge(merged[index], item, (*path, name), conflicts)
            changed.add(name)
        else:
            merged.append(item)
    return over._replace(value=merged)


class _Merged(list[Node]):
    """A list of named things that knows their places, so that many parents can add to it."""

    def __init__(self, items: list[Node]) -> None:
        super().__init__(items)
        self.places: dict[str, int] = {}
        if isinstance(items, _Merged):
            self.places |= items.places
        else:
            self.places |= {name_of(item): at for at, item in reversed(list(enumerate(items)))}


def _fitted(base: Node, over: Node, path: Steps, conflicts: Conflicts | None) -> tuple[Node, Node]:
    """Take from a field whose type another one changes the keys that the new type does not take."""
    old, new = base.mapping.get("type"), over.mapping.get("type")
    if old is None or new is None or _kind(old) == _kind(new):
        return base, over
    inner = (*path, "type")
    kind = _kind(conflicts.settle(inner, old, new) if conflicts else new)
    gone = _TYPED - _TYPE_KEYS.get(kind, _EVERY_FIELD)
    if "belongsTo" in {_kind(old), _kind(new)}:
        # The foreign key of a belongsTo stands in its own model, that of others in the other one.
        gone |= {"references"}
    return (base, without(over, gone)) if kind == _kind(old) else (without(base, gone), over)


def _kind(node: Node) -> str:
    return TYPE_SPELLINGS.get(str(node.value), str(node.value))


def _plain(path: Steps, node: Node) -> Plain:
    return _kind(node) if path[-1] == "type" else node.plain()


def _short(node: Node) -> str:
    text = node.raw if node.raw is not None else json.dumps(node.plain(), ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def is_named(key: str, node: Node) -> bool:
    """Tell a list of named things from a list of names, as a component's `models` is."""
    return key in NAMED_LISTS and all(name_of(item) for item in node.items)


def name_of(item: Node) -> str:
    """Return what an entry of a list is called: its name, and an index without one its fields.

    Empty when it is no such entry.
    """
    named = item.mapping.get("name")
    if named is not None and (name := named.as_text()):
        return name
    return "+".join(filter(None, (item.text("field"), *item.texts("sort_keys"))))


def called(item: Node) -> str:
    """Return what an entry of any list is called: a text is its own name, a file the entry's."""
    return name_of(item) or item.text("source") if item.mapping else str(item.value)


class Places:
    """Finds what stands at a path of a document, list entries by their names."""

    def __init__(self, document: Node) -> None:
        self._document = document
        self._known: dict[Steps, dict[str, Node]] = {}

    def at(self, path: Steps) -> Node | None:
        """Return the value at a path, or None when there is none."""
        return self.within(path[:-1]).get(path[-1]) if path else self._document

    def within(self, path: Steps) -> dict[str, Node]:
        """Return what a mapping or list holds, by name."""
        if path not in self._known:
            node = self.at(path)
            items = reversed(node.items) if node else ()
            named = {called(item): item for item in items}
            self._known[path] = {**(node.mapping if node else {}), **named}
        return self._known[path]


def without(node: Node, keys: Iterable[str]) -> Node:
    """Return a mapping without some of its keys."""
    gone = set(keys)
    return node._replace(
        value={key: value for key, value in node.mapping.items() if key not in gone}
    )
