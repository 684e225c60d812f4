"""Whatever stands in a document: a pattern, or findings, and never another error."""

from __future__ import annotations

import json

from hypothesis import given, settings
from hypothesis import strategies as st
from loading import CATALOGUE

from ace_flow.diagnostics import CODES, PatternError
from ace_flow.loader import load, read_document
from ace_flow.loader.schema import schema
from ace_flow.rules import verify

WORDS = st.sampled_from(
    [
        *("Post", "Tag", "User", "name", "id", "x", "owner", "a-b", "", "__x", "Query", "S", "T"),
        *("authenticated", "guest", "groups", "owners", "read", "create", "list", "form", "table"),
        *("detail", "dashboard", "s3", "s4", "timestream", '"', "$x", "\u202e", "é", "10:00"),
        *("enum", "ref", "string", "integer", "json", "belongsTo", "has_many", "hasOne"),
        *("manyToMany", "boolean", "datetime", "backend", "../x", "src/{{ model.name }}.ts"),
    ]
)
SCALARS = st.one_of(
    WORDS,
    st.integers(-3, 3),
    st.sampled_from([2**31, 1.5, -0.0, 1e99]),
    st.booleans(),
    st.none(),
)


def value(rules: dict) -> st.SearchStrategy:
    """Return values of about the shape the schema wants, now and then of another."""
    if "$ref" in rules:
        rules = schema()["$defs"][rules["$ref"].rpartition("/")[2]]
    if "enum" in rules:
        return st.one_of(st.sampled_from(rules["enum"]), SCALARS)
    kinds = rules.get("type", "string")
    kind = kinds if isinstance(kinds, str) else kinds[0]
    if kind == "array":
        return st.lists(st.deferred(lambda: value(rules.get("items", {}))), max_size=3)
    if kind == "object":
        needed = rules.get("required", [])
        known = {
            key: st.deferred(lambda inner=inner: value(inner))
            for key, inner in rules.get("properties", {}).items()
            if not key.startswith(("extends", "hooks", "generators"))
        }
        more = rules.get("additionalProperties")
        if isinstance(more, dict):
            return st.dictionaries(WORDS, st.deferred(lambda: value(more)), max_size=2)
        return st.fixed_dictionaries(
            {key: known[key] for key in needed},
            optional={key: inner for key, inner in known.items() if key not in needed},
        )
    return {"string": WORDS, "integer": st.integers(-2, 9), "boolean": st.booleans()}.get(
        kind, SCALARS
    )


@settings(max_examples=150)
@given(value(schema()))
def test_any_document_gives_a_pattern_or_findings(document):
    text = json.dumps(document, ensure_ascii=False)
    try:
        pattern = load(read_document("p.yml", text.encode()), lambda _: None).pattern
    except PatternError as error:
        found = error.diagnostics
    else:
        found = verify(pattern, CATALOGUE)
    assert {item.code for item in found} <= set(CODES)
    assert all(item.span is not None for item in found)
    assert list(found) == sorted(found, key=lambda item: item.sort_key)


field = st.fixed_dictionaries(
    {
        "name": st.sampled_from(["a", "b", "owner", "id", "createdAt", "and", "userId"]),
        "type": st.sampled_from(schema()["$defs"]["field"]["properties"]["type"]["enum"]),
    },
    optional={
        "model": st.sampled_from(["Post", "User", "Nobody"]),
        "ref": st.sampled_from(["S", "T", "U"]),
        "values": st.lists(st.sampled_from(["a", "b", "1", "true"]), min_size=1, max_size=3),
        "required": st.booleans(),
        "array": st.booleans(),
        "default": st.one_of(SCALARS, st.lists(SCALARS, max_size=1)),
        "min": st.sampled_from([0, 5, 0.5]),
        "max": st.sampled_from([1, 9]),
        "max_length": st.sampled_from([1, 2.0]),
        "pattern": st.sampled_from(["a+", "[", "\\d", '"']),
        "references": st.lists(st.sampled_from(["a", "b", "userId"]), min_size=1, max_size=2),
        "authorization": st.just([{"allow": "owner", "owner_field": "a"}]),
    },
)
names = st.sampled_from(["a", "b", "id", "owner"])
model = st.fixed_dictionaries(
    {
        "fields": st.lists(field, max_size=4, unique_by=lambda item: item["name"]),
    },
    optional={
        "identifier": st.lists(names, min_size=1, max_size=2),
        "indexes": st.lists(
            st.fixed_dictionaries({"field": names, "sort_keys": st.lists(names, max_size=2)}),
            max_size=2,
        ),
        "authorization": st.lists(
            st.fixed_dictionaries(
                {"allow": st.sampled_from(["owner", "owners", "groups", "guest"])},
                optional={"owner_field": names, "groups": st.just(["g"]), "group_field": names},
            ),
            min_size=1,
            max_size=2,
        ),
        "disable_operations": st.lists(st.sampled_from(["list", "queries", "create"]), max_size=1),
    },
)
document = st.fixed_dictionaries(
    {
        "name": st.just("test"),
        "schema": st.fixed_dictionaries(
            {
                "models": st.tuples(model, model).map(
                    lambda pair: [
                        {"name": name, **inner}
                        for name, inner in zip(("Post", "User"), pair, strict=True)
                    ]
                ),
                "enums": st.just({"S": ["a", "b"]}),
                "types": st.builds(lambda item: [{"name": "T", "fields": [item]}], field),
            }
        ),
        "components": st.just([{"name": "PostTable", "type": "table"}]),
    }
)


@settings(max_examples=250)
@given(document)
def test_any_well_shaped_pattern_gives_findings_and_nothing_else(document):
    text = json.dumps(document)
    loaded = load(read_document("p.yml", text.encode()), lambda _: None)
    found = verify(loaded.pattern, CATALOGUE)
    assert found == verify(loaded.pattern, CATALOGUE)
    assert all(item.span is not None for item in found)
