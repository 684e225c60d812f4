"""Pages that arrange records: by which fields they go, and what they bring into a project."""

from __future__ import annotations

import json

import pytest
from loading import CATALOGUE, load_text
from rendering import files_of

STATUS = "{name: status, type: enum, values: [open, done]}"
DUE = "{name: dueDate, type: date}"


def files(text):
    return files_of(load_text(text).pattern)


def page(kind, *fields, keys=""):
    """Return a component of a kind, of one model with these fields, and the forms it uses."""
    found = files(
        f"name: test\nmodels:\n- name: Task\n  fields: [{', '.join(fields)}]\n  {keys}\n"
        f"components: [{{name: Page, type: {kind}, models: [Task]}}]"
    )
    return "".join(
        text
        for path, text in found.items()
        if path == "src/components/Page.tsx" or path.startswith("src/forms/")
    )


@pytest.mark.parametrize(
    ("fields", "chosen"),
    [
        (["{name: kind, type: enum, values: [a, b]}", STATUS], "status"),
        (["{name: kind, type: enum, values: [a, b]}", "{name: a, type: string}"], "kind"),
        (["{name: kinds, type: ref, ref: Kind, array: true}", STATUS], "status"),
        (["{name: _, type: enum, values: [a]}", STATUS.replace("status", "jobState")], "jobState"),
    ],
)
def test_a_board_has_the_columns_of_the_most_telling_enum(fields, chosen):
    text = (
        "name: test\nschema:\n  enums: {Kind: [x, y]}\n"
        f"  models: [{{name: Task, fields: [{', '.join(fields)}]}}]\n"
        "components: [{name: Page, type: kanban}]"
    )
    assert f"of: (row) => row.{chosen}," in files(text)["src/components/Page.tsx"]


READ_ONLY = "authorization: [{allow: owner, operations: [read, delete]}]"


def test_a_board_moves_nothing_by_a_field_that_nobody_may_write():
    assert "move={" in page("kanban", STATUS)
    assert "move={" not in page("kanban", STATUS.replace("}", f", {READ_ONLY}}}"))


@pytest.mark.parametrize("kind", ["editor", "form", "settings", "wizard"])
def test_people_are_not_asked_for_fields_that_nobody_may_write(kind):
    fields = ["{name: body, type: string}", "{name: title, type: string}"]
    written = STATUS.replace("}", f", {READ_ONLY.replace('read', 'read, update')}}}")
    assert '"status"' in page(kind, *fields, STATUS)
    assert '"status"' in page(kind, *fields, written)
    assert "status" not in page(kind, *fields, STATUS.replace("}", f", {READ_ONLY}}}"))


def test_a_board_has_a_column_for_no_value_where_there_may_be_none():
    assert "none: null" in page("kanban", STATUS)
    assert "none" not in page("kanban", STATUS.replace("}", ", required: true}"))


@pytest.mark.parametrize(
    "keys",
    ["authorization: [{allow: owner, operations: [create, read]}]", "disable_operations: [update]"],
)
def test_nothing_is_moved_where_nobody_may_change_it(keys):
    assert "updateTask" in page("kanban", STATUS)
    assert "updateTask" not in page("kanban", STATUS, keys=keys)


def test_models_that_do_not_fit_are_left_out():
    text = (
        "name: test\nmodels:\n"
        f"- {{name: Task, fields: [{STATUS}]}}\n- {{name: Day, fields: [{DUE}]}}\n"
        "components:\n- {name: Board, type: kanban, models: [Day, Task]}\n"
        "- {name: Month, type: calendar, models: [Day, Task]}"
    )
    found = files(text)
    assert "taskSource" in (board := found["src/components/Board.tsx"])
    assert "daySource" not in board
    assert "daySource" in (month := found["src/components/Month.tsx"])
    assert "taskSource" not in month


@pytest.mark.parametrize(
    ("names", "start", "end"),
    [
        (["startDate", "endDate"], "startDate", "endDate"),
        (["dueDate", "startDate"], "startDate", "dueDate"),
        (["endsAt", "other", "startsAt"], "startsAt", "endsAt"),
        (["startedOn", "until"], "startedOn", "until"),
        (["dueDate", "endDate"], "dueDate", None),
        (["birthday", "publishedAt"], "publishedAt", None),
        (["windowStart", "windowEnd"], "windowStart", "windowEnd"),
    ],
)
def test_a_calendar_goes_by_the_date_that_says_when(names, start, end):
    shown = page("calendar", *(f"{{name: {name}, type: date}}" for name in names))
    assert f"start: (row) => row.{start}" in shown
    assert ("end:" in shown) == (end is not None)
    assert end is None or f"end: (row) => row.{end}" in shown


