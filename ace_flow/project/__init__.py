"""Generated files into the user's folder: state, plan, transaction."""

from ace_flow.project.plan import BLOCKING, WRITING, Action, Change, Plan, make_plan
from ace_flow.project.state import STATE_PATH, State, print_state, read_state
from ace_flow.project.transaction import read_file, write_files

__all__ = [
    "BLOCKING",
    "STATE_PATH",
    "WRITING",
    "Action",
    "Change",
    "Plan",
    "State",
    "make_plan",
    "print_state",
    "read_file",
    "read_state",
    "write_files",
]
