"""The job's templates for peers with another language: Jinja to EJS and to Handlebars.

It knows the Jinja that these templates use, and raises ValueError for any other.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_TOKEN = re.compile(
    r"(?P<indent>^[ \t]*)?\{% raw %\}(?P<raw>.*?)\{% endraw %\}"
    r"|(?P<lead>^[ \t]*)?\{% (?P<block>[^%]*) %\}(?P<end>\n)?"
    r"|\{\{ (?P<value>[^}]*) \}\}(?P<brace>\})?",
    re.MULTILINE | re.DOTALL,
)
_COMPARED = re.compile(r"(\S+) == ('[^']*')")
_CONTAINED = re.compile(r"(\S+) in \[([^\]]*)\]")
_PATH = re.compile(r"[a-z]+(\.[A-Za-z]+)*")


def to_ejs(text: str) -> str:
    """Return a Jinja template in EJS."""
    return _TOKEN.sub(_ejs, text)


def to_handlebars(text: str) -> str:
    """Return a Jinja template in Handlebars, with the helpers `equal` and `among`."""
    blocks: list[str] = []
    return _TOKEN.sub(lambda found: _handlebars(found, blocks), text)


def _ejs(found: re.Match[str]) -> str:
    if found["raw"] is not None:
        return (found["indent"] or "") + found["raw"]
    if found["value"]:
        return f"<%- {_path(found['value'])} %>{found['brace'] or ''}"
    match found["block"].split():
        case ["for", name, "in", items]:
            code = f"for (const {name} of {_path(items)}) {{"
        case ["if", *_]:
            code = f"if ({_condition(found['block'][3:], _ejs_equal, _ejs_among)}) {{"
        case ["elif", *_]:
            code = f"}} else if ({_condition(found['block'][5:], _ejs_equal, _ejs_among)}) {{"
        case ["else"]:
            code = "} else {"
        case ["endif"] | ["endfor"]:
            code = "}"
        case _:
            raise ValueError(found[0])
    # What Jinja does with `trim_blocks` and `lstrip_blocks`.
    opening = "<%_" if found["lead"] is not None else "<%"
    return f"{opening} {code} " + ("-%>\n" if found["end"] else "%>")


def _handlebars(found: re.Match[str], blocks: list[str]) -> str:
    if found["raw"] is not None:
        return (found["indent"] or "") + found["raw"].replace("{{", "\\{{")
    if found["value"]:
        # It takes `}}}` for an end of its own, and `~` takes the blank away that parts them.
        return f"{{{{{_path(found['value'])}" + ("~}} }" if found["brace"] else "}}")
    match found["block"].split():
        case ["for", name, "in", items]:
            blocks.append("each")
            code = f"#each {_path(items)} as |{name}|"
        case ["if", *_]:
            blocks.append("if")
            code = f"#if {_condition(found['block'][3:], _equal, _among)}"
        case ["elif", *_]:
            code = f"else if {_condition(found['block'][5:], _equal, _among)}"
        case ["else"]:
            code = "else"
        case ["endif"] | ["endfor"]:
            code = f"/{blocks.pop()}"
        case _:
            raise ValueError(found[0])
    # A block alone on its line leaves none, as with Jinja's `trim_blocks` and `lstrip_blocks`; what
    # is before it would stay after an `else if`.
    return f"{{{{{code}}}}}{found['end'] or ''}"


def _condition(
    text: str, equal: Callable[[str, str], str], among: Callable[[str, str], str]
) -> str:
    if compared := _COMPARED.fullmatch(text):
        return equal(_path(compared[1]), compared[2])
    if contained := _CONTAINED.fullmatch(text):
        return among(_path(contained[1]), contained[2])
    return _path(text)


def _path(text: str) -> str:
    if not _PATH.fullmatch(text):
        raise ValueError(text)
    return text


def _ejs_equal(path: str, value: str) -> str:
    return f"{path} === {value}"


def _ejs_among(path: str, values: str) -> str:
    return f"[{values}].includes({path})"


def _equal(path: str, value: str) -> str:
    return f"(equal {path} {value})"


def _among(path: str, values: str) -> str:
    return f"(among {path} {values.replace(',', '')})"
