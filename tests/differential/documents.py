"""Random pattern documents that are meant to be right, with all that the data format can say.

They come from a seeded generator, not from hypothesis: thousands are needed, each of them whole,
and nothing is gained by shrinking what a few lines show.
"""

from __future__ import annotations

from random import Random
from typing import Any

Document = dict[str, Any]

DEFAULTS: dict[str, tuple[Any, ...]] = {
    "boolean": (True, False),
    "date": ("2026-01-31", "2024-02-29", "1970-01-01", "0001-01-01"),
    "datetime": (
        "2026-01-31T12:00:00Z",
        "2026-01-31T12:00:00.5+01:00",
        "2026-01-31T23:59:59.999-14:00",
        "2026-01-31T12:00:00.123Z",
    ),
    "email": ("me@example.com", "a.b+c@d-e.co.uk", "o'neil@example.com"),
    "float": (0, 1.5, -0.25, 1e21, 3, 1e-7),
    "id": ("a", "0", "a-b_c", ""),
    "integer": (0, -3, 2147483647, -2147483647, 7.0),
    "ipAddress": ("192.0.2.1", "::1", "2001:db8::1", "10.0.0.1", "127.0.0.1", "::ffff:192.0.2.1"),
    "json": ({}, [], [1, True, None], "[]", "3", "true", "null", 5, True, 1.5, [[1], []]),
    "phone": ("+442071838750", "+14155552671", "+4930901820", "+81312345678"),
    "string": ("", "text", "it's", "é漢字😀", "100 % & <b>", "#ffcc00", "$5", "C#", "{x}", " a "),
    "time": ("12:30:00Z", "00:00:00Z", "23:59:59.999Z", "12:30:00.123456+01:00"),
    "timestamp": (0, 1700000000, -1),
    "url": ("https://example.com", "http://localhost:3000/a?b=c&d=%20#e", "https://é.example"),
}
SCALARS = tuple(DEFAULTS)
KEY_TYPES = tuple(kind for kind in SCALARS if kind not in {"boolean", "json"})
PATTERNS = ("a+", "^[a-z]{1,3}$", "[0-9]+|x", "(?=a)b", "it's", "é", "a/b", "^$", "#", "[.]")
FIELD_NAMES = (
    *("name", "title", "type", "default", "values", "key", "ref", "items", "model", "owner2"),
    *("class", "length", "then", "query", "filter", "nextToken", "input", "limit", "_id", "x"),
    *("snake_case", "URL", "sourceType", "version", "_version", "enum", "list", "schema", "id2"),
    *("isA", "o", "get", "create", "count", "condition", "sortDirection", "Title", "_", "A1"),
    *("status", "tags", "author", "createdBy", "index", "subscription", "function", "interface"),
    *("eq", "between", "size", "attributeExists", "toJSON", "prototype", "typename", "on"),
)
MODEL_NAMES = (
    *("Order", "Data", "News", "Person", "Status", "Model", "List", "Class", "Object", "User"),
    *("S3Object", "Type", "Schema", "Index", "Category", "Key", "Todo", "HTMLPage", "A", "Z9"),
    *("Sheep", "Item", "Event", "Function", "Api", "Auth", "Table", "Date", "Company", "Box"),
    *("Series", "Quiz", "Child", "OrderItem", "Orders2", "Input", "Connection", "ModelX", "Filter"),
    *("Create", "GetUser", "Userss", "Aws", "Amplify", "Field", "Enum", "Null", "Node", "Stack"),
)
TYPE_NAMES = ("Address", "Money", "Point", "Level", "Kind", "Phase", "Colour", "Part", "Meta")
ENUM_VALUES = (
    *("a", "b", "open", "closed", "in_progress", "PENDING", "_x", "A1", "no", "on", "type", "enum"),
    *("input", "query", "None", "True", "undefined", "name", "fragment", "x9"),
)
GROUPS = ("admins", "editors", "a.b:c", "A_b", "x@y", "a+b=c-d", "1st")
CLAIMS = ("sub", "username", "cognito:groups", "custom:tenant", "a/b", "my_claim", "sub::username")
OPERATIONS = ("create", "read", "update", "delete", "get", "list", "listen", "search", "sync")
DISABLED = (
    *("queries", "mutations", "subscriptions", "list", "get", "create", "update", "delete"),
    *("onCreate", "onUpdate", "onDelete"),
)


