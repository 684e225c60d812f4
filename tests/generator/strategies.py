"""Random patterns: every shape the generator can emit, with names of every length."""

from __future__ import annotations

from built import built
from hypothesis import strategies as st
from msgspec.structs import replace

from ace_flow.model import (
    AuthorizationRule,
    Component,
    CustomType,
    EnumType,
    Field,
    Index,
    Model,
    Pattern,
    Relation,
)

HOSTILE = (
    "'",
    '"',
    "\\",
    "\n",
    "\r\n",
    "\u2028",
    "\u202e",
    "\x00",
    "\x85",
    "`",
    "${x}",
    "</script>",
    "{x}",
    "{{ x }}",
    "&amp;",
    "*/",
    "//",
    "😀",
    "é",
    "漢字",
    "\ufeff",
    "\ue000",
)
SCALARS = (
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
)
COMPONENT_TYPES = (
    *("admin", "chat", "dashboard", "detail", "editor", "feed", "form", "gallery", "list"),
    *("metrics", "settings", "table", "upload", "wizard"),
)
_WORDS = ("a", "id", "name", "order", "status", "data", "customer", "description", "organization")

texts = st.lists(st.sampled_from((*HOSTILE, *_WORDS, " ", "words in a row ")), max_size=12).map(
    "".join
)
numbers = st.one_of(
    st.integers(-(2**31), 2**31 - 1),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
)


@st.composite
def names(draw, *, longest=64, upper=False):
    """Draw a name of any length up to `longest`."""
    length = draw(st.integers(1, longest))
    words = draw(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=4))
    name = "".join(word.capitalize() for word in words)
    name = (name * 64)[:length]
    return name if upper else name[:1].lower() + name[1:]


def unique(values, *, low=0, high=4):
    """Draw distinct names, also where case does not count."""
    return st.lists(values, min_size=low, max_size=high, unique_by=str.lower)


rules = st.one_of(
    built(
        AuthorizationRule,
        allow=st.sampled_from(("owner", "authenticated", "guest", "public_api_key")),
        operations=unique(st.sampled_from(("create", "read", "update", "delete"))).map(tuple),
    ),
    built(
        AuthorizationRule,
        allow=st.sampled_from(("owner", "owners")),
        owner_field=names(),
        identity_claim=st.none() | names(longest=128),
        operations=unique(st.sampled_from(("create", "read", "listen", "sync"))).map(tuple),
    ),
    built(
        AuthorizationRule,
        allow=st.just("groups"),
        groups=unique(names(longest=128), low=1).map(tuple),
        group_claim=st.none() | names(longest=128),
        operations=unique(st.sampled_from(("get", "list", "delete"))).map(tuple),
    ),
    built(AuthorizationRule, allow=st.just("groups"), group_field=names()),
)


@st.composite
def fields(draw, name, enums, types, *, part=False):
    """Draw a field of that name."""
    refs = [*enums, *types]
    kind = draw(st.sampled_from(("scalar", "scalar", "scalar", "enum", *(["ref"] if refs else []))))
    settings = {
        "name": name,
        "description": draw(st.just("") | texts),
        "required": draw(st.booleans()),
        "array": draw(st.booleans()),
        "authorization": () if part else tuple(draw(st.lists(rules, max_size=2))),
    }
    if kind != "scalar":
        settings |= {"initial": draw(st.none() | names())}
    if kind == "enum":
        settings |= {"required": False, "array": False}
        return Field(type="enum", values=tuple(draw(unique(names(), low=1))), **settings)
    if kind == "ref":
        return Field(type="ref", ref=draw(st.sampled_from(refs)), **settings)
    kind = draw(st.sampled_from(SCALARS))
    if part or settings["array"]:
        return Field(type=kind, **settings)
    if kind in {"integer", "float"}:
        settings |= {"currency": draw(st.none() | st.just("EUR") | names())}
    if kind in {"integer", "float", "timestamp"}:
        settings |= {"default": draw(st.none() | numbers)}
        settings |= {"minimum": draw(st.none() | numbers), "maximum": draw(st.none() | numbers)}
    elif kind == "boolean":
        settings |= {"default": draw(st.none() | st.booleans())}
    elif kind == "json":
        settings |= {"default": draw(st.sampled_from((None, {}, [], [1, True, None])))}
    else:
        settings |= {"default": draw(st.none() | texts)}
    if kind == "string":
        lengths = st.none() | st.integers(0, 10_000)
        settings |= {"min_length": draw(lengths), "max_length": draw(lengths)}
        settings |= {"pattern": draw(st.none() | texts)}
        settings |= {"format": draw(st.sampled_from((None, "markdown")))}
    return Field(type=kind, **settings)


