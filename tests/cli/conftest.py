"""The command in this process: as much as in a new one, but for its start."""

from __future__ import annotations

import json
from textwrap import dedent
from typing import NamedTuple

import pytest

from ace_flow.cli.app import run


class Result(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def json(self):
        """The one JSON document on stdout."""
        return json.loads(self.out)


@pytest.fixture
def cli(capsys, tmp_path, monkeypatch):
    """Run `ace` in this process, in `tmp_path` unless told otherwise."""

    def call(*arguments, cwd=tmp_path) -> Result:
        monkeypatch.chdir(cwd)
        code = run([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return Result(code, out, err)

    return call


@pytest.fixture
def write(tmp_path):
    """Write a file below `tmp_path` and return its path."""

    def put(path: str, text: str | bytes):
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else dedent(text).encode())
        return file

    return put


@pytest.fixture
def tree():
    """Return the content of all files below a folder, and None for each folder and link."""

    def take(root) -> dict[str, bytes | None]:
        return {
            path.relative_to(root).as_posix(): path.read_bytes()
            if path.is_file() and not path.is_symlink()
            else None
            for path in root.rglob("*")
        }

    return take
