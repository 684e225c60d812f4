"""For each code: patterns that have the finding and, beside each, what is so near and right.

A case is `code: [(wrong, right), …]`. Texts are whole patterns, or the fields of a model when they
begin with `{`, or what follows `name: test` otherwise; one that says nothing of models gets one.
`right` must not give the code.
"""

from __future__ import annotations

import re
from textwrap import dedent

FILES = {"parent.yml": "name: parent\nmodels: [{name: A, fields: [{name: x, type: string}]}]\n"}
FILES |= {f"far{n}.yml": f"name: far{n}\nextends: far{n + 1}\n" for n in range(70)}
FILES |= {"far70.yml": "name: far70\nextends: parent\n"}
FILES |= {
    "low.yml": "name: low\nextends: parent\ncomplexity: low\n"
    "models: [{name: A, fields: [{name: y, type: string}]}]\n",
    "versioned.yml": "name: versioned\nversion: 1.0.0\ntags: [u]\nextends: parent\n",
}
FILES |= {
    "asking.yml": "name: asking\nparameters: {word: {type: string, default: x}}\nextends: parent\n"
}
FILES |= {"high.yml": "name: high\ncomplexity: high\n", "ring.yml": "name: ring\nextends: test\n"}


def pattern(text: str) -> str:
    """Return a case's text as a whole pattern."""
    if text.startswith("{"):
        return f"name: test\nmodels:\n- name: Item\n  fields: [{text}]\n"
    text = dedent(text).lstrip("\n")
    if text.startswith("- "):
        return text
    if not re.search("models|components|extends", text):
        text = f"{text.rstrip()}\nmodels: [{{name: Only, fields: [{{name: x, type: id}}]}}]\n"
    return text if text.startswith(("name:", "---")) else f"name: test\n{text}"


def model(text: str) -> str:
    return f"models:\n- name: Item\n  fields: [{{name: x, type: string}}]\n  {text}\n"


def rules(text: str, fields: str = "{name: x, type: string}") -> str:
    return f"models: [{{name: Item, fields: [{fields}], authorization: [{text}]}}]"


def audience(people: str, rule: str) -> str:
    return f"{rules(rule)}\ncomponents: [{{name: P, type: list, audience: [{people}]}}]\n"


def own(kind: str, rule: str) -> str:
    return f"{rules(rule)}\ncomponents: [{{name: P, type: {kind}, own: true}}]\n"


def default(kind: str, wrong: str, right: str) -> tuple[str, str]:
    return tuple(f"{{name: x, type: {kind}, default: {value}}}" for value in (wrong, right))  # type: ignore[return-value]


def models(*names: str) -> str:
    listed = ", ".join(f"{{name: {name}, fields: [{{name: x, type: string}}]}}" for name in names)
    return f"models: [{listed}]"


def ring(count: int, each: int) -> str:
    """Return models of which each belongs to the next ones: twice as many relations a model."""
    listed = (
        f"{{name: M{n}, fields: ["
        + ", ".join(
            f"{{name: to{step}, type: belongsTo, model: M{(n + step) % count}}}"
            for step in range(1, each + 1)
        )
        + "]}"
        for n in range(count)
    )
    return f"models: [{', '.join(listed)}]"


def pairs(count: int) -> str:
    """Return models that come in pairs, with a relation in each."""
    listed = (
        f"{{name: M{n}x, fields: [{{name: x, type: id}}]}}, "
        f"{{name: N{n}x, fields: [{{name: x, type: belongsTo, model: M{n}x}}]}}"
        for n in range(count)
    )
    return f"models: [{', '.join(listed)}]"


def indexes(count: int) -> str:
    fields = ", ".join(f"{{name: f{n}, type: string}}" for n in range(count))
    keys = ", ".join(f"{{field: f{n}}}" for n in range(count))
    owner = "{name: user, type: belongsTo, model: Item}"
    return f"models: [{{name: Item, fields: [{fields}, {owner}], indexes: [{keys}]}}]"


def keyed(rule: str) -> str:
    """Return a pattern with an identifier of two fields."""
    return (
        "models: [{name: Item, identifier: [a, b], fields: [{name: a, type: string, required: true}"
        f", {{name: b, type: string, required: true}}], authorization: [{rule}]}}]"
    )


def closed(more: str, people: str) -> str:
    """Return a model for some people with a required field for its owner and perhaps more."""
    field = f"{{name: x, type: id, required: true, authorization: [{{allow: owner}}{more}]}}"
    return rules(people, f"{field}, {{name: y, type: id}}")


def family(of_parent: str, of_kid: str) -> str:
    """Return two models with fields that begin with their names."""
    return (
        f"models:\n- {{name: Parent, fields: [{{name: {of_parent}}}]}}\n"
        f"- {{name: Kid, fields: [{{name: {of_kid}}}]}}\n"
    )


def filtered(many: str, array: str, disabled: str) -> str:
    """Return a model with an enum that another model has."""
    return (
        f"models: [{{name: A, fields: [{{name: bs, type: {many}, model: B}}]}}, {{name: B, fields: "
        f"[{{name: s, type: enum, values: [a]{array}}}], disable_operations: [{disabled}]}}]"
    )


def operation(text: str, more: str = "", kind: str = "queries") -> str:
    """Return a model with one operation; `more` is added to the schema."""
    return (
        f"schema:\n  models: [{{name: Item, fields: [{{name: x, type: string}}]}}]\n"
        f"  {kind}: [{{name: find, {text}}}]\n" + (f"  {more}\n" if more else "")
    )


def maker(
    text: str = "returns: Item",
    arguments: str = "{name: x, type: string}",
    allow: str = "owner, operations: [read]",
    more: str = "",
) -> str:
    """Return a mutation that creates the records of a model with fields of several types."""
    fields = (
        "{name: x, type: string}, {name: n, type: integer}, {name: all, type: string, array: true},"
        " {name: state, type: enum, values: [new, done]}"
    )
    return (
        f"schema:\n  enums: {{State: [done, new], Other: [new]}}\n"
        f"  models: [{{name: Item, fields: [{fields}], "
        f"authorization: [{{allow: {allow}}}]{more}}}]\n"
        f"  mutations: [{{name: make, {text}, handler: function, arguments: [{arguments}], "
        f"authorization: [{{allow: authenticated}}], creates: Item}}]\n"
        "components: [{name: ItemForm, type: form, models: [Item]}]\n"
    )


def searched(other: str) -> str:
    """Return a model that a service searches, beside another one."""
    return models("Item", other) + SEARCH.replace("search}", "search, models: [Item]}")


def called(text: str) -> str:
    """Return a query with whatever else it has."""
    return operation(f"returns: Item, handler: function, {CALLERS}, {text}")


def callers(text: str, handler: str = "function") -> str:
    return operation(f"returns: Item, handler: {handler}, authorization: [{text}]")


def told(text: str) -> str:
    """Return a subscription beside a mutation."""
    mutation = f"{{name: act, returns: Item, handler: function, {CALLERS}}}"
    return operation(f"{CALLERS}, {text}", f"mutations: [{mutation}]", "subscriptions")


def found(arguments: str = "", more: str = "array: true", page: str = "query: mine") -> str:
    """Return a feed of what a query gives."""
    component = page if "type:" in page else f"type: feed, {page}"
    return (
        "schema:\n  models:\n"
        "  - {name: Item, fields: [{name: text, type: string}]}\n"
        "  - {name: Other, fields: [{name: text, type: string}]}\n"
        f"  queries: [{{name: mine, returns: Item, handler: function, arguments: [{arguments}], "
        f"authorization: [{{allow: authenticated}}], {more}}}]\n"
        f"components: [{{name: News, models: [Item], {component}}}]\n"
    ).replace("arguments: [], ", "")


KEY = "{name: itemId, type: id, required: true}"


def button(
    text: str, arguments: str = "{name: itemId, type: id}", who: str = "authenticated"
) -> str:
    """Return a mutation with a button on a model that has fields of several types."""
    fields = (
        "{name: x, type: string}, {name: on, type: boolean}, {name: n, type: integer}, "
        "{name: state, type: enum, values: [new, done]}, {name: all, type: string, array: true}"
    )
    return (
        f"schema:\n  models: [{{name: Item, fields: [{fields}]}}]\n"
        f"  mutations: [{{name: act, returns: Item, handler: function, arguments: [{arguments}], "
        f"authorization: [{{allow: {who}}}], button: {{{text}}}}}]\n"
    )


def ai(text: str, kind: str = "conversations") -> str:
    return operation(f"system_prompt: Help., {text}", "", kind)


def function(text: str, name: str = "work") -> str:
    return f"functions: [{{name: {name}, schedule: every day, {text}}}]"


def worker(text: str) -> str:
    return f"services: [lambda, sqs]\nfunctions: [{{name: worker, {text}}}]"


def files(paths: str) -> str:
    return f"storage: {{paths: {{{paths}}}}}"


def rule(text: str, path: str = "a/*") -> str:
    return files(f"'{path}': [{text}]")


CALLERS = "authorization: [{allow: authenticated}]"
READ = "[{allow: authenticated, operations: [read]}]"
MODEL = "ai_model: Claude Sonnet 4.5"
ITEM = models("Item")
STATE = "{name: s, type: enum, values: [a, b]"
DETAIL = "components: [{name: ItemDetail, type: detail}]\n"

SEARCH = "\nservices: [opensearch]\ncomponents: [{name: Find, type: search}]\n"

