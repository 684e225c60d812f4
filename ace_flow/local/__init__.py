"""A project's backend on this machine: its programs, its packages, its servers."""

from ace_flow.local.assembly import SANDBOX_FOLDER, assemble, forget
from ace_flow.local.failure import failure
from ace_flow.local.outputs import Outputs
from ace_flow.local.packages import Packages, has_frontend, project_packages, sandbox_packages
from ace_flow.local.server import Front, Person, Server
from ace_flow.local.watching import changes
from ace_flow.programs import node_program, run, run_npm

__all__ = [
    "SANDBOX_FOLDER",
    "Front",
    "Outputs",
    "Packages",
    "Person",
    "Server",
    "assemble",
    "changes",
    "failure",
    "forget",
    "has_frontend",
    "node_program",
    "project_packages",
    "run",
    "run_npm",
    "sandbox_packages",
]
