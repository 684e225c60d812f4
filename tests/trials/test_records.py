"""Records of every model of a built-in pattern, and that what is wrong with a backend is found."""

from __future__ import annotations

import json
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from ace_flow.diagnostics import AttentionError
from ace_flow.session import Session
from ace_flow.trials import Outcome, Request, sandbox, trying
from ace_flow.trials.served import Rule

pytestmark = [pytest.mark.toolchain, pytest.mark.xdist_group("trials")]


BASELINE = {
    "resources": {"value": 10, "tolerance": 1.1},
    "generation": {"value": 1000, "tolerance": 1},
}


@pytest.fixture(scope="module")
def tried(cache, tmp_path_factory):
    """Put the smallest built-in pattern through the sandbox, and keep its folder."""
    baseline = tmp_path_factory.mktemp("baseline") / "base.json"
    baseline.write_text(json.dumps({"measures": BASELINE}))
    with pytest.MonkeyPatch.context() as patch, ExitStack() as stack:
        patch.setenv("XDG_CACHE_HOME", str(cache))
        request = Request(reference="simple_crud", wanted=("performance",), baseline=baseline)
        trial = stack.enter_context(trying(Session(Path.cwd()), request))
        yield trial, {stage.name: trial.run(stage) for stage in trial.stages}


def again(trial, **changes):
    """Keep records again, as if the models were otherwise than they are."""
    kinds = sandbox.kinds

    def others(*arguments):
        return tuple(replace(kind, **changes) for kind in kinds(*arguments))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sandbox, "kinds", others)
        with pytest.raises(AttentionError) as caught:
            sandbox.try_records(
                trial.root, trial.assembly, trial.checked.pattern, 1, lambda _: None
            )
    return caught.value.hint.splitlines()


def rule(allow, **more):
    operations = frozenset({"create", "update", "delete", "read"})
    return Rule(allow=allow, provider="userPools", operations=operations, **more)


def test_everybody_may_do_what_the_rules_say(tried):
    _, done = tried
    assert done["sandbox"].summary == "6 models: 36 done, 14 refused"
    outcomes = {item.outcome for name, item in done.items() if name != "performance"}
    assert outcomes == {Outcome.PASSED}


def test_what_is_worse_than_its_baseline_is_a_fault(tried):
    trial, done = tried
    performance = done["performance"]
    assert performance.outcome is Outcome.FAILED
    assert performance.summary == "1 measure worse than the baseline"
    assert performance.details.startswith("CloudFormation resources: ")
    ratios = {item.measure.name: item.ratio for item in trial.compared}
    assert ratios["resources"] > 10
    assert ratios["generation"] < 1
    assert ratios["bundle"] is None


def test_a_stranger_who_is_let_in_is_a_fault(tried):
    trial, _ = tried
    faults = again(trial, rules=(rule("groups", groups=frozenset({"nobody"})),))
    assert "Category: a stranger may get it: it was done" in faults
    assert "Category: a stranger may list it" in faults


def test_a_member_who_is_refused_is_a_fault(tried):
    trial, _ = tried
    faults = again(trial, rules=(rule("private"),))
    assert any("a member cannot create it: Not Authorized" in fault for fault in faults), faults
