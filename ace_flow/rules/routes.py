"""Names of custom operations and AI routes: legal, and nobody else's in the API."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from ace_flow.diagnostics import Diagnostic, Related
from ace_flow.model import Conversation, Generation, Operation
from ace_flow.names import FIELD_NAME, OBJECT_MEMBERS, kebab
from ace_flow.plurals import amplify_plural

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ace_flow.model import Catalogue, Pattern
    from ace_flow.source import Span

Route: TypeAlias = Operation | Generation | Conversation

# What Amplify generates for each model, when nothing is disabled, and what switches it off.
_GENERATED = {
    "get": "queries",
    "list": "queries",
    "create": "mutations",
    "update": "mutations",
    "delete": "mutations",
    "onCreate": "subscriptions",
    "onUpdate": "subscriptions",
    "onDelete": "subscriptions",
}


def route_names(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """Operations and AI routes have names that are legal, and nobody else's in the API."""
    taken = _taken_names(pattern) if routes(pattern) else {}
    files: dict[str, tuple[str, Span | None]] = {}
    for route in routes(pattern):
        name = route.name
        if not FIELD_NAME.fullmatch(name):
            yield Diagnostic(
                code="ACE110",
                message=f"`{name}` cannot name an operation",
                span=route.span,
                hint="use letters, digits and _, not a digit first, at most 64",
            )
        elif name in OBJECT_MEMBERS or not kebab(name):
            message = f"the name `{name}` is reserved: JavaScript has one of its own"
            yield Diagnostic(code="ACE111", message=message, span=route.span)
        else:
            what = f"the {kind_of(route)} `{name}`"
            other = (
                taken.get(("", name)) or taken.get((_root(route), name)) or files.get(kebab(name))
            )
            files.setdefault(kebab(name), (what, route.span))
            if other and other[1] != route.span:
                yield _taken(name, other, route.span)


def _taken(name: str, other: tuple[str, Span | None], span: Span | None) -> Diagnostic:
    whose, place = other
    return Diagnostic(
        code="ACE210",
        message=f"the name `{name}` is taken by {whose}",
        span=span,
        hint="rename one of them",
        related=(Related(place, whose),) if place else (),
    )


def _taken_names(pattern: Pattern) -> dict[tuple[str, str], tuple[str, Span | None]]:
    """Return what has a name already, by the kind of operation and the name.

    Models, types and enums are of no kind: they stand in the schema beside all operations.
    """
    taken: dict[tuple[str, str], tuple[str, Span | None]] = {}
    for owner in pattern.owners:
        taken["", owner.name] = f"`{owner.name}`", owner.span
    for enum in pattern.enums:
        taken["", enum.name] = f"`{enum.name}`", enum.span
    for model in pattern.models:
        for kind, root in _GENERATED.items():
            if not {kind, root} & set(model.disabled):
                name = f"{kind}{amplify_plural(model.name) if kind == 'list' else model.name}"
                taken[root, name] = f"what Amplify generates for `{model.name}`", model.span
        for index in model.indexes:
            if index.query_field:
                place = index.at("query_field")
                taken["queries", index.query_field] = f"an index of `{model.name}`", place
    return taken


def _root(route: Route) -> str:
    """Return which of the API's operations a route is among."""
    kinds = {"mutation": "mutations", "conversation": "mutations", "subscription": "subscriptions"}
    return kinds.get(kind_of(route), "queries")


def conversation_types(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """No model has the name of a table that Amplify keeps for a conversation."""
    for route in pattern.conversations:
        name = f"{route.name[:1].upper()}{route.name[1:]}"
        for made in (f"Conversation{name}", f"ConversationMessage{name}"):
            model = pattern.model(made)
            if model:
                whose = (f"the model `{made}`", model.span)
                yield _taken(made, whose, route.span)


def routes(pattern: Pattern) -> tuple[Route, ...]:
    """Return everything that is called by a name of its own."""
    return (*pattern.called, *pattern.conversations)


def kind_of(route: Route) -> str:
    """Return what messages call a route."""
    if isinstance(route, Operation):
        return route.kind
    return "generation" if isinstance(route, Generation) else "conversation"


RULES = (route_names, conversation_types)
