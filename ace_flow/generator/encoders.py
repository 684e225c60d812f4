"""Encoders: how a text is written so that it stays a text in the place where it goes."""

from __future__ import annotations

import json
import re

from ace_flow.generator.characters import HIDDEN, string
from ace_flow.regexes import regex

_LINE_ENDS = regex("\r\n|[\n\r\x85\u2028\u2029]")
_INVISIBLE = regex(f"(?!\t)[{HIDDEN}]")
_MARKDOWN = regex(r"([\\`*_{}\[\]<>#|!&])")
# Where a line that begins so would be a list, a rule, a block of code or of mathematics.
_MARKDOWN_BLOCK = regex(r"^(\d{1,9}(?=[.)](?: |$))|(?=[-+](?: |$)|---|~~~|\$\$))")


class Encoded(str):
    """Text that went through an encoder: prints as it stands."""

    __slots__ = ()


def _visible(text: str) -> str:
    return _INVISIBLE.sub(lambda hit: f"\\u{{{ord(hit[0]):X}}}", text)


def _comment(text: str, prefix: str = "//") -> Encoded:
    """Encode as comment lines; only line comments: a text could end any other."""
    lines = _LINE_ENDS.split(text.strip())
    return Encoded("\n".join(f"{prefix} {_visible(line)}".rstrip() for line in lines))


def _json(value: object) -> Encoded:
    def escaped(hit: re.Match[str]) -> str:
        units = hit[0].encode("utf-16-be", "surrogatepass").hex()
        return "".join(f"\\u{units[start : start + 4]}" for start in range(0, len(units), 4))

    return Encoded(_INVISIBLE.sub(escaped, json.dumps(value, ensure_ascii=False)))


def _yaml(value: object) -> Encoded:
    """Encode as JSON, which is YAML in all its versions but for characters in two escapes."""

    def escaped(hit: re.Match[str]) -> str:
        return f"\\U{ord(hit[0]):08x}"

    return Encoded(_INVISIBLE.sub(escaped, json.dumps(value, ensure_ascii=False)))


def _markdown(text: str) -> Encoded:
    escaped = _MARKDOWN.sub(r"\\\1", _visible(" ".join(text.split())))
    return Encoded(_MARKDOWN_BLOCK.sub(r"\1\\", escaped))


def _html(text: str) -> Encoded:
    named = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
    return Encoded(re.sub('[&<>"]', lambda hit: named[hit[0]], _visible(" ".join(text.split()))))


ENCODERS = {
    "comment": _comment,
    "html": _html,
    "json": _json,
    "md": _markdown,
    "ts": lambda text: Encoded(string(text)),
    "yaml": _yaml,
}
