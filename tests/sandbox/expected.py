"""Who may do what with a record, said from the pattern's rules alone."""

from __future__ import annotations

from typing import Any, NamedTuple

from backend import identity

READ = {"get", "list", "listen"}
ALL = {"create", "update", "delete", *READ}
OWNING = {"owner", "owners"}

# The group that records name in the fields where rules look for one.
GROUP = "named-in-records"

Record = dict[str, Any]


class Person(NamedTuple):
    """A guest, somebody with the API key, or a user of that name in groups."""

    kind: str
    name: str = ""
    groups: tuple[str, ...] = ()


def allowed(model: Record, person: Person, operation: str, record: Record) -> bool:
    """If a rule of the model lets somebody do that with the record."""
    return any(
        operation in operations(rule) and meets(rule, person, operation, record)
        for rule in model["authorization"]
    )


def may_ask(model: Record, person: Person) -> bool:
    """If somebody may list records, be it none that they see."""
    return any(
        "list" in operations(rule)
        and (meets(rule, person, "list", {}) or may_be_about(rule, person))
        for rule in model["authorization"]
    )


def may_be_about(rule: Record, person: Person) -> bool:
    """If there may be records with which a rule allows somebody something."""
    if person.kind != "user" or not dynamic(rule):
        return False
    # Who is in no group at all is in none that a record names.
    return bool(person.groups) or "group_field" not in rule or "group_claim" in rule


def operations(rule: Record) -> set[str]:
    """Return the operations that a rule is about."""
    named = set(rule.get("operations", ALL))
    return named | READ if "read" in named else named


def dynamic(rule: Record) -> bool:
    """If it depends on the record whom the rule allows something."""
    return rule["allow"] in OWNING or "group_field" in rule


def meets(rule: Record, person: Person, operation: str, record: Record) -> bool:
    """If the rule is about that person and that record."""
    kind = rule["allow"]
    if kind in {"guest", "public_api_key"}:
        return person.kind == kind
    if person.kind != "user":
        return False
    if kind in OWNING:
        # Whoever creates a record owns it, unless the record says otherwise.
        own = owner(rule, person.name)
        owners = record.get(owner_field(rule), own if operation == "create" else None)
        return own in (owners if isinstance(owners, list) else [owners])
    if "group_claim" in rule:
        # The tokens of these people have no claims of their own.
        return False
    if "group_field" in rule:
        named = record.get(rule["group_field"]) or []
        return bool(set(named if isinstance(named, list) else [named]) & set(person.groups))
    return kind == "authenticated" or bool(set(rule["groups"]) & set(person.groups))


def owner_field(rule: Record) -> str:
    """Return the field in which a rule looks for the owner."""
    return rule.get("owner_field", "owner")


def owner(rule: Record, name: str) -> str:
    """Return what a rule looks for in that field for the user of that name."""
    return identity(name, rule.get("identity_claim", "sub::username"))


def people(pattern: Record) -> list[Person]:
    """Return somebody of each kind, one in each group that a rule names, and the owner."""
    rules = [rule for model in pattern["models"] for rule in model["authorization"]]
    groups = sorted({group for rule in rules for group in rule.get("groups", ())})
    groups += [GROUP] if any("group_field" in rule for rule in rules) else []
    return [
        Person("guest"),
        Person("user", "owner"),
        Person("user", "other"),
        *(Person("user", group, (group,)) for group in groups),
        *([Person("public_api_key")] if any(r["allow"] == "public_api_key" for r in rules) else []),
    ]
