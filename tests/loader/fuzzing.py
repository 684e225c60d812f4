"""Cases for the fuzzer: each is made by its seed alone, fast enough for hundreds of thousands."""

from __future__ import annotations

import json
import re
from functools import cache
from random import Random
from typing import Any

from ace_flow.diagnostics import PatternError
from ace_flow.loader import Missing, Parent, load, read_document
from ace_flow.loader.schema import schema
from ace_flow.names import nearest
from ace_flow.workspace import shipped

TOKENS = (
    *" \n\t:-?[]{},#&*!|>'\"%@`~<=.\\",
    *("a", "name", "b: ", "- ", "  ", "\n  ", "\n- ", "\nb: ", "---\n", "...\n", "&x ", "*x"),
    *("<<: ", "!!str ", "! ", "!<x> ", "| ", ">-\n", "|2\n", "|+9\n", "? ", "? - ", ": \n", "-\t"),
    *("%YAML 1.2\n", "%TAG ! x\n", "%FOO\n", "1e999", "0x1", "-0", "1.5", "12:30", "2024-02-31"),
    *("true", "null", "no", "{a: ", "[[", "]]", "}}", '"\\u0000"', '"\\ud800"', '"\\x41', "''"),
    *("\r", "\r\n", "\u00a0", "😀", "é", "k" * 201),
)
# What no file may hold: now and then, or nothing else would be tested.
FORBIDDEN = ("\x00", "\x1b", "\x85", "\u2028", "\ufeff", "\ud800")
TOKEN_BYTES = tuple(token.encode("utf-8", "surrogatepass") for token in (*TOKENS * 12, *FORBIDDEN))

MODELS = ("Post", "Tag", "User", "PostTag", "Address", "Status", "Query", "Person", "People")
FIELDS = ("title", "id", "owner", "userId", "postId", "createdAt", "status", "and", "tag", "post")
TYPES = ("Address", "Status", "Role", "Post", "PostStatus", "String")
GROUPS = ("admins", "admin", "editors", "Editors", 'x"y')
PARENTS = tuple(f"p{number}" for number in range(12))
EXTENDS = (*PARENTS, *PARENTS, "p1@1.2.0", "p2@>=1,<2", "p3@^9", "test", "../p1", "P4", "p-5", "@")
PATHS = ("a.ts", "src/{{ model.name }}.tsx", "../x", "/etc/passwd", "backend", "a/b.tsx.j2", "{{")
WORDS = (
    *(*MODELS[:3], *FIELDS[:3], "a", "", " ", "x y", "a-b", "__x", "con", "constructor", "true"),
    *("form", "table", "dashboard", "s3", "timestream", "10:00", "2024-01-31", "$x", "#set", '"'),
    *("\u202e", "é", "[", "a+", "\\d", "(?<x>", "list", "search", "1.10", "x" * 300, "\\", "0"),
)
# Parameters whose values fit: random ones seldom do.
DECLARED: dict[str, dict[str, Any]] = {
    "word": {"type": "string", "default": "title"},
    "limit": {"type": "integer", "enum": [1, 5], "default": 5},
    "flag": {"type": "boolean"},
    "list": {"type": "array", "examples": [["Post", "Tag"]], "items": {"enum": ["Post", "Tag"]}},
}
PLACES = ("${word}", "${limit}", "${flag}", "${list}", "a ${word}${limit}", "$${", "${nope}", "${")
ODD = (None, True, False, 0, -1, 1.5, 2.0, 2**31, 10**17, -0.0, 1e99, [], {}, [[]], {"a": {}})
# What the texts at a key are taken from, by the key that holds it and by the key alone.
POOLS = {
    "models.name": MODELS,
    "additional_models.name": MODELS,
    "types.name": TYPES,
    "fields.name": FIELDS,
    "category": ("content", "commerce", "other"),
    "version": ("1.0.0", "2.1", "1.10"),
    "components.type": ("form", "list", "table", "detail", "dashboard", "kanban"),
    "components.name": ("PostForm", "TagList", "Home", "home", "PostTable"),
    "indexes.name": ("byTitle", "byUser", "x", "by-Tag"),
    "extends": EXTENDS,
    "field": FIELDS,
    "group_field": FIELDS,
    "groups": GROUPS,
    "hooks": PATHS,
    "identifier": FIELDS,
    "keys of enums": TYPES,
    "keys of fields": MODELS,
    "keys of parameters": tuple(DECLARED),
    "keys of indexes": MODELS,
    "keys of templates": PATHS,
    "model": MODELS,
    "models": MODELS,
    "owner_field": FIELDS,
    "ref": TYPES,
    "references": FIELDS,
    "services": ("dynamodb", "lambda", "s3", "timestream", "kinesis", "nope"),
    "sort_keys": FIELDS,
    "source": PATHS,
    "ttl": FIELDS,
    "values": ("low", "high", "draft", "1", "true", "low"),
}
_BARE = re.compile(r"(?!true)[A-Za-z][A-Za-z0-9_+.]*")


