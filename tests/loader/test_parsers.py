"""PyYAML has a fast parser, which not every installation has, and a slow one: both must agree."""

from __future__ import annotations

import random

import pytest
import yaml

from ace_flow.diagnostics import PatternError
from ace_flow.loader import document, read_document
from ace_flow.workspace import shipped

FAST = getattr(yaml, "CSafeLoader", None)
# No tabs, which the fast parser accepts in more places.
PIECES = (
    *(" ", "\n", ":", "-", "?", "[", "]", "{", "}", ",", "#", "&", "*", "!", "|", ">", "'", '"'),
    *("a", "b: ", "- ", "  ", "\n  ", "\n- ", "\nb: ", "---\n", "...\n", "&x ", "*x", "<<: "),
    *("!!str ", "| ", ">-\n", "|2\n", "%YAML 1.2\n", "%TAG ! x\n", "%FOO\n", "1e999", "0x1"),
    *("\r\n", "\r", "\u00a0", "\ufeff", "😀", '"\\x41"', "? ", "12:30", "~", "\\", "true", "1.5"),
)

pytestmark = pytest.mark.skipif(FAST is None, reason="this PyYAML has only one parser")


def both(monkeypatch, data: bytes) -> list[object]:
    """Return what each parser makes of the bytes: the document, or the codes and first place."""
    results: list[object] = []
    for parser in (FAST, yaml.SafeLoader):
        monkeypatch.setattr(document, "_Loader", parser)
        try:
            results.append(read_document("p.yml", data))
        except PatternError as error:
            results.append([finding.code for finding in error.diagnostics])
    return results


@pytest.mark.parametrize(
    "path", sorted(shipped("patterns").rglob("*.yml")), ids=lambda path: path.stem
)
def test_both_read_the_shipped_patterns_alike(monkeypatch, path):
    fast, slow = both(monkeypatch, path.read_bytes())
    assert fast == slow
    assert not isinstance(fast, list)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("a: 1\na: 2\n3: 4\nb: !t x\nc: &x y\nd: *x\n", ["ACE003", "ACE006", "ACE005", "ACE004"]),
        ("<<: {a: 1}\n", ["ACE004"]),
        ("a: 1\n---\nb: 2\n", ["ACE009"]),
        ("%FOO\n---\na: 1\n", ["ACE001"]),
        ("a: [1\n", ["ACE001"]),
        ("a: x\ufeffy\n", ["ACE008"]),
        ('a: "\\0"\n', ["ACE008"]),
        ("[" * 3000, ["ACE007"]),
        ("- " * 3000, ["ACE007"]),
        ("", ["ACE002"]),
    ],
)
def test_both_refuse_the_same(monkeypatch, text, codes):
    assert both(monkeypatch, text.encode()) == [codes, codes]


@pytest.mark.parametrize("seed", range(10))
def test_both_read_any_text_alike_or_the_slow_one_not_at_all(monkeypatch, seed):
    chosen = random.Random(seed)  # noqa: S311 - the same texts every time
    read = 0
    for _ in range(300):
        text = "".join(chosen.choices(PIECES, k=chosen.randint(1, 12))) + "\n"
        fast, slow = both(monkeypatch, text.encode())
        if not isinstance(slow, list):  # the slow one is a little stricter: `|#` is an error
            assert fast == slow, repr(text)
            read += 1
    assert read > 30
