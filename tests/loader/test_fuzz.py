"""Whatever bytes a file holds: a pattern or findings, in little time and memory."""

from __future__ import annotations

import itertools
import json
import os
import resource
import signal
import subprocess
import sys
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

import pytest
from fuzzing import KINDS, case, find
from loading import CATALOGUE

from ace_flow.diagnostics import CODES, PatternError, shown
from ace_flow.loader import load, read_document
from ace_flow.loader.decoding import MAX_BYTES
from ace_flow.rules import verify

SECONDS = 2
MEMORY = 512 * 1024 * 1024
CHUNK = 2_500
CASES = {"bytes": 70_000, "tokens": 80_000, "shaped": 50_000}
STATM = Path("/proc/self/statm")


class TooSlowError(BaseException):
    """No case catches this."""


def stop(*_):
    raise TooSlowError(f"more than {SECONDS} s of CPU")


@contextmanager
def limits():
    """Hold what runs to the memory of one case; of the time, `check` begins to count anew."""
    if STATM.exists():
        before = resource.getrlimit(resource.RLIMIT_AS)
        used = int(STATM.read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, before[1]))
    handler = signal.signal(signal.SIGPROF, stop)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, handler)
        if STATM.exists():
            resource.setrlimit(resource.RLIMIT_AS, before)


def check(data: bytes, find=find) -> tuple[str, list[str]]:
    """Load a case within the time there is and return how far it came, and what was found."""
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    reached = "read"
    try:
        document = read_document("p.yml", data)
        reached = "load"
        pattern = load(document, find).pattern
        reached = "verify"
        found = verify(pattern, CATALOGUE)
    except PatternError as error:
        found = error.diagnostics
        assert found
    for finding in shown(found)[:2]:
        assert finding.span is not None
        assert finding.span.line > 0
        assert finding.span.column > 0
        assert finding.help != ""
    codes = [finding.code for finding in found]
    assert CODES.keys() >= set(codes)
    return reached, codes


def check_all(kind: str, seeds: range, check=check) -> Counter[str]:
    """Check many cases and count what came of them; an error says which case it was."""
    seen: Counter[str] = Counter()
    with limits():
        for seed in seeds:
            data = case(kind, seed)
            try:
                reached, codes = check(data)
            except (Exception, TooSlowError) as error:
                raise AssertionError(f"case({kind!r}, {seed}) is {data!r}: {error!r}") from error
            seen[reached] += 1
            seen.update(set(codes))
    return seen


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "first"),
    [(kind, first) for kind, number in CASES.items() for first in range(0, number, CHUNK)],
)
def test_any_file_gives_a_pattern_or_findings_soon_and_nothing_else(kind, first):
    check_all(kind, range(first, first + CHUNK))


def test_the_cases_are_many_and_come_to_every_phase():
    assert sum(CASES.values()) == 200_000
    assert CASES.keys() == KINDS.keys()
    seen = {kind: check_all(kind, range(400)) for kind in KINDS}
    assert all(count["read"] and count["load"] for kind, count in seen.items() if kind != "shaped")
    assert seen["bytes"]["verify"] > 10
    assert seen["shaped"]["verify"] > 100
    assert len(CODES.keys() & seen["shaped"].keys()) > 35


def spin(_):
    while True:
        pass


def fill(_):
    return bytearray(2 * MEMORY)


def fail(_):
    raise KeyError("x")


@pytest.mark.parametrize(
    ("broken", "message"), [(spin, "CPU"), (fill, "MemoryError"), (fail, "KeyError")]
)
def test_a_case_that_is_too_slow_or_too_large_or_fails_is_told(broken, message):
    if broken is fill and not STATM.exists():
        pytest.skip("this system does not say how much memory is in use")

    def check_with(data):
        signal.setitimer(signal.ITIMER_PROF, 0.05)
        return broken(data)

    with pytest.raises(AssertionError, match=r"case\('tokens', 3\) is b'.*" + message):
        check_all("tokens", range(3, 4), check_with)


def nested(levels: int) -> str:
    return "".join(f"{'  ' * level}a:\n" for level in range(levels))


def many(line: str, start: str = "name: a\n", number: int = 400_000) -> str:
    """Return a text and a line many times, each with its number, as far as a file may go."""
    lines = itertools.takewhile(
        lambda text: text[1] < MAX_BYTES,
        itertools.accumulate(
            (line % count for count in range(number)),
            lambda last, text: (text, last[1] + len(text)),
            initial=(start, len(start)),
        ),
    )
    return "".join(text for text, _ in lines)


