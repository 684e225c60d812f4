"""What the GraphQL schema of a pattern must hold, said twice: from the pattern, from the SDL."""

from __future__ import annotations

import json
from typing import Any

from graphql import (
    EnumTypeDefinitionNode,
    InputObjectTypeDefinitionNode,
    InterfaceTypeDefinitionNode,
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


USERS = "@aws_cognito_user_pools {}"
# The models that a service searches, by pattern: their keys, and who may search them.
SEARCHED: dict[str, dict[str, tuple[dict[str, str], list[str]]]] = {
    "e_commerce": {"Product": ({"id": "ID!"}, [USERS])},
    "ecommerce_analytics": {"Product": ({"id": "ID!"}, [USERS])},
    "search": {
        "Note": ({"id": "ID!"}, [USERS]),
        "Folder": ({"id": "ID!"}, [USERS]),
        "Page": ({"id": "ID!"}, [USERS]),
        "Offer": ({"shop": "String!", "number": "Int!"}, ["@aws_api_key {}", USERS]),
        "Poster": ({"id": "ID!"}, ["@aws_api_key {}"]),
        "Memo": ({"id": "ID!"}, [USERS]),
        "Report": (
            {"id": "ID!"},
            ['@aws_cognito_user_pools {"cognito_groups": ["editors", "auditors"]}'],
        ),
    },
}

ROOTS = ("Query", "Mutation", "Subscription")
# The types that Amplify defines for conversations.
OF_CONVERSATIONS = "AmplifyAI"


def from_sdl(sdl: str) -> dict[str, Any]:
    """Return what the SDL defines: enums, inputs, types with their fields and directives."""
    enums: dict[str, list[str]] = {}
    inputs: dict[str, Any] = {}
    types: dict[str, Any] = {}
    roots: dict[str, Any] = {}
    for node in parse(sdl).definitions:
        name = node.name.value
        if name.startswith(OF_CONVERSATIONS):
            continue
        if isinstance(node, EnumTypeDefinitionNode):
            enums[name] = [value.name.value for value in node.values]
        elif isinstance(node, InputObjectTypeDefinitionNode):
            inputs[name] = {field.name.value: print_ast(field.type) for field in node.fields}
        elif isinstance(node, ObjectTypeDefinitionNode) and name in ROOTS:
            roots[name] = {
                field.name.value: {
                    "arguments": {
                        item.name.value: print_ast(item.type) for item in field.arguments or ()
                    },
                    "type": print_ast(field.type),
                    "directives": _directives(field),
                }
                for field in node.fields
            }
        elif isinstance(node, ObjectTypeDefinitionNode):
            types[name] = {
                # Those of custom types follow from the operations that give them.
                "directives": [item for item in _directives(node) if not item.startswith("@aws_")],
                "fields": {
                    field.name.value: (print_ast(field.type), _directives(field))
                    for field in node.fields
                },
            }
        elif not isinstance(node, InterfaceTypeDefinitionNode):
            raise TypeError(f"the SDL holds more than types: {print_ast(node)}")
    return {"enums": enums, "inputs": inputs, "types": types, "roots": roots}


def _directives(node: Any) -> list[str]:
    found = []
    for directive in node.directives or ():
        arguments = {
            item.name.value: value_from_ast_untyped(item.value)
            for item in directive.arguments or ()
        }
        arguments.pop("aiModel", None)
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
    _keep_indexes(pattern, types)
    for route in _called(pattern):
        for argument in route.get("arguments", []):
            if argument["type"] == "enum":
                enums[_enum(route["name"], argument["name"])] = argument["values"]
    roots = _roots(pattern)
    for model, (keys, callers) in SEARCHED.get(pattern["name"], {}).items():
        item, page = f"{model}SearchItem", f"{model}SearchPage"
        fields = {"items": f"[{item}!]!", "nextToken": "String"}
        types |= {
            item: {"directives": [], "fields": {key: (kind, []) for key, kind in keys.items()}},
            page: {"directives": [], "fields": {key: (kind, []) for key, kind in fields.items()}},
        }
        roots.setdefault("Query", {})[f"search{model}s"] = {
            "arguments": {"text": "String!", "limit": "Int", "nextToken": "String"},
            "type": page,
            "directives": callers,
        }
    return {"enums": enums, "inputs": _inputs(pattern), "types": types, "roots": roots}


def _keep_indexes(pattern: dict[str, Any], types: dict[str, Any]) -> None:
    """Let a belongsTo say what its index is called, where names of the other side were changed."""
    for model in pattern.get("models", []):
        for member in model["members"]:
            names = [(thing.get("renamed_from") or [thing["name"]])[0] for thing in (model, member)]
            if member["type"] not in {"hasMany", "hasOne"} or names == [
                model["name"],
                member["name"],
            ]:
                continue
            references = {"references": member["references"]}
            fields = types[member["model"]]["fields"]
            for name, (kind, directives) in fields.items():
                plain = f"@belongsTo {_canonical(references)}"
                if kind == model["name"] and plain in directives:
                    said = {**references, "overrideIndexName": f"gsi-{'.'.join(names)}"}
                    fields[name] = (kind, [f"@belongsTo {_canonical(said)}"])


def _called(pattern: dict[str, Any]) -> list[dict[str, Any]]:
    kinds = ("queries", "mutations", "subscriptions", "generations")
    return [route for kind in kinds for route in pattern.get(kind, [])]


def _enum(route: str, argument: str) -> str:
    return "".join(name[0].upper() + name[1:] for name in (route, argument))


def _inputs(pattern: dict[str, Any]) -> dict[str, Any]:
    """Return an input for each custom type that arguments need, and those within them."""
    custom = {item["name"]: item for item in pattern.get("types", [])}
    used = [item for route in _called(pattern) for item in route.get("arguments", [])]
    found: dict[str, Any] = {}
    while used:
        kind = used.pop().get("ref")
        if kind in custom and f"{kind}Input" not in found:
            fields = custom[kind]["fields"]
            found[f"{kind}Input"] = {field["name"]: _typed(field, kind, custom) for field in fields}
            used += fields
    return found


def _typed(thing: dict[str, Any], owner: str, custom: dict[str, Any]) -> str:
    """Return the type of an argument, or of a field of an input."""
    match thing["type"]:
        case "ref":
            kind = thing["ref"] + ("Input" if thing["ref"] in custom else "")
        case "enum":
            kind = _enum(owner, thing["name"])
        case scalar:
            kind = SCALARS[scalar]
    return _shaped(kind, thing)


def _shaped(kind: str, thing: dict[str, Any]) -> str:
    if thing.get("array"):
        kind = f"[{kind}]"
    return f"{kind}!" if thing.get("required") else kind


def _roots(pattern: dict[str, Any]) -> dict[str, Any]:
    roots: dict[str, Any] = {name: {} for name in ROOTS}
    custom = {item["name"]: item for item in pattern.get("types", [])}
    for route in _called(pattern):
        root = {"mutation": "Mutation", "subscription": "Subscription"}
        roots[root.get(route.get("kind", ""), "Query")][route["name"]] = {
            "arguments": {
                item["name"]: _typed(item, route["name"], custom)
                for item in route.get("arguments", [])
            },
            "type": _given(pattern, route),
            "directives": _route_directives(route),
        }
    for route in pattern.get("conversations", []):
        roots["Mutation"][route["name"]] = {
            "arguments": {
                "conversationId": "ID!",
                "content": "[AmplifyAIContentBlockInput]",
                "aiContext": "AWSJSON",
                "toolConfiguration": "AmplifyAIToolConfigurationInput",
            },
            "type": "AmplifyAIConversationMessage",
            "directives": _conversation_directives(route),
        }
    return {name: fields for name, fields in roots.items() if fields}


def _given(pattern: dict[str, Any], route: dict[str, Any]) -> str:
    """Return what a route gives; a subscription gives what its mutations do."""
    if "sources" in route:
        source = route["sources"][0]
        own = {item["name"]: item for item in pattern["mutations"]}
        if source not in own:
            return source.removeprefix("create").removeprefix("update").removeprefix("delete")
        route = own[source]
    return _shaped(SCALARS.get(route["returns"], route["returns"]), route)


def _route_directives(route: dict[str, Any]) -> list[str]:
    found = []
    handler = route.get("handler", {})
    if "sources" in route:
        found.append(f"@aws_subscribe {_canonical({'mutations': route['sources']})}")
    if "ai_model" in route:
        # The model's identifier is Amplify's to know.
        found.append(f"@generation {_canonical({'systemPrompt': route['system_prompt']})}")
    if "function" in handler:
        name = route["name"]
        called = f"Fn{name[0].upper()}{name[1:]}"
        found.append(f"@function {_canonical({'name': called})}")
    if "function" in handler or "ai_model" in route:
        return sorted([*found, _auth(route["authorization"])])
    groups: list[str] = []
    for rule in route["authorization"]:
        match rule["allow"]:
            case "public_api_key":
                found.append("@aws_api_key {}")
            case "groups":
                groups += rule["groups"]
            case _:
                found.append("@aws_cognito_user_pools {}")
    if groups:
        found.append(f"@aws_cognito_user_pools {_canonical({'cognito_groups': groups})}")
    return sorted(found)


def _conversation_directives(route: dict[str, Any]) -> list[str]:
    said: dict[str, Any] = {
        "auth": {"strategy": "owner", "provider": "userPools"},
        "systemPrompt": route["system_prompt"],
    }
    tools = [
        {
            "name": tool["name"],
            "description": tool["description"],
            **(
                {"modelName": tool["model"], "modelOperation": "list"}
                if "model" in tool
                else {"queryName": tool["query"]}
            ),
        }
        for tool in route.get("tools", [])
    ]
    if tools:
        said["tools"] = tools
    return sorted(["@aws_cognito_user_pools {}", f"@conversation {_canonical(said)}"])


def _model_directives(model: dict[str, Any]) -> list[str]:
    # Of what is disabled, our patterns have single mutations only.
    off = {"mutations": dict.fromkeys(model["disabled"])} if "disabled" in model else {}
    return sorted([f"@model {_canonical(off)}", _auth(model["authorization"])])


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
                "queryField": index.get("query_field") or _query_field(owner, index),
                "sortKeyFields": index.get("sort_keys"),
            }
            given = {key: value for key, value in pairs.items() if value}
            found.append(f"@index {_canonical(given)}")
    identifier = owner.get("identifier", [])
    if identifier and identifier[0] == name:
        rest = identifier[1:]
        found.append(f"@primaryKey {_canonical({'sortKeyFields': rest} if rest else {})}")
    return found


def _query_field(model: dict[str, Any], index: dict[str, Any]) -> str:
    """Return what Amplify calls the query of an index that says nothing of it."""
    fields = [index["field"], *index.get("sort_keys", ())]
    parts = "And".join(field[0].upper() + field[1:] for field in fields)
    return f"list{model['name']}By{parts}"


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
