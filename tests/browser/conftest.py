"""Generated applications in a browser, with a local backend that forgets after each test."""

from __future__ import annotations

import shutil
from contextlib import ExitStack, contextmanager
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import urlsplit

import pytest
from backend import claims, post, serving, token
from visits import Visit, Visitor

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# Credentials of AWS that the local backend takes for those of an administrator.
ROLE = {"authorization": "AWS4-HMAC-SHA256 Credential=local", "x-amz-security-token": "role"}


class Site(NamedTuple):
    """A built application: where its files are, and what its backend is made of."""

    dist: Path
    assembly: Path
    outputs: Path
    port: int


class Quiet(SimpleHTTPRequestHandler):
    """Serves files, and says nothing about it."""

    def log_message(self, *_: Any) -> None:
        pass


class Server(ThreadingHTTPServer):
    """A server that does not wait for connections which a browser keeps for later."""

    daemon_threads = True


@contextmanager
def published(folder: Path) -> Iterator[str]:
    """Serve a folder's files to this machine."""
    handler = partial(Quiet, directory=str(folder))
    with Server(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="session")
def site_of(generated, synthesized, sandbox, npx, tmp_path_factory):
    """Build a pattern's application for a local backend."""

    @cache
    def build(name: str) -> Site:
        # A copy, since other tests have the application without a backend.
        project = tmp_path_factory.mktemp("site") / name
        shutil.copytree(generated(name), project, symlinks=True)
        outputs = project / "amplify_outputs.json"
        with serving(sandbox, synthesized(name), outputs) as url:
            port = urlsplit(url).port
        assert port
        npx(project, "vite", "build")
        return Site(project / "dist", synthesized(name), outputs, port)

    return build


class App:
    """An application with a backend of its own, and the people who visit it."""

    def __init__(self, stack: ExitStack, browser: Any, url: str, site: Site) -> None:
        self._stack = stack
        self._browser = browser
        self._files = f"http://127.0.0.1:{site.port}"
        self._api = f"{self._files}/graphql"
        self.url = url

    def visit(self, path: str = "", visitor: Visitor | None = None, **context: Any) -> Visit:
        """Open a page in a window of its own; afterwards nothing may have gone wrong there."""
        visit = Visit(self._browser, self.url, visitor, context, self._files)
        self._stack.enter_context(visit)
        visit.go(path)
        return visit

    def create(self, visitor: Visitor, model: str, /, key: str = "id", **fields: Any) -> str:
        """Create a record as somebody would, and return its id, or what else it is known by."""
        made = {"authorization": token(claims(visitor.name, *visitor.groups))}
        return self._create(made, model, key, fields)

    def call(self, visitor: Visitor, mutation: str, signature: str, /, **given: Any) -> str:
        """Call a mutation as somebody would, with arguments of these types; return the id."""
        headers = {"authorization": token(claims(visitor.name, *visitor.groups))}
        types = dict(part.split(": ") for part in signature.split(", "))
        declared = ", ".join(f"${name}: {kind}" for name, kind in types.items())
        passed = ", ".join(f"{name}: ${name}" for name in types)
        query = f"mutation M({declared}) {{ made: {mutation}({passed}) {{ id }} }}"
        answer = post(self._api, {"query": query, "variables": given}, **headers).json
        assert "errors" not in answer, answer
        return answer["data"]["made"]["id"]

    def remove(self, visitor: Visitor, model: str, /, **key: Any) -> None:
        """Delete a record as somebody would."""
        headers = {"authorization": token(claims(visitor.name, *visitor.groups))}
        mutation = (
            f"mutation M($i: Delete{model}Input!) {{ gone: delete{model}(input: $i) {{ id }} }}"
        )
        answer = post(self._api, {"query": mutation, "variables": {"i": key}}, **headers).json
        assert "errors" not in answer, answer

    def seed(self, model: str, /, **fields: Any) -> None:
        """Create a record as the account's own role, which rules do not concern."""
        self._create(ROLE, model, "__typename", fields)

    def _create(self, headers: dict[str, str], model: str, key: str, fields: Any) -> str:
        mutation = (
            f"mutation M($i: Create{model}Input!) {{ made: create{model}(input: $i) {{ {key} }} }}"
        )
        answer = post(self._api, {"query": mutation, "variables": {"i": fields}}, **headers).json
        assert "errors" not in answer, answer
        return answer["data"]["made"][key]


@pytest.fixture
def app_of(browser, site_of, sandbox):
    """Start a pattern's application with no records in it."""
    with ExitStack() as stack:

        def start(name: str) -> App:
            site = site_of(name)
            url = stack.enter_context(published(site.dist))
            stack.enter_context(serving(sandbox, site.assembly, site.outputs, site.port))
            return App(stack, browser, url, site)

        yield start
