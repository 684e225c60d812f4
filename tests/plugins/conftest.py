"""Patterns with hooks in each language, generated as `ace generate` does."""

from __future__ import annotations

import json
from pathlib import Path
from textwrap import dedent
from typing import NamedTuple

import pytest

from ace_flow.cli.app import run
from ace_flow.generate import Report, Wishes, generate
from ace_flow.session import Session

MODELS = """\
services: [dynamodb, kinesis, lambda]
models:
- name: Item
  fields:
  - {name: title, type: string, required: true}
  - {name: state, type: enum, values: [open, done]}
"""


class Language(NamedTuple):
    """How one hook of a case is written in a language: its file, and what is around the body."""

    suffix: str
    forms: dict[str, str]


PYTHON = Language(
    ".py",
    {
        "pre": "def ace_pre_generation(context):\n",
        "post": "def ace_post_generation(context):\n",
        "deploy": "def ace_pre_deployment(context):\n",
        "transform": "def ace_transform_pattern(pattern, context):\n",
        "generate": "def generate_schema(config):\n",
    },
)
JAVASCRIPT = Language(
    ".js",
    {
        "pre": "export const itsHooks = { preGeneration: async (context) => {\n",
        "post": "export const itsHooks = { postGeneration: async (context) => {\n",
        "deploy": "export const itsHooks = { preDeployment: async (context) => {\n",
        "transform": "export const itsHooks = { transformPattern: (pattern, context) => {\n",
        "generate": "export const generateItsSchema = (config) => {\n",
    },
)
BOTH = {"python": PYTHON, "javascript": JAVASCRIPT}


class Project:
    """A pattern in `p.yml` of a folder, and what is generated from it into `app`."""

    def __init__(self, folder: Path, trusting) -> None:
        self.folder = folder
        self.app = folder / "app"
        self.said: list[str] = []
        self.trusting = trusting

    def write(self, path: str, text: str) -> None:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def pattern(self, rest: str = "", models: str = MODELS) -> None:
        self.write("p.yml", f"name: mine\n{models}{rest}")

    def module(self, language: str, form: str, body: str, rest: str = "") -> str:
        """Write a pattern with one module, which holds one hook; return what it is called."""
        spoken = BOTH[language]
        kind = "generators" if form == "generate" else "hooks"
        path = f"{kind}/it{spoken.suffix}"
        text = spoken.forms[form]
        if language == "python":
            text += "".join(f"    {line}\n" for line in dedent(body).splitlines())
        else:
            text += dedent(body) + ("};\n" if form == "generate" else "} };\n")
        self.write(path, text)
        self.pattern(f"{kind}: [{path}]\n{rest}")
        return path

    def generate(self, **wishes) -> Report:
        """Generate, trusting the code as it is now."""
        self.trusting("./p.yml", self.folder)
        self.said.clear()
        wanted = Wishes(tell=lambda hook, text: self.said.append(f"{hook}: {text}"), **wishes)
        return generate(Session(self.folder), "./p.yml", Path("app"), wanted)

    @property
    def files(self) -> dict[str, bytes]:
        return {
            file.relative_to(self.app).as_posix(): file.read_bytes()
            for file in sorted(self.app.rglob("*"))
            if file.is_file()
        }


@pytest.fixture
def project(tmp_path, trusting):
    return Project(tmp_path, trusting)


@pytest.fixture
def cli_json(capsys, tmp_path, monkeypatch):
    """Run `ace` in this process, and return the JSON that it prints."""

    def call(*arguments: str, code: int = 0):
        monkeypatch.chdir(tmp_path)
        assert run([*arguments, "--json"]) == code
        return json.loads(capsys.readouterr().out)

    return call
