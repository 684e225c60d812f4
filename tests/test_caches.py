"""What is in the user's cache is run, and so nobody else may have put it there."""

from __future__ import annotations

import marshal
import os
import pickle
from pathlib import Path

import pytest
from jinja2.bccache import bc_magic

from ace_flow.caches import cache_folder, closed, kept, passing
from ace_flow.diagnostics import ConfigurationError

posix = pytest.mark.skipif(os.name == "nt", reason="modes do not tell there who may write")


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("ACE_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


def test_a_relative_folder_is_refused(ace, tmp_path, monkeypatch):
    monkeypatch.setenv("ACE_CACHE_DIR", ".cache")
    with pytest.raises(ConfigurationError, match="another folder in every project"):
        cache_folder()
    assert closed("templates", is_made=True) is None
    done = ace("generate", "simple_crud", "-o", "app", ACE_CACHE_DIR=".cache")
    assert (done.code, done.out) == (3, "")
    assert "give ACE_CACHE_DIR, or XDG_CACHE_HOME, an absolute path" in done.err
    assert list(tmp_path.iterdir()) == []


@posix
def test_folders_are_made_for_the_user_alone(cache):
    assert closed("templates") is None
    assert kept("overlays") == cache / "overlays"
    assert closed("templates", is_made=True) == cache / "templates"
    for folder in (cache, cache / "overlays", cache / "templates"):
        assert folder.stat().st_mode & 0o777 == 0o700


@posix
@pytest.mark.parametrize("mode", [0o770, 0o702, 0o1777])
@pytest.mark.parametrize("name", [".", "templates"])
def test_a_folder_that_others_may_write_is_not_used(cache, name, mode):
    (kept("templates").parent / name).chmod(mode)
    assert closed("templates") is None
    with pytest.raises(ConfigurationError, match="others may write") as caught:
        kept("templates")
    assert f"chmod go-w {(cache / name).resolve()}" in caught.value.hint


@posix
def test_a_folder_of_another_is_not_used_nor_a_link_of_theirs(cache, tmp_path, given_away):
    given_away(kept("packages-x"))
    with pytest.raises(ConfigurationError, match="packages-x"):
        kept("packages-x")
    (tmp_path / "mine").mkdir(mode=0o700)
    (cache / "packages-y").symlink_to(tmp_path / "mine")
    assert kept("packages-y") == cache / "packages-y"
    given_away(cache / "packages-y")
    with pytest.raises(ConfigurationError, match="packages-y"):
        kept("packages-y")


def test_what_passes_is_in_the_cache_and_old_remains_go(cache):
    with passing("ace-") as folder:
        assert Path(folder).parent == (cache / "passing").resolve()
    old = cache / "passing" / "ace-old"
    old.mkdir()
    with passing("ace-"):
        assert old.exists()
    os.utime(old, (0, 0))
    with passing("ace-"):
        assert not old.exists()


@posix
def test_compiled_templates_are_taken_from_a_closed_folder_only(ace, tmp_path):
    cache = {"ACE_CACHE_DIR": str(tmp_path / "cache")}
    assert ace("generate", "simple_crud", "-o", "one", **cache).code == 0
    folder = tmp_path / "cache" / "templates"
    harm = marshal.dumps(compile(f"open({str(tmp_path / 'ran')!r}, 'w')", "x", "exec"))
    for file in folder.iterdir():
        checksum = pickle.loads(file.read_bytes()[len(bc_magic) :])  # noqa: S301 - our own
        file.write_bytes(bc_magic + pickle.dumps(checksum, 2) + harm)
    folder.chmod(0o777)
    assert ace("generate", "simple_crud", "-o", "two", **cache).code == 0
    assert not (tmp_path / "ran").exists()
    # They are code: in a closed folder, they are run.
    folder.chmod(0o700)
    ace("generate", "simple_crud", "-o", "three", **cache)
    assert (tmp_path / "ran").exists()
