"""A script of a project, and how the values of its keys are taken from a document."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, TypeVar

from ace_flow.files import unsafe_path
from ace_flow.plugins.conditions import Condition, read_condition
from ace_flow.plugins.world import ConditionError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from ace_flow.names import Hint
    from ace_flow.source import Node, Span

MAX_TIMEOUT = 24 * 60 * 60
MAX_RETRIES = 10
SHELL = "/bin/bash"
_T = TypeVar("_T")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,99}", re.ASCII)


class Say(Protocol):
    """Notes a finding."""

    def __call__(self, code: str, message: str, span: Span, hint: str | Hint | None = None) -> None:
        """Take a code, what is wrong, where, and what would be right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScriptHook:
    """A script that runs at an event.

    `timeout` is in seconds, for each attempt; `retries` are the attempts after the first.
    `working_dir` is relative to the project. A value of `env` that is `$NAME` alone is that of the
    user's variable. `always_run`: also when its event is not reached because something failed.
    """

    event: str
    name: str
    script: str
    required: bool = False
    timeout: int = 300
    retries: int = 0
    is_async: bool = False
    env: Mapping[str, str] = field(default_factory=dict)
    conditions: tuple[Condition, ...] = ()
    working_dir: str = "."
    shell: str = SHELL
    always_run: bool = False
    span: Span | None = field(default=None, compare=False, repr=False)


class Taker:
    """Takes the values of a script by their kinds."""

    def __init__(self, say: Say, keys: Mapping[str, tuple[str, Node]]) -> None:
        """Take keys in their own spelling, each with the written one and the value."""
        self._say = say
        self._keys = keys

    def text(self, key: str, default: str) -> str:
        """Return a text that is not empty."""
        return self._take(key, default, _as_text, "a text")

    def flag(self, key: str) -> bool:
        """Return true or false."""
        return self._take(
            key,
            False,
            lambda node: node.value if isinstance(node.value, bool) else None,
            "true or false",
        )

    def number(self, key: str, default: int, least: int, most: int) -> int:
        """Return a whole number within limits."""

        def fitting(node: Node) -> int | None:
            value = node.value
            if isinstance(value, bool) or not isinstance(value, int):
                return None
            return value if least <= value <= most else None

        return self._take(key, default, fitting, f"a whole number from {least} to {most:,}")

    def env(self) -> dict[str, str]:
        """Return the variables."""
        if "env" not in self._keys:
            return {}
        node = self._keys["env"][1]
        if not isinstance(node.value, dict):
            self._say("ACE302", "`env` is a mapping of names to values", node.span)
            return {}
        found = {}
        for name, value in node.mapping.items():
            if not _VARIABLE.fullmatch(name):
                message = f"`{name}` is no name of a variable"
                self._say("ACE302", message, node.key_span(name), "such as SLACK_CHANNEL")
            elif isinstance(value.value, str):
                found[name] = value.value
            elif isinstance(value.value, dict | list) or value.value is None:
                self._say("ACE302", f"`{name}` needs a text", value.span)
            else:
                found[name] = value.raw or str(value.value)
        return found

    def conditions(self) -> Iterator[Condition]:
        """Yield the conditions."""
        if "conditions" not in self._keys:
            return
        node = self._keys["conditions"][1]
        for item in [node] if isinstance(node.value, str) else node.items:
            if not isinstance(item.value, str):
                self._say("ACE303", "a condition is a text", item.span, "write it in quotes")
                continue
            try:
                yield read_condition(item.value)
            except ConditionError as error:
                self._say("ACE303", str(error), _within(item, error.at), error.hint)
        if not isinstance(node.value, str | list):
            self._say("ACE303", "`conditions` is a list of texts", node.span)

    def folder(self) -> str:
        """Return the folder to work in, relative to the project."""

        def fitting(node: Node) -> str | None:
            text = _as_text(node)
            path = (text or "").removeprefix("./").rstrip("/") or "."
            return path if text and (path == "." or not unsafe_path(path)) else None

        return self._take("working_dir", ".", fitting, "a path in the project")

    def _take(self, key: str, default: _T, fitting: Callable[[Node], _T | None], kind: str) -> _T:
        if key not in self._keys:
            return default
        written, node = self._keys[key]
        value = fitting(node)
        if value is None:
            self._say("ACE302", f"`{written}` is {kind}", node.span)
            return default
        return value


def _as_text(node: Node) -> str | None:
    is_there = isinstance(node.value, str) and node.value.strip() and "\0" not in node.value
    return node.value if is_there and isinstance(node.value, str) else None


def _within(node: Node, at: int) -> Span:
    """Return the place of a character of a text, if the text stands there as it is."""
    span, text = node.span, str(node.value)
    line = span.source.line(span.line)
    first = line.find(text, span.column - 1)
    if first < 0:
        return span
    column = first + at + 1
    return span._replace(column=column, end_line=span.line, end_column=column + 1)
