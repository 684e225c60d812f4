from __future__ import annotations

import inspect

import pytest
from cases import CASES, ELSEWHERE, FILES, models, pattern
from cases import rules as ruled
from loading import codes, findings

from ace_flow import rules
from ace_flow.diagnostics import CODES
from ace_flow.rules import (
    access,
    amounts,
    api,
    arguments,
    buttons,
    callers,
    circles,
    defaults,
    expiry,
    exposure,
    fields,
    files,
    finders,
    functions,
    indexes,
    lookalikes,
    makers,
    names,
    operations,
    relations,
    renames,
    roles,
    routes,
    scale,
    searching,
    sign_in,
    surface,
)
from ace_flow.rules.verify import RULES

PAIRS = [
    pytest.param(code, wrong, right, id=f"{code}-{number}")
    for code, pairs in CASES.items()
    for number, (wrong, right) in enumerate(pairs)
]


def found(text: str):
    return findings(pattern(text), FILES)


def test_every_code_has_cases():
    assert set(CASES) | ELSEWHERE == set(CODES)


@pytest.mark.parametrize(("code", "wrong", "right"), PAIRS)
def test_what_is_wrong_has_the_finding_and_what_is_right_has_not(code, wrong, right):
    said = [item for item in found(wrong) if item.code == code]
    assert said
    assert all(":" in item.place for item in said)
    assert code not in [item.code for item in found(right)]


@pytest.mark.parametrize(("code", "wrong", "right"), PAIRS)
def test_what_is_right_has_no_errors_at_all(code, wrong, right):
    # Elsewhere in the same pattern nothing may be wrong, or a case would prove little.
    allowed = {"ACE132", "ACE151", "ACE172"} - {code}
    assert {item.code for item in found(right)} <= allowed


def test_every_rule_is_run_and_says_what_it_holds():
    modules = (
        names,
        renames,
        fields,
        amounts,
        circles,
        defaults,
        relations,
        lookalikes,
        access,
        exposure,
        roles,
        indexes,
        expiry,
        operations,
        routes,
        searching,
        api,
        arguments,
        buttons,
        makers,
        callers,
        functions,
        sign_in,
        files,
        surface,
        finders,
        scale,
    )
    assert [rule for module in modules for rule in module.RULES] == list(RULES)
    assert all(inspect.getdoc(rule) for rule in RULES)
    assert rules.__all__ == ["verify", "without_generators"]


@pytest.mark.parametrize(
    "name",
    [
        *("type", "schema", "name", "class", "key", "ref", "style", "children", "length", "model"),
        *("values", "default", "null", "toJSON", "id2", "owner2", "function", "import", "await"),
        *("list", "get", "create", "delete", "data", "errors", "Title", "snake_case", "_x", "a"),
        *("prototype", "then", "await_", "new", "return", "count", "items", "nextToken", "index"),
    ],
)
def test_an_ordinary_field_name_is_fine(name):
    assert codes(pattern(f"{{name: '{name}', type: string}}")) == []


@pytest.mark.parametrize(
    "name",
    [
        *("Data", "News", "Status", "Item", "Key", "Sheep", "Index", "Model", "Schema", "Type"),
        *("Object", "Date", "Array", "Error", "Promise", "Map", "User", "Home", "Route", "A"),
        *("Dashboard", "DataTable", "Page", "Event", "Task2", "HTMLPage", "Null", "Input"),
    ],
)
def test_an_ordinary_model_name_is_fine(name):
    assert codes(pattern(f"models: [{{name: '{name}', fields: [{{name: x, type: id}}]}}]")) == []


@pytest.mark.parametrize(
    "text",
    [
        *(
            "it's",
            "100 %",
            "a & b",
            "😀",
            "é漢字",
            "#ffcc00",
            "$5",
            "5 $",
            "C#",
            "a#b",
            "<b>",
            "{x}",
        ),
        *("{{ x }}", "a;b", "--", "/* x */", "`x`", "a: b", "(x)", "[x]", "*", "@x", "x = y", "~"),
    ],
)
def test_an_ordinary_default_is_fine(text):
    quoted = text.replace("'", "''")
    assert codes(pattern(f"{{name: x, type: string, default: '{quoted}'}}")) == []


def test_findings_of_several_rules_come_in_the_order_of_the_file():
    said = findings(
        """\
        name: test
        services: [s4]
        models:
          - name: Post
            fields:
              - {name: and, type: string}
              - {name: x, type: integer, default: a}
              - {name: o, type: belongsTo, model: Usr}
          - name: User
            fields: [{name: x, type: string}]
            indexes: [{field: y}]
        components: [{name: X, type: tabel}]
        """
    )
    assert [item.code for item in said] == [
        "ACE150",
        "ACE111",
        "ACE104",
        "ACE120",
        "ACE140",
        "ACE160",
    ]
    lines = [int(item.place.split(":")[1]) for item in said]
    assert lines == sorted(lines)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("services: [dynamdb]", "`dynamodb`"),
        ("{name: o, type: belongsTo, model: Itm}", "`Item`"),
        (
            "models: [{name: A, fields: [{name: title, type: id}], indexes: [{field: titel}]}]",
            "`title`",
        ),
        (
            ("schema: {enums: {Size: [s]}}\nmodels:"
            " [{name: A, fields: [{name: s, type: ref, ref: Siz}]}]"),
            "`Size`",
        ),
    ],
)  # fmt: skip
def test_what_is_unknown_comes_with_the_nearest_name(text, hint):
    (said,) = found(text)
    assert hint in said.hint


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "auth: {groups: [admins]}\n" + ruled("{allow: groups, groups: ['admins ']}"),
            [("ACE110", "cannot name a group", "A-Z")],
        ),
        (
            ruled("{allow: groups, groups: [admins, 'admins ']}"),
            [("ACE110", "cannot name a group", "A-Z")],
        ),
        (
            "auth: {groups: [a b]}\n" + ruled("{allow: groups, groups: [a b]}"),
            [("ACE110", "cannot name a group", "A-Z")],
        ),
        (ruled("{allow: owner}, {allow: owners}"), [("ACE130", "`owner_field`, a list", "")]),
        (
            ruled("{allow: owner}, {allow: owner, identity_claim: a b, operations: [read]}"),
            [("ACE110", "cannot name a claim", "")],
        ),
        (
            ruled("{allow: groups, groups: [a], group_field: b}"),
            [("ACE130", "takes only one of", "remove one")],
        ),
    ],
)  # fmt: skip
def test_one_mistake_is_one_finding(text, said):
    findings = found(text)
    assert [item.code for item in findings] == [code for code, _, _ in said]
    for item, (_, message, hint) in zip(findings, said, strict=True):
        assert message in item.message
        assert hint in item.hint


