from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from ace_flow.diagnostics import ConfigurationError
from ace_flow.registry import SqliteStore, Summary, store_path

SHOP = Summary(name="my-shop", category="commerce", tags=("a", "b"), extends=("base",))


@pytest.fixture
def store(tmp_path):
    return SqliteStore(tmp_path / "deep" / "store.sqlite3")


def test_an_empty_store_is_no_file(store):
    assert store.get("shop") is None
    assert store.newest() == []
    assert not store.path.exists()


def test_content_is_kept_once_and_each_change_is_a_revision(store):
    one = store.register(SHOP, b"one", {"a.ts": b"x"})
    assert (one.revision, one.is_new) == (1, True)
    again = store.register(SHOP, b"one", {"a.ts": b"x"})
    assert (again.revision, again.is_new) == (1, False)
    assert store.register(SHOP, b"two", {"a.ts": b"x"}).revision == 2
    assert store.register(SHOP, b"two", {"a.ts": b"y"}).revision == 3
    assert store.register(SHOP, b"two", {"b.ts": b"y"}).revision == 4
    assert store.register(SHOP, b"one", {"a.ts": b"x"}) == (1, False)


def test_the_newest_revision_is_given_with_its_files(store):
    store.register(SHOP, b"one", {"a.ts": b"x"})
    store.register(SHOP, b"two", {"b/c.ts": b"\x00\xff"})
    entry = store.get("my_shop")
    assert (entry.origin, entry.revision, entry.document) == ("store", 2, b"two")
    assert entry.location == "store:my_shop@2"
    assert entry.read("b/c.ts") == b"\x00\xff"
    assert entry.read("a.ts") is None
    assert [(item.summary, item.revision) for item in store.newest()] == [(SHOP, 2)]


def test_dash_and_underscore_are_the_same_pattern(store):
    store.register(SHOP, b"one", {})
    done = store.register(Summary(name="my_shop"), b"two", {})
    assert (done.revision, len(store.newest())) == (2, 1)


@pytest.mark.parametrize(
    "content", [b"this is no database at all, not even nearly", b"\x00" * 5000]
)
def test_a_file_that_is_no_database_is_said_to_be_none(store, content):
    store.path.parent.mkdir()
    store.path.write_bytes(content)
    for use in (lambda: store.get("x"), store.newest, lambda: store.register(SHOP, b"", {})):
        with pytest.raises(ConfigurationError, match="cannot be used") as caught:
            use()
        assert "ACE_STORE" in caught.value.hint
    assert store.path.read_bytes() == content


def test_a_folder_is_no_store(tmp_path):
    with pytest.raises(ConfigurationError, match="cannot be used"):
        SqliteStore(tmp_path).newest()


def test_the_database_of_another_program_is_not_written_to(store):
    store.path.parent.mkdir()
    with sqlite3.connect(store.path) as connection:
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
    before = store.path.read_bytes()
    with pytest.raises(ConfigurationError, match="another program"):
        store.register(SHOP, b"", {})
    assert store.path.read_bytes() == before


def test_a_store_of_a_newer_version_is_not_touched(store):
    store.register(SHOP, b"one", {})
    with sqlite3.connect(store.path) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(ConfigurationError, match="newer ace"):
        store.get("my-shop")


def test_a_failed_registration_leaves_nothing_behind(store):
    store.register(SHOP, b"one", {})
    with pytest.raises(ConfigurationError):
        store.register(SHOP, b"two", {b"a.ts": b"x"})  # the column is one of text
    assert store.get("my-shop").revision == 1
    assert store.register(SHOP, b"three", {}).revision == 2


@pytest.mark.parametrize(
    ("setting", "path"),
    [("/x/y.db", "/x/y.db"), ("sqlite:////x/y.db", "/x/y.db"), ("sqlite:///y.db", "y.db")],
)
def test_the_store_is_where_the_setting_says(monkeypatch, setting, path):
    monkeypatch.setenv("ACE_STORE", setting)
    assert store_path() == Path(path)


def test_without_a_setting_it_is_the_users_own(monkeypatch, tmp_path):
    monkeypatch.delenv("ACE_STORE")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    assert tmp_path in store_path().parents


def test_another_kind_of_store_is_refused(monkeypatch):
    monkeypatch.setenv("ACE_STORE", "redis://localhost")
    with pytest.raises(ConfigurationError, match="redis"):
        store_path()


REGISTER = """
import sys
from pathlib import Path
from ace_flow.registry import SqliteStore, Summary
store = SqliteStore(Path(sys.argv[1]))
sys.stdin.readline()
for number in range(10):
    store.register(Summary(name="shop"), f"{sys.argv[2]}-{number}".encode(), {"a": b"x"})
    store.register(Summary(name="shop"), b"the same", {})
"""


def test_processes_that_register_at_once_lose_nothing(store):
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", REGISTER, str(store.path), str(number)],
            stdin=subprocess.PIPE,
            env={**os.environ},
        )
        for number in range(4)
    ]
    for process in processes:
        process.stdin.write(b"go\n")
        process.stdin.flush()
    for process in processes:
        process.communicate(timeout=60)
        assert process.returncode == 0
    with sqlite3.connect(store.path) as connection:
        rows = connection.execute("SELECT revision, document FROM revisions").fetchall()
    assert sorted(revision for revision, _ in rows) == list(range(1, 42))
    assert len({document for _, document in rows}) == 41
