"""What the compiled backend lets people do with files, beside what the pattern's rules say."""

from __future__ import annotations

import urllib.request
from typing import NamedTuple

import pytest
from backend import identity_id

pytestmark = [pytest.mark.toolchain, pytest.mark.xdist_group("files")]

OWNER = "{entity_id}"
ALL = {"get", "list", "write", "delete"}


class Person(NamedTuple):
    """Somebody with a name, or a guest; with groups."""

    name: str
    groups: tuple[str, ...] = ()


PEOPLE = (
    Person(""),
    Person("owner"),
    Person("other"),
    Person("owner", ("curators",)),
    Person("other", ("visitors",)),
    Person("other", ("visitors", "curators")),
)


@pytest.fixture(scope="module")
def client(client_of):
    return client_of("files")


def caller(client, person):
    return client.user(person.name, *person.groups) if person.name else client.guest()


def expanded(operations):
    return {part for item in operations for part in ({"get", "list"} if item == "read" else {item})}


def allowed(rules, person, is_own):
    """Return what the rules of a path let somebody do there.

    Who is in groups has the role of the first of them, and what it may do, and nothing else.
    """
    group = min(person.groups, default=None)  # the order in which the pattern has them
    found = set()
    for rule in rules:
        kind = rule["allow"]
        if not person.name:
            fits = kind == "guest"
        elif group:
            fits = group in rule.get("groups", ())
        else:
            fits = kind == "authenticated" or (kind == "owner" and is_own)
        found |= expanded(rule["operations"]) if fits else set()
    return found


def done(client, person, folder):
    """Return what somebody could do in a folder."""
    by, role = caller(client, person), client.role()
    path = f"{folder}file.txt"
    assert role.files("write", path, 3).data
    attempts = {
        "get": by.files("get", path).data == 3,
        "list": path in (by.files("list", folder).data or {}).get("paths", ()),
        "write": by.files("write", f"{folder}other.txt", 3).data is True,
        "delete": by.files("delete", path).data is True,
    }
    assert (role.files("get", path).data is None) is attempts["delete"]
    return {operation for operation, went_well in attempts.items() if went_well}


def test_rules_decide_as_the_pattern_says(client, composed):
    wrong = []
    for item in composed("files")["storage"]["paths"]:
        folder = item["path"].removesuffix("*").replace(OWNER, identity_id("owner"))
        for person in PEOPLE:
            is_own = OWNER in item["path"] and person.name == "owner"
            expected = allowed(item["rules"], person, is_own)
            if (found := done(client, person, folder)) != expected:
                wrong.append((folder, person, found, expected))
    assert wrong == []


def test_a_refusal_says_so(client):
    answer = client.guest().files("write", "incoming/file.txt", 3)
    assert answer.errors[0]["errorType"] == "AccessDenied"


@pytest.mark.parametrize("path", ["pictures/../shared/x.txt", "elsewhere/x.txt", "x.txt"])
def test_a_path_without_rules_is_closed(client, path):
    assert client.user("owner").files("write", path, 3).errors
    assert client.user("owner").files("get", path).errors


def test_a_link_is_for_what_its_maker_may_see(client):
    path = f"pictures/{identity_id('owner')}/a b&ü.txt"
    assert client.user("owner").files("write", path, 5).data is True
    assert client.user("other").files("link", path).data == 5
    assert client.role().files("write", "shared/x.txt", 5).data is True
    assert client.user("other").files("link", "shared/x.txt").data == 403
    assert client.user("other").files("link", f"{path}.missing").data == 404


def test_lists_come_in_pages(client):
    folder = f"pictures/{identity_id('pages')}/"
    mine = client.user("pages")
    paths = [f"{folder}{number} <&>.txt" for number in range(5)]
    for path in paths:
        assert mine.files("write", path, 1).data is True
    found, token = [], None
    for size in (2, 2, 1):
        options = {"pageSize": 2, **({"nextToken": token} if token else {})}
        answer = mine.files("list", folder, options)
        assert answer.errors == []
        page = answer.data
        assert len(page["paths"]) == size
        found += page["paths"]
        token = page.get("nextToken")
    assert found == paths
    assert token is None


@pytest.mark.parametrize(
    ("kind", "policy"),
    [
        ("text/html", "sandbox"),
        ("image/svg+xml", "sandbox"),
        ("", "sandbox"),
        ("image/png", None),
        ("application/pdf", None),
    ],
)
def test_what_is_uploaded_is_no_page_of_ours(client, kind, policy):
    top = client.url.removesuffix("/graphql")
    address = f"{top}/s3/local-files/shared/x?X-Amz-Security-Token=role"
    sent = urllib.request.Request(address, b"<b>", {"content-type": kind}, method="PUT")  # noqa: S310 it is ours
    urllib.request.urlopen(sent).close()  # noqa: S310 the same
    with urllib.request.urlopen(address) as response:  # noqa: S310 the same
        assert response.headers["content-type"] == kind
        assert response.headers["content-security-policy"] == policy
