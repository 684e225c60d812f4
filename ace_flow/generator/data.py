"""The data resource: models, types, enums and authorization as an `a.schema(…)` expression."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ace_flow.generator.functions import imported_function
from ace_flow.generator.keeping import kept_indexes, kept_tables
from ace_flow.generator.operations import operations
from ace_flow.generator.searching import search_entries
from ace_flow.generator.templates import Code
from ace_flow.generator.typescript import Arrow, Call, Expression, Name, Object, arrow, call
from ace_flow.model import Field, Relation, own_index
from ace_flow.names import label

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ace_flow.model import AuthorizationRule, Index, Member, Model, Pattern


def data_context(pattern: Pattern, searched: tuple[Model, ...] = ()) -> dict[str, object]:
    """Return what the template of `amplify/data/resource.ts` uses.

    `has_api`: whether there is one. `schema` and `data`: the two expressions; `named_schema`: the
    schema by its name, with the names of its indexes. `imports_functions`: whether the schema names
    functions. `keeps_indexes`: whether indexes keep names that they would not be given. `searched`
    are the models that a service searches.
    """
    answers = any(item.handler and item.handler.function for item in pattern.operations)
    modes = authorization_modes(pattern)
    indexes = kept_indexes(pattern)
    named = call("withIndexes", Name("schema"), indexes) if indexes else Name("schema")
    parts: dict[str, Expression] = {"schema": named, "authorizationModes": modes}
    if stacks := stack_mappings(pattern):
        parts["stackMappings"] = stacks
    data = Object(parts, expanded=True)
    return {
        "has_api": pattern.has_api,
        "keeps_indexes": indexes is not None,
        "imports_functions": answers
        or any(item.access and item.access.data for item in pattern.functions),
        "schema": Code(schema(pattern, searched)),
        "named_schema": Code(named),
        "data": Code(data),
    }


def schema(pattern: Pattern, searched: tuple[Model, ...] = ()) -> Call:
    """Return the schema: enums, types, models, operations, searches, in the pattern's order."""
    entries: dict[str, Expression] = {
        enum.name: call("a.enum", list(enum.values)) for enum in pattern.enums
    }
    for custom in pattern.types:
        entries[custom.name] = call("a.customType", _members(None, custom.fields))
    for model in pattern.models:
        entries[model.name] = _model(model)
    entries |= operations(pattern)
    entries |= search_entries(searched)
    whole = call("a.schema", Object(entries, expanded=True))
    allowed: list[Expression] = [
        call("allow.resource", imported_function(function, "..")).call("to", function.access.data)
        for function in pattern.functions
        if function.access and function.access.data
    ]
    return whole.call("authorization", arrow("allow", allowed)) if allowed else whole


def authorization_modes(pattern: Pattern) -> Object:
    """Return `defineData`'s authorization modes: user pool first, others where rules need them."""
    modes: dict[str, Expression] = {"defaultAuthorizationMode": "userPool"}
    if any(rule.allow == "public_api_key" for rule in pattern.all_rules):
        modes["apiKeyAuthorizationMode"] = Object({"expiresInDays": 30})
    return Object(modes, expanded=len(modes) > 1)


def stack_mappings(pattern: Pattern) -> Object | None:
    """Return the stacks of renamed models' tables: only there are they the same as before."""
    stacks = {f"{model}Table": name for model, name in kept_tables(pattern).items()}
    return Object(dict(stacks)) if stacks else None


def _model(model: Model) -> Call:
    chain = call("a.model", _members(model, model.members))
    if model.identifier:
        chain = chain.call("identifier", list(model.identifier))
    if model.indexes:
        indexes: list[Expression] = [_index(model, index) for index in model.indexes]
        chain = chain.call("secondaryIndexes", arrow("index", indexes))
    if model.disabled:
        chain = chain.call("disableOperations", list(model.disabled))
    return chain.call("authorization", _rules(model, model.authorization))


def _members(model: Model | None, members: Iterable[Member]) -> Object:
    return Object(
        {
            member.name: _relation(member)
            if isinstance(member, Relation)
            else _field(model, member)
            for member in members
        },
        expanded=True,
    )


