"""What feeds, chats and editors use of a model: its text, who wrote it, and how it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from ace_flow.generator.access import own, owner_rule
from ace_flow.generator.addresses import address
from ace_flow.generator.composing import chat, composer, row_type, text_inputs, value_of
from ace_flow.generator.forms import changed_fields, changes_names
from ace_flow.generator.holding import leads_to_file
from ace_flow.generator.modules import helper, labels_of
from ace_flow.generator.parts import asked, asked_inputs
from ace_flow.generator.templates import Code
from ace_flow.generator.timelines import author, feed_choice, moment, text_field
from ace_flow.generator.titles import title_field
from ace_flow.generator.typescript import (
    Element,
    Elements,
    Expression,
    Generic,
    Name,
    Object,
    arrow,
    call,
)
from ace_flow.model import Field
from ace_flow.names import camel, label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ace_flow.model import Member, Model, Pattern

Context: TypeAlias = dict[str, object]

_STATES = ("status", "state", "stage", "visibility", "phase")
_ROWS = 16


def writing(pattern: Pattern, model: Model) -> Context:
    """Return what feeds, chats and editors use of a model; each None where it has no text.

    `timeline` (how records are read; a name that pages share). `composer` (of a
    feed) and `chat`: contexts with `inputs`, `reader` and what is passed along with it
    (`sending`, `rooms`); a composer is also None where nobody may make a record. `sheet` (of an
    editor): a context with `heading`, `body`, `status`, `details`, `text`, `title`, `preview`, and
    `reader` where a mutation makes records, and an editor only changes them.
    """
    text = text_field(model)
    said = _said(model)
    return {
        "timeline": Code(timeline_name(model)) if said else None,
        "composer": composer(pattern, model, said.name) if said else None,
        "chat": chat(pattern, model, said.name) if said else None,
        "sheet": _sheet(pattern, model, text) if text else None,
    }


def related_cell(key: str, target: Model, href: str | None = None) -> Element:
    """Return the title of the record that a field is the key of, and its address up to the key."""
    attributes: dict[str, Expression] = {
        "id": Name(f"row.{key}"),
        "get": helper(target, "get"),
        "summarize": helper(target, "summarize"),
    }
    if href:
        attributes["detailHref"] = href
    return Element(Name("RelatedRecord", "../ui/RelatedRecord"), attributes)


def shown_text(field: Field, text: Name) -> Element:
    """Return a text of several lines as people read it."""
    tag = "Markdown" if field.format == "markdown" else "Prose"
    return Element(Name(tag, f"../ui/{tag}"), {"text": text})


def shown_files(model: Model, field: Field, *, is_whole: bool) -> Element:
    """Return the files of a field: all of them where a record is shown as a whole."""
    attributes: dict[str, Expression] = {
        "paths": Name(f"row.{field.name}"),
        "label": label(field.name),
        "of": call(helper(model, "summarize"), Name("row")),
    }
    if is_whole:
        attributes["isOpened"] = True
    elif field.array:
        attributes["isFirst"] = True
    return Element(Name("Thumbnails", "../ui/Thumbnails"), attributes)


def timeline_name(model: Model) -> Name:
    """Return the constant of `src/timelines`."""
    name = f"{camel(model.name)}Timeline"
    return Name(name, f"../timelines/{name}")


def timeline(pattern: Pattern, model: Model) -> tuple[Generic, Object] | None:
    """Return how the records of a model are read as a timeline, and the type of that constant."""
    if not (said := _said(model)):
        return None
    kind = Generic(Name("Timeline", "../ui/timeline", is_type=True), row_type(model))
    return kind, _timeline(pattern, model, said.name)


def _said(model: Model) -> Member | None:
    """Return what a record says: its text, or else its title."""
    return text_field(model) or model.member(title_field(model) or "")


def _timeline(pattern: Pattern, model: Model, said: str) -> Object:
    entries: dict[str, Expression] = {
        "source": helper(model, "source"),
        "text": value_of(said),
        "at": value_of(moment(model)),
    }
    title = title_field(model)
    rule = owner_rule(model)
    if title and title != said and not (rule and title == rule.owner_field):
        entries["title"] = value_of(title)
    if made := author(pattern, model):
        relation, target = made
        profile = address(pattern, target, "detail")
        entries["author"] = arrow("row", related_cell(relation.references[0], target, profile))
    held = [field for field in model.fields if leads_to_file(pattern, model, field)]
    if files := [_said_with(model, field) for field in held if field.name not in {said, title}]:
        entries["files"] = arrow("row", files[0] if len(files) == 1 else _together(files))
    if counts := [field.name for field in model.fields if _is_count(field)]:
        entries["counts"] = [
            Object({"label": label(name[: -len("Count")]), "of": value_of(name)}) for name in counts
        ]
    if mine := own(model):
        entries["own"] = mine
    if choice := feed_choice(pattern, model):
        entries["list"] = helper(model, "listNewest")
        entries["only"] = Object({"field": choice.index.field, "value": choice.value})
    return Object(entries, expanded=True)


def _together(elements: Sequence[Element]) -> Element:
    return Element(Name("Fragment", "react"), children=tuple(elements))


def _said_with(model: Model, field: Field) -> Element:
    shown = shown_files(model, field, is_whole=True)
    return Element(shown.tag, {**shown.attributes, "isOptional": True})


def _is_count(field: Field) -> bool:
    """Tell whether a field says how many of something there are: `likesCount`."""
    is_named = field.name.endswith("Count") and field.name != "Count"
    return field.type == "integer" and not field.array and is_named


def _sheet(pattern: Pattern, model: Model, text: Field) -> Context | None:
    """Return the parts of a sheet to write on."""
    listed = changed_fields(model) if model.maker else asked(model)
    fields = {field.name: field for field in listed}
    body = fields.pop(text.name, None)
    if body is None:
        return None
    title = fields.pop(title_field(model) or "", None)
    states = (name for name in _STATES if name in fields and _is_state(pattern, model, name))
    status = next((fields.pop(name) for name in states), None)
    return {
        "reader": Code(changes_names(model)[0]) if model.maker else None,
        "text": text.name,
        "preview": Code(arrow("text", shown_text(text, Name("text")))),
        "title": title.name if title else None,
        "body": Code(text_inputs(pattern, model, [body], text.name, rows=_ROWS).items[0]),
        "heading": _element(pattern, model, title),
        "status": _element(pattern, model, status),
        "details": Code(Elements(tuple(asked_inputs(pattern, model, fields.values())))),
    }


def _is_state(pattern: Pattern, model: Model, name: str) -> bool:
    field = model.member(name)
    return isinstance(field, Field) and not field.array and bool(labels_of(pattern, model, field))


def _element(pattern: Pattern, model: Model, field: Field | None) -> Code | None:
    return Code(asked_inputs(pattern, model, [field])[0]) if field else None
