"""Tells that generating again would change nothing, by the status of all files it depends on.

As `make` and git's index do: a file whose times, size and number are what they were has not
changed. Of one that changed just before it was looked at, the content counts as well: it could
change once more within the same tick of the clock. Imports nothing that takes time, as it is asked
before anything else is imported.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from typing import TYPE_CHECKING

from ace_flow import __version__
from ace_flow.caches import closed, put

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_UNDER_WAY = ".ace-flow/txn"
_FORMAT = 2
_MOST_KEPT = 1000
# Two changes of a file within one tick of the clock cannot be told apart: 4 ms on most disks, 2 s
# on those that keep whole seconds.
_TICK, _COARSE_TICK = 20_000_000, 2_000_000_000
# What the outcome depends on besides files.
_SETTINGS = (
    *("ACE_STORE", "ACE_CACHE_DIR", "ACE_CONFIG_DIR", "HOME", "XDG_DATA_HOME"),
    *("APPDATA", "LOCALAPPDATA", "USERPROFILE"),
)


def up_to_date(arguments: Sequence[str]) -> str | None:
    """Return the output folder as it was given if `ace` with these arguments has nothing to do.

    None when that is not known: then all has to be looked at.
    """
    called = asked(arguments)
    if called is None:
        return None
    reference, output = called
    root = os.path.realpath(output)
    try:
        folder = closed("seen")
        if folder is None:
            return None
        with open(os.path.join(folder, _name_of(root)), "rb") as file:
            seen = json.load(file)
        is_same = seen["circumstances"] == _circumstances(reference, root)
        files = [*seen["inputs"].items(), *_below(root, seen["outputs"].items())]
        if not is_same or any(_status(path) != status for path, status in files):
            return None
        fresh = _below(root, seen["fresh"].items())
        if any(_digest(path) != digest for path, digest in fresh):
            return None
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        return None
    return None if os.path.exists(os.path.join(root, _UNDER_WAY)) else output


def asked(arguments: Sequence[str]) -> tuple[str | None, str] | None:
    """Return the pattern and the folder that `generate` is called with; None when with more."""
    if not arguments or arguments[0] != "generate":
        return None
    named: list[str] = []
    output = "."
    rest = iter(arguments[1:])
    for word in rest:
        if word in {"-o", "--output"}:
            output = next(rest, "")
        elif word.startswith("--output="):
            output = word.partition("=")[2]
        elif word.startswith("-") or named:
            return None
        else:
            named.append(word)
    return (named[0] if named else None, output) if output else None


def note_seen(
    root: str, reference: str | None, since: int, *, inputs: Iterable[str], outputs: Iterable[str]
) -> None:
    """Note the status of all files that generating depends on, where nothing is to be done.

    `inputs` may be folders, and files that are not there; `outputs` are below `root`. Nothing is
    noted where an input changed after `since`, in nanoseconds since 1970, when nothing of it had
    been read, or the disk refuses.
    """
    now = time.time_ns()
    place = os.path.realpath(root)
    seen = {path: _status(path) for path in inputs}
    made = dict(_below(place, ((path, None) for path in outputs)))
    statuses = {path: _status(path) for path in made}
    if any(_is_fresh(status, since) for status in seen.values() if status):
        return
    try:
        fresh = {
            path[len(place) + 1 :]: _digest(path)
            for path, status in statuses.items()
            if status and _is_fresh(status, now)
        }
    except OSError:
        return
    values = {
        "format": _FORMAT,
        "circumstances": _circumstances(reference, place),
        "inputs": seen,
        "outputs": {path[len(place) + 1 :]: status for path, status in statuses.items()},
        "fresh": fresh,
    }
    # In the user's cache, as generating again writes nothing into the project.
    folder = closed("seen", is_made=True)
    if folder is not None:
        text = json.dumps(values, separators=(",", ":"))
        put(folder, _name_of(place), text.encode(), most=_MOST_KEPT)


def _name_of(root: str) -> str:
    return f"{hashlib.sha256(os.fsencode(root)).hexdigest()[:32]}.json"


def _circumstances(reference: str | None, root: str) -> list[object]:
    settings = [os.environ.get(name) for name in _SETTINGS]
    places = [sys.prefix, __file__, os.environ.get("PYTHONPATH")]
    return [_FORMAT, __version__, reference, os.getcwd(), root, *places, *settings]


def _below(root: str, entries: Iterable[tuple[str, object]]) -> list[tuple[str, object]]:
    return [(f"{root}{os.sep}{path}", value) for path, value in entries]


def _status(path: str) -> list[int] | None:
    """Return what tells a change of a file or folder; None when it is not there."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return [found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino, found.st_mode]


def _digest(path: str) -> str:
    """Return the digest of what is in a file, or of the names in a folder."""
    if os.path.isdir(path):
        content = "/".join(sorted(os.listdir(path))).encode("utf-8", "surrogateescape")
    else:
        with open(path, "rb") as file:
            content = file.read()
    return hashlib.sha256(content).hexdigest()


def _is_fresh(status: list[int], now: int) -> bool:
    latest = max(status[0], status[1])
    tick = _TICK if status[0] % 1_000_000_000 else _COARSE_TICK
    return now - latest < tick
