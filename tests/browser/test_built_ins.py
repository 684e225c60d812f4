"""Every page of the built-in patterns as people see it: with records, on phones, in the dark."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml
from accessibility import NARROW, WIDE, Look, faults_of, looks
from playwright.sync_api import expect
from visits import Visitor

from ace_flow.names import kebab

pytestmark = pytest.mark.toolchain

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
IMAGES = ROOT / "docs" / "images"
PATTERNS = sorted(path.stem for path in (ROOT / "patterns").glob("*.yml"))
NOW = "2031-02-10T09:00:00Z"
UPDATES = "UPDATE_IMAGES" in os.environ


@pytest.fixture
def built_in(app_of, request, composed, monkeypatch):
    """Return a pattern's application with records in it, its pages, and who may see them."""
    name = request.param
    monkeypatch.setenv("NOW", NOW)
    monkeypatch.setenv("NODE_OPTIONS", f"--import={(HERE / 'clock.mjs').as_uri()}")
    seeds = yaml.safe_load((HERE / "seeds" / f"{name}.yml").read_text(encoding="utf-8"))
    visitor = Visitor("alice", tuple(seeds.get("groups", ())))
    app = app_of(name)
    for model, records in seeds["records"].items():
        for record in records:
            if model in seeds.get("made_by_functions", ()):
                app.seed(model, **record)
            else:
                app.create(visitor, model, "__typename", **record)
    pages = [kebab(item["name"]) for item in composed(name)["components"]]
    return app, visitor, pages, seeds["shown"]


def params():
    return [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in PATTERNS]


def ready(visit, path):
    visit.go(f"#/{path}")
    expect(visit.page.get_by_role("heading", level=1)).to_be_visible()
    expect(visit.page.get_by_text("Loading")).to_have_count(0)
    expect(visit.page.locator("[aria-busy=true]")).to_have_count(0)


def pictured(visit, file, tmp_path):
    """Take a picture of a page; with `UPDATE_IMAGES` set it is the one in the documentation."""
    visit.page.wait_for_load_state("networkidle")
    taken = (IMAGES if UPDATES else tmp_path) / file
    visit.page.screenshot(path=taken, animations="disabled")
    assert (IMAGES / file).is_file(), f"{file} is missing: run this with UPDATE_IMAGES=1"
    assert taken.stat().st_size > 8_000, f"{file} shows next to nothing"


@pytest.mark.parametrize("built_in", params(), indirect=True)
def test_every_page_is_accessible_and_fits(built_in, toolbox, request, tmp_path):
    app, visitor, pages, shown = built_in
    name = request.node.callspec.params["built_in"]
    pictures = {(path, Look(WIDE, "light")): path.partition("?")[0] for path in shown}
    pictures[shown[0], Look(NARROW, "dark")] = f"{shown[0].partition('?')[0]}-phone"
    wrong = []
    visit = app.visit("", visitor)
    visit.page.clock.set_fixed_time(NOW)
    for path in ["", *pages, *(path for path in shown if path not in pages)]:
        ready(visit, path)
        for look in looks(visit.page):
            found = faults_of(look, visit.page, toolbox / "node_modules")
            wrong += [f"{path}: {one}" for one in found]
            if page := pictures.get((path, look)):
                pictured(visit, f"{name}-{page}.png", tmp_path)
    assert wrong == [], "\n".join(wrong)
