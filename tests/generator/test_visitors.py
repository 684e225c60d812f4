"""Pages are shown to those who can do there what they are for."""

from __future__ import annotations

import re

import pytest
from loading import load_text
from rendering import files_of

STAFF = "{allow: groups, groups: [staff]}"
BOSSES = "{allow: groups, groups: [bosses]}"
OWNER = "{allow: owner}"
READERS = "{allow: authenticated, operations: [read]}"
GUESTS = "{allow: guest, operations: [read]}"


def route(kind, *models, more=""):
    """Return what the route of a page says of who may use it; a model is its list of rules."""
    named = dict(zip("ABC", models, strict=False))
    stated = "".join(
        f"- name: Model{name}\n  authorization: [{rules}]\n  fields:\n"
        "  - {name: title, type: string}\n  - {name: status, type: enum, values: [open, done]}\n"
        for name, rules in named.items()
    )
    shown = ", ".join(f"Model{name}" for name in named)
    text = (
        f"name: test\nauth: {{groups: [staff, bosses]}}\nmodels:\n{stated}"
        f"components: [{{name: Page, type: {kind}, models: [{shown}]{more}}}]"
    )
    routes = files_of(load_text(text).pattern)["src/routes.ts"]
    return dict(re.findall(r"(audience|shownTo): ('\w+'|\[.*?\])", routes))


@pytest.mark.parametrize(
    ("kind", "models", "stated"),
    [
        ("table", [STAFF], {"audience": "['staff']"}),
        ("table", [OWNER], {}),
        ("table", [f"{READERS}, {GUESTS}"], {"audience": "'everyone'"}),
        ("form", [f"{READERS}, {STAFF}"], {"audience": "['staff']"}),
        # Its address still opens what everybody may see of it.
        ("list", [STAFF, OWNER], {"shownTo": "['staff']"}),
        ("list", [OWNER, STAFF], {}),
        ("dashboard", [OWNER, STAFF], {"shownTo": "['staff']"}),
        ("chart", [STAFF, READERS, OWNER], {"shownTo": "['staff']"}),
        ("chart", [STAFF, BOSSES], {"audience": "['bosses', 'staff']"}),
        ("kanban", [f"{READERS}, {STAFF}"], {"shownTo": "['staff']"}),
        (
            "kanban",
            [f"{READERS}, {GUESTS}, {OWNER}"],
            {"audience": "'everyone'", "shownTo": "'users'"},
        ),
        ("kanban", [READERS], {}),
    ],
)
def test_a_page_is_shown_to_those_who_can_do_what_it_is_for(kind, models, stated):
    assert route(kind, *models) == stated


@pytest.mark.parametrize(
    ("audience", "rules", "stated"),
    [
        ("staff", f"{READERS}, {GUESTS}", {"audience": "['staff']"}),
        ("staff, bosses", STAFF, {"audience": "['staff']"}),
        ("authenticated", f"{READERS}, {GUESTS}", {}),
        ("guest", f"{READERS}, {GUESTS}", {"audience": "'everyone'"}),
        # It narrows, and gives nobody rights.
        ("guest", READERS, {}),
        ("authenticated", STAFF, {"audience": "['staff']"}),
        ("bosses", STAFF, {"audience": "[]"}),
    ],
)
def test_a_page_is_shown_to_its_audience_of_those_who_may_use_it(audience, rules, stated):
    assert route("list", rules, more=f", audience: [{audience}]") == stated


@pytest.mark.parametrize(
    ("purpose", "said"), [("", False), ("Task PAGE", False), ("See what is to be done", True)]
)
def test_a_description_does_not_say_the_title_again(purpose, said):
    text = (
        "name: test\nmodels: [{name: Task, fields: [{name: title, type: string}]}]\n"
        f"components: [{{name: TaskPage, type: list, purpose: '{purpose}'}}]"
    )
    assert ("description:" in files_of(load_text(text).pattern)["src/routes.ts"]) is said
