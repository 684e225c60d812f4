"""Operations and AI routes: the cases of the rules, asked of the real Amplify."""

from __future__ import annotations

import re

import pytest
from cases import CASES, pattern
from judging import unchecked_resource, whole_resource
from loading import CATALOGUE

from ace_flow.diagnostics import Severity
from ace_flow.loader import Missing, load, read_document
from ace_flow.rules import verify

pytestmark = [pytest.mark.toolchain, pytest.mark.xdist_group("differential")]

CODES = ("ACE102", "ACE103", "ACE106", "ACE112", "ACE144", "ACE210", "ACE211", "ACE212", "ACE213")
ROUTES = re.compile("(conversations|generations|mutations|queries|subscriptions):")
PAIRS = [
    pytest.param(code, wrong, right, id=f"{code}-{number}")
    for code in CODES
    for number, (wrong, right) in enumerate(CASES[code])
    if ROUTES.search(right)
]
# What ace refuses alone, each with the reason.
ALONE = {
    "ACE106": "The key would be ignored: an enum without a name is never required, nor a list.",
    "ACE164": "What pages need is no matter of the schema.",
    "ACE210 .* taken by the search": "TypeScript says so: an object has each entry once.",
    "ACE210 .* taken by the mutation": "The files of both would be one.",
    "ACE211 there is no component": "TypeScript says nothing: the address would lead nowhere.",
    "ACE211 there is no function": "TypeScript says so, of the import.",
    "ACE211 there is no model": "The table is looked for when the backend is deployed.",
    "ACE212 .* (cannot have|takes no)": "The key would be ignored.",
    "ACE212 .* two rules": "One of them would do nothing.",
    "ACE213 .* has no `(handler|ai_model)`": "There is nothing that could be written.",
    "ACE213 .*(either|only a resolver)": "One of the two would be ignored.",
    "ACE213 the subscription .* cannot": "The key would be ignored, or the function never called.",
}


def judged(text, amplify):
    """Return the errors that ace finds, and what Amplify says, if a resource can be written."""
    node = read_document("test.yml", pattern(text).encode())
    found = load(node, lambda *_: Missing()).pattern
    errors = [item for item in verify(found, CATALOGUE) if item.severity is Severity.ERROR]
    resource = unchecked_resource(found) if errors else whole_resource(found)
    return errors, amplify(resource) if resource else None


@pytest.mark.parametrize(("code", "wrong", "right"), PAIRS)
def test_what_is_right_is_right_in_amplify(code, wrong, right, amplify):
    errors, verdict = judged(right, amplify)
    assert errors == []
    assert verdict.accepted, verdict.error


@pytest.mark.parametrize(("code", "wrong", "right"), PAIRS)
def test_what_is_wrong_is_wrong_in_amplify_or_has_a_reason(code, wrong, right, amplify):
    errors, verdict = judged(wrong, amplify)
    if verdict is None or verdict.accepted:
        for error in errors:
            said = f"{error.code} {error.message}"
            assert any(re.match(reason, said) for reason in ALONE), said
