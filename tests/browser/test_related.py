"""Pages of one record show what belongs to it, as people find it in a browser."""

from __future__ import annotations

import pytest
from accessibility import findings
from playwright.sync_api import expect
from visits import Visitor

pytestmark = [pytest.mark.toolchain, pytest.mark.xdist_group("simple_crud")]

ALICE = Visitor("alice")
BOB = Visitor("bob")


@pytest.fixture
def app(app_of):
    return app_of("simple_crud")


@pytest.fixture
def house(app):
    """Make two projects, each with a task, and a task without one; return the first project."""
    house, garden = (app.create(ALICE, "Project", name=name) for name in ("House", "Garden"))
    app.create(ALICE, "Task", title="Mend the roof", projectId=house)
    app.create(ALICE, "Task", title="Cut the hedge", projectId=garden)
    app.create(ALICE, "Task", title="Have a rest")
    return house


def test_a_record_is_shown_with_what_belongs_to_it_alone(app, house, toolbox):
    visit = app.visit(f"#/project-detail?id={house}", ALICE)
    tasks = visit.see("region", "Tasks")
    expect(tasks.get_by_role("link", name="Mend the roof")).to_be_visible()
    expect(tasks.get_by_role("status")).to_have_text("1 shown")
    expect(visit.page.get_by_text("Cut the hedge")).to_have_count(0)
    expect(visit.page.get_by_text("Have a rest")).to_have_count(0)
    assert findings(visit.page, toolbox / "node_modules") == []


def test_only_what_others_add_to_the_record_appears(app, house):
    visit = app.visit(f"#/project-detail?id={house}", ALICE)
    tasks = visit.see("region", "Tasks")
    expect(tasks.get_by_role("status")).to_have_text("1 shown")
    visit.await_subscriptions(3)
    for title, address in (("Have a break", ""), ("Paint the door", f"?projectId={house}")):
        theirs = app.visit(f"#/task-form{address}", BOB)
        theirs.page.get_by_label("Title").fill(title)
        theirs.see("button", "Save").click()
        expect(theirs.page.get_by_text("Saved.")).to_be_visible()
    expect(tasks.get_by_role("heading", level=3)).to_have_text(["Paint the door", "Mend the roof"])


def test_a_new_record_belongs_to_the_one_that_it_was_begun_from(app, house):
    visit = app.visit(f"#/project-detail?id={house}", ALICE)
    visit.see("region", "Tasks").get_by_role("link", name="New task").click()
    visit.see("form", "New task")
    expect(visit.page.get_by_label("Project", exact=True)).to_have_value("House")
    visit.page.get_by_label("Title").fill("Sweep the chimney")
    visit.see("button", "Save").click()
    expect(visit.page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    visit.go(f"#/project-detail?id={house}")
    tasks = visit.see("region", "Tasks")
    expect(tasks.get_by_role("link", name="Sweep the chimney")).to_be_visible()


def test_nothing_is_listed_below_no_record(app, house):
    visit = app.visit("#/project-detail", ALICE)
    visit.see("link", "House")
    expect(visit.page.get_by_role("region", name="Tasks")).to_have_count(0)


def test_what_a_record_belongs_to_is_a_link_and_no_list(app, house):
    task = app.create(ALICE, "Task", title="Wash up", projectId=house)
    visit = app.visit(f"#/task-detail?id={task}", ALICE)
    visit.see("link", "House").click()
    expect(visit.page.get_by_role("heading", level=1, name="House")).to_be_visible()
    visit.go(f"#/task-detail?id={task}")
    visit.see("link", "House")
    expect(visit.page.get_by_text("Garden")).to_have_count(0)
