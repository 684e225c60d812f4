"""What axe finds on a page, so that people can mend it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Page

RUN = "() => axe.run(document, { resultTypes: ['violations'] })"


@cache
def source(packages: Path) -> str:
    return (packages / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def findings(page: Page, packages: Path) -> list[str]:
    """Return a text for each place on the page that breaks a rule: rule, selector, help."""
    if page.evaluate("typeof axe") == "undefined":
        page.evaluate(source(packages))
    return [
        f"{rule['id']} ({rule['impact']}) at {' '.join(map(str, node['target']))}: {rule['help']}\n"
        f"  {node['failureSummary']}"
        for rule in page.evaluate(RUN)["violations"]
        for node in rule["nodes"]
    ]
