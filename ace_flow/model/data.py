"""The data an application holds: models, fields, relations, indexes, authorization."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, NamedTuple, TypeAlias

from ace_flow.records import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ace_flow.source import Node, Plain, Span

SCALAR_TYPES = frozenset(
    {
        "boolean",
        "date",
        "datetime",
        "email",
        "float",
        "id",
        "integer",
        "ipAddress",
        "json",
        "phone",
        "string",
        "time",
        "timestamp",
        "url",
    }
)
# Amplify fills these in when a record is created or changed.
AUTOMATIC_FIELDS = frozenset({"createdAt", "updatedAt"})
RELATION_TYPES = frozenset({"belongsTo", "hasMany", "hasOne", "manyToMany"})
# What the `type` of a field may be, when it is no relation.
FIELD_TYPES = SCALAR_TYPES | {"enum", "ref"}
# Accepted spellings of types that have another name everywhere else.
TYPE_SPELLINGS = {
    "belongs_to": "belongsTo",
    "has_many": "hasMany",
    "has_one": "hasOne",
    "ip_address": "ipAddress",
    "many_to_many": "manyToMany",
}

# Under this key, `completed` says why ace added a thing as a whole.
WHOLE = ""


class SourceFile(NamedTuple):
    """A file that a pattern names, relative to it, and where it does."""

    path: str
    span: Span | None


class Placed(Record, frozen=True, kw_only=True):
    """Something that was written in a document, or is there because of something that was.

    `span` is the place of its name, `node` what was written of it; without one, ace added it.
    Where completion may change a thing, `completed` says why its attributes hold what they do.
    """

    uncompared: ClassVar[frozenset[str]] = frozenset({"span", "node", "completed"})
    span: Span | None = None
    node: Node | None = None
    completed: Mapping[str, str] = {}

    def at(self, *path: str | int) -> Span | None:
        """Return the place of the value at a path of format keys, else that of the name."""
        if self.node is None or not path or path[0] not in self.node.mapping:
            return self.span
        return self.node.find(path).span

    def key_at(self, *path: str) -> Span | None:
        """Return the place of the key at the end of a path of format keys, else of the name."""
        *outer, key = path
        if self.node is None or path[0] not in self.node.mapping:
            return self.span
        return self.node.find(tuple(outer)).key_span(key)


class AuthorizationRule(Placed, frozen=True, kw_only=True):
    """Who (`allow`) may do what (`operations`; all of them when empty)."""

    allow: str
    operations: tuple[str, ...] = ()
    owner_field: str | None = None
    identity_claim: str | None = None
    groups: tuple[str, ...] = ()
    group_field: str | None = None
    group_claim: str | None = None

    @property
    def owner(self) -> str:
        """The field that says who owns a record: Amplify's `owner` unless one is stated."""
        return self.owner_field or "owner"

    def owns_by(self, field: str) -> bool:
        """Tell whether it is about those whom a field of the record names."""
        return self.allow in {"owner", "owners"} and self.owner == field

    def permits(self, operation: str) -> bool:
        """Tell whether it permits an operation; `read` permits `get`, `list` and `listen`."""
        wider = "read" if operation in {"get", "list", "listen"} else operation
        return not self.operations or bool({operation, wider} & set(self.operations))


class Field(Placed, frozen=True, kw_only=True):
    """A value of a record. `type` is Amplify's word, or `enum` (inline `values`), or `ref`.

    `default` is set by the API, `initial` by the forms only: Amplify's enums take no default.
    `format` is how pages show it; `currency` what it is an amount of, a code or the field with one.
    `misplaced` are keys that were written here and belong to relations. `renamed_from` has the
    earlier names, the oldest first.
    """

    name: str
    type: str
    renamed_from: tuple[str, ...] = ()
    description: str = ""
    required: bool = False
    array: bool = False
    default: Plain = None
    initial: str | None = None
    values: tuple[str, ...] = ()
    ref: str | None = None
    minimum: float | None = None
    maximum: float | None = None
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    format: str | None = None
    currency: str | None = None
    authorization: tuple[AuthorizationRule, ...] = ()
    misplaced: tuple[str, ...] = ()

    def permits(self, operation: str) -> bool:
        """Tell whether its rules permit an operation to somebody; without any, the model's do."""
        return not self.authorization or any(rule.permits(operation) for rule in self.authorization)


class Relation(Placed, frozen=True, kw_only=True):
    """A link to another model; `references` are the foreign-key fields, on the child's side.

    `misplaced` are keys that were written here and belong to fields. `renamed_from` has the
    earlier names, the oldest first.
    """

    name: str
    type: str
    model: str
    renamed_from: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    required: bool = False
    description: str = ""
    misplaced: tuple[str, ...] = ()

    @property
    def first_name(self) -> str:
        """The name that it had first: its index and its key are called after that."""
        return self.renamed_from[0] if self.renamed_from else self.name


Member: TypeAlias = Field | Relation


class Index(Placed, frozen=True, kw_only=True):
    """A secondary index: partition key, sort keys, and the query that uses it."""

    field: str
    sort_keys: tuple[str, ...] = ()
    name: str | None = None
    query_field: str | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """All its fields, the partition key first."""
        return (self.field, *self.sort_keys)


class Maker(NamedTuple):
    """The mutation by which pages make the records of a model."""

    name: str
    arguments: tuple[Field, ...]
    authorization: tuple[AuthorizationRule, ...]


class Model(Placed, frozen=True, kw_only=True, dict=True):
    """A kind of record with its table and API; `members` are in the order they were written.

    `ttl` is the field that says when DynamoDB may delete a record. `renamed_from` has the earlier
    names, the oldest first.
    """

    name: str
    renamed_from: tuple[str, ...] = ()
    description: str = ""
    members: tuple[Member, ...] = ()
    authorization: tuple[AuthorizationRule, ...] = ()
    indexes: tuple[Index, ...] = ()
    identifier: tuple[str, ...] = ()
    disabled: tuple[str, ...] = ()
    ttl: str | None = None
    uncompared: ClassVar[frozenset[str]] = Placed.uncompared | {"maker"}
    maker: Maker | None = None

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """The members that hold values."""
        return tuple(member for member in self.members if isinstance(member, Field))

    @cached_property
    def relations(self) -> tuple[Relation, ...]:
        """The members that link to other models."""
        return tuple(member for member in self.members if isinstance(member, Relation))

    @property
    def key(self) -> tuple[str, ...]:
        """The primary key's field names: `id` unless an identifier is stated."""
        return self.identifier or ("id",)

    @property
    def table(self) -> str:
        """What its table is called after: the name that the model had first."""
        return self.renamed_from[0] if self.renamed_from else self.name

    @property
    def editable(self) -> tuple[Field, ...]:
        """The fields a person fills in: not those that Amplify does, or functions alone."""
        return tuple(
            field
            for field in self.fields
            if (field.name != "id" or self.identifier)
            and (field.required or field.name not in AUTOMATIC_FIELDS)
            and (field.permits("create") or field.permits("update"))
        )

    def member(self, name: str) -> Member | None:
        """Return the member of that name."""
        return self._members.get(name)

    @cached_property
    def _members(self) -> dict[str, Member]:
        return {member.name: member for member in reversed(self.members)}


class EnumType(Placed, frozen=True, kw_only=True):
    """A named enum."""

    name: str
    values: tuple[str, ...]


class CustomType(Placed, frozen=True, kw_only=True):
    """A record that is part of models and has no table of its own."""

    name: str
    description: str = ""
    fields: tuple[Field, ...] = ()
