"""Custom operations and AI routes: their entries in the data schema."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.generator.functions import imported_function
from ace_flow.generator.typescript import Arrow, Call, Expression, Object, arrow, call
from ace_flow.model.data import SCALAR_TYPES
from ace_flow.names import kebab

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ace_flow.generator.brought import ReadFile
    from ace_flow.model import (
        AuthorizationRule,
        Conversation,
        Field,
        Generation,
        Handler,
        Operation,
        Pattern,
    )

# The resolver of subscriptions that state none: it is in `templates/app`.
_SUBSCRIPTION_RESOLVER = "./subscription.js"


def operations(pattern: Pattern) -> dict[str, Expression]:
    """Return the entries of all operations and AI routes by name."""
    entries: dict[str, Expression] = {}
    for operation in pattern.operations:
        entries[operation.name] = _operation(pattern, operation)
    for generation in pattern.generations:
        entries[generation.name] = _generation(generation)
    for conversation in pattern.conversations:
        entries[conversation.name] = _conversation(conversation)
    return entries


def resolver_files(pattern: Pattern, read: ReadFile) -> Iterator[tuple[str, bytes]]:
    """Yield the resolvers that operations bring, as they are."""
    for operation in pattern.operations:
        if operation.handler and operation.handler.file:
            yield f"amplify/data/{_resolver(operation)}", read(operation.handler.file)


def resolver_paths(pattern: Pattern) -> Iterator[str]:
    """Yield the paths of these."""
    for operation in pattern.operations:
        if operation.handler and operation.handler.resolver:
            yield f"amplify/data/{_resolver(operation)}"


def _resolver(operation: Operation) -> str:
    return f"resolvers/{kebab(operation.name)}.js"


def model_mutations(pattern: Pattern) -> dict[str, tuple[str, str]]:
    """Return the mutations that Amplify generates: their names to model and operation."""
    return {
        f"{kind}{model.name}": (model.name, kind)
        for model in pattern.models
        for kind in ("create", "update", "delete")
    }


def _operation(pattern: Pattern, operation: Operation) -> Call:
    chain = call(f"a.{operation.kind}")
    if operation.sources:
        chain = chain.call("for", _sources(pattern, operation.sources))
    if operation.arguments:
        chain = chain.call("arguments", _arguments(operation.arguments))
    if operation.returns:
        chain = chain.call("returns", _returned(operation))
    chain = chain.call("handler", _handler(operation, operation.handler))
    return chain.call("authorization", _rules(operation.authorization))


def _sources(pattern: Pattern, names: Iterable[str]) -> Expression:
    """Return what a subscription is for; the mutations of a model are named together."""
    generated = model_mutations(pattern)
    own = {mutation.name for mutation in pattern.mutations}
    kinds: dict[str, list[str]] = {}
    sources: list[Expression] = []
    for name in names:
        if name in own or name not in generated:
            sources.append(call("a.ref", name))
        else:
            model, kind = generated[name]
            kinds.setdefault(model, []).append(kind)
    sources += (call("a.ref", model).call("mutations", found) for model, found in kinds.items())
    return sources[0] if len(sources) == 1 else sources


def _arguments(arguments: Iterable[Field]) -> Object:
    return Object({argument.name: _argument(argument) for argument in arguments})


def _argument(argument: Field) -> Call:
    if argument.type == "enum":
        return call("a.enum", list(argument.values))
    is_ref = argument.type == "ref"
    chain = call("a.ref", argument.ref or "") if is_ref else call(f"a.{argument.type}")
    return _with_shape(chain, array=argument.array, required=argument.required)


def _returned(thing: Operation | Generation) -> Call:
    kind = thing.returns or ""
    chain = call(f"a.{kind}") if kind in SCALAR_TYPES else call("a.ref", kind)
    return _with_shape(chain, array=thing.array, required=thing.required)


def _with_shape(chain: Call, *, array: bool, required: bool) -> Call:
    if array:
        chain = chain.call("array")
    return chain.call("required") if required else chain


def _handler(operation: Operation, handler: Handler | None) -> Call:
    if handler is None:
        return call("a.handler.custom", Object({"entry": _SUBSCRIPTION_RESOLVER}))
    if handler.function:
        return call("a.handler.function", imported_function(handler.function, ".."))
    entries: dict[str, Expression] = {}
    if handler.data_source:
        entries["dataSource"] = call("a.ref", handler.data_source)
    entries["entry"] = f"./{_resolver(operation)}"
    return call("a.handler.custom", Object(entries))


def _rules(rules: Iterable[AuthorizationRule]) -> Arrow:
    listed: list[Expression] = []
    for rule in rules:
        match rule.allow:
            case "groups":
                listed.append(call("allow.groups", list(rule.groups)))
            case "public_api_key":
                listed.append(call("allow.publicApiKey"))
            case other:
                listed.append(call(f"allow.{other}"))
    return arrow("allow", listed)


def _generation(route: Generation) -> Call:
    settings = _ai(route)
    chain = call("a.generation", Object(settings, expanded=True))
    if route.arguments:
        chain = chain.call("arguments", _arguments(route.arguments))
    chain = chain.call("returns", _returned(route))
    return chain.call("authorization", _rules(route.authorization))


def _conversation(route: Conversation) -> Call:
    settings = _ai(route)
    tools: list[Expression] = []
    for tool in route.tools:
        entries: dict[str, Expression] = {
            "name": tool.name,
            "description": in_graphql(tool.description),
        }
        if tool.model:
            entries |= {"model": call("a.ref", tool.model), "modelOperation": tool.operation}
        else:
            entries["query"] = call("a.ref", tool.query or "")
        tools.append(call("a.ai.dataTool", Object(entries, expanded=True)))
    if tools:
        settings["tools"] = tools
    chain = call("a.conversation", Object(settings, expanded=True))
    return chain.call("authorization", arrow("allow", call("allow.owner")))


def _ai(route: Generation | Conversation) -> dict[str, Expression]:
    return {
        "aiModel": call("a.ai.model", route.ai_model),
        "systemPrompt": in_graphql(route.system_prompt),
    }


def in_graphql(text: str) -> str:
    r"""Return a text as it stands in a GraphQL string: Amplify pastes it there as it is.

    >>> print(in_graphql('say "no"'))
    say \"no\"
    """
    escapes = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    return "".join(escapes.get(letter, letter) for letter in text)
