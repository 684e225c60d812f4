"""The pattern format's JSON Schema, its findings as diagnostics. The only door to jsonschema_rs."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path as File
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from ace_flow.collector import without_collector
from ace_flow.diagnostics import Diagnostic, Related
from ace_flow.loader.lines import no_space
from ace_flow.loader.placeholders import may_be_filled, places
from ace_flow.loader.samples import right_type, short
from ace_flow.loader.spelling import TypeHint
from ace_flow.names import Suggestion, nearest, plain, words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from jsonschema_rs import Draft202012Validator, ValidationError

    from ace_flow.names import Hint
    from ace_flow.source import Node, Path, Span

SCHEMA_FILE = File(__file__).with_name("pattern.schema.json")

# What an expression of a parameter may take, compiled.
MAX_EXPRESSION = 1024 * 1024

# Keys that the format reserves and later versions act on.
NOT_BUILT_YET = frozenset({"traits", "workflows"})
NOT_BUILT_YET_VALUES = ("custom",)

_TYPE_NAMES = {
    "array": "a list",
    "boolean": "true or false",
    "integer": "a whole number",
    "null": "nothing",
    "number": "a number",
    "object": "a mapping",
    "string": "text",
}

# The lists whose entries have a type as fields do.
_TYPED_LISTS = frozenset({"arguments", "fields"})


class Shape(NamedTuple):
    """What is wrong with a document's shape: `open` is, unless a parameter's value mends it."""

    findings: list[Diagnostic]
    open: list[Diagnostic]


def check(document: Node) -> list[Diagnostic]:
    """Check a document's shape against the shipped schema and return all findings."""
    shape = check_unfilled(document)
    return sorted([*shape.findings, *shape.open], key=lambda finding: finding.sort_key)


@without_collector()
def check_unfilled(document: Node) -> Shape:
    """Check the shape of a document whose texts may have places for values."""
    if not isinstance(document.value, dict):
        lone = no_space(document.value) if isinstance(document.value, str) else None
        hint = lone or "begin with `name: …`"
        message = "a pattern is a mapping of keys to values"
        wrong = Diagnostic(code="ACE002", message=message, span=document.span, hint=hint)
        return Shape([wrong], [])
    shape = Shape([], [])
    for error in _validator().iter_errors(document.plain()):
        path = _path(error, document)
        rules = _follow(error.schema_path[:-1])
        is_open = _is_open(document.find(path), path, rules)
        (shape.open if is_open else shape.findings).extend(
            _diagnostics(error, document, path, rules)
        )
    for findings in shape:
        findings.sort(key=lambda finding: finding.sort_key)
    return shape


def _is_open(node: Node, path: Path, rules: dict[str, Any]) -> bool:
    """Tell whether a value of a parameter, which is no mapping, can put right what is here."""
    kinds = [rules["type"]] if isinstance(rules.get("type"), str) else rules.get("type", [])
    items = rules.get("items", {})
    is_simple = {*kinds} != {"object"} and "$ref" not in items and items.get("type") != "object"
    has_place = isinstance(node.value, str) and bool(places(node.value))
    return has_place and is_simple and may_be_filled(path)


def expression(pattern: str) -> Callable[[str], bool]:
    """Return what tells whether an expression is found in a text, in time that grows as it does.

    Raises ValueError when it is none.
    """
    from jsonschema_rs import Draft202012Validator, RegexOptions  # noqa: PLC0415 - costs 20 ms

    options = RegexOptions(size_limit=MAX_EXPRESSION)
    return Draft202012Validator(
        {"pattern": pattern}, offline=True, pattern_options=options
    ).is_valid


