"""Regular expressions as browsers take them in the `pattern` of an input.

Browsers read these with the `v` flag of JavaScript, which wants more escapes inside brackets than
AppSync does, and ignore an expression that they cannot read. See "The pattern attribute" of the
HTML standard, and `ClassSetCharacter` of ECMAScript.
"""

from __future__ import annotations

from ace_flow.regexes import regex

_QUANTIFIER = regex(r"\{[0-9]+(?:,[0-9]*)?\}")
_SYNTAX = frozenset("()[]{}/-|")
# Two of the same in a row are kept for operators that may come.
_DOUBLED = frozenset("!#$%*+,.:;<=>?@^`")


def browser_pattern(pattern: str) -> str:
    """Return an expression that a browser reads as AppSync does; it holds no backslashes yet."""
    parts: list[str] = []
    position = 0
    while position < len(pattern):
        end = _class_end(pattern, position)
        quantifier = _QUANTIFIER.match(pattern, position)
        if end is not None:
            parts.append(_class(pattern[position:end]))
            position = end
        elif quantifier:
            parts.append(quantifier[0])
            position = quantifier.end()
        else:
            character = pattern[position]
            parts.append(f"\\{character}" if character in "{}]" else character)
            position += 1
    return "".join(parts)


def _class_end(pattern: str, start: int) -> int | None:
    """Return where the brackets that open at `start` end; None when none do."""
    if pattern[start] != "[":
        return None
    first = start + 1 + pattern.startswith("^", start + 1)
    # A bracket that comes first is one of the characters.
    end = pattern.find("]", first + 1)
    return None if end < 0 else end + 1


def _class(text: str) -> str:
    start = 2 if text.startswith("[^") else 1
    inner = text[start:-1]
    parts: list[str] = []
    position = 0
    while position < len(inner):
        parts.append(_escaped(inner, position))
        position += 1
        if inner[position : position + 1] == "-" and position + 1 < len(inner):
            # `a-z` is a range, whatever the two are; a hyphen elsewhere is a character.
            parts += ["-", _escaped(inner, position + 1)]
            position += 2
    return "".join([text[:start], *parts, "]"])


def _escaped(inner: str, position: int) -> str:
    character = inner[position]
    doubled = character in _DOUBLED and inner[position - 1 : position] == character
    return f"\\{character}" if character in _SYNTAX or doubled else character
