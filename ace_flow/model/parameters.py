"""What a pattern asks for: its parameters, and the values they take."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from ace_flow.model.data import Placed

if TYPE_CHECKING:
    from ace_flow.source import Node, Span

Single: TypeAlias = str | int | float | bool
Given: TypeAlias = "Single | tuple[Single, ...]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter(Placed):
    """A value that people choose for their project, with what JSON Schema says of it.

    `value` is the one that the pattern was filled in with. Of a list (`array`), `items` is what
    each entry takes.
    """

    name: str
    type: str = ""
    title: str = ""
    description: str = ""
    default: Given | None = None
    examples: tuple[Given, ...] = ()
    enum: tuple[Single, ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    items: Parameter | None = None
    min_items: int | None = None
    max_items: int | None = None
    value: Given | None = None
    span: Span | None = field(default=None, compare=False, repr=False)
    node: Node | None = field(default=None, compare=False, repr=False)

    @property
    def choices(self) -> tuple[Single, ...]:
        """The values there are, where they are few enough to be listed."""
        return (False, True) if self.type == "boolean" and not self.enum else self.enum

    @property
    def sample(self) -> Given | None:
        """A value to try the pattern with: the default, else an example or a choice."""
        if self.default is not None:
            return self.default
        return next(iter((*self.examples, *self.choices)), None)
