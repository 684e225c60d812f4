from __future__ import annotations

import gc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ace_flow.diagnostics import CODES, PatternError
from ace_flow.loader import read_document
from ace_flow.loader.decoding import MAX_BYTES
from ace_flow.loader.document import MAX_DEPTH, MAX_NODES, MAX_TEXT


def read(text: str | bytes):
    return read_document("p.yml", text if isinstance(text, bytes) else text.encode())


def refused(text: str | bytes) -> list[tuple[str, int, int]]:
    with pytest.raises(PatternError) as caught:
        read(text)
    return [(item.code, item.span.line, item.span.column) for item in caught.value.diagnostics]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("no", "no"),
        ("No", "No"),
        ("yes", "yes"),
        ("on", "on"),
        ("off", "off"),
        ("y", "y"),
        ("TRUE", "TRUE"),
        ("12:30", "12:30"),
        ("12:30:45", "12:30:45"),
        ("010", "010"),
        ("0o10", "0o10"),
        ("0x1F", "0x1F"),
        ("-0x10", "-0x10"),
        ("0b1", "0b1"),
        ("1_000", "1_000"),
        ("2024-01-01", "2024-01-01"),
        ("2024-13-45", "2024-13-45"),
        ("2001-12-14t21:59:43.10-05:00", "2001-12-14t21:59:43.10-05:00"),
        (".5", ".5"),
        ("1.", "1."),
        ("1e", "1e"),
        ("- 1".replace(" ", "\u00a0"), "-\u00a01"),
        ("\u0661\u0662", "\u0661\u0662"),
        (".nan", ".nan"),
        (".inf", ".inf"),
        ("-.INF", "-.INF"),
        ("nan", "nan"),
        ("1e400", "1e400"),
        ("9" * 5000, "9" * 5000),
        ("=", "="),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("0", 0),
        ("42", 42),
        ("-7", -7),
        ("1.10", 1.1),
        ("-0.5", -0.5),
        ("1e3", 1000.0),
        ("+7", 7),
        ("'true'", "true"),
        ('"1"', "1"),
        ("|-\n  010", "010"),
    ],
)
def test_a_scalar_never_changes_its_meaning(written, meant):
    value = read(f"a: {written}").mapping["a"].value
    assert value == meant
    assert type(value) is type(meant)


def test_a_number_is_also_kept_as_it_was_written():
    assert read("version: 1.10").mapping["version"].raw == "1.10"


def test_every_value_and_key_knows_its_place():
    root = read("name: x\nmodels:\n  - name: Post\n    fields: [a, bcd]\n")
    assert str(root.mapping["name"].span) == "p.yml:1:7"
    assert str(root.key_span("models")) == "p.yml:2:1"
    model = root.find(("models", 0))
    assert str(model.mapping["name"].span) == "p.yml:3:11"
    last = model.find(("fields", 1)).span
    assert (last.line, last.column, last.end_column) == (4, 17, 20)


