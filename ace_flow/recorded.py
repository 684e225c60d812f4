"""What a project was generated from, and that pattern with the values the project remembers."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from ace_flow.checked import source_of
from ace_flow.diagnostics import NotFoundError
from ace_flow.project import State, read_state
from ace_flow.refusing import refuse_other_pattern
from ace_flow.workspace import passed_by

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ace_flow.loader import ProjectValues
    from ace_flow.model import Given
    from ace_flow.registry import Entry
    from ace_flow.session import Checked, Session


def recorded_state(root: Path) -> State:
    """Return the state of a project; raises NotFoundError when nothing was generated there."""
    state = read_state(root)
    if not state.pattern:
        raise NotFoundError(
            "nothing was generated here yet",
            hint=passed_by(root) or "name a pattern: ace generate e_commerce --output shop",
        )
    return state


def recorded(session: Session, root: Path) -> str:
    """Return what the project in `root` was generated from: a pattern's file, or its name.

    Raises NotFoundError when nothing was generated there.
    """
    state = recorded_state(root)
    file = root / state.source
    if state.source and file.is_file():
        return Path(os.path.relpath(file, session.root)).as_posix()
    return state.pattern


def check_project(
    session: Session, pattern: str | Entry, root: Path, values: ProjectValues | None = None
) -> Checked:
    """Check a pattern with the values of its parameters that a project remembers, unless stated.

    The pattern is what `Session.find` returned, or is to find. Raises what `Session.check` raises,
    and AttentionError when the project is another pattern's.
    """
    from ace_flow.loader import ProjectValues  # noqa: PLC0415 - what is recalled needs no loader

    entry = session.find(pattern) if isinstance(pattern, str) else pattern

    def recall(name: str) -> Mapping[str, Given]:
        state = read_state(root)
        refuse_other_pattern(state, name, source_of(entry, session.root, root))
        return state.parameters

    values = values or ProjectValues()
    values.recall = recall
    return session.check(entry, choose=values)
