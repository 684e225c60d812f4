"""What is generated where a service searches the models of a page."""

from __future__ import annotations

import re

import pytest
from loading import CATALOGUE, load_text

from ace_flow.generator import Templates, render
from ace_flow.workspace import shipped

FOLDER = shipped("templates")
RESOLVER = "amplify/data/resolvers/search-items.js"


def files(
    rules: str, fields: str = "", *, services: str = "opensearch", more: str = ""
) -> dict[str, str]:
    text = (
        f"name: test\nservices: [{services}]\n"
        f"models: [{{name: Item, fields: [{{name: title, type: string}}{fields}], "
        f"authorization: [{rules}]{more}}}]\n"
        "components: [{name: Find, type: search}]\n"
    )
    rendered = render(
        load_text(text).pattern,
        catalogue=CATALOGUE,
        folder=FOLDER,
        templates=Templates(FOLDER),
        read=lambda _: b"",
    )
    return {file.path: file.content.decode() for file in rendered}


def callers(made: dict[str, str]) -> str:
    query = made["amplify/data/resource.ts"].partition("searchItems:")[2]
    found = re.search(r"\.authorization\(\(allow\) => \[(.*)\]\)", query)
    assert found
    return found[1]


@pytest.mark.parametrize(
    ("rules", "asked", "filtered"),
    [
        ("{allow: authenticated}", "allow.authenticated()", False),
        ("{allow: groups, groups: [a, b]}", "allow.groups(['a', 'b'])", False),
        (
            "{allow: public_api_key}",
            "allow.publicApiKey()",
            False,
        ),
        ("{allow: owner}", "allow.authenticated()", True),
        (
            "{allow: owner}, {allow: groups, groups: [a]}",
            "allow.authenticated()",
            True,
        ),
        # Everybody may read all, whoever owns it.
        ("{allow: owner}, {allow: authenticated}", "allow.authenticated()", False),
        (
            "{allow: owner, operations: [create]}, {allow: groups, groups: [a]}",
            "allow.groups(['a'])",
            False,
        ),
        (
            "{allow: groups, groups: [a], group_claim: roles}",
            "allow.authenticated()",
            True,
        ),
    ],
)
def test_who_may_search_is_who_may_read(rules, asked, filtered):
    made = files(rules)
    assert callers(made) == asked
    assert ("readable(ctx.identity)" in made[RESOLVER]) == filtered


@pytest.mark.parametrize(
    ("rules", "more"),
    [
        ("{allow: guest}", ""),
        ("{allow: authenticated, operations: [list]}", ""),
        ("{allow: authenticated, operations: [get]}", ""),
        ("{allow: authenticated}, {allow: guest, operations: [list]}", ""),
        ("{allow: owner, identity_claim: 'email::sub'}", ""),
    ],
)
def test_a_model_whose_rules_cannot_be_kept_is_found_by_its_title(rules, more):
    made = files(rules, more=more)
    assert RESOLVER not in made
    assert "amplify/services/search.ts" not in made
    assert "find:" not in made["src/data/models/Item.ts"]
    assert "search:" in made["src/data/models/Item.ts"]


def test_without_the_service_nothing_is_searched():
    made = files("{allow: authenticated}", services="dynamodb")
    assert RESOLVER not in made
    assert "src/data/found.ts" not in made
    assert "search" not in made["amplify/backend.ts"].lower()


def test_only_texts_that_all_readers_may_read_are_kept():
    fields = (
        ", {name: note, type: string, array: true}, {name: site, type: url}"
        ", {name: mail, type: email}, {name: count, type: integer}"
        ", {name: hidden, type: string, authorization: [{allow: groups, groups: [a]}]}"
        ", {name: author, type: string}, {name: team, type: string}, {name: photoKey, type: string}"
        ", {name: images, type: url, array: true}"
        ", {name: parent, type: belongsTo, model: Item}"
    )
    rules = "{allow: owner, owner_field: author}, {allow: groups, group_field: team}"
    made = files(rules, fields)
    assert "const FIELDS = ['title^2', 'note', 'mail'];" in made[RESOLVER]
    kept = made["amplify/services/search.ts"].partition("KEPT")[2].partition("};")[0]
    assert "exact: ['id', 'author', 'team']" in kept
    assert "texts: ['title', 'note', 'mail']" in kept


def test_guests_search_titles_where_users_search_texts():
    made = files("{allow: guest, operations: [read]}, {allow: authenticated}")
    assert "onlyUsersFind: true" in made["src/data/models/Item.ts"]
    assert "onlyUsersFind" not in files("{allow: authenticated}")["src/data/models/Item.ts"]


def test_the_worker_and_the_search_share_a_domain():
    made = files("{allow: authenticated}", services="opensearch, lambda")
    backend = made["amplify/backend.ts"]
    assert "addOpenSearch(backend.createStack('search'), {" in backend
    assert "addSearch(backend.data, searchDomain);" in backend
    assert "RemovalPolicy" not in made["amplify/services/opensearch.ts"]
    assert "RemovalPolicy" in files("{allow: authenticated}")["amplify/services/opensearch.ts"]
