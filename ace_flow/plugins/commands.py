"""Which files of a project a script starts, as far as its text tells."""

from __future__ import annotations

import os
import re
import shlex
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from ace_flow.diagnostics import Diagnostic

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import TypeAlias

    from ace_flow.plugins.script import ScriptHook

    Counts: TypeAlias = Callable[[str], bool]

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
# In values of variables: lists of paths, and options that a path follows at once.
_VALUE_ENDS = re.compile(r"(?:^|[\s:=,;])-\w|[\s:=,;]+")
# Files that are programs whoever names them, and those that are when something runs them.
_PROGRAM = re.compile(r"\.(?:bash|bat|cmd|pl|ps1|py|rb|sh|zsh)$|^[^.]+$")
_SOURCE = re.compile(r"\.(?:bash|bat|[cm]?[jt]s|cmd|php|pl|ps1|py|rb|sh|zsh)$")
_INTERPRETER = re.compile(r"(?:bun|deno|node|perl|php|python|ruby|tsx|ts-node)[\d.]*")
_SHELL = re.compile(r"bash|builtin|dash|eval|ksh|sh|source|zsh")
_WRITTEN = re.compile(r"[\d&]?>{1,2}[|&]?\s*[^\s;&|()<>]+|\btee\b[^;&|]*")
_MOST_BYTES = 128 * 1024 * 1024


def started_files(hook: ScriptHook, root: Path) -> tuple[dict[str, bytes], list[Diagnostic]]:
    """Return the files of a project that a script starts, by their paths there, and findings.

    Programs that it names in another place, as in `timeout 9 sh x.sh` or `sh < x.sh`, count as
    well. What they start in turn is not looked for, nor are packages of npm. A finding says that
    there is no such file, or that a link leads to it.
    """
    findings = []
    home = Path(os.path.abspath(root))  # noqa: PTH100 - links are looked at below
    folders = (home / hook.working_dir, home)
    named = [
        _program_at(folder / word, home, counts)
        for word, counts in _named(hook, lambda word: any(_is_file(at / word) for at in folders))
        for folder in folders
    ]
    found = {name: (home / name).read_bytes() for name in filter(None, named)}
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


def _named(hook: ScriptHook, is_file: Callable[[str], bool]) -> Iterator[tuple[str, Counts]]:
    """Yield the words anywhere in a hook that may name a program, and which files then are one.

    A shell may read any file that its line names, and other interpreters run the first one that
    `is_file`; variables such as `BASH_ENV` may name any. What a line writes is nothing that runs.
    """
    lines = hook.script.replace("\\\n", " ").splitlines()
    texts = (hook.shell, *hook.env.values())
    runs = any(_runs(_SHELL, line) or _runs(_INTERPRETER, line) for line in (*lines, *texts))
    for line in lines:
        for word in (_ROOT.sub("", item) for item in (*_WORD_ENDS.split(line), *_words(line))):
            is_program = runs or _PROGRAM.search(word.removeprefix("./"))
            yield word, _is_source if is_program else _is_none
        read = _WRITTEN.sub(" ", line)
        words = [_ROOT.sub("", item) for item in (*_WORD_ENDS.split(read), *_words(read))]
        given = words if _runs(_SHELL, read) else _first_files(words, is_file)
        yield from ((word, _is_any) for word in given)
    for text in texts:
        for word in {text, *_WORD_ENDS.split(text), *_VALUE_ENDS.split(text)}:
            yield _ROOT.sub("", word), _is_any


def _runs(programs: re.Pattern[str], line: str) -> bool:
    """Tell whether one of these programs is named in a line."""
    return any(programs.fullmatch(word.rpartition("/")[2]) for word in _WORD_ENDS.split(line))


def _first_files(words: Sequence[str], is_file: Callable[[str], bool]) -> Iterator[str]:
    """Yield the first file that is named after each interpreter."""
    for number, word in enumerate(words, start=1):
        if _INTERPRETER.fullmatch(word.rpartition("/")[2]):
            yield from islice(filter(is_file, words[number:]), 1)


def _is_any(_: str) -> bool:
    return True


def _is_none(_: str) -> bool:
    return False


def _is_source(name: str) -> bool:
    return _SOURCE.search(name) is not None


def _program_at(path: Path, home: Path, counts: Counts) -> str:
    """Return the name of a program in a project; an empty text when it is none.

    That is what may be executed, and what `counts`.
    """
    place = Path(os.path.normpath(path))
    if not place.is_relative_to(home) or not _is_file(place):
        return ""
    name = place.relative_to(home).as_posix()
    if name.startswith("node_modules/"):
        return ""
    return name if os.access(place, os.X_OK) or (counts(name) and not _is_large(place)) else ""


def _is_large(place: Path) -> bool:
    """Tell whether a file is more than a program could be: data that one is given."""
    return place.stat().st_size > _MOST_BYTES


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # of a name that is none, such as one that is too long
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