@pytest.mark.parametrize(
    ("kind", "value", "message", "hint"),
    [
        ("date", "2026-02-30", "is a day that does not exist", ""),
        ("date", "2026-2-3", "must look like", ""),
        ("datetime", "2026-02-30T12:00:00Z", "on a day that does not exist", ""),
        ("phone", "'+1234'", "7 to 15 digits", ""),
        ("phone", "'+99999999'", "no country", ""),
        ("phone", "12345678", 'look like "+44', ""),
        ("ipAddress", "300.0.0.1", "0 to 255", ""),
        ("integer", "'5'", "whole number", "without quotes: `default: 5`"),
        ("integer", "'5.5'", "whole number", ""),
        ("integer", "010", "whole number", "neither zeros before it"),
        ("float", "'1.5'", "must be a number", "without quotes"),
        ("float", "123456789012345678901234567890", "as the format writes", "18 digits"),
        ("float", "1e400", "as the format writes", "exponent"),
        ("float", "much", "must be a number", ""),
        ("boolean", "'true'", "true or false", "without quotes"),
        ("boolean", "yes", "true or false", ""),
        ("timestamp", "'1700000000'", "whole number", "without quotes"),
    ],
)
def test_a_default_is_told_what_is_wrong_with_it(kind, value, message, hint):
    (said,) = found(f"{{name: x, type: {kind}, default: {value}}}")
    assert said.code == "ACE104"
    assert message in said.message
    assert hint in said.hint
    assert bool(hint) == bool(said.hint)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("name: My Pattern\n", "`my_pattern`"),
        ("name: Aé\n", "`ae`"),
        ("name: 日本\n", "`-`, a letter first"),
        ("category: Big Shops\n", "`_` and `-`: `big_shops`"),
        ("name: 1st\n", "`-`, a letter first"),
        (models("con!"), "0-9, a letter first"),
        (models("order_line"), "`OrderLine`"),
        (models("1Foo"), "`Foo`"),
        (models("__Foo"), "`Foo`"),
        (models("Füü"), "with A-Z, a-z and 0-9, a letter first: `Fuu`"),
        (models("日本"), "PascalCase, with A-Z, a-z and 0-9, a letter first"),
        (models("A" * 51), "51 characters, and may have 50"),
        ("{name: größe, type: id}", "`grosse`"),
        ("{name: first name, type: id}", "`firstName`"),
        (f"{{name: {'a' * 65}, type: id}}", "may have 64"),
        (
            "{name: s, type: enum, values: ['true']}",
            "GraphQL has a `true` of its own: choose another word",
        ),
        ("{name: s, type: enum, values: [__x]}", "names that begin with `__` are GraphQL's own"),
        (f"{{name: s, type: enum, values: [{'a' * 65}]}}", "may have 64"),
        (
            "{name: s, type: enum, values: [ä]}",
            "A-Z, a-z, 0-9 and _, and does not begin with a digit",
        ),
    ],
)
def test_a_name_that_is_refused_is_told_what_it_lacks(text, hint):
    (said,) = found(text)
    assert said.hint.endswith(hint)


def test_a_long_name_of_a_pattern_is_told_its_length():
    (said,) = found(f"name: {'a' * 65}\n")
    assert "at most 64 characters" in said.message


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        ("User", "USER", ["ACE112"]),
        ("user", "User", ["ACE110", "ACE112"]),
        ("Foo-Bar", "Foo_Bar", ["ACE110", "ACE110"]),
        ("Order", "Orders", ["ACE112"]),
    ],
)
def test_names_that_are_refused_collide_once_at_most(one, other, said):
    assert codes(pattern(models(one, other))) == said


@pytest.mark.parametrize("name", ["DataTable", "Dashboard", "Home", "App", "FormData", "Schema"])
def test_a_component_may_be_called_like_what_its_file_uses(name):
    assert not found(
        "models: [{name: Item, fields: [{name: x, type: id}]}]\n"
        f"components: [{{name: {name}, type: table}}]"
    )


def test_of_a_field_without_a_type_nothing_else_is_said():
    assert codes(pattern("{name: x, max_length: 5, values: [a], model: Item}")) == ["ACE012"]


def test_thousands_of_findings_are_all_there():
    fields = ", ".join(f"{{name: f{n}, type: belongsTo, model: M{n}}}" for n in range(2000))
    unknown = [item for item in found(fields) if item.code == "ACE120"]
    assert len(unknown) == 2000


def test_an_odd_regular_expression_makes_python_say_nothing(recwarn):
    assert codes(pattern("{name: x, type: string, pattern: '[[a]'}")) == []
    assert recwarn.list == []
