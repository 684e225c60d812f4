"""Generated files into the user's folder: state, plan, merging, transaction."""

from ace_flow.project.lock import held, locked
from ace_flow.project.merging import Favor, Merged, merge
from ace_flow.project.plan import NEW_SUFFIX, WRITING, Action, Change, Choice, Plan, make_plan
from ace_flow.project.state import (
    BASE_FOLDER,
    STATE_PATH,
    State,
    base_path,
    digest,
    print_state,
    read_state,
    state_files,
)
from ace_flow.project.transaction import Write, recover, write
from ace_flow.project.tree import Tree

__all__ = [
    "BASE_FOLDER",
    "NEW_SUFFIX",
    "STATE_PATH",
    "WRITING",
    "Action",
    "Change",
    "Choice",
    "Favor",
    "Merged",
    "Plan",
    "State",
    "Tree",
    "Write",
    "base_path",
    "digest",
    "held",
    "locked",
    "make_plan",
    "merge",
    "print_state",
    "read_state",
    "recover",
    "state_files",
    "write",
]
