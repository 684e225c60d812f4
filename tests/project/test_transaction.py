from __future__ import annotations

import json
import os
import re
import shutil
import stat
import tempfile
from itertools import count
from pathlib import Path

import pytest
from killing import is_killed

from ace_flow.diagnostics import AttentionError, ConfigurationError
from ace_flow.project import Tree, Write, digest, recover, write


@pytest.fixture
def memory():
    """Return a folder that is on no disk, where there is such: nothing waits for it."""
    place = Path("/dev/shm")  # noqa: S108 the name of the folder in it is random
    with tempfile.TemporaryDirectory(dir=place if place.is_dir() else None) as folder:
        yield Path(folder)


def tree(root) -> dict[str, bytes | None]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes() if path.is_file() else None
        for path in root.rglob("*")
    }


def writes(root, files) -> list[Write]:
    found = {path: Tree(root).read(path) for path in files}
    return [
        Write(path=path, content=content, before=found[path] and digest(found[path]))
        for path, content in files.items()
    ]


def save(root, **files):
    write(root, writes(root, files))


def test_files_are_written_with_their_folders_and_nothing_else_is_left(tmp_path):
    root = tmp_path / "new" / "project"
    save(root, **{"a.txt": b"1", "src/deep/b.txt": b"2"})
    assert tree(root) == {"a.txt": b"1", "src": None, "src/deep": None, "src/deep/b.txt": b"2"}


def test_a_file_is_removed_with_the_folders_that_are_empty_then(tmp_path):
    save(tmp_path, **{"a/b/c.txt": b"1", "a/d.txt": b"2"})
    save(tmp_path, **{"a/b/c.txt": None})
    assert tree(tmp_path) == {"a": None, "a/d.txt": b"2"}


def test_nothing_to_write_makes_no_folder(tmp_path):
    write(tmp_path / "new", [])
    assert tree(tmp_path) == {}


def test_the_mode_of_a_file_is_kept_and_a_new_one_is_as_usual(tmp_path):
    (tmp_path / "run.sh").write_bytes(b"old")
    (tmp_path / "run.sh").chmod(0o755)
    usual = tmp_path / "usual"
    usual.touch()
    save(tmp_path, **{"run.sh": b"new", "a": b"1"})
    assert (tmp_path / "run.sh").read_bytes() == b"new"
    assert stat.S_IMODE((tmp_path / "run.sh").stat().st_mode) == 0o755
    assert (tmp_path / "a").stat().st_mode == usual.stat().st_mode


@pytest.mark.parametrize("fails", ["b.txt", "src/b.txt", "src/deep/er/b.txt"])
def test_when_a_write_in_the_middle_fails_everything_is_as_before(tmp_path, fails):
    (tmp_path / "a.txt").write_bytes(b"old")
    changes = writes(tmp_path, {"a.txt": b"new", "n/e/w.txt": b"x", fails: b"y", "z.txt": b"z"})
    (tmp_path / fails).mkdir(parents=True)  # a folder in the way of a file
    before = tree(tmp_path)
    with pytest.raises(ConfigurationError, match=r"b\.txt is a folder"):
        write(tmp_path, changes)
    assert tree(tmp_path) == before


def test_when_the_disk_refuses_nothing_is_left(tmp_path):
    before = tree(tmp_path)
    with pytest.raises(OSError, match="name too long"):
        write(tmp_path, [Write(path="x" * 300, content=b"2", before=None)])
    assert tree(tmp_path) == before


class Refusing:
    """A disk that refuses, or somebody who is impatient, when a file's turn has come."""

    def __init__(self, monkeypatch, turn, error):
        self.turn, self.error, self.put = turn, error, Tree.put
        monkeypatch.setattr(Tree, "put", self.method())

    def method(self):
        def put(tree, path, staged):
            if path == self.turn:
                self.turn = None
                raise self.error
            self.put(tree, path, staged)

        return put


@pytest.mark.parametrize("error", [OSError(28, "No space left"), KeyboardInterrupt()])
@pytest.mark.parametrize("turn", ["a.txt", "n/w.txt", "z.txt"])
def test_an_interruption_puts_everything_back(tmp_path, monkeypatch, turn, error):
    (tmp_path / "a.txt").write_bytes(b"old")
    before = tree(tmp_path)
    Refusing(monkeypatch, turn, error)
    with pytest.raises(type(error)):
        save(tmp_path, **{"a.txt": b"new", "n/w.txt": b"x", "z.txt": b"z"})
    assert tree(tmp_path) == before


