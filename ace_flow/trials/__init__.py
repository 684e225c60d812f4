"""What `ace test-pattern` puts a pattern through: its application, real tools, real requests."""

from ace_flow.trials.declared import FieldSeen, ModelSeen
from ace_flow.trials.junit import junit
from ace_flow.trials.own import code_of_tests
from ace_flow.trials.performance import Compared, shown
from ace_flow.trials.resources import with_tables
from ace_flow.trials.stages import (
    ALWAYS,
    FULL,
    NAMES,
    PERFORMANCE,
    SANDBOX,
    Done,
    Outcome,
    Stage,
)
from ace_flow.trials.trial import Request, Trial, trying
from ace_flow.trials.values import Values, values_in

__all__ = [
    "ALWAYS",
    "FULL",
    "NAMES",
    "PERFORMANCE",
    "SANDBOX",
    "Compared",
    "Done",
    "FieldSeen",
    "ModelSeen",
    "Outcome",
    "Request",
    "Stage",
    "Trial",
    "Values",
    "code_of_tests",
    "junit",
    "shown",
    "trying",
    "values_in",
    "with_tables",
]
