"""Custom operations and AI routes: the parts they need, and what they name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.diagnostics import Diagnostic, Related
from ace_flow.model import Conversation, Generation, Operation
from ace_flow.model.data import SCALAR_TYPES
from ace_flow.names import FIELD_NAME, Suggestion
from ace_flow.regexes import regex
from ace_flow.rules.missing import removed
from ace_flow.rules.routes import Route, kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ace_flow.model import Catalogue, Handler, Pattern, Tool
    from ace_flow.source import Span

# Amplify puts these texts into resolvers with JavaScript's `replace`, one after the other.
_REPLACED = regex(r"\[\[|\$[$&'`]")
_MUTATIONS = ("create", "update", "delete")
_OF_CONVERSATIONS = ("ai_model", "system_prompt")
_OF_GENERATIONS = (*_OF_CONVERSATIONS, "returns")


def shapes(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """Operations have all parts that Amplify needs, and no others."""
    for operation in pattern.operations:
        if operation.kind == "subscription":
            yield from _subscription_parts(operation)
            continue
        if operation.sources:
            message = f"only a subscription has `for`, and `{operation.name}` is a {operation.kind}"
            yield Diagnostic(code="ACE213", message=message, span=operation.key_at("for"))
        if operation.handler is None:
            yield _lacks(operation, "handler", "add `handler: function`")
        if operation.returns is None:
            yield _lacks(operation, "returns", "say what it gives, e.g. `returns: boolean`")


def ai_routes(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """An AI route says which model is asked, for what, and what it gives."""
    for route in _ai(pattern):
        keys = _OF_GENERATIONS if isinstance(route, Generation) else _OF_CONVERSATIONS
        for key in keys:
            if not getattr(route, key):
                yield _lacks(route, key, f"add `{key}: …`")


def prompts(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """What a model is told holds nothing by which Amplify would rewrite its own resolvers."""
    told: list[tuple[str, str, Span | None]] = [
        (route.name, route.system_prompt, route.at("system_prompt")) for route in _ai(pattern)
    ]
    for conversation in pattern.conversations:
        told += (
            (tool.name, tool.description, tool.at("description")) for tool in conversation.tools
        )
    for name, text, span in told:
        if hit := _REPLACED.search(text):
            yield Diagnostic(
                code="ACE214",
                message=f"what `{name}` tells the model holds `{hit[0]}`, which Amplify would "
                "replace by code of its own",
                span=span,
                hint="write it in other words, or with a space in between",
            )


def _ai(pattern: Pattern) -> tuple[Generation | Conversation, ...]:
    return (*pattern.generations, *pattern.conversations)


def _subscription_parts(operation: Operation) -> Iterator[Diagnostic]:
    if not operation.sources:
        yield _lacks(operation, "for", "name mutations, e.g. `for: [createOrder]`")
    for key in ("returns", "array", "required"):
        if getattr(operation, key):
            message = f"the subscription `{operation.name}` cannot have `{key}`"
            hint = "it gives what the mutations in `for` give"
            span = operation.key_at(key)
            yield Diagnostic(code="ACE213", message=message, span=span, hint=hint)
    if operation.handler and operation.handler.function:
        message = f"the subscription `{operation.name}` cannot be answered by a function"
        hint = "leave `handler` out, or state a `resolver`"
        yield Diagnostic(code="ACE213", message=message, span=operation.handler.span, hint=hint)


def _lacks(route: Route, key: str, hint: str) -> Diagnostic:
    message = f"the {kind_of(route)} `{route.name}` has no `{key}`"
    return Diagnostic(code="ACE213", message=message, span=route.span, hint=hint)


def handlers(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """A handler is either a function or a resolver, and names what exists."""
    functions = {function.name for function in pattern.functions}
    models = [model.name for model in pattern.models]
    for operation in pattern.operations:
        handler = operation.handler
        if handler is None:
            continue
        if bool(handler.function) == bool(handler.resolver):
            message = f"the handler of `{operation.name}` is either a `function` or a `resolver`"
            yield Diagnostic(code="ACE213", message=message, span=handler.span)
        elif handler.function and handler.function not in functions:
            yield _unknown(
                pattern,
                "function",
                handler.function,
                handler.at("function"),
                [*functions, "function"],
            )
        elif handler.function and handler.data_source:
            message = "only a resolver has a `data_source`"
            yield Diagnostic(code="ACE213", message=message, span=handler.at("data_source"))
        elif handler.data_source and handler.data_source not in models:
            yield _unknown(pattern, "model", handler.data_source, handler.at("data_source"), models)
        if handler.resolver:
            yield from _ending(handler)


def _ending(handler: Handler) -> Iterator[Diagnostic]:
    if handler.resolver and not handler.resolver.endswith(".js"):
        message = f"`{handler.resolver}` is no JavaScript file"
        hint = "AppSync runs resolvers in JavaScript: name a file that ends in `.js`"
        yield Diagnostic(code="ACE171", message=message, span=handler.at("resolver"), hint=hint)


def targets(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """What an operation or a tool names is there: types, mutations, models, queries."""
    returned = SCALAR_TYPES | _types(pattern) | {model.name for model in pattern.models}
    for route in pattern.called:
        kind = route.returns
        if kind and kind not in returned:
            yield _unknown(pattern, "type", kind, route.at("returns"), sorted(returned))
    yield from _sources(pattern)
    models = [model.name for model in pattern.models]
    queries = [query.name for query in pattern.queries]
    for conversation in pattern.conversations:
        for tool in conversation.tools:
            if bool(tool.model) == bool(tool.query):
                message = f"the tool `{tool.name}` has either a `model` or a `query`"
                yield Diagnostic(code="ACE213", message=message, span=tool.span)
            elif tool.model and tool.model not in models:
                yield _unknown(pattern, "model", tool.model, tool.at("model"), models)
            elif tool.query and tool.query not in queries:
                yield _unknown(pattern, "query", tool.query, tool.at("query"), queries)
            else:
                yield from _tool(pattern, tool)


def _tool(pattern: Pattern, tool: Tool) -> Iterator[Diagnostic]:
    model = pattern.model(tool.model or "")
    if model and {"list", "queries"} & set(model.disabled):
        message = f"the tool `{tool.name}` lists `{model.name}` records, which is disabled"
        place = model.at("disable_operations")
        related = (Related(place, "disabled here"),) if place else ()
        yield Diagnostic(code="ACE162", message=message, span=tool.span, related=related)
    if not FIELD_NAME.fullmatch(tool.name) or not tool.name[:1].isalpha():
        message = f"`{tool.name}` cannot name a tool"
        hint = "use letters, digits and _, a letter first, at most 64"
        yield Diagnostic(code="ACE110", message=message, span=tool.span, hint=hint)


def _sources(pattern: Pattern) -> Iterator[Diagnostic]:
    """Find mutations that are not there, and subscriptions to several kinds of things."""
    given = {
        mutation.name: (mutation.returns, mutation.array, mutation.required)
        for mutation in pattern.mutations
    }
    for model in pattern.models:
        for kind in _MUTATIONS:
            if not {kind, "mutations"} & set(model.disabled):
                given.setdefault(f"{kind}{model.name}", (model.name, False, False))
    for operation in pattern.subscriptions:
        for position, name in enumerate(operation.sources):
            if name not in given:
                place = operation.at("for", position)
                yield _unknown(pattern, "mutation", name, place, list(given))
        kinds = {given[name] for name in operation.sources if name in given}
        if len(kinds) > 1:
            message = f"the mutations that `{operation.name}` tells of do not give the same"
            hint = "make a subscription for each type"
            yield Diagnostic(code="ACE213", message=message, span=operation.at("for"), hint=hint)


def _unknown(
    pattern: Pattern, what: str, name: str, span: Span | None, known: list[str]
) -> Diagnostic:
    many = {"query": "queries", "type": "types"}.get(what, f"{what}s")
    return Diagnostic(
        code="ACE211",
        message=f"there is no {what} `{name}`",
        span=span,
        hint=Suggestion(name, known),
        related=removed(pattern, f"{many}.{name}"),
    )


def _types(pattern: Pattern) -> set[str]:
    return {enum.name for enum in pattern.enums} | {custom.name for custom in pattern.types}


RULES = (shapes, ai_routes, prompts, handlers, targets)