def test_columns_count_characters_not_bytes():
    assert str(read("é😀漢: x").mapping["é😀漢"].span) == "p.yml:1:6"


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("a: 1\nb: 2\na: 3\n", ("ACE003", 3, 1)),
        ("x:\n  - {k: 1, l: 2, k: 3}\n", ("ACE003", 2, 18)),
        ("a: &x 1\nb: *x\n", ("ACE004", 2, 4)),
        ("b: {<<: {c: 1}}\n", ("ACE004", 1, 5)),
        ("a: !!str 1\n", ("ACE005", 1, 4)),
        ("a: !python/object:os.system x\n", ("ACE005", 1, 4)),
        ("a: ! 12\n", ("ACE005", 1, 4)),
        ("!!map {a: 1}\n", ("ACE005", 1, 1)),
        ("!!str a: 1\n", ("ACE005", 1, 1)),
        ("? !x a\n: 1\n", ("ACE005", 1, 3)),
        ("a: !<tag:yaml.org,2002:str> 1\n", ("ACE005", 1, 4)),
        ("a: !<" + "x" * 5000 + "> 1\n", ("ACE005", 1, 4)),
        ("%TAG ! tag:x\n---\na: 1\n", ("ACE001", 1, 1)),
        ("# c\r\n\r\n%YAML 1.1\n---\na: no\n", ("ACE001", 3, 1)),
        ("%YAML 1.2\n%YAML 1.3\n---\na: 1\n", ("ACE001", 2, 1)),
        ("%YAML 1.21\n---\na: 1\n", ("ACE001", 1, 1)),
        ("%ANY thing\n---\na: 1\n", ("ACE001", 1, 1)),
        ("a: &x 1\n*x : 2\n", ("ACE004", 2, 1)),
        ("a: 1\n...\n---\nb: 2\n", ("ACE009", 3, 1)),
        ("a: 1\n--- {}\n", ("ACE009", 2, 1)),
        ("{? : b}\n", ("ACE006", 1, 4)),
        ("2024: b\n", ("ACE006", 1, 1)),
        ("{{a: 1}: 2}\n", ("ACE006", 1, 2)),
        ("a: [!x [1]]\n", ("ACE005", 1, 5)),
        ("a: 1\n---\nb: 2\n", ("ACE009", 2, 1)),
        ("a: 1\n1: b\n", ("ACE006", 2, 1)),
        ("a: {true: b}\n", ("ACE006", 1, 5)),
        ("a: 1\n? [x]\n: b\n", ("ACE006", 2, 3)),
        ("~: b\n", ("ACE006", 1, 1)),
        ("a" * 201 + ": 1\n", ("ACE006", 1, 1)),
        ("a: [1\n", ("ACE001", 1, 4)),
        ("a: b: c\n", ("ACE001", 1, 5)),
        ("a:\n\t- b\n", ("ACE001", 2, 1)),
        ('a: "\\q"\n', ("ACE001", 1, 5)),
        ('a: "\\ud800"\n', ("ACE001", 1, 7)),
        ("a: b\nc: d\x07e\n", ("ACE008", 2, 5)),
        ("a: b\r\nc: d\x1be\n", ("ACE008", 2, 5)),
        ("a: b\rc:\x00\n", ("ACE008", 2, 3)),
        ("a: \x9b31m\n", ("ACE008", 1, 4)),
        ("a: x\u2028y\n", ("ACE008", 1, 5)),
        ("a: b # c\x85d: e\n", ("ACE008", 1, 9)),
        ("a: \ufffe\n", ("ACE008", 1, 4)),
        ("a: x\ufeffy\n", ("ACE008", 1, 5)),
        ('a: "x\\0"\n', ("ACE008", 1, 4)),
        ('a: ["x", "\\e[31m"]\n', ("ACE008", 1, 10)),
        ("é: b\rc: d\re: \x07\n", ("ACE008", 3, 4)),
        (b"\xef\xbb\xbfa: \xff\n", ("ACE008", 1, 4)),
        (b"a: b\nc: \xe9\n", ("ACE008", 2, 4)),
        (b"\xff\xfea\x00:\x00", ("ACE008", 1, 1)),
        (b"\x7fELF\x02\x01\x01\x00", ("ACE008", 1, 1)),
        (b"", ("ACE002", 1, 1)),
        (b"# nothing\n\n", ("ACE002", 1, 1)),
        ("[" * 100_000, ("ACE007", 1, MAX_DEPTH + 1)),
        ("{a: " * 100_000, ("ACE007", 1, 4 * MAX_DEPTH - 2)),
        ("- " * 100_000, ("ACE007", 1, 2 * MAX_DEPTH + 1)),
        (b"a" * (MAX_BYTES + 1), ("ACE007", 1, 1)),
        ("a: 1\nb: " + "x" * (MAX_TEXT + 1), ("ACE007", 2, 4)),
        ("- 1\n" * MAX_NODES, ("ACE007", MAX_NODES, 3)),
    ],
)
def test_what_strictness_forbids_is_refused_at_its_place(text, finding):
    assert refused(text) == [finding]


