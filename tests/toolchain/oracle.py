"""What the GraphQL schema of a pattern must hold, said twice: from the pattern, from the SDL."""

from __future__ import annotations

import json
from typing import Any

from graphql import (
    EnumTypeDefinitionNode,
    ObjectTypeDefinitionNode,
    parse,
    print_ast,
    value_from_ast_untyped,
)

SCALARS = {
    "boolean": "Boolean",
    "date": "AWSDate",
    "datetime": "AWSDateTime",
    "email": "AWSEmail",
    "float": "Float",
    "id": "ID",
    "integer": "Int",
    "ipAddress": "AWSIPAddress",
    "json": "AWSJSON",
    "phone": "AWSPhone",
    "string": "String",
    "time": "AWSTime",
    "timestamp": "AWSTimestamp",
    "url": "AWSURL",
}
STRATEGIES = {
    "owner": {"allow": "owner"},
    "owners": {"allow": "owner"},
    "groups": {"allow": "groups"},
    "authenticated": {"allow": "private"},
    "guest": {"allow": "public", "provider": "identityPool"},
    "public_api_key": {"allow": "public", "provider": "apiKey"},
}


def from_sdl(sdl: str) -> dict[str, Any]:
    """Return the enums and the types with their fields and directives that the SDL defines."""
    enums: dict[str, list[str]] = {}
    types: dict[str, Any] = {}
    for node in parse(sdl).definitions:
        if isinstance(node, EnumTypeDefinitionNode):
            enums[node.name.value] = [value.name.value for value in node.values]
        elif isinstance(node, ObjectTypeDefinitionNode):
            types[node.name.value] = {
                "directives": _directives(node),
                "fields": {
                    field.name.value: (print_ast(field.type), _directives(field))
                    for field in node.fields
                },
            }
        else:
            raise TypeError(f"the SDL holds more than types: {print_ast(node)}")
    return {"enums": enums, "types": types}


def _directives(node: Any) -> list[str]:
    found = []
    for directive in node.directives or ():
        arguments = {
            item.name.value: value_from_ast_untyped(item.value)
            for item in directive.arguments or ()
        }
        if directive.name.value == "auth":
            arguments["rules"] = sorted(_canonical(rule) for rule in arguments["rules"])
        if directive.name.value == "validate":
            # The message is for people; what is checked is the kind and the value.
            found.append(f"@validate {arguments['type']} {arguments['value']}")
        else:
            found.append(f"@{directive.name.value} {_canonical(arguments)}")
    return sorted(found)


def _canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


def from_pattern(pattern: dict[str, Any]) -> dict[str, Any]:
    """Return the same from `ace show-pattern --json`."""
    enums = {enum["name"]: enum["values"] for enum in pattern.get("enums", [])}
    types: dict[str, Any] = {}
    named = set(enums)
    for owner in [*pattern.get("types", []), *pattern.get("models", [])]:
        members = owner.get("members", owner.get("fields", []))
        for member in members:
            if member["type"] == "enum":
                name = member["name"]
                enums[owner["name"] + name[0].upper() + name[1:]] = member["values"]
        types[owner["name"]] = {
            "directives": _model_directives(owner) if "members" in owner else [],
            "fields": {member["name"]: _member(owner, member, named) for member in members},
        }
    return {"enums": enums, "types": types}


def _model_directives(model: dict[str, Any]) -> list[str]:
    # The shipped patterns leave every operation on.
    return sorted(["@model {}", _auth(model["authorization"])])


def _auth(rules: list[dict[str, Any]]) -> str:
    return f"@auth {_canonical({'rules': sorted(_canonical(_rule(rule)) for rule in rules)})}"


def _rule(rule: dict[str, Any]) -> dict[str, Any]:
    expected: dict[str, Any] = dict(STRATEGIES[rule["allow"]])
    if rule["allow"] in {"owner", "owners"}:
        expected["ownerField"] = rule.get("owner_field", "owner")
    for key, word in (
        ("operations", "operations"),
        ("groups", "groups"),
        ("group_field", "groupsField"),
        ("identity_claim", "identityClaim"),
        ("group_claim", "groupClaim"),
    ):
        if key in rule:
            expected[word] = rule[key]
    return expected


def _member(
    owner: dict[str, Any], member: dict[str, Any], named: set[str]
) -> tuple[str, list[str]]:
    if "model" in member:
        kind = f"[{member['model']}]" if member["type"] == "hasMany" else member["model"]
        references = _canonical({"references": member["references"]})
        return kind, [f"@{member['type']} {references}"]
    name = member["name"]
    match member["type"]:
        case "ref":
            kind = member["ref"]
        case "enum":
            kind = owner["name"] + name[0].upper() + name[1:]
        case scalar:
            kind = SCALARS[scalar]
    if member.get("array"):
        kind = f"[{kind}]"
    if member.get("required"):
        kind += "!"
    directives = [*_keys(owner, name), *_validations(member)]
    default = member.get("default")
    if default is not None and member["type"] not in {"enum", "ref"}:
        text = str(default).lower() if isinstance(default, bool) else str(default)
        directives.append(f"@default {_canonical({'value': text})}")
    if "authorization" in member:
        directives.append(_auth(member["authorization"]))
    return kind, sorted(directives)


def _keys(owner: dict[str, Any], name: str) -> list[str]:
    found = []
    for index in owner.get("indexes", []):
        if index["field"] == name:
            pairs = {
                "name": index.get("name"),
                "queryField": index.get("query_field"),
                "sortKeyFields": index.get("sort_keys"),
            }
            given = {key: value for key, value in pairs.items() if value}
            found.append(f"@index {_canonical(given)}")
    identifier = owner.get("identifier", [])
    if identifier and identifier[0] == name:
        rest = identifier[1:]
        found.append(f"@primaryKey {_canonical({'sortKeyFields': rest} if rest else {})}")
    return found


def _validations(member: dict[str, Any]) -> list[str]:
    found = []
    for key, kind in (
        ("minimum", "gte"),
        ("maximum", "lte"),
        ("min_length", "minLength"),
        ("max_length", "maxLength"),
        ("pattern", "matches"),
    ):
        if key in member:
            found.append((kind, str(member[key])))
    return [f"@validate {kind} {value}" for kind, value in found]
