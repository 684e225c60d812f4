from __future__ import annotations

import json

import pytest

from ace_flow.diagnostics import ConfigurationError
from ace_flow.project import State, print_state, read_state
from ace_flow.workspace import STATE_PATH

ONE, TWO = "1" * 64, "2" * 64


def put(root, text: str | bytes) -> None:
    (root / STATE_PATH).parent.mkdir()
    (root / STATE_PATH).write_bytes(text if isinstance(text, bytes) else text.encode())


def test_a_state_is_read_as_it_was_written(tmp_path):
    state = State(
        pattern="shop",
        version="1.2",
        source="../shop.yml",
        files={"b": TWO, "a/c.ts": ONE},
        conflicts={"b": ONE},
        parameters={"name": "x", "count": 2, "rate": 2.5, "on": True, "words": ("a", "b")},
    )
    put(tmp_path, print_state(state))
    assert read_state(tmp_path) == state


def test_a_state_is_sorted_with_a_file_a_line(tmp_path):
    text = print_state(State(pattern="shop", files={"b": TWO, "a": ONE})).decode()
    assert text.index('"a": "11') < text.index('"b": "22')
    assert len(text.splitlines()) == 8


def test_without_a_state_nothing_was_generated(tmp_path):
    assert read_state(tmp_path) == State()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "1",
        b"\xff",
        "<<<<<<< ours\n{}",
        json.dumps({"format": 4, "files": {}}),
        json.dumps({"format": 2, "files": {}, "conflicts": {"a": "1"}}),
        json.dumps({"format": 2, "files": {"a": "../../secret"}}),
        json.dumps({"format": 1, "files": []}),
        json.dumps({"format": 1, "files": {"a": 1}}),
        json.dumps({"format": 1, "files": {"../../etc/passwd": ONE}}),
        json.dumps({"format": 1, "files": {"/dev/zero": ONE}}),
        json.dumps({"format": 1, "files": {"a\x00b": ONE}}),
    ],
)
def test_what_this_version_did_not_write_is_refused(tmp_path, text):
    put(tmp_path, text)
    with pytest.raises(ConfigurationError, match=STATE_PATH) as caught:
        read_state(tmp_path)
    assert caught.value.hint
