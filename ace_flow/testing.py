"""For tests of patterns: what is generated of one, and what its backend would deploy.

from ace_flow.testing import test_pattern

def test_custom_analytics():
    result = test_pattern("custom-analytics", data_sources=[{"name": "sales"}])
    assert len(result.schema.models) == 3
    assert "AWS::Kinesis::Stream" in result.deploy().resources
"""

from __future__ import annotations

import json
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from ace_flow.diagnostics import AttentionError
from ace_flow.names import camel
from ace_flow.session import Session
from ace_flow.trials import Outcome, Request, trying, values_in, with_tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ace_flow.diagnostics import Diagnostic
    from ace_flow.trials import ModelSeen, Trial

__all__ = ["Deployment", "Generated", "Schema", "test_pattern"]


class _Asked(NamedTuple):
    reference: str
    given: Mapping[str, Any]
    root: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Schema:
    """The data schema of an application: its models, each with a `name` and `fields`.

    They are the pattern's, with what ace adds. Where a template takes the place of the data schema
    (the role `backend`), they are the template's: each `Name: a.model(` in its text, outside of
    comments and strings, with the fields in its braces.
    """

    models: tuple[ModelSeen, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deployment:
    """What a deployment would make: the CloudFormation type of each resource, sorted.

    Each table of Amplify's is there twice: as `Custom::AmplifyDynamoDBTable`, which the templates
    say, and as `AWS::DynamoDB::Table`, which comes of it.
    """

    resources: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Generated:
    """What is generated of a pattern.

    `files` are the texts of the application's files by path, without those that are no text,
    `diagnostics` the warnings, `notes` what was given and is no parameter.
    """

    schema: Schema
    files: dict[str, str]
    diagnostics: tuple[Diagnostic, ...]
    notes: tuple[str, ...]
    _asked: _Asked = field(repr=False)

    def deploy(self) -> Deployment:
        """Synthesize the backend without an account, and return what would be deployed.

        It takes some seconds, and the first time minutes: npm packages are installed once, into
        the user's cache. Raises AttentionError with what the tools say.
        """
        with _tried(self._asked, "synth") as trial:
            return Deployment(resources=with_tables(trial.resources or ()))


def test_pattern(
    reference: str,
    /,
    values: Mapping[str, Any] | None = None,
    *,
    root: Path | str | None = None,
    **more: Any,  # noqa: ANN401 - as JSON has them
) -> Generated:
    """Generate a pattern's application into a temporary folder, and return what it has.

    `reference` is a name or a file, as commands take it in the folder `root`, the current one by
    default. `values` and `more` are values of parameters, the latter in either spelling:
    `data_sources` is `dataSources`, too. What is no parameter goes to the pattern's generators.
    Parameters without a value take a sample.

    Raises NotFoundError when there is no such pattern, PatternError with all findings when it has
    errors.
    """
    given = {**(values or {}), **{camel(name): value for name, value in more.items()}}
    asked = _Asked(reference, given, Path(root or Path.cwd()).resolve())
    with _tried(asked, "generation") as trial:
        return Generated(
            schema=Schema(models=trial.models),
            files=trial.texts,
            diagnostics=trial.checked.findings,
            notes=trial.request.values.notes,
            _asked=asked,
        )


# Whoever imports it into a test module does not mean it as a test.
test_pattern.__test__ = False  # type: ignore[attr-defined]


@contextmanager
def _tried(asked: _Asked, stage: str) -> Iterator[Trial]:
    """Run the stages of a test up to one of them; raises what is wrong."""
    request = Request(
        reference=asked.reference,
        wanted=(stage,),
        values=values_in("values", json.dumps(asked.given).encode()),
    )
    with trying(Session(asked.root), request) as trial:
        for item in trial.stages:
            done = trial.run(item)
            if done.error:
                raise done.error
            if done.outcome is Outcome.FAILED:
                message = f"{item.name} failed: {done.summary}"
                raise AttentionError(message, hint=done.details or None)
        yield trial