def full(text: str, start: str = "name: a\nx-a: ", end: str = "", size: int = MAX_BYTES) -> str:
    """Return a file of the largest size, of the same text again and again."""
    return start + text * ((size - len(start) - len(end)) // len(text)) + end


LAUGHS = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30)
)


def of_field(**field: str) -> str:
    return f"name: a\nmodels: [{{name: A, fields: [{json.dumps({'name': 'a', **field})}]}}]"


LISTS = full("1,", "[" * 20, "]" * 20, 99_999)
GROUPS = f"{{allow: groups, groups: [{'ab' * 30_000}, {'ba' * 30_000}]}}"
BOMBS = {
    "nested-lists": full("["),
    "nested-mappings": full("{a: "),
    "nested-mixed": full("[{a: "),
    "nested-dashes": full("- ", "x-a:\n  "),
    "nested-question-marks": full("? ", ""),
    "indentation": nested(1_900),
    "indented-question-marks": "".join(f"{' ' * level}?\n" for level in range(2_000)),
    "closing": full("]"),
    "flow-list": full("a,", "name: a\nx-a: ["),
    "empty-flow-list": full(",", "name: a\nx-a: ["),
    "flow-list-of-lists": full("[],", "name: a\nx-a: [", "]"),
    "flow-mapping": many("k%d: 1,\n", "{name: a,"),
    "flow-pairs": full("a: b,", "name: a\nx-a: ["),
    "one-quote": full("x", 'name: a\nx-a: "'),
    "double-quotes": full('"'),
    "single-quotes": full("'"),
    "escapes": full("\\x41", 'name: a\nx-a: "'),
    "long-escapes": full("\\U0001F600", 'name: a\nx-a: "', '"'),
    "quoted-line-breaks": full("\n", 'name: a\nx-a: "'),
    "block-scalar": full("  x\n", "name: a\nx-a: |\n"),
    "block-scalar-of-blanks": full("\n", "name: a\nx-a: |+\n", "b"),
    "plain-scalar": full("x"),
    "plain-scalar-of-lines": full(" x\n"),
    "plain-scalar-of-colons": full(":", "name: a\nx-a: a"),
    "digits": full("9"),
    "fraction": full("1", "name: a\nx-a: 0."),
    "blanks": full(" "),
    "tabs": full("\t"),
    "line-breaks": full("\n", ""),
    "carriage-returns": full("\r", ""),
    "comment": full("#", "name: a\n#"),
    "comments": full("#\n", "name: a\n"),
    "comments-before-a-directive": full("#\n", "", "%FOO\n"),
    "blanks-before-a-directive": full(" ", "", "\n%FOO\n"),
    "directives": full("%YAML 1.2\n", ""),
    "tag-directives": "".join(f"%TAG !{n}! tag:x{n},\n" for n in range(150_000)),
    "tag-prefix": f"%TAG !e! tag:{'x' * 4_000_000},\n--- [!e!a b]\n",
    "tags": full("!a [", "x-a: "),
    "tag": full("x", "x-a: !<"),
    "verbatim-tags": full("!<tag:x,y> a, ", "x-a: ["),
    "percent-tag": full("%41", "x-a: !"),
    "anchors": many("x-%d: &a 1\n"),
    "anchor": full("a", "x-a: &"),
    "anchors-of-the-same-name": full("&a b, ", "x-a: ["),
    "aliases": full("*a,", "x-b: &a 1\nx-a: ["),
    "alias-keys": full("*a : 1\n", "x-b: &a 1\n"),
    "billion-laughs": LAUGHS,
    "merge-keys": full("<<: {a: b}\n", ""),
    "documents": full("---\n", ""),
    "document-ends": full("...\n", "name: a\n"),
    "long-key": full("k", ""),
    "long-keys": many("k%01000d: 1\n"),
    "quoted-long-keys": many('"%01000d": 1\n'),
    "explicit-keys": full("? a\n: b\n", ""),
    "complex-keys": full("? [a]\n: b\n", ""),
    "keys-that-are-lists": full("[a]: b\n", ""),
    "the-same-key": full("a: 1\n", ""),
    "wrong-keys": many("k%d: 1\n"),
    "wrong-key-types": many("%d: 1\n"),
    "null-bytes": full("\0", ""),
    "not-utf-8": full("\ud800", "", size=MAX_BYTES // 3),
    "byte-order-marks": full("\ufeff", "", size=MAX_BYTES // 3),
    "wide": full("😀", "", size=MAX_BYTES // 4),
    "wrong-models": full("1,", "name: a\nmodels: [", "]", 100_000),
    "wrong-tags": full("[],", "name: a\ntags: [", "]", 200_000),
    "the-same-service": full("s3,", "name: a\nservices: [", "]", 250_000),
    "the-same-model": full("{name: A},", "name: a\nmodels: [", "]", 300_000),
    "unknown-services": many("s%d,", "name: a\nservices: [", 70_000) + "]",
    "unknown-components": many("{name: C%d, type: x},", "name: a\ncomponents: [", 8_000) + "]",
    "unknown-parents": many("p%d,", "name: a\nextends: [", 20_000) + "]",
    "groups": many("g%d,", "name: a\nauth: {groups: [", 150_000) + "]}",
    "removals": many("M%d,", "name: a\nremove: {models: [", 70_000) + "]}",
    "enum": many("v%d,", "name: a\nschema: {enums: {A: [", 150_000) + "]}}",
    "models": many("{name: A%d},", "name: a\nmodels: [", 8_000) + "]",
    "a-name": of_field(name=f"{'a' * 60_000}-", type="string"),
    "a-model's-name": of_field(type="string").replace("A", f"'{'a' * 60_000}-'"),
    "version": f"name: a\nversion: '{'9' * 60_000}'",
    "range": f"name: a\nextends: 'b@>={'9' * 60_000}'",
    "ranges": f"name: a\nextends: 'b@{'>1,' * 20_000}'",
    "default-lists": of_field(type="string").replace("}", f", default: {LISTS}}}", 1),
    "default-email": of_field(type="email", default=f"a@{'.' * 60_000} "),
    "default-json": of_field(type="json", default="[" * 60_000),
    "default-digits": of_field(type="json", default="9" * 60_000),
    "default-url": of_field(type="url", default=f"http://{'1.' * 30_000}x"),
    "pattern": of_field(type="string", pattern="(a*)*" * 13_000),
    "pattern-nested": of_field(type="string", pattern=f"{'(' * 30_000}{')' * 30_000}"),
    "pattern-repeated": of_field(type="string", pattern=f"a{{{'9' * 60_000}}}"),
    "pattern-repeated-often": of_field(type="string", pattern="a{99999999999}"),
    "group": of_field(type="string").replace("]}]", f"], authorization: [{GROUPS}]}}]"),
}  # fmt: skip

CHILD = """
import json, resource, signal, sys, time
from loading import CATALOGUE, codes
from ace_flow.diagnostics import PatternError
from ace_flow.loader import load, read_document, Missing
from ace_flow.rules import verify
codes("name: a")
data = sys.stdin.buffer.read()
size = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (size + MEMORY, size + MEMORY))
signal.setitimer(signal.ITIMER_PROF, SECONDS)
start = time.process_time()
try:
    loaded = load(read_document("p.yml", data), lambda *_: Missing())
    found = verify(loaded.pattern, CATALOGUE)
except PatternError as error:
    found = error.diagnostics
took = time.process_time() - start
signal.setitimer(signal.ITIMER_PROF, 0)
print(json.dumps([took, sorted({finding.code for finding in found})]))
"""


def explode(data: bytes) -> list[str]:
    """Load a file in a process that is killed when it takes too much, and return the codes."""
    child = CHILD.replace("MEMORY", str(MEMORY)).replace("SECONDS", str(SECONDS))
    done = subprocess.run(
        [sys.executable, "-c", child],
        input=data,
        capture_output=True,
        timeout=120,
        check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert done.returncode == 0, (done.returncode, done.stderr.decode()[-500:])
    return json.loads(done.stdout)


@pytest.mark.slow
@pytest.mark.skipif(not STATM.exists(), reason="this system does not say how much memory is in use")
@pytest.mark.parametrize("name", BOMBS)
def test_a_file_made_to_exhaust_us_is_refused_within_the_limits(name):
    data = BOMBS[name].encode("utf-8", "surrogatepass")
    took, codes = explode(data)
    assert took < SECONDS
    assert CODES.keys() >= set(codes)
