"""What is open to more people than it seems, or to fewer: groups, idle rules, secrets, pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.diagnostics import Diagnostic, Related, Severity
from ace_flow.model import models_shown, permitting
from ace_flow.names import GROUP_NAME, Suggestion, forms, words
from ace_flow.rules.missing import removed
from ace_flow.rules.roles import named_groups

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ace_flow.model import AuthorizationRule, Catalogue, Component, Model, Pattern
    from ace_flow.names import Form
    from ace_flow.source import Span

_READS = frozenset({"get", "list", "listen"})
# Amplify Gen 2 generates neither: one is of its DataStore, the other of its search directive.
_NEVER_GENERATED = frozenset({"search", "sync"})
_EVERYTHING = _READS | {"create", "delete", "update"}
# Whom an audience names beside groups.
_ANYBODY = ("authenticated", "guest")
_PUBLIC = frozenset({"guest", "public_api_key"})
_TO_CHANGE = ("list", "get", "update")
_SIGNED_IN = frozenset({"groups", "owner", "owners"})

_SECRETS = frozenset(
    {
        *("password", "passwd", "passphrase", "secret", "credential", "credentials"),
        *("cvc", "cvv", "ssn", "api key", "access key", "private key", "secret key", "card number"),
        *("access token", "auth token", "bearer token", "refresh token", "session token"),
        *("connection string", "credit card", "social security number"),
    }
)
_SECRET_TYPES = frozenset({"id", "json", "string"})
_LONGEST_SECRET = 3


def declared_groups(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """Rules name the groups that `auth.groups` declares; without it, no two that read alike."""
    # Of those that can be none, another rule tells.
    named = [
        (group, place) for group, place in named_groups(pattern) if GROUP_NAME.fullmatch(group)
    ]
    if pattern.groups:
        declared = frozenset(pattern.groups)
        for group, place in named:
            if group not in declared:
                yield Diagnostic(
                    code="ACE133",
                    message=f"there is no group `{group}` in `auth.groups`",
                    span=place,
                    hint=Suggestion(group, pattern.groups),
                    related=removed(pattern, f"auth.groups.{group}"),
                )
        return
    first: dict[str, Span | None] = {}
    for group, place in named:
        first.setdefault(group, place)
    known: dict[Form, str] = {}
    for other, span in first.items():
        own, near = forms(other)
        for one in dict.fromkeys(known[form] for form in near if form in known):
            place = first[one]
            yield Diagnostic(
                code="ACE133",
                severity=Severity.WARNING,
                message=f"the groups `{one}` and `{other}` read like one",
                span=span,
                hint="use one name, or declare both: `auth: {groups: [...]}`",
                related=(Related(place, f"`{one}`"),) if place else (),
            )
        for form in own:
            known.setdefault(form, other)


def idle_rules(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """Every rule permits something that no wider rule permits already."""
    for where, rules in _rule_lists(pattern):
        everybody = next((rule for rule in rules if rule.allow == "authenticated"), None)
        for rule in rules:
            permitted = _permitted(rule)
            if not permitted:
                yield Diagnostic(
                    code="ACE134",
                    severity=Severity.WARNING,
                    message=f"the rule of `{where}` permits nothing: Amplify Gen 2 generates no "
                    f"{' or '.join(sorted(rule.operations))}",
                    span=rule.at("operations"),
                    hint="name operations of create, read, update, delete, get, list, listen",
                )
            elif everybody and rule.allow in _SIGNED_IN and permitted <= _permitted(everybody):
                yield Diagnostic(
                    code="ACE134",
                    severity=Severity.WARNING,
                    message=f"`allow: {rule.allow}` adds nothing to `{where}`: everybody who is "
                    "signed in may do the same",
                    span=rule.span,
                    hint="give `allow: authenticated` fewer `operations`, or remove this rule",
                    related=(Related(everybody.span, "the wider rule"),) if everybody.span else (),
                )


def secrets(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """No field looks like a place for a secret: whoever may read the record reads it."""
    for owner in pattern.owners:
        for field in owner.fields:
            if field.type in _SECRET_TYPES and (secret := secret_in(field.name)):
                yield Diagnostic(
                    code="ACE109",
                    severity=Severity.WARNING,
                    message=f"`{owner.name}.{field.name}` would keep a {secret} as plain text",
                    span=field.span,
                    hint="keep it in AWS Secrets Manager, or as Amplify's `secret()`, and store "
                    "its name here",
                )


def secret_in(name: str) -> str | None:
    """Return the secret that a name ends in; a `passwordHash` or an `apiKeyId` is none."""
    spoken = [word.lower() for word in words(name)]
    ends = (" ".join(spoken[-count:]) for count in range(1, _LONGEST_SECRET + 1))
    return next((end for end in ends if end in _SECRETS), None)


def permitted_pages(pattern: Pattern, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """Somebody may do what a component does with its models."""
    for component in pattern.components:
        kind = catalogue.component_types.get(component.type)
        if not kind:
            continue
        for model in models_shown(pattern, component, kind):
            for operation in kind.calls:
                if not permitting(model, operation):
                    yield _not_permitted(component, model, operation)
                elif operation == "create" and model.maker and "update" in kind.calls:
                    yield _not_by_it(component, model, model.maker.name)


def audiences(pattern: Pattern, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """A component is for people who exist, and who may do what it does with one of its models."""
    for component in pattern.components:
        kind = catalogue.component_types.get(component.type)
        models = models_shown(pattern, component, kind) if kind else ()
        for place, people in enumerate(component.audience):
            span = component.at("audience", place)
            if people not in {*_ANYBODY, *pattern.all_groups}:
                yield Diagnostic(
                    code="ACE168",
                    message=f"`{component.name}` is for `{people}`, and no rule names that group",
                    span=span,
                    hint=Suggestion(people, [*pattern.all_groups, *_ANYBODY]),
                    related=removed(pattern, f"auth.groups.{people}"),
                )
            elif kind and models and not any(_may(people, kind.calls, item) for item in models):
                yield Diagnostic(
                    code="ACE168",
                    severity=Severity.WARNING,
                    message=f"`{component.name}` is for `{people}`, who may not "
                    f"{' and '.join(kind.calls)} `{models[0].name}` records: "
                    "an audience gives nobody rights",
                    span=span,
                    hint=f"give them a rule of `{models[0].name}`, or take them out",
                )


def own_records(pattern: Pattern, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """A component about the user's own record is a form, of what its owner may see and change."""
    for component in pattern.components:
        kind = catalogue.component_types.get(component.type)
        model = pattern.model(component.models[0]) if component.models else None
        if not component.own or kind is None or model is None:
            continue
        owners = [rule for rule in model.authorization if rule.allow == "owner"][:1]
        users = [rule for rule in model.authorization if rule.allow == "authenticated"]
        if not kind.owned:
            yield Diagnostic(
                code="ACE169",
                message=f"`{component.name}` is of type {component.type}, which takes no `own`",
                span=component.key_at("own"),
                hint="write `type: form`, or remove `own`",
            )
        elif not owners or not all(
            any(rule.permits(operation) for rule in (*owners, *users)) for operation in _TO_CHANGE
        ):
            yield Diagnostic(
                code="ACE169",
                message=f"`{component.name}` changes what is the user's own, and no owner may read "
                f"and update a `{model.name}`",
                span=component.key_at("own"),
                hint=f"add `{{allow: owner, operations: [read, update]}}` to `{model.name}`",
            )


