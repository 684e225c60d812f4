"""Who asks a backend in a test, and what the rules of a model let them do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ace_flow.trials.served import Kind, Rule

# The group that records name where rules look for one in a field.
GROUP = "testers"
# What Amplify writes of an owner, where rules state nothing else.
_IDENTITY = "sub::username"
_DEFAULT_CLAIM = "cognito:username"


@dataclass(frozen=True, slots=True, kw_only=True)
class Somebody:
    """A person with the headers of their requests, and what their token says.

    `mode` is `user`, `key` for somebody with nothing but the API key, or `account`, whom no rule
    concerns.
    """

    name: str
    mode: str
    headers: Mapping[str, str]
    groups: frozenset[str] = frozenset()
    claims: Mapping[str, Any] = field(default_factory=dict)

    def identity(self, rule: Rule) -> str:
        """Return what a rule looks for in its field of owners, for this person.

        It is empty where their token does not say: then the rule is about nobody.
        """
        claim = rule.identity_claim
        text = _IDENTITY if claim in {"", _DEFAULT_CLAIM} else claim
        parts = text.split("::")
        said = [str(self.claims[part]) for part in parts if part in self.claims]
        return "::".join(said) if len(said) == len(parts) else ""


def groups_of(kinds: tuple[Kind, ...]) -> frozenset[str]:
    """Return all groups that the rules of models name, and the one for records that name one."""
    named = {group for kind in kinds for rule in kind.rules for group in rule.groups}
    fields = any(rule.group_field for kind in kinds for rule in kind.rules)
    return frozenset(named | ({GROUP} if fields else set()))


def belongings(kind: Kind, owner: Somebody) -> dict[str, Any]:
    """Return the fields by which a new record is somebody's, as far as its input has them."""
    taken = kind.inputs["create"]
    found: dict[str, Any] = {}
    for rule in kind.rules:
        own = owner.identity(rule) if rule.allow == "owner" else ""
        if own and rule.owner_field in taken:
            found[rule.owner_field] = _one_or_list(kind, rule.owner_field, own)
        elif rule.group_field in taken:
            found[rule.group_field] = _one_or_list(kind, rule.group_field, GROUP)
    return found


def may(kind: Kind, operation: str, person: Somebody, record: Mapping[str, Any]) -> bool:
    """Tell whether the rules of a model let somebody do something with a record."""
    if person.mode == "account":
        return True
    return any(
        rule.concerns(operation) and _meets(rule, person, operation, record) for rule in kind.rules
    )


def may_ask(kind: Kind, person: Somebody) -> bool:
    """Tell whether somebody may list records of a model, be it none that they see."""
    return person.mode == "account" or any(
        rule.concerns("list") and (_about_record(rule, person) or may(kind, "list", person, {}))
        for rule in kind.rules
    )


def is_decidable(kind: Kind) -> bool:
    """Tell whether all of its rules are such that a test knows whom they let do what.

    A function of the pattern, or claims of a sign-in elsewhere, decide in other ways.
    """
    return all(rule.allow != "custom" and rule.provider != "oidc" for rule in kind.rules)


def _about_record(rule: Rule, person: Somebody) -> bool:
    is_dynamic = rule.allow == "owner" or bool(rule.group_field and person.groups)
    return person.mode == "user" and is_dynamic and not rule.has_claim


def _meets(rule: Rule, person: Somebody, operation: str, record: Mapping[str, Any]) -> bool:
    if rule.allow == "public":
        return person.mode == "key" and rule.provider == "apiKey"
    if person.mode != "user" or rule.has_claim:
        return False
    match rule.allow:
        case "private":
            return rule.provider == "userPools"
        case "owner":
            own = person.identity(rule)
            # Whoever makes a record owns it, unless the record says otherwise.
            is_made = operation == "create" and rule.owner_field not in record
            named = record.get(rule.owner_field)
            owners = named if isinstance(named, list) else [named]
            return bool(own) and (is_made or own in owners)
        case "groups" if rule.group_field:
            named = record.get(rule.group_field) or []
            return bool({*(named if isinstance(named, list) else [named])} & person.groups)
        case "groups":
            return bool(rule.groups & person.groups)
        case _:
            return False


def _one_or_list(kind: Kind, name: str, value: str) -> str | list[str]:
    return [value] if name in kind.places and kind.places[name].array else value
