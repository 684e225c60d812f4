"""From a composed, well-shaped document to the typed pattern. Nothing is checked or added here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.loader.reading import (
    entries,
    field_of,
    kind_of,
    many,
    rule_of,
    stated,
    texts_of,
    value_of,
)
from ace_flow.loader.surroundings import (
    conversation,
    function,
    generation,
    operation,
    sign_in,
    storage,
)
from ace_flow.model import (
    Component,
    CustomType,
    EnumType,
    Index,
    Model,
    Pattern,
    Relation,
    Script,
    Template,
)
from ace_flow.model.data import RELATION_TYPES
from ace_flow.names import title
from ace_flow.source import Node

if TYPE_CHECKING:
    from ace_flow.model import AuthorizationRule, Member

_FIELD_KEYS = (
    "array",
    "authorization",
    "currency",
    "default",
    "format",
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


def build(document: Node) -> Pattern:
    """Turn a document that passed the schema and was composed into a Pattern."""
    schema = document.mapping.get("schema")
    data = schema.mapping if schema else {}
    defaults = many(data, "authorization", rule_of)
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
            EnumType(name=key, values=texts_of(node), span=data["enums"].key_span(key), node=node)
            for key, node in (data["enums"].mapping if "enums" in data else {}).items()
        ),
        types=many(data, "types", _custom_type),
        models=many(data, "models", lambda node: _model(node, defaults)),
        queries=many(data, "queries", operation("query")),
        mutations=many(data, "mutations", operation("mutation")),
        subscriptions=many(data, "subscriptions", operation("subscription")),
        generations=many(data, "generations", generation),
        conversations=many(data, "conversations", conversation),
        functions=many(document.mapping, "functions", function),
        sign_in=sign_in(auth) if auth else None,
        storage=storage(document.mapping["storage"]) if "storage" in document.mapping else None,
        components=many(document.mapping, "components", _component),
        application=value_of(document, "application") is not False,
        templates=tuple(
            _template(key, node, document.mapping["templates"])
            for key, node in entries(document, "templates").items()
        ),
        hooks=many(document.mapping, "hooks", _script),
        generators=many(document.mapping, "generators", _script),
        span=document.mapping["name"].span,
        node=document,
        completed={key: why for key, why in _DEFAULTS.items() if not document.text(key)},
    )


def _model(node: Node, default_rules: tuple[AuthorizationRule, ...]) -> Model:
    return Model(
        name=node.text("name"),
        renamed_from=node.texts("renamed_from"),
        description=node.text("description"),
        members=many(node.mapping, "fields", _member),
        authorization=(
            many(node.mapping, "authorization", rule_of)
            if "authorization" in node.mapping
            else default_rules
        ),
        indexes=many(node.mapping, "indexes", _index),
        identifier=node.texts("identifier"),
        disabled=node.texts("disable_operations"),
        ttl=node.text("ttl") or None,
        span=node.mapping["name"].span,
        node=node,
    )


def _member(node: Node) -> Member:
    kind = kind_of(node)
    if kind in RELATION_TYPES:
        return Relation(
            name=node.text("name"),
            type=kind,
            model=node.text("model"),
            renamed_from=node.texts("renamed_from"),
            references=node.texts("references"),
            required=value_of(node, "required") is True,
            description=node.text("description"),
            misplaced=stated(node, _FIELD_KEYS),
            span=node.mapping["name"].span,
            node=node,
        )
    return field_of(node, kind)


def _custom_type(node: Node) -> CustomType:
    return CustomType(
        name=node.text("name"),
        description=node.text("description"),
        fields=many(node.mapping, "fields", lambda item: field_of(item, kind_of(item))),
        span=node.mapping["name"].span,
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
        renamed_from=node.texts("renamed_from"),
        title=node.text("title"),
        purpose=node.text("purpose"),
        listed=value_of(node, "listed"),
        own=bool(value_of(node, "own")),
        audience=node.texts("audience"),
        models=tuple(dict.fromkeys(models if main is None else (main, *models))),
        query=node.text("query") or None,
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
    if not node.mapping:
        return Script(path=str(node.value), span=node.span, node=node)
    config = node.mapping.get("with")
    return Script(
        path=node.text("source"),
        config={key: item.plain() for key, item in config.mapping.items()} if config else {},
        span=node.mapping["source"].span,
        node=node,
    )
