"""Search by a service: queries in the schema, their resolvers, and what keeps the indexes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.generator.templates import Code
from ace_flow.generator.typescript import Arrow, Call, Expression, Name, Object, arrow, call
from ace_flow.model import (
    USUAL_IDENTITY,
    Field,
    search_names,
    search_service,
    searched_fields,
    searched_models,
    searching_rules,
)
from ace_flow.model.data import SCALAR_TYPES
from ace_flow.names import kebab

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ace_flow.generator.templates import Templates
    from ace_flow.model import AuthorizationRule, Catalogue, Model, Pattern

# The data source by which the API asks the service; templates name it as well.
_SOURCE = "search"
_GROUPS = "cognito:groups"


def search_entries(models: tuple[Model, ...]) -> dict[str, Expression]:
    """Return what searched models add to the schema: for each a query and its two types."""
    entries: dict[str, Expression] = {}
    for model in models:
        query, item, page = search_names(model)
        items = call("a.ref", item).call("required").call("array").call("required")
        keys = {key: _key(model, key) for key in model.key}
        entries[item] = call("a.customType", Object(dict(keys), expanded=True))
        entries[page] = call(
            "a.customType",
            Object({"items": items, "nextToken": call("a.string")}, expanded=True),
        )
        arguments: dict[str, Expression] = {
            "text": call("a.string").call("required"),
            "limit": call("a.integer"),
            "nextToken": call("a.string"),
        }
        handler = Object({"dataSource": _SOURCE, "entry": f"./{_resolver(model)}"})
        entries[query] = (
            call("a.query")
            .call("arguments", Object(arguments))
            .call("returns", call("a.ref", page))
            .call("handler", call("a.handler.custom", handler))
            .call("authorization", _callers(model))
        )
    return entries


def search_files(
    pattern: Pattern, catalogue: Catalogue, templates: Templates
) -> Iterator[tuple[str, bytes]]:
    """Yield the resolvers of these queries, and the file that keeps the indexes."""
    models = searched_models(pattern, catalogue)
    for model in models:
        context = {
            "index": _index(model),
            "fields": _weighted(pattern, model),
            "keys": list(model.key),
            **_readers(model),
        }
        rendered = templates.render("functions/search.js.j2", context)
        yield f"amplify/data/{_resolver(model)}", rendered.content
    if models:
        context = {"indexes": Code(Object(_indexes(pattern, models), expanded=True))}
        yield (
            "amplify/services/search.ts",
            templates.render("services/search.ts.j2", context).content,
        )


def search_statement(pattern: Pattern, catalogue: Catalogue) -> Call | None:
    """Return the statement that has indexes kept, for the template of the backend."""
    service = search_service(pattern, catalogue)
    if service is None or service.provides is None or not searched_models(pattern, catalogue):
        return None
    return call(
        Name("addSearch", "./services/search"), Name("backend.data"), Name(service.provides)
    )


def _resolver(model: Model) -> str:
    return f"resolvers/{kebab(search_names(model)[0])}.js"


def _index(model: Model) -> str:
    # Names of indexes are small; no two models differ in capitals only.
    return model.name.lower()


def _key(model: Model, name: str) -> Call:
    member = model.member(name)
    kind = member.type if isinstance(member, Field) else "id"
    return call(f"a.{kind if kind in SCALAR_TYPES else 'string'}").call("required")


def _weighted(pattern: Pattern, model: Model) -> list[str]:
    """Return what is searched; what stands first is mostly what a record is called."""
    first, *others = [field.name for field in searched_fields(pattern, model)]
    return [f"{first}^2", *others] if others else [first]


def _indexes(pattern: Pattern, models: tuple[Model, ...]) -> dict[str, Expression]:
    """Return for each model what its index holds, and nothing else of a record."""
    indexes: dict[str, Expression] = {}
    for model in models:
        deciding = [_deciding(rule) for rule in searching_rules(model)] if _filtered(model) else []
        exact = dict.fromkeys([*model.key, *filter(None, deciding)])
        entries: dict[str, Expression] = {
            "index": _index(model),
            "exact": list(exact),
            "texts": [field.name for field in searched_fields(pattern, model)],
        }
        indexes[model.name] = Object(entries, expanded=True)
    return indexes


def _callers(model: Model) -> Arrow:
    """Return who may search: users in general where what they find depends on who they are."""
    rules = searching_rules(model)
    kinds = {rule.allow for rule in rules}
    allowed: list[Expression] = []
    if _all_users(model) or _filtered(model):
        allowed.append(call("allow.authenticated"))
    elif groups := [group for rule in rules for group in rule.groups]:
        allowed.append(call("allow.groups", list(dict.fromkeys(groups))))
    if "public_api_key" in kinds:
        allowed.append(call("allow.publicApiKey"))
    return arrow("allow", allowed)


def _readers(model: Model) -> dict[str, object]:
    """Return who finds which records, for the template of a resolver.

    `filtered`: whether that depends on who asks. `whole`: the groups whose members find all, and
    the claims that say who these are. `conditions`: what else lets somebody find a record, and
    whether they compare `identities` or what claims have `said`.
    """
    rules = searching_rules(model) if _filtered(model) else ()
    whole = [
        Object({"claim": rule.group_claim or _GROUPS, "groups": list(rule.groups)})
        for rule in rules
        if rule.groups
    ]
    fields = [(rule, field) for rule in rules if (field := _deciding(rule))]
    identities = [rule for rule, _ in fields if _is_identity(rule)]
    return {
        "filtered": bool(rules),
        "whole": Code(whole) if whole else None,
        "conditions": Code(
            [Object({"terms": Object({field: _compared(rule)})}) for rule, field in fields]
        ),
        "identities": bool(identities),
        "said": bool(whole) or len(identities) < len(fields),
    }


def _is_identity(rule: AuthorizationRule) -> bool:
    """Tell whether a rule compares what Amplify usually writes as the owner."""
    return rule.allow != "groups" and rule.identity_claim in {None, USUAL_IDENTITY}


def _compared(rule: AuthorizationRule) -> Call:
    claims = Name("claims")
    if _is_identity(rule):
        return call("identities", claims)
    return call("said", claims, rule.identity_claim or rule.group_claim or _GROUPS)


def _all_users(model: Model) -> bool:
    return any(rule.allow == "authenticated" for rule in searching_rules(model))


def _filtered(model: Model) -> bool:
    """Tell whether what users find depends on more than the groups that Amplify asks for."""
    return not _all_users(model) and any(
        _deciding(rule) or rule.group_claim for rule in searching_rules(model)
    )


def _deciding(rule: AuthorizationRule) -> str | None:
    """Return the field of a record that says who may read it by a rule."""
    return rule.owner if rule.allow in {"owner", "owners"} else rule.group_field
