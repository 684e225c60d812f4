"""`ace test-pattern` as a user runs it, with the real tools."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from trust import trust_of_tests

from ace_flow.diagnostics import AttentionError
from ace_flow.session import Session
from ace_flow.trials import code_of_tests
from ace_flow.trials.toolchain import check_types

pytestmark = [pytest.mark.toolchain, pytest.mark.xdist_group("trials")]

ANALYTICS = Path(__file__).with_name("analytics")
NAMES = (
    *("pattern", "generation", "packages", "schema", "types", "synth", "lint", "build"),
    *("suite", "tests", "sandbox", "performance"),
)


HARM = "require('node:fs').writeFileSync(__dirname + '/ran', ''); module.exports = {};\n"


@pytest.fixture(scope="module")
def run(cache):
    """Run `ace test-pattern` in a folder; return how it ended, with its output."""

    def test_pattern(folder: Path, *arguments: str, **more: str):
        environment = {**os.environ, "XDG_CACHE_HOME": str(cache), **more}
        return subprocess.run(
            [sys.executable, "-m", "ace_flow", "test-pattern", *arguments],
            cwd=folder,
            env=environment,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            timeout=600,
            check=False,
        )

    return test_pattern


@pytest.fixture(scope="module")
def analytics(run, tmp_path_factory):
    """Put a pattern through all stages: what was printed, its report, and its project."""
    folder = Path(shutil.copytree(ANALYTICS, tmp_path_factory.mktemp("analytics") / "project"))
    # What somebody put beside the pattern, and into the folder for temporary files, for Vite.
    (folder / "postcss.config.cjs").write_text(HARM)
    shared = folder.parent / "shared"
    shared.mkdir()
    (shared / "package.json").write_text('{"workspaces": ["*/*"]}')
    (shared / "postcss.config.cjs").write_text(HARM)
    before = {path for path in folder.rglob("*") if path.is_file()}
    options = ("--full-test", "--env", "sandbox", "--performance", "--record")
    options += (*trust_of_tests("custom-analytics", folder), "--junit", "report.xml")
    done = run(folder, "custom-analytics", *options, TMPDIR=str(shared))
    made = {path for path in folder.rglob("*") if path.is_file()} - before
    return done, folder, {path.relative_to(folder).as_posix() for path in made}


def test_all_stages_pass(analytics):
    done, _, _ = analytics
    assert done.returncode == 0, done.stdout + done.stderr
    lines = done.stdout.splitlines()
    assert [line.split()[:2] for line in lines[: len(NAMES)]] == [["ok", name] for name in NAMES]
    summaries = {line.split()[1]: line.split(" s  ")[1] for line in lines[: len(NAMES)]}
    assert summaries["schema"] == "3 models, 5 types"
    assert summaries["tests"] == "3 tests passed"
    assert summaries["sandbox"].startswith("3 models: 18 done, 12 refused")
    assert lines[-1].startswith("custom_analytics passed: 12 passed, in ")


def test_nothing_is_left_behind_but_what_was_asked_for(analytics):
    _, _, made = analytics
    baseline = ".ace-flow/patterns/tests/custom-analytics.performance.json"
    assert made == {"report.xml", baseline}


def test_settings_that_others_put_above_are_not_run(analytics):
    _, folder, _ = analytics
    shared = folder.parent / "shared"
    assert "ran" not in {path.name for path in shared.iterdir()}


def test_a_baseline_has_what_was_measured(analytics):
    _, folder, _ = analytics
    path = folder / ".ace-flow" / "patterns" / "tests" / "custom-analytics.performance.json"
    recorded = json.loads(path.read_text())
    assert recorded["pattern"] == "custom_analytics"
    measures = {name: item["value"] for name, item in recorded["measures"].items()}
    assert measures["resources"] > 150
    assert 100 < measures["bundle"] < 1000
    assert all(value > 0 for value in measures.values())
    assert set(measures) == {
        *("generation", "synth", "bundle", "resources", "latency_p50", "latency_p95")
    }


def test_the_report_is_junit(analytics):
    _, folder, _ = analytics
    suites = ET.parse(folder / "report.xml").getroot()
    assert suites.attrib["tests"] == str(len(NAMES))
    assert suites.attrib["failures"] == suites.attrib["skipped"] == "0"
    assert [case.attrib["name"] for case in suites.iter("testcase")] == list(NAMES)


BROKEN = """\
name: broken
models:
  - name: Note
    fields: [{name: text, type: string, required: true}]
    authorization: [{allow: owner}]
templates:
  backend: data.ts
  src/main.tsx: main.tsx
  src/wrong.test.ts: wrong.test.ts
"""
FILES = {
    "broken.yml": BROKEN,
    "data.ts": """\
import { a, defineData, type ClientSchema } from '@aws-amplify/backend';

