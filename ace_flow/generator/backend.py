"""The backend's wiring: which resources and services there are, and what each takes."""

from __future__ import annotations

from graphlib import TopologicalSorter
from typing import TYPE_CHECKING, TypeAlias

from ace_flow.generator.functions import (
    function_urls,
    imported_function,
    table_grants,
    url_outputs,
)
from ace_flow.generator.keeping import kept_tables
from ace_flow.generator.searching import search_statement
from ace_flow.generator.templates import Code
from ace_flow.generator.texts import Ident
from ace_flow.generator.typescript import Call, Expression, Name, Object, call
from ace_flow.model import search_service
from ace_flow.names import kebab

if TYPE_CHECKING:
    from ace_flow.model import Catalogue, Pattern, Service

Context: TypeAlias = dict[str, object]

# What Amplify lets an application define in one file of its own only.
_OF_OTHERS = frozenset({"auth", "data", "storage"})


def service_order(pattern: Pattern, catalogue: Catalogue) -> list[Service]:
    """Return the pattern's services, each after those it uses, else in catalogue order.

    Files are kept by `s3`, whether it is named or not.
    """
    named = {*pattern.services, "s3"} if pattern.storage else {*pattern.services}
    present = [name for name in catalogue.services if name in named]
    uses = {
        name: [used for used in catalogue.services[name].uses if used in present]
        for name in present
    }
    return [catalogue.services[name] for name in TopologicalSorter(uses).static_order()]


def backend_context(pattern: Pattern, catalogue: Catalogue, *, guest: bool = False) -> Context:
    """Return what the template of `amplify/backend.ts` uses.

    A `guest` of another application names its stacks after itself, and leaves sign-in, API and
    files to that. `resources`: Amplify's own resources, as names imported from their files.
    `statements`: each service's call, and the variable that holds its result when another service
    takes it; `has_stack`: whether one stands in the stack `services_stack`. `search`: what has the
    tables indexed, if something has. `expiring`: models whose records are deleted by themselves,
    with the field that says when. `grants`: what lets functions use tables. `urls`: the functions
    that answer HTTP requests, and `url_outputs` what tells the frontend where.
    """
    services = service_order(pattern, catalogue)
    provided = {item.name: Name(item.result) for item in services if item.result}
    wanted = {used for item in services for used in item.uses}
    statements: list[Context] = []
    search = search_statement(pattern, catalogue)
    searching = search_service(pattern, catalogue) if search else None
    for item in services:
        if item.construct is None:
            continue
        inputs: dict[str, Expression] = {
            catalogue.services[used].provides or used: provided[used]
            for used in item.uses
            if used in provided
        }
        function = Name(item.construct, f"./services/{item.name}")
        stack = (
            call("backend.createStack", stack_name(pattern, item.stack, guest=guest))
            if item.stack
            else Name("stack")
        )
        code = call(function, stack, Object(inputs)) if inputs else call(function, stack)
        keeps = (item.name in wanted or item == searching) and item.provides
        if keeps and item.provides:
            provided[item.name] = Name(item.provides)
        statements.append({"result": Ident(item.provides) if keeps else None, "code": Code(code)})
    urls = function_urls(pattern)
    return {
        "resources": Code(_resources(pattern, services, guest=guest)),
        "services_stack": stack_name(pattern, "services", guest=guest),
        "statements": statements,
        "has_stack": any(item.construct and not item.stack for item in services),
        "keeps_tables": Code(keeping) if (keeping := _keeping(pattern)) else None,
        "search": Code(search) if search else None,
        "expiring": Code(Object(expiring)) if (expiring := _expiring(pattern)) else None,
        "grants": table_grants(pattern),
        "urls": urls,
        "url_outputs": Code(url_outputs(pattern)),
    }


def _keeping(pattern: Pattern) -> Call | None:
    tables = kept_tables(pattern)
    keep = Name("keepTables", "./data/tables")
    data = Name("backend.data.resources")
    return call(keep, data, Object(dict(tables))) if tables else None


def _expiring(pattern: Pattern) -> dict[str, Expression]:
    return {model.name: model.ttl for model in pattern.models if model.ttl}


def stack_name(pattern: Pattern, name: str, *, guest: bool) -> str:
    """Return what a stack is called: in an application of others, after the pattern."""
    return f"{kebab(pattern.name)}-{name}" if guest else name


def _resources(pattern: Pattern, services: list[Service], *, guest: bool) -> Object:
    resources = {"auth": "./auth/resource"}
    if pattern.has_api:
        resources["data"] = "./data/resource"
    resources |= {item.provides: item.module for item in services if item.provides and item.module}
    if guest:
        resources = {name: file for name, file in resources.items() if name not in _OF_OTHERS}
    names = {name: Name(name, module) for name, module in resources.items()}
    names |= {item.name: imported_function(item, ".") for item in pattern.functions}
    return Object(names)
