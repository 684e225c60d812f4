"""Paths of files and schedules: what ace accepts the real Amplify accepts, and the other way."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from random import Random

import pytest

from ace_flow.loader import Missing, load, read_document
from ace_flow.loader.catalogue import read_catalogue
from ace_flow.rules import files
from ace_flow.rules.schedules import schedule_problem
from ace_flow.workspace import shipped

pytestmark = pytest.mark.toolchain

PROGRAM = Path(__file__).with_name("paths_and_schedules.mjs")
CATALOGUE = read_catalogue(shipped("templates"))
SEGMENTS = (*("a", "b", "ab", "a.b") * 4, *("{entity_id}",) * 5, "x{entity_id}", "*", "")
PARTS = ("*", "?", "0", "1", "5", "7", "8", "12", "13", "31", "32", "59", "60", "2-5", "5-2", "1,3")
STEPS = ("*/5", "*/0", "1/2", "*/a", "a", "1-", "-1", "1,", "2030", "1969", "")
INTERVALS = ("1m", "0m", "5m", "59m", "2h", "23h", "day", "week", "month", "year", "monday", "-1m")


@pytest.fixture(scope="module")
def complaints(toolbox):
    """Answer what Amplify says of each of many questions, or None where it is content."""

    def ask(questions: list[dict[str, object]]) -> list[str | None]:
        done = subprocess.run(
            ["node", PROGRAM, toolbox / "node_modules"],
            input="".join(f"{json.dumps(question)}\n" for question in questions),
            capture_output=True,
            text=True,
            check=True,
        )
        return [json.loads(line) for line in done.stdout.splitlines()]

    return ask


def random_path(random: Random) -> str:
    segments = [random.choice(SEGMENTS) for _ in range(random.randint(1, 3))]
    return "/".join([*segments, random.choice(("*", "*", "*", "*", "a"))])


def found_in(paths: list[str]) -> list[str]:
    rules = [{"allow": "authenticated", "operations": ["read"]}]
    document = {"name": "test", "storage": {"paths": dict.fromkeys(paths, rules)}}
    node = read_document("test.yml", json.dumps(document).encode())
    pattern = load(node, lambda *_: Missing()).pattern
    return [finding.message for finding in files.paths(pattern, CATALOGUE)]


def test_paths_are_judged_as_amplify_does(complaints):
    random = Random(7)  # noqa: S311 - no secrets
    cases = [
        list(dict.fromkeys(random_path(random) for _ in range(random.randint(1, 4))))
        for _ in range(2000)
    ]
    said = complaints([{"paths": paths} for paths in cases])
    for paths, complaint in zip(cases, said, strict=True):
        assert bool(found_in(paths)) == (complaint is not None), (paths, complaint)
    assert 300 < said.count(None) < 1700


def random_schedule(random: Random) -> str:
    if random.random() < 0.2:
        return f"every {random.choice(INTERVALS)}"
    parts = [random.choice(PARTS if random.random() < 0.8 else STEPS) for _ in range(6)]
    days = random.choice(("?", parts[2])), random.choice(("?", parts[4]))
    parts[2], parts[4] = days
    parts[5] = random.choice(("*", "2030", "1969"))
    return " ".join(parts[: random.choice((5, 6))])


def test_what_ace_takes_for_a_schedule_amplify_does(complaints):
    random = Random(11)  # noqa: S311 - no secrets
    cases = [(random_schedule(random), random.choice((30, 60, 300))) for _ in range(4000)]
    said = complaints([{"schedule": text, "timeout": timeout} for text, timeout in cases])
    accepted = 0
    for (text, timeout), complaint in zip(cases, said, strict=True):
        if schedule_problem(text, timeout) is None:
            accepted += 1
            assert complaint is None, (text, timeout)
    assert accepted > 300
