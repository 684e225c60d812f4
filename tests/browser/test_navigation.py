"""The navigation leads people to what they may do, and nowhere else."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect
from visits import Visitor

pytestmark = [pytest.mark.toolchain, pytest.mark.xdist_group("arrangements")]

ALICE = Visitor("alice")
EVE = Visitor("eve", ("editors",))


@pytest.fixture
def app(app_of):
    return app_of("arrangements")


def test_a_page_for_a_group_is_shown_to_its_members(app):
    for visitor, count in ((ALICE, 0), (EVE, 1)):
        visit = app.visit(visitor=visitor)
        pages = visit.see("navigation", "Pages")
        expect(pages.get_by_role("link", name="Task form")).to_have_count(1)
        expect(pages.get_by_role("link", name="Event form")).to_have_count(count)
        cards = visit.page.get_by_role("main").get_by_role("link", name="Event form")
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
