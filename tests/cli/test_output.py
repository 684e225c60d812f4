from __future__ import annotations

import json
import os
import pty
import subprocess
import sys

import pytest

HOSTILE = "a\x1b[31mb\x07c\u202ed\x9be\u2066f\r"
# What a pattern may hold in quotes: C0 controls are refused in every form.
SAID = "ab\u202ed\x9be\u2066f"
ESCAPED = json.dumps(SAID)
UMLAUTS = "name: a\ndescription: Füße 😀\nmodels: [{name: A, fields: [{name: x, type: id}]}]\n"
BAD = ("\x1b", "\x07", "\u202e", "\x9b", "\u2066", "\r")


@pytest.fixture
def hostile(write):
    return write(
        ".ace-flow/patterns/h.yml",
        f"name: hostile\ndescription: {ESCAPED}\ndisplay_name: {ESCAPED}\ntags: [{ESCAPED}]\n"
        f"models: [{{name: A, fields: [{{name: x, type: id, description: {ESCAPED}}}]}}]\n"
        f"components: [{{name: ATable, type: table, purpose: {ESCAPED}}}]\n",
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ("list-patterns",),
        ("list-patterns", "--json"),
        ("show-pattern", "hostile"),
        ("show-pattern", "hostile", "--json"),
        ("show-pattern", "hostile", "--origin"),
        ("show-pattern", "hostile", "--origin", "--json"),
        ("validate-pattern", "hostile", "--explain"),
        ("validate-pattern", HOSTILE),
        ("validate-pattern", HOSTILE, "--json"),
        ("validate-pattern", f"{HOSTILE}.yml"),
        ("generate", "hostile", "--output", HOSTILE),
        ("generate", "hostile", "--output", HOSTILE, "--json"),
        ("explain", HOSTILE),
        (HOSTILE,),
        (HOSTILE, "--json"),
    ],
)
def test_no_text_of_anybody_acts_on_the_terminal(cli, hostile, arguments):
    done = cli(*arguments)
    assert not [character for character in BAD if character in done.out + done.err]
    if "--json" in arguments:
        assert done.json is not None


def test_json_says_the_text_as_it_was(cli, hostile):
    shown = cli("show-pattern", "hostile", "--json").json["pattern"]
    assert shown["description"] == SAID


def test_a_source_line_is_shown_without_its_controls(cli, write):
    write("bad.yml", "name: bad # \u202e\nservices: [s\u202e4]\n")
    done = cli("validate-pattern", "bad.yml")
    assert done.code == 3
    assert "\u202e" not in done.err
    assert "s\\u202e4" in done.err


@pytest.mark.parametrize("more", [[], ["--json"]])
def test_a_path_that_is_no_text_is_shown_all_the_same(cli, more):
    done = cli("validate-pattern", "\udcff.yml", *more)
    assert done.code == 5
    assert "\\udcff" in done.out + done.err


COMMANDS = [
    (0, ["validate-pattern", "e_commerce"]),
    (0, ["show-pattern", "e_commerce"]),
    (0, ["list-patterns"]),
    (0, ["explain"]),
    (0, ["explain", "ACE101"]),
    (0, ["generate", "simple_crud", "--output", "out"]),
    (5, ["validate-pattern", "nothing"]),
    (5, ["show-pattern", "nothing.yml"]),
    (5, ["register-pattern", "nothing.yml"]),
    (5, ["generate", "nothing"]),
    (5, ["explain", "ACE999"]),
    (3, ["validate-pattern", "bad.yml"]),
    (3, ["show-pattern", "bad.yml"]),
    (3, ["register-pattern", "bad.yml"]),
    (3, ["generate", "bad.yml", "--output", "out"]),
    (3, ["generate", "simple_crud", "--output", "bad.yml"]),
    (2, ["validate-pattern"]),
    (2, ["show-pattern", "a", "b"]),
    (2, ["list-patterns", "--bogus"]),
    (2, ["generate", "a", "b"]),
    (2, ["explain", "ACE101", "ACE102"]),
    (2, ["bogus"]),
]


