"""Where patterns come from: folders and the store."""

from ace_flow.registry.catalog import Catalog, Listed, shown_path
from ace_flow.registry.entry import Entry, Summary, UnsafePathError
from ace_flow.registry.folder import SUFFIXES, file_entry, places_beside
from ace_flow.registry.sqlite import Registered, SqliteStore, store_path

__all__ = [
    "SUFFIXES",
    "Catalog",
    "Entry",
    "Listed",
    "Registered",
    "SqliteStore",
    "Summary",
    "UnsafePathError",
    "file_entry",
    "places_beside",
    "shown_path",
    "store_path",
]
