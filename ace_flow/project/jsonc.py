"""JSON texts, which may have comments, changed value by value: the rest stays as it is written."""

from __future__ import annotations

import json
import re
from typing import Any

from msgspec import Struct

from ace_flow.regexes import regex

_SKIPPED = regex(r"(?:\s+|//[^\n]*|/\*.*?\*/)*", re.DOTALL)
_STRING = regex(r'"(?:[^"\\]|\\.)*"')
_WORD = regex(r"[^\s,\]}:/]+")


class NoJsonError(ValueError):
    """A text that is no JSON object, even if comments and last commas are let pass."""


class _Node(Struct):
    """A value from `start` to `end`; of an object its members, with where each begins."""

    start: int
    end: int
    value: Any
    members: dict[str, tuple[int, _Node]] = {}


def parse(text: str) -> dict[str, Any]:
    """Return the object that a text holds; raises NoJsonError."""
    value = _parse(text).value
    if not isinstance(value, dict):
        raise NoJsonError("it holds no object")
    return value


def changed(text: str, path: tuple[str, ...], value: object) -> str:
    """Return the text with another value at a path of keys, which is added if it is not there.

    The object that has the last key must be there. Raises NoJsonError.
    """
    holder = _holder(text, path)
    shown = _shown(text, value, len(path))
    if path[-1] in holder.members:
        _, node = holder.members[path[-1]]
        return text[: node.start] + shown + text[node.end :]
    member = f"{json.dumps(path[-1], ensure_ascii=False)}: {shown}"
    indent = _indent(text) * len(path)
    if not holder.members:
        closing = _indent(text) * (len(path) - 1)
        return f"{text[: holder.start]}{{\n{indent}{member}\n{closing}}}{text[holder.end :]}"
    _, last = list(holder.members.values())[-1]
    return f"{text[: last.end]},\n{indent}{member}{text[last.end :]}"


def removed(text: str, path: tuple[str, ...]) -> str:
    """Return the text without the value at a path of keys, which must be there."""
    holder = _holder(text, path)
    start, node = holder.members[path[-1]]
    end = _skip(text, node.end)
    if text[end : end + 1] == ",":
        # What follows on the line, such as a comment on this value, goes with it.
        rest = re.compile(r"[ \t]*(?://[^\n]*)?\n?[ \t]*").match(text, end + 1)
        return text[:start] + text[rest.end() if rest else end + 1 :]
    before = text[:start].rstrip()
    if before.endswith(","):
        return before[:-1] + text[node.end :]
    return before + text[node.end :].lstrip()


def _holder(text: str, path: tuple[str, ...]) -> _Node:
    node = _parse(text)
    for key in path[:-1]:
        _, node = node.members[key]
    return node


def _indent(text: str) -> str:
    """Return what one level of the text is indented by: two spaces where nothing says it."""
    found = re.search(r"\n([ \t]+)\"", text)
    return found[1] if found else "  "


def _shown(text: str, value: object, level: int) -> str:
    indent = _indent(text)
    shown = json.dumps(value, indent=indent, ensure_ascii=False)
    return shown.replace("\n", "\n" + indent * level)


def _parse(text: str) -> _Node:
    start = _skip(text, 0)
    node = _value(text, start)
    if _skip(text, node.end) != len(text):
        raise NoJsonError("something follows the value")
    return node


def _skip(text: str, at: int) -> int:
    found = _SKIPPED.match(text, at)
    return found.end() if found else at


def _value(text: str, at: int) -> _Node:
    first = text[at : at + 1]
    if first == "{":
        return _object(text, at)
    if first == "[":
        return _array(text, at)
    found = (_STRING if first == '"' else _WORD).match(text, at)
    if not found:
        raise NoJsonError(f"a value is missing at {at}")
    try:
        return _Node(at, found.end(), json.loads(found[0]))
    except ValueError as error:
        raise NoJsonError(str(error)) from error


def _object(text: str, at: int) -> _Node:
    node = _Node(at, at, {})
    at = _skip(text, at + 1)
    while text[at : at + 1] != "}":
        key = _STRING.match(text, at)
        if not key:
            raise NoJsonError(f"a key is missing at {at}")
        colon = _skip(text, key.end())
        if text[colon : colon + 1] != ":":
            raise NoJsonError(f"a colon is missing at {colon}")
        inner = _value(text, _skip(text, colon + 1))
        name = json.loads(key[0])
        node.value[name] = inner.value
        node.members[name] = (at, inner)
        at = _after(text, inner.end, "}")
    node.end = at + 1
    return node


def _array(text: str, at: int) -> _Node:
    node = _Node(at, at, [])
    at = _skip(text, at + 1)
    while text[at : at + 1] != "]":
        inner = _value(text, at)
        node.value.append(inner.value)
        at = _after(text, inner.end, "]")
    node.end = at + 1
    return node


def _after(text: str, at: int, closing: str) -> int:
    """Go on behind a value: to the next one, or to what closes them all."""
    at = _skip(text, at)
    if text[at : at + 1] == ",":
        return _skip(text, at + 1)
    if text[at : at + 1] != closing:
        raise NoJsonError(f"`{closing}` is missing at {at}")
    return at
