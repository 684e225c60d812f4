"""What a document adds to what it inherits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.diagnostics import Diagnostic, Related
from ace_flow.loader.merging import NAMED_LISTS, Places, merge, name_of, without
from ace_flow.source import Node

if TYPE_CHECKING:
    from ace_flow.names import Suggestion
    from ace_flow.source import Span

_ADDITIONS = {
    "additional_models": ("schema", "models"),
    "additional_components": ("components",),
}


class Findings(list[Diagnostic]):
    """Findings in the order they were made."""

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
        self.append(Diagnostic(code=code, message=message, span=span, hint=hint, related=related))


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
    removed = merged.mapping.get("remove")
    for key, path in _ADDITIONS.items():
        addition = merged.mapping.get(key)
        if addition is None:
            continue
        listed = Places(merged).at(path)
        present = {
            name_of(item): item.mapping["name"].span for item in (listed.items if listed else ())
        }
        for item in addition.items:
            if name_of(item) in present:
                hint = f"to change it, put it under `{path[-1]}`"
                if removed and name_of(item) in removed.texts(path[-1]):
                    hint += "; `remove` comes last, and makes no room for it"
                findings.error(
                    "ACE023",
                    f"the pattern already has `{name_of(item)}`",
                    item.mapping["name"].span,
                    hint=hint,
                    related=(Related(present[name_of(item)], "inherited from here"),),
                )
        new = [item for item in addition.items if name_of(item) not in present]
        addition = addition._replace(value=new)
        for step in reversed(path):
            addition = Node({step: addition}, addition.span, {step: merged.key_span(key)})
        merged = merge(without(merged, {key}), addition, ())._replace(span=merged.span)
    report_duplicates(merged, findings)
    return merged


def report_duplicates(node: Node, findings: Findings) -> None:
    """Find names that a list has twice, at any depth of a document."""
    for key, inner in node.mapping.items():
        value = inner.value
        if isinstance(value, dict):
            report_duplicates(inner, findings)
        elif isinstance(value, list) and key in NAMED_LISTS and key != "indexes":
            names = [name_of(item) for item in value]
            if not all(names):
                continue
            if len(set(names)) < len(names):
                _report_twice(key, value, findings)
            for item in value:
                report_duplicates(item, findings)


def _report_twice(key: str, items: list[Node], findings: Findings) -> None:
    seen: dict[str, Span] = {}
    for item in items:
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
