"""Parameters: what their values become in a pattern, and what is wrong with them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema_rs import Draft202012Validator
from loading import CATALOGUE, codes, document, findings, load_text
from msgspec.structs import replace

from ace_flow.diagnostics import PatternError
from ace_flow.loader import ProjectValues, load, sample_values, stated_in_file, stated_in_options
from ace_flow.loader.editor import editor_schema
from ace_flow.loader.placeholders import escaped, may_be_filled, pieces, places
from ace_flow.rendering import render_files
from ace_flow.session import Session
from ace_flow.source import Node
from ace_flow.workspace import shipped

MODELS = "models: [{name: Item, fields: [{name: x, type: string}]}]\n"
# Texts that would be code somewhere, and those that look like places.
HOSTILE = (
    *("'", '"', "\\", "`", "${x}", "$${x}", "$", "{{ x }}", "{% x %}", "*/", "//", "</script>"),
    *("\n", "\r\n", "\u2028", "\u202e", "&amp;", "<b>", '"; process.exit() //', "javascript:x"),
    *("#", ": ", "- ", "no", "010", "é", "😀", " "),
)
texts = st.one_of(
    st.lists(st.sampled_from(HOSTILE), max_size=5).map("".join),
    st.text(st.sampled_from("${}ab"), max_size=12),
)


def alone(name: str, _accepts: object):
    raise AssertionError(name)


def loaded(text: str, *options: str):
    """Load a pattern that extends nothing, with values as in `--set`."""
    return load(document(text), alone, sample_values(stated_in_options(options))).pattern


def filled(written: str, *options: str, declared: str = "a: {type: string, default: A}") -> str:
    quoted = written.replace("'", "''")
    text = f"name: test\nparameters: {{{declared}}}\ndescription: '{quoted}'\n{MODELS}"
    return loaded(text, *options).description


@given(st.text(st.sampled_from("$ {}ab"), max_size=20).filter(lambda text: "${" not in text))
def test_a_text_without_a_place_is_as_it_was(text):
    assert [part.text for part in pieces(text)] == [text]
    assert escaped(text) == text or "{" in text


@given(texts)
def test_an_escaped_text_comes_out_as_it_was(text):
    parts = [*pieces(escaped(text))]
    assert all(part.place is None for part in parts)
    assert "".join(part.text for part in parts) == text


@given(texts, texts, texts)
def test_a_value_stands_between_the_texts_around_it(before, value, after):
    parts = [*pieces(f"{escaped(before)} ${{a}}{escaped(after)}")]
    names = [part.place.name for part in parts if part.place]
    assert names == ["a"]
    done = "".join(part.text + (value if part.place else "") for part in parts)
    assert done == f"{before} {value}{after}"


@pytest.mark.parametrize(
    ("written", "becomes"),
    [
        ("${a}", "A"),
        ("${a}${a}", "AA"),
        ("x ${a} y", "x A y"),
        ("$${a}", "${a}"),
        ("$$${a}", "$A"),
        ("$$$${a}", "$${a}"),
        ("$a {a} $ {a}", "$a {a} $ {a}"),
        ("$$ $5", "$$ $5"),
        ("$${", "${"),
    ],
)
def test_what_a_text_becomes(written, becomes):
    assert filled(written) == becomes


def test_what_is_filled_in_is_not_read_again():
    two = "a: {type: string, default: A}, b: {type: string, default: B}"
    assert filled("${a}", "a=${b}", declared=two) == "${b}"


def test_a_place_alone_takes_the_type_of_the_value():
    pattern = loaded(
        """\
        name: test
        parameters:
          limit: {type: integer, default: 5}
          price: {type: number, default: 2.50}
          must: {type: boolean, default: true}
          words: {type: array, default: [b, c]}
          letters: {type: array, default: [a, b]}
        description: ${limit} for ${price}, ${must}, ${words}
        tags: [a, "${words}"]
        models:
          - name: Item
            fields:
              - {name: x, type: string, max_length: "${limit}", required: "${must}"}
              - {name: n, type: float, default: "${price}"}
              - {name: e, type: enum, values: "${letters}"}
        """
    )
    text, number, choice = pattern.models[0].fields[:3]
    assert (text.max_length, text.required, number.default) == (5, True, 2.5)
    assert choice.values == ("a", "b")
    assert pattern.tags == ("a", "b", "c")
    assert pattern.description == "5 for 2.5, true, b, c"


def test_without_parameters_nothing_is_filled_in():
    assert load_text(
        f"name: test\ndescription: $${{a}} ${{b}} ${{\n{MODELS}"
    ).pattern.description == ("$${a} ${b} ${")
    text = "name: test\nmodels: [{name: A, fields: [{name: x, type: string, max_length: '${a}'}]}]"
    assert codes(text) == ["ACE011"]


def test_where_values_cannot_be_filled_in_a_text_stays():
    text = "name: test\nparameters: {a: {type: string, default: A}}\nx-note: ${b} ${\n"
    assert codes(text + MODELS) == []


PARENT = f"""\
name: parent
parameters:
  word: {{type: string, enum: [a, b], default: a}}
