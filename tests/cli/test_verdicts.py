"""A pattern that was checked before is recalled as it was, and not when anything is otherwise."""

from __future__ import annotations

import hashlib
import os
import pickle
from pathlib import Path

import pytest

from ace_flow import verdicts
from ace_flow.generate import check_project
from ace_flow.rendering import render_files
from ace_flow.session import Session
from ace_flow.workspace import shipped

SHIPPED = sorted(path.stem for path in shipped("patterns").rglob("*.yml"))
CHILD = """
name: child
extends: [base]
models:
  - name: Box
    fields: [{name: size, type: integer}]
    authorization: [{allow: owner}]
"""
BASE = """
name: base
version: 1.0.0
application: false
templates:
  "out/{{ pattern.name }}.txt": templates/names.txt.j2
models:
  - name: Lid
    fields: [{name: colour, type: string}]
    authorization: [{allow: owner}]
"""
TEMPLATE = "{% for model in pattern.models %}{{ model.name }}\n{% endfor %}"


@pytest.fixture
def cache(tmp_path, monkeypatch):
    monkeypatch.setenv("ACE_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache" / "verdicts"


@pytest.fixture
def project(tmp_path, cache):
    folder = tmp_path / "project" / ".ace-flow" / "patterns"
    (folder / "templates").mkdir(parents=True)
    (folder / "child.yml").write_text(CHILD)
    (folder / "base.yml").write_text(BASE)
    (folder / "templates" / "names.txt.j2").write_text(TEMPLATE)
    return tmp_path / "project"


def session(root, release="a release"):
    """Return a session of a release: of a checkout, nothing is kept."""
    made = Session(root)
    made.__dict__["_release"] = release
    return made


def known(root, reference="child", release="a release"):
    """Return what the next run of a release knows of a pattern."""
    now = session(root, release)
    return now.recall(now.find(reference))


def whose(checked):
    """Return the files that a pattern names, with the documents that do."""
    return [(checked.owner(file), file.path) for file in checked.pattern.files]


@pytest.mark.parametrize("name", SHIPPED)
def test_what_is_recalled_is_what_was_checked(tmp_path, cache, name):
    first = session(tmp_path)
    checked = first.check(name)
    recalled = known(tmp_path, name)
    if checked.findings or checked.pattern.parameters:
        assert recalled is None
        return
    assert recalled.filled is None
    assert recalled.pattern == checked.pattern
    assert whose(recalled) == whose(checked)
    assert recalled.additions == checked.additions
    assert recalled.files == checked.files
    assert recalled.entries == checked.entries
    assert first.code_of(recalled) == first.code_of(checked)
    assert first.revision(recalled) == first.revision(checked)
    assert render_files(first, recalled) == render_files(first, checked)


def test_enough_of_what_is_shipped_is_kept(tmp_path, cache):
    for name in SHIPPED:
        session(tmp_path).check(name)
    assert len(list(cache.iterdir())) > len(SHIPPED) / 2


def test_parents_and_their_files_are_recalled(project):
    checked = session(project).check("child")
    recalled = known(project)
    assert [entry.location for entry in recalled.entries] == [
        entry.location for entry in checked.entries
    ]
    assert recalled.files == checked.files
    (file,) = render_files(session(project), recalled)
    assert file.content == b"Lid\nBox\n"


def test_files_are_of_who_named_them_however_they_are_changed(project):
    patterns = project / ".ace-flow" / "patterns"
    (patterns / "sub").mkdir()
    (patterns / "kid.yml").write_text(
        "name: kid\nextends: [e_commerce]\nfunctions: [{name: registering, timeout: 20}]\n"
    )
    checked = session(project).check("kid")
    recalled = known(project, "kid")
    assert whose(recalled) == whose(checked)
    assert {Path(owner).name for owner, _ in whose(recalled)} == {"e_commerce.yml"}
    assert render_files(session(project), recalled) == render_files(session(project), checked)


def test_templates_of_two_parents_are_theirs(project):
    patterns = project / ".ace-flow" / "patterns"
    (patterns / "other.yml").write_text(
        BASE.replace("base", "other").replace("out/", "more/").replace("Lid", "Cap")
    )
    (patterns / "both.yml").write_text("name: both\napplication: false\nextends: [base, other]\n")
    checked = session(project).check("both")
    recalled = known(project, "both")
    assert whose(recalled) == whose(checked)
    assert len({owner for owner, _ in whose(recalled)}) == 2


@pytest.mark.parametrize("file", ["child.yml", "base.yml"])
def test_another_document_is_not_known(project, file):
    session(project).check("child")
    place = project / ".ace-flow" / "patterns" / file
    place.write_text(place.read_text() + "# more\n")
    assert known(project) is None


def test_of_a_changed_template_only_that_is_checked_again(project):
    session(project).check("child")
    template = project / ".ace-flow" / "patterns" / "templates" / "names.txt.j2"
    template.write_text("{{ pattern.name }}")
    recalled = known(project)
    assert list(recalled.files.values()) == [b"{{ pattern.name }}"]
    assert known(project).files == recalled.files
    template.write_text("{% if %}")
    assert known(project) is None
    template.write_bytes(b"\xff")
    assert known(project) is None
    template.unlink()
    assert known(project) is None


def test_a_template_that_leads_elsewhere_is_not_known(project):
    session(project).check("child")
    template = project / ".ace-flow" / "patterns" / "templates" / "names.txt.j2"
    template.rename(project / "names.txt.j2")
    template.symlink_to(project / "names.txt.j2")
    assert known(project) is None


def test_a_parent_that_is_another_one_now_is_not_known(project):
    patterns = project / ".ace-flow" / "patterns"
    session(project).check("child")
    (patterns / "base.yml").rename(patterns / "other.yml")
    assert known(project) is None
    (patterns / "other.yml").unlink()
    assert known(project) is None


def test_the_same_file_is_known_by_its_path_and_by_its_name(project):
    session(project).check(".ace-flow/patterns/child.yml")
    recalled = known(project)
    assert recalled.entry.origin == "project"
    assert recalled.pattern == known(project, "./.ace-flow/patterns/child.yml").pattern


def test_of_a_pattern_that_hides_an_example_that_is_told(project):
    place = project / ".ace-flow" / "patterns" / "iot_platform.yml"
    place.write_text(CHILD.replace("child", "iot_platform"))
    first = session(project).check(".ace-flow/patterns/iot_platform.yml")
    assert first.findings == ()
    assert known(project, "iot_platform") is None
    assert [item.code for item in session(project).check("iot_platform").findings] == ["ACE184"]


def test_another_release_knows_nothing(project):
    session(project).check("child")
    assert known(project, release="the next one") is None


def test_a_checkout_keeps_nothing(project, cache):
    made = Session(project)
    made.check("child")
    assert made.recall(made.find("child")) is None
    assert not cache.exists()


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(("[base]", "['base@>=1']"), id="a range of versions"),
        pytest.param(
            ("name: child", "name: child\nparameters: {n: {type: string, default: x}}"),
            id="parameters",
        ),
        pytest.param(("name: child", "name: child\nhooks: [hooks/a.py]"), id="hooks"),
        pytest.param(("allow: owner", "allow: guest"), id="a warning"),
    ],
)
def test_what_is_not_settled_by_texts_is_not_kept(project, cache, change):
    place = project / ".ace-flow" / "patterns" / "child.yml"
    place.write_text(CHILD.replace(*change))
    if "hooks" in change[1]:
        (place.parent / "hooks").mkdir()
        (place.parent / "hooks" / "a.py").write_text("")
    session(project).check("child")
    assert not cache.exists()


