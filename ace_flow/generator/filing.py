"""Files: the folders of pages that upload or show some, and how records keep where they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from msgspec.structs import replace

from ace_flow.generator.access import is_permitted
from ace_flow.generator.addresses import actions
from ace_flow.generator.forms import is_prose, reading, readings
from ace_flow.generator.holding import (
    KEPT,
    can_store,
    file_kind,
    group_rights,
    held_fields,
    may_all,
)
from ace_flow.generator.modules import helper
from ace_flow.generator.parts import asked, asked_inputs, can_be_asked
from ace_flow.generator.samples import sample_is_open
from ace_flow.generator.templates import Code
from ace_flow.generator.titles import title_field
from ace_flow.generator.typescript import (
    Elements,
    Expression,
    ListOf,
    Name,
    Object,
    Parameter,
    arrow,
    call,
)
from ace_flow.model import fields_of_kind, folder_for, given, rights
from ace_flow.names import in_sentence, kebab, label, pascal, plural, words

if TYPE_CHECKING:
    from ace_flow.model import Field, FilePath, Model, Pattern

Context: TypeAlias = dict[str, object]

FOLDER = Name("Folder", "./files", is_type=True)
_SHOWN = "galleryFolder"
_PAGES = {"upload": "file", "gallery": "image"}
_ALTERNATIVES = frozenset({"alt", "alternative", "caption"})
_NAMES = frozenset({"filename", "file name", "original name"})
_SIZES = frozenset({"bytes", "size"})
_SHORTEST = 16


def folder_constants(pattern: Pattern) -> dict[str, Object]:
    """Return the constants of `src/data/folders.ts`: where files are uploaded, what is shown."""
    kept, shown = _paths(pattern)
    constants = {KEPT.text: kept, _SHOWN: shown if shown != kept else None}
    return {name: _folder(pattern, path) for name, path in constants.items() if path}


def folders(pattern: Pattern) -> Context:
    """Return the folders of a pattern's pages of files.

    `kept` is where files are uploaded, `shown` what a gallery shows without records: None where
    users may not. `upload` and `gallery` are the addresses of such pages without records, or None.
    For tests: `is_kept`, `may_drop` and `is_shown`, if somebody in all groups may upload, delete
    and see files, and `shown_path`.
    """
    kept, shown = _paths(pattern)
    return {
        "kept": Code(KEPT) if kept else None,
        "shown": Code(KEPT if shown == kept else Name(_SHOWN, KEPT.module)) if shown else None,
        "shown_path": shown.path.removesuffix("*") if shown else None,
        "upload": _page(pattern, "upload", None),
        "gallery": _page(pattern, "gallery", None),
        "is_kept": can_store(pattern),
        "may_drop": kept is not None and may_all(pattern, kept, {"delete"}),
        "is_shown": shown is not None and may_all(pattern, shown, {"get", "list"}),
    }


def _paths(pattern: Pattern) -> tuple[FilePath | None, FilePath | None]:
    return folder_for(pattern, "write"), folder_for(pattern, "read")


def audience(pattern: Pattern, operation: str) -> frozenset[str] | str:
    """Return who may `read` or `write` the files of the first such folder, as for models."""
    folder = folder_for(pattern, operation)
    wanted = {"get", "list"} if operation == "read" else {operation}
    fitting = [rule for rule in folder.rules if wanted <= {*rights(rule)}] if folder else []
    if any(rule.allow == "guest" for rule in fitting):
        return "everyone"
    if any(rule.allow != "groups" for rule in fitting):
        return "users"
    return frozenset(group for rule in fitting for group in rule.groups)


def filing(pattern: Pattern, model: Model) -> Context:
    """Return what pages of files use of a model.

    Of a gallery: `pictures` (a function that returns a record's, one or several, or None),
    `several_pictures` (for tests: a record's fields with two of them, or None), `picture_alt`
    (one that returns what it shows, or None) and `picture_actions`. Of an upload: `keeping`, or
    None where no record can be made of a file. Of forms, for tests: `held`, the labels of the
    fields for which somebody in all groups may upload a file.
    """
    pictures = fields_of_kind(pattern, model, "image")
    alternatives = (field for field in model.fields if _says_what(model, field))
    alternative = next(alternatives, None)
    held = [field for field in held_fields(pattern, model) if field in given(model)]
    return {
        "pictures": Code(_value(pictures[0])) if pictures else None,
        "several_pictures": Code(Object({pictures[0].name: ["one.pdf", "two.pdf"]}))
        if pictures and pictures[0].array
        else None,
        "picture_alt": Code(_value(alternative)) if alternative else None,
        "picture_actions": _actions(pattern, model),
        "keeping": _keeping(pattern, model),
        "held": [label(field.name) for field in held] if can_store(pattern) else [],
    }


def _actions(pattern: Pattern, model: Model) -> Code | None:
    offered = actions(pattern, model)
    page = _page(pattern, "upload", model)
    if offered is None or page is None or not is_permitted(model, "create"):
        return Code(offered) if offered else None
    return Code(Object({**offered.entries, "createHref": page}))


def _keeping(pattern: Pattern, model: Model) -> Context | None:
    """Return how a record is made of a file, or of several, and what else people are asked."""
    files = fields_of_kind(pattern, model, "file")
    if not files or not is_permitted(model, "create"):
        return None
    is_list = files[0].array
    given, reads = ("paths", "readAll") if is_list else ("path", "read")
    path_type = ListOf(Name("string")) if is_list else Name("string")
    entries: dict[str, Expression] = {}
    questions: list[Field] = []
    for field in asked(model):
        value = Name(given) if field == files[0] else _told(model, field)
        if value is not None:
            entries[field.name] = value
        elif field.required and field.default is None and field.initial is None:
            if not can_be_asked(pattern, model, field):
                return None
            questions.append(field)
            entries |= readings(pattern, model, [field])
    parameters = [Parameter(given, path_type)]
    if any("file" in repr(value) for name, value in entries.items() if name != files[0].name):
        parameters.append(Parameter("file", Name("File")))
    sending = Object(
        {
            "access": helper(model, "access"),
            reads: Name(f"to{model.name}"),
            "create": helper(model, "create"),
        }
    )
    reader = reading(model, entries, *parameters)
    if not questions:
        # The compiler takes a name with an underscore for one that is not used.
        unused = Parameter("_form", reader.parameters[0].type)
        reader = replace(reader, parameters=(unused, *parameters))
    return {
        "title": _title(model, is_list=is_list),
        "reader": Code(reader),
        "inputs": Code(Elements(tuple(asked_inputs(pattern, model, questions)))),
        "is_asked": bool(questions),
        "is_open": sample_is_open(model, "create"),
        "sending": Code(sending),
        "kind": file_kind(files[0]),
        "gallery": _page(pattern, "gallery", model),
    }


def _title(model: Model, *, is_list: bool) -> str:
    if is_list:
        return f"New {in_sentence(label(model.name))} with files"
    return f"Upload {in_sentence(label(pascal(plural(model.name))))}"


def _told(model: Model, field: Field) -> Expression:
    """Return what the file itself says for a field: its name, type or size, or None."""
    spoken = [word.lower() for word in words(field.name)]
    if field.array:
        return None
    if field.type in {"float", "integer"}:
        is_size = bool(_SIZES & {*spoken[-1:]}) and field.maximum is None
        return Name("file.size") if is_size else None
    if field.type != "string" or field.pattern is not None or (field.min_length or 0) > 1:
        return None
    if "mime" in spoken or spoken == ["content", "type"]:
        return Name("file.type")
    if field.max_length is not None and field.max_length < _SHORTEST:
        return None
    limit = () if field.max_length is None else (field.max_length,)
    if " ".join(spoken) in _NAMES:
        return call(Name("nameOf", "../data/fileTypes"), Name("file"), *limit)
    if field.name == title_field(model) and not is_prose(field):
        return call(Name("titleFrom", "../data/fileTypes"), Name("file"), *limit)
    return None


def _says_what(model: Model, field: Field) -> bool:
    spoken = {word.lower() for word in words(field.name)}
    is_text = field.type == "string" and not field.array and field.name != title_field(model)
    return is_text and bool(spoken & _ALTERNATIVES)


def _page(pattern: Pattern, kind: str, model: Model | None) -> str | None:
    """Return the address of the page of a kind with the files of a model, or of no model."""
    for item in pattern.components:
        if item.type != kind:
            continue
        listed = (found for name in item.models if (found := pattern.model(name)))
        shown = [found for found in listed if fields_of_kind(pattern, found, _PAGES[kind])]
        if model in shown if model else not shown:
            return f"#/{kebab(item.name)}"
    return None


def _folder(pattern: Pattern, path: FilePath) -> Object:
    people = {"guest": "guests", "authenticated": "users", "owner": "owners"}
    entries: dict[str, Expression] = {"path": path.path.removesuffix("*")}
    for allow, key in people.items():
        if may := [part for rule in path.rules if rule.allow == allow for part in rights(rule)]:
            entries[key] = may
    if pattern.all_groups:
        entries["groups"] = [
            Object({"name": group, "may": group_rights(path, group)})
            for group in pattern.all_groups
        ]
    return Object(entries, expanded=True)


def _value(field: Field) -> Expression:
    return arrow("row", Name(f"row.{field.name}"))
