"""Requests of a backend on this machine: signed in, with the API key, or as the account itself."""

from __future__ import annotations

import base64
import json
import time
from http.client import HTTPConnection, HTTPException
from typing import TYPE_CHECKING, Any, NamedTuple, Self
from urllib.parse import urlsplit

from ace_flow.diagnostics import AttentionError

if TYPE_CHECKING:
    from collections.abc import Mapping

_PATIENCE = 60.0
_SIGN_IN = "AWSCognitoIdentityProviderService.InitiateAuth"
# How the local backend knows an administrator of the account, whom rules do not concern.
OWNER = {"authorization": "AWS4-HMAC-SHA256 local", "x-amz-security-token": "role"}


class Answer(NamedTuple):
    """What the API answered: the data of the one field that was asked for, and errors."""

    data: Any
    errors: tuple[Mapping[str, Any], ...]

    @property
    def refused(self) -> bool:
        """Tell whether it says that this is not allowed, and gives nothing."""
        return not self.data and any(
            error.get("errorType") == "Unauthorized" or "Unauthorized" in str(error.get("message"))
            for error in self.errors
        )

    @property
    def said(self) -> str:
        """What the errors say."""
        return "; ".join(str(error.get("message")) for error in self.errors)


class Backend:
    """A connection to a backend; it notes how many milliseconds each answer of the API took."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._path = parts.path
        self._connection = HTTPConnection(str(parts.hostname), parts.port, timeout=_PATIENCE)
        self.latencies: list[float] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def sign_in(self, email: str, password: str) -> dict[str, str]:
        """Return the headers of somebody who signs in as Amplify's client does."""
        asked = {
            "AuthFlow": "USER_PASSWORD_AUTH",
            "AuthParameters": {"USERNAME": email, "PASSWORD": password},
        }
        path = self._path.removesuffix("graphql")
        answer = self._post(path, asked, {"x-amz-target": _SIGN_IN})
        try:
            return {"authorization": answer["AuthenticationResult"]["AccessToken"]}
        except KeyError:
            raise AttentionError(f"{email} cannot sign in: {answer}") from None

    def ask(self, query: str, variables: Mapping[str, Any], headers: Mapping[str, str]) -> Answer:
        """Do one operation with one field, and return what came of it."""
        start = time.perf_counter()
        answer = self._post(self._path, {"query": query, "variables": variables}, headers)
        self.latencies.append((time.perf_counter() - start) * 1000)
        data = answer.get("data") or {}
        return Answer(next(iter(data.values()), None), tuple(answer.get("errors") or ()))

    def _post(self, path: str, content: object, headers: Mapping[str, str]) -> dict[str, Any]:
        body = json.dumps(content)
        try:
            self._connection.request("POST", path, body, dict(headers))
            answer: dict[str, Any] = json.loads(self._connection.getresponse().read())
        except (OSError, HTTPException, ValueError) as error:
            raise AttentionError(f"the local backend does not answer: {error}") from error
        return answer


def claims(headers: Mapping[str, str]) -> dict[str, Any]:
    """Return what the token in somebody's headers says of them."""
    part = headers["authorization"].split(".")[1]
    said: dict[str, Any] = json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))
    return said