@pytest.mark.parametrize("folder", ["hooks", "generators"])
def test_beside_modules_everything_is_looked_at(project, folder):
    session(project).check("child")
    (project / ".ace-flow" / "patterns" / folder).mkdir()
    assert known(project) is None


class Evil:
    def __reduce__(self):
        return os.mkdir, ("evil",)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"\x80\x05N.", id="None"),
        pytest.param(pickle.dumps((1, 2, 3)), id="another form"),
        pytest.param(pickle.dumps(((), (), (), b"x")), id="no pattern"),
        pytest.param(pickle.dumps(Evil()), id="a call"),
        pytest.param(pickle.dumps(((), (), (), pickle.dumps(Evil()))), id="a call inside"),
        pytest.param(b"cos\nsystem\n(S'true'\ntR.", id="a shell"),
        pytest.param(b"cace_flow.model.data\nannotations\n.", id="no record"),
        pytest.param(b"cace_flow.model\n__builtins__\n.", id="what Python has"),
        pytest.param(b"\x80\x05\x8e" + b"\xff" * 8 + b".", id="more than there is room for"),
    ],
)
def test_nothing_is_made_of_what_is_no_pattern(project, cache, tmp_path, monkeypatch, content):
    monkeypatch.chdir(tmp_path)
    session(project).check("child")
    (file,) = cache.iterdir()
    for whole in (content, hashlib.sha256(content).digest() + content):
        file.write_bytes(whole)
        assert known(project) is None
    assert not Path("evil").exists()
    session(project).check("child")
    assert known(project) is not None