def relations(name, models):
    """Draw a relation of that name."""
    return built(
        Relation,
        name=st.just(name),
        type=st.sampled_from(("belongsTo", "hasMany", "hasOne")),
        model=st.sampled_from(models),
        references=unique(names(), low=1, high=2).map(tuple),
    )


def indexes(keys):
    """Draw an index over fields of these names."""
    return built(
        Index,
        field=st.sampled_from(keys),
        sort_keys=unique(names(), high=3).map(tuple),
        name=st.none() | names(longest=255),
        query_field=st.none() | names(),
    )


@st.composite
def models(draw, name, everything, enums, types):
    """Draw a model of that name; its foreign keys are fields of it now and then."""
    members = []
    for member in draw(unique(names(), low=1, high=6)):
        if draw(st.integers(0, 3)):
            members.append(draw(fields(member, enums, types)))
        else:
            relation = draw(relations(member, everything))
            members.append(relation)
            taken = {item.name.lower() for item in members}
            key = relation.references[0]
            if relation.type == "belongsTo" and key.lower() not in taken:
                members.append(Field(name=key, type="id", required=draw(st.booleans())))
    keys = [item.name for item in members if isinstance(item, Field)] or ["id"]
    return Model(
        name=name,
        members=tuple(members),
        authorization=tuple(draw(st.lists(rules, min_size=1, max_size=4))),
        indexes=tuple(draw(st.lists(indexes(keys), max_size=2 if keys != ["id"] else 0))),
        identifier=tuple(draw(st.lists(st.sampled_from(keys), max_size=3, unique=True))),
        disabled=tuple(draw(unique(st.sampled_from(("list", "subscriptions", "onCreate"))))),
        ttl=draw(st.none() | st.sampled_from(keys)),
    )


def matched(models):
    """Let relations have as many references as the key of what they belong to has fields."""
    keys = {model.name: model.key for model in models}

    def whole(member):
        if not isinstance(member, Relation) or member.type != "belongsTo":
            return member
        first, *_ = member.references
        more = (f"{first}{number}" for number in range(1, len(keys[member.model])))
        return replace(member, references=(first, *more))

    return tuple(
        replace(model, members=tuple(whole(member) for member in model.members)) for model in models
    )


@st.composite
def patterns(draw):
    """Draw a pattern. It need not follow the rules: it is for the generator alone."""
    taken = draw(unique(names(longest=50, upper=True), low=1, high=7))
    count = draw(st.integers(1, max(1, len(taken) - 3)))
    own, rest = taken[:count], taken[count:]
    enums, types = rest[::2], rest[1::2]
    customs = []
    for position, name in enumerate(types):
        parts = draw(unique(names(), low=1, high=3))
        # A type holds only types before it: one that held itself would never end.
        held = [draw(fields(part, enums, types[:position], part=True)) for part in parts]
        customs.append(CustomType(name=name, fields=tuple(held)))
    return Pattern(
        name=draw(names()).lower(),
        display_name=draw(texts) + "a",
        description=draw(st.just("") | texts.map("a{}".format)),
        # Where files are kept, for the pages that upload or show some.
        services=("s3",),
        enums=tuple(
            EnumType(name=name, values=tuple(draw(unique(names(), low=1)))) for name in enums
        ),
        types=tuple(customs),
        models=matched([draw(models(name, own, enums, types)) for name in own]),
        components=tuple(
            Component(
                name=name,
                type=draw(st.sampled_from(COMPONENT_TYPES)),
                title=draw(st.just("") | texts),
                purpose=draw(texts),
                models=tuple(
                    draw(st.lists(st.sampled_from(own), min_size=1, max_size=2, unique=True))
                ),
            )
            for name in draw(unique(names(upper=True), high=3))
        ),
    )
