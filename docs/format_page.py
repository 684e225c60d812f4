"""The reference page of the pattern format, from its JSON Schema."""  # noqa: INP001 - part of a script

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from markup import anchor, code, code_or_empty, table

from ace_flow.loader.schema import NOT_BUILT_YET, schema

if TYPE_CHECKING:
    from collections.abc import Iterator

Schema: TypeAlias = dict[str, Any]

# What an object of the format is called, by the key that holds it.
OBJECTS = {
    "access": "Access of a function",
    "arguments": "Argument",
    "attributes": "User attribute",
    "auth": "Sign-in",
    "authorization": "Authorization rule",
    "button": "Button",
    "components": "Component",
    "conversations": "Conversation",
    "fields": "Field or relation",
    "functions": "Function",
    "generations": "Generation",
    "generators": "Generator",
    "handler": "Handler",
    "indexes": "Index",
    "items": "Entry of a parameter",
    "mfa": "Second factor",
    "models": "Model",
    "mutations": "Operation",
    "parameters": "Parameter",
    "paths": "Rule for files",
    "queries": "Operation",
    "remove": "Removal",
    "schema": "Schema",
    "storage": "Storage",
    "subscriptions": "Operation",
    "templates": "Template",
    "tools": "Tool",
    "types": "Custom type",
}


def format_page() -> Iterator[str]:
    """Yield the keys of the pattern format, an object a section."""
    root = schema()
    yield "# Pattern format"
    yield (
        "A pattern is one YAML document. Its shape is a JSON Schema, "
        "[pattern.schema.json](../../ace_flow/loader/pattern.schema.json) (draft 2020-12). "
        "Keys beginning with `x-` are free; any other unknown key is an error."
    )
    yield (
        "The YAML is strict: no aliases, merge keys, tags, duplicate keys or second documents. "
        "Only `true`, `false`, `null` and decimal numbers are typed; everything else, such as "
        "`no`, `12:30` or `2024-01-01`, is text."
    )
    yield from _objects("Pattern", root, root)
    yield "## Not built yet"
    yield (
        "The format reserves these keys. This version refuses them with "
        "[ACE016](diagnostics.md#ace016)."
    )
    top = ", ".join(map(code, sorted(NOT_BUILT_YET)))
    yield f"- In a pattern: {top}"


def _objects(title: str, node: Schema, root: Schema) -> Iterator[str]:
    """Yield a section for an object and, once each, for the objects in it."""
    queue, done = [(title, node)], {title}
    while queue:
        title, node = queue.pop(0)
        yield f"## {title}"
        if "description" in node:
            yield str(node["description"])
        required = node.get("required", [])
        rows = []
        for key, entry in node["properties"].items():
            value = _resolve(entry, root)
            default = "required" if key in required else code_or_empty(value.get("default"))
            rows.append((code(key), _type(key, value, root), default, _meaning(value, root)))
            inner = value
            while inner and "properties" not in inner:
                inner = _held(inner, root)
            if "properties" in inner and _name(key) not in done:
                queue.append((_name(key), inner))
                done.add(_name(key))
        yield table(("Key", "Type", "Default", "Meaning"), rows)
        for key, entry in node["properties"].items():
            yield from _values(key, _resolve(entry, root), root)


def _values(key: str, node: Schema, root: Schema) -> Iterator[str]:
    """Yield what the values of a key mean, where that is told."""
    choice = node if "enumDescriptions" in node else _resolve(node.get("items") or {}, root)
    if "enumDescriptions" in choice:
        yield f"Values of {code(key)}:"
        told = zip(map(code, choice["enum"]), choice["enumDescriptions"], strict=True)
        yield table(("Value", "Meaning"), told)


def _resolve(node: Schema, root: Schema) -> Schema:
    """Follow a `$ref`; what stands beside it wins."""
    if "$ref" not in node:
        return node
    target: Schema = root
    for step in node["$ref"].removeprefix("#/").split("/"):
        target = target[step]
    return {**target, **node}


def _held(node: Schema, root: Schema) -> Schema:
    """Return the schema of what an array or an object with free keys holds."""
    return _resolve(node.get("items") or node.get("additionalProperties") or {}, root)


def _name(key: str) -> str:
    return OBJECTS[key.removeprefix("additional_")]


def _type(key: str, node: Schema, root: Schema) -> str:
    kinds = [node["type"]] if isinstance(node["type"], str) else node["type"]
    return " or ".join(_kind(kind, key, node, root) for kind in kinds)


def _kind(kind: str, key: str, node: Schema, root: Schema) -> str:
    if kind == "object" and "properties" in node:
        return f"[{_name(key).lower()}](#{anchor(_name(key))})"
    held = _held(node, root) if kind in {"array", "object"} else {}
    return f"{kind} of {_type(key, held, root)}" if "type" in held else kind


def _meaning(node: Schema, root: Schema) -> str:
    items = _resolve(node.get("items") or {}, root)
    parts = [node.get("description", "")]
    values = node.get("enum") or items.get("enum")
    if values and "enumDescriptions" not in {*node, *items}:
        parts.append(f"One of {', '.join(map(code, values))}.")
    if "examples" in node:
        parts.append(f"E.g. {', '.join(map(_example, node['examples']))}.")
    if "pattern" in node:
        parts.append(f"Must match {code(node['pattern'])}.")
    if "minimum" in node:
        parts.append(f"At least {node['minimum']}.")
    return " ".join(filter(None, parts))


def _example(value: object) -> str:
    """Return a value as the flow style of YAML writes it."""
    return code(_flow(value))


def _flow(value: object) -> str:
    if isinstance(value, dict):
        return f"{{ {', '.join(f'{key}: {_flow(item)}' for key, item in value.items())} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(_flow, value))}]"
    return str(value).lower() if isinstance(value, bool) else str(value)
