"""A plan or a new state into the project, in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.files import digest
from ace_flow.project.bases import Bases
from ace_flow.project.plan import NEW_SUFFIX, Plan
from ace_flow.project.state import state_files
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
    with tree.holding():
        found = {change.path: change.before for change in plan.changes if not change.moved_from}
        wanted: dict[str, bytes | None] = {**plan.writes, **plan.own}
        if plan.state.files or before.files:
            kept = {*plan.state.files.values(), *plan.state.conflicts.values()}
            wanted |= {**state_files(plan.state), **Bases(tree).files(kept, plan.bases)}
        for path, name in before.conflicts.items():
            beside = path + NEW_SUFFIX
            left = tree.read(beside)
            if path not in plan.state.conflicts and left is not None and digest(left) == name:
                wanted[beside] = None
        changes = []
        for path, content in wanted.items():
            old = found[path] if path in found else tree.read(path)
            if content != old:
                known = None if old is None else digest(old)
                changes.append(Write(path=path, content=content, before=known))
    write(root, changes)


def save(root: Path, before: State, after: State, bases: Mapping[str, bytes] | None = None) -> None:
    """Write another state, with the texts of it that are new, and change no file of the user's."""
    apply(root, before, Plan(changes=(), state=after, bases=bases or {}))
