"""What was renamed in a pattern: its files, which keep their edits, and the words in them."""

from __future__ import annotations

import re
from collections import defaultdict
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from msgspec import Struct

from ace_flow.names import camel, kebab
from ace_flow.regexes import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from collections.abc import Set as AbstractSet

_WORD = regex(r"[A-Za-z_$][\w$]*")
# What shares more than this with what is gone is taken to be the same by another name.
_ALIKE = 0.5


class Moves(Struct, frozen=True):
    """Files by their new name with the one they had, and words of theirs by what replaced them."""

    origins: Mapping[str, str] = {}
    words: Mapping[str, str] = {}


def renamed(
    before: Mapping[str, AbstractSet[str]], after: Mapping[str, AbstractSet[str]]
) -> dict[str, str]:
    """Return names that are gone, each with the new one that has most of what it had.

    What a name has are, for example, the fields of a model.
    """
    gone = {name: marks for name, marks in before.items() if name not in after}
    likeness = {
        (old, new): len(had & has) / len(had | has)
        for new, has in after.items()
        if new not in before and has
        for old, had in gone.items()
    }
    found: dict[str, str] = {}
    for old, new in sorted(likeness, key=lambda pair: (-likeness[pair], pair)):
        if likeness[old, new] > _ALIKE and old not in found and new not in found.values():
            found[old] = new
    return found


def find_moves(
    retired: Mapping[str, bytes], created: Mapping[str, bytes], names: Mapping[str, str]
) -> Moves:
    """Tell which of the created files are retired ones, whose names have a new name in them.

    `retired` and `created` hold texts by path; `names` are new names by old ones.
    """
    origins: dict[str, str] = {}
    for path in retired:
        for old, new in names.items():
            other = _renamed(path, old, new)
            if other != path and other in created and other not in origins:
                origins[other] = path
                break
    words: dict[str, str] = {}
    for path, old in origins.items():
        words |= _replaced(_words(retired[old]), _words(created[path]))
    return Moves(origins, words)


def translated(text: bytes, words: Mapping[str, str]) -> bytes:
    """Return a text with words replaced; what is no text as it is."""
    try:
        said = text.decode()
    except UnicodeDecodeError:
        return text
    return _WORD.sub(lambda found: words.get(found[0], found[0]), said).encode()


def _renamed(path: str, old: str, new: str) -> str:
    """Return a path with a name replaced where it is a word: `toTask`, `taskImport`."""
    whole = rf"(?<![A-Z]){re.escape(old)}(?![a-z0-9])"
    path = re.sub(whole, new, path)
    for form in (camel, kebab):
        alone = rf"(?<![A-Za-z0-9]){re.escape(form(old))}(?![a-z0-9])"
        path = re.sub(alone, form(new), path)
    return path


def _words(text: bytes) -> list[str]:
    return _WORD.findall(text.decode(errors="replace"))


def _replaced(before: Sequence[str], after: Sequence[str]) -> dict[str, str]:
    """Return the words that are always replaced by the same other word, and gone."""
    found: dict[str, set[str]] = defaultdict(set)
    steps: Iterable[tuple[str, int, int, int, int]] = SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes()
    for tag, start, end, other, last in steps:
        if tag == "replace" and end - start == last - other:
            for old, new in zip(before[start:end], after[other:last], strict=True):
                found[old].add(new)
    gone = set(before) - set(after)
    return {old: new.pop() for old, new in found.items() if old in gone and len(new) == 1}
