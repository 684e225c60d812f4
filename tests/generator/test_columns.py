"""What pages show of fields: amounts, pictures and texts; each column is written once."""

from __future__ import annotations

import json
import re

import pytest
from loading import load_text
from rendering import files_of


def columns(fields, *kinds):
    """Return the module with the columns of a model, for pages of these types."""
    pages = "".join(f"- {{name: P{kind}, type: {kind}, models: [A]}}\n" for kind in kinds)
    stated = "".join(f"  - {{{field}}}\n" for field in fields)
    text = f"name: test\nmodels:\n- name: A\n  fields:\n{stated}components:\n{pages}"
    return files_of(load_text(text).pattern)["src/columns/A.tsx"]


TITLE = "name: title, type: string, required: true"
AMOUNT = "name: price, type: float, currency: unit"
UNIT = "name: unit, type: string"


def test_a_column_of_several_lists_is_written_once():
    found = columns([TITLE, AMOUNT, UNIT], "table", "list", "detail")
    assert found.count("header: 'Price'") == 1
    # Once where it is made, then in two lists: the page of a record shows what the table does.
    assert found.count("priceColumn") == 3
    assert "export const priceColumn" not in found
    assert "header: 'Price'" in columns([TITLE, AMOUNT, UNIT], "list").partition("aHighlights")[2]


def test_a_column_does_not_take_the_name_of_a_list():
    fields = [TITLE, "name: s, type: enum, values: [a]", "name: aHighlightsBy, type: integer"]
    keys = (
        "name: parentId, type: id",
        "name: column, type: belongsTo, model: A, references: [parentId]",
    )
    found = columns([*fields, *keys], "table", "detail")
    names = re.findall(r"^(?:export )?const (\w+)", found, re.MULTILINE)
    assert "aHighlightsByColumn" in names
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("amount", "cell"),
    [
        ("type: float, currency: unit", "formatMoney(row.x, row.unit)"),
        ("type: integer, currency: unit", "formatCents(row.x, row.unit)"),
        ("type: float, currency: EUR", "formatMoney(row.x, 'EUR')"),
        ("type: float", "formatNumber(row.x)"),
    ],
)
def test_an_amount_is_shown_with_its_currency(amount, cell):
    found = columns([TITLE, f"name: x, {amount}", UNIT], "detail")
    assert cell in found
    # The currency has no column of its own; a file of rows has one for it.
    assert ("formatText(row.unit)" in found) == ("currency: unit" not in amount)
    assert ("unit: { header: 'Unit', field: 'unit' }" in found) == ("currency: unit" in amount)


def test_a_currency_by_which_records_are_known_is_shown():
    fields = ["name: unit, type: string, required: true", "name: x, type: float, currency: unit"]
    assert "row.unit)" in columns(fields, "table").partition("'X'")[0]


@pytest.mark.parametrize(
    ("field", "kinds", "shown"),
    [
        ("name: cover, type: string", ("table", "list", "kanban", "detail"), "Thumbnails"),
        ("name: photos, type: string, array: true", ("table", "list", "detail"), "Thumbnails"),
        ("name: text, type: string, format: markdown", ("detail",), "Markdown"),
        ("name: notes, type: string", ("detail",), "Prose"),
        ("name: other, type: string", ("detail",), None),
        ("name: text, type: string, format: markdown", ("table",), None),
    ],
)
def test_pictures_and_texts_are_shown_as_what_they_are(field, kinds, shown):
    state = "name: status, type: enum, values: [a, b]"
    for kind in kinds:
        found = columns([TITLE, state, field], kind)
        tags = re.findall(r"<(\w+) ", found.partition("export const")[2])
        assert tags == ([shown] if shown else [])


@pytest.mark.parametrize("kind", ["table", "list", "detail"])
@pytest.mark.parametrize("field", ["attachments, array: true", "s3Key", "document"])
def test_files_are_shown_as_files_where_there_is_a_storage(field, kind):
    text = (
        "name: test\nmodels:\n"
        f"- {{name: A, fields: [{{{TITLE}}}, {{type: string, name: {field}}}]}}\n"
        f"components: [{{name: Page, type: {kind}, models: [A]}}]\nservices: [dynamodb"
    )
    for services, is_file in (", s3]", True), ("]", False):
        found = files_of(load_text(text + services).pattern)["src/columns/A.tsx"]
        assert ("<Thumbnails" in found) is is_file


@pytest.mark.parametrize(("field", "is_there"), [("format: markdown, ", True), ("", False)])
def test_the_package_that_reads_markdown_is_installed_where_it_is_used(field, is_there):
    text = (
        f"name: test\nmodels: [{{name: A, fields: [{{name: text, {field}type: string}}]}}]\n"
        "components: [{name: Page, type: detail, models: [A]}]"
    )
    found = files_of(load_text(text).pattern)
    packages = json.loads(found["package.json"])["dependencies"]
    assert ("react-markdown" in packages) is is_there
    assert ("src/ui/MarkdownText.tsx" in found) is is_there


def test_a_custom_type_is_shown_in_parts_and_an_identity_not_at_all():
    text = (
        "name: test\nschema:\n  types: [{name: Address, fields: [{name: street, type: string}, "
        "{name: fee, type: float, currency: EUR}]}]\n  models: [{name: A, fields: [{name: title, "
        "type: string}, {name: home, type: ref, ref: Address}, {name: buyer, type: string}], "
        "authorization: [{allow: owner, owner_field: buyer}]}]\n"
        "components: [{name: Page, type: detail, models: [A]}]"
    )
    found = files_of(load_text(text).pattern)["src/columns/A.tsx"]
    assert "value={row.home}" in found
    assert "header: 'Street'" in found
    assert "formatMoney(part.fee, 'EUR')" in found
    assert "buyer" not in found
