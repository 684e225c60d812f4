"""Where patterns come from: folders and the store."""

from ace_flow.registry.catalog import Catalog, Listed, shown_path
from ace_flow.registry.entry import Entry, Summary, UnsafePathError
from ace_flow.registry.folder import SUFFIXES, file_entry, pattern_files, places_beside
from ace_flow.registry.sqlite import Registered, SqliteStore, store_path
from ace_flow.registry.trust import Code, CodeFile, Klass, TrustStore, code, trust_path

__all__ = [
    "SUFFIXES",
    "Catalog",
    "Code",
    "CodeFile",
    "Entry",
    "Klass",
    "Listed",
    "Registered",
    "SqliteStore",
    "Summary",
    "TrustStore",
    "UnsafePathError",
    "code",
    "file_entry",
    "pattern_files",
    "places_beside",
    "shown_path",
    "store_path",
    "trust_path",
]
