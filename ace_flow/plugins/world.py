"""What conditions of scripts can ask about, and the functions that ask."""

from __future__ import annotations

import re
from datetime import time
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

from ace_flow.files import unsafe_path

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class World(Protocol):
    """What conditions ask about."""

    @property
    def variables(self) -> Mapping[str, str]:
        """The environment."""

    def now(self) -> datetime:
        """Return the local time."""

    def exists(self, path: str) -> bool:
        """Tell whether there is a file or folder at a path of the project."""

    def branch(self) -> str:
        """Return the branch that git is on; empty without one."""

    def has_changes(self) -> bool:
        """Tell whether git knows of changes that are not committed."""


Get: TypeAlias = "Callable[[World], str | bool]"


class ConditionError(ValueError):
    """A text is no condition: what is wrong, and the character where, from 0."""

    def __init__(self, message: str, at: int, hint: str | None = None) -> None:
        super().__init__(message)
        self.at = at
        self.hint = hint


class Token(NamedTuple):
    """A part of a condition: its kind, its text, and where it begins, from 0."""

    kind: str
    text: str
    at: int


class Function(NamedTuple):
    """A function: how many texts it takes, what it gives, and what makes it of its texts."""

    takes: int
    kind: type[str | bool]
    make: Callable[[list[Token]], Get]


def _exists(given: list[Token]) -> Get:
    (token,) = given
    path = token.text[1:-1].removeprefix("./")
    if problem := unsafe_path(path):
        raise ConditionError(f"`{path}` is no path in the project: {problem}", token.at)
    return lambda world: world.exists(path)


def _between(given: list[Token]) -> Get:
    first, last = (_clock(token) for token in given)

    def holds(world: World) -> bool:
        now = world.now().time()
        if first <= last:
            return first <= now <= last
        # Over midnight.
        return now >= first or now <= last

    return holds


def _clock(token: Token) -> time:
    text = token.text[1:-1]
    found = re.fullmatch(r"([01][0-9]|2[0-3]):([0-5][0-9])", text)
    if not found:
        raise ConditionError(f"`{text}` is no time of a day", token.at, "such as '09:30'")
    return time(int(found[1]), int(found[2]))


FUNCTIONS = {
    "file_exists": Function(1, bool, _exists),
    "time_between": Function(2, bool, _between),
    "day_of_week": Function(0, str, lambda _: lambda world: DAYS[world.now().weekday()]),
    "git_branch": Function(0, str, lambda _: lambda world: world.branch()),
    "git_has_changes": Function(0, bool, lambda _: lambda world: world.has_changes()),
}
