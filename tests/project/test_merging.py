"""Generated texts and what people made of them: nothing that somebody wrote is lost."""

from __future__ import annotations

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ace_flow.project import Favor, merge
from ace_flow.project.jsonc import NoJsonError, changed, parse, removed

BASE = b"one\ntwo\nthree\nfour\nfive\n"


def test_what_both_changed_apart_is_merged():
    found = merge("a.ts", BASE, BASE.replace(b"one", b"mine"), BASE.replace(b"five", b"new"))
    assert found is not None
    assert (found.content, found.is_clean) == (b"mine\ntwo\nthree\nfour\nnew\n", True)


def test_what_both_changed_is_marked():
    found = merge("a.ts", BASE, BASE.replace(b"three", b"mine"), BASE.replace(b"three", b"new"))
    assert found is not None
    assert not found.is_clean
    assert found.content.count(b"<<<<<<< yours\nmine\n") == 1
    assert b"=======\nnew\n>>>>>>> pattern\n" in found.content


@pytest.mark.parametrize(
    ("mine", "new", "wanted"),
    [
        (b"one\nTWO\n", b"one\ntwo\nthree\n", b"one\nTWO\nthree\n"),
        (b"one\nTWO\n", b"ONE\ntwo\n", b"ONE\nTWO\n"),
        (b"one\nTWO\n", b"one\nmiddle\ntwo\n", b"one\nmiddle\nTWO\n"),
        (b"two\n", b"one\nmiddle\ntwo\n", b"middle\ntwo\n"),
    ],
)
def test_changes_of_neighbouring_lines_go_together(mine, new, wanted):
    assert merge("a.ts", b"one\ntwo\n", mine, new) == (wanted, True)


def test_imports_that_both_add_go_together():
    mine = b"import b from 'b';\nimport mine from 'm';\n\nrun();\n"
    new = mine.replace(b"mine from 'm'", b"c from 'c'")
    found = merge("a.ts", b"import b from 'b';\n\nrun();\n", mine, new)
    wanted = b"import b from 'b';\nimport c from 'c';\nimport mine from 'm';\n\nrun();\n"
    assert found == (wanted, True)


@pytest.mark.parametrize("comment", [b"// mine", b"  {/* mine */}", b"# mine", b"<!-- mine -->"])
def test_a_comment_stays_with_what_comes_after_it(comment):
    base, added = b"one();\ntwo();\n", b"new();\n"
    found = merge(
        "a.ts", base, base.replace(b"two", comment + b"\ntwo"), base.replace(b"two", added + b"two")
    )
    assert found == (b"one();\nnew();\n" + comment + b"\ntwo();\n", True)


@pytest.mark.parametrize(
    ("mine", "new"), [(b"one\nx();\n", b"one\ny();\n"), (b"ONE\n", b""), (b"", b"ONE\n")]
)
def test_changes_of_the_same_place_do_not(mine, new):
    found = merge("a.ts", b"one\n", mine, new)
    assert found is not None
    assert not found.is_clean


@pytest.mark.parametrize(("favor", "wanted"), [(Favor.OURS, b"mine"), (Favor.THEIRS, b"new")])
def test_one_side_is_taken_where_both_changed_the_same(favor, wanted):
    mine = BASE.replace(b"three", b"mine").replace(b"one", b"1")
    found = merge("a.ts", BASE, mine, BASE.replace(b"three", b"new"), favor)
    assert found is not None
    assert (found.content, found.is_clean) == (
        BASE.replace(b"three", wanted).replace(b"one", b"1"),
        True,
    )


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_ends_of_lines_and_byte_order_marks_are_kept(bom):
    mine = bom + BASE.replace(b"one", b"mine").replace(b"\n", b"\r\n")
    found = merge("a.ts", BASE, mine, BASE.replace(b"five", b"new"))
    assert found is not None
    assert found.content == bom + b"mine\r\ntwo\r\nthree\r\nfour\r\nnew\r\n"


