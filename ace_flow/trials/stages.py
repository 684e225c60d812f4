"""The stages that a pattern is put through, as data: what each is called and builds on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from ace_flow.diagnostics import AceError


class Outcome(StrEnum):
    """How a stage ended; one that builds on a failed one is skipped."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One step of a test: its name in options and reports, what is said of it while it runs."""

    name: str
    title: str
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What came of a stage.

    `summary` is a line. Of a stage that failed, `details` are what the tools said or what would
    help, in lines; `error` is there where nothing can follow.
    """

    stage: Stage
    outcome: Outcome
    seconds: float = 0.0
    summary: str = ""
    details: str = ""
    error: AceError | None = None


# In the order in which they run.
STAGES = (
    Stage(name="pattern", title="schema and rules"),
    Stage(name="generation", title="generation", needs=("pattern",)),
    Stage(name="packages", title="npm packages", needs=("generation",)),
    Stage(name="schema", title="GraphQL schema, as Amplify makes it", needs=("packages",)),
    Stage(name="types", title="types of backend and frontend", needs=("packages",)),
    Stage(name="synth", title="CloudFormation, as CDK makes it", needs=("schema",)),
    Stage(name="lint", title="CloudFormation, as cfn-lint finds it", needs=("synth",)),
    Stage(name="build", title="bundle of the frontend", needs=("packages",)),
    Stage(name="suite", title="the application's own tests", needs=("packages",)),
    Stage(name="tests", title="the pattern's own tests", needs=("packages",)),
    Stage(name="sandbox", title="records of every model in the sandbox", needs=("synth",)),
    Stage(
        name="performance",
        title="times and sizes",
        needs=("build", "synth", "sandbox"),
    ),
)
NAMES = tuple(stage.name for stage in STAGES)
ALWAYS = ("schema", "types")
FULL = (*ALWAYS, "lint", "build", "suite", "tests")
SANDBOX = ("sandbox",)
PERFORMANCE = ("performance",)


def stages(wanted: Collection[str]) -> tuple[Stage, ...]:
    """Return the stages that are wanted, by name, with all that they build on, in their order."""
    known = {stage.name: stage for stage in STAGES}
    found: set[str] = set()
    rest = list(wanted)
    while rest:
        name = rest.pop()
        if name not in found:
            found.add(name)
            rest += known[name].needs
    return tuple(stage for stage in STAGES if stage.name in found)
