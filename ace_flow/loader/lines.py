"""The lines of a YAML text: what they begin with, hold, and how they are quoted in messages."""

from __future__ import annotations

from ace_flow.regexes import regex

# A key that runs into its value: `type:string`, but not `http://…`.
_NO_SPACE = regex(r"([A-Za-z_][A-Za-z0-9_-]{0,63}):(?!//)(?=\S)")
_DASHES = regex(r" *(?:- +)*")
_LONGEST = 60


def no_space(text: str) -> str | None:
    """Say that a text is a key and its value without a space between them, where it is so."""
    hit = _NO_SPACE.match(text)
    if hit is None:
        return None
    return f"a colon has a space after it: `{short(f'{hit[1]}: {text[hit.end() :]}')}`"


def indentation(line: str) -> int:
    """Return how many spaces a line begins with."""
    return len(line) - len(line.lstrip(" "))


def start(line: str) -> int:
    """Return how many characters of a line are indentation and dashes."""
    hit = _DASHES.match(line)
    return hit.end() if hit else 0


def content(text: str) -> str:
    """Return a line without its comment and the spaces around."""
    stripped = text.strip(" \t")
    return "" if stripped.startswith("#") else stripped.partition(" #")[0].rstrip()


def quoted(text: str) -> str:
    """Return a text in the quotes that need the least escaping, cut when it is long."""
    cut = short(text)
    if '"' in cut or "\\" in cut:
        return "'" + cut.replace("'", "''") + "'"
    return f'"{cut}"'


def short(text: str) -> str:
    """Return a text, cut when it is longer than a message takes."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
