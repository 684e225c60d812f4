"""A year of releases in an edited project: nothing is lost, and few are asked."""

from __future__ import annotations

import pytest
from edits import EDITS
from year import by_ace

# Of a hundred files that both sides changed, so many may ask for what nobody has to think about.
NEEDLESS = 0.02


@pytest.mark.slow
def test_no_edit_is_lost_in_a_year_of_releases(tmp_path):
    year = by_ace(tmp_path, None)
    assert EDITS >= 200
    assert (year.lost, year.broken) == ([], [])
    assert year.merged > 50
    assert len(year.needless) <= NEEDLESS * (year.merged + len(year.conflicts))
