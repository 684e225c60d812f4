from __future__ import annotations

import json

import pytest

from ace_flow.diagnostics import ConfigurationError
from ace_flow.project import STATE_PATH, State, print_state, read_state


def put(root, text: str | bytes) -> None:
    (root / STATE_PATH).parent.mkdir()
    (root / STATE_PATH).write_bytes(text if isinstance(text, bytes) else text.encode())


def test_a_state_is_read_as_it_was_written(tmp_path):
    state = State(pattern="shop", files={"b": "2", "a/c.ts": "1"})
    put(tmp_path, print_state(state))
    assert read_state(tmp_path) == state


def test_a_state_is_sorted_with_a_file_a_line(tmp_path):
    text = print_state(State(pattern="shop", files={"b": "2", "a": "1"})).decode()
    assert text.index('"a": "1"') < text.index('"b": "2"')
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
        json.dumps({"format": 2, "files": {}}),
        json.dumps({"format": 1, "files": []}),
        json.dumps({"format": 1, "files": {"a": 1}}),
        json.dumps({"format": 1, "files": {"../../etc/passwd": "0"}}),
        json.dumps({"format": 1, "files": {"/dev/zero": "0"}}),
        json.dumps({"format": 1, "files": {"a\x00b": "0"}}),
    ],
)
def test_what_this_version_did_not_write_is_refused(tmp_path, text):
    put(tmp_path, text)
    with pytest.raises(ConfigurationError, match=STATE_PATH) as caught:
        read_state(tmp_path)
    assert caught.value.hint
