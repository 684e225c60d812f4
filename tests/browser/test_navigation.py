"""The navigation leads people to what they may do, and nowhere else."""

from __future__ import annotations

import pytest
from accessibility import findings
from playwright.sync_api import expect
from visits import Visitor

pytestmark = [pytest.mark.toolchain, pytest.mark.xdist_group("arrangements")]

ALICE = Visitor("alice")
CARL = Visitor("carl", ("accountants",))


@pytest.fixture
def app(app_of):
    return app_of("arrangements")


def test_a_page_for_a_group_is_shown_to_its_members(app_of):
    app = app_of("display")
    for visitor, count in ((ALICE, 0), (CARL, 1)):
        visit = app.visit(visitor=visitor)
        pages = visit.see("navigation", "Pages")
        expect(pages.get_by_role("link", name="Rates")).to_have_count(1)
        expect(pages.get_by_role("link", name="Bills")).to_have_count(count)
        cards = visit.page.get_by_role("main").get_by_role("link", name="Bills")
        expect(cards).to_have_count(count)


def test_its_address_says_that_it_is_not_for_others(app):
    visit = app.visit("#/event-form", ALICE)
    expect(visit.page.get_by_role("alert")).to_contain_text("No access")
    expect(visit.page.get_by_role("form")).to_have_count(0)


def test_guests_are_asked_to_sign_in_where_nothing_is_for_them(app):
    visit = app.visit()
    expect(visit.page.get_by_text("Sign in to see the pages.")).to_be_visible()
    expect(visit.see("navigation", "Pages").get_by_role("link")).to_have_count(0)
    visit.page.get_by_role("main").get_by_role("link", name="Sign in").click()
    visit.see("button", "Sign in")


def pages_of(visit):
    return visit.see("navigation", "Pages").get_by_role("link").all_inner_texts()


def test_pages_that_others_lead_to_are_not_listed(app_of):
    app = app_of("display")
    visit = app.visit(visitor=ALICE)
    shown = ["All articles", "Newest articles", "Board", "Rates", "Write", "New bill", "New rate"]
    assert pages_of(visit) == shown
    cards = visit.page.get_by_role("main").get_by_role("listitem").get_by_role("link")
    assert cards.all_inner_texts() == shown
    visit.go("#/article-table")
    # An empty table offers it once more.
    visit.page.get_by_role("link", name="New article").first.click()
    visit.see("form", "New article")


def test_many_pages_are_listed_in_sections(app_of):
    visit = app_of("display").visit(visitor=ALICE)
    pages = visit.see("navigation", "Pages")
    added = pages.get_by_role("list", name="Add").get_by_role("link")
    expect(added).to_have_text(["Write", "New bill", "New rate"])
    expect(pages.get_by_role("heading")).to_have_text(["Browse", "Add"])
    cards = visit.page.get_by_role("main").get_by_role("list", name="Add").get_by_role("link")
    expect(cards).to_have_text(["Write", "New bill", "New rate"])


def test_on_a_phone_a_button_shows_the_pages(app_of, toolbox):
    visit = app_of("display").visit(
        "#/article-board", ALICE, viewport={"width": 360, "height": 740}
    )
    page = visit.page
    menu = visit.see("button", "Menu")
    links = page.get_by_role("navigation", name="Pages").get_by_role("link")
    expect(links).to_have_count(0)
    expect(menu).to_have_attribute("aria-expanded", "false")
    menu.focus()
    page.keyboard.press("Enter")
    expect(menu).to_have_attribute("aria-expanded", "true")
    expect(links).to_have_count(7)
    expect(page.locator("[aria-current=page]")).to_have_text("Board")
    assert findings(page, toolbox / "node_modules") == []
    page.keyboard.press("Tab")
    expect(links.first).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).to_be_focused()
    expect(links).to_have_count(0)
    page.keyboard.press("Enter")
    links.filter(has_text="Rates").click()
    visit.see("heading", "Rates")
    expect(links).to_have_count(0)
    expect(page.get_by_role("main")).to_be_focused()
