"""Templates: Jinja, sandboxed, and nothing printed that was not encoded. The only door to Jinja.

Texts from a pattern reach a template as plain `str` and cannot be printed as they are: a template
passes them through the encoder of the place where they go (`ts`, `yaml`, `json`, `comment`, `md`).
Names that passed the allow-list are `Ident` and print as they stand. Expression trees are `Code`;
they are laid out where the template puts them, in the width that is left there.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from ace_flow.diagnostics import Diagnostic, PatternError
from ace_flow.generator.typescript import (
    Element,
    Elements,
    Expression,
    Import,
    Imports,
    Name,
    imported,
    print_code,
    string,
)
from ace_flow.source import Source, Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from ace_flow.generator.typescript import Printable

_MARK = "\ue000"
_PLACE = re.compile(f"{_MARK}([0-9]+){_MARK}")
_LINE_ENDS = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
_INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]"
)
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|!])")


class Ident(str):
    """A name that passed the allow-list: prints as it stands."""

    __slots__ = ()


class Encoded(str):
    """Text that went through an encoder: prints as it stands."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Code:
    """An expression tree, laid out where it is placed."""

    value: Printable


class Rendered(NamedTuple):
    """A rendered text, and the names its expressions import."""

    content: bytes
    names: frozenset[Name]


class _ImportsHere:
    """Stands for the imports of all expressions in the same text."""


class _Environment(ImmutableSandboxedEnvironment):
    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - Jinja's signature
        # `field.values` is the key, never the method of the dict.
        if isinstance(obj, dict):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)


