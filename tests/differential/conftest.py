"""The real Amplify, started once for a test module."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from amplify import Amplify

# The cases of the rules are asked here, too.
sys.path.insert(0, str(Path(__file__).parents[1] / "rules"))


@pytest.fixture(scope="session")
def amplify(toolbox):
    """Answer what Amplify makes of a data resource."""
    processes = min(4, os.cpu_count() or 1)
    running = Amplify(toolbox / "node_modules", processes)
    yield running
    running.close()