def raw_bytes(random: Random) -> bytes:
    """Return bytes of no meaning, or a piece of a shipped pattern with something broken."""
    if random.random() < 0.1:
        return random.randbytes(random.randrange(60))
    lines = random.choice(_shipped())
    if random.random() < 0.99:
        start = random.randrange(len(lines)) if random.random() < 0.7 else 0
        lines = lines[start : start + random.randrange(1, 25)]
    data = bytearray(b"".join(lines))
    for _ in range(random.randrange(5)):
        place = random.randrange(len(data) + 1)
        end = place + random.choice((1, 1, 2, 8, 40))
        match random.randrange(5):
            case 0:
                data[place:place] = random.choice(TOKEN_BYTES)
            case 1:
                data[place : place + 1] = bytes([random.randrange(32, 127)])
            case 2:
                del data[place:end]
            case 3:
                data[place:place] = data[place:end]
            case _:
                data[place:end] = random.choice(random.choice(_shipped()))
    return bytes(data)


def yaml_tokens(random: Random) -> bytes:
    """Return a text made of what means something in YAML."""
    start = b"name: a\n" if random.random() < 0.3 else b""
    return start + b"".join(random.choices(TOKEN_BYTES, k=random.randrange(1, 30)))


def shaped(random: Random) -> bytes:
    """Return a document made of the keys of the format, with values that mostly fit."""
    document = _value(schema(), "", _Chance(random, random.choice((0.0, 0.0, 0.003, 0.03))))
    if isinstance(document, dict) and random.random() < 0.9:
        document["name"] = "test"
    if isinstance(document, dict) and "parameters" in document:
        document = _with_places(document, random)
    text = json.dumps(document, ensure_ascii=False) if random.random() < 0.3 else _block(document)
    return text.encode("utf-8", "surrogatepass")


def _with_places(value: Any, random: Random, key: str = "") -> Any:
    """Put places of parameters in the stead of some values."""
    if key in {"parameters", "name", "extends", "version"}:
        return value
    if isinstance(value, dict):
        return {name: _with_places(inner, random, name) for name, inner in value.items()}
    if isinstance(value, list) and random.random() < 0.99:
        return [_with_places(inner, random) for inner in value]
    return random.choice(PLACES) if random.random() < 0.02 else value


KINDS = {"bytes": raw_bytes, "tokens": yaml_tokens, "shaped": shaped}


def case(kind: str, seed: int) -> bytes:
    return KINDS[kind](Random(seed))  # noqa: S311 - the same every time


def find(name: str, accepts: Any) -> Parent | Missing:
    """Return one of a dozen parents that extend each other, or what there is instead."""
    node = _parents().get(name.lower().replace("-", ""))
    if node is None:
        return Missing(nearest(name, PARENTS))
    if accepts and not accepts(node.text("version")):
        return Missing(name, (node.text("version"),))
    return Parent(name, node)


@cache
def _parents() -> dict[str, Any]:
    """Return documents that loaded without their parents, so that most children do, too."""
    found: dict[str, Any] = {}
    seed = 10**9
    while len(found) < len(PARENTS):
        seed += 1
        name = PARENTS[len(found)]
        document = _value(schema(), "", _Chance(Random(seed), 0.0))  # noqa: S311 - the same every time
        extends = document.pop("extends", ())
        document.pop("remove", None)
        document |= {"name": name, "version": f"1.{seed % 3}.0"}
        node = read_document(f"{name}.yml", json.dumps(document).encode())
        try:
            load(node, find)
        except PatternError:
            continue
        if extends and seed % 2:
            document["extends"] = extends
        found[name] = read_document(f"{name}.yml", json.dumps(document).encode())
    return found


