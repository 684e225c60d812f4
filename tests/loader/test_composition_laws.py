"""What composition promises of any patterns: order, completeness, and who wins."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st
from loading import document

from ace_flow.diagnostics import PatternError
from ace_flow.loader import Missing, Parent
from ace_flow.loader.resolver import compose

FIELDS = {
    "string": st.fixed_dictionaries({}, optional={"max_length": st.integers(1, 3)}),
    "integer": st.fixed_dictionaries({}, optional={"min": st.integers(0, 2)}),
    "boolean": st.fixed_dictionaries({}, optional={"default": st.booleans()}),
}


def named(names, **values):
    """Return lists of things of these names, each name once."""
    return st.lists(st.sampled_from(names), unique=True).flatmap(
        lambda found: st.tuples(
            *(st.fixed_dictionaries({"name": st.just(name), **values}) for name in found)
        ).map(list)
    )


@st.composite
def fields(draw):
    found = []
    for name in draw(st.lists(st.sampled_from("xyz"), unique=True, min_size=1)):
        kind = draw(st.sampled_from(sorted(FIELDS)))
        found.append({"name": name, "type": kind, **draw(FIELDS[kind])})
    return found


BODIES = st.fixed_dictionaries(
    {},
    optional={
        "category": st.sampled_from("pq"),
        "tags": st.lists(st.sampled_from("abc"), unique=True),
        "services": st.lists(st.sampled_from(["s3", "sns", "ses"]), unique=True),
        "schema": st.fixed_dictionaries(
            {"models": named("ABC", fields=fields())},
            optional={
                "enums": st.dictionaries(
                    st.sampled_from("EF"),
                    st.lists(st.sampled_from("uvw"), unique=True, min_size=1),
                )
            },
        ),
        "components": named("KLM", type=st.sampled_from(["list", "table"])),
    },
)


def composed(child, **parents):
    """Return the plain composed document of a child, and what two parents dispute."""
    documents = {
        name: document(json.dumps({"name": name, **body}), f"{name}.yml")
        for name, body in {**parents, "child": child}.items()
    }

    def find(name, _):
        return Parent(name, documents[name]) if name in documents else Missing()

    try:
        found = compose(documents["child"], find).document.plain()
    except PatternError as error:
        if {item.code for item in error.diagnostics} != {"ACE024"}:
            raise
        return None
    return {key: value for key, value in found.items() if key not in {"name", "extends"}}


def flat(value, path=()):
    """Yield the path and value of each scalar; entries of lists by their names or themselves."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from flat(item, (*path, key))
    elif isinstance(value, list):
        for item in value:
            if isinstance(item, dict):
                yield from flat(item, (*path, item["name"]))
            else:
                yield (*path, item), item
    else:
        yield path, value


def paths(value):
    return {path for path, _ in flat(value)}


@given(BODIES)
def test_an_empty_child_is_its_parent(parent):
    assert composed({"extends": "a"}, a=parent) == composed(parent)


@given(BODIES, BODIES)
def test_a_chain_is_the_same_however_it_is_cut(one, two):
    whole = composed({"extends": "a", **two}, a=one)
    assert composed({"extends": "b"}, a=one, b={"extends": "a", **two}) == whole
    assert composed({"extends": "c", **two}, a=one, c={"extends": "a"}) == whole


@given(BODIES, BODIES)
def test_the_child_wins_and_nothing_is_lost(parent, child):
    merged = dict(flat(composed({"extends": "a", **child}, a=parent)))
    for path, value in flat(child):
        assert merged[path] == value
    kinds = {path[:-1]: value for path, value in merged.items() if path[-1] == "type"}
    enums = child.get("schema", {}).get("enums", {})
    for path, value in flat(parent):
        if path[:2] == ("schema", "enums") and path[2] in enums:
            continue  # values are one value
        if kinds.get(path[:-1]) not in {None, dict(flat(parent)).get((*path[:-1], "type"))}:
            continue  # a type that was changed has other keys
        assert path in merged
        assert merged[path] in {value, dict(flat(child)).get(path)}


@given(BODIES, BODIES, BODIES)
def test_a_diamond_counts_its_root_once(root, left, right):
    parents = {
        "root": root,
        "left": {"extends": "root", **left},
        "right": {"extends": "root", **right},
        "rest": right,
    }
    unchanged = {**parents, "right": {"extends": "root"}}
    assert composed({"extends": ["left", "right"]}, **unchanged) == composed(
        {"extends": "left"}, **parents
    )
    assert composed({"extends": ["root", "left"]}, **parents) == composed(
        {"extends": "left"}, **parents
    )
    both = composed({"extends": ["left", "right"]}, **parents)
    other = composed({"extends": ["right", "left"]}, **parents)
    # Whether parents dispute does not hang on their order, nor does what they agree on.
    assert (both is None) == (other is None)
    if both is not None:
        assert dict(flat(both)) == dict(flat(other))


@given(BODIES, st.data())
def test_what_is_removed_is_gone_and_all_else_stays(parent, data):
    models = parent.get("schema", {}).get("models", [])
    gone = data.draw(
        st.lists(st.sampled_from([item["name"] for item in models]), unique=True)
        if models
        else st.just([])
    )
    child = {"extends": ["a"], "remove": {"models": gone}} if gone else {"extends": ["a"]}
    for extends in (["a"], ["a", "same"], ["same", "a"]):
        left = composed({**child, "extends": extends}, a=parent, same={"extends": "a"})
        assert paths(left) == {
            path
            for path in paths(parent)
            if path[:2] != ("schema", "models") or path[2] not in gone
        }
    # It is gone from a diamond, too, when the other side only hands it on.
    for extends in (["less", "a"], ["a", "less"], ["less", "same"], ["same", "less"]):
        through = composed(
            {"extends": extends}, a=parent, less=child, same={"extends": "a", "tags": ["z"]}
        )
        assert paths(through) - {("tags", "z")} == paths(left)
