"""What a pattern asks for: its parameters, and the values they take."""

from __future__ import annotations

from typing import TypeAlias

from ace_flow.model.data import Placed

Single: TypeAlias = str | int | float | bool
Given: TypeAlias = "Single | tuple[Single, ...]"


class Parameter(Placed, frozen=True, kw_only=True):
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
