"""The story of `ace generate`: a pattern's application, written whole or not at all."""

from __future__ import annotations

import os
from contextlib import nullcontext, suppress
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ace_flow import __version__
from ace_flow.checked import Extended, source_of
from ace_flow.collector import without_collector
from ace_flow.diagnostics import AttentionError, ConfigurationError, PatternError
from ace_flow.joining import guest_in, joined
from ace_flow.model import tables_of
from ace_flow.project import (
    BASE_FOLDER,
    TABLES_PATH,
    Bases,
    Choice,
    Danger,
    Formatter,
    Plan,
    State,
    Tree,
    apply,
    dangers,
    is_unfinished,
    locked,
    make_plan,
    print_tables,
    read_state,
    read_tables,
    recover,
)
from ace_flow.recorded import check_project, recorded
from ace_flow.refusing import refuse_foreign, refuse_other_pattern, refuse_taken
from ace_flow.renames import new_names, told_by
from ace_flow.rendering import known_files, may_run, prepared, render_files, with_added
from ace_flow.scripting import scripts_of
from ace_flow.unchanged import note_seen
from ace_flow.workspace import HOOKS_FILE, HOOKS_FOLDER, STATE_PATH

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from ace_flow.diagnostics import Diagnostic
    from ace_flow.joining import Joined
    from ace_flow.loader import Ask, ProjectValues, Stated
    from ace_flow.model import Guest
    from ace_flow.session import Checked, Session
    from ace_flow.source import Plain


class Report(Struct, frozen=True, kw_only=True):
    """What generating did: the checked pattern, the folder, and each file's change.

    `kept` are files that stay as somebody left them after an earlier run was killed; `unformatted`
    says why conflicts were not looked at without their formatting, if there are any. `dangers` are
    what the changes do to data where they are deployed; if `refused` for that, nothing is written.
    `warnings` are those about the project's scripts.
    `joined` is there where ace did not create the application; `is_first` when nothing was there.
    """

    checked: Checked
    root: Path
    plan: Plan
    kept: tuple[str, ...]
    unformatted: str = ""
    dangers: tuple[Danger, ...] = ()
    refused: bool = False
    warnings: tuple[Diagnostic, ...] = ()
    joined: Joined | None = None
    is_first: bool = False


class Wishes(Struct, frozen=True, kw_only=True):
    """What a user asks of generating; `waiting` is called when another process is at work.

    `tell` gets the name of a script of the project, and what there is to say of it. `stated` are
    values of the pattern's parameters, `ask` asks somebody for others that the project does not
    remember, and `config` is what generators are told besides. A project that `is_passing` is gone
    soon: nothing of it is kept elsewhere, and `home` is the folder whose files may be brought into
    it without trust.
    """

    choice: Choice = Choice.NEW
    is_adopting: bool = False
    is_dry: bool = False
    may_lose_data: bool = False
    is_passing: bool = False
    home: Path | None = None
    config: Mapping[str, Plain] = {}
    stated: Mapping[str, Stated] = {}
    ask: Ask | None = None
    waiting: Callable[[], None] = lambda: None
    tell: Callable[[str, str], None] = lambda *_: None


USUAL = Wishes()


@without_collector()
def generate(
    session: Session, reference: str | None, output: Path, wishes: Wishes = USUAL
) -> Report:
    """Bring the project in `output` up to date with a pattern; None for the one it came from.

    What the user changed stays: where the pattern changed, too, both are merged, and where both
    changed the same, the wishes decide. Where changes lose data of the cloud, nothing is written
    unless they allow it. The project's scripts run before and after. Raises AttentionError, with
    nothing written, when a file is in the way that ace did not write, or when the project is
    another pattern's; TrustError when code is to be used that nobody trusts; HookError when a
    script failed, with nothing written if that was before.
    """
    root = session.root / output
    wanted = reference or recorded(session, root)
    entry = session.find(wanted)
    known = None if wishes.stated or _has_programs(root) else session.recall(entry)
    if known is not None:
        # What is known has no places to show: for what is wrong, all is read. No script has run
        # then, and no plan was applied.
        with suppress(PatternError):
            return _around(session, reference, output, wishes, known)
    from ace_flow.loader import ProjectValues  # noqa: PLC0415 - what is known needs no loader

    values = ProjectValues(stated=wishes.stated, ask=wishes.ask)
    checked = check_project(session, entry, root, values)
    return _around(session, reference, output, wishes, checked, values)


def _has_programs(root: Path) -> bool:
    """Tell whether a project has hooks or scripts of its own: they are told all of a pattern."""
    return any(os.path.lexists(root / name) for name in (HOOKS_FOLDER, HOOKS_FILE))


def _around(
    session: Session,
    reference: str | None,
    output: Path,
    wishes: Wishes,
    checked: Checked,
    values: ProjectValues | None = None,
) -> Report:
    """Generate between the scripts of the project."""
    for place in (output, *output.parents):
        if (session.root / place).exists() and not (session.root / place).is_dir():
            raise ConfigurationError(f"{place} is a file; a folder is needed to generate into")
    root = session.root / output
    if wishes.is_dry:
        return _generated(session, reference, root, wishes, checked, values)
    session.require_trust(checked, into=wishes.home or root)
    scripts = scripts_of(session, root, "generation", wishes.tell)
    is_new = not read_state(root).pattern
    with scripts.around(checked.pattern.name, is_new=is_new) as outcome:
        report = _generated(session, reference, root, wishes, checked, values)
        outcome.is_done = not report.refused
    return replace(report, warnings=scripts.findings)


