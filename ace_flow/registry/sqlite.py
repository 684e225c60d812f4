"""The pattern store in SQLite: immutable revisions of registered patterns with their files."""

from __future__ import annotations

import json
import os
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec.structs import asdict

from ace_flow.diagnostics import ConfigurationError
from ace_flow.files import digest
from ace_flow.names import normal
from ace_flow.registry.entry import Entry, Summary
from ace_flow.registry.folder import is_beside

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping

    from ace_flow.registry.entry import Accepts

_TIMEOUT = 10.0  # seconds to wait for another process's write
_VERSION = 1
_APPLICATION = 0x61636573  # marks the file as ours, so that no other database is written to
_TABLES = (
    """
CREATE TABLE revisions (
    key TEXT NOT NULL,
    revision INTEGER NOT NULL,
    digest TEXT NOT NULL,
    registered_at TEXT NOT NULL,
    summary TEXT NOT NULL,
    document BLOB NOT NULL,
    PRIMARY KEY (key, revision),
    UNIQUE (key, digest)
) STRICT""",
    """
CREATE TABLE files (
    key TEXT NOT NULL,
    revision INTEGER NOT NULL,
    path TEXT NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (key, revision, path),
    FOREIGN KEY (key, revision) REFERENCES revisions (key, revision)
) STRICT""",
)


class Registered(NamedTuple):
    """What registering did: the revision the content has, and whether it is new."""

    revision: int
    is_new: bool


class Stored(NamedTuple):
    """The newest revision of a registered pattern, as lists show it."""

    summary: Summary
    revision: int


def store_path() -> Path:
    """Return the store's file: `$ACE_STORE` (a path or `sqlite:///path`), else the user's own.

    Raises ConfigurationError for the URL of another kind of store.
    """
    setting = os.environ.get("ACE_STORE", "")
    if setting.startswith("sqlite:///"):
        return Path(setting.removeprefix("sqlite:///"))
    if "://" in setting:
        kind = setting.split("://", 1)[0]
        raise ConfigurationError(
            f"ACE_STORE: this version has no `{kind}` store",
            hint="give a file path or sqlite:///PATH",
        )
    if setting:
        return Path(setting)
    from platformdirs import user_data_path  # noqa: PLC0415 - only needed without the setting

    return user_data_path("ace-flow", appauthor=False) / "store.sqlite3"


