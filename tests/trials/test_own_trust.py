"""Tests beside a pattern are programs: they run when somebody trusts them as they are."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ace_flow.diagnostics import ConfigurationError, TrustError
from ace_flow.session import Session
from ace_flow.trials import code_of_tests
from ace_flow.trials.own import run_own

ANALYTICS = Path(__file__).with_name("analytics")
FOLDER = ".ace-flow/patterns/tests"
TEST = f"{FOLDER}/custom-analytics.test.js"


@pytest.fixture
def project(tmp_path):
    return Path(shutil.copytree(ANALYTICS, tmp_path / "project"))


def own(project):
    session = Session(project)
    return code_of_tests(session, session.check("custom-analytics"))


def refusal(project, *trusted):
    session = Session(project, trusted=trusted)
    with pytest.raises(TrustError) as caught:
        run_own(session, session.check("custom-analytics"), project)
    return caught.value


def test_nobody_trusts_them_at_first(project):
    (project / TEST).write_text("throw new Error('this ran');\n")
    code = own(project)
    refused = refusal(project)
    assert refused.tree == code.tree
    assert "`custom_analytics/tests` runs programs" in str(refused)
    assert "ace trust --tests .ace-flow/patterns/custom-analytics.yml" in refused.hint


@pytest.mark.parametrize("path", [TEST, f"{FOLDER}/helper.js"])
def test_a_change_asks_again(project, path):
    before = own(project).tree
    with (project / path).open("a") as file:
        file.write("\n")
    assert own(project).tree != before
    assert refusal(project, before).tree == own(project).tree


def test_what_is_measured_is_no_part_of_them(project):
    before = own(project).tree
    (project / FOLDER / "custom-analytics.performance.json").write_text("{}")
    assert own(project).tree == before


def test_trust_in_the_pattern_is_none_in_its_tests(project):
    session = Session(project)
    tree = session.code_of(session.check("custom-analytics")).tree
    assert refusal(project, tree).tree == own(project).tree


def test_a_link_is_refused(project, tmp_path):
    (tmp_path / "elsewhere.js").write_text("")
    (project / FOLDER / "helper.js").symlink_to(tmp_path / "elsewhere.js")
    with pytest.raises(ConfigurationError, match="is a link"):
        own(project)


def test_they_are_shown_and_trusted_by_name(project, ace):
    shown = ace("trust", "custom-analytics", "--tests", cwd=project)
    assert shown.code == 4
    assert "tests/custom-analytics.test.js" in shown.out
    tree = own(project).tree
    done = ace("trust", "custom-analytics", "--tests", "--hash", tree, cwd=project)
    assert (done.code, done.out.splitlines()[-1]) == (0, "trusted")
    assert ace("trust", "--tests", cwd=project).code == 3
    assert ace("trust", "e_commerce", "--tests", cwd=project).code == 5
