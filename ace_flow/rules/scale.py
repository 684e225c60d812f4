"""What compiles and deploys only while it is small, counted from the pattern."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.diagnostics import Diagnostic, Related, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ace_flow.model import Catalogue, Model, Pattern, Relation

# Amplify's types follow relations from model to model, and TypeScript works out every path.
# Measured with TypeScript 5.9 on generated projects: the time grows by about a second for each
# million paths of seven steps, whatever the number of models. A model with 20 relations to models
# without others costs nothing; ten models with 6 relations each have 3 million, with 8 21 million.
STEPS = 7
SLOW_PATHS = 2_500_000
TOO_MANY_PATHS = 20_000_000
# https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-limits.html
MAX_RESOURCES = 500
# Amplify puts all relations into one stack: a resolver and two function configurations each,
# and one resource of the stack's own.
PER_RELATION = 3
_NAMED = 3


def type_paths(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """TypeScript can work out the types of the relations in reasonable time."""
    paths = _paths(pattern)
    total = sum(paths[-1].values())
    if total < SLOW_PATHS:
        return
    too_many = total >= TOO_MANY_PATHS
    what = "would take minutes, or fail" if too_many else "takes long"
    loads = sorted(_loads(pattern, paths), key=lambda item: -item[0])
    first = loads[0][1]
    names = ", ".join(f"`{model.name}.{relation.name}`" for _, model, relation in loads[:_NAMED])
    yield Diagnostic(
        code="ACE200",
        severity=Severity.ERROR if too_many else Severity.WARNING,
        message=f"type-checking {what}: the relations make {total:,} paths of {STEPS} steps "
        f"(slow from {SLOW_PATHS:,}, refused from {TOO_MANY_PATHS:,})",
        span=first.span,
        hint=f"most paths lead through {names}: make them plain `id` fields with an index, or "
        "put what belongs together into patterns of their own",
        related=tuple(
            Related(relation.span, f"`{model.name}.{relation.name}`, in {share:,} paths")
            for share, model, relation in loads[:_NAMED]
            if relation.span
        ),
    )


def _paths(pattern: Pattern) -> list[dict[str, int]]:
    """Return, for 0 to STEPS steps, how many paths of so many steps begin at each model."""
    paths = [dict.fromkeys((model.name for model in pattern.models), 1)]
    for _ in range(STEPS):
        last = paths[-1]
        paths.append(
            {
                model.name: sum(last.get(relation.model, 0) for relation in model.relations)
                for model in pattern.models
            }
        )
    return paths


def _loads(pattern: Pattern, paths: list[dict[str, int]]) -> Iterator[tuple[int, Model, Relation]]:
    """Yield each belongsTo with the number of paths that it and its other side are steps of.

    As many paths of n steps end at a model as begin there: every relation has two sides.
    """
    for model in pattern.models:
        for relation in model.relations:
            if relation.type == "belongsTo" and relation.model in paths[0]:
                share = sum(
                    paths[step][model.name] * paths[STEPS - 1 - step][relation.model]
                    for step in range(STEPS)
                )
                yield 2 * share, model, relation


def stack_resources(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """The stack that holds all relations stays within CloudFormation's limit."""
    relations = [(model, item) for model in pattern.models for item in model.relations]
    needed = PER_RELATION * len(relations) + 1
    if needed > MAX_RESOURCES:
        most = (MAX_RESOURCES - 1) // PER_RELATION
        first = relations[most][1]
        yield Diagnostic(
            code="ACE201",
            message=f"the stack of relations would have {needed:,} resources, of which "
            f"CloudFormation allows {MAX_RESOURCES}: {len(relations):,} relations, both sides "
            f"counted, and {most} fit",
            span=first.span,
            hint=_split(pattern),
        )


def _split(pattern: Pattern) -> str:
    """Say where the pattern comes apart, or that it does not."""
    groups = _groups(pattern)
    if len(groups) == 1:
        return (
            "all models hang together: make some relations plain `id` fields with an index, until "
            "the rest falls into patterns of their own"
        )
    named = "; ".join(
        f"{', '.join(group[:_NAMED])}{', …' if len(group) > _NAMED else ''} ({len(group)})"
        for group in groups[:_NAMED]
    )
    return f"no relation joins these groups, so make patterns of them: {named}"


def _groups(pattern: Pattern) -> list[list[str]]:
    """Return the models in groups that relations join, the largest first."""
    near = {model.name: {item.model for item in model.relations} for model in pattern.models}
    groups: list[list[str]] = []
    done: set[str] = set()
    for name in near:
        waiting, group = [name], []
        while waiting:
            found = waiting.pop()
            if found not in done and found in near:
                done.add(found)
                group.append(found)
                waiting += near[found]
        if group:
            groups.append(sorted(group))
    return sorted(groups, key=lambda group: (-len(group), group))


RULES = (type_paths, stack_resources)
