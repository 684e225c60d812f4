"""Authorization: rules that are whole, name what exists, and never open more than they say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.diagnostics import Diagnostic, Related, Severity
from ace_flow.model import Field
from ace_flow.names import CLAIM_NAME, FIELD_NAME, GROUP_NAME, RESERVED_FIELDS, forms
from ace_flow.rules.roles import READS, named_groups, rule_lists

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ace_flow.model import AuthorizationRule, Catalogue, Member, Model, Pattern
    from ace_flow.names import Form
    from ace_flow.source import Span

_WRITES = frozenset({"create", "delete", "update"})
_PUBLIC = frozenset({"guest", "public_api_key"})
_KEYS_OF = {
    "owner_field": {"owner", "owners"},
    "identity_claim": {"owner", "owners"},
    "groups": {"groups"},
    "group_field": {"groups"},
    "group_claim": {"groups"},
}


def whole_rules(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """A rule has the keys its strategy needs, and no others."""
    for rule in _rules(pattern):
        for key, strategies in _KEYS_OF.items():
            if getattr(rule, key) and rule.allow not in strategies:
                message = f"`allow: {rule.allow}` takes no `{key}`"
                yield Diagnostic(code="ACE130", message=message, span=rule.key_at(key))
        if rule.allow == "groups" and rule.groups and rule.group_field:
            message = "`allow: groups` takes only one of `groups` and `group_field`"
            span = rule.key_at("group_field")
            hint = "remove one of them; two rules permit both"
            yield Diagnostic(code="ACE130", message=message, span=span, hint=hint)
        elif rule.allow == "groups" and not rule.groups and not rule.group_field:
            message = "`allow: groups` needs either `groups` or `group_field`"
            yield _at(rule, "allow", "ACE130", message, "e.g. `groups: [admins]`")
        if rule.allow == "owners" and not rule.owner_field:
            message = "`allow: owners` needs `owner_field`, a list of texts"
            yield _at(rule, "allow", "ACE130", message)
        if "read" in rule.operations and (both := READS & set(rule.operations)):
            message = f"`read` already permits {', '.join(f'`{name}`' for name in sorted(both))}"
            yield _at(
                rule, "operations", "ACE130", message, "keep `read`, or name the single operations"
            )


def rule_texts(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """Groups, claims and owner fields hold nothing that would become GraphQL."""
    for position, group in enumerate(pattern.groups):
        if not GROUP_NAME.fullmatch(group):
            yield _no_group(group, pattern.at("auth", "groups", position))
    declared = frozenset(pattern.groups)
    for group, span in named_groups(pattern):
        if group not in declared and not GROUP_NAME.fullmatch(group):
            yield _no_group(group, span)
    for rule in _rules(pattern):
        for key, text, legal, what in (
            ("identity_claim", rule.identity_claim, CLAIM_NAME, "a claim"),
            ("group_claim", rule.group_claim, CLAIM_NAME, "a claim"),
            ("owner_field", rule.owner_field, FIELD_NAME, "a field"),
            ("group_field", rule.group_field, FIELD_NAME, "a field"),
        ):
            if text is not None and not legal.fullmatch(text):
                yield _at(rule, key, "ACE110", f"`{text}` cannot name {what}")
            elif legal is FIELD_NAME and text in RESERVED_FIELDS:
                yield _at(rule, key, "ACE111", f"the name `{text}` is reserved")


def _no_group(group: str, span: Span | None) -> Diagnostic:
    return Diagnostic(
        code="ACE110",
        message=f"`{group}` cannot name a group",
        span=span,
        hint="a group has A-Z, a-z, 0-9 and _ . : @ + = -, at most 128 of them",
    )


def field_operations(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """The rules of a field know no single ways of reading."""
    for model in pattern.models:
        for field in model.fields:
            for rule in field.authorization:
                if single := READS & set(rule.operations):
                    named = ", ".join(f"`{name}`" for name in sorted(single))
                    message = f"the rules of a field have no operation {named}"
                    yield _at(rule, "operations", "ACE130", message, "use `read`")


def identity_fields(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """An owner field is a text, that of several owners a list of texts, a group's either.

    A field the model does not declare is added by Amplify.
    """
    for model in pattern.models:
        for rule in _model_rules(model):
            name = rule.owner_field or rule.group_field
            if rule.allow == "owner":
                name = name or "owner"
            member = model.member(name) if name else None
            if member is None:
                continue
            if _can_hold(member, rule):
                continue
            kind = {"owners": "a list of texts (`array: true`)", "groups": "text"}
            wanted = kind.get(rule.allow, "a single text")
            message = f"`{model.name}.{name}` must be {wanted} to hold who may use the record"
            hint = None if rule.owner_field else "rename the field, or name another: `owner_field`"
            yield Diagnostic(
                code="ACE131",
                message=message,
                span=rule.at("owner_field" if rule.owner_field else "group_field"),
                hint=hint if rule.allow == "owner" else None,
                related=(Related(member.span, "the field"),) if member.span else (),
            )


def misspelt_fields(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """A field that a rule names and the model does not declare reads like none that it does."""
    for model in pattern.models:
        known: dict[Form, list[Field]] = {}
        rules = [rule for rule in _model_rules(model) if _undeclared(model, rule)]
        for field in model.fields if rules else ():
            for form in forms(field.name)[0]:
                known.setdefault(form, []).append(field)
        for rule in rules:
            name = _undeclared(model, rule)
            alike = (field for form in forms(name)[1] for field in known.get(form, ()))
            if meant := next((field for field in alike if _can_hold(field, rule)), None):
                array = ", array: true" if rule.allow == "owners" else ""
                yield Diagnostic(
                    code="ACE131",
                    severity=Severity.WARNING,
                    message=f"`{model.name}` has no field `{name}`, so that Amplify adds one",
                    span=rule.at("owner_field" if rule.owner_field else "group_field"),
                    hint=f"did you mean `{meant.name}`? If not, declare it: "
                    f"`{{name: {name}, type: string{array}}}`",
                    related=(Related(meant.span, "the field"),) if meant.span else (),
                )


def _undeclared(model: Model, rule: AuthorizationRule) -> str:
    """Return the field that a rule states and the model does not have, or nothing."""
    name = rule.owner_field or rule.group_field or ""
    return name if FIELD_NAME.fullmatch(name) and model.member(name) is None else ""


def _can_hold(member: Member, rule: AuthorizationRule) -> bool:
    """Tell whether a member can hold whom the rule is about."""
    if not isinstance(member, Field) or member.type not in {"string", "id"}:
        return False
    return rule.allow == "groups" or member.array == (rule.allow == "owners")


def public_writes(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """Writing without signing in is said aloud."""
    for where, rules in rule_lists(pattern):
        for rule in rules:
            writes = _WRITES & set(rule.operations) if rule.operations else _WRITES
            if rule.allow in _PUBLIC and writes:
                yield Diagnostic(
                    code="ACE132",
                    severity=Severity.WARNING,
                    message=f"anyone may {', '.join(sorted(writes))} `{where}` without signing in",
                    span=rule.span,
                    hint="add `operations: [read]` if that is not meant",
                )


def _rules(pattern: Pattern) -> Iterator[AuthorizationRule]:
    for model in pattern.models:
        yield from _model_rules(model)


def _model_rules(model: Model) -> Iterator[AuthorizationRule]:
    yield from model.authorization
    for field in model.fields:
        yield from field.authorization


def _at(
    rule: AuthorizationRule, key: str, code: str, message: str, hint: str | None = None
) -> Diagnostic:
    return Diagnostic(code=code, message=message, span=rule.at(key), hint=hint)


RULES = (whole_rules, rule_texts, field_operations, identity_fields, misspelt_fields, public_writes)
