"""Small mistakes: what people write who know the format and slip."""

from __future__ import annotations

from copy import deepcopy
from random import Random
from typing import TYPE_CHECKING, Any

from documents import DEFAULTS, SCALARS, Document

if TYPE_CHECKING:
    from collections.abc import Callable

TYPES = (*SCALARS, "enum", "ref", "belongsTo", "hasMany", "hasOne", "manyToMany")
VALUES: tuple[Any, ...] = (
    *("x", "", "now", "true", "1", "10:00", "2026-01-31", "2026-02-30", "25:00:00Z", "12:30Z"),
    *("me@", "me@example", "a b@c.d", "+1", "+15555550100", "020 7183", "+99999999", "0", "é"),
    *(
        "example.com",
        "ftp://example.com",
        "javascript:x",
        "https://",
        "http://a b",
        "mailto:a@b.co",
    ),
    *("10.0.0.0/8", "300.0.0.1", "::g", "1.2.3", "1::2::3", "fe80::1%eth0", "010.0.0.1"),
    *("{", "[1", "abc", "[1,]", "2026-01-31T12:00:00", "2026-01-31T25:00:00Z", "2026-01-31Z"),
    *("2026-01-31T12:00Z", "2026-01-31T12:00:00.1234567Z", "2026-01-31T12:00:00+25:00", "12:30"),
    *(0, 1, -1, 1.5, 2147483648, -2147483648, 3e9, 1e400, 10**18, True, False),
    *({"a": 1}, {}, [], ["x"], [1]),
)
NAMES = (
    *("id", "createdAt", "updatedAt", "owner", "and", "or", "not", "__x", "a-b", "1x", "a b", "é"),
    *("constructor", "toString", "__typename", "hasOwnProperty", "valueOf", "__proto__", "x" * 65),
    *("Query", "Mutation", "Subscription", "String", "ID", "Int", "Float", "Boolean", "AWSJSON"),
    *("AWSDate", "Con", "order", "ModelStringInput", "ModelSortDirection", "CreateOrderInput"),
    *("ModelOrderConnection", "Order", "Orders", "ORDER", "Person", "People", "Datum", "Statuses"),
    *("OrderStatus", "OrderType", "UpdateUserInput", "My_Model", "query", "A" * 51, "name", "Name"),
    *("_deleted", "_lastChangedAt", "ModelAttributeTypes", "AWSTimestamp", "type", "Timestamp"),
    *("ModelOrderFilterInput", "DeleteOrderInput", "ModelSubscriptionStringInput", "Todos"),
    *("ModelUserPrimaryCompositeKeyInput", "parentId", "Indices", "Userses", "__Foo", "Userss"),
)
ENUMS = ("", "a b", "in-progress", "1st", "true", "null", "é", "a", "__x", "false", "a.b", "x" * 65)
TEXTS = (
    *(
        'say "hi"',
        "a\\b",
        "a\nb",
        "$ctx.x",
        "${x}",
        "## x",
        "#if(true)",
        "\u2028",
        "\t",
        "$util",
        "'",
    ),
)
REGEXES = ("[", "\\d", '"', "(?i)a", "(", "a\nb", "*", "[a-z&&[b]]", "(?<n>a)", "a{2,1}", "")
QUERIES = (
    *("listOrders", "getOrder", "createOrder", "updateUser", "deleteUser", "onCreateOrder", "a-b"),
    *("__x", "constructor", "1x", "q", "listUsers", "id", "x" * 65, "toString", "onUpdateUser"),
)
INDEX_NAMES = ("ab", "a b", "a-b", "a.b.c", "by_x", "byX", "x" * 256, "é" * 3, "by-x", "abc")


