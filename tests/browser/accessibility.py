"""What is wrong with how a page is shown: what axe finds, and what does not fit."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

RUN = "() => axe.run(document, { resultTypes: ['violations'] })"

# Colours change by and by.
FINISH = """() => new Promise((done) => requestAnimationFrame(() => {
  document.getAnimations().forEach((animation) => animation.finish());
  done();
}))"""
WIDE, NARROW = 1280, 360


class Look(NamedTuple):
    """How wide a window is, and its colour scheme."""

    width: int
    scheme: Literal["light", "dark"]


# What fits, and what axe says of widths, does not depend on colours, nor the other way round.
LOOKS = (Look(WIDE, "light"), Look(NARROW, "dark"))


def looks(page: Page) -> Iterator[Look]:
    """Show a page in wide and narrow windows, and in both schemes."""
    for look in LOOKS:
        page.set_viewport_size({"width": look.width, "height": 800})
        page.emulate_media(color_scheme=look.scheme)
        page.evaluate(FINISH)
        yield look


def faults(page: Page, packages: Path) -> list[str]:
    """Return what is wrong with a page however it is shown."""
    return [fault for look in looks(page) for fault in faults_of(look, page, packages)]


def faults_of(look: Look, page: Page, packages: Path) -> list[str]:
    """Return what is wrong with a page as it is shown now."""
    told = [*misfits(page), *findings(page, packages)]
    return [f"{look.width} pixels, {look.scheme}: {one}" for one in told]


def misfits(page: Page) -> list[str]:
    too_wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    return [f"{too_wide} pixels too wide"] if too_wide > 0 else []


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
