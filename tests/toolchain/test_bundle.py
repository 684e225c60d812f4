"""How much JavaScript a generated application loads, beside one that is written by hand."""

from __future__ import annotations

import gzip
import json
import shutil
from pathlib import Path

import pytest

pytestmark = [pytest.mark.toolchain, pytest.mark.xdist_group("simple_crud")]

HERE = Path(__file__).parent
LIMIT = 1.15


def built(npx, project):
    npx(project, "vite", "build", "--manifest")
    dist = project / "dist"
    return dist, json.loads((dist / ".vite" / "manifest.json").read_text())


def loaded(dist, manifest, *modules):
    """Return the bytes that a browser gets for these modules and all that they import at once."""
    wanted, files = list(modules), set()
    while wanted:
        entry = manifest[wanted.pop()]
        if entry["file"] not in files:
            files.add(entry["file"])
            wanted += entry.get("imports", ())
    return sum(len(gzip.compress((dist / file).read_bytes(), 9)) for file in files)


@pytest.fixture(scope="module")
def sizes(generated, npx, tmp_path_factory):
    """Return what is loaded by hand's application, and by pages of a generated one."""
    folder = tmp_path_factory.mktemp("bundle")
    shutil.copytree(generated("simple_crud"), folder / "generated", symlinks=True)
    shutil.copytree(generated("simple_crud"), folder / "by_hand", symlinks=True)
    shutil.rmtree(folder / "by_hand" / "src")
    (folder / "by_hand" / "src").mkdir()
    shutil.copy(HERE / "handwritten" / "main.tsx", folder / "by_hand" / "src")
    by_hand = loaded(*built(npx, folder / "by_hand"), "index.html")
    dist, manifest = built(npx, folder / "generated")
    page = "src/components/Task{}.tsx".format
    return by_hand, {
        "start": loaded(dist, manifest, "index.html"),
        "form": loaded(dist, manifest, "index.html", page("Form")),
        "table": loaded(dist, manifest, "index.html", page("Table")),
        "form and table": loaded(dist, manifest, "index.html", page("Form"), page("Table")),
    }


def test_a_generated_application_loads_little_more_than_one_by_hand(sizes):
    by_hand, pages = sizes
    ratios = {page: round(size / by_hand, 2) for page, size in pages.items()}
    assert all(ratio <= LIMIT for ratio in ratios.values()), (by_hand, pages, ratios)