def _may(people: str, operations: Iterable[str], model: Model) -> bool:
    """Tell whether rules may permit operations to `guest`, to all users, or to a group."""
    return all(
        any(_is_for(people, rule) for rule in permitting(model, operation))
        for operation in operations
    )


def _is_for(people: str, rule: AuthorizationRule) -> bool:
    if rule.allow in _PUBLIC or people == "guest":
        return rule.allow in _PUBLIC
    return not rule.groups or people in rule.groups or bool(rule.group_claim)


def _not_permitted(component: Component, model: Model, operation: str) -> Diagnostic:
    place = model.at("authorization")
    return Diagnostic(
        code="ACE164",
        message=f"nobody may {operation} `{model.name}` records, which `{component.name}` does",
        span=component.span,
        hint=f"add a rule with `{operation}` to `{model.name}`, or remove the component",
        related=(Related(place, f"the rules of `{model.name}`"),) if place else (),
    )


def _not_by_it(component: Component, model: Model, mutation: str) -> Diagnostic:
    return Diagnostic(
        code="ACE164",
        message=f"`{component.name}` creates `{model.name}` records of what it changes, and "
        f"`{mutation}`, which creates them, takes other fields",
        span=component.span,
        hint="make a `form`: it asks for one when it creates, and for the other when it changes",
    )


def _permitted(rule: AuthorizationRule) -> frozenset[str]:
    """Return the single operations of a rule that Amplify generates."""
    stated = frozenset(rule.operations)
    if not stated:
        return _EVERYTHING
    return (stated - _NEVER_GENERATED - {"read"}) | (_READS if "read" in stated else frozenset())


def _rule_lists(pattern: Pattern) -> Iterator[tuple[str, tuple[AuthorizationRule, ...]]]:
    for model in pattern.models:
        yield model.name, model.authorization
        for field in model.fields:
            yield f"{model.name}.{field.name}", field.authorization


RULES = (declared_groups, idle_rules, secrets, permitted_pages, audiences, own_records)
