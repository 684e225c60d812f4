"""Tools that update a project in git to another version of a template in git."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from contenders import Contender, Place, same
from inputs import read_pattern, write_cookiecutter, write_copier
from measure import FailedError
from trial import Runner

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from contenders import Command
    from measure import Usage

OWN = frozenset({".git", ".copier-answers.yml", ".cruft.json"})


@dataclass(frozen=True, kw_only=True)
class Updating:
    """A tool that updates projects.

    `template` writes its template for so many models; `form` is the file of the forms' template;
    `create` makes the project from version `v1`; `update` updates it to the newest.
    """

    name: str
    package: str
    template: Callable[[int, Path], None]
    form: str
    create: Callable[[Place, Path], Command]
    update: Callable[[Place], Command]


def _copier_create(place: Place, template: Path) -> Command:
    data = place.input / "copier-data.yml"
    command: Command = [place.tools.peer("copier"), "copy", "-q", "-l", "--vcs-ref", "v1"]
    return [*command, "--data-file", data, template, place.output]


def _copier_update(place: Place) -> Command:
    data = place.input / "copier-data.yml"
    return [place.tools.peer("copier"), "update", "-q", "--defaults", "--data-file", data]


def _cruft_template(models: int, folder: Path) -> None:
    write_cookiecutter(folder, read_pattern(models))


def _cruft_create(place: Place, template: Path) -> Command:
    config = place.input / "cookiecutter" / "runs" / "all.yml"
    command: Command = [place.tools.peer("cruft"), "create", "--no-input", "-f", "-c", "v1"]
    return [*command, "--config-file", config, "--output-dir", place.root, template]


def _cruft_update(place: Place) -> Command:
    return [place.tools.peer("cruft"), "update", "-y", "-c", "v2"]


COPIER = Updating(
    name="copier update",
    package="copier",
    template=lambda _, folder: write_copier(folder, answers=True),
    form="files/src/forms/*.jinja",
    create=_copier_create,
    update=_copier_update,
)
CRUFT = Updating(
    name="cruft update",
    package="cruft",
    template=_cruft_template,
    form="templates/form.tsx.j2",
    create=_cruft_create,
    update=_cruft_update,
)


def update(
    tool: Updating,
    place: Place,
    texts: dict[str, bytes],
    *,
    edit: Callable[[Place], None] | None = None,
    line: tuple[str, str] | None = None,
    after: Place | None = None,
) -> Runner:
    """Return how a tool updates a project, so that it has these texts.

    `edit` is what the user changed before; `line` what the template's second version has in place
    of the first; `after` is the place with new data.
    """
    if missing := place.tools.missing.get(tool.package, ""):
        return Runner(name=tool.name, measure=_nothing, missing=missing)
    at = replace(place, root=place.root / tool.package)
    try:
        kept = _project(tool, at, edit, line)
    except FailedError as error:
        return Runner(name=tool.name, measure=_nothing, missing=str(error))
    now = replace(at, input=after.input) if after else at

    def measure() -> Usage:
        restore(kept, at)
        at.run(["git", "status", "--short"])  # git notes the times of the restored files
        return now.run(tool.update(now))

    as_one = Contender(name=tool.name, how="", command=tool.update, own=OWN)
    return Runner(name=tool.name, measure=measure, check=partial(same, at, as_one, texts))


def _project(
    tool: Updating,
    at: Place,
    edit: Callable[[Place], None] | None,
    line: tuple[str, str] | None,
) -> Path:
    """Return a project of a tool's, put aside, whose template may have a version since."""
    template = at.root / "template"
    tool.template(at.models, template)
    _commit(at, template, "v1")
    at.run(tool.create(at, template), cwd=at.root)
    _commit(at, at.output)
    if edit:
        edit(at)
        _commit(at, at.output)
    if line:
        for file in template.glob(tool.form):
            change(file, *line)
        _commit(at, template, "v2")
    return keep(at)


def change(file: Path, old: str, new: str) -> None:
    """Replace a text in a file, which has it."""
    text = file.read_text(encoding="utf-8")
    if old not in text:
        raise ValueError(f"{file} has no {old!r}")
    file.write_text(text.replace(old, new), encoding="utf-8")


def keep(place: Place) -> Path:
    """Put the output aside and return where it is."""
    kept = place.root / "kept"
    shutil.rmtree(kept, ignore_errors=True)
    place.output.rename(kept)
    return kept


def restore(kept: Path, place: Place) -> None:
    """Make the output what was put aside."""
    shutil.rmtree(place.output, ignore_errors=True)
    shutil.copytree(kept, place.output, symlinks=True)


def _nothing() -> Usage:
    """Stand in for a tool that is missing: nobody measures it."""
    raise NotImplementedError


def _commit(place: Place, folder: Path, tag: str = "") -> None:
    if not (folder / ".git").exists():
        place.run(["git", "init", "-q"], cwd=folder)
    place.run(["git", "add", "-A"], cwd=folder)
    place.run(["git", "commit", "-q", "--allow-empty", "-m", tag or "state"], cwd=folder)
    if tag:
        place.run(["git", "tag", tag], cwd=folder)
