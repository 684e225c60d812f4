"""The local backend, started from the sandbox's files, and who may talk to it."""

from __future__ import annotations

import base64
import json
import os
import shutil
import subprocess
import urllib.error
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

SANDBOX = Path(__file__).parent.parent / "sandbox"
ISSUER = "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_local"
NEVER = 4102444800  # the year 2100


class Reply(NamedTuple):
    status: int
    headers: dict[str, str]
    content: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.content)


def post(url: str, content: Any = b"", /, **headers: str) -> Reply:
    """Post bytes, or something as JSON, to an address of ours."""
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    request = urllib.request.Request(url, body, headers)  # noqa: S310 it is ours
    try:
        with urllib.request.urlopen(request) as response:  # noqa: S310 the same
            return Reply(response.status, dict(response.headers), response.read())
    except urllib.error.HTTPError as error:
        return Reply(error.code, dict(error.headers), error.read())


def invoke(api: str, function: str, event: Any = None) -> Reply:
    """Call a function of the API's backend once, as AWS does."""
    path = f"/aws/lambda/2015-03-31/functions/{function}/invocations"
    return post(api.removesuffix("/graphql") + path, event or {})


@pytest.fixture(scope="session")
def sandbox(toolbox, tmp_path_factory):
    """Copy the sandbox to where it finds its packages."""
    folder = tmp_path_factory.mktemp("sandbox") / "sandbox"
    shutil.copytree(SANDBOX, folder, ignore=shutil.ignore_patterns("node_modules"))
    (folder / "node_modules").symlink_to(toolbox / "node_modules")
    return folder


@contextmanager
def serving(
    sandbox: Path, assembly: Path, outputs: Path, port: int = 0, **environment: str
) -> Iterator[str]:
    """Serve an assembly's API with no records in it, write its outputs, and give its address.

    `environment` holds the secrets of functions; what they print is in `functions.log` beside the
    outputs. Schedules do not run by themselves, so that tests say when functions do.
    """
    options = ["--port", str(port), "--outputs", outputs, "--unscheduled"]
    command = ["node", "main.js", assembly, *options]
    with (
        outputs.with_name("functions.log").open("w") as log,
        subprocess.Popen(
            command,
            cwd=sandbox,
            env={**os.environ, **environment},
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        ) as process,
    ):
        assert process.stdout
        try:
            yield json.loads(process.stdout.readline())["url"]
        finally:
            process.terminate()
    assert process.returncode == 0


def identity(name: str, claim: str = "sub::username") -> str:
    """Return what Amplify writes into a record for the user of that name, by their token."""
    told = claims(name)
    return "::".join(str(told[part]) for part in claim.split("::"))


def claims(name: str, *groups: str) -> dict[str, Any]:
    """Return what the tokens of a user say who is in these groups."""
    found = {
        "sub": f"sub-{name}",
        "username": name,
        "email": f"{name}@example.com",
        "iss": ISSUER,
        "exp": NEVER,
    }
    return {**found, "cognito:groups": list(groups)} if groups else found


def session(name: str, *groups: str) -> str:
    """Return the session token by which the local storage knows a user who is in these groups."""
    return f"authenticated/{identity_id(name)}/{','.join(groups)}"


def identity_id(name: str) -> str:
    """Return what the identity pool calls the user of that name."""
    return f"us-east-1:{name}"


def payload(text: str) -> dict[str, Any]:
    """Return what a token says."""
    part = text.split(".")[1]
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def token(content: dict[str, Any]) -> str:
    """Return a token that nobody signed."""
    parts = (json.dumps(part).encode() for part in ({"alg": "none"}, content))
    return ".".join([*(base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts), "-"])
