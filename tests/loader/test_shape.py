from __future__ import annotations

import sys
import time

import pytest
from jsonschema_rs import Draft202012Validator, meta
from loading import codes, document, findings, load_text

from ace_flow.diagnostics import PatternError
from ace_flow.loader.schema import check, schema


@pytest.mark.parametrize(
    ("text", "code", "place", "nearest"),
    [
        ("name: a\nservces: []\n", "ACE010", "2:1", "`services`"),
        ("name: a\nmodels: [{name: A, feilds: []}]\n", "ACE010", "2:20", "`fields`"),
        (
            "name: a\nmodels:\n- name: A\n  fields: [{name: x, requird: true}]",
            "ACE010",
            "4:22",
            "`r",
        ),
        ("name: a\nschema: {model: []}\n", "ACE010", "2:10", "`models`"),
        ("name: a\ncomponents: [{name: A, type: form, modl: A}]\n", "ACE010", "2:36", "`model`"),
        (
            "name: a\nmodels: [{name: A, indexes: [{field: x, sort: x}]}]\n",
            "ACE010",
            "2:41",
            "`sort_keys`",
        ),
        ("name: a\ntemplates: {backend: {source: x, wen: y}}\n", "ACE010", "2:34", "`when`"),
        (
            "name: a\nmodels: [{name: A, fields: [{name: x, type: strng}]}]",
            "ACE101",
            "2:45",
            "`str",
        ),
        ("name: a\nmodels: [{name: A, fields: [{name: x, type: int}]}]", "ACE101", "2:45", "`int"),
        ("name: a\nmodels: [{name: A, fields: [{name: x, type: text}]}]", "ACE101", "2:45", "`st"),
        ("name: a\nmodels: [{name: A, fields: [{name: x, type: xyz}]}]", "ACE101", "2:45", "one"),
        ("name: a\ncomplexity: hgh\n", "ACE013", "2:13", "`high`"),
        (
            "name: a\nschema: {authorization: [{allow: ownr}]}\n",
            "ACE013",
            "2:34",
            "`owner`",
        ),
        ("name: a\nmodels: [{name: A, disable_operations: [lst]}]", "ACE013", "2:41", "`list`"),
        ("name: a\nservices: s3\n", "ACE011", "2:11", "`[s3]`"),
        ("name: a\nservices: {s3: 1}\n", "ACE011", "2:11", "`[s3, lambda]`"),
        ("name: a\nmodels:\n", "ACE011", "2:8", "`- {name: Order, "),
        ("name: a\nmodels: {A: {}}\n", "ACE011", "2:9", "`- {name: Order, "),
        ("name: a\nmodels: [Post]\n", "ACE011", "2:10", "`- {name: Order, "),
        ("name: a\nmodels: [{name: A, fields: {x: id}}]\n", "ACE011", "2:28", "`- {name: total, "),
        ("name: a\nmodels: [{name: A, fields: [x]}]\n", "ACE011", "2:29", "`- {name: total, "),
        ("name: a\nmodels: [{name: A, indexes: [x]}]\n", "ACE011", "2:30", "`- {field: "),
        ("name: a\nschema: {authorization: [owner]}\n", "ACE011", "2:26", "`- {allow: owner}`"),
        ("name: a\nschema: {authorization: owner}\n", "ACE011", "2:25", "`- {allow: owner}`"),
        ("name: a\nschema: {types: {A: {}}}\n", "ACE011", "2:17", "`- {name: Address, "),
        ("name: a\nschema: {enums: [a]}\n", "ACE011", "2:17", "`{Status: [open, paid]}`"),
        ("name: a\ncomponents: [A]\n", "ACE011", "2:14", "`- {name: OrderTable, "),
        ("name: a\nadditional_models: A\n", "ACE011", "2:20", "`- {name: Order, "),
        ("name: a\nadditional_components: A\n", "ACE011", "2:24", "`- {name: OrderTable, "),
        ("name: a\nauth: [admins]\n", "ACE011", "2:7", "`{groups: [admins]}`"),
        ("name: a\ntags: {a: b}\n", "ACE011", "2:7", "`[sell, orders]`"),
        ("name: a\nremove: {models: {A: b}}\n", "ACE011", "2:18", ""),
        ("name: a\nremove: {fields: [a]}\n", "ACE011", "2:18", ""),
        ("name: a\nmodels:\n -name: A\n", "ACE011", "3:2", "a dash has a space after it"),
        ("name: 12\n", "ACE011", "1:7", "quotes"),
        ("name: a\ndescription: true\n", "ACE011", "2:14", "quotes"),
        (
            "name: a\nmodels: [{name: A, fields: [{name: x, required: yes}]}]",
            "ACE011",
            "2:49",
            "`true`",
        ),
        (
            "name: a\nmodels: [{name: A, fields: [{name: x, array: 'false'}]}]",
            "ACE011",
            "2:46",
            "`f",
        ),
        ("name: a\nmodels: [{name: A, fields: [{name: x, min: '1'}]}]", "ACE011", "2:44", "`1`"),
        ("name: a\nschema: {enums: {S: [1]}}", "ACE011", "2:22", "quotes"),
        ("description: x\n", "ACE012", "1:1", "`name: "),
        ("name: a\nmodels: [{fields: []}]\n", "ACE012", "2:10", "`name: "),
        ("name: a\nmodels: [{name: A, fields: [{type: id}]}]", "ACE012", "2:29", "`name: "),
        ("name: a\nmodels: [{name: A, indexes: [{name: x}]}]", "ACE012", "2:30", "`field: "),
        ("name: a\ntemplates: {x: {when: y}}", "ACE012", "2:16", "`source: "),
        ("name: A b\n", "ACE013", "1:7", ""),
        ('name: "a\\n"\n', "ACE013", "1:7", ""),
        ("name: a\nextends: []\n", "ACE013", "2:10", ""),
        ("name: a\nservices: [s3, sns, s3]\n", "ACE013", "2:21", ""),
        ("name: a\nmodels: [{name: A, fields: [{name: x, min_length: -1}]}]", "ACE013", "2:51", ""),
        ("name: a\ntraits: []\n", "ACE016", "2:1", "x-traits"),
        ("name: a\nworkflows: []\n", "ACE016", "2:1", "x-workflows"),
        ("- a\n- b\n", "ACE002", "1:1", "name"),
        ("just text\n", "ACE002", "1:1", "name"),
        ("name:shop\n", "ACE002", "1:1", "a space after it: `name: shop`"),
        (
            "name: a\nmodels: [{name: A, fields: [{name: x, type:string}]}]",
            "ACE010",
            "2:39",
            "`type: s",
        ),
        # A misspelt key is not missing, too.
        ("name: a\nmodels: [{nam: A, fields: []}]\n", "ACE010", "2:11", "`name`"),
        ("name: a\nmodels: [{name:A, fields: []}]\n", "ACE010", "2:11", "`name: A`"),
        ("name: a\nschema: {authorization: [{alow: owner}]}\n", "ACE010", "2:27", "`allow`"),
    ],
)
def test_a_wrong_shape_is_found_at_its_place_with_what_would_be_right(text, code, place, nearest):
    found = findings(text)
    assert [(item.code, item.place) for item in found] == [(code, f"test.yml:{place}")]
    assert nearest in found[0].hint


