"""What people change in a generated application: edits that type-check and can be found again."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

_TOP = re.compile(r"^(?=(?:import|export|const|function|type|interface) )", re.MULTILINE)
_INNER = re.compile(r"^(?=( +)(?:const|return|if) )", re.MULTILINE)
_RULE = re.compile(r"^(?=[.:a-z][^\n]*\{$)", re.MULTILINE)


class Kind(NamedTuple):
    """How often something is done, in which files, and what takes the place of what is found."""

    count: int
    files: str
    place: re.Pattern[str]
    text: str


# `keep7` is in what the seventh edit writes.
_KINDS = (
    Kind(80, r"src/.*\.tsx?|amplify/.*\.ts", _TOP, "// {keep}\n"),
    Kind(40, r"src/.*\.tsx?|amplify/.*\.ts", _INNER, "{indent}// {keep}\n"),
    Kind(22, r"src/forms/.*Inputs\.tsx", re.compile(r'(?<=label=")'), "{keep} "),
    Kind(
        12,
        r"src/forms/.*Inputs\.tsx",
        re.compile(r"(?<=<)[A-Z]\w+Input(?= )"),
        "{found} data-{keep}",
    ),
    Kind(
        16, r"src/.*\.tsx?", re.compile(r"\Z"), "\nexport function {keep}() {{\n  return 1;\n}}\n"
    ),
    Kind(10, r"src/.*\.css", _RULE, "/* {keep} */\n"),
    Kind(
        6,
        r"package\.json",
        re.compile(r'(?<="scripts": \{\n)'),
        '    "{keep}": "node --version",\n',
    ),
    Kind(8, r"README\.md", re.compile(r"^(?=##? )", re.MULTILINE), "Note {keep}.\n\n"),
    Kind(4, r"amplify\.yml", re.compile(r"(?<=commands:\n)"), "        - echo {keep}\n"),
    Kind(
        2, r"index\.html", re.compile(r"^(?= +<(?:body|head))", re.MULTILINE), "<!-- {keep} -->\n"
    ),
)
EDITS = sum(kind.count for kind in _KINDS)


def edit(root: Path) -> list[str]:
    """Edit the project's files, and return the words by which the edits are found."""
    chance = random.Random(50)  # noqa: S311 no secret
    words = []
    for kind in _KINDS:
        files = sorted(_files(root, kind))
        for _ in range(kind.count):
            words.append(f"keep{len(words)}")
            _change(chance.choice(files), kind, words[-1], chance)
    return words


def _files(root: Path, kind: Kind) -> Iterator[Path]:
    for file in project_files(root):
        name = file.relative_to(root).as_posix()
        if re.fullmatch(kind.files, name) and kind.place.search(file.read_text("utf-8")):
            yield file


def _change(file: Path, kind: Kind, word: str, chance: random.Random) -> None:
    text = file.read_text("utf-8")
    found = chance.choice(list(kind.place.finditer(text)))
    indent = found[1] if found.re.groups else ""
    new = kind.text.format(keep=word, indent=indent, found=found[0])
    file.write_text(text[: found.start()] + new + text[found.end() :], "utf-8")


def project_files(root: Path) -> Iterator[Path]:
    """Yield the files of a project that people see."""
    hidden = {".ace-flow", ".git", "node_modules"}
    for file in root.rglob("*"):
        if file.is_file() and not hidden & set(file.relative_to(root).parts):
            yield file


def missing(root: Path, words: list[str]) -> list[str]:
    """Return the words of edits that are nowhere in the project."""
    said = {
        word
        for file in project_files(root)
        if file.suffix != ".ace-new"
        for word in re.findall(r"\bkeep\d+\b", file.read_text("utf-8", errors="replace"))
    }
    return [word for word in words if word not in said]
