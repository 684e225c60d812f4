"""YAML text to a typed, completed pattern.

Each part is imported when it is asked for: what is known of a pattern already needs none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.lazily import importing

if TYPE_CHECKING:
    from ace_flow.loader.document import read_document
    from ace_flow.loader.fitting import misfit, normal_form, printed, read
    from ace_flow.loader.made import with_changes, with_models
    from ace_flow.loader.parametrizing import previewed
    from ace_flow.loader.pipeline import Filled, Loaded, fill, finish, load
    from ace_flow.loader.resolver import Find, Missing, Parent
    from ace_flow.loader.values import (
        Ask,
        Choose,
        ProjectValues,
        Question,
        Stated,
        sample_values,
        stated_in_file,
        stated_in_options,
        takes,
    )

__all__ = [
    "Ask",
    "Choose",
    "Filled",
    "Find",
    "Loaded",
    "Missing",
    "Parent",
    "ProjectValues",
    "Question",
    "Stated",
    "fill",
    "finish",
    "load",
    "misfit",
    "normal_form",
    "previewed",
    "printed",
    "read",
    "read_document",
    "sample_values",
    "stated_in_file",
    "stated_in_options",
    "takes",
    "with_changes",
    "with_models",
]

__getattr__ = importing(
    __name__,
    {
        "document": ("read_document",),
        "fitting": ("misfit", "normal_form", "printed", "read"),
        "made": ("with_changes", "with_models"),
        "parametrizing": ("previewed",),
        "pipeline": ("Filled", "Loaded", "fill", "finish", "load"),
        "resolver": ("Find", "Missing", "Parent"),
        "values": (
            *("Ask", "Choose", "ProjectValues", "Question", "Stated", "takes"),
            *("sample_values", "stated_in_file", "stated_in_options"),
        ),
    },
)
