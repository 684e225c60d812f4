"""Which models a component shows when it names none."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ace_flow.names import plural, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ace_flow.model import Component, Model


def with_models(component: Component, models: Sequence[Model]) -> tuple[Component, str]:
    """Find a component's models by its name, by its purpose, else take all; and say why."""
    if component.models or not models:
        return component, ""
    # The longest name first, so that an OrderItemTable is not taken for one of Order.
    by_length = sorted(models, key=lambda model: (-len(model.name), model.name))
    for text, what in ((component.name, "name"), (component.purpose, "purpose")):
        spoken = _words(text)
        for model in by_length:
            if any(_within(_words(name), spoken) for name in (model.name, plural(model.name))):
                why = f"it names no models, and this one is in its {what}"
                return replace(component, models=(model.name,)), why
    names = tuple(model.name for model in models)
    return replace(component, models=names), "it names no models, nor do its name and purpose"


def _words(text: str) -> list[str]:
    return [word.lower() for word in words(text)]


def _within(part: list[str], whole: list[str]) -> bool:
    size = len(part)
    return any(part == whole[start : start + size] for start in range(len(whole) - size + 1))
