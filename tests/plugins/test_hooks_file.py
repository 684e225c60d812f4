"""What `hooks.yml` says, and what is wrong with it at which place."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from ace_flow.diagnostics import Severity
from ace_flow.loader import read_document
from ace_flow.plugins.commands import started_files
from ace_flow.plugins.events import BUILT_IN, EVENTS, IDLE, IMPOSSIBLE, PHASES
from ace_flow.plugins.hooks_file import read_hooks
from ace_flow.plugins.script import ScriptHook


def read(text: str):
    return read_hooks(read_document("hooks.yml", text.encode()))


FULL = """\
version: 1
x-note: ours
hooks:
  generation:
    pre_generation:
      - name: everything
        script: ./x.sh --fast
        required: true
        timeout: 600
        retry_count: 2
        async: true
        env: {SLACK_CHANNEL: '#deployments', PORT: 8080, ON: true, AWS_PROFILE: $AWS_PROFILE}
        conditions: ["$CI == 'true'", file_exists('package.json')]
        working_dir: ./amplify/
        shell: zsh
        always_run: true
        x-owner: team
  on_error:
    - {name: tell, script: curl x, retry: 1, conditions: git_has_changes(), auto_trigger: true}
"""


def test_all_that_can_be_said_of_a_script():
    (script, other), findings = read(FULL)
    assert findings == []
    assert [item.text for item in script.conditions] == [
        "$CI == 'true'",
        "file_exists('package.json')",
    ]
    assert script == ScriptHook(  # noqa: S604 - `shell` is a key here, and runs nothing
        event="pre_generation",
        name="everything",
        script="./x.sh --fast",
        required=True,
        timeout=600,
        retries=2,
        is_async=True,
        env={
            "SLACK_CHANNEL": "#deployments",
            "PORT": "8080",
            "ON": "true",
            "AWS_PROFILE": "$AWS_PROFILE",
        },
        conditions=script.conditions,
        working_dir="amplify",
        shell="zsh",
        always_run=True,
    )
    assert (other.event, other.retries) == ("on_error", 1)


def test_what_is_not_said_of_a_script():
    (script,), _ = read("pre_generation: [{name: a, script: b}]")
    assert (script.required, script.timeout, script.retries) == (False, 300, 0)
    assert (script.env, script.working_dir, script.shell) == ({}, ".", "/bin/bash")


def test_events_may_stand_under_phases_and_have_other_names():
    scripts, findings = read(
        "deployment: {pre_deploy: [{name: a, script: a}]}\n"
        "security: {pre_deployment: [{name: b, script: b}]}\n"
        "amplify: {deployment_complete: [{name: c, script: c}]}\n"
        "pre-deployment: [{name: d, script: d}]\n"
        "on_failure: [{name: e, script: e}]\n"
        "generation:\nresearch: {}\n"
    )
    assert findings == []
    assert [(item.name, item.event) for item in scripts] == [
        ("a", "pre_deployment"),
        ("b", "pre_deployment"),
        ("c", "post_deployment"),
        ("d", "pre_deployment"),
        ("e", "on_error"),
    ]


@pytest.mark.parametrize("event", IDLE)
def test_what_ace_never_comes_to_is_said(event):
    phase = next((name for name, has in PHASES.items() if event in has), "")
    scripts, findings = read(f"{phase}: {{{event}: [{{name: a, script: b}}]}}")
    assert scripts == ()
    (found,) = findings
    assert (found.code, found.severity) == ("ACE301", Severity.WARNING)
    assert f"ace never comes to `{event}`: " in found.message


@pytest.mark.parametrize("name", BUILT_IN)
def test_a_name_alone_is_a_built_in_script_that_is_required(name):
    (script,), findings = read(f"pre_deployment: [{name.replace('_', '-')}]")
    assert findings == []
    assert (script.name, script.script, script.required) == (name, BUILT_IN[name].script, True)


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_what_ace_could_only_pretend_is_an_error(name):
    scripts, (found,) = read(f"pre_deployment: [{name}]")
    assert scripts == ()
    assert found.message == f"ace has no `{name}`: {IMPOSSIBLE[name]}"


@pytest.mark.parametrize(
    ("text", "place", "code", "message", "hint"),
    [
        ("[a]", "1:1", "ACE302", "it holds no events", None),
        ("pre_generatoin: []", "1:1", "ACE300", "no event `pre_generatoin`", "`pre_generation`"),
        ("generation: {pre_gen: []}", "1:14", "ACE300", "no event `pre_gen`", "pre_generation"),
        ("generation: {x: []}", "1:14", "ACE300", "no event `x`", "one of: pre_generation"),
        ("generation: {pre_deploy: []}", "1:14", "ACE300", "is no event of", "under `deployment`"),
        ("generation: {on_error: []}", "1:14", "ACE300", "is no event of", "at the top"),
        ("generation: []", "1:13", "ACE302", "a mapping of events", None),
        ("hooks: 1", "1:8", "ACE302", "a mapping of events", None),
        ("on_error: {name: a}", "1:11", "ACE302", "has a list of scripts", "begin with `- `"),
        ("on_error: [1]", "1:12", "ACE302", "a script is a mapping", None),
        ("on_error: [run_test]", "1:12", "ACE304", "no built-in", "did you mean `run_tests`?"),
        ("on_error: [x]", "1:12", "ACE304", "no built-in script `x`", "check_dependencies"),
        ("on_error: [{script: a}]", "1:12", "ACE302", "a script needs a `name`", None),
        ("on_error: [{name: a}]", "1:12", "ACE302", "a script needs a `script`", None),
        ("on_error: [{name: a, script: ''}]", "1:30", "ACE302", "`script` is a text", None),
        (
            "on_error: [{name: a, script: b, requird: true}]",
            "1:33",
            "ACE302",
            "no `requird`",
            "`re",
        ),
        ("on_error: [{name: a, script: b, required: 1}]", "1:43", "ACE302", "true or false", None),
        ("on_error: [{name: a, script: b, timeout: 0}]", "1:42", "ACE302", "a whole number", None),
        ("on_error: [{name: a, script: b, timeout: 5m}]", "1:42", "ACE302", "a whole number", None),
        ("on_error: [{name: a, script: b, timeout: true}]", "1:42", "ACE302", "a whole", None),
        ("on_error: [{name: a, script: b, retry: 99}]", "1:40", "ACE302", "`retry` is a", None),
        ("on_error: [{name: a, script: b, env: [A]}]", "1:38", "ACE302", "`env` is a map", None),
        ("on_error: [{name: a, script: b, env: {A-B: c}}]", "1:39", "ACE302", "no name of", None),
        ("on_error: [{name: a, script: b, env: {A: }}]", "1:42", "ACE302", "needs a text", None),
        ("on_error: [{name: a, script: b, working_dir: ../x}]", "1:46", "ACE302", "a path", None),
        ("on_error: [{name: a, script: b, working_dir: /x}]", "1:46", "ACE302", "a path", None),
        (
            "on_error: [{name: a, script: b, max_cost: 1}]",
            "1:33",
            "ACE302",
            "no `max_cost`",
            "fail",
        ),
        ("on_error: [{name: a, script: b, output_file: c}]", "1:33", "ACE302", "ace has no", ">"),
        ("on_error: [{name: a, script: b, conditions: 1}]", "1:45", "ACE303", "is a list", None),
        ("on_error: [{name: a, script: b, conditions: [true]}]", "1:46", "ACE303", "a text", "quo"),
        (
            "on_error: [{name: a, script: b, auto_trigger: false}]",
            "1:47",
            "ACE301",
            "by hand",
            None,
        ),
        (
            "on_error: [{name: a, script: b}, {name: a, script: c}]",
            "1:41",
            "ACE302",
            "two",
            "other",
        ),
    ],
)
def test_what_is_wrong_is_found_at_its_place(text, place, code, message, hint):
    _, findings = read(text)
    (found,) = findings
    assert str(found.span) == f"hooks.yml:{place}"
    assert found.code == code
    assert message in found.message
    assert hint is None or hint in found.help


@pytest.mark.parametrize(
    ("condition", "place"),
    [("\"$A = 'x'\"", "3:27"), ("$A = 'x'", "3:26"), ('"\\u0024A = 1"', "3:23")],
)
def test_a_condition_is_wrong_at_its_character(condition, place):
    text = f"on_error:\n- {{name: a, script: b,\n   conditions:       [{condition}]}}\n"
    _, (found,) = read(text)
    assert (found.code, str(found.span)) == ("ACE303", f"hooks.yml:{place}")


def test_all_findings_come_at_once():
    _, findings = read("x: []\non_error:\n- 1\n- {name: a, script: b, timeout: x, retry: x}\n")
    assert [item.code for item in findings] == ["ACE300", "ACE302", "ACE302", "ACE302"]


def test_every_event_says_when_it_is():
    assert all(EVENTS.values())
    assert not set(EVENTS) & set(IDLE)


@pytest.mark.parametrize(
    ("script", "started"),
    [
        ("./s/a.sh --fast", ["s/a.sh"]),
        ("s/a.sh", ["s/a.sh"]),
        ("bash s/a.sh", ["s/a.sh"]),
        ("CI=1 python3 -u s/b.py > s/out.txt", ["s/b.py"]),
        ("npm test && node s/c.js; ./s/a.sh | tee s/out.txt", ["s/c.js", "s/a.sh"]),
        ('"$PROJECT_ROOT/s/a.sh"', ["s/a.sh"]),
        ("set -e\n. s/a.sh\ncat s/out.txt", ["s/a.sh"]),
        ("if ./s/a.sh; then node \\\n s/c.js; fi", ["s/a.sh", "s/c.js"]),
        ("npx tsx s/c.js", ["s/c.js"]),
        ("node_modules/.bin/eslint .", []),
        ("npm run lint", []),
        ("echo 'it is\n./s/a.sh", ["s/a.sh"]),
        ("$HOME/x.sh; /usr/bin/true", []),
    ],
)
def test_the_files_that_a_script_starts_are_known(tmp_path, script, started):
    (tmp_path / "s").mkdir()
    for name in ("a.sh", "b.py", "c.js", "out.txt"):
        (tmp_path / "s" / name).write_text(name)
    found, findings = started_files(ScriptHook(event="x", name="x", script=script), tmp_path)
    assert (list(found), findings) == (started, [])


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("./missing.sh", "`./missing.sh`, which `x` starts, is no file of the project"),
        ("../x.sh", "`../x.sh`, which `x` starts, is outside of the project"),
        ("node sub/link.js", "`sub/link.js`, which `x` starts, is reached through a link"),
    ],
)
def test_files_that_trust_would_not_cover_are_refused(tmp_path, script, message):
    project = tmp_path / "project"
    (project / "sub").mkdir(parents=True)
    (tmp_path / "x.js").write_text("")
    (project / "sub/link.js").symlink_to(tmp_path / "x.js")
    hook = ScriptHook(event="x", name="x", script=script)
    _, (found,) = started_files(hook, project)
    assert (found.code, found.message) == ("ACE305", message)


def test_files_are_found_from_where_the_script_runs(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub/a.sh").write_text("")
    hook = ScriptHook(event="x", name="x", script="./a.sh", working_dir="sub")
    assert list(started_files(hook, tmp_path)[0]) == ["sub/a.sh"]


@pytest.mark.parametrize(
    "script",
    [
        "bash -o pipefail tools/x.sh",
        "timeout 10 sh tools/x.sh",
        "xargs sh tools/x.sh",
        "sh < tools/x.sh",
        "cat tools/x.sh | sh",
        "sh -c 'sh tools/x.sh'",
        "echo `sh tools/x.sh`",
        "node --import tsx tools/x.ts",
        "node -r ./tools/x.js tools/x.ts",
        "bun run tools/x.ts",
        "npm exec -- tsx tools/x.ts",
        "python3.11 tools/x.py",
        "sudo tools/run",
    ],
)
def test_programs_that_a_script_names_are_covered(tmp_path, script):
    (tmp_path / "tools").mkdir()
    for name in ("x.sh", "x.ts", "x.js", "x.py", "run"):
        (tmp_path / "tools" / name).write_text("x")
    (tmp_path / "tools/run").chmod(0o755)
    (tmp_path / "data.csv").write_text("x")
    text = json.dumps(f"grep -c x data.csv\n{script}")
    hook = read(f"post_generation: [{{name: a, script: {text}}}]")[0][0]
    found, _ = started_files(hook, tmp_path)
    assert set(found) == set(re.findall(r"tools/[\w.]+", script))


NAMED = {
    "shell": ("./tools/my.shell", "", ["tools/my.shell"]),
    "a name": ("", '"./tools/a=b"', ["tools/a=b"]),
    "after a number": ("", "timeout 5 ./tools/my.shell", ["tools/my.shell"]),
    "after an option": ("", "sudo -n ./tools/x.txt; nice -n 5 ./tools/x.txt", ["tools/x.txt"]),
    "backticks": ("", "echo `./tools/x.txt`", ["tools/x.txt"]),
    "exec": ("", "exec -a foo ./tools/x.txt", ["tools/x.txt"]),
    "eval": ("", "eval ./tools/x.txt", ["tools/x.txt"]),
    "what is no program by itself": ("", "timeout 9 bash tools/setup.env", ["tools/setup.env"]),
    "after a value": ("", "bash -euo pipefail tools/plain", ["tools/plain"]),
    "in a quotation": ("", "bash -c '. tools/setup.env'", ["tools/setup.env"]),
    "read in a quotation": ("", "eval '. tools/setup.env'", ["tools/setup.env"]),
    "over two lines": ("", "timeout 9 bash \\\n tools/setup.env", ["tools/setup.env"]),
    "of another interpreter": ("", "python3 -X dev tools/plain tools/data.txt", ["tools/plain"]),
    "what is written": ("", "bash tools/plain > tools/x2 | tee tools/data.txt", ["tools/plain"]),
    "by the root": ("", "env bash $PROJECT_ROOT/tools/setup.env", ["tools/setup.env"]),
}
VALUES = {
    "BASH_ENV": ("tools/setup.env", "tools/setup.env"),
    "NODE_OPTIONS": ("--no-warnings --require=./tools/pre.cjs", "tools/pre.cjs"),
    "RUBYOPT": ("-r./tools/x.txt", "tools/x.txt"),
    "LD_PRELOAD": ("/lib/a.so:./tools/a=b:tools/plain", "tools/plain"),
    "LINK": ("tools/link", "tools/link"),
}


@pytest.fixture
def tools(tmp_path):
    (tmp_path / "tools").mkdir()
    for name in ("my.shell", "a=b", "x.txt", "setup.env", "plain", "pre.cjs", "data.txt"):
        (tmp_path / "tools" / name).write_text("x")
    for name in ("my.shell", "a=b", "x.txt"):
        (tmp_path / "tools" / name).chmod(0o755)
    (tmp_path / "tools" / "link").symlink_to("plain")
    return tmp_path


@pytest.mark.parametrize("case", NAMED)
def test_what_runs_is_covered_however_it_is_named(tools, case):
    shell, script, wanted = NAMED[case]
    hook = ScriptHook(event="x", name="x", script=f"cat tools/data.txt\n{script}")
    if shell:
        hook = replace(hook, shell=shell)
    assert list(started_files(hook, tools)[0]) == wanted


@pytest.mark.parametrize("name", VALUES)
def test_files_in_variables_are_covered(tools, name):
    value, wanted = VALUES[name]
    hook = ScriptHook(event="x", name="x", script="true", env={name: value})
    assert wanted in started_files(hook, tools)[0]


def test_data_that_no_program_could_be_is_not_read(tools):
    with (tools / "tools" / "data.txt").open("wb") as file:
        file.truncate(2**30)
    hook = ScriptHook(event="x", name="x", script="node tools/pre.cjs tools/data.txt")
    assert list(started_files(hook, tools)[0]) == ["tools/pre.cjs"]


def test_a_shell_and_an_environment_are_covered_and_long_words_are_no_names(tmp_path):
    (tmp_path / "sh1").write_text("x")
    (tmp_path / "sh1").chmod(0o755)
    (tmp_path / "e.sh").write_text("x")
    text = (
        "post_generation: [{name: a, shell: ./sh1, env: {BASH_ENV: e.sh}, "
        f"script: 'echo {'x' * 300}'}}]"
    )
    found, findings = started_files(read(text)[0][0], tmp_path)
    assert (set(found), findings) == ({"sh1", "e.sh"}, [])
