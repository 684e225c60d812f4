"""What the frontend knows of authorization: the rules by which it shows buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.generator.typescript import Expression, Object

if TYPE_CHECKING:
    from ace_flow.model import AuthorizationRule, Model

# The operations that a wider word permits in a rule, or leaves out in `disable_operations`.
_WIDER = {"create": "mutations", "delete": "mutations", "update": "mutations"}


def is_permitted(model: Model, operation: str) -> bool:
    """Tell whether the API has an operation, and some rule of the model permits it to somebody."""
    disabled = {operation, _WIDER.get(operation, "queries")} & set(model.disabled)
    return not disabled and any(_permits(rule, operation) for rule in model.authorization)


def access(model: Model) -> Object:
    """Return the rules of changing and deleting records, as `src/data/access.ts` reads them."""
    return Object(
        {
            operation: [_rule(rule) for rule in model.authorization if _permits(rule, operation)]
            for operation in ("update", "delete")
        },
        expanded=True,
    )


def _permits(rule: AuthorizationRule, operation: str) -> bool:
    wider = {"get": "read", "list": "read"}.get(operation, operation)
    return not rule.operations or bool({operation, wider} & set(rule.operations))


def _rule(rule: AuthorizationRule) -> Object:
    entries: dict[str, Expression] = {}
    if rule.allow in {"guest", "public_api_key"}:
        entries["isPublic"] = True
    if rule.allow in {"owner", "owners"}:
        entries["owner"] = rule.owner_field or "owner"
    if rule.groups:
        entries["groups"] = list(rule.groups)
    if rule.group_field:
        entries["groupsIn"] = rule.group_field
    if claim := rule.identity_claim or rule.group_claim:
        entries["claim"] = claim
    return Object(entries)
