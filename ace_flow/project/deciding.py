"""Deciding what happens to each file.

Three texts decide: the one generated before (the base), the one on the disk, and the new one.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from ace_flow.files import digest
from ace_flow.project.merging import dressed, merge, plain
from ace_flow.project.moves import Moves, find_moves, translated
from ace_flow.project.plan import NEW_SUFFIX, OLD_SUFFIX, Action, Change, Choice, Plan
from ace_flow.project.regions import Favor, Joined

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from ace_flow.files import GeneratedFile
    from ace_flow.project.state import State

    Read = Callable[[str], bytes | None]
    # Texts by path to the same as the project's own formatter leaves them; None without one.
    Tidy = Callable[[Sequence[tuple[str, bytes]]], Sequence[bytes] | None]

_FAVORS = {Choice.OURS: Favor.OURS, Choice.THEIRS: Favor.THEIRS}


class _Open(NamedTuple):
    """A file whose edits do not merge as they are; `new` is None when it is no longer generated."""

    path: str
    old: str
    base: bytes | None
    disk: bytes
    new: bytes | None
    moved_from: str = ""


class _Deciding(Struct, kw_only=True):
    """What all decisions of one plan need, and what they leave for the next plan."""

    before: State
    read: Read
    base: Read
    choice: Choice
    is_adopting: bool
    moves: Moves
    files: dict[str, str] = {}
    conflicts: dict[str, str] = {}
    bases: dict[str, bytes] = {}
    open: list[_Open] = []

    def keep(self, path: str, content: bytes) -> None:
        """Note that a text is what the next plan compares with."""
        name = digest(content)
        self.files[path] = name
        if name not in self.bases and self.base(name) is None:
            self.bases[name] = content

    def file(self, path: str, new: bytes) -> Change | None:
        """Decide on a file that is generated; None when it is open."""
        if path in self.before.ejected:
            return Change(path, Action.EJECTED)
        disk = self.read(path)
        old = self.before.files.get(path)
        if disk is None and old is None:
            return self._new(path, new)
        if disk is None:
            self.keep(path, new)
            return Change(path, Action.DELETED)
        if new == disk or new == plain(disk):
            self.keep(path, new)
            return Change(path, Action.UNCHANGED, disk, disk)
        if old is None:
            return self._foreign(path, disk, new)
        if is_text(disk, old):
            self.keep(path, new)
            after = new if digest(disk) == old else dressed(new, disk)
            return Change(path, Action.UPDATE, disk, after)
        if old == digest(new):
            self.keep(path, new)
            return Change(path, Action.EDITED, disk, disk)
        return self._both(path, old, disk, new)

    def _new(self, path: str, new: bytes) -> Change | None:
        """Decide on a file that was not generated before, at least not by this name."""
        origin = self.moves.origins.get(path, "")
        disk = self.read(origin) if origin else None
        if origin and disk is None:
            self.keep(path, new)
            return Change(path, Action.DELETED)
        if disk is None or is_text(disk, self.before.files[origin]):
            self.keep(path, new)
            return Change(path, Action.CREATE, None, new)
        return self._both(path, self.before.files[origin], disk, new, origin)

    def _foreign(self, path: str, disk: bytes, new: bytes) -> Change:
        if not self.is_adopting:
            return Change(path, Action.FOREIGN, disk, new)
        self.keep(path, new)
        beside, number = path + OLD_SUFFIX, 1
        while self.read(beside) not in {None, disk}:
            number += 1
            beside = f"{path}{OLD_SUFFIX}{number}"
        return Change(path, Action.ADOPT, disk, new, beside=beside)

    def _both(
        self, path: str, old: str, disk: bytes, new: bytes, moved_from: str = ""
    ) -> Change | None:
        """Decide on a file that the user and the pattern changed."""
        case = _Open(path, old, self.base(old), disk, new, moved_from)
        if case.base is None:
            return self._unmergeable(case, new)
        merged = merge(path, case.base, disk, new)
        if (merged is None or not merged.is_clean) and self.moves.words:
            names = self.moves.words
            merged = merge(path, translated(case.base, names), translated(disk, names), new)
        if merged is None:
            return self._unmergeable(case, new)
        if merged.is_clean:
            return self._merged(case, merged)
        self.open.append(case)
        return None

    def _merged(self, case: _Open, merged: Joined) -> Change:
        if case.new is not None:
            self.keep(case.path, case.new)
        if merged.content == case.disk:
            return Change(case.path, Action.EDITED, case.disk, case.disk, case.moved_from)
        action = Action.MERGE if merged.is_clean else Action.MARKED
        return Change(case.path, action, case.disk, merged.content, case.moved_from)

    def _unmergeable(self, case: _Open, new: bytes) -> Change:
        """Decide where no merging is possible: without git, or of what is no text."""
        path, disk = case.path, case.disk
        if self.choice in _FAVORS:
            self.keep(path, new)
        if self.choice is Choice.THEIRS:
            return Change(path, Action.UPDATE, disk, dressed(new, disk), case.moved_from)
        if self.choice is Choice.OURS:
            return Change(path, Action.EDITED, disk, disk, case.moved_from)
        return self._conflict(case, new)

    def _conflict(self, case: _Open, new: bytes) -> Change:
        path = case.path
        if case.base is not None:
            self.keep(path, case.base)
        self.files[path] = case.old
        self.conflicts[path] = digest(new)
        self.bases[digest(new)] = new
        beside = path + NEW_SUFFIX
        return Change(path, Action.CONFLICT, case.disk, new, case.moved_from, beside)

    def retired(self, path: str) -> Change | None:
        """Decide on a file that is no longer generated; None when it is open, or not there."""
        disk = self.read(path)
        if disk is None:
            return None
        old = self.before.files[path]
        if is_text(disk, old):
            return Change(path, Action.REMOVE, disk, None)
        if path in self.moves.origins.values():
            return Change(path, Action.MOVE, disk, None)
        base = self.base(old)
        if base is None:
            return Change(path, Action.RELEASED, disk, disk)
        self.open.append(_Open(path, old, base, disk, None))
        return None

    def settle(self, tidies: Sequence[Tidy]) -> list[Change]:
        """Decide on what is open, with the texts as one formatter after the other leaves them."""
        changes: list[Change] = []
        for tidy in tidies:
            texts = [(case.path, text) for case in self.open for text in (case.base, case.new)]
            tidied = tidy([(path, text or b"") for path, text in texts]) if texts else None
            if tidied is None:
                continue
            sides = zip(self.open, tidied[::2], tidied[1::2], strict=True)
            found = [(case, self._tidied(case, base, new)) for case, base, new in sides]
            changes += [change for _, change in found if change]
            self.open = [case for case, change in found if not change]
        return changes + [self._asked(case) for case in self.open]

    def _tidied(self, case: _Open, base: bytes, new: bytes) -> Change | None:
        """Decide with formatted texts; None when both sides changed the same all the same."""
        path, disk = case.path, case.disk
        if plain(disk) == plain(base):
            if case.new is None:
                return Change(path, Action.REMOVE, disk, None)
            self.keep(path, case.new)
            return Change(path, Action.UPDATE, disk, dressed(new, disk), case.moved_from)
        merged = None if case.new is None else merge(path, base, disk, new)
        return self._merged(case, merged) if merged and merged.is_clean else None

    def _asked(self, case: _Open) -> Change:
        """Decide as the user asked, where both sides changed the same."""
        if case.new is None or case.base is None:
            return Change(case.path, Action.RELEASED, case.disk, case.disk)
        favor = _FAVORS.get(self.choice, Favor.NONE)
        merged = merge(case.path, case.base, case.disk, case.new, favor)
        if merged is not None and (merged.is_clean or self.choice is Choice.MARKERS):
            return self._merged(case, merged)
        return self._conflict(case, case.new)


def is_text(disk: bytes, name: str) -> bool:
    """Tell whether a file has the text of that digest, whatever the ends of its lines."""
    return digest(disk) == name or digest(plain(disk)) == name


def make_plan(
    files: Iterable[GeneratedFile],
    *,
    after: State,
    before: State,
    read: Read,
    base: Read,
    choice: Choice = Choice.NEW,
    is_adopting: bool = False,
    renamed: Mapping[str, str] | None = None,
    tidies: Sequence[Tidy] = (),
) -> Plan:
    """Compare new files with what was generated before and with the disk.

    `after` is the state to be, without its files. `read` returns the bytes of a project file, and
    `base` the text that was generated by its digest, or None when there is none. Files keep their
    ends of lines and byte order marks. `is_adopting` takes over files that ace did not write.
    `renamed` are new names of what files are made for, by the old ones. `tidies` format texts as
    the project does, one after the other, for those that do not merge as they are. Nothing that
    somebody wrote is lost: what a plan removes or writes over is what ace wrote itself.
    """
    new = {file.path: file.content for file in files}
    before = _recased(before, new, read)
    deciding = _Deciding(
        before=before,
        read=read,
        base=base,
        choice=choice,
        is_adopting=is_adopting,
        moves=_moves(new, before, read, base, renamed or {}),
    )
    found = [deciding.file(path, content) for path, content in new.items()]
    found += [deciding.retired(path) for path in before.files if path not in new]
    changes = [change for change in found if change] + deciding.settle(tidies)
    changes.sort(key=lambda change: change.path)
    state = after.having(deciding.files, deciding.conflicts, before.ejected)
    return Plan(changes=tuple(changes), state=state, bases=deciding.bases)


def _recased(before: State, new: Mapping[str, bytes], read: Read) -> State:
    """Return the state with new names of files that differ from the old ones in case only.

    To a disk that does not tell them apart they are the same, and no longer generating one would
    remove the other.
    """
    names = {_folded(path): path for path in before.files if path not in new}
    other = {
        names[_folded(path)]: path
        for path in (new if names else ())
        if path not in before.files and _folded(path) in names
    }
    same = {old: path for old, path in other.items() if read(old) == read(path) is not None}
    if not same:
        return before
    files = {same.get(path, path): name for path, name in before.files.items()}
    conflicts = {same.get(path, path): name for path, name in before.conflicts.items()}
    return before.having(files, conflicts, before.ejected)


def _folded(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()


def _moves(
    new: Mapping[str, bytes], before: State, read: Read, base: Read, names: Mapping[str, str]
) -> Moves:
    """Return the files that have another name now."""
    if not names:
        return Moves()
    retired = {path: base(name) for path, name in before.files.items() if path not in new}
    created = {
        path: content
        for path, content in new.items()
        if path not in before.files and path not in before.ejected and read(path) is None
    }
    known = {path: text for path, text in retired.items() if text is not None}
    return find_moves(known, created, names)
