"""`ace_flow.testing`, and its fixture for pytest."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ace_flow import testing
from ace_flow.diagnostics import NotFoundError, PatternError

ANALYTICS = Path(__file__).with_name("analytics")
PATTERN = """\
name: shelf
description: ${shelf_count} shelves, ${color}
parameters:
  shelf_count: {type: integer, default: 1}
  color: {type: string, enum: [red, blue], default: red}
models:
  - name: Book
    fields: [{name: title, type: string, required: true}, {name: reader, type: belongsTo, model: Reader}]
  - name: Reader
    fields: [{name: name, type: string}]
"""  # noqa: E501 - a line of YAML


@pytest.fixture
def shelf(tmp_path) -> Path:
    (tmp_path / "shelf.yml").write_text(PATTERN)
    return tmp_path


def test_a_pattern_s_models_have_what_ace_adds(shelf):
    result = testing.test_pattern("shelf.yml", root=shelf)
    assert {
        model.name: [field.name for field in model.fields] for model in result.schema.models
    } == {
        "Book": ["title", "readerId", "reader"],
        "Reader": ["name", "books"],
    }
    assert result.diagnostics == ()
    assert "Book: a" in result.files["amplify/data/resource.ts"]


def test_values_are_given_in_either_spelling(shelf):
    for given in ({"shelf_count": 3}, {"shelfCount": 3}):
        result = testing.test_pattern("shelf.yml", root=shelf, color="blue", **given)
        assert "3 shelves, blue" in result.files["README.md"]
        assert result.notes == ()
    result = testing.test_pattern("shelf.yml", {"shelf-count": 3}, root=shelf)
    assert "3 shelves, red" in result.files["README.md"]


def test_what_is_no_parameter_is_noted(shelf):
    result = testing.test_pattern("shelf.yml", root=shelf, colour="blue", sources=[{"name": "a"}])
    idle = "is no parameter of the pattern, and goes to its generators only"
    assert result.notes == (f"`colour` {idle}; did you mean `color`?", f"`sources` {idle}")


def test_a_value_that_does_not_fit_is_an_error(shelf):
    with pytest.raises(PatternError) as caught:
        testing.test_pattern("shelf.yml", root=shelf, color="green")
    assert [item.code for item in caught.value.diagnostics] == ["ACE032"]


def test_what_is_no_pattern_is_an_error(shelf):
    with pytest.raises(NotFoundError):
        testing.test_pattern("other.yml", root=shelf)


def test_a_template_s_models_win(monkeypatch):
    monkeypatch.chdir(ANALYTICS)
    result = testing.test_pattern("custom-analytics", data_sources=[{"name": "sales"}])
    names = [model.name for model in result.schema.models]
    assert names == ["DataSource", "Dataset", "DataRecord"]
    assert [item.code for item in result.diagnostics] == ["ACE184", "ACE109", "ACE172"]
    assert result.notes[0].startswith("`dataSources` is no parameter")


def pytest_in(folder, *options):
    command = [sys.executable, "-m", "pytest", "-q", "-p", "ace_flow.pytest_plugin", *options]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def test_an_imported_function_is_no_test_and_the_fixture_finds_the_project(tmp_path):
    folder = Path(shutil.copytree(ANALYTICS, tmp_path / "project")) / ".ace-flow/patterns/tests"
    (folder / "test_more.py").write_text(
        "from ace_flow.testing import test_pattern, Generated\n\n"
        "def test_has_files(test_pattern):\n"
        "    assert 'amplify.yml' in test_pattern('custom-analytics').files\n"
    )
    code, said = pytest_in(tmp_path, str(folder / "test_more.py"))
    assert code == 0, said
    assert "1 passed" in said
    assert "warning" not in said


def test_the_plugin_costs_nothing_before_it_is_used(tmp_path):
    (tmp_path / "test_idle.py").write_text(
        "import sys\n\n"
        "def test_idle():\n"
        "    loaded = sorted(name for name in sys.modules if name.startswith('ace_flow'))\n"
        "    assert loaded == ['ace_flow', 'ace_flow.pytest_plugin']\n"
    )
    code, said = pytest_in(tmp_path)
    assert code == 0, said
