"""From a composed, well-shaped document to the typed pattern. Nothing is checked or added here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from ace_flow.model import (
    AuthorizationRule,
    Component,
    CustomType,
    EnumType,
    Field,
    Index,
    Member,
    Model,
    Pattern,
    Relation,
    Script,
    Template,
)
from ace_flow.model.data import RELATION_TYPES, TYPE_SPELLINGS
from ace_flow.names import title
from ace_flow.source import Node

if TYPE_CHECKING:
    from collections.abc import Callable

_RELATION_KEYS = ("model", "references")
_FIELD_KEYS = (
    "array",
    "authorization",
    "default",
    "max",
    "max_length",
    "min",
    "min_length",
    "pattern",
    "ref",
    "values",
)
# What a pattern is given when it does not say it.
_DEFAULTS = {"category": "default", "display_name": "from the name"}
T = TypeVar("T")


def build(document: Node) -> Pattern:
    """Turn a document that passed the schema and was composed into a Pattern."""
    schema = document.mapping.get("schema")
    data = schema.mapping if schema else {}
    defaults = _many(data, "authorization", _rule)
    auth = document.mapping.get("auth")
    name = document.text("name")
    return Pattern(
        name=name,
        display_name=document.text("display_name") or title(name),
        version=document.text("version") or None,
        description=document.text("description"),
        category=document.text("category") or "other",
        complexity=document.text("complexity") or None,
        estimated_time=document.text("estimated_time") or None,
        tags=document.texts("tags"),
        extends=document.texts("extends"),
        services=document.texts("services"),
        groups=auth.texts("groups") if auth else (),
        enums=tuple(
            EnumType(name=key, values=_values(node), span=data["enums"].key_span(key), node=node)
            for key, node in (data["enums"].mapping if "enums" in data else {}).items()
        ),
        types=_many(data, "types", _custom_type),
        models=_many(data, "models", lambda node: _model(node, defaults)),
        components=_many(document.mapping, "components", _component),
        templates=tuple(
            _template(key, node, document.mapping["templates"])
            for key, node in _entries(document, "templates").items()
        ),
        hooks=_many(document.mapping, "hooks", _script),
        generators=_many(document.mapping, "generators", _script),
        span=document.mapping["name"].span,
        node=document,
        completed={key: why for key, why in _DEFAULTS.items() if not document.text(key)},
    )


def _model(node: Node, default_rules: tuple[AuthorizationRule, ...]) -> Model:
    return Model(
        name=node.text("name"),
        description=node.text("description"),
        members=_many(node.mapping, "fields", _member),
        authorization=(
            _many(node.mapping, "authorization", _rule)
            if "authorization" in node.mapping
            else default_rules
        ),
        indexes=_many(node.mapping, "indexes", _index),
        identifier=node.texts("identifier"),
        disabled=node.texts("disable_operations"),
        span=node.mapping["name"].span,
        node=node,
    )


def _member(node: Node) -> Member:
    kind = _kind(node)
    if kind in RELATION_TYPES:
        return Relation(
            name=node.text("name"),
            type=kind,
            model=node.text("model"),
            references=node.texts("references"),
            required=_value(node, "required") is True,
            description=node.text("description"),
            misplaced=_stated(node, _FIELD_KEYS),
            span=node.mapping["name"].span,
            node=node,
        )
    return _field(node, kind)


def _kind(node: Node) -> str:
    kind = node.text("type")
    return TYPE_SPELLINGS.get(kind, kind)


def _stated(node: Node, keys: tuple[str, ...]) -> tuple[str, ...]:
    given = ((key, _value(node, key)) for key in keys)
    # `array: false` says no more than nothing does.
    return tuple(
        key for key, value in given if value is not None and (value is not False or key != "array")
    )


def _field(node: Node, kind: str) -> Field:
    default = node.mapping.get("default")
    return Field(
        name=node.text("name"),
        type=kind,
        description=node.text("description"),
        required=_value(node, "required") is True,
        array=_value(node, "array") is True,
        default=default.plain() if default else None,
        values=node.texts("values"),
        ref=node.text("ref") or None,
        minimum=_value(node, "min"),
        maximum=_value(node, "max"),
        min_length=_whole(node, "min_length"),
        max_length=_whole(node, "max_length"),
        pattern=node.text("pattern") or None,
        authorization=_many(node.mapping, "authorization", _rule),
        misplaced=_stated(node, _RELATION_KEYS),
        span=node.mapping["name"].span,
        node=node,
    )


def _custom_type(node: Node) -> CustomType:
    return CustomType(
        name=node.text("name"),
        description=node.text("description"),
        fields=_many(node.mapping, "fields", lambda item: _field(item, _kind(item))),
        span=node.mapping["name"].span,
        node=node,
    )


def _rule(node: Node) -> AuthorizationRule:
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


def _index(node: Node) -> Index:
    return Index(
        field=node.text("field"),
        sort_keys=node.texts("sort_keys"),
        name=node.text("name") or None,
        query_field=node.text("query_field") or None,
        span=node.mapping["field"].span,
        node=node,
    )


def _component(node: Node) -> Component:
    main = node.text("model") or None
    models = node.texts("models")
    return Component(
        name=node.text("name"),
        type=node.text("type"),
        purpose=node.text("purpose"),
        models=tuple(dict.fromkeys(models if main is None else (main, *models))),
        span=node.mapping["name"].span,
        node=node,
    )


def _template(target: str, node: Node, templates: Node) -> Template:
    span = templates.key_span(target)
    if not node.mapping:
        whole = Node({"source": node}, node.span, {"source": node.span})
        return Template(target=target, source=str(node.value), span=span, node=whole)
    return Template(
        target=target,
        source=node.text("source"),
        for_each=node.text("for_each") or None,
        when=node.text("when") or None,
        span=span,
        node=node,
    )


def _script(node: Node) -> Script:
    return Script(path=str(node.value), span=node.span, node=node)


def _entries(node: Node, key: str) -> dict[str, Node]:
    return node.mapping[key].mapping if key in node.mapping else {}


def _many(entries: dict[str, Node], key: str, make: Callable[[Node], T]) -> tuple[T, ...]:
    return tuple(make(item) for item in entries[key].items) if key in entries else ()


def _values(node: Node) -> tuple[str, ...]:
    return tuple(str(item.value) for item in node.items)


def _value(node: Node, key: str) -> Any:  # noqa: ANN401 - the schema has checked its type
    value = node.mapping.get(key)
    return value.value if value else None


def _whole(node: Node, key: str) -> int | None:
    """Return a whole number; the schema takes 2.0 for one, too."""
    value = _value(node, key)
    return None if value is None else int(value)