def _relation(relation: Relation) -> Call:
    keys = list(relation.references)
    if len(keys) == 1:
        return call(f"a.{relation.type}", relation.model, keys[0])
    return call(f"a.{relation.type}", relation.model, keys)


def _field(model: Model | None, field: Field) -> Call:
    if field.type == "enum":
        return _with_rules(call("a.enum", list(field.values)), model, field)
    chain = call("a.ref", field.ref or "") if field.type == "ref" else call(f"a.{field.type}")
    if field.array:
        chain = chain.call("array")
    if field.required:
        chain = chain.call("required")
    if field.default is not None:
        chain = chain.call("default", _default(field))
    chain = _with_rules(chain, model, field)
    checks = constraints(field)
    if checks:
        validator: Call | None = None
        for method, value, message in checks:
            validator = (
                validator.call(method, value, message)
                if validator
                else call(f"v.{method}", value, message)
            )
        chain = chain.call("validate", arrow("v", validator))
    return chain


def constraints(field: Field) -> list[tuple[str, str | float, str]]:
    """Return what the field's value must hold: Amplify's method, its argument, the message."""
    name = label(field.name)
    limits: list[tuple[str, str | float | None, str]] = [
        ("gte", field.minimum, f"{name} must be at least {_number(field.minimum)}"),
        ("lte", field.maximum, f"{name} must be at most {_number(field.maximum)}"),
        ("minLength", field.min_length, f"{name} needs at least {_characters(field.min_length)}"),
        ("maxLength", field.max_length, f"{name} has at most {_characters(field.max_length)}"),
        ("matches", field.pattern, f"{name} has the wrong format"),
    ]
    return [(method, value, text) for method, value, text in limits if value is not None]


def _characters(count: int | None) -> str:
    return "1 character" if count == 1 else f"{count} characters"


def _number(value: float | None) -> str:
    return str(int(value)) if value is not None and value == int(value) else str(value)


def _default(field: Field) -> Expression:
    if field.type == "json" and not isinstance(field.default, str):
        return json.dumps(field.default)
    if isinstance(field.default, str | int | float | bool):
        return field.default
    raise TypeError(f"{field.name}: the rules let no such default pass")


def _with_rules(chain: Call, model: Model | None, field: Field) -> Call:
    if model is None or not field.authorization:
        return chain
    return chain.call("authorization", _rules(model, field.authorization))


def _index(model: Model, index: Index) -> Call:
    chain = call("index", index.field)
    if index.sort_keys:
        chain = chain.call("sortKeys", list(index.sort_keys))
    if index.name or model.renamed_from:
        chain = chain.call("name", own_index(model, index.keys, index.name))
    if index.query_field:
        chain = chain.call("queryField", index.query_field)
    return chain


def _rules(model: Model, rules: Iterable[AuthorizationRule]) -> Arrow:
    return arrow("allow", [_rule(model, rule) for rule in rules])


def _rule(model: Model, rule: AuthorizationRule) -> Call:
    match rule.allow:
        case "owner":
            chain = (
                call("allow.ownerDefinedIn", rule.owner_field)
                if rule.owner_field
                else call("allow.owner")
            )
        case "owners":
            chain = call("allow.ownersDefinedIn", rule.owner_field)
        case "groups" if rule.group_field:
            member = model.member(rule.group_field)
            several = isinstance(member, Field) and member.array
            method = "groupsDefinedIn" if several else "groupDefinedIn"
            chain = call(f"allow.{method}", rule.group_field)
        case "groups":
            chain = call("allow.groups", list(rule.groups))
        case "public_api_key":
            chain = call("allow.publicApiKey")
        case other:
            chain = call(f"allow.{other}")
    if rule.identity_claim:
        chain = chain.call("identityClaim", rule.identity_claim)
    if rule.group_claim:
        chain = chain.call("withClaimIn", rule.group_claim)
    return chain.call("to", list(rule.operations)) if rule.operations else chain
