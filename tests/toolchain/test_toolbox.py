"""The packages the tests use are those that generated projects name."""

from __future__ import annotations

import json
from pathlib import Path

ROOT = Path(__file__).parents[2]

# What projects do not get: the language server that editors run, what `sandbox/` stands on, and
# the checker of accessible pages.
OURS = (
    "@types/ws",
    "amplify-velocity-template",
    "axe-core",
    "graphql",
    "ws",
    "yaml-language-server",
)


def test_toolbox_has_the_versions_that_projects_get():
    versions = json.loads((ROOT / "templates" / "versions.json").read_text(encoding="utf-8"))
    package = ROOT / "tests" / "toolbox" / "package.json"
    toolbox = json.loads(package.read_text(encoding="utf-8"))
    for name in OURS:
        toolbox["devDependencies"].pop(name)
    assert {key: toolbox[key] for key in versions} == versions
