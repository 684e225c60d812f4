"""What starting costs: modules that a command does without, and instructions beside the limit."""

from __future__ import annotations

import json
import subprocess
import sys

import job
import pytest
from instructions import Bench

# Modules that take milliseconds, and the commands that have no use for them.
DEAR = {
    "--help": ("dataclasses", "jinja2", "jsonschema_rs", "msgspec", "pluggy", "rich", "yaml"),
    "explain": ("dataclasses", "jinja2", "jsonschema_rs", "pluggy", "rich", "yaml"),
    "validate-pattern job": ("dataclasses", "packaging", "pluggy", "rich", "ruamel"),
    "generate job -o app": ("asyncio", "dataclasses", "packaging", "pluggy", "rich", "ruamel"),
}
TOLD = "import json, sys; from ace_flow.cli.app import run; run(sys.argv[1:]); print(); \
print(json.dumps(sorted(sys.modules)))"
# The same of what is known already: of the job, that was checked before.
NEEDLESS = {
    "validate-pattern job": ("jinja2", "jsonschema_rs", "typer", "subprocess", "yaml"),
    "generate job -o app": ("asyncio", "jsonschema_rs", "typer", "subprocess", "yaml"),
}
# How many times as many instructions as the bare limit, or as Python that does nothing: what was
# counted, and a twentieth.
LIMITS = {
    "generate job -o app": ("floor", 1.2),
    "validate-pattern job": ("pass", 7.4),
    # So strictly, everything is checked however well it is known.
    "validate-pattern --strict job": ("floor", 1.92),
    "--help": ("pass", 8.9),
}


@pytest.fixture(scope="module")
def bench(tmp_path_factory):
    return Bench(tmp_path_factory.mktemp("bench"))


@pytest.mark.parametrize("command", DEAR)
def test_a_command_imports_what_it_needs(tmp_path, command):
    job.write(tmp_path, job.document(10))
    asked = [sys.executable, "-c", TOLD, *command.split()]
    done = subprocess.run(asked, cwd=tmp_path, capture_output=True, text=True, check=True)
    modules = set(json.loads(done.stdout.splitlines()[-1]))
    assert modules & set(DEAR[command]) == set()


@pytest.mark.slow
@pytest.mark.xdist_group("instructions")
@pytest.mark.parametrize("command", NEEDLESS)
def test_what_is_known_needs_no_parser_and_no_rules(bench, command):
    modules = set(json.loads(bench.said("-c", TOLD, *command.split()).splitlines()[-1]))
    needless = {name for name in modules if name.startswith(("ace_flow.rules", "ace_flow.loader."))}
    assert modules & set(NEEDLESS[command]) == set()
    assert needless == set()


@pytest.mark.slow
@pytest.mark.xdist_group("instructions")
@pytest.mark.parametrize("command", LIMITS)
def test_a_command_takes_no_more_than_it_took(bench, command):
    beside, limit = LIMITS[command]
    bare = bench.floor() if beside == "floor" else bench.python("-c", "pass")
    assert bench.ace(*command.split()) / bare <= limit
