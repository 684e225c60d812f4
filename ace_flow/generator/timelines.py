"""Records as things said at some time: when, by whom, to what they belong, how they are listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from ace_flow.generator.access import is_permitted, owner_rule
from ace_flow.generator.asking import asking, key_value
from ace_flow.generator.titles import title_field
from ace_flow.generator.typescript import (
    Call,
    Expression,
    Generic,
    Indexed,
    Name,
    Object,
    Parameter,
    arrow,
)
from ace_flow.model import Field, Relation
from ace_flow.names import query_name, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ace_flow.model import EnumType, Index, Model, Pattern

# What people call those who say something, the places where they say it, and when they did.
_AUTHORS = frozenset(
    {
        *("account", "author", "creator", "customer", "from", "member", "owner", "person"),
        *("poster", "profile", "sender", "submitter", "user", "writer"),
    }
)
_ROOMS = ("conversation", "channel", "room", "chat", "thread", "discussion", "topic", "group")
_MOMENTS = ("sentAt", "postedAt", "publishedAt", "writtenAt", "date", "timestamp")
# What a text is called, the likeliest name first.
_TEXTS = (
    *("content", "body", "message", "text", "description", "caption", "comment", "notes"),
    *("bio", "excerpt", "summary", "review", "question", "answer"),
)
# The values of an enum by which records are for others to see.
_SHOWN = ("public", "published", "visible", "open", "active", "live", "approved", "everyone")


class Choice(Struct, frozen=True):
    """The records that have one value in a field, by an index that sorts them by time."""

    index: Index
    value: str


def moment(model: Model) -> str:
    """Return the field that says when a record was made."""
    names = {field.name: field for field in model.fields}
    for name in _MOMENTS:
        if name in names and names[name].type == "datetime" and not names[name].array:
            return name
    return "createdAt"


def text_field(model: Model) -> Field | None:
    """Return the field with a record's text: one with a telling name, else an optional one."""
    keys = {key for relation in model.relations for key in relation.references} | {*model.key}
    rule = owner_rule(model)
    taken = keys | {rule.owner_field if rule else None, title_field(model)}
    texts = [field for field in model.fields if field.type == "string" and not field.array]
    by_name = {field.name: field for field in texts if field.name not in keys}
    named = [by_name[name] for name in _TEXTS if name in by_name]
    optional = [field for field in texts if field.name not in taken and not field.required]
    return next(iter(named or optional), None)


def author(pattern: Pattern, model: Model) -> tuple[Relation, Model] | None:
    """Return the relation to who made a record, and its model."""
    for relation, target in _parents(pattern, model, "get"):
        if _last_word(relation.name) in _AUTHORS:
            return relation, target
    return None


def room(pattern: Pattern, model: Model) -> tuple[Relation, Model] | None:
    """Return the relation to what records are said in, and its model."""
    found = [
        (relation, target)
        for relation, target in _parents(pattern, model, "list", "get")
        if _last_word(relation.name) not in _AUTHORS and target != model
    ]
    found.sort(key=lambda item: _preference(item[0].name, _ROOMS))
    return found[0] if found else None


def feed_choice(pattern: Pattern, model: Model) -> Choice | None:
    """Return the records that a feed shows, where an index can sort them."""
    for index in model.indexes:
        field = model.member(index.field)
        if index.sort_keys[:1] == (moment(model),) and isinstance(field, Field):
            values = enum_values(pattern, field)
            shown = [value for value in _SHOWN if value in {item.lower() for item in values}]
            if shown:
                value = next(item for item in values if item.lower() == shown[0])
                return Choice(index, value)
            if not values and field.type == "string" and isinstance(field.default, str):
                return Choice(index, field.default)
    return None


def room_index(model: Model, relation: Relation) -> tuple[Index | None, bool]:
    """Return the index that finds what belongs to a record, and whether it sorts by time."""
    key, *others = relation.references
    found = [index for index in model.indexes if index.field == key and not others]
    when = moment(model)
    found.sort(key=lambda index: index.sort_keys[:1] != (when,))
    return (found[0], found[0].sort_keys[:1] == (when,)) if found else (None, False)


def enum_values(pattern: Pattern, field: Field) -> tuple[str, ...]:
    """Return the values that an enum field can have; none for others."""
    if field.type == "enum":
        return field.values
    found: EnumType | None = pattern.enum(field.ref) if field.type == "ref" and field.ref else None
    return found.values if found else ()


def timeline_lists(pattern: Pattern, model: Model) -> dict[str, Expression]:
    """Return the functions that list some records: the newest, those in a room, a user's own."""
    page = Parameter("page", Name("Page", "../api", is_type=True))
    lists: dict[str, Expression] = {}
    if choice := feed_choice(pattern, model):
        lists["listNewest"] = asking(
            model,
            (Parameter("page"),),
            query_of(model, choice.index),
            Object({choice.index.field: choice.value}),
            newest_first,
        )
    if place := room(pattern, model):
        relation, _ = place
        (key,) = relation.references
        value = key_value(model, key, Name("key"))
        index, is_sorted = room_index(model, relation)
        arguments: tuple[str, ...] | tuple[Expression, ...]
        if index:
            options = newest_first if is_sorted else Name("page")
            operation, arguments = query_of(model, index), (Object({key: value}), options)
        else:
            chosen = Object({key: Object({"eq": value})})
            operation, arguments = "list", (Object({"filter": chosen}, spread=Name("page")),)
        parameters = (Parameter("key", Name("string")), page)
        lists["listIn"] = asking(model, parameters, operation, *arguments)
    if rule := owner_rule(model):
        owner = rule.owner
        own = arrow("owner", Object({owner: Object({"eq": Name("owner")})}))
        chosen = Object({"or": Call(Name("owners"), "map", (own,))})
        parameters = (Parameter("owners", Name("Identities", "../access", is_type=True)), page)
        lists["listOwn"] = asking(
            model, parameters, "list", Object({"filter": chosen}, spread=Name("page"))
        )
    return lists


newest_first = Object({"sortDirection": "DESC"}, spread=Name("page"))


def list_types(row: Indexed) -> dict[str, Expression]:
    """Return the types of those functions whose parameters say nothing of theirs."""
    return {"listNewest": Generic(Name("ListRecords", "../api", is_type=True), row)}


def query_of(model: Model, index: Index) -> str:
    """Return the query of an index."""
    return index.query_field or query_name(model.name, (index.field, *index.sort_keys))


def _parents(pattern: Pattern, model: Model, *operations: str) -> Sequence[tuple[Relation, Model]]:
    """Return the relations to one other record with a single key, where it can be read."""
    return [
        (relation, target)
        for relation in model.relations
        if relation.type == "belongsTo" and len(relation.references) == 1
        if (target := pattern.model(relation.model))
        and all(is_permitted(target, operation) for operation in operations)
    ]


def _last_word(name: str) -> str:
    return next(iter(reversed(words(name))), "").lower()


def _preference(name: str, preferred: Sequence[str]) -> int:
    word = _last_word(name)
    return preferred.index(word) if word in preferred else len(preferred)
