"""Defaults: values of the field's type that hold nothing AppSync would run."""

from __future__ import annotations

import datetime as dt
import ipaddress
import json
import math
import re
from typing import TYPE_CHECKING, cast
from urllib.parse import urlsplit

from ace_flow.diagnostics import Diagnostic
from ace_flow.regexes import regex
from ace_flow.rules.fields import is_first_key
from ace_flow.rules.missing import elsewhere, elsewhere_stated

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ace_flow.diagnostics import Related
    from ace_flow.model import Catalogue, Field, Pattern

_INT = range(-(2**31), 2**31)
# What a default has to fit.
_DECISIVE = ("max", "max_length", "min", "min_length", "pattern", "ref", "type", "values")
# Seconds; larger numbers would come out of JavaScript as others.
_TIMESTAMP = range(-(2**53) + 1, 2**53)
# Amplify pastes a default into GraphQL SDL and then into a VTL template without escaping it.
_UNSAFE = regex(
    r'["\\\x00-\x1f\x7f-\x9f\u2028\u2029]|\$[A-Za-z_!{]|#[#*{@]|#\[\['
    r"|#(?:set|if|else|elseif|end|foreach|include|parse|stop|break|return|evaluate|define|macro)"
)
# What Python, JavaScript and Java read alike: characters and classes, which may be repeated, and
# groups, which may be optional; a repeated group can take for ever.
_CLASS = r"\[\^?(?:[A-Za-z0-9]-[A-Za-z0-9]|[A-Za-z0-9 _]|[.](?![.])|@(?!@)|:(?!:)|,(?!,))+\]"
_ALIKE = regex(
    rf"\^?(?:(?:{_CLASS}|[A-Za-z0-9 _@:,;=!#%'<>/.-])"
    r"(?:[*+?]|\{[0-9]{1,4}(?:,[0-9]{0,4})?\})?|\((?:\?:)?|\)\??|\|)*\$?"
)
_CHOICE = regex(r"[*+?|]|\{[0-9]+,")
_MOST_CHOICES, _MOST_STEPS = 6, 1_000_000
_LAST_OF_16_BITS = "\uffff"
# What begins like a number, and how numbers are written: the loader takes anything else for text.
_DIGIT = r"[-+]?\.?[0-9]"
_NUMBERS = (
    "a number has at most 18 digits before the point and after it, 2 in its exponent, and neither "
    "zeros before it nor `_`"
)
_WHOLE = regex(r"[-+]?(0|[1-9][0-9]{0,17})")
_TYPED = {
    "boolean": regex("true|false"),
    "float": regex(rf"{_WHOLE.pattern}(\.[0-9]{{1,18}})?([eE][-+]?[0-9]{{1,2}})?"),
    "integer": _WHOLE,
    "timestamp": _WHOLE,
}


