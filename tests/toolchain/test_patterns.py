"""Every pattern through the real tools: what is generated is right as it comes out."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import applications
import pytest
import yaml
from oracle import from_pattern, from_sdl

pytestmark = pytest.mark.toolchain

# What the local backend does not know yet is only here.
PATTERNS = (*applications.PATTERNS, "whole_backend")
# The tests in a browser build the others, whose types of components are all among these.
BUILT = applications.each(name for name in PATTERNS if name not in applications.PAGES)
SERVICES = Path(__file__).parents[2] / "templates" / "services.yml"
CFN_LINT = Path(sys.executable).with_name("cfn-lint")
# W3005, W8001, W8003, W2001: about templates that Amplify's own constructs write.
IGNORED = ("W2001", "W3005", "W8001", "W8003")


def granted(templates: list[Path]) -> list[list[str]]:
    """Return for each function that may use the API what it may use of it."""
    found = []
    for template in templates:
        for name, resource in json.loads(template.read_text())["Resources"].items():
            if resource["Type"] == "AWS::IAM::Policy" and name.startswith("GraphqlAccessPolicy"):
                parts = re.findall(r"/types/(\w+)/\*", json.dumps(resource["Properties"]))
                found.append(sorted(parts))
    return sorted(found)


def stated(pattern: dict[str, Any]) -> list[list[str]]:
    kinds = {"query": "Query", "mutate": "Mutation", "listen": "Subscription"}
    functions = (item.get("access", {}) for item in pattern.get("functions", []))
    return sorted(
        sorted(kinds[kind] for kind in item["data"]) for item in functions if "data" in item
    )


def test_is_formatted(application, checks):
    assert checks.ask("misprinted", str(application)) == []


def test_type_checks(application, faults):
    assert faults(application)["types"] == ""


def test_lints(application, faults):
    assert faults(application)["lint"] == ""


@pytest.mark.parametrize("application", BUILT, indirect=True, scope="session")
def test_frontend_builds(application, npx):
    npx(application, "vite", "build")
    assert (application / "dist" / "index.html").is_file()


@pytest.mark.parametrize("application", BUILT, indirect=True, scope="session")
def test_its_own_tests_pass(application, npx):
    npx(application, "vitest", "run")


def test_graphql_schema_is_what_the_pattern_says(application, pattern, checks):
    sdl = checks.ask("schema", str(application))
    assert from_sdl(sdl) == from_pattern(pattern)


def test_synthesizes_offline_with_the_promised_resources(application, pattern, synthesized):
    templates = sorted(synthesized(application.name).glob("*.template.json"))
    found = {
        resource["Type"]
        for template in templates
        for resource in json.loads(template.read_text())["Resources"].values()
    }
    assert granted(templates) == stated(pattern)
    catalogue = yaml.safe_load(SERVICES.read_text(encoding="utf-8"))
    services = pattern["services"]
    assert services
    promised = {resource for name in services for resource in catalogue[name]["resources"]}
    assert promised - found == set()
    if application.name in applications.PAGES:
        # Their backends have nothing that others have not.
        return
    lint = subprocess.run(
        [CFN_LINT, "--ignore-checks", *IGNORED, "--regions", "us-east-1", "--", *templates],
        capture_output=True,
        text=True,
        check=False,
    )
    assert lint.returncode == 0, lint.stdout
