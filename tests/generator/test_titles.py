"""Records are called by a text of theirs, else by what is known of them."""

from __future__ import annotations

import re

import pytest
from loading import load_text
from rendering import files_of

STATUS = "{name: status, type: enum, values: [open, in_review]}"
CREATED = "row.createdAt"


def title(*fields, sample=False):
    """Return what a task with these fields is called, or the sample of one in tests."""
    text = (
        f"name: test\nmodels: [{{name: Task, fields: [{', '.join(fields)}]}}]\n"
        "components: [{name: Page, type: list, models: [Task]}]"
    )
    found = files_of(load_text(text).pattern)
    if sample:
        return re.findall(r"const title = '(.*)';", found["src/components/Page.test.tsx"])[0]
    module = " ".join(found["src/data/models/Task.ts"].split())
    return re.findall(r"title: (.*?),? \}\);", module)[0]


@pytest.mark.parametrize(
    ("fields", "called"),
    [
        (["{name: name, type: string, required: true}"], "row.name"),
        (
            ["{name: note, type: string}"],
            "firstOf(row.note, described('Task', row.createdAt))",
        ),
        ([STATUS], "described('Task', row.createdAt, chosen(row.status, taskStatusLabels))"),
        (
            ["{name: doneOn, type: date, required: true}", "{name: dueDate, type: date}"],
            "described('Task', row.doneOn)",
        ),
        (
            ["{name: level, type: integer, required: true}", "{name: totalSum, type: float}"],
            "described('Task', row.createdAt, counted(row.level, 'level'))",
        ),
        (
            ["{name: level, type: integer, required: true}", "{name: total, type: float}"],
            "described('Task', row.createdAt, counted(row.total, 'total'))",
        ),
        (
            ["{name: paymentId, type: string}", STATUS],
            "described('Task', row.createdAt, chosen(row.status, taskStatusLabels))",
        ),
        (["{name: paymentId, type: string, required: true}", STATUS], "row.paymentId"),
        (["{name: data, type: json}"], "described('Task', row.createdAt)"),
    ],
)
def test_a_record_is_called_by_what_is_known_of_it(fields, called):
    assert title(*fields) == called


@pytest.mark.parametrize(
    ("fields", "called"),
    [
        (["{name: name, type: string}"], "First task"),
        ([STATUS.replace("open, ", "")], "Task 2026-01-31, in review"),
        (["{name: total, type: float}"], "Task 2026-01-31, total 1"),
        (["{name: data, type: json}"], "Task 2026-01-31"),
    ],
)
def test_tests_know_what_a_record_is_called(fields, called):
    assert title(*fields, sample=True) == called