class Writer:
    """Writes one document."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.document: Document = {"name": "test"}
        self.enums: dict[str, list[str]] = {}
        self.types: list[Document] = []
        self.models: list[Document] = []
        self.linked: list[set[str]] = []

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def some(self, options: tuple[Any, ...], low: int, high: int) -> list[Any]:
        return self.random.sample(options, min(len(options), self.random.randint(low, high)))

    def write(self) -> Document:
        names = self.some(MODEL_NAMES, 1, 4)
        others = self.some(TYPE_NAMES, 0, 4)
        for name in others:
            if self.chance(0.5):
                self.enums[name] = self.some(ENUM_VALUES, 1, 4)
            else:
                self.types.append(self.custom_type(name))
        self.models = [self.model(name) for name in names]
        for _ in range(self.random.choice((0, 0, 1, 1, 2, 3))):
            self.relation()
        schema: Document = {"models": self.models}
        if self.enums:
            schema["enums"] = self.enums
        if self.types:
            schema["types"] = self.types
        if self.chance(0.3):
            schema["authorization"] = self.rules(self.models[0], plain=True)
        return {"name": "test", "schema": schema}

    def custom_type(self, name: str) -> Document:
        fields = [self.field(field, part=True) for field in self.some(FIELD_NAMES, 1, 3)]
        return {"name": name, "fields": fields}

    def field(self, name: str, *, part: bool = False) -> Document:
        """Write a field; `part` when it is one of a custom type."""
        refs = [*self.enums, *(item["name"] for item in self.types)]
        kinds = ["scalar"] * 5 + ["enum"] + ["ref"] * bool(refs)
        kind = self.random.choice(kinds)
        field: Document = {"name": name, "type": kind}
        if self.chance(0.35):
            field["required"] = True
        if self.chance(0.2):
            field["array"] = True
        if self.chance(0.1):
            field["description"] = "What it is."
        if kind == "enum":
            field["values"] = self.some(ENUM_VALUES, 1, 4)
            if self.chance(0.3) and not part and "array" not in field:
                field["default"] = field["values"][0]
        elif kind == "ref":
            field["ref"] = self.random.choice(refs)
            values = self.enums.get(field["ref"])
            if values and not part and "array" not in field and self.chance(0.3):
                field["default"] = values[-1]
        else:
            field["type"] = self.random.choice(SCALARS)
            if not part and "array" not in field:
                self.modifiers(field)
        return field

    def modifiers(self, field: Document) -> None:
        kind = field["type"]
        if self.chance(0.4):
            field["default"] = self.random.choice(DEFAULTS[kind])
        if kind in {"integer", "float"} and self.chance(0.3):
            field["min"] = self.random.choice((-2147483648, -1e25))
            field["max"] = self.random.choice((2147483647, 1e25))
            if kind == "float" and field.get("default") == 1e21:
                field["max"] = 1e25
        if kind == "string" and self.chance(0.3):
            field["min_length"] = 0
            field["max_length"] = self.random.choice((11, 100000))
        if kind == "string" and "default" not in field and self.chance(0.2):
            field["pattern"] = self.random.choice(PATTERNS)

    def model(self, name: str) -> Document:
        names = self.some(FIELD_NAMES, 1, 6)
        model: Document = {"name": name, "fields": [self.field(field) for field in names]}
        if self.chance(0.1):
            model["fields"].append({"name": "id", "type": "id", "required": self.chance(0.5)})
        if self.chance(0.1):
            key = self.random.choice(("createdAt", "updatedAt"))
            model["fields"].append({"name": key, "type": "datetime"})
        if self.chance(0.1):
            model["fields"].append({"name": "owner", "type": "string"})
        if self.chance(0.25):
            self.identifier(model)
        if self.chance(0.3):
            self.indexes(model)
        if self.chance(0.6):
            model["authorization"] = self.rules(model)
            for field in model["fields"]:
                if self.chance(0.1) and field["name"] not in model.get("identifier", ["id"]):
                    field["authorization"] = self.field_rules(model)
        if self.chance(0.15):
            model["disable_operations"] = self.some(DISABLED, 1, 3)
        return model

    def identifier(self, model: Document) -> None:
        names = []
        for name in self.some(("code", "tenant", "day", "number"), 1, 3):
            kind = self.random.choice(KEY_TYPES)
            model["fields"].insert(0, {"name": name, "type": kind, "required": True})
            if names and self.chance(0.2):
                # Amplify would ignore the default of the first.
                model["fields"][0]["default"] = DEFAULTS[kind][0]
            names.append(name)
        model["identifier"] = names

    def indexes(self, model: Document) -> None:
        key = model.get("identifier", ["id"])
        keys = tuple(
            field["name"]
            for field in model["fields"]
            if self.is_key(field) and ([field["name"]] != key)
        )
        model["indexes"] = []
        for field in self.some(keys, 0, 2):
            rest = tuple(name for name in keys if name != field)
            index: Document = {"field": field}
            if self.chance(0.5):
                index["sort_keys"] = self.some(rest, 0, 3)
            if self.chance(0.3):
                index["name"] = f"by_{field}"
            if self.chance(0.3):
                index["query_field"] = f"{model['name'].lower()}By{field}"
            model["indexes"].append(index)

    def is_key(self, field: Document) -> bool:
        if field.get("array"):
            return False
        kind = field["type"]
        return kind in KEY_TYPES or kind == "enum" or field.get("ref") in self.enums

    def rules(self, model: Document, *, plain: bool = False) -> list[Document]:
        """Write rules, one for each kind of people; `plain` when they name no fields."""
        texts = tuple(
            field["name"]
            for field in model["fields"]
            if field["type"] in {"string", "id"} and not field.get("array")
        )
        found: list[Document] = []
        for allow in self.some(
            (
                "owner",
                "owners",
                "groups",
                "group_field",
                "authenticated",
                "guest",
                "public_api_key",
            ),
            1,
            3,
        ):
            rule: Document = {"allow": allow}
            if allow == "owner" and texts and self.chance(0.3) and not plain:
                rule["owner_field"] = self.random.choice(texts)
            if allow == "owners":
                rule["owner_field"] = "people"
            if allow == "groups":
                rule["groups"] = self.some(GROUPS, 1, 3)
            if allow == "group_field":
                rule |= {"allow": "groups", "group_field": self.random.choice(("team", "teams"))}
            if allow in {"owner", "owners"} and self.chance(0.2):
                rule["identity_claim"] = self.random.choice(CLAIMS)
            if rule["allow"] == "groups" and self.chance(0.2):
                rule["group_claim"] = self.random.choice(CLAIMS)
            if self.chance(0.5):
                rule["operations"] = self.operations()
            found.append(rule)
        return found

    def operations(self) -> list[str]:
        names = self.some(OPERATIONS, 1, 4)
        if "read" in names:
            names = [name for name in names if name not in OPERATIONS[4:]]
        return names

    def field_rules(self, model: Document) -> list[Document]:
        """Write rules of a field: those of its model, or fewer."""
        rules = [dict(rule) for rule in model["authorization"]]
        for rule in rules:
            # A field has no operations of its own but these.
            if "operations" in rule and set(rule["operations"]) - set(OPERATIONS[:4]):
                rule["operations"] = ["read"]
        if self.chance(0.5):
            rules = rules[: self.random.randint(1, len(rules))]
        return rules

    def relation(self) -> None:
        """Link two models, or one with itself, in one of the ways the format has."""
        child, parent = (self.random.choice(self.models) for _ in range(2))
        number = sum(len(model["fields"]) for model in self.models)
        name = self.random.choice(("parent", "main", "other", "user"))
        name = name if self.free(child, name) else f"{name}{number}"
        many = self.random.choice(("children", "parts", "orders", "related"))
        many = many if self.free(parent, many) and child is not parent else f"{many}{number}"
        key = parent.get("identifier", ["id"])
        belongs: Document = {"name": name, "type": "belongsTo", "model": parent["name"]}
        has: Document = {
            "name": many,
            "type": self.random.choice(("hasMany", "hasOne", "has_many")),
            "model": child["name"],
        }
        ways = ["both", "both", "keys", "keys"]
        if (pair := {child["name"], parent["name"]}) not in self.linked:
            # Of several relations between the same models each states its keys.
            ways += ["child", "parent", "many"]
        self.linked.append(pair)
        way = self.random.choice(ways)
        if way == "many":
            self.many_to_many(child, parent, many)
            return
        if self.chance(0.3) and way != "parent":
            belongs["required"] = True
        if way == "keys":
            self.declare_keys(child, parent, belongs, name, key)
            has["references"] = belongs["references"]
        elif way == "both":
            keys = [f"{name}{part[:1].upper()}{part[1:]}" for part in key]
            belongs["references"] = has["references"] = keys
        if way != "parent":
            child["fields"].append(belongs)
        if way != "child":
            parent["fields"].append(has)

    def declare_keys(
        self, child: Document, parent: Document, belongs: Document, name: str, key: list[str]
    ) -> None:
        belongs["references"] = [f"{name}_{part}" for part in key]
        for reference, part in zip(belongs["references"], key, strict=True):
            kinds = [field["type"] for field in parent["fields"] if field["name"] == part] or ["id"]
            kind = (
                self.random.choice(("id", "string")) if kinds[0] in {"id", "string"} else kinds[0]
            )
            field: Document = {"name": reference, "type": kind}
            if "required" in belongs or self.chance(0.3):
                field["required"] = True
            child["fields"].insert(0, field)
        if self.chance(0.2):
            child.setdefault("indexes", []).append(
                {"field": belongs["references"][0], "query_field": f"q{child['name']}{name}"}
            )

    def many_to_many(self, one: Document, other: Document, name: str) -> None:
        one["fields"].append({"name": name, "type": "manyToMany", "model": other["name"]})
        if self.chance(0.6) and one is not other:
            back = f"{name}Of"
            other["fields"].append({"name": back, "type": "manyToMany", "model": one["name"]})

    @staticmethod
    def free(model: Document, name: str) -> bool:
        return all(field["name"].lower() != name.lower() for field in model["fields"])


def document(seed: int) -> Document:
    """Return the document of that number."""
    return Writer(Random(seed)).write()  # noqa: S311 - the same documents on every run