def test_what_was_changed_since_it_was_read_is_not_written_over(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"old")
    changes = writes(tmp_path, {"b.txt": b"1", "a.txt": b"new"})
    (tmp_path / "a.txt").write_bytes(b"mine")
    with pytest.raises(AttentionError, match="somebody changed"):
        write(tmp_path, changes)
    assert tree(tmp_path) == {"a.txt": b"mine"}


def test_what_is_changed_at_the_last_moment_is_not_written_over(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_bytes(b"old")
    put = Tree.put

    def edit(tree, path, staged):
        (tmp_path / "a.txt").write_bytes(b"mine")
        put(tree, path, staged)

    monkeypatch.setattr(Tree, "put", edit)
    with pytest.raises(AttentionError, match="somebody changed"):
        save(tmp_path, **{"b.txt": b"1", "a.txt": b"new"})
    assert tree(tmp_path) == {"a.txt": b"mine"}


OLD = {"a.txt": b"old", "gone/deep.txt": b"there", "b/c.txt": b"1"}
CHANGES = {"a.txt": b"new", "gone/deep.txt": None, "n/e/w.txt": b"x", "b/c.txt": b"2"}
NEW = {"a.txt": b"new", "n/e/w.txt": b"x", "b/c.txt": b"2"}


def project(folder):
    for path, content in OLD.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return folder


def files(root):
    return {path: content for path, content in tree(root).items() if content is not None}


def states(start, folder, do):
    """Return a project after each way in which it can be left by killing what is done to it.

    Steps that leave the same on the disk are one. The last one was not killed.
    """
    found = {}
    killed, step = True, 0
    while killed:
        root = Path(shutil.copytree(start, folder / str(step)))
        killed = is_killed(lambda root=root: do(root), step)
        left = {re.sub(r"txn/\w+", "txn/", path): text for path, text in tree(root).items()}
        if found.setdefault(repr(sorted(left.items())), root) != root:
            shutil.rmtree(root)
        step += 1
    return list(found.values())


def test_killed_at_any_step_of_writing_or_putting_back_all_is_old_or_new(memory):
    """Every step of a write, and for each every step of putting back what it left."""
    start = project(memory / "start")
    folders = set(tree(start))
    killed = states(start, memory / "writing", lambda root: save(root, **CHANGES))
    left = [{key: text for key, text in files(root).items() if key[0] != "."} for root in killed]
    # The test has seen what it is about.
    assert sum(state not in (OLD, NEW) for state in left) >= len(CHANGES) - 1
    assert files(killed[-1]) == NEW
    ends = []
    for number, root in enumerate(killed):
        for again in states(root, memory / f"{number}", recover):
            assert recover(again) == ()
            assert files(again) in (OLD, NEW)
            # Nothing of ours is left, not even an empty folder.
            assert files(again) == NEW or set(tree(again)) == folders
            ends.append(files(again) == NEW)
    assert {True, False} == set(ends)
    assert len(ends) > 100


@pytest.mark.parametrize("path", ["a.txt", "n/e/w.txt", "gone/deep.txt", "b/c.txt"])
def test_what_somebody_changed_after_a_kill_is_kept(memory, path):
    for step in count():
        root = project(memory / f"p{step}")
        alive = not is_killed(lambda root=root: save(root, **CHANGES), step)
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"mine")
        kept = recover(root)
        assert file.read_bytes() == b"mine"
        rest = {name: text for name, text in files(root).items() if name != path}
        allowed = [
            {name: text for name, text in state.items() if name != path} for state in (OLD, NEW)
        ]
        assert rest in allowed
        assert kept in ((), (path,))
        if alive:
            break


@pytest.mark.parametrize("path", ["link", "link/a", "folder/link", "folder/link/a"])
def test_no_link_is_followed(tmp_path, path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "a").write_bytes(b"untouched")
    root = tmp_path / "project"
    (root / "folder").mkdir(parents=True)
    for link in (root / "link", root / "folder" / "link"):
        link.symlink_to(outside)
    with pytest.raises(ConfigurationError, match="is a link"):
        Tree(root).read(path)
    for content in (b"x", None):
        with pytest.raises(ConfigurationError, match="is a link"):
            write(root, [Write(path=path, content=content, before=None)])
    assert tree(outside) == {"a": b"untouched"}


