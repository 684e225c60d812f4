"""What programs make of a document: models that are added to it, or the document changed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from ace_flow.diagnostics import HookError, PatternError, has_errors
from ace_flow.loader.changes import Findings, with_additions, with_models_in_schema
from ace_flow.loader.document import read_document
from ace_flow.loader.merging import called, is_named, merge, name_of
from ace_flow.loader.schema import check
from ace_flow.names import nearest
from ace_flow.source import Node

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any


# What a program may not change: by these, people decided to let it run.
_FIXED = ("extends", "generators", "hooks", "name", "parameters", "version")
# What is said only while documents are composed.
_COMPOSING = ("additional_components", "additional_models", "remove")


def with_models(
    document: Node,
    maker: str,
    models: Sequence[Mapping[str, Any]],
    fields: Iterable[tuple[str, Mapping[str, Any]]],
    rules: Sequence[Any],
) -> Node:
    """Return a composed document with models that the program `maker` made.

    `fields` are added to those models or to the document's own; `rules` are for the models that
    state none. Findings about what was made show it as JSON, in a file named after the maker.

    Raises PatternError with all that is wrong with it, and HookError when a field is for a model
    that there is not.
    """
    added = [dict(model) for model in models]
    made = {str(model.get("name")): model for model in added}
    own = document.find(("schema", "models")).items
    there = {name_of(item) for item in own}
    changed: dict[str, list[Mapping[str, Any]]] = {}
    for name, field in fields:
        if name in made and isinstance(made[name].setdefault("fields", []), list):
            made[name]["fields"] = [*made[name]["fields"], field]
        elif name in there:
            changed.setdefault(name, []).append(field)
        else:
            near = nearest(name, [*made, *there])
            hint = f"did you mean `{near}`?" if near else None
            raise HookError(maker, f"gives `{name}` a relation; there is no such model", hint=hint)
    for model in added:
        if rules and "authorization" not in model:
            model["authorization"] = list(rules)
    plain: dict[str, Any] = {"name": document.text("name")}
    if changed:
        altered = [{"name": name, "fields": items} for name, items in changed.items()]
        plain["schema"] = {"models": altered}
    if added:
        plain["additional_models"] = added
    addition = _read(maker, plain)
    addition = addition._replace(
        value={key: node for key, node in addition.mapping.items() if key != "name"}
    )
    findings = Findings()
    merged = merge(document, addition, ())._replace(span=document.span)
    merged = with_additions(merged, findings)
    if has_errors(findings):
        raise PatternError(findings)
    return merged


def with_changes(document: Node, maker: str, plain: Mapping[str, Any]) -> Node:
    """Return a composed document as the program `maker` changed it.

    What is as it was keeps its place in the files of the pattern. Raises PatternError with all
    that is wrong with the rest, and HookError when something was changed that is not for programs.
    """
    had = document.plain()
    for key in _FIXED:
        if isinstance(had, dict) and had.get(key) != plain.get(key):
            raise HookError(maker, f"changed `{key}`, which has to stay as it is")
    for key in _COMPOSING:
        if key in plain:
            raise HookError(maker, f"added `{key}`; it has to put what it adds in its place")
    findings = Findings()
    changed = with_models_in_schema(_read(maker, plain), findings)
    changed = with_additions(_placed(document, changed, ""), findings)
    if has_errors(findings):
        raise PatternError(findings)
    return changed


def _read(maker: str, plain: Mapping[str, Any]) -> Node:
    """Read plain data as if it were a file; raises PatternError with what is wrong with it."""
    try:
        text = json.dumps(plain, indent=2, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError) as error:
        raise HookError(maker, f"returned what is no plain data: {error}") from error
    # A lone surrogate, which JSON can carry, is found where the file is read.
    read = read_document(f"{maker} (result)", text.encode("utf-8", "surrogatepass"))
    findings = check(read)
    if has_errors(findings):
        raise PatternError(findings)
    return read


def _placed(old: Node, new: Node, key: str) -> Node:
    """Return the new value, in which all that is as before is the old one with its place."""
    if old.plain() == new.plain():
        return old
    if isinstance(old.value, dict) and isinstance(new.value, dict):
        entries = {
            name: _placed(old.mapping[name], node, name) if name in old.mapping else node
            for name, node in new.value.items()
        }
        kept = {name: span for name, span in (old.keys or {}).items() if name in entries}
        return Node(entries, new.span, {**(new.keys or {}), **kept})
    if isinstance(old.value, list) and isinstance(new.value, list):
        before = {called(item) if is_named(key, old) else _key(item): item for item in old.value}
        items = []
        for item in new.value:
            known = before.get(called(item) if is_named(key, new) else _key(item))
            items.append(_placed(known, item, "") if known else item)
        return Node(items, new.span)
    return new


def _key(item: Node) -> str:
    return json.dumps(item.plain(), sort_keys=True)
