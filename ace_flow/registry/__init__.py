"""Where patterns come from: folders and the store; and whose code is trusted."""

from ace_flow.registry.catalog import Catalog, Listed, shown_path
from ace_flow.registry.code import (
    Code,
    CodeFile,
    Klass,
    Part,
    code_of_files,
    code_of_parts,
    is_tree,
)
from ace_flow.registry.entry import Entry, Summary, UnsafePathError
from ace_flow.registry.folder import (
    SUFFIXES,
    file_entry,
    files_below,
    is_folder,
    nearest_file,
    pattern_files,
    places_beside,
)
from ace_flow.registry.sqlite import Registered, SqliteStore, store_path
from ace_flow.registry.trust import Agree, Decision, Gate, TrustStore

__all__ = [
    "SUFFIXES",
    "Agree",
    "Catalog",
    "Code",
    "CodeFile",
    "Decision",
    "Entry",
    "Gate",
    "Klass",
    "Listed",
    "Part",
    "Registered",
    "SqliteStore",
    "Summary",
    "TrustStore",
    "UnsafePathError",
    "code_of_files",
    "code_of_parts",
    "file_entry",
    "files_below",
    "is_folder",
    "is_tree",
    "nearest_file",
    "pattern_files",
    "places_beside",
    "shown_path",
    "store_path",
]