class Slip:
    """Makes one mistake in a copy of a document."""

    def __init__(self, random: Random, document: Document) -> None:
        self.random = random
        self.document = deepcopy(document)
        self.schema = self.document["schema"]
        self.models = self.schema["models"]
        self.model = random.choice(self.models)
        self.owners = [*self.models, *self.schema.get("types", [])]
        self.owner = random.choice(self.owners)
        self.field = random.choice(self.owner["fields"])

    def any_key(self) -> None:
        """Give a field a key with a value that suits some field."""
        keys: dict[str, tuple[Any, ...]] = {
            "required": (True, False),
            "array": (True, False),
            "type": TYPES,
            "min": (0, -1, 1.5, 1e30, 10**20, -(10**30)),
            "max": (0, 9, 0.5, -1e30),
            "min_length": (0, 1, 3, 2**31),
            "max_length": (1, 2, 2**40),
            "pattern": REGEXES,
            "values": (["a"], ["a", "a"], ["true"], ["x", "y"]),
            "ref": (*self.schema.get("enums", {}), *self.type_names(), "Nothing"),
            "model": (*(model["name"] for model in self.models), "Nobody"),
            "references": (["id"], ["parentId"], ["nothing"], ["id", "parentId"]),
        }
        key = self.random.choice(list(keys))
        self.field[key] = self.random.choice(keys[key])

    def type_names(self) -> list[str]:
        return [item["name"] for item in self.schema.get("types", [])]

    def default(self) -> None:
        """Give a field a default, of any kind."""
        fields = [field for field in self.model["fields"] if field["type"] in SCALARS]
        field = self.random.choice(fields or self.model["fields"])
        others = DEFAULTS[self.random.choice(SCALARS)]
        field["default"] = self.random.choice((*VALUES, *TEXTS, *others, *others))

    def new_field(self) -> None:
        """Add a field with a default that may be wrong."""
        kind = self.random.choice(SCALARS)
        self.model["fields"].append(
            {"name": "extra", "type": kind, "default": self.random.choice((*VALUES, *TEXTS))}
        )

    def field_name(self) -> None:
        taken = [field["name"] for field in self.owner["fields"]]
        self.field["name"] = self.random.choice((*NAMES, *taken))

    def owner_name(self) -> None:
        taken = [owner["name"] for owner in self.owners]
        field = self.field["name"]
        own = f"{self.owner['name']}{field[:1].upper()}{field[1:]}"
        self.owner["name"] = self.random.choice(
            (*NAMES, *taken, *self.schema.get("enums", {}), own)
        )

    def enum_name(self) -> None:
        enums = self.schema.setdefault("enums", {})
        field = self.field["name"]
        own = f"{self.owner['name']}{field[:1].upper()}{field[1:]}"
        enums[self.random.choice((*NAMES, own, self.model["name"]))] = ["a"]

    def enum_value(self) -> None:
        lists = [*self.schema.get("enums", {}).values()]
        lists += [
            field["values"]
            for owner in self.owners
            for field in owner["fields"]
            if "values" in field
        ]
        if lists:
            self.random.choice(lists).append(self.random.choice(ENUMS))

    def drop(self) -> None:
        """Leave something out."""
        holder = self.random.choice((self.field, self.field, self.model))
        keys = [key for key in holder if key != "name"]
        if keys:
            del holder[self.random.choice(keys)]

    def drop_field(self) -> None:
        self.owner["fields"].remove(self.field)

    def same_field(self) -> None:
        """Add a field of another model or type."""
        self.model["fields"].append(deepcopy(self.field))

    def index(self) -> None:
        names = [field["name"] for field in self.model["fields"]]
        names += ["id", "createdAt", "nothing", *names]
        index: Document = {"field": self.random.choice(names)}
        if self.random.random() < 0.6:
            index["sort_keys"] = self.random.sample(names, self.random.randint(0, 3))
        if self.random.random() < 0.4:
            index["name"] = self.random.choice(INDEX_NAMES)
        if self.random.random() < 0.4:
            index["query_field"] = self.random.choice((*QUERIES, f"list{self.model['name']}"))
        self.model.setdefault("indexes", []).append(index)

    def same_index(self) -> None:
        for index in self.model.get("indexes", [])[:1]:
            self.model["indexes"].append(deepcopy(index) | {"query_field": "other"})

    def identifier(self) -> None:
        names = [field["name"] for field in self.model["fields"]]
        self.model["identifier"] = self.random.sample(
            [*names, "id", "nothing", "createdAt"], self.random.randint(1, 3)
        )
        if self.random.random() < 0.7:
            for field in self.model["fields"]:
                if field["name"] in self.model["identifier"]:
                    field["required"] = True

    def rule(self) -> None:
        """Add a rule to a model or a field, now and then with keys it does not take."""
        rule: Document = {
            "allow": self.random.choice(
                ("owner", "owner", "owners", "groups", "authenticated", "guest", "public_api_key")
            )
        }
        names = [field["name"] for field in self.model["fields"]]
        options: dict[str, tuple[Any, ...]] = {
            "owner_field": (*names, "someone", "a-b", "id", "createdAt", "__x"),
            "group_field": (*names, "team", "id", "groups"),
            "groups": (["admins"], ["a", "a"], ['a"b'], ["é"], ["a b"]),
            "identity_claim": ("sub", 'a"b', "a b"),
            "group_claim": ("x", "cognito:groups"),
            "operations": (["read", "get"], ["create"], ["read"], ["listen"], ["sync", "search"]),
        }
        usual = {"groups": ("groups", "group_field"), "owners": ("owner_field",)}
        for key in usual.get(rule["allow"], ())[:1]:
            rule[key] = self.random.choice(options[key])
        for key in self.random.sample(list(options), self.random.randint(0, 2)):
            rule[key] = self.random.choice(options[key])
        holder = self.random.choice((self.model, self.random.choice(self.model["fields"])))
        holder.setdefault("authorization", []).append(rule)

    def same_rule(self) -> None:
        """Repeat a rule, with other operations."""
        rules = self.model.get("authorization", [])
        if rules:
            again = deepcopy(self.random.choice(rules))
            again["operations"] = ["delete"]
            if self.random.random() < 0.5:
                again.pop("identity_claim", None)
                again.pop("group_claim", None)
            rules.append(again)

    def field_rule(self) -> None:
        """Let fewer, or others, at a field than at its model."""
        field = self.random.choice(self.model["fields"])
        field["authorization"] = [
            self.random.choice(
                (
                    {"allow": "owner"},
                    {"allow": "owner", "operations": ["read"]},
                    {"allow": "groups", "groups": ["admins"]},
                    {"allow": "authenticated", "operations": ["read", "update"]},
                    {"allow": "guest", "operations": ["read"]},
                    {"allow": "public_api_key", "operations": ["read"]},
                    {"allow": "owners", "owner_field": "people"},
                    {"allow": "groups", "group_field": "team", "operations": ["create"]},
                )
            )
        ]
        if self.random.random() < 0.5:
            field["required"] = True

    def disable(self) -> None:
        for model in self.models:
            model["disable_operations"] = self.random.choice(
                (
                    ["queries"],
                    ["queries", "mutations", "subscriptions"],
                    ["list", "get"],
                    ["mutations"],
                    ["create", "update", "delete"],
                    ["onCreate", "onUpdate", "onDelete"],
                )
            )

    def nested_type(self) -> None:
        """Let a custom type hold itself, or another."""
        names = self.type_names()
        if names:
            self.random.choice(self.schema["types"])["fields"].append(
                {
                    "name": "inner",
                    "type": "ref",
                    "ref": self.random.choice(names),
                    "required": self.random.random() < 0.5,
                    "array": self.random.random() < 0.3,
                }
            )

    def relation(self) -> None:
        """Add one side of a relation, with references that may fit."""
        other = self.random.choice(self.models)
        names = [field["name"] for field in self.model["fields"]]
        side: Document = {
            "name": self.random.choice(("another", "parent", "children", "order", *names)),
            "type": self.random.choice(("belongsTo", "hasMany", "hasOne", "manyToMany")),
            "model": self.random.choice((other["name"], other["name"], "Nobody")),
        }
        if self.random.random() < 0.4:
            side["references"] = self.random.sample(
                ["id", "parentId", "anotherId", *names], self.random.randint(1, 2)
            )
        if self.random.random() < 0.2:
            side["required"] = True
        self.model["fields"].append(side)

    def key_type(self) -> None:
        """Give a foreign key, or what it refers to, another type."""
        keys = {
            key
            for model in self.models
            for field in model["fields"]
            for key in field.get("references", [])
        } | {key for model in self.models for key in model.get("identifier", [])}
        fields = [
            field for model in self.models for field in model["fields"] if field["name"] in keys
        ]
        if fields:
            self.random.choice(fields)["type"] = self.random.choice(SCALARS)

    def schema_rules(self) -> None:
        self.schema["authorization"] = [{"allow": "owner", "owner_field": "name"}]


SLIPS: tuple[Callable[[Slip], None], ...] = tuple(
    method
    for name, method in vars(Slip).items()
    if not name.startswith("_") and name != "type_names"
)


def slipped(seed: int, document: Document) -> tuple[Document, tuple[str, ...]]:
    """Return a document with one or two mistakes, and their names."""
    random = Random(seed)  # noqa: S311 - the same documents on every run
    names = []
    for _ in range(random.choice((1, 1, 2))):
        slip = Slip(random, document)
        method = random.choice(SLIPS)
        method(slip)
        names.append(method.__name__)
        document = slip.document
        fields = [owner.get("fields") for owner in slip.owners]
        if not all(fields) or not all("type" in field for listed in fields for field in listed):
            break  # so much is missing that another mistake would not be found
    return document, tuple(names)
