"""Functions: their names, environment, schedules, what runs them, and what they may use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.diagnostics import Diagnostic, Related, Severity
from ace_flow.model import WORKER
from ace_flow.model.data import WHOLE
from ace_flow.names import (
    FIELD_NAME,
    FUNCTION_NAME,
    JAVASCRIPT_WORDS,
    Suggestion,
    kebab,
    table_variable,
)
from ace_flow.regexes import regex
from ace_flow.rules.exposure import secret_in
from ace_flow.rules.schedules import schedule_problem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ace_flow.model import Catalogue, Function, Pattern
    from ace_flow.source import Span

_VARIABLE = regex(r"[A-Za-z][A-Za-z0-9_]{1,63}")
# Lambda's and Amplify's own.
_OWNED = regex(r"(?:AMPLIFY|AWS|LAMBDA)_")
# What the generated files around a function are called, or declare.
_TAKEN = frozenset(
    {
        *("grantTable", "tables"),
        *("a", "addOutput", "allow", "auth", "backend", "createStack", "data", "defineAuth"),
        *("defineBackend", "defineData", "defineFunction", "defineStorage", "env", "schema"),
        *("secret", "stack", "storage", "worker", "ClientSchema", "FunctionUrlAuthType"),
        *("Schema", "Stack"),
    }
)
_DEFAULT_TIMEOUT = 30


def function_names(pattern: Pattern, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """A function's name is one for a constant and a folder, and nobody else's."""
    services = catalogue.services.values()
    taken = _TAKEN | {item.provides for item in services} | {item.construct for item in services}
    taken |= {f"{function.name}Url" for function in pattern.functions if function.url}
    folders: dict[str, Function] = {}
    for function in pattern.functions:
        name = function.name
        if _is_worker(pattern, function):
            continue
        if WHOLE in function.completed and not FIELD_NAME.fullmatch(name):
            continue  # the operation it is called like is reported
        if not FUNCTION_NAME.fullmatch(name):
            yield Diagnostic(
                code="ACE110",
                message=f"`{name}` cannot name a function",
                span=function.span,
                hint="use letters, digits and _, a letter first, at most 64",
            )
        elif name in JAVASCRIPT_WORDS | taken or kebab(name) in taken:
            yield Diagnostic(
                code="ACE111",
                message=f"the name `{name}` is reserved: JavaScript or the backend has one of its "
                "own",
                span=function.span,
                hint="give the function another name",
            )
        else:
            other = folders.setdefault(kebab(name), function)
            if other is not function:
                yield Diagnostic(
                    code="ACE112",
                    message=f"`{name}` and `{other.name}` are in the same folder",
                    span=function.span,
                    hint="rename one of the functions",
                    related=_there(other.span, f"`{other.name}`"),
                )


def variables(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """Environment variables have names that Lambda takes, and secrets are none of their texts."""
    for function in pattern.functions:
        tables = _table_variables(function)
        names = [(name, function.at("environment", name)) for name in function.environment]
        names += [
            (name, function.at("secrets", position))
            for position, name in enumerate(function.secrets)
        ]
        for name, span in names:
            if not _VARIABLE.fullmatch(name):
                message = f"`{name}` cannot name an environment variable"
                hint = "use letters, digits and _, a letter first, 2 to 64 of them"
                yield Diagnostic(code="ACE220", message=message, span=span, hint=hint)
            elif _OWNED.match(name):
                message = f"`{name}` cannot be set: Lambda and Amplify have such names themselves"
                yield Diagnostic(code="ACE220", message=message, span=span)
            elif name in tables:
                message = f"`{name}` is set to the name of the table of `{tables[name]}`"
                hint = "`access.tables` does so; give this variable another name"
                yield Diagnostic(code="ACE220", message=message, span=span, hint=hint)
            elif name in function.environment and name in function.secrets:
                message = f"`{name}` is both a text and a secret"
                hint = "leave it in `secrets` only"
                yield Diagnostic(code="ACE220", message=message, span=span, hint=hint)
        for name in function.environment:
            if secret := secret_in(name):
                yield Diagnostic(
                    code="ACE109",
                    severity=Severity.WARNING,
                    message=f"`{name}` of `{function.name}` would keep a {secret} as plain text",
                    span=function.at("environment", name),
                    hint=f"write `secrets: [{name}]`, and set it with `ampx sandbox secret set`",
                )


def schedules(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """A schedule is one that Amplify reads, and leaves the function time to finish."""
    for function in pattern.functions:
        timeout = function.timeout or _DEFAULT_TIMEOUT
        for position, text in enumerate(function.schedule):
            if problem := schedule_problem(text, timeout):
                yield Diagnostic(
                    code="ACE221",
                    message=f"`{text}` is no schedule for `{function.name}`: {problem}",
                    span=function.at("schedule", position),
                    hint="e.g. `every 5m`, `every day`, or `0 9 ? * 2 *` for Mondays at nine",
                )


def triggers(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """Something runs each function, and one handler is not for several kinds of events."""
    answers = {item.handler.function for item in pattern.operations if item.handler}
    for function in pattern.functions:
        kinds = {
            "other services": _is_worker(pattern, function),
            "operations": function.name in answers,
            "`schedule`": bool(function.schedule),
            "`url`": function.url,
        }
        present = [kind for kind, is_there in kinds.items() if is_there]
        if not present:
            yield Diagnostic(
                code="ACE222",
                severity=Severity.WARNING,
                message=f"nothing runs `{function.name}`",
                span=function.span,
                hint="add a `schedule` or `url: true`, or make it the `handler` of an operation",
            )
        elif len(present) > 1 and function.source is None:
            yield Diagnostic(
                code="ACE222",
                message=f"`{function.name}` is run by {' and '.join(present)}, whose events have "
                "nothing in common",
                span=function.span,
                hint="make a function for each, or bring a handler that tells them apart: `source`",
            )
        if function.source and not function.source.endswith(".ts"):
            yield Diagnostic(
                code="ACE171",
                message=f"`{function.source}` is no TypeScript file",
                span=function.at("source"),
                hint="name a file that ends in `.ts`",
            )


def accesses(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """A function may use an API, paths of files and models' tables that there are."""
    models = [model.name for model in pattern.models]
    paths = [path.path for path in pattern.storage.paths] if pattern.storage else []
    for function in pattern.functions:
        access = function.access
        if access is None:
            continue
        for name in access.tables:
            if name not in models:
                yield Diagnostic(
                    code="ACE223",
                    message=f"`{function.name}` may use the table of `{name}`, which is no model",
                    span=function.at("access", "tables", name),
                    hint=Suggestion(name, models) if models else "add it under `models`",
                )
        if access.data and access.tables and _is_worker(pattern, function):
            yield Diagnostic(
                code="ACE223",
                message="the worker may use the API or tables, not both: each is in a stack that "
                "the other one needs",
                span=function.at("access", "data"),
                hint="leave out `data`, or do one of both in a function with a `schedule` or `url`",
            )
        if access.data and not pattern.has_api:
            message = f"`{function.name}` may use an API, and there is none"
            yield Diagnostic(code="ACE223", message=message, span=function.at("access", "data"))
        for path, operations in access.storage.items():
            span = function.at("access", "storage", path)
            if path not in paths:
                yield Diagnostic(
                    code="ACE223",
                    message=f"`{function.name}` may use `{path}`, which is no path of `storage`",
                    span=span,
                    hint=Suggestion(path, paths) if paths else "add it under `storage.paths`",
                )
            elif "read" in operations and {"get", "list"} & set(operations):
                message = "`read` already permits `get` and `list`"
                yield Diagnostic(code="ACE241", message=message, span=span, hint="keep `read`")


def _is_worker(pattern: Pattern, function: Function) -> bool:
    """Tell whether a function is the one that services call: it may be more than that brings.

    It answers no operations, since the API would then need the services, which need the API.
    """
    answers = {item.handler.function for item in pattern.operations if item.handler}
    is_there = "lambda" in pattern.services and function.name == WORKER
    return is_there and WORKER not in answers


def _table_variables(function: Function) -> dict[str, str]:
    """Return the variables that hold names of tables, and the models that these are of."""
    tables = function.access.tables if function.access else {}
    return {table_variable(name): name for name in tables}


def _there(place: Span | None, what: str) -> tuple[Related, ...]:
    return (Related(place, what),) if place else ()


RULES = (function_names, variables, schedules, triggers, accesses)
