"""What the status page says of a rule: for each rule, person and operation, or nothing."""

from __future__ import annotations

import json
import subprocess
from functools import cache

import pytest
from backend import SANDBOX

pytestmark = pytest.mark.toolchain

ASK = """
import { readFileSync } from 'node:fs';
import { explain } from './status/explaining.js';
console.log(JSON.stringify(JSON.parse(readFileSync(0, 'utf8')).map(explain)));
"""
NOTHING = "decided by the compiled rules"

OWNER = {"allow": "owner", "provider": "userPools", "ownerField": "owner"}
OWN = {**OWNER, "identityClaim": "cognito:username"}
MEMBERS = {**OWN, "ownerField": "members", "operations": ["read", "update"]}
BY_SUB = {**OWNER, "identityClaim": "sub"}
BY_MAIL = {**OWNER, "ownerField": "mail", "identityClaim": "email"}
KEEPERS = {"allow": "groups", "provider": "userPools", "groups": ["keepers", "heads"]}
READERS = {**KEEPERS, "groups": ["readers"], "operations": ["read"]}
TEAM = {"allow": "groups", "provider": "userPools", "groupsField": "team", "groupField": "groups"}
ROLES = {**KEEPERS, "groupClaim": "roles"}
USERS = {"allow": "private", "operations": ["create", "read"]}
SIGNED = {"allow": "private", "provider": "identityPool"}
GUESTS = {"allow": "public", "provider": "identityPool", "operations": ["read"]}
KEY = {"allow": "public", "provider": "apiKey", "operations": ["get", "list"]}
OTHER_KEY = {"allow": "public", "operations": ["listen"]}
CUSTOM = {"allow": "custom", "provider": "function"}
OIDC = {"allow": "private", "provider": "oidc"}


def user(name, *groups, **claims):
    told = {"sub": f"sub-{name}", "username": name, "cognito:groups": list(groups), **claims}
    return {"kind": "user", "name": name, "claims": told}


def other(kind, name):
    return {"kind": kind, "name": name, "claims": {}}


ANN, BO = user("ann"), user("bo", "keepers", "blue")
KEYED, GUEST = other("key", "the API key"), other("guest", "a guest")
POOLED = other("signed", "ann (identity pool)")
OF_ANN, OF_BO = {"owner": "sub-ann::ann"}, {"owner": "sub-bo::bo"}

