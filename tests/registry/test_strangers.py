"""What other users put around a folder, as anybody can in one like `/tmp`, does not count."""

from __future__ import annotations

import os

import pytest

from ace_flow.deploy import deploy
from ace_flow.diagnostics import ConfigurationError, NotFoundError, TrustError
from ace_flow.generate import Wishes, generate
from ace_flow.local.packages import project_packages
from ace_flow.project import Formatter
from ace_flow.session import Session
from ace_flow.workspace import project_folder, project_root, with_package

PATTERN = """\
name: iot_platform
models: [{name: A, fields: [{name: x, type: string}], authorization: [{allow: owner}]}]
templates: {src/theirs.ts: theirs.ts}
"""

pytestmark = pytest.mark.skipif(os.name == "nt", reason="owners do not tell there who may write")


@pytest.fixture
def shared(tmp_path):
    """Return a folder into which everybody may write, with a project of ours in it."""
    folder = tmp_path / "shared"
    (folder / "mine" / "src").mkdir(parents=True)
    folder.chmod(0o1777)
    return folder


@pytest.fixture
def theirs(shared, given_away):
    """Return a stranger's `.ace-flow` around ours, with a pattern and a state."""
    folder = shared / ".ace-flow"
    (folder / "patterns").mkdir(parents=True)
    (folder / "patterns" / "iot_platform.yml").write_text(PATTERN)
    (folder / "patterns" / "theirs.ts").write_text("export {};\n")
    (folder / "state.json").write_text("{}")
    return given_away(folder)


def test_a_stranger_brings_no_patterns(shared, theirs):
    session = Session(shared / "mine")
    assert session.find("iot_platform").origin == "example"
    assert session.catalog.consulted()[:3] == [
        shared / "mine" / ".ace-flow" / "patterns",
        theirs / "patterns",
        theirs,
    ]
    with pytest.raises(NotFoundError, match="no pattern") as caught:
        session.find("qqqqqqqq")
    assert caught.value.hint.startswith(f"{theirs} is another user's")


def test_a_file_of_a_stranger_is_not_brought_in_without_trust(shared, theirs):
    file = "../.ace-flow/patterns/iot_platform.yml"
    with pytest.raises(TrustError, match="brings code"):
        generate(Session(shared / "mine"), file, shared / "mine" / "app", Wishes())
    assert not (shared / "mine" / "app").exists()


def test_a_stranger_makes_no_project_of_the_folders_around(shared, theirs):
    inside = shared / "mine" / "src"
    assert project_root(inside) == inside
    assert project_folder(inside) is None
    # In such a folder itself, everybody has what is theirs.
    assert project_folder(shared) is None


def test_a_link_of_a_stranger_to_a_folder_of_ours_does_not_count(shared, tmp_path, given_away):
    (tmp_path / "other" / ".ace-flow" / "patterns").mkdir(parents=True)
    link = shared / ".ace-flow"
    link.symlink_to(tmp_path / "other" / ".ace-flow")
    given_away(link)
    assert project_folder(shared / "mine") is None


def test_what_is_ours_around_counts_and_so_does_the_folder_of_another_that_one_works_in(
    shared, tmp_path, given_away
):
    (shared / ".ace-flow" / "patterns").mkdir(parents=True)
    assert project_folder(shared / "mine") == shared / ".ace-flow"
    mounted = tmp_path / "mounted"
    (mounted / ".ace-flow" / "patterns").mkdir(parents=True)
    (mounted / ".ace-flow" / "state.json").write_text("{}")
    given_away(mounted)
    assert project_folder(mounted) == mounted / ".ace-flow"
    assert project_root(mounted) == mounted


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root was somebody before")
def test_what_was_theirs_before_sudo_is_theirs(shared, theirs, monkeypatch):
    monkeypatch.setenv("SUDO_UID", str(theirs.lstat().st_uid))
    assert project_folder(shared / "mine") == theirs


def packages(folder):
    for name in (".bin/ampx", "prettier/package.json", "tsx/package.json"):
        file = folder / "node_modules" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("{}")
    return folder / "node_modules"


def test_packages_of_a_stranger_are_not_taken(shared, given_away):
    mine = shared / "mine"
    (mine / "amplify").mkdir()
    (mine / "amplify" / "backend.ts").write_text("")
    (mine / "package.json").write_text("{}")
    packages(shared)
    assert with_package(mine, "prettier") == shared
    assert project_packages(mine).missing == ("@aws-amplify/backend",)
    given_away(shared / "node_modules")
    assert with_package(mine, "prettier") is None
    assert project_packages(mine).missing == ("@aws-amplify/backend", "tsx")
    formatter = Formatter(mine)
    assert formatter.format([("a.js", b"1")]) is None
    assert formatter.missing == "Prettier is not installed in the project"
    # What lies nearer is what Node takes, and so hides what is ours.
    packages(mine)
    assert with_package(mine / "src", "prettier") == mine
    given_away(mine / "node_modules")
    assert with_package(mine / "src", "prettier") is None


@pytest.mark.parametrize("name", [".prettierrc.mjs", "eslint.config.js", "package.json"])
def test_settings_of_a_stranger_are_not_run(shared, given_away, name):
    mine = shared / "mine"
    packages(mine)
    (shared / name).write_text("{}")
    given_away(shared / name)
    formatter = Formatter(mine)
    assert formatter.format([("a.js", b"1")]) is None
    assert formatter.missing.startswith(str(shared / name))


@pytest.mark.parametrize("where", ["state", "program"])
def test_nothing_of_a_stranger_deploys(shared, given_away, where):
    mine = shared / "mine"
    generate(Session(mine), "simple_crud", mine, Wishes())
    program = packages(shared) / ".bin" / "ampx"
    program.write_text(f"#!/bin/sh\ntouch {shared}/ran\n")
    program.chmod(0o755)
    given_away(shared / "node_modules")
    if where == "state":
        (mine / ".ace-flow").rename(shared / ".ace-flow")
        given_away(shared / ".ace-flow")
    wrong = NotFoundError if where == "state" else ConfigurationError
    with pytest.raises(wrong) as caught:
        deploy(Session(mine), None, ())
    assert not (shared / "ran").exists()
    assert ("another user's" if where == "state" else "run: npm install") in caught.value.hint


def test_a_pattern_that_hides_an_example_is_told_of(tmp_path):
    folder = tmp_path / ".ace-flow" / "patterns"
    folder.mkdir(parents=True)
    (folder / "x.yml").write_text(PATTERN.replace("templates", "#"))
    said = [item.message for item in Session(tmp_path).check("iot_platform").findings]
    assert ".ace-flow/patterns/x.yml hides the example pattern of the same name" in said
