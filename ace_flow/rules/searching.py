"""Names of what a search service adds to the API: nobody else's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.diagnostics import Diagnostic, Related
from ace_flow.model import search_names, searched_models
from ace_flow.names import kebab

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ace_flow.model import Catalogue, Pattern
    from ace_flow.source import Span


def search_names_free(pattern: Pattern, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """No model, type, enum or operation has the name of a search, or its resolver's file."""
    searched = searched_models(pattern, catalogue)
    made = {name: model for model in searched for name in search_names(model)}
    files = {kebab(search_names(model)[0]): model for model in searched}
    made |= {
        item.name: files[kebab(item.name)] for item in pattern.called if kebab(item.name) in files
    }
    named: list[tuple[str, Span | None]] = [
        (item.name, item.span)
        for group in (pattern.owners, pattern.enums, pattern.called, pattern.conversations)
        for item in group
    ]
    named += (
        (index.query_field, index.at("query_field"))
        for model in pattern.models
        for index in model.indexes
        if index.query_field
    )
    for name, span in named:
        if model := made.get(name):
            whose = f"the search of `{model.name}`"
            yield Diagnostic(
                code="ACE210",
                message=f"the name `{name}` is taken by {whose}",
                span=span,
                hint="rename it",
                related=(Related(model.span, whose),) if model.span else (),
            )


RULES = (search_names_free,)
