"""Whose code a user has trusted: decisions by hash, kept outside of every project."""

from __future__ import annotations

import json
import os
import shlex
import stat
import time
from collections.abc import Callable
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from msgspec import Struct

from ace_flow.diagnostics import ConfigurationError, TrustError
from ace_flow.locks import held
from ace_flow.names import normal
from ace_flow.registry.code import Code, CodeFile, Klass, is_tree
from ace_flow.workspace import PROJECT_FOLDER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

# `Code` and what belongs to it are part of what this module offers.
__all__ = ["Agree", "Code", "CodeFile", "Decision", "Gate", "Klass", "TrustStore", "trust_path"]

# Shows the code to somebody, who says whether to trust it.
Agree: TypeAlias = Callable[[Code], bool]

_VERSION = 1
_MAX_BYTES = 4 * 1024 * 1024
_PATIENCE = 10.0  # seconds to wait for another process's decision
_WRITABLE = stat.S_IWGRP | stat.S_IWOTH


class Decision(Struct, frozen=True, kw_only=True):
    """Code that was trusted: its hash, how far, what it was called, and when (ISO 8601, UTC)."""

    tree: str
    klass: Klass
    name: str
    at: str


def trust_path(here: Path) -> Path:
    """Return the file of a user's decisions: in `$ACE_CONFIG_DIR`, else where settings are kept.

    Raises ConfigurationError when a variable puts it into the project that `here` is in: whoever
    wrote the project would decide.
    """
    setting = os.environ.get("ACE_CONFIG_DIR", "")
    if setting:
        folder = Path(setting)
    else:
        from platformdirs import user_config_path  # noqa: PLC0415 - only without the setting

        folder = user_config_path("ace", appauthor=False)
    if not folder.is_absolute():
        raise ConfigurationError(
            f"ACE_CONFIG_DIR is `{setting}`, which is another folder in every project",
            hint="give an absolute path outside of your projects",
        )
    real, home, cwd = folder.resolve(), Path.home().resolve(), here.resolve()
    # Somebody may work in the very folder that all that is theirs is in.
    around = [item for item in (real, *real.parents) if item not in {home, *home.parents}]
    if any(item == cwd or (item / PROJECT_FOLDER).is_dir() for item in around):
        raise ConfigurationError(
            f"what you trust would be kept in {folder}, inside of a project",
            hint="ACE_CONFIG_DIR or XDG_CONFIG_HOME puts it there; "
            "name a folder outside of your projects",
        )
    return real / "trust.json"


