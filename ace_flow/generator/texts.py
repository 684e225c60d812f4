"""A pattern's own templates: Jinja, sandboxed, and nothing printed that was not encoded.

The only door to Jinja. Texts from a pattern reach a template as plain `str` and cannot be printed
as they are: a template passes them through the encoder of the place where they go (`ts`, `yaml`,
`json`, `comment`, `md`). Names that passed the allow-list are `Ident` and print as they stand.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from jinja2 import (
    FileSystemBytecodeCache,
    FileSystemLoader,
    FunctionLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
    meta,
    nodes,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment

from ace_flow import __version__
from ace_flow.caches import cache_folder, closed
from ace_flow.diagnostics import Diagnostic, PatternError
from ace_flow.generator.encoders import ENCODERS, Encoded
from ace_flow.source import Source, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from jinja2 import BaseLoader, Template
    from jinja2.bccache import Bucket

# What a short template is made of: a fixed text, or a name and the attribute of it, each may be "".
Pieces: TypeAlias = tuple[tuple[str, str, str], ...]
# What goes wrong in a template of a pattern is the template's fault.
_FAILURES = (
    ArithmeticError,
    AttributeError,
    LookupError,
    RecursionError,
    TemplateError,
    TypeError,
    ValueError,
)
# Where a template may never come to what it names.
_BRANCHES: tuple[type[nodes.Expr], ...] = (nodes.And, nodes.CondExpr, nodes.Or, nodes.Test)


class Ident(str):
    """A name that passed the allow-list: prints as it stands."""

    __slots__ = ()


class Uses(NamedTuple):
    """What a template without branches names.

    `shape` is its text with `_` for each expression, `names` are the variables, `attributes` what
    is asked of them: `model.name` is `("model", "name")`.
    """

    shape: str
    names: frozenset[str]
    attributes: tuple[tuple[str, str], ...]


class Environment(ImmutableSandboxedEnvironment):
    """Jinja as all templates are rendered; `finalize` says what is printed of a value."""

    def __init__(self, loader: BaseLoader, finalize: Callable[[object], object]) -> None:
        super().__init__(
            loader=loader,
            undefined=StrictUndefined,
            finalize=finalize,
            autoescape=False,  # finalize demands an encoder for every value
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            bytecode_cache=_compiled(),
        )
        self.filters.update(ENCODERS)

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - Jinja's signature
        """Return what a template means by `obj.attribute`."""
        # `field.values` is the key, never the method of the dict.
        if isinstance(obj, dict):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)


class _Compiled(FileSystemBytecodeCache):
    """Templates as they were compiled; none where the disk keeps none."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder), f"{__version__}-%s")

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill in what was compiled, if it is there and readable."""
        with suppress(OSError, ValueError, EOFError, TypeError):
            super().load_bytecode(bucket)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep what was compiled, if that is possible."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def _compiled() -> _Compiled | None:
    """Return where templates are kept; None where others could put code in their place."""
    cache_folder()  # is said to be wrong where it is
    folder = closed("templates", is_made=True)
    return _Compiled(folder) if folder else None


def environment_of(folder: Path, finalize: Callable[[object], object]) -> Environment:
    """Return the environment of a folder of templates."""
    return Environment(FileSystemLoader(folder), finalize)


def printed(value: object) -> object:
    """Return a value that may be printed; raises TypeError for one that was not encoded."""
    if isinstance(value, Ident | Encoded | int):
        return value
    if isinstance(value, StrictUndefined):
        str(value)  # raises, and says what is missing
    raise TypeError(
        f"a value of type {type(value).__name__} is printed without an encoder: "
        "use | ts, | json, | yaml, | comment or | md"
    )


class Texts:
    """Renders the templates that a pattern brings."""

    def __init__(self) -> None:
        self._sources: dict[str, str] = {}
        self._pieces: dict[str, Pieces | None] = {}
        self._environment = Environment(FunctionLoader(self._sources.get), printed)

    def render_text(
        self, name: str, text: str, context: Mapping[str, object], span: Span | None = None
    ) -> bytes:
        """Render a template that a pattern brings; `name` is what messages call it.

        Raises PatternError when it cannot be rendered: at `span` when the text is a value of the
        pattern, else with the template's line.
        """
        try:
            return self._compiled(text).render(context).encode()
        except _FAILURES as error:
            raise PatternError([_failure(error, name, text, span)]) from error

    def render_line(
        self, text: str, context: Mapping[str, object], span: Span | None = None
    ) -> str:
        """Render a short template, such as a path, as `render_text` does.

        What only prints names is put together without Jinja, as there may be thousands of it.
        """
        if text not in self._pieces:
            self._pieces[text] = self._pieces_of(text)
        line = _joined(self._pieces[text], context)
        return self.render_text(text, text, context, span).decode() if line is None else line

    def _pieces_of(self, text: str) -> Pieces | None:
        """Return a template's fixed texts, names and attributes; None if it does more than that."""
        try:
            tree = self._environment.parse(text)
        except TemplateSyntaxError:
            return None
        found: list[tuple[str, str, str]] = []
        for node in chain.from_iterable(getattr(item, "nodes", (item,)) for item in tree.body):
            match node:
                case nodes.TemplateData():
                    found.append((node.data, "", ""))
                case nodes.Name(name=name):
                    found.append(("", name, ""))
                case nodes.Getattr(node=nodes.Name(name=name), attr=attribute):
                    found.append(("", name, attribute))
                case _:
                    return None
        return tuple(found)

    def holds(
        self, expression: str, context: Mapping[str, object], span: Span | None = None
    ) -> bool:
        """Evaluate a `when` expression; raises PatternError at `span` when it cannot be."""
        try:
            return bool(self._environment.compile_expression(expression, False)(**context))
        except _FAILURES as error:
            raise PatternError([_failure(error, "when", expression, span)]) from error

    def syntax_of_text(self, name: str, text: str, span: Span | None = None) -> Diagnostic | None:
        """Say what is wrong with the syntax of a template, without rendering it."""
        try:
            self._compiled(text)  # which is kept, so that it is parsed once for many runs
        except TemplateSyntaxError as error:
            return _failure(error, name, text, span)
        return None

    def uses(self, text: str) -> Uses | None:
        """Say what a template names; None when that depends on a condition, or it has a fault."""
        if "{" not in text:
            return Uses(text, frozenset(), ())
        try:
            tree = self._environment.parse(text)
            names = meta.find_undeclared_variables(tree)
        except TemplateSyntaxError:
            return None
        defaults = any(item.name in {"d", "default"} for item in tree.find_all(nodes.Filter))
        plain = all(isinstance(item, nodes.Output) for item in tree.body)
        if defaults or not plain or any(map(tree.find, _BRANCHES)):
            return None
        return Uses(
            "".join(
                part.data if isinstance(part, nodes.TemplateData) else "_"
                for output in tree.find_all(nodes.Output)
                for part in output.nodes
            ),
            frozenset(names - self._environment.globals.keys()),
            tuple(
                (item.node.name, item.attr)
                for item in tree.find_all(nodes.Getattr)
                if isinstance(item.node, nodes.Name)
            ),
        )

    def syntax_of_condition(self, expression: str, span: Span | None) -> Diagnostic | None:
        """Say what is wrong with the syntax of a `when` expression, without evaluating it."""
        try:
            self._environment.compile_expression(expression)
        except TemplateError as error:
            return _failure(error, "when", expression, span)
        return None

    def _compiled(self, text: str) -> Template:
        """Compile a text once, for all that it is rendered for."""
        name = hashlib.sha256(text.encode()).hexdigest()
        self._sources[name] = text
        return self._environment.get_template(name)


def _joined(pieces: Pieces | None, context: Mapping[str, object]) -> str | None:
    """Put the pieces of a line together; None where one is no name, which Jinja has to judge."""
    if pieces is None:
        return None
    found: list[str] = []
    for fixed, name, attribute in pieces:
        value = context.get(name)
        if attribute:
            value = value.get(attribute) if isinstance(value, dict) else None
        if name and type(value) not in {Ident, Encoded}:
            return None
        found.append(str(value) if name else fixed)
    return "".join(found)


def _failure(error: Exception, name: str, text: str, span: Span | None) -> Diagnostic:
    if span is not None:
        return Diagnostic(code="ACE173", message=f"`{text}`: {error}", span=span)
    span = _place(error, Source(name, text))
    return Diagnostic(code="ACE173", message=str(error), span=span)


def _place(error: Exception, source: Source) -> Span:
    line = error.lineno if isinstance(error, TemplateSyntaxError) else 0
    traceback = error.__traceback__
    while traceback is not None and not line:
        if traceback.tb_frame.f_code.co_filename in {"<template>", "<unknown>"}:
            line = traceback.tb_lineno
        traceback = traceback.tb_next
    return Span(source, line or 1, 1, line or 1, len(source.line(line or 1)) + 1)
