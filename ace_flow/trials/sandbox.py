"""A tested application's backend in the local sandbox, with people who keep records in it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from ace_flow.local import Person
from ace_flow.sandbox import PASSWORD, Settings, running
from ace_flow.trials.asking import OWNER, Backend, claims
from ace_flow.trials.people import Somebody, groups_of
from ace_flow.trials.records import People, keep_records, summary
from ace_flow.trials.served import introspection_in, kinds

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ace_flow.model import Pattern
    from ace_flow.sandbox import Running
    from ace_flow.trials.served import Kind

_OUTPUTS = "amplify_outputs.json"


class Tried(NamedTuple):
    """What came of it, None where there are no models, and how many milliseconds answers took."""

    summary: str | None
    latencies: tuple[float, ...]


def try_records(
    root: Path, assembly: Path, pattern: Pattern, passes: int, log: Callable[[str], None]
) -> Tried:
    """Serve a synthesized backend, and keep records of all its models, some times over.

    Raises AttentionError with what went wrong.
    """
    settings = Settings(root=root, log=log, frontend=False, assembly=assembly)
    with running(settings) as now, Backend(now.server.url) as backend:
        served = kinds(assembly, introspection_in(root / _OUTPUTS))
        people = _people(now, backend, served, root / _OUTPUTS)
        results = [keep_records(backend, served, people, pattern) for _ in range(passes)]
        text = summary(results[0], len(served)) if served else None
        for again in results[1:]:
            summary(again, len(served))
        return Tried(text, tuple(backend.latencies))


def _people(now: Running, backend: Backend, served: tuple[Kind, ...], outputs: Path) -> People:
    api = json.loads(outputs.read_text(encoding="utf-8"))["API"]["GraphQL"]
    key = api.get("apiKey")

    def signed_in(name: str, groups: frozenset[str]) -> Somebody:
        email = now.server.admit(Person(name=name, groups=tuple(sorted(groups))), PASSWORD)
        headers = backend.sign_in(email, PASSWORD)
        said = claims(headers)
        return Somebody(name=name, mode="user", headers=headers, groups=groups, claims=said)

    return People(
        member=signed_in("a member", groups_of(served)),
        visitor=Somebody(name="the API key", mode="key", headers={"x-api-key": key})
        if key
        else None,
        stranger=signed_in("a stranger", frozenset()),
        account=Somebody(name="the account", mode="account", headers=OWNER),
    )
