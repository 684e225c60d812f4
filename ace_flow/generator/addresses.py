"""Where the pages of a model are, and what can be done there with a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.generator.access import is_permitted
from ace_flow.generator.commands import commands_name, commands_of
from ace_flow.generator.forms import editing
from ace_flow.generator.modules import helper
from ace_flow.generator.parts import asked
from ace_flow.generator.timelines import text_field
from ace_flow.generator.typescript import Expression, Object
from ace_flow.names import camel, kebab

if TYPE_CHECKING:
    from ace_flow.model import Model, Pattern


def actions(pattern: Pattern, model: Model) -> Object | None:
    """Return what can be done with a record: edit it, delete it, and call mutations on it."""
    actions: dict[str, Expression] = {}
    form = address(pattern, model, "form")
    new = creating_address(pattern, model)
    if new and is_permitted(model, "create"):
        actions["createHref"] = new
    if form and editing(model, None):
        actions["editHref"] = form
    if is_permitted(model, "delete"):
        actions["remove"] = helper(model, "remove")
    if commands_of(pattern, model):
        actions["commands"] = commands_name(model)
    return Object({"access": helper(model, "access"), **actions}) if actions else None


def creating(pattern: Pattern, model: Model) -> Object | None:
    """Return what of the actions makes a new record."""
    offered = actions(pattern, model)
    if offered is None or "createHref" not in offered.entries:
        return None
    return Object({key: offered.entries[key] for key in ("access", "createHref")})


def creating_address(pattern: Pattern, model: Model) -> str | None:
    """Return the address where a new record is made: of a form, a wizard or an editor."""
    text = text_field(model)
    editor = page_address(pattern, model, "editor")
    can_write = not model.maker and text is not None and text in asked(model)
    return (
        page_address(pattern, model, "form")
        or page_address(pattern, model, "wizard")
        or (f"{editor}?new=id" if editor and can_write else None)
    )


def page_address(pattern: Pattern, model: Model, kind: str) -> str | None:
    """Return the address of the page of a kind that is mainly about the model."""
    pages = [item for item in pattern.components if item.type == kind]
    own = [item for item in pages if item.models[:1] == (model.name,)]
    return f"#/{kebab(own[0].name)}" if own else None


def address(pattern: Pattern, model: Model, kind: str) -> str | None:
    """Return the start of the address where a page of a kind has one record, up to its key."""
    shows = [item for item in pattern.components if item.type == kind and model.name in item.models]
    shows.sort(key=lambda item: item.models[0] != model.name)
    if not shows:
        return None
    param = "id" if shows[0].models[0] == model.name else camel(model.name)
    return f"#/{kebab(shows[0].name)}?{param}="
