"""The values of a pattern's parameters: given, remembered, asked for, or tried."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from msgspec import Struct

from ace_flow.diagnostics import ConfigurationError, Diagnostic, PatternError, Related
from ace_flow.loader.changes import Findings
from ace_flow.loader.document import read_document
from ace_flow.loader.fitting import KINDS, misfit, normal_form, printed, read, value_of
from ace_flow.loader.samples import short
from ace_flow.names import Suggestion
from ace_flow.source import Source, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from ace_flow.model import Given, Parameter

OPTION = "--set"


class Question(NamedTuple):
    """A parameter that needs a value; `why` the one that it had does not fit any more."""

    parameter: Parameter
    why: str | None = None


class Ask(Protocol):
    """Asks somebody for values."""

    def __call__(self, pattern: str, questions: Sequence[Question], /) -> Mapping[str, Given]:
        """Return a value that fits for each question, by the parameters' names."""


class Choose(Protocol):
    """Finds the values for the parameters of a pattern."""

    def __call__(self, pattern: str, parameters: Sequence[Parameter], /) -> Mapping[str, Given]:
        """Return a value for each; raise PatternError when there is none, or it does not fit."""


class Stated(NamedTuple):
    """A value that was given, and its place; `text` where it was not typed yet."""

    value: Given | None
    span: Span
    text: str | None = None


def stated_in_options(options: Sequence[str]) -> dict[str, Stated]:
    """Read `name=value`, of which the last one counts.

    Raises ConfigurationError when one is something else.
    """
    source = Source(OPTION, "\n".join(option.replace("\n", " ") for option in options))
    found = {}
    for number, option in enumerate(options, 1):
        name, equals, text = option.partition("=")
        if not equals or not name.strip():
            raise ConfigurationError(
                f"`{OPTION} {short(option)}` gives no value", hint=f"write {OPTION} name=value"
            )
        start = len(name) + 2
        span = Span(source, number, start, number, max(len(option), start) + 1)
        found[name.strip()] = Stated(None, span, text)
    return found


def stated_in_file(name: str, data: bytes) -> dict[str, Stated]:
    """Read a YAML mapping of names to values.

    Raises PatternError when it is not strict YAML, ConfigurationError when it is no mapping.
    """
    document = read_document(name, data)
    if not isinstance(document.value, dict):
        raise ConfigurationError(f"{name} holds no values", hint="for example `currency: EUR`")
    return {key: Stated(value_of(node), node.span) for key, node in document.mapping.items()}


def sample_values(stated: Mapping[str, Stated]) -> Choose:
    """Return what tries a pattern: with what is stated, and samples for all else."""

    def choose(_: str, parameters: Sequence[Parameter]) -> dict[str, Given]:
        values, findings = _given(stated, parameters)
        if findings:
            raise PatternError(findings)
        samples = {item.name: item.sample for item in parameters}
        return {**{name: value for name, value in samples.items() if value is not None}, **values}

    return choose


class ProjectValues(Struct, kw_only=True):
    """Finds the values for a project: what is stated, else remembered, asked for, a default.

    `recall` returns what the project remembers of a pattern, `recalled` is what it returned last.
    """

    stated: Mapping[str, Stated] = {}
    ask: Ask | None = None
    recall: Callable[[str], Mapping[str, Given]] = lambda _: {}
    recalled: Mapping[str, Given] = {}
    _answers: dict[str, Given] = {}

    def __call__(self, pattern: str, parameters: Sequence[Parameter]) -> dict[str, Given]:
        """Return a value for each parameter, asking for all that are open when it can."""
        self.recalled = self.recall(pattern) if parameters else {}
        values, findings = _given(self.stated, parameters)
        questions = []
        for parameter in parameters:
            name = parameter.name
            if name in values or name in self.stated:
                continue
            known = self._answers.get(name, self.recalled.get(name))
            problem = None if known is None else misfit(parameter, known)
            if known is not None and problem is None:
                values[name] = normal_form(parameter, known)
            elif problem is not None and known is not None:
                why = f"`{short(printed(known))}`, which the project has, {problem}"
                questions.append(Question(parameter, why))
            else:
                questions.append(Question(parameter))
        if not findings and questions and self.ask:
            self._answers |= self.ask(pattern, questions)
            return {**values, **{item.name: self._answers[item.name] for item, _ in questions}}
        for question in questions:
            self._settle(question, values, findings)
        if findings:
            raise PatternError(findings)
        return values

    @staticmethod
    def _settle(question: Question, values: dict[str, Given], findings: Findings) -> None:
        """Take the default of a parameter for which nobody is asked, or say what is to be done."""
        parameter, why = question
        if parameter.span is None:
            raise TypeError("a declared parameter was written somewhere")
        hint = f"give it with `{OPTION} {parameter.name}=…`: {takes(parameter)}"
        if why is not None:
            findings.error("ACE032", f"`{parameter.name}`: {why}", parameter.span, hint=hint)
        elif parameter.default is None:
            said = f"the parameter `{parameter.name}` has no value"
            findings.error("ACE033", said, parameter.span, hint=hint)
        else:
            values[parameter.name] = normal_form(parameter, parameter.default)


def takes(parameter: Parameter) -> str:
    """Say in a few words what a parameter takes."""
    if parameter.choices:
        return f"one of {', '.join(short(printed(item)) for item in parameter.choices)}"
    if parameter.items:
        return f"a list, with commas; each entry is {takes(parameter.items)}"
    unit = " characters" if parameter.type == "string" else ""
    limits = (
        ("at least", parameter.minimum, parameter.min_length),
        ("at most", parameter.maximum, parameter.max_length),
    )
    said = [
        f", {word} {printed(limit)}{unit}"
        for word, *both in limits
        for limit in both
        if limit is not None
    ]
    return KINDS[parameter.type] + "".join(said)


def _given(
    stated: Mapping[str, Stated], parameters: Iterable[Parameter]
) -> tuple[dict[str, Given], Findings]:
    """Return what is stated and fits, and what does not."""
    known = {parameter.name: parameter for parameter in parameters}
    values: dict[str, Given] = {}
    findings = Findings()
    for name, item in stated.items():
        parameter = known.get(name)
        if parameter is None:
            hint = Suggestion(name, known) if known else "the pattern has no parameters"
            said = f"there is no parameter `{short(name)}`"
            findings.error("ACE030", said, item.span, hint=hint)
            continue
        value = item.value if item.text is None else read(parameter, item.text)
        problem = misfit(parameter, value)
        if value is None or problem is not None:
            shown = "the value" if value is None else f"`{short(printed(value))}`"
            findings.append(
                Diagnostic(
                    code="ACE032",
                    message=f"`{name}`: {shown} {problem}",
                    span=item.span,
                    hint=f"it takes {takes(parameter)}",
                    related=(Related(parameter.span, "declared here"),) if parameter.span else (),
                )
            )
        else:
            values[name] = normal_form(parameter, value)
    return values, findings