@pytest.mark.parametrize(("code", "arguments"), COMMANDS)
def test_json_is_one_document_on_stdout_whatever_happens(cli, write, code, arguments):
    write("bad.yml", "name: bad\nservices: [s4]\n")
    done = cli(*arguments, "--json")
    assert (done.code, done.err) == (code, "")
    assert done.out.endswith("\n")
    if code:
        assert done.json["error"]
        assert "hint" in done.json


@pytest.mark.parametrize(("code", "arguments"), COMMANDS)
def test_without_json_errors_are_on_stderr_and_results_on_stdout(cli, write, code, arguments):
    write("bad.yml", "name: bad\nservices: [s4]\n")
    done = cli(*arguments)
    assert done.code == code
    assert bool(done.out) == (code == 0)
    assert "error" in done.err if code else True
    assert "\x1b" not in done.out + done.err


def terminal(tmp_path, *arguments: str, **environment: str) -> str:
    """Run `ace` on a terminal of its own and return what it showed."""
    ours, theirs = pty.openpty()
    kept = {key: value for key, value in os.environ.items() if key not in {"NO_COLOR", "TERM"}}
    process = subprocess.Popen(
        [sys.executable, "-m", "ace_flow", *arguments],
        cwd=tmp_path,
        env={**kept, "TERM": "xterm-256color", **environment},
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:
            break
        if not part:
            break
        shown += part
    process.wait(timeout=60)
    os.close(ours)
    return shown.decode()


def test_a_terminal_gets_colour_unless_it_wants_none(tmp_path):
    assert "\x1b[" in terminal(tmp_path, "validate-pattern", "nothing")
    assert "\x1b[" in terminal(tmp_path, "list-patterns")
    assert "\x1b[1mWhy\x1b[0m" in terminal(tmp_path, "explain", "ACE101")
    for environment in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        assert "\x1b" not in terminal(tmp_path, "validate-pattern", "nothing", **environment)
        assert "\x1b" not in terminal(tmp_path, "list-patterns", **environment)
        assert "\x1b" not in terminal(tmp_path, "explain", "ACE101", **environment)


@pytest.mark.parametrize(("columns", "widest"), [(50, 50), (120, 120), (1, 20)])
def test_explanations_are_as_wide_as_the_terminal(tmp_path, columns, widest):
    shown = terminal(tmp_path, "explain", "ACE112", COLUMNS=str(columns), NO_COLOR="1")
    _, *prose = shown.partition("Wrong\r\n")[0].splitlines()
    assert widest - 12 < max(map(len, prose)) <= widest


def test_plain_text_comes_out_of_a_pipe(ace):
    for arguments in (["list-patterns"], ["--help"], ["validate-pattern", "nothing"], ["bogus"]):
        done = ace(*arguments, TERM="xterm-256color", FORCE_COLOR="1")
        assert "\x1b" not in done.out + done.err


def test_an_encoding_without_the_characters_is_no_reason_to_fail(ace, tmp_path):
    (tmp_path / "é.yml").write_text(UMLAUTS, encoding="utf-8")
    environment = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "1"}
    shown = ace("show-pattern", "./é.yml", **environment)
    assert (shown.code, shown.err) == (0, "")
    assert "F\\xfc\\xdfe" in shown.out
    as_json = ace("show-pattern", "./é.yml", "--json", **environment)
    assert json.loads(as_json.out)["pattern"]["description"] == "Füße 😀"


def test_a_reader_that_goes_away_is_no_error(tmp_path):
    command = (
        f"{sys.executable} -m ace_flow show-pattern e_commerce | head -1; echo ${{PIPESTATUS[0]}}"
    )
    done = subprocess.run(
        ["bash", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "0"
    assert done.stderr == ""


def test_the_version_and_the_bare_command(ace, cli):
    assert ace("--version").out == cli("--version").out == "ace 0.1.0\n"
    assert cli().code == 0
    assert "Commands:" in cli().out