@pytest.mark.parametrize("link", ["src", ".ace-flow"])
def test_a_folder_that_becomes_a_link_is_not_followed(tmp_path, monkeypatch, link):
    outside = tmp_path / "outside"
    outside.mkdir()
    root = tmp_path / "project"
    (root / "src").mkdir(parents=True)
    (root / ".ace-flow").mkdir()
    read = Tree.read

    def swap(self, path):
        found = read(self, path)
        if not (root / link).is_symlink():
            (root / link).rename(root / "before")
            (root / link).symlink_to(outside)
        return found

    monkeypatch.setattr(Tree, "read", swap)
    with pytest.raises((ConfigurationError, OSError)):
        write(root, [Write(path="src/a", content=b"x", before=None)])
    assert tree(outside) == {}


def test_a_link_to_nowhere_is_a_link(tmp_path):
    (tmp_path / "a").symlink_to("nowhere")
    with pytest.raises(ConfigurationError, match="is a link"):
        Tree(tmp_path).read("a")


def test_a_folder_or_a_file_in_the_way_is_said(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ConfigurationError, match="folder is a folder"):
        Tree(tmp_path).read("folder")
    with pytest.raises(ConfigurationError, match="file is a file"):
        Tree(tmp_path).read("file/a/b")
    assert Tree(tmp_path).read("nothing/at/all") is None


def test_what_cannot_be_read_is_an_error(tmp_path):
    with pytest.raises(OSError, match="name too long"):
        Tree(tmp_path).read("x" * 300)


def test_a_project_on_two_disks_is_one(tmp_path, monkeypatch):
    replace = os.replace

    def between(source, target, **where):
        if "src_dir_fd" not in where:
            raise OSError(18, "Invalid cross-device link")
        replace(source, target, **where)

    monkeypatch.setattr(os, "replace", between)
    save(tmp_path, **{"a.txt": b"1", "b/c.txt": b"2"})
    assert tree(tmp_path) == {"a.txt": b"1", "b": None, "b/c.txt": b"2"}


def made_up(root, journal, old=b"theirs\n"):
    """Lay down what a repository may hold that somebody else made."""
    stage = root / ".ace-flow/txn/aa.live"
    stage.mkdir(parents=True)
    text = journal if isinstance(journal, str) else json.dumps(journal)
    (stage / "journal.json").write_text(text)
    (stage / "0.old").write_bytes(old)
    return stage


def entry(path, **more):
    return {"path": path, "old": digest(b"theirs\n"), "new": None, **more}


@pytest.mark.parametrize(
    "journal",
    [
        "nonsense",
        "[]",
        "{}",
        '{"files": 1, "folders": []}',
        '{"files": [1], "folders": []}',
        {"files": [entry("../x")], "folders": []},
        {"files": [entry("/x")], "folders": []},
        {"files": [entry(".git/hooks/post-checkout")], "folders": []},
        {"files": [entry(".ace-flow/hooks.yml")], "folders": []},
        {"files": [entry(".ace-flow/base/../../x")], "folders": []},
        {"files": [entry("a"), entry("../x")], "folders": []},
        {"files": [entry("a", old="x")], "folders": []},
        {"files": [entry("a", old=digest(b"others\n"))], "folders": []},
        {"files": [entry("a/b")], "folders": ["../x"]},
    ],
)
def test_a_journal_that_somebody_made_up_is_refused(tmp_path, journal):
    root = tmp_path / "project"
    made_up(root, journal)
    before = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*"))
    with pytest.raises(ConfigurationError, match="was not left by a run of ace"):
        recover(root)
    assert sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*")) == before


def test_a_link_is_not_put_back(tmp_path):
    (tmp_path / "secret").write_bytes(b"theirs\n")
    stage = made_up(tmp_path / "project", {"files": [entry("a")], "folders": []})
    (stage / "0.old").unlink()
    (stage / "0.old").symlink_to(tmp_path / "secret")
    with pytest.raises(ConfigurationError, match="was not left by a run of ace"):
        recover(tmp_path / "project")
    assert not (tmp_path / "project/a").exists()


@pytest.mark.parametrize("path", ["../x", "a/../../x", "/x"])
def test_no_way_leads_out_of_a_project(tmp_path, path):
    with pytest.raises(ConfigurationError, match="leads out of the project"):
        Tree(tmp_path).read(path)
