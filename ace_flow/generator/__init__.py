"""A typed pattern to the files of its application.

What a whole application needs is imported when it is asked for: patterns of templates alone, and
commands that only check, do without.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.lazily import importing

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

__getattr__ = importing(
    __name__,
    {
        "app": ("planned_paths", "render"),
        "brought": ("own_files", "template_findings"),
        "guest": ("folders_of",),
        "joining": ("join",),
        "origin": ("signed",),
        "templates": ("Templates",),
    },
)
