"""What the frontend knows of authorization: who may use a page, which buttons to show."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.generator.typescript import Expression, Object
from ace_flow.model import permitting

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ace_flow.model import AuthorizationRule, Model

# The operations that a wider word permits in a rule, or leaves out in `disable_operations`.
_WIDER = {
    "create": "mutations",
    "delete": "mutations",
    "onCreate": "subscriptions",
    "onDelete": "subscriptions",
    "onUpdate": "subscriptions",
    "update": "mutations",
}
_PUBLIC = {"public_api_key": "apiKey", "guest": "identityPool"}


def is_permitted(model: Model, operation: str) -> bool:
    """Tell whether pages can do something with records, and some rule permits it to somebody."""
    has_maker = operation == "create" and model.maker is not None
    return (has_maker or has_operation(model, operation)) and bool(permitting(model, operation))


def is_told(model: Model, event: str) -> bool:
    """Tell whether the API tells somebody of an event: `create`, `update` or `delete`."""
    if not (has_operation(model, event) and has_operation(model, f"on{event.capitalize()}")):
        return False
    return any(rule.permits("listen") for rule in model.authorization)


def listeners(model: Model) -> list[Expression]:
    """Return the rules by which somebody is told of events, for `src/data/live.ts`."""
    _, others = public_mode(model, "listen")
    rules = [access_rule(rule) for rule in permitting(model, "listen")]
    # Where users ask as themselves, what the public may does not help them: they are in no group.
    return [
        Object({**rule.entries, "groups": []}) if others and "isPublic" in rule.entries else rule
        for rule in rules
    ]


def public_mode(model: Model, operation: str) -> tuple[str | None, bool]:
    """Return how people who are not signed in do an operation, and whether others do it, too.

    The mode is one of Amplify's: `apiKey` or `identityPool`, None where only users may.
    """
    return public_mode_of(permitting(model, operation))


def public_mode_of(rules: Sequence[AuthorizationRule]) -> tuple[str | None, bool]:
    """Return the same of something that these rules permit."""
    modes = [_PUBLIC[rule.allow] for rule in rules if rule.allow in _PUBLIC]
    return min(modes, default=None), any(rule.allow not in _PUBLIC for rule in rules)


def audience(model: Model, operations: Iterable[str]) -> frozenset[str] | str:
    """Return who may do all of some operations: `everyone`, `users`, or the groups that may."""
    wanted = list(operations)
    if all(public_mode(model, operation)[0] for operation in wanted):
        return "everyone"
    groups: list[frozenset[str]] = []
    for operation in wanted:
        rules = permitting(model, operation)
        if all(rule.groups and not rule.group_claim for rule in rules):
            groups.append(frozenset(group for rule in rules for group in rule.groups))
    return frozenset.intersection(*groups) if groups else "users"


def access(model: Model) -> Object:
    """Return the rules of making, changing and deleting records, for `src/data/access.ts`."""
    return Object(
        {
            operation: [access_rule(rule) for rule in permitting(model, operation)]
            for operation in ("create", "update", "delete")
        },
        expanded=True,
    )


def owner_rule(model: Model) -> AuthorizationRule | None:
    """Return the rule by which a record belongs to one user."""
    return next((rule for rule in model.authorization if rule.allow == "owner"), None)


def own(model: Model) -> Object | None:
    """Return by what the frontend knows a user's own records."""
    found = owner_rule(model)
    return access_rule(found) if found else None


def has_operation(model: Model, operation: str) -> bool:
    """Tell whether the API has an operation, whoever may use it."""
    return not {operation, _WIDER.get(operation, "queries")} & set(model.disabled)


def access_rule(rule: AuthorizationRule) -> Object:
    """Return a rule as `src/data/access.ts` reads it."""
    entries: dict[str, Expression] = {}
    if rule.allow in _PUBLIC:
        entries["isPublic"] = True
    if rule.allow in {"owner", "owners"}:
        entries["owner"] = rule.owner
    if rule.groups:
        entries["groups"] = list(rule.groups)
    if rule.group_field:
        entries["groupsIn"] = rule.group_field
    if claim := rule.identity_claim or rule.group_claim:
        entries["claim"] = claim
    return Object(entries)
