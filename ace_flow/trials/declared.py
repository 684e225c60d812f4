"""The models that a TypeScript text declares, found in its words: nothing of it is run.

What counts is `Name: a.model({...})`, however it is laid out, outside of comments and strings. The
fields of a model are the entries of its braces; the type of one is the first method of `a` that it
calls, and for `a.ref('Name')` that name.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from ace_flow.model.data import RELATION_TYPES


class FieldSeen(NamedTuple):
    """A field: `type` is Amplify's word, `target` the model, enum or type that it refers to."""

    name: str
    type: str
    required: bool = False
    array: bool = False
    target: str = ""


class ModelSeen(NamedTuple):
    """A model and its fields, relations among them."""

    name: str
    fields: tuple[FieldSeen, ...]


_COMMENT = r"//[^\n]*|/\*.*?(?:\*/|\Z)"
_STRING = r"'(?:\\.|[^'\\\n])*'|\"(?:\\.|[^\"\\\n])*\""
# What may stand before an expression: there a slash begins a regular expression.
_REGEX = r"(?<=[=(,:\[!&|?{;])\s*/(?![/*])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n\[])+/[a-z]*"
_WORD = r"[A-Za-z_$][\w$]*"
_TOKEN = re.compile(
    rf"(?P<comment>{_COMMENT})|(?P<string>{_STRING})|(?P<regex>{_REGEX})"
    rf"|(?P<word>{_WORD})|(?P<number>\d[\w.]*)|(?P<tick>`)|(?P<sign>\S)",
    re.DOTALL,
)
_OPEN = frozenset("([{")
_CLOSED = frozenset(")]}")


def declared_models(text: str) -> tuple[ModelSeen, ...]:
    """Return the models that a text declares, in its order."""
    tokens = _tokens(text)
    found = []
    for at in range(len(tokens) - 5):
        name, *signs = tokens[at : at + 6]
        if signs == [":", "a", ".", "model", "("] and (key := _key(name)):
            end = _end(tokens, at + 5)
            found.append(ModelSeen(key, tuple(_fields(tokens[at + 6 : end]))))
    return tuple(found)


def _tokens(text: str) -> list[str]:
    """Return words, strings and signs; of a template string, nothing but its ticks."""
    found = []
    at = 0
    while match := _TOKEN.search(text, at):
        at = match.end()
        match match.lastgroup:
            case "comment" | "regex":
                continue
            case "tick":
                at = _after_template(text, at)
                found.append("``")
            case _:
                found.append(match[0])
    return found


def _after_template(text: str, at: int) -> int:
    """Return where a template string ends that began before `at`, with all that it nests."""
    while at < len(text):
        if text[at] == "\\":
            at += 2
        elif text[at] == "`":
            return at + 1
        elif text.startswith("${", at):
            at = _after_place(text, at + 2)
        else:
            at += 1
    return at


def _after_place(text: str, at: int) -> int:
    depth = 1
    while depth and (match := _TOKEN.search(text, at)):
        at = match.end()
        if match.lastgroup == "tick":
            at = _after_template(text, at)
        elif match.lastgroup == "sign":
            depth += {"{": 1, "}": -1}.get(match[0], 0)
    return at if not depth else len(text)


def _key(token: str) -> str | None:
    name = token[1:-1] if token[0] in "'\"" else token
    return name if re.fullmatch(_WORD, name) else None


def _end(tokens: list[str], opening: int) -> int:
    """Return where what is opened there is closed again, or the text ends."""
    depth = 0
    for at in range(opening, len(tokens)):
        depth += (tokens[at] in _OPEN) - (tokens[at] in _CLOSED)
        if depth == 0:
            return at
    return len(tokens)


def _fields(tokens: list[str]) -> list[FieldSeen]:
    """Return the fields of `{name: value, ...}`."""
    found = []
    at = 1 if tokens[:1] == ["{"] else len(tokens)
    while at + 1 < len(tokens):
        stop = _comma(tokens, at)
        key = _key(tokens[at])
        if key and tokens[at + 1] == ":":
            found.append(_field(key, tokens[at + 2 : stop]))
        at = stop + 1
    return found


def _comma(tokens: list[str], start: int) -> int:
    depth = 0
    for at in range(start, len(tokens)):
        depth += (tokens[at] in _OPEN) - (tokens[at] in _CLOSED)
        if depth < 0 or (depth == 0 and tokens[at] == ","):
            return at
    return len(tokens)


def _field(name: str, tokens: list[str]) -> FieldSeen:
    calls = _calls(tokens)
    kind = tokens[2] if tokens[:2] == ["a", "."] and tokens[2:] else "unknown"
    first = tokens[4] if tokens[4:] and tokens[4][0] in "'\"" else ""
    return FieldSeen(
        name=name,
        type=kind,
        required="required" in calls,
        array="array" in calls or kind == "hasMany",
        target=first[1:-1] if kind in {*RELATION_TYPES, "ref"} else "",
    )


def _calls(tokens: list[str]) -> set[str]:
    """Return the methods that are called on the value itself, not within their arguments."""
    found, depth = set(), 0
    for at, sign in enumerate(tokens):
        if depth == 0 and sign == "." and tokens[at + 1 :]:
            found.add(tokens[at + 1])
        depth += (sign in _OPEN) - (sign in _CLOSED)
    return found
