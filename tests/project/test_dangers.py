"""What changes of tables do to data, for any tables."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from ace_flow.model import Column, Link, Table, Tables
from ace_flow.model.data import SCALAR_TYPES
from ace_flow.project import dangers, print_tables, read_tables

names = st.sampled_from(("a", "b", "c", "d", "createdBy", "x1"))
model_names = st.sampled_from(("A", "B", "C", "Order"))
columns = st.one_of(
    st.builds(
        Column,
        type=st.sampled_from(sorted(SCALAR_TYPES)),
        required=st.booleans(),
        array=st.booleans(),
    ),
    st.builds(
        Column,
        type=st.just("enum"),
        required=st.booleans(),
        values=st.lists(names, min_size=1, unique=True).map(tuple),
    ),
    st.builds(Column, type=st.just("ref"), values=st.just(("Address",))),
)
links = st.builds(
    Link,
    type=st.sampled_from(("belongsTo", "hasMany", "hasOne")),
    table=model_names,
    references=st.lists(names, max_size=3, unique=True).map(tuple),
)


@st.composite
def tables(draw):
    """Draw some tables; the fields of keys and indexes are among the columns."""
    found = {}
    for name in draw(st.lists(model_names, unique=True)):
        held = draw(st.dictionaries(names, columns, min_size=1))
        keys = st.lists(st.sampled_from(sorted(held)), min_size=1, max_size=3, unique=True)
        found[name] = Table(
            model=name,
            name=draw(st.sampled_from((name, f"Old{name}"))),
            key=draw(st.just(("id",)) | keys.map(tuple)),
            columns=held,
            links=draw(st.dictionaries(names, links)),
            indexes=draw(st.dictionaries(st.sampled_from(("byA", "gsi-A.b")), keys.map(tuple))),
            ttl=draw(st.none() | names),
        )
    types = draw(st.just({}) | st.dictionaries(st.just("Address"), st.dictionaries(names, columns)))
    return Tables(tables=found, types=types)


def with_table(state: Tables, table: Table) -> Tables:
    return replace(state, tables={**state.tables, table.model: table})


def without(mapping, key):
    return {name: value for name, value in mapping.items() if name != key}


def refused(old: Tables, new: Tables) -> set[tuple[str, str]]:
    return {(item.code, item.path) for item in dangers(old, new) if item.is_refused}


@given(state=tables())
def test_what_is_the_same_is_not_mentioned(state):
    assert dangers(state, state) == ()


@given(state=tables())
def test_tables_are_read_as_they_were_written(state):
    written = print_tables(state)
    assert read_tables(written) == state
    assert dangers(read_tables(written), state) == ()


@given(state=tables(), column=columns)
def test_what_is_added_is_not_refused(state, column):
    optional = replace(column, required=False)
    fresh = Table(model="New", name="New", key=("id",), columns={"x": column}, links={}, indexes={})
    assert refused(state, with_table(state, fresh)) == set()
    for table in state.tables.values():
        wider = replace(table, columns={**table.columns, "added": optional})
        assert refused(state, with_table(state, wider)) == set()
        one = replace(table, indexes={**table.indexes, "added": (next(iter(table.columns)),)})
        found = dangers(state, with_table(state, one))
        assert [(item.code, item.path) for item in found] == [("sandbox-replaces", table.model)]


@given(state=tables())
def test_whatever_is_removed_is_refused(state):
    for name, table in state.tables.items():
        gone = replace(state, tables=without(state.tables, name))
        assert refused(state, gone) == {("table-dropped", name)}
        for column in table.columns:
            less = replace(table, columns=without(table.columns, column))
            said = refused(state, with_table(state, less))
            assert ("field-dropped", f"{name}.{column}") in said
        for index in table.indexes:
            less = replace(table, indexes=without(table.indexes, index))
            said = refused(state, with_table(state, less))
            assert said == {("index-dropped", f"{name}.indexes.{index}")}
        for key, column in table.columns.items():
            fewer = replace(column, values=column.values[1:])
            if column.type == "enum":
                less = replace(table, columns={**table.columns, key: fewer})
                said = refused(state, with_table(state, less))
                assert said == {("value-dropped", f"{name}.{key}")}
    for name, held in state.types.items():
        for column in held:
            less = replace(state, types={**state.types, name: without(held, column)})
            assert ("field-dropped", f"{name}.{column}") in refused(state, less)


@given(state=tables())
def test_a_change_of_type_or_to_required_is_refused(state):
    for name, table in state.tables.items():
        for key, column in table.columns.items():
            path = f"{name}.{key}"
            other = replace(column, array=not column.array)
            changed = replace(table, columns={**table.columns, key: other})
            codes = {
                code for code, place in refused(state, with_table(state, changed)) if place == path
            }
            assert codes == {"type-changed"}
            strict = replace(column, required=True)
            changed = replace(table, columns={**table.columns, key: strict})
            found = refused(state, with_table(state, changed))
            assert found == (set() if column.required else {("value-required", path)})
