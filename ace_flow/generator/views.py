"""A pattern as plain data for templates: allow-listed names as `Ident`, free text as `str`."""

from __future__ import annotations

from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from msgspec import NODEFAULT
from msgspec.structs import replace

from ace_flow.generator.texts import Ident
from ace_flow.names import camel, kebab, pascal, plural, title
from ace_flow.records import Record, parts

if TYPE_CHECKING:
    from collections.abc import Callable

    from ace_flow.model import Model, Pattern

# Keys whose values the rules hold to an allow-list; everything else is somebody's text.
_NAMES = frozenset(
    {
        "allow",
        "disabled",
        "field",
        "group_field",
        "identifier",
        "model",
        "models",
        "name",
        "operations",
        "owner_field",
        "query_field",
        "ref",
        "references",
        "services",
        "sort_keys",
        "ttl",
        "type",
        "values",
    }
)
_LEFT_OUT = frozenset(
    {"completed", "generators", "hooks", "maker", "node", "removed", "span", "templates"}
)


def pattern_view(pattern: Pattern) -> dict[str, object]:
    """Return the pattern as dicts and lists; each model also has its cases and plural."""
    view = _parts(replace(pattern, models=()))
    view["models"] = [model_view(model) for model in pattern.models]
    return view


def model_view(model: Model) -> dict[str, object]:
    """Return a model as dicts and lists, with `fields`, `relations` and its name in all cases."""
    view = _parts(replace(model, members=()))
    del view["members"]
    view["fields"] = [_parts(field) for field in model.fields]
    view["relations"] = [_parts(relation) for relation in model.relations]
    view["camel"] = Ident(camel(model.name))
    view["kebab"] = Ident(kebab(model.name))
    view["plural"] = Ident(pascal(plural(model.name)))
    view["title"] = title(model.name)
    return view


def _parts(value: Record) -> dict[str, object]:
    """Return what a record holds, by name."""
    shape = _shape(type(value))
    found = shape.usual.copy()
    for (name, is_name, usual), part in zip(shape.names, shape.get(value), strict=True):
        if part is not usual:
            found[name] = _view(part, is_name=is_name)
    return found


class _Shape(NamedTuple):
    """What is shown of a kind of record: what it has mostly, and how the rest is got."""

    usual: dict[str, object]
    names: tuple[tuple[str, bool, object], ...]
    get: Callable[[Record], tuple[object, ...]]


@cache
def _shape(kind: type[Record]) -> _Shape:
    """Return which parts of a record are shown, whether their texts are names, and the defaults."""
    defaults = dict(zip(reversed(parts(kind)), reversed(kind.__struct_defaults__), strict=False))
    shown = [name for name in parts(kind) if name not in _LEFT_OUT]
    names = tuple((name, name in _NAMES, defaults.get(name, NODEFAULT)) for name in shown)
    usual = {name: _view(default, is_name=is_name) for name, is_name, default in names}
    return _Shape(usual, names, attrgetter(*shown))


def _view(value: object, *, is_name: bool) -> object:
    if isinstance(value, tuple | list):
        return [_view(item, is_name=is_name) for item in value]
    if isinstance(value, str) and is_name:
        return Ident(value)
    return _parts(value) if isinstance(value, Record) else value