def test_all_findings_come_in_one_run():
    assert refused("a: &x 1\nb: *x\na: !t 2\n3: 4\n") == [
        ("ACE004", 2, 4),
        ("ACE003", 3, 1),
        ("ACE005", 3, 4),
        ("ACE006", 4, 1),
    ]


def test_of_a_file_of_nothing_but_errors_all_are_found():
    assert len(refused("a: 1\n" * 100_000)) == 99_999


def test_a_merge_key_bomb_is_refused_at_once():
    lines = ["a0: &a0 {x: 1}"]
    lines += [f"a{n}: &a{n} {{<<: [*a{n - 1}, *a{n - 1}]}}" for n in range(1, 25)]
    assert set(refused("\n".join(lines))) > {("ACE004", 2, 10)}


def test_an_unused_anchor_and_a_byte_order_mark_do_no_harm():
    assert read(b"\xef\xbb\xbfa: &here 1\n").plain() == {"a": 1}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_counts_once(end):
    root = read(end.join(["a: 1", "# c", "b: [x,", "  y]", ""]))
    assert str(root.mapping["b"].span) == "p.yml:3:4"
    assert str(root.find(("b", 1)).span) == "p.yml:4:3"
    assert root.span.source.line(3) == "b: [x,"


def test_a_second_key_points_to_the_first():
    with pytest.raises(PatternError) as caught:
        read("a: 1\nb: {c: 1,\n  c: 2, c: 3}\n")
    assert [
        [(str(span), message) for span, message in item.related]
        for item in caught.value.diagnostics
    ] == [[("p.yml:2:5", "first here")]] * 2


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-be"])
def test_another_encoding_is_called_by_its_name(encoding):
    with pytest.raises(PatternError) as caught:
        read("name: a\n".encode(encoding))
    (found,) = caught.value.diagnostics
    assert (found.code, found.hint) == ("ACE008", "save it as UTF-8")
    assert "UTF-16" in found.message


@pytest.mark.parametrize(
    "text", ["%YAML 1.2\n---\na: 1\n", "# c\n%YAML 1.2 # d\r\n--- # e\na: 1\n...\n# f\n"]
)
def test_the_directive_that_says_what_holds_anyway_is_allowed(text):
    assert read(text).plain() == {"a": 1}


def test_the_collector_is_left_as_it_was():
    for before in (gc.enable, gc.disable):
        before()
        enabled = gc.isenabled()
        read("a: 1")
        refused("a: 1\na: 2")
        assert gc.isenabled() is enabled
    gc.enable()


def only_pattern_errors(data: bytes) -> None:
    try:
        read(data)
    except PatternError as error:
        found = error.diagnostics
    else:
        return
    assert found
    assert all(item.code in CODES for item in found)
    assert all(item.span.line > 0 and item.span.column > 0 for item in found)


@settings(max_examples=1500)
@given(st.binary(max_size=60))
def test_bytes_give_a_document_or_findings_and_nothing_else(data):
    only_pattern_errors(data)


PIECES = st.sampled_from(
    [
        *" \n\t:-?[]{},#&*!|>'\"%@`~<=.",
        *("a", "b: ", "- ", "  ", "\n  ", "---\n", "...\n", "&x ", "*x", "<<: ", "!!str ", "! "),
        *("| ", ">-\n", "%YAML 1.2\n", "%TAG ! x\n", "1e999", "0x1", "\r", "\x85", "\ufeff"),
        *("😀", '"\\u0000"', '"\\ud800"', "? ", "\u2028", "12:30", "2024-02-31"),
    ]
)


@settings(max_examples=2500)
@given(st.lists(PIECES, max_size=25).map("".join))
def test_text_in_the_shape_of_yaml_gives_a_document_or_findings_and_nothing_else(text):
    only_pattern_errors(text.encode("utf-8", "surrogatepass"))
