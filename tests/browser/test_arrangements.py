"""Boards, calendars, charts and dashboards, as somebody uses them in a browser."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime, timedelta

import pytest
from accessibility import faults
from playwright.sync_api import expect
from visits import Visitor

pytestmark = [pytest.mark.toolchain, pytest.mark.xdist_group("arrangements")]

EDITOR = Visitor("alice", ("editors",))
READER = Visitor("bob")
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmütze"


@pytest.fixture
def app(app_of):
    return app_of("arrangements")


def lane(page, name):
    return page.get_by_role("region", name=re.compile(rf"^{name} \d"))


def test_a_card_is_moved_without_a_mouse_and_keeps_the_focus(app):
    app.create(EDITOR, "Task", title="Roof", status="open")
    mine, theirs = app.visit("#/task-board", EDITOR), app.visit("#/task-board", READER)
    theirs.await_subscriptions(3)
    choice = mine.page.get_by_label("Move Roof to")
    choice.focus()
    choice.select_option("Done")
    expect(lane(mine.page, "Done").get_by_role("heading", name="Roof")).to_be_visible()
    expect(mine.page.get_by_label("Move Roof to")).to_be_focused()
    expect(mine.page.get_by_role("status").filter(has_text="Roof is now in Done.")).to_have_count(1)
    expect(lane(theirs.page, "Done").get_by_role("heading", name="Roof")).to_be_visible()


def test_a_card_is_dragged_and_stays_there(app):
    app.create(EDITOR, "Task", title="Roof")
    visit = app.visit("#/task-board", EDITOR)
    card = lane(visit.page, "No status").get_by_role("listitem").filter(has_text="Roof")
    card.drag_to(lane(visit.page, "Open"))
    expect(lane(visit.page, "Open").get_by_role("heading", name="Roof")).to_be_visible()
    expect(visit.page.get_by_text("Roof is now in Open.")).to_have_count(1)
    visit.page.reload()
    expect(lane(visit.page, "Open").get_by_role("heading", name="Roof")).to_be_visible()


def test_a_card_that_cannot_be_moved_goes_back(app):
    def refuse(route):
        if "updateTask" not in (route.request.post_data or ""):
            return route.fallback()
        errors = [{"message": "Not Authorized", "errorType": "Unauthorized"}]
        body = json.dumps({"data": {"updateTask": None}, "errors": errors})
        return route.fulfill(headers={"access-control-allow-origin": "*"}, body=body)

    app.create(EDITOR, "Task", title="Roof", status="open")
    visit = app.visit("#/task-board", EDITOR)
    visit.page.route("**/graphql", refuse)
    choice = visit.page.get_by_label("Move Roof to")
    choice.focus()
    choice.select_option("Done")
    expect(visit.page.get_by_role("alert")).to_contain_text("Roof was not moved.")
    expect(lane(visit.page, "Open").get_by_role("heading", name="Roof")).to_be_visible()
    expect(visit.page.get_by_label("Move Roof to")).to_be_focused()


def test_who_may_not_change_a_record_cannot_move_it(app):
    app.create(EDITOR, "Project", name="House", projectStage="idea", budget=1000)
    mine, theirs = app.visit("#/boards", EDITOR), app.visit("#/boards", READER)
    expect(mine.page.get_by_label("Move House to")).to_have_count(1)
    theirs.see("heading", "House")
    expect(theirs.page.get_by_label("Move House to")).to_have_count(0)


@pytest.mark.parametrize(
    ("zone", "days"), [("America/Los_Angeles", ["1", "2"]), ("Asia/Tokyo", ["2"])]
)
def test_events_are_on_their_days_where_people_are(app, zone, days):
    times = {"startsAt": "2026-05-02T01:00:00.000Z", "endsAt": "2026-05-02T10:00:00.000Z"}
    app.create(EDITOR, "Event", subject="Concert", **times)
    context = {"timezone_id": zone, "locale": "de-DE"}
    visit = app.visit("#/calendar?month=2026-05", EDITOR, **context)
    table = visit.see("table", "Events in Mai 2026")
    expect(table.get_by_role("columnheader").first).to_have_text("Mo")
    found = table.get_by_role("cell").filter(has_text="Concert").get_by_role("time")
    expect(found).to_have_text(days)


def test_days_are_reached_by_arrow_keys_and_lead_to_the_form(app):
    visit = app.visit("#/task-calendar?month=2031-02", EDITOR)
    visit.see("table", "Tasks in February 2031")
    day = visit.see("link", "February 1, 2031: new task")
    expect(visit.page.locator("[data-day][tabindex='0']")).to_have_count(1)
    day.focus()
    for key in ("ArrowDown", "ArrowRight", "Enter"):
        visit.page.keyboard.press(key)
    expect(visit.page.get_by_label("Start date")).to_have_value("2031-02-09")


def test_months_are_turned_and_today_is_marked(app):
    visit = app.visit("#/task-calendar?month=2031-12", EDITOR)
    visit.see("link", "Next").click()
    visit.see("heading", "January 2032")
    visit.see("link", "Previous").click()
    visit.see("heading", "December 2031")
    expect(visit.page.locator("[aria-current=date]")).to_have_count(0)
    visit.see("link", "Today").click()
    expect(visit.page.locator("[aria-current=date]")).to_have_count(1)


@pytest.mark.parametrize("width", [360, 1280])
def test_a_dashboard_writes_nothing_over_another_text(app, width):
    title = "Donaudampfschifffahrtsgesellschaftskapitaen " * 3
    app.create(EDITOR, "Task", title=title.strip())
    visit = app.visit("#/dashboard", EDITOR, viewport={"width": width, "height": 800})
    entry = visit.see("region", "Recent tasks").get_by_role("listitem")
    link, date = entry.get_by_role("link").bounding_box(), entry.locator("span").bounding_box()
    assert link["y"] + link["height"] <= date["y"] or link["x"] + link["width"] <= date["x"]


def test_a_chart_has_its_numbers_as_a_table(app):
    for status, minutes in (("open", 10), ("open", 20), ("done", 40)):
        app.create(EDITOR, "Task", title="Roof", status=status, spentMinutes=minutes)
    visit = app.visit("#/task-chart", EDITOR)
    for name, numbers in (
        ("Tasks by status", ["2", "0", "0", "1"]),
        ("Tasks: spent minutes by status", ["30", "0", "0", "40"]),
    ):
        panel = visit.see("region", name)
        panel.get_by_role("button", name="Show as table").press("Enter")
        rows = panel.get_by_role("row").filter(has=visit.page.get_by_role("rowheader"))
        expect(rows).to_have_text([re.compile(rf"\D{number}$") for number in numbers])


def test_pages_are_accessible_and_fit(app, toolbox):
    today = datetime.now(tz=UTC).date()
    for number in range(6):
        title = f"{LONG} {number}"
        dates = {"startDate": str(today), "dueDate": str(today + timedelta(days=number))}
        app.create(EDITOR, "Task", title=title, estimate=1.5, **dates)
    visit = app.visit("", EDITOR)
    wrong = []
    for path in ("task-board", "boards", "task-calendar", "calendar", "task-chart", "dashboard"):
        visit.go(f"#/{path}")
        expect(visit.page.get_by_role("heading", level=2).first).to_be_visible()
        expect(visit.page.get_by_text("Loading")).to_have_count(0)
        wrong += [f"{path}: {one}" for one in faults(visit.page, toolbox / "node_modules")]
    assert wrong == [], "\n".join(wrong)
