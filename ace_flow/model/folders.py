"""Paths of files by what people may do there, and the paths that there are without being stated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.model.backend import FilePath, FileRule, Storage
from ace_flow.model.kinds import fields_of_kind
from ace_flow.model.making import permitting

if TYPE_CHECKING:
    from ace_flow.model.catalogue import ComponentType
    from ace_flow.model.data import Model
    from ace_flow.model.pattern import Component, Pattern

_OWN = FileRule(allow="owner", operations=("read", "write", "delete"))
_SEEN = FileRule(allow="authenticated", operations=("read",))
_PUBLIC = frozenset({"guest", "public_api_key"})
_WIDER = {"read": ("get", "list")}


def storage_of(pattern: Pattern) -> Storage | None:
    """Return the storage that a pattern states, or, with the service `s3` alone, the usual one."""
    return pattern.storage or (_usual(pattern) if "s3" in pattern.services else None)


def _usual(pattern: Pattern) -> Storage:
    """Return what people see and upload with the records they see and make, and then each's own.

    Users in groups have the rights of their group alone, and a path cannot give them one of their
    own. Where no model holds files, everybody sees what is shared, and only its owner changes it.
    """
    holding = [model for model in pattern.models if fields_of_kind(pattern, model, "file")]
    makers = [rule for model in holding for rule in permitting(model, "create")]
    readers = [rule for model in holding for rule in permitting(model, "get")]
    rules = [_SEEN]
    if any(rule.allow in _PUBLIC for rule in readers):
        rules.insert(0, FileRule(allow="guest", operations=("get",)))
    named = {group for rule in makers for group in rule.groups}
    is_for_all = any(not rule.groups and rule.allow not in _PUBLIC for rule in makers)
    writing = tuple(group for group in pattern.all_groups if is_for_all or group in named)
    seeing = tuple(group for group in pattern.all_groups if group not in writing)
    for groups, operations in ((writing, ("read", "write")), (seeing, ("read",))):
        if groups:
            rules.append(FileRule(allow="groups", groups=groups, operations=operations))
    if is_for_all or not named:
        rules.append(_OWN)
    return Storage(
        paths=(
            FilePath(path="shared/{entity_id}/*", rules=tuple(rules)),
            FilePath(path="private/{entity_id}/*", rules=(_OWN,)),
        )
    )


def folder_for(pattern: Pattern, operation: str) -> FilePath | None:
    """Return the first path whose files some users may `read` or `write`."""
    storage = storage_of(pattern)
    for path in storage.paths if storage else ():
        if any(rule.allow != "guest" and _permits(rule, operation) for rule in path.rules):
            return path
    return None


def rights(rule: FileRule) -> tuple[str, ...]:
    """Return the operations of a rule, `get` and `list` instead of `read`."""
    stated = (part for item in rule.operations for part in _WIDER.get(item, (item,)))
    return tuple(dict.fromkeys(stated))


def models_shown(pattern: Pattern, component: Component, kind: ComponentType) -> tuple[Model, ...]:
    """Return the models of a component that pages of its type can show.

    They are all where none has the kind of field that it needs and no path of files is shown
    instead: that is an error with a code of its own.
    """
    models = tuple(model for name in component.models if (model := pattern.model(name)))
    if kind.needs is None:
        return models
    fit = tuple(model for model in models if fields_of_kind(pattern, model, kind.needs))
    return fit if fit or kind.files else models


def _permits(rule: FileRule, operation: str) -> bool:
    return set(_WIDER.get(operation, (operation,))) <= set(rights(rule))
