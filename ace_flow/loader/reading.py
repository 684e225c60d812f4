"""What the keys of a document hold, and the parts that several things have: fields and rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from ace_flow.model import AuthorizationRule, Field
from ace_flow.model.data import TYPE_SPELLINGS
from ace_flow.source import Node

if TYPE_CHECKING:
    from collections.abc import Callable

_RELATION_KEYS = ("model", "references")
T = TypeVar("T")


def rule_of(node: Node) -> AuthorizationRule:
    """Return an authorization rule."""
    return AuthorizationRule(
        allow=node.text("allow"),
        operations=node.texts("operations"),
        owner_field=node.text("owner_field") or None,
        identity_claim=node.text("identity_claim") or None,
        groups=node.texts("groups"),
        group_field=node.text("group_field") or None,
        group_claim=node.text("group_claim") or None,
        span=node.mapping["allow"].span,
        node=node,
    )


def field_of(node: Node, kind: str) -> Field:
    """Return a field of a type: of a model or custom type, or an argument."""
    # Most fields have few keys, and patterns have many fields: what is not there is not asked for.
    given: dict[str, Any] = {}
    for key, item in node.mapping.items():
        if key in _FIELD:
            attribute, read = _FIELD[key]
            given[attribute] = read(item)
    misplaced = stated(node, _RELATION_KEYS)
    span = node.mapping["name"].span
    return Field(type=kind, misplaced=misplaced, span=span, node=node, **given)


def kind_of(node: Node) -> str:
    """Return the type of a field in the spelling that it has everywhere else."""
    kind = node.text("type")
    return TYPE_SPELLINGS.get(kind, kind)


def stated(node: Node, keys: tuple[str, ...]) -> tuple[str, ...]:
    """Return those of some keys that say something."""
    given = ((key, value_of(node, key)) for key in keys)
    # `array: false` says no more than nothing does.
    return tuple(
        key for key, value in given if value is not None and (value is not False or key != "array")
    )


def text_or_none(item: Node) -> str | None:
    """Return a text; None for an empty one."""
    return item.as_text() or None


def entries(node: Node, key: str) -> dict[str, Node]:
    """Return the entries of the mapping at a key, or none."""
    return node.mapping[key].mapping if key in node.mapping else {}


def many(keyed: dict[str, Node], key: str, make: Callable[[Node], T]) -> tuple[T, ...]:
    """Return what is made of each item of the list at a key."""
    return tuple(make(item) for item in keyed[key].items) if key in keyed else ()


def texts_of(node: Node) -> tuple[str, ...]:
    """Return the items of a list of texts."""
    return tuple(str(item.value) for item in node.items)


def value_of(node: Node, key: str) -> Any:  # noqa: ANN401 - the schema has checked its type
    """Return the value at a key, or None."""
    value = node.mapping.get(key)
    return value.value if value else None


def whole(node: Node, key: str) -> int | None:
    """Return a whole number at a key; the schema takes 2.0 for one, too."""
    item = node.mapping.get(key)
    return _whole(item) if item else None


def _whole(item: Node) -> int | None:
    return int(item.value) if isinstance(item.value, int | float) else None


# What each key of a field is in the pattern, and how it is read.
_FIELD: dict[str, tuple[str, Callable[[Node], object]]] = {
    "name": ("name", Node.as_text),
    "renamed_from": ("renamed_from", Node.as_texts),
    "description": ("description", Node.as_text),
    "required": ("required", lambda item: item.value is True),
    "array": ("array", lambda item: item.value is True),
    "default": ("default", Node.plain),
    "values": ("values", Node.as_texts),
    "ref": ("ref", text_or_none),
    "min": ("minimum", lambda item: item.value),
    "max": ("maximum", lambda item: item.value),
    "min_length": ("min_length", _whole),
    "max_length": ("max_length", _whole),
    "pattern": ("pattern", text_or_none),
    "format": ("format", text_or_none),
    "currency": ("currency", text_or_none),
    "authorization": ("authorization", lambda item: tuple(map(rule_of, item.items))),
}
