"""What a backend has beyond models, as lines for people."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ace_flow.model import Field, Generation, Operation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ace_flow.model import (
        AuthorizationRule,
        Conversation,
        Function,
        Member,
        Pattern,
        SignIn,
        Storage,
    )


def backend_lines(pattern: Pattern, added: set[str]) -> Iterator[str]:
    """Yield operations, AI routes, functions, sign-in and files; `+` marks what ace added."""
    for route in pattern.called:
        yield ""
        yield from _route_lines(route)
    for conversation in pattern.conversations:
        yield ""
        yield from _conversation_lines(conversation)
    for function in pattern.functions:
        yield ""
        mark = " +" if f"functions.{function.name}" in added else ""
        yield f"function {function.name}{mark}"
        yield from (f"    {line}" for line in _function_facts(function))
    if pattern.sign_in:
        facts = list(_sign_in_facts(pattern.sign_in))
        yield from (["", "sign-in", *(f"    {fact}" for fact in facts)] if facts else [])
    if pattern.storage:
        yield ""
        yield from _storage_lines(pattern.storage)


def _route_lines(route: Operation | Generation) -> Iterator[str]:
    kind = route.kind if isinstance(route, Operation) else "generation"
    result = route.returns or ""
    if isinstance(route, Operation) and route.sources:
        result = f"what {', '.join(route.sources)} give"
    shape = f"{' list' if route.array else ''}{', always' if route.required else ''}"
    yield f"{kind} {route.name}: {result}{shape}"
    for argument in route.arguments:
        yield f"    {argument.name}: {member_text(argument)}"
    if isinstance(route, Operation) and route.handler:
        handler = route.handler
        by = f"function {handler.function}" if handler.function else f"resolver {handler.resolver}"
        of = f" on {handler.data_source}" if handler.data_source else ""
        yield f"    answered by {by}{of}"
    if isinstance(route, Operation) and route.creates:
        yield f"    creates {route.creates} records on pages"
    if isinstance(route, Generation):
        yield f"    asks {route.ai_model}"
    yield f"    allow {rules_text(route.authorization)}"


def _conversation_lines(route: Conversation) -> Iterator[str]:
    yield f"conversation {route.name} with {route.ai_model}"
    for tool in route.tools:
        yield f"    tool {tool.name}: {tool.model or tool.query}"


def _function_facts(function: Function) -> Iterator[str]:
    if function.schedule:
        yield f"runs {', '.join(function.schedule)}"
    if function.url:
        yield "answers HTTP requests"
    if function.access and function.access.data:
        yield f"may {', '.join(function.access.data)} the API"
    for model, kinds in (function.access.tables if function.access else {}).items():
        yield f"may {', '.join(kinds)} the table of {model}"
    for path, operations in (function.access.storage if function.access else {}).items():
        yield f"may {', '.join(operations)} {path}"
    for name, value in function.environment.items():
        yield f"{name}: {value}"
    if function.secrets:
        yield f"secrets {', '.join(function.secrets)}"
    if function.source:
        yield f"handler {function.source}"


def _sign_in_facts(sign_in: SignIn) -> Iterator[str]:
    ways = (*sign_in.login_with, *sign_in.social)
    if ways:
        yield f"with {', '.join(ways)}"
    for attribute in sign_in.attributes:
        facts = [attribute.type or ""] if attribute.name.startswith("custom:") else []
        facts += ["required"] if attribute.required else []
        facts += [] if attribute.mutable else ["never changes"]
        yield ": ".join(filter(None, (attribute.name, ", ".join(filter(None, facts)))))
    if sign_in.mfa:
        kinds = [kind for kind in ("totp", "sms") if getattr(sign_in.mfa, kind)]
        yield f"second factor {sign_in.mfa.mode}: {', '.join(kinds)}"


def _storage_lines(storage: Storage) -> Iterator[str]:
    yield f"storage {storage.name}"
    for path in storage.paths:
        rules = "; ".join(
            f"{' '.join((rule.allow, ', '.join(rule.groups))).strip()}: "
            f"{', '.join(rule.operations)}"
            for rule in path.rules
        )
        yield f"    {path.path} allow {rules}"


def rules_text(rules: Iterable[AuthorizationRule]) -> str:
    """Return who may do what."""
    return "; ".join(map(_rule, rules))


def member_text(member: Member) -> str:
    """Return what a field or relation is."""
    if not isinstance(member, Field):
        return f"{member.type} {member.model} ({', '.join(member.references)})"
    kind = member.ref or member.type
    if member.values:
        kind += f" ({', '.join(member.values)})"
    if member.array:
        kind += " list"
    if member.required:
        kind += ", required"
    if member.initial is not None:
        return f"{kind}, forms begin with {member.initial}"
    if member.default is None:
        return kind
    default = member.default
    said = default if isinstance(default, str) else json.dumps(default, ensure_ascii=False)
    return f"{kind}, default {said}"


def _rule(rule: AuthorizationRule) -> str:
    whom = ", ".join(rule.groups) or rule.owner_field or rule.group_field
    who = f"{rule.allow} {whom}" if whom else rule.allow
    return f"{who}: {', '.join(rule.operations)}" if rule.operations else who
