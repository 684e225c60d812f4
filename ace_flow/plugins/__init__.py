"""What runs around generating and deploying: the scripts of a project."""

from ace_flow.plugins.commands import started_files
from ace_flow.plugins.events import EVENTS
from ace_flow.plugins.hooks_file import read_hooks
from ace_flow.plugins.script import ScriptHook
from ace_flow.plugins.shell import Facts, ScriptRun, run_scripts

__all__ = [
    "EVENTS",
    "Facts",
    "ScriptHook",
    "ScriptRun",
    "read_hooks",
    "run_scripts",
    "started_files",
]
