from __future__ import annotations

import subprocess
import sys

import pytest

OK = b"models: [{name: A, fields: [{name: x, type: id}]}]\n"

# What is wrong with it, the file's text, and what the message must hold.
BROKEN = [
    ("empty", b"", ["p.yml:1:1: error[ACE002]", "empty"]),
    ("only-a-comment", b"# hi\n", ["p.yml:1:1: error[ACE002]"]),
    ("binary", b"\x7fELF\x02\x01\x00\x00", ["p.yml:1:1: error[ACE008]"]),
    ("a-zero-byte", b"n\0me: a\n", ["p.yml:1:2: error[ACE008]", "U+0000"]),
    ("picture", b"\x89PNG\r\n\x1a\n\x00\x00", ["p.yml:1:1: error[ACE008]", "UTF-8"]),
    ("latin-1", "name: a\ndescription: F\xfc\xdfe\n".encode("latin-1"), ["p.yml:2:15:", "UTF-8"]),
    ("broken-yaml", b"name: a\nmodels: [\n", ["p.yml:2:9: error[ACE001]", "`[`"]),
    ("a-list", b"- a\n", ["p.yml:1:1: error[ACE002]"]),
    ("a-text", b"hello\n", ["p.yml:1:1: error[ACE002]"]),
    ("unknown-key", b"name: a\nmodel: []\n", ["p.yml:2:1: error[ACE010]", "`models`"]),
    (
        "unknown-type",
        b"name: a\nmodels: [{name: A, fields: [{name: x, type: strin}]}]\n",
        ["p.yml:2:45: error[ACE101]", "`string`"],
    ),
    (
        "unknown-model",
        b"name: a\nmodels: [{name: Post, fields: [{name: x, type: belongsTo, model: Pst}]}]\n",
        ["p.yml:2:66: error[ACE120]", "`Post`"],
    ),
    ("unknown-service", b"name: a\nservices: [dynamo]\n" + OK, ["p.yml:2:12: error[ACE150]"]),
    ("unknown-parent", b"name: a\nextends: ecommerce\n", ["p.yml:2:10: error[ACE020]", "`e_com"]),
    ("missing-template", b"name: a\ntemplates: {x: b.ts}\n" + OK, ["p.yml:2:16: error[ACE170]"]),
    ("missing-hook", b"name: a\nhooks: [h.js]\n" + OK, ["p.yml:2:9: error[ACE170]", "`h.js`"]),
    ("missing-generator", b"name: a\ngenerators:\n- g.js\n" + OK, ["p.yml:3:3: error[ACE170]"]),
    ("template-outside", b"name: a\ntemplates: {x: ../b.ts}\n" + OK, ["p.yml:2:16: error[ACE171]"]),
    ("template-rooted", b"name: a\ntemplates: {x: /etc/x}\n" + OK, ["p.yml:2:16: error[ACE171]"]),
    ("target-outside", b"name: a\ntemplates: {../b: p.yml}\n" + OK, ["p.yml:2:13: error[ACE171]"]),
    ("extends-itself", b"name: a\nextends: a\n", ["p.yml:2:10: error[ACE021]", "a -> a"]),
    ("circle", b"name: a\nextends: ring\n", ["ring.yml:2:10: error[ACE021]", "a -> ring -> a"]),
    (
        "missing-target",
        b"name: a\n" + OK + b"components: [{name: X, type: table, model: B}]\n",
        ["p.yml:3:44: error[ACE161]", "one of: A"],
    ),
    ("duplicate-key", b"name: a\nname: b\n", ["p.yml:2:1: error[ACE003]", "line 1"]),
    ("deep", b"name: a\nx-y: " + b"[" * 5000, ["p.yml:2:45: error[ACE007]"]),
]  # fmt: skip


@pytest.fixture
def ring(write):
    return write(".ace-flow/patterns/ring.yml", "name: ring\nextends: a\n")


@pytest.mark.parametrize("command", ["validate-pattern", "generate", "register-pattern"])
@pytest.mark.parametrize(
    ("text", "expected"), [case[1:] for case in BROKEN], ids=[case[0] for case in BROKEN]
)
def test_a_bad_pattern_is_refused_at_its_place_and_nothing_is_written(
    cli, write, tree, tmp_path, ring, own_store, command, text, expected
):
    write("p.yml", text)
    before = tree(tmp_path)
    done = cli(command, "p.yml")
    assert (done.code, done.out) == (3, "")
    assert all(part in done.err for part in expected), done.err
    assert done.err.splitlines()[-1].startswith("1 error")
    assert tree(tmp_path) == before
    assert not own_store.exists()


@pytest.mark.parametrize("command", ["validate-pattern", "show-pattern", "generate"])
def test_a_name_that_is_not_there_comes_with_the_nearest(cli, tree, tmp_path, command):
    done = cli(command, "ecomerce")
    assert (done.code, done.out) == (5, "")
    assert done.err == "error: there is no pattern `ecomerce`\nhelp: did you mean `e_commerce`?\n"
    assert tree(tmp_path) == {}


@pytest.mark.parametrize(
    "command", ["validate-pattern", "show-pattern", "generate", "register-pattern"]
)
def test_a_file_that_is_not_there_comes_with_the_nearest(cli, write, command):
    write("shop.yml", "name: shop\n")
    done = cli(command, "./shp.yml")
    assert (done.code, done.out) == (5, "")
    assert "there is no file ./shp.yml" in done.err
    assert "did you mean shop.yml?" in done.err
    missing = cli(command, "no/where/shop.yml")
    assert missing.code == 5
    assert "no folder where either" in missing.err