def test_what_is_no_text_is_not_merged():
    assert merge("a.png", b"\0a", b"\0b", b"\0c") is None


def test_without_git_nothing_is_merged_by_lines(monkeypatch):
    monkeypatch.setenv("PATH", "")
    assert merge("a.ts", BASE, BASE + b"mine\n", b"new\n" + BASE) is None


def test_settings_of_git_do_not_matter(monkeypatch, tmp_path):
    (tmp_path / ".gitconfig").write_text("[merge]\n  conflictStyle = zdiff3\n")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "nowhere"))
    assert merge("a.ts", BASE, BASE + b"mine\n", b"new\n" + BASE) is not None


def package(**dependencies):
    return (json.dumps({"name": "a", "dependencies": dependencies}, indent=2) + "\n").encode()


def test_a_package_keeps_what_people_added_and_takes_what_is_new():
    base = package(a="1", c="1")
    found = merge("package.json", base, package(a="1", b="9", c="1"), package(a="2", c="2"))
    assert found is not None
    assert found.is_clean
    assert found.content == package(a="2", b="9", c="2")


def test_a_value_that_both_changed_is_a_conflict():
    found = merge("package.json", package(a="1"), package(a="2"), package(a="3"))
    assert found is not None
    assert not found.is_clean
    found = merge("package.json", package(a="1"), package(a="2"), package(a="3"), Favor.THEIRS)
    assert found is not None
    assert (found.content, found.is_clean) == (package(a="3"), True)


def test_comments_and_last_commas_stay():
    base = b'{\n  "a": 1,\n  "b": 1\n}\n'
    mine = b'{\n\t// mine\n\t"a": 1, /* one */\n\t"z": [1,2,],\n\t"b": 1,\n}\n'
    found = merge("tsconfig.json", base, mine, b'{\n  "a": 2,\n  "b": 2,\n  "c": 3\n}\n')
    assert found is not None
    assert found.content == (
        b'{\n\t// mine\n\t"a": 2, /* one */\n\t"z": [1,2,],\n\t"b": 2,\n\t"c": 3,\n}\n'
    )


TEXT = '{\n  "a": {"x": 1, "y": [1, 2]}, // about a\n  "b": true,\n  "c": {}\n}\n'


@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        (("a",), '{\n  "b": true,\n  "c": {}\n}\n'),
        (("b",), '{\n  "a": {"x": 1, "y": [1, 2]}, // about a\n  "c": {}\n}\n'),
        (("c",), '{\n  "a": {"x": 1, "y": [1, 2]}, // about a\n  "b": true\n}\n'),
        (("a", "x"), '{\n  "a": {"y": [1, 2]}, // about a\n  "b": true,\n  "c": {}\n}\n'),
        (("a", "y"), '{\n  "a": {"x": 1}, // about a\n  "b": true,\n  "c": {}\n}\n'),
    ],
)
def test_a_value_is_removed_with_what_is_said_of_it(path, wanted):
    assert removed(TEXT, path) == wanted


def test_a_value_is_added_where_there_was_none():
    assert changed(TEXT, ("c", "d"), [1]) == TEXT.replace(
        '"c": {}', '"c": {\n    "d": [\n      1\n    ]\n  }'
    )


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)
OBJECTS = st.dictionaries(st.sampled_from("abcdef"), VALUES, max_size=5)


def commented(value):
    """Write an object with comments and a last comma wherever they may be."""
    text = json.dumps(value, indent=2, ensure_ascii=False)
    return "// begin\n" + text.replace("\n", ' /* , } */ // "\n') + "\n/* end */"


@given(OBJECTS, st.booleans())
def test_what_is_parsed_is_what_was_written(value, with_comments):
    assert parse(commented(value) if with_comments else json.dumps(value)) == value


@given(OBJECTS, st.sampled_from("abcdefg"), VALUES, st.booleans())
def test_one_value_changes_and_no_other(value, key, new, with_comments):
    text = commented(value) if with_comments else json.dumps(value, indent="\t")
    assert parse(changed(text, (key,), new)) == {**value, key: new}
    for present in value:
        rest = {name: item for name, item in value.items() if name != present}
        assert parse(removed(text, (present,))) == rest


