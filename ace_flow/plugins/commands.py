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
_WORD_ENDS = re.compile(r"[\s'\"`;&|()<>=]+")
# Files that are programs whoever names them, and those that are when something runs them.
_PROGRAM = re.compile(r"\.(?:bash|bat|cmd|pl|ps1|py|rb|sh|zsh)$|^[^.]+$")
_SOURCE = re.compile(r"\.(?:bash|bat|[cm]?[jt]s|cmd|php|pl|ps1|py|rb|sh|zsh)$")
_INTERPRETER = re.compile(r"(?:bun|deno|node|perl|php|python|ruby|tsx|ts-node)[\d.]*")


def started_files(hook: ScriptHook, root: Path) -> tuple[dict[str, bytes], list[Diagnostic]]:
    """Return the files of a project that a script starts, by their paths there, and findings.

    Programs that it names in another place, as in `timeout 9 sh x.sh` or `sh < x.sh`, count as
    well. What they start in turn is not looked for, nor are packages of npm. A finding says that
    there is no such file, or that a link leads to it.
    """
    findings = []
    home = Path(os.path.abspath(root))  # noqa: PTH100 - links are looked at below
    places = (folder / word for word in _named(hook) for folder in (home / hook.working_dir, home))
    named = filter(None, (_program_at(place, home) for place in places))
    found = {name: (home / name).read_bytes() for name in named}
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
        elif _is_file(path):
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


def _named(hook: ScriptHook) -> Iterator[str]:
    """Yield the words anywhere in a hook that may name a program, and all of what runs one."""
    for line in (hook.script, hook.shell, *hook.env.values()):
        words = [_ROOT.sub("", word) for word in _WORD_ENDS.split(line) if word]
        runs = any(_INTERPRETER.fullmatch(word.rpartition("/")[2]) for word in words)
        yield from (word for word in words if runs or _PROGRAM.search(word.removeprefix("./")))


def _program_at(path: Path, home: Path) -> str:
    """Return the name of a program in a project; an empty text when it is none."""
    place = Path(os.path.normpath(path))
    if not place.is_relative_to(home) or not _is_file(place):
        return ""
    name = place.relative_to(home).as_posix()
    is_own = not name.startswith("node_modules/") and place.resolve() == home.resolve() / name
    return name if is_own and (_SOURCE.search(name) or os.access(place, os.X_OK)) else ""


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # of a name that is none, such as one with too many characters
        return False


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
