"""Strict YAML: text in, a tree of values that know their place out. The only door to PyYAML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NoReturn, Protocol

import yaml

from ace_flow.diagnostics import Diagnostic, PatternError
from ace_flow.source import Node, Scalar, Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterator


class _Mark(Protocol):
    """Where the parser is, counted from 0."""

    line: int
    column: int


MAX_BYTES = 4 * 1024 * 1024
MAX_DEPTH = 40
MAX_NODES = 500_000
MAX_KEY = 200
MAX_FINDINGS = 50

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BOOLEANS = {"true": True, "True": True, "false": False, "False": False}
_NULLS = frozenset({"", "~", "null", "Null"})
_INTEGER = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_FLOAT = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,18})?(?:[eE][-+]?[0-9]{1,2})?")
# What the YAML specification does not let a stream contain, and the line separators that the
# parser, editors and JavaScript disagree about.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]"
)
# An escape can write one where the parser does not check; no encoding can carry it.
_SURROGATE = re.compile("[\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n|[\n\r]")


def read_document(name: str, data: bytes) -> Node:
    """Parse the bytes of one YAML document into nodes; `name` is what messages call the file.

    Scalars follow the YAML 1.2 core schema, narrowed so that nothing changes its meaning: only
    `true`, `false`, `null`, decimal integers and decimal fractions are typed; `no`, `010`,
    `12:30` and `2024-01-01` stay text.

    Raises PatternError, and nothing else, for anything that is no strict single document.
    """
    return _Reader(Source(name, _decode(name, data))).read()


def _decode(name: str, data: bytes) -> str:
    if len(data) > MAX_BYTES:
        _fail("ACE007", f"the file has {len(data):,} bytes; at most {MAX_BYTES:,} are read", name)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig")
        byte = f"the byte 0x{data[error.start]:02X} is not UTF-8 text"
        _fail("ACE008", byte, name, before=before)
    if hit := _FORBIDDEN.search(text):
        character = f"the character U+{ord(hit[0]):04X} is not allowed"
        _fail("ACE008", character, name, before=text[: hit.start()], text=text)
    return text


def _fail(code: str, message: str, name: str, *, before: str = "", text: str = "") -> NoReturn:
    """Raise a finding at the place that follows the text `before`."""
    lines = _LINE_ENDS.split(before)
    line, column = len(lines), len(lines[-1]) + 1
    span = Span(Source(name, text), line, column, line, column + 1)
    raise PatternError([Diagnostic(code=code, message=message, span=span)])


class _Reader:
    """Builds nodes from the parser's events, collecting what strictness forbids."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._findings: list[Diagnostic] = []
        self._count = 0

    def read(self) -> Node:
        events = yaml.parse(self._source.text, Loader=_Loader)
        try:
            root = self._read_stream(events)
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            problem = " ".join(filter(None, (error.context, error.problem)))
            self._add("ACE001", problem or "the YAML cannot be read", self._point(mark))
            root = None
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            problem = f"the YAML cannot be read: {error}"
            self._add("ACE001", problem.splitlines()[0], self._point(None))
            root = None
        if self._findings or root is None:
            raise PatternError(self._findings)
        return root

    def _read_stream(self, events: Iterator[yaml.Event]) -> Node | None:
        root: Node | None = None
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    message = "a second document begins here; a file holds one"
                    self._add("ACE009", message, self._span(event))
                    break
                root = self._node(next(events), events, 1)
        if root is None:
            self._add("ACE002", "the file is empty", self._point(None), "begin with `name: …`")
        return root

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
        self._count += 1
        if self._count > MAX_NODES or depth > MAX_DEPTH:
            what = f"{MAX_NODES:,} values" if self._count > MAX_NODES else f"{MAX_DEPTH} levels"
            self._add("ACE007", f"the file has more than {what}", self._span(event))
            raise PatternError(self._findings)
        if isinstance(event, yaml.AliasEvent):
            hint = "write the value out, or move what is shared into a parent pattern"
            self._add(
                "ACE004", f"the alias `*{event.anchor}` is not allowed", self._span(event), hint
            )
            return Node(None, self._span(event))
        tag = getattr(event, "tag", None)
        if tag is not None:
            self._add("ACE005", f"the tag `{tag}` is not allowed", self._span(event), "remove it")
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(event, events, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(event, events, depth)
        if not isinstance(event, yaml.ScalarEvent):
            raise TypeError(f"the parser gave an unexpected {type(event).__name__}")
        plain = not event.style
        text = str(event.value)
        if hit := _SURROGATE.search(text):
            message = f"the character U+{ord(hit[0]):04X} is not allowed"
            self._add("ACE008", message, self._span(event))
        return Node(_scalar(text) if plain else text, self._span(event), raw=text)

    def _sequence(self, start: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
        items: list[Node] = []
        event = next(events)
        while not isinstance(event, yaml.SequenceEndEvent):
            items.append(self._node(event, events, depth + 1))
            event = next(events)
        return Node(items, self._span(start, event))

    def _mapping(self, start: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
        entries: dict[str, Node] = {}
        keys: dict[str, Span] = {}
        event = next(events)
        while not isinstance(event, yaml.MappingEndEvent):
            key = self._key(event, events, depth)
            span = self._span(event)
            value = self._node(next(events), events, depth + 1)
            if key in entries:
                first = keys[key].line
                message = f"the key `{key}` is here a second time (first on line {first})"
                self._add("ACE003", message, span, "remove one of them")
            elif key is not None:
                entries[key] = value
                keys[key] = span
            event = next(events)
        return Node(entries, self._span(start, event), keys)

    def _key(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> str | None:
        node = self._node(event, events, depth + 1)
        if node.raw == "<<":
            self._add("ACE004", "the merge key `<<` is not allowed", node.span, "use `extends`")
        elif isinstance(node.value, str) and len(node.value) <= MAX_KEY:
            return node.value
        elif isinstance(node.value, str):
            message = f"a key has at most {MAX_KEY} characters; this one has {len(node.value):,}"
            self._add("ACE006", message, node.span)
        else:
            hint = f'put it in quotes: "{node.raw}"' if node.raw else None
            self._add("ACE006", "a key is text", node.span, hint)
        return None

    def _add(self, code: str, message: str, span: Span, hint: str | None = None) -> None:
        self._findings.append(Diagnostic(code=code, message=message, span=span, hint=hint))
        if len(self._findings) >= MAX_FINDINGS:
            raise PatternError(self._findings)

    def _span(self, start: yaml.Event, end: yaml.Event | None = None) -> Span:
        first: _Mark | None = start.start_mark
        last: _Mark | None = (end or start).end_mark
        if first is None or last is None:
            return self._point(first)
        return Span(self._source, first.line + 1, first.column + 1, last.line + 1, last.column + 1)

    def _point(self, mark: _Mark | None) -> Span:
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        return Span(self._source, line, column, line, column + 1)


def _scalar(text: str) -> Scalar:
    if text in _NULLS:
        return None
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text
