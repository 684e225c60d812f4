"""The smallest application, as somebody uses it in a browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml
from accessibility import faults
from playwright.sync_api import expect
from visits import Visitor

pytestmark = [pytest.mark.toolchain, pytest.mark.xdist_group("simple_crud")]

PATTERN = Path(__file__).parents[2] / "patterns" / "simple_crud.yml"
ALICE = Visitor("alice")
BOB = Visitor("bob")
DORA = Visitor("dora", ("admins",))


@pytest.fixture
def app(app_of):
    return app_of("simple_crud")


def test_the_navigation_leads_to_all_pages_that_no_other_leads_to(app):
    visit = app.visit(visitor=ALICE)
    visit.see("heading", "Simple CRUD")
    links = visit.page.get_by_role("navigation", name="Pages").get_by_role("link")
    names = links.all_inner_texts()
    components = yaml.safe_load(PATTERN.read_text(encoding="utf-8"))["components"]
    own = [item["title"] for item in components if item["type"] not in {"detail", "form"}]
    # Lists lead to all others but this one.
    assert sorted(names) == sorted([*own, "New category"])
    for name in names:
        links.filter(has_text=name).click()
        heading = visit.page.get_by_role("heading", level=1, name=name, exact=True)
        expect(heading).to_be_visible()
        expect(visit.page).to_have_title(re.compile(f"^{name} .+ Simple CRUD$"))
        expect(visit.page.get_by_text("Loading")).to_have_count(0)


def test_a_record_is_created_shown_changed_and_deleted(app):
    visit = app.visit("#/project-form", ALICE)
    page = visit.page
    visit.see("form", "New project")
    page.get_by_label("Name").fill("House")
    page.get_by_label("Budget").fill("1234.5")
    page.get_by_label("Start date").fill("2031-01-31")
    visit.see("button", "Save").click()
    expect(page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    expect(page.get_by_label("Name")).to_have_value("")

    visit.go("#/project-table")
    row = page.get_by_role("row").filter(has_text="House")
    expect(row).to_contain_text("1,234.5")
    row.get_by_role("link", name="Edit House").click()

    visit.see("form", "Edit project: House")
    expect(visit.page).to_have_title(re.compile("^Edit project: House . Simple CRUD$"))
    expect(page.get_by_label("Budget")).to_have_value("1234.5")
    page.get_by_label("Name").fill("Garden house")
    visit.see("button", "Save").click()
    expect(page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()

    visit.go("#/project-table")
    visit.see("button", "Delete Garden house").click()
    visit.see("dialog", "Delete Garden house?")
    visit.see("button", "Cancel").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    visit.see("button", "Delete Garden house").click()
    visit.see("dialog", "Delete Garden house?").get_by_role("button", name="Delete").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_text("Garden house")).to_have_count(0)


def test_a_required_field_is_asked_for(app):
    visit = app.visit("#/project-form", ALICE)
    visit.see("button", "Save").click()
    expect(visit.page.get_by_label("Name")).to_be_focused()
    visit.go("#/project-table")
    expect(visit.page.get_by_role("row")).to_have_count(1)


def test_many_records_are_deleted_at_once(app):
    for number in range(3):
        app.create(ALICE, "Category", name=f"Category {number}")
    for number in range(4):
        app.create(ALICE, "Project", name=f"Project {number}")
    visit = app.visit("#/project-table", ALICE)
    page = visit.page
    # The boxes that people click are drawn; the real ones are out of sight.
    for name in ("Select all projects", "Select Project 2"):
        page.locator("label").filter(has=visit.see("checkbox", name)).click()
    expect(page.get_by_label("Select Project 1")).to_be_checked()
    expect(page.get_by_label("Select Project 2")).not_to_be_checked()
    page.get_by_role("button", name="Delete 3").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("row")).to_have_count(2)
    expect(page.get_by_role("rowheader", name="Project 2")).to_be_visible()


def test_others_may_look_and_not_touch(app):
    app.create(ALICE, "Task", title="Roof")
    theirs = app.visit("#/task-table", BOB)
    theirs.see("rowheader", "Roof")
    expect(theirs.page.get_by_role("button", name="Delete Roof")).to_have_count(0)
    expect(theirs.page.get_by_role("link", name="Edit Roof")).to_have_count(0)
    administrators = app.visit("#/task-table", DORA)
    administrators.see("button", "Delete Roof")


def test_what_others_do_is_shown_meanwhile(app):
    mine, theirs = app.visit("#/project-table", ALICE), app.visit("#/project-form", BOB)
    mine.await_subscriptions(3)
    theirs.page.get_by_label("Name").fill("Bridge")
    theirs.see("button", "Save").click()
    mine.see("rowheader", "Bridge")
    # Others may see the record before its author has the answer and may leave the form.
    expect(theirs.page.get_by_text("Saved.")).to_be_visible()
    theirs.go("#/project-table")
    theirs.see("button", "Delete Bridge").click()
    theirs.see("dialog", "Delete Bridge?").get_by_role("button", name="Delete").click()
    expect(mine.page.get_by_role("rowheader", name="Bridge")).to_have_count(0)


def test_a_form_does_not_overwrite_what_others_changed_unasked(app):
    task = app.create(ALICE, "Task", title="Roof")
    one, other = (app.visit(f"#/task-form?id={task}", ALICE) for _ in range(2))

    def save(visit, title, says):
        visit.page.get_by_label("Title").fill(title)
        visit.see("button", "Save").click()
        expect(visit.page.get_by_text(says)).to_be_visible()

    save(other, "Theirs", "Saved.")
    save(one, "Mine", "Choose which version to keep.")
    one.see("button", "Load the new version").click()
    expect(one.page.get_by_label("Title")).to_have_value("Theirs")
    save(one, "Mine", "Saved.")
    save(other, "Ours", "Choose which version to keep.")
    other.see("button", "Keep mine").click()
    save(other, "Ours", "Saved.")


def test_who_is_not_signed_in_is_asked_to(app):
    visit = app.visit("#/task-table")
    visit.see("heading", "Tasks")
    visit.see("button", "Sign in")
    expect(visit.page.get_by_role("table")).to_have_count(0)


def test_signing_out_leads_back_to_the_sign_in(app):
    app.create(ALICE, "Task", title="Roof")
    visit = app.visit("#/task-table", ALICE)
    visit.see("rowheader", "Roof")
    visit.see("button", "Sign out").click()
    visit.see("button", "Sign in")
    expect(visit.page.get_by_text("Roof")).to_have_count(0)


def test_pages_are_accessible_and_fit(app, toolbox):
    project = app.create(ALICE, "Project", name="House", status="active", budget=1000)
    task = app.create(
        ALICE, "Task", title="Roof", projectId=project, tags=["a", "b"], status="todo"
    )
    wrong = []

    def check(visit, where):
        found = faults(visit.page, toolbox / "node_modules")
        wrong.extend(f"{where}: {one}" for one in found)

    visit = app.visit("", ALICE)
    for path, role, name in (
        ("", "heading", "Simple CRUD"),
        ("#/task-form", "button", "Save"),
        (f"#/task-form?id={task}", "form", "Edit task: Roof"),
        ("#/task-table", "button", "Delete Roof"),
        (f"#/task-detail?id={task}", "link", "House"),
        ("#/nowhere", "heading", "Page not found"),
    ):
        visit.go(path)
        visit.see(role, name)
        check(visit, path)
    visit.go("#/task-table")
    visit.see("button", "Delete Roof").click()
    visit.see("dialog", "Delete Roof?")
    check(visit, "dialog")
    signing_in = app.visit("#/task-table", None)
    signing_in.see("button", "Sign in")
    check(signing_in, "sign-in")
    assert wrong == [], "\n".join(wrong)


def test_who_has_a_task_moves_it_after_introducing_themselves(app):
    visit = app.visit("#/profile", BOB)
    visit.page.get_by_label("Name").fill("Bob")
    visit.page.get_by_label("Email").fill("bob@example.com")
    visit.see("button", "Save").click()
    expect(visit.page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    hers = app.visit("#/task-form", ALICE)
    hers.page.get_by_label("Title").fill("Roof")
    hers.page.get_by_label("Assigned to", exact=True).click()
    hers.see("option", "Bob").click()
    hers.see("button", "Save").click()
    expect(hers.page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    visit.go("#/task-board")
    visit.page.get_by_label("Move Roof to").select_option("Completed")
    visit.go("#/task-table")
    expect(visit.page.get_by_role("row").filter(has_text="Roof")).to_contain_text("Completed")
    others = app.visit("#/task-board", Visitor("carl"))
    others.see("region", "Completed 1")
    expect(others.page.get_by_text("Roof")).to_be_visible()
    expect(others.page.get_by_label("Move Roof to")).to_have_count(0)