def test_an_entry_is_told_from_its_list():
    assert findings("name: a\nmodels: {A: {}}\n")[0].message.startswith("`models` takes a list")
    entry = findings("name: a\nmodels: [A]\n")[0]
    assert entry.message == "each entry of `models` takes a mapping, not text"


@pytest.mark.parametrize("key", ["0", "007", "+1"])
def test_a_key_that_looks_like_a_number_is_none(key):
    (found,) = findings(f'name: a\nauth: {{attributes: {{"{key}": x}}}}\n')
    assert (found.place, found.hint) == (f"test.yml:2:{25 + len(key)}", "")
    assert found.message == f"`{key}` takes a mapping, not text"


def test_a_key_that_is_missing_beside_one_of_another_meaning_is_found():
    assert codes("name: a\nmodels: [{feilds: [], x-name: A}]\n") == ["ACE012", "ACE010"]


def test_several_findings_come_at_once_and_in_the_order_of_the_file():
    found = findings(
        """\
        name: shop
        fo: 1
        models:
          - name: Post
            fields:
              - {name: a, type: strng, requird: true}
              - {type: string}
        components:
          - {purpose: x}
        complexity: hgh
        """
    )
    assert [(item.code, item.place.removeprefix("test.yml:")) for item in found] == [
        ("ACE010", "2:1"),
        ("ACE101", "6:25"),
        ("ACE010", "6:32"),
        ("ACE012", "7:9"),
        ("ACE012", "9:5"),
        ("ACE013", "10:13"),
    ]


