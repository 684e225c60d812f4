"""Files: the paths of the storage as Amplify takes them, and who may use them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.diagnostics import Diagnostic, Related, Severity
from ace_flow.names import STORAGE_NAME
from ace_flow.regexes import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ace_flow.model import Catalogue, FilePath, FileRule, Pattern

_ENTITY = "{entity_id}"
_SEGMENT = regex(r"[A-Za-z0-9_.=-]+")
_WRITES = frozenset({"delete", "write"})


def storage_name(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """The bucket's name becomes part of that of an environment variable; it has paths."""
    storage = pattern.storage
    if storage and not STORAGE_NAME.fullmatch(storage.name):
        message = f"`{storage.name}` cannot name a storage"
        hint = "use letters, at most 32"
        yield Diagnostic(code="ACE110", message=message, span=storage.at("name"), hint=hint)
    if storage and not storage.paths:
        message = "`storage` has no `paths`: nobody could use it"
        hint = "add `paths: {public/*: [{allow: guest, operations: [read]}]}`"
        yield Diagnostic(code="ACE240", message=message, span=storage.span, hint=hint)


def paths(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """A path ends in `/*`, and is not in another one that is in a third."""
    listed = pattern.storage.paths if pattern.storage else ()
    for path in listed:
        if problem := _path_problem(path.path):
            yield Diagnostic(
                code="ACE240",
                message=f"`{path.path}` is no path of files: {problem}",
                span=path.span,
                hint="e.g. `public/*` or `pictures/{entity_id}/*`",
            )
            continue
        around = [other for other in listed if other is not path and _holds(other, path)]
        most = 0 if _ENTITY in path.path else 1
        if len(around) > most:
            names = " and ".join(f"`{other.path}`" for other in around)
            owned = "a path with `{entity_id}` can be in no other"
            deep = "a path can be in one other, and no more"
            yield Diagnostic(
                code="ACE240",
                message=f"`{path.path}` is in {names}: {deep if most else owned}",
                span=path.span,
                hint="give it a first part of its own",
                related=tuple(Related(item.span, "around it") for item in around if item.span),
            )


def _holds(other: FilePath, path: FilePath) -> bool:
    return path.path.startswith(other.path.removesuffix("*"))


def _path_problem(path: str) -> str | None:
    *segments, last = path.split("/")
    if last != "*" or not segments:
        return "it has to end in `/*`"
    *parents, owner = segments
    for segment in parents:
        if segment == _ENTITY:
            return "`{entity_id}` stands right before the `/*`"
    if owner == _ENTITY and not parents:
        return "`{entity_id}` cannot be its first part"
    wrong = [item for item in segments if item != _ENTITY and not _SEGMENT.fullmatch(item)]
    if wrong:
        return "its parts have letters, digits and _ . = - only"
    return None


def rules(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """A rule is whole, and there is one for the same people on a path."""
    for path in pattern.storage.paths if pattern.storage else ():
        seen: dict[str, FileRule] = {}
        for rule in path.rules:
            if problem := _rule_problem(rule, path.path):
                yield Diagnostic(
                    code="ACE241",
                    message=f"`{path.path}`: {problem}",
                    span=rule.span,
                )
            people = [f"group {group}" for group in rule.groups] or [rule.allow]
            first = next((seen[who] for who in people if who in seen), None)
            if first or len(set(people)) < len(people):
                place = first.span if first else None
                yield Diagnostic(
                    code="ACE241",
                    message=f"`{path.path}` has two rules for the same people",
                    span=rule.span,
                    hint="put all operations into one of them",
                    related=(Related(place, "the first"),) if place else (),
                )
            seen |= dict.fromkeys(people, rule)
            if rule.allow == "guest" and (writes := _WRITES & set(rule.operations)):
                yield Diagnostic(
                    code="ACE132",
                    severity=Severity.WARNING,
                    message=f"anyone may {' and '.join(sorted(writes))} files in `{path.path}` "
                    "without signing in",
                    span=rule.span,
                    hint="write `operations: [read]` if that is not meant",
                )


def _rule_problem(rule: FileRule, path: str) -> str | None:
    if rule.allow == "groups" and not rule.groups:
        return "`allow: groups` needs `groups`"
    if rule.allow != "groups" and rule.groups:
        return f"`allow: {rule.allow}` takes no `groups`"
    if rule.allow == "owner" and _ENTITY not in path:
        return "`allow: owner` needs `{entity_id}` in the path, which says whose the files are"
    if "read" in rule.operations and {"get", "list"} & set(rule.operations):
        return "`read` already permits `get` and `list`"
    return None


def groups(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """What users may do without a group, the members of each group may do, too, or a rule says."""
    for path in pattern.storage.paths if pattern.storage else ():
        usual = next(
            (rule for rule in path.rules if rule.allow in {"authenticated", "owner"}), None
        )
        named = {group for rule in path.rules for group in rule.groups}
        closed = [group for group in pattern.all_groups if group not in named]
        if usual and closed:
            members = " and ".join(f"`{group}`" for group in closed)
            yield Diagnostic(
                code="ACE242",
                severity=Severity.WARNING,
                message=f"`{path.path}` is closed to members of {members}: Amplify gives them the "
                f"rights of their group, and not those of `allow: {usual.allow}`",
                span=usual.span,
                hint=f"add `{{allow: groups, groups: [{', '.join(closed)}], operations: [...]}}`",
            )


RULES = (storage_name, paths, rules, groups)
