"""Objects in JSON and YAML, merged key by key: the rest of a text stays as it is written."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from ace_flow.project import jsonc
from ace_flow.project.regions import Favor

if TYPE_CHECKING:
    from types import ModuleType

Object = dict[str, Any]
Path = tuple[str, ...]

_MISSING = object()


def is_whole(path: str, content: bytes) -> bool:
    """Tell whether a text of JSON or YAML can be read; of other formats, nothing is known."""
    language = _language(path)
    if language is None:
        return True
    try:
        language.parse(content.decode())
    except ValueError:
        return False
    return True


def merged_keys(path: str, base: bytes, current: bytes, new: bytes, favor: Favor) -> bytes | None:
    """Return `current` with what changes from `base` to `new`.

    None where a text holds no object, where both changed the same value, or of other formats.
    """
    language = _language(path)
    if language is None:
        return None
    try:
        text = current.decode()
        before, after = language.parse(base.decode()), language.parse(new.decode())
        for place, value in _changes(before, language.parse(text), after, favor):
            text = (
                language.removed(text, place)
                if value is _MISSING
                else language.changed(text, place, value)
            )
    except (ValueError, _ConflictError):
        return None
    return text.encode()


def _language(path: str) -> ModuleType | None:
    """Return the module that reads and changes texts of the file's format."""
    suffix = PurePosixPath(path).suffix
    if suffix == ".json":
        return jsonc
    if suffix in {".yml", ".yaml"}:
        from ace_flow.project import yamltext  # noqa: PLC0415 - costs 40 ms, and few need it

        return yamltext
    return None


class _ConflictError(Exception):
    """Both sides gave the same key different values."""


def _changes(
    base: Object, current: Object, new: Object, favor: Favor, path: Path = ()
) -> list[tuple[Path, Any]]:
    """Return what changes in `current`: paths with their values, `_MISSING` for what goes."""
    found: list[tuple[Path, Any]] = []
    for key in [*new, *(key for key in base if key not in new)]:
        before, now, wanted = (side.get(key, _MISSING) for side in (base, current, new))
        place = (*path, key)
        if wanted in (before, now):
            continue
        if now == before:
            found.append((place, wanted))
        elif isinstance(now, dict) and isinstance(wanted, dict):
            inner = before if isinstance(before, dict) else {}
            found += _changes(inner, now, wanted, favor, place)
        elif isinstance(before, list) and isinstance(now, list) and isinstance(wanted, list):
            found.append((place, _listed(before, now, wanted)))
        elif favor is Favor.THEIRS:
            found.append((place, wanted))
        elif favor is Favor.NONE:
            raise _ConflictError
    return found


def _listed(before: list[Any], now: list[Any], wanted: list[Any]) -> list[Any]:
    """Return a list with the items of both sides: what either took out is out."""
    items = [item for item in now if item in wanted or item not in before]
    for place, item in enumerate(wanted):
        if item not in before and item not in items:
            earlier = [items.index(other) for other in wanted[:place] if other in items]
            items.insert(earlier[-1] + 1 if earlier else 0, item)
    return items
