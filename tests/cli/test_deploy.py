"""`ace deploy` with a stand-in for Amplify's CLI, which notes what it was given."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import pytest
from terminal import converse

from ace_flow.cli.app import run

SHOP = "name: shop\nmodels: [{name: A, fields: [{name: x, type: string}]}]\n"
AMPX = """\
import json, os, signal, sys, time
mode = os.environ.get("AMPX_MODE", "")
def note(**more):
    with open("ampx.json", "w") as file:
        json.dump({"arguments": sys.argv[1:], "cwd": os.getcwd(), **more}, file)
if mode == "watch":
    signal.signal(signal.SIGINT, lambda *_: (note(ended=True), time.sleep(0.5), sys.exit(0)))
if mode == "stubborn":
    signal.signal(signal.SIGINT, lambda *_: (note(ended=True), sys.exit(1)))
note(profile=os.environ.get("AWS_PROFILE"), agent=os.environ.get("npm_config_user_agent"))
print("ampx was here", flush=True)
if mode in {"watch", "stubborn"}:
    time.sleep(60)
sys.exit(int(mode or 0))
"""
HOOKS = """\
deployment:
  pre_deployment: [{name: before, script: echo before, required: true}]
  post_deployment: [{name: after, script: echo after}]
on_error: [{name: failed, script: echo failed}]
on_success: [{name: done, script: echo done}]
"""
pytestmark = pytest.mark.skipif(os.name == "nt", reason="the stand-in is for a shell")


class Result(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture(scope="module")
def generated(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("deploy") / "shop"
    folder.mkdir()
    (folder / "shop.yml").write_text(SHOP)
    command = [sys.executable, "-m", "ace_flow", "generate", "shop.yml"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    ampx = folder / "node_modules/.bin/ampx"
    ampx.parent.mkdir(parents=True)
    (ampx.parent / "ampx.py").write_text(AMPX)
    ampx.write_text(f'#!/bin/sh\nexec {sys.executable} "$(dirname "$0")/ampx.py" "$@"\n')
    ampx.chmod(0o755)
    return folder


@pytest.fixture
def project(generated, tmp_path, monkeypatch) -> Path:
    for name in ("AWS_BRANCH", "AWS_APP_ID", "AMPX_MODE", "npm_config_user_agent"):
        monkeypatch.delenv(name, raising=False)
    return Path(shutil.copytree(generated, tmp_path / "shop"))


@pytest.fixture
def ace(capfd, project, monkeypatch):
    """Run `ace` in this process, and return also what the programs print that it runs."""

    def call(*arguments: str, cwd: Path = project, **environment: str) -> Result:
        with monkeypatch.context() as patch:
            patch.chdir(cwd)
            for name, value in environment.items():
                patch.setenv(name, value)
            code = run(arguments)
        return Result(code, *capfd.readouterr())

    return call


@pytest.fixture
def deploy(ace, project):
    """Run `ace deploy` in the project, whose scripts are trusted."""

    def call(*arguments: str, hooks: str = "", **environment: str):
        if hooks:
            (project / ".ace-flow/hooks.yml").write_text(hooks)
            tree = json.loads(ace("trust", "--json").out)["hash"]
            assert ace("trust", "--hash", tree).code == 0
        return ace("deploy", *arguments, **environment)

    return call


def noted(project: Path) -> dict | None:
    file = project / "ampx.json"
    return json.loads(file.read_text()) if file.exists() else None


def lines(err: str) -> list[str]:
    return [line for line in err.splitlines() if line.startswith(("[", "$"))]


def test_arguments_are_passed_on_as_they_are(deploy, project):
    given = ["--branch", "main", "--app-id", "a b", "--outputs-format", "mjs"]
    done = deploy("pipeline-deploy", *given, AWS_PROFILE="work")
    assert (done.code, done.out) == (0, "ampx was here\ndeployed\n")
    assert noted(project) == {
        "arguments": ["pipeline-deploy", *given],
        "cwd": str(project),
        "profile": "work",
        "agent": "npm/10",
    }
    assert lines(done.err) == [
        "$ npx ampx pipeline-deploy --branch main --app-id 'a b' --outputs-format mjs"
    ]
    assert deploy("sandbox", "--", "--dry-run", "--once").code == 0
    assert noted(project)["arguments"] == ["sandbox", "--dry-run", "--once"]


def test_amplify_is_told_the_package_manager(deploy, project):
    (project / "pnpm-lock.yaml").touch()
    deploy("sandbox")
    assert noted(project)["agent"] == "pnpm/9"
    deploy("sandbox", npm_config_user_agent="yarn/1.22.22 npm/? node/v20")
    assert noted(project)["agent"] == "yarn/1.22.22 npm/? node/v20"


def test_of_a_monorepo_the_packages_are_around(deploy, project):
    shutil.move(project / "node_modules", project.parent / "node_modules")
    (project.parent / "yarn.lock").touch()
    assert deploy("sandbox").code == 0
    assert noted(project)["cwd"] == str(project)
    assert noted(project)["agent"] == "yarn/4"


@pytest.mark.toolchain
def test_the_real_ampx_is_started(ace, project, toolbox):
    shutil.rmtree(project / "node_modules")
    (project / "node_modules").symlink_to(toolbox / "node_modules")
    done = ace("deploy", "pipeline-deploy", "--", "--help")
    assert done.code == 0
    assert "Name of the git branch being deployed" in done.out
    done = ace("deploy", "pipeline-deploy", "--branch", "main")
    assert done.code == 6
    assert "error: ampx ended with code" in done.err


def test_without_a_kind_it_is_a_sandbox_or_what_amplify_builds(deploy, project):
    assert deploy().code == 0
    assert noted(project)["arguments"] == ["sandbox", "--once"]
    assert deploy(AWS_BRANCH="main", AWS_APP_ID="d1").code == 0
    assert noted(project)["arguments"] == [
        *("pipeline-deploy", "--branch", "main", "--app-id", "d1")
    ]


def test_it_deploys_the_project_that_one_is_in(ace, project):
    assert ace("deploy", cwd=project / "amplify").code == 0
    assert noted(project)["cwd"] == str(project)


def test_scripts_run_before_and_after(deploy, project):
    done = deploy("sandbox", hooks=HOOKS)
    assert done.code == 0
    assert lines(done.err) == [
        "[before] before",
        "$ npx ampx sandbox",
        "[after] after",
        "[done] done",
    ]


def test_a_script_before_it_can_stop_it(deploy, project):
    done = deploy("sandbox", hooks=HOOKS.replace("echo before", "exit 2"))
    assert (done.code, done.out) == (6, "")
    assert lines(done.err) == ["[failed] failed"]
    assert "error: before: ended with code 2" in done.err
    assert noted(project) is None


def test_a_failure_of_ampx_has_a_code_of_its_own(deploy, project):
    done = deploy("sandbox", hooks=HOOKS, AMPX_MODE="3")
    assert done.code == 6
    assert lines(done.err) == ["[before] before", "$ npx ampx sandbox", "[failed] failed"]
    assert "error: ampx ended with code 3" in done.err
    failed = deploy("--json", "sandbox", AMPX_MODE="3")
    said = json.loads(failed.out)
    assert (failed.code, said["tool"], said["code"]) == (6, "ampx", 3)
    assert "ampx was here" in failed.err


def test_as_json_there_is_one_document(deploy, project):
    done = deploy("--json", "sandbox", hooks=HOOKS)
    said = json.loads(done.out)
    assert (said["deployed"], said["pattern"], said["outdated"]) == (True, "shop", False)
    assert said["command"] == ["npx", "ampx", "sandbox"]
    assert "ampx was here" in done.err


def test_a_dry_run_stops_before_ampx(deploy, project):
    done = deploy("--dry-run", "pipeline-deploy", "--branch", "a b", hooks=HOOKS)
    assert (done.code, done.out) == (0, "would run: npx ampx pipeline-deploy --branch 'a b'\n")
    assert lines(done.err) == ["[before] before"]
    assert noted(project) is None
    assert json.loads(deploy("--dry-run", "--json").out)["deployed"] is False


def test_checks_need_no_packages(deploy, project):
    shutil.rmtree(project / "node_modules")
    done = deploy("--check-only", hooks=HOOKS)
    assert (done.code, done.out) == (0, "ready to deploy\n")
    assert lines(done.err) == ["[before] before"]
    done = deploy("--check-only", hooks=HOOKS.replace("echo before", "exit 2"))
    assert (done.code, lines(done.err)) == (6, ["[failed] failed"])
    for arguments in (["sandbox"], ["--dry-run"]):
        done = deploy(*arguments, hooks=HOOKS)
        assert done.code == 3
        assert "packages are not installed" in done.err
        assert "npm install" in done.err
        assert lines(done.err) == []


def test_scripts_that_nobody_trusts_stop_it(ace, deploy, project):
    (project / ".ace-flow/hooks.yml").write_text(HOOKS)
    done = deploy("sandbox")
    assert done.code == 4
    assert noted(project) is None
    tree = done.err.rpartition("--trust ")[2].strip()
    assert deploy("--trust", tree, "sandbox").code == 0
    assert deploy("sandbox").code == 4


def test_a_pattern_with_errors_is_not_deployed(deploy, project):
    (project / "shop.yml").write_text("name: shop\nmodel: []\n")
    done = deploy("sandbox")
    assert done.code == 3
    assert "shop.yml:2:1: error[ACE010]" in done.err
    assert noted(project) is None


def test_a_project_in_conflict_is_not_deployed(ace, deploy, project):
    form = project / "amplify/data/resource.ts"
    form.write_text(form.read_text().replace("a.string()", "a.integer()"))
    (project / "shop.yml").write_text(SHOP.replace("type: string", "type: boolean"))
    assert ace("generate", "--allow-data-loss", cwd=project).code == 1
    done = deploy("sandbox")
    assert done.code == 1
    assert "files are in conflict; nothing was deployed\n  amplify/data/resource.ts" in done.err
    assert noted(project) is None


def test_what_was_not_generated_again_is_said(deploy, project):
    (project / "shop.yml").write_text(f"{SHOP}description: new\n")
    done = deploy("sandbox")
    assert done.code == 0
    assert "the pattern, or ace, changed since this was generated" in done.err


def test_where_nothing_was_generated_there_is_nothing_to_deploy(ace, tmp_path):
    assert ace("deploy", cwd=tmp_path).code == 5


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["sandboxx"], 2, "there is no kind `sandboxx`; did you mean sandbox?"),
        (["--dryrun", "sandbox"], 2, "No such option: --dryrun"),
        (["sandbox", "--dry-run"], 2, "write it before `sandbox`"),
        (["sandbox", "--trust=h1:x"], 2, "--trust is an option of ace"),
        (["--", "--profile", "x"], 2, "there is no kind `--profile`"),
        (["sandbox", "--help"], 2, "`npx ampx sandbox --help` tells what that takes"),
        (["sandbox", "delete"], 3, "`npx ampx sandbox delete` deploys nothing"),
        (["--trust", "x", "sandbox"], 3, "no hash of code"),
    ],
)
def test_what_would_be_misunderstood_is_refused(deploy, project, arguments, code, said):
    done = deploy(*arguments)
    assert done.code == code
    assert said in done.err
    assert noted(project) is None


def test_an_ampx_that_cannot_be_run_is_said(deploy, project):
    (project / "node_modules/.bin/ampx").chmod(0o644)
    done = deploy("sandbox")
    assert done.code == 3
    assert "cannot be run: Permission denied" in done.err


@pytest.mark.parametrize(("mode", "code", "says"), [("watch", 0, "ended\n"), ("stubborn", 130, "")])
def test_ctrl_c_is_for_ampx_first(deploy, project, monkeypatch, mode, code, says):
    deploy("--check-only", hooks=HOOKS)
    monkeypatch.setenv("AMPX_MODE", mode)
    seen = converse(["deploy", "sandbox"], project, [("ampx was here", "\x03")])
    assert seen.code == code
    assert noted(project)["ended"] is True
    assert seen.screen.endswith(says) or code
    assert "[after]" not in seen.screen


def test_who_ends_ace_ends_ampx(deploy, project):
    command = [sys.executable, "-m", "ace_flow", "deploy", "sandbox"]
    environment = {**os.environ, "AMPX_MODE": "watch"}
    with subprocess.Popen(command, cwd=project, env=environment) as process:
        end = time.monotonic() + 20
        while noted(project) is None and time.monotonic() < end:
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 143


def test_an_agreement_on_a_terminal_is_enough(project):
    (project / ".ace-flow/hooks.yml").write_text(HOOKS)
    seen = converse(["deploy", "sandbox"], project, [("Trust it as it is now? [y/N]:", "y\n")])
    assert seen.code == 0
    assert "will run   pre_deployment: before: echo before" in seen.screen
    assert "[after] after" in seen.screen
