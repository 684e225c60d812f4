from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ace_flow.files import GeneratedFile
from ace_flow.project import Action, State, make_plan
from ace_flow.project.state import digest

A, B, C = b"a", b"b", b"c"


def plan(old: bytes | None, disk: bytes | None, new: bytes | None):
    before = State(pattern="p", files={"f": digest(old)} if old is not None else {})
    files = [GeneratedFile("f", new)] if new is not None else []
    return make_plan(files, pattern="p", before=before, read={"f": disk}.get)


@pytest.mark.parametrize(
    ("old", "disk", "new", "action"),
    [
        (None, None, A, Action.CREATE),
        (None, A, A, Action.UNCHANGED),
        (None, B, A, Action.FOREIGN),
        (A, A, A, Action.UNCHANGED),
        (A, A, B, Action.UPDATE),
        (A, B, A, Action.UNCHANGED),
        (A, B, B, Action.UNCHANGED),
        (A, C, B, Action.EDITED),
        (A, None, A, Action.DELETED),
        (A, None, B, Action.DELETED),
        (A, A, None, Action.RETIRED),
        (A, B, None, Action.RETIRED),
    ],
)
def test_what_happens_to_a_file(old, disk, new, action):
    done = plan(old, disk, new)
    assert [change.action for change in done.changes] == [action]
    kept = done.state.files.get("f")
    assert kept == digest(new if new is not None else old)


def test_a_file_that_is_gone_everywhere_is_forgotten():
    done = plan(A, None, None)
    assert (done.changes, done.state.files) == ((), {})


contents = st.one_of(st.none(), st.sampled_from([A, B, C]))


@given(contents, contents, contents)
def test_nothing_but_what_ace_wrote_itself_is_overwritten(old, disk, new):
    for change in plan(old, disk, new).of(Action.CREATE, Action.UPDATE):
        assert disk is None or disk == old
        assert change.content == new


@given(contents, contents, contents)
def test_planning_again_after_writing_writes_nothing(old, disk, new):
    done = plan(old, disk, new)
    after = {change.path: change.content for change in done.of(Action.CREATE, Action.UPDATE)}
    files = [GeneratedFile("f", new)] if new is not None else []
    again = make_plan(
        files, pattern="p", before=done.state, read=lambda path: after.get(path, disk)
    )
    assert again.of(Action.CREATE, Action.UPDATE) == ()


def test_changes_are_in_order_of_path():
    files = [GeneratedFile(path, A) for path in ("z", "a/b", "a")]
    before = State(files={"m": "0"})
    done = make_plan(files, pattern="p", before=before, read={"m": B}.get)
    assert [change.path for change in done.changes] == ["a", "a/b", "m", "z"]
