"""The values that a test is given: those of parameters, and what only generators may know of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.loader import read_document, sample_values, stated_in_file
from ace_flow.names import nearest, normal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ace_flow.loader import Question, Stated
    from ace_flow.model import Given, Parameter
    from ace_flow.source import Plain


class Values:
    """Values by name, of which some are parameters of the pattern, and the others configuration.

    A name counts in both spellings: `dataSources` is the parameter `data_sources`, too. Which are
    parameters is known once the pattern has asked for them.
    """

    def __init__(
        self, stated: Mapping[str, Stated] | None = None, plain: Mapping[str, Plain] | None = None
    ) -> None:
        self._stated = dict(stated or {})
        self._plain = dict(plain or {})
        self._known: dict[str, Stated] = {}
        self.config: dict[str, Plain] = dict(self._plain)
        self.notes: tuple[str, ...] = ()

    def add(self, stated: Mapping[str, Stated]) -> None:
        """Add values that were given as text; they win over those that are there."""
        self._stated |= stated
        self._plain |= {name: item.text for name, item in stated.items()}
        self.config = dict(self._plain)

    def __call__(self, pattern: str, parameters: Sequence[Parameter]) -> Mapping[str, Given]:
        """Find a value for each parameter: what is stated, else a sample."""
        exact = {parameter.name: parameter.name for parameter in parameters}
        names = {_folded(name): name for name in exact}
        own = {name: exact.get(name) or names.get(_folded(name)) for name in self._stated}
        self._known = {known: self._stated[name] for name, known in own.items() if known}
        self.config = {name: self._plain[name] for name, known in own.items() if not known}
        self.notes = tuple(_note(name, tuple(names.values())) for name in self.config)
        return sample_values(self._known)(pattern, parameters)

    @property
    def known(self) -> Mapping[str, Stated]:
        """The values of parameters that there are."""
        return self._known


def values_in(name: str, data: bytes) -> Values:
    """Read YAML or JSON, a mapping of names to values; `name` is what messages call it.

    Raises PatternError when it is not strict YAML, ConfigurationError when it is no mapping.
    """
    stated = stated_in_file(name, data)
    plain = read_document(name, data).plain()
    return Values(stated, plain if isinstance(plain, dict) else {})


def samples(_: str, questions: Sequence[Question]) -> dict[str, Given]:
    """Answer with samples, as nobody is asked."""
    found = {question.parameter.name: question.parameter.sample for question in questions}
    return {name: sample for name, sample in found.items() if sample is not None}


def _folded(name: str) -> str:
    return normal(name).replace("_", "").lower()


def _note(name: str, parameters: Sequence[str]) -> str:
    close = nearest(name, parameters)
    meant = f"; did you mean `{close}`?" if close else ""
    return f"`{name}` is no parameter of the pattern, and goes to its generators only{meant}"
