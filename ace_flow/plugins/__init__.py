"""Hooks of installed packages, patterns and projects."""

from ace_flow.plugins.contexts import (
    ComponentFacts,
    Context,
    Contribution,
    FieldFacts,
    ModelFacts,
    NewFile,
    PlannedFile,
)
from ace_flow.plugins.installed import EntryPoint, Installed
from ace_flow.plugins.manager import Changed, Generated, Hooks
from ace_flow.plugins.overlay import laid_over
from ace_flow.plugins.running import Limits
from ace_flow.plugins.scripts import SCRIPTED, ScriptFile, is_script

__all__ = [
    "SCRIPTED",
    "Changed",
    "ComponentFacts",
    "Context",
    "Contribution",
    "EntryPoint",
    "FieldFacts",
    "Generated",
    "Hooks",
    "Installed",
    "Limits",
    "ModelFacts",
    "NewFile",
    "PlannedFile",
    "ScriptFile",
    "is_script",
    "laid_over",
]
