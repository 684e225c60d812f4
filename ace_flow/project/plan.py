"""What generating would do to each file: decided before anything is written.

Three texts decide: the one generated before (the base), the one on the disk, and the new one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from ace_flow.project.merging import Favor, dressed, merge, plain
from ace_flow.project.state import State, base_path, digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from ace_flow.files import GeneratedFile

# What is written beside a file that both sides changed.
NEW_SUFFIX = ".ace-new"


class Action(StrEnum):
    """What happens to a file."""

    CREATE = "create"
    UPDATE = "update"
    MERGE = "merge"  # the user's edits and the pattern's go together
    UNCHANGED = "unchanged"
    EDITED = "edited"  # by the user only; stays so
    CONFLICT = "conflict"  # both changed the same; the user's stays, the new one lies beside it
    MARKED = "marked"  # both changed the same, and that is marked in the file
    DELETED = "deleted"  # by the user; stays so
    FOREIGN = "foreign"  # in the way, and not written by ace
    REMOVE = "remove"  # no longer part of the pattern
    RELEASED = "released"  # no longer part of the pattern, and edited: now the user's own


class Choice(StrEnum):
    """What to do where both sides changed the same of a file."""

    NEW = "new"  # leave the file, and write the new text beside it
    MARKERS = "markers"
    OURS = "ours"  # the user's
    THEIRS = "theirs"  # the pattern's


WRITING = frozenset({Action.CREATE, Action.UPDATE, Action.MERGE, Action.MARKED, Action.REMOVE})


@dataclass(frozen=True, slots=True)
class Change:
    """One file's part in a plan: what is there, and what is to be there; None for no file."""

    path: str
    action: Action
    before: bytes | None = None
    after: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All changes in order of path, the state after them, and the texts to keep for the next."""

    changes: tuple[Change, ...]
    state: State
    bases: Mapping[str, bytes] = field(default_factory=dict)

    def of(self, *actions: Action) -> tuple[Change, ...]:
        """Return the changes with one of the actions."""
        return tuple(change for change in self.changes if change.action in actions)

    @property
    def writes(self) -> dict[str, bytes | None]:
        """The files of the project by path, as they are to be; None to remove one."""
        found = {change.path: change.after for change in self.of(*WRITING)}
        for change in self.of(Action.CONFLICT):
            found[change.path + NEW_SUFFIX] = change.after
        return found


@dataclass(slots=True, kw_only=True)
class _Deciding:
    """What all decisions of one plan need."""

    before: State
    read: Callable[[str], bytes | None]
    choice: Choice
    files: dict[str, str] = field(default_factory=dict)
    conflicts: dict[str, str] = field(default_factory=dict)
    bases: dict[str, bytes] = field(default_factory=dict)

    def keep(self, path: str, content: bytes) -> None:
        """Note that a text is what the next plan compares with."""
        name = digest(content)
        self.files[path] = name
        if self.read(base_path(name)) is None:
            self.bases[name] = content

    def file(self, path: str, new: bytes) -> Change:
        disk = self.read(path)
        old = self.before.files.get(path)
        if disk is None and old is None:
            self.keep(path, new)
            return Change(path, Action.CREATE, None, new)
        if disk is None:
            self.keep(path, new)
            return Change(path, Action.DELETED)
        text = plain(disk)
        if text == new:
            self.keep(path, new)
            return Change(path, Action.UNCHANGED, disk, disk)
        if old is None:
            return Change(path, Action.FOREIGN, disk, new)
        if digest(text) == old:
            self.keep(path, new)
            return Change(path, Action.UPDATE, disk, dressed(new, disk))
        if old == digest(new):
            self.keep(path, new)
            return Change(path, Action.EDITED, disk, disk)
        return self._both(path, old, disk, new)

    def _both(self, path: str, old: str, disk: bytes, new: bytes) -> Change:
        """Decide on a file that the user and the pattern changed."""
        base = self.read(base_path(old))
        favor = {Choice.OURS: Favor.OURS, Choice.THEIRS: Favor.THEIRS}.get(self.choice, Favor.NONE)
        merged = None if base is None else merge(path, base, disk, new, favor)
        if merged is not None and (merged.is_clean or self.choice is Choice.MARKERS):
            self.keep(path, new)
            if merged.content == disk:
                return Change(path, Action.EDITED, disk, disk)
            action = Action.MERGE if merged.is_clean else Action.MARKED
            return Change(path, action, disk, merged.content)
        if merged is None and self.choice is Choice.THEIRS:
            self.keep(path, new)
            return Change(path, Action.UPDATE, disk, dressed(new, disk))
        if merged is None and self.choice is Choice.OURS:
            self.keep(path, new)
            return Change(path, Action.EDITED, disk, disk)
        if base is not None:
            self.keep(path, base)
        self.files[path] = old
        self.conflicts[path] = digest(new)
        self.bases[digest(new)] = new
        return Change(path, Action.CONFLICT, disk, new)

    def retired(self, path: str) -> Change | None:
        disk = self.read(path)
        if disk is None:
            return None
        if digest(plain(disk)) == self.before.files[path]:
            return Change(path, Action.REMOVE, disk, None)
        return Change(path, Action.RELEASED, disk, disk)


def make_plan(
    files: Iterable[GeneratedFile],
    *,
    pattern: str,
    version: str = "",
    source: str = "",
    before: State,
    read: Callable[[str], bytes | None],
    choice: Choice = Choice.NEW,
) -> Plan:
    """Compare new files with what was generated before and with the disk.

    `read` returns the bytes of a project file, or None when there is none. Files keep their ends
    of lines and byte order marks. Nothing that somebody wrote is lost: what a plan removes or
    writes over is what ace wrote itself.
    """
    deciding = _Deciding(before=before, read=read, choice=choice)
    changes = [deciding.file(file.path, file.content) for file in files]
    present = {change.path for change in changes}
    retired = (deciding.retired(path) for path in before.files if path not in present)
    changes += [change for change in retired if change]
    changes.sort(key=lambda change: change.path)
    state = State(
        pattern=pattern,
        version=version,
        source=source,
        files=deciding.files,
        conflicts=deciding.conflicts,
    )
    return Plan(changes=tuple(changes), state=state, bases=deciding.bases)
