"""Characters: which a reader would not see, how wide the others are, how literals hold them."""

from __future__ import annotations

import unicodedata

from ace_flow.regexes import regex

# As ranges of a regular expression. Characters without a glyph of their own: controls, line ends
# of any kind, fillers, marks that turn the reading direction, tags, private and unassigned ones.
HIDDEN = (
    "\\x00-\\x1f\\x7f-\\x9f\\xad\\u034f\\u061c\\u115f\\u1160\\u17b4\\u17b5\\u180b-\\u180f\\u200b\\u200e"
    "\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ud800-\\uf8ff\\ufeff\\uffa0\\ufff0-\\ufffb\\ufffe"
    "\\uffff\\U000e0000-\\U0010ffff"
)
# Hidden as well, but text needs them: they make and part ligatures, and choose emoji.
JOINERS = "\\u200c\\u200d\\ufe00-\\ufe0f"

_ESCAPED = regex(rf"[\\{HIDDEN}{JOINERS}]")
_SHORT_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def string(text: str) -> str:
    """Return a TypeScript string literal, in the quotes Prettier prefers."""
    quote = '"' if text.count("'") > text.count('"') else "'"
    escaped = _ESCAPED.sub(lambda hit: _escape(hit[0]), text).replace(quote, f"\\{quote}")
    return f"{quote}{escaped}{quote}"


def _escape(character: str) -> str:
    if character in _SHORT_ESCAPES:
        return _SHORT_ESCAPES[character]
    code = ord(character)
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\u{{{code:x}}}"  # noqa: PLR2004 - the BMP


def width_of(text: str) -> int:
    """Return the number of columns a text takes: East Asian letters and emoji take two."""
    return len(text) if text.isascii() else sum(_columns(character) for character in text)


def _columns(character: str) -> int:
    # A skin tone changes the emoji before it.
    if unicodedata.category(character) in {"Mn", "Me"} or "\U0001f3fb" <= character <= "\U0001f3ff":
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"F", "W"} else 1
