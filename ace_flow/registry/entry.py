"""A pattern as it is kept somewhere: its text, its files, and what it says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct

from ace_flow.records import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeAlias

    # Tells whether a pattern of some version will do; one without a version has an empty one.
    Accepts: TypeAlias = Callable[[str], bool]


class Summary(Struct, frozen=True, kw_only=True):
    """What lists show of a pattern, read from its document without composing it."""

    name: str
    version: str = ""
    display_name: str = ""
    description: str = ""
    category: str = ""
    complexity: str = ""
    tags: tuple[str, ...] = ()
    extends: tuple[str, ...] = ()


class Entry(Record, frozen=True, kw_only=True):
    """A pattern that can be loaded.

    `origin` is `path`, `project`, `store`, `built-in`, `plugin` or `example`; `location` what
    messages call its file.
    `read` returns the bytes of a file the pattern names, None when there is none, and raises
    UnsafePathError when the path leaves the pattern's folders. `beside` returns the files, by their
    paths, that a module at a path can load: all in the outermost folder on the way to it. It raises
    UnsafePathError when one of them is a link, or has no portable name, or they are too many.
    """

    uncompared: ClassVar[frozenset[str]] = frozenset({"read", "beside"})
    origin: str
    location: str
    document: bytes
    revision: int | None = None
    read: Callable[[str], bytes | None]
    beside: Callable[[str], Mapping[str, bytes]]


class UnsafePathError(ValueError):
    """A path that leaves the folders of a pattern; the text says why."""