class TrustStore:
    """The decisions of a user. They count for a hash, never for a name or a place."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def decisions(self) -> tuple[Decision, ...]:
        """Return all decisions, the oldest first.

        Raises ConfigurationError when others may write the file, or it cannot be read.
        """
        content = self._read()
        if content is None:
            return ()
        try:
            document: dict[str, Any] = json.loads(content)
            if document["version"] != _VERSION:
                raise ConfigurationError(
                    f"{self.path} was written by a newer ace", hint="upgrade ace-flow"
                )
            return tuple(
                Decision(
                    tree=str(item["tree"]),
                    klass=Klass[item["class"].upper()],
                    name=str(item["name"]),
                    at=str(item["at"]),
                )
                for item in document["trusted"]
            )
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            raise ConfigurationError(
                f"{self.path} is damaged, so that nothing is trusted",
                hint="remove it, and trust again what you use",
            ) from error

    def is_trusted(self, code: Code, klass: Klass | None = None) -> bool:
        """Tell whether code is trusted for what it can do, or only as far as `klass`."""
        needed = code.klass if klass is None else klass
        if needed is Klass.DATA:
            return True
        return any(item.tree == code.tree and item.klass >= needed for item in self.decisions())

    def grant(self, code: Code) -> None:
        """Trust code from now on, for all that it can do."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self._changing():
            kept = [item for item in self.decisions() if item.tree != code.tree]
            self._write([*kept, Decision(tree=code.tree, klass=code.klass, name=code.name, at=now)])

    def revoke(self, what: str) -> tuple[Decision, ...]:
        """Trust no more what has that hash, or any that had that name; return what was trusted."""
        with self._changing():
            before = self.decisions()
            is_meant = (
                (lambda item: item.tree == what)
                if is_tree(what)
                else (lambda item: normal(item.name) == normal(what))
            )
            gone = tuple(item for item in before if is_meant(item))
            if gone:
                self._write([item for item in before if item not in gone])
        return gone

    def _read(self) -> bytes | None:
        """Return the file's bytes, None when there is none."""
        try:
            with self.path.open("rb") as file:
                self._refuse_shared(os.fstat(file.fileno()), self.path)
                self._refuse_shared(self.path.parent.stat(), self.path.parent)
                return file.read(_MAX_BYTES)
        except FileNotFoundError:
            return None

    @staticmethod
    def _refuse_shared(status: os.stat_result, place: Path) -> None:
        # Windows has no such bits; what is in a user's folder there is closed to others.
        if not hasattr(os, "geteuid"):
            return
        if status.st_uid not in {0, os.geteuid()} or status.st_mode & _WRITABLE:
            raise ConfigurationError(
                f"others may write {place}, so that nothing in it is trusted",
                hint=f"look through it, then close it: chmod go-w {shlex.quote(str(place))}",
            )

    @contextmanager
    def _changing(self) -> Iterator[None]:
        """Be the only one who changes the decisions."""
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._refuse_shared(self.path.parent.stat(), self.path.parent)
        end = time.monotonic() + _PATIENCE
        while True:
            with held(self.path.with_suffix(".lock")) as is_ours:
                if is_ours:
                    yield
                    return
            if time.monotonic() > end:
                raise ConfigurationError(
                    "another ace is changing what is trusted, and does not end",
                    hint="end it, then run the command again",
                )
            time.sleep(0.05)

    def _write(self, decisions: Iterable[Decision]) -> None:
        document = {
            "version": _VERSION,
            "trusted": [
                {
                    "tree": item.tree,
                    "class": item.klass.name.lower(),
                    "name": item.name,
                    "at": item.at,
                }
                for item in decisions
            ],
        }
        new = self.path.with_name(f".trust-{os.urandom(8).hex()}")
        handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write((json.dumps(document, indent=2) + "\n").encode())
                file.flush()
                os.fsync(file.fileno())
            new.replace(self.path)
        except BaseException:
            with suppress(OSError):
                new.unlink()
            raise


class Gate:
    """Lets code through that is trusted: before, in this run by its hash, or now by somebody.

    `pinned` are the hashes that are trusted in this run; `agree` asks somebody, None where there
    is nobody to ask. `here` is the folder of the command.
    """

    def __init__(
        self, here: Path, *, pinned: Iterable[str] = (), agree: Agree | None = None
    ) -> None:
        self._here = here
        self._pinned = frozenset(pinned)
        self._agree = agree

    @property
    def store(self) -> TrustStore:
        """The user's decisions."""
        return TrustStore(trust_path(self._here))

    def require(self, code: Code, klass: Klass) -> None:
        """Return when code is trusted as far as `klass`; raises TrustError when it is not."""
        if klass is Klass.DATA or code.tree in self._pinned:
            return
        if self.store.is_trusted(code, klass):
            return
        if not self._pinned and self._agree is not None and self._agree(code):
            self.store.grant(code)
            return
        what = "runs programs" if code.klass is Klass.RUNS else "brings code into the project"
        if self._pinned:
            raise TrustError(
                f"`{code.name}` {what}, and has another hash than `--trust` names: {code.tree}",
                tree=code.tree,
                hint=f"look at what has changed: {_command(code)}",
            )
        raise TrustError(
            f"`{code.name}` {what}, and you have not trusted it as it is",
            tree=code.tree,
            hint=f"look at it, then decide: {_command(code)}; "
            f"where nobody can be asked, add: --trust {code.tree}",
        )


def _command(code: Code) -> str:
    words = ("ace trust", "--tests" * code.is_tests, code.reference and shlex.quote(code.reference))
    return " ".join(filter(None, words))
