"""Which changes of tables lose data, or fail to deploy, where tables hold records."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from ace_flow.model.data import AUTOMATIC_FIELDS
from ace_flow.project.remedies import NOTES, REFUSED, Remedy
from ace_flow.project.tables import column_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ace_flow.model import Column, Table, Tables

# What DynamoDB keeps as numbers; in keys, everything else is text.
_NUMBERS = frozenset({"float", "integer", "timestamp"})
# Every value of these is a text, and is read as one.
_TEXTS = frozenset(
    {"date", "datetime", "email", "enum", "id", "ipAddress", "phone", "string", "time", "url"}
)
_ORDER = {code: number for number, code in enumerate((*REFUSED, *NOTES))}


class Danger(NamedTuple):
    """What a change does to data: a kind of `remedies`, where, and from what to what."""

    code: str
    path: str
    message: str

    @property
    def is_refused(self) -> bool:
        """Whether it is written only when that is allowed; else it is only said."""
        return self.code in REFUSED

    @property
    def remedy(self) -> Remedy:
        """What happens to the data, and the safe way to the same end."""
        return (REFUSED | NOTES)[self.code]


def dangers(old: Tables, new: Tables) -> tuple[Danger, ...]:
    """Return what changes of tables do to the data in them, the worst first.

    Tables are told by their names, so a model that was renamed and keeps its table is the same.
    """
    comparing = _Comparing(old, new)
    found = [*comparing.tables(), *comparing.types()]
    return tuple(sorted(found, key=lambda item: (_ORDER[item.code], item.path)))


class _Comparing:
    """Two states of all tables."""

    def __init__(self, old: Tables, new: Tables) -> None:
        self.old = old
        self.new = new

    def tables(self) -> Iterator[Danger]:
        found = {table.name: table for table in self.new.tables.values()}
        for name, old in sorted(_by_name(self.old).items()):
            if name in found:
                yield from self._table(old, found[name])
            elif old.model in self.new.tables:
                other = self.new.tables[old.model].name
                message = f"its table was `{name}` and would be `{other}`"
                yield Danger("table-renamed", old.model, message)
            else:
                yield Danger("table-dropped", old.model, self._dropped(old))

    def types(self) -> Iterator[Danger]:
        for name, columns in self.old.types.items():
            if name in self.new.types:
                yield from self._columns(name, columns, self.new.types[name])

    def _dropped(self, old: Table) -> str:
        table = f"its table `{old.name}-…`"
        known = _by_name(self.old)
        for new in self.new.tables.values():
            same = set(old.columns.items()) & set(new.columns.items())
            if new.name not in known and len(same) * 2 > len(old.columns):
                return f"{table}; if it is called `{new.model}` now: `renamed_from: {old.name}`"
        return table

    def _table(self, old: Table, new: Table) -> Iterator[Danger]:
        if old.key != new.key:
            message = f"from {_listed(old.key)} to {_listed(new.key)}"
            yield Danger("key-changed", f"{new.model}.identifier", message)
            return
        yield from self._columns(new.model, old.columns, new.columns, old)
        yield from _links(old, new)
        yield from _indexes(old, new)
        yield from _expiry(old, new)

    def _columns(
        self,
        owner: str,
        old: Mapping[str, Column],
        new: Mapping[str, Column],
        table: Table | None = None,
    ) -> Iterator[Danger]:
        copied = set()
        for name, column in old.items():
            if new.get(name) == column:
                continue
            path = f"{owner}.{name}"
            if name in new:
                yield from self._column(path, column, new[name], is_key=_is_key(table, name))
                continue
            later = [other for other in new if name in new[other].renamed_from and other not in old]
            copied |= set(later)
            if later:
                yield Danger("field-renamed", path, f"renamed to `{later[0]}`")
            else:
                yield Danger("field-dropped", path, _gone(table, name))
        for name in set(new) - set(old) - copied:
            if new[name].required:
                yield Danger("value-required", f"{owner}.{name}", "new, and required")

    def _column(self, path: str, old: Column, new: Column, *, is_key: bool) -> Iterator[Danger]:
        change = f"from {column_text(old)} to {column_text(new)}"
        if is_key and (old.type in _NUMBERS) != (new.type in _NUMBERS):
            yield Danger("key-type-changed", path, change)
        elif not self._fits(old, new):
            yield Danger("type-changed", path, change)
        elif new.type == "enum" and (gone := [x for x in old.values if x not in new.values]):
            yield Danger("value-dropped", path, f"without {_listed(gone)}")
        if new.required and not old.required:
            yield Danger("value-required", path, "required from now on")

    def _fits(self, old: Column, new: Column) -> bool:
        """Tell whether all values of a field can be read as those of another."""
        if old.array != new.array:
            return False
        if old.type == new.type == "ref":
            [before], [after] = old.values, new.values
            return before == after or self.old.types.get(before) == self.new.types.get(after)
        is_wider = (old.type in _TEXTS and new.type in {"id", "string"}) or (
            (old.type, new.type) == ("integer", "float")
        )
        return old.type == new.type or is_wider


def _by_name(tables: Tables) -> dict[str, Table]:
    return {table.name: table for table in tables.tables.values()}


def _is_key(table: Table | None, name: str) -> bool:
    """Tell whether a field is a key of its table by itself: DynamoDB keeps several as one text."""
    if table is None or name not in table.key:
        return False
    return name == table.key[0] or len(table.key) == 2  # noqa: PLR2004 - partition and sort key


def _gone(table: Table | None, name: str) -> str:
    links = table.links if table else {}
    for relation, link in links.items():
        if link.type == "belongsTo" and name in link.references:
            return f"the key of the relation `{relation}` is gone"
    return "it is gone"


def _links(old: Table, new: Table) -> Iterator[Danger]:
    for name, link in old.links.items():
        later = new.links.get(name)
        if later is None:
            continue
        path = f"{new.model}.{name}"
        if (link.type, later.type) == ("hasMany", "hasOne"):
            yield Danger("relation-narrowed", path, "from hasMany to hasOne")
        is_same = link.type == later.type == "belongsTo" and link.references == later.references
        if is_same and link.table != later.table:
            message = f"leads to {later.table}, no longer to {link.table}"
            yield Danger("relation-retargeted", path, message)


def _indexes(old: Table, new: Table) -> Iterator[Danger]:
    kept = {*new.columns, *AUTOMATIC_FIELDS, "id"}
    # What loses a field goes with it.
    gone = {
        name: keys
        for name, keys in old.indexes.items()
        if name not in new.indexes and kept.issuperset(keys)
    }
    built = {name: keys for name, keys in new.indexes.items() if name not in old.indexes}
    changed = [
        name for name in old.indexes if new.indexes.get(name, ()) not in {(), old.indexes[name]}
    ]
    for name, keys in gone.items():
        path = f"{new.model}.indexes.{name}"
        later = next((other for other in built if built[other] == keys), None)
        if later:
            yield Danger("index-renamed", path, f"renamed to `{later}`")
        else:
            yield Danger("index-dropped", path, "it is gone")
    for name in changed:
        message = f"from {_listed(old.indexes[name])} to {_listed(new.indexes[name])}"
        yield Danger("index-changed", f"{new.model}.indexes.{name}", message)
    for name in (*built, *changed):
        if _is_incomplete(old, new.indexes[name]):
            message = f"by {_listed(new.indexes[name])}"
            yield Danger("index-incomplete", f"{new.model}.indexes.{name}", message)
    if len(built) + len(changed) > 1:
        yield Danger("several-indexes", new.model, f"builds {_listed((*built, *changed))}")
    if set(old.indexes.items()) ^ set(new.indexes.items()) or _retyped(old, new):
        yield Danger("sandbox-replaces", new.model, "its indexes change")


def _is_incomplete(old: Table, keys: tuple[str, ...]) -> bool:
    """Tell whether records may belong into an index that they are not in."""
    joined = keys[1:]
    if not joined[1:] or not {*old.columns, *AUTOMATIC_FIELDS, "id"}.issuperset(keys):
        return False
    return all(joined != known[1:] for known in old.indexes.values())


def _retyped(old: Table, new: Table) -> bool:
    """Tell whether an index is built anew because a key of it is no longer a number, or now one."""
    return any(
        name in old.columns
        and name in new.columns
        and (old.columns[name].type in _NUMBERS) != (new.columns[name].type in _NUMBERS)
        for keys in old.indexes.values()
        for name in keys
    )


def _expiry(old: Table, new: Table) -> Iterator[Danger]:
    path = f"{new.model}.ttl"
    if old.ttl and new.ttl and old.ttl != new.ttl:
        yield Danger("ttl-moved", path, f"from {old.ttl} to {new.ttl}")
    elif new.ttl and not old.ttl:
        yield Danger("ttl-added", path, f"by {new.ttl}")
    elif old.ttl and not new.ttl:
        yield Danger("ttl-removed", path, f"no longer by {old.ttl}")


def _listed(names: tuple[str, ...] | list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
