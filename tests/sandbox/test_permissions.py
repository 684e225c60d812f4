"""What the compiled backend lets people do, beside what the pattern's rules say."""

from __future__ import annotations

import pytest
from applications import OTHERS
from expected import GROUP, OWNING, Person, allowed, may_ask, operations, owner, owner_field, people
from samples import sample, value

PATTERNS = OTHERS
pytestmark = pytest.mark.toolchain

OWNER = Person("user", "owner")


def caller(client, person):
    """Return the caller who is that person, signed in as the rules about them say."""
    if person.kind == "user":
        return client.user(person.name, *person.groups)
    return client.guest() if person.kind == "guest" else client.stranger()


def owned(model):
    """Return the fields that say whose a record of the model's is, with the owner in them."""
    whose = {rule["group_field"]: GROUP for rule in model["authorization"] if "group_field" in rule}
    for rule in model["authorization"]:
        if rule["allow"] in OWNING:
            whose[owner_field(rule)] = owner(rule, OWNER.name)
    members = {member["name"]: member for member in model["members"]}
    return {
        name: [said] if members[name].get("array") else said
        for name, said in whose.items()
        if name in members
    }


def record_of(client, model, pattern):
    """Create a record that is the owner's, and return it as its fields say whose it is."""
    fields = {**sample(model, pattern), **owned(model)}
    implicit = {
        owner_field(rule): owner(rule, OWNER.name)
        for rule in model["authorization"]
        if rule["allow"] in OWNING
        and owner_field(rule) not in fields
        and "create" in operations(rule)
    }
    # A field that no input has is filled in for whoever creates the record, if owners may; where
    # only functions make records, nobody owns this one.
    seeder = client.user(OWNER.name) if implicit else client.role()
    created = seeder.create(model["name"], **fields)
    return {**created, **fields, **implicit}


def key_of(model, record):
    return {name: record[name] for name in model.get("identifier") or ("id",)}


def changed(model, fixed, pattern):
    """Return a value for a field of the model that is none of the fixed ones, if there is one."""
    free = (m for m in model["members"] if m["name"] not in fixed and "model" not in m)
    return {member["name"]: value(member, pattern) for member in list(free)[:1]}


def outcomes(client, model, person, pattern):
    """Try each operation; return the answers, each with the record that it was about."""
    name = model["name"]
    by = caller(client, person)
    fields = {**sample(model, pattern), **owned(model)}
    created = by.call(name, "create", fields)
    if created.data:
        client.role().call(name, "delete", key_of(model, created.data))
    record = record_of(client, model, pattern)
    key = key_of(model, record)
    # An update of no field at all is let through for whoever may delete.
    change = changed(model, {*key, *owned(model)}, pattern)
    answers = {
        "create": (created, fields),
        "get": (by.call(name, "get", key), record),
        "list": (by.call(name, "list", limit=1000), record),
        "update": (by.call(name, "update", {**key, **change}), record),
        "delete": (by.call(name, "delete", key), record),
    }
    # Some models have keys that are the same in all samples.
    client.role().call(name, "delete", key)
    return answers


def mistakes(model, person, answers):
    """Return the operations that went otherwise than the rules say."""
    listed, record = answers.pop("list")
    sees = key_of(model, record) in [key_of(model, row) for row in listed.data]
    if sees is not allowed(model, person, "list", record):
        yield model["name"], person, "list", listed
    if may_ask(model, person) is listed.refused:
        yield model["name"], person, "list at all", listed
    for operation, (answer, about) in answers.items():
        expected = allowed(model, person, operation, about)
        if expected is answer.refused or (expected and answer.errors):
            yield model["name"], person, operation, answer


def check(client, pattern):
    """Try everything on all models, but for those with fields that have rules of their own."""
    wrong = [
        mistake
        for model in pattern["models"]
        if not any("authorization" in member for member in model["members"])
        for person in people(pattern)
        for mistake in mistakes(model, person, outcomes(client, model, person, pattern))
    ]
    assert wrong == []


def test_rules_decide_as_the_pattern_says(application, pattern, client_of):
    check(client_of(application.name), pattern)


@pytest.mark.xdist_group("every_rule")
def test_each_kind_of_rule_decides_as_it_says(composed, client_of):
    check(client_of("every_rule"), composed("every_rule"))
