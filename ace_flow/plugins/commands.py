"""Which files of a project a script starts, as far as its text tells."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

from ace_flow.diagnostics import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ace_flow.plugins.script import ScriptHook

# They run the file that they are given.
_INTERPRETERS = frozenset(
    {
        *(".", "bash", "bun", "dash", "deno", "node", "perl", "php", "python", "python3"),
        *("ruby", "sh", "source", "tsx", "zsh"),
    }
)
# After them comes another command.
_PREFIXES = frozenset(
    {
        *("!", "command", "do", "elif", "else", "env", "exec", "if", "nice", "nohup", "npx"),
        *("then", "time", "until", "while", "{"),
    }
)
_ROOT = re.compile(r"^\$(?:PROJECT_ROOT|\{PROJECT_ROOT\})/")
_ASSIGNMENT = re.compile(r"[A-Za-z_]\w*=")
_SEPARATORS = frozenset("();&|")


def started_files(hook: ScriptHook, root: Path) -> tuple[dict[str, bytes], list[Diagnostic]]:
    """Return the files of a project that a script starts, by their paths there, and findings.

    What those start in turn is not looked for, nor are packages of npm. A finding says that there
    is no such file, or that a link leads to it.
    """
    found: dict[str, bytes] = {}
    findings = []
    home = Path(os.path.abspath(root))  # noqa: PTH100 - links are looked at below
    for word in _started(hook.script):
        in_root = _ROOT.sub("", word)
        folder = home if in_root != word else home / hook.working_dir
        path = Path(os.path.normpath(folder / in_root))
        is_path = "/" in in_root and "$" not in in_root and not in_root.startswith(("/", "~"))
        name = path.relative_to(home).as_posix() if path.is_relative_to(home) else ""
        problem = ""
        if name.startswith("node_modules/"):
            continue
        if not name:
            problem = "is outside of the project" if is_path else ""
        elif path.is_file():
            if path.resolve() == home.resolve() / name:
                found[name] = path.read_bytes()
            else:
                problem = "is reached through a link"
        elif is_path:
            problem = "is no file of the project"
        if problem:
            findings.append(
                Diagnostic(
                    code="ACE305",
                    message=f"`{word}`, which `{hook.name}` starts, {problem}",
                    span=hook.span,
                    hint="scripts stand in the project, so that trust covers them",
                )
            )
    return found, findings


def _started(script: str) -> Iterator[str]:
    """Yield the words of a script that are commands, or that an interpreter is given."""
    for line in script.replace("\\\n", " ").splitlines():
        is_command, is_given = True, False
        for word in _words(line):
            if set(word) <= _SEPARATORS:
                is_command, is_given = True, False
            elif is_command and not _ASSIGNMENT.match(word):
                if word in _PREFIXES or word.startswith("-"):
                    continue
                yield word
                is_command = False
                is_given = word.rpartition("/")[2] in _INTERPRETERS
            elif is_given and not word.startswith("-"):
                yield word
                is_given = False


def _words(line: str) -> list[str]:
    lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
    lexer.whitespace_split = True
    try:
        return list(lexer)
    except ValueError:  # a quotation over several lines
        return line.split()