@pytest.mark.parametrize(
    "command", ["validate-pattern", "show-pattern", "generate", "register-pattern"]
)
@pytest.mark.parametrize("name", ["folder.yml", "./folder", "folder/", "folder"])
def test_a_folder_is_no_pattern(cli, tmp_path, command, name):
    (tmp_path / name).mkdir()
    done = cli(command, name)
    assert (done.code, done.out) == (3, "")
    assert "is a folder, not a pattern file" in done.err


@pytest.mark.parametrize("name", [".", ".."])
def test_the_folder_itself_is_no_pattern(cli, name):
    done = cli("validate-pattern", name)
    assert done.code == 3
    assert f"{name} is a folder, not a pattern file" in done.err


def test_a_pattern_comes_before_a_folder_of_its_name(cli, tmp_path):
    (tmp_path / "e_commerce").mkdir()
    assert cli("validate-pattern", "e_commerce").code == 0


@pytest.mark.parametrize("target", ["p.yml", "nothing.yml"])
def test_a_link_that_leads_nowhere_is_called_that(cli, tmp_path, target):
    (tmp_path / "p.yml").symlink_to(target)
    done = cli("validate-pattern", "p.yml")
    assert (done.code, done.out) == (5, "")
    assert done.err == "error: p.yml is a link that leads to no file\n"


@pytest.mark.parametrize("range_", [">=foo", "", "=>1"])
def test_a_wrong_range_is_not_a_wrong_name(cli, range_):
    done = cli("validate-pattern", f"e_commerce@{range_}")
    assert (done.code, done.out) == (3, "")
    assert f"`{range_}` is no range of versions" in done.err
    assert "`e_commerce@>=1.2,<2`" in done.err


@pytest.mark.parametrize("command", ["validate-pattern", "generate", "register-pattern"])
def test_a_file_that_cannot_be_read_is_an_io_error(cli, tmp_path, command):
    # The start of a process's memory cannot be read, not even by root.
    (tmp_path / "p.yml").symlink_to("/proc/self/mem")
    done = cli(command, "p.yml")
    assert (done.code, done.out) == (7, "")
    assert done.err.startswith("error: ")


def test_a_name_too_long_for_a_file_is_an_io_error(cli):
    done = cli("validate-pattern", "x" * 5000 + ".yml")
    assert done.code == 7
    assert "too long" in done.err


@pytest.mark.parametrize("name", ["", " ", ".", "..", "a\x00b", "a\x00.yml", "-", "~", "C:\\x.yml"])
def test_an_odd_name_is_not_found_and_no_more(cli, name):
    done = cli("validate-pattern", "--", name)
    assert done.code in {3, 5}
    assert done.err.startswith("error: ")


@pytest.mark.parametrize("text", ["no", "12:30", "010", "2024-01-01", "1_0"])
def test_a_text_that_other_readers_change_stays_as_it_is(cli, write, text):
    write("p.yml", f"name: p\nx-a: {text}\ndescription: {text}\n{OK.decode()}")
    assert cli("show-pattern", "p.yml", "--json").json["pattern"]["description"] == text


def test_a_template_through_a_link_is_refused(cli, write, tmp_path):
    write("p.yml", f"name: p\ntemplates: {{backend: b.ts}}\n{OK.decode()}")
    (tmp_path / "b.ts").symlink_to("/etc/hostname")
    done = cli("validate-pattern", "p.yml")
    assert done.code == 3
    assert "p.yml:2:22: error[ACE171]" in done.err
    assert "link" in done.err


def test_a_rendered_template_that_is_no_text_is_refused(cli, write):
    write("p.yml", f"name: p\ntemplates: {{a.md: a.md.j2}}\n{OK.decode()}")
    write("a.md.j2", b"\xff\xfe")
    done = cli("validate-pattern", "p.yml")
    assert done.code == 3
    assert "p.yml:2:19: error[ACE173]" in done.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["bogus"],
        ["validate-patern", "x"],
        ["validate-pattern"],
        ["validate-pattern", "a", "b"],
        ["validate-pattern", "a", "--bogus"],
        ["generate", "a", "--output"],
        ["list-patterns", "extra"],
        ["--bogus"],
    ],
)
def test_a_wrong_usage_says_how_it_is_used(cli, tree, tmp_path, arguments):
    done = cli(*arguments)
    assert (done.code, done.out) == (2, "")
    assert "error: " in done.err
    assert "--help" in done.err
    assert tree(tmp_path) == {}


def test_a_closed_input_and_output_are_no_reason_to_fail(tmp_path):
    def closed(streams: str, *arguments: str) -> int:
        command = [sys.executable, "-m", "ace_flow", *arguments]
        done = subprocess.run(
            ["bash", "-c", f'exec "$@" {streams}', "bash", *command],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert "Traceback" not in done.stderr
        return done.returncode

    assert closed("<&-", "validate-pattern", "e_commerce") == 0
    assert closed("<&-", "generate", "simple_crud", "--output", "out") == 0
    assert closed("<&- >&- 2>&-", "list-patterns") == 0
    assert closed("<&- >&- 2>&-", "validate-pattern", "nothing") == 5


def test_a_folder_that_was_removed_is_an_io_error(tmp_path):
    script = (
        "import os, sys; from ace_flow.cli.app import run; "
        "os.mkdir('gone'); os.chdir('gone'); os.rmdir('../gone'); "
        "sys.exit(run(['list-patterns']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert done.returncode == 7
    assert done.stderr.startswith("error: ")
