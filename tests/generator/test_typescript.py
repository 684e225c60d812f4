"""The printer against Prettier and JavaScript themselves; names that cannot become code."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from rendering import files_of
from strategies import HOSTILE, patterns, texts

from ace_flow.generator.characters import string
from ace_flow.generator.printer import print_code
from ace_flow.generator.typescript import (
    Arrow,
    Call,
    Constant,
    Element,
    Import,
    Imports,
    Indexed,
    ListOf,
    Name,
    Object,
    Page,
    Parameter,
    arrow,
    call,
)

SCHEMA = Name("Schema")
SPACE = "a" * 64

INVISIBLE = {"Cc", "Co", "Cs", "Zl", "Zp"}
TURNING = {"LRE", "LRO", "RLE", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
ZERO_WIDTH = set("\u200b\u200c\u200d\u200e\u200f\u2060\ufe0f\ufeff\U000e0041")

any_text = st.text() | texts
not_identifiers = st.one_of(
    st.sampled_from(HOSTILE),
    # Identifiers joined by dots are a name, too.
    st.text().filter(
        lambda text: not all(part.replace("$", "_").isidentifier() for part in text.split("."))
    ),
    st.sampled_from(("a-b", "a b", "1a", "", "a;", "a.", ".a", "a..b", "a[0]", "a\n", "ä", "a=>1")),
)


def field(name, *, checks=0):
    chain = call("a.string").call("required").call("default", name)
    if checks:
        chain = chain.call("validate", arrow("v", call("v.minLength", 1, name)))
    if checks > 1:
        body = call("v.gte", -0.5, "too small").call("lte", 1e21, f"{name} too large")
        chain = call("a.float").call("validate", arrow("v", body))
    return chain


def model(name, entries):
    rules = [call("allow.owner"), call("allow.groups", [name, "b"]).call("to", ["read"])]
    return (
        call("a.model", Object(entries, expanded=True))
        .call("identifier", [name, "id"])
        .call("secondaryIndexes", arrow("index", [call("index", name).call("sortKeys", [name])]))
        .call("authorization", arrow("allow", rules))
    )


def element(name, **attributes):
    return Element(Name("RecordForm"), {"title": name, **attributes})


def constant(name, value):
    return Constant(Name(name), value)


# What the generator prints, by the name in it: each is tried with names of 1 to 64 characters.
SHAPES = {
    "string": lambda n: constant("a", n + SPACE[:30]),
    "long constant": lambda n: constant(n + "Labels" + SPACE[:30], {"a": n}),
    "path": lambda n: constant(n, Name("row." + n)),
    "short call": lambda n: constant(SPACE[:50], call("useAll", Name(n))),
    "hook": lambda n: constant(f"all{n}", call("useAll", Name(f"list{n}"))),
    "typed list": lambda n: Constant(
        Name(f"{n}Columns"),
        [{"header": n, "cell": arrow("row", call("formatText", Name(f"row.{n}")))}],
        ListOf(Name("Column"), Indexed(SCHEMA, (n, "type"))),
    ),
    "reader": lambda n: constant(
        f"to{n}",
        Arrow(
            (Parameter("form", Name("FormData")),),
            Object({n: call("required", Name("form"), n, Name("text"))}, expanded=True),
            Indexed(SCHEMA, (n, "createType")),
        ),
    ),
    "nested reader": lambda n: constant(
        "a",
        arrow(
            "form",
            {n: call("group", Name("form"), n, arrow("part", Object({n: n}, expanded=True)))},
        ),
    ),
    "shared": lambda n: constant(
        f"get{n}",
        call(
            "shared",
            Arrow((Parameter("key", Name("string")),), call("client.models.A.get", {n: 1, "a": n})),
        ),
    ),
    "two parameters": lambda n: constant(
        "a",
        Arrow((Parameter(n, Indexed(SCHEMA, (n,))), Parameter("b")), call("b.list", Name(n))),
    ),
    "lazy": lambda n: constant("a", [{"b": call("lazy", Arrow((), call("import", f"./c/{n}")))}]),
    "object": lambda n: constant("a", {n: n, "b": {n: Name(n), n + "2": Name("row." + n)}}),
    "objects": lambda n: constant("a", [{n: 1, "b": n}, {n: 2, "b": "c"}]),
    "arrays": lambda n: constant("a", {"b": [[n, "c"], ["d", "e"]], "c": [[n], []], "d": {}}),
    "wide key": lambda n: constant("a", {n: SPACE + SPACE[:28], "b": {n: Name("row." + SPACE)}}),
    "wide argument": lambda n: constant(
        "a", [{SPACE + SPACE[:20]: call("b.c", n)}, {SPACE: call("b", Name(SPACE[:4] + n))}]
    ),
    "wide call": lambda n: constant(SPACE + n, call("useAll", Name(n + SPACE[:30]))),
    "wide letters": lambda n: constant("a", call("b", "漢" * len(n), {"c": n})),
    "emoji": lambda n: constant("a", {"b": ["😀" * len(n), "漢字é", "👍🏽"]}),
    "field": lambda n: constant("a", {n: field("b")}),
    "default": lambda n: constant("a", {"b": field(n), n: call("a.ref", n)}),
    "checked field": lambda n: constant("a", {"b": field(n, checks=1)}),
    "twice checked field": lambda n: constant("a", {n: field(n, checks=2)}),
    "relation": lambda n: constant("a", {n: call("a.belongsTo", n, [n, "b"]), "b": [n]}),
    "model": lambda n: constant("a", {n: model(n, {n: field(n)})}),
    "index": lambda n: constant(
        "a", [call("index", n).call("sortKeys", [n]).call("name", "b").call("queryField", n)]
    ),
    "rules": lambda n: constant(
        "a", arrow("allow", [call("allow.groupDefinedIn", n).call("withClaimIn", n)])
    ),
    "element": lambda n: constant("A", Arrow((), element(n))),
    "attributes": lambda n: constant(
        "A", Arrow((), element(n, hint=f'"{n}"', list=Name(n), isRequired=True, min=-1, b={n: 1}))
    ),
    "handlers": lambda n: constant(
        "A",
        Arrow(
            (),
            element(
                "b",
                save=arrow("form", call(f"create{n}", call(f"to{n}", Name("form")))),
                by=arrow("row", Name(f"row.{n}")),
                all=call("useAll", Name(n)),
            ),
        ),
    ),
    "children": lambda n: constant(
        "A",
        Arrow(
            (),
            Element(
                Name("RecordForm"),
                {"title": n, "list": Name(n)},
                (element(n), Element(Name("B"), {}, (Element(Name("C")),))),
            ),
        ),
    ),
}


@pytest.fixture(scope="module")
def assert_formatted(ask):
    def check(text, path="a.tsx"):
        assert ask("format", text, path) == text

    return check


@pytest.mark.toolchain
@pytest.mark.parametrize("shape", SHAPES)
def test_is_what_prettier_prints_at_every_width(shape, assert_formatted):
    statements = [SHAPES[shape]("n" * width) for width in range(1, 65)]
    assert_formatted("".join(print_code(item, trailing=";") + "\n" for item in statements))


@pytest.mark.toolchain
@pytest.mark.parametrize("count", [0, 1, 2])
def test_pages_are_what_prettier_prints(count, assert_formatted):
    def function(width):
        shown = Page((element("n" * width, list=Name("listOrders")),) * count)
        code = print_code(shown, indent=2, column=len("  return "), trailing=";")
        return f"function A{width}() {{\n  return {code}\n}}\n"

    assert_formatted("\n".join(function(width) for width in range(1, 65)))


@pytest.mark.toolchain
def test_imports_are_what_prettier_prints(assert_formatted):
    def imports(width):
        name = f"n{width}".ljust(width, "n")
        return Imports(
            (
                Import("../a", names=(name,)),
                Import("../b", types=(name,)),
                Import("../c", names=(name, "Zeta", "alpha"), types=("Other",)),
                Import("../d", types=(name, "Alpha")),
            )
        )

    for width in (1, 20, 40, 56, 57, 58, 59, 60, 61, 62, 63, 64):
        assert_formatted(print_code(imports(width)) + "\n")


@pytest.mark.toolchain
@settings(max_examples=100, phases=[Phase.generate])
@given(pattern=patterns())
def test_whole_applications_are_what_prettier_prints(pattern, assert_formatted):
    # The others are copied from the templates, which the shipped patterns prove.
    made = ("amplify/data/", "src/components/", "src/data/models/", "src/data/enums.ts")
    for path, text in files_of(pattern).items():
        if path.startswith((*made, "src/routes.ts", "amplify/auth/", "README.md")):
            assert_formatted(text, path)


@pytest.mark.toolchain
@settings(max_examples=100)
@given(samples=st.lists(any_text, min_size=1, max_size=20))
def test_string_literals_mean_the_text(samples, ask):
    assert ask("evaluate", [string(text) for text in samples]) == samples


@given(text=any_text)
def test_string_literals_hide_nothing(text):
    literal = string(text)
    assert not {unicodedata.category(character) for character in literal} & INVISIBLE
    assert not {unicodedata.bidirectional(character) for character in literal} & TURNING
    assert not set(literal) & ZERO_WIDTH


@pytest.mark.toolchain
@settings(max_examples=60)
@given(samples=st.lists(any_text, min_size=1, max_size=10))
def test_jsx_attributes_mean_the_text(samples, ask):
    elements = [print_code(Element(Name("a"), {"text": text})) for text in samples]
    assert ask("attributes", elements) == [{"text": text} for text in samples]


@pytest.mark.toolchain
@settings(max_examples=30)
@given(
    numbers=st.lists(
        st.integers(-(2**53), 2**53) | st.floats(allow_nan=False, allow_infinity=False),
        min_size=10,
    )
)
def test_numbers_mean_the_number(numbers, ask):
    values = ask("evaluate", [print_code(number) for number in numbers])
    assert [float(value) for value in values] == [float(number) for number in numbers]


@given(text=not_identifiers)
@pytest.mark.parametrize(
    "make",
    [
        Name,
        Parameter,
        lambda text: Call(Name("a"), text),
        lambda text: call(f"a.{text}"),
        lambda text: arrow(text, None),
        lambda text: Element(Name(text)),
        lambda text: Element(Name("A"), {text.replace("-", " "): "b"}),
        lambda text: Constant(Name(text), 1),
    ],
)
def test_only_identifiers_become_code(make, text):
    with pytest.raises(ValueError, match="not a"):
        make(text)


@pytest.mark.toolchain
@given(keys=st.lists(any_text.filter(lambda key: key != "__proto__"), unique=True, max_size=8))
def test_any_text_is_a_key(keys, ask):
    printed = print_code({key: position for position, key in enumerate(keys)})
    assert ask("evaluate", [printed]) == [{key: position for position, key in enumerate(keys)}]
