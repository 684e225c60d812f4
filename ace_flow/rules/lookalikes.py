"""Relations and keys that were probably meant as one, and are two."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from ace_flow.diagnostics import Diagnostic, Severity
from ace_flow.model import Field
from ace_flow.model.data import WHOLE
from ace_flow.names import camel, pascal
from ace_flow.rules.links import FEW, is_key_type, links_of, told

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from ace_flow.model import Catalogue, Pattern, Relation
    from ace_flow.rules.links import Link

# Comparing texts is slow.
_COMPARED = 50
_ALIKE = 0.85


def distinct_relations(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """Two sides that were written, and have other keys, are meant as two relations."""
    half: dict[tuple[str, str], list[Relation]] = {}
    links = links_of(pattern)
    for link in links:
        if link.parents and all(WHOLE in side.completed for side in link.parents):
            sides = [side for side in link.children if WHOLE not in side.completed]
            half.setdefault((link.child.name, link.parent.name), []).extend(sides)
    for link in links:
        child, parent = link.child.name, link.parent.name
        if any(WHOLE not in side.completed for side in link.children):
            continue
        sides = half.get((child, parent), [])[:FEW]
        for relation in link.parents if sides else ():
            keys = ", ".join(link.references)
            wanted = (f"`references: [{', '.join(side.references)}]`" for side in sides)
            yield Diagnostic(
                code="ACE122",
                severity=Severity.WARNING,
                message=f"`{parent}.{relation.name}` and `{child}.{sides[0].name}` are two "
                f"relations, since their keys differ: `{keys}` and "
                f"`{', '.join(sides[0].references)}`",
                span=relation.at("references"),
                hint=f"if they are one, make it {' or '.join(wanted)}; else add to `{child}` a "
                f"belongsTo `{parent}` with `references: [{keys}]`",
                related=told(sides[0], f"`{child}.{sides[0].name}`"),
            )


def known_keys(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """A key that ace had to declare is not a declared one that was misspelt."""
    links = links_of(pattern)
    spare = _spare_keys(pattern, links)
    for link in links:
        model, relation = link.spokesman
        if "references" in relation.completed or len(link.references) != len(link.parent.key):
            continue
        prefix = relation.name if relation.type == "belongsTo" else camel(link.parent.name)
        for place, (name, key) in enumerate(zip(link.references, link.parent.key, strict=True)):
            field = link.child.member(name)
            if not isinstance(field, Field) or WHOLE not in field.completed:
                continue
            others = spare[link.child.name]
            usual = f"{prefix}{pascal(key)}"
            other = others.get(usual if usual in others else _nearly(name, others))
            if other and is_key_type(other.type, field.type):
                yield Diagnostic(
                    code="ACE121",
                    severity=Severity.WARNING,
                    message=f"`{model.name}.{relation.name}` gets a new key `{name}`, and no "
                    f"relation has `{link.child.name}.{other.name}` for its key",
                    span=relation.at("references", place),
                    hint=f"did you mean `{other.name}`? If not, declare `{name}`, too",
                    related=told(other, f"`{link.child.name}.{other.name}`"),
                )


def _spare_keys(pattern: Pattern, links: list[Link]) -> dict[str, dict[str | None, Field]]:
    """Return for each model the declared fields that may be keys of relations and are not."""
    used: dict[str, set[str]] = {}
    for link in links:
        used.setdefault(link.child.name, set()).update(link.references)
    return {
        model.name: {
            field.name: field
            for field in model.fields
            if WHOLE not in field.completed
            and not field.array
            and field.name not in used.get(model.name, ())
            and field.name not in model.key
        }
        for model in pattern.models
    }


def _nearly(name: str, others: Collection[str | None]) -> str | None:
    """Return the name that differs in a letter: many keys read somewhat alike, and are others."""
    if len(others) > _COMPARED:
        return None
    hits = difflib.get_close_matches(name, filter(None, others), n=1, cutoff=_ALIKE)
    return hits[0] if hits else None


RULES = (distinct_relations, known_keys)
