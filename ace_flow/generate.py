"""The story of `ace generate`: a pattern's application, written whole or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ace_flow.diagnostics import AttentionError, ConfigurationError
from ace_flow.generator import Templates, render
from ace_flow.names import normal
from ace_flow.project import (
    BLOCKING,
    STATE_PATH,
    WRITING,
    Action,
    Plan,
    State,
    make_plan,
    print_state,
    read_file,
    read_state,
    write_files,
)

if TYPE_CHECKING:
    from ace_flow.files import GeneratedFile
    from ace_flow.session import Checked, Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What generating did: the checked pattern, the folder, and each file's change."""

    checked: Checked
    root: Path
    plan: Plan


def render_files(session: Session, checked: Checked) -> tuple[GeneratedFile, ...]:
    """Render all files of a checked pattern, sorted by path, and write nothing."""
    return render(
        checked.pattern,
        catalogue=session.catalogue(),
        folder=session.templates,
        templates=Templates(session.templates),
        read=checked.read,
    )


def generate(session: Session, reference: str, output: Path) -> Report:
    """Bring the project in `output` up to date with a pattern.

    Files that ace wrote and nobody touched are updated; a file that only the user changed stays
    as it is. Raises AttentionError, with nothing written, when a file is in the way that ace did
    not write, or that both the user and the pattern changed, or when the project is another
    pattern's.
    """
    checked = session.check(reference)
    files = render_files(session, checked)
    root = session.root / output
    for place in (output, *output.parents):
        if (session.root / place).exists() and not (session.root / place).is_dir():
            raise ConfigurationError(f"{place} is a file; a folder is needed to generate into")
    before = read_state(root)
    _refuse_other_pattern(before, checked.pattern.name)
    plan = make_plan(
        files,
        pattern=checked.pattern.name,
        source=_source(session, checked, root),
        before=before,
        read=lambda path: read_file(root, path),
    )
    _refuse_conflicts(plan)
    written = {change.path: change.content for change in plan.of(*WRITING)}
    state = print_state(plan.state)
    if state != read_file(root, STATE_PATH):
        written[STATE_PATH] = state
    write_files(root, written)
    return Report(checked=checked, root=root, plan=plan)


def _source(session: Session, checked: Checked, root: Path) -> str:
    """Return where a pattern's file is from the project; nowhere if it is shipped or stored."""
    if checked.entry.origin not in {"path", "project"}:
        return ""
    # On Windows there is no way from one drive to another.
    with suppress(ValueError):
        return Path(os.path.relpath(session.root / checked.entry.location, root)).as_posix()
    return ""


def _refuse_other_pattern(before: State, name: str) -> None:
    if before.pattern and normal(before.pattern) != normal(name):
        raise AttentionError(
            f"the project was generated from `{before.pattern}`, not from `{name}`; "
            "nothing was written",
            hint=f"generate into another folder with --output; if the pattern was renamed, "
            f"write its new name into {STATE_PATH}",
        )


def _refuse_conflicts(plan: Plan) -> None:
    blocking = plan.of(*BLOCKING)
    if not blocking:
        return
    edited = plan.of(Action.EDITED)
    if len(edited) == len(blocking):
        message = "you and the pattern both changed these files; nothing was written"
        hint = "move your edits elsewhere, or generate into a new folder and compare"
    else:
        message = "files are in the way that ace did not write; nothing was written"
        hint = "generate into a new folder with --output, or move these files away"
    raise AttentionError(message, paths=[change.path for change in blocking], hint=hint)
