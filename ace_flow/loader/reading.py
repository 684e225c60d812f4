"""What the keys of a document hold, and the parts that several things have: fields and rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from ace_flow.model import AuthorizationRule, Field
from ace_flow.model.data import TYPE_SPELLINGS

if TYPE_CHECKING:
    from collections.abc import Callable

    from ace_flow.source import Node

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
    default = node.mapping.get("default")
    return Field(
        name=node.text("name"),
        type=kind,
        renamed_from=node.texts("renamed_from"),
        description=node.text("description"),
        required=value_of(node, "required") is True,
        array=value_of(node, "array") is True,
        default=default.plain() if default else None,
        values=node.texts("values"),
        ref=node.text("ref") or None,
        minimum=value_of(node, "min"),
        maximum=value_of(node, "max"),
        min_length=whole(node, "min_length"),
        max_length=whole(node, "max_length"),
        pattern=node.text("pattern") or None,
        format=node.text("format") or None,
        currency=node.text("currency") or None,
        authorization=many(node.mapping, "authorization", rule_of),
        misplaced=stated(node, _RELATION_KEYS),
        span=node.mapping["name"].span,
        node=node,
    )


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
    """Return a whole number; the schema takes 2.0 for one, too."""
    value = value_of(node, key)
    return None if value is None else int(value)
