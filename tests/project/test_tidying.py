"""The project's own formatter, the real one: what it changes is no edit."""

from __future__ import annotations

import json

import pytest

from ace_flow.files import GeneratedFile
from ace_flow.project import Action, Formatter, State, Tree, digest, make_plan

BASE = b"export const cost = (sum) => {\n  return 'EUR ' + sum;\n};\nexport const two = [1, 2];\n"
NEW = BASE.replace(b"[1, 2]", b"[1, 2, 3]").replace(b"cost", b"price")
# What `prettier` and then `eslint --fix` make of it, with the settings below, and an edit.
TIDY = b'export const cost = (sum) => {\n\treturn "EUR " + sum\n}\nexport const two = [1, 2]\n'
FIXED = b'export const cost = (sum) => "EUR " + sum\nexport const two = [1, 2]\n'

pytestmark = pytest.mark.toolchain


@pytest.fixture
def project(tmp_path, toolbox):
    (tmp_path / "node_modules").symlink_to(toolbox / "node_modules")
    (tmp_path / "package.json").write_text('{"type": "module"}')
    settings = {"semi": False, "useTabs": True, "singleQuote": False}
    (tmp_path / ".prettierrc.json").write_text(json.dumps(settings))
    (tmp_path / ".prettierignore").write_text("kept.js\n")
    rules = "export default [{ rules: { 'arrow-body-style': 'error' } }];\n"
    (tmp_path / "eslint.config.js").write_text(rules)
    return tmp_path


def plan(project, disk, new=NEW, path="src/a.js"):
    formatter = Formatter(project)
    there = {path: disk}
    return formatter, make_plan(
        [GeneratedFile(path, new)],
        after=State(),
        before=State(files={path: digest(BASE)}),
        read=lambda name: there.get(name) or Tree(project).read(name),
        base={digest(BASE): BASE}.get,
        tidies=(formatter.format, formatter.fix),
    )


@pytest.mark.parametrize("disk", [TIDY, FIXED])
def test_what_the_formatter_changed_is_updated_and_formatted(project, disk):
    _, done = plan(project, disk)
    wanted = disk.replace(b"[1, 2]", b"[1, 2, 3]").replace(b"cost", b"price")
    assert [change.action for change in done.changes] == [Action.UPDATE]
    assert done.writes == {"src/a.js": wanted}
    # Next time this is compared with what was generated, not with what was formatted.
    assert done.state.files == {"src/a.js": digest(NEW)}


@pytest.mark.parametrize("disk", [TIDY, FIXED])
def test_edits_in_a_formatted_file_are_merged(project, disk):
    _, done = plan(project, disk + b"export const mine = 1\n")
    wanted = disk.replace(b"[1, 2]", b"[1, 2, 3]").replace(b"cost", b"price")
    assert [change.action for change in done.changes] == [Action.MERGE]
    assert done.writes == {"src/a.js": wanted + b"export const mine = 1\n"}


def test_what_both_changed_is_a_conflict_for_all_formatting(project):
    _, done = plan(project, FIXED.replace(b"[1, 2]", b"[0]"))
    assert [change.action for change in done.changes] == [Action.CONFLICT]


def test_what_the_formatter_ignores_is_compared_as_it_is(project):
    _, done = plan(project, TIDY, path="kept.js")
    assert [change.action for change in done.changes] == [Action.CONFLICT]


@pytest.mark.parametrize("broken", ["export const = ;\n", "<<<<<<<\n"])
def test_a_text_that_cannot_be_parsed_stays_as_it_is(project, broken):
    said = [("src/a.js", broken.encode()), ("src/b.js", b"one()"), ("src/c.unknown", b"x  ;")]
    assert Formatter(project).format(said) == [broken.encode(), b"one()\n", b"x  ;"]
    assert Formatter(project).fix(said) == [broken.encode(), b"one()\n", b"x  ;"]


def test_without_prettier_that_is_said(tmp_path):
    formatter, done = plan(tmp_path, TIDY)
    assert [change.action for change in done.changes] == [Action.CONFLICT]
    assert formatter.missing == "Prettier is not installed in the project"


def test_a_formatter_that_fails_is_said(project):
    (project / "eslint.config.js").write_text("throw new Error('no');\n")
    formatter, done = plan(project, FIXED)
    assert [change.action for change in done.changes] == [Action.CONFLICT]
    assert formatter.missing == "ESLint failed"
