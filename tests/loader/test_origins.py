"""A pattern with the origin of each value: it reads back, is complete, and the places are right."""

from __future__ import annotations

import io
import re
from contextlib import redirect_stdout

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from loading import CATALOGUE, load_text
from msgspec.structs import replace

from ace_flow.cli.origins import show_origins
from ace_flow.diagnostics import PatternError, has_errors
from ace_flow.loader import Missing, Parent, load, read_document
from ace_flow.loader.builder import build
from ace_flow.loader.origins import Completed, Value, document_of, leaves
from ace_flow.loader.resolver import compose
from ace_flow.loader.writer import lines
from ace_flow.model import Field
from ace_flow.rules import verify
from ace_flow.source import Source, Span

HOSTILE = (
    *("'", '"', "\\", "\n", "\r\n", "\t", " ", "#", " #", ": ", ":", "- ", "? ", "&a", "*a", "!t"),
    *("%", "@", "`", "|", ">", "{", "}", "[", "]", ",", "---", "...", "<<", "~", "=", "${x}"),
    *(
        "no",
        "Yes",
        "on",
        "null",
        "TRUE",
        "010",
        "12:30",
        "1.10",
        "1e5",
        "0x1F",
        ".inf",
        "2024-01-01",
    ),
    *("\x80", "\x85", "\x9b", "\xa0", "\u200b", "\u2028", "\u202e", "\u2066", "\ufeff", "\ue000"),
    *("é", "漢字", "😀", "\U000e0041", "a", "word", "-", "/", "~1", "\u0301"),
)
any_text = st.text(
    st.characters(
        exclude_categories=["Cs"],
        exclude_characters="".join(
            chr(code) for code in (*range(9), 11, 12, *range(14, 32), 127, 0xFFFE, 0xFFFF)
        ),
    ),
    max_size=12,
)
texts = st.one_of(
    st.lists(st.sampled_from(HOSTILE), max_size=6).map("".join),
    any_text,
    st.sampled_from(["a #b", "a # b", "a: b", "a, b", "a b ", " a", "a - b", "a]", "a:"]),
    st.sampled_from(["x", "\u202e", "word ", '"']).map(lambda text: (text * 5000)[:5000]),
)
keys = st.one_of(texts, any_text).map(lambda text: text[:200]).filter(lambda key: key != "<<")
scalars = st.one_of(
    texts,
    st.booleans(),
    st.none(),
    st.integers(-(10**17), 10**17),
    st.floats(-1e15, 1e15, allow_subnormal=False).map(lambda number: round(number, 3)),
)
trees = st.recursive(
    scalars,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(keys, inner, max_size=4)),
    max_leaves=20,
)
PLACE = Span(Source("a.yml", ""), 1, 1, 9, 9)


def written(value) -> str:
    """Write a value as YAML in the dullest way, each character of a text as an escape."""
    if isinstance(value, str):
        return '"' + "".join(f"\\U{ord(character):08x}" for character in value) + '"'
    if isinstance(value, dict):
        return "{" + ", ".join(f"? {written(key)} : {written(value[key])}" for key in value) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(written, value)) + "]"
    return (
        {None: "null", True: "true", False: "false"}.get(value)
        if value is None or isinstance(value, bool)
        else repr(value)
    )


def valued(value) -> Value:
    if isinstance(value, dict):
        return Value({key: valued(inner) for key, inner in value.items()}, PLACE)
    if isinstance(value, list):
        return Value([valued(inner) for inner in value], PLACE)
    return Value(value, PLACE)


def shown(pattern) -> str:
    with redirect_stdout(io.StringIO()) as out:
        show_origins(pattern)
    return out.getvalue()


def load_all(files: dict[str, object]):
    """Load the pattern `test.yml`; the others are its parents by name."""
    documents = {name: read_document(name, written(body).encode()) for name, body in files.items()}

    def find(name, _accepts):
        found = documents.get(f"{name}.yml")
        return Parent(name, found) if found else Missing()

    return load(documents["test.yml"], find).pattern, documents


@settings(max_examples=200)
@given(trees)
def test_what_is_written_is_read_back(tree):
    text = "".join(f"{line.text}\n" for line in lines(valued(tree)))
    assert all(line.isprintable() for line in text[:-1].split("\n"))
    assert read_document("a.yml", text.encode()).plain() == tree


@settings(max_examples=100)
@given(st.dictionaries(keys, trees, max_size=3))
def test_whatever_a_pattern_keeps_for_itself_is_shown_and_read_back(tree):
    pattern, _ = load_all({"test.yml": {"name": "test", "x-free": tree}})
    text = shown(pattern)
    assert read_document("again.yml", text.encode()).plain()["x-free"] == tree


def test_an_ascii_terminal_prints_escapes_that_are_read_back():
    pattern, _ = load_all({"test.yml": {"name": "test", "description": "caf\xe9 漢 😀"}})
    out = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    with redirect_stdout(out):
        show_origins(pattern)
    out.flush()
    again = read_document("again.yml", out.buffer.getvalue())
    assert again.text("description") == "caf\xe9 漢 😀"


def test_a_number_is_shown_as_it_was_written():
    pattern = load_text("name: test\nversion: 1.10\nx-a: [1.50, -0, 1e99, 7]").pattern
    assert 'version: "1.10"' in shown(pattern)
    assert "x-a: [1.50, -0, 1e99, 7]" in shown(pattern)


MODELS = ("Post", "Person", "Tag")
field_names = st.sampled_from(["title", "state", "views", "body", "id", "ownerName"])


