"""The navigation lists the pages to which no other page leads."""

from __future__ import annotations

import re

import pytest
from loading import load_text
from rendering import files_of

USERS = "{allow: authenticated}"
STAFF = "{allow: groups, groups: [staff]}"
FIELDS = (
    "{name: title, type: string}, {name: image, type: string}, "
    "{name: state, type: enum, values: [a]}"
)


def inner(*pages, rules=USERS):
    """Return which of some pages of a model are left to others to lead to."""
    listed = "".join(f"- {{name: P{n}, models: [A], {page}}}\n" for n, page in enumerate(pages))
    text = (
        f"name: test\nservices: [s3]\nmodels: [{{name: A, authorization: [{rules}], "
        f"fields: [{FIELDS}]}}]\ncomponents:\n{listed}"
    )
    routes = files_of(load_text(text).pattern)["src/routes.ts"].split("path: '/p")[1:]
    return [int(re.match(r"\d", route)[0]) for route in routes if "isInner: true" in route]


@pytest.mark.parametrize("kind", ["list", "table", "dashboard", "kanban"])
def test_lists_lead_to_records_and_to_new_ones(kind):
    assert inner("type: form", "type: detail", f"type: {kind}") == [0, 1]


def test_without_one_all_pages_are_listed():
    assert inner("type: form", "type: detail") == []
    assert inner("type: form", "type: wizard", "type: chart") == []


@pytest.mark.parametrize("kind", ["search", "feed", "gallery"])
def test_what_leads_to_records_alone_leaves_the_form_where_it_is(kind):
    assert inner("type: form", "type: detail", f"type: {kind}") == [1]


def test_only_the_page_to_which_links_lead_is_left_out():
    assert inner("type: form", "type: form", "type: detail", "type: detail", "type: list") == [0, 2]


def test_who_may_make_records_and_not_see_the_list_finds_the_form():
    makers = f"{{allow: authenticated, operations: [create]}}, {STAFF}"
    assert inner("type: form", "type: table", rules=makers) == []
    assert inner("type: form", "type: table", rules=STAFF) == [0]
    assert inner("type: form", "type: table", rules=f"{STAFF}, {{allow: guest}}") == [0]


def test_the_pattern_has_the_last_word():
    assert inner("type: form, listed: true", "type: list, listed: false") == [1]
