"""Hostile texts, wherever the format takes one: refused, or a string in the SDL and no more.

How they fare in the generated TypeScript is tested with the generator, which rules do not guard
there; here they go the whole way, from YAML to what Amplify compiles.
"""

from __future__ import annotations

from copy import deepcopy

import pytest
from graphql import parse
from graphql.language import ast
from judging import checked

pytestmark = [pytest.mark.toolchain, pytest.mark.xdist_group("differential")]

HARMLESS = "harmless"
TEXTS = (
    *("'", '"', '""', '"""', "\\", "\\\\", '\\"', "\n", "\r\n", "\t", "\u2028", "\u2029", "\x85"),
    *("`", "${x}", "$x", "$!x", "$ctx.identity.sub", "$util.error()", "#set($x = 1)", "#end", "##"),
    *(
        "*/",
        "//",
        "/* x",
        "--",
        "<!--",
        "]]>",
        "</script>",
        "<b>",
        "&amp;",
        "&#x27;",
        "%00",
        "\u202e",
    ),
    *(
        "{{ x }}",
        "{% x %}",
        "{# x #}",
        "{",
        "}",
        "(",
        ")",
        "[",
        "]",
        "@",
        "@auth",
        "!",
        "?",
        "|",
        ";",
    ),
    *('" }) { x }', '") @model', '", allow: public, x: "', 'x") @aws_api_key #', "a b", "😀", "é"),
    *(
        "漢字",
        "\ufeff",
        "\ue000",
        "__proto__",
        "constructor",
        "true",
        "null",
        "Query",
        "0",
        "-1",
        "x:y",
    ),
    *("../../x", "C:\\x", "con", "..", "CON.ts", "\u0130", "ﬀ", "x" * 300, "#ffcc00", "$5", "it's"),
)
PATTERN = {
    "name": "test",
    "display_name": HARMLESS,
    "version": "1.0.0",
    "description": HARMLESS,
    "category": HARMLESS,
    "estimated_time": HARMLESS,
    "tags": [HARMLESS],
    "x-note": HARMLESS,
    "schema": {
        "enums": {"State": [HARMLESS]},
        "types": [
            {"name": "Part", "description": HARMLESS, "fields": [{"name": "x", "type": "id"}]}
        ],
        "models": [
            {
                "name": "Order",
                "description": HARMLESS,
                "x-note": HARMLESS,
                "fields": [
                    {"name": "title", "type": "string", "default": HARMLESS, "x-note": HARMLESS},
                    {"name": "code", "type": "id", "default": HARMLESS},
                    {"name": "data", "type": "json", "default": [1]},
                    {"name": "word", "type": "string", "pattern": HARMLESS},
                    {"name": "note", "type": "string", "description": HARMLESS},
                    {"name": "kind", "type": "enum", "values": [HARMLESS]},
                    {"name": "part", "type": "ref", "ref": "Part"},
                    {"name": "up", "type": "belongsTo", "model": "Order", "description": HARMLESS},
                ],
                "indexes": [{"field": "title", "name": HARMLESS, "query_field": HARMLESS}],
                "authorization": [
                    {"allow": "owner", "owner_field": HARMLESS, "identity_claim": HARMLESS},
                    {"allow": "groups", "groups": [HARMLESS], "group_claim": HARMLESS},
                    {"allow": "groups", "group_field": f"{HARMLESS}2"},
                ],
            }
        ],
    },
    "components": [
        {"name": "OrderTable", "type": "table", "purpose": HARMLESS, "x-note": HARMLESS}
    ],
}


def places(value, path=()):
    """Yield the paths of all harmless texts."""
    if isinstance(value, dict | list):
        for key, item in value.items() if isinstance(value, dict) else enumerate(value):
            yield from places(item, (*path, key))
    elif isinstance(value, str) and value.startswith(HARMLESS):
        yield path


def put(path, text):
    document = deepcopy(PATTERN)
    holder = document
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = text
    return document


def at(path):
    value = PATTERN
    for key in path:
        value = value[key]
    return value


def tree(node):
    """Return a syntax tree as nested lists, its leaves as texts."""
    if isinstance(node, ast.Node):
        return [
            type(node).__name__,
            *(tree(getattr(node, key)) for key in node.keys if key != "loc"),
        ]
    return [tree(item) for item in node] if isinstance(node, list | tuple) else str(node)


def differences(one, other):
    if isinstance(one, str) or isinstance(other, str):
        if one != other:
            yield one, other
        return
    assert len(one) == len(other)
    for left, right in zip(one, other, strict=True):
        yield from differences(left, right)


PLACES = [pytest.param(path, id=".".join(map(str, path))) for path in places(PATTERN)]


@pytest.fixture(scope="module")
def harmless(amplify):
    case = checked("harmless", PATTERN)
    assert not case.findings
    return tree(parse(amplify(case.resource).sdl))


@pytest.mark.parametrize("path", PLACES)
def test_a_hostile_text_is_refused_or_one_string_of_the_sdl(path, harmless, amplify):
    found = set()
    replaced = at(path)
    for text in TEXTS:
        case = checked(f"{path}: {text!r}", put(path, text))
        if case.findings:
            continue
        verdict = amplify(case.resource)
        assert verdict.accepted, str(case._replace(verdict=verdict))
        changed = set(differences(tree(parse(verdict.sdl)), harmless))
        # A few names are derived: what is called like a text is called like it everywhere.
        assert len(changed) <= 1, str(case)
        assert changed <= {(text, replaced)}, str(case)
        found |= changed
    # The places that go into the SDL take some of the texts.
    reaches = {"default", "pattern", "groups", "group_claim", "identity_claim"}
    assert bool(found) or not reaches & {str(key) for key in path}


def test_every_text_is_tried_where_texts_are_free():
    case = checked("description", put(("description",), 'a "quoted" text'))
    assert not case.findings
