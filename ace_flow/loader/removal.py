"""What a document takes away from what it inherits, and whether that holds beside other parents."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ace_flow.diagnostics import Related
from ace_flow.loader.merging import Places, called, without
from ace_flow.names import Suggestion

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ace_flow.loader.changes import Findings
    from ace_flow.loader.merging import Steps
    from ace_flow.source import Node, Span

# Where the things stand that a key of `remove` lists.
_PLACES = {
    "attributes": ("auth", "attributes"),
    "components": ("components",),
    "conversations": ("schema", "conversations"),
    "enums": ("schema", "enums"),
    "functions": ("functions",),
    "generations": ("schema", "generations"),
    "generators": ("generators",),
    "groups": ("auth", "groups"),
    "hooks": ("hooks",),
    "models": ("schema", "models"),
    "mutations": ("schema", "mutations"),
    "queries": ("schema", "queries"),
    "services": ("services",),
    "storage_paths": ("storage", "paths"),
    "subscriptions": ("schema", "subscriptions"),
    "tags": ("tags",),
    "templates": ("templates",),
    "types": ("schema", "types"),
}
# Those that are listed by the name of the model or type they belong to.
_PARTS = frozenset({"fields", "indexes"})
_OWNERS = (("schema", "models"), ("schema", "types"))


class Composed(NamedTuple):
    """One document, and where something was removed from it, by its path.

    `declaring` are the files that have parameters, of their own or inherited.
    """

    document: Node
    removed: Mapping[Steps, Span]
    declaring: frozenset[str] = frozenset()

    def with_removed(self, inherited: Mapping[Steps, Span]) -> Composed:
        """Add what the parents removed and this document has not added again."""
        places = Places(self.document)
        still = {thing: span for thing, span in inherited.items() if not places.at(thing)}
        return Composed(self.document, {**still, **self.removed})


def without_removed(merged: Node, findings: Findings) -> Composed:
    """Take away what `remove` lists.

    What is not there cannot be removed, nor what the same document adds.
    """
    removed: dict[Steps, Span] = {}
    stated = merged.mapping.get("remove")
    if stated is None:
        return Composed(merged, removed)
    merged = without(merged, {"remove"})
    places = Places(merged)
    for path, listed in _listed(stated, places):
        if path[-1] in _PARTS and places.at(path[:-1]) is None:
            owner, kind = path[-2:]
            owners = [name for kinds in _OWNERS for name in places.within(kinds)]
            findings.error(
                "ACE027",
                f"there is no model `{owner}` to remove {kind} from",
                stated.mapping[kind].key_span(owner),
                hint=Suggestion(owner, owners),
            )
            continue
        for item in listed.items:
            name = str(item.value)
            thing = (*path, name)
            found = places.at(thing)
            if found is None:
                findings.error(
                    "ACE027",
                    f"there is no `{shown(thing)}` to remove",
                    item.span,
                    hint=Suggestion(name, places.within(path)),
                )
                continue
            if found.span.source.name == stated.span.source.name:
                findings.error(
                    "ACE027",
                    f"`{name}` is added here and removed again",
                    item.span,
                    hint="leave both out",
                    related=(Related(found.span, "added here"),),
                )
            removed[thing] = item.span
    return Composed(_without(merged, removed), removed)


def settle_removed(
    merged: Node,
    parents: list[Composed],
    child: Node,
    ancestors: Mapping[str, set[str]],
    findings: Findings,
) -> Composed:
    """Take from merged parents what one of them removed and another only hands on.

    What the other changed is a dispute, unless the child states or removes it itself.
    """
    removed: dict[Steps, Span] = {}
    places, stated = Places(merged), Places(child)
    decided = {
        (*path, str(item.value))
        for path, listed in _listed(child.mapping.get("remove"), places)
        for item in listed.items
    }
    for parent in parents:
        known = ancestors.get(parent.document.span.source.name, set())
        for thing, span in parent.removed.items():
            found = places.at(thing)
            if found is None or found.span.source.name in known:
                removed[thing] = span
            elif thing not in decided and stated.at(thing) is None:
                findings.error(
                    "ACE024",
                    f"the parents disagree about `{shown(thing)}`: one removes it",
                    found.span,
                    hint="state it, or remove it, in the pattern that extends both",
                    related=(Related(span, "removed here"),),
                )
    return Composed(_without(merged, removed), removed)


def shown(thing: Steps) -> str:
    """Return a path as messages show it: `models.Product.fields.sku`."""
    return ".".join(thing).removeprefix("schema.")


def _listed(stated: Node | None, places: Places) -> Iterator[tuple[Steps, Node]]:
    """Yield each list under `remove` with the path of what it takes from."""
    for kind, listed in stated.mapping.items() if stated else ():
        if kind not in _PARTS:
            yield _PLACES[kind], listed
            continue
        for owner, names in listed.mapping.items():
            is_type = places.at(("schema", "types", owner)) is not None
            yield ("schema", "types" if is_type else "models", owner, kind), names


def _without(node: Node, things: Iterable[Steps]) -> Node:
    """Return a document without the things at these paths."""
    gone: dict[str, list[Steps]] = {}
    for step, *rest in things:
        gone.setdefault(step, []).append(tuple(rest))
    if not gone:
        return node

    def kept(name: str, value: Node) -> Node | None:
        inner = gone.get(name)
        if inner is None:
            return value
        return None if () in inner else _without(value, inner)

    if node.mapping:
        entries = ((key, kept(key, value)) for key, value in node.mapping.items())
        return node._replace(value={key: value for key, value in entries if value is not None})
    items = (kept(called(item), item) for item in node.items)
    return node._replace(value=[item for item in items if item is not None])
