"""A project's backend as CDK synthesizes it: without a network, without an account."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from ace_flow.diagnostics import AttentionError
from ace_flow.local.failure import failure
from ace_flow.programs import hear, without_keys
from ace_flow.workspace import PROJECT_FOLDER

SANDBOX_FOLDER = Path(PROJECT_FOLDER) / "sandbox"
_ASSEMBLIES = SANDBOX_FOLDER / "assemblies"
# What Amplify's own command line tells the program of a backend.
_CONTEXT = {
    "amplify-backend-namespace": "aceflow",
    "amplify-backend-name": "local",
    "amplify-backend-type": "sandbox",
}
_VALIDATED = "@aws-cdk/core:validateAgainstDefaultRules"


def assemble(root: Path, node: str, number: int, *, strict: bool = False) -> Path:
    """Synthesize the backend of a project and return the folder of the cloud assembly.

    Each has a folder of its own, `number`: what is served stays whole while the next is made. With
    `strict`, CDK refuses what a deployment would refuse, such as stacks that depend on each other,
    and finds none of our keys: what is on trial may be of others.
    Raises AttentionError with what the tools said when the backend cannot be synthesized.
    """
    folder = root / _ASSEMBLIES / str(number)
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    # A project of one's own may read any settings; it needs no account.
    plain = {name: value for name, value in os.environ.items() if name[:4] != "AWS_"}
    environment = (without_keys() if strict else plain) | {
        "CDK_CONTEXT_JSON": json.dumps(_CONTEXT | ({_VALIDATED: True} if strict else {})),
        "CDK_OUTDIR": str(folder),
        "NODE_NO_WARNINGS": "1",
    }
    # CDK leaves what it copies in the folder for temporary files.
    with TemporaryDirectory(prefix="ace-", ignore_cleanup_errors=True) as passing:
        environment |= dict.fromkeys(("TMPDIR", "TEMP", "TMP"), passing)
        done = hear([node, "--import", "tsx", "amplify/backend.ts"], root, environment)
    if done.code == 0:
        return folder
    message, more = failure(done.text, root)
    raise AttentionError(f"the backend cannot be synthesized: {message}", hint=more)


def forget(root: Path, number: int) -> None:
    """Remove an assembly that is not served any more."""
    shutil.rmtree(root / _ASSEMBLIES / str(number), ignore_errors=True)
