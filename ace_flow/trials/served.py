"""What a compiled backend has: its models with their inputs, operations and rules.

It comes from what Amplify compiled, so that it holds whoever wrote the data schema: Amplify's
description of the models for its client, and the text of the GraphQL schema.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_INPUT = re.compile(r"^input (\w+) \{(.*?)^\}", re.DOTALL | re.MULTILINE)
_ROOT = re.compile(
    r"^(?:extend )?type (?:Query|Mutation)\b[^{]*\{(.*?)^\}", re.DOTALL | re.MULTILINE
)
_NAME = re.compile(r"^ +(\w+)\s*[(:]", re.MULTILINE)
_READS = frozenset({"get", "list"})


class Place(NamedTuple):
    """A value of a record: a type of GraphQL, which is an enum if it has values, or has fields."""

    type: str
    required: bool
    array: bool
    values: tuple[str, ...] = ()
    fields: Mapping[str, Place] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Who may do what with records, as Amplify says it."""

    allow: str
    provider: str
    operations: frozenset[str]
    owner_field: str = ""
    identity_claim: str = ""
    groups: frozenset[str] = frozenset()
    group_field: str = ""
    has_claim: bool = False

    def concerns(self, operation: str) -> bool:
        """Tell whether it is about an operation; `read` is about `get` and `list`."""
        wider = "read" if operation in _READS else operation
        return bool({operation, wider} & self.operations)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A model: its `places` by field, what its inputs take, and the operations that there are.

    `indexed` are the fields of its indexes.
    """

    name: str
    plural: str
    key: tuple[str, ...]
    places: Mapping[str, Place]
    rules: tuple[Rule, ...]
    inputs: Mapping[str, frozenset[str]]
    operations: frozenset[str]
    indexed: frozenset[str]


def kinds(assembly: Path, introspection: Mapping[str, Any]) -> tuple[Kind, ...]:
    """Return the models of a backend: of its cloud assembly, and of its outputs' introspection."""
    text = _schema(assembly)
    inputs = {name: frozenset(_NAME.findall(body)) for name, body in _INPUT.findall(text)}
    roots = {name for body in _ROOT.findall(text) for name in _NAME.findall(body)}
    return tuple(
        _kind(model, introspection, inputs, roots) for model in introspection["models"].values()
    )


def _schema(assembly: Path) -> str:
    texts = (path.read_text(encoding="utf-8") for path in sorted(assembly.glob("asset.*.graphql")))
    return next((text for text in texts if "type Query" in text), "")


def _kind(
    model: Mapping[str, Any],
    whole: Mapping[str, Any],
    inputs: Mapping[str, frozenset[str]],
    roots: set[str],
) -> Kind:
    name, plural = model["name"], model["pluralName"]
    named = {
        **{verb: f"{verb}{name}" for verb in ("create", "update", "delete", "get")},
        "list": f"list{plural}",
    }
    key = model["primaryKeyInfo"]
    about = [(item["type"], item["properties"]) for item in model["attributes"]]
    rules = (rule for which, said in about if which == "auth" for rule in said["rules"])
    indexed = (name for which, said in about if which == "key" for name in said["fields"])
    return Kind(
        name=name,
        plural=plural,
        key=(key["primaryKeyFieldName"], *key["sortKeyFieldNames"]),
        places={
            field["name"]: _place(field, whole)
            for field in model["fields"].values()
            if "association" not in field
        },
        rules=tuple(_rule(rule) for rule in rules),
        inputs={
            verb: inputs.get(f"{verb.capitalize()}{name}Input", frozenset())
            for verb in ("create", "update")
        },
        operations=frozenset(verb for verb, root in named.items() if root in roots),
        indexed=frozenset(indexed),
    )


def _place(field: Mapping[str, Any], whole: Mapping[str, Any]) -> Place:
    kind = field["type"]
    common = {"required": field["isRequired"], "array": field["isArray"]}
    if isinstance(kind, str):
        return Place(kind, **common)
    if "enum" in kind:
        enum = kind["enum"]
        return Place(enum, **common, values=tuple(whole["enums"][enum]["values"]))
    name = kind["nonModel"]
    fields = whole["nonModels"][name]["fields"].values()
    return Place(name, **common, fields={item["name"]: _place(item, whole) for item in fields})


def _rule(rule: Mapping[str, Any]) -> Rule:
    return Rule(
        allow=rule["allow"],
        provider=rule.get("provider", "userPools"),
        operations=frozenset(rule.get("operations", ("create", "update", "delete", "read"))),
        owner_field=rule.get("ownerField", ""),
        identity_claim=rule.get("identityClaim", ""),
        groups=frozenset(rule.get("groups", ())),
        group_field=rule.get("groupsField", ""),
        has_claim=rule.get("groupClaim", "cognito:groups") != "cognito:groups",
    )


def introspection_in(outputs: Path) -> Mapping[str, Any]:
    """Return Amplify's description of the models from the outputs of the local backend."""
    api = json.loads(outputs.read_text(encoding="utf-8"))["API"]["GraphQL"]
    found: Mapping[str, Any] = api["modelIntrospection"]
    return found