const schema = a
  .schema({ Note: a.model({ text: a.string(), task: a.belongsTo('Task', 'taskId') }) })
  .authorization((allow) => [allow.owner()]);

export type Schema = ClientSchema<typeof schema>;
export const data = defineData({ schema });
""",
    "main.tsx": "import './nowhere';\n",
    "wrong.test.ts": """\
import { expect, test } from 'vitest';

test('adds', () => {
  expect(1 + 1).toBe(3);
});
""",
    "tests/broken.test.js": """\
import { testPattern } from '@ace-flow/testing';

test('has two models', async () => {
  const { schema } = await testPattern('broken.yml');
  expect(schema.models).toHaveLength(2);
});
""",
    "tests/test_broken.py": """\
def test_has_two_models(test_pattern):
    assert len(test_pattern("../broken.yml").schema.models) == 2
""",
}


@pytest.fixture
def broken(tmp_path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return tmp_path


def test_each_stage_says_what_is_wrong(run, broken, trusting):
    trusting("broken.yml", broken)
    session = Session(broken)
    tests = code_of_tests(session, session.check("broken.yml"))
    session.gate.store.grant(tests)
    wanted = ("schema", "build", "suite", "tests", "sandbox")
    options = (word for name in wanted for word in ("--only", name))
    done = run(broken, "broken.yml", *options, "--json", "--junit", "report.xml")
    assert done.returncode == 1, done.stderr
    report = json.loads(done.stdout)
    stages = {stage["name"]: stage for stage in report["stages"]}
    assert {name: stage["outcome"] for name, stage in stages.items()} == {
        "pattern": "passed",
        "generation": "passed",
        "packages": "passed",
        "schema": "failed",
        "synth": "skipped",
        "build": "failed",
        "suite": "failed",
        "tests": "failed",
        "sandbox": "skipped",
    }
    assert stages["schema"]["summary"] == (
        "Invalid ref. Note is referring to Task which is not defined in the schema"
    )
    assert "nowhere" in stages["build"]["details"]
    assert "1 of 1 test failed" in stages["suite"]["summary"]
    assert "src/wrong.test.ts: adds" in stages["suite"]["details"]
    assert stages["tests"]["summary"] == "2 of 2 tests failed"
    assert "tests/broken.test.js: has two models" in stages["tests"]["details"]
    assert "test_has_two_models" in stages["tests"]["details"]
    assert stages["sandbox"]["summary"] == "it builds on synth"
    assert report["passed"] is False
    cases = ET.parse(broken / "report.xml").getroot()
    assert cases.attrib["failures"] == "4"
    assert cases.attrib["skipped"] == "2"


def test_faults_of_types_have_their_places(link_packages, tmp_path):
    link_packages(tmp_path)
    (tmp_path / "tsconfig.json").write_text('{"compilerOptions": {"types": []}}')
    (tmp_path / "wrong.ts").write_text("export const count: number = 'one';\n")
    with pytest.raises(AttentionError, match="1 fault") as caught:
        check_types(tmp_path)
    assert "wrong.ts(1,14): error TS2322" in caught.value.hint


@pytest.mark.parametrize("node", [True, False])
def test_missing_programs_are_named(run, tmp_path, node):
    tools = tmp_path / "tools"
    tools.mkdir()
    if node:
        (tools / "node").symlink_to(str(shutil.which("node")))
    environment = {"PATH": str(tools), "ACE_CACHE_DIR": str(tmp_path / "empty")}
    done = run(tmp_path, "simple_crud", **environment)
    assert done.returncode == 1
    assert f"`{'npm' if node else 'node'}` is not installed" in done.stdout
    assert "install Node.js" in done.stdout
    assert "skipped types" in done.stdout


def test_without_a_network_it_says_so(run, tmp_path):
    environment = {
        "ACE_CACHE_DIR": str(tmp_path / "empty"),
        "npm_config_cache": str(tmp_path / "npm"),
        "npm_config_registry": "http://127.0.0.1:9",
        "npm_config_fetch_retries": "0",
    }
    done = run(tmp_path, "simple_crud", **environment)
    assert done.returncode == 1
    assert "installing npm packages" in done.stderr
    assert "does not reach npm's registry" in done.stdout
    assert not list((tmp_path / "empty").rglob("complete"))


def test_what_a_pattern_does_not_have_is_skipped(run, tmp_path):
    (tmp_path / "bare.yml").write_text("name: bare\nservices: [s3]\n")
    done = run(tmp_path, "bare.yml", "--only", "schema", "--only", "tests")
    assert done.returncode == 0, done.stdout
    assert [line.split()[:2] for line in done.stdout.splitlines()[3:5]] == [
        ["skipped", "schema"],
        ["skipped", "tests"],
    ]
    assert "bare passed: 3 passed, 2 skipped" in done.stdout
