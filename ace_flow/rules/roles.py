"""Roles: the people that Amplify makes of authorization rules, each with rights of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from ace_flow.diagnostics import Diagnostic, Related
from ace_flow.model import Field
from ace_flow.names import CLAIM_NAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ace_flow.model import AuthorizationRule, Catalogue, Model, Pattern
    from ace_flow.source import Span

    Role: TypeAlias = tuple[str, ...]

READS = frozenset({"get", "list", "listen", "search", "sync"})
_SIGNED_IN = frozenset({"group", "group field", "owner"})
# With this claim Amplify keeps two values in one owner field.
_DEFAULT_CLAIM = "sub::username"


def duplicate_rules(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """No two rules are about the same people: Amplify refuses them, or takes the last one."""
    for where, rules in rule_lists(pattern):
        seen: dict[Role, AuthorizationRule] = {}
        for rule in rules:
            first = next((seen[role] for role in _roles(rule) if role in seen), None)
            if first:
                yield Diagnostic(
                    code="ACE130",
                    message=f"`{where}` has two rules for the same people",
                    span=rule.span,
                    hint="put all operations into one of them",
                    related=(Related(first.span, "the first"),) if first.span else (),
                )
            elif len(set(rule.groups)) < len(rule.groups):
                message = f"a rule of `{where}` has a group twice"
                yield Diagnostic(code="ACE130", message=message, span=rule.key_at("groups"))
            for role in _roles(rule):
                seen.setdefault(role, rule)


def unreadable_fields(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """Whoever may read a record may read its required fields: they cannot be left out."""
    for model in pattern.models:
        if not any(field.authorization for field in model.fields):
            continue
        readers = {
            member.name: _readers(
                (member.authorization if isinstance(member, Field) else ()) or model.authorization
            )
            for member in model.members
        }
        everyone = dict.fromkeys(
            role for may in readers.values() for role, reads in may.items() if "get" in reads
        )
        for field in model.fields:
            closed = next(_closed(readers[field.name], everyone), None) if field.required else None
            if closed:
                yield Diagnostic(
                    code="ACE135",
                    message=f"`{model.name}.{field.name}` is required, but {_people(closed)} "
                    "may read the record and not this field",
                    span=field.key_at("authorization"),
                    hint="let the rules of the field permit the same people to read, or make it "
                    "optional",
                )


def unfillable_fields(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """What each new record has, somebody may give it; a default counts as given."""
    for model in pattern.models:
        if not any(rule.permits("create") for rule in model.authorization):
            continue
        for field in model.fields:
            if field.permits("create") or not (field.required or field.default is not None):
                continue
            why = "required" if field.required else "given its default in each"
            yield Diagnostic(
                code="ACE136",
                message=f"nobody may create `{model.name}` records: `{field.name}` is {why}, and "
                "its rules permit `create` to nobody",
                span=field.key_at("authorization"),
                hint="leave out `required` and `default`, or permit `create`",
            )


def owner_claims(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """An owner field that Amplify adds is identified by one claim, or it would be added twice."""
    for model in pattern.models:
        claims: dict[str, str] = {}
        for rule, name, claim in _owners(model):
            known = model.member(name) or not CLAIM_NAME.fullmatch(claim)
            if not known and claims.setdefault(name, claim) != claim:
                yield Diagnostic(
                    code="ACE130",
                    message=f"rules of `{model.name}` find its `{name}` by several claims",
                    span=rule.key_at("identity_claim"),
                    hint=f"declare the field: `{{name: {name}, type: string}}`",
                )


def owner_keys(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """The owner of a record is no sort key: it is not compared as it is kept."""
    for model in pattern.models:
        for rule in model.authorization:
            name = rule.owner
            claim = rule.identity_claim or _DEFAULT_CLAIM
            if rule.allow in {"owner", "owners"} and "::" in claim and name in model.identifier[1:]:
                yield Diagnostic(
                    code="ACE131",
                    message=f"`{model.name}.{name}` is a sort key and cannot hold who may use the "
                    "record",
                    span=rule.key_at("owner_field"),
                    hint="put the field first in `identifier`, or state an `identity_claim`",
                )


def rule_lists(pattern: Pattern) -> Iterator[tuple[str, tuple[AuthorizationRule, ...]]]:
    """Yield the rules of each model and of each field that has some, with what they are for."""
    for model in pattern.models:
        yield from _lists(model)


def named_groups(pattern: Pattern) -> Iterator[tuple[str, Span | None]]:
    """Yield the groups that rules name, with their places: of models, operations and files."""
    lists = [rules for _, rules in rule_lists(pattern)]
    lists += (item.authorization for item in pattern.called)
    for rules in lists:
        for rule in rules:
            for position, group in enumerate(rule.groups):
                yield group, rule.at("groups", position)
    for path in pattern.storage.paths if pattern.storage else ():
        for file_rule in path.rules:
            for position, group in enumerate(file_rule.groups):
                yield group, file_rule.at("groups", position)


def _lists(model: Model) -> Iterator[tuple[str, tuple[AuthorizationRule, ...]]]:
    yield model.name, model.authorization
    for field in model.fields:
        yield f"{model.name}.{field.name}", field.authorization


def _owners(model: Model) -> Iterator[tuple[AuthorizationRule, str, str]]:
    """Yield each rule about owners with the field that holds them and the claim it is of."""
    for _where, rules in _lists(model):
        for rule in rules:
            for kind, *whose in _roles(rule):
                if kind == "owner":
                    yield rule, whose[0], whose[1]


def _roles(rule: AuthorizationRule) -> list[Role]:
    """Return the people a rule is about, told apart as Amplify does."""
    match rule.allow:
        case "groups" if rule.group_field:
            return [("group field", rule.group_field, rule.group_claim or "")]
        case "groups":
            return [("group", group, rule.group_claim or "") for group in rule.groups]
        case "owners" if not rule.owner_field:
            return []
        case "owner" | "owners":
            claim = rule.identity_claim or _DEFAULT_CLAIM
            return [("owner", rule.owner, claim)]
        case other:
            return [(other,)]


def _readers(rules: Iterable[AuthorizationRule]) -> dict[Role, frozenset[str]]:
    """Return the operations by which each role may read."""
    return {
        role: READS
        if not rule.operations or "read" in rule.operations
        else READS & set(rule.operations)
        for rule in rules
        for role in _roles(rule)
    }


def _closed(readers: dict[Role, frozenset[str]], everyone: Iterable[Role]) -> Iterator[Role]:
    """Yield the roles that may not read a field in any way.

    Where everyone who is signed in may read it in every way, owners and groups may as well.
    """
    open_to_all = readers.get(("authenticated",)) == READS
    for role in everyone:
        if not readers.get(role) and not (open_to_all and role[0] in _SIGNED_IN):
            yield role


def _people(role: Role) -> str:
    kind = role[0]
    texts = {
        "group": f"the group {role[-2] if kind == 'group' else ''}",
        "group field": "a group",
        "owner": "its owner",
        "authenticated": "whoever is signed in",
    }
    return texts.get(kind, "anyone")


RULES = (duplicate_rules, unreadable_fields, unfillable_fields, owner_claims, owner_keys)
