"""Everything that a right pattern may hold comes out of the cache as it went in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cases import CASES, FILES, pattern
from loading import load_text

from ace_flow.diagnostics import PatternError
from ace_flow.verdicts import parsed, printed
from ace_flow.workspace import PACKAGE

if TYPE_CHECKING:
    from pathlib import Path

TEXTS = {code: [pattern(right) for _, right in pairs] for code, pairs in CASES.items()}
EVERYTHING = PACKAGE.parent / "tests" / "generator" / "patterns"


def whose(found):
    return [(file.span and file.span.source.name, file.path) for file in found.files]


def keep(text: str) -> bool:
    """Keep a pattern, and return if there was one that depends on nothing but texts."""
    try:
        found = load_text(text, FILES).pattern
    except PatternError:
        return False
    if found.parameters or found.hooks or found.generators:
        return False
    kept = parsed(printed(found))
    assert kept == found
    assert whose(kept) == whose(found)
    return True


@pytest.mark.parametrize("code", TEXTS)
def test_what_rules_find_right_is_kept(code):
    for text in TEXTS[code]:
        keep(text)


def test_most_of_it_are_patterns():
    texts = [text for found in TEXTS.values() for text in found]
    assert sum(map(keep, texts)) > len(texts) * 0.8


@pytest.mark.parametrize("file", sorted(EVERYTHING.glob("*.yml")), ids=lambda file: file.stem)
def test_large_patterns_are_kept(file: Path):
    assert keep(file.read_text(encoding="utf-8"))
