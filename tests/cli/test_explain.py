from __future__ import annotations

import subprocess
import sys

import pytest

from ace_flow.cli.explaining import complete_codes
from ace_flow.diagnostics import CODES


def test_a_code_is_explained_with_both_patterns(cli):
    done = cli("explain", "ACE010")
    assert (done.code, done.err) == (0, "")
    head, *sections = done.out.split("\n\n")
    assert head == "ACE010 unknown-key\nThe pattern format has no such key here."
    titles = [section.partition("\n")[0] for section in sections]
    assert titles == ["Why", "Fix", "Wrong", "Right"]
    wrong, right = (section.partition("\n")[2].rstrip() for section in sections[2:])
    assert wrong.startswith("  name: orders\n  models:\n    - name: Order\n")
    assert wrong.replace("requried", "required") == right


@pytest.mark.parametrize("name", ["ace010", "010", "10", "unknown-key", "Unknown-Key"])
def test_a_code_may_be_given_in_other_forms(cli, name):
    assert cli("explain", name) == cli("explain", "ACE010")


def test_files_that_an_example_needs_are_shown(cli):
    assert "\nFile .ace-flow/patterns/store.yml\n  name: store\n" in cli("explain", "023").out


def test_what_needs_strict_says_so(cli):
    assert "\nWrong with --strict\n" in cli("explain", "ACE190").out


def test_an_example_with_an_invisible_character_shows_it(cli):
    assert "  description: Placed,\\u2028paid" in cli("explain", "ACE008").out
    assert "Placed,\u2028paid" in cli("explain", "ACE008", "--json").json["wrong"]


def test_an_explanation_as_json(cli):
    said = cli("explain", "already-inherited", "--json").json
    assert list(said) == [
        *("code", "name", "summary", "why", "fix", "wrong", "right", "files", "strict", "file"),
    ]
    assert (said["code"], said["name"]) == ("ACE023", "already-inherited")
    assert said["summary"] == CODES["ACE023"][1]
    assert said["wrong"].startswith("name: bookshop\n")
    assert list(said["files"]) == [".ace-flow/patterns/store.yml"]
    assert said["strict"] is False
    assert said["file"] is None
    assert cli("explain", "190", "--json").json["strict"] is True
    assert cli("explain", "300", "--json").json["file"] == "hooks.yml"


def test_all_codes_are_listed(cli):
    header, *rows = cli("explain").out.splitlines()
    assert header.split() == ["CODE", "NAME", "SUMMARY"]
    assert [tuple(row.split(maxsplit=2)) for row in rows] == [
        (code, slug, summary) for code, (slug, summary) in CODES.items()
    ]
    assert cli("explain", "--json").json == [
        {"code": code, "name": slug, "summary": summary} for code, (slug, summary) in CODES.items()
    ]


def test_an_unknown_code_is_not_found(cli):
    done = cli("explain", "unknown-keys")
    assert (done.code, done.out) == (5, "")
    assert "there is no diagnostic `unknown-keys`" in done.err
    assert "did you mean `unknown-key`?" in done.err
    as_json = cli("explain", "unknown-keys", "--json")
    assert (as_json.code, as_json.json["hint"]) == (5, "did you mean `unknown-key`?")


def test_text_in_a_pipe_is_plain_and_80_wide(ace):
    done = ace("explain", "ACE112", COLUMNS="40", TERM="xterm-256color", FORCE_COLOR="1")
    prose = done.out.partition("\nWrong\n")[0].splitlines()
    assert "\x1b" not in done.out
    assert 70 < max(map(len, prose)) <= 80


def test_codes_are_completed():
    assert complete_codes("ace01")[0] == ("ACE010", CODES["ACE010"][1])
    assert {name for name, _ in complete_codes("ACE01")} == {
        code for code in CODES if code.startswith("ACE01")
    }
    assert [name for name, _ in complete_codes("unknown-k")] == ["unknown-key"]
    assert complete_codes("no-such") == []
    assert len(complete_codes("")) == 2 * len(CODES)


def test_help_and_the_list_need_no_yaml():
    program = (
        "import sys; from ace_flow.cli.app import run; run(sys.argv[1:]);"
        "sys.exit('yaml' in sys.modules)"
    )
    for arguments in (["--help"], ["explain"], ["explain", "--help"]):
        done = subprocess.run(
            [sys.executable, "-c", program, *arguments], capture_output=True, check=False
        )
        assert done.returncode == 0
