"""Pages of one record show what belongs to it, and nothing that belongs to others."""

from __future__ import annotations

import pytest
from loading import load_text
from rendering import files_of

PATTERN = """
name: shop
models:
- name: Order
  fields:
  - {name: number, type: string, required: true}
  - {name: lines, type: hasMany, model: Line}
- name: Line
  fields:
  - {name: order, type: belongsTo, model: Order}
  - {name: orderId, type: id}
  - {name: soldAt, type: datetime, required: true}
  - {name: text, type: string}
  INDEXES
- name: Note
  fields: [{name: text, type: string}]
components:
- {name: OrderPage, type: detail, models: [Order, Line, Note]}
FORM
"""
FORM = "- {name: LineForm, type: form, models: [Line]}"


@pytest.fixture
def files():
    """Return what makes the shop's files, with indexes of lines and with a form or without."""

    def make(indexes="", form=FORM):
        text = PATTERN.replace("INDEXES", indexes and f"indexes: [{indexes}]").replace("FORM", form)
        return files_of(load_text(text).pattern)

    return make


@pytest.mark.parametrize(
    ("index", "asked"),
    [
        ("", "client.models.Line.list({ ...page, filter: { orderId: { eq: key } }, limit: 1000 })"),
        ("{field: orderId}", "client.models.Line.listLineByOrderId({ orderId: key }, page)"),
        ("{field: orderId, query_field: linesOf}", "client.models.Line.linesOf({ orderId: key }"),
        ("{field: soldAt}", "client.models.Line.list({ ...page, filter: { orderId: { eq: key } }"),
    ],
)
def test_what_belongs_to_a_record_is_asked_for_by_its_key(files, index, asked):
    module = files(index)["src/data/models/Line.ts"]
    assert "of: (key) => ({ orderId: key })" in module
    assert asked in module


def test_only_what_belongs_to_the_record_is_listed_below_it(files):
    page = files()["src/components/OrderPage.tsx"]
    assert page.count("<RelatedRecords") == 1
    assert "belonging: lineByOrder" in page
    assert page.count("<RecordDetail") == 2
    assert 'title="Notes"' in page


def test_what_is_known_of_the_record_is_not_said_again(files):
    columns = files()["src/columns/Line.tsx"]
    listed = columns.partition("lineHighlightsByOrder")[2].partition("];")[0]
    assert "soldAt" in listed
    assert "orderId" not in listed


def test_a_new_record_begins_with_what_it_belongs_to(files):
    assert "'#/line-form?orderId=first'" in files()["src/components/OrderPage.test.tsx"]
    assert "line-form" not in files(form="")["src/components/OrderPage.test.tsx"]


def test_several_relations_make_several_lists():
    found = files_of(
        load_text(
            "name: team\nmodels:\n- name: Person\n  fields:\n  - {name: name, type: string}\n"
            "  - {name: written, type: hasMany, model: Task, references: [writerId]}\n"
            "  - {name: checked, type: hasMany, model: Task, references: [checkerId]}\n"
            "- name: Task\n  fields:\n  - {name: title, type: string}\n"
            "  - {name: writer, type: belongsTo, model: Person, references: [writerId]}\n"
            "  - {name: checker, type: belongsTo, model: Person, references: [checkerId]}\n"
            "components: [{name: Page, type: detail, models: [Person, Task]}]"
        ).pattern
    )
    page = " ".join(found["src/components/Page.tsx"].split())
    assert "title: 'Written', belonging: taskByWriter" in page
    assert "title: 'Checked', belonging: taskByChecker" in page


def test_a_key_of_several_fields_is_compared_field_by_field():
    found = files_of(
        load_text(
            "name: test\nmodels:\n- name: Room\n  identifier: [house, number]\n  fields:\n"
            "  - {name: house, type: string, required: true}\n"
            "  - {name: number, type: integer, required: true}\n"
            "  - {name: beds, type: hasMany, model: Bed, references: [house, room]}\n"
            "- name: Bed\n  fields:\n  - {name: house, type: string}\n"
            "  - {name: room, type: integer}\n"
            "  - {name: in, type: belongsTo, model: Room, references: [house, room]}\n"
            "components: [{name: Page, type: detail, models: [Room, Bed]}]"
        ).pattern
    )
    module = found["src/data/models/Bed.ts"]
    assert "of: (key) => ({ house: keyPart(key, 0), room: Number(keyPart(key, 1)) })" in module
    assert "filter: { house: { eq: keyPart(key, 0) }, room: { eq: Number(keyPart(key, 1)) } }" in (
        " ".join(module.split())
    )
    assert "const address = '#/?id=" in found["src/components/Page.test.tsx"]


def test_what_a_record_belongs_to_is_not_listed_below_it():
    found = files_of(
        load_text(
            "name: test\nmodels:\n- name: Shelf\n  fields: [{name: name, type: string}]\n"
            "- name: Book\n  fields:\n  - {name: title, type: string}\n"
            "  - {name: shelf, type: belongsTo, model: Shelf}\n"
            "components: [{name: BookPage, type: detail, models: [Book, Shelf]}]"
        ).pattern
    )
    page = found["src/components/BookPage.tsx"]
    assert page.count("<RelatedRecords") == 1
    assert "lists={[]}" in page
    assert 'detailHref="#/book-page?shelf="' in found["src/columns/Book.tsx"]
