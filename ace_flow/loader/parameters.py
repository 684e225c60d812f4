"""The parameters that a composed document declares, and what is wrong with how it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ace_flow.loader.changes import Findings
from ace_flow.loader.fitting import KINDS, misfit, printed, value_of
from ace_flow.loader.placeholders import NAME
from ace_flow.loader.reading import value_of as scalar
from ace_flow.loader.reading import whole
from ace_flow.loader.samples import short
from ace_flow.loader.schema import expression
from ace_flow.model import Parameter
from ace_flow.names import nearest
from ace_flow.source import Node

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ace_flow.diagnostics import Diagnostic
    from ace_flow.model import Given
    from ace_flow.source import Span

_NUMBERS = frozenset({"integer", "number"})
_TEXTS = frozenset({"string"})
_LISTS = frozenset({"array"})
# The types that take a key; every type takes the others.
_TAKEN_BY = {
    "enum": frozenset(KINDS) - _LISTS,
    "items": _LISTS,
    "maxItems": _LISTS,
    "maxLength": _TEXTS,
    "maximum": _NUMBERS,
    "minItems": _LISTS,
    "minLength": _TEXTS,
    "minimum": _NUMBERS,
    "pattern": _TEXTS,
}
_LIMITS = (("minimum", "maximum"), ("minLength", "maxLength"), ("minItems", "maxItems"))


class Declared(NamedTuple):
    """The parameters in their order, and the findings about them."""

    parameters: tuple[Parameter, ...]
    findings: list[Diagnostic]


def declared(document: Node) -> Declared:
    """Read the parameters of a composed document, whose shape was checked."""
    stated = document.mapping.get("parameters")
    findings = Findings()
    entries = stated.mapping if stated else {}
    made = [
        _parameter(name, node, stated.key_span(name) if stated else node.span)
        for name, node in entries.items()
    ]
    for parameter in made:
        names = [name for name in entries if name != parameter.name]
        _check(parameter, names, findings)
    return Declared(tuple(made), findings)


def _parameter(name: str, node: Node, span: Span) -> Parameter:
    keys = node.mapping
    kind = node.text("type")
    items = keys.get("items", Node({}, node.span))
    default = value_of(keys["default"]) if "default" in keys else None
    return Parameter(
        name=name,
        type=kind,
        title=node.text("title"),
        description=node.text("description"),
        default=default,
        examples=tuple(_values(node, "examples")),
        enum=tuple(item for item in _values(node, "enum") if not isinstance(item, tuple)),
        minimum=scalar(node, "minimum"),
        maximum=scalar(node, "maximum"),
        min_length=whole(node, "minLength"),
        max_length=whole(node, "maxLength"),
        pattern=scalar(node, "pattern"),
        items=_items(name, items) if kind == "array" else None,
        min_items=whole(node, "minItems"),
        max_items=whole(node, "maxItems"),
        span=span,
        node=node,
    )


def _items(name: str, node: Node) -> Parameter:
    entry = Node({"type": Node("string", node.span), **node.mapping}, node.span, node.keys)
    return _parameter(name, entry, node.span)


def _values(node: Node, key: str) -> Iterator[Given]:
    for item in node.mapping[key].items if key in node.mapping else ():
        if (value := value_of(item)) is not None:
            yield value


def _check(parameter: Parameter, others: list[str], findings: Findings) -> None:
    name, span = parameter.name, parameter.span
    if span is None or parameter.node is None:
        raise TypeError("a declared parameter was written somewhere")
    if not NAME.fullmatch(name):
        said = f"`{short(name)}` cannot name a parameter"
        hint = "letters, digits and _, a letter first, at most 64 of them"
        findings.error("ACE031", said, span, hint=hint)
    if not parameter.type:
        near = nearest(name, others)
        hint = f"did you mean `{near}`?" if near else "add, for example, `type: string`"
        findings.error("ACE012", f"the parameter `{name}` has no `type`", span, hint=hint)
        return
    before = len(findings)
    _check_keys(parameter, findings)
    if parameter.items:
        _check_keys(parameter.items, findings)
    if len(findings) > before:
        return
    _check_values(parameter, findings)
    if parameter.sample is None:
        findings.error(
            "ACE033",
            f"there is no value to try the parameter `{name}` with",
            span,
            hint="add `examples: […]`, or a `default`",
        )


def _check_keys(parameter: Parameter, findings: Findings) -> None:
    """Find keys that the type does not take, and limits that nothing is within."""
    keys = parameter.node.mapping if parameter.node else {}
    for key, takers in _TAKEN_BY.items():
        if key in keys and parameter.type not in takers and parameter.node:
            kinds = " or ".join(f"`{kind}`" for kind in KINDS if kind in takers)
            said = f"`{key}` of `{parameter.name}`: only the type {kinds} takes it"
            hint = "put it under `items`" if parameter.type == "array" else None
            findings.error("ACE031", said, parameter.node.key_span(key), hint=hint)
    for low, high in _LIMITS:
        least, most = (keys[key].value if key in keys else None for key in (low, high))
        if isinstance(least, int | float) and isinstance(most, int | float) and least > most:
            said = (
                f"`{parameter.name}` takes no value: `{low}: {least}` is more than `{high}: {most}`"
            )
            findings.error("ACE031", said, keys[low].span)
    if parameter.pattern is not None and parameter.type == "string":
        try:
            expression(parameter.pattern)
        except ValueError:
            said = f"`pattern` of `{parameter.name}` is no expression that takes linear time"
            hint = "leave out look-around, back references and very large counts"
            findings.error("ACE031", said, keys["pattern"].span, hint=hint)


def _check_values(parameter: Parameter, findings: Findings) -> None:
    """Find what the parameter itself says that it takes, and does not."""
    keys = parameter.node.mapping if parameter.node else {}
    if parameter.items:
        _check_values(parameter.items, findings)
    for key in ("enum", "examples", "default"):
        if key not in keys:
            continue
        listed = keys[key]
        for node in [listed] if key == "default" else listed.items:
            value = value_of(node)
            if (problem := misfit(parameter, value)) is not None:
                shown = short(printed(value)) if value is not None else "…"
                said = f"`{key}` of `{parameter.name}`: `{shown}` {problem}"
                findings.error("ACE032", said, node.span)
