"""All files of a project: what the generator renders, and what hooks add."""

from __future__ import annotations

from contextlib import contextmanager
from types import MappingProxyType
from typing import TYPE_CHECKING

from msgspec import Struct

from ace_flow.checked import Extended
from ace_flow.diagnostics import HookError
from ace_flow.files import GeneratedFile
from ace_flow.workspace import HOOKS_FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from ace_flow.checked import Checked
    from ace_flow.model import Guest
    from ace_flow.project import Bases, Plan, State
    from ace_flow.session import Session
    from ace_flow.source import Plain


def render_files(
    session: Session, checked: Checked, guest: Guest | None = None
) -> tuple[GeneratedFile, ...]:
    """Render all files of a checked pattern, sorted by path, and write nothing.

    A `guest` brings what is its own to an application that ace did not create.
    """
    if not checked.pattern.application:
        from ace_flow.generator import own_files  # noqa: PLC0415 - costs 40 ms

        return own_files(checked.pattern, checked.read)
    from ace_flow.generator import Templates, render  # noqa: PLC0415 - costs 100 ms

    return render(
        checked.pattern,
        catalogue=session.catalogue(),
        folder=session.templates,
        templates=Templates(session.templates),
        read=checked.read,
        guest=guest,
    )


class Run(Struct, frozen=True, kw_only=True):
    """A run with hooks, or without: what they made, and what is still to be asked of them."""

    made: Extended
    check: Callable[[Checked, Plan], None] = lambda *_: None


@contextmanager
def prepared(
    session: Session,
    checked: Checked,
    root: Path,
    tell: Callable[[str, str], None],
    config: Mapping[str, Plain] = MappingProxyType({}),
    *,
    is_dry: bool = False,
) -> Iterator[Run]:
    """Let hooks make what they make of a pattern, and write nothing.

    `config` is what generators are told beside the parameters.
    `check` of what is yielded shows them what is about to be written: they can refuse it, and
    change nothing. None of their processes is left afterwards. Raises TrustError when there are
    hooks that the user does not trust, HookError when one fails.
    """
    if not may_run(session, checked, root):
        yield Run(made=Extended(checked=checked))
        return
    from ace_flow.extension import check_plan, extended, hooks_of  # noqa: PLC0415 - costs 20 ms

    with hooks_of(session, checked, root, tell, is_dry=is_dry) as hooks:

        def check(checked: Checked, plan: Plan) -> None:
            files = {item.path: item.after for item in plan.changes if item.after is not None}
            actions = {item.path: item.action.value for item in plan.changes}
            check_plan(hooks, checked, root, files, actions, is_dry=is_dry)

        yield Run(made=extended(session, checked, hooks, root, config, is_dry=is_dry), check=check)


def let_hooks_deploy(
    session: Session,
    checked: Checked,
    root: Path,
    files: Iterable[str],
    tell: Callable[[str, str], None],
) -> None:
    """Let hooks refuse that a project is deployed, which has these generated files.

    Raises TrustError when there are hooks that the user does not trust, HookError when one
    refuses or fails.
    """
    if may_run(session, checked, root):
        from ace_flow.extension import check_deployment  # noqa: PLC0415 - costs 20 ms

        check_deployment(session, checked, root, files, tell)


def may_run(session: Session, checked: Checked, root: Path) -> bool:
    """Tell whether a pattern or a project has hooks, whoever brings them."""
    pattern = checked.pattern
    is_own = (root / HOOKS_FOLDER).is_dir()
    return bool(pattern.hooks or pattern.generators or is_own or session.installed.points)


def generated_files(
    session: Session,
    checked: Checked,
    root: Path,
    guest: Guest | None,
    tell: Callable[[str, str], None],
) -> tuple[GeneratedFile, ...]:
    """Render all files for a project, with what hooks contribute to them, and write nothing.

    Raises what `prepared` raises.
    """
    with prepared(session, checked, root, tell, is_dry=True) as run:
        return with_added(render_files(session, run.made.checked, guest), run.made)


def with_added(files: Iterable[GeneratedFile], made: Extended) -> tuple[GeneratedFile, ...]:
    """Put the files that hooks added to those that were generated, in order of path.

    Raises HookError when one is in the place of another and does not say that it replaces it.
    """
    if not made.added:
        return tuple(files)
    from ace_flow.generator import signed  # noqa: PLC0415 - costs 60 ms

    found = {file.path: file for file in files}
    folded = {path.casefold(): path for path in found}
    for path, (hook, file) in made.added.items():
        there = folded.get(path.casefold())
        if there is not None and not (file.replaces and there == path):
            raise HookError(
                hook,
                f"adds {path}, which is generated",
                hint="with `replaces: true` for the file, its text is taken instead",
            )
        found[path] = GeneratedFile(path, signed(path, file.content.encode()))
    return tuple(sorted(found.values()))


def known_files(bases: Bases, before: State) -> list[GeneratedFile] | None:
    """Return the files as they were generated last; None when a text was not kept.

    Those that the user took over are none of them.
    """
    texts = before.files | before.conflicts
    files = []
    for path, name in texts.items():
        content = bases.get(name)
        if content is None:
            return None
        files.append(GeneratedFile(path, content))
    return files
