"""YAML text to a typed, completed pattern."""

from ace_flow.loader.document import read_document
from ace_flow.loader.pipeline import Loaded, load
from ace_flow.loader.resolver import Find, Missing, Parent
from ace_flow.loader.schema import schema

__all__ = ["Find", "Loaded", "Missing", "Parent", "load", "read_document", "schema"]
