"""The pattern format's JSON Schema, its findings as diagnostics. The only door to jsonschema."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ace_flow.diagnostics import Diagnostic
from ace_flow.names import Suggestion

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jsonschema.exceptions import ValidationError
    from jsonschema.protocols import Validator

    from ace_flow.source import Node

SCHEMA_FILE = Path(__file__).with_name("pattern.schema.json")
_LONGEST = 80

# Keys that the format reserves and later versions act on.
NOT_BUILT_YET = frozenset({"parameters", "remove", "traits", "workflows"})
NOT_BUILT_YET_VALUES = ("custom",)
NOT_BUILT_YET_IN_SCHEMA = frozenset({"mutations", "queries", "subscriptions"})

_TYPE_NAMES = {
    "array": "a list",
    "boolean": "true or false",
    "integer": "a whole number",
    "null": "nothing",
    "number": "a number",
    "object": "a mapping",
    "string": "text",
}


def check(document: Node) -> list[Diagnostic]:
    """Check a document's shape against the shipped schema and return all findings."""
    if not isinstance(document.value, dict):
        hint = "begin with `name: …`"
        message = "a pattern is a mapping of keys to values"
        return [Diagnostic(code="ACE002", message=message, span=document.span, hint=hint)]
    every = (
        finding
        for error in _validator().iter_errors(document.plain())
        for finding in _diagnostics(error, document)
    )
    findings = list(dict.fromkeys(every))
    findings.sort(key=lambda finding: finding.sort_key)
    return findings


@cache
def schema() -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the pattern format."""
    loaded: dict[str, Any] = json.loads(SCHEMA_FILE.read_text(encoding="utf-8"))
    return loaded


@cache
def _validator() -> Validator:
    from jsonschema import Draft202012Validator, validators  # noqa: PLC0415 - costs 50 ms
    from jsonschema.exceptions import ValidationError as Error  # noqa: PLC0415
    from referencing import Registry  # noqa: PLC0415

    def pattern(_: Validator, regex: str, instance: object, __: object) -> Iterator[Error]:
        # The standard keyword searches, and its `$` accepts a final newline.
        if isinstance(instance, str) and not re.fullmatch(regex.strip("^$"), instance):
            yield Error(f"{instance!r} does not match {regex!r}")

    strict = validators.extend(  # type: ignore[no-untyped-call]
        Draft202012Validator, {"pattern": pattern}
    )
    # An empty registry: a `$ref` is never fetched from anywhere.
    validator: Validator = strict(schema(), registry=Registry())
    return validator


def _diagnostics(error: ValidationError, document: Node) -> Iterator[Diagnostic]:
    path = tuple(error.absolute_path)
    node = document.find(path)
    expected: Any = error.validator_value
    match error.validator:
        case "additionalProperties":
            yield from _unknown_keys(error, node, path)
        case "required":
            start = node.span._replace(end_line=node.span.line, end_column=node.span.column + 1)
            for missing in expected:
                if missing not in node.mapping:
                    message = f"the key `{missing}` is missing{_within(path)}"
                    hint = f"add `{missing}: …`"
                    yield Diagnostic(code="ACE012", message=message, span=start, hint=hint)
        case "type":
            kinds = [expected] if isinstance(expected, str) else expected
            wanted = " or ".join(_TYPE_NAMES[kind] for kind in kinds if kind != "null")
            yield Diagnostic(
                code="ACE011",
                message=f"`{_key(path)}` takes {wanted}, not {_describe(error.instance)}",
                span=node.span,
                hint='put the text in quotes: "…"' if wanted == "text" and node.raw else None,
            )
        case "enum" if error.instance in NOT_BUILT_YET_VALUES and _key(path) == "allow":
            message = f"this version of ace cannot act on `allow: {error.instance}` yet"
            yield Diagnostic(code="ACE016", message=message, span=node.span)
        case "enum" if isinstance(error.instance, str):  # anything else is of a wrong type
            code = "ACE101" if _key(path) == "type" and "fields" in path else "ACE013"
            what = "there is no field type" if code == "ACE101" else f"`{_key(path)}` cannot be"
            yield Diagnostic(
                code=code,
                message=f"{what} `{_short(error.instance)}`",
                span=node.span,
                hint=Suggestion(error.instance, expected),
            )
        case "enum":
            return
        case "uniqueItems":
            plain = [item.plain() for item in node.items]
            again = next(item for n, item in enumerate(node.items) if plain[n] in plain[:n])
            message = f"`{_short(again.value)}` is in the list twice"
            yield Diagnostic(code="ACE013", message=message, span=again.span)
        case _:
            yield Diagnostic(
                code="ACE013", message=f"`{_key(path)}`: {_constraint(error)}", span=node.span
            )


def _unknown_keys(
    error: ValidationError, node: Node, path: tuple[str | int, ...]
) -> Iterator[Diagnostic]:
    rules: Any = error.schema
    known = rules.get("properties", {})
    free = re.compile("|".join(rules.get("patternProperties", {})) or "(?!)")
    for key in node.mapping:
        if key in known or free.match(key):
            continue
        reserved = NOT_BUILT_YET if not path else NOT_BUILT_YET_IN_SCHEMA
        if key in reserved and path in {(), ("schema",)}:
            message, code = f"this version of ace cannot act on `{key}` yet", "ACE016"
            hint: str | Suggestion = "remove the key, or keep it as `x-" + key + "` until then"
        else:
            message, code = f"there is no key `{_short(key)}`{_within(path)}", "ACE010"
            hint = Suggestion(key, known)
        yield Diagnostic(code=code, message=message, span=node.key_span(key), hint=hint)


def _key(path: tuple[str | int, ...]) -> str:
    names = [step for step in path if isinstance(step, str)]
    return names[-1] if names else "pattern"


def _within(path: tuple[str | int, ...]) -> str:
    singular = {"models": "a model", "fields": "a field", "components": "a component"}
    key = _key(path)
    if not path:
        return " in a pattern"
    return f" in {singular.get(key, f'`{key}`')}"


def _constraint(error: ValidationError) -> str:
    match error.validator:
        case "maxLength":
            return f"the text may have at most {error.validator_value} characters"
        case "minLength":
            return "the text may not be empty"
        case "minItems":
            return "the list may not be empty"
        case "minimum":
            return f"{error.instance} is less than {error.validator_value}"
        case "pattern":
            return f"`{_short(error.instance)}` has characters that are not allowed here"
        case _:
            return _short(error.message)


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


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
