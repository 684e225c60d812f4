"""Tables as files: what is exported comes back, and of other files what is wrong with them."""

from __future__ import annotations

import csv
import io

import pytest
from accessibility import findings
from playwright.sync_api import expect
from visits import Visitor

pytestmark = [pytest.mark.toolchain, pytest.mark.xdist_group("simple_crud")]

ALICE = Visitor("alice")
NAMES = ('Comma, and "quotes"', "=1+1", "-7", "two\nlines", "Ünïcode; 名前", " padded ", "'tis")


@pytest.fixture
def app(app_of):
    return app_of("simple_crud")


def chosen(visit, name, text):
    """Open the dialog, and choose a file."""
    visit.see("button", "Import CSV").click()
    visit.see("dialog", name)
    file = {"name": "rows.csv", "mimeType": "text/csv", "buffer": text.encode()}
    visit.page.get_by_label("CSV file").set_input_files(file)


def test_what_is_exported_can_be_imported(app):
    for name in NAMES:
        app.create(
            ALICE, "Project", name=name, status="on_hold", budget=1.5, startDate="2031-02-28"
        )
    visit = app.visit("#/project-table", ALICE)
    page = visit.page
    expect(page.get_by_role("row")).to_have_count(len(NAMES) + 1)
    with page.expect_download() as download:
        visit.see("button", "Export as CSV").click()
    text = download.value.path().read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    # A spreadsheet would run what begins like a formula; a number is none.
    shown = [f"'{name}" if name == "=1+1" else name for name in NAMES]
    assert sorted(row["Name"] for row in rows) == sorted(shown)
    assert {(row["Status"], row["Budget"]) for row in rows} == {("on_hold", "1.5")}

    page.locator("label").filter(has=visit.see("checkbox", "Select all projects")).click()
    visit.see("button", f"Delete {len(NAMES)}").click()
    page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(page.get_by_role("row")).to_have_count(1)

    chosen(visit, "Import projects", text)
    expect(page.get_by_text(f"{len(NAMES)} rows with Name, ")).to_be_visible()
    visit.see("button", f"Import {len(NAMES)}").click()
    expect(page.get_by_text(f"{len(NAMES)} of {len(NAMES)} imported.")).to_be_visible()
    visit.see("button", "Close").click()
    expect(page.get_by_role("row")).to_have_count(len(NAMES) + 1)
    with page.expect_download() as again:
        visit.see("button", "Export as CSV").click()
    back = again.value.path().read_text(encoding="utf-8-sig")
    trimmed = [{key: value.strip() for key, value in row.items()} for row in rows]
    assert sorted(map(repr, csv.DictReader(io.StringIO(back)))) == sorted(map(repr, trimmed))


def test_a_file_of_somebody_else_is_read_as_far_as_it_can_be(app, toolbox):
    visit = app.visit("#/task-table", ALICE)
    page = visit.page
    text = (
        "TITLE;Priority;Tags;Mood;dueDate;Estimated hours\r\n"
        'Roof;High;"slate; wood";;2031-01-31;1.5\r\n'
        "Wall;highest;;;;\r\n"
        ";low;;;;\r\n"
        "Door;;;;31.1.2031;\r\n"
        "\r\n"
        "Gate;low;;fine;;many\r\n"
    )
    chosen(visit, "Import tasks", text)
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("5 rows with Title, Priority, Tags, Due date, Estimated hours.")
    expect(dialog).to_contain_text("Left out: Mood.")
    for line in (
        "Line 3: Priority: Choose one of the options.",
        "Line 4: Title: This field is required.",
        "Line 7: Estimated hours: Enter a number.",
    ):
        expect(dialog.get_by_role("listitem").filter(has_text=line)).to_be_visible()
    assert findings(page, toolbox / "node_modules") == []
    visit.see("button", "Import 2").click()
    # What only the API knows is said when it has refused.
    expect(dialog).to_contain_text("1 of 2 imported.")
    expect(dialog.get_by_role("listitem").filter(has_text="Line 5: ")).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    row = page.get_by_role("row").filter(has_text="Roof")
    expect(row).to_contain_text("High")
    expect(page.get_by_role("row")).to_have_count(2)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("a,b\r\n1,2\r\n", "The first line names no field. It can have: Name, Description"),
        ("", "The first line names no field."),
        ('Name\r\n"Roof\r\n', "A quotation mark in the file is never closed."),
    ],
)
def test_a_file_that_holds_nothing_says_what_it_could_hold(app, text, problem):
    visit = app.visit("#/project-table", ALICE)
    chosen(visit, "Import projects", text)
    expect(visit.page.get_by_role("alert")).to_contain_text(problem)
    expect(visit.page.get_by_role("button", name="Import", exact=False)).to_have_count(1)
