"""Generating again: nothing to change, a line of a template changed, one model of many changed."""

from __future__ import annotations

import shutil
import time
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import yaml
from contenders import ACE, CONTENDERS, FLOOR, Place, ace, expected, floor, forget, same
from in_git import COPIER, CRUFT, change, keep, restore, update
from inputs import read_pattern, write_inputs
from job import PATTERN, name
from measure import FailedError, Usage
from trial import Runner

if TYPE_CHECKING:
    from collections.abc import Callable

# What changes in the template of forms, and what a user changed in every tenth form before.
LINE, NEW_LINE = "        Save\n", "        Save changes\n"
EDITED, EDIT = "/** A form that changes one ", "/** Our own form for a "
EVERY = 10
# Which model changes, and how.
CHANGED = "    - name: {name}\n      fields:\n"
ADDED = CHANGED + "        - {{name: added, type: string}}\n"
# Status that is as young as a tick of the clock tells nothing.
TICK = 0.1


def unchanged(place: Place) -> list[Runner]:
    """Return who generates again when nothing has changed.

    In a new clone, `ace` knows neither the pattern nor the status of files.
    """
    texts = expected(replace(place, root=place.root / "expected"))
    at = replace(place, root=place.root / "ace")

    def after() -> Usage:
        ACE.fresh(at)
        time.sleep(TICK)
        at.run(ace(at))
        return at.run(ace(at))

    def cloned() -> Usage:
        forget(at, "seen")
        forget(at, "verdicts")
        return at.run(ace(at))

    def idle() -> None:
        same(at, ACE, texts)
        said = (at.root / "log").read_text(encoding="utf-8")
        if "nothing to do" not in said:
            raise FailedError(f"did something: {said}")

    runners = [
        Runner(name="ace", measure=after, check=idle),
        Runner(name="ace, in a new clone", measure=cloned, check=idle),
    ]
    by_floor = replace(place, root=place.root / "floor")
    FLOOR.fresh(by_floor)
    runners.append(Runner(name="floor", measure=lambda: by_floor.run(floor(by_floor))))
    runners += _others_again(place, texts)
    runners.append(update(COPIER, place, texts))
    return runners


def merged(place: Place) -> list[Runner]:
    """Return who brings a changed line of a template to a project with edits of its user."""
    after = replace(place, input=place.input.with_name("input-line"))
    write_inputs(after.input, after.models)
    template = after.input / ".ace-flow" / "patterns" / "templates" / "form.tsx.j2"
    change(template, LINE, NEW_LINE)
    texts = expected(replace(after, root=after.root / "expected"))
    for number in range(0, place.models, EVERY):
        path = f"src/forms/{name(number)}Form.tsx"
        texts[path] = texts[path].replace(EDITED.encode(), EDIT.encode())
    return [
        _by_ace(place, after, texts, _edit),
        _by_floor(after),
        *(update(it, place, texts, edit=_edit, line=(LINE, NEW_LINE)) for it in (COPIER, CRUFT)),
    ]


def one_model(place: Place) -> list[Runner]:
    """Return who brings a new field of one model to a project."""
    after = replace(place, input=place.input.with_name("input-model"))
    write_inputs(after.input, after.models)
    it = name(place.models // 2)
    document = after.input / ".ace-flow" / "patterns" / PATTERN
    change(document, CHANGED.format(name=it), ADDED.format(name=it))
    pattern = read_pattern(place.models)
    field = {"name": "added", "type": "string"}
    pattern["models"][place.models // 2]["fields"].insert(0, field)
    (after.input / "copier-data.yml").write_text(
        yaml.safe_dump({"pattern": pattern}, sort_keys=False), encoding="utf-8"
    )
    texts = expected(replace(after, root=after.root / "expected"))
    return [
        _by_ace(place, after, texts),
        _by_ace(place, after, texts, is_validated=True),
        _by_floor(after),
        update(COPIER, place, texts, after=after),
    ]


def _by_ace(
    place: Place,
    after: Place,
    texts: dict[str, bytes],
    edit: Callable[[Place], None] | None = None,
    *,
    is_validated: bool = False,
) -> Runner:
    """Return how `ace` brings a project from the job of `place` to that of `after`.

    With `is_validated`, the pattern was validated before, as it is then.
    """
    name = "ace (validated before)" if is_validated else "ace"
    at = replace(place, root=place.root / name)
    ACE.fresh(at)
    at.run(ace(at))
    if edit:
        edit(at)
    kept, known = keep(at), at.root / "home" / "cache" / "verdicts"
    known_before = shutil.copytree(known, at.root / "verdicts")
    patterns = Path(".ace-flow") / "patterns"

    def measure() -> Usage:
        restore(kept, at)
        forget(at, "verdicts")
        shutil.copytree(known_before, known)
        shutil.copytree(after.input / patterns, at.output / patterns, dirs_exist_ok=True)
        if is_validated:
            at.run([at.tools.ace / "bin" / "ace", "validate-pattern", "job"])
        return at.run(ace(at))

    return Runner(name=name, measure=measure, check=partial(same, at, ACE, texts))


def _by_floor(after: Place) -> Runner:
    at = replace(after, root=after.root / "floor")
    FLOOR.fresh(at)
    return Runner(name="floor", measure=lambda: at.run(floor(at)))


def _others_again(place: Place, texts: dict[str, bytes]) -> list[Runner]:
    """Return those whose command can be given again without a terminal and without force."""
    runners = []
    for contender in CONTENDERS:
        if contender.name in {"projen", "Nx generator"}:
            at = replace(place, root=place.root / contender.package)
            missing = place.tools.missing.get(contender.package, "")
            if not missing:
                contender.fresh(at)
            runners.append(
                Runner(
                    name=contender.name,
                    measure=lambda at=at, it=contender: at.run(it.command(at)),  # type: ignore[misc]
                    check=partial(same, at, contender, texts),
                    missing=missing,
                )
            )
    return runners


def _edit(place: Place) -> None:
    for number in range(0, place.models, EVERY):
        change(place.output / "src" / "forms" / f"{name(number)}Form.tsx", EDITED, EDIT)
