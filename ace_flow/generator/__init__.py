"""A typed pattern to the files of its application.

What a whole application needs is imported when it is asked for: patterns of templates alone, and
commands that only check, do without.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ace_flow.generator.app import planned_paths, render
    from ace_flow.generator.brought import own_files, template_findings
    from ace_flow.generator.guest import folders_of
    from ace_flow.generator.joining import join
    from ace_flow.generator.origin import signed
    from ace_flow.generator.templates import Templates

__all__ = [
    "Templates",
    "folders_of",
    "join",
    "own_files",
    "planned_paths",
    "render",
    "signed",
    "template_findings",
]

_PLACES = {
    "Templates": "templates",
    "folders_of": "guest",
    "join": "joining",
    "own_files": "brought",
    "planned_paths": "app",
    "render": "app",
    "signed": "origin",
    "template_findings": "brought",
}


def __getattr__(name: str) -> object:
    if name not in _PLACES:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