@given(st.text(max_size=30))
def test_any_text_is_an_object_or_none(text):
    with suppress(NoJsonError):
        assert isinstance(parse(text), dict)


LINES = st.lists(st.sampled_from(["a", "b", "c", "d", ""]), max_size=12)


@given(LINES, LINES, LINES)
def test_every_line_that_somebody_added_is_there(base, mine, new):
    def text(lines):
        return "".join(f"{line}\n" for line in lines).encode()

    found = merge("a.ts", text(base), text(mine), text(new))
    assert found is not None
    left = found.content.decode().split("\n")
    for line in set(mine) - set(base):
        assert line in left
    if mine == base:
        assert found.content == text(new)
    if new == base:
        assert found.content == text(mine)


CI = """\
# Ours.
version: 1
backend:
  phases:
    build:
      commands:
        - npm ci
        - npx ampx pipeline-deploy # the backend
frontend:
  cache:
    paths:
      - .npm/**/*
"""


def test_commands_of_both_go_together_and_comments_stay():
    mine = CI.replace("# the backend", "# the backend\n        - npm test # mine")
    mine = mine.replace("    paths:", "    # Fast.\n    paths:").replace("npm ci", "pnpm install")
    new = CI.replace("# the backend", "# the backend\n        - npm run seed")
    new = new.replace("version: 1", "version: 2")
    found = merge("amplify.yml", CI.encode(), mine.encode(), new.encode())
    assert found is not None
    wanted = mine.replace("version: 1", "version: 2")
    wanted = wanted.replace("# the backend\n", "# the backend\n        - npm run seed\n")
    assert found.content.decode() == wanted
    assert found.is_clean


def test_lists_of_a_package_go_together():
    base, mine, new = (
        json.dumps({"files": files}).encode()
        for files in (["a", "b"], ["a", "b", "mine"], ["b", "new"])
    )
    found = merge("package.json", base, mine, new)
    assert found is not None
    assert json.loads(found.content) == {"files": ["b", "new", "mine"]}
    assert found.is_clean


def test_lines_that_make_no_json_are_merged_by_key():
    """Each side's lines are right, and together they leave a comma out."""
    base = '{\n  "a": 1,\n  "b": 2,\n  "c": 3\n}\n'
    mine = base.replace(' 2,\n  "c": 3', " 2")
    new = base.replace('"b": 2,\n', "")
    found = merge("x.json", base.encode(), mine.encode(), new.encode())
    assert found is not None
    assert json.loads(found.content) == {"a": 1}
    assert found.is_clean


RELEASE = [f"line {number}" for number in range(8)]


def text(lines) -> bytes:
    return "".join(f"{line}\n" for line in lines).encode()


@st.composite
def edited(draw, base, mark):
    """Lines of which some are changed, some gone and some new."""
    lines = []
    for number, line in enumerate(base):
        chance = draw(st.integers(0, 6))
        if chance == 0:
            lines.append(f"{mark}{number}")
        if chance != 1:
            lines.append(f"{mark}={line}" if chance == 2 else line)
    return lines


@st.composite
def releases(draw):
    """What somebody made of a text, and two releases of it."""
    one = draw(edited(RELEASE, "first"))
    return draw(edited(RELEASE, "mine")), one, draw(edited(one, "second"))


@given(releases())
def test_it_does_not_matter_if_a_release_is_left_out(texts):
    mine, one, two = map(text, texts)
    both = merge("a.ts", text(RELEASE), mine, one)
    assert both is not None
    last = merge("a.ts", one, both.content, two)
    at_once = merge("a.ts", text(RELEASE), mine, two)
    assert last is not None
    assert at_once is not None
    if both.is_clean and last.is_clean and at_once.is_clean:
        assert last.content == at_once.content
