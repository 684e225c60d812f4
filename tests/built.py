"""Random records: hypothesis does not see their types, which are there for type checkers only."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st


def built(kind: type, **parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Return a strategy for records of a kind with these parts, as `st.builds` would."""
    return st.fixed_dictionaries(parts).map(lambda values: kind(**values))
