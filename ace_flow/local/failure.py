"""Why a backend cannot be synthesized: what the tools said, the message first, then its place."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Lines of CDK and Node that say nothing of the project.
_NOISE = ("npm warn", "(node:", "(Use `node", "[WARNING]", "Use `addResourceDependency`")
_ERROR = re.compile(r"^(?:\w+Error|Error)(?: \[\w+\])?: ")
_AMPLIFY = re.compile(r"^AmplifyError \[\w+\]: ")
_CALL = re.compile(r"^\s+at ")
_PLACE = re.compile(r"(?<![\w/.-])((?:[\w.-]+/)*[\w.-]+\.[cm]?tsx?):(\d+)(?::\d+)?")
_RESOLUTION = re.compile(r"^  resolution: (['\"])(.+)\1,?$", re.MULTILINE)


class Failure(NamedTuple):
    """What is wrong, and where: a place, its line, and what the tools advise."""

    message: str
    more: str | None


def failure(text: str, root: Path) -> Failure:
    """Return what the tools said of a project in `root`."""
    lines = [
        _relative(line, root)
        for line in text.splitlines()
        if line.strip() and not line.lstrip().startswith(_NOISE)
    ]
    begin = next((at for at, line in enumerate(lines) if _ERROR.match(line)), None)
    # A stack of calls begins within the project and goes on in packages.
    own = [line for line in lines if "node_modules" not in line and "node:" not in line]
    if begin is None:
        return Failure("the tools failed", "\n".join(own[:20]) or text.strip())
    rest = lines[begin:]
    end = next((at for at, line in enumerate(rest) if at and _CALL.match(line)), len(rest))
    message = "\n".join(rest[:end])
    said = _AMPLIFY.sub("", message)
    place = _mentioned(said, root) if said != message else None
    advice = _RESOLUTION.search(text)
    shown = [place or _called(own, root), advice[2] if advice else None]
    return Failure(said, "\n".join(filter(None, shown)) or None)


def _relative(line: str, root: Path) -> str:
    for folder in {root, root.resolve()}:
        line = line.replace(f"file://{folder}{os.sep}", "").replace(f"{folder}{os.sep}", "")
    return line


def _called(own: list[str], root: Path) -> str | None:
    """Return the place in the project that was the last to be called."""
    found = next(filter(None, (_CALL.match(line) and _PLACE.search(line) for line in own)), None)
    if not found:
        return None
    number = int(found[2])
    return _shown(root, found[0], number)


def _mentioned(message: str, root: Path) -> str | None:
    """Return where the one text stands of which Amplify speaks, which knows no places."""
    for word in dict.fromkeys(re.findall(r"\w+", message)):
        texts = tuple(_with(root, re.compile(rf"(['\"`]){word}\1")))
        if len(texts) == 1:
            return _shown(root, *texts[0])
    return None


def _with(root: Path, wanted: re.Pattern[str]) -> Iterator[tuple[str, int]]:
    for path in sorted((root / "amplify").rglob("*.ts")):
        if "node_modules" in path.parts:
            continue
        for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), 1):
            if wanted.search(line):
                yield path.relative_to(root).as_posix(), number


def _shown(root: Path, place: str, number: int) -> str:
    """Return a place with its line."""
    name, _, rest = place.partition(":")
    try:
        line = (root / name).read_text("utf-8", "replace").splitlines()[number - 1].strip()
    except (OSError, IndexError):
        return place
    return f"{name}:{rest or number}\n  {line}"
