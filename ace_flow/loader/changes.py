"""What a document itself adds to what it inherits, and takes away from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.diagnostics import Diagnostic, Related
from ace_flow.loader.merging import follow, is_named, merge, name_of, without
from ace_flow.names import Suggestion
from ace_flow.source import Node

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ace_flow.source import Path, Span

_ADDITIONS = {
    "additional_models": ("schema", "models"),
    "additional_components": ("components",),
}
# Where the things stand that a key of `remove` lists.
_REMOVABLE = {
    "components": ("components",),
    "enums": ("schema", "enums"),
    "generators": ("generators",),
    "groups": ("auth", "groups"),
    "hooks": ("hooks",),
    "models": ("schema", "models"),
    "services": ("services",),
    "tags": ("tags",),
    "templates": ("templates",),
    "types": ("schema", "types"),
}
# Those of its parts that are listed by the name of a model or type.
_REMOVABLE_PARTS = ("fields", "indexes")


class Findings(list[Diagnostic]):
    """Findings in the order they were made, each once."""

    def error(
        self,
        code: str,
        message: str,
        span: Span,
        *,
        hint: str | Suggestion | None = None,
        related: tuple[Related, ...] = (),
    ) -> None:
        """Add an error."""
        finding = Diagnostic(code=code, message=message, span=span, hint=hint, related=related)
        if finding not in self:
            self.append(finding)


def with_models_in_schema(document: Node, findings: Findings) -> Node:
    """Move top-level `models` under `schema`, so that there is one spelling from here on."""
    top = document.mapping.get("models")
    if top is None:
        return document
    schema = document.mapping.get("schema")
    if schema is not None and "models" in schema.mapping:
        findings.error(
            "ACE014",
            "`models` stands here and under `schema`",
            document.key_span("models"),
            hint="keep one of the two",
            related=(Related(schema.key_span("models"), "under `schema`"),),
        )
        return document
    keys = document.keys or {}
    entries = {**(schema.mapping if schema else {}), "models": top}
    inner = {**((schema.keys if schema else None) or {}), "models": keys["models"]}
    moved = Node(entries, schema.span if schema else top.span, inner)
    outer = {key: node for key, node in document.mapping.items() if key != "models"}
    outer_keys = {**keys, "schema": keys.get("schema", keys["models"])}
    return Node({**outer, "schema": moved}, document.span, outer_keys)


def with_additions(merged: Node, findings: Findings) -> Node:
    """Put `additional_…` to what is there; names that are there already are errors."""
    for key, path in _ADDITIONS.items():
        addition = merged.mapping.get(key)
        if addition is None:
            continue
        listed = follow(merged, path)
        present = {
            name_of(item): item.mapping["name"].span for item in (listed.items if listed else ())
        }
        for item in addition.items:
            if name_of(item) in present:
                findings.error(
                    "ACE023",
                    f"the pattern already has `{name_of(item)}`",
                    item.mapping["name"].span,
                    hint=f"to change it, put it under `{path[-1]}`",
                    related=(Related(present[name_of(item)], "inherited from here"),),
                )
        for step in reversed(path):
            addition = Node({step: addition}, addition.span, {step: merged.key_span(key)})
        merged = merge(without(merged, {key}), addition, ())._replace(span=merged.span)
    _report_duplicates(merged, findings)
    return merged


def _report_duplicates(node: Node, findings: Findings) -> None:
    for key, value in node.mapping.items():
        if is_named(key, value) and key != "indexes":
            seen: dict[str, Span] = {}
            for item in value.items:
                name, span = name_of(item), item.mapping["name"].span
                if name in seen:
                    findings.error(
                        "ACE015",
                        f"`{name}` is in `{key}` twice",
                        span,
                        hint="rename or remove one of them",
                        related=(Related(seen[name], "the first"),),
                    )
                seen.setdefault(name, span)
                _report_duplicates(item, findings)
        else:
            _report_duplicates(value, findings)


def without_removed(merged: Node, removed: dict[str, Span], findings: Findings) -> Node:
    """Take away what `remove` lists, and note in `removed` what it was: `models.Product`.

    What is not there cannot be removed, nor what the same document adds.
    """
    stated = merged.mapping.get("remove")
    if stated is None:
        return merged
    source = stated.span.source.name
    for kind, path, listed in _listed(stated):
        for item in listed.items:
            name = str(item.value)
            there = follow(merged, path)
            found = _found(there, name) if there else None
            if found is None:
                what = ".".join((*path, name)).removeprefix("schema.")
                findings.error(
                    "ACE027",
                    f"there is no `{what}` to remove",
                    item.span,
                    hint=Suggestion(name, _names(there) if there else ()),
                )
                continue
            if found.span.source.name == source:
                findings.error(
                    "ACE027",
                    f"`{name}` is added here and removed again",
                    item.span,
                    hint="leave both out",
                    related=(Related(found.span, "added here"),),
                )
            merged = _without(merged, path, name)
            removed[f"{kind}.{name}"] = item.span
    return without(merged, {"remove"})


def _listed(stated: Node) -> Iterator[tuple[str, tuple[str, ...], Node]]:
    """Yield each list under `remove` with what it lists and where that stands."""
    for kind, listed in stated.mapping.items():
        if kind not in _REMOVABLE_PARTS:
            yield kind, _REMOVABLE[kind], listed
            continue
        for owner, names in listed.mapping.items():
            yield f"{kind}.{owner}", ("schema", "models", owner, kind), names


def _found(there: Node, name: str) -> Node | None:
    if name in there.mapping:
        return there.mapping[name]
    return next((item for item in there.items if _name(item) == name), None)


def _names(there: Node) -> list[str]:
    return [*there.mapping, *map(_name, there.items)]


def _name(item: Node) -> str:
    """Return what `remove` calls an entry of a list."""
    return name_of(item) if item.mapping else str(item.value)


def _without(node: Node, path: Path, name: str) -> Node:
    """Return a document without the thing of that name at a path."""
    if not path:
        if node.mapping:
            return without(node, {name})
        return node._replace(value=[item for item in node.items if _name(item) != name])
    step, *rest = path
    if node.mapping:
        changed = _without(node.mapping[str(step)], tuple(rest), name)
        return node._replace(value={**node.mapping, str(step): changed})
    return node._replace(
        value=[
            _without(item, tuple(rest), name) if _name(item) == step else item
            for item in node.items
        ]
    )
