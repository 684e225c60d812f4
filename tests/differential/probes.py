"""Single questions to Amplify, each the smallest pattern that asks it."""

from __future__ import annotations

from typing import Any

Fields = list[dict[str, Any]]
OPEN = [{"allow": "public_api_key"}]
TEXT: dict[str, Any] = {"name": "n", "type": "string"}


def field(name: str, kind: str = "string", **more: Any) -> dict[str, Any]:
    return {"name": name, "type": kind, **more}


def one(*fields: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return a pattern of one model."""
    model = {"name": "M", "fields": [TEXT, *fields], "authorization": OPEN, **more}
    return {"name": "test", "schema": {"models": [model]}}


def pair(parent: Fields, child: Fields, **more: Any) -> dict[str, Any]:
    """Return a pattern of two models; `more` is what the parent has besides."""
    models = [
        {"name": "P", "fields": parent, "authorization": OPEN, **more},
        {"name": "K", "fields": child, "authorization": OPEN},
    ]
    return {"name": "test", "schema": {"models": models}}


def models(*names: str) -> dict[str, Any]:
    listed = [{"name": name, "fields": [TEXT], "authorization": OPEN} for name in names]
    return {"name": "test", "schema": {"models": listed}}


def has(kind: str = "hasMany", *keys: str, name: str = "kids", to: str = "K") -> dict[str, Any]:
    return {"name": name, "type": kind, "model": to} | ({"references": list(keys)} if keys else {})


def belongs(*keys: str, name: str = "p", to: str = "P") -> dict[str, Any]:
    return has("belongsTo", *keys, name=name, to=to)


KEYS = [field("x", required=True), field("y", required=True)]
RELATIONS = {
    "manyToMany with a key": pair(
        [TEXT, has("manyToMany", "pId")], [TEXT, has("manyToMany", name="ps", to="P")]
    ),
    "hasMany without belongsTo": pair([TEXT, has("hasMany", "pId")], [field("pId", "id")]),
    "belongsTo without hasMany": pair([TEXT], [field("pId", "id"), belongs("pId")]),
    "no reference field": pair([TEXT, has("hasMany", "pId")], [TEXT, belongs("pId")]),
    **{
        f"reference field of type {kind}": pair(
            [TEXT, has("hasMany", "pId")], [field("pId", kind), belongs("pId")]
        )
        for kind in ("string", "integer", "id", "email", "json")
    },
    "sides with other keys": pair(
        [TEXT, has("hasMany", "pId")], [field("pId", "id"), field("o", "id"), belongs("o")]
    ),
    "two relations of a pair": pair(
        [TEXT, has("hasMany", "a"), has("hasMany", "b", name="others")],
        [field("a", "id"), field("b", "id"), belongs("a"), belongs("b", name="q")],
    ),
    "relation to itself": one(
        field("up", "id"), belongs("up", to="M"), has("hasMany", "up", to="M")
    ),
    "relation to nothing": one(has("hasMany", to="Nope")),
    "many to many": pair([TEXT, has("manyToMany")], [TEXT, has("manyToMany", to="P")]),
    "hasMany on both sides": pair([TEXT, has("hasMany", "a")], [TEXT, has("hasMany", "b", to="P")]),
    "hasOne": pair([TEXT, has("hasOne", "pId")], [field("pId", "id"), belongs("pId")]),
    "one reference of two": pair(
        [*KEYS, has("hasMany", "a")], [field("a"), belongs("a")], identifier=["x", "y"]
    ),
    "two references": pair(
        [*KEYS, has("hasMany", "a", "b")],
        [field("a"), field("b"), belongs("a", "b")],
        identifier=["x", "y"],
    ),
    "reference field with an index": {
        "name": "test",
        "schema": {
            "models": [
                {"name": "P", "fields": [TEXT]},
                {
                    "name": "K",
                    "fields": [field("pId", "id"), field("at", "datetime"), belongs("pId")],
                    "indexes": [{"field": "pId", "sort_keys": ["at"]}],
                },
            ]
        },
    },
    "a model as a field": pair([TEXT], [field("p", "ref", ref="P")]),
    "a ref to nothing": one(field("p", "ref", ref="Nope")),
    "relations only": pair([has("hasMany", "pId")], [field("pId", "id"), belongs("pId")]),
}
NAMES = (
    {
        f"model {name}": models(name)
        for name in (
            *("Query", "Mutation", "Subscription", "String", "ID", "Int", "Boolean", "AWSJSON"),
            *("My_Model", "Model", "Datas", "S3Object", "Fish", "Data", "Person", "News", "List"),
            *(
                "User",
                "Schema",
                "Function",
                "Object",
                "__Foo",
                "CON",
                "Api",
                "Auth",
                "Table",
                "Con",
            ),
            *(
                "My-Model",
                "9Lives",
                "Mo del",
                "lower",
                "Float",
                "Type",
                "AWSDate",
                "ModelSizeInput",
            ),
            *("ModelSortDirection", "ModelIDKeyConditionInput", "ModelStringKeyConditionInput"),
            *("SearchableSortDirection", "Timestamp", "AWSTimestamp", "BigInt", "Double", "Long"),
        )
    }
    | {
        f"models {first} and {second}": models(first, second)
        for first, second in (
            *(("Data", "Datas"), ("User", "USER"), ("Todo", "Todos"), ("Person", "People")),
            *(("Foo", "CreateFooInput"), ("Foo", "ModelFooConnection"), ("Foo", "FooConnection")),
            *(("Foo", "ModelFooFilterInput"), ("Foo", "ModelSubscriptionFooFilterInput")),
            *(("Foo", "UpdateFooInput"), ("Foo", "FooInput"), ("Foo", "CreateFoo"), ("A", "AA")),
        )
    }
    | {
        f"field {name}": one(
            field(name, "datetime" if name in {"createdAt", "updatedAt"} else "string")
        )
        for name in (
            *(
                "id",
                "createdAt",
                "updatedAt",
                "owner",
                "type",
                "__typename",
                "_id",
                "class",
                "model",
            ),
            *(
                "items",
                "nextToken",
                "input",
                "condition",
                "filter",
                "constructor",
                "hasOwnProperty",
            ),
            *("toString", "then", "length", "name", "default", "enum", "query", "subscription"),
            *(
                "_version",
                "_deleted",
                "_lastChangedAt",
                "sourceType",
                "and",
                "or",
                "not",
                "my-field",
            ),
            *("9x", "a b", "valueOf", "toLocaleString", "isPrototypeOf", "propertyIsEnumerable"),
            *("__defineGetter__", "__lookupGetter__", "__x", "prototype", "sortDirection", "limit"),
        )
    }
)
ENUMS = {
    f"enum {values}": one(field("e", "enum", values=list(values)))
    for values in (
        *(("in-progress",), ("in progress",), ("1st",), ("true",), ("null",), ("x", "x")),
        *(("café",), ("a.b",), ("x",), ("",), ("__x",), ("false", "x"), ("True",)),
    )
} | {
    "an enum called like a model": {
        "name": "test",
        "schema": {
            "models": [
                {"name": "M", "fields": [field("status", "enum", values=["x"])]},
                {"name": "MStatus", "fields": [TEXT]},
            ]
        },
    },
    "an unused enum": one() | {"schema": one()["schema"] | {"enums": {"E": ["x"]}}},
    "an unused type": {
        "name": "test",
        "schema": one()["schema"] | {"types": [{"name": "T", "fields": [TEXT]}]},
    },
    "a type called like a derived input": {
        "name": "test",
        "schema": one(field("t", "ref", ref="T"))["schema"]
        | {
            "types": [
                {"name": "T", "fields": [TEXT]},
                {"name": "TInput", "fields": [TEXT]},
            ]
        },
    },
}
DEFAULTS = {
    f"default of {kind}: {value!r}": one(field("f", kind, default=value))
    for kind, values in {
        "string": ('say "hi"', 'say \\"hi\\"', "line\nbreak", "", 5, "ünï", "back\\slash", "'"),
        "integer": (0, 1.5, "x", "7", -3, 3000000000, -(2**31), 7.0, True),
        "float": (0, 1, "1.5", 1e300, -0.5, True),
        "boolean": (False, "true", "yes", 1, "True"),
        "date": ("2024-01-01", "01/01/2024", "2023-02-29", "2024-13-01", "2024-1-1"),
        "datetime": (
            *("2024-01-01T00:00:00Z", "now", "2024-01-01", "2024-01-01T24:00:00Z"),
            *("2024-01-01T00:00:00", "2024-01-01T00:00:00+0100", "2024-02-30T00:00:00Z"),
            *("2024-01-01t00:00:00z", "2024-01-01 00:00:00Z", "2024-01-01T00:00:60Z"),
        ),
        "time": ("10:00", "25:00", "10:00:00Z", "10:00:00", "10:00:00+01:00", "10:00:00.1234Z"),
        "timestamp": (0, "x", 4102444800, "17", 1.5),
        "email": ("nope", "a@b.co", "a@b", "a..b@c.de", "a@-b.de", '"a b"@c.de', "ä@c.de", "@c.de"),
        "url": (
            *("example.com", "https://example.com/a", "http://a b", "https://", "HTTP://A.B"),
            *("ftp://a.b", "javascript:alert(1)", "http://[::1]:80/", "http://1.2.3.4.5", "//a.b"),
            *("http://a:b@c.d", "http://xn--a", "http://a..b", "http://a_b.c", "http://%41"),
        ),
        "ipAddress": ("999.1.1.1", "10.0.0.0/8", "::1", "1.2.3", "01.2.3.4", "::ffff:1.2.3.4"),
        "phone": (
            "+14155552671",
            "415-555-2671",
            "+1",
            "+99999999",
            "+442071838750",
            "+0123456789",
        ),
        "json": ('{"a":1}', "[]", "{}", 5, {"a": 1}, True, [1], "NaN", "x", [{}], "1e5", [1.5]),
        "id": ("x", 5, ""),
    }.items()
    for value in values
}
VALIDATIONS = {
    f"{kind} with {keys}": one(field("f", kind, **keys))
    for kind, keys in (
        ("string", {"min_length": 3}),
        ("string", {"min_length": 0}),
        ("string", {"pattern": "^[a-z]+$"}),
        ("string", {"pattern": "^\\d+$"}),
        ("string", {"pattern": "it's"}),
        ("string", {"pattern": '"'}),
        ("string", {"required": True, "min_length": 1, "max_length": 5}),
        ("integer", {"min": 0}),
        ("integer", {"min": 0.5}),
        ("integer", {"min": 0.2, "max": 0.8}),
        ("string", {"pattern": "[a-z&&b]"}),
        ("string", {"pattern": "(?i)a"}),
        ("integer", {"min": -(2**40), "max": 2**40}),
        ("integer", {"default": 0, "min": 5}),
        ("float", {"max": 9.5}),
        ("float", {"min": 1e-7, "max": 1e300}),
        ("email", {"min_length": 3}),
        ("string", {"min_length": -1}),
        ("integer", {"array": True, "min": 0}),
        ("string", {"min_length": 3, "default": "a"}),
    )
}
KEYS_AND_INDEXES = {
    "two indexes of a field": one(
        *KEYS, indexes=[{"field": "n", "sort_keys": ["x"]}, {"field": "n", "sort_keys": ["y"]}]
    ),
    "an index name twice": one(
        *KEYS, indexes=[{"field": "x", "name": "one"}, {"field": "y", "name": "one"}]
    ),
    "a query name twice": one(
        *KEYS, indexes=[{"field": "x", "query_field": "q"}, {"field": "y", "query_field": "q"}]
    ),
    "an index name twice, once by default": one(
        *KEYS, indexes=[{"field": "x"}, {"field": "y", "name": "msByX"}]
    ),
    "an index of the key": one(field("id", "id"), indexes=[{"field": "id"}]),
    "an index of the first of two keys": one(
        *KEYS, identifier=["x", "y"], indexes=[{"field": "x", "sort_keys": ["n"]}]
    ),
    **{
        f"an index called {name!r}": one(indexes=[{"field": "n", "name": name}])
        for name in ("by-n", "ab", "a b", "by.n", "9ab", "-ab", "by_n")
    },
    **{
        f"a query called {name!r}": one(indexes=[{"field": "n", "query_field": name}])
        for name in (
            *("getM", "listMs", "createM", "onCreateM", "__q", "9q", "a-b", "query", "toString"),
            *("updateM", "constructor", "M", "__proto__", "id"),
        )
    },
    "a query called like a disabled one": one(
        indexes=[{"field": "n", "query_field": "listMs"}], disable_operations=["list"]
    ),
    **{
        f"{count} indexes": one(
            *(field(f"f{number}") for number in range(count)),
            indexes=[{"field": f"f{number}"} for number in range(count)],
        )
        for count in (20, 21)
    },
    "an identifier of two": one(*KEYS, identifier=["x", "y"]),
    "an identifier of what is not there": one(identifier=["zz"]),
    "an identifier of a list": one(field("x", required=True, array=True), identifier=["x"]),
    "an identifier with a default": one(field("x", required=True, default="q"), identifier=["x"]),
    **{
        f"disabled {names}": one(field("s", "enum", values=["a"]), disable_operations=list(names))
        for names in (
            *(("queries", "mutations", "subscriptions"), ("delete",), ("queries",), ("mutations",)),
            *(("list",), ("get",), ("list", "get"), ("subscriptions",), ("create", "onCreate")),
        )
    },
}


def ruled(*rules: dict[str, Any], fields: Fields | None = None) -> dict[str, Any]:
    model = {"name": "M", "fields": [TEXT, *(fields or [])], "authorization": list(rules)}
    return {"name": "test", "schema": {"models": [model]}}


def allow(strategy: str, **more: Any) -> dict[str, Any]:
    return {"allow": strategy, **more}


BOSS = allow("owner", owner_field="boss")
RULES = {
    **{
        f"rule {rule}": ruled(rule)
        for rule in (
            *(allow("owner"), BOSS, allow("owners", owner_field="bosses"), allow("guest")),
            *(allow("groups", groups=["g"]), allow("groups", groups=["g", "h"])),
            *(allow("groups", group_field="grp"), allow("authenticated"), allow("public_api_key")),
            allow("owner", identity_claim="sub"),
            allow("groups", groups=["g"], group_claim="cognito:groups"),
            allow("groups", groups=["g", "g"]),
            allow("groups", groups=[]),
            allow("groups"),
            allow("groups", groups=["g"], group_field="grp"),
            *(
                allow("owner", operations=operations)
                for operations in (
                    *(["read"], ["get", "list"], ["read", "get"], [], ["write"]),
                    ["create", "update", "delete", "get", "list", "listen", "search", "sync"],
                )
            ),
            allow("owner", owner_field="n"),
            allow("owner", owner_field="id"),
            allow("owner", owner_field="createdAt"),
            allow("owners", owner_field="n"),
            allow("groups", group_field="n"),
        )
    },
    "an owner that is a number": ruled(allow("owner"), fields=[field("owner", "integer")]),
    "an owner that is a text": ruled(allow("owner"), fields=[field("owner")]),
    "a declared boss": ruled(BOSS, fields=[field("boss")]),
    "a required boss": ruled(BOSS, fields=[field("boss", required=True)]),
    "a boss that is an email": ruled(BOSS, fields=[field("boss", "email")]),
    "declared groups": ruled(
        allow("groups", group_field="grps"), fields=[field("grps", array=True)]
    ),
    "a rule twice": ruled(allow("owner"), allow("owner")),
    "one field for an owner and owners": ruled(
        allow("owner", owner_field="who"), allow("owners", owner_field="who")
    ),
    "overlapping groups": ruled(allow("groups", groups=["a", "b"]), allow("groups", groups=["b"])),
    "no rules": one(authorization=[]),
    "a field for fewer": ruled(
        allow("owner"),
        allow("authenticated", operations=["read"]),
        fields=[field("x", required=True, authorization=[allow("owner")])],
    ),
    "a field for more": ruled(
        allow("owner"), fields=[field("x", required=True, authorization=OPEN)]
    ),
    "a field for others": ruled(
        allow("owner"), fields=[field("x", authorization=[allow("groups", groups=["g"])])]
    ),
    "a rule of a field twice": ruled(
        allow("owner"), fields=[field("x", authorization=[allow("owner"), allow("owner")])]
    ),
    "the id for fewer": ruled(
        allow("owner"), OPEN[0], fields=[field("id", "id", authorization=[allow("owner")])]
    ),
    "a narrower relation": {
        "name": "test",
        "schema": {
            "models": [
                {"name": "P", "fields": [TEXT, has()], "authorization": [allow("owner")]},
                {"name": "K", "fields": [TEXT], "authorization": OPEN},
            ]
        },
    },
}


def typed(*types: tuple[str, Fields]) -> dict[str, Any]:
    made = one(field("t", "ref", ref=types[0][0]))
    made["schema"]["types"] = [{"name": name, "fields": fields} for name, fields in types]
    return made


TYPES = {
    "a type in itself": typed(("T", [TEXT, field("t", "ref", ref="T")])),
    "a list of a type in itself": typed(("T", [field("t", "ref", ref="T", array=True)])),
    "a required list of a type in itself": typed(
        ("T", [field("t", "ref", ref="T", array=True, required=True)])
    ),
    "a type that requires itself": typed(("T", [field("t", "ref", ref="T", required=True)])),
    "types in a circle": typed(
        ("T", [field("u", "ref", ref="U", required=True)]), ("U", [field("t", "ref", ref="T")])
    ),
    "an enum in a type": typed(("T", [field("e", "enum", values=["a"])])),
    "a required enum in a type": typed(("T", [field("e", "enum", values=["a"], required=True)])),
    "a model in a type": typed(("T", [field("m", "ref", ref="M")])),
    "a type without fields": typed(("T", [])),
    "a type with a default": typed(("T", [field("x", default="a")])),
    "a type with a rule": typed(("T", [field("x", authorization=OPEN)])),
    "a type with a limit": typed(("T", [field("x", min_length=1)])),
    "a date of another type": one(field("createdAt")),
    "a query of an index that is none": one(indexes=[{"field": "gone", "query_field": "1-list"}]),
    "a type with an id": typed(("T", [field("id", "id")])),
    "no fields": {"name": "test", "schema": {"models": [{"name": "M", "fields": []}]}},
}
PROBES: dict[str, dict[str, Any]] = {
    f"probe: {name}": probe
    for group in (
        *(RELATIONS, NAMES, ENUMS, DEFAULTS, VALIDATIONS, KEYS_AND_INDEXES, RULES, TYPES),
    )
    for name, probe in group.items()
}
