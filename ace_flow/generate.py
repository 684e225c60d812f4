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
    Tree,
    Write,
    digest,
    locked,
    make_plan,
    print_state,
    read_state,
    recover,
    write,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from ace_flow.files import GeneratedFile
    from ace_flow.session import Checked, Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What generating did: the checked pattern, the folder, and each file's change.

    `kept` are files that stay as somebody left them after an earlier run was killed.
    """

    checked: Checked
    root: Path
    plan: Plan
    kept: tuple[str, ...]


def render_files(session: Session, checked: Checked) -> tuple[GeneratedFile, ...]:
    """Render all files of a checked pattern, sorted by path, and write nothing."""
    return render(
        checked.pattern,
        catalogue=session.catalogue(),
        folder=session.templates,
        templates=Templates(session.templates),
        read=checked.read,
    )


def generate(
    session: Session, reference: str, output: Path, *, waiting: Callable[[], None] = lambda: None
) -> Report:
    """Bring the project in `output` up to date with a pattern.

    Files that ace wrote and nobody touched are updated; a file that only the user changed stays
    as it is. `waiting` is called when another process is at work in the project. Raises
    AttentionError, with nothing written, when a file is in the way that ace did not write, or
    that both the user and the pattern changed, or when the project is another pattern's.
    """
    checked = session.check(reference)
    files = render_files(session, checked)
    root = session.root / output
    for place in (output, *output.parents):
        if (session.root / place).exists() and not (session.root / place).is_dir():
            raise ConfigurationError(f"{place} is a file; a folder is needed to generate into")
    with locked(root, waiting):
        kept = recover(root)
        tree = Tree(root)
        before = read_state(root)
        _refuse_other_pattern(before, checked.pattern.name)
        plan = make_plan(
            files,
            pattern=checked.pattern.name,
            source=_source(session, checked, root),
            before=before,
            read=tree.read,
        )
        _refuse_conflicts(plan)
        write(root, _writes(tree, plan))
    return Report(checked=checked, root=root, plan=plan, kept=kept)


def _writes(tree: Tree, plan: Plan) -> list[Write]:
    wanted = {change.path: change.content for change in plan.of(*WRITING)}
    wanted[STATE_PATH] = print_state(plan.state)
    found = {path: tree.read(path) for path in wanted}
    return [
        Write(
            path=path,
            content=content,
            before=None if (now := found[path]) is None else digest(now),
        )
        for path, content in wanted.items()
        if content != found[path]
    ]


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
