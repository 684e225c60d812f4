"""Common slips in YAML: each is said in plain words, where it is, and alike by both parsers."""

from __future__ import annotations

import time

import pytest
import yaml

from ace_flow.diagnostics import PatternError
from ace_flow.loader import document, read_document

PARSERS = {getattr(yaml, "CSafeLoader", yaml.SafeLoader), yaml.SafeLoader}
FIELDS = "models:\n  - name: A\n    fields:\n"

# The text, the place, words of the message and of the hint, and the related place.
SLIPS = [
    ('a: "x\nb: 1\n', "1:4", "never closed", '`"`', ""),
    ("a: 'x\nb: 1\n", "1:4", "never closed", "`'`", ""),
    ('a: ["x, y]\n', "1:5", "never closed", '`"`', ""),
    ('a: "x\nb:\n  c: "d"\n', "1:4", "closed only on line 3", '`"`', "3:6"),
    ("a: 'it's'\n", "1:8", "quotes ends before", "twice", ""),
    ('a: "1" high"\n', "1:8", "quotes ends before", "backslash", ""),
    ('a: "C:\\dir"\n', "1:7", "`\\d` means nothing", "`\\\\d`", ""),
    ("a: [b, c\nd: e\n", "1:4", "`[` that opens here is never", "`]`", "2:2"),
    ("a: [b, c", "1:4", "`[` that opens here is never", "`]`", ""),
    ("a: {b: c # d\n\n# e\n", "1:4", "`{` that opens here is never", "`}`", ""),
    ("a:\n  - {b: c\n  - {b: d}\n", "2:5", "`{` that opens here is never", "`}`", "3:5"),
    ("a: {b: [c, d}\n", "1:13", "`}` does not close the `[`", "`]`", "1:8"),
    ("a: [b]]\n", "1:7", "no `[` for this `]`", "remove", ""),
    ("a: {b: c}}\n", "1:10", "no `{` for this `}`", "remove", ""),
    ("a: [, b]\n", "1:5", "nothing before this comma", "remove", ""),
    ("a: {b: [1] c: 2}\n", "1:12", "comma is missing", "commas", "1:4"),
    ("a: {b: c d: e}\n", "1:11", "comma is missing", "quotes", ""),
    ("a: {b: c: d}\n", "1:9", "comma is missing", "quotes", ""),
    ("a: [b] c\n", "1:8", "after the closing bracket", "quotes", ""),
    (f"{FIELDS}\t- {{name: a}}\n", "4:1", "tab", "spaces", ""),
    ("a:\n  b: c\n  \td: e\n", "3:3", "tab", "spaces", ""),
    ("a:\n\tb: c\n", "2:1", "tab", "spaces", ""),
    (
        f"{FIELDS}      - name: b\n        required true\n",
        "5:9",
        "`required`",
        "`required: true`",
        "",
    ),
    ("a: b\nmodels\n  - name: A\n", "2:1", "`models`", "`models:`", ""),
    ("name x\nmodels: []\n", "1:1", "`name`", "`name: x`", ""),
    ("a:\n  - name A # b\n\n  # c\n    fields: []\n", "2:5", "`name`", "`name: A`", ""),
    ("a:\n  - Order\n    fields: []\n", "2:5", "`Order`", "`name: Order`", ""),
    ("a:\n  - b\n  c: d\n", "3:3", "indented unlike", "`- `", ""),
    ("a: b\nand so on it goes\nc: d\n", "2:1", "no key with a value", "indented", ""),
    ("a: b\ntype:string\nc: d\n", "2:5", "space", "`type: string`", ""),
    ("- name:A\n  b: c\n", "1:7", "space", "`name: A`", ""),
    ("a: b: c\n", "1:5", "needs quotes", '`"b: c"`'.strip("`"), ""),
    ('a: the "b": c # d\n', "1:11", "needs quotes", "'the \"b\": c'", ""),
    ("a: this is\n  a text: long\n", "2:9", "needs quotes", "quotes", ""),
    ("a: b\n c: d\n", "2:2", "indented more", "column 1", ""),
    ("a:\n    b: 1\n  c: 2\n", "3:3", "indented unlike", "column 1", ""),
    ("a:\n  - b: 1\n   c: 2\n", "3:4", "indented unlike", "`- `", ""),
    (" a: b\nc: d\n", "2:1", "indented less", "same column", "1:2"),
    ("a: [- b]\n", "1:5", "no dashes", "remove", ""),
    ("a: - b\n", "1:4", "line of its key", "next line", ""),
    ("a: @b\n", "1:4", "begin with `@`", '"@b"', ""),
    ("a: `b` c # d\n", "1:4", "begin with a backtick", '"`b` c"', ""),
    ("a: 5\nb: %c\n", "2:4", "begin with `%`", '"%c"', ""),
    ("a: *\n", "1:4", "begin with `*`", '"*"', ""),
    ("a: & b\n", "1:4", "begin with `&`", '"& b"', ""),
]


@pytest.mark.parametrize(("text", "place", "message", "hint", "related"), SLIPS)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_slip_is_said_in_plain_words_where_it_is(
    monkeypatch, text, place, message, hint, related, end
):
    said = set()
    for parser in PARSERS:
        monkeypatch.setattr(document, "_Loader", parser)
        with pytest.raises(PatternError) as caught:
            read_document("p.yml", text.replace("\n", end).encode())
        (found,) = caught.value.diagnostics
        others = [str(span).removeprefix("p.yml:") for span, _ in found.related]
        assert (found.code, str(found.span)) == ("ACE001", f"p.yml:{place}")
        assert message in found.message
        assert hint in found.help
        assert others == ([related] if related else [])
        said.add((found.message, found.help))
    assert len(said) == 1


def test_what_is_no_common_slip_is_said_in_the_words_of_the_parser():
    with pytest.raises(PatternError) as caught:
        read_document("p.yml", b"a: |x\n  b\n")
    (found,) = caught.value.diagnostics
    assert "block scalar" in found.message
    assert found.help is None


@pytest.mark.parametrize("text", ["a: {b:[c]}\n", "a: {bc:{d: e}}\n"])
def test_a_bracket_right_after_a_colon_is_read_or_found(monkeypatch, text):
    monkeypatch.setattr(document, "_Loader", yaml.SafeLoader)
    assert isinstance(read_document("p.yml", text.encode()).plain()["a"], dict)
    if len(PARSERS) > 1:
        monkeypatch.setattr(document, "_Loader", yaml.CSafeLoader)
        with pytest.raises(PatternError) as caught:
            read_document("p.yml", text.encode())
        (found,) = caught.value.diagnostics
        assert found.message == "a space is missing after the colon"
        assert text[found.span.column - 1] == ":"


@pytest.mark.parametrize(
    "text",
    [
        "a: [" + "b,\n" * 100_000,
        "a: " + "b " * 500_000 + ": c\n",
        "a\n" + "\n" * 500_000 + "b: c\n",
        "a: {" + "b: c,\n" * 90_000 + " d e: f: g}\n",
        "a: '" + "b\n" * 300_000,
        "a:" + "b" * 500_000 + "\nc: d\n",
        "a: @" + "b " * 500_000,
        " " * 500_000 + "\t- a\n",
        "a: {b: c\n" + "- " * 500_000,
    ],
    ids=lambda text: text[:12],
)
def test_a_slip_in_a_long_text_is_found_in_time(text):
    start = time.monotonic()
    with pytest.raises(PatternError) as caught:
        read_document("p.yml", text.encode())
    assert time.monotonic() - start < 10
    assert all(len(item.message) + len(item.help or "") < 400 for item in caught.value.diagnostics)