@cache
def _shipped() -> list[list[bytes]]:
    files = sorted(shipped("patterns").rglob("*.yml"))
    return [file.read_bytes().splitlines(keepends=True) for file in files]


class _Chance:
    """Randomness, and how often a value is none that the schema wants."""

    def __init__(self, random: Random, wrong: float) -> None:
        self.random = random.random
        self.choice = random.choice
        self.wrong = wrong


def _value(rules: dict[str, Any], where: str, chance: _Chance) -> Any:
    if chance.wrong and chance.random() < chance.wrong:
        return chance.choice(ODD) if chance.random() < 0.5 else chance.choice(WORDS)
    if "$ref" in rules:
        rules = schema()["$defs"][rules["$ref"].rpartition("/")[2]]
    if "enum" in rules:
        return chance.choice(rules["enum"])
    kinds = rules.get("type", "string")
    kind = kinds if isinstance(kinds, str) else chance.choice(kinds)
    match kind:
        case "object":
            return _mapping(rules, where, chance)
        case "array":
            size = int(chance.random() ** 2 * (5 if where.endswith(("models", "fields")) else 3))
            least = rules.get("minItems", 0)
            items = rules.get("items", {})
            listed = [_value(items, where, chance) for _ in range(max(size, least))]
            return listed if chance.wrong else _distinct(listed)
        case "string":
            pool = POOLS.get(where) or POOLS.get(where.rpartition(".")[2]) or WORDS
            text = chance.choice(pool if chance.random() < 0.97 else WORDS)
            return text if text or "minLength" not in rules else "x"
        case "boolean":
            return chance.random() < 0.4
        case "null":
            return None
    return chance.choice((1, 2, 5, 1.5, 0) if kind == "number" else (1, 2, 300))


def _distinct(listed: list[Any]) -> list[Any]:
    """Leave out what is in a list of names, or of things with names, a second time."""
    found = {
        str(item.get("name", item) if isinstance(item, dict) else item): item for item in listed
    }
    return list(found.values())


def _mapping(rules: dict[str, Any], where: str, chance: _Chance) -> dict[str, Any]:
    holder = where.rpartition(".")[2]
    more = rules.get("additionalProperties")
    if holder == "parameters" and chance.random() < 0.9:
        return {name: keys for name, keys in DECLARED.items() if chance.random() < 0.9}
    if isinstance(more, dict):
        keys = POOLS.get(f"keys of {holder}", WORDS)
        return {chance.choice(keys): _value(more, holder, chance) for _ in range(2)}
    needed = rules.get("required", ())
    likely = 0.75 if holder in {"", "schema"} else 0.25
    made = {}
    for key, inner in rules.get("properties", {}).items():
        usual = 0.9 if key in {"models", "schema", "type", "fields", "model", "ref"} else likely
        usual = {"extends": 0.4, "parameters": 0.2, "remove": 0.15}.get(key, usual)
        if key in needed or chance.random() < usual:
            made[key] = _value(inner, f"{holder}.{key}", chance)
    if "schema" in made and chance.random() < 0.95:
        made.pop("models", None)
    if chance.wrong and chance.random() < chance.wrong:
        made[chance.choice((*WORDS, "x-note", *needed))] = chance.choice(ODD)
    return made


def _block(value: Any, indent: str = "\n") -> str:
    """Return a value as YAML in block style."""
    inner = f"{indent}  "
    if isinstance(value, dict) and value:
        return "".join(
            f"{indent}{_scalar(key)}: {_block(item, inner)}" for key, item in value.items()
        )
    if isinstance(value, list) and value:
        return "".join(f"{indent}- {_block(item, inner)}" for item in value)
    return _scalar(value)


def _scalar(value: Any) -> str:
    if isinstance(value, str) and _BARE.fullmatch(value):
        return value
    return json.dumps(value, ensure_ascii=False)
