"""The packages the tests use are those that generated projects name."""

from __future__ import annotations

import json
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_toolbox_has_the_versions_that_projects_get():
    versions = json.loads((ROOT / "templates" / "versions.json").read_text(encoding="utf-8"))
    package = ROOT / "tests" / "toolbox" / "package.json"
    toolbox = json.loads(package.read_text(encoding="utf-8"))
    toolbox["devDependencies"].pop("yaml-language-server")  # what editors run, for a test
    assert {key: toolbox[key] for key in versions} == versions
