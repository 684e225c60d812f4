"""A pattern as plain data for templates: allow-listed names as `Ident`, free text as `str`."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

from ace_flow.generator.templates import Ident
from ace_flow.names import camel, kebab, pascal, plural, title

if TYPE_CHECKING:
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
    view = _view(pattern, "")
    if not isinstance(view, dict):
        raise TypeError("a pattern is a mapping")
    view["models"] = [model_view(model) for model in pattern.models]
    return view


def model_view(model: Model) -> dict[str, object]:
    """Return a model as dicts and lists, with `fields`, `relations` and its name in all cases."""
    view = {
        part.name: _view(getattr(model, part.name), part.name)
        for part in fields(model)
        if part.name not in _LEFT_OUT | {"members"}
    }
    return view | {
        "fields": [_view(field, "") for field in model.fields],
        "relations": [_view(relation, "") for relation in model.relations],
        "camel": Ident(camel(model.name)),
        "kebab": Ident(kebab(model.name)),
        "plural": Ident(pascal(plural(model.name))),
        "title": title(model.name),
    }


def _view(value: object, key: str) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return {
            part.name: _view(getattr(value, part.name), part.name)
            for part in fields(value)
            if part.name not in _LEFT_OUT
        }
    if isinstance(value, tuple | list):
        return [_view(item, key) for item in value]
    if isinstance(value, str) and key in _NAMES:
        return Ident(value)
    return value
