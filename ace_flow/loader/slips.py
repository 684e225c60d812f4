"""Slips in YAML in plain words: what the parser stumbled over, and where it was made."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from ace_flow.diagnostics import Diagnostic, Related
from ace_flow.loader.lines import content, indentation, no_space, quoted, short, start
from ace_flow.source import Span

if TYPE_CHECKING:
    from ace_flow.source import Source

Place: TypeAlias = tuple[int, int]


class Fault(NamedTuple):
    """Where a parser gave up, lines and columns from 1, and what it says of it.

    `start` is where the thing began that it was reading, `bracket` the innermost that was open,
    `quoted` the first and the last place of a text in quotes that ended just before.
    """

    words: str
    place: Place
    start: Place
    bracket: Place | None
    quoted: tuple[Place, Place] | None


def explain(source: Source, fault: Fault) -> Diagnostic | None:
    """Return the finding that says where the slip is; None when it is no common one."""
    reader = _Slip(source, fault)
    return (
        reader.tab()
        or reader.quote()
        or reader.escape()
        or reader.bracket()
        or reader.colon()
        or reader.text_with_colon()
        or reader.beginning()
        or reader.structure()
    )


class _Slip:
    def __init__(self, source: Source, fault: Fault) -> None:
        self.source = source
        self.fault = fault
        self.number, self.column = fault.place
        line = source.line(self.number)
        self.before, self.rest = line[: self.column - 1], line[self.column - 1 :]
        self.at = self.rest[:1]

    def tab(self) -> Diagnostic | None:
        before = self.before
        if before.strip(" \t") or "\t" not in f"{before}{self.at}":
            return None
        column = f"{before}{self.at}".index("\t") + 1
        hint = "indent with spaces"
        return self._found("a tab cannot indent a line", (self.number, column), hint)

    def quote(self) -> Diagnostic | None:
        if "quoted scalar" in self.fault.words and "unexpected" in self.fault.words:
            quote = self._character(self.fault.start)
            message = "the quote that opens here is never closed"
            return self._found(message, self.fault.start, f"close it with `{quote}`")
        if self.fault.quoted is None:
            return None
        first, last = self.fault.quoted
        quote = self._character(first)
        if first[0] != last[0]:
            message = f"the quote that opens here is closed only on line {last[0]}"
            end = (last[0], last[1] - 1)
            return self._found(message, first, f"close it with `{quote}`", (end, "closed here"))
        hint = "a quote in single quotes is written twice: 'it''s'"
        if quote == '"':
            hint = 'a quote in double quotes has a backslash before it: "5\\" wide"'
        return self._found("the text in quotes ends before this", self.fault.place, hint)

    def escape(self) -> Diagnostic | None:
        if "unknown escape" not in self.fault.words:
            return None
        # One parser means the backslash, the other what follows it.
        column = self.column if self.at == "\\" else self.column - 1
        written = self.source.line(self.number)[column - 1 : column + 1]
        hint = f"write `\\{written}`, or put the text in single quotes"
        return self._found(
            f"`{written}` means nothing in double quotes", (self.number, column), hint
        )

    def bracket(self) -> Diagnostic | None:
        bracket = self.fault.bracket
        if bracket is None:
            if self.at in {"]", "}"} and "parsing a block" in self.fault.words:
                opening = "[" if self.at == "]" else "{"
                message = f"there is no `{opening}` for this `{self.at}`"
                return self._found(message, self.fault.place, "remove it")
            return None
        opening = self._character(bracket)
        closing = "]" if opening == "[" else "}"
        if self._at_end() or (bracket[0] < self.number and self._begins_anew(bracket[0])):
            message = f"the `{opening}` that opens here is never closed"
            here = (self.fault.place, "still open here")
            related = () if self._at_end() else (here,)
            return self._found(message, bracket, f"close it with `{closing}`", *related)
        opened = (bracket, "opened here")
        if self.at in {"]", "}"} and self.at != closing:
            message = f"this `{self.at}` does not close the `{opening}`"
            return self._found(message, self.fault.place, f"close it with `{closing}`", opened)
        if self.at == ",":
            message = "there is nothing before this comma"
            return self._found(message, self.fault.place, "remove it")
        if self.at == ":" and self.rest[1:2] not in {"", " "}:
            hint = "a colon has a space after it, or the text needs quotes"
            return self._found("a space is missing after the colon", self.fault.place, hint)
        if self.at == ":":
            message = "a comma is missing before the key, or the text needs quotes"
            hint = "entries in brackets are separated by commas; a text with `: ` needs quotes"
            return self._found(message, self.fault.place, hint)
        if self.at == "-" and "flow node" in self.fault.words:
            return self._found("a list in brackets has no dashes", self.fault.place, "remove it")
        if "',' or" not in self.fault.words:
            return None
        hint = f"separate entries by commas, or close the bracket with `{closing}`"
        return self._found("a comma is missing before this", self.fault.place, hint, opened)

    def colon(self) -> Diagnostic | None:
        """A line that should begin with a key: here, or above a key that this one hides."""
        if "simple key" in self.fault.words:
            return self._no_colon(*self.fault.start)
        if "mapping values" not in self.fault.words or ": " in self.before:
            return None
        if " " in self.before.strip(" -"):
            return None
        return self._above()

    def _above(self) -> Diagnostic | None:
        """Say that the line above has no colon, where it should be a key with a value."""
        number = self._line_above()
        line = self.source.line(number)
        text = content(line[start(line) :])
        if not text or ": " in text or text.endswith(":") or text[0] in "[{\"'|>":
            return None
        return self._no_colon(number, start(line) + 1)

    def text_with_colon(self) -> Diagnostic | None:
        if "mapping values" not in self.fault.words:
            return None
        begin = self.before.find(": ")
        key = self.before[start(self.before) :]
        if begin < 0 and " " not in key.strip():
            number = self._line_above()
            column = start(self.source.line(number)) + 1
            message = "the line is indented more than the one above, and so continues it"
            hint = f"begin it in column {column}, as line {number} does"
            return self._found(message, (self.number, len(self.before) - len(key) + 1), hint)
        message = "a text with a colon and a space in it needs quotes"
        text = content(f"{self.before[begin + 2 :]}{self.rest}") if begin >= 0 else ""
        hint = f"put it in quotes: {quoted(text)}" if text else "put the whole text in quotes"
        return self._found(message, self.fault.place, hint)

    def beginning(self) -> Diagnostic | None:
        """A text that begins with what means something else."""
        unreadable = "cannot start any token" in self.fault.words
        named = any(f"an {kind}" in self.fault.words for kind in ("alias", "anchor"))
        if not unreadable and not named:
            return None
        place = self.fault.place if unreadable else self.fault.start
        line = self.source.line(place[0])[place[1] - 1 :]
        hint = f"put it in quotes: {quoted(content(line))}"
        if line.startswith("\t"):
            return self._found("a tab cannot stand here", place, "write a space instead")
        what = "a backtick" if line.startswith("`") else f"`{line[:1]}`"
        return self._found(f"a text cannot begin with {what}", place, hint)

    def structure(self) -> Diagnostic | None:
        if "sequence entries are not allowed" in self.fault.words:
            message = "a list in dashes cannot begin on the line of its key"
            return self._found(message, self.fault.place, "begin it on the next line")
        if "document start" in self.fault.words and not self.before.strip(" "):
            number = self._first_line()
            indent = indentation(self.source.line(number))
            if self.column > indent:
                return None
            message = "the line is indented less than the first one of the file"
            related = ((number, indent + 1), "the first one")
            hint = "begin all keys of the pattern in the same column"
            return self._found(message, self.fault.place, hint, related)
        if "parsing a block" not in self.fault.words:
            return None
        if self.before.strip(" -"):
            if self.before.rstrip()[-1:] not in {"]", "}"}:
                return None
            message = "after the closing bracket comes more"
            return self._found(message, self.fault.place, "put the whole text in quotes")
        line, column = self.fault.start
        if self.column == start(self.source.line(self._line_above())) + 1 and self.column > column:
            found = self._above()
            if found is not None:
                return found
        message = "the line is indented unlike the entries that it stands among"
        hint = f"begin it in column {column}, as on line {line}, or as one of those above"
        if self._character(self.fault.start) == "-" and self.at != "-":
            hint = f"an entry of the list that begins on line {line} begins with `- `"
        return self._found(message, self.fault.place, hint)

    def _no_colon(self, number: int, column: int) -> Diagnostic | None:
        text = content(self.source.line(number)[column - 1 :])
        if text.startswith(("[", "{")):
            return None
        if hint := no_space(text):
            place = (number, column + text.index(":"))
            return self._found("a space is missing after the colon", place, hint)
        key, _, value = text.partition(" ")
        message = f"a colon is missing after `{short(key)}`"
        if value.count(" ") > 1 or not key[:1].isalpha():
            message = f"a colon is missing: `{short(text)}` is no key with a value"
            hint = "write `key: value`; a text that goes on is indented more than its key"
        elif not value and self.source.line(number)[: column - 1].strip():
            hint = f"write `name: {short(key)}`"
        else:
            hint = f"write `{short(f'{key}: {value.strip()}'.rstrip())}`"
        return self._found(message, (number, column), hint)

    def _at_end(self) -> bool:
        """Tell whether nothing more comes."""
        if content(self.rest):
            return False
        lines = self.source.text.splitlines()[self.number :]
        return not any(map(content, lines))

    def _begins_anew(self, opened: int) -> bool:
        """Tell whether the line is one of those around a bracket rather than one in it."""
        line = self.source.line(self.number)
        margin = self.source.line(opened)
        return line.lstrip(" ").startswith("- ") or indentation(line) <= indentation(margin)

    def _first_line(self) -> int:
        lines = self.source.text.splitlines()
        return next((number for number, line in enumerate(lines, 1) if content(line)), 1)

    def _line_above(self) -> int:
        number = self.number - 1
        while number > 1 and not content(self.source.line(number)):
            number -= 1
        return number

    def _character(self, place: Place) -> str:
        return self.source.line(place[0])[place[1] - 1 : place[1]]

    def _found(
        self, message: str, place: Place, hint: str, *related: tuple[Place, str]
    ) -> Diagnostic:
        return Diagnostic(
            code="ACE001",
            message=message,
            span=self._span(place),
            hint=hint,
            related=tuple(Related(self._span(other), text) for other, text in related),
        )

    def _span(self, place: Place) -> Span:
        line, column = place
        return Span(self.source, line, column, line, column + 1)
