"""Fields by what a page can make of them: enums to group by, dates to arrange by, texts, images."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.model.data import AUTOMATIC_FIELDS
from ace_flow.names import words

if TYPE_CHECKING:
    from ace_flow.model.data import Field, Model
    from ace_flow.model.pattern import Pattern

_DATES = frozenset({"date", "datetime", "timestamp"})
_IMAGE_NAMES = frozenset(
    {"avatar", "banner", "cover", "image", "logo", "photo", "picture", "screenshot", "thumbnail"}
)
# The first words of names, those first that say best what a board or a calendar is about.
_TELLING = {
    "enum": ("status", "state", "stage", "phase"),
    "date": ("start", "starts", "begins", "from", "scheduled", "date", "due", "published"),
}


def fields_of_kind(pattern: Pattern, model: Model, kind: str) -> tuple[Field, ...]:
    """Return a model's fields of a kind, those with telling names first.

    `enum` and `date` fields hold one value each; so do `text` fields, which are no keys of other
    records, and `image` fields, which hold the address or the path of one.
    """
    keys = {key for relation in model.relations for key in relation.references}
    found = [
        field
        for field in model.fields
        if not field.array and field.name not in keys and _is(pattern, field, kind)
    ]
    telling = _TELLING.get(kind, ())
    found.sort(key=lambda field: _rank(field.name, telling))
    return tuple(found)


def _is(pattern: Pattern, field: Field, kind: str) -> bool:
    match kind:
        case "enum":
            return field.type == "enum" or pattern.enum(field.ref) is not None
        case "date":
            return field.type in _DATES and field.name not in AUTOMATIC_FIELDS
        case "text":
            return field.type == "string"
        case "image":
            spoken = {word.lower() for word in words(field.name)}
            return field.type in {"string", "url"} and bool(spoken & _IMAGE_NAMES)
        case _:
            raise ValueError(f"no kind of field: {kind!r}")


def _rank(name: str, telling: tuple[str, ...]) -> int:
    spoken = [word.lower() for word in words(name)]
    # `dueDate` begins with what it says, `orderStatus` and `eventDate` end with it.
    found = [telling.index(word) for word in {*spoken[:1], *spoken[-1:]} if word in telling]
    return min(found, default=len(telling))
