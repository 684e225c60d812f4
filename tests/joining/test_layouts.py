"""A pattern in applications that ace did not create: as it says, and proven by the real tools."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import applications
import pytest
from following import follow

pytestmark = pytest.mark.toolchain

HERE = Path(__file__).parent
CLUB = str(HERE / "club.yml")
# Each layout with a pattern, and the folder that has its `amplify`.
LAYOUTS = {
    "vite": (CLUB, "."),
    "next": (CLUB, "."),
    "monorepo": (CLUB, "packages/backend"),
    "shop": ("e_commerce", "."),
}


class Joined(NamedTuple):
    root: Path
    package: Path
    report: dict[str, Any]


def texts(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not {"node_modules", ".ace-flow"} & {*path.parts}
    }


@pytest.fixture(scope="module")
def joined(link_packages, tmp_path_factory):
    """Generate into a layout, compare what is there with what was, and do what is left."""

    @cache
    def join(name: str) -> Joined:
        pattern, place = LAYOUTS[name]
        root = tmp_path_factory.mktemp("joined") / name
        shutil.copytree(HERE / "layouts" / ("vite" if name == "shop" else name), root)
        before = texts(root)
        done = subprocess.run(
            [sys.executable, "-m", "ace_flow", "generate", pattern, "-o", place, "--json"],
            cwd=root,
            capture_output=True,
            text=True,
            check=True,
        )
        report = json.loads(done.stdout)
        after = texts(root)
        folders = tuple(f"{place}/{folder}/".removeprefix("./") for folder in report["guest"]["folders"])
        assert {path: text for path, text in after.items() if not path.startswith(folders)} == before
        follow(root / place, report["guest"]["steps"])
        (root / place / "amplify_outputs.json").write_text('{"version": "1.4"}', encoding="utf-8")
        link_packages(root)
        return Joined(root, root / place, report)

    return join


@pytest.mark.parametrize("name", LAYOUTS)
def test_type_checks(name, joined, npx):
    found = joined(name)
    if report_has_pages(found):
        npx(found.package, "tsc", "--noEmit")
    npx(found.package, "tsc", "--noEmit", "-p", "amplify")


def report_has_pages(found: Joined) -> bool:
    return found.report["guest"]["frontend"] is not None


@pytest.mark.parametrize("name", LAYOUTS)
def test_synthesizes_with_both_models(name, joined, npx):
    found = joined(name)
    assembly = found.package / "cdk.out"
    environment = {
        "CDK_CONTEXT_JSON": json.dumps(applications.CONTEXT),
        "CDK_OUTDIR": str(assembly),
    }
    npx(found.package, "tsx", "amplify/backend.ts", offline=True, **environment)
    schemas = [path.read_text() for path in assembly.glob("asset.*.graphql")]
    print([p.name for p in assembly.iterdir()][:100])
    assert schemas
