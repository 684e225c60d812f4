"""The reference page of hooks, from their specifications."""  # noqa: INP001 - part of a script

from __future__ import annotations

import dataclasses
import inspect
import re
from typing import TYPE_CHECKING

from markup import code, table

from ace_flow.plugins import contexts, contracts
from ace_flow.plugins.running import SECONDS_VARIABLE, Limits
from ace_flow.plugins.scripts import SCRIPTED

if TYPE_CHECKING:
    from collections.abc import Iterator

# What a module in JavaScript calls them.
JAVASCRIPT = {
    "ace_generate_schema": "export function generateSchema(config, context)",
    "ace_transform_pattern": "transformPattern(pattern, context)",
    "ace_pre_generation": "preGeneration(context)",
    "ace_post_generation": "postGeneration(context)",
    "ace_pre_deployment": "preDeployment(context)",
}
VALUES = (
    contexts.Context,
    contexts.ModelFacts,
    contexts.FieldFacts,
    contexts.ComponentFacts,
    contexts.PlannedFile,
    contexts.Contribution,
    contexts.NewFile,
)


def hooks() -> list[str]:
    """Return the names of all hooks, in the order of a run."""
    return [name for name, value in vars(contracts).items() if hasattr(value, "ace_flow_spec")]


def hooks_page() -> Iterator[str]:
    """Yield what each hook is told, what it may return, and what holds for all."""
    limits = Limits()
    yield "# Hooks"
    yield (
        "Code that is called while `ace` generates, and before a deployment: in Python, in "
        "JavaScript, or in TypeScript. It comes from packages that are installed beside ace, from "
        "what a pattern names under `hooks` and `generators`, and from `.ace-flow/hooks` of a "
        "project. How to write one: [in Python](../how-to/write-a-hook-in-python.md), "
        "[in JavaScript](../how-to/write-a-hook-in-javascript.md)."
    )
    yield "In the order of a run:"
    yield table(
        ("Hook", "In JavaScript", "Packages", "Patterns, projects"),
        [
            (
                f"[`{name}`](#{name})",
                code(JAVASCRIPT[name]) if name in JAVASCRIPT else "",
                "yes",
                "yes" if name in SCRIPTED else "",
            )
            for name in hooks()
        ],
    )
    for name in hooks():
        function = getattr(contracts, name)
        yield f"## {name}"
        yield f"```python\ndef {name}{_signature(function)}\n```"
        if name in JAVASCRIPT:
            yield f"```js\n{JAVASCRIPT[name]}\n```"
        yield from _paragraphs(function)
    yield "## Order"
    yield (
        "Packages come first, in the order that "
        "[pluggy](https://pluggy.readthedocs.io/en/stable/#call-time-order) gives them: the one "
        "registered last is called first, but for `tryfirst`, `trylast` and wrappers. Then come "
        "the modules of the pattern, its parents' before its own, and then those of the project "
        "by name. `ace_transform_pattern` takes no wrappers."
    )
    yield "## Values"
    yield (
        "In JavaScript, names are in camelCase: `context.displayName`, `context.dryRun`. The "
        "names of parameters are there in both spellings."
    )
    for value in VALUES:
        yield f"### {value.__name__}"
        yield from _paragraphs(value)
        yield table(
            ("Name", "Type"),
            [(code(item.name), code(item.type)) for item in dataclasses.fields(value)],
        )
    yield "## Limits"
    yield (
        "The modules of patterns and projects run in processes of their own, one for each "
        f"language. A call may take {limits.seconds:g} seconds (`{SECONDS_VARIABLE}` can say "
        f"more), print {limits.printed // 1024**2} MiB, answer with {limits.answered // 1024**2} "
        f"MiB, and use {limits.memory // 1024**3} GiB of memory. They find an empty folder as "
        "home and as current one, and of the environment only `PATH`. What goes wrong ends the "
        "command with exit code 6 and the hook's name. [Why so](../explanation/hooks.md)."
    )


def _signature(function: object) -> str:
    text = str(inspect.signature(function))  # type: ignore[arg-type] - a specification is callable
    return re.sub(r"'([^']*)'", r"\1", text)


def _paragraphs(value: object) -> Iterator[str]:
    for paragraph in (inspect.getdoc(value) or "").split("\n\n"):
        yield paragraph.replace("\n", " ")
