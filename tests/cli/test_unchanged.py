"""Nothing to do is known by the status of all that matters, and by nothing less."""

from __future__ import annotations

import os
import time

import pytest

from ace_flow import generate as story
from ace_flow import unchanged
from ace_flow.unchanged import note_seen, up_to_date

NOTES = """\
    name: notes
    application: false
    extends: base
    models:
      - {name: Note, fields: [{name: text, type: string}]}
    templates:
      "src/{{ model.name }}.ts": {source: templates/model.ts.j2, for_each: model}
    """
BASE = "name: base\nmodels: [{name: Tag, fields: [{name: text, type: string}]}]\n"
ASKED = ["generate", "notes", "--output", "app"]


@pytest.fixture
def project(cli, write, tmp_path, trusting, monkeypatch):
    """Generate until all is noted."""
    monkeypatch.setenv("ACE_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("ACE_STORE", str(tmp_path / "store.sqlite3"))
    write(".ace-flow/patterns/notes.yml", NOTES)
    write(".ace-flow/patterns/base.yml", BASE)
    write(".ace-flow/patterns/templates/model.ts.j2", "export type {{ model.name }} = string;\n")
    trusting("notes", tmp_path)
    time.sleep(0.05)  # what was just written may change again in the same tick of the clock
    assert cli(*ASKED).code == 0
    assert up_to_date(ASKED) == "app"
    return tmp_path


def settle(cli):
    time.sleep(0.05)
    assert cli(*ASKED).out == "nothing to do: app is up to date\n"
    assert up_to_date(ASKED) == "app"


@pytest.fixture
def in_one_tick(project, monkeypatch):
    """Let nothing that happens from now on show in the status of files."""
    monkeypatch.setattr(unchanged, "_status", lambda path: [0] if os.path.lexists(path) else None)
    monkeypatch.setattr(unchanged, "_is_fresh", lambda _, now: now > 0)
    return project


def test_what_was_just_written_is_told_by_its_content(in_one_tick):
    outputs = ("src/Note.ts", "src", "src/None.ts")
    note_seen("app", "notes", 0, inputs=(), outputs=outputs)
    assert up_to_date(ASKED) == "app"
    file = in_one_tick / "app/src/Note.ts"
    text = file.read_text()
    file.write_text("// mine\n")
    assert up_to_date(ASKED) is None
    file.write_text(text)
    assert up_to_date(ASKED) == "app"
    (in_one_tick / "app/src/More.ts").touch()
    assert up_to_date(ASKED) is None


def test_it_says_what_the_command_says(project, ace):
    assert ace(*ASKED) == (0, "nothing to do: app is up to date\n", "")


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (".ace-flow/patterns/notes.yml", "\n"),
        (".ace-flow/patterns/base.yml", "\n"),
        (".ace-flow/patterns/other.yml", "name: other\n"),
        (".ace-flow/patterns/templates/model.ts.j2", "\n"),
        ("app/src/Note.ts", "// mine\n"),
        ("app/.ace-flow/state.json", "\n"),
        ("store.sqlite3", ""),
        (".ace-flow/templates/model.ts.j2", "in another place\n"),
    ],
)
def test_a_change_of_what_matters_is_seen(project, cli, path, text):
    file = project / path
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a") as opened:
        opened.write(text)
    seen = path != ".ace-flow/templates/model.ts.j2"
    # The template is found in the pattern's folder first: one in another place changes nothing,
    # but that takes a look.
    assert up_to_date(ASKED) is None
    assert cli(*ASKED).code in ({0, 3, 4} if seen else {0})


@pytest.mark.skipif(os.name == "nt", reason="modes do not tell there who may write")
def test_what_was_seen_is_neither_read_nor_noted_where_others_may_write(project, cli):
    seen = project / "cache" / "seen"
    seen.chmod(0o777)
    assert up_to_date(ASKED) is None
    (note,) = seen.iterdir()
    note.unlink()
    assert cli(*ASKED).code == 0
    assert list(seen.iterdir()) == []
    seen.chmod(0o700)
    settle(cli)
    assert [file.name for file in seen.iterdir()] == [note.name]


def test_a_file_of_the_same_size_and_time_is_not_the_same(project):
    file = project / "app/src/Note.ts"
    status = file.stat()
    file.write_text(file.read_text().replace("string", "number"))
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert file.stat().st_size == status.st_size
    assert up_to_date(ASKED) is None


def test_a_file_that_is_gone_is_seen(project):
    (project / "app/src/Tag.ts").unlink()
    assert up_to_date(ASKED) is None


def test_what_was_written_anew_is_noted_anew(project, cli, write, trusting):
    write(".ace-flow/patterns/templates/model.ts.j2", "export type {{ model.name }} = number;\n")
    trusting("notes", project)
    assert cli(*ASKED).out.endswith("app: 2 updated\n")
    settle(cli)


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["validate-pattern", "notes"],
        ["generate", "base", "--output", "app"],
        ["generate", "--output", "app"],
        ["generate", "notes"],
        ["generate", "notes", "--output"],
        ["generate", "notes", "--output", "app", "--json"],
        ["generate", "notes", "more", "--output", "app"],
    ],
)
def test_other_commands_are_not_answered(project, arguments):
    assert up_to_date(arguments) is None


@pytest.mark.parametrize("spelling", [["--output=app"], ["-o", "app"]])
def test_the_folder_may_be_spelt_otherwise(project, spelling):
    assert up_to_date(["generate", "notes", *spelling]) == "app"


def test_another_place_or_store_is_another_question(project, monkeypatch):
    monkeypatch.setenv("ACE_STORE", "elsewhere.sqlite3")
    assert up_to_date(ASKED) is None
    monkeypatch.setenv("ACE_STORE", str(project / "store.sqlite3"))
    assert up_to_date(ASKED) == "app"
    monkeypatch.chdir(project / "app")
    assert up_to_date(["generate", "notes", "--output", "."]) is None


def test_what_is_there_to_be_said_is_said_each_time(project, cli, write):
    (project / "app/src/Tag.ts").unlink()
    for _ in range(2):
        assert "stay deleted" in cli(*ASKED).out
    assert up_to_date(ASKED) is None


def test_a_pattern_that_changed_while_it_was_generated_is_read_again(project, cli, monkeypatch):
    (project / "app/src/Note.ts").unlink()
    (project / "cache/seen").rename(project / "cache/before")
    file = project / ".ace-flow/patterns/base.yml"

    def later(*arguments):
        done = applied(*arguments)
        file.write_text(file.read_text() + "# saved meanwhile\n")
        time.sleep(0.05)
        return done

    applied = story.apply
    monkeypatch.setattr(story, "apply", later)
    (project / ".ace-flow/patterns/templates/model.ts.j2").write_text("export {};\n")
    assert cli(*ASKED).code == 0
    assert up_to_date(ASKED) is None


def test_another_python_is_another_question(project, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "elsewhere")
    assert up_to_date(ASKED) is None


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"circumstances": 1}', '{"inputs": []}'])
def test_a_note_that_somebody_spoilt_is_none(project, text):
    [note] = (project / "cache" / "seen").iterdir()
    note.write_text(text)
    assert up_to_date(ASKED) is None


def test_a_cache_that_cannot_be_written_changes_nothing(project, cli, monkeypatch):
    monkeypatch.setenv("ACE_CACHE_DIR", str(project / "store" / "cache"))
    (project / "store").write_text("a file")
    assert cli(*ASKED).out == "nothing to do: app is up to date\n"
    assert up_to_date(ASKED) is None
