"""Generated files into the user's folder: state, plan, transaction."""

from ace_flow.project.lock import locked
from ace_flow.project.merging import Favor, Merged, merge, same
from ace_flow.project.plan import BLOCKING, WRITING, Action, Change, Plan, make_plan
from ace_flow.project.state import STATE_PATH, State, digest, print_state, read_state
from ace_flow.project.transaction import Write, recover, write
from ace_flow.project.tree import Tree

__all__ = [
    "BLOCKING",
    "STATE_PATH",
    "WRITING",
    "Action",
    "Change",
    "Favor",
    "Merged",
    "Plan",
    "State",
    "Tree",
    "Write",
    "digest",
    "locked",
    "make_plan",
    "merge",
    "print_state",
    "read_state",
    "recover",
    "same",
    "write",
]
