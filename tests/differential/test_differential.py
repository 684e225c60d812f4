"""Thousands of patterns: what ace accepts Amplify accepts, and what it refuses has a reason.

The counts are properties of the test report, and in `counts.json` of pytest's folder.
"""

from __future__ import annotations

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

import pytest
from documents import SCALARS, document
from judging import checked
from mutations import SLIPS, slipped
from probes import PROBES
from reasons import REASONS, reason

# One worker has all of them: the documents are judged once.
pytestmark = [pytest.mark.toolchain, pytest.mark.xdist_group("differential")]

DOCUMENTS = 450


def corpus():
    yield from PROBES.items()
    for seed in range(DOCUMENTS):
        right = document(seed)
        yield "right", right
        wrong, slips = slipped(seed, right)
        yield f"wrong: {', '.join(slips)}", wrong


@pytest.fixture(scope="module")
def cases(amplify, tmp_path_factory):
    def ask(case):
        return case if case.resource is None else case._replace(verdict=amplify(case.resource))

    # Ace works here while Amplify is at work on what it is done with.
    with ThreadPoolExecutor(amplify.processes) as pool:
        found = list(pool.map(ask, (checked(*pair) for pair in corpus())))
    counts = Counter(case.group for case in found)
    codes = Counter(
        finding.code
        for case in found
        if case.group == "refused by ace on purpose"
        for finding in case.findings
    )
    report = {"documents": len(found), **dict(sorted(counts.items())), "codes": dict(codes)}
    (tmp_path_factory.getbasetemp() / "counts.json").write_text(json.dumps(report, indent=2))
    return found


def group(cases, name):
    return [case for case in cases if case.group == name]


def test_whatever_ace_accepts_amplify_accepts(cases, record_property):
    for name, count in Counter(case.group for case in cases).items():
        record_property(name, count)
    refused = group(cases, "accepted by ace, refused by Amplify")
    assert not refused, "\n\n".join(str(case) for case in refused[:5])


def test_whatever_ace_refuses_alone_it_refuses_on_purpose(cases, record_property):
    alone = group(cases, "refused by ace on purpose")
    for code, count in Counter(item.code for case in alone for item in case.findings).items():
        record_property(code, count)
    unexplained = [case for case in alone if not all(map(reason, case.findings))]
    assert not unexplained, "\n\n".join(str(case) for case in unexplained[:5])


def test_every_reason_is_needed(cases):
    alone = group(cases, "refused by ace on purpose")
    used = {reason(finding) for case in alone for finding in case.findings}
    assert set(REASONS) - used == set()


def test_the_documents_are_what_they_are_meant_to_be(cases):
    right = [case for case in cases if case.kind == "right"]
    assert len(group(right, "accepted by both")) > 0.8 * len(right)
    wrong = [case for case in cases if case.kind.startswith("wrong")]
    assert sum(bool(case.findings) for case in wrong) > 0.5 * len(wrong)
    # Each mistake is found at times, and at times is none.
    for slip in SLIPS:
        mine = [case for case in wrong if case.kind == f"wrong: {slip.__name__}"]
        assert {case.group for case in mine} & {"refused by both", "refused by ace on purpose"}


@pytest.mark.parametrize("kind", SCALARS)
@pytest.mark.parametrize("key", ["required", "array", "default", "authorization"])
def test_every_type_is_accepted_with_every_key_it_takes(cases, kind, key):
    assert any(
        field["type"] == kind and field.get(key)
        for case in group(cases, "accepted by both")
        if case.kind == "right"
        for model in case.document["schema"]["models"]
        for field in model["fields"]
    )
