"""A plan or a new state into the project, in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.project.plan import NEW_SUFFIX, Plan
from ace_flow.project.state import BASE_FOLDER, digest, state_files
from ace_flow.project.transaction import Write, write
from ace_flow.project.tree import Tree

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ace_flow.project.state import State


def apply(root: Path, before: State, plan: Plan) -> None:
    """Write what a plan changes in the project whose state was `before`.

    What lies beside a file that was in conflict goes with the conflict, if it is still what ace
    put there. The project's lock must be held. Raises what `write` raises.
    """
    tree = Tree(root)
    folder = root / BASE_FOLDER
    kept = [file.name for file in folder.iterdir()] if folder.is_dir() else []
    wanted: dict[str, bytes | None] = {
        **plan.writes,
        **state_files(before, plan.state, plan.bases, kept),
        **plan.own,
    }
    for path, name in before.conflicts.items():
        beside = path + NEW_SUFFIX
        found = tree.read(beside)
        if path not in plan.state.conflicts and found is not None and digest(found) == name:
            wanted[beside] = None
    write(root, _changes(tree, wanted))


def save(root: Path, before: State, after: State, bases: Mapping[str, bytes] | None = None) -> None:
    """Write another state, with the texts of it that are new, and change no file of the user's."""
    apply(root, before, Plan(changes=(), state=after, bases=bases or {}))


def _changes(tree: Tree, wanted: Mapping[str, bytes | None]) -> list[Write]:
    writes = []
    for path, content in wanted.items():
        found = tree.read(path)
        if content != found:
            old = None if found is None else digest(found)
            writes.append(Write(path=path, content=content, before=old))
    return writes