CASES: dict[str, list[tuple[str, str]]] = {
    "ACE001": [("name: [a\n", "name: a\n")],
    "ACE002": [("- a\n", "name: a\n")],
    "ACE003": [("name: a\ntags: []\ntags: []\n", "name: a\ntags: []\n")],
    "ACE004": [("name: a\ntags: &x [b]\nx-y: *x\n", "name: a\ntags: [b]\nx-y: [b]\n")],
    "ACE005": [("name: !!str a\n", "name: a\n")],
    "ACE006": [("name: a\n1: b\n", 'name: a\n"x-1": b\n')],
    "ACE007": [(f"name: a\nx-a: {'[' * 50}{']' * 50}\n", f"name: a\nx-a: {'[' * 9}{']' * 9}\n")],
    "ACE008": [("name: a\x07\n", "name: a\n")],
    "ACE009": [("name: a\n---\nname: b\n", f"---\nname: a\n{models('Item')}\n...\n")],
    "ACE010": [
        ("servces: []", "services: []"),
        *(
            (f"templates: {{{wrong}: a.ts}}", f"templates: {{{right}: a.ts}}")
            for wrong, right in (
                ("frontnd", "frontend"),
                ("Deployment", "deployment"),
                ("back-end", "src/back-end"),
                ("front", "front.ts"),
                ("deploy", "Dockerfile"),
            )
        ),
    ],
    "ACE011": [("services: s3", "services: [s3]")],
    "ACE012": [
        ("models: [{fields: []}]", ITEM),
        ("{name: x}", "{name: x, type: string}"),
        (
            f"{ITEM}\ncomponents: [{{name: Page}}]",
            f"{ITEM}\ncomponents: [{{name: Page, type: list}}]",
        ),
    ],
    "ACE013": [
        ("complexity: hgh", "complexity: medium-high"),
        (rules(""), rules("{allow: owner}")),
        ("{name: x, type: id, authorization: []}", "{name: x, type: id}"),
        (
            f"schema:\n  authorization: []\n  {ITEM}",
            f"schema:\n  authorization: [{{allow: owner}}]\n  {ITEM}",
        ),
    ],
    "ACE014": [(f"{ITEM}\nschema: {{models: []}}", f"{ITEM}\nschema: {{enums: {{E: [a]}}}}")],
    "ACE015": [
        (models("Item", "Item"), models("Item", "Order")),
        ("{name: x, type: id}, {name: x, type: id}", "{name: x, type: id}, {name: X, type: id}"),
    ],
    "ACE016": [("workflows: []", "x-workflows: []")],
    "ACE020": [("extends: parnt", "extends: parent")],
    "ACE021": [("extends: ring", "extends: parent")],
    "ACE022": [("extends: far0", "extends: far40")],
    "ACE023": [
        ("extends: parent\nadditional_models: [{name: A}]", "extends: parent\nmodels: [{name: A}]")
    ],
    "ACE024": [("extends: [low, high]", "extends: [low, high]\ncomplexity: low")],
    "ACE025": [
        ("extends: ../parent.yml", "extends: parent"),
        ("extends: parent@newest", "extends: versioned@1"),
    ],
    "ACE026": [
        ("extends: versioned@>=2", "extends: versioned@>=1"),
        ("extends: parent@1", "extends: parent"),
    ],
    "ACE027": [
        ("extends: parent\nremove: {models: [B]}", "extends: parent\nremove: {models: [A]}"),
        ("extends: parent\nremove: {fields: {A: [y]}}", "extends: low\nremove: {fields: {A: [y]}}"),
        (
            "extends: parent\ntags: [t]\nremove: {tags: [t]}",
            "extends: versioned\ntags: [t]\nremove: {tags: [u]}",
        ),
    ],
    "ACE030": [
        (
            "parameters: {a: {type: string, default: x}}\ndescription: ${b}",
            "parameters: {a: {type: string, default: x}}\ndescription: ${a}",
        ),
        (
            "parameters: {a: {type: string, default: x}}\ndescription: ${a",
            "parameters: {a: {type: string, default: x}}\ndescription: $${a",
        ),
        (
            'parameters: {a: {type: string, default: x}}\ntemplates: {src/a.ts: "${a}"}',
            'parameters: {a: {type: string, default: x}}\ntags: ["${a}"]',
        ),
        ("extends: asking\ndescription: ${wordz}", "extends: asking\ndescription: ${word}"),
    ],
    "ACE031": [
        (
            "parameters: {p: {type: string, default: a, maximum: 3}}",
            "parameters: {p: {type: string, default: a, maxLength: 3}}",
        ),
        (
            "parameters: {p: {type: integer, default: 3, minimum: 4, maximum: 2}}",
            "parameters: {p: {type: integer, default: 3, minimum: 2, maximum: 4}}",
        ),
        (
            'parameters: {p: {type: string, default: a, pattern: "(?=a)"}}',
            "parameters: {p: {type: string, default: a, pattern: ^a$}}",
        ),
        (
            "parameters: {p: {type: array, default: [a], enum: [a]}}",
            "parameters: {p: {type: array, default: [a], items: {enum: [a]}}}",
        ),
        (
            "parameters: {p: {type: array, default: [1], items: {type: integer, pattern: a}}}",
            "parameters: {p: {type: array, default: [1], items: {type: integer, minimum: 1}}}",
        ),
        (
            "parameters: {1a: {type: string, default: a}}",
            "parameters: {a1: {type: string, default: a}}",
        ),
    ],
    "ACE032": [
        (
            "parameters: {p: {type: string, default: 5}}",
            'parameters: {p: {type: string, default: "5"}}',
        ),
        (
            "parameters: {p: {type: integer, default: 1.5}}",
            "parameters: {p: {type: integer, default: 2.0}}",
        ),
        (
            "parameters: {p: {type: boolean, default: yes}}",
            "parameters: {p: {type: boolean, default: true}}",
        ),
        (
            "parameters: {p: {type: string, default: c, enum: [a, b]}}",
            "parameters: {p: {type: string, default: b, enum: [a, b]}}",
        ),
        (
            "parameters: {p: {type: integer, enum: [0, 1], default: 2}}",
            "parameters: {p: {type: integer, enum: [0, 1], default: 1}}",
        ),
        (
            "parameters: {p: {type: boolean, enum: [0]}}",
            "parameters: {p: {type: boolean, enum: [false]}}",
        ),
        (
            "parameters: {p: {type: number, default: 1, minimum: 2}}",
            "parameters: {p: {type: number, default: 2, minimum: 2}}",
        ),
        (
            "parameters: {p: {type: number, default: 3, maximum: 2}}",
            "parameters: {p: {type: number, default: 2, maximum: 2}}",
        ),
        (
            "parameters: {p: {type: string, examples: [abc], maxLength: 2}}",
            "parameters: {p: {type: string, examples: [ab], maxLength: 2}}",
        ),
        (
            "parameters: {p: {type: string, examples: [a], minLength: 2}}",
            "parameters: {p: {type: string, examples: [ab], minLength: 2}}",
        ),
        (
            'parameters: {p: {type: string, default: aB, pattern: "^[a-z]+$"}}',
            'parameters: {p: {type: string, default: ab, pattern: "^[a-z]+$"}}',
        ),
        (
            "parameters: {p: {type: array, default: a}}",
            "parameters: {p: {type: array, default: [a]}}",
        ),
        (
            "parameters: {p: {type: array, default: [a, 1]}}",
            'parameters: {p: {type: array, default: [a, "1"]}}',
        ),
        (
            "parameters: {p: {type: array, default: [a], minItems: 2}}",
            "parameters: {p: {type: array, default: [a, b], minItems: 2}}",
        ),
        (
            "parameters: {p: {type: array, default: [a, b], maxItems: 1}}",
            "parameters: {p: {type: array, default: [a], maxItems: 1}}",
        ),
        (
            "parameters: {p: {type: array, default: [7], items: {type: integer, maximum: 6}}}",
            "parameters: {p: {type: array, default: [6], items: {type: integer, maximum: 6}}}",
        ),
    ],
    "ACE033": [
        ("parameters: {p: {type: string}}", "parameters: {p: {type: string, examples: [a]}}"),
        ("parameters: {p: {type: array}}", "parameters: {p: {type: array, default: []}}"),
        ("parameters: {p: {type: integer}}", "parameters: {p: {type: integer, enum: [3]}}"),
        ("parameters: {p: {type: number}}", "parameters: {p: {type: number, default: 3}}"),
        ("parameters: {p: {type: array}}", "parameters: {p: {type: array, examples: [[a]]}}"),
        ("parameters: {p: {type: string}}", "parameters: {p: {type: boolean}}"),
    ],
    "ACE101": [
        ("{name: x, type: strng}", "{name: x, type: string}"),
        (
            "schema: {types: [{name: T, fields: [{name: x, type: belongsTo, model: T}]}]}",
            "schema: {types: [{name: T, fields: [{name: x, type: string}]}]}",
        ),
    ],
    "ACE102": [
        ("{name: s, type: enum}", f"{STATE}}}"),
        ("{name: s, type: enum, values: [a, a]}", f"{STATE}}}"),
        ("{name: s, type: enum, values: [in-progress]}", "{name: s, type: enum, values: [in_p]}"),
        ("{name: s, type: enum, values: ['1st']}", "{name: s, type: enum, values: [first1]}"),
        ("{name: s, type: enum, values: [__a]}", "{name: s, type: enum, values: [_a]}"),
        ("{name: s, type: enum, values: ['true']}", "{name: s, type: enum, values: [no, on]}"),
        ("{name: s, type: enum, values: [''], required: true}", f"{STATE}, required: true}}"),
        ("schema: {enums: {E: [null_, 'null']}}", "schema: {enums: {E: [null_, nil]}}"),
    ],
    "ACE103": [
        ("{name: x, type: ref, ref: S}", "schema: {enums: {S: [a]}}"),
        ("{name: x, type: ref}", "schema: {types: [{name: T, fields: [{name: x, type: id}]}]}"),
    ],
    "ACE104": [
        default("integer", "1.5", "-3"),
        default("json", f"'{'[' * 5_000}'", "'[]'"),
        default("integer", "true", "0"),
        default("integer", "2147483648", "2147483647"),
        default("integer", "-2147483649", "-2147483648"),
        default("integer", "7.5", "7.0"),
        default("timestamp", "9007199254740992", "4102444800"),
        default("time", "'10:00:00+25:00'", "'10:00:00+01:00'"),
        default("datetime", "2026-01-31T12:00:00+24:00", "2026-01-31T12:00:00.123456789-14:00"),
        default("email", "é@example.com", "o'neil+x@example.com"),
        default("email", "me@a_b.com", "me@localhost"),
        default("phone", "'+99999999'", "'+14155552671'"),
        default("phone", "'+1234567890123456'", "'+4930901820'"),
        default("json", "NaN", "'null'"),
        *(
            default("url", f"'http://{wrong}'", f"'http://{right}'")
            for wrong, right in (
                ("256.0.0.1", "10.0.0.1"),
                ("a:99999", "a:65535"),
                ("a^b", "a-b"),
                ("[::g]", "[::1]"),
                ("a..b", "a.b."),
                ("-", "é.example"),
            )
        ),
        default("integer", "+x", "7"),
        default("float", "a", "1.5"),
        default("float", "true", "3"),
        default("boolean", "yes", "true"),
        default("boolean", "1", "false"),
        default("string", "1.10", "'1.10'"),
        default("id", "1", "'1'"),
        default("date", "2026-02-30", "2026-02-28"),
        default("date", "20260131", "2026-01-31"),
        default("time", "'10:00:00'", "'10:00:00Z'"),
        default("datetime", "2026-01-31", "2026-01-31T12:00:00Z"),
        default("datetime", "2026-01-31T12:00:00", "2026-01-31T12:00:00.5+01:00"),
        default("timestamp", "soon", "1700000000"),
        default("email", "me", "me@example.com"),
        default("phone", "+442071838750", "'+442071838750'"),
        default("phone", "'020 7183'", "'+442071838750'"),
        default("url", "example.com", "https://example.com/a?b=c&d=%20"),
        default("url", "'javascript:x'", "'http://localhost:3000'"),
        default("ipAddress", "'300.0.0.1'", "'2001:db8::1'"),
        default("json", "abc", "'[1, 2]'"),
        default("json", "{a: 1}", "[1, 2]"),
        (f"{STATE}, default: c}}", f"{STATE}, default: b}}"),
        (f"{STATE}, required: true, default: c}}", f"{STATE}, required: true, default: b}}"),
        (
            "{name: x, type: integer, min: 1, default: 0}",
            "{name: x, type: integer, min: 0, default: 0}",
        ),
        (
            "{name: x, type: float, max: 1, default: 1.5}",
            "{name: x, type: float, max: 1.5, default: 1.5}",
        ),
        (
            "{name: x, type: string, min_length: 3, default: ab}",
            "{name: x, type: string, min_length: 2, default: ab}",
        ),
        (
            "{name: x, type: string, max_length: 1, default: ab}",
            "{name: x, type: string, max_length: 2, default: ab}",
        ),
        *(
            tuple(
                f"{{name: x, type: string, pattern: '{regex}', default: '{text}'}}"
                for text in (wrong, right)
            )
            for regex, wrong, right in (
                ("[0-9]+", "abc", "a1"),
                ("^[0-9]+$", "a1", "1"),
                ("[0-9]+", "", "1"),
                ("^[A-Z]{2}(-[a-z]{1,3})?$", "AB-", "AB-x"),
                ("^(red|green)$", "blue", "green"),
                ("^(?:a|b.)$", "b", "bc"),
                ("^[^a-z ]*$", "a", "Ü"),
            )
        ),
        *(
            (
                "{name: x, type: string, pattern: '[0-9]', default: abc}",
                f"{{name: x, type: string, pattern: '{unsure}', default: '{text}'}}",
            )
            for unsure, text in (
                ("^a++$", "b"),
                ("^[[b]]$", "a"),
                ("^[]b]$", "a"),
                ("^(a+)+$", f"{'a' * 40}b"),
                (f"{'a*' * 30}b", "a" * 500),
                ("^(?=b)b", "a"),
                ("^.$", "\U0001f600"),
                ("^a{,2}$", "b"),
            )
        ),
    ],
    "ACE105": [
        default("string", f"'{unsafe}'", f"'{safe}'")
        for unsafe, safe in (
            ('say "hi"', "say hi"),
            ("a\\b", "a/b"),
            ("$ctx.identity", "$5 and 5$"),
            ("${x}", "{x}"),
            ("$!x", "$ x!"),
            ("## note", "# note"),
            ("#set x", "#ffcc00"),
            ("#if(true)", "C# and #1"),
            ("#*x*#", "*#x#"),
            ("#*", "* #"),
            ("#[[x]]#", "#[x]"),
            ("#{set}(1)", "# {x}"),
            ("#@x()", "# @x"),
            ("$_x", "$ _x"),
        )
    ]
    + [default("string", '"a\\nb"', "ab"), default("string", '"\\x9b"', '"\\u00e9"')],
    "ACE106": [
        *(
            (
                f"{{name: x, type: string, pattern: '{wrong}'}}",
                f"{{name: x, type: string, pattern: '{right}'}}",
            )
            for wrong, right in (
                ("(" * 2_000 + ")" * 2_000, "((a))"),
                ("a{99999999999999}", "a{99}"),
                (f"a{{{'9' * 5_000}}}", "a{9,}"),
            )
        ),
        *(
            (
                f"{{name: x, type: string, pattern: '{wrong}'}}",
                "{name: x, type: string, pattern: a}",
            )
            for wrong in ("(?i)a", "(?P<n>a)", "[a-z&&[b]]")
        ),
        ("{name: x, type: string, pattern: '(?=a'}", "{name: x, type: string, pattern: '(?=a)'}"),
        ("{name: id, type: id, default: a}", "{name: id, type: id}"),
        *(
            tuple(
                f"models: [{{name: A, identifier: [{keys}], fields: [{{name: x, type: string, "
                f"required: true, {key}}}, {{name: y, type: id}}]}}]"
                for keys in ("x, y", "y, x")
            )
            for key in ("default: a", "min_length: 1", "max_length: 9", "pattern: a")
        ),
        ("{name: x, type: string, min: 1}", "{name: x, type: integer, min: 1}"),
        ("{name: x, type: id, format: markdown}", "{name: x, type: string, format: markdown}"),
        (
            "{name: x, type: string, array: true, format: markdown}",
            "{name: x, type: string, array: false, format: markdown}",
        ),
        ("{name: x, type: string, currency: EUR}", "{name: x, type: float, currency: EUR}"),
        *(
            tuple(
                "schema:\n  models: [{name: A, fields: [{name: x, type: id}]}]\n"
                f"  types: [{{name: T, fields: [{{name: x, type: {kind}{key}}}]}}]\n"
                for key in (f", {wrong}", "")
            )
            for kind, wrong in (("string", "format: markdown"), ("integer", "currency: EUR"))
        ),
        ("{name: x, type: integer, min_length: 1}", "{name: x, type: string, min_length: 1}"),
        ("{name: x, type: email, pattern: a}", "{name: x, type: string, pattern: a}"),
        ("{name: x, type: string, values: [a]}", f"{STATE}}}"),
        ("{name: x, type: string, ref: A}", "{name: x, type: string}"),
        ("{name: x, type: string, array: true, max_length: 3}", "{name: x, type: id, array: true}"),
        ("{name: x, type: id, array: true, default: a}", "{name: x, type: id, default: a}"),
        ("{name: x, type: integer, min: 3, max: 2}", "{name: x, type: integer, min: 2, max: 2}"),
        *(
            (f"{{name: x, type: integer, {wrong}}}", f"{{name: x, type: {right}}}")
            for wrong, right in (
                ("min: 2147483648", "integer, min: 2147483647"),
                ("max: -2147483649", "integer, max: -2147483648"),
                ("min: 3e+20", "float, min: 3e+20"),
                ("max: -3e+20", "float, max: -3e+20"),
                ("min: 1.2, max: 1.8", "integer, min: 1.2, max: 2"),
                ("min: 1.2, max: 1.8", "float, min: 1.2, max: 1.8"),
                ("min: 2147483646.5, max: 2147483646.6", "integer, min: 2147483646.5"),
                ("min: -0.5, max: -0.25", "integer, min: -0.5, max: 3000000000"),
            )
        ),
        (
            "{name: x, type: string, min_length: 3, max_length: 2}",
            "{name: x, type: string, min_length: 2, max_length: 3}",
        ),
        ("{name: x, type: string, pattern: '['}", "{name: x, type: string, pattern: '[a-z]+'}"),
        ("{name: x, type: string, pattern: '\\d'}", "{name: x, type: string, pattern: '[0-9]'}"),
        ("{name: x, type: string, pattern: '\"'}", '{name: x, type: string, pattern: "\'"}'),
        ("{name: x, type: string, model: Item}", "{name: x, type: belongsTo, model: Item}"),
        (
            family("x, type: id", "x, type: belongsTo, model: Parent, default: a"),
            family("x, type: id", "x, type: belongsTo, model: Parent, required: true"),
        ),
        *(
            (
                f"{{name: x, type: belongsTo, model: Item, {key}}}",
                "{name: x, type: belongsTo, model: Item, array: false}",
            )
            for key in ("min: 0", "default: false", "default: 0", "min_length: 0")
        ),
        (
            "{name: x, type: belongsTo, model: Item, authorization: [{allow: owner}]}",
            "{name: x, type: belongsTo, model: Item, description: a}",
        ),
        (
            "{name: x, type: hasMany, model: Item, required: true}",
            "{name: x, type: hasMany, model: Item, required: false}",
        ),
        (
            "schema: {types: [{name: T, fields: [{name: x, type: string, default: a}]}]}",
            "schema: {types: [{name: T, fields: [{name: x, type: string, required: true}]}]}",
        ),
        (
            (
                "models: [{name: A, fields: [{name: x, type: ref, ref: T, default: a}]}]\n"
                "schema: {types: [{name: T, fields: [{name: x, type: string}]}]}"
            ),
            (
                "models: [{name: A, fields: [{name: x, type: ref, ref: E, default: a}]}]\n"
                "schema: {enums: {E: [a]}}"
            ),
        ),
        tuple(
            f"{{name: os, type: manyToMany, model: Item{keys}}}"
            for keys in (", references: [oId]", "")
        ),
    ],
    "ACE107": [
        ("models: [{name: A, fields: []}]", ITEM),
        ("models: [{name: A}]", ITEM),
    ],
    "ACE108": [
        tuple(
            f"{ITEM}\nschema:\n  types: "
            f"[{{name: T, fields: [{{name: t, type: ref, ref: T{more}}}]}}]"
            for more in (", required: true", "")
        ),
        tuple(
            f"{ITEM}\nschema:\n  types:\n"
            "  - {name: T, fields: [{name: u, type: ref, ref: U, required: true}]}\n"
            f"  - {{name: U, fields: [{{name: t, type: ref, ref: T, required: true{more}}}]}}"
            for more in ("", ", array: true")
        ),
        (
            "{name: up, type: belongsTo, model: Item, required: true}",
            "{name: up, type: belongsTo, model: Item}",
        ),
        *(
            (
                family(
                    "kid, type: belongsTo, model: Kid, required: true",
                    "parent, type: belongsTo, model: Parent, required: true",
                ),
                family(
                    f"kid, type: {right}",
                    "parent, type: belongsTo, model: Parent, required: true",
                ),
            )
            for right in ("belongsTo, model: Kid", "hasOne, model: Kid", "id, required: true")
        ),
        tuple(
            ring(3, 1).replace("}]}", f", required: {required}}}]}}")
            for required in ("true", "false")
        ),
    ],
    "ACE109": [
        *(
            (f"{{name: {bad}, type: {kind}}}", f"{{name: {good}, type: {kind}}}")
            for bad, good, kind in (
                ("password", "passwordHash", "string"),
                ("userPassword", "passwordHint", "string"),
                ("api_key", "apiKeyId", "id"),
                ("connectionString", "connection", "string"),
                ("stripeSecretKey", "stripeCustomerId", "string"),
                ("refreshToken", "pushToken", "string"),
                ("credentials", "credentialsName", "json"),
            )
        ),
        ("{name: secret, type: string}", "{name: secret, type: boolean}"),
        (
            "schema: {types: [{name: T, fields: [{name: cvv, type: string}]}]}",
            "schema: {types: [{name: T, fields: [{name: cvvChecked, type: boolean}]}]}",
        ),
    ],
    "ACE110": [
        (models("order-item"), models("OrderItem")),
        (models("order"), models("Order")),
        (models("Über"), models("Ueber")),
        (models("A" * 51), models("A" * 50)),
        ("{name: first-name, type: id}", "{name: first_name, type: id}"),
        ("{name: __x, type: id}", "{name: _x, type: id}"),
        ("{name: 1st, type: id}", "{name: First1, type: id}"),
        ("schema: {enums: {my-enum: [a]}}", "schema: {enums: {MyEnum: [a]}}"),
        (f"{ITEM}\ncomponents: [{{name: itemForm, type: form}}]", ITEM),
        (f"{ITEM}\ncomponents: [{{name: ../X, type: form}}]", ITEM),
        (rules("{allow: groups, groups: ['a\"b']}"), rules("{allow: groups, groups: ['a.b:c']}")),
        *(
            (f"auth: {{groups: [a, '{group}']}}", "auth: {groups: [a, 'a.b:c']}")
            for group in ("a b", 'a"b', "$foo", "<script>", "日本")
        ),
        (
            rules("{allow: owner, identity_claim: 'a b'}"),
            rules("{allow: owner, identity_claim: 'cognito:username/x'}"),
        ),
        (
            rules("{allow: groups, groups: [a], group_claim: '\"'}"),
            rules("{allow: groups, groups: [a], group_claim: my_groups}"),
        ),
        (rules("{allow: owner, owner_field: 'x) y'}"), rules("{allow: owner, owner_field: who}")),
        (rules("{allow: groups, group_field: 'a-b'}"), rules("{allow: groups, group_field: g}")),
    ],
    "ACE111": [
        (
            model("indexes: [{field: x, query_field: toString}]"),
            model("indexes: [{field: x, query_field: toText}]"),
        ),
        (
            rules("{allow: owner, owner_field: constructor}"),
            rules("{allow: owner, owner_field: maker}"),
        ),
        (
            rules("{allow: groups, group_field: valueOf}"),
            rules("{allow: groups, group_field: value}"),
        ),
        *(
            (models(name), models(f"{name}X"))
            for name in ("Query", "String", "ID", "AWSJSON", "BigInt", "ModelIDKeyConditionInput")
        ),
        (models("Con"), models("Console")),
        (models("Lpt1"), models("Lpt10")),
        (models("ModelStringInput"), models("StringInput")),
        ("schema: {enums: {Mutation: [a]}}", "schema: {enums: {Mutations: [a]}}"),
        *(
            (f"{{name: {name}, type: id}}", f"{{name: {name}X, type: id}}")
            for name in ("and", "not", "constructor", "toString", "hasOwnProperty")
        ),
        ("{name: createdAt, type: string}", "{name: createdAt, type: datetime}"),
        (
            "{name: id, type: belongsTo, model: Item}",
            "{name: parent, type: belongsTo, model: Item}",
        ),
        ("{name: createdAt, type: belongsTo, model: Item}", "{name: createdAt, type: datetime}"),
        ("{name: updatedAt, type: date}", "{name: updatedAt, type: datetime, required: true}"),
        *(
            (
                f"{ITEM}\ncomponents: [{{name: {name}, type: table}}]",
                f"{ITEM}\ncomponents: [{{name: Item{name}, type: table}}]",
            )
            for name in ("Nul", "Aux")
        ),
        ("name: con\n", "name: con1\n"),
    ],
    "ACE112": [
        (models("User", "USER"), models("User", "Users2")),
        (models("Todo", "Todos"), models("Todo", "Todo2")),
        (models("Person", "People"), models("Person", "Human")),
        (models("Data", "Datum"), models("Data", "News")),
        (models("Index", "Indices"), models("Index", "Indexes")),
        *(
            tuple(
                f"models: [{{name: Item, fields: [{{name: x, type: enum, values: [a]{array}}}]}}, "
                f"{{name: {name}, fields: [{STATE}}}]}}]"
                for name in (wrong, right)
            )
            for array, wrong, right in (
                ("", "ModelItemXInput", "ModelItemXListInput"),
                (", array: true", "ModelItemXListInput", "ModelItemXInput"),
            )
        ),
        tuple(
            f"{ITEM}\nschema:\n  types:\n"
            "  - {name: T, fields: [{name: x, type: id}]}\n"
            f"  - {{name: {name}, fields: [{{name: x, type: id}}]}}"
            for name in ("TInput", "InputT")
        ),
        (models("Task", "CreateTaskInput"), models("Task", "CreateTask")),
        (models("Task", "ModelTaskConnection"), models("Task", "TaskConnection")),
        (
            f"models: [{{name: Item, fields: [{STATE}}}]}}, {{name: ItemS, fields: [{STATE}}}]}}]",
            f"models: [{{name: Item, fields: [{STATE}}}]}}, {{name: Item2, fields: [{STATE}}}]}}]",
        ),
        (f"{ITEM}\nschema: {{enums: {{Item: [a]}}}}", f"{ITEM}\nschema: {{enums: {{Kind: [a]}}}}"),
        (
            f"{ITEM}\ncomponents: [{{name: ItemList, type: list}}, {{name: Itemlist, type: list}}]",
            f"{ITEM}\ncomponents: [{{name: ItemList, type: list}}, {{name: ItemLst, type: list}}]",
        ),
    ],
    "ACE113": [
        (f"{{name: x, type: float, currency: {wrong}}}", "{name: x, type: float, currency: EUR}")
        for wrong in ("eur", "unit", "EURO", "x")
    ]
    + [
        tuple(
            f"{{name: x, type: integer, currency: of}}, {{name: of, type: {kind}}}"
            for kind in (wrong, right)
        )
        for wrong, right in (
            ("float", "string"),
            ("string, array: true", "string"),
            ("hasMany, model: Item", "enum, values: [EUR, USD]"),
        )
    ],
    "ACE120": [
        (
            "{name: other, type: belongsTo, model: Itm}",
            "{name: other, type: belongsTo, model: Item}",
        ),
        ("{name: other, type: hasMany}", "{name: other, type: hasMany, model: Item}"),
        ("{name: o, type: manyToMany, model: No}", "{name: o, type: manyToMany, model: Item}"),
    ],
    "ACE121": [
        tuple(
            "models:\n"
            "- {name: P, identifier: [a, b], fields: [{name: a, type: id, required: true}, "
            "{name: b, type: id, required: true}]}\n- {name: C, fields: [{name: x, type: id}, "
            f"{{name: y, type: id, required: {required}}}, "
            "{name: p, type: belongsTo, model: P, references: [x, y]}]}"
            for required in ("true", "false")
        ),
        (
            "{name: o, type: belongsTo, model: Item, references: [a, b]}",
            "{name: o, type: belongsTo, model: Item, references: [a]}",
        ),
        (
            "{name: oId, type: integer}, {name: o, type: belongsTo, model: Item}",
            "{name: oId, type: string}, {name: o, type: belongsTo, model: Item}",
        ),
        (
            "{name: oId, type: id, array: true}, {name: o, type: belongsTo, model: Item}",
            "{name: oId, type: id}, {name: o, type: belongsTo, model: Item}",
        ),
        (
            family(
                "x, type: id",
                "oId, type: id}, {name: o, type: belongsTo, model: Parent, required: true",
            ),
            family(
                "x, type: id",
                "oId, type: id, required: true}, "
                "{name: o, type: belongsTo, model: Parent, required: true",
            ),
        ),
        (
            (
                "{name: a, type: belongsTo, model: Item}, {name: b, type: belongsTo, model: Item},"
                " {name: c, type: hasMany, model: Item}"
            ),
            (
                "{name: a, type: belongsTo, model: Item}, {name: b, type: belongsTo, model: Item},"
                " {name: c, type: hasMany, model: Item, references: [aId]}"
            ),
        ),
        *(
            (
                family(f"kids, type: hasMany, model: Kid{of_many}", f"{key}, type: id}}, {{{one}"),
                family(
                    f"kids, type: hasMany, model: Kid{of_many}", f"{right}, type: id}}, {{{one}"
                ),
            )
            for key, right, of_many, one in (
                (
                    "parentId",
                    "parntId",
                    "",
                    "name: parent, type: belongsTo, model: Parent, references: [parntId]",
                ),
                (
                    "motherId",
                    "mothrId",
                    "",
                    "name: parent, type: belongsTo, model: Parent, references: [mothrId]",
                ),
                ("parentId", "key", ", references: [key]", "name: x, type: string"),
            )
        ),
        (
            family(
                "x, type: id",
                "parentId, type: id, array: true}, {name: parent, type: belongsTo, model: Parent",
            ),
            family(
                "x, type: id", "parentId, type: id}, {name: parent, type: belongsTo, model: Parent"
            ),
        ),
    ],
    "ACE122": [
        (
            (
                "{name: o, type: belongsTo, model: Item}, {name: m, type: hasMany, model: Item},"
                " {name: n, type: hasMany, model: Item}"
            ),
            "{name: o, type: belongsTo, model: Item}, {name: m, type: hasMany, model: Item}",
        ),
        # The keys of what is meant as one relation differ.
        (
            family(
                "kids, type: hasMany, model: Kid, references: [kidId]",
                "parent, type: belongsTo, model: Parent",
            ),
            family(
                "kids, type: hasMany, model: Kid, references: [parentId]",
                "parent, type: belongsTo, model: Parent",
            ),
        ),
        tuple(
            family(
                "kids, type: hasMany, model: Kid, references: [kidId]",
                f"parent, type: belongsTo, model: Parent}}, {{{more}",
            )
            for more in (
                "name: x, type: id",
                "name: kin, type: belongsTo, model: Parent, references: [kidId]",
            )
        ),
        tuple(
            family(
                "x, type: id",
                "a, type: belongsTo, model: Parent, references: [key]}, "
                f"{{name: b, type: belongsTo, model: Parent, references: [{key}]",
            )
            for key in ("key", "other")
        ),
    ],
    "ACE130": [
        *(
            (
                f"{{name: x, type: id, authorization: [{{allow: owner, operations: [{single}]}}]}}",
                "{name: x, type: id, authorization: [{allow: owner, operations: [read, update]}]}",
            )
            for single in ("get", "list", "create, listen")
        ),
        (
            rules("{allow: groups, groups: [a, b]}, {allow: groups, groups: [b]}"),
            rules("{allow: groups, groups: [a]}, {allow: groups, groups: [b]}"),
        ),
        (rules("{allow: groups, groups: [a, a]}"), rules("{allow: groups, groups: [a]}")),
        tuple(
            rules(
                f"{{allow: owner, identity_claim: sub}}, {{allow: owner{claim}}}",
                "{name: owner, type: string}",
            )
            for claim in (", identity_claim: sub", "")
        ),
        tuple(
            rules("{allow: owner, identity_claim: sub}, {allow: owner}", f"{{name: {name}}}")
            for name in ("x, type: string", "owner, type: string")
        ),
        tuple(
            rules(
                "{allow: owner}",
                "{name: x, type: id, authorization: [{allow: owner, identity_claim: "
                f"'{claim}'}}]}}",
            )
            for claim in ("sub", "sub::username")
        ),
        (rules("{allow: groups}"), rules("{allow: groups, groups: [a]}")),
        (
            rules("{allow: groups, groups: [a], group_field: b}"),
            rules("{allow: groups, group_field: b}"),
        ),
        (rules("{allow: owners}"), rules("{allow: owners, owner_field: people}")),
        (rules("{allow: owner, groups: [a]}"), rules("{allow: owner}")),
        (rules("{allow: authenticated, owner_field: a}"), rules("{allow: authenticated}")),
        (
            rules("{allow: owner, operations: [read, list]}"),
            rules("{allow: owner, operations: [get, list]}"),
        ),
        (
            rules("{allow: owner}, {allow: owner, operations: [read]}"),
            rules("{allow: owner}, {allow: authenticated, operations: [read]}"),
        ),
        (
            "{name: x, type: id, authorization: [{allow: owner}, {allow: owner}]}",
            "{name: x, type: id, authorization: [{allow: owner}]}",
        ),
    ],
    "ACE131": [
        *(
            (keyed("{allow: owner, owner_field: b}"), keyed(right))
            for right in (
                "{allow: owner, owner_field: a}",
                "{allow: owner, owner_field: b, identity_claim: sub}",
            )
        ),
        (
            rules("{allow: owner}", "{name: owner, type: integer}"),
            rules("{allow: owner}", "{name: owner, type: string}"),
        ),
        (
            rules("{allow: owner}", "{name: owner, type: belongsTo, model: Item}"),
            rules("{allow: owner}", "{name: holder, type: belongsTo, model: Item}"),
        ),
        (
            rules("{allow: owners, owner_field: x}", "{name: x, type: string}"),
            rules("{allow: owners, owner_field: x}", "{name: x, type: string, array: true}"),
        ),
        (
            rules("{allow: owner, owner_field: x}", "{name: x, type: string, array: true}"),
            rules("{allow: owner, owner_field: x}", "{name: x, type: id}"),
        ),
        *(
            (
                rules(f"{{allow: {rule}: {wrong}}}", field),
                rules(f"{{allow: {rule}: {right}}}", field),
            )
            for field, rule, wrong, right in (
                ("{name: seller, type: string}", "owner, owner_field", "seler", "seller"),
                ("{name: seller, type: string}", "owner, owner_field", "selelr", "vendor"),
                ("{name: teams, type: id, array: true}", "groups, group_field", "team", "group"),
                (
                    "{name: editors, type: id, array: true}",
                    "owners, owner_field",
                    "editor",
                    "staff",
                ),
            )
        ),
        *(
            (
                rules("{allow: owner, owner_field: seler}", "{name: seller, type: string}"),
                rules("{allow: owner, owner_field: seler}", field),
            )
            for field in (
                "{name: seller, type: integer}",
                "{name: sellers, type: string, array: true}",
                "{name: seller, type: string}, {name: seler, type: string}",
                "{name: sellerName, type: string}",
            )
        ),
        (
            rules("{allow: groups, group_field: x}", "{name: x, type: boolean}"),
            rules("{allow: groups, group_field: x}", "{name: x, type: string, array: true}"),
        ),
        (
            (
                "{name: n, type: float}, {name: x, type: id,"
                " authorization: [{allow: owner, owner_field: n}]}"
            ),
            (
                "{name: n, type: string}, {name: x, type: id,"
                " authorization: [{allow: owner, owner_field: n}]}"
            ),
        ),
    ],
    "ACE132": [
        (rules("{allow: guest}"), rules("{allow: guest, operations: [read]}")),
        (
            rules("{allow: public_api_key, operations: [create]}"),
            rules("{allow: public_api_key, operations: [get, list]}"),
        ),
        (
            "{name: x, type: id, authorization: [{allow: guest}]}",
            "{name: x, type: id, authorization: [{allow: authenticated}]}",
        ),
    ],
    "ACE133": [
        (
            "auth: {groups: [admins]}\n" + rules("{allow: groups, groups: [admin]}"),
            "auth: {groups: [admins]}\n" + rules("{allow: groups, groups: [admins]}"),
        ),
        *(
            (
                rules(f"{{allow: groups, groups: [{one}, {other}]}}"),
                rules(f"{{allow: groups, groups: [{one}, {right}]}}"),
            )
            for one, other, right in (
                ("admins", "admin", "auditors"),
                ("Admins", "admins", "editors"),
                ("shop-admins", "shop_admins", "shop_editors"),
                ("editors", "editos", "creditors"),
                ("editors", "edtiors", "auditors"),
                ("readers", "reader", "leaders"),
            )
        ),
        (
            rules(
                "{allow: groups, groups: [admins]}",
                "{name: x, type: id, authorization: [{allow: groups, groups: [admin]}]}",
            ),
            "auth: {groups: [admins, admin]}\n" + rules("{allow: groups, groups: [admin]}"),
        ),
    ],
    "ACE134": [
        (
            rules("{allow: owner}, {allow: authenticated}"),
            rules("{allow: owner}, {allow: authenticated, operations: [read]}"),
        ),
        (
            rules(
                "{allow: authenticated, operations: [read]},"
                " {allow: groups, groups: [a], operations: [get, list]}"
            ),
            rules(
                "{allow: authenticated, operations: [read]},"
                " {allow: groups, groups: [a], operations: [get, delete]}"
            ),
        ),
        (
            rules("{allow: owner, operations: [search]}"),
            rules("{allow: owner, operations: [get, search]}"),
        ),
        (
            rules("{allow: guest, operations: [sync]}"),
            rules("{allow: guest, operations: [listen]}"),
        ),
    ],
    "ACE136": [
        tuple(
            f"{{name: x, type: integer, {text}, "
            f"authorization: [{{allow: owner, operations: {may}}}]}}"
            for text, may in pair
        )
        for pair in (
            (("default: 0", "[read]"), ("min: 0", "[read]")),
            (("default: 0", "[update]"), ("default: 0", "[create]")),
            (("required: true", "[read]"), ("required: false", "[read]")),
        )
    ],
    "ACE135": [
        (
            closed("", "{allow: owner}, {allow: authenticated, operations: [read]}"),
            closed(
                ", {allow: authenticated, operations: [read]}",
                "{allow: owner}, {allow: authenticated, operations: [read]}",
            ),
        ),
        (
            closed("", "{allow: owner}, {allow: guest, operations: [get]}"),
            closed("", "{allow: owner}, {allow: guest, operations: [list]}"),
        ),
        (
            closed("", "{allow: groups, groups: [a]}"),
            closed(", {allow: authenticated, operations: [read]}", "{allow: groups, groups: [a]}"),
        ),
        (
            closed("", "{allow: groups, group_field: team}"),
            closed("", "{allow: owner, operations: [read]}"),
        ),
        (
            closed("", "{allow: owner}, {allow: authenticated, operations: [read]}"),
            closed("", "{allow: owner}, {allow: authenticated, operations: [read]}").replace(
                "required: true", "required: false"
            ),
        ),
    ],
    "ACE140": [
        (model("indexes: [{field: y}]"), model("indexes: [{field: x}]")),
        (model("indexes: [{field: x, sort_keys: [createdAt]}]"), model("indexes: [{field: x}]")),
        (model("indexes: [{field: x, sort_keys: [x]}]"), model("indexes: [{field: x}]")),
        (model("indexes: [{field: id}]"), model("indexes: [{field: x}]")),
        (
            model("indexes: [{field: x, sort_keys: [id]}]"),
            (
                "models: [{name: Item, fields: [{name: x, type: id}, {name: id, type: id}], "
                "indexes: [{field: x, sort_keys: [id]}]}]"
            ),
        ),
        *(
            (
                f"models: [{{name: A, fields: [{{name: f, {bad}}}], indexes: [{{field: f}}]}}]",
                f"models: [{{name: A, fields: [{{name: f, {good}}}], indexes: [{{field: f}}]}}]",
            )
            for bad, good in (
                ("type: boolean", "type: integer"),
                ("type: json", "type: datetime"),
                ("type: string, array: true", "type: string"),
                ("type: hasMany, model: A", "type: enum, values: [a]"),
            )
        ),
    ],
    "ACE141": [
        tuple(
            "models: [{name: Item, fields: [{name: a, type: id}, {name: b, type: id}, "
            f"{{name: c, type: id}}], indexes: [{{field: a, sort_keys: [b, c], name: {name}}}]}}]"
            for name in ("by-a", "byA")
        ),
        (model("indexes: [{field: x, name: ab}]"), model("indexes: [{field: x, name: abc}]")),
        (
            model("indexes: [{field: x, name: 'a b c'}]"),
            model("indexes: [{field: x, name: a.b-c}]"),
        ),
        (
            model(f"indexes: [{{field: x, query_field: {'q' * 65}}}]"),
            (
                f"models: [{{name: {'A' * 50}, fields: [{{name: {'x' * 64}, type: id}}], "
                f"indexes: [{{field: {'x' * 64}}}]}}]"
            ),
        ),
        (
            model("indexes: [{field: x, query_field: a-b}]"),
            model("indexes: [{field: x, query_field: ab}]"),
        ),
        (
            model("indexes: [{field: x, query_field: listItems}]"),
            model("indexes: [{field: x, query_field: listItem}]"),
        ),
        (
            model("indexes: [{field: x, query_field: getItem}]"),
            model("indexes: [{field: x, query_field: getItems}]"),
        ),
        (model("indexes: [{field: x}, {field: x}]"), model("indexes: [{field: x}]")),
        (
            model("indexes: [{field: x}, {field: x, query_field: q}]"),
            model("indexes: [{field: x}, {field: x, name: byX, query_field: q}]"),
        ),
        (
            model("indexes: [{field: x, query_field: listItems}]"),
            model("disable_operations: [list]\n  indexes: [{field: x, query_field: listItems}]"),
        ),
        (
            model("indexes: [{field: x, query_field: q}, {field: x, name: xyz, query_field: q}]"),
            model("indexes: [{field: x, query_field: q}, {field: x, name: xyz, query_field: r}]"),
        ),
    ],
    "ACE144": [
        *(
            (
                model(f"disable_operations: [{wrong}]"),
                model(f"disable_operations: [{right}]"),
            )
            for wrong, right in (
                ("queries", "list, mutations, subscriptions"),
                ("get, list", "get"),
            )
        ),
        (
            model("disable_operations: [queries]"),
            model("disable_operations: [queries]\n  indexes: [{field: x}]"),
        ),
        *(
            (filtered("hasMany", array, wrong), filtered(many, array, right))
            for array, wrong, many, right in (
                ("", "list, mutations", "hasMany", "list, create, update"),
                ("", "queries, create, update, delete", "hasMany", "mutations"),
                ("", "list, mutations", "hasOne", "list, mutations"),
                (", array: true", "list", "hasMany", "get"),
            )
        ),
        tuple(
            "models: [{name: B, fields: [{name: s, type: enum, values: [a], array: true, required: "
            f"{required}}}, {{name: x, type: id}}], indexes: [{{field: x}}], "
            "disable_operations: [list, mutations]}]"
            for required in ("true", "false")
        ),
        tuple(
            "schema:\n  enums: {E: [a], F: [a]}\n  models:\n"
            "  - {name: A, fields: [{name: bs, type: hasMany, model: B}, "
            f"{{name: e, type: ref, ref: {other}}}]}}\n"
            "  - {name: B, fields: [{name: e, type: ref, ref: E}], disable_operations: "
            "[list, mutations]}"
            for other in ("F", "E")
        ),
    ],
    "ACE142": [(indexes(20), indexes(19))],
    "ACE114": [
        *(
            tuple(
                f"models: [{{name: Ware, renamed_from: {name}, fields: [{{name: x, type: id}}]}}, "
                "{name: Other, renamed_from: Old, fields: [{name: x, type: id}]}]"
                for name in (wrong, "[Item, Product]")
            )
            for wrong in ("Ware", "Other", "[Item, Old]", "'Item\")'", "item", "Äpfel")
        ),
        *(
            tuple(
                f"models: [{{name: A, fields: [{{name: x, type: id, renamed_from: {name}}}, "
                "{name: z, type: id, renamed_from: w}]}]"
                for name in (wrong, "z")
            )
            for wrong in ("x", "w", "'a b'")
        ),
        tuple(
            "models: [{name: A, fields: [{name: b, type: belongsTo, model: B, renamed_from: "
            f"{name}}}, {{name: c, type: belongsTo, model: B}}]}}, "
            "{name: B, fields: [{name: x, type: id}]}]"
            for name in ("c", "d")
        ),
        tuple(
            f"components: [{{name: OneList, type: list, renamed_from: {name}}}, "
            "{name: TwoList, type: list}]\nmodels: [{name: A, fields: [{name: x, type: id}]}]"
            for name in ("TwoList", "ThreeList")
        ),
    ],
    "ACE145": [
        *(
            tuple(
                f"models: [{{name: Item, ttl: {name}, fields: [{{name: x, type: {kind}}}]}}]"
                for name, kind in (wrong, ("x", right))
            )
            for wrong, right in (
                (("y", "integer"), "integer"),
                (("x", "datetime"), "timestamp"),
                (("x", "float"), "integer"),
                (("x", "timestamp, array: true"), "timestamp"),
            )
        ),
    ],
    "ACE143": [
        tuple(
            "models: [{name: A, identifier: [x, id], fields: "
            f"[{{name: x, type: string, required: true}}{more}]}}]"
            for more in ("", ", {name: id, type: id}")
        ),
        (model("identifier: [y]"), model("identifier: [id]")),
        (model("identifier: [x]"), model("identifier: [id]")),
        *(
            (
                f"models: [{{name: A, identifier: [f], fields: [{{name: f, {bad}}}]}}]",
                (
                    "models: [{name: A, identifier: [f], fields:"
                    " [{name: f, type: string, required: true}]}]"
                ),
            )
            for bad in (
                "type: boolean, required: true",
                "type: json, required: true",
                "type: string, required: true, array: true",
                "type: enum, values: [a], required: true",
            )
        ),
        (
            "models: [{name: A, identifier: [f, f], fields: [{name: f, type: id}]}]",
            "models: [{name: A, identifier: [f], fields: [{name: f, type: id}]}]",
        ),
        ("{name: id, type: integer}", "{name: id, type: id, required: true}"),
        ("{name: id, type: id, array: true}", "{name: id, type: id}"),
    ],
    "ACE150": [("services: [s4]", "services: [s3]")],
    "ACE151": [("services: [timestream]", "services: [sqs]")],
    "ACE152": [
        (f"services: [{name}]", f"services: [{name}, lambda]")
        for name in ("opensearch", "kinesis", "ses")
    ]
    + [
        # A page that searches uses the service, unless it could find nothing with it.
        (
            models("Item").replace("type: string", "type: integer") + SEARCH,
            models("Item") + SEARCH,
        )
    ],
    "ACE160": [
        (
            f"{ITEM}\ncomponents: [{{name: X, type: tabel}}]",
            f"{ITEM}\ncomponents: [{{name: X, type: table}}]",
        )
    ],
    "ACE161": [
        (
            f"{ITEM}\ncomponents: [{{name: X, type: table, model: Itm}}]",
            f"{ITEM}\ncomponents: [{{name: X, type: table, model: Item}}]",
        ),
        ("components: [{name: X, type: table}]", f"{ITEM}\ncomponents: [{{name: X, type: table}}]"),
    ],
    "ACE162": [
        *(
            (
                model(f"disable_operations: [{bad}]")
                + f"components: [{{name: ItemX, type: {kind}}}]",
                model(f"disable_operations: [{good}]")
                + f"components: [{{name: ItemX, type: {kind}}}]",
            )
            for kind, bad, good in (
                ("list", "list", "get, mutations"),
                ("table", "list", "get, create"),
                ("table", "queries", "mutations"),
                ("dashboard", "list", "get"),
                ("detail", "list", "create"),
                ("detail", "get", "update, delete"),
                ("form", "create", "list"),
                ("form", "mutations", "list, update, delete"),
            )
        ),
        *(
            (
                (
                    "models:\n- {name: Item, fields: [{name: u, type: belongsTo, model: User}]}\n"
                    f"- name: User\n  fields: [{{name: x, type: id}}]\n"
                    f"  disable_operations: [{bad}]\n"
                    f"components: [{{name: ItemX, type: {kind}}}]"
                ),
                (
                    "models:\n- {name: Item, fields: [{name: u, type: belongsTo, model: User}]}\n"
                    f"- name: User\n  fields: [{{name: x, type: id}}]\n"
                    f"  disable_operations: [{good}]\n"
                    f"components: [{{name: ItemX, type: {kind}}}]"
                ),
            )
            for kind, bad, good in (("form", "list", "get"), ("detail", "get", "list"))
        ),
    ],
    "ACE163": [
        tuple(
            f"models: [{{name: Item, fields: [{{name: {field}}}]}}]\n"
            f"components: [{{name: ItemPage, type: {kind}}}]"
            for kind in ("form", "table")
        )
        for field in ("id, type: id", "createdAt, type: datetime")
    ],
    "ACE164": [
        (
            rules(f"{{allow: owner, operations: [{bad}]}}")
            + f"\ncomponents: [{{name: ItemPage, type: {kind}}}]",
            rules(f"{{allow: owner, operations: [{good}]}}")
            + f"\ncomponents: [{{name: ItemPage, type: {kind}}}]",
        )
        for kind, bad, good in (
            ("form", "read", "create"),
            ("table", "create, get", "list"),
            ("list", "create, update, delete", "read"),
            ("detail", "list", "list, get"),
        )
    ]
    + [
        (maker().replace("creates: Item", "description: no"), maker()),
        (
            maker(allow="owner, operations: [read, update]").replace(
                "type: form", "type: settings"
            ),
            maker(allow="owner, operations: [read, update]"),
        ),
    ],
    "ACE165": [
        *(
            (
                (
                    f"models: [{{name: Item, fields: [{{name: s, type: string}}, {bad}]}}]\n"
                    f"components: [{{name: ItemPage, type: {kind}}}]"
                ),
                (
                    f"models: [{{name: Item, fields: [{{name: s, type: string}}, {good}]}}]\n"
                    f"components: [{{name: ItemPage, type: {kind}}}]"
                ),
            )
            for kind, bad, good in (
                ("kanban", "{name: x, type: string}", "{name: x, type: enum, values: [a, b]}"),
                ("calendar", "{name: x, type: time}", "{name: x, type: date}"),
                ("calendar", "{name: x, type: date, array: true}", "{name: x, type: datetime}"),
                ("calendar", "{name: createdAt, type: datetime}", "{name: x, type: timestamp}"),
            )
        ),
        tuple(
            (
                "schema:\n  enums: {State: [open, closed]}\n  models: [{name: Item, fields: "
                f"[{{name: x, type: ref, ref: State{array}}}]}}]\n"
                "components: [{name: ItemPage, type: kanban}]"
            )
            for array in (", array: true", "")
        ),
        tuple(
            (
                "models:\n- {name: Item, fields: [{name: x, type: string}]}\n"
                f"- {{name: Job, fields: [{{name: on, type: {kind}}}]}}\n"
                "components: [{name: Page, type: calendar, models: [Item, Job]}]"
            )
            for kind in ("string", "date")
        ),
    ],
    "ACE167": [
        (found(page="query: min"), found()),
        (found(page="type: table, query: mine"), found(page="type: table")),
        (found(more="array: false"), found()),
        (found().replace("models: [Item]", "models: [Other]"), found()),
        (
            found("{name: about, type: string, required: true}"),
            found("{name: about, type: string}"),
        ),
        (found("{name: limit, type: string}"), found("{name: limit, type: integer}")),
        (found("{name: nextToken, type: integer}"), found("{name: nextToken, type: id}")),
        (
            found("{name: nextToken, type: string, array: true}"),
            found("{name: nextToken, type: string}"),
        ),
    ],
    "ACE168": [
        *(
            (audience(wrong, rule), audience(right, rule))
            for rule, wrong, right in (
                ("{allow: groups, groups: [staff]}", "staf", "staff"),
                ("{allow: groups, groups: [staff]}", "authenticated", "staff"),
                ("{allow: authenticated}", "guest", "authenticated"),
            )
        ),
    ],
    "ACE169": [
        *(
            (own(kind, rule), own("form", "{allow: owner}"))
            for kind, rule in (
                ("table", "{allow: owner}"),
                ("form", "{allow: authenticated}"),
                ("form", "{allow: owner, operations: [create, read]}"),
            )
        ),
    ],
    "ACE166": [
        *(
            (
                (
                    "models: [{name: Item, fields: [{name: s, type: string}]}]\n"
                    f"components: [{{name: ItemPage, type: {kind}}}]\n{bad}"
                ),
                (
                    "models: [{name: Item, fields: [{name: s, type: string}]}]\n"
                    f"components: [{{name: ItemPage, type: {kind}}}]\n{good}"
                ),
            )
            for kind, bad, good in (
                ("upload", "", "services: [s3]"),
                ("gallery", "", "services: [s3]"),
                (
                    "upload",
                    "storage: {paths: {a/*: [{allow: authenticated, operations: [read]}]}}",
                    "storage: {paths: {a/*: [{allow: authenticated, operations: [write]}]}}",
                ),
                (
                    "gallery",
                    "storage: {paths: {a/*: [{allow: authenticated, operations: [get]}]}}",
                    "storage: {paths: {a/*: [{allow: authenticated, operations: [get, list]}]}}",
                ),
                (
                    "gallery",
                    "storage: {paths: {a/*: [{allow: guest, operations: [read]}]}}",
                    "storage: {paths: {'a/{entity_id}/*': [{allow: owner, operations: [read]}]}}",
                ),
            )
        ),
        *(
            tuple(
                f"models: [{{name: Item, fields: [{field}]}}]\n"
                "components: [{name: ItemPage, type: gallery}]"
                for field in fields
            )
            for fields in (
                ("{name: imageAlt, type: string}", "{name: image, type: string}"),
                ("{name: image, type: integer}", "{name: imageUrl, type: url}"),
                ("{name: photoCount, type: string}", "{name: photos, type: string, array: true}"),
                ("{name: file, type: string, max_length: 20}", "{name: file, type: string}"),
                ("{name: storage, type: string}", "{name: storageKey, type: string}"),
            )
        ),
    ],
    "ACE171": [
        ("templates: {../x.ts: a.ts}", "templates: {src/x.ts: a.ts}"),
        ("templates: {/etc/x: a.ts}", "templates: {etc/x: a.ts}"),
        ("templates: {.git/hooks/x: a.ts}", "templates: {.github/x: a.ts}"),
        ("templates: {src/.git/x: a.ts}", "templates: {src/.gitkeep: a.ts}"),
        ("templates: {.ace-flow/state.json: a.ts}", "templates: {ace-flow/state.json: a.ts}"),
        ("templates: {src/con.ts: a.ts}", "templates: {src/cons.ts: a.ts}"),
        ("templates: {'C:\\x': a.ts}", "templates: {c/x: a.ts}"),
    ],
    "ACE172": [
        ("templates: {backend: a.ts}", "templates: {frontend: a.ts}"),
        ("templates: {amplify/data/resource.ts: a.ts}", "templates: {amplify/data/other.ts: a.ts}"),
    ],
    "ACE182": [
        ("hooks: [a.sh]", "hooks: [a.mjs]"),
        ("hooks: [a]", "hooks: [a.py]"),
        ("generators: [{source: a.json}]", "hooks: [a.ts]"),
    ],
    "ACE200": [(ring(10, 3), ring(4, 3)), (ring(10, 4), ring(10, 2))],
    "ACE201": [(pairs(84), pairs(83))],
    "ACE210": [
        *(
            (called("").replace("name: find", f"name: {bad}"), called(""))
            for bad in ("getItem", "listItems", "Item")
        ),
        *(
            tuple(
                operation(f"returns: Item, handler: function, {CALLERS}", "", kind).replace(
                    "find", name
                )
                for kind in ("mutations", "queries")
            )
            for name in ("createItem", "deleteItem")
        ),
        (
            told("for: [act]").replace("name: find", "name: onUpdateItem"),
            told("for: [act]").replace("name: find", "name: onUpdateItems"),
        ),
        (
            told("for: [act]").replace("name: find", "name: act"),
            told("for: [act]"),
        ),
        (
            told("for: [act]").replace("name: find", "name: Act"),
            told("for: [act]").replace("name: find", "name: acts"),
        ),
        (
            called("")
            .replace("name: find", "name: byX")
            .replace(
                "fields: [{name: x, type: string}]",
                "fields: [{name: x, type: string}], indexes: [{field: x, query_field: byX}]",
            ),
            called(""),
        ),
        *((searched(bad), searched("Other")) for bad in ("ItemSearchItem", "ItemSearchPage")),
        *(
            (
                called("").replace("name: find", f"name: {bad}") + SEARCH,
                called("").replace("name: find", "name: searchItem") + SEARCH,
            )
            for bad in ("searchItems", "search_items")
        ),
        (
            ai(MODEL) + models("ConversationFind").replace("models: [", "additional_models: ["),
            ai(MODEL) + models("ConversationSeek").replace("models: [", "additional_models: ["),
        ),
    ],
    "ACE211": [
        (maker().replace("creates: Item", "creates: Itm"), maker()),
        (
            operation(f"returns: Itm, handler: function, {CALLERS}"),
            operation(f"returns: Item, handler: function, {CALLERS}"),
        ),
        (
            operation(f"returns: text, handler: function, {CALLERS}"),
            operation(f"returns: string, handler: function, {CALLERS}"),
        ),
        (
            operation(f"returns: Item, handler: found, {CALLERS}"),
            operation(f"returns: Item, handler: find, {CALLERS}"),
        ),
        (
            operation(f"returns: Item, handler: {{resolver: a.js, data_source: Itm}}, {CALLERS}"),
            operation(f"returns: Item, handler: {{resolver: a.js, data_source: Item}}, {CALLERS}"),
        ),
        (told("for: [acts]"), told("for: [act]")),
        (told("for: [createItems]"), told("for: [createItem]")),
        (
            ai(f"{MODEL}, tools: [{{name: t, description: d, model: Itm}}]"),
            ai(f"{MODEL}, tools: [{{name: t, description: d, model: Item}}]"),
        ),
        (
            ai(f"{MODEL}, tools: [{{name: t, description: d, query: seek}}]"),
            ai(f"{MODEL}, tools: [{{name: t, description: d, model: Item}}]"),
        ),
    ],
    "ACE212": [
        (operation("returns: Item, handler: function"), called("")),
        (callers("{allow: owner}"), callers("{allow: authenticated}")),
        (
            callers("{allow: authenticated, operations: [read]}"),
            callers("{allow: authenticated}"),
        ),
        (callers("{allow: groups}"), callers("{allow: groups, groups: [a]}")),
        (
            callers("{allow: groups, group_field: x}"),
            callers("{allow: groups, groups: [a]}"),
        ),
        (callers("{allow: guest, groups: [a]}"), callers("{allow: guest}")),
        (
            callers("{allow: guest}", "{resolver: a.js}"),
            callers("{allow: public_api_key}", "{resolver: a.js}"),
        ),
        (
            callers("{allow: authenticated}, {allow: authenticated}"),
            callers("{allow: authenticated}, {allow: guest}"),
        ),
        (
            callers("{allow: groups, groups: [a, b]}, {allow: groups, groups: [b]}"),
            callers("{allow: groups, groups: [a, b]}"),
        ),
    ],
    "ACE213": [
        (operation(f"handler: function, {CALLERS}"), called("")),
        (operation(f"returns: Item, {CALLERS}"), called("")),
        (called("for: [createItem]"), called("")),
        (
            operation(f"returns: Item, handler: {{data_source: Item}}, {CALLERS}"),
            operation(f"returns: Item, handler: {{resolver: a.js}}, {CALLERS}"),
        ),
        (
            operation(f"returns: Item, handler: {{function: find, data_source: Item}}, {CALLERS}"),
            operation(f"returns: Item, handler: {{function: find}}, {CALLERS}"),
        ),
        (told("description: x"), told("for: [act]")),
        (told("for: [act], returns: Item"), told("for: [act]")),
        (told("for: [act], handler: act"), told("for: [act], handler: {resolver: a.js}")),
        (
            told("for: [act, deleteItem]").replace("returns: Item", "returns: string"),
            told("for: [act, deleteItem]"),
        ),
        (ai("description: x"), ai(MODEL)),
        (
            ai(f"{MODEL}, {CALLERS}", "generations"),
            ai(f"{MODEL}, {CALLERS}, returns: string", "generations"),
        ),
        (
            ai(f"{MODEL}, tools: [{{name: t, description: d}}]"),
            ai(f"{MODEL}, tools: [{{name: t, description: d, model: Item}}]"),
        ),
    ],
    "ACE216": [
        (called("creates: Item"), called("")),
        (maker("returns: string"), maker()),
        (maker("returns: Item, array: true"), maker()),
        (maker(allow="owner"), maker(allow="groups, groups: [staff]")),
        (maker(allow="authenticated"), maker(allow="owner", more=", disable_operations: [create]")),
        (
            maker().replace(
                "mutations: [",
                "mutations: [{name: act, returns: Item, handler: "
                f"function, {CALLERS}, creates: Item}}, ",
            ),
            maker().replace(
                "mutations: [",
                f"mutations: [{{name: act, returns: Item, handler: function, {CALLERS}}}, ",
            ),
        ),
        *(
            (maker(arguments=f"{{name: {wrong}}}"), maker(arguments=f"{{name: {right}}}"))
            for wrong, right in (
                ("y, type: string", "x, type: string}, {name: id, type: id"),
                ("x, type: id", "x, type: string, required: true"),
                ("id, type: string", "n, type: integer"),
                ("all, type: string", "all, type: string, array: true"),
                ("n, type: integer, array: true", "n, type: integer"),
                ("state, type: enum, values: [new]", "state, type: enum, values: [new, done]"),
                ("state, type: ref, ref: Other", "state, type: ref, ref: State"),
                ("state, type: string", "x, type: string"),
            )
        ),
    ],
    "ACE215": [
        (
            button("model: Item, owner_field: x"),
            button("model: Item, owner_field: x").replace(
                "}]}]\n  mutations",
                "}], authorization: [{allow: owner, owner_field: x}]}]\n  mutations",
            ),
        ),
        (
            called("button: {model: Item}, arguments: [{name: id, type: id}]"),
            button("model: Item", "{name: id, type: id}"),
        ),
        (button("model: Item", "{name: item, type: id}"), button("model: Item")),
        tuple(
            button(f"model: Item, confirm: {confirm}", f"{KEY}, {{name: why, type: string{more}}}")
            for confirm, more in (("false", ", required: true"), ("false", ""))
        ),
        (
            button("model: Item, confirm: false", f"{KEY}, {{name: n, type: id, required: true}}"),
            button("model: Item, confirm: true", f"{KEY}, {{name: n, type: id, required: true}}"),
        ),
        *(
            (
                button("model: Item, seen: [updatedAt]", f"{{name: itemId, type: id}}, {wrong}"),
                button(
                    "model: Item, seen: [updatedAt]",
                    "{name: itemId, type: id}, {name: updatedAt, type: datetime}",
                ),
            )
            for wrong in (
                "{name: updated, type: datetime}",
                "{name: updatedAt, type: string}",
                "{name: updatedAt, type: datetime, array: true}",
            )
        ),
        *(
            (
                button(
                    f"model: Item, seen: [{field}]",
                    f"{{name: itemId, type: id}}, {{name: {field}, type: {kind}}}",
                ),
                button(
                    "model: Item, seen: [x]",
                    "{name: itemId, type: id}, {name: x, type: string}",
                ).replace("{name: x, type: string},", "{name: x, type: string, required: true},"),
            )
            for field, kind in (("x", "string"), ("all", "string"), ("y", "string"))
        ),
        (button("model: Item", "{name: itemId, type: boolean}"), button("model: Item")),
        (button("model: Item", "{name: itemId, type: id, array: true}"), button("model: Item")),
        (button("model: Item", who="guest"), button("model: Item")),
        (
            button("model: Item")
            .replace("[{name: x,", "[{name: x, required: true,")
            .replace("{name: Item,", "{name: Item, identifier: [x, n],")
            .replace("{name: n,", "{name: n, required: true,"),
            button("model: Item").replace("{name: n,", "{name: n, required: true,"),
        ),
        *(
            (
                button(f"model: Item, when: {{{wrong}}}"),
                button(f"model: Item, when: {{{right}}}"),
            )
            for wrong, right in (
                ("y: [a]", "x: [a]"),
                ("state: [newer]", "state: [new]"),
                ("on: [yes]", "on: [true]"),
                ("state: [none]", "state: [new, null]"),
                ("n: [a]", "x: [a]"),
                ("all: [a]", "x: [a]"),
            )
        ),
    ],
    "ACE214": [
        *(
            tuple(ai(MODEL).replace("Help.", f'"{text}"') for text in pair)
            for pair in (
                ("[[X]]", "[ [X] ]"),
                ("a $$", "$5 $ 5"),
                ("$& b", "${x}"),
                ("$`", "$x"),
                ("$' ", "$ '"),
            )
        ),
        (
            ai(f"{MODEL}, tools: [{{name: t, description: $$, model: Item}}]"),
            ai(f"{MODEL}, tools: [{{name: t, description: $, model: Item}}]"),
        ),
    ],
    "ACE220": [
        *(
            (function(f"environment: {{{bad}: x}}"), function("environment: {KEY: x}"))
            for bad in ("K", "1K", "A-B", "AWS_REGION", "AMPLIFY_X", "'K + 1'")
        ),
        (function("secrets: [a b]"), function("secrets: [a_b]")),
        (
            function("environment: {KEY: x}, secrets: [KEY]"),
            function("environment: {KEY: x}, secrets: [KEY2]"),
        ),
        *(
            (
                function(f"{text}, access: {{tables: {{Only: [read]}}}}"),
                function(f"{text}, access: {{data: [query]}}"),
            )
            for text in ("environment: {ONLY_TABLE: x}", "secrets: [ONLY_TABLE]")
        ),
    ],
    "ACE221": [
        tuple(
            f"functions: [{{name: work, schedule: '{text}', timeout: 60}}]" for text in (bad, good)
        )
        for bad, good in (
            ("every monday", "every week"),
            ("every 0m", "every 1m"),
            ("every 60m", "every 59m"),
            ("every 24h", "every 23h"),
            ("daily", "every day"),
            ("* * * *", "* * ? * *"),
            ("0 9 * * *", "0 9 * * ?"),
            ("0 9 ? * ?", "0 9 1 * ?"),
            ("60 9 ? * 2", "59 9 ? * 2"),
            ("0 24 ? * 2", "0 23 ? * 2"),
            ("0 9 ? * 0", "0 9 ? * 7"),
            ("0 9 ? * 5-2", "0 9 ? * 2-5"),
            ("0 9 ? * a", "0 9 ? * 1,7"),
            ("*/0 9 ? * *", "*/5 9 ? * *"),
            ("0 9 ? * 2 1969", "0 9 ? * 2 2030"),
        )
    ]
    + [
        (
            "functions: [{name: work, schedule: every 1m, timeout: 61}]",
            "functions: [{name: work, schedule: every 1m, timeout: 60}]",
        )
    ],
    "ACE222": [
        ("functions: [{name: work}]", "functions: [{name: work, url: true}]"),
        (function("url: true"), function("url: false")),
        (function("url: true"), function("url: true, source: a.ts")),
        (
            called("").replace("handler: function", "handler: work") + function("memory: 512"),
            called("") + function("memory: 512"),
        ),
        (worker("schedule: every day"), worker("schedule: every day, source: a.ts")),
    ],
    "ACE223": [
        (
            "models: []\n" + function("access: {data: [query]}"),
            function("access: {data: [query]}"),
        ),
        (
            function("access: {storage: {a/*: [read]}}"),
            function("access: {storage: {a/*: [read]}}") + "\n" + files(f"a/*: {READ}"),
        ),
        (
            function("access: {storage: {b/*: [read]}}") + "\n" + files(f"a/*: {READ}"),
            function("access: {storage: {a/*: [read]}}") + "\n" + files(f"a/*: {READ}"),
        ),
        (
            function("access: {tables: {Onyl: [read]}}"),
            function("access: {tables: {Only: [read]}}"),
        ),
        (
            worker("access: {data: [query], tables: {Only: [read]}}"),
            worker("access: {tables: {Only: [read]}}"),
        ),
    ],
    "ACE230": [
        tuple(f"auth: {{attributes: {{{text}}}}}" for text in pair)
        for pair in (
            ("birthDate: {}", "birthdate: {}"),
            ("phone_number: {}", "phoneNumber: {required: false}"),
            ("tenant: {}", "'custom:tenant': {}"),
            ("'custom:': {}", "'custom:a': {}"),
            ("'custom:a b': {}", "'custom:a_b': {}"),
            (f"'custom:{'a' * 21}': {{}}", f"'custom:{'a' * 20}': {{}}"),
            ("'custom:a': {required: true}", "'custom:a': {required: false}"),
            ("nickname: {type: string}", "nickname: {mutable: false}"),
            ("nickname: {max_length: 9}", "'custom:nick': {max_length: 9}"),
            ("'custom:a': {min: 1}", "'custom:a': {type: number, min: 1}"),
            ("'custom:a': {type: number, max_length: 1}", "'custom:a': {max_length: 1}"),
            (
                "'custom:a': {min_length: 5, max_length: 4}",
                "'custom:a': {min_length: 4, max_length: 4}",
            ),
            (
                ", ".join(f"'custom:a{n}': {{}}" for n in range(51)),
                ", ".join(f"'custom:a{n}': {{}}" for n in range(50)),
            ),
        )
    ],
    "ACE231": [
        tuple(f"auth: {{{text}}}" for text in pair)
        for pair in (
            ("mfa: {mode: optional}", "mfa: {mode: optional, totp: true}"),
            (
                "login_with: [email, phone], mfa: {mode: required, totp: true}",
                "login_with: [email, phone], mfa: {mode: required, totp: true, sms: true}",
            ),
            ("login_with: [phone], social: [google]", "login_with: [email], social: [google]"),
            (
                "callback_urls: ['https://a.example']",
                "social: [apple], callback_urls: ['https://a.example']",
            ),
            *(
                (
                    f"social: [apple], logout_urls: ['{bad}']",
                    "social: [apple], logout_urls: ['http://localhost:3000/out']",
                )
                for bad in (
                    *("http://a.example", "a.example", "https://", "https://a b", "https://a#b"),
                    *("javascript:alert(1)", "http://localhost.a.example", "https://u@a.example"),
                )
            ),
        )
    ],
    "ACE240": [
        *(
            (files(f"'{bad}': {READ}"), files(f"'a/{{entity_id}}/*': {READ}"))
            for bad in (
                *("a", "a/", "/*", "*", "/a/*", "a//*", "a/*/*", "a*/*", "a b/*"),
                *("{entity_id}/*", "{entity_id}/a/*", "a/{entity_id}/b/*", "a/x{entity_id}/*"),
                *("a/{user}/*", "é/*"),
            )
        ),
        (
            files(f"a/*: {READ}, a/b/*: {READ}, a/b/c/*: {READ}"),
            files(f"a/*: {READ}, a/b/*: {READ}, a/c/*: {READ}, ab/*: {READ}"),
        ),
        (
            files(f"a/*: {READ}, 'a/{{entity_id}}/*': {READ}"),
            files(f"b/*: {READ}, 'a/{{entity_id}}/*': {READ}"),
        ),
        ("storage: {name: media}", files(f"a/*: {READ}")),
    ],
    "ACE241": [
        (
            rule("{allow: groups, operations: [read]}"),
            rule("{allow: groups, groups: [a], operations: [read]}"),
        ),
        (
            rule("{allow: guest, groups: [a], operations: [read]}"),
            rule("{allow: guest, operations: [read]}"),
        ),
        (
            rule("{allow: owner, operations: [read]}"),
            rule("{allow: owner, operations: [read]}", "a/{entity_id}/*"),
        ),
        (
            rule("{allow: guest, operations: [read, get]}"),
            rule("{allow: guest, operations: [get, list]}"),
        ),
        (
            rule("{allow: guest, operations: [read]}, {allow: guest, operations: [list]}"),
            rule("{allow: guest, operations: [read]}, {allow: authenticated, operations: [list]}"),
        ),
        (
            function("access: {storage: {a/*: [read, list]}}") + "\n" + files(f"a/*: {READ}"),
            function("access: {storage: {a/*: [read]}}") + "\n" + files(f"a/*: {READ}"),
        ),
    ],
    "ACE242": [
        *(
            (
                f"auth: {{groups: [a, b]}}\n{rule(usual, 'x/{entity_id}/*')}",
                f"auth: {{groups: [a, b]}}\n{rule(f'{usual}, {other}', 'x/{entity_id}/*')}",
            )
            for usual in (
                "{allow: authenticated, operations: [read]}",
                "{allow: owner, operations: [read, write]}",
            )
            for other in (
                "{allow: groups, groups: [a, b], operations: [get]}",
                ", ".join(
                    f"{{allow: groups, groups: [{one}], operations: [read]}}" for one in "ab"
                ),
            )
        ),
        (
            "auth: {groups: [a, b]}\n"
            + rule(
                "{allow: authenticated, operations: [read]}, "
                "{allow: groups, groups: [a], operations: [read]}"
            ),
            "auth: {groups: [a, b]}\n" + rule("{allow: guest, operations: [read]}"),
        ),
        (
            rules("{allow: groups, groups: [a]}") + "\n" + files(f"x/*: {READ}"),
            rules("{allow: owner}") + "\n" + files(f"x/*: {READ}"),
        ),
        (
            f"auth: {{groups: [a]}}\n{files(f'x/*: {READ}')}",
            f"auth: {{login_with: [email]}}\n{files(f'x/*: {READ}')}",
        ),
    ],
}

