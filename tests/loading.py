"""Patterns from text, for tests: a child, its parents by name, and what was found wrong."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING, NamedTuple

from ace_flow.diagnostics import PatternError
from ace_flow.loader import Missing, Parent, load, read_document
from ace_flow.loader.catalogue import read_catalogue
from ace_flow.names import nearest, normal
from ace_flow.rules import verify
from ace_flow.workspace import shipped

if TYPE_CHECKING:
    from collections.abc import Callable

    from ace_flow.loader import Loaded
    from ace_flow.source import Node

CATALOGUE = read_catalogue(shipped("templates"))


class Found(NamedTuple):
    code: str
    place: str
    message: str
    hint: str
    related: str


def document(text: str, name: str = "test.yml") -> Node:
    return read_document(name, dedent(text).encode())


def load_text(text: str, parents: dict[str, str] | None = None) -> Loaded:
    """Load a pattern; `parents` are texts by file name, of which the stem is what is asked for."""
    files = {normal(name.removesuffix(".yml")): name for name in parents or {}}

    def find(name: str, accepts: Callable[[str], bool] | None) -> Parent | Missing:
        file = files.get(normal(name))
        if file is None:
            return Missing(nearest(name, files))
        parent = document((parents or {})[file], file)
        if accepts and not accepts(parent.text("version")):
            return Missing(None, tuple(filter(None, [parent.text("version")])))
        return Parent(name, parent)

    return load(document(text), find)


def findings(text: str, parents: dict[str, str] | None = None) -> list[Found]:
    """Return everything that loading and the rules say about a pattern."""
    try:
        diagnostics = verify(load_text(text, parents).pattern, CATALOGUE)
    except PatternError as error:
        diagnostics = error.diagnostics
    return [
        Found(
            item.code,
            str(item.span),
            item.message,
            item.help or "",
            "; ".join(f"{span}: {text}" for span, text in item.related),
        )
        for item in diagnostics
    ]


def codes(text: str, parents: dict[str, str] | None = None) -> list[str]:
    return [found.code for found in findings(text, parents)]
