"""What is not generated over: a project of another pattern, and files of others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.diagnostics import AttentionError
from ace_flow.names import normal
from ace_flow.project import OLD_SUFFIX, Action
from ace_flow.workspace import STATE_PATH

if TYPE_CHECKING:
    from ace_flow.project import Plan, State


def refuse_other_pattern(before: State, name: str, source: str) -> None:
    """Raise AttentionError when a project was generated from another pattern."""
    is_same_file = bool(source) and source == before.source
    if before.pattern and normal(before.pattern) != normal(name) and not is_same_file:
        raise AttentionError(
            f"the project was generated from `{before.pattern}`, not from `{name}`; "
            "nothing was written",
            hint=f"generate into another folder with --output; if the pattern was renamed, "
            f"write its new name into {STATE_PATH}",
        )


def refuse_foreign(plan: Plan) -> None:
    """Raise AttentionError when files are in the way that ace did not write."""
    foreign = plan.of(Action.FOREIGN)
    if foreign:
        raise AttentionError(
            "files are in the way that ace did not write; nothing was written",
            paths=[change.path for change in foreign],
            hint="generate into a new folder with --output; or let ace write them with --adopt, "
            f"which keeps what is there in FILE{OLD_SUFFIX}",
        )
