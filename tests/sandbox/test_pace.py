"""How soon the local backend is ready, how fast it answers, and what memory it takes."""

from __future__ import annotations

import http.client
import json
import statistics
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from backend import claims, token

pytestmark = [pytest.mark.toolchain, pytest.mark.xdist_group("simple_crud")]

TRIES = 3
SECONDS = 2
CALLERS = 4
CREATE = 'mutation { createTask(input: {title: "Roof", status: todo}) { id title owner } }'
LIST = "{ listTasks(limit: 20) { items { id title } } }"


class Caller:
    """One connection to the API."""

    def __init__(self, url: str) -> None:
        self._url = urlsplit(url)
        self._connection = http.client.HTTPConnection(self._url.netloc)
        self._headers = {"authorization": token(claims("alice", "editors", "admins"))}

    def ask(self, query: str) -> float:
        """Ask for something, which must be given, and return how many seconds it took."""
        begun = time.perf_counter()
        body = json.dumps({"query": query})
        self._connection.request("POST", self._url.path, body, self._headers)
        answer = json.loads(self._connection.getresponse().read())
        assert "errors" not in answer, answer
        return time.perf_counter() - begun


@pytest.fixture(scope="module")
def process(sandbox, synthesized, tmp_path_factory):
    """Start the backend as the command does, with records that outlive it."""
    folder = tmp_path_factory.mktemp("pace")
    command = [
        *("node", "main.js", synthesized("simple_crud"), "--data", folder / "data"),
        *("--outputs", folder / "amplify_outputs.json"),
    ]
    with subprocess.Popen(command, cwd=sandbox, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


@pytest.fixture(scope="module")
def url(process):
    begun = time.perf_counter()
    url = json.loads(process.stdout.readline())["url"]
    assert time.perf_counter() - begun < 5
    return url


def per_second(url):
    """Return how many requests are answered in a second, half of them writes."""
    end = time.monotonic() + SECONDS

    def work(_):
        caller, made = Caller(url), 0
        while time.monotonic() < end:
            caller.ask((CREATE, LIST)[made % 2])
            made += 1
        return made

    with ThreadPoolExecutor(CALLERS) as pool:
        return sum(pool.map(work, range(CALLERS))) / SECONDS


def test_a_record_is_created_soon(url):
    caller = Caller(url)
    # Another process may have disturbed a measurement.
    medians = (statistics.median(caller.ask(CREATE) for _ in range(100)) for _ in range(TRIES))
    assert any(median < 0.025 for median in medians)


def test_two_hundred_requests_are_answered_in_a_second(url, process):
    assert any(per_second(url) >= 200 for _ in range(TRIES))
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="utf-8")
    kilobytes = int(status.split("VmRSS:")[1].split()[0])
    assert kilobytes < 400 * 1024
