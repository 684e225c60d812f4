"""Code of others is used when its hash was trusted, and never before."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import stat
import subprocess
import sys

import pytest
from terminal import converse

from ace_flow.diagnostics import ConfigurationError, TrustError
from ace_flow.registry import Klass, TrustStore
from ace_flow.session import Session

MODEL = "models: [{name: A, fields: [{name: x, type: string}], authorization: [{allow: owner}]}]\n"
CHILD = "name: child\nextends: base\nhooks: [hooks/h.py]\n"
FILES = {
    ".ace-flow/patterns/base.yml": f"name: base\n{MODEL}templates: {{docs/b.md: b.md}}\n",
    ".ace-flow/patterns/b.md": "of the parent\n",
    "theirs/child.yml": f"{CHILD}templates: {{docs/a.md: a.md}}\n",
    "theirs/a.md": "of the child\n",
    "theirs/hooks/h.py": "from lib import helper\ndef ace_pre_generation(context): pass\n",
    "theirs/hooks/lib/helper.py": "x = 1\n",
    "theirs/unrelated.txt": "x\n",
}
PATTERN = "theirs/child.yml"


@pytest.fixture
def files(write):
    return {path: write(path, text) for path, text in FILES.items()}


@pytest.fixture
def brought(write):
    """Write a pattern whose only code is a file that it brings."""
    write("theirs/a.ts", "export {};\n")
    return write("theirs/p.yml", f"name: p\n{MODEL}templates: {{src/a.ts: a.ts}}\n")


def tree(cli, reference=PATTERN) -> str:
    return cli("trust", reference, "--json").json["hash"]


def test_what_is_to_be_trusted_is_shown(cli, files):
    done = cli("trust", PATTERN)
    assert done.code == 4
    shown = done.out.splitlines()
    assert shown[0] == "child"
    assert "runs programs on this machine" in done.out
    assert "publisher  unknown: nobody signed it" in done.out
    assert f"hash       {tree(cli)}" in done.out
    assert "will run   child/hooks/h.py" in done.out
    for line in ("base.yml  ", "base/b.md  14 B", "child/hooks/lib/helper.py  6 B"):
        assert line in done.out
    assert "unrelated" not in done.out
    assert shown[-1] == "not trusted"
    assert f"--hash {tree(cli)}" in done.err


def test_the_hash_is_that_which_go_gives_folders(cli, files):
    said = cli("trust", PATTERN, "--json").json
    listing = "".join(f"{item['sha256']}  {item['path']}\n" for item in said["files"])
    assert [item["path"] for item in said["files"]] == sorted(
        [
            *("base.yml", "base/b.md", "child.yml", "child/a.md"),
            *("child/hooks/h.py", "child/hooks/lib/helper.py"),
        ]
    )
    digest = hashlib.sha256(listing.encode()).digest()
    assert said["hash"] == f"h1:{base64.b64encode(digest).decode()}"
    assert (said["class"], said["trusted"], said["runs"]) == ("runs", False, ["child/hooks/h.py"])


@pytest.mark.parametrize("path", [path for path in FILES if "unrelated" not in path])
def test_a_change_of_one_byte_asks_again(cli, files, path):
    before = tree(cli)
    assert cli("trust", PATTERN, "--hash", before).code == 0
    assert cli("generate", PATTERN, "--output", "app").code == 0
    changed = files[path].read_bytes()
    end = b"#" if path.endswith((".yml", ".py")) else b"!"
    files[path].write_bytes(changed + end)
    assert tree(cli) != before
    done = cli("generate", PATTERN, "--output", "app")
    assert done.code == 4
    assert "you have not trusted it as it is" in done.err
    files[path].write_bytes(changed)
    assert cli("generate", PATTERN, "--output", "app").code == 0


def test_a_file_that_a_hook_could_load_from_now_on_asks_again(cli, files, write):
    before = tree(cli)
    write("theirs/unrelated.txt", "y\n")
    write("theirs/hooks/.hidden", "y\n")
    write("theirs/hooks/__pycache__/h.pyc", "y\n")
    assert tree(cli) == before
    write("theirs/hooks/lib/json.py", "")
    assert tree(cli) != before


def test_the_hash_is_the_same_wherever_the_files_lie(cli, files, tmp_path):
    here = tree(cli)
    assert cli("register-pattern", ".ace-flow/patterns/base.yml").code == 0
    assert cli("register-pattern", PATTERN).code == 0
    elsewhere = tmp_path.parent / f"{tmp_path.name}-elsewhere"
    elsewhere.mkdir()
    assert cli("trust", "child", "--json", cwd=elsewhere).json["hash"] == here


def test_code_is_laid_out_as_it_was_hashed(files, tmp_path):
    session = Session(tmp_path)
    code = session.code_of(session.check(PATTERN))
    files["theirs/hooks/h.py"].write_text("changed meanwhile")
    code.lay_out(tmp_path / "out")
    assert (tmp_path / "out/child/hooks/h.py").read_text() == FILES["theirs/hooks/h.py"]
    assert (tmp_path / "out/child/hooks/lib/helper.py").exists()


@pytest.mark.parametrize("link", ["lib/h2.py", "linked", "dead.py"])
def test_a_link_among_hooks_is_refused(cli, files, tmp_path, link):
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "h.py").write_text("x = 1\n")
    target = {"linked": secret, "dead.py": tmp_path / "nothing"}.get(link, secret / "h.py")
    (tmp_path / "theirs/hooks" / link).symlink_to(target)
    done = cli("trust", PATTERN)
    assert done.code == 3
    assert f"error[ACE171]: `hooks/h.py` cannot be used: `hooks/{link}`" in done.err
    assert "is a link" in done.err


def test_what_is_no_file_or_has_no_portable_name_is_refused(cli, files, tmp_path):
    odd = tmp_path / "theirs/hooks/a b.py"
    odd.write_text("")
    assert "`hooks/a b.py`, which a module could load: a file name" in cli("trust", PATTERN).err
    odd.unlink()
    os.mkfifo(tmp_path / "theirs/hooks/pipe")
    assert "`hooks/pipe`, which a module could load, is no file" in cli("trust", PATTERN).err


def test_too_many_files_beside_a_hook_are_refused(cli, files, tmp_path):
    for number in range(2001):
        (tmp_path / f"theirs/hooks/{number}.js").touch()
    assert "`hooks` holds more than 2,000 files" in cli("trust", PATTERN).err


def test_a_module_without_a_folder_has_nothing_beside_it(cli, write):
    write("theirs/p.yml", f"name: p\n{MODEL}generators: [g.js]\n")
    write("theirs/g.js", "")
    write("theirs/other.js", "")
    said = cli("trust", "theirs/p.yml", "--json").json
    assert [item["path"] for item in said["files"]] == ["p.yml", "p/g.js"]


@pytest.mark.parametrize(
    "text",
    [
        "templates: {src/a.ts: a.ts}",
        "functions: [{name: work, url: true, source: a.ts}]",
        "schema: {" + MODEL.strip() + ", queries: [{name: find, returns: string, "
        "authorization: [{allow: authenticated}], handler: {resolver: a.js, data_source: A}}]}",
    ],
)
def test_files_that_become_part_of_the_project_are_code(cli, write, tmp_path, text):
    write("theirs/p.yml", f"name: p\n{text if 'schema' in text else MODEL + text}\n")
    write("theirs/a.ts", "export const handler = 1;\n")
    write("theirs/a.js", "export const request = 1;\n")
    done = cli("generate", "theirs/p.yml", "--output", "app", "--json")
    assert done.code == 4
    assert done.json["error"] == (
        "`p` brings code into the project, and you have not trusted it as it is"
    )
    assert (
        f"ace trust theirs/p.yml; where nobody can be asked, add: --trust {done.json['hash']}"
        in (done.json["hint"])
    )
    assert not (tmp_path / "app").exists()
    assert cli("generate", "theirs/p.yml", "--output", "app", "--dry-run").code == 0
    assert cli("generate", "theirs/p.yml", "--output", "app", "--diff").code == 0
    assert (
        cli("generate", "theirs/p.yml", "--output", "app", "--trust", done.json["hash"]).code == 0
    )
    # That was for once.
    assert cli("generate", "theirs/p.yml", "--output", "app").code == 4


def test_files_that_lie_in_the_project_bring_nothing(cli, brought, write, tmp_path):
    assert cli("generate", "theirs/p.yml").code == 0
    write("app/.ace-flow/patterns/q.yml", f"name: q\n{MODEL}templates: {{src/a.ts: t/a.ts}}\n")
    write("app/.ace-flow/t/a.ts", "export {};\n")
    assert cli("generate", "q", cwd=tmp_path / "app").code == 0
    # Of a project with several applications, one may be written into a folder of it.
    write(".ace-flow/patterns/s.yml", f"name: s\n{MODEL}templates: {{src/a.ts: t/a.ts}}\n")
    write(".ace-flow/t/a.ts", "export {};\n")
    assert cli("generate", "s", "--output", "other").code == 0
    assert cli("generate", "s", "--output", tmp_path.parent / f"{tmp_path.name}-o").code == 4
    # What they extend need not lie there.
    write("theirs/app/r.yml", "name: r\nextends: p\n")
    cli("register-pattern", "theirs/p.yml")
    assert cli("generate", "r.yml", cwd=tmp_path / "theirs/app").code == 4
    # A link in the project leads out of it.
    write("linked/.keep", "")
    (tmp_path / "linked/theirs").symlink_to(tmp_path / "theirs")
    assert cli("generate", "theirs/p.yml", cwd=tmp_path / "linked").code == 4


def test_hooks_have_to_be_trusted_also_in_the_project(cli, write):
    write("p.yml", f"name: p\n{MODEL}hooks: [hooks/h.js]\n")
    write("hooks/h.js", "")
    done = cli("generate", "p.yml")
    assert done.code == 4
    assert "`p` runs programs, and you have not trusted it as it is" in done.err


def test_what_comes_with_ace_and_what_is_data_needs_no_trust(cli, write, own_trust):
    write("theirs/p.yml", f"name: p\n{MODEL}")
    write("theirs/q.yml", "name: q\nextends: simple_crud\n")
    for name in ("simple_crud", "e_commerce", "theirs/p.yml", "theirs/q.yml"):
        done = cli("trust", name, "--json")
        assert (done.code, done.json["class"], done.json["trusted"]) == (0, "data", True)
        assert name == "e_commerce" or cli("generate", name, "-o", done.json["name"]).code == 0
    assert [item["path"] for item in done.json["files"]] == ["q.yml"]
    assert not own_trust.exists()


def test_another_hash_than_the_one_stated_is_refused(cli, brought):
    other = "h1:" + base64.b64encode(b"x" * 32).decode()
    done = cli("generate", "theirs/p.yml", "--output", "app", "--trust", other)
    assert done.code == 4
    assert "has another hash than `--trust` names" in done.err
    done = cli("trust", "theirs/p.yml", "--hash", other)
    assert done.code == 3
    assert "somebody changed it since" in done.err
    for command in (["generate", "theirs/p.yml", "--trust"], ["trust", "theirs/p.yml", "--hash"]):
        done = cli(*command, "h1:short")
        assert done.code == 3
        assert "`h1:short` is no hash of code" in done.err


def test_no_answer_for_all_questions_gives_trust(cli, brought):
    assert cli("generate", "theirs/p.yml", "--output", "app", "--yes").code == 2
    assert cli("generate", "theirs/p.yml", "--output", "app", "--defaults").code == 4
    assert cli("generate", "theirs/p.yml", "--output", "app", "--adopt").code == 4


def test_decisions_are_listed_and_taken_back(cli, files, brought, own_trust):
    assert cli("trust", "--list").out.startswith("you have trusted no code")
    for reference in (PATTERN, "theirs/p.yml"):
        assert cli("trust", reference, "--hash", tree(cli, reference)).out.endswith("trusted\n")
    assert stat.S_IMODE(own_trust.stat().st_mode) == 0o600
    found = cli("trust", "--list", "--json").json
    assert [(item["name"], item["class"]) for item in found] == [("child", "runs"), ("p", "brings")]
    assert found[0]["hash"] in cli("trust", "--list").out
    assert cli("untrust", "chil").err.endswith("did you mean `child`?\n")
    assert cli("untrust", "chil").code == 5
    assert cli("untrust", "child", "--json").json == [found[0]]
    assert cli("untrust", found[1]["hash"]).out == f"not trusted any more: p {found[1]['hash']}\n"
    assert cli("generate", "theirs/p.yml", "--output", "app").code == 4
    assert cli("trust", "--list", "p").code == 3


def test_all_that_runs_is_shown_however_much_it_is(cli, write):
    scripts = "".join(f"- {{name: n{number}, script: run-{number}}}\n" for number in range(60))
    write(".ace-flow/hooks.yml", f"post_generation:\n{scripts}")
    for number in range(60):
        write(f".ace-flow/hooks/lib/f{number}.txt", "x")
    write(".ace-flow/hooks/h.py", "def ace_pre_generation(context): pass\n")
    shown = cli("trust").out
    assert all(f"n{number}: run-{number}\n" in shown for number in range(60))
    assert shown.count("/lib/f") < 60
    assert "more; --json lists all" in shown


def test_the_hooks_of_the_project_are_shown_without_a_name(cli, write):
    assert cli("trust").code == 5
    write(".ace-flow/hooks/check.py", "x = 1\n")
    write(".ace-flow/hooks/notes.md", "\n")
    said = cli("trust", "--json").json
    assert (said["class"], said["runs"]) == ("runs", [".ace-flow/hooks/check.py"])
    assert [item["path"] for item in said["files"]] == [
        ".ace-flow/hooks/check.py",
        ".ace-flow/hooks/notes.md",
    ]
    assert cli("trust", "--hash", said["hash"]).code == 0
    assert cli("trust").code == 0


def test_a_project_cannot_trust_itself(cli, brought, write, own_trust, monkeypatch, tmp_path):
    cli("trust", "theirs/p.yml", "--hash", tree(cli, "theirs/p.yml"))
    write(".ace-flow/trust.json", own_trust.read_text())
    write("trust.json", own_trust.read_text())
    write("config/ace/trust.json", own_trust.read_text())
    own_trust.unlink()
    assert cli("generate", "theirs/p.yml", "--output", "app").code == 4
    for folder in (".", ".ace-flow", str(tmp_path), str(tmp_path / ".ace-flow")):
        monkeypatch.setenv("ACE_CONFIG_DIR", folder)
        done = cli("generate", "theirs/p.yml", "--output", "app")
        assert done.code == 3
        assert "another folder in every project" in done.err or "inside of a project" in done.err
    # Also from outside of that project.
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    outside.mkdir()
    assert cli("generate", str(brought), "--output", "app", cwd=outside).code == 3
    monkeypatch.delenv("ACE_CONFIG_DIR")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    assert cli("generate", "theirs/p.yml", "--output", "app").code == 3


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such bits")
def test_a_file_that_others_can_write_does_not_count(cli, brought, own_trust):
    cli("trust", "theirs/p.yml", "--hash", tree(cli, "theirs/p.yml"))
    for place, mode in ((own_trust, 0o620), (own_trust.parent, 0o777)):
        before = place.stat().st_mode
        place.chmod(mode)
        done = cli("generate", "theirs/p.yml", "--output", "app")
        assert done.code == 3
        assert "others may write" in done.err
        place.chmod(before)
    assert cli("generate", "theirs/p.yml", "--output", "app").code == 0


@pytest.mark.parametrize(
    "text",
    [
        *("", "[]", "{", "{}", '{"version": 1}', '{"version": 1, "trusted": [{}]}', "\xff"),
        *("[" * 9999, '{"version": 2, "trusted": []}'),
        '{"version": 1, "trusted": [{"tree": 1, "class": 1}]}',
    ],
)
def test_a_damaged_file_of_decisions_trusts_nothing(cli, brought, own_trust, text):
    own_trust.write_text(text, encoding="latin-1")
    done = cli("generate", "theirs/p.yml", "--output", "app")
    assert done.code == 3
    assert "is damaged" in done.err or "newer ace" in done.err
    assert own_trust.read_text(encoding="latin-1") == text


def test_trust_for_what_was_brought_is_none_for_what_runs(files, own_trust, tmp_path):
    session = Session(tmp_path)
    checked = session.check(PATTERN)
    session.gate.store.grant(session.code_of(checked))
    own_trust.write_text(own_trust.read_text().replace("runs", "brings"))
    session.require_trust(checked, Klass.BRINGS)
    with pytest.raises(TrustError):
        session.require_trust(checked)


def test_decisions_of_processes_at_the_same_time_are_all_kept(own_trust, tmp_path):
    program = (
        "import sys; from pathlib import Path; from ace_flow.registry import *\n"
        "code = code_of_files({sys.argv[1]: b''}, name=sys.argv[1], reference='', origin='',"
        " klass=Klass.RUNS, runs=())\n"
        f"TrustStore(Path({str(own_trust)!r})).grant(code)\n"
    )
    started = [
        subprocess.Popen([sys.executable, "-c", program, f"n{number}"]) for number in range(8)
    ]
    assert [process.wait(60) for process in started] == [0] * 8
    assert len(TrustStore(own_trust).decisions()) == 8
    assert len(json.loads(own_trust.read_text())["trusted"]) == 8


def test_a_file_that_cannot_be_written_leaves_the_old_one(own_trust, monkeypatch, files, tmp_path):
    session = Session(tmp_path)
    code = session.code_of(session.check(PATTERN))
    monkeypatch.setattr(os, "fsync", lambda _: (_ for _ in ()).throw(OSError("full")))
    with pytest.raises(OSError, match="full"):
        session.gate.store.grant(code)
    assert not list(own_trust.parent.glob("*trust*.json"))
    assert not list(own_trust.parent.glob(".trust*"))


def test_names_of_strangers_are_harmless_on_a_terminal(cli, write):
    write("theirs/p.yml", f"name: p\n{MODEL}templates: {{src/a.ts: a.ts}}\n")
    write("theirs/a.ts", "")
    write("\x1b[2J/p.yml", (f"name: p\n{MODEL}templates: {{src/a.ts: a.ts}}\n"))
    write("\x1b[2J/a.ts", "")
    done = cli("trust", "\x1b[2J/p.yml")
    assert "\\x1b[2J" in done.out
    assert "\x1b" not in done.out + done.err


def test_nobody_is_asked_without_a_terminal(brought, tmp_path):
    done = subprocess.run(
        ["/bin/sh", "-c", f"{sys.executable} -m ace_flow generate theirs/p.yml -o app <&-"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 4
    assert "--trust h1:" in done.stderr


def test_somebody_at_a_terminal_is_asked_once(brought, own_trust, tmp_path):
    generate = ["generate", "theirs/p.yml", "--output", "app"]
    question = "Trust it as it is now? [y/N]:"
    refused = converse(generate, tmp_path, [(question, "\n")])
    assert refused.code == 4
    assert "p/a.ts  11 B" in refused.screen
    assert not (tmp_path / "app").exists()
    assert not own_trust.exists()
    agreed = converse(generate, tmp_path, [(question, "y\n")])
    assert agreed.code == 0
    assert question not in converse(generate, tmp_path, []).screen


def test_the_command_asks_as_well_and_can_be_left(brought, own_trust, tmp_path):
    question = "Trust it as it is now? [y/N]:"
    assert converse(["trust", "theirs/p.yml"], tmp_path, [(question, "\x03")]).code == 130
    assert converse(["trust", "theirs/p.yml"], tmp_path, [(question, "n\n")]).code == 4
    assert not own_trust.exists()
    assert converse(["trust", "theirs/p.yml"], tmp_path, [(question, "y\n")]).code == 0
    # With --json there is one document and no question.
    assert '"trusted": true' in converse(["trust", "theirs/p.yml", "--json"], tmp_path, []).screen


def test_the_file_of_decisions_may_be_a_link_to_one_elsewhere(files, tmp_path, monkeypatch):
    real = tmp_path.parent / f"{tmp_path.name}-dotfiles"
    real.mkdir()
    link = tmp_path.parent / f"{tmp_path.name}-config"
    link.symlink_to(real)
    monkeypatch.setenv("ACE_CONFIG_DIR", str(link))
    session = Session(tmp_path)
    code = session.code_of(session.check(PATTERN))
    session.gate.store.grant(code)
    assert session.gate.store.is_trusted(code)
    assert (real / "trust.json").is_file()
    monkeypatch.setenv("ACE_CONFIG_DIR", "relative")
    with pytest.raises(ConfigurationError):
        session.gate.store.decisions()
