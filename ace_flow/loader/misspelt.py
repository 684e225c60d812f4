"""What a document adds to what it inherits only because a name is misspelt."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from ace_flow.diagnostics import MAX_SHOWN, Diagnostic, Related
from ace_flow.loader.merging import Places, is_named, name_of
from ace_flow.names import nearest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ace_flow.loader.merging import Steps
    from ace_flow.source import Node

_COMPONENTS = ("components",)
_OPERATIONS = (("schema", "mutations"), ("schema", "queries"))
_WITH_FIELDS = (("schema", "models"), ("schema", "types"))


class _New(NamedTuple):
    """An entry that is not inherited and cannot stand alone, and where entries like it are."""

    path: Steps
    node: Node
    code: str
    lacks: str
    remedy: str


def misspelt_overrides(inherited: Node, child: Node) -> Iterator[Diagnostic]:
    """Yield an error for each new entry that lacks what it needs, and is called almost like others.

    With the type that it has in the parents, an entry would be whole: it was meant to change one.
    Those that are called like nothing else are left to the rules.
    """
    places, stated = Places(inherited), Places(child)
    # Comparing texts is slow, and of very many findings few are shown.
    for new in islice(_incomplete(places, stated), MAX_SHOWN):
        name = name_of(new.node)
        candidates = _meant(new.node, places.within(new.path))
        meant = nearest(name, candidates)
        if meant is not None:
            owner = f"{new.path[-2]}." if new.path[-1] == "fields" else ""
            yield Diagnostic(
                code=new.code,
                message=f"`{owner}{name}` is not inherited, and {new.lacks}",
                span=new.node.mapping["name"].span,
                hint=f"did you mean `{meant}`? if not, add {new.remedy}",
                related=(
                    Related(candidates[meant].mapping["name"].span, f"`{meant}` is inherited"),
                ),
            )


def _incomplete(places: Places, stated: Places) -> Iterator[_New]:
    yield from _without_type(places, stated, _COMPONENTS)
    for path in _OPERATIONS:
        present = places.within(path)
        for item in _entries(stated, path):
            if name_of(item) not in present and "returns" not in item.mapping:
                yield _New(path, item, "ACE213", "has no `returns`", "`returns: …`")
    for path in _WITH_FIELDS:
        present = places.within(path)
        for item in _entries(stated, path):
            fields = (*path, name_of(item), "fields")
            if name_of(item) in present:
                yield from _without_type(places, stated, fields)
                continue
            typeless = [field for field in _fields(item) if "type" not in field.mapping]
            if not _fields(item):
                yield _New(path, item, "ACE107", "has no fields", "`fields:` with at least one")
            elif typeless:
                lacks = f"its field `{name_of(typeless[0])}` has no type"
                yield _New(path, item, "ACE012", lacks, "`type: …`")


def _without_type(places: Places, stated: Places, path: Steps) -> Iterator[_New]:
    present = places.within(path)
    for item in _entries(stated, path):
        if name_of(item) not in present and "type" not in item.mapping:
            yield _New(path, item, "ACE012", "has no type", "`type: …`")


def _entries(stated: Places, path: Steps) -> list[Node]:
    listed = stated.at(path)
    return listed.items if listed is not None and is_named(path[-1], listed) else []


def _meant(new: Node, inherited: dict[str, Node]) -> dict[str, Node]:
    """Return the inherited entries that a new one may stand for.

    Fields with a type are new themselves: then only a field without one tells what is meant.
    """
    typeless = {name_of(field) for field in _fields(new) if "type" not in field.mapping}
    if len(typeless) == len(_fields(new)):
        return inherited
    return {
        name: entry
        for name, entry in inherited.items()
        if any(name_of(field) in typeless for field in _fields(entry))
    }


def _fields(entry: Node) -> list[Node]:
    return entry.mapping["fields"].items if "fields" in entry.mapping else []
