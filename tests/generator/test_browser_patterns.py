"""Patterns in browsers: what a form checks is what the API checks."""

from __future__ import annotations

import json
import random
import re
import subprocess
import warnings

import pytest

from ace_flow.generator.browser_patterns import browser_pattern


@pytest.mark.parametrize(
    ("pattern", "given_to_browsers"),
    [
        ("^[a-z-]+$", r"^[a-z\-]+$"),
        ("[-a-z0-9_]+(-[a-z]+)*", r"[\-a-z0-9_]+(-[a-z]+)*"),
        ("[0-9]{3,}", "[0-9]{3,}"),
        ("[^()/]", r"[^\(\)\/]"),
        ("[a!!b]", r"[a!\!b]"),
        ("[]a]", r"[\]a]"),
        ("a{x}", r"a\{x\}"),
    ],
)
def test_browsers_get_the_escapes_that_they_want(pattern, given_to_browsers):
    assert browser_pattern(pattern) == given_to_browsers


def _cases(count):
    """Draw expressions that Python reads, each with a text to try it on."""
    drawn = random.Random(1)  # noqa: S311 - the same cases each time
    while count:
        pattern = "".join(drawn.choices("aabb-[]^$!1,/", k=drawn.randint(1, 8)))
        try:
            with warnings.catch_warnings(action="ignore"):
                re.compile(pattern)
        except re.error:
            continue
        if not re.search(r"&&|--|\|\||~~", pattern):
            yield pattern, "".join(drawn.choices("ab-[]!/^$", k=drawn.randint(0, 3)))
            count -= 1


@pytest.mark.toolchain
@pytest.mark.filterwarnings("ignore::FutureWarning")
def test_browsers_match_what_the_rules_understand():
    cases = list(_cases(5000))
    script = (
        "const cases = JSON.parse(require('fs').readFileSync(0));"
        "const test = ([p, t]) => { try { return new RegExp(`^(?:${p})$`, 'v').test(t); }"
        " catch (e) { return String(e); } };"
        "console.log(JSON.stringify(cases.map(test)))"
    )
    sent = json.dumps([[browser_pattern(pattern), text] for pattern, text in cases])
    done = subprocess.run(
        ["node", "-e", script], input=sent, capture_output=True, text=True, check=True
    )
    found = json.loads(done.stdout)
    for (pattern, text), matches in zip(cases, found, strict=True):
        expected = bool(re.fullmatch(pattern, text))
        assert matches == expected, (pattern, browser_pattern(pattern), text)
    assert True in found
