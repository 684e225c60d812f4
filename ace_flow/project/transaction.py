"""Writing into a project: all files or none, however it ends. Nothing else writes there.

Everything is staged beside the project, with a journal of what is to happen; then the stage is
renamed to say that it is whole, the files are moved, and it is renamed again to say that they
all are. Who finds a whole stage that is not done puts everything back.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from ace_flow.diagnostics import AttentionError, ConfigurationError
from ace_flow.files import digest, unsafe_target
from ace_flow.project.tree import Tree
from ace_flow.regexes import regex
from ace_flow.workspace import PROJECT_FOLDER

if TYPE_CHECKING:
    from collections.abc import Sequence

_STAGES = f"{PROJECT_FOLDER}/txn"
_JOURNAL = "journal.json"
_DIGEST = regex(r"[0-9a-f]{64}")
# What ace keeps beside what it generates.
_OWN = regex(
    rf"{re.escape(PROJECT_FOLDER)}/"
    r"(?:state\.json|tables\.json|\.gitattributes|\.gitignore|base/[0-9a-f]{32}\.pack)"
)
# Of so many files, each is made durable by itself; of more, all that the machine has to write.
_FEW = 8


class Write(Struct, frozen=True, kw_only=True):
    """A file's new bytes, None to remove it, and the SHA-256 of what is there, None for nothing."""

    path: str
    content: bytes | None
    before: str | None


def write(root: Path, writes: Sequence[Write]) -> None:
    """Write and remove files below `root`, which is created if need be: all of them, or none.

    The project's lock must be held. Raises AttentionError when somebody changed one of the files
    since it was read, ConfigurationError when something is in the way, and OSError when the disk
    refuses; all is then as it was.
    """
    if not writes:
        return
    tree = Tree(root)
    stages = tree.make_folder(_STAGES)
    stage = stages / f"{os.urandom(4).hex()}.tmp"
    try:
        stage.mkdir()
        with tree.holding():
            replaced = _stage(tree, stage, writes)
        live = stage.rename(stage.with_suffix(".live"))
        _make_durable([stages])
        stage = live
        with tree.holding():
            for number, item in enumerate(writes):
                _refuse_changed(tree, item)
                if item.content is None:
                    tree.remove(item.path)
                else:
                    tree.put(item.path, f"{stage}/{number}.new")
        for folder in _emptied(writes):
            tree.remove_folder(folder)
        _make_durable(replaced)
        stage = stage.rename(stage.with_suffix(".done"))
    except BaseException:
        if stage.suffix == ".live":
            _put_back(tree, stage)
        _clear(tree, stage)
        raise
    _clear(tree, stage)


def is_unfinished(root: Path) -> bool:
    """Tell whether a transaction is under way, or was killed."""
    return (root / _STAGES).is_dir()


def recover(root: Path) -> tuple[str, ...]:
    """Put back what a transaction left that was killed; nothing, if there was none.

    The project's lock must be held. Returns the files that somebody changed since, which stay as
    they are. Raises ConfigurationError when something is in the way.
    """
    kept: list[str] = []
    tree = Tree(root)
    for stage in sorted(tree.make_folder(_STAGES).iterdir()) if is_unfinished(root) else ():
        left = stage
        if stage.suffix == ".live":
            found, left = _put_back(tree, stage)
            kept += found
        _clear(tree, left)
    _remove_empty(tree)
    return tuple(kept)


def _stage(tree: Tree, stage: Path, writes: Sequence[Write]) -> list[Path]:
    """Write what is to be moved, and the journal; return the files that take another's place."""
    entries: list[dict[str, Any]] = []
    # A new file is lost with nothing; what takes another's place may not be lost with it.
    staged: list[Path] = []
    replaced: list[Path] = []
    for number, item in enumerate(writes):
        old = _refuse_changed(tree, item)
        mode = None if old is None else tree.mode(item.path)
        for suffix, content in (("new", item.content), ("old", old)):
            if content is not None:
                name = f"{stage}/{number}.{suffix}"
                _put_down(name, content, mode)
                if old is not None:
                    staged.append(Path(name))
        if old is not None and item.content is not None:
            replaced.append(tree.root / item.path)
        new = None if item.content is None else digest(item.content)
        entries.append({"path": item.path, "old": item.before, "new": new})
    ways = dict.fromkeys(item.path.rpartition("/")[0] for item in writes)
    folders = dict.fromkeys(folder for way in ways for folder in tree.missing_folders(way))
    journal = stage / _JOURNAL
    journal.write_text(json.dumps({"files": entries, "folders": list(folders)}), encoding="utf-8")
    _make_durable([*staged, journal, stage])
    return replaced


