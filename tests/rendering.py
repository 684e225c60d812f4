"""The files of an application, as texts by their paths, for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from loading import CATALOGUE

from ace_flow.generator import Templates, render
from ace_flow.workspace import shipped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ace_flow.model import Pattern

FOLDER = shipped("templates")
TEMPLATES = Templates(FOLDER)


def files_of(pattern: Pattern, brought: Mapping[str, bytes] | None = None) -> dict[str, str]:
    """Render an application; `brought` are the contents of the pattern's own files."""
    files = render(
        pattern,
        catalogue=CATALOGUE,
        folder=FOLDER,
        templates=TEMPLATES,
        read=lambda file: (brought or {}).get(file.path, b""),
    )
    return {file.path: file.content.decode() for file in files}
