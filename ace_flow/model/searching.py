"""What a search service keeps of models, for the pages that search them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.model.folders import models_shown
from ace_flow.model.kinds import fields_of_kind, is_image
from ace_flow.plurals import amplify_plural

if TYPE_CHECKING:
    from ace_flow.model.catalogue import Catalogue, Service
    from ace_flow.model.data import AuthorizationRule, Field, Model
    from ace_flow.model.pattern import Pattern

# How Amplify writes an owner unless a rule says otherwise.
USUAL_IDENTITY = "sub::username"
_TEXTS = frozenset({"email", "string"})


def search_service(pattern: Pattern, catalogue: Catalogue) -> Service | None:
    """Return the service of the pattern that finds records for one of its pages."""
    kinds = (catalogue.component_types.get(item.type) for item in pattern.components)
    wanted = {kind.found_by for kind in kinds if kind and kind.found_by}
    named = (name for name in pattern.services if name in wanted)
    return next((catalogue.services[name] for name in named if name in catalogue.services), None)


def searched_models(pattern: Pattern, catalogue: Catalogue) -> tuple[Model, ...]:
    """Return the models whose records that service finds, in the order of the pattern.

    They are on a page that searches, and everybody who may list their records may get each of
    them: what a search finds is then nothing that could not be found by other means.
    """
    service = search_service(pattern, catalogue)
    shown = {
        model.name
        for component in pattern.components
        if service and (kind := catalogue.component_types.get(component.type))
        if kind.found_by == service.name
        for model in models_shown(pattern, component, kind)
    }
    return tuple(
        model for model in pattern.models if model.name in shown and _is_searchable(pattern, model)
    )


def searched_fields(pattern: Pattern, model: Model) -> tuple[Field, ...]:
    """Return the texts of a model that are searched: those that all who may read it may read.

    Keys of records, names of owners and groups, pictures and paths of files are no texts.
    """
    others = {*model.key}
    others |= {key for relation in model.relations for key in relation.references}
    others |= {field.name for field in fields_of_kind(pattern, model, "file")}
    others |= {
        name
        for rule in model.authorization
        for name in (rule.owner if rule.allow in {"owner", "owners"} else "", rule.group_field)
        if name
    }
    return tuple(
        field
        for field in model.fields
        if field.type in _TEXTS
        and field.name not in others
        and not field.authorization
        and not is_image(field)
    )


def searching_rules(model: Model) -> tuple[AuthorizationRule, ...]:
    """Return the rules by which records are found: those that permit to list them.

    Guests are none of them: Amplify lets them reach functions only, and no search service.
    """
    return tuple(
        rule for rule in model.authorization if rule.allow != "guest" and rule.permits("list")
    )


def search_names(model: Model) -> tuple[str, str, str]:
    """Return what is made for the search of a model: a query, and types of a result and a page."""
    several = amplify_plural(model.name)
    return f"search{several}", f"{model.name}SearchItem", f"{model.name}SearchPage"


def _is_searchable(pattern: Pattern, model: Model) -> bool:
    rules = searching_rules(model)
    keys = [model.member(name) for name in model.key]
    return (
        bool(rules and searched_fields(pattern, model))
        and not {"get", "list", "queries"} & set(model.disabled)
        and all(rule.permits("get") for rule in model.authorization if rule.permits("list"))
        and not any("::" in (rule.identity_claim or "") for rule in rules if not _is_usual(rule))
        and not any(getattr(key, "authorization", ()) for key in keys)
    )


def _is_usual(rule: AuthorizationRule) -> bool:
    return rule.identity_claim in {None, USUAL_IDENTITY}
