"""A window of the browser: somebody is signed in, and nothing may go wrong unseen."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from backend import NEVER, claims, identity_id, payload, session, token
from playwright.sync_api import expect

if TYPE_CHECKING:
    from types import TracebackType

    from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, Route

# What `amplify_outputs.json` calls the application, and so the tokens in the browser's storage.
STORE = "CognitoIdentityServiceProvider.local"
IDENTITY_POOL = "https://cognito-identity.us-east-1.amazonaws.com/**"
STORAGE = re.compile(r"^https://([^./]+)\.s3\.us-east-1\.amazonaws\.com/")
OUTSIDE = re.compile(r"^https?://(?!127\.0\.0\.1[:/])")
# Amplify's client always asks for TLS, which a server on the same machine does not have.
PLAIN_SOCKETS = """
  window.WebSocket = class extends WebSocket {
    constructor(url, protocols) {
      super(String(url).replace('wss://127.0.0.1', 'ws://127.0.0.1'), protocols);
    }
  };
"""
# Amplify's client knows no address of S3 but the real one, and the browser does not hand on what
# a page uploads: so the page itself asks this machine.
LOCAL_FILES = """
  window.XMLHttpRequest = class extends XMLHttpRequest {
    open(method, url, ...rest) {
      const real = new RegExp(%s);
      super.open(method, String(url).replace(real, %s), ...rest);
    }
  };
"""


class Visitor(NamedTuple):
    """A user and their groups."""

    name: str
    groups: tuple[str, ...] = ()


def storage(visitor: Visitor, url: str) -> dict[str, Any]:
    """Return the browser's storage as it is after somebody signed in."""
    access = claims(visitor.name, *visitor.groups)
    identity = {**access, "cognito:username": visitor.name, "email": f"{visitor.name}@example.com"}
    tokens = {
        "accessToken": token({**access, "token_use": "access", "client_id": "local"}),
        "idToken": token({**identity, "token_use": "id", "aud": "local"}),
        "refreshToken": "local",
        "clockDrift": "0",
    }
    items = {f"{STORE}.{visitor.name}.{key}": value for key, value in tokens.items()}
    items[f"{STORE}.LastAuthUser"] = visitor.name
    kept = [{"name": name, "value": value} for name, value in items.items()]
    return {"cookies": [], "origins": [{"origin": url.rstrip("/"), "localStorage": kept}]}


def identity_pool(route: Route) -> None:
    """Answer as the identity pool would, with credentials that the local backend knows."""
    asked = route.request
    logins = (asked.post_data_json or {}).get("Logins") or {}
    told = [payload(token) for token in logins.values()]
    name = told[0]["cognito:username"] if told else "guest"
    if "GetCredentialsForIdentity" in asked.headers.get("x-amz-target", ""):
        known = session(name, *told[0].get("cognito:groups", ())) if told else "guest"
        credentials = {"AccessKeyId": "local", "SecretKey": "local", "SessionToken": known}
        answer: dict[str, Any] = {"Credentials": {**credentials, "Expiration": NEVER}}
    else:
        answer = {}
    headers = {"access-control-allow-origin": "*", "access-control-allow-headers": "*"}
    body = json.dumps({"IdentityId": identity_id(name), **answer})
    route.fulfill(status=200, headers=headers, body=body)


class Visit:
    """A context manager that fails when the page said that something was wrong."""

    def __init__(
        self,
        browser: Browser,
        url: str,
        visitor: Visitor | None,
        context: dict[str, Any],
        files: str = "",
    ) -> None:
        self.url = url
        self._files = f"{files}/s3/\\1/"
        self.problems: list[str] = []
        state = storage(visitor, url) if visitor else None
        self._context = browser.new_context(storage_state=state, reduced_motion="reduce", **context)
        self._context.set_default_timeout(10_000)
        self._context.add_init_script(PLAIN_SOCKETS)
        self._context.route(OUTSIDE, self._on_outside)
        self._context.route(IDENTITY_POOL, identity_pool)
        if files:
            places = json.dumps(STORAGE.pattern), json.dumps(f"{files}/s3/$1/")
            self._context.add_init_script(LOCAL_FILES % places)
            self._context.route(STORAGE, self._on_picture)
        self.page: Page = self._context.new_page()
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.problems.append(f"thrown: {error}"))
        self.page.on("requestfailed", self._on_failure)
        self._subscriptions = 0
        self.page.on("websocket", lambda socket: socket.on("framereceived", self._on_frame))

    def _on_console(self, message: ConsoleMessage) -> None:
        # A subscription that is refused takes the page's others with it.
        if message.type == "error" or "Subscription failed" in message.text:
            self.problems.append(f"console: {message.text} ({message.location['url']})")

    def _on_failure(self, request: Request) -> None:
        # A page that is left takes back what it asked for.
        if request.failure != "net::ERR_ABORTED":
            self.problems.append(f"failed: {request.method} {request.url}: {request.failure}")

    def _on_frame(self, frame: str | bytes) -> None:
        self._subscriptions += '"start_ack"' in str(frame)

    def _on_picture(self, route: Route) -> None:
        place = STORAGE.sub(self._files, route.request.url)
        route.fulfill(response=route.fetch(url=place))

    def _on_outside(self, route: Route) -> None:
        self.problems.append(f"outside: {route.request.method} {route.request.url}")
        route.abort()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        # What the page asks for while it closes may come to nothing.
        said = "\n".join(self.problems)
        # A file that is still being fetched for it would fail in the next test's window.
        self._context.unroute_all(behavior="ignoreErrors")
        self._context.close()
        if said and error:
            error.add_note(said)
        elif said:
            raise AssertionError(said)

    def go(self, path: str) -> None:
        """Open a page by its address within the application, such as `#/order-form`."""
        self.page.goto(self.url + path)

    def forgive(self, problem: str) -> None:
        """Pass over what the browser said of a failure that a test made; it must have said it."""
        others = [item for item in self.problems if problem not in item]
        assert others != self.problems, self.problems
        self.problems[:] = others

    def see(self, role: Any, name: str) -> Locator:
        """Return what people find by that role and exact name, once it is there."""
        found = self.page.get_by_role(role, name=name, exact=True)
        expect(found).to_be_visible()
        return found

    def await_subscriptions(self, number: int) -> None:
        """Wait until the backend has accepted so many subscriptions of the page's."""
        for _ in range(500):
            if self._subscriptions >= number:
                return
            self.page.wait_for_timeout(20)
        raise AssertionError(f"{self._subscriptions} subscriptions, not {number}")