def _generated(
    session: Session,
    reference: str | None,
    root: Path,
    wishes: Wishes,
    checked: Checked,
    values: ProjectValues | None,
) -> Report:
    wanted = reference or recorded(session, root)
    is_reading = wishes.is_dry and not is_unfinished(root)
    with nullcontext() if is_reading else locked(root, wishes.waiting):
        kept = () if is_reading else recover(root)
        if values and values.recalled != read_state(root).parameters and checked.pattern.parameters:
            # Another process has changed them, or was killed and is undone now.
            checked = check_project(session, wanted, root, values)
            if not wishes.is_dry:
                session.require_trust(checked, into=wishes.home or root)
        config, is_dry = wishes.config, wishes.is_dry
        with prepared(session, checked, root, wishes.tell, config, is_dry=is_dry) as run:
            report = _planned(session, run.made, root, wishes)
            refuse_foreign(report.plan, root)
            run.check(report.checked, report.plan)
        if not wishes.is_dry and not report.refused:
            apply(root, read_state(root), report.plan)
            is_settled = report.plan.is_settled and not (checked.findings or report.joined)
            # Hooks and scripts are asked every time.
            is_asked = may_run(session, checked, root) or (root / HOOKS_FILE).exists()
            if is_settled and not is_asked and not wishes.is_passing:
                own = (root / HOOKS_FOLDER, root / HOOKS_FILE)
                inputs = map(str, (*session.inputs(checked), *own))
                outputs = (*report.plan.state.files, STATE_PATH, TABLES_PATH, BASE_FOLDER)
                note_seen(str(root), reference, session.since, inputs=inputs, outputs=outputs)
    return replace(report, kept=kept)


def preview(session: Session, root: Path) -> Report:
    """Return what generating again would do to a project, and write nothing.

    Raises NotFoundError when nothing was generated there, or its pattern is not there any more,
    and PatternError when that is not valid.
    """
    checked = check_project(session, recorded(session, root), root)
    state = read_state(root)
    guest = _guest(checked, root, state, is_adopting=False)
    is_known = session.revision(checked, guest, state.made) == state.revision
    if not is_known and (state.made or may_run(session, checked, root)):
        raise AttentionError(
            "the pattern changed, and what its hooks make of it is known when they run",
            hint="`ace generate --dry-run` runs them, and shows what would change",
        )
    made = Extended(checked=checked, made=state.made)
    return _planned(session, made, root, Wishes(is_dry=True))


def _planned(session: Session, made: Extended, root: Path, wishes: Wishes) -> Report:
    checked = made.checked
    before = read_state(root)
    tree = Tree(root)
    bases = Bases(tree)
    guest = _guest(checked, root, before, is_adopting=wishes.is_adopting)
    revision = session.revision(checked, guest, made.made)
    known = known_files(bases, before) if before.revision == revision else None
    files = with_added(render_files(session, checked, guest), made) if known is None else known
    source = source_of(checked.entry, session.root, root)
    refuse_other_pattern(before, checked.pattern.name, source)
    formatter = Formatter(root)
    components = told_by(checked.pattern)
    tables, known_tables = tables_of(checked.pattern), tree.read(TABLES_PATH)
    printed = print_tables(tables)
    old = tables if known_tables == printed else read_tables(known_tables)
    found = dangers(old, tables) if old else ()
    names = new_names(checked.pattern, old, tables, before.components, components)
    if before.guest:
        # The folders of a guest are called after the pattern.
        names[before.pattern] = checked.pattern.name
    with tree.holding():
        plan = make_plan(
            files,
            after=State(
                pattern=checked.pattern.name,
                version=checked.pattern.version or "",
                source=source,
                ace=__version__,
                revision=revision,
                made=made.made,
                components=components,
                parameters={
                    item.name: item.value
                    for item in checked.pattern.parameters
                    if item.value is not None
                },
                guest=guest,
            ),
            before=before,
            read=tree.read,
            base=bases.get,
            choice=wishes.choice,
            is_adopting=wishes.is_adopting,
            renamed=names,
            # The project's own programs run where something is written, not to see what would be.
            tidies=() if wishes.is_dry else (formatter.format, formatter.fix),
        )
    return Report(
        checked=checked,
        root=root,
        plan=replace(plan, own={TABLES_PATH: printed} if old or tables.tables else {}),
        kept=(),
        unformatted=formatter.missing,
        dangers=found,
        refused=any(danger.is_refused for danger in found) and not wishes.may_lose_data,
        joined=joined(checked.pattern, guest, files, root, session.templates) if guest else None,
        is_first=not before.pattern,
    )


def _guest(checked: Checked, root: Path, before: State, *, is_adopting: bool) -> Guest | None:
    """Return the application that a pattern is a guest of, whose folders must be free."""
    if not checked.pattern.application:
        return None
    guest = guest_in(root, before, is_adopting=is_adopting)
    if guest and not before.pattern:
        refuse_taken(root, checked.pattern, guest)
    return guest
