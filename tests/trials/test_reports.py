"""Reports for programs, and values that commands take."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest

from ace_flow.trials import Done, Outcome, Stage, junit
from ace_flow.trials.stages import NAMES, stages
from ace_flow.trials.values import values_in


def test_a_report_holds_no_character_that_xml_has_not():
    stage = Stage(name="types", title="types")
    failed = Done(stage=stage, outcome=Outcome.FAILED, summary="a\0<b>", details="\x1b[31m&")
    skipped = Done(stage=Stage(name="lint", title=""), outcome=Outcome.SKIPPED, summary="none")
    root = ET.fromstring(junit("sh\x07op", [failed, skipped]))
    assert root.attrib == {"tests": "2", "failures": "1", "skipped": "1", "time": "0.000"}
    fault = root.find("testsuite/testcase/failure")
    assert fault.attrib["message"] == "a\ufffd<b>"
    assert fault.text == "\ufffd[31m&"


def test_a_stage_comes_with_what_it_builds_on():
    assert [stage.name for stage in stages(["lint"])] == [
        *("pattern", "generation", "packages", "schema", "synth", "lint")
    ]
    assert tuple(stage.name for stage in stages(NAMES)) == NAMES


@pytest.mark.parametrize("data", ["[1]", "text", ""])
def test_values_are_a_mapping(data, told):
    done = told("simple_crud", "--only", "pattern", "--values", "-", given=data)
    assert done.returncode == 3, done.stderr


def test_values_come_from_stdin_or_options(told, tmp_path):
    (tmp_path / "p.yml").write_text(
        "name: p\nparameters: {color: {type: string, default: red}}\ndescription: '${color}'\n"
    )
    command = ("p.yml", "--only", "generation", "--json", "--files")
    given = json.dumps({"color": "blue", "more": [{"a": None}]})
    report = json.loads(told(*command, "--values", "-", given=given).stdout)
    assert "blue" in report["files"]["README.md"]
    assert report["notes"] == [
        "`more` is no parameter of the pattern, and goes to its generators only"
    ]
    report = json.loads(told(*command, "--set", "color=green", "--values", "-", given=given).stdout)
    assert "green" in report["files"]["README.md"]
    assert report["passed"] is True
    assert [stage["name"] for stage in report["stages"]] == ["pattern", "generation"]


def test_what_is_no_parameter_is_kept_for_generators():
    values = values_in("stdin", b'{"sources": [{"name": "sales"}], "deep": {"a": 1}}')
    values("p", ())
    assert values.config == {"sources": [{"name": "sales"}], "deep": {"a": 1}}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--env", "cloud"), "there is no environment cloud"),
        (("--only", "type"), "there is no stage type; did you mean types?"),
        (("--only", "xyz"), "one of: pattern, generation"),
        (("--only", "types", "--full-test"), "--only names all stages"),
        (("--record",), "--baseline and --record are for --performance"),
    ],
)
def test_options_that_do_not_go_together_are_refused(told, options, said):
    done = told("simple_crud", *options)
    assert done.returncode == 2
    assert said in done.stderr
    assert done.stdout == ""


def test_an_invalid_pattern_ends_the_test_with_its_findings(told, tmp_path):
    (tmp_path / "broken.yml").write_text("name: broken\nservices: [dynamo]\n")
    done = told("broken.yml", "--junit", "report.xml")
    assert done.returncode == 3
    assert "ACE150" in done.stderr
    case = ET.parse(tmp_path / "report.xml").find("testsuite/testcase")
    assert "ACE150" in case.find("failure").text
    assert json.loads(told("broken.yml", "--json").stdout)["errors"] == 1


def test_a_pattern_or_a_baseline_that_is_not_there_is_not_found(told, tmp_path):
    assert told("simple_crub").returncode == 5
    missing = ("--performance", "--baseline", "base.json")
    done = told("simple_crud", *missing)
    assert done.returncode == 5
    assert done.stdout == ""
    (tmp_path / "base.json").write_text("{")
    assert told("simple_crud", *missing).returncode == 3
