"""A payment provider on this machine: it remembers what it was asked, and signs what it tells."""

from __future__ import annotations

import hashlib
import hmac
import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = b'<!doctype html><title>Pay</title><link rel="icon" href="data:,"><h1>Pay here</h1>'
KEY = "sk_test"
SECRET = "whsec_test"  # noqa: S105 of this provider


class Provider:
    """What was asked: pages where orders are paid, their intents by name, and what was refunded."""

    def __init__(self) -> None:
        self.url = ""
        self.pages: dict[str, dict[str, Any]] = {}
        self.intents: dict[str, dict[str, Any]] = {}
        self.refunds: list[str] = []
        self.is_down = False
        self._once: dict[str, dict[str, Any]] = {}
        self._numbers = count(1)
        self._lock = threading.Lock()

    def answer(self, method: str, path: str, key: str, asked: dict[str, str]) -> dict[str, Any]:
        """Do what was asked; the same key asks for it once."""
        with self._lock:
            if self.is_down:
                raise ConnectionError
            match path.removeprefix("/v1/").split("/"):
                case ["checkout", "sessions"]:
                    if key not in self._once:
                        self._once[key] = self._begin(asked)
                    return self._once[key]
                case ["checkout", "sessions", name] if method == "GET":
                    return self.pages[name]
                case ["checkout", "sessions", name, "expire"]:
                    if self.pages[name]["status"] != "open":
                        raise ConnectionError
                    self.pages[name].update(status="expired", url=None)
                    return self.pages[name]
                case ["refunds"]:
                    if key not in self._once:
                        self.refunds.append(asked["payment_intent"])
                    return self._once.setdefault(key, {"id": f"re_{key}"})
            raise KeyError(path)

    def _begin(self, asked: dict[str, str]) -> dict[str, Any]:
        number = next(self._numbers)
        page, intent = f"cs_{number}", f"pi_{number}"
        order = asked["payment_intent_data[metadata][orderId]"]
        item = "line_items[0][price_data]"
        self.intents[intent] = {
            "id": intent,
            "amount": int(asked[f"{item}[unit_amount]"]),
            "currency": asked[f"{item}[currency]"],
            "metadata": {"orderId": order},
        }
        self.pages[page] = {
            "id": page,
            "status": "open",
            "url": f"{self.url}/pay/{page}",
            "success_url": asked["success_url"],
            "metadata": {"orderId": asked["metadata[orderId]"]},
        }
        return self.pages[page]

    def page(self, order: str) -> dict[str, Any]:
        """Return the one page where an order is paid."""
        [page] = [page for page in self.pages.values() if page["metadata"]["orderId"] == order]
        return page

    def intent(self, order: str) -> str:
        """Return the payment of an order."""
        return self.page(order)["id"].replace("cs_", "pi_")

    def pays(self, order: str) -> bytes:
        """Let somebody pay an order; return what the provider tells of it."""
        self.page(order).update(status="complete", url=None)
        return self.told("payment_intent.succeeded", self.intents[self.intent(order)])

    def told(self, kind: str, content: dict[str, Any], **changes: Any) -> bytes:
        """Return what the provider tells of a page or an intent."""
        name = f"evt_{next(self._numbers)}"
        event = {"id": name, "type": kind, "data": {"object": {**content, **changes}}}
        return json.dumps(event).encode()


def signature(body: bytes, secret: str = SECRET, age: float = 0) -> str:
    """Return the header that signs a body."""
    at = int(time.time() - age)
    digest = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"


@contextmanager
def providing() -> Iterator[Provider]:
    """Run the provider."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path.startswith("/pay/"):
                self.answers(200, "text/html", PAGE)
            else:
                self.do_POST()

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0)).decode()
            asked = {name: value for name, [value] in parse_qs(body).items()}
            key = self.headers.get("idempotency-key", "")
            try:
                assert self.headers["authorization"] == f"Bearer {KEY}"
                content = provider.answer(self.command, self.path, key, asked)
                status = 200
            except (AssertionError, ConnectionError, KeyError):
                content, status = {"error": {"type": "api_error"}}, 503
            self.answers(status, "application/json", json.dumps(content).encode())

        def answers(self, status: int, kind: str, content: bytes) -> None:
            self.send_response(status)
            self.send_header("content-type", kind)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        provider.url = f"http://127.0.0.1:{server.server_port}"
        try:
            yield provider
        finally:
            server.shutdown()