def test_only_what_has_a_time_is_asked_for_with_one():
    assert "hasTime" not in page("calendar", DUE)
    assert "hasTime" in page("calendar", DUE.replace("type: date", "type: datetime"))


def test_a_chart_adds_up_amounts_and_nothing_else():
    numbers = ("price", "rating", "publicationYear", "ownerNumber", "spentMinutes")
    shown = page("chart", STATUS, *(f"{{name: {name}, type: integer}}" for name in numbers))
    summed = [name for name in numbers if f"of={{(row) => row.{name}}}" in shown]
    assert summed == ["price", "ownerNumber", "spentMinutes"]


@pytest.mark.parametrize(
    ("field", "dated"),
    [
        (DUE, "dueDate"),
        (STATUS, "createdAt"),
        (DUE.replace("}", ", array: true}"), "createdAt"),
    ],
)
def test_a_chart_goes_by_a_date_of_its_model_or_by_when_records_were_made(field, dated):
    assert f"at={{(row) => row.{dated}}}" in page("chart", field)


@pytest.mark.parametrize("kind", CATALOGUE.component_types)
def test_packages_are_those_that_the_pages_import(kind):
    found = files(
        "name: test\nmodels:\n"
        f"- {{name: Task, fields: [{{name: title, type: string}}, {STATUS}, {DUE}]}}\n"
        f"components: [{{name: Page, type: {kind}}}]"
    )
    sources = [text for path, text in found.items() if path.startswith("src/")]
    for name in json.loads(found["package.json"])["dependencies"]:
        assert any(f"'{name}" in text for text in sources), name


def test_two_indexes_of_one_field_are_not_called_alike():
    indexes = "[{field: status, sort_keys: [a]}, {field: status, sort_keys: [b]}, {field: a}]"
    found = files(
        f"name: test\nmodels: [{{name: Task, indexes: {indexes}, fields: [{STATUS}, "
        "{name: a, type: string, required: true}, {name: b, type: string, required: true}]}]\n"
        "components: [{name: Page, type: table, models: [Task]}]"
    )["src/data/models/Task.ts"]
    assert [line for line in found.splitlines() if " label: " in line] == [
        "      label: 'Status, sorted by a',",
        "      label: 'Status, sorted by b',",
        "      label: 'A',",
    ]


def test_a_search_leaves_out_what_cannot_be_listed():
    found = files(
        "name: test\nmodels:\n"
        "- {name: Contact, fields: [{name: email, type: email}], disable_operations: [list]}\n"
        "- {name: Note, fields: [{name: title, type: string}]}\n"
        "components: [{name: Find, type: search, models: [Contact, Note]}]"
    )
    assert "noteSource" in found["src/components/Find.tsx"]
    assert "contactSource" not in found["src/components/Find.tsx"]
    assert "src/data/models/Contact.ts" not in found
    assert "api.put('Note'" in found["src/components/Find.test.tsx"]


@pytest.mark.parametrize(
    ("stated", "shown"),
    [("title: It's all, ", '"It\'s all"'), ("title: ' ', ", "'Task page'"), ("", "'Task page'")],
)
def test_a_page_is_called_by_its_title_else_by_its_name(stated, shown):
    found = files(
        "name: test\nmodels: [{name: Task, fields: [{name: title, type: string}]}]\n"
        f"components: [{{name: TaskPage, {stated}type: list}}]"
    )
    routes = found["src/routes.ts"]
    assert (
        f"path: '/task-page',\n    title: {shown},\n    section: 'Browse',\n    Component" in routes
    )


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        (["{name: photos, type: string, array: true}"], "photos"),
        (["{name: photos, type: url, array: true}", "{name: cover, type: url}"], "cover"),
        (["{name: mediaUrls, type: string, array: true}"], "mediaUrls"),
    ],
)
def test_a_gallery_shows_pictures_one_or_several_of_a_record(fields, shown):
    found = page("gallery", *fields, keys="")
    assert f"pictures={{(row) => row.{shown}}}" in found
    assert "FileGallery" not in found
