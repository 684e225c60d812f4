"""Fields: their types, the keys each type takes, and defaults that are valid and harmless."""

from __future__ import annotations

import datetime as dt
import ipaddress
import json
import math
import re
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from ace_flow.diagnostics import Diagnostic
from ace_flow.model import CustomType, Field, Model
from ace_flow.model.data import AUTOMATIC_FIELDS, SCALAR_TYPES
from ace_flow.names import Suggestion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ace_flow.model import Catalogue, Pattern

_NUMBERS = frozenset({"float", "integer"})
_INT_MAX = 2**31 - 1
# Amplify pastes a default into GraphQL SDL and then into a VTL template without escaping it.
_UNSAFE = re.compile(
    r'["\\\x00-\x1f\x7f-\x9f\u2028\u2029]|\$[A-Za-z!{]|##'
    r"|#(?:set|if|else|elseif|end|foreach|include|parse|stop|break|return|evaluate|define|macro)"
)


def field_types(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """Every field has a type, and what the type needs."""
    known = {enum.name for enum in pattern.enums} | {custom.name for custom in pattern.types}
    for owner, field in _fields(pattern):
        if not field.type:
            yield _at(field, "ACE012", f"`{owner.name}.{field.name}` has no type", "add `type: …`")
        elif field.type not in SCALAR_TYPES | {"enum", "ref"}:
            message = f"`{field.type}` is no type for a field of `{owner.name}`"
            yield _at(field, "ACE101", message, Suggestion(field.type, SCALAR_TYPES))
        elif field.type == "ref" and field.ref not in known:
            wanted = f"there is no enum or type `{field.ref}`" if field.ref else "`ref` is missing"
            yield _at(field, "ACE103", wanted, Suggestion(field.ref or "", known))


def automatic_fields(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """What Amplify keeps in every record, when it is declared, has the type Amplify gives it."""
    for model in pattern.models:
        for member in model.members:
            is_date = member.name in AUTOMATIC_FIELDS
            is_key = member.name == "id" and not isinstance(member, Field)
            what, kind = ("a date", "datetime") if is_date else ("the key", "id")
            if is_key or (is_date and member.type != kind):
                yield Diagnostic(
                    code="ACE111",
                    message=f"Amplify keeps {what} in `{model.name}.{member.name}`",
                    span=member.span,
                    hint=f"make it `type: {kind}`, or rename it",
                )


def model_fields(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """Every model and type has a field of its own."""
    for owner in pattern.owners:
        members = owner.members if isinstance(owner, Model) else owner.fields
        if not members:
            yield Diagnostic(
                code="ACE107",
                message=f"`{owner.name}` has no fields",
                span=owner.span,
                hint="add `fields:` with at least one",
            )


def modifiers(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """A field has only the keys that its type takes in Amplify."""
    types = {custom.name for custom in pattern.types}
    for owner, field in _fields(pattern):
        for illegal, key, reason in (
            (field.values and field.type != "enum", "values", "only an enum has values"),
            (field.ref and field.type != "ref", "ref", "only a ref field has one"),
            *((True, key, "only a relation has it") for key in field.misplaced),
            (_has_range(field) and field.type not in _NUMBERS, "min/max", "numbers only"),
            (
                _has_length(field) and field.type != "string",
                "min_length/max_length/pattern",
                "text only",
            ),
            (
                field.array and (_has_range(field) or _has_length(field)),
                "array",
                "Amplify cannot validate the items of a list",
            ),
            (
                field.array and field.default is not None,
                "default",
                "Amplify has no defaults for lists",
            ),
            (
                field.default is not None and field.ref in types,
                "default",
                "a custom type has no default",
            ),
            (
                field in getattr(owner, "fields", ())
                and owner in pattern.types
                and (
                    field.default is not None
                    or field.authorization
                    or _has_range(field)
                    or _has_length(field)
                ),
                "default/min/max/authorization",
                "fields of a custom type take none",
            ),
        ):
            if illegal:
                message = f"`{owner.name}.{field.name}` cannot have `{key}`: {reason}"
                yield _at(field, "ACE106", message)
        for least, most, keys in (
            (field.minimum, field.maximum, "min/max"),
            (field.min_length, field.max_length, "min_length/max_length"),
        ):
            if least is not None and most is not None and least > most:
                message = f"`{owner.name}.{field.name}` allows no value: {keys} are the wrong way"
                yield _at(field, "ACE106", message)
        if field.pattern is not None and (problem := _regex_problem(field.pattern)):
            yield _at(field, "ACE106", f"`{owner.name}.{field.name}`: {problem}")


def defaults(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """A default is a value of the field's type and holds nothing AppSync would run."""
    for owner, field in _fields(pattern):
        value = field.default if field.initial is None else field.initial
        if value is None or field.array:
            continue
        if isinstance(value, str) and _UNSAFE.search(value):
            yield _at(
                field,
                "ACE105",
                f"the default of `{owner.name}.{field.name}` holds characters that AppSync "
                "would read as code",
                'leave out quotes, backslashes, line breaks, "$name" and "#directive"',
            )
        elif problem := _default_problem(field, pattern):
            message = f"the default of `{owner.name}.{field.name}` {problem}"
            yield _at(field, "ACE104", message)


def _default_problem(field: Field, pattern: Pattern) -> str | None:
    enum = pattern.enum(field.ref)
    values = field.values or (enum.values if enum else ())
    if field.type in {"enum", "ref"}:
        if not values or (field.initial or field.default) in values:
            return None
        return f"must be one of {', '.join(values)}"
    check = _DEFAULTS.get(field.type)
    problem = check(field.default) if check else None
    return problem or _limit_problem(field)


def _limit_problem(field: Field) -> str | None:
    value = field.default
    if isinstance(value, int | float):
        if field.minimum is not None and value < field.minimum:
            return f"is less than `min: {field.minimum}`"
        if field.maximum is not None and value > field.maximum:
            return f"is more than `max: {field.maximum}`"
    if isinstance(value, str):
        if field.min_length is not None and len(value) < field.min_length:
            return f"is shorter than `min_length: {field.min_length}`"
        if field.max_length is not None and len(value) > field.max_length:
            return f"is longer than `max_length: {field.max_length}`"
    return None


def _text(value: object) -> str | None:
    return None if isinstance(value, str) else "must be text (put it in quotes)"


def _integer(value: object) -> str | None:
    whole = isinstance(value, int) and not isinstance(value, bool)
    if not whole or abs(cast("int", value)) > _INT_MAX:
        return f"must be a whole number between -{_INT_MAX} and {_INT_MAX}"
    return None


def _float(value: object) -> str | None:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    return None if number and math.isfinite(cast("float", value)) else "must be a number"


def _boolean(value: object) -> str | None:
    return None if isinstance(value, bool) else "must be true or false"


def _json(value: object) -> str | None:
    """Accept data; a text must itself be JSON, and cannot be since it would need quotes."""
    if isinstance(value, str):
        try:
            json.loads(value)
        except ValueError:
            return "is not JSON"
        return None
    if isinstance(value, dict | list) and '"' in json.dumps(value):
        return "would need quotes, which Amplify cannot carry: set it in code"
    return None


def _parsed(parse: Callable[[str], object], example: str) -> Callable[[object], str | None]:
    def check(value: object) -> str | None:
        try:
            good = isinstance(value, str) and parse(value)
        except ValueError:
            good = False
        return None if good else f'must look like "{example}"'

    return check


def _match(regex: str) -> Callable[[str], object]:
    return lambda text: re.fullmatch(regex, text)


_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TIME = r"([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,3})?"
_DEFAULTS: dict[str, Callable[[object], str | None]] = {
    "boolean": _boolean,
    "date": _parsed(
        lambda text: re.fullmatch(_DATE, text) and dt.date.fromisoformat(text), "2026-01-31"
    ),
    "datetime": _parsed(
        lambda text: (
            re.fullmatch(rf"{_DATE}T{_TIME}(Z|[+-][0-9]{{2}}:[0-9]{{2}})", text)
            and dt.datetime.fromisoformat(text)
        ),
        "2026-01-31T12:00:00Z",
    ),
    "email": _parsed(_match(r"[^@\s]+@[^@\s]+\.[^@\s]+"), "name@example.com"),
    "float": _float,
    "id": _text,
    "integer": _integer,
    "ipAddress": _parsed(ipaddress.ip_address, "192.0.2.1"),
    "json": _json,
    "phone": _parsed(_match(r"\+[1-9][0-9]{6,14}"), "+442071838750"),
    "string": _text,
    "time": _parsed(_match(rf"{_TIME}Z"), "12:30:00Z"),
    "timestamp": _integer,
    "url": _parsed(
        lambda text: (
            urlsplit(text).scheme in {"http", "https"}
            and urlsplit(text).netloc
            and not re.search(r"\s", text)
        ),
        "https://example.com",
    ),
}


def _regex_problem(pattern: str) -> str | None:
    """Amplify pastes the expression into SDL, too."""
    if re.search(r'["\x00-\x1f\u2028\u2029]', pattern):
        return "`pattern` cannot hold quotes or line breaks"
    if "\\" in pattern:
        return r"`pattern` cannot hold backslashes; write [0-9] for \d and [.] for \."
    if re.search(r"\(\?(?![:=!])|&&|--|\|\||~~", pattern):
        return "`pattern` uses what browsers or AppSync read differently: (?…), &&, --, ~~ or ||"
    try:
        re.compile(pattern)
    except re.error as error:
        return f"`pattern` is no regular expression: {error}"
    return None


def _has_range(field: Field) -> bool:
    return field.minimum is not None or field.maximum is not None


def _has_length(field: Field) -> bool:
    return not (field.min_length is None and field.max_length is None and field.pattern is None)


def _fields(pattern: Pattern) -> Iterator[tuple[Model | CustomType, Field]]:
    for owner in pattern.owners:
        for field in owner.fields:
            yield owner, field


def _at(field: Field, code: str, message: str, hint: str | Suggestion | None = None) -> Diagnostic:
    return Diagnostic(code=code, message=message, span=field.span, hint=hint)


RULES = (field_types, automatic_fields, model_fields, modifiers, defaults)
