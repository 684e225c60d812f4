"""What is on trial finds nobody's keys in its environment."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path

import pytest

from ace_flow.local import assemble
from ace_flow.programs import without_keys
from ace_flow.session import Session
from ace_flow.trials import code_of_tests
from ace_flow.trials.own import run_own
from ace_flow.trials.packages import link_packages
from ace_flow.trials.toolchain import run_package

ANALYTICS = Path(__file__).with_name("analytics")
KEYS = {
    "AWS_SECRET_ACCESS_KEY": "secret",
    "GITHUB_TOKEN": "secret",
    "NPM_TOKEN": "secret",
    "MY_DATABASE": "secret",
}
KEPT = {"HTTPS_PROXY": "http://localhost:9", "NODE_EXTRA_CA_CERTS": "/x.pem", "LC_ALL": "C.UTF-8"}
TOLD = "require('node:fs').writeFileSync({!r}, JSON.stringify(process.env));\n"

pytestmark = pytest.mark.skipif(os.name == "nt", reason="stands in for programs by scripts")


@pytest.fixture(autouse=True)
def keys(monkeypatch):
    for name, value in (KEYS | KEPT | {"npm_config_registry": "http://localhost:9"}).items():
        monkeypatch.setenv(name, value)


def seen(file: Path, more: set[str] = frozenset()) -> None:
    """Look at what a program found: what it needs, and no keys."""
    found = json.loads(file.read_text())
    assert not [name for name, value in found.items() if "secret" in value]
    assert set(KEPT) | more <= set(found)


def test_settings_of_npm_are_for_npm_alone():
    assert "npm_config_registry" in without_keys(for_npm=True)
    assert "npm_config_registry" not in without_keys()


def test_npm_finds_none(tmp_path, monkeypatch):
    (tmp_path / "bin").mkdir()
    for name in ("node", "npm"):
        program = tmp_path / "bin" / name
        program.write_text(
            "#!/bin/sh\n"
            'if [ "$1" = --version ]; then echo v22.0.0; exit; fi\n'
            f"{sys.executable} -c 'import json, os; "
            f'json.dump(dict(os.environ), open("{tmp_path}/seen", "w"))\'\n'
            "mkdir node_modules && echo {} > package-lock.json\n"
        )
        program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}/bin{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("ACE_CACHE_DIR", str(tmp_path / "cache"))
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "package.json").write_text('{"dependencies": {}}')
    link_packages(tmp_path / "app", lambda _: None)
    seen(tmp_path / "seen", {"npm_config_registry"})


def test_tools_and_a_backend_on_trial_find_none(tmp_path):
    package = tmp_path / "node_modules" / "tool"
    package.mkdir(parents=True)
    (package / "package.json").write_text('{"bin": "tool.cjs"}')
    (package / "tool.cjs").write_text(TOLD.format(str(tmp_path / "tool")))
    assert run_package(tmp_path, "tool", "tool").code == 0
    seen(tmp_path / "tool")
    tsx = tmp_path / "node_modules" / "tsx"
    tsx.mkdir()
    (tsx / "package.json").write_text('{"main": "tsx.cjs"}')
    (tsx / "tsx.cjs").write_text(TOLD.format(str(tmp_path / "backend")) + "process.exit(0);\n")
    (tmp_path / "amplify").mkdir()
    assemble(tmp_path, str(shutil.which("node")), 0, strict=True)
    seen(tmp_path / "backend")


def test_own_tests_find_none(tmp_path):
    project = Path(shutil.copytree(ANALYTICS, tmp_path / "project"))
    tests = project / ".ace-flow" / "patterns" / "tests"
    (tests / "custom-analytics.test.js").unlink()
    (tests / "test_custom_analytics.py").write_text(
        "import json, os\n"
        f"def test_it(): json.dump(dict(os.environ), open('{tmp_path}/seen', 'w'))\n"
    )
    session = Session(project)
    checked = session.check("custom-analytics")
    tree = code_of_tests(session, checked).tree
    assert run_own(Session(project, trusted=[tree]), checked, project) == "1 test passed"
    seen(tmp_path / "seen")
