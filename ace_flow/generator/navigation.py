"""Where the navigation lists a page, and whether other pages lead to it already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.generator.access import is_permitted
from ace_flow.generator.addresses import address, page_address
from ace_flow.generator.visitors import audiences, covers
from ace_flow.model import models_shown
from ace_flow.names import kebab

if TYPE_CHECKING:
    from ace_flow.generator.typescript import Expression
    from ace_flow.model import Catalogue, Component, Model, Pattern


def place(pattern: Pattern, component: Component, catalogue: Catalogue) -> dict[str, Expression]:
    """Return the `section` of a page, or that it `isInner`, where others lead to it.

    Unless the pattern says it, those are pages that are shown to all to whom this one is, and
    have a link to it: from a record of its main model, or for a new one.
    """
    listed = component.listed
    if listed is None:
        listed = not _is_led_to(pattern, component, catalogue)
    section = catalogue.component_types[component.type].section
    return {"section": section} if listed else {"isInner": True}


def _is_led_to(pattern: Pattern, component: Component, catalogue: Catalogue) -> bool:
    main = pattern.model(component.models[0]) if component.models else None
    others = pattern.components
    return main is not None and any(
        _leads(pattern, other, component, main, catalogue) for other in others
    )


def _leads(
    pattern: Pattern, other: Component, component: Component, main: Model, catalogue: Catalogue
) -> bool:
    kind = catalogue.component_types[other.type]
    if component.type not in kind.leads_to or main not in models_shown(pattern, other, kind):
        return False
    if component.type == "form":
        link = page_address(pattern, main, "form") if is_permitted(main, "create") else None
    else:
        link = address(pattern, main, component.type)
    is_linked = link is not None and link.partition("?")[0] == f"#/{kebab(component.name)}"
    shown = audiences(pattern, component, catalogue)[1]
    return is_linked and covers(audiences(pattern, other, catalogue)[1], shown)
