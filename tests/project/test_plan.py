"""What happens to a file, by what was generated before, what is there, and what is new."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ace_flow.files import GeneratedFile
from ace_flow.project import Action, Choice, State, digest, make_plan

A, B, C = b"1\n2\n3\n4\n5\n", b"1\n2\n3\n4\nfive\n", b"one\n2\n3\n4\n5\n"
# What goes with B, and what does not.
EDITED, CLASHING = b"1\n2\n3\n4\n5\nmine\n".replace(b"1", b"I"), b"1\n2\n3\n4\nV\n"


def nothing(_):
    """Say that no text was kept."""


def texts(*contents):
    """Return texts by their digests, as they are kept."""
    return {digest(content): content for content in contents}


def plan(old, disk, new, choice=Choice.NEW, *, with_base=True):
    before = State(pattern="p", files={"f": digest(old)} if old is not None else {})
    kept = texts(old) if old is not None and with_base else {}
    files = [GeneratedFile("f", new)] if new is not None else []
    return make_plan(
        files,
        after=State(pattern="p"),
        before=before,
        read={"f": disk}.get,
        base=kept.get,
        choice=choice,
    )


@pytest.mark.parametrize(
    ("old", "disk", "new", "action", "after"),
    [
        (None, None, A, Action.CREATE, A),
        (None, A, A, Action.UNCHANGED, A),
        (None, B, A, Action.FOREIGN, None),
        (A, A, A, Action.UNCHANGED, A),
        (A, A, B, Action.UPDATE, B),
        (A, B, A, Action.EDITED, B),
        (A, B, B, Action.UNCHANGED, B),
        (A, C, B, Action.MERGE, b"one\n2\n3\n4\nfive\n"),
        (A, CLASHING, B, Action.CONFLICT, None),
        (A, None, A, Action.DELETED, None),
        (A, None, B, Action.DELETED, None),
        (A, A, None, Action.REMOVE, None),
        (A, B, None, Action.RELEASED, B),
    ],
)
def test_what_happens_to_a_file(old, disk, new, action, after):
    done = plan(old, disk, new)
    assert [change.action for change in done.changes] == [action]
    wanted = None if action is Action.REMOVE else after or disk
    assert done.writes.get("f", disk) == wanted
    if action is Action.CONFLICT:
        # The next plan finds the conflict again, until somebody says that it is resolved.
        assert done.state.files == {"f": digest(old)}
        assert done.state.conflicts == {"f": digest(new)}
        assert done.writes == {"f.ace-new": new}
    elif action in {Action.FOREIGN, Action.REMOVE, Action.RELEASED}:
        assert done.state.files == {}
    else:
        assert done.state.files == {"f": digest(new)}


@pytest.mark.parametrize(
    ("choice", "action", "after"),
    [
        (Choice.OURS, Action.EDITED, b"one\n2\n3\n4\nV\n"),
        (Choice.THEIRS, Action.MERGE, b"one\n2\n3\n4\nfive\n"),
        (Choice.MARKERS, Action.MARKED, None),
        (Choice.NEW, Action.CONFLICT, None),
    ],
)
def test_what_both_changed_is_decided_as_asked(choice, action, after):
    mine = CLASHING.replace(b"1", b"one")
    [change] = plan(A, mine, B, choice).changes
    assert change.action is action
    if after:
        assert change.after == after
    if choice is Choice.MARKERS:
        assert b"<<<<<<< yours\nV\n" in (change.after or b"")


@pytest.mark.parametrize(
    ("choice", "action", "after"),
    [
        (Choice.OURS, Action.EDITED, C),
        (Choice.THEIRS, Action.UPDATE, B),
        (Choice.MARKERS, Action.CONFLICT, B),
        (Choice.NEW, Action.CONFLICT, B),
    ],
)
def test_without_the_text_of_before_nothing_is_merged(choice, action, after):
    [change] = plan(A, C, B, choice, with_base=False).changes
    assert (change.action, change.after) == (action, after)


def test_a_file_that_is_gone_everywhere_is_forgotten():
    done = plan(A, None, None)
    assert (done.changes, done.state.files) == ((), {})


def windows(text):
    return b"\xef\xbb\xbf" + text.replace(b"\n", b"\r\n")


@pytest.mark.parametrize(
    ("disk", "new", "action", "after"),
    [
        (A, A, Action.UNCHANGED, A),
        (A, B, Action.UPDATE, B),
        (C, B, Action.MERGE, b"one\n2\n3\n4\nfive\n"),
    ],
)
def test_ends_of_lines_and_byte_order_marks_are_no_edits_and_stay(disk, new, action, after):
    [change] = plan(A, windows(disk), new).changes
    assert (change.action, change.after) == (action, windows(after))


lines = st.lists(st.sampled_from(["1", "2", "3", "4", "x", "y"]), max_size=8)
contents = st.one_of(st.none(), lines.map(lambda all_: "".join(f"{a}\n" for a in all_).encode()))


@given(contents, contents, contents, st.sampled_from(Choice))
def test_nothing_that_somebody_wrote_is_lost(old, disk, new, choice):
    done = plan(old, disk, new, choice)
    after = done.writes.get("f", disk)
    if disk in (None, old, after):
        return
    assert choice is not Choice.NEW or done.changes[0].action is Action.MERGE
    if choice is Choice.THEIRS:
        return
    added = set(disk.splitlines()) - set((old or b"").splitlines())
    assert added <= set((after or b"").splitlines())


@given(contents, contents, contents, st.sampled_from(Choice))
def test_planning_again_after_writing_writes_nothing(old, disk, new, choice):
    done = plan(old, disk, new, choice)
    there = {"f": disk, **done.writes}
    kept = {**done.bases, **(texts(old) if old is not None else {})}
    files = [GeneratedFile("f", new)] if new is not None else []
    again = make_plan(
        files,
        after=State(pattern="p"),
        before=done.state,
        read=there.get,
        base=kept.get,
        choice=choice,
    )
    assert {path: text for path, text in again.writes.items() if there.get(path) != text} == {}
    assert again.state == done.state


def test_changes_are_in_order_of_path():
    files = [GeneratedFile(path, A) for path in ("z", "a/b", "a")]
    before = State(files={"m": "0"})
    done = make_plan(
        files, after=State(pattern="p"), before=before, read={"m": B}.get, base=nothing
    )
    assert [change.path for change in done.changes] == ["a", "a/b", "m", "z"]


def renamed_plan(disk, new, choice=Choice.NEW):
    before = State(pattern="p", files={"a/TaskForm.ts": digest(A)})
    return make_plan(
        [GeneratedFile("a/JobForm.ts", new)],
        after=State(pattern="p"),
        before=before,
        read={"a/TaskForm.ts": disk}.get,
        base=texts(A).get,
        choice=choice,
        renamed={"Task": "Job"},
    )


@pytest.mark.parametrize(
    ("disk", "new", "action", "left"),
    [
        (A, B, Action.CREATE, Action.REMOVE),
        (C, B, Action.MERGE, Action.MOVE),
        (C, A, Action.EDITED, Action.MOVE),
        (CLASHING, B, Action.CONFLICT, Action.MOVE),
    ],
)
def test_what_happens_to_a_file_with_another_name(disk, new, action, left):
    done = renamed_plan(disk, new)
    assert [change.action for change in done.changes] == [action, left]
    assert done.writes["a/TaskForm.ts"] is None
    wanted = {Action.CREATE: B, Action.MERGE: b"one\n2\n3\n4\nfive\n"}
    assert done.writes["a/JobForm.ts"] == wanted.get(action, disk)
    if action is Action.CONFLICT:
        assert done.writes["a/JobForm.ts.ace-new"] == new
        assert done.state.files == {"a/JobForm.ts": digest(A)}
    else:
        assert done.state.files == {"a/JobForm.ts": digest(new)}


def test_a_file_that_was_deleted_stays_so_by_another_name():
    done = renamed_plan(None, B)
    assert [change.action for change in done.changes] == [Action.DELETED]
    assert done.writes == {}


def test_a_disk_that_does_not_tell_cases_apart_keeps_one_file():
    """There both names are the same file, and to remove the one would remove the other."""
    disk = {"taskform.ts": C}
    done = make_plan(
        [GeneratedFile("Taskform.ts", B)],
        after=State(),
        before=State(files={"TaskForm.ts": digest(A)}),
        read=lambda path: disk.get(path.lower()),
        base=texts(A).get,
    )
    assert done.writes == {"Taskform.ts": b"one\n2\n3\n4\nfive\n"}


@pytest.mark.parametrize(
    ("disk", "new", "action"),
    [
        (b"1;2;3;4;5\n", B, Action.UPDATE),
        (b"1;2;3;4;V\n", A, Action.EDITED),
        (b"1;2;3;4;5\n", None, Action.REMOVE),
        (b"1;2;3;4;V\n", None, Action.RELEASED),
        (b"one;2;3;4;5\n", b"1\n2\n3\n4\nfive\n", Action.CONFLICT),
    ],
)
def test_formatting_is_no_edit(disk, new, action):
    def tidy(files):
        return [text.replace(b"\n", b";").removesuffix(b";") + b"\n" for _, text in files]

    files = [GeneratedFile("f", new)] if new else []
    done = make_plan(
        files,
        after=State(),
        before=State(files={"f": digest(A)}),
        read={"f": disk}.get,
        base=texts(A).get,
        tidies=[tidy],
    )
    assert [change.action for change in done.changes] == [action]
    if action is Action.UPDATE:
        assert done.writes == {"f": b"1;2;3;4;five\n"}


@pytest.mark.parametrize(
    ("disk", "action", "after"),
    [
        (b"one\r\ntwo\r\n", Action.UPDATE, b"one\r\n2\r\n"),
        (b"one\ntwo\n", Action.MERGE, b"one\n2\n"),
        (b"mine\r\none\r\ntwo\r\n", Action.MERGE, b"mine\r\none\r\n2\r\n"),
    ],
)
def test_a_text_that_comes_with_other_ends_of_lines_is_one(disk, action, after):
    """What a pattern brings is copied byte for byte, as it may be for Windows only."""
    old, new = b"one\r\ntwo\r\n", b"one\r\n2\r\n"
    done = plan(old, disk, new)
    assert [change.action for change in done.changes] == [action]
    assert done.writes == {"f": after}
    assert [change.action for change in plan(new, new, new).changes] == [Action.UNCHANGED]