def field(names):
    """Return fields and relations that are legal more often than not."""
    plain = st.fixed_dictionaries(
        {"name": names, "type": st.sampled_from(["string", "integer", "id", "datetime", "json"])},
        optional={"required": st.booleans(), "description": texts, "x-note": trees},
    )
    limited = st.fixed_dictionaries(
        {"name": names, "type": st.just("string")},
        optional={"max_length": st.just(9), "default": st.just("a"), "array": st.just(False)},
    )
    enum = st.fixed_dictionaries(
        {"name": names, "type": st.just("enum"), "values": st.just(["draft", "done"])},
        optional={"required": st.booleans(), "default": st.just("draft"), "array": st.booleans()},
    )
    ref = st.fixed_dictionaries({"name": names, "type": st.just("ref"), "ref": st.just("Mood")})
    relation = st.fixed_dictionaries(
        {
            "name": st.sampled_from(["author", "others", "links"]),
            "type": st.sampled_from(
                ["belongsTo", "belongs_to", "hasMany", "hasOne", "manyToMany", "many_to_many"]
            ),
            "model": st.sampled_from(MODELS),
        },
        optional={"required": st.booleans()},
    )
    return st.one_of(plain, limited, enum, ref, relation, relation)


rules = st.lists(
    st.one_of(
        st.just({"allow": "owner"}),
        st.just({"allow": "authenticated", "operations": ["read"]}),
        st.just({"allow": "groups", "groups": ["admins"]}),
    ),
    max_size=2,
    unique_by=lambda rule: rule["allow"],
)


def named(items, **limits):
    return st.lists(items, unique_by=lambda item: item["name"], **limits)


models = st.tuples(
    *(
        st.fixed_dictionaries(
            {
                "name": st.just(name),
                "fields": named(field(field_names), max_size=4).map(
                    lambda members: [{"name": "label", "type": "string"}, *members]
                ),
            },
            optional={"authorization": rules, "description": texts, "x-note": trees},
        )
        for name in MODELS
    )
).map(list)
schemas = st.fixed_dictionaries(
    {"models": models, "enums": st.just({"Mood": ["good", "bad"]})},
    optional={"authorization": rules},
)
components = named(
    st.fixed_dictionaries(
        {
            "name": st.sampled_from(["PostTable", "Board", "People"]),
            "type": st.sampled_from(["table", "list"]),
        },
        optional={"purpose": texts, "model": st.sampled_from(MODELS)},
    ),
    max_size=3,
)
common = {
    "category": st.just("content"),
    "display_name": texts.map(lambda text: text[:80]),
    "description": texts,
    "tags": st.lists(st.sampled_from(["a", "b", "no", "1"]), unique=True, max_size=3),
    "services": st.lists(st.sampled_from(["s3", "lambda", "ses"]), unique=True, max_size=2),
    "components": components,
}
whole = st.fixed_dictionaries({"name": st.just("base"), "schema": schemas}, optional=common)
child = st.fixed_dictionaries(
    {"name": st.just("test"), "extends": st.just("base")},
    optional={
        **common,
        "version": st.just("1.10"),
        "models": named(
            st.fixed_dictionaries(
                {"name": st.sampled_from(MODELS), "fields": named(field(field_names), max_size=2)},
                optional={"authorization": rules},
            ),
            max_size=2,
        ),
        "additional_models": st.just(
            [{"name": "Extra", "fields": [{"name": "note", "type": "string"}]}]
        ),
        "remove": st.just({"fields": {"Post": ["label"]}}),
    },
)
patterns = st.one_of(
    whole.map(lambda base: {"test.yml": {**base, "name": "test"}}),
    st.tuples(whole, child).map(lambda pair: {"base.yml": pair[0], "test.yml": pair[1]}),
)


def legal(files):
    """Return the loaded pattern; give the example up when there is something wrong with it."""
    try:
        pattern, documents = load_all(files)
    except PatternError:
        assume(False)
    assume(not has_errors(verify(pattern, CATALOGUE)))
    return pattern, documents


@settings(max_examples=150)
@given(patterns)
def test_a_shown_pattern_reads_back_and_is_complete(files):
    pattern, _ = legal(files)
    text = shown(pattern)
    again = read_document("again.yml", text.encode())
    assert again.plain() == document_of(pattern).plain()
    loaded = load(again, lambda _name, _accepts: Missing()).pattern
    assert loaded == replace(pattern, extends=())
    assert not has_errors(verify(loaded, CATALOGUE))
    # All of it is in the text already, but that forms, not the API, set the defaults of enums.
    assert build(compose(again, lambda _name, _accepts: Missing()).document) == replace(
        pattern, extends=(), models=tuple(map(with_stated_defaults, pattern.models))
    )


def with_stated_defaults(model):
    return replace(
        model,
        members=tuple(
            replace(member, default=member.initial, initial=None)
            if isinstance(member, Field) and member.initial is not None
            else member
            for member in model.members
        ),
    )


@settings(max_examples=100)
@given(patterns)
def test_at_each_place_stands_the_value(files):
    pattern, documents = legal(files)
    stand = {str(node.span): node.plain() for root in documents.values() for node in every(root)}
    document = document_of(pattern)
    for pointer, origin in leaves(document):
        if isinstance(origin, Completed):
            assert re.fullmatch(r"[\x20-\x7e]{5,70}", origin.why)
        else:
            assert stand[str(origin)] == at(document.plain(), pointer)


def every(node):
    yield node
    for inner in (*node.mapping.values(), *node.items):
        yield from every(inner)


def at(plain, pointer):
    for step in pointer.split("/")[1:]:
        key = step.replace("~1", "/").replace("~0", "~")
        plain = plain[int(key)] if isinstance(plain, list) else plain[key]
    return plain
