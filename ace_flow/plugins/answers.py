"""What hooks returned, as typed values: anything else is refused with the hook's name."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from ace_flow.diagnostics import HookError
from ace_flow.files import unsafe_target
from ace_flow.names import nearest
from ace_flow.plugins.contexts import Contribution, NewFile, to_plain

_SCHEMA_KEYS = ("models", "relationships", "authorization")
_RELATION_KEYS = ("from", "to", "type", "name", "references", "required")
_RELATIONS = ("belongsTo", "hasOne", "hasMany", "manyToMany")


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Relationship:
    """A relation between two models, which becomes a field of the one in `source`."""

    source: str
    field: Mapping[str, Any]


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class MadeSchema:
    """What a generator made: models in the pattern's format, relations, and rules for models."""

    models: tuple[Mapping[str, Any], ...] = ()
    relationships: tuple[Relationship, ...] = ()
    authorization: tuple[Any, ...] = ()


# Half of a pair of UTF-16, which JavaScript makes by cutting a text.
_LONE = re.compile("[\ud800-\udfff]")


def contribution(hook: str, value: object, *, with_files: bool) -> Contribution:
    """Return what a hook contributes.

    Raises HookError when that is nothing of the kind, or a path cannot be one of a project.
    """
    given = _mapping(hook, value, ("files", "notices"))
    if given.get("files") and not with_files:
        raise HookError(hook, "adds files, which only ace_pre_generation can")
    notices = given.get("notices") or ()
    notices = (notices,) if isinstance(notices, str) else tuple(_items(hook, "notices", notices))
    if not all(isinstance(text, str) for text in notices):
        raise HookError(hook, "returned `notices` that are no texts")
    return Contribution(files=tuple(_files(hook, given.get("files") or ())), notices=notices)


def _files(hook: str, files: object) -> Iterable[NewFile]:
    if isinstance(files, Mapping):
        files = [{"path": path, "content": content} for path, content in files.items()]
    for item in _items(hook, "files", files):
        stated = _mapping(hook, item, ("path", "content", "replaces"))
        path, content = stated.get("path"), stated.get("content")
        if not isinstance(path, str) or not isinstance(content, str):
            raise HookError(hook, "returned a file without a `path` or a `content` that are texts")
        if problem := unsafe_target(path):
            raise HookError(hook, f"cannot write `{path}`: {problem}")
        if _LONE.search(content):
            raise HookError(hook, f"returned half a character in `{path}`, which no file can hold")
        yield NewFile(path=path, content=content, replaces=stated.get("replaces") is True)


def made_schema(hook: str, value: object) -> MadeSchema:
    """Return what a generator made; raises HookError when it is nothing of the kind.

    The models are as they were given, but that their names begin with a capital letter: what is
    wrong with them is found where all models are checked.
    """
    given = _mapping(hook, value, _SCHEMA_KEYS)
    lists = {key: tuple(_items(hook, key, given.get(key) or ())) for key in _SCHEMA_KEYS}
    for model in lists["models"]:
        if not isinstance(model, Mapping):
            raise HookError(hook, f"returned a model that is {_kind(model)}, not a mapping")
    models = [{**model, "name": _capital(model.get("name"))} for model in lists["models"]]
    names = {model["name"] for model in models}
    return MadeSchema(
        models=tuple(models),
        relationships=tuple(_relationship(hook, item, names) for item in lists["relationships"]),
        authorization=lists["authorization"],
    )


def _capital(name: object) -> object:
    """Return a name with a capital letter first, as models have it."""
    return name[:1].upper() + name[1:] if isinstance(name, str) else name


def _relationship(hook: str, value: object, names: Collection[object]) -> Relationship:
    stated = _mapping(hook, value, _RELATION_KEYS)
    source, target = stated.get("from"), stated.get("to")
    source, target = (
        _capital(name) if _capital(name) in names else name for name in (source, target)
    )
    kind = stated.get("type", "belongsTo")
    if not isinstance(source, str) or not isinstance(target, str) or not source or not target:
        raise HookError(hook, "returned a relationship without `from` or `to`")
    if kind not in _RELATIONS:
        message = f"returned a relationship of the type {kind!r}; there is {', '.join(_RELATIONS)}"
        raise HookError(hook, message)
    name = stated.get("name") or target[:1].lower() + target[1:]
    others = {key: stated[key] for key in ("references", "required") if stated.get(key) is not None}
    return Relationship(
        source=source, field={"name": name, "type": kind, "model": target, **others}
    )


def changed_pattern(hook: str, value: object) -> Mapping[str, Any] | None:
    """Return the pattern that a hook made, or None when it leaves it as it is."""
    if value is None:
        return None
    if not isinstance(value, Mapping):
        raise HookError(hook, f"returned {_kind(value)}; it returns the pattern, or nothing")
    return value


def _mapping(hook: str, value: object, keys: Iterable[str]) -> Mapping[str, Any]:
    """Return a mapping with no other keys than these; nothing is an empty one."""
    if value is None:
        return {}
    if dataclasses.is_dataclass(value):
        value = to_plain(value)
    known = tuple(keys)
    listed = ", ".join(f"`{key}`" for key in known)
    if not isinstance(value, Mapping):
        raise HookError(hook, f"returned {_kind(value)}; what it may return has {listed}")
    for key in value:
        if key not in known:
            near = nearest(str(key), list(known))
            hint = f"did you mean `{near}`?" if near else f"it may have {listed}"
            raise HookError(hook, f"returned `{key}`, which means nothing here", hint=hint)
    return value


def _items(hook: str, key: str, value: object) -> list[Any]:
    if isinstance(value, str) or not isinstance(value, Iterable) or isinstance(value, Mapping):
        raise HookError(hook, f"returned `{key}` that are {_kind(value)}, not a list")
    return list(value)


def _kind(value: object) -> str:
    match value:
        case bool():
            return "true or false"
        case int() | float():
            return "a number"
        case str():
            return "a text"
        case list() | tuple():
            return "a list"
        case Mapping():
            return "a mapping"
    return f"a {type(value).__name__}"
