"""A completed pattern as a document again, in which each value knows where it came from."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from ace_flow.loader.schema import schema
from ace_flow.model.data import WHOLE
from ace_flow.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ace_flow.model import (
        AuthorizationRule,
        Component,
        Conversation,
        CustomType,
        EnumType,
        Field,
        Function,
        Generation,
        Model,
        Operation,
        Pattern,
        Relation,
    )
    from ace_flow.model.data import Placed
    from ace_flow.source import Node, Plain, Scalar

    Thing: TypeAlias = (
        AuthorizationRule
        | Component
        | Conversation
        | Field
        | Function
        | Generation
        | Model
        | Operation
        | Pattern
        | Relation
    )
    # The values of keys that hold other things.
    Parts: TypeAlias = "Mapping[str, dict[str, Value] | list[Value]]"


class Completed(NamedTuple):
    """The origin of what ace added: why, in a few words."""

    why: str


class Filled(NamedTuple):
    """The origin of what holds values of parameters: its place, and their names."""

    span: Span
    parameters: tuple[str, ...]


Origin: TypeAlias = Span | Completed | Filled


class Value(NamedTuple):
    """A value and its origin; `raw` is a scalar as it was written."""

    value: Scalar | dict[str, Value] | list[Value]
    origin: Origin
    raw: str | None = None

    def plain(self) -> Plain:
        """Return the value without origins."""
        if isinstance(self.value, dict):
            return {key: inner.plain() for key, inner in self.value.items()}
        if isinstance(self.value, list):
            return [inner.plain() for inner in self.value]
        return self.value


# Keys whose work is done.
_SETTLED = frozenset({"extends", "parameters"})
# Where the schema lists the keys of a thing.
_SHAPES = {
    "component": ("$defs", "components", "items"),
    "conversation": ("properties", "schema", "properties", "conversations", "items"),
    "custom type": ("$defs", "customType"),
    "function": ("properties", "functions", "items"),
    "generation": ("properties", "schema", "properties", "generations", "items"),
    "field": ("$defs", "field"),
    "model": ("$defs", "model"),
    "operation": ("$defs", "operation"),
    "pattern": (),
    "rule": ("$defs", "authorization", "items"),
    "schema": ("properties", "schema"),
}


def document_of(pattern: Pattern) -> Value:
    """Return a loaded pattern in the pattern format, composed and complete.

    Keys stand in the order of the JSON Schema. `extends` and `parameters` are left out: what they
    name is here.
    """
    document = _written(pattern)
    parts: Parts = {
        "schema": _schema(pattern, document),
        "functions": [_thing(item, "function", {}) for item in pattern.functions],
        "components": [_thing(item, "component", {}) for item in pattern.components],
    }
    whole = _thing(pattern, "pattern", parts)
    entries = {key: value for key, value in _entries(whole) if key not in _SETTLED}
    if pattern.version is not None:
        # As a number, 1.10 would be 1.1.
        entries["version"] = Value(pattern.version, document.mapping["version"].span)
    return whole._replace(value=entries)


def leaves(value: Value, pointer: str = "") -> Iterator[tuple[str, Origin]]:
    """Yield the JSON pointer and the origin of each value that holds no other."""
    inner = _entries(value) or [(str(index), item) for index, item in enumerate(items(value))]
    if not inner:
        yield pointer, value.origin
    for key, item in inner:
        yield from leaves(item, f"{pointer}/{key.replace('~', '~0').replace('/', '~1')}")


def items(value: Value) -> list[Value]:
    """Return the items of a list, or none of anything else."""
    return value.value if isinstance(value.value, list) else []


def _entries(value: Value) -> list[tuple[str, Value]]:
    return [*value.value.items()] if isinstance(value.value, dict) else []


def _schema(pattern: Pattern, document: Node) -> dict[str, Value]:
    parts: Parts = {
        "enums": {enum.name: _enum(enum) for enum in pattern.enums},
        "types": [_custom_type(custom) for custom in pattern.types],
        "models": [_model(model) for model in pattern.models],
        "queries": [_thing(item, "operation", {}) for item in pattern.queries],
        "mutations": [_thing(item, "operation", {}) for item in pattern.mutations],
        "subscriptions": [_thing(item, "operation", {}) for item in pattern.subscriptions],
        "generations": [_thing(item, "generation", {}) for item in pattern.generations],
        "conversations": [_thing(item, "conversation", {}) for item in pattern.conversations],
    }
    stated = document.mapping.get("schema")
    entries = stated.mapping if stated else {}
    return dict(_entries(_mapping("schema", entries, document.span, {}, parts)))


def _enum(enum: EnumType) -> Value:
    why = enum.completed.get(WHOLE)
    return _stated(_written(enum)) if why is None else _made(enum.values, Completed(why))


def _custom_type(custom: CustomType) -> Value:
    parts: Parts = {"fields": [_thing(field, "field", {}) for field in custom.fields]}
    node = _written(custom)
    return _mapping("custom type", node.mapping, node.span, {}, parts)


def _model(model: Model) -> Value:
    parts: Parts = {
        "fields": [_thing(member, "field", {}) for member in model.members],
        "authorization": [_thing(rule, "rule", {}) for rule in model.authorization],
    }
    return _thing(model, "model", parts)


def _thing(thing: Thing, shape: str, parts: Parts) -> Value:
    """Return a thing as a mapping: what was written of it, and what completion gave it."""
    why = thing.completed.get(WHOLE)
    if why is not None:
        origin = Completed(why)
        made = {
            key: _made(getattr(thing, key), origin)
            for key in _keys(shape)
            if key not in parts and hasattr(thing, key)
        }
        return _mapping(shape, {}, origin, made, parts)
    made = {
        key: _made(getattr(thing, key), Completed(reason))
        for key, reason in thing.completed.items()
    }
    node = _written(thing)
    return _mapping(shape, node.mapping, node.span, made, parts)


def _mapping(
    shape: str,
    stated: Mapping[str, Node],
    origin: Origin,
    made: Mapping[str, Value],
    parts: Parts,
) -> Value:
    entries: dict[str, Value] = {}
    for key in dict.fromkeys((*_keys(shape), *stated)):
        if parts.get(key):
            entries[key] = Value(parts[key], origin)
        elif key in made:
            # Without a value, another key has taken this one's place.
            if made[key].value not in (None, False, "", [], {}):
                entries[key] = made[key]
        elif key in stated:
            entries[key] = _stated(stated[key])
    return Value(entries, origin)


@cache
def _keys(shape: str) -> tuple[str, ...]:
    rules = schema()
    for step in _SHAPES[shape]:
        rules = rules[step]
    return tuple(rules["properties"])


def _stated(node: Node) -> Value:
    origin = Filled(node.span, node.filled) if node.filled else node.span
    if isinstance(node.value, dict):
        return Value({key: _stated(inner) for key, inner in node.value.items()}, origin)
    if isinstance(node.value, list):
        return Value([_stated(inner) for inner in node.value], origin)
    return Value(node.value, origin, node.raw)


def _made(value: Scalar | tuple[str, ...] | dict[str, Value], origin: Completed) -> Value:
    if isinstance(value, tuple):
        return Value([Value(item, origin) for item in value], origin)
    return Value(value, origin)


def _written(thing: Placed) -> Node:
    if thing.node is None:
        raise TypeError("neither written nor completed")
    return thing.node