class Templates:
    """Renders the templates of a folder and those a pattern brings."""

    def __init__(self, folder: Path) -> None:
        self._codes: list[Printable | None] = []
        self._environment = _Environment(
            loader=FileSystemLoader(folder),
            undefined=StrictUndefined,
            finalize=self._finalize,
            autoescape=False,  # finalize demands an encoder for every value
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        self._environment.filters.update(_ENCODERS)
        self._builtins = {"imports": _ImportsHere(), "jsx": _jsx, "name": _name, "type": _type}

    def render(self, name: str, context: Mapping[str, object]) -> Rendered:
        """Render a template of the folder.

        It can use, besides the context: `imports`, the declarations that all expressions in it
        need; `name(text, module)` and `type(text, module)`, imported names; `jsx(tag, …)`, an
        element with attributes by keyword and `children`.
        """
        template = self._environment.get_template(name)
        return self._render(template, {**self._builtins, **context})

    def render_text(self, name: str, text: str, context: Mapping[str, object]) -> bytes:
        """Render a template that a pattern brings; `name` is what messages call it.

        Raises PatternError with the template's line when it cannot be rendered.
        """
        try:
            return self._render(self._environment.from_string(text), context).content
        except (TemplateError, TypeError, ValueError, ArithmeticError) as error:
            span = _place(error, Source(name, text))
            finding = Diagnostic(code="ACE173", message=str(error), span=span)
            raise PatternError([finding]) from error

    def holds(self, expression: str, context: Mapping[str, object]) -> bool:
        """Evaluate a `when` expression; raises PatternError when it cannot be."""
        try:
            return bool(self._environment.compile_expression(expression, False)(**context))
        except (TemplateError, TypeError, ValueError, ArithmeticError) as error:
            span = _place(error, Source("when", expression))
            raise PatternError(
                [Diagnostic(code="ACE173", message=str(error), span=span)]
            ) from error

    def _render(self, template: Any, context: Mapping[str, object]) -> Rendered:  # noqa: ANN401
        self._codes.clear()
        text = template.render(context)
        names = frozenset(name for code in self._codes for name in imported(code))
        codes = [_imports(names) if code is None else code for code in self._codes]
        return Rendered(_lay_out(text, codes).encode(), names)

    def _finalize(self, value: object) -> object:
        if isinstance(value, Ident | Encoded | int):
            return value
        if isinstance(value, Code | _ImportsHere):
            self._codes.append(value.value if isinstance(value, Code) else None)
            return f"{_MARK}{len(self._codes) - 1}{_MARK}"
        kind = "undefined" if isinstance(value, StrictUndefined) else type(value).__name__
        raise TypeError(
            f"a value of type {kind} is printed without an encoder: "
            "use | ts, | json, | yaml, | comment or | md"
        )


def _lay_out(text: str, codes: Sequence[Printable]) -> str:
    """Put each expression where its mark stands, in the width that its line leaves."""
    done = ""
    rest = text
    while hit := _PLACE.search(rest):
        done += rest[: hit.start()]
        rest = rest[hit.end() :]
        line = done[done.rfind("\n") + 1 :]
        trailing = re.match(f"[^\n{_MARK}]*", rest)
        after = trailing[0] if trailing else ""
        indent = len(line) - len(line.lstrip(" "))
        done += print_code(codes[int(hit[1])], indent=indent, column=len(line), trailing=after)
        rest = rest[len(after) :]
    return done + rest


def _imports(names: Iterable[Name]) -> Imports:
    modules: dict[str, set[Name]] = {}
    for name in names:
        modules.setdefault(name.module or "", set()).add(name)
    return Imports(
        tuple(
            Import(
                module,
                names=tuple(
                    {item.text.partition(".")[0] for item in modules[module] if not item.is_type}
                ),
                types=tuple(item.text for item in modules[module] if item.is_type),
            )
            for module in sorted(modules, key=lambda module: (module.lower(), module))
        )
    )


def _name(text: str, module: str) -> Code:
    return Code(Name(text, module))


def _type(text: str, module: str) -> Code:
    return Code(Name(text, module, is_type=True))


def _jsx(tag: Code, children: Iterable[Code] = (), **attributes: object) -> Code:
    """Return an element; an attribute that is undefined or None is left out."""
    values = {key: _expression(value) for key, value in attributes.items() if value is not None}
    inner: list[Element] = []
    for child in children:
        parts = child.value.items if isinstance(child.value, Elements) else (child.value,)
        inner += [part for part in parts if isinstance(part, Element)]
    if not isinstance(tag.value, Name):
        raise TypeError("the first argument of jsx() is a name")
    return Code(Element(tag.value, values, tuple(inner)))


def _expression(value: Any) -> Expression:  # noqa: ANN401 - any plain value is an expression
    if isinstance(value, Code):
        if isinstance(value.value, Imports):
            raise TypeError("imports are no expression")
        return value.value
    return Name(value) if isinstance(value, Ident) else value


def _place(error: Exception, source: Source) -> Span:
    line = error.lineno if isinstance(error, TemplateSyntaxError) else 0
    traceback = error.__traceback__
    while traceback is not None and not line:
        if traceback.tb_frame.f_code.co_filename in {"<template>", "<unknown>"}:
            line = traceback.tb_lineno
        traceback = traceback.tb_next
    return Span(source, line or 1, 1, line or 1, len(source.line(line or 1)) + 1)


def _visible(text: str) -> str:
    return _INVISIBLE.sub(lambda hit: f"\\u{ord(hit[0]):04X}", text)


def _comment(text: str, prefix: str = "//") -> Encoded:
    """Encode as comment lines; only line comments: a text could end any other."""
    lines = _LINE_ENDS.split(text.strip())
    return Encoded("\n".join(f"{prefix} {_visible(line)}".rstrip() for line in lines))


def _json(value: object) -> Encoded:
    text = json.dumps(value, ensure_ascii=False)
    return Encoded(_INVISIBLE.sub(lambda hit: f"\\u{ord(hit[0]):04x}", text))


def _markdown(text: str) -> Encoded:
    return Encoded(_MARKDOWN.sub(r"\\\1", _visible(" ".join(text.split()))))


def _html(text: str) -> Encoded:
    named = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;"}
    return Encoded(re.sub('[&<>"]', lambda hit: named[hit[0]], _visible(" ".join(text.split()))))


_ENCODERS = {
    "comment": _comment,
    "html": _html,
    "json": _json,
    "md": _markdown,
    "ts": lambda text: Encoded(string(text)),
    # A JSON string is a YAML string in every version of YAML.
    "yaml": _json,
}
