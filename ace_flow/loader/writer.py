"""A document as YAML that the strict loader reads back, a value a line with its origin."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ace_flow.loader.origins import Filled, items
from ace_flow.regexes import regex
from ace_flow.source import Span

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from ace_flow.loader.origins import Origin, Value

MAX_INLINE = 60
# The parser takes a key of at most 1,024 characters without `? ` before it.
_MAX_SIMPLE_KEY = 1000
# What no reader takes for anything but text, in a list or out of one. Characters outside of ASCII
# are for quotes: there, the escape that an encoding without them prints means the same.
_PLAIN = regex(r"[A-Za-z_](?:[A-Za-z0-9_./@()+'; -]*[A-Za-z0-9_./@()+';-])?")
_PLAIN_LINE = regex(r"[A-Za-z_](?:[A-Za-z0-9_./@()+';, -]*[A-Za-z0-9_./@()+';,-])?")
# YAML 1.1 reads these as booleans, as many editors do.
_WORDS = frozenset({"false", "n", "no", "null", "off", "on", "true", "y", "yes"})


class Line(NamedTuple):
    """A line of YAML, and the origin of the value on it if there is one."""

    text: str
    origin: Origin | None = None


def lines(document: Value) -> Iterator[Line]:
    """Yield a document line by line. Texts come with all that is not printable as escapes."""
    short = _inline(document)
    if short is None:
        yield from _block(document, "")
    else:
        yield Line(short, document.origin)


def _block(value: Value, indent: str) -> Iterator[Line]:
    """Yield the lines of a mapping or list that does not fit on one."""
    if isinstance(value.value, dict):
        for key, inner in value.value.items():
            name = _text(key, _PLAIN)
            if len(name) > _MAX_SIMPLE_KEY:
                yield Line(f"{indent}? {name}")
                name = ""
            yield from _behind(f"{indent}{name}:", inner, f"{indent}  ")
    for item in items(value):
        short = _inline(item)
        if short is not None:
            yield Line(f"{indent}- {short}", item.origin)
            continue
        # The first line of what is in the item stands beside its dash.
        first, *rest = _block(item, f"{indent}  ")
        yield first._replace(text=f"{indent}- {first.text[len(indent) + 2 :]}")
        yield from rest


def _behind(head: str, value: Value, indent: str) -> Iterator[Line]:
    short = _inline(value)
    if short is None:
        yield Line(head)
        yield from _block(value, indent)
    else:
        yield Line(f"{head} {short}", value.origin)


def _inline(value: Value) -> str | None:
    """Return what stands on one line: a scalar, nothing at all, or a short list from one place."""
    if isinstance(value.value, dict):
        return None if value.value else "{}"
    if not isinstance(value.value, list):
        return _scalar(value, _PLAIN_LINE)
    if any(isinstance(item.value, dict | list) or not _is_of(item, value) for item in value.value):
        return None
    text = f"[{', '.join(_scalar(item, _PLAIN) for item in value.value)}]"
    return text if len(text) <= MAX_INLINE else None


def _is_of(item: Value, whole: Value) -> bool:
    """Tell whether an item was there from the beginning, and not united with the list."""
    inner, outer = item.origin, whole.origin
    if isinstance(inner, Filled):
        return inner == outer
    if not isinstance(inner, Span) or not isinstance(outer, Span):
        return True
    starts = (outer.line, outer.column) <= (inner.line, inner.column)
    ends = (inner.end_line, inner.end_column) <= (outer.end_line, outer.end_column)
    return inner.source.name == outer.source.name and starts and ends


def _scalar(value: Value, plain: re.Pattern[str]) -> str:
    match value.value:
        case None:
            return "null"
        case bool():
            return str(value.value).lower()
        case str():
            return _text(value.value, plain)
        case _:
            return value.raw or str(value.value)


def _text(text: str, plain: re.Pattern[str]) -> str:
    if plain.fullmatch(text) and text.lower() not in _WORDS:
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    if not escaped.isprintable():
        # Python and YAML write these escapes alike.
        escaped = "".join(
            character if character.isprintable() else character.encode("unicode_escape").decode()
            for character in escaped
        )
    return f'"{escaped}"'
