"""Fills the values of parameters into the texts of a composed document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.loader.changes import Findings
from ace_flow.loader.decoding import MAX_BYTES
from ace_flow.loader.document import MAX_NODES, MAX_TEXT
from ace_flow.loader.fitting import printed
from ace_flow.loader.merging import UNITED_LISTS
from ace_flow.loader.placeholders import may_be_filled, pieces, places
from ace_flow.names import Suggestion
from ace_flow.source import Node, Span

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from ace_flow.diagnostics import Diagnostic
    from ace_flow.loader.placeholders import Place
    from ace_flow.model import Given
    from ace_flow.source import Path

_LITERAL = "for the characters themselves, write `$${`"


def undeclared(
    document: Node, sources: Collection[str], names: Collection[str]
) -> list[Diagnostic]:
    """Return what is wrong with places for values, in texts of the files `sources`."""
    findings = Findings()
    for node, path in _texts(document, ()):
        text = str(node.value)
        if node.span.source.name not in sources or "${" not in text or _is_free(path):
            continue
        for number, place in enumerate(places(text)):
            if not may_be_filled(path):
                if place.name in names:
                    said = f"`${{{place.name}}}`: no values are filled in under `{path[0]}`"
                    findings.error("ACE030", said, _span(node, place, number))
            elif place.name is None:
                said = "`${` begins the place of a parameter, which is written `${name}`"
                findings.error("ACE030", said, _span(node, place, number), hint=_LITERAL)
            elif place.name not in names:
                said = f"there is no parameter `{place.name}`"
                hint = Suggestion(place.name, names) if names else _LITERAL
                findings.error("ACE030", said, _span(node, place, number), hint=hint)
    return findings


def _is_free(path: Path) -> bool:
    return any(isinstance(step, str) and step.startswith("x-") for step in path)


def _texts(node: Node, path: Path) -> Iterator[tuple[Node, Path]]:
    """Yield all texts of a document with their paths."""
    if isinstance(node.value, str):
        yield node, path
    for key, inner in node.mapping.items():
        yield from _texts(inner, (*path, key))
    for index, inner in enumerate(node.items):
        yield from _texts(inner, (*path, index))


def _span(node: Node, place: Place, number: int) -> Span:
    """Return where the place of that number is in a file; the whole text's where that differs."""
    span = node.span
    before = 0
    for line in range(span.line, span.end_line + 1):
        text = span.source.line(line)
        start = span.column - 1 if line == span.line else 0
        end = span.end_column - 1 if line == span.end_line else len(text)
        for index, hit in enumerate(places(text[start:end]), before):
            if index == number:
                column, last = start + hit.start + 1, start + hit.end + 1
                found = Span(span.source, line, column, line, last)
                return found if hit.name == place.name else span
            before = index + 1
    return span


class Filling:
    """Fills in values, and keeps what comes out within the limits of a document."""

    def __init__(self, values: Mapping[str, Given], sources: Collection[str]) -> None:
        self._values = values
        self._printed = {name: printed(value) for name, value in values.items()}
        self._sources = sources
        self._characters = 0
        self._entries = 0
        self.findings = Findings()

    def fill(self, node: Node, path: Path = ()) -> Node:
        """Return a document with the values in their places; what it would exceed is a finding."""
        if isinstance(node.value, dict):
            entries = {key: self.fill(inner, (*path, key)) for key, inner in node.value.items()}
            return node._replace(value=entries)
        if isinstance(node.value, list):
            return node._replace(value=self._list(node.value, path))
        return self._text(node, path)

    def _list(self, nodes: list[Node], path: Path) -> list[Node]:
        """Fill in the entries of a list; a value that is a list gives several."""
        filled: list[Node] = []
        is_united = bool(path) and path[-1] in UNITED_LISTS
        known: set[object] = set()
        for index, node in enumerate(nodes):
            item = self.fill(node, (*path, index))
            is_spliced = isinstance(item.value, list) and isinstance(node.value, str)
            for entry in item.items if is_spliced else [item]:
                # What is in the list already is not put to it again.
                if not (is_united and entry.filled and entry.value in known):
                    filled.append(entry)
                if is_united and isinstance(entry.value, str):
                    known.add(entry.value)
        return filled

    def _text(self, node: Node, path: Path) -> Node:
        if not isinstance(node.value, str) or "${" not in node.value:
            return node
        if node.span.source.name not in self._sources or not may_be_filled(path):
            return node
        parts = [*pieces(node.value)]
        names = tuple(dict.fromkeys(str(part.place.name) for part in parts if part.place))
        match parts:
            case [place, end] if names and not (place.text or end.text):
                return self._whole(node, names)
        values = [self._printed[str(part.place.name)] if part.place else "" for part in parts]
        length = sum(len(part.text) + len(value) for part, value in zip(parts, values, strict=True))
        if not self._is_within(node, length, 0):
            return node
        text = "".join(part.text + value for part, value in zip(parts, values, strict=True))
        return Node(text, node.span, None, text, names)

    def _whole(self, node: Node, names: tuple[str, ...]) -> Node:
        """Return the node of a value in all its type, where a text is nothing but its place."""
        value = self._values[names[0]]
        if not isinstance(value, tuple):
            text = self._printed[names[0]]
            within = self._is_within(node, len(text), 0)
            return Node(value, node.span, None, text, names) if within else node
        if not self._is_within(node, 0, len(value)):
            return node
        items = [Node(item, node.span, None, printed(item), names) for item in value]
        return Node(items, node.span, None, None, names)

    def _is_within(self, node: Node, characters: int, entries: int) -> bool:
        self._characters += characters
        self._entries += entries
        what = None
        if characters > MAX_TEXT:
            what = f"this text has more than {MAX_TEXT:,} characters"
        elif self._characters > MAX_BYTES:
            what = f"the pattern has more than {MAX_BYTES:,} characters"
        elif self._entries > MAX_NODES:
            what = f"the pattern has more than {MAX_NODES:,} values"
        if what is not None and not self.findings:
            self.findings.error("ACE007", f"with the values filled in, {what}", node.span)
        return what is None
