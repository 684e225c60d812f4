"""What a pattern calls itself is the same whether its text is scanned or parsed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ace_flow.names import normal
from ace_flow.summaries import document_name, document_summary
from ace_flow.workspace import shipped

SHIPPED = sorted(shipped("patterns").rglob("*.yml"))


def parsed(document):
    summary = document_summary("p.yml", document)
    return summary.name if summary else None


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_of_what_is_shipped(file):
    assert document_name("p.yml", file.read_bytes()) == parsed(file.read_bytes())


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_what_is_shipped_is_called_like_its_file(file):
    assert normal(parsed(file.read_bytes())) == normal(file.stem)


@pytest.mark.parametrize(
    "text",
    [
        "name: shop",
        'name: "shop"\r\nmodels: []\r\n',
        "# about\n---\nname: shop # ours\n",
        "name: 'shop'\n",
        "{name: shop}\n",
        '{"name": "shop"}',
        '"name": shop\n',
        "description: >\n  name: other\nname: shop\n",
        "description: 'a\n  name: other'\nname: shop\n",
        'description: "a\nname: other"\n"name" : shop\n',
        "name: ${x}\n",
        "name: no\n",
        "name: 12\n",
        "name:\n  shop\n",
        "name : shop\n",
        "models: []\n",
        "name: shop\nname: other\n",
        "",
    ],
)
def test_of_what_people_write(text):
    document = text.encode()
    assert document_name("p.yml", document) == parsed(document)


def test_a_text_that_parsing_refuses_is_found_by_its_name_and_then_refused():
    document = b"name: shop\nmodels: [\n"
    assert parsed(document) is None
    assert document_name("p.yml", document) == "shop"


LINES = [
    "name: a",
    "name: b",
    "  name: c",
    "'name': d",
    '"name": e',
    "x: 1",
    "y: >",
    "- name: f",
    "{name: g}",
    "# name: h",
    "",
    "---",
    "name: 'i'",
    "text: |",
    "name: j # k",
    "...",
]
lines = st.lists(st.sampled_from(LINES), max_size=6)


@given(lines)
def test_scanning_tells_no_other_name_than_parsing(parts):
    document = "\n".join(parts).encode()
    if parsed(document) is not None:
        assert document_name("p.yml", document) == parsed(document)
