"""Who may use a page, and to whom it is shown among the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from ace_flow.generator import filing
from ace_flow.generator.access import audience, is_permitted
from ace_flow.model import models_shown

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ace_flow.generator.typescript import Expression
    from ace_flow.model import Catalogue, Component, ComponentType, Model, Pattern

# `everyone`, `users`, or the groups whose members may.
Audience: TypeAlias = "frozenset[str] | str"


def visitors(pattern: Pattern, component: Component, catalogue: Catalogue) -> dict[str, Expression]:
    """Return the `audience` of a page, unless it is all users, and to whom it is `shownTo`.

    Who may use some of a page may open it by its address. It is shown to those who can do what it
    is for with its main model, or with all of them, where its type is about all; left out when
    these are its audience.
    """
    whole, shown = audiences(pattern, component, catalogue)
    stated: dict[str, Expression] = {}
    if whole != "users":
        stated["audience"] = _written(whole)
    if shown != whole:
        stated["shownTo"] = _written(shown)
    return stated


def audiences(
    pattern: Pattern, component: Component, catalogue: Catalogue
) -> tuple[Audience, Audience]:
    """Return who may open a page, and to whom of them it is shown: no others than it is for."""
    kind = catalogue.component_types[component.type]
    models = models_shown(pattern, component, kind)
    allowed = [audience(model, kind.calls) for model in models if kind.calls]
    if kind.files and not models:
        allowed = [filing.audience(pattern, kind.files)]
    whole = _any(allowed)
    about = models if kind.about == "all" else models[:1]
    shown = _all([whole, *(_purpose(kind, model) for model in about)])
    return _narrowed(whole, component.audience), _narrowed(shown, component.audience)


def covers(wide: Audience, narrow: Audience) -> bool:
    """Tell whether all of some people are among others."""
    if isinstance(wide, str):
        return wide == "everyone" or narrow != "everyone"
    return not isinstance(narrow, str) and narrow <= wide


def _narrowed(people: Audience, stated: Sequence[str]) -> Audience:
    """Return who of some people a page is for: groups, `authenticated` or `guest`; else all."""
    if not stated or "guest" in stated:
        return people
    if "authenticated" in stated:
        return "users" if people == "everyone" else people
    return frozenset(stated) if isinstance(people, str) else people & frozenset(stated)


def _written(people: Audience) -> Expression:
    return people if isinstance(people, str) else sorted(people)


def _purpose(kind: ComponentType, model: Model) -> Audience:
    offered = [operation for operation in kind.offers if is_permitted(model, operation)]
    operations = [*kind.calls, *offered]
    return audience(model, operations) if operations else "everyone"


def _any(audiences: Sequence[Audience]) -> Audience:
    """Return who may use some of what all these may; guests must be able to use all of it."""
    groups = [item for item in audiences if not isinstance(item, str)]
    if not audiences or "users" in audiences or 0 < len(groups) < len(audiences):
        return "users"
    return frozenset.union(*groups) if groups else "everyone"


def _all(audiences: Sequence[Audience]) -> Audience:
    """Return who is among all of these, or, where nobody is, the first."""
    groups = [item for item in audiences if not isinstance(item, str)]
    if groups:
        return frozenset.intersection(*groups) or audiences[0]
    return "users" if "users" in audiences else "everyone"
