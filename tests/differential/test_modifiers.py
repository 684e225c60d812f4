"""Which key each type of field takes: a table, held against ace and against Amplify."""

from __future__ import annotations

import pytest
from documents import DEFAULTS, SCALARS
from judging import checked
from probes import TEXT, belongs, field, has, one

KINDS: dict[str, dict[str, object]] = {
    **{kind: {"type": kind} for kind in SCALARS},
    "enum": {"type": "enum", "values": ["a", "b"]},
    "ref to an enum": {"type": "ref", "ref": "E"},
    "ref to a type": {"type": "ref", "ref": "C"},
}
RELATIONS = {
    "belongsTo": belongs("up", to="M"),
    "hasMany": has("hasMany", "up", to="M"),
    "hasOne": has("hasOne", "up", to="M"),
}
KEYS: dict[str, dict[str, object]] = {
    "plain": {},
    "required": {"required": True},
    "array": {"array": True},
    "required array": {"required": True, "array": True},
    "default": {"default": None},
    "required default": {"required": True, "default": None},
    "array default": {"array": True, "default": None},
    "authorization": {"authorization": [{"allow": "public_api_key"}]},
    "min": {"min": 0},
    "max": {"max": 9},
    "min_length": {"min_length": 1},
    "max_length": {"max_length": 9},
    "pattern": {"pattern": "a+"},
    "array min": {"array": True, "min": 0},
    "array max_length": {"array": True, "max_length": 9},
}
PLACES = ("part", "part default", "identifier", "optional identifier", "index", "sort key")

EVERYWHERE = {"plain", "required", "array", "required array", "authorization", "part"}
DEFAULT = {"default", "required default"}
INDEXED = {"index", "sort key"}
TAKEN = {
    **dict.fromkeys(SCALARS, EVERYWHERE | DEFAULT | INDEXED | {"identifier"}),
    "boolean": EVERYWHERE | DEFAULT,
    "json": EVERYWHERE | DEFAULT,
    # Ace gives the first to the forms, and makes a named enum where Amplify takes no inline one.
    "enum": EVERYWHERE | DEFAULT | INDEXED,
    "ref to an enum": EVERYWHERE | DEFAULT | INDEXED,
    "ref to a type": EVERYWHERE,
    "belongsTo": {"plain", "required"},
    "hasMany": {"plain"},
    "hasOne": {"plain"},
}
for number in ("integer", "float"):
    TAKEN[number] = TAKEN[number] | {"min", "max"}
TAKEN["string"] = TAKEN["string"] | {"min_length", "max_length", "pattern"}
TAKEN["id"] = TAKEN["id"] | {"optional identifier"}

# DynamoDB keeps no such keys. Amplify's types say so, its compiler does not.
STRICTER = {("json", place) for place in ("identifier", "index", "sort key")}


def is_said(kind: str, key: str) -> bool:
    """Tell whether the schema changes with the key, or nobody but ace would ever know of it."""
    if kind in RELATIONS:
        return key == "plain" or (kind, key) == ("belongsTo", "required")
    return kind != "enum" or key not in {
        "min",
        "max",
        "min_length",
        "max_length",
        "pattern",
        "part default",
    }


def document(kind: str, key: str):
    """Return the smallest pattern that has the key, or the place, at a field of the kind."""
    extra: dict[str, object] = {}
    fields = []
    more = dict(KEYS.get(key, {}))
    if "default" in more:
        more["default"] = DEFAULTS[kind][-1] if kind in DEFAULTS else "a"
    if kind in RELATIONS:
        made = RELATIONS[kind] | more
        fields = [field("up", "id", required="required" in more), made]
        fields += [has("hasMany", "up", to="M")] if kind == "belongsTo" else []
        fields += [belongs("up", to="M")] if kind != "belongsTo" else []
    else:
        made = {"name": "f", **KINDS[kind], **more}
        fields = [made]
    if key.endswith("identifier"):
        extra = {"identifier": ["f"]}
        made["required"] = key == "identifier"
    elif key == "index":
        extra = {"indexes": [{"field": "f"}]}
    elif key == "sort key":
        extra = {"indexes": [{"field": TEXT["name"], "sort_keys": ["f"]}]}
    types = [{"name": "C", "fields": [field("x")]}]
    if key.startswith("part"):
        part = dict(made)
        if key == "part default":
            part["default"] = DEFAULTS[kind][-1] if kind in DEFAULTS else "a"
        types.append({"name": "D", "fields": [part]})
        fields = [field("d", "ref", ref="D")]
    pattern = one(*fields, **extra)
    pattern["schema"] |= {"enums": {"E": ["a", "b"]}, "types": types}
    return pattern


TABLE = [
    pytest.param(kind, key, id=f"{kind}-{key}")
    for kind in TAKEN
    for key in (*KEYS, *PLACES)
    if not (kind in RELATIONS and key in PLACES)
]


@pytest.mark.parametrize(("kind", "key"), TABLE)
def test_ace_takes_what_the_table_says(kind, key):
    case = checked(f"{kind}, {key}", document(kind, key))
    assert bool(case.findings) != (key in TAKEN[kind]), str(case)


@pytest.mark.toolchain
@pytest.mark.xdist_group("differential")
def test_amplify_takes_what_the_table_says(amplify):
    differ = []
    for param in TABLE:
        kind, key = param.values
        case = checked(f"{kind}, {key}", document(kind, key))
        if not is_said(kind, key) or case.resource is None:
            assert key not in TAKEN[kind]
            continue
        verdict = amplify(case.resource)
        if verdict.accepted != (key in TAKEN[kind] or (kind, key) in STRICTER):
            differ.append((kind, key, verdict))
    assert differ == []
