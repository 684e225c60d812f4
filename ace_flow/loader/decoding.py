"""The bytes of a document to its text: UTF-8, of characters and directives that are allowed."""

from __future__ import annotations

from codecs import BOM_UTF8
from typing import NoReturn

from ace_flow.diagnostics import Diagnostic, PatternError
from ace_flow.loader.samples import short
from ace_flow.regexes import regex
from ace_flow.source import Source, Span

MAX_BYTES = 4 * 1024 * 1024
# What the YAML specification does not let a stream contain, and the line separators that the
# parser, editors and JavaScript disagree about.
_FORBIDDEN = regex(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
)
# Two or four bytes for each of the first characters, as long as they are of ASCII.
_WIDE = regex(rb"\0[^\0]\0[^\0]|[^\0]\0[^\0]\0|\0\0\0[^\0]|[^\0]\0\0\0")
_LINE_ENDS = regex("\r\n|[\n\r]")
# The first directive other than `%YAML 1.2`: of an earlier version `no` would be false, and the
# prefixes of `%TAG` can make a short file a huge one.
_DIRECTIVE = regex(
    r"(?:(?:%YAML[ \t]+1\.2)?[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n))*+(?!%YAML[ \t]+1\.2\s)(%[^\r\n]*)"
)


def decode(name: str, data: bytes) -> str:
    """Return the text of a file's bytes; `name` is what messages call it.

    Raises PatternError for what is too large, or no text that YAML may hold.
    """
    if len(data) > MAX_BYTES:
        _fail("ACE007", f"the file has {len(data):,} bytes; at most {MAX_BYTES:,} are read", name)
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or _WIDE.match(data):
        _fail("ACE008", "the file seems to be UTF-16 or UTF-32 text", name, hint="save it as UTF-8")
    data = data.removeprefix(BOM_UTF8)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8")
        byte = f"the byte 0x{data[error.start]:02X} is not UTF-8 text"
        _fail("ACE008", byte, name, before=before, hint="save the file as UTF-8")
    if hit := _FORBIDDEN.search(text):
        character = f"the character U+{ord(hit[0]):04X} is not allowed"
        _fail("ACE008", character, name, before=text[: hit.start()], text=text)
    if hit := _DIRECTIVE.match(text):
        directive = f"the directive `{short(hit[1])}` is not allowed"
        before = text[: hit.start(1)]
        _fail("ACE001", directive, name, before=before, text=text, hint="remove the line")
    return text


def _fail(
    code: str, message: str, name: str, *, before: str = "", text: str = "", hint: str | None = None
) -> NoReturn:
    """Raise a finding at the place that follows the text `before`."""
    lines = _LINE_ENDS.split(before)
    line, column = len(lines), len(lines[-1]) + 1
    span = Span(Source(name, text), line, column, line, column + 1)
    raise PatternError([Diagnostic(code=code, message=message, span=span, hint=hint)])
