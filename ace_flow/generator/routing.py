"""The routes of the frontend: a page for each component."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.generator.navigation import place
from ace_flow.generator.typescript import Arrow, Call, Expression, Name, Object, call
from ace_flow.generator.visitors import visitors
from ace_flow.names import kebab

if TYPE_CHECKING:
    from ace_flow.model import Catalogue, Component, Pattern


def routes(pattern: Pattern, catalogue: Catalogue) -> list[Expression]:
    """Return what `src/routes.ts` lists."""
    return [
        Object(
            {
                "path": f"/{kebab(component.name)}",
                "title": component.shown_title,
                **_description(component),
                **place(pattern, component, catalogue),
                **visitors(pattern, component, catalogue),
                "Component": call(
                    "lazy",
                    Arrow((), Call(Name("import"), None, (f"./components/{component.name}",))),
                ),
            },
            expanded=True,
        )
        for component in pattern.components
    ]


def _description(component: Component) -> dict[str, Expression]:
    """Return what a page is for, unless its title says the same."""
    said = component.purpose.strip()
    return (
        {"description": said}
        if said.casefold() not in {"", component.shown_title.casefold()}
        else {}
    )
