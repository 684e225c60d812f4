"""What the local backend answers to those who are not Amplify's client."""

from __future__ import annotations

import json
import socket

import pytest
from backend import claims, post, serving, token

pytestmark = [pytest.mark.toolchain, pytest.mark.xdist_group("simple_crud")]

QUERY = {"query": "{ listTasks { items { id } } }"}
ALICE = {"authorization": token(claims("alice"))}


@pytest.fixture(scope="module")
def url(sandbox, synthesized, tmp_path_factory):
    outputs = tmp_path_factory.mktemp("server") / "amplify_outputs.json"
    with serving(sandbox, synthesized("simple_crud"), outputs) as url:
        assert json.loads(outputs.read_text())["data"]["url"] == url
        yield url


def ask(url, content, **headers):
    """Post something; return the status and the answer."""
    reply = post(url, content, **headers)
    return reply.status, reply.json


def test_a_query_is_answered(url):
    assert ask(url, QUERY, **ALICE) == (200, {"data": {"listTasks": {"items": []}}})


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"authorization": "nonsense"},
        {"authorization": token({**claims("alice"), "exp": 1})},
        {"authorization": token({"username": "alice"})},
        {"authorization": "AWS4-HMAC-SHA256 Credential=x"},
        {"x-api-key": "da2-local"},
    ],
)
def test_who_is_not_signed_in_is_refused(url, headers):
    status, answer = ask(url, QUERY, **headers)
    assert status == 401
    assert answer["errors"][0]["errorType"] == "UnauthorizedException"


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "evil.example"},
        {"host": "127.0.0.1.evil.example"},
        {"origin": "https://evil.example"},
        {"origin": "http://localhost.evil.example"},
        {"origin": "null"},
    ],
)
def test_pages_from_elsewhere_are_refused(url, headers):
    status, _ = ask(url, QUERY, **ALICE, **headers)
    assert status == 403


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"null", b'{"query": 1}', b" " * 1100000])
def test_what_is_no_request_is_refused(url, content):
    status, answer = ask(url, content, **ALICE)
    assert status == 400
    assert answer["errors"][0]["errorType"] == "MalformedHttpRequestException"


@pytest.mark.parametrize(
    "query",
    [
        "{",
        "{ unheardOf }",
        "query A { a: __typename } query B { b: __typename }",
        "subscription { onCreateTask { id } }",
        "mutation { createTask(input: {}) { id } }",
    ],
)
def test_a_query_that_is_wrong_is_told_so(url, query):
    status, answer = ask(url, {"query": query}, **ALICE)
    assert status == 200
    assert answer["data"] is None
    assert len(answer["errors"]) == 1


def test_a_page_from_elsewhere_opens_no_socket(url):
    address = url.removeprefix("http://").removesuffix("/graphql")
    host, port = address.split(":")
    request = (
        f"GET /graphql/realtime HTTP/1.1\r\nHost: {address}\r\nOrigin: https://evil.example\r\n"
        "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"
    )
    with socket.create_connection((host, int(port)), timeout=5) as connection:
        connection.sendall(request.encode())
        assert connection.recv(100).startswith(b"HTTP/1.1 403")
