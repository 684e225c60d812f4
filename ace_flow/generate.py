"""The story of `ace generate`: a pattern's application, written whole or not at all."""

from __future__ import annotations

import os
from contextlib import nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ace_flow.diagnostics import AttentionError, ConfigurationError
from ace_flow.generator import Templates, render
from ace_flow.model import tables_of
from ace_flow.names import normal
from ace_flow.project import (
    BASE_FOLDER,
    NEW_SUFFIX,
    STATE_PATH,
    TABLES_PATH,
    Action,
    Choice,
    Danger,
    Plan,
    State,
    Tree,
    Write,
    dangers,
    digest,
    locked,
    make_plan,
    print_tables,
    read_state,
    read_tables,
    recover,
    state_files,
    write,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from ace_flow.files import GeneratedFile
    from ace_flow.session import Checked, Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What generating did: the checked pattern, the folder, and each file's change.

    `kept` are files that stay as somebody left them after an earlier run was killed. `dangers` are
    what the changes do to data where they are deployed; if `refused` for that, nothing is written.
    """

    checked: Checked
    root: Path
    plan: Plan
    kept: tuple[str, ...]
    dangers: tuple[Danger, ...] = ()
    refused: bool = False


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
    session: Session,
    reference: str,
    output: Path,
    *,
    choice: Choice = Choice.NEW,
    dry_run: bool = False,
    allow_data_loss: bool = False,
    waiting: Callable[[], None] = lambda: None,
) -> Report:
    """Bring the project in `output` up to date with a pattern.

    What the user changed stays: where the pattern changed, too, both are merged, and where both
    changed the same, `choice` decides. With `dry_run` nothing is written, and neither where changes
    lose data of the cloud, unless `allow_data_loss` says so. `waiting` is called when another
    process is at work in the project. Raises AttentionError, with nothing written, when a
    file is in the way that ace did not write, or when the project is another pattern's.
    """
    checked = session.check(reference)
    files = render_files(session, checked)
    root = session.root / output
    for place in (output, *output.parents):
        if (session.root / place).exists() and not (session.root / place).is_dir():
            raise ConfigurationError(f"{place} is a file; a folder is needed to generate into")
    with nullcontext() if dry_run else locked(root, waiting):
        kept = () if dry_run else recover(root)
        tree = Tree(root)
        before = read_state(root)
        _refuse_other_pattern(before, checked.pattern.name)
        plan = make_plan(
            files,
            pattern=checked.pattern.name,
            version=checked.pattern.version or "",
            source=_source(session, checked, root),
            before=before,
            read=tree.read,
            choice=choice,
        )
        _refuse_foreign(plan)
        tables, old = tables_of(checked.pattern), read_tables(tree.read(TABLES_PATH))
        found = dangers(old, tables) if old else ()
        refused = any(danger.is_refused for danger in found) and not allow_data_loss
        if not dry_run and not refused:
            own = {TABLES_PATH: print_tables(tables)} if old or tables.tables else {}
            write(root, _writes(tree, before, plan, own))
    return Report(checked=checked, root=root, plan=plan, kept=kept, dangers=found, refused=refused)


def _writes(tree: Tree, before: State, plan: Plan, own: dict[str, bytes]) -> list[Write]:
    """Return what differs from what is there: files, and ace's own ones."""
    folder = tree.root / BASE_FOLDER
    kept = [file.name for file in folder.iterdir()] if folder.is_dir() else []
    wanted = plan.writes | state_files(before, plan.state, plan.bases, kept) | own
    for path, name in before.conflicts.items():
        beside = path + NEW_SUFFIX
        found = tree.read(beside)
        if path not in plan.state.conflicts and found is not None and digest(found) == name:
            wanted[beside] = None
    writes = []
    for path, content in wanted.items():
        found = tree.read(path)
        if content != found:
            old = None if found is None else digest(found)
            writes.append(Write(path=path, content=content, before=old))
    return writes


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


def _refuse_foreign(plan: Plan) -> None:
    foreign = plan.of(Action.FOREIGN)
    if foreign:
        raise AttentionError(
            "files are in the way that ace did not write; nothing was written",
            paths=[change.path for change in foreign],
            hint="generate into a new folder with --output, or move these files away",
        )
