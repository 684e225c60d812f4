"""A local backend for each pattern, and a process with the real Amplify client that talks to it."""

from __future__ import annotations

import json
import queue
import subprocess
import threading
from contextlib import ExitStack, closing
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import backend
import pytest
from backend import claims, serving, session, token

PROGRAM = Path(__file__).with_name("client.mjs")
PATIENCE = 30


class Answer(NamedTuple):
    data: Any
    errors: list[dict[str, Any]]
    next_token: str | None

    @property
    def said(self) -> str:
        """What the errors say."""
        return "; ".join(error["message"] for error in self.errors)

    @property
    def refused(self) -> bool:
        """If the API answered that this is not allowed, and gave nothing."""
        return not self.data and any(
            error.get("errorType") == "Unauthorized" or "Unauthorized" in error["message"]
            for error in self.errors
        )


class Caller:
    """Somebody who uses the client, in the way that they are signed in."""

    def __init__(self, client: Client, mode: str, **signed: str) -> None:
        self.client = client
        self.mode = mode
        self.signed = signed

    def call(self, model: str, method: str, *arguments: Any, **options: Any) -> Answer:
        """Call a method of `client.models` with these arguments and options."""
        given = [*arguments, {"authMode": self.mode, **options}]
        return self._ask(kind="call", model=model, method=method, arguments=given)

    def create(self, model: str, /, **fields: Any) -> dict[str, Any]:
        """Create a record, which must succeed, and return it."""
        answer = self.call(model, "create", fields)
        assert answer.errors == []
        return answer.data

    def follow(self, model: str, key: dict[str, Any], relation: str, **options: Any) -> Answer:
        """Get a record, and from there what a relation of it leads to."""
        given = {"authMode": self.mode, **options}
        return self._ask(kind="follow", model=model, key=key, relation=relation, options=given)

    def subscribe(self, model: str, method: str, **options: Any) -> Answer:
        """Subscribe; the answer's data are the subscription's number."""
        given = {"authMode": self.mode, **options}
        return self._ask(kind="subscribe", model=model, method=method, options=given)

    def files(self, method: str, path: str, *arguments: Any) -> Answer:
        """Do something with the files of a path: write, get, link, list or delete."""
        return self._ask(kind="files", method=method, arguments=[path, *arguments])

    def query(self, name: str, /, **given: Any) -> Answer:
        """Call a custom query."""
        return self._operate("queries", name, given)

    def mutate(self, name: str, /, **given: Any) -> Answer:
        """Call a custom mutation."""
        return self._operate("mutations", name, given)

    def done(self, name: str, /, **given: Any) -> Any:
        """Call a custom mutation, which must succeed, and return what it gives."""
        answer = self.mutate(name, **given)
        assert answer.errors == [], answer.said
        return answer.data

    def _operate(self, kind: str, name: str, given: dict[str, Any]) -> Answer:
        options = {"authMode": self.mode}
        return self._ask(kind="operate", type=kind, name=name, input=given, options=options)

    def _ask(self, **request: Any) -> Answer:
        return self.client.ask(caller=self.signed, **request)


class Client:
    """The process; it does one thing after the other."""

    def __init__(self, packages: Path, outputs: Path) -> None:
        self._process = subprocess.Popen(
            ["node", PROGRAM, packages, outputs],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.url = json.loads(outputs.read_text())["data"]["url"]
        self._numbers = count(1)
        self._lines: queue.Queue[dict[str, Any]] = queue.Queue()
        self._events: dict[int, list[Any]] = {}
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            self._lines.put(json.loads(line))

    def close(self) -> None:
        self._process.terminate()
        self._process.communicate()

    def user(self, name: str, *groups: str) -> Caller:
        signed = {"token": token(claims(name, *groups)), "session": session(name, *groups)}
        return Caller(self, "userPool", **signed)

    def guest(self) -> Caller:
        return Caller(self, "identityPool", session="guest")

    def stranger(self) -> Caller:
        """Somebody who has nothing but the API key."""
        return Caller(self, "apiKey")

    def role(self) -> Caller:
        """Return a role of the account, which rules do not concern."""
        return Caller(self, "identityPool", session="role")

    def ask(self, **request: Any) -> Answer:
        assert self._process.stdin
        number = next(self._numbers)
        self._process.stdin.write(json.dumps({"id": number, **request}) + "\n")
        self._process.stdin.flush()
        while (answer := self._next()).get("id") != number:
            pass
        return Answer(answer["data"], answer.get("errors") or [], answer.get("nextToken"))

    def events(self, subscription: int, number: int = 0) -> list[Any]:
        """Return what a subscription was told, once that is so much."""
        told = self._events.setdefault(subscription, [])
        while len(told) < number:
            self._next()
        return told

    def invoke(self, function: str, event: dict[str, Any] | None = None) -> Any:
        """Call a function once, as AWS does, which must succeed, and return its result."""
        reply = backend.invoke(self.url, function, event)
        assert "x-amz-function-error" not in reply.headers, reply.content
        return reply.json

    def _next(self) -> dict[str, Any]:
        message = self._lines.get(timeout=PATIENCE)
        if "event" in message:
            self._events.setdefault(message["event"], []).append(message["data"])
        return message


@pytest.fixture(scope="session")
def client_of(toolbox, sandbox, synthesized, tmp_path_factory):
    """Return a client of a pattern's backend, which is started with the first."""
    with ExitStack() as stack:

        @cache
        def start(name: str) -> Client:
            outputs = tmp_path_factory.mktemp(name) / "amplify_outputs.json"
            stack.enter_context(serving(sandbox, synthesized(name), outputs))
            return stack.enter_context(closing(Client(toolbox / "node_modules", outputs)))

        yield start