@cache
def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the pattern format."""
    # A tenth of the time of Python's own, with every pattern that is checked.
    loaded: dict[str, Any] = msgspec.json.decode(SCHEMA_FILE.read_bytes())
    return loaded


@cache
def _validator() -> Draft202012Validator:
    from jsonschema_rs import Draft202012Validator  # noqa: PLC0415 - costs 20 ms

    # A `$ref` is never fetched from anywhere.
    return Draft202012Validator(schema(), offline=True)


def _diagnostics(
    error: ValidationError, document: Node, path: Path, rules: dict[str, Any]
) -> Iterator[Diagnostic]:
    node = document.find(path)
    keyword = error.kind.name
    expected = rules[keyword]
    match keyword:
        case "additionalProperties":
            for key in error.kind.as_dict()["unexpected"]:
                yield _unknown_key(key, node, path, rules.get("properties", {}))
        case "required":
            missing = error.kind.as_dict()["property"]
            yield from _missing_key(missing, node, path, rules.get("properties", {}))
        case "type":
            yield _wrong_type(expected, node, path, rules)
        case "enum" if node.value in NOT_BUILT_YET_VALUES and _key(path) == "allow":
            message = f"this version of ace cannot act on `allow: {node.value}` yet"
            yield Diagnostic(code="ACE016", message=message, span=node.span)
        case "enum" if isinstance(node.value, str):  # anything else is of a wrong type
            is_type = _key(path) == "type" and not _TYPED_LISTS.isdisjoint(path)
            code = "ACE101" if is_type else "ACE013"
            what = "there is no field type" if code == "ACE101" else f"`{_key(path)}` cannot be"
            meant: Hint = Suggestion(node.value, expected)
            if is_type and "fields" in path:
                meant = TypeHint(node.value, document)
            yield Diagnostic(
                code=code,
                message=f"{what} `{short(node.value)}`",
                span=node.span,
                hint=meant,
            )
        case "enum":
            return
        case "uniqueItems":
            yield from _repeated(node)
        case _:
            message = f"`{_key(path)}`: {_constraint(keyword, expected, node.value)}"
            form = _as_name(str(node.value), expected) if keyword == "pattern" else None
            yield Diagnostic(code="ACE013", message=message, span=node.span, hint=form)


def _path(error: ValidationError, document: Node) -> Path:
    """Return where an error is; jsonschema_rs gives a number for a key such as "0" or "01", too."""
    path: Path = ()
    for step in error.instance_path:
        number = str(step) if isinstance(step, int) else None
        keys = document.find(path).mapping
        path = (*path, next((key for key in keys if (key.lstrip("+0") or "0") == number), step))
    return path


def _missing_key(
    missing: str, node: Node, path: Path, known: dict[str, Any]
) -> Iterator[Diagnostic]:
    """Yield that a key is missing, unless it is there misspelt: that is a finding already."""
    for key in node.mapping:
        if key in known or key.startswith("x-"):
            continue
        close = nearest(key, [missing]) and nearest(key, known) == missing
        if close or key.startswith(f"{missing}:"):
            return
    start = node.span._replace(end_line=node.span.line, end_column=node.span.column + 1)
    message = f"the key `{missing}` is missing{_within(path)}"
    hint = f"add `{missing}: …`"
    yield Diagnostic(code="ACE012", message=message, span=start, hint=hint)


def _wrong_type(
    expected: str | list[str], node: Node, path: Path, rules: dict[str, Any]
) -> Diagnostic:
    kinds = [expected] if isinstance(expected, str) else expected
    wanted = " or ".join(_TYPE_NAMES[kind] for kind in kinds if kind != "null")
    what = f"`{_key(path)}`"
    if path and isinstance(path[-1], int):
        what = f"each entry of {what}"
    return Diagnostic(
        code="ACE011",
        message=f"{what} takes {wanted}, not {_describe(node.value)}",
        span=node.span,
        hint=right_type(kinds, path, node, rules),
    )


def _follow(schema_path: list[str | int]) -> dict[str, Any]:
    rules: Any = schema()
    for step in schema_path:
        rules = rules[step]
    found: dict[str, Any] = rules
    return found


def _unknown_key(key: str, node: Node, path: Path, known: dict[str, Any]) -> Diagnostic:
    if key in NOT_BUILT_YET and not path:
        message, code = f"this version of ace cannot act on `{key}` yet", "ACE016"
        hint: str | Suggestion = f"remove the key, or keep it as `x-{key}` until then"
    else:
        message, code = f"there is no key `{short(key)}`{_within(path)}", "ACE010"
        hint = Suggestion(key, known)
        if key.partition(":")[0] in known and node.mapping[key].value is None:
            hint = no_space(key) or hint
    return Diagnostic(code=code, message=message, span=node.key_span(key), hint=hint)


def _repeated(node: Node) -> Iterator[Diagnostic]:
    first: dict[str, Span] = {}
    for item in node.items:
        if not isinstance(item.value, str):
            continue  # the list takes texts only, which is another finding
        if item.value in first:
            yield Diagnostic(
                code="ACE013",
                message=f"`{short(item.value)}` is in the list twice",
                span=item.span,
                hint="remove one of them",
                related=(Related(first[item.value], "first here"),),
            )
        first.setdefault(item.value, item.span)


def _key(path: Path) -> str:
    names = [step for step in path if isinstance(step, str)]
    return names[-1] if names else "pattern"


def _within(path: Path) -> str:
    singular = {"models": "a model", "fields": "a field", "components": "a component"}
    key = _key(path)
    if not path:
        return " in a pattern"
    return f" in {singular.get(key, f'`{key}`')}"


def _constraint(keyword: str, expected: object, value: object) -> str:
    match keyword:
        case "maxLength":
            return f"the text may have at most {expected} characters"
        case "minLength":
            return "the text may not be empty"
        case "minItems":
            return "the list may not be empty"
        case "minimum":
            return f"{value} is less than {expected}"
        case "maximum":
            return f"{value} is more than {expected}"
        case "pattern":
            return f"`{short(value)}` has characters that are not allowed here"
        case _:
            raise TypeError(f"the schema uses {keyword}, of which nothing is said here")


def _as_name(text: str, form: str) -> str:
    """Return how names are written that the schema has an expression for."""
    name = "_".join(words(plain(text))).lower()
    first = "" if re.search(form, "0") else ", a letter first"
    like = f": `{name}`" if re.search(form, name) else ""
    return f"lower case, digits, `_` and `-`{first}{like}"


def _describe(value: object) -> str:
    match value:
        case None:
            return "nothing"
        case bool():
            return "true or false"
        case int() | float():
            return f"the number {value}"
        case str():
            return "text"
        case list():
            return "a list"
        case _:
            return "a mapping"
