"""The tables that were generated last, `.ace-flow/tables.json`: what a change is compared with."""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING, Any

from ace_flow.diagnostics import ConfigurationError
from ace_flow.files import json_text
from ace_flow.model import Column, Link, Table, Tables
from ace_flow.regexes import regex
from ace_flow.workspace import PROJECT_FOLDER

if TYPE_CHECKING:
    from collections.abc import Mapping

TABLES_PATH = f"{PROJECT_FOLDER}/tables.json"
_FORMAT = 1
_COLUMN = regex(r"(\[?)(\w+)(?:\(([\w, ]*)\))?(\]?)(!?)")


def print_tables(tables: Tables) -> bytes:
    """Return the text of the file: sorted, a field a line, so that it merges well."""
    values = {
        "format": _FORMAT,
        "models": {table.model: _table(table) for table in tables.tables.values()},
        "types": {name: _columns(columns) for name, columns in tables.types.items()},
    }
    return json_text(values, is_sorted=True)


def read_tables(content: bytes | None) -> Tables | None:
    """Return the tables that the file's bytes tell of; None where there is no file.

    Raises ConfigurationError when it is not one that this version reads.
    """
    if content is None:
        return None
    try:
        return _read(json.loads(content))
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ConfigurationError(
            f"{TABLES_PATH} cannot be read: {error}",
            hint="restore it from version control; without it, no change is seen that loses data",
        ) from error


def _table(table: Table) -> dict[str, Any]:
    return {
        "key": " ".join(table.key),
        "fields": _columns(table.columns),
        "indexes": {name: " ".join(keys) for name, keys in table.indexes.items()},
        "relations": {
            name: " ".join((link.type, link.table, *link.references))
            for name, link in table.links.items()
        },
        **({"table": table.name} if table.name != table.model else {}),
        **({"ttl": table.ttl} if table.ttl else {}),
    }


def _columns(columns: Mapping[str, Column]) -> dict[str, str]:
    return {name: column_text(column) for name, column in columns.items()}


def column_text(column: Column) -> str:
    """Return a field in a few characters: `[string]!`, `enum(open, paid)`, `ref(Address)`."""
    kind = f"{column.type}({', '.join(column.values)})" if column.values else column.type
    return (f"[{kind}]" if column.array else kind) + ("!" if column.required else "")


def _read(values: dict[str, Any]) -> Tables:
    if values["format"] != _FORMAT:
        raise ValueError("it is of another version of ace")
    return Tables(
        tables={name: _read_table(name, item) for name, item in values["models"].items()},
        types={name: _read_columns(item) for name, item in values["types"].items()},
    )


def _read_table(name: str, values: dict[str, Any]) -> Table:
    links = {key: text.split() for key, text in values["relations"].items()}
    return Table(
        model=name,
        name=values.get("table", name),
        key=tuple(values["key"].split()),
        columns=_read_columns(values["fields"]),
        links={
            key: Link(type=kind, table=table, references=tuple(references))
            for key, (kind, table, *references) in links.items()
        },
        indexes={key: tuple(text.split()) for key, text in values["indexes"].items()},
        ttl=values.get("ttl"),
    )


def _read_columns(values: dict[str, str]) -> dict[str, Column]:
    return {name: _read_column(text) for name, text in values.items()}


@cache
def _read_column(text: str) -> Column:
    found = _COLUMN.fullmatch(text)
    if not found:
        raise ValueError(f"`{text}` is no field")
    opened, kind, values, _, required = found.groups()
    return Column(
        type=kind,
        required=bool(required),
        array=bool(opened),
        values=tuple(filter(None, (values or "").split(", "))),
    )
