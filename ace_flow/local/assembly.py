"""A project's backend as CDK synthesizes it: without a network, without an account."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

from ace_flow.diagnostics import AttentionError
from ace_flow.programs import hear
from ace_flow.workspace import PROJECT_FOLDER

SANDBOX_FOLDER = Path(PROJECT_FOLDER) / "sandbox"
_ASSEMBLIES = SANDBOX_FOLDER / "assemblies"
# What Amplify's own command line tells the program of a backend.
_CONTEXT = {
    "amplify-backend-namespace": "aceflow",
    "amplify-backend-name": "local",
    "amplify-backend-type": "sandbox",
}
# Lines of CDK and Node that say nothing of the project.
_NOISE = ("npm warn", "(node:", "(Use `node", "[WARNING]", "Use `addResourceDependency`")


def assemble(root: Path, node: str, number: int) -> Path:
    """Synthesize the backend of a project and return the folder of the cloud assembly.

    Each has a folder of its own, `number`: what is served stays whole while the next is made.
    Raises AttentionError with what the tools said when the backend cannot be synthesized.
    """
    folder = root / _ASSEMBLIES / str(number)
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    environment = {name: value for name, value in os.environ.items() if name[:4] != "AWS_"}
    environment |= {
        "CDK_CONTEXT_JSON": json.dumps(_CONTEXT),
        "CDK_OUTDIR": str(folder),
        "NODE_NO_WARNINGS": "1",
    }
    done = hear([node, "--import", "tsx", "amplify/backend.ts"], root, environment)
    if done.code == 0:
        return folder
    raise AttentionError("the backend cannot be synthesized", hint=_said(done.text, root))


def forget(root: Path, number: int) -> None:
    """Remove an assembly that is not served any more."""
    shutil.rmtree(root / _ASSEMBLIES / str(number), ignore_errors=True)


def _said(text: str, root: Path) -> str:
    lines = [
        line.replace(f"file://{root}{os.sep}", "").replace(f"{root}{os.sep}", "")
        for line in text.splitlines()
        if line.strip() and not line.lstrip().startswith(_NOISE)
    ]
    # A stack of calls begins within the project and goes on in packages.
    own = [line for line in lines if "node_modules" not in line and "node:" not in line]
    return "\n".join(own[:20]) or text.strip()
