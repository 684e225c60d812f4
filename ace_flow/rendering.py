"""All files of a project: what the generator renders, and what hooks add."""

from __future__ import annotations

import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ace_flow.diagnostics import HookError
from ace_flow.extension import context_of, extended, hooks_of
from ace_flow.files import GeneratedFile
from ace_flow.plugins import PlannedFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ace_flow.checked import Checked
    from ace_flow.extension import Extended
    from ace_flow.plugins import Hooks
    from ace_flow.project import Plan
    from ace_flow.session import Session


def render_files(session: Session, checked: Checked) -> tuple[GeneratedFile, ...]:
    """Render all files of a checked pattern, sorted by path, and write nothing."""
    from ace_flow.generator import Templates, render  # noqa: PLC0415 - costs 150 ms

    return render(
        checked.pattern,
        catalogue=session.catalogue(),
        folder=session.templates,
        templates=Templates(session.templates),
        read=checked.read,
    )


def generated_files(
    session: Session, checked: Checked, root: Path, notice: Callable[[str, str], None]
) -> tuple[GeneratedFile, ...]:
    """Render all files for a project, with what hooks contribute to them, and write nothing.

    Raises TrustError when there are hooks that the user does not trust, HookError when one fails.
    """
    with hooks_of(session, checked, root, notice) as hooks:
        made = extended(session, checked, hooks, root, is_dry=True)
        hooks.finish()
    return with_added(render_files(session, made.checked), made)


def let_hooks_check(
    hooks: Hooks, checked: Checked, plan: Plan, root: Path, *, is_dry: bool
) -> None:
    """Show hooks what is about to be written: they can refuse it, and change nothing.

    No hook runs any more afterwards.
    """
    if hooks.offers("ace_post_generation"):
        texts = {change.path: change.after for change in plan.changes}
        there = ((path, text) for path, text in texts.items() if text is not None)
        with _copied(there) as output:
            files = (PlannedFile(path=item.path, action=item.action) for item in plan.changes)
            hooks.after_generation(
                context_of(checked, root, files=files, output=output, is_dry=is_dry)
            )
    hooks.finish()


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


@contextmanager
def _copied(files: Iterable[tuple[str, bytes]]) -> Iterator[Path]:
    """Yield a folder with a copy of files, by path, which is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="ace-output-", ignore_cleanup_errors=True) as folder:
        home = Path(folder).resolve()
        for path, content in files:
            place = home / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        yield home
