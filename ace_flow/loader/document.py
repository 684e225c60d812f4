"""Strict YAML: text in, a tree of values that know their place out. The only door to PyYAML."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

import yaml
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from ace_flow.collector import without_collector
from ace_flow.diagnostics import Diagnostic, PatternError, Related
from ace_flow.loader.decoding import decode
from ace_flow.loader.samples import short
from ace_flow.loader.slips import Fault, explain
from ace_flow.regexes import regex
from ace_flow.source import Node, Scalar, Source, Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from ace_flow.loader.slips import Place


class _Mark(Protocol):
    """Where the parser is, counted from 0."""

    line: int
    column: int


class _Event(Protocol):
    """What the parser met next; which of these it has depends on its type."""

    start_mark: _Mark
    end_mark: _Mark
    anchor: str
    tag: str | None
    value: str
    style: str | None


MAX_DEPTH = 40
MAX_NODES = 200_000
MAX_KEY = 200
MAX_TEXT = 65_536

# Calling a named tuple takes twice as long, and large documents have tens of thousands of places.
_new = tuple.__new__
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_BOOLEANS = {"true": True, "True": True, "false": False, "False": False}
_NULLS = frozenset({"", "~", "null", "Null"})
# Keys as most are: texts, in quotes or not.
_PLAIN_KEY = regex(rf"(?!(?:{'|'.join(_BOOLEANS)}|null|Null)\Z)[A-Za-z_][A-Za-z0-9_-]{{0,63}}")
_INTEGER = regex(r"[-+]?(?:0|[1-9][0-9]{0,17})")
_FLOAT = regex(r"[-+]?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,18})?(?:[eE][-+]?[0-9]{1,2})?")
# What a scalar that is no text can begin with.
_TYPED = frozenset(("", *"~tTfFnN-+0123456789"))
# What an escape in quotes may not write either: no encoding can carry a lone surrogate, and
# the others are no text.
FORBIDDEN_IN_TEXT = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@without_collector()
def read_document(name: str, data: bytes) -> Node:
    """Parse the bytes of one YAML document into nodes; `name` is what messages call the file.

    Scalars follow the YAML 1.2 core schema, narrowed so that nothing changes its meaning: only
    `true`, `false`, `null`, decimal integers and decimal fractions are typed; `no`, `010`,
    `12:30` and `2024-01-01` stay text.

    Raises PatternError, and nothing else, for anything that is no strict single document.
    """
    return _Reader(Source(name, decode(name, data))).read()


class _Reader:
    """Builds nodes from the parser's events, collecting what strictness forbids."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._findings: list[Diagnostic] = []
        self._count = 0
        self._plain_keys: set[str] = set()

    def read(self) -> Node:
        root = None
        try:
            root = self._read_stream()
        except yaml.MarkedYAMLError as error:
            self._findings.append(self._stumbled(error))
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            problem = f"the YAML cannot be read: {error}"
            self._add("ACE001", problem.splitlines()[0], self._point(None))
        if self._findings or root is None:
            raise PatternError(self._findings)
        return root

    def _stumbled(self, error: yaml.MarkedYAMLError) -> Diagnostic:
        """Say in plain words what the parser stumbled over, or in its own."""
        mark = error.problem_mark or error.context_mark
        words = " ".join(filter(None, (error.context, error.problem)))
        if mark is not None:
            opened, last = self._replay()
            place, start = _place(mark), _place(error.context_mark or mark)
            quoted = None
            if last is not None and getattr(last, "style", None) in {"'", '"'}:
                ends = _place(last.start_mark), _place(last.end_mark)
                between = self._source.line(ends[1][0])[ends[1][1] - 1 : place[1] - 1]
                quoted = ends if ends[1][0] == place[0] and not between.strip() else None
            bracket = _place(opened[-1].start_mark) if opened else None
            if found := explain(self._source, Fault(words, place, start, bracket, quoted)):
                return found
        message = words or "the YAML cannot be read"
        return Diagnostic(code="ACE001", message=message, span=self._point(mark))

    def _replay(self) -> tuple[list[_Event], _Event | None]:
        """Parse again up to the error: return what was in brackets there, and the last event."""
        following: Callable[[], _Event] = _Loader(self._source.text).get_event
        opened: list[_Event] = []
        last: _Event | None = None
        with suppress(yaml.YAMLError):
            while not isinstance(event := following(), StreamEndEvent):
                last = event
                if isinstance(event, MappingStartEvent | SequenceStartEvent):
                    opened.append(event)
                elif isinstance(event, MappingEndEvent | SequenceEndEvent):
                    opened.pop()
        return [event for event in opened[-1:] if getattr(event, "flow_style", False)], last

    def _read_stream(self) -> Node | None:
        self._next: Callable[[], _Event] = _Loader(self._source.text).get_event
        self._next()  # the stream begins
        if isinstance(self._next(), StreamEndEvent):
            self._add("ACE002", "the file is empty", self._point(None), "begin with `name: …`")
            return None
        root = self._node(self._next(), 1)
        self._next()  # the document ends
        event = self._next()
        if not isinstance(event, StreamEndEvent):
            message = "a second document begins here; a file holds one"
            self._add("ACE009", message, self._span(event, event))
        return root

    def _node(self, event: _Event, depth: int) -> Node:
        self._count += 1
        if self._count > MAX_NODES or depth > MAX_DEPTH:
            what = f"{MAX_NODES:,} values" if self._count > MAX_NODES else f"{MAX_DEPTH} levels"
            self._add("ACE007", f"the file has more than {what}", self._span(event, event))
            raise PatternError(self._findings)
        kind: type = type(event)
        if kind is AliasEvent:
            message = f"the alias `*{short(event.anchor)}` is not allowed"
            hint = "write the value out, or move what is shared into a parent pattern"
            span = self._span(event, event)
            self._add("ACE004", message, span, hint)
            return Node(None, span)
        if event.tag is not None:
            message = f"the tag `{short(event.tag)}` is not allowed"
            self._add("ACE005", message, self._span(event, event), "remove it")
        if kind is ScalarEvent:
            return self._scalar(event)
        if kind is MappingStartEvent:
            return self._mapping(event, depth)
        if kind is SequenceStartEvent:
            return self._sequence(event, depth)
        raise TypeError(f"the parser gave an unexpected {kind.__name__}")

    def _scalar(self, event: _Event) -> Node:
        text = event.value
        span = self._span(event, event)
        if len(text) > MAX_TEXT:
            message = f"a text has at most {MAX_TEXT:,} characters; this one has {len(text):,}"
            self._add("ACE007", message, span)
        if not event.style:
            value = typed(text) if text[:1] in _TYPED else text
            return _new(Node, (value, span, None, text, ()))
        if event.style == '"' and (hit := FORBIDDEN_IN_TEXT.search(text)):
            self._add("ACE008", f"the character U+{ord(hit[0]):04X} is not allowed", span)
        return Node(text, span, None, text)

    def _sequence(self, start: _Event, depth: int) -> Node:
        items: list[Node] = []
        while not isinstance(event := self._next(), SequenceEndEvent):
            items.append(self._node(event, depth + 1))
        return Node(items, self._span(start, event))

    def _mapping(self, start: _Event, depth: int) -> Node:
        entries: dict[str, Node] = {}
        keys: dict[str, Span] = {}
        while not isinstance(event := self._next(), MappingEndEvent):
            key: str | None
            kind: type = type(event)
            if (
                kind is ScalarEvent
                and depth < MAX_DEPTH
                and not event.tag
                and self._is_plain(event.value)
            ):
                key, span = event.value, self._span(event, event)
                self._count += 1
            else:
                node = self._node(event, depth + 1)
                key, span = self._key(node, event), node.span
            event = self._next()
            held: type = type(event)
            is_within = depth < MAX_DEPTH and self._count < MAX_NODES
            if held is ScalarEvent and event.tag is None and is_within:
                self._count += 1
                value = self._scalar(event)
            else:
                value = self._node(event, depth + 1)
            if key is None:
                continue
            if key in entries:
                first = Related(keys[key], "first here")
                message = f"the key `{key}` is here a second time (first on line {first.span.line})"
                self._add("ACE003", message, span, "remove one of them", first)
                continue
            entries[key] = value
            keys[key] = span
        return Node(entries, self._span(start, event), keys)

    def _is_plain(self, key: str) -> bool:
        """Tell whether a key is nothing but a text however it is written, as most are."""
        if key in self._plain_keys:
            return True
        if not _PLAIN_KEY.fullmatch(key):
            return False
        self._plain_keys.add(key)
        return True

    def _key(self, node: Node, event: _Event) -> str | None:
        if isinstance(node.value, str) and len(node.value) <= MAX_KEY and node.raw != "<<":
            return node.value
        if node.raw == "<<":
            self._add("ACE004", "the merge key `<<` is not allowed", node.span, "use `extends`")
        elif isinstance(node.value, str):
            message = f"a key has at most {MAX_KEY} characters; this one has {len(node.value):,}"
            self._add("ACE006", message, node.span)
        elif not isinstance(event, AliasEvent):
            hint = f'put it in quotes: "{node.raw}"' if node.raw else None
            self._add("ACE006", "a key is text", node.span, hint)
        return None

    def _add(
        self, code: str, message: str, span: Span, hint: str | None = None, *related: Related
    ) -> None:
        self._findings.append(
            Diagnostic(code=code, message=message, span=span, hint=hint, related=related)
        )

    def _span(self, start: _Event, end: _Event) -> Span:
        first, last = start.start_mark, end.end_mark
        return _new(
            Span, (self._source, first.line + 1, first.column + 1, last.line + 1, last.column + 1)
        )

    def _point(self, mark: _Mark | None) -> Span:
        line, column = _place(mark) if mark else (1, 1)
        return Span(self._source, line, column, line, column)


def _place(mark: _Mark) -> Place:
    return mark.line + 1, mark.column + 1


def typed(text: str) -> Scalar:
    """Return what an unquoted scalar stands for."""
    if text in _NULLS:
        return None
    if text in _BOOLEANS:
        return _BOOLEANS[text]
    if _INTEGER.fullmatch(text):
        return int(text)
    if _FLOAT.fullmatch(text):
        return float(text)
    return text
