"""What is wrong with the templates that a pattern brings, as far as it shows before rendering."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.brought import is_text, owner_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from ace_flow.diagnostics import Diagnostic
    from ace_flow.model import Pattern, SourceFile
    from ace_flow.registry import Entry


def findings_of_templates(
    pattern: Pattern, files: Mapping[tuple[str, str], bytes], entry: Entry, shipped: Path
) -> list[Diagnostic]:
    """Find what is wrong with the syntax and the paths of a pattern's own templates.

    `files` are the bytes of what it names, by document and path, and `entry` is its own; `shipped`
    is the folder of shipped templates.
    """
    if not pattern.templates:
        return []
    from ace_flow.generator import template_findings  # noqa: PLC0415 - costs 40 ms

    def read(file: SourceFile) -> bytes | None:
        content = files.get((owner_of(file, entry), file.path))
        return content if content is not None and is_text(content) else None

    planned: Iterable[str] = ()
    if pattern.application:
        from ace_flow.generator import planned_paths  # noqa: PLC0415 - costs 50 ms

        planned = planned_paths(pattern, shipped)
    return list(template_findings(pattern, read, planned))


def are_right(
    pattern: Pattern, files: Mapping[tuple[str, str], bytes], entry: Entry, shipped: Path
) -> bool:
    """Tell whether other files in the place of those of a checked pattern are right as well."""
    texts = (content for (_, path), content in files.items() if path.endswith(".j2"))
    return all(map(is_text, texts)) and not findings_of_templates(pattern, files, entry, shipped)
