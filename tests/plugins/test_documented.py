"""Every hook has a page and a test, and what the guides show does what they say."""

from __future__ import annotations

import inspect
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "docs"))

from hooks_page import hooks  # noqa: E402 - stands in that folder
from shown import blocks, write  # noqa: E402 - stands in that folder

from ace_flow.generate import Wishes, generate  # noqa: E402 - after what is found by the path
from ace_flow.plugins import contracts  # noqa: E402 - after what is found by the path
from ace_flow.session import Session  # noqa: E402 - after what is found by the path

TESTS = "".join(
    file.read_text(encoding="utf-8") for file in sorted(Path(__file__).parent.glob("test_*.py"))
)


@pytest.mark.parametrize("name", hooks())
def test_every_hook_says_what_it_is_for_and_is_tested(name):
    text = inspect.getdoc(getattr(contracts, name))
    assert len(text.split("\n\n")) >= 2
    assert f"## {name}\n" in (ROOT / "docs/reference/hooks.md").read_text(encoding="utf-8")
    assert f"def {name}(" in TESTS.replace("{hook}", name.removeprefix("ace_register_"))


GUIDES = {
    "write-a-hook-in-python": (
        "office.yml",
        ["hooks/release.py: 1 models, for Acme"],
        {".github/CODEOWNERS": "/src/components/RoomTable* @frontend\n"},
    ),
    "write-a-hook-in-javascript": (
        "analytics.yml",
        [
            "hooks/analytics-hooks.js: Analytics: 1 models",
            "hooks/analytics-hooks.js: 105 files are new",
        ],
        {"docs/services.md": "# Services\n\ndynamodb, lambda, kinesis\n"},
    ),
    "generate-models-from-parameters": (
        "warehouse.yml",
        [],
        {"amplify/data/resource.ts": "a.belongsTo('CustomerData', 'customerId')"},
    ),
}


@pytest.mark.parametrize("guide", GUIDES)
def test_what_a_guide_shows_works(guide, tmp_path, trusting):
    for block in blocks(ROOT / f"docs/how-to/{guide}.md"):
        if block.file:
            write(tmp_path / block.file, block.text)
    pattern, said, files = GUIDES[guide]
    trusting(f"./{pattern}", tmp_path)
    heard = []
    wishes = Wishes(tell=lambda hook, text: heard.append(f"{hook}: {text}"))
    report = generate(Session(tmp_path), f"./{pattern}", Path("app"), wishes)
    assert heard == [line.replace("105", str(len(report.plan.changes))) for line in said]
    assert not report.checked.findings
    for path, text in files.items():
        assert text in (tmp_path / "app" / path).read_text(encoding="utf-8")


def test_the_guide_to_generators_names_the_models_that_there_are(tmp_path, trusting):
    page = ROOT / "docs/how-to/generate-models-from-parameters.md"
    for block in blocks(page):
        if block.file:
            write(tmp_path / block.file, block.text)
    trusting("./warehouse.yml", tmp_path)
    report = generate(Session(tmp_path), "./warehouse.yml", Path("app"), Wishes(is_dry=True))
    names = [f"`{model.name}`" for model in report.checked.pattern.models]
    assert f"{', '.join(names[:-1])} and {names[-1]}" in page.read_text(encoding="utf-8")
