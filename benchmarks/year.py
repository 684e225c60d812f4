"""A year of releases in an edited project: `python benchmarks/year.py` says what is lost.

Each of fifty releases of a pattern is merged into a project with two hundred edits of its own, by
`ace generate` and, with `--copier`, by `copier update` of a template of the same files. Conflicts
are settled as people would: what is new is taken, and their own words are put back. With
`--packages FOLDER`, whose `node_modules` the project takes, it is type-checked after each release.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from edits import EDITS, edit, missing, project_files
from releases import first, releases

from ace_flow.generate import Wishes, generate
from ace_flow.project import Action, Bases, Tree, read_state
from ace_flow.rendering import render_files
from ace_flow.session import Session
from ace_flow.upkeep import resolve
from ace_flow.workspace import shipped

_REGION = re.compile(
    rb"^<<<<<<< [^\n]*\n(.*?)^\|\|\|\|\|\|\| [^\n]*\n(.*?)^=======\n(.*?)^>>>>>>> [^\n]*\n",
    re.MULTILINE | re.DOTALL,
)


_MARKED = re.compile(
    rb"^<<<<<<< [^\n]*\n(.*?)^=======\n(.*?)^>>>>>>> [^\n]*\n", re.MULTILINE | re.DOTALL
)
_WORD = re.compile(rb"\bkeep\d+\b")


@dataclass(slots=True)
class Result:
    """What a year brought."""

    merged: int = 0
    conflicts: list[str] = field(default_factory=list)
    needless: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    seconds: float = 0


def by_ace(folder: Path, packages: Path | None) -> Result:
    """Merge the releases with `ace generate`."""
    result = Result()
    templates = folder / "templates"
    shutil.copytree(shipped("templates"), templates)
    session = Session(folder)
    session.templates = templates
    root = folder / "app"
    _release(folder, first())
    generate(session, "./office.yml", Path("app"))
    if packages:
        (root / "node_modules").mkdir()
        for package in (packages / "node_modules").iterdir():
            (root / "node_modules" / package.name).symlink_to(package)
    words = edit(root)
    _check(root, "edits", packages, result)
    for about, pattern in releases(templates):
        _release(folder, pattern)
        before = read_state(root).files
        started = time.perf_counter()
        report = generate(session, "./office.yml", Path("app"), Wishes(may_lose_data=True))
        result.seconds += time.perf_counter() - started
        result.merged += len(report.plan.of(Action.MERGE))
        for change in report.plan.of(Action.CONFLICT):
            result.conflicts.append(f"{about}: {change.path}")
            base = Bases(Tree(root)).get(before[change.moved_from or change.path]) or b""
            if _is_needless(base, change.before or b"", change.after or b""):
                result.needless.append(f"{about}: {change.path}")
            text = _taken(change.before or b"", change.after or b"")
            (root / change.path).write_bytes(text)
        if report.plan.of(Action.CONFLICT):
            resolve(root, [], lambda: None)
        words = _count_lost(root, about, words, result)
        again = generate(session, "./office.yml", Path("app"))
        if again.plan.writes:
            result.broken.append(f"{about}: a second run writes {list(again.plan.writes)}")
        _check(root, about, packages, result)
    return result


def by_copier(folder: Path) -> Result:
    """Merge the same files with `copier update`."""
    result = Result()
    templates, template, root = folder / "templates", folder / "template", folder / "app"
    shutil.copytree(shipped("templates"), templates)
    session = Session(folder)
    session.templates = templates
    (template / "files").mkdir(parents=True)
    (template / "copier.yml").write_text("_subdirectory: files\n_templates_suffix: .jinja\n")
    _git(template, "init", "-q")
    _publish(session, folder, first(), "1.0.0")
    _copier("copy", "--defaults", "--vcs-ref", "1.0.0", str(template), str(root))
    _git(root, "init", "-q")
    words = edit(root)
    for about, pattern in releases(templates):
        _commit(root, about)
        _publish(session, folder, pattern, pattern["version"])
        started = time.perf_counter()
        code = _copier("update", "--defaults", "--vcs-ref", pattern["version"], str(root))
        result.seconds += time.perf_counter() - started
        if code:
            result.broken.append(f"{about}: copier ended with {code}")
        for file in project_files(root):
            text = file.read_bytes()
            if _MARKED.search(text):
                result.conflicts.append(f"{about}: {file.relative_to(root)}")
                file.write_bytes(_MARKED.sub(lambda found: _taken(found[1], found[2]), text))
        words = _count_lost(root, about, words, result)
    return result


def _release(folder: Path, pattern: dict[str, Any]) -> None:
    (folder / "office.yml").write_text(yaml.safe_dump(pattern, sort_keys=False), "utf-8")


def _count_lost(root: Path, about: str, words: list[str], result: Result) -> list[str]:
    """Note which edits are gone, and return the words of the others."""
    gone = set(missing(root, words))
    result.lost += [f"{about}: {word}" for word in words if word in gone]
    return [word for word in words if word not in gone]


def _is_needless(base: bytes, ours: bytes, theirs: bytes) -> bool:
    """Tell whether all that conflicts in a file is lines that both added at the same place."""
    sides = (ours, base, theirs)
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / str(number) for number in range(len(sides))]
        for file, side in zip(files, sides, strict=True):
            file.write_bytes(side)
        command = ["git", "merge-file", "-p", "-q", "--diff3", *map(str, files)]
        marked = subprocess.run(command, capture_output=True, check=False).stdout
    return all(not region[1].strip() for region in _REGION.findall(marked))


def _taken(ours: bytes, theirs: bytes) -> bytes:
    """Return what somebody makes of a conflict: what is new, and their own words put back."""
    words = [word for word in _WORD.findall(ours) if word not in theirs]
    return theirs + b"".join(b"// " + word + b"\n" for word in dict.fromkeys(words))


def _check(root: Path, about: str, packages: Path | None, result: Result) -> None:
    """Note when the application does not type-check."""
    if packages:
        command = ["node", "node_modules/typescript/bin/tsc", "-b"]
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
        if done.returncode:
            result.broken.append(f"{about}: {done.stdout[:600]}")


def _publish(session: Session, folder: Path, pattern: dict[str, Any], version: str) -> None:
    """Commit the files of a release to the template that copier takes them from."""
    _release(folder, pattern)
    shutil.rmtree(folder / "template" / "files")
    for file in render_files(session, session.check("./office.yml")):
        place = folder / "template" / "files" / file.path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(file.content)
    answers = folder / "template" / "files" / "{{_copier_conf.answers_file}}.jinja"
    answers.write_text("{{ _copier_answers|to_nice_yaml }}")
    _commit(folder / "template", version)
    _git(folder / "template", "tag", version)


def _commit(root: Path, message: str) -> None:
    _git(root, "add", "-A")
    _git(root, "commit", "-qm", message, "--allow-empty")


def _git(root: Path, *arguments: str) -> None:
    who = ["-c", "user.name=bench", "-c", "user.email=bench@example.org"]
    subprocess.run(["git", *who, *arguments], cwd=root, check=True)


def _copier(*arguments: str) -> int:
    command = ["copier", *arguments, "--quiet"]
    return subprocess.run(command, capture_output=True, check=False).returncode


def main() -> None:
    """Run a year and print what came of it."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--copier", action="store_true")
    arguments.add_argument("--packages", type=Path)
    options = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        result = by_copier(place) if options.copier else by_ace(place, options.packages)
    print(f"{EDITS} edits, 50 releases, {result.seconds:.1f} s")
    print(f"merged {result.merged}, conflicts {len(result.conflicts)}")
    for name in ("conflicts", "needless", "lost", "broken"):
        found = getattr(result, name)
        print(f"{name}: {len(found)}")
        for line in found:
            print(f"  {line}")


if __name__ == "__main__":
    main()