# What is found in operations and functions as it is elsewhere.
CASES["ACE012"] += [(called("arguments: [{name: a}]"), called("arguments: [{name: a, type: id}]"))]
CASES["ACE101"] += [
    (called("arguments: [{name: a, type: int}]"), called("arguments: [{name: a, type: integer}]"))
]
CASES["ACE102"] += [
    (
        called("arguments: [{name: a, type: enum}]"),
        called("arguments: [{name: a, type: enum, values: [b]}]"),
    )
]
CASES["ACE103"] += [
    (
        called(f"arguments: [{{name: a, type: ref, ref: {bad}}}]"),
        called("arguments: [{name: a, type: ref, ref: Size}]") + "  enums: {Size: [s]}\n",
    )
    for bad in ("Siz", "Item")
]
CASES["ACE106"] += [
    (
        called(f"arguments: [{{name: a, type: enum, values: [b], {key}: true}}]"),
        called(f"arguments: [{{name: a, type: enum, values: [b], {key}: false}}]"),
    )
    for key in ("array", "required")
] + [
    (called("arguments: [{name: a, type: id, values: [b]}]"), called("")),
    (called("arguments: [{name: a, type: id, ref: Item}]"), called("")),
]
CASES["ACE109"] += [
    (function("environment: {STRIPE_SECRET_KEY: x}"), function("secrets: [STRIPE_SECRET_KEY]"))
]
CASES["ACE110"] += [
    (called("").replace("name: find", "name: find-it"), called("")),
    (called("arguments: [{name: a-b, type: id}]"), called("arguments: [{name: aB, type: id}]")),
    (function("memory: 512", "do-it"), function("memory: 512", "doIt")),
    (f"{files(f'a/*: {READ}')}\n".replace("paths", "name: a-b, paths"), files(f"a/*: {READ}")),
    (callers("{allow: groups, groups: [a b]}"), callers("{allow: groups, groups: [a_b]}")),
    (
        rule("{allow: groups, groups: [a b], operations: [read]}"),
        rule("{allow: groups, groups: [a_b], operations: [read]}"),
    ),
    (
        ai(f"{MODEL}, tools: [{{name: _t, description: d, model: Item}}]"),
        ai(f"{MODEL}, tools: [{{name: t_, description: d, model: Item}}]"),
    ),
]
CASES["ACE111"] += [
    (function("memory: 512", bad), function("memory: 512", "theWork"))
    for bad in ("delete", "data", "worker", "addSqs", "eventStream", "Worker")
] + [
    (worker("memory: 512").replace("lambda, ", ""), worker("memory: 512")),
    (worker("memory: 512").replace("worker", "Worker"), worker("memory: 512")),
    (
        called("").replace("handler: function", "handler: worker") + "\n" + worker("memory: 512"),
        called("") + "\n" + worker("memory: 512"),
    ),
    (called("").replace("name: find", "name: toString"), called("")),
    (
        "functions: [{name: a, url: true}, {name: aUrl, url: true}]".replace(
            "name: a,", "name: b,"
        ).replace("aUrl", "bUrl"),
        "functions: [{name: b, url: true}, {name: aUrl, url: true}]",
    ),
]
CASES["ACE112"] += [
    (
        "functions: [{name: doIt, url: true}, {name: do_it, url: true}]",
        "functions: [{name: doIt, url: true}, {name: didIt, url: true}]",
    ),
    (
        called("arguments: [{name: a, type: enum, values: [b]}]") + "  enums: {FindA: [s]}\n",
        called("arguments: [{name: a, type: enum, values: [b]}]") + "  enums: {FindB: [s]}\n",
    ),
]
CASES["ACE132"] += [
    (
        operation(
            f"returns: Item, handler: function, authorization: [{{allow: {bad}}}]", "", "mutations"
        ),
        callers(f"{{allow: {bad}}}"),
    )
    for bad in ("guest", "public_api_key")
] + [
    (
        rule("{allow: guest, operations: [write]}"),
        rule("{allow: guest, operations: [list]}"),
    )
]
CASES["ACE133"] += [
    (
        f"auth: {{groups: [admins]}}\n{callers('{allow: groups, groups: [admin]}')}",
        f"auth: {{groups: [admins]}}\n{callers('{allow: groups, groups: [admins]}')}",
    ),
    (
        f"auth: {{groups: [a]}}\n{rule('{allow: groups, groups: [b], operations: [read]}')}",
        f"auth: {{groups: [a]}}\n{rule('{allow: groups, groups: [a], operations: [read]}')}",
    ),
]
_LONE = f"[{{name: act, returns: string, handler: function, {CALLERS}}}]"
CASES["ACE144"] += [
    (f"schema: {{models: [], {bad}: {_LONE}}}", f"schema: {{models: [], queries: {_LONE}}}")
    for bad in ("mutations",)
]
CASES["ACE162"] += [
    (
        ai(f"{MODEL}, tools: [{{name: t, description: d, model: Item}}]").replace(
            "string}]}", f"string}}], disable_operations: [{bad}]}}"
        ),
        ai(f"{MODEL}, tools: [{{name: t, description: d, model: Item}}]").replace(
            "string}]}", "string}], disable_operations: [create]}"
        ),
    )
    for bad in ("list",)
]
CASES["ACE171"] += [
    (function("source: a.js"), function("source: a.ts")),
    (
        operation(f"returns: Item, handler: {{resolver: a.ts}}, {CALLERS}"),
        operation(f"returns: Item, handler: {{resolver: a.js}}, {CALLERS}"),
    ),
]

# Found only where there are files, or asked for with --strict: tested with the command.
# Those about what is read elsewhere: files, strictness, scripts of a project.
ELSEWHERE = {
    "ACE170",
    "ACE173",
    "ACE181",
    "ACE183",
    "ACE184",
    "ACE190",
    *(f"ACE30{number}" for number in range(6)),
}

SHOWN = "components: [{name: P, type: detail, models: [Item]}]\n"
CASES["ACE211"] += [
    (button("model: Item, opens: Q") + SHOWN, button("model: Item, opens: P") + SHOWN)
]
CASES["ACE215"] += [
    (
        button("model: Item, opens: P").replace("returns: Item", "returns: boolean") + SHOWN,
        button("model: Item, opens: P") + SHOWN,
    )
]
