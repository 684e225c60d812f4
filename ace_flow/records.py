"""What the library's values are made of: immutable records that cost little to define and to make.

As frozen dataclasses, the model's classes alone took more time to define than parsing, checking
and rendering a small pattern: https://jcristharif.com/msgspec/structs.html
"""

from __future__ import annotations

from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, ClassVar

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Callable


class Record(Struct, frozen=True, kw_only=True, eq=False):
    """A value with names: equal to another of its kind that says the same, `uncompared` aside."""

    uncompared: ClassVar[frozenset[str]] = frozenset()

    def __eq__(self, other: object) -> bool:
        if other.__class__ is not self.__class__:
            return NotImplemented
        said = _said(type(self))
        return bool(said(self) == said(other))

    def __hash__(self) -> int:
        return hash(_said(type(self))(self))

    def __repr__(self) -> str:
        said = _names(type(self))
        stated = ", ".join(f"{name}={getattr(self, name)!r}" for name in said)
        return f"{type(self).__name__}({stated})"


def parts(kind: type[Record]) -> tuple[str, ...]:
    """Return the names of what a kind of record holds."""
    return kind.__struct_fields__


def _names(kind: type[Record]) -> list[str]:
    return [name for name in kind.__struct_fields__ if name not in kind.uncompared]


@cache
def _said(kind: type[Record]) -> Callable[[Record], Any]:
    return attrgetter(*_names(kind))