@pytest.mark.parametrize(
    ("said", "hint"),
    [
        ("number", "did you mean `float`?"),
        ("Decimal", "did you mean `float`?"),
        ("int", "did you mean `integer`?"),
        ("text", "did you mean `string`?"),
        ("bool", "did you mean `boolean`?"),
        ("UUID", "did you mean `id`?"),
        ("object", "did you mean `json`?"),
        ("one_to_many", "did you mean `hasMany`?"),
        ("belongs-to", "did you mean `belongsTo`?"),
        ("String", "did you mean `string`?"),
        ("string?", "did you mean `string`?"),
        ("string!", "write `type: string, required: true`"),
        ("string[]", "write `type: string, array: true`"),
        ("int[]!", "write `type: integer, array: true, required: true`"),
        ("[String!]!", "write `type: string, array: true, required: true`"),
        ("Array<number>", "write `type: float, array: true`"),
        ("list", "write the type of the items, and `array: true`"),
        ("list[]", "write the type of the items, and `array: true`"),
        ("image", "write `type: string`, for the path of the file in the storage"),
        ("Money", "write `type: ref, ref: Money`"),
        ("Moneyy", "write `type: ref, ref: Money`"),
        ("Size[]", "write `type: ref, ref: Size, array: true`"),
        ("Order", "write `type: belongsTo, model: Order`"),
        ("order", "write `type: belongsTo, model: Order`"),
        ("Order[]", "write `type: hasMany, model: Order`"),
        ("", "one of: belongsTo, boolean, date, datetime, email, enum, float, hasMany, hasOne,"),
        ("[]", "one of: belongsTo, boolean, date, datetime, email, enum, float, hasMany, hasOne,"),
    ],
)
def test_a_type_of_another_language_comes_with_what_to_write(said, hint):
    (found,) = findings(
        f"""\
        name: a
        schema:
          enums: {{Size: [s]}}
          types: [{{name: Money, fields: [{{name: amount, type: float}}]}}]
          models: [{{name: Order, fields: [{{name: x, type: {said!r}}}]}}]
        """
    )
    assert found.code == "ACE101"
    assert found.hint.startswith(hint)


def test_a_wrong_value_is_one_finding():
    text = "name: a\nmodels: [{name: A, fields: [{name: x, type: [1]}]}]"
    assert codes(text) == ["ACE011"]


def test_a_long_value_is_shown_shortened():
    found = findings(f"name: a\ncomplexity: {'x' * 5000}\n")
    assert len(found[0].message) < 120


def test_keys_beginning_with_x_are_free():
    text = (
        "name: a\nx-team: {a: [1]}\nschema: {x-note: 1, models: [{name: A, x-b: 2, fields: []}]}\n"
    )
    assert check(document(text)) == []


def test_thousands_of_errors_are_all_found_and_do_not_take_long():
    fields = "".join(f"  - {{name: f{n}, typ: 1, type: strng}}\n" for n in range(20_000))
    start = time.monotonic()
    found = check(document("name: a\nmodels:\n- name: A\n  fields:\n" + fields))
    assert len(found) == 40_000
    assert time.monotonic() - start < 20


def test_models_stand_at_the_top_or_under_schema():
    inner = "[{name: A, fields: [{name: x, type: string}]}]"
    top = load_text(f"name: a\nmodels: {inner}\n").pattern
    under = load_text(f"name: a\nschema: {{models: {inner}}}\n").pattern
    assert top == under
    both = findings(f"name: a\nschema:\n  models: {inner}\nmodels: {inner}\n")
    assert [(item.code, item.place) for item in both] == [("ACE014", "test.yml:4:1")]
    assert "test.yml:3:3" in both[0].related


