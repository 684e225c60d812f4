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

KEY = "sk_test"
SECRET = "whsec_test"  # noqa: S105 of this provider


class Provider:
    def __init__(self) -> None:
        self.url = ""
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
                case ["payment_intents"]:
                    return self._once.setdefault(key, self._begin(key, asked))
                case ["payment_intents", name] if method == "GET":
                    return self.intents[name]
                case ["payment_intents", name, "cancel"]:
                    if self.intents[name]["status"] == "succeeded":
                        raise ConnectionError
                    self.intents[name]["status"] = "canceled"
                    return self.intents[name]
                case ["refunds"]:
                    if key not in self._once:
                        self.refunds.append(asked["payment_intent"])
                    return self._once.setdefault(key, {"id": f"re_{key}"})
            raise KeyError(path)

    def _begin(self, key: str, asked: dict[str, str]) -> dict[str, Any]:
        if key in self._once:
            return self._once[key]
        name = f"pi_{next(self._numbers)}"
        self.intents[name] = {
            "id": name,
            "client_secret": f"{name}_secret",
            "amount": int(asked["amount"]),
            "currency": asked["currency"],
            "status": "requires_payment_method",
            "metadata": {"orderId": asked["metadata[orderId]"]},
        }
        return self.intents[name]

    def told(self, kind: str, intent: str, number: int = 0, **changes: Any) -> bytes:
        """Return what the provider tells of an intent; with a number, the same event again."""
        content = {**self.intents[intent], **changes}
        name = f"evt_{number or next(self._numbers) + 1000}"
        event = {"id": name, "type": f"payment_intent.{kind}", "data": {"object": content}}
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
                content, status = {"error": {"type": "api_error"}}, 402
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(content).encode())

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        provider.url = f"http://127.0.0.1:{server.server_port}"
        try:
            yield provider
        finally:
            server.shutdown()
