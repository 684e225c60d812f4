"""Scripts of a project run around `ace generate`: trusted, in order, within limits."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from ace_flow.cli.app import run
from ace_flow.unchanged import up_to_date

SHOP = "name: shop\nmodels: [{name: A, fields: [{name: x, type: string}]}]\n"
pytestmark = pytest.mark.skipif(os.name == "nt", reason="the scripts are for a shell")


@pytest.fixture
def project(tmp_path, monkeypatch, capsys):
    """Write a project with these scripts, trust them, and run `ace generate` there."""
    (tmp_path / "shop.yml").write_text(SHOP)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("ace_flow.plugins.shell._FIRST_PAUSE", 0.01)
    monkeypatch.setattr("ace_flow.programs._GRACE", 0.5)
    (tmp_path / ".ace-flow").mkdir()

    def call(scripts: str, *arguments: str, trust: bool = True, pattern: str = "shop.yml"):
        (tmp_path / ".ace-flow/hooks.yml").write_text(scripts)
        if trust:
            run(["trust", "--json"])
            tree = json.loads(capsys.readouterr().out).get("hash")
            assert run(["trust", "--hash", tree]) == 0
            capsys.readouterr()
        code = run(["generate", pattern, *arguments])
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return code, out, err

    call.root = tmp_path
    return call


def lines(err: str) -> list[str]:
    return [line for line in err.splitlines() if line.startswith("[")]


def test_scripts_run_around_what_is_written(project):
    code, _, err = project(
        """
        generation:
          pre_generation: [{name: before, script: ls}]
          post_generation: [{name: after, script: ls package.json; pwd}]
        on_success: [{name: done, script: echo $ACE_FLOW_EVENT}]
        on_error: [{name: failed, script: echo failed}]
        pre_deployment: [{name: never, script: echo never}]
        """
    )
    assert code == 0
    assert lines(err) == [
        "[before] shop.yml",
        "[after] package.json",
        f"[after] {project.root}",
        "[done] on_success",
    ]


def test_a_required_script_that_fails_before_leaves_all_as_it_was(project):
    code, out, err = project(
        """
        pre_generation:
          - {name: check, script: echo no good; exit 3, required: true}
          - {name: next, script: echo next}
        post_generation:
          - {name: after, script: echo after}
          - {name: tidy, script: echo tidy, always_run: true}
        on_error: [{name: told, script: echo told}]
        on_success: [{name: done, script: echo done}]
        """
    )
    assert (code, out) == (6, "")
    assert lines(err) == ["[check] no good", "[tidy] tidy", "[told] told"]
    assert "error: check: ended with code 3 after 0." in err
    assert "help: its script: echo no good; exit 3" in err
    assert not (project.root / "package.json").exists()
    assert sorted(path.name for path in (project.root / ".ace-flow").iterdir()) == ["hooks.yml"]


def test_a_required_script_that_fails_afterwards_is_a_failure_of_the_command(project):
    code, out, err = project(
        "post_generation: [{name: check, script: exit 1, required: true}]\n"
        "on_error: [{name: told, script: echo told}]\n",
        "--json",
    )
    assert code == 6
    assert json.loads(out)["error"].startswith("check: ended with code 1")
    assert lines(err) == ["[told] told"]
    assert (project.root / "package.json").exists()


def test_a_script_that_is_not_required_is_only_told_of(project):
    code, _, err = project("post_generation: [{name: check, script: exit 1}]\n")
    assert code == 0
    assert "[check] ended with code 1 after" in err
    assert "; it is not required" in err


def test_a_failure_of_the_command_is_an_error_as_well(project):
    (project.root / "package.json").write_text("{}")
    code, _, err = project(
        "on_error: [{name: told, script: echo told}]\non_success: [{name: x, script: echo x}]\n"
        "post_generation: [{name: after, script: echo after}]\n"
    )
    assert code == 1
    assert lines(err) == ["[told] told"]


def test_scripts_run_also_where_nothing_is_to_be_done(project, monkeypatch, capsys):
    monkeypatch.setenv("ACE_CACHE_DIR", str(project.root.parent / f"{project.root.name}-cache"))
    for _ in range(3):
        assert run(["generate", "shop.yml"]) == 0
        time.sleep(0.05)
    assert up_to_date(["generate", "shop.yml"]) == "."
    capsys.readouterr()
    scripts = "pre_generation: [{name: a, script: echo ran}]\n"
    (project.root / ".ace-flow/hooks.yml").write_text(scripts)
    assert up_to_date(["generate", "shop.yml"]) is None
    for _ in range(3):
        time.sleep(0.05)
        assert lines(project(scripts)[2]) == ["[a] ran"]
    assert up_to_date(["generate", "shop.yml"]) is None


def test_what_is_generated_does_not_run_as_a_script_that_was_trusted(project, capsys):
    folder = project.root / ".ace-flow"
    (folder / "patterns").mkdir()
    brings = f"{SHOP}templates: {{tools/x.sh: x.sh}}\n".replace("name: shop", "name: brings")
    (folder / "patterns/brings.yml").write_text(brings)
    (folder / "patterns/x.sh").write_text("echo first\n")
    assert run(["generate", "brings"]) == 0
    capsys.readouterr()
    scripts = "post_generation: [{name: a, script: sh tools/x.sh}]\n"
    assert lines(project(scripts, pattern="brings")[2]) == ["[a] first"]
    (folder / "patterns/x.sh").write_text("echo second\n")
    code, _, err = project(scripts, pattern="brings", trust=False)
    assert (code, "second" in err) == (4, False)
    assert (project.root / "tools/x.sh").read_text() == "echo second\n"
    assert lines(project(scripts, pattern="brings")[2]) == ["[a] second"]


@pytest.mark.parametrize("option", ["--dry-run", "--diff"])
def test_nothing_runs_when_nothing_is_written(project, option):
    code, _, err = project("pre_generation: [{name: a, script: echo a}]\n", option, trust=False)
    assert (code, lines(err)) == (0, [])


def test_scripts_that_nobody_trusts_do_not_run(project):
    scripts = "pre_generation: [{name: a, script: touch canary}]\n"
    code, _, err = project(scripts, trust=False)
    assert code == 4
    name = f"{project.root.name}/.ace-flow"
    assert f"`{name}` runs programs, and you have not trusted it as it is" in err
    assert "ace trust; where nobody can be asked" in err
    assert project(scripts)[0] == 0
    (project.root / "canary").unlink()
    assert project(f"{scripts}# changed\n", trust=False)[0] == 4
    assert not (project.root / "canary").exists()
    # Scripts for other events are no reason to ask.
    assert project("pre_deployment: [{name: a, script: b}]\n", trust=False)[0] == 0


def test_a_file_that_a_script_starts_is_a_part_of_what_is_trusted(project):
    file = project.root / "check.sh"
    file.write_text("#!/bin/sh\necho as it was\n")
    file.chmod(0o755)
    scripts = "pre_generation: [{name: a, script: ./check.sh}]\n"
    assert lines(project(scripts)[2]) == ["[a] as it was"]
    file.write_text("#!/bin/sh\necho changed\n")
    code, _, err = project(scripts, trust=False)
    assert (code, lines(err)) == (4, [])


def test_a_file_with_errors_stops_the_command_before_anything(project):
    code, _, err = project("pre_generatoin: []\npre_test: []\n", trust=False)
    assert code == 3
    assert ".ace-flow/hooks.yml:1:1: error[ACE300]" in err
    assert ".ace-flow/hooks.yml:2:1: warning[ACE301]" in err
    assert not (project.root / "package.json").exists()
    code, out, _ = project("pre_test: []\n", "--json", trust=False)
    assert code == 0
    assert [item["code"] for item in json.loads(out)["diagnostics"]] == ["ACE301"]


def test_a_link_is_no_file_with_scripts(project):
    outside = project.root.parent / f"{project.root.name}.yml"
    outside.write_text("pre_generation: [{name: a, script: touch canary}]\n")
    (project.root / ".ace-flow/hooks.yml").symlink_to(outside)
    assert run(["generate", "shop.yml"]) == 3
    assert run(["trust"]) == 3


def test_the_environment_is_only_what_is_said(project, monkeypatch):
    for name, value in {
        "AWS_SECRET_ACCESS_KEY": "secret",
        "AWS_PROFILE": "work",
        "AWS_BRANCH": "main",
        "AWS_DEFAULT_REGION": "eu-west-1",
        "TOKEN": "secret",
    }.items():
        monkeypatch.setenv(name, value)
    _, _, err = project(
        "post_generation: [{name: a, script: env, "
        "env: {CHANNEL: '#x', AWS_PROFILE: $AWS_PROFILE, NONE: $NOT_SET, COST: $5}}]\n"
    )
    found = dict(line.removeprefix("[a] ").split("=", 1) for line in lines(err))
    assert "secret" not in found.values()
    root = project.root
    for name, value in {
        "ACE_FLOW_PROJECT_NAME": root.name,
        "ACE_FLOW_PROJECT_TYPE": "new",
        "ACE_FLOW_PATTERN": "shop",
        "ACE_FLOW_PHASE": "generation",
        "ACE_FLOW_EVENT": "post_generation",
        "AMPLIFY_BRANCH": "main",
        "AWS_REGION": "eu-west-1",
        "PROJECT_ROOT": str(root),
        "CONFIG_FILE": str(root / ".ace-flow/hooks.yml"),
        "AMPLIFY_OUTPUTS_FILE": str(root / "amplify_outputs.json"),
        "CHANNEL": "#x",
        "AWS_PROFILE": "work",
        "COST": "$5",
        "PATH": os.environ["PATH"],
    }.items():
        assert found[name] == value
    assert "NONE" not in found
    assert "AWS_BRANCH" not in found
    again = project("pre_generation: [{name: a, script: echo $ACE_FLOW_PROJECT_TYPE}]\n")
    assert lines(again[2]) == ["[a] existing"]


def test_conditions_decide(project, monkeypatch):
    subprocess.run(["git", "init", "-q", "-b", "trunk", project.root], check=True)
    monkeypatch.setenv("STAGE", "prod")
    _, _, err = project(
        """
        pre_generation:
          - {name: a, script: echo ran, conditions: [$STAGE == 'prod', git_branch() == 'trunk']}
          - {name: b, script: echo ran, conditions: [$STAGE == 'prod', $STAGE == 'test']}
          - {name: c, script: echo ran, conditions: git_has_changes()}
          - {name: d, script: echo ran, conditions: file_exists('package.json')}
          - {name: e, script: echo ran, env: {STAGE: test}, conditions: $STAGE == 'test'}
        """
    )
    assert lines(err) == [
        "[a] ran",
        "[b] left out: $STAGE == 'test' does not hold",
        "[c] ran",
        "[d] left out: file_exists('package.json') does not hold",
        "[e] ran",
    ]


def test_without_git_there_is_no_branch_and_no_change(project):
    _, _, err = project(
        "pre_generation: [{name: a, script: echo ran, "
        "conditions: [git_branch() == '', not git_has_changes()]}]\n"
    )
    assert lines(err) == ["[a] ran"]


def test_settings_of_a_repository_run_nothing(project):
    subprocess.run(["git", "init", "-q", project.root], check=True)
    monitor = f"touch {project.root}/canary; true"
    subprocess.run(["git", "-C", project.root, "config", "core.fsmonitor", monitor], check=True)
    project("pre_generation: [{name: a, script: echo, conditions: git_has_changes()}]\n")
    assert not (project.root / "canary").exists()


def test_a_failed_attempt_is_made_again(project):
    script = "echo x >> tries; test $(wc -l < tries) -ge 3"
    code, _, err = project(
        f"post_generation: [{{name: a, script: '{script}', retry_count: 3, required: true}}]\n"
    )
    assert code == 0
    assert err.count("trying again in") == 2
    assert "trying again in 0.01 s" in err
    assert "trying again in 0.02 s" in err
    code, _, err = project(
        "post_generation: [{name: a, script: exit 9, retry: 1, required: true}]\n"
    )
    assert code == 6
    assert err.count("trying again in") == 1


def is_running(marker: str) -> bool:
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if marker in (folder / "cmdline").read_bytes().decode(errors="replace"):
                return True
    return False


def alive(marker: str) -> bool:
    """Tell whether a process is still there; who was killed takes a moment to go."""
    end = time.monotonic() + 3
    while is_running(marker) and time.monotonic() < end:
        time.sleep(0.05)
    return is_running(marker)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="it looks into /proc")
def test_a_script_that_never_ends_is_ended_with_what_it_started(project):
    script = "sleep 987 & trap '' TERM; sleep 986"
    started = time.monotonic()
    code, _, err = project(
        f'post_generation: [{{name: a, script: "{script}", timeout: 1, required: true}}]\n'
    )
    assert code == 6
    assert "a: took longer than 1 seconds" in err
    assert time.monotonic() - started < 12
    assert not alive("sleep\x00987")
    assert not alive("sleep\x00986")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="it looks into /proc")
def test_what_a_script_leaves_behind_is_ended(project):
    code, _, _ = project("post_generation: [{name: a, script: (sleep 985 &) ; echo done}]\n")
    assert code == 0
    assert not alive("sleep\x00985")


def test_a_script_that_prints_without_end_is_stopped(project):
    code, _, err = project(
        "post_generation: [{name: a, script: yes | tr -d '\\n', required: true}]\n"
    )
    assert code == 6
    assert "a: printed more than 10,485,760 bytes" in err


def test_what_scripts_print_is_harmless_and_not_on_stdout(project):
    code, out, err = project(
        "post_generation: [{name: a, script: \"printf '\\\\033[2Jx\\\\nlast'\"}]\n", "--json"
    )
    assert code == 0
    json.loads(out)
    assert lines(err) == ["[a] \\x1b[2Jx", "[a] last"]


def test_scripts_that_are_async_run_beside_the_others(project):
    started = time.monotonic()
    code, _, err = project(
        """
        post_generation:
          - {name: a, script: sleep 1; echo a, async: true}
          - {name: b, script: sleep 1; echo b, async: true}
          - {name: c, script: echo c}
        on_success: [{name: d, script: echo d}]
        """
    )
    assert code == 0
    assert lines(err)[0] == "[c] c"
    assert sorted(lines(err)) == ["[a] a", "[b] b", "[c] c", "[d] d"]
    assert lines(err)[-1] == "[d] d"
    assert time.monotonic() - started < 6
    code, _, err = project(
        "post_generation: [{name: a, script: exit 1, async: true, required: true}]\n"
    )
    assert code == 6


def test_folder_and_shell_are_those_that_are_named(project):
    (project.root / "sub").mkdir()
    _, _, err = project(
        "pre_generation:\n- {name: a, script: pwd, working_dir: sub}\n"
        "- {name: b, script: 'echo $0', shell: sh}\n"
        "- {name: c, script: x, shell: /no/such-shell}\n"
        "- {name: d, script: x, working_dir: nowhere}\n"
    )
    assert lines(err)[0] == f"[a] {project.root}/sub"
    assert lines(err)[1].endswith("sh")
    assert "[c] there is no shell /no/such-shell; name another one as `shell`" in err
    assert "[d] there is no folder nowhere in the project" in err


def test_ctrl_c_ends_the_script_as_well(project, own_trust):
    project("on_success: [{name: a, script: 'true'}]\n")
    (project.root / ".ace-flow/hooks.yml").write_text(
        "pre_generation: [{name: a, script: touch begun; sleep 984}]\n"
    )
    run(["trust"])
    ace = [sys.executable, "-m", "ace_flow"]
    shown = subprocess.run([*ace, "trust", "--json"], capture_output=True, check=False)
    subprocess.run([*ace, "trust", "--hash", json.loads(shown.stdout)["hash"]], check=True)
    with subprocess.Popen([*ace, "generate", "shop.yml"], stderr=subprocess.PIPE) as process:
        end = time.monotonic() + 20
        while not (project.root / "begun").exists() and time.monotonic() < end:
            time.sleep(0.05)
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 130
    assert not alive("sleep\x00984")


def test_a_shell_of_the_project_is_its_own_and_none_is_looked_for_where_we_are(
    project, tmp_path, monkeypatch
):
    for name in ("tools/own", "evil"):
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(f'#!/bin/sh\necho "{name} $2"\n')
        file.chmod(0o755)
    monkeypatch.setenv("PATH", f".{os.pathsep}{os.environ['PATH']}")
    scripts = """\
generation:
  pre_generation:
    - {name: a, shell: tools/own, script: x}
    - {name: b, shell: evil, script: x, required: false}
"""
    _, _, err = project(scripts)
    assert "[a] tools/own x" in err
    assert "[b] there is no shell evil" in err
