"""Keeps patterns that nothing was found wrong with, by the content of all they were made of.

Who asks again gets the pattern without its being read, composed and verified once more.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from msgspec import NODEFAULT, Struct

from ace_flow.caches import closed, put
from ace_flow.checked import Checked
from ace_flow.files import digest
from ace_flow.model import Addition, Pattern
from ace_flow.source import Source
from ace_flow.templated import are_right

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from ace_flow.brought import Files
    from ace_flow.checked import Asked
    from ace_flow.registry import Catalog, Entry

_FOLDER = "verdicts"
_FORMAT = 2
_FILES = frozenset({"path", "project"})
# A large pattern's takes a megabyte.
_MOST_KEPT = 64
# Places point into documents, which are not read again.
_PLACES = frozenset({"node", "removed", "span"})
# The modules of all that a pattern consists of.
_KINDS = frozenset(
    {"ace_flow.source", *(f"ace_flow.model.{name}" for name in ("backend", "data", "pattern"))}
)
_DIGEST_SIZE = 32


class _Known(NamedTuple):
    """What is kept of a checked pattern: digests of what it depends on, and itself."""

    parents: tuple[tuple[str, str, str], ...]
    files: tuple[tuple[str, str, str], ...]
    additions: tuple[tuple[str, str, str], ...]
    pattern: bytes


def recall(
    entry: Entry, catalog: Catalog, root: Path, templates: Path, release: str
) -> Checked | None:
    """Return a pattern as it was checked before; None when that is not known, or a text changed.

    Templates of its own that changed are checked beside those in the folder `templates`. `root` is
    where relative locations begin; `release` tells the versions of ace apart.
    """
    folder = closed(_FOLDER)
    if folder is None or _has_modules(entry, root) or catalog.hidden(entry):
        return None
    try:
        known = _read(folder / _name(entry, release))
        entries = {entry.location: entry}
        for name, location, expected in known.parents:
            parent = catalog.find(name)
            if parent is None or (parent.location, digest(parent.document)) != (location, expected):
                return None
            entries[location] = parent
        files: Files = {}
        for owner, path, _ in known.files:
            content = entries[owner].read(path)
            if content is None:
                return None
            files[owner, path] = content
        pattern = parsed(known.pattern)
    except Exception:  # noqa: BLE001 - whatever is wrong with it: it has to be checked
        return None
    digests = _digests(files)
    if digests != known.files:
        if not are_right(pattern, files, entry, templates):
            return None
        _put(folder, entry, release, known._replace(files=digests))
    additions = (Addition(path=path, what=what, why=why) for path, what, why in known.additions)
    return Checked(
        entry=entry,
        pattern=pattern,
        additions=tuple(additions),
        findings=(),
        files=files,
        entries=tuple(entries.values()),
        filled=None,
    )


def keep(checked: Checked, asked: Iterable[Asked], root: Path, release: str) -> None:
    """Keep a checked pattern, if it depends on nothing but texts and there is nothing to say of it.

    `asked` are the parents that were asked for. Nothing is kept where others may write the cache,
    or the disk refuses.
    """
    pattern = checked.pattern
    is_open = pattern.parameters or pattern.hooks or pattern.generators
    in_range = any(item.in_range for item in asked)
    if is_open or in_range or checked.findings or _has_modules(checked.entry, root):
        return
    folder = closed(_FOLDER, is_made=True)
    if folder is None:
        return
    documents = {item.location: digest(item.document) for item in checked.entries}
    known = _Known(
        parents=tuple((item.name, item.location, documents[item.location]) for item in asked),
        files=_digests(checked.files),
        additions=tuple((item.path, item.what, item.why) for item in checked.additions),
        pattern=printed(pattern),
    )
    _put(folder, checked.entry, release, known)


def _has_modules(entry: Entry, root: Path) -> bool:
    """Tell whether modules may lie beside a pattern, which are looked at whenever it is checked."""
    if entry.origin not in _FILES:
        return False
    folder = (root / entry.location).parent
    return any(os.path.lexists(folder / name) for name in ("generators", "hooks"))


def _put(folder: Path, entry: Entry, release: str, known: _Known) -> None:
    content = pickle.dumps(tuple(known), 5)
    whole = hashlib.sha256(content).digest() + content
    put(folder, _name(entry, release), whole, most=_MOST_KEPT)


def _read(file: Path) -> _Known:
    whole = file.read_bytes()
    name, content = whole[:_DIGEST_SIZE], whole[_DIGEST_SIZE:]
    if hashlib.sha256(content).digest() != name:
        raise ValueError("somebody, or the disk, has changed it")
    return _Known._make(_Reader(io.BytesIO(content)).load())


def _digests(files: Files) -> tuple[tuple[str, str, str], ...]:
    return tuple((*key, digest(content)) for key, content in files.items())


def _name(entry: Entry, release: str) -> str:
    # The same file is meant by its path and by the pattern's name.
    origin = "file" if entry.origin in _FILES else entry.origin
    said = [str(_FORMAT), release, origin, entry.location, digest(entry.document)]
    return f"{digest(chr(0).join(said).encode('utf-8', 'surrogatepass'))}.pickle"


class _Writer(pickle.Pickler):
    """Writes records as what they hold, without places but those of files: they tell whose."""

    def reducer_override(self, value: object) -> Any:  # noqa: ANN401 - as pickle has it
        if isinstance(value, Struct):
            held = {
                name: part
                for name, usual in _usual(type(value))
                if (part := getattr(value, name)) is not usual
                and (part != usual or type(part) is not type(usual))
            }
            file = getattr(value, "file", None)
            if file is not None:
                held["span"] = file.span
            return _made, (type(value), held)
        if type(value) is Source:
            return Source, (value.name, "")
        return NotImplemented


class _Reader(pickle.Unpickler):
    """Makes nothing but records."""

    def find_class(self, module: str, name: str) -> object:
        if (module, name) == (__name__, "_made"):
            return _made
        found = super().find_class(module, name) if module in _KINDS else None
        if isinstance(found, type) and issubclass(found, Struct | tuple):
            return found
        raise pickle.UnpicklingError(f"{module}.{name} is no part of a pattern")


def printed(pattern: Pattern) -> bytes:
    """Return a pattern as it is kept, without the places of what it consists of."""
    target = io.BytesIO()
    _Writer(target, 5).dump(pattern)
    return target.getvalue()


def parsed(content: bytes) -> Pattern:
    """Return a pattern that was kept; raises one of many errors when it is something else."""
    pattern = _Reader(io.BytesIO(content)).load()
    if not isinstance(pattern, Pattern):
        raise TypeError("it is no pattern")
    return pattern


def _made(kind: type[Struct], held: dict[str, object]) -> Struct:
    return kind(**held)


@cache
def _usual(kind: type[Struct]) -> tuple[tuple[str, object], ...]:
    """Return the names of what is kept of a kind of record, each with its usual value."""
    fields, stated = kind.__struct_fields__, kind.__struct_defaults__
    usual = dict.fromkeys(fields, NODEFAULT)
    for name, item in zip(reversed(fields), reversed(stated), strict=False):
        usual[name] = item.factory() if hasattr(item, "factory") else item
    return tuple((name, item) for name, item in usual.items() if name not in _PLACES)
