"""Who may call operations and AI routes: rules that Amplify takes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.diagnostics import Diagnostic, Related, Severity
from ace_flow.model import Generation, Operation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ace_flow.model import AuthorizationRule, Catalogue, Pattern

_TAKEN = frozenset({"authenticated", "groups", "guest", "public_api_key"})
_PUBLIC = frozenset({"guest", "public_api_key"})
_NOT_TAKEN = (
    "operations",
    "owner_field",
    "identity_claim",
    "group_field",
    "group_claim",
)


def caller_rules(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """An operation says who may call it, with rules that do not depend on a record."""
    for route in pattern.called:
        if not route.authorization:
            yield Diagnostic(
                code="ACE212",
                message=f"`{route.name}` does not say who may call it",
                span=route.span,
                hint="add `authorization: [{allow: authenticated}]`, or groups",
            )
        for rule in route.authorization:
            yield from _rule(route, rule)
        yield from _repeated(route)


def _rule(route: Operation | Generation, rule: AuthorizationRule) -> Iterator[Diagnostic]:
    if rule.allow not in _TAKEN:
        yield Diagnostic(
            code="ACE212",
            message=f"`{route.name}` cannot be called by `allow: {rule.allow}`: there is no record "
            "that could have one",
            span=rule.span,
            hint="write `allow: authenticated`, and let the handler compare `event.identity`",
        )
        return
    for key in _NOT_TAKEN:
        if getattr(rule, key):
            message = f"a rule of `{route.name}` cannot have `{key}`: it is for calling, no record"
            yield Diagnostic(code="ACE212", message=message, span=rule.key_at(key))
    if rule.allow == "groups" and not rule.groups and not rule.group_field:
        message = f"a rule of `{route.name}` says `allow: groups` and names none"
        hint = "e.g. `groups: [admins]`"
        yield Diagnostic(code="ACE212", message=message, span=rule.span, hint=hint)
    elif rule.allow != "groups" and rule.groups:
        message = f"`allow: {rule.allow}` takes no `groups`"
        yield Diagnostic(code="ACE212", message=message, span=rule.key_at("groups"))
    if rule.allow == "guest" and _is_resolved(route):
        yield Diagnostic(
            code="ACE212",
            message=f"`{route.name}` cannot be called by guests: Amplify lets them reach no "
            "resolver, only functions",
            span=rule.span,
            hint="write `allow: public_api_key`, or make the handler a function",
        )


def _is_resolved(route: Operation | Generation) -> bool:
    if not isinstance(route, Operation):
        return False
    if route.handler is None:
        return route.kind == "subscription"
    return route.handler.resolver is not None


def _repeated(route: Operation | Generation) -> Iterator[Diagnostic]:
    seen: dict[str, AuthorizationRule] = {}
    for rule in route.authorization:
        people = [f"group {group}" for group in rule.groups] or [rule.allow]
        first = next((seen[who] for who in people if who in seen), None)
        if first:
            yield Diagnostic(
                code="ACE212",
                message=f"`{route.name}` has two rules for the same people",
                span=rule.span,
                hint="remove one of them",
                related=(Related(first.span, "the first"),) if first.span else (),
            )
        seen |= dict.fromkeys(people, rule)


def public_callers(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """What changes data, or costs money with each call, is open to strangers only knowingly."""
    for route in pattern.called:
        if isinstance(route, Operation) and route.kind != "mutation":
            continue
        for rule in route.authorization:
            if rule.allow in _PUBLIC:
                yield Diagnostic(
                    code="ACE132",
                    severity=Severity.WARNING,
                    message=f"anyone may call `{route.name}` without signing in",
                    span=rule.span,
                    hint="write `allow: authenticated` if that is not meant",
                )


RULES = (caller_rules, public_callers)
