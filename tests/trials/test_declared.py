"""Models that are read from the text of TypeScript."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ace_flow.generate import render_files
from ace_flow.session import Session
from ace_flow.trials.declared import FieldSeen, declared_models
from ace_flow.trials.schema import DATA, models_of

BACKEND = Path(__file__).with_name("analytics") / ".ace-flow" / "templates" / "analytics-backend.ts"


def names(text):
    return [model.name for model in declared_models(text)]


@pytest.mark.parametrize("name", ["content_management", "e_commerce", "simple_crud"])
def test_a_generated_schema_reads_as_its_pattern_says(name, tmp_path):
    session = Session(tmp_path)
    checked = session.check(name)
    files = {file.path: file.content for file in render_files(session, checked)}
    assert declared_models(files[DATA].decode()) == models_of(checked.pattern, {})


def test_fields_have_types_targets_and_modifiers():
    source, dataset, record = declared_models(BACKEND.read_text())
    assert source.name == "DataSource"
    assert FieldSeen("connectionString", "string", required=True) in source.fields
    assert FieldSeen("datasets", "hasMany", array=True, target="Dataset") in source.fields
    assert FieldSeen("dataSource", "belongsTo", target="DataSource") in dataset.fields
    status = FieldSeen("processingStatus", "ref", required=True, target="ProcessingStatus")
    assert status in record.fields


@pytest.mark.parametrize(
    "text",
    [
        "// A: a.model({})",
        "/* A: a.model({}) */",
        "const s = 'A: a.model({})';",
        'const s = "A: a.model({})";',
        "const s = `A: a.model({}) ${f(`B: a.model({})`, '}')}`;",
        "text.replace(/A: a.model\\(/g, '');",
        "const s = 'it\\'s A: a.model({})';",
        "A: b.model({}), B: a.models({}), C: a.customType({})",
    ],
)
def test_what_is_no_declaration_does_not_count(text):
    assert names(f"{text}\nexport const schema = a.schema({{ Note: a.model({{}}) }});") == ["Note"]


def test_what_stands_within_a_field_is_no_field():
    text = """
    'Note': a
      .model({
        code: a.string().validate((v) => v.matches(/[}'"`]/, 'no: }')).required(),
        place: a.customType({ street: a.string().required() }),
        kind: a.enum(['a, b: c', "d"]), // last: a.string(),
        "tags": a.string().array(),
        shared,
        ...others,
      })
      .authorization((allow) => [allow.owner()]),
    """
    (note,) = declared_models(text)
    assert [(item.name, item.type, item.required, item.array) for item in note.fields] == [
        ("code", "string", True, False),
        ("place", "customType", False, False),
        ("kind", "enum", False, False),
        ("tags", "string", False, True),
    ]


CODE = st.lists(
    st.sampled_from([*"`'\"/\\{}()[]:,.$ \n*a", "A: a.model(", "//", "/*", "*/", "${", "x: a."])
).map("".join)


@given(CODE | st.text())
def test_any_text_is_read_to_its_end(text):
    names(text)


@given(CODE)
def test_what_stands_before_a_comment_s_end_does_not_hide_what_follows(text):
    hidden = text.replace("*/", "")
    assert names(f"/* {hidden.rstrip('*')} */ Note: a.model({{}})") == ["Note"]