def test_top_level_models_join_the_enums_under_schema():
    pattern = load_text(
        "name: a\nmodels: [{name: A, fields: [{name: x, type: ref, ref: S}]}]\n"
        "schema: {enums: {S: [a]}}\n"
    ).pattern
    assert [enum.name for enum in pattern.enums] == ["S"]
    assert [model.name for model in pattern.models] == ["A"]


@pytest.mark.parametrize("style", ["camel", "snake"])
def test_relations_may_be_spelled_in_snake_case(style):
    text = """\
        name: a
        models:
          - name: A
            fields:
              - {name: bs, type: hasMany, model: B}
              - {name: c, type: hasOne, model: C}
              - {name: ds, type: manyToMany, model: D}
              - {name: ip, type: ipAddress}
          - {name: B, fields: [{name: a, type: belongsTo, model: A}]}
          - {name: C, fields: [{name: x, type: string}]}
          - {name: D, fields: [{name: x, type: string}]}
        """
    snake = text
    for camel, spelled in (
        ("belongsTo", "belongs_to"),
        ("hasMany", "has_many"),
        ("hasOne", "has_one"),
        ("manyToMany", "many_to_many"),
        ("ipAddress", "ip_address"),
    ):
        snake = snake.replace(camel, spelled)
    assert codes(text if style == "camel" else snake) == []
    assert load_text(text) == load_text(snake)


def test_a_version_is_kept_as_it_was_written():
    assert load_text("name: a\nversion: 1.10\n").pattern.version == "1.10"


def test_the_schema_is_valid_draft_2020_12():
    assert schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    meta.validate(schema())


def test_every_key_of_the_schema_says_what_it_is():
    def walk(value, path):
        if isinstance(value, dict):
            for key, inner in value.get("properties", {}).items():
                refers = "$ref" in inner or path.endswith("customType")
                assert refers or inner.get("description"), f"{path}.{key}"
            for key, inner in value.items():
                walk(inner, f"{path}.{key}")

    walk(schema(), "")


_watched: list[list[str]] = []


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if _watched and (event.startswith("socket.") or event == "open"):
        _watched[-1].append(f"{event} {arguments[0]}")


sys.addaudithook(_watch)


def test_a_reference_in_a_pattern_is_never_fetched():
    check(document("name: warm-up\n"))
    _watched.append([])
    try:
        with pytest.raises(PatternError):
            load_text(
                'name: a\n$ref: "http://localhost:9/x"\n$schema: "file:///etc/passwd"\n'
                'models: [{name: A, fields: [{name: x, $ref: "http://localhost:9/y"}]}]\n'
            )
        seen = list(_watched[-1])
    finally:
        _watched.clear()
    assert [item for item in seen if "socket" in item or "passwd" in item] == []


def keys_of(node, place=""):
    """Yield the schema of every key, with its place."""
    for key, value in node.get("properties", {}).items():
        yield f"{place}.{key}", value
        yield from keys_of(value, f"{place}.{key}")
    for part in ("items", "additionalProperties"):
        if isinstance(node.get(part), dict):
            yield from keys_of(node[part], f"{place}[]")
    for name, value in node.get("$defs", {}).items():
        yield from keys_of(value, name)


@pytest.mark.parametrize("place", dict(keys_of(schema())))
def test_every_key_is_described_with_values_that_it_takes(place):
    node = dict(keys_of(schema()))[place]
    if "$ref" in node:
        target = schema()["$defs"][node["$ref"].removeprefix("#/$defs/")]
        assert "description" in {**target, **node}
        return
    assert node["description"].endswith(".")
    choice = node if "enum" in node else node.get("items", {})
    if "enum" in choice:
        assert len(choice["enum"]) == len(choice["enumDescriptions"])
    holds_keys = {"properties", "additionalProperties"} & set(node) or "$ref" in choice
    if not holds_keys and "properties" not in choice and "enum" not in node:
        shown = [*node.get("examples", []), *([node["default"]] if "default" in node else [])]
        assert shown or place == "field.default"
        whole = {"$schema": schema()["$schema"], "$defs": schema()["$defs"], **node}
        for value in shown:
            assert Draft202012Validator(whole).is_valid(value), value