# Rules, person, operation, outcome, what is more, and what is said.
CASES = [
    # Rules that ask for no record.
    ([KEEPERS], BO, "create", "allowed", {}, "allowed: groups keepers, heads may create"),
    ([KEEPERS], BO, "listen", "allowed", {}, "allowed: groups keepers, heads may listen"),
    ([READERS, KEEPERS], BO, "get", "allowed", {}, "allowed: groups keepers, heads may read"),
    ([READERS], user("cy", "readers"), "list", "allowed", {}, "allowed: groups readers may read"),
    (
        [ROLES],
        user("cy", roles="heads"),
        "delete",
        "allowed",
        {},
        "allowed: groups keepers, heads may delete",
    ),
    ([ROLES], BO, "delete", "denied", {}, "denied: no rule of Note lets bo delete"),
    ([USERS], ANN, "create", "allowed", {}, "allowed: everybody who is signed in may create"),
    ([SIGNED], POOLED, "update", "allowed", {}, "allowed: everybody who is signed in may update"),
    ([GUESTS], GUEST, "list", "allowed", {}, "allowed: guests may read"),
    ([KEY], KEYED, "list", "allowed", {}, "allowed: everybody with the API key may read"),
    ([OTHER_KEY], KEYED, "listen", "allowed", {}, "allowed: everybody with the API key may listen"),
    # Nobody whom a rule could concern.
    ([READERS, USERS], BO, "delete", "denied", {}, "denied: no rule of Note lets bo delete"),
    ([KEEPERS], ANN, "create", "denied", {}, "denied: no rule of Note lets ann create"),
    ([KEY], KEYED, "listen", "denied", {}, "denied: no rule of Note lets the API key listen"),
    ([KEY], GUEST, "list", "denied", {}, "denied: no rule of Note lets a guest read"),
    (
        [USERS],
        POOLED,
        "list",
        "denied",
        {},
        "denied: no rule of Note lets ann (identity pool) read",
    ),
    ([SIGNED, OIDC], ANN, "list", "denied", {}, "denied: no rule of Note lets ann read"),
    (
        [OWN],
        GUEST,
        "update",
        "denied",
        {"records": [OF_ANN]},
        "denied: no rule of Note lets a guest update",
    ),
    (
        [TEAM],
        ANN,
        "update",
        "denied",
        {"records": [{"team": "blue"}]},
        "denied: no rule of Note lets ann update",
    ),
    ([], ANN, "get", "denied", {}, "denied: no rule of Note lets ann read"),
    # Owners, by what records name.
    ([OWN], ANN, "create", "allowed", {"records": [OF_ANN]}, "allowed: owner (owner) may create"),
    ([OWN], ANN, "get", "allowed", {"records": [OF_ANN]}, "allowed: owner (owner) may read"),
    (
        [OWN],
        ANN,
        "delete",
        "allowed",
        {"records": [{"owner": "ann"}]},
        "allowed: owner (owner) may delete",
    ),
    ([OWN], ANN, "update", "allowed", {"records": [OF_ANN]}, "allowed: owner (owner) may update"),
    (
        [BY_SUB],
        ANN,
        "get",
        "allowed",
        {"records": [{"owner": "sub-ann"}]},
        "allowed: owner (owner) may read",
    ),
    (
        [BY_MAIL],
        user("cy", email="c@d.ef"),
        "get",
        "allowed",
        {"records": [{"mail": "c@d.ef"}]},
        "allowed: owner (mail) may read",
    ),
    (
        [OWN, MEMBERS],
        ANN,
        "update",
        "allowed",
        {"records": [{**OF_BO, "members": ["ann"]}]},
        "allowed: owner (members) may update",
    ),
    (
        [OWN, READERS],
        BO,
        "update",
        "denied",
        {"records": [OF_ANN]},
        "denied: no rule of Note lets bo update this record",
    ),
    (
        [OWN],
        BO,
        "create",
        "denied",
        {"records": [OF_ANN]},
        "denied: no rule of Note lets bo create this record",
    ),
    # Groups that records name.
    (
        [TEAM],
        BO,
        "get",
        "allowed",
        {"records": [{"team": "blue"}]},
        "allowed: groups named in team may read",
    ),
    (
        [TEAM],
        BO,
        "get",
        "denied",
        {"records": [{"team": "red"}]},
        "denied: no rule of Note lets bo read this record",
    ),
    (
        [TEAM],
        BO,
        "create",
        "denied",
        {"records": [{}]},
        "denied: no rule of Note lets bo create this record",
    ),
    # Lists hold what rules open.
    (
        [OWN, TEAM],
        BO,
        "list",
        "allowed",
        {"records": [OF_BO, {"team": "blue"}]},
        "allowed, filtered by record: owner (owner) may read; groups named in team may read",
    ),
    (
        [OWN, TEAM],
        ANN,
        "list",
        "allowed",
        {"records": []},
        "allowed, filtered by record: owner (owner) may read",
    ),
    ([OWN], ANN, "get", "allowed", {}, "allowed, filtered by record: owner (owner) may read"),
    ([OWN], ANN, "listen", "allowed", {}, "allowed, filtered by record: owner (owner) may listen"),
    # Whom rules do not concern.
    (
        [OWN],
        other("account", "the account itself"),
        "delete",
        "allowed",
        {},
        "allowed: rules do not concern the account itself",
    ),
    ([OWN], other("function", "function pay"), "delete", "denied", {}, NOTHING),
    # What does not fit.
    ([KEEPERS], BO, "create", "failed", {}, NOTHING),
    ([KEEPERS], BO, "create", "denied", {}, NOTHING),
    ([KEEPERS], ANN, "create", "allowed", {}, NOTHING),
    ([CUSTOM], ANN, "create", "allowed", {}, NOTHING),
    ([OWN], ANN, "create", "denied", {"records": [{}]}, NOTHING),
    ([OWN], ANN, "update", "denied", {"records": [OF_ANN]}, NOTHING),
    ([OWN], ANN, "update", "denied", {}, NOTHING),
    ([OWN], ANN, "list", "denied", {}, NOTHING),
    ([OWN], ANN, "get", "allowed", {"records": [OF_BO]}, NOTHING),
    ([OWN], ANN, "list", "allowed", {"records": [OF_ANN, OF_BO]}, NOTHING),
    ([OWN], ANN, "update", "allowed", {"records": [OF_ANN], "input": {"owner": "ann"}}, NOTHING),
    ([OWN], ANN, "update", "allowed", {"records": [OF_BO]}, NOTHING),
    ([OWN], ANN, "delete", "allowed", {}, NOTHING),
]


@cache
def answers():
    asked = [
        {
            "model": "Note",
            "rules": rules,
            "person": person,
            "operation": operation,
            "outcome": outcome,
            "input": {},
            "records": None,
            **more,
        }
        for rules, person, operation, outcome, more, _ in CASES
    ]
    done = subprocess.run(
        ["node", "--input-type=module", "--eval", ASK],
        cwd=SANDBOX,
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


@pytest.mark.parametrize("number", range(len(CASES)))
def test_says_which_rule_decided(number):
    assert answers()[number] == CASES[number][5]


READ = """
import { readAssembly } from './assembly/model.js';
import { buildSchema } from './graphql/schema.js';
import { callersOf } from './status/calling.js';
const [folder, names] = process.argv.slice(1);
const model = readAssembly(folder);
const engine = { model, schema: buildSchema(model.sdl) };
const found = JSON.parse(names).map(([type, field]) => callersOf(engine, type, field));
console.log(JSON.stringify(found));
"""
ROOTS = {"queries": "Query", "mutations": "Mutation", "subscriptions": "Subscription"}
CALLERS = {
    "guest": ("public", "identityPool"),
    "public_api_key": ("public", None),
    "authenticated": ("private", None),
}


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(name, marks=pytest.mark.xdist_group(name))
        for name in ("e_commerce", "whole_backend")
    ],
)
def test_who_may_call_is_read_off_what_is_compiled(name, sandbox, synthesized, composed):
    pattern = composed(name)
    declared = {
        (root, operation["name"]): operation["authorization"]
        for kind, root in ROOTS.items()
        for operation in pattern.get(kind, [])
    }
    done = subprocess.run(
        ["node", "--input-type=module", "--eval", READ, synthesized(name), json.dumps([*declared])],
        cwd=sandbox,
        capture_output=True,
        text=True,
        check=True,
    )
    found = dict(zip(declared, json.loads(done.stdout), strict=True))
    told = {
        key: {
            (rule["allow"], frozenset(rule["groups"]))
            if "groups" in rule
            else (rule["allow"], rule.get("provider"))
            for rule in rules
        }
        for key, rules in found.items()
    }
    assert told == {
        key: {
            ("groups", frozenset(rule["groups"])) if "groups" in rule else CALLERS[rule["allow"]]
            for rule in rules
        }
        for key, rules in declared.items()
    }
