"""The npm packages that generated files need."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ace_flow.generator.functions import uses_tables
from ace_flow.regexes import regex

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from ace_flow.model import Catalogue, Pattern

_IMPORTED = regex(r"""(?:\bfrom|\bimport\(?)\s*['"]((?:@[\w.-]+/)?[\w.-]+)(?:/[^'"]*)?['"]""")
# What comes with a package, or what its types are called.
_WITH = {
    "aws-cdk-lib": ("constructs",),
    "aws-lambda": ("@types/aws-lambda", "@types/node"),
    "react": ("react-dom", "@types/react", "@types/react-dom"),
}


def app_packages(pattern: Pattern, catalogue: Catalogue, folder: Path) -> dict[str, dict[str, str]]:
    """Return those of an application, those of pages and tables where it uses such."""
    versions = _versions(folder)
    types = catalogue.component_types
    used = {name for item in pattern.components for name in types[item.type].packages}
    idle = {name for kind in types.values() for name in kind.packages} - used
    if not any(field.format for model in pattern.models for field in model.fields):
        idle.add("react-markdown")
    if not uses_tables(pattern):
        idle |= {"@aws-sdk/client-dynamodb", "@aws-sdk/lib-dynamodb"}
    return {
        group: {name: version for name, version in packages.items() if name not in idle}
        for group, packages in versions.items()
    }


def imported_packages(texts: Iterable[bytes], folder: Path) -> dict[str, dict[str, str]]:
    """Return those that modules import, and what these come with, by group, name and version."""
    names = {
        name for text in texts for name in _IMPORTED.findall(text.decode("utf-8", errors="replace"))
    }
    names |= {other for name in names for other in _WITH.get(name, ())}
    return {
        group: found
        for group, packages in _versions(folder).items()
        if group != "overrides"
        and (found := {name: version for name, version in packages.items() if name in names})
    }


def _versions(folder: Path) -> dict[str, dict[str, str]]:
    versions: dict[str, dict[str, str]] = json.loads(
        (folder / "versions.json").read_text(encoding="utf-8")
    )
    return versions