tags: [p, "${{word}}"]
description: of the parent
{MODELS}"""


def test_a_child_has_its_parents_parameters_and_changes_them_key_by_key():
    text = """\
        name: child
        extends: parent
        parameters: {word: {default: b}, more: {type: string, default: m}}
        description: with ${word} and ${more}
        tags: ["${more}"]
        """
    pattern = load_text(text, {"parent.yml": PARENT}).pattern
    assert [item.name for item in pattern.parameters] == ["word", "more"]
    assert pattern.parameters[0].enum == ("a", "b")
    assert (pattern.description, pattern.tags) == ("with b and m", ("p", "b", "m"))
    assert codes(text.replace("default: b", "default: c"), {"parent.yml": PARENT}) == ["ACE032"]


def test_a_file_that_has_no_parameters_means_what_it_says_whoever_extends_it():
    parent = f"name: parent\ncategory: c\nestimated_time: ${{word}} $${{x}}\n{MODELS}"
    text = "name: child\nextends: parent\nparameters: {word: {type: string, default: w}}\n"
    pattern = load_text(f"{text}description: ${{word}}\n", {"parent.yml": parent}).pattern
    assert (pattern.description, pattern.estimated_time) == ("w", "${word} $${x}")


def test_a_misspelt_parameter_of_a_parent_is_told_the_name():
    text = "name: child\nextends: parent\nparameters: {wrod: {default: b}}\n"
    (said,) = findings(text, {"parent.yml": PARENT})
    assert (said.code, said.place) == ("ACE012", "test.yml:3:14")
    assert "`word`" in said.hint


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("description: a ${b} c ${d}", [("ACE030", "3:16"), ("ACE030", "3:23")]),
        ("description: a ${ b", [("ACE030", "3:16")]),
        ("description: >\n  one\n  two ${a} ${b}", [("ACE030", "5:12")]),
        ("tags: ['${a}', '${b}']", [("ACE030", "3:17")]),
        ("additional_models: ${a}", [("ACE011", "3:20")]),
        ("complexity: ${a}", [("ACE013", "3:13")]),
        ("storage: {paths: {'public/*': [{allow: '${a}', operations: [read]}]}}", None),
        ("templates: {src/a.ts: '${a}'}", [("ACE030", "3:24")]),
    ],
)
def test_a_finding_points_at_the_place(text, places):
    head = "name: test\nparameters: {a: {type: string, default: A}}\n"
    said = findings(f"{head}{text}\n{MODELS}")
    if places is None:
        assert said
        assert all(item.place.startswith("test.yml:3:") for item in said)
    else:
        assert [(item.code, item.place) for item in said] == [
            (code, f"test.yml:{place}") for code, place in places
        ]


def test_a_value_is_checked_by_all_rules_at_the_place_where_it_stands():
    text = """\
        name: test
        parameters: {model: {type: string, default: Item}, d: {type: string, default: ok}}
        models:
          - {name: Item, fields: [{name: x, type: string, default: "${d}"}]}
          - {name: "${model}Box", fields: [{name: x, type: string}]}
          - {name: "${model}", fields: [{name: x, type: string}]}
        """
    with pytest.raises(PatternError) as error:
        loaded(text)
    assert [(i.code, str(i.span)) for i in error.value.diagnostics] == [("ACE015", "test.yml:6:12")]
    said = findings(
        text.replace("default: ok", "default: $ctx.x").replace("default: Item", "default: Other")
    )
    assert [(item.code, item.place) for item in said] == [("ACE105", "test.yml:4:60")]


@pytest.mark.parametrize(
    ("declared", "given_text", "value"),
    [
        ("type: string", "a=b", "a=b"),
        ("type: string", " x ", " x "),
        ("type: string", "", ""),
        ("type: string", "5", "5"),
        ("type: integer", "5", 5),
        ("type: integer", "-5", -5),
        ("type: integer", "2.0", 2),
        ("type: number", "2.50", 2.5),
        ("type: number", "1e3", 1000.0),
        ("type: boolean", "true", True),
        ("type: boolean", "False", False),
        ("type: array", "a, b", ("a", "b")),
        ("type: array", "", ()),
        ("type: array", '["a, b", 5]', ("a, b", "5")),
        ("type: array, items: {type: integer}", "[1, 2]", (1, 2)),
        ("type: array, items: {type: integer}", "1,2", (1, 2)),
    ],
)
def test_a_given_text_is_read_as_the_type(declared, given_text, value):
    text = f"name: test\nparameters: {{a: {{{declared}, examples: [{{}}]}}}}\n{MODELS}"
    sample = {"string": "s", "integer": "1", "number": "1", "boolean": "true", "array": "[]"}
    kind = declared.partition(",")[0].removeprefix("type: ")
    found = loaded(text.replace("{}", sample[kind]), f"a={given_text}").parameters[0].value
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("declared", "given_text"),
    [
        ("type: integer", "five"),
        ("type: integer", "010"),
        ("type: integer", "1.5"),
        ("type: integer", "1" * 19),
        ("type: number", "nan"),
        ("type: number", "1e400"),
        ("type: number", "inf"),
        ("type: boolean", "1"),
        ("type: string, maxLength: 1", "ab"),
        ("type: string, minLength: 1", ""),
        ("type: string, enum: [a]", "A"),
        ("type: string", "\x1b[31m"),
        ("type: string", "\x00"),
        ("type: string", "\ud800"),
        ("type: string", "x" * 65_537),
        ('type: string, pattern: "^[a-z]+$"', "a\n"),
        ("type: array, items: {type: integer}", "1, x"),
        ("type: array, maxItems: 1", "a, b"),
        ("type: array, items: {type: integer}", "[1, [2]]"),
        ("type: array, items: {type: integer}", "[1"),
    ],
)
def test_a_given_text_that_does_not_fit_is_refused_at_its_place(declared, given_text):
    sample = {"string": "a", "integer": "1", "number": "1", "boolean": "true", "array": "[1]"}
    kind = declared.partition(",")[0].removeprefix("type: ")
    text = f"name: test\nparameters: {{a: {{{declared}, default: {sample[kind]}}}}}\n{MODELS}"
    text = text.replace("default: [1]", "default: ['1']" if "items" not in text else "default: [1]")
    with pytest.raises(PatternError) as error:
        loaded(text, f"a={given_text}")
    (said,) = error.value.diagnostics
    assert (said.code, str(said.span)) == ("ACE032", "--set:1:3")
    assert said.related[0].span.line == 2


def test_an_expression_takes_no_longer_than_the_text():
    text = (
        "name: test\nparameters: {a: {type: string, examples: [aa], pattern: '^(a+)+$'}}\n" + MODELS
    )
    with pytest.raises(PatternError):
        loaded(text, f"a={'a' * 60_000}!")


def test_everything_that_is_wrong_is_said_at_once():
    text = f"""\
