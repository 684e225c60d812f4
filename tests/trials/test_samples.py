"""Values that fields take: texts that match, numbers within limits."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ace_flow.model import Field, Model
from ace_flow.trials.matching import matching
from ace_flow.trials.samples import NoSampleError, change, sample
from ace_flow.trials.served import Kind, Place


def kind(**places):
    taken = frozenset(places)
    return Kind(
        name="Note",
        plural="Notes",
        key=("id",),
        places=places,
        rules=(),
        inputs={"create": taken, "update": taken},
        operations=frozenset(),
        indexed=frozenset({"indexed"}),
    )


def text_for(pattern, **limits):
    model = Model(name="Note", members=(Field(name="t", type="string", pattern=pattern, **limits),))
    return sample(kind(t=Place("String", required=True, array=False)), model)["t"]


@pytest.mark.parametrize(
    "pattern",
    [
        r"^[A-Z]{3}-\d{4}$",
        r"^[a-z][a-z0-9-]{2,30}$",
        r"^(USD|EUR)$",
        r"^#[0-9a-fA-F]{6}$",
        r"^\d+\.\d+\.\d+(-[a-z]+)?$",
        r"^[^\s@]+@[^\s@]+\.[^\s@]+$",
        r"^\+?[1-9]\d{1,14}$",
        r"^(?:[01]\d|2[0-3]):[0-5]\d$",
        r"^[^a-z]+$",
        r"^[]a]+$",
        r"\bcode\b",
    ],
)
def test_a_text_matches_the_pattern_of_its_field(pattern):
    assert re.search(pattern, text_for(pattern))


def test_a_text_that_matches_is_as_long_as_it_must_be():
    assert 12 <= len(text_for(r"^[a-z]+$", min_length=12)) <= 28
    assert len(text_for(None, min_length=40)) == 40
    assert len(text_for(None, max_length=3)) == 3


@pytest.mark.parametrize("pattern", [r"^(?!.)x$", "(", "a{4,2}", r"^(?=.*\d)[a-z\d]{8,}$"])
def test_where_no_text_is_known_the_field_is_named(pattern):
    with pytest.raises(NoSampleError, match="no value is known for `t`"):
        text_for(pattern)


@given(
    st.text() | st.lists(st.sampled_from([*"()[]{}|\\?*+^$.-,19ab", "{2,9}", "(?="])).map("".join)
)
def test_any_pattern_gives_texts_that_are_not_too_long(pattern):
    assert all(len(text) <= 20_000 for text in matching(pattern))


@given(st.from_regex(r"[a-z]{1,5}\(?[A-Z]?\)?"))
def test_a_plain_text_matches_itself(text):
    wanted = re.escape(text)
    assert next(matching(wanted)) == text


def test_numbers_are_within_their_limits():
    fields = (
        Field(name="a", type="integer", minimum=10),
        Field(name="b", type="float", maximum=0.5),
        Field(name="c", type="integer", minimum=-3, maximum=-1),
    )
    places = {"a": "Int", "b": "Float", "c": "Int"}
    made = sample(
        kind(**{name: Place(of, required=True, array=False) for name, of in places.items()}),
        Model(name="Note", members=fields),
    )
    assert made == {"a": 10, "b": 0.5, "c": -1}


def test_only_what_must_be_there_is_given_and_types_are_filled():
    inner = {"street": Place("String", required=True, array=False)}
    made = sample(
        kind(
            kind=Place("NoteKind", required=True, array=False, values=("a", "b")),
            tags=Place("String", required=True, array=True),
            place=Place("Address", required=True, array=False, fields=inner),
            free=Place("String", required=False, array=False),
        ),
        None,
    )
    assert made == {"kind": "a", "tags": ["Sample"], "place": {"street": "Sample"}}


def test_what_changes_is_no_key_of_the_record_or_an_index():
    string = Place("String", required=False, array=False)
    assert change(kind(id=string, indexed=string, owner=string), None, frozenset({"owner"})) == {}
    found = change(kind(id=string, indexed=string, text=string), None, frozenset())
    assert found == {"text": "Another"}