def _put_down(name: str, content: bytes, mode: int | None) -> None:
    with open(name, "wb") as file:
        file.write(content)
    if mode is not None:
        os.chmod(name, mode)


def _refuse_changed(tree: Tree, item: Write) -> bytes | None:
    """Return what is in a file's place, which must be what was there when it was decided."""
    content = tree.read(item.path)
    if (None if content is None else digest(content)) != item.before:
        raise AttentionError(
            "somebody changed this file while it was to be written; nothing was written",
            paths=[item.path],
            hint="run the command again",
        )
    return content


def _read_journal(stage: Path) -> dict[str, Any]:
    """Read what was to happen; a project that was cloned may hold one that somebody made up.

    Raises ConfigurationError when it is none that a run of ace can have left.
    """
    try:
        journal = json.loads((stage / _JOURNAL).read_text(encoding="utf-8"))
        paths = [entry["path"] for entry in journal["files"]]
        names = [name for entry in journal["files"] for name in (entry["old"], entry["new"])]
        is_ours = (
            all(_may_be_written(path) for path in paths)
            and all(name is None or _DIGEST.fullmatch(name) for name in names)
            and all(
                any(path.startswith(f"{folder}/") for path in paths)
                for folder in journal["folders"]
            )
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        is_ours = False
        journal = {}
    if not is_ours or stage.is_symlink():
        raise _made_up(stage)
    found: dict[str, Any] = journal
    return found


def _may_be_written(path: str) -> bool:
    return _OWN.fullmatch(path) is not None or not unsafe_target(path)


def _refuse_other_old(stage: Path, number: int, name: str) -> None:
    """Raise ConfigurationError unless what is to be put back is what was there."""
    file = stage / f"{number}.old"
    if file.is_symlink() or not file.is_file() or digest(file.read_bytes()) != name:
        raise _made_up(stage)


def _made_up(stage: Path) -> ConfigurationError:
    return ConfigurationError(
        f"{_STAGES}/{stage.name} was not left by a run of ace",
        hint=f"nothing was put back from it; look at it, then remove {_STAGES}",
    )


def _put_back(tree: Tree, stage: Path) -> tuple[list[str], Path]:
    """Put back what was there before; return what was kept, and the stage, which is done then."""
    journal = _read_journal(stage)
    kept = []
    for number, entry in enumerate(journal["files"]):
        path, old, new = entry["path"], entry["old"], entry["new"]
        tree.remove(tree.near(path, stage))
        content = tree.read(path)
        now = None if content is None else digest(content)
        if now == old:
            continue
        if now != new:
            kept.append(path)
        elif old is None:
            tree.remove(path)
        else:
            # Killed here, too, the old text must still be there.
            _refuse_other_old(stage, number, old)
            copy = shutil.copy2(f"{stage}/{number}.old", f"{stage}/{number}.back")
            tree.put(path, copy)
    for folder in reversed(journal["folders"]):
        tree.remove_folder(folder)
    _make_durable([tree.root / entry["path"] for entry in journal["files"] if entry["old"]])
    return kept, stage.rename(stage.with_suffix(".done"))


def _clear(tree: Tree, stage: Path) -> None:
    """Remove a stage, and the folders of ace's own when nothing is in them."""
    done = stage.with_suffix(".done")
    shutil.rmtree(done if done.exists() else stage, ignore_errors=True)
    _remove_empty(tree)


def _remove_empty(tree: Tree) -> None:
    for folder in (_STAGES, PROJECT_FOLDER):
        tree.remove_folder(folder)


def _emptied(writes: Sequence[Write]) -> list[str]:
    """Return the folders that may be empty now, the inner ones first."""
    removed = [Path(item.path) for item in writes if item.content is None]
    folders = {parent.as_posix() for path in removed for parent in path.parents} - {"."}
    return sorted(folders, key=len, reverse=True)


def _make_durable(paths: Sequence[Path]) -> None:
    """Let what was written outlive the machine, too."""
    if len(paths) > _FEW and hasattr(os, "sync"):
        os.sync()
        return
    for path in paths:
        # Windows opens no folders, and somebody may have removed a file again.
        with suppress(OSError):
            handle = os.open(path, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)
