"""Which models a component shows when it names none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from ace_flow.names import plural, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ace_flow.model import Component, Model


class ModelFinder:
    """Finds models whose name, or its plural, is in a text; the longest name first."""

    def __init__(self, models: Sequence[Model]) -> None:
        self._models = models
        # An OrderItemTable is not taken for one of Order.
        self._by_length = sorted(models, key=lambda model: (-len(model.name), model.name))
        self._places: dict[tuple[str, ...], int] = {}
        for place, model in enumerate(self._by_length):
            for name in (model.name, plural(model.name)):
                self._places.setdefault(_words(name), place)
        self._sizes = {len(spoken) for spoken in self._places}

    def with_models(self, component: Component) -> tuple[Component, str]:
        """Find a component's models by its name, by its purpose, else take all; and say why."""
        if component.models or not self._models:
            return component, ""
        for text, what in ((component.name, "name"), (component.purpose, "purpose")):
            if model := self._within(_words(text)):
                why = f"it names no models, and this one is in its {what}"
                return replace(component, models=(model.name,)), why
        names = tuple(model.name for model in self._models)
        return replace(component, models=names), "it names no models, nor do its name and purpose"

    def _within(self, spoken: tuple[str, ...]) -> Model | None:
        parts = (
            spoken[start : start + size]
            for size in self._sizes
            for start in range(len(spoken) - size + 1)
        )
        places = [self._places[part] for part in parts if part in self._places]
        return self._by_length[min(places)] if places else None


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.lower() for word in words(text))
