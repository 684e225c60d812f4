"""Generated files into the user's folder: state, plan, merging, transaction."""

from ace_flow.files import digest
from ace_flow.project.applying import apply, save
from ace_flow.project.bases import Bases
from ace_flow.project.dangers import Danger, dangers
from ace_flow.project.deciding import is_text, make_plan
from ace_flow.project.host import find_host, hosts_below, lacking, taken
from ace_flow.project.lock import locked
from ace_flow.project.merging import merge
from ace_flow.project.moves import renamed
from ace_flow.project.plan import (
    NEW_SUFFIX,
    OLD_SUFFIX,
    WRITING,
    Action,
    Change,
    Choice,
    Plan,
)
from ace_flow.project.regions import Favor, Joined
from ace_flow.project.state import (
    BASE_FOLDER,
    State,
    print_state,
    read_state,
)
from ace_flow.project.tables import TABLES_PATH, print_tables, read_tables
from ace_flow.project.tidying import Formatter
from ace_flow.project.transaction import Write, is_unfinished, recover, write
from ace_flow.project.tree import Tree

__all__ = [
    "BASE_FOLDER",
    "NEW_SUFFIX",
    "OLD_SUFFIX",
    "TABLES_PATH",
    "WRITING",
    "Action",
    "Bases",
    "Change",
    "Choice",
    "Danger",
    "Favor",
    "Formatter",
    "Joined",
    "Plan",
    "State",
    "Tree",
    "Write",
    "apply",
    "dangers",
    "digest",
    "find_host",
    "hosts_below",
    "is_text",
    "is_unfinished",
    "lacking",
    "locked",
    "make_plan",
    "merge",
    "print_state",
    "print_tables",
    "read_state",
    "read_tables",
    "recover",
    "renamed",
    "save",
    "taken",
    "write",
]
