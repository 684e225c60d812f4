"""A fixture of pytest for tests of patterns; nothing else is imported before a test asks for it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from ace_flow.testing import Generated


@pytest.fixture(name="test_pattern")
def pattern_tester(request: pytest.FixtureRequest) -> Callable[..., Generated]:
    """Give `ace_flow.testing.test_pattern`; names and files count from the test's own folder."""
    from ace_flow.testing import test_pattern  # noqa: PLC0415 - costs 200 ms

    return partial(test_pattern, root=request.path.parent)
