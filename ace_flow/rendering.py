"""A checked pattern becomes the texts of its application."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ace_flow.files import GeneratedFile
    from ace_flow.session import Checked, Session


def render_files(session: Session, checked: Checked) -> tuple[GeneratedFile, ...]:
    """Render all files of a checked pattern, sorted by path, and write nothing."""
    from ace_flow.generator import Templates, render  # noqa: PLC0415 - costs 150 ms

    return render(
        checked.pattern,
        catalogue=session.catalogue(),
        folder=session.templates,
        templates=Templates(session.templates),
        read=checked.read,
    )