def defaults(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """A default is a value of the field's type and holds nothing AppSync would run."""
    pairs = ((owner, field) for owner in pattern.owners for field in owner.fields)
    for owner, field in pairs:
        value = field.default if field.initial is None else field.initial
        if value is None or field.array or is_first_key(owner, field):
            continue
        if isinstance(value, str) and _UNSAFE.search(value):
            yield Diagnostic(
                code="ACE105",
                message=f"the default of `{owner.name}.{field.name}` holds characters that "
                "AppSync would read as code",
                span=field.at("default"),
                hint='leave out quotes, backslashes, line breaks, "$name", "#directive", and what '
                'begins like a comment: "##", "#*", "#[[", "#{", "#@"',
            )
        elif problem := _default_problem(field, pattern):
            related = _overriding(field, pattern)
            yield Diagnostic(
                code="ACE104",
                message=f"the default of `{owner.name}.{field.name}` {problem}",
                span=field.at("default"),
                hint=_override(field, pattern) if related else _typed_hint(field),
                related=related,
            )


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


def _overriding(field: Field, pattern: Pattern) -> tuple[Related, ...]:
    """Return what an inherited default must fit and is written in another file than it."""
    span = field.at("default")
    if span is None or pattern.span is None or span.source.name == pattern.span.source.name:
        return ()
    enum = pattern.enum(field.ref)
    named = {enum.name: enum.span} if enum and enum.node else {}
    return (*elsewhere(span, field, *_DECISIVE), *elsewhere_stated(span, named))


def _override(field: Field, pattern: Pattern) -> str:
    enum = pattern.enum(field.ref)
    value = next(iter(field.values or (enum.values if enum else ())), "…")
    entry = f"{{name: {field.name}, default: {value}}}"
    return f"state a `default` in the pattern that changes this: `{entry}`"


def _typed_hint(field: Field) -> str | None:
    """Return how to write a default that is a text, and would be a number or a boolean."""
    text = field.default
    if not isinstance(text, str) or field.type not in _TYPED:
        return None
    if _TYPED[field.type].fullmatch(text):
        return f"write it without quotes: `default: {text}`"
    is_number = field.type == "boolean" or _TYPED["float"].fullmatch(text)
    return _NUMBERS if re.match(_DIGIT, text) and not is_number else None


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
        if field.pattern is not None and _surely_differs(field.pattern, value):
            return f"does not match `pattern: {field.pattern}`"
    return None


def _surely_differs(pattern: str, text: str) -> bool:
    """Tell whether nothing in a text fits an expression, for whoever reads it.

    Where that is not sure, or long to find out, the answer is no.
    """
    choices = len(_CHOICE.findall(pattern))
    if (
        not _ALIKE.fullmatch(pattern)
        or max(text, default="") > _LAST_OF_16_BITS
        or choices > _MOST_CHOICES
        or len(pattern) * (len(text) + 1) ** (choices + 1) > _MOST_STEPS
    ):
        return False
    try:
        return re.search(pattern, text) is None
    except (OverflowError, RecursionError, re.error):
        return False  # the rule for expressions reports it


def _text(value: object) -> str | None:
    return None if isinstance(value, str) else "must be text (put it in quotes)"


def _whole(allowed: range) -> Callable[[object], str | None]:
    def check(value: object) -> str | None:
        # To JavaScript, 7.0 is 7.
        whole = value.is_integer() if isinstance(value, float) else isinstance(value, int)
        if whole and not isinstance(value, bool) and int(cast("float", value)) in allowed:
            return None
        return f"must be a whole number between {allowed[0]} and {allowed[-1]}"

    return check


def _float(value: object) -> str | None:
    number = isinstance(value, int | float) and not isinstance(value, bool)
    if number and math.isfinite(cast("float", value)):
        return None
    written = isinstance(value, str) and re.match(_DIGIT, value)
    return "must be a number as the format writes them" if written else "must be a number"


def _boolean(value: object) -> str | None:
    return None if isinstance(value, bool) else "must be true or false"


def _json(value: object) -> str | None:
    """Accept data; a text must itself be JSON, and cannot be since it would need quotes."""
    if isinstance(value, str):
        try:
            json.loads(value, parse_constant=_no_constant)
        except (RecursionError, ValueError):
            return "is not JSON"
        return None
    if isinstance(value, dict | list) and '"' in json.dumps(value):
        return "would need quotes, which Amplify cannot carry: set it in code"
    return None


def _no_constant(name: str) -> None:
    """Refuse NaN and Infinity, which only Python reads."""
    raise ValueError(name)


def _url(text: str) -> bool:
    """Accept addresses of the web whose host is a name, or an IP address."""
    parts = urlsplit(text)
    host = parts.hostname or ""
    if parts.scheme not in {"http", "https"} or re.search(r"\s", text) or parts.port == 0:
        return False
    if ":" in host or re.fullmatch(r"(.*\.)?(0[Xx])?[0-9]+", host):
        return bool(ipaddress.ip_address(host))
    labels = host.removesuffix(".").split(".")
    return all(re.fullmatch(r"(?!xn--)\w([\w-]*\w)?", label) for label in labels)


def _parsed(
    parse: Callable[[str], object], example: str, *nearly: tuple[str, str]
) -> Callable[[object], str | None]:
    """Return a check of texts; `nearly` are expressions for some that look right, and why not."""

    def check(value: object) -> str | None:
        if not isinstance(value, str):
            return f'must look like "{example}"'
        try:
            good = parse(value)
        except ValueError:
            good = False
        if good:
            return None
        problems = (problem for form, problem in nearly if re.fullmatch(form, value))
        return next(problems, f'must look like "{example}"')

    return check


def _match(regex: str, flags: int = 0) -> Callable[[str], object]:
    return lambda text: re.fullmatch(regex, text, flags)


# https://www.itu.int/pub/T-SP-E.164D; which numbers a country gives out is another matter.
_COUNTRY = (
    "1|7|2(?:[07]|1[1-368]|[2346][0-9]|5[0-8]|9[01789])|3(?:[0-469]|5[0-9]|7[0-8]|8[0-35-79])"
    "|4(?:[013-9]|2[013])|5(?:[1-8]|[09][0-9])|6(?:[0-6]|7[02-9]|8[0-35-9]|9[0-2])"
    "|8(?:[1246]|0[08]|5[02356]|7[08]|8[0-368])|9(?:[0-58]|6[0-8]|7[0-79]|9[2-68])"
)
_LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TIME = r"([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,9})?"
_OFFSET = "(Z|[+-]([01][0-9]|2[0-3]):[0-5][0-9])"
_DEFAULTS: dict[str, Callable[[object], str | None]] = {
    "boolean": _boolean,
    "date": _parsed(
        lambda text: re.fullmatch(_DATE, text) and dt.date.fromisoformat(text),
        "2026-01-31",
        (_DATE, "is a day that does not exist"),
    ),
    "datetime": _parsed(
        lambda text: (
            re.fullmatch(f"{_DATE}T{_TIME}{_OFFSET}", text) and dt.datetime.fromisoformat(text)
        ),
        "2026-01-31T12:00:00Z",
        (f"{_DATE}T{_TIME}{_OFFSET}", "is on a day that does not exist"),
    ),
    "email": _parsed(
        _match(rf"[\w.!#$%&'*+/=?^`{{|}}~-]+@{_LABEL}(\.{_LABEL})*", re.ASCII), "name@example.com"
    ),
    "float": _float,
    "id": _text,
    "integer": _whole(_INT),
    "ipAddress": _parsed(
        ipaddress.ip_address,
        "192.0.2.1",
        (r"[0-9]+(\.[0-9]+){3}", "must have numbers from 0 to 255, without zeros before them"),
    ),
    "json": _json,
    "phone": _parsed(
        _match(rf"\+(?=[0-9]{{7,15}}$)({_COUNTRY})[0-9]+"),
        "+442071838750",
        (r"\+[0-9]{7,15}", "begins with the code of no country"),
        (r"\+[0-9]+", "must have 7 to 15 digits"),
    ),
    "string": _text,
    "time": _parsed(_match(f"{_TIME}{_OFFSET}"), "12:30:00Z"),
    "timestamp": _whole(_TIMESTAMP),
    "url": _parsed(_url, "https://example.com"),
}


RULES = (defaults,)
