"""YAML text to a typed, completed pattern."""

from ace_flow.loader.document import read_document
from ace_flow.loader.fitting import misfit, normal_form, printed, read
from ace_flow.loader.made import with_changes, with_models
from ace_flow.loader.parametrizing import previewed
from ace_flow.loader.pipeline import Filled, Loaded, fill, finish, load
from ace_flow.loader.resolver import Find, Missing, Parent
from ace_flow.loader.schema import schema
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
    "schema",
    "stated_in_file",
    "stated_in_options",
    "takes",
    "with_changes",
    "with_models",
]
