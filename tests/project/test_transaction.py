from __future__ import annotations

import stat

import pytest

from ace_flow.diagnostics import ConfigurationError
from ace_flow.project import read_file, write_files


def tree(root) -> dict[str, bytes | None]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes() if path.is_file() else None
        for path in root.rglob("*")
    }


def test_files_are_written_with_their_folders_and_nothing_else_is_left(tmp_path):
    root = tmp_path / "new" / "project"
    write_files(root, {"a.txt": b"1", "src/deep/b.txt": b"2"})
    assert tree(root) == {
        ".ace-flow": None,
        "a.txt": b"1",
        "src": None,
        "src/deep": None,
        "src/deep/b.txt": b"2",
    }


def test_nothing_to_write_makes_no_folder(tmp_path):
    write_files(tmp_path / "new", {})
    assert tree(tmp_path) == {}


def test_the_mode_of_a_file_is_kept_and_a_new_one_is_as_usual(tmp_path):
    (tmp_path / "run.sh").write_bytes(b"old")
    (tmp_path / "run.sh").chmod(0o755)
    usual = tmp_path / "usual"
    usual.touch()
    write_files(tmp_path, {"run.sh": b"new", "a": b"1"})
    assert (tmp_path / "run.sh").read_bytes() == b"new"
    assert stat.S_IMODE((tmp_path / "run.sh").stat().st_mode) == 0o755
    assert (tmp_path / "a").stat().st_mode == usual.stat().st_mode


@pytest.mark.parametrize("fails", ["b.txt", "src/b.txt", "src/deep/er/b.txt"])
def test_when_a_write_in_the_middle_fails_everything_is_as_before(tmp_path, fails):
    (tmp_path / "a.txt").write_bytes(b"old")
    (tmp_path / fails).mkdir(parents=True)  # a folder in the way of a file
    before = tree(tmp_path)
    with pytest.raises(OSError, match=r"b\.txt"):
        write_files(tmp_path, {"a.txt": b"new", "n/e/w.txt": b"x", fails: b"y", "z.txt": b"z"})
    assert tree(tmp_path) == before


def test_when_a_write_fails_a_new_project_is_not_there(tmp_path):
    root = tmp_path / "deep" / "new"
    with pytest.raises(OSError, match="name too long"):
        write_files(root, {"a.txt": b"1", "x" * 300: b"2"})
    assert tree(tmp_path) == {}


def test_a_file_in_the_way_of_the_project_leaves_nothing_behind(tmp_path):
    (tmp_path / "file").write_bytes(b"")
    before = tree(tmp_path)
    with pytest.raises(OSError, match="file"):
        write_files(tmp_path / "file" / "project", {"a": b"1"})
    assert tree(tmp_path) == before


def test_an_interruption_puts_everything_back(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"old")
    before = tree(tmp_path)

    class Interrupted(dict):
        def __iter__(self):
            yield "a.txt"
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_files(tmp_path, Interrupted({"a.txt": b"new"}))
    assert tree(tmp_path) == before


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
        read_file(root, path)
    with pytest.raises(ConfigurationError, match="is a link"):
        write_files(root, {path: b"x"})
    assert tree(outside) == {"a": b"untouched"}


def test_a_link_to_nowhere_is_a_link(tmp_path):
    (tmp_path / "a").symlink_to("nowhere")
    with pytest.raises(ConfigurationError, match="is a link"):
        read_file(tmp_path, "a")


def test_a_folder_or_a_file_in_the_way_is_said(tmp_path):
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(ConfigurationError, match="folder is a folder"):
        read_file(tmp_path, "folder")
    with pytest.raises(ConfigurationError, match="file is a file"):
        read_file(tmp_path, "file/a/b")
    assert read_file(tmp_path, "nothing/at/all") is None


def test_what_cannot_be_read_is_an_error(tmp_path):
    with pytest.raises(OSError, match="name too long"):
        read_file(tmp_path, "x" * 300)