def test_half_a_file_and_one_with_another_bit_are_none(project, cache):
    session(project).check("child")
    (file,) = cache.iterdir()
    whole = file.read_bytes()
    for place in range(0, len(whole), 7):
        file.write_bytes(whole[:place])
        assert known(project) is None
        file.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert known(project) is None
    file.write_bytes(whole)
    assert known(project) is not None


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such bits")
def test_what_others_may_write_is_not_used(project, cache):
    session(project).check("child")
    cache.chmod(0o777)
    assert known(project) is None


def test_what_is_known_is_not_what_was_known(project):
    made = session(project)
    made.check("child")
    place = project / ".ace-flow" / "patterns" / "child.yml"
    assert made.recall(made.find("child")) is not None
    place.write_text(CHILD.replace("Box", "Bin"))
    assert made.recall(made.find("child")) is None
    assert made.check("child").pattern.model("Bin")


def test_the_oldest_are_removed(project, cache, monkeypatch):
    monkeypatch.setattr(verdicts, "_MOST_KEPT", 3)
    place = project / ".ace-flow" / "patterns" / "child.yml"
    for number in range(5):
        place.write_text(f"{CHILD}# {number}\n")
        session(project).check("child")
    assert len(list(cache.iterdir())) == 3
    assert known(project) is not None


def test_places_are_told_of_what_is_known(project, cli, monkeypatch):
    monkeypatch.setattr("ace_flow.session.release", lambda *_: "a release")
    template = project / ".ace-flow" / "patterns" / "templates" / "names.txt.j2"
    base = template.parents[1] / "base.yml"
    base.write_text(
        BASE.replace(
            "templates/names.txt.j2", "{source: templates/names.txt.j2, when: 'pattern.nothing.at'}"
        )
    )
    first = cli("generate", "child", "-o", "app", cwd=project)
    assert known(project) is not None
    second = cli("generate", "child", "-o", "app", cwd=project)
    assert first.code == second.code == 3
    assert first.err == second.err
    assert "base.yml:6" in first.err


def test_a_project_keeps_its_pattern_that_is_known(project, cli, monkeypatch):
    monkeypatch.setattr("ace_flow.session.release", lambda *_: "a release")
    assert cli("generate", "child", "-o", "app", cwd=project).code == 0
    assert (
        check_project(session(project), "child", project / "app").pattern == known(project).pattern
    )
    assert cli("generate", "base", "-o", "app", cwd=project).code == 1
    assert cli("validate-pattern", "base", cwd=project).code == 0
    again = cli("validate-pattern", "base", cwd=project)
    assert (again.code, again.out) == (0, "base is valid: 1 model, 0 components\n")
    assert cli("generate", "base", "-o", "app", cwd=project).code == 1
