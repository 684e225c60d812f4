"""What generating would do to each file: decided before anything is written, and pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from ace_flow.project.state import State, digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ace_flow.files import GeneratedFile


class Action(StrEnum):
    """What happens to a file."""

    CREATE = "create"
    UPDATE = "update"
    UNCHANGED = "unchanged"
    DELETED = "deleted"  # by the user; stays so
    EDITED = "edited"  # by the user, and the pattern changed it, too
    FOREIGN = "foreign"  # in the way, and not written by ace
    RETIRED = "retired"  # generated once, and no longer part of the pattern


BLOCKING = frozenset({Action.EDITED, Action.FOREIGN})
WRITING = frozenset({Action.CREATE, Action.UPDATE})


@dataclass(frozen=True, slots=True)
class Change:
    """One file's part in a plan; `content` is what is or would be written."""

    path: str
    action: Action
    content: bytes = b""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """All changes in order of path, and the state after them."""

    changes: tuple[Change, ...]
    state: State

    def of(self, *actions: Action) -> tuple[Change, ...]:
        """Return the changes with one of the actions."""
        return tuple(change for change in self.changes if change.action in actions)


def make_plan(
    files: Iterable[GeneratedFile],
    *,
    pattern: str,
    source: str = "",
    before: State,
    read: Callable[[str], bytes | None],
) -> Plan:
    """Compare new files with what was generated before and with the disk.

    `read` returns the bytes of a project file, or None when there is none. A file that only the
    user changed keeps the user's text.
    """
    changes: list[Change] = []
    kept: dict[str, str] = {}
    for file in files:
        old = before.files.get(file.path)
        new = digest(file.content)
        action = _action(old, new, read(file.path))
        changes.append(Change(file.path, action, file.content))
        kept[file.path] = new
    changes += [
        Change(path, Action.RETIRED)
        for path in before.files
        if path not in kept and read(path) is not None
    ]
    changes.sort(key=lambda change: change.path)
    for change in changes:
        if change.action is Action.RETIRED:
            kept[change.path] = before.files[change.path]
    return Plan(changes=tuple(changes), state=State(pattern=pattern, source=source, files=kept))


def _action(old: str | None, new: str, disk: bytes | None) -> Action:
    if disk is None:
        return Action.CREATE if old is None else Action.DELETED
    current = digest(disk)
    if current == new:
        return Action.UNCHANGED
    if old is None:
        return Action.FOREIGN
    if current == old:
        return Action.UPDATE
    return Action.UNCHANGED if old == new else Action.EDITED