class SqliteStore:
    """Keeps revisions 1, 2, 3 … of each pattern, one per distinct content."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def register(self, summary: Summary, document: bytes, files: Mapping[str, bytes]) -> Registered:
        """Keep a pattern with its files, unless a revision has exactly this content."""
        key, digest = normal(summary.name), _digest(document, files)
        with self._connect(write=True) as connection:
            known = connection.execute(
                "SELECT revision FROM revisions WHERE key = ? AND digest = ?", (key, digest)
            ).fetchone()
            if known:
                return Registered(known[0], is_new=False)
            newest = connection.execute(
                "SELECT coalesce(max(revision), 0) FROM revisions WHERE key = ?", (key,)
            ).fetchone()
            revision = int(newest[0]) + 1
            now = datetime.now(UTC).isoformat(timespec="seconds")
            connection.execute(
                "INSERT INTO revisions VALUES (?, ?, ?, ?, ?, ?)",
                (key, revision, digest, now, json.dumps(asdict(summary)), document),
            )
            connection.executemany(
                "INSERT INTO files VALUES (?, ?, ?, ?)",
                [(key, revision, path, content) for path, content in sorted(files.items())],
            )
        return Registered(revision, is_new=True)

    def get(self, name: str, accepts: Accepts | None = None) -> Entry | None:
        """Return the newest revision of that name whose version is accepted."""
        if not self.path.exists():
            return None
        key = normal(name)
        with self._connect() as connection:
            rows = connection.execute(
                "SELECT revision, summary FROM revisions WHERE key = ? ORDER BY revision DESC",
                (key,),
            )
            fitting = (
                int(number)
                for number, summary in rows
                if accepts is None or accepts(_summary(summary).version)
            )
            revision = next(fitting, None)
            if revision is None:
                return None
            (document,) = connection.execute(
                "SELECT document FROM revisions WHERE key = ? AND revision = ?", (key, revision)
            ).fetchone()
            files = dict(
                connection.execute(
                    "SELECT path, content FROM files WHERE key = ? AND revision = ?",
                    (key, revision),
                ).fetchall()
            )
        return Entry(
            origin="store",
            location=f"store:{key}@{revision}",
            document=document,
            revision=revision,
            read=files.get,
            beside=lambda path: {
                name: content for name, content in files.items() if is_beside(name, path)
            },
        )

    def versions(self, name: str) -> list[str]:
        """Return the versions that the revisions of a pattern state, the newest first."""
        if not self.path.exists():
            return []
        with self._connect() as connection:
            rows = connection.execute(
                "SELECT summary FROM revisions WHERE key = ? ORDER BY revision DESC",
                (normal(name),),
            ).fetchall()
        return [_summary(row[0]).version for row in rows]

    def newest(self) -> list[Stored]:
        """Return the newest revision of every pattern, by name."""
        if not self.path.exists():
            return []
        with self._connect() as connection:
            rows = connection.execute(
                "SELECT summary, max(revision) FROM revisions GROUP BY key ORDER BY key"
            ).fetchall()
        return [Stored(_summary(row[0]), int(row[1])) for row in rows]

    @contextmanager
    def _connect(self, *, write: bool = False) -> Iterator[sqlite3.Connection]:
        """Open the store for one transaction; writers exclude each other from the start."""
        import sqlite3  # noqa: PLC0415 - costs 4 ms, and few have a store

        try:
            if write:
                self.path.parent.mkdir(parents=True, exist_ok=True)
            connection = sqlite3.connect(self.path, timeout=_TIMEOUT, isolation_level=None)
            try:
                connection.execute("PRAGMA foreign_keys = ON")
                self._check_version(connection)
                connection.execute("BEGIN IMMEDIATE" if write else "BEGIN")
                yield connection
                connection.execute("COMMIT")
            finally:
                connection.close()
        except sqlite3.Error as error:
            raise ConfigurationError(
                f"the pattern store {self.path} cannot be used: {error}",
                hint="set ACE_STORE to another file, or move this one away",
            ) from error

    def _check_version(self, connection: sqlite3.Connection) -> None:
        application, version = _marks(connection)
        if (application, version) == (0, 0):
            # Another process may be making the same store: only one of them makes the tables.
            connection.execute("BEGIN IMMEDIATE")
            tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
            if _marks(connection) == (0, 0) and not tables:
                for table in _TABLES:
                    connection.execute(table)
                connection.execute(f"PRAGMA application_id = {_APPLICATION}")
                connection.execute(f"PRAGMA user_version = {_VERSION}")
            connection.execute("COMMIT")
            application, version = _marks(connection)
        if application != _APPLICATION:
            raise ConfigurationError(
                f"{self.path} is a database of another program, not a pattern store",
                hint="set ACE_STORE to another file",
            )
        if version != _VERSION:
            raise ConfigurationError(
                f"the pattern store {self.path} was written by a newer ace",
                hint="upgrade ace-flow, or set ACE_STORE to another file",
            )


def _marks(connection: sqlite3.Connection) -> tuple[int, int]:
    """Return whose database it is and the version of its tables; 0 where nobody said."""
    # In one statement: between two, another process may have marked it.
    application, version = connection.execute(
        "SELECT application_id, user_version FROM pragma_application_id, pragma_user_version"
    ).fetchone()
    return int(application), int(version)


def _digest(document: bytes, files: Mapping[str, bytes]) -> str:
    parts = [("", document), *sorted(files.items())]
    listing = [f"{digest(content)}  {path}\n" for path, content in parts]
    return digest("".join(listing).encode())


def _summary(text: str) -> Summary:
    values: dict[str, Any] = json.loads(text)
    lists = {key: tuple(item) for key, item in values.items() if isinstance(item, list)}
    return Summary(**{**values, **lists})
