"""What `ace schema` prints, in the YAML language server that editors run."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from ace_flow.loader.catalogue import read_catalogue
from ace_flow.loader.editor import editor_schema
from ace_flow.workspace import shipped

PROGRAM = Path(__file__).with_name("editor.mjs")

# A document for each object of the format, to be gone on with at its end.
OBJECTS = {
    (): "name: a\n",
    ("auth",): "name: a\nauth:\n  ",
    ("schema",): "name: a\nschema:\n  ",
    ("remove",): "name: a\nremove:\n  ",
    ("templates", "*"): "name: a\ntemplates:\n  page.tsx:\n    ",
    ("models", "*"): "name: a\nmodels:\n  - ",
    ("models", "*", "fields", "*"): "name: a\nmodels:\n  - name: A\n    fields:\n      - ",
    ("models", "*", "indexes", "*"): "name: a\nmodels:\n  - name: A\n    indexes:\n      - ",
    ("models", "*", "authorization", "*"): (
        "name: a\nmodels:\n  - name: A\n    authorization:\n      - "
    ),
    ("schema", "types", "*"): "name: a\nschema:\n  types:\n    - ",
    ("components", "*"): "name: a\ncomponents:\n  - ",
}


@pytest.fixture(scope="module")
def schema():
    return editor_schema(read_catalogue(shipped("templates")))


@pytest.fixture(scope="module")
def ask(toolbox, schema):
    def ask(*texts, offset=None):
        """Return what the server says of each text, with the cursor at its end or the offset."""
        questions = [
            {"text": text, "offset": len(text) if offset is None else offset} for text in texts
        ]
        done = subprocess.run(
            ["node", PROGRAM, toolbox / "node_modules"],
            input=json.dumps({"schema": schema, "questions": questions}),
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
        )
        return json.loads(done.stdout)

    return ask


def resolved(schema, path):
    """Return the part of the schema that a path of keys leads to; `*` is each of a list."""
    node = schema
    for step in path:
        if step == "*":
            node = node["items"] if "items" in node else node["additionalProperties"]
        else:
            node = node["properties"][step]
        while "$ref" in node:
            name = node["$ref"].rpartition("/")[2]
            node = {**schema["$defs"][name], **{k: v for k, v in node.items() if k != "$ref"}}
    return node


def test_every_key_is_completed_and_documented(schema, ask):
    for path, answer in zip(OBJECTS, ask(*OBJECTS.values()), strict=True):
        keys = {key: resolved(schema, (*path, key)) for key in resolved(schema, path)["properties"]}
        present = {"name"} if path == () else set()
        assert set(answer["completions"]) - {"- (array item)"} >= set(keys) - present, path
        for key in set(keys) - present:
            shown = answer["completions"][key].split("\n")[0]
            assert shown == keys[key]["description"], (path, key)


def test_every_value_of_a_choice_is_completed_and_documented(schema, ask):
    choices = {
        (*path, key): (text + key + ": ", resolved(schema, (*path, key)))
        for path, text in OBJECTS.items()
        for key in resolved(schema, path)["properties"]
        if "enum" in resolved(schema, (*path, key))
    }
    assert {path[-1] for path in choices} >= {"type", "allow", "complexity", "for_each"}
    answers = ask(*(text for text, _ in choices.values()))
    for (path, (_, node)), answer in zip(choices.items(), answers, strict=True):
        told = dict(zip(node["enum"], node["enumDescriptions"], strict=True))
        assert answer["completions"] == told, path


def test_a_key_under_the_cursor_is_explained(ask):
    text = f"{OBJECTS[('models', '*', 'fields', '*')]}type: id\n"
    (answer,) = ask(text, offset=text.index("type") + 1)
    assert "the foreign key is here" in answer["hover"]


def test_shipped_patterns_have_no_problems_and_a_slip_has_one(ask):
    texts = [path.read_text(encoding="utf-8") for path in shipped("patterns").rglob("*.yml")]
    *right, slip = ask(*texts, "name: a\nservices: [dynamodbb]\n")
    assert [answer["problems"] for answer in right] == [[]] * len(texts)
    assert len(slip["problems"]) == 1
