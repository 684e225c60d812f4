"""Fields of records that hold where a file is: their inputs, and who may put files there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.generator.typescript import Element, Name
from ace_flow.model import Model, fields_of_kind, folder_for, is_image, rights

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ace_flow.generator.typescript import Expression
    from ace_flow.model import CustomType, Field, FilePath, Pattern

# The constant with the folder where files are uploaded.
KEPT = Name("uploadFolder", "../data/folders")


def held_fields(pattern: Pattern, owner: Model | CustomType) -> tuple[Field, ...]:
    """Return the fields for which forms ask for files: none without a folder for them."""
    if not isinstance(owner, Model) or folder_for(pattern, "write") is None:
        return ()
    found = fields_of_kind(pattern, owner, "file")
    return tuple(field for field in found if field.name not in owner.key)


def leads_to_file(pattern: Pattern, owner: Model, field: Field) -> bool:
    """Tell whether a field is shown as its picture or file: others need a storage for that."""
    return is_image(field) or (
        any(folder_for(pattern, operation) for operation in ("read", "write"))
        and field in fields_of_kind(pattern, owner, "file")
        and field.name not in owner.key
    )


def file_input(
    pattern: Pattern,
    owner: Model | CustomType,
    field: Field,
    attributes: Mapping[str, Expression],
) -> Element | None:
    """Return the input that uploads what a field holds, or None where that is no file."""
    if field not in held_fields(pattern, owner):
        return None
    kind = file_kind(field)
    entries: dict[str, Expression] = {**attributes, "folder": KEPT, "kind": kind}
    if isinstance(field.default, str):
        entries["defaultValue"] = field.default
    if _is_copied(pattern, owner, field):
        entries["isShared"] = True
    tag = "FilesInput" if field.array else "FileInput"
    return Element(Name(tag, f"../ui/{tag}"), entries)


def file_kind(field: Field) -> str:
    """Return what may be uploaded for a field: pictures alone, or other files, too."""
    return "pictures" if is_image(field) else "files"


def can_store(pattern: Pattern) -> bool:
    """Tell whether somebody in all groups may upload files."""
    folder = folder_for(pattern, "write")
    return folder is not None and may_all(pattern, folder, {"write"})


def may_all(pattern: Pattern, path: FilePath, wanted: set[str]) -> bool:
    """Tell whether somebody in all groups may do all that with the files of a path."""
    if pattern.all_groups:
        return wanted <= {*group_rights(path, pattern.all_groups[0])}
    people = {"authenticated", "owner"}
    return wanted <= {part for rule in path.rules if rule.allow in people for part in rights(rule)}


def group_rights(path: FilePath, group: str) -> list[str]:
    """Return what the members of a group may do with the files of a path."""
    return [part for rule in path.rules if group in rule.groups for part in rights(rule)]


def _is_copied(pattern: Pattern, owner: Model | CustomType, field: Field) -> bool:
    """Tell whether other records may have the same file: copies of this one for readers."""
    others = (model for model in pattern.models if model is not owner)
    return any(other.name == field.name for model in others for other in model.fields)
