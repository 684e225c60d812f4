"""Fields by what a page can make of them: enums to group by, dates to arrange by, texts, files."""

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
_FILE_NAMES = _IMAGE_NAMES | {"attachment", "document", "file", "media", "upload"}
_STORES = frozenset({"object", "s3", "storage"})
_LONGEST_PATH = 128
# The last words of names that say something of a file, not where it is.
_TOLD_OF_FILES = frozenset(
    {"alt", "caption", "checksum", "count", "description", "format", "hash", "id", "label", "name"}
    | {"size", "status", "text", "title", "type"}
)
# The first words of names, those first that say best what a board or a calendar is about.
_TELLING = {
    "enum": ("status", "state", "stage", "phase"),
    "date": ("start", "starts", "begins", "from", "scheduled", "date", "due", "published"),
}


def fields_of_kind(pattern: Pattern, model: Model, kind: str) -> tuple[Field, ...]:
    """Return a model's fields of a kind, those with telling names first.

    `enum` and `date` fields hold one value each; so do `text` fields, which are no keys of other
    records. `file` fields hold a path in the storage, the last ones a list of paths; `image`
    fields hold a path or an address, or a list, and those named after pictures come first.
    """
    keys = {key for relation in model.relations for key in relation.references}
    found = [
        field
        for field in model.fields
        if (not field.array or kind in {"file", "image"})
        and field.name not in keys
        and _is(pattern, field, kind)
    ]
    found.sort(key=lambda field: field.array)
    telling = _TELLING.get(kind, ())
    found.sort(key=lambda field: _rank(field.name, telling))
    if kind == "image":
        found.sort(key=lambda field: not is_image(field))
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
            return is_image(field) or _is_file(field)
        case "file":
            return _is_file(field)
        case _:
            raise ValueError(f"no kind of field: {kind!r}")


def is_image(field: Field) -> bool:
    """Tell whether a field is named after a picture that it leads to."""
    return field.type in {"string", "url"} and _names_one(field, _IMAGE_NAMES)


def _is_file(field: Field) -> bool:
    spoken = [word.lower() for word in words(field.name)]
    is_key = spoken[-1:] in (["key"], ["path"]) and bool(_STORES & set(spoken))
    # The path has two random identifiers of 36 characters each.
    is_long = field.max_length is None or field.max_length >= _LONGEST_PATH
    if field.type != "string" or field.pattern is not None or not is_long:
        return False
    return is_key or _names_one(field, _FILE_NAMES)


def _names_one(field: Field, names: frozenset[str]) -> bool:
    spoken = [word.lower() for word in words(field.name)]
    if field.array:
        spoken = [word.removesuffix("s") for word in spoken]
    return bool(names & set(spoken)) and not _TOLD_OF_FILES & {*spoken[-1:]}


def _rank(name: str, telling: tuple[str, ...]) -> int:
    spoken = [word.lower() for word in words(name)]
    # `dueDate` begins with what it says, `orderStatus` and `eventDate` end with it.
    found = [telling.index(word) for word in {*spoken[:1], *spoken[-1:]} if word in telling]
    return min(found, default=len(telling))
