"""Functions: their definitions, their handlers, and what the backend adds to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.generator.templates import Code
from ace_flow.generator.texts import Ident
from ace_flow.generator.typescript import Call, Constant, Expression, Indexed, Name, Object, call
from ace_flow.model import WORKER
from ace_flow.names import kebab, table_variable, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ace_flow.generator.brought import ReadFile
    from ace_flow.generator.templates import Templates
    from ace_flow.model import Function, Operation, Pattern

_BACKEND = "@aws-amplify/backend"
_TIMEOUT, _MEMORY = 30, 512
# What Lambda gives every function, as far as its code asks for it.
_OF_LAMBDA = ("AWS_ACCESS_KEY_ID", "AWS_REGION", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")
# What Amplify gives those that may use the API.
_OF_DATA = ("AMPLIFY_DATA_DEFAULT_NAME",)


def imported_function(function: Function | str, root: str) -> Name:
    """Return a function as a name that is imported; `root` leads to the folder `amplify`."""
    name = function if isinstance(function, str) else function.name
    return Name(name, f"{root}/functions/{kebab(name)}/resource")


def function_files(
    pattern: Pattern, templates: Templates, read: ReadFile, services: str = "services"
) -> Iterator[tuple[str, bytes]]:
    """Yield the files in `amplify/functions`: a definition and a handler for each function.

    `services` is the stack of the services.
    """
    for function in pattern.functions:
        folder = f"amplify/functions/{kebab(function.name)}"
        context = {
            "name": Ident(function.name),
            "description": function.description,
            "definition": Code(_definition(function, services)),
        }
        yield (
            f"{folder}/resource.ts",
            templates.render("functions/resource.ts.j2", context).content,
        )
        if function.file:
            yield f"{folder}/handler.ts", read(function.file)
        elif function.name != WORKER:  # which has one of its own
            context = _handler_context(pattern, function)
            rendered = templates.render("functions/handler.ts.j2", context)
            yield f"{folder}/handler.ts", rendered.content
    if pattern.functions:
        environments = [
            {
                "name": Ident(kebab(function.name)),
                "keys": list(map(Ident, _keys(pattern, function))),
            }
            for function in pattern.functions
        ]
        context = {"environments": environments}
        rendered = templates.render("functions/env.d.ts.j2", context)
        yield "amplify/functions/env.d.ts", rendered.content
    if any(function.access and function.access.data for function in pattern.functions):
        yield "amplify/functions/data.ts", templates.render("functions/data.ts.j2", {}).content
    if uses_tables(pattern):
        rendered = templates.render("functions/tables.ts.j2", {})
        yield "amplify/functions/tables.ts", rendered.content


def function_paths(pattern: Pattern) -> Iterator[str]:
    """Yield the paths of these files, but for those that are there only with some of them."""
    for function in pattern.functions:
        for file in ("handler.ts", "resource.ts"):
            yield f"amplify/functions/{kebab(function.name)}/{file}"


def function_urls(pattern: Pattern) -> list[Code]:
    """Return the statements that give functions an address, for the template of the backend."""
    none = Name("FunctionUrlAuthType.NONE")
    return [
        Code(
            Constant(
                Name(f"{function.name}Url"),
                call(
                    f"backend.{function.name}.resources.lambda.addFunctionUrl",
                    Object({"authType": none}, expanded=True),
                ),
            )
        )
        for function in pattern.functions
        if function.url
    ]


def uses_tables(pattern: Pattern) -> bool:
    """Return whether a function uses tables past the API."""
    return any(function.access and function.access.tables for function in pattern.functions)


def table_grants(pattern: Pattern) -> list[Code]:
    """Return the statements that let functions use tables, for the template of the backend."""
    grant = Name("grantTable", "./functions/tables")
    return [
        Code(
            call(
                grant,
                Name(f"backend.{function.name}"),
                table_variable(model),
                Name(f"tables.{model}"),
                list(kinds),
            )
        )
        for function in pattern.functions
        if function.access
        for model, kinds in function.access.tables.items()
    ]


def url_outputs(pattern: Pattern) -> Object:
    """Return what `amplify_outputs.json` tells of these functions: their addresses."""
    urls = {item.name: Name(f"{item.name}Url.url") for item in pattern.functions if item.url}
    return Object({"custom": Object({"functionUrls": Object(urls)})})


def answered(pattern: Pattern, function: Function) -> list[Operation]:
    """Return the operations that a function answers."""
    return [
        item
        for item in pattern.operations
        if item.handler and item.handler.function == function.name
    ]


def _definition(function: Function, services: str) -> Call:
    entries: dict[str, Expression] = {
        "name": kebab(function.name),
        "entry": "./handler.ts",
        "runtime": 22,
        "architecture": "arm64",
        "memoryMB": function.memory or _MEMORY,
        "timeoutSeconds": function.timeout or _TIMEOUT,
    }
    if function.name == WORKER:
        # Services and their worker need each other, and two stacks must not.
        entries["resourceGroupName"] = services
    elif function.access and function.access.tables:
        # The tables are in this stack, and a stack must not depend on one that depends on it.
        entries["resourceGroupName"] = "data"
    variables: dict[str, Expression] = dict(function.environment)
    secret = Name("secret", _BACKEND)
    variables |= {key: call(secret, key) for key in function.secrets}
    if variables:
        entries["environment"] = Object(variables, expanded=True)
    match function.schedule:
        case (schedule,):
            entries["schedule"] = schedule
        case (_, *_):
            entries["schedule"] = list(function.schedule)
    return call(Name("defineFunction", _BACKEND), Object(entries, expanded=True))


def _handler_context(pattern: Pattern, function: Function) -> dict[str, object]:
    operations = answered(pattern, function)
    kind = "plain"
    if operations:
        kind = "operation" if len(operations) == 1 else "operations"
    elif function.url:
        kind = "url"
    elif function.schedule:
        kind = "schedule"
    return {
        "kind": kind,
        "folder": Ident(kebab(function.name)),
        "description": function.description,
        "uses_data": bool(function.access and function.access.data),
        "gives_nothing": bool(operations) and not operations[0].required,
        "operations": [
            {"name": Ident(item.name), "type": Code(Indexed(Name("Schema"), (item.name,)))}
            for item in operations
        ],
    }


def _keys(pattern: Pattern, function: Function) -> list[str]:
    """Return the variables that a function finds in its environment."""
    access = function.access
    keys = {*_OF_LAMBDA, *function.environment, *function.secrets}
    if access and access.data:
        keys |= {*_OF_DATA}
    if access:
        keys |= {table_variable(model) for model in access.tables}
    if access and access.storage and pattern.storage:
        keys |= {f"{'_'.join(words(pattern.storage.name)).upper()}_BUCKET_NAME"}
    return sorted(keys)