name: test
parameters:
  a: {{type: integer, default: x}}
  b: {{type: string, enum: [p, q], default: r, examples: [p, s]}}
  c: {{type: number, maxLength: 3, default: 1}}
description: ${{d}}
{MODELS}"""
    assert [(item.code, item.place) for item in findings(text)] == [
        ("ACE032", "test.yml:3:31"),
        ("ACE032", "test.yml:4:44"),
        ("ACE032", "test.yml:4:61"),
        ("ACE031", "test.yml:5:21"),
        ("ACE030", "test.yml:6:14"),
    ]


def test_what_is_filled_in_stays_within_the_limits_of_a_document():
    many = "".join(f"  - {{name: f{n}, type: string, description: '${{a}}'}}\n" for n in range(80))
    text = (
        "name: test\nparameters: {a: {type: string, default: x}}\n"
        f"models:\n- name: Item\n  fields:\n{many}"
    )
    assert loaded(text, f"a={'y' * 1000}")
    with pytest.raises(PatternError) as error:
        loaded(text, f"a={'y' * 65_000}")
    assert [item.code for item in error.value.diagnostics] == ["ACE007"]
    with pytest.raises(PatternError) as error:
        loaded(text.replace("'${a}'", "'${a}${a}'", 1), f"a={'y' * 40_000}")
    assert [item.code for item in error.value.diagnostics] == ["ACE007"]


def test_values_of_a_file_are_typed_by_yaml():
    stated = stated_in_file("values.yml", b"a: 5\nb: [x, y]\nc: {x: 1}\n")
    assert (stated["a"].value, stated["b"].value, stated["c"].value) == (5, ("x", "y"), None)
    text = f"name: test\nparameters: {{a: {{type: string, default: x}}}}\n{MODELS}"
    with pytest.raises(PatternError) as error:
        load(document(text), alone, sample_values(stated))
    assert [(item.code, str(item.span)) for item in error.value.diagnostics] == [
        ("ACE032", "values.yml:1:4"),
        ("ACE030", "values.yml:2:4"),
        ("ACE030", "values.yml:3:4"),
    ]


def test_those_that_nobody_asked_are_answered_once():
    asked = []

    def ask(pattern, questions):
        asked.append((pattern, [item.parameter.name for item in questions]))
        return {item.parameter.name: "answer" for item in questions}

    text = f"""\
