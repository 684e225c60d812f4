"""The harness itself: what goes wrong on a page is not passed over."""

from __future__ import annotations

import re

import pytest
from visits import Visit, Visitor

pytestmark = [pytest.mark.toolchain, pytest.mark.xdist_group("simple_crud")]


def visit(browser, url, script):
    """Open the start page, and run a script there."""
    with Visit(browser, url, Visitor("alice"), {}) as opened:
        opened.go("")
        opened.see("heading", "Simple CRUD")
        opened.page.evaluate(f"() => {{ {script} }}")
        opened.page.wait_for_timeout(200)


@pytest.mark.parametrize(
    ("script", "problem"),
    [
        ("console.error('broken')", "console: broken"),
        ("setTimeout(() => { throw new Error('broken') })", "thrown: broken"),
        ("fetch('/nowhere.json')", "console: Failed to load resource"),
        ("fetch('http://127.0.0.1:9/').catch(() => 0)", "failed: GET http://127.0.0.1:9/"),
        ("fetch('https://example.com/').catch(() => 0)", "outside: GET https://example.com/"),
    ],
)
def test_what_goes_wrong_fails_the_test(browser, app_of, script, problem):
    url = app_of("simple_crud").url
    with pytest.raises(AssertionError, match=f"^{re.escape(problem)}"):
        visit(browser, url, script)
