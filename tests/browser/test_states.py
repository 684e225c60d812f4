"""What pages show while they load, when something fails, without a connection, and to strangers."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import expect
from visits import Visitor

pytestmark = pytest.mark.toolchain

EVE = Visitor("eve", ("admins", "authors", "editors", "customers"))
TIRED = "The server is tired."
# A page of each type that lists something at once, in a pattern that has it.
PAGES = {
    "list": ("e_commerce", "product-grid"),
    "table": ("simple_crud", "task-table"),
    "detail": ("simple_crud", "contact-detail"),
    "one record": ("simple_crud", "contact-detail?id=one"),
    "form": ("simple_crud", "contact-form?id=one"),
    "dashboard": ("arrangements", "dashboard"),
    "chart": ("arrangements", "task-chart"),
    "metrics": ("arrangements", "station-metrics"),
    "kanban": ("arrangements", "task-board"),
    "calendar": ("arrangements", "task-calendar"),
    "feed": ("conversations", "feed"),
    "chat": ("conversations", "chat"),
    "search": ("simple_crud", "find-everything?q=a"),
    "editor": ("conversations", "editor?id=one"),
    "settings": ("conversations", "settings"),
    "admin": ("conversations", "admin"),
}
# Those that have nothing to show of a record that is not there, or are forms to fill in.
SINGLE = {"one record", "form", "editor", "settings", "admin"}


def params(kinds):
    return [
        pytest.param(*PAGES[kind], id=kind, marks=pytest.mark.xdist_group(PAGES[kind][0]))
        for kind in kinds
    ]


class Api:
    """Stands between a page and its backend: lets requests through, holds them, or refuses."""

    def __init__(self, page):
        self.mode = "pass"
        self._held = []
        page.route(re.compile("/graphql$"), self._answer)

    def _answer(self, route):
        if self.mode == "hold":
            self._held.append(route)
            return None
        if self.mode == "pass":
            return route.fallback()
        error = {"message": TIRED}
        if self.mode == "forbid":
            error = {"message": "Not Authorized to access x", "errorType": "Unauthorized"}
        names = re.findall(r"\{\s*(\w+)", route.request.post_data_json["query"])
        body = json.dumps({"data": {names[0]: None}, "errors": [error]})
        return route.fulfill(headers={"access-control-allow-origin": "*"}, body=body)

    def release(self, mode):
        self.mode = mode
        for route in self._held:
            self._answer(route)
        self._held.clear()


def open_page(app, path):
    visit = app.visit("", EVE)
    visit.see("navigation", "Pages")
    api = Api(visit.page)
    visit.page.evaluate(f"location.hash = '#/{path}'")
    expect(visit.page.locator("main > :not(header)").first).to_be_visible()
    expect(visit.page.locator("main").get_by_text("Loading")).to_have_count(0)
    # What the page is made of is here now.
    visit.page.evaluate("location.hash = '#/'")
    expect(visit.page.get_by_role("alert")).to_have_count(0)
    return visit, api


@pytest.mark.parametrize(("pattern", "path"), params(PAGES))
def test_a_page_loads_fails_and_waits_for_the_connection(app_of, pattern, path):
    visit, api = open_page(app_of(pattern), path)
    page = visit.page
    alerts = page.locator("main").get_by_role("alert")
    api.mode = "hold"
    page.evaluate(f"location.hash = '#/{path}'")
    expect(page.locator("main").get_by_text(re.compile("Loading|…$")).first).to_be_visible()
    api.release("fail")
    expect(alerts.filter(has_text=TIRED).first).to_be_visible()
    retries = page.get_by_role("button", name="Try again")
    expect(retries.first).to_be_visible()
    api.mode = "pass"
    while retries.count():
        retries.first.click()
        page.wait_for_timeout(100)
    expect(alerts).to_have_count(0)

    page.evaluate("location.hash = '#/'")
    api.mode = "forbid"
    page.evaluate(f"location.hash = '#/{path}'")
    expect(alerts.filter(has_text="You are not allowed to do this").first).to_be_visible()
    expect(retries).to_have_count(0)

    page.evaluate("location.hash = '#/'")
    api.mode = "pass"
    page.context.set_offline(True)
    page.evaluate(f"location.hash = '#/{path}'")
    expect(page.get_by_text("You are offline").first).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text("You are offline")).to_have_count(0)
    expect(page.locator("main").get_by_role("alert")).to_have_count(0)
    # The browser itself says what it could not load.
    offline = "ERR_INTERNET_DISCONNECTED"
    visit.problems[:] = [problem for problem in visit.problems if offline not in problem]


@pytest.mark.parametrize(("pattern", "path"), params(kind for kind in PAGES if kind not in SINGLE))
def test_an_empty_page_says_so(app_of, pattern, path):
    visit = app_of(pattern).visit(f"#/{path}", EVE)
    if path == "task-calendar":
        # An empty month is a month.
        visit.see("link", "New task")
        return
    said = "Nothing is found." if "?q=" in path else "There is nothing here yet."
    main = visit.page.locator("main")
    expect(main.get_by_text(said, exact=True).first).to_be_visible()


@pytest.mark.parametrize(
    ("pattern", "path"), params(kind for kind in PAGES if kind not in {"list", "feed"})
)
def test_strangers_are_asked_to_sign_in(app_of, pattern, path):
    visit = app_of(pattern).visit(f"#/{path}")
    visit.see("button", "Sign in")
