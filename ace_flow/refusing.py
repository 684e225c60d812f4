"""What generating refuses before anything is written: folders and files that are not its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.diagnostics import AttentionError
from ace_flow.names import normal
from ace_flow.project import OLD_SUFFIX, Action, hosts_below, taken
from ace_flow.workspace import STATE_PATH

if TYPE_CHECKING:
    from pathlib import Path

    from ace_flow.model import Guest, Pattern
    from ace_flow.project import Plan, State


def refuse_other_pattern(before: State, name: str, source: str) -> None:
    """Raise AttentionError when a project was generated from another pattern.

    `name` and `source` are the pattern's name and file; that may have another name now.
    """
    is_same_file = bool(source) and source == before.source
    if not before.pattern or normal(before.pattern) == normal(name) or is_same_file:
        return
    if before.guest:
        raise AttentionError(
            f"`{before.pattern}` is in this application already, and `ace` keeps one pattern in "
            "each; nothing was written",
            hint=f"make a pattern of your own of both, `extends: [{before.pattern}, {name}]`; "
            f"generate it in place of `{before.pattern}`, whose folders and .ace-flow you remove",
        )
    raise AttentionError(
        f"the project was generated from `{before.pattern}`, not from `{name}`; "
        "nothing was written",
        hint=f"generate into another folder with --output; if the pattern was renamed, "
        f"write its new name into {STATE_PATH}",
    )


def refuse_taken(root: Path, pattern: Pattern, guest: Guest) -> None:
    """Raise AttentionError when folders that are to be a new guest's are there already."""
    from ace_flow.generator import folders_of  # noqa: PLC0415 - costs 150 ms

    if there := taken(root, folders_of(pattern, guest)):
        raise AttentionError(
            "the pattern's files would be in folders that are there already; nothing was written",
            paths=there,
            hint="give the pattern another name, or the folders; if ace wrote them, restore "
            ".ace-flow from version control",
        )


def refuse_foreign(plan: Plan, root: Path) -> None:
    """Raise AttentionError when files are in the way of a plan for the project in `root`."""
    foreign = plan.of(Action.FOREIGN)
    if foreign and (below := hosts_below(root)):
        raise AttentionError(
            "files are in the way that ace did not write; nothing was written",
            paths=[change.path for change in foreign],
            hint=f"an Amplify application is in {' and in '.join(below)}: generate there with "
            "--output, and only what is the pattern's is added",
        )
    if foreign:
        raise AttentionError(
            "files are in the way that ace did not write; nothing was written",
            paths=[change.path for change in foreign],
            hint="generate into a new folder with --output; or let ace write them with --adopt, "
            f"which keeps what is there in FILE{OLD_SUFFIX}",
        )
