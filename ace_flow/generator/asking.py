"""Functions that ask the API for something of a model, as the one who may."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.generator.access import public_mode, public_mode_of
from ace_flow.generator.typescript import (
    Arrow,
    Awaited,
    Call,
    Expression,
    Indexed,
    Name,
    Object,
    Parameter,
    call,
)
from ace_flow.model import Field, Model, search_names

if TYPE_CHECKING:
    from ace_flow.model import Operation

# The right that an operation of the client needs; all others read a list.
_RIGHTS = {
    "create": "create",
    "delete": "delete",
    "get": "get",
    "onCreate": "listen",
    "onDelete": "listen",
    "onUpdate": "listen",
    "update": "update",
}
NUMBERS = frozenset({"float", "integer", "timestamp"})


def asking(
    model: Model, parameters: tuple[Parameter, ...], operation: str, *arguments: Expression
) -> Arrow:
    """Return a function that asks the API as a user, as the public, or as whichever is there."""
    mode = public_mode(model, _RIGHTS.get(operation, "list"))
    path = f"models.{model.name}"
    if operation == "create" and model.maker:
        path, operation = "mutations", model.maker.name
    return _asking(mode, path, parameters, operation, *arguments)


def calling(query: Operation, parameters: tuple[Parameter, ...], *arguments: Expression) -> Arrow:
    """Return a function that asks a custom query in the same way."""
    mode = public_mode_of(query.authorization)
    return _asking(mode, "queries", parameters, query.name, *arguments)


def _asking(
    as_whom: tuple[str | None, bool],
    path: str,
    parameters: tuple[Parameter, ...],
    operation: str,
    *arguments: Expression,
) -> Arrow:
    mode, users = as_whom
    if mode is None:
        asked: Name | Awaited = Name(f"client.{path}", "../client")
    elif users:
        asked = Awaited(call(Name("clientFor", "../public"), mode), path)
    else:
        asked = Name(f"publicClients.{mode}.{path}", "../public")
    return Arrow(parameters, Call(asked, operation, arguments), is_async=isinstance(asked, Awaited))


def input_type(model: Model, schema: Name) -> Indexed:
    """Return the type of what is given for a new record."""
    if model.maker:
        return Indexed(schema, (model.maker.name, "args"))
    return Indexed(schema, (model.name, "createType"))


def finding(model: Model, get: Name, key: Expression) -> Arrow:
    """Return a function that has a service find records, and reads these by `get`.

    `key` is the key of a record in terms of an `item` that was found.
    """
    query, *_ = search_names(model)
    mode, users = public_mode(model, "list")
    asked: Name | Awaited = Name("client.queries", "../client")
    if mode == "apiKey" and users:
        asked = Awaited(call(Name("clientFor", "../public"), mode), "queries")
    elif mode == "apiKey":
        asked = Name("publicClients.apiKey.queries", "../public")
    given = Object({"text": Name("text")}, spread=Name("page"))
    read = Arrow((Parameter("item"),), call(get, key))
    return Arrow(
        (Parameter("text"), Parameter("page")),
        call(Name("found", "../found"), Call(asked, query, (given,)), read),
        is_async=isinstance(asked, Awaited),
    )


def key_value(model: Model, key: str, value: Name | Call) -> Expression:
    """Return a key that came as a text in the type of its field."""
    member = model.member(key)
    numeric = isinstance(member, Field) and member.type in NUMBERS
    return call("Number", value) if numeric else value
