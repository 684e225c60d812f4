"""Where a value was written: sources, spans, and values that know their span."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple, TypeAlias

Scalar: TypeAlias = str | int | float | bool | None
Plain: TypeAlias = "Scalar | dict[str, Plain] | list[Plain]"
Path: TypeAlias = tuple[str | int, ...]


@lru_cache(maxsize=2)
def _lines(text: str) -> list[str]:
    """Split a text once for the many findings that show a line of it."""
    return text.splitlines()


class Source(NamedTuple):
    """A named text: a file's path as the user would write it, and its content."""

    name: str
    text: str

    def line(self, number: int) -> str:
        """Return line `number` (from 1) without its line end, or an empty text."""
        lines = _lines(self.text)
        return lines[number - 1] if 0 < number <= len(lines) else ""


class Span(NamedTuple):
    """A range of a source; lines and columns count characters from 1, the end is exclusive."""

    source: Source
    line: int
    column: int
    end_line: int
    end_column: int

    def __str__(self) -> str:
        return f"{self.source.name}:{self.line}:{self.column}"


class Node(NamedTuple):
    """A value read from a document, with its place and, for a mapping, those of its keys.

    `raw` is a plain scalar's text as written, so that `1.10` can be read as a version; `filled`
    are the names of the parameters whose values are in it.
    """

    value: Scalar | dict[str, Node] | list[Node]
    span: Span
    keys: dict[str, Span] | None = None
    raw: str | None = None
    filled: tuple[str, ...] = ()

    @property
    def mapping(self) -> dict[str, Node]:
        """The entries, or none when this is no mapping."""
        return self.value if isinstance(self.value, dict) else {}

    @property
    def items(self) -> list[Node]:
        """The items, or none when this is no list."""
        return self.value if isinstance(self.value, list) else []

    def key_span(self, key: str) -> Span:
        """Return the place of a mapping's key; the mapping's own when it is not there."""
        return (self.keys or {}).get(key, self.span)

    def text(self, key: str) -> str:
        """Return the text at a key as written (`1.10` is not 1.1), or an empty one."""
        node = self.mapping.get(key)
        return "" if node is None else node.as_text()

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the list of texts at a key; a lone text counts as a list of one."""
        node = self.mapping.get(key)
        return () if node is None else node.as_texts()

    def as_text(self) -> str:
        """Return a scalar's text as written; an empty one for nothing."""
        if isinstance(self.value, str):
            return self.value
        return "" if self.value is None else self.raw or ""

    def as_texts(self) -> tuple[str, ...]:
        """Return a list of texts; a lone text counts as a list of one."""
        if isinstance(self.value, str):
            return (self.value,)
        return tuple(str(item.value) for item in self.items)

    def find(self, path: Path) -> Node:
        """Follow `path` as far as it goes and return the last node reached."""
        node = self
        for step in path:
            if isinstance(step, str):
                inner = node.mapping.get(step)
            else:
                inner = next(iter(node.items[step : step + 1]), None)
            if inner is None:
                break
            node = inner
        return node

    def plain(self) -> Plain:
        """Return the value without places: dicts, lists and scalars."""
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items()}
        if isinstance(self.value, list):
            return [node.plain() for node in self.value]
        return self.value
