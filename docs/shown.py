"""The output that pages show: the commands of their `console` blocks, run as a reader would."""  # noqa: INP001 - part of a script

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

# Commands that are not ours, slow, or in need of the network: what they show is left as it is.
NOT_RUN = {"git", "node", "npm", "npx", "pip", "python"}


class Block(NamedTuple):
    """A fenced block of a page and the number of its first line."""

    page: Path
    line: int
    language: str
    text: str

    @property
    def file(self) -> str | None:
        """The path in the comment on the first line, if there is one."""
        first = self.text.partition("\n")[0]
        found = re.fullmatch(r"(?:#|//|<!--|\{#) (\S+\.\w+)(?: -->| #\})?", first)
        return found[1] if found else None


def blocks(page: Path) -> list[Block]:
    """Return the fenced blocks of a page."""
    found: list[Block] = []
    lines = iter(enumerate(page.read_text(encoding="utf-8").splitlines(), 1))
    for number, line in lines:
        fence = re.fullmatch(r"```(\w*)", line)
        if fence:
            text: list[str] = []
            for _, inner in lines:
                if inner == "```":
                    break
                text.append(f"{inner}\n")
            found.append(Block(page, number, fence[1], "".join(text)))
    return found


def refreshed(page: Path) -> str:
    """Return a page's text with the output that its commands print now.

    They run in an empty folder, one after the other, and find the files that blocks with a path
    describe. What is shown stays where it still holds: a line `...` stands for any lines, and
    the numbers of written files may differ.
    """
    text = page.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        shell = _Shell(Path(folder))
        for block in blocks(page):
            if block.file:
                write(shell.folder / block.file, block.text)
            elif block.language == "console":
                steps = re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]
                new = "".join(f"$ {shell.step(step)}" for step in steps)
                fence = "```console\n{}```"
                text = text.replace(fence.format(block.text), fence.format(new), 1)
    return text


def write(path: Path, text: str) -> None:
    """Write a file, and the folders it stands in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


class _Shell:
    """Runs commands in a folder of its own, with this Python's `ace` and an empty store."""

    def __init__(self, folder: Path) -> None:
        program = folder / "bin" / "ace"
        write(program, f'#!/bin/sh\nexec "{sys.executable}" -m ace_flow "$@"\n')
        program.chmod(0o755)
        self.folder = folder / "home"
        self.folder.mkdir()
        self._environment = {
            **os.environ,
            "ACE_CONFIG_DIR": str(folder / "config"),
            "ACE_STORE": str(folder / "store.sqlite3"),
            "PATH": f"{program.parent}{os.pathsep}{os.environ['PATH']}",
        }
        self._code = 0

    def step(self, text: str) -> str:
        """Take a command with the output it shows, and return it with the one it has."""
        command, _, shown = text.partition("\n")
        if command.split(maxsplit=1)[0] in NOT_RUN:
            return text
        printed = self._run(command)
        return text if _matches(printed, shown) else f"{command}\n{printed}"

    def _run(self, command: str) -> str:
        if command == "echo $?":
            return f"{self._code}\n"
        if command.startswith("cd "):
            self.folder /= command.removeprefix("cd ")
            return ""
        done = subprocess.run(  # noqa: S603 - the commands are those of our own pages
            ["/bin/sh", "-c", command],
            cwd=self.folder,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        self._code = done.returncode
        return done.stdout


def _matches(printed: str, shown: str) -> bool:
    def plain(text: str) -> str:
        return re.sub(r"\d+ (created|updated)", r"N \1", text)

    pattern = re.escape(plain(shown)).replace(r"\.\.\." + "\\\n", "(?:.*\n)*?")
    return re.fullmatch(pattern, plain(printed)) is not None