name: test
parameters:
  a: {{type: string, default: A}}
  b: {{type: string, examples: [B]}}
  c: {{type: string, maxLength: 6, examples: [C]}}
  d: {{type: string, default: D}}
{MODELS}"""
    values = ProjectValues(
        stated=stated_in_options(["a=given"]),
        ask=ask,
        recall=lambda name: {"b": f"of {name}", "c": "too long by far", "e": "gone"},
    )
    for _ in range(2):
        pattern = load(document(text), alone, values).pattern
        assert {item.name: item.value for item in pattern.parameters} == {
            "a": "given",
            "b": "of test",
            "c": "answer",
            "d": "answer",
        }
    assert asked == [("test", ["c", "d"])]


def with_parameters(text: str):
    """Return a document in which each value that can be is a parameter's, with it as default."""
    kinds = {str: "string", int: "integer", float: "number", bool: "boolean"}
    declared = {}

    def swapped(node, path):
        if isinstance(node.value, dict):
            entries = {key: swapped(inner, (*path, key)) for key, inner in node.mapping.items()}
            return node._replace(value=entries)
        if isinstance(node.value, list):
            items = [swapped(inner, (*path, index)) for index, inner in enumerate(node.items)]
            return node._replace(value=items)
        if type(node.value) not in kinds or not may_be_filled(path):
            return node
        name = f"p{len(declared)}"
        keys = {"type": kinds[type(node.value)], "default": node.value}
        declared[name] = Node({key: Node(item, node.span) for key, item in keys.items()}, node.span)
        return Node(f"${{{name}}}", node.span, None, f"${{{name}}}")

    whole = swapped(document(text), ())
    parameters = Node(declared, whole.span, {key: node.span for key, node in declared.items()})
    return whole._replace(value={**whole.mapping, "parameters": parameters})


@pytest.mark.parametrize(
    "file",
    [
        file
        for file in sorted(shipped("patterns").rglob("*.yml"))
        if "\nextends:" not in (text := file.read_text()) and "\nname:" in text
    ],
    ids=lambda file: file.stem,
)
def test_a_pattern_of_nothing_but_parameters_is_what_their_values_make_it(file):
    plain = load_text(file.read_text()).pattern
    asking = load(with_parameters(file.read_text()), alone).pattern
    assert len(asking.parameters) > 20
    assert replace(asking, parameters=()) == plain


WHOLE = """\
name: shop
display_name: {place}
description: {place} and {place}
estimated_time: {place}
schema:
  models:
    - name: Product
      description: {place}
      fields:
        - {{name: title, type: string, description: {place}}}
components:
  - {{name: ProductTable, type: table, title: {place}, purpose: {place}}}
"""


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_value_is_text_that_generates_what_the_same_text_in_the_pattern_does(hostile, tmp_path):
    literal = '"' + "".join(f"\\U{ord(character):08x}" for character in f"x{hostile}") + '"'
    written = WHOLE.format(place=literal)
    asked = "parameters: {p: {type: string, default: d}}\n" + WHOLE.format(place='"${p}"')
    # What is beside a place in a text stays as it was.
    assert "${p} and" not in written
    asked = asked.replace('"${p}" and "${p}"', '"${p} and ${p}"')
    written = written.replace(f"{literal} and {literal}", f"{literal[:-1]} and {literal[1:]}")
    results = []
    for name, text in (("one", written), ("two", asked)):
        (tmp_path / f"{name}.yml").write_text(text, encoding="utf-8")
        session = Session(tmp_path)
        choose = sample_values(stated_in_options([f"p=x{hostile}"]) if name == "two" else {})
        try:
            checked = session.check(f"{name}.yml", choose=choose)
            results.append(({i.code for i in checked.findings}, render_files(session, checked)))
        except PatternError as error:
            results.append({item.code for item in error.diagnostics})
    assert results[0] == results[1]


def test_editors_take_places_where_a_value_can_be_right():
    checks = Draft202012Validator(editor_schema(CATALOGUE)).is_valid
    head = "name: test\nparameters: {a: {type: integer, default: 5}}\n"
    field = "models: [{{name: A, fields: [{{name: x, type: string, {}}}]}}]"
    for text in ("max_length: '${a}'", "required: '${a}'", "values: '${a}'"):
        assert checks(document(head + field.format(text)).plain())
    for text in ("max_length: five", "required: '$${a}'", "values: a"):
        assert not checks(document(head + field.format(text)).plain())
    assert not checks(document(f"{head}models: ${{a}}").plain())
    assert not checks(document(f"{head}remove: {{models: '${{a}}'}}").plain())


def test_a_place_is_found_in_linear_time():
    for text in ("$" * 65_536 + "{", "${" * 32_768, "${a" * 20_000):
        assert len(places(text)) <= 32_768
