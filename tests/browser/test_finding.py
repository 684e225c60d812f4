"""A page that searches with a service, as people use it who may read different records."""

from __future__ import annotations

import re

import pytest
from accessibility import findings
from backend import identity
from playwright.sync_api import expect
from visits import Visitor

pytestmark = [pytest.mark.toolchain, pytest.mark.xdist_group("search")]

ANNA = Visitor("anna")
BEN = Visitor("ben")
EVE = Visitor("eve")
DORA = Visitor("dora", ("editors",))


@pytest.fixture
def app(app_of):
    return app_of("search")


def found(visit, title):
    """Return the records of a model that the page shows."""
    return visit.page.get_by_role("region", name=title).get_by_role("listitem")


def test_everybody_finds_what_they_may_read(app, toolbox):
    app.create(
        ANNA,
        "Note",
        title="Zebra",
        body="About the pedestrian crossing",
        readers=[identity("ben")],
    )
    app.create(ANNA, "Note", title="Crossing the river")
    for visitor, count in ((ANNA, 2), (BEN, 1), (EVE, 0), (DORA, 2)):
        visit = app.visit("#/find-all", visitor)
        visit.page.get_by_label("Search").fill("CROSS")
        notes = visit.page.get_by_role("region", name="Notes")
        expect(notes.get_by_text(f"{count} shown")).to_be_visible()
        expect(found(visit, "Notes")).to_have_count(count)
    visit.page.get_by_label("Search").fill("pedest cross")
    expect(found(visit, "Notes")).to_have_count(1)
    expect(found(visit, "Notes")).to_contain_text("Zebra")
    expect(visit.page).to_have_url(re.compile(r"q=pedest"))
    assert findings(visit.page, toolbox / "node_modules") == []
    visit.page.get_by_label("Search").fill("pedest lion")
    expect(notes.get_by_text("Nothing is found.")).to_be_visible()


def test_more_is_shown_when_it_is_asked_for(app):
    for number in range(30):
        app.create(ANNA, "Folder", name=f"Binder {number}")
    visit = app.visit("#/find-all?q=bind", ANNA)
    expect(found(visit, "Folders")).to_have_count(25)
    folders = visit.page.get_by_role("region", name="Folders")
    folders.get_by_role("button", name="Load more").click()
    expect(found(visit, "Folders")).to_have_count(30)
    expect(folders.get_by_role("button", name="Load more")).to_have_count(0)


def test_guests_find_what_is_public(app):
    app.create(DORA, "Page", heading="Opening hours", text="Closed on the moon")
    app.create(ANNA, "Offer", "shop", shop="Corner", number=7, label="Moon cheese")
    visit = app.visit("#/find-public")
    visit.page.get_by_label("Search").fill("moon")
    expect(found(visit, "Offers")).to_have_count(1)
    # No service is within reach of those who have no key to it: they find titles.
    expect(visit.page.get_by_role("region", name="Pages")).to_contain_text("Nothing is found.")
    visit.page.get_by_label("Search").fill("hours")
    expect(found(visit, "Pages")).to_have_count(1)
    visit = app.visit("#/find-public?q=moon", EVE)
    expect(found(visit, "Pages")).to_have_count(1)
