"""What generating would do to each file, as it was decided before anything is written."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ace_flow.project.state import State

# What is written beside a file that both sides changed, and what was there of one that ace takes.
NEW_SUFFIX = ".ace-new"
OLD_SUFFIX = ".ace-old"


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
    ADOPT = "adopt"  # was in the way; is written, and what was there lies beside it
    EJECTED = "ejected"  # the user's own since `ace eject`; stays so
    MOVE = "move"  # has another name now, and the edits with it
    REMOVE = "remove"  # no longer part of the pattern
    RELEASED = "released"  # no longer part of the pattern, and edited: now the user's own


class Choice(StrEnum):
    """What to do where both sides changed the same of a file."""

    NEW = "new"  # leave the file, and write the new text beside it
    MARKERS = "markers"
    OURS = "ours"  # the user's
    THEIRS = "theirs"  # the pattern's


WRITING = frozenset(
    {
        Action.CREATE,
        Action.UPDATE,
        Action.MERGE,
        Action.MARKED,
        Action.ADOPT,
        Action.REMOVE,
        Action.MOVE,
    }
)


class Change(Struct, frozen=True):
    """One file's part in a plan: what is there, and what is to be there; None for no file.

    `moved_from` is the name that an edited file had before; `beside` is the name of what is
    written next to it: the new text of a conflict, or the text that was there before.
    """

    path: str
    action: Action
    before: bytes | None = None
    after: bytes | None = None
    moved_from: str = ""
    beside: str = ""


class Plan(Struct, frozen=True, kw_only=True):
    """All changes in order of path, the state after them, and the texts to keep for the next.

    `own` are other files of ace's own, by path.
    """

    changes: tuple[Change, ...]
    state: State
    bases: Mapping[str, bytes] = {}
    own: Mapping[str, bytes] = {}

    def of(self, *actions: Action) -> tuple[Change, ...]:
        """Return the changes with one of the actions."""
        return tuple(change for change in self.changes if change.action in actions)

    @property
    def is_settled(self) -> bool:
        """Whether the same once more would do nothing, and say nothing of any file."""
        return not self.of(Action.CONFLICT, Action.DELETED, Action.MARKED, Action.RELEASED)

    @property
    def writes(self) -> dict[str, bytes | None]:
        """The files of the project by path, as they are to be; None to remove one."""
        found = {change.path: change.after for change in self.of(*WRITING)}
        for change in self.changes:
            if change.action is Action.ADOPT:
                found[change.beside] = change.before
            elif change.action is Action.CONFLICT:
                found[change.beside] = change.after
            if change.moved_from and change.action not in WRITING:
                found[change.path] = change.before
        return found
