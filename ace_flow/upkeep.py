"""The stories of `ace status`, `resolve`, `adopt` and `eject`: who keeps which file."""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from ace_flow.diagnostics import AceError, AttentionError, NotFoundError
from ace_flow.generate import preview
from ace_flow.names import nearest
from ace_flow.project import (
    Action,
    Change,
    State,
    Tree,
    digest,
    is_text,
    is_unfinished,
    locked,
    read_state,
    recover,
    save,
)
from ace_flow.recorded import check_project, recorded, recorded_state
from ace_flow.regexes import regex
from ace_flow.rendering import generated_files
from ace_flow.workspace import project_root

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ace_flow.session import Session

_MARKER = regex(rb"^(<<<<<<<|>>>>>>>) ", re.MULTILINE)


class Status(Struct, frozen=True, kw_only=True):
    """What is to say of a project: its state, and each file's, in order of path.

    `changes` are what generating again would do; without the pattern, which `problem` tells, they
    say what was edited and deleted. `kept` are files that stay as somebody left them after an
    earlier run was killed.
    """

    root: Path
    state: State
    changes: tuple[Change, ...]
    problem: AceError | None
    kept: tuple[str, ...] = ()

    @property
    def outdated(self) -> tuple[Change, ...]:
        """The changes that generating again would write."""
        return tuple(change for change in self.changes if change.action in _OUTDATED)


_OUTDATED = frozenset(
    {
        Action.CREATE,
        Action.UPDATE,
        Action.MERGE,
        Action.CONFLICT,
        Action.MARKED,
        Action.MOVE,
        Action.REMOVE,
        Action.RELEASED,
        Action.FOREIGN,
    }
)


def status(session: Session, start: Path, waiting: Callable[[], None]) -> Status:
    """Compare the project that `start` is in with what was generated and with its pattern.

    Writes nothing, except that what a killed run left is put back. Raises NotFoundError when
    nothing was generated there.
    """
    root = project_root(start)
    kept: tuple[str, ...] = ()
    if is_unfinished(root):
        with locked(root, waiting):
            kept = recover(root)
    state = recorded_state(root)
    try:
        changes, problem = preview(session, root).plan.changes, None
    except AceError as error:
        changes, problem = tuple(_seen(root, state)), error
    return Status(root=root, state=state, changes=changes, problem=problem, kept=kept)


def _seen(root: Path, state: State) -> Iterator[Change]:
    """Return what became of each file since it was generated."""
    tree = Tree(root)
    for path, name in sorted(state.files.items()):
        disk = tree.read(path)
        if disk is None:
            yield Change(path, Action.DELETED)
        else:
            action = Action.UNCHANGED if is_text(disk, name) else Action.EDITED
            yield Change(path, action, disk, disk)


def resolve(start: Path, files: Iterable[Path], waiting: Callable[[], None]) -> tuple[str, ...]:
    """Note that files in conflict hold what is to be kept of the pattern's text; return them.

    Without files all are meant. Raises NotFoundError for a file without a conflict, and
    AttentionError when markers of a conflict are left in one.
    """
    root = project_root(start)
    with _project(root, waiting) as before:
        paths = _meant(root, start, files, before.conflicts, "has no conflict")
        tree = Tree(root)
        marked = [path for path in paths if _MARKER.search(tree.read(path) or b"")]
        if marked:
            raise AttentionError(
                "conflicts are still marked in these files; nothing was written",
                paths=marked,
                hint="mend what is between <<<<<<< and >>>>>>>, then run the command again",
            )
        done = {path: before.conflicts[path] for path in paths}
        left = {path: name for path, name in before.conflicts.items() if path not in done}
        save(root, before, before.having(before.files | done, left, before.ejected))
    return paths


def eject(start: Path, files: Iterable[Path], waiting: Callable[[], None]) -> tuple[str, ...]:
    """Let files go: they are the user's own from now on, whatever becomes of the pattern.

    Raises NotFoundError for a file that ace does not keep.
    """
    root = project_root(start)
    with _project(root, waiting) as before:
        paths = _meant(root, start, files, before.files, "is not kept by ace")
        gone = set(paths)
        kept = {path: name for path, name in before.files.items() if path not in gone}
        waiting_for = {path: name for path, name in before.conflicts.items() if path not in gone}
        save(root, before, before.having(kept, waiting_for, before.ejected | gone))
    return paths


def adopt(
    session: Session,
    start: Path,
    files: Iterable[Path],
    waiting: Callable[[], None],
    tell: Callable[[str, str], None] = lambda *_: None,
) -> tuple[str, ...]:
    """Keep files of the user's that the pattern generates, too: what is new is merged from now on.

    They stay as they are. Raises NotFoundError for one that the pattern does not generate, or
    that is not there, and what checking the pattern raises.
    """
    root = project_root(start)
    checked = check_project(session, recorded(session, root), root)
    guest = read_state(root).guest
    files_there = generated_files(session, checked, root, guest, tell)
    texts = {file.path: file.content for file in files_there}
    with _project(root, waiting) as before:
        tree = Tree(root)
        free = [path for path in texts if path not in before.files and tree.read(path) is not None]
        paths = _meant(root, start, files, free, "is no file of yours that the pattern generates")
        bases = {digest(texts[path]): texts[path] for path in paths}
        kept = before.files | {path: digest(texts[path]) for path in paths}
        after = before.having(kept, before.conflicts, before.ejected - set(paths))
        save(root, before, after, bases)
    return paths


@contextmanager
def _project(root: Path, waiting: Callable[[], None]) -> Iterator[State]:
    # Where nothing was generated, nothing is made for a lock.
    recorded_state(root)
    with locked(root, waiting):
        recover(root)
        yield read_state(root)


def _meant(
    root: Path, start: Path, files: Iterable[Path], known: Iterable[str], problem: str
) -> tuple[str, ...]:
    """Return the known paths that files and folders name, of which there is one at least."""
    found: dict[str, None] = {}
    given = list(files)
    paths = sorted(known)
    for file in given:
        place = Path(os.path.normpath(start / file))
        name = os.path.relpath(place, root).replace(os.sep, "/")
        here = [path for path in paths if path == name or path.startswith(f"{name}/")]
        if name == ".":
            here = paths
        if not here:
            near = nearest(name, paths)
            raise NotFoundError(
                f"{file} {problem}", hint=f"did you mean {near}?" if near else "see: ace status"
            )
        found |= dict.fromkeys(here)
    return tuple(found) if given else tuple(paths)
