"""The npm package `@ace-flow/testing`: what it makes of what `ace` says."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.toolchain

PACKAGE = Path(__file__).parents[2] / "packages" / "testing"
ANALYTICS = Path(__file__).with_name("analytics")
ACE = json.dumps([sys.executable, "-m", "ace_flow"])


def node(folder, body, **environment):
    """Run a module that has the library; return what it prints as JSON."""
    library = json.dumps((PACKAGE / "index.js").as_uri())
    lines = (
        f"import {{ testPattern, PatternTestError }} from {library};",
        "const told = ({ name, message, code }) => ({ name, message, code });",
        f"const shown = await (async () => {{ {body} }})().catch(told);",
        "console.log(JSON.stringify(shown));",
    )
    (folder / "module.mjs").write_text("\n".join(lines))
    done = subprocess.run(
        ["node", "module.mjs"],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture
def project(tmp_path) -> Path:
    return Path(shutil.copytree(ANALYTICS, tmp_path / "project"))


def test_a_pattern_is_generated_with_values(project):
    shown = node(
        project,
        "const found = await testPattern('custom-analytics', { dataSources: [{ name: 'ä' }] });"
        "const { schema, files, diagnostics, notes } = found;"
        "return { models: schema.models.map(({ name }) => name), text: files['amplify.yml'],"
        " codes: diagnostics.map(({ code }) => code), notes };",
        ACE_FLOW_COMMAND=ACE,
    )
    assert shown["models"] == ["DataSource", "Dataset", "DataRecord"]
    assert shown["text"].startswith("version: 1")
    assert shown["codes"] == ["ACE184", "ACE109", "ACE172"]
    assert shown["notes"][0].startswith("`dataSources` is no parameter")


def test_what_is_wrong_with_a_pattern_is_the_error(project):
    (project / "wrong.yml").write_text("name: wrong\nservices: [dynamo]\n")
    call = "return await testPattern('wrong.yml');"
    shown = node(project, call, ACE_FLOW_COMMAND=ACE)
    assert shown["name"] == "PatternTestError"
    assert shown["code"] == 3
    assert "wrong.yml:2:12: ACE150: there is no service `dynamo`" in shown["message"]


def test_the_command_that_is_recommended_imports_nothing_of_the_project(project):
    (project / "typer.py").write_text("open('ran', 'w').close()\n")
    advice = re.search(r"`(\[.*\])`", (PACKAGE / "README.md").read_text())[1]
    command = json.dumps([sys.executable, *json.loads(advice)[1:]])
    shown = node(project, "return await testPattern('nothing');", ACE_FLOW_COMMAND=command)
    assert shown["code"] == 5
    assert not (project / "ran").exists()


def test_a_stage_that_fails_is_the_error(project):
    call = "return await testPattern.deploy('custom-analytics');"
    (project / "tools").mkdir()
    (project / "tools" / "node").symlink_to(str(shutil.which("node")))
    environment = {"PATH": str(project / "tools"), "XDG_CACHE_HOME": str(project / "cache")}
    shown = node(project, call, ACE_FLOW_COMMAND=ACE, **environment)
    assert shown["code"] == 1
    assert "packages failed: `npm` is not installed" in shown["message"]


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("", "`ace` is not on the PATH; install it with `pip install ace-flow`"),
        ("/nowhere/ace", "`/nowhere/ace` is not on the PATH"),
        ("[1]", "ACE_FLOW_COMMAND is no command: [1]"),
        ("[1]", 'a list as JSON: ["python", "-P", "-m", "ace_flow"]'),
        ('["node", "-e", "process.exit(9)", "--"]', "ace ended with 9"),
    ],
)
def test_what_cannot_be_run_is_said(tmp_path, command, said):
    (tmp_path / "node").symlink_to(str(shutil.which("node")))
    shown = node(
        tmp_path, "return await testPattern('x');", ACE_FLOW_COMMAND=command, PATH=str(tmp_path)
    )
    assert shown["name"] == "PatternTestError"
    assert said in shown["message"]


@pytest.mark.parametrize("entry", ["", ".", "tools"])
def test_a_program_that_the_project_brings_is_not_run(tmp_path, entry):
    """Windows would look where we are, and an entry of the PATH that is no whole path means it."""
    for file in (tmp_path / "ace", tmp_path / "tools" / "ace"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"#!/bin/sh\necho x > {tmp_path}/ran\n")
        file.chmod(0o755)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "node").symlink_to(str(shutil.which("node")))
    way = f"{tmp_path}/other{os.pathsep}{entry}"
    shown = node(tmp_path, "return await testPattern('x');", ACE_FLOW_COMMAND="", PATH=way)
    assert "`ace` is not on the PATH" in shown["message"]
    assert not (tmp_path / "ran").exists()


def test_its_types_are_those_of_what_it_gives(toolbox, tmp_path):
    (tmp_path / "use.ts").write_text(
        "import { PatternTestError, testPattern, type Model } from '@ace-flow/testing';\n"
        "const { schema, files, diagnostics } = await testPattern('shop', { currency: 'EUR' });\n"
        "const names: string[] = schema.models.map((model: Model) => model.name);\n"
        "const text: string | undefined = files['amplify.yml'];\n"
        "const { resources } = await testPattern.deploy('shop');\n"
        "const first: string | undefined = resources[0];\n"
        "// @ts-expect-error a name is needed\n"
        "await testPattern();\n"
        "try { await testPattern('x'); } catch (error) {\n"
        "  if (error instanceof PatternTestError) error.diagnostics[0]?.start?.line.toFixed();\n"
        "}\n"
        "export { names, text, first, diagnostics };\n"
    )
    options = {
        "compilerOptions": {
            "strict": True,
            "noEmit": True,
            "module": "esnext",
            "target": "es2022",
            "moduleResolution": "bundler",
            "types": [],
            "paths": {"@ace-flow/testing": [str(PACKAGE / "index.d.ts")]},
        },
        "files": ["use.ts"],
    }
    (tmp_path / "tsconfig.json").write_text(json.dumps(options))
    tsc = [toolbox / "node_modules" / ".bin" / "tsc", "-p", tmp_path]
    done = subprocess.run(tsc, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
