"""Which models and components have another name than before: stated, or seen by what is same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.project import renamed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ace_flow.model import Pattern, Tables


def told_by(pattern: Pattern) -> dict[str, str]:
    """Return what tells the components of a pattern by other names: their type and models."""
    return {item.name: " ".join((item.type, *item.models)) for item in pattern.components}


def new_names(
    pattern: Pattern,
    old: Tables | None,
    new: Tables,
    before: Mapping[str, str],
    after: Mapping[str, str],
) -> dict[str, str]:
    """Return new names of models and components by the old ones: stated, or seen by what is same.

    `before` and `after` are the components with their type and models.
    """
    had = {name: frozenset(table.columns) for name, table in (old.tables if old else {}).items()}
    has = {name: frozenset(table.columns) for name, table in new.tables.items()}
    stated = {earlier: item.name for item in pattern.models for earlier in item.renamed_from}
    stated |= {earlier: item.name for item in pattern.components for earlier in item.renamed_from}
    names = {name: stated[name] for name in (*had, *before) if name in stated}
    names |= {name: other for name, other in renamed(had, has).items() if name not in names}
    marks = {
        name: frozenset((" ".join(names.get(word, word) for word in text.split()),))
        for name, text in before.items()
        if name not in names
    }
    others = {name: frozenset((text,)) for name, text in after.items()}
    return names | renamed(marks, others)
