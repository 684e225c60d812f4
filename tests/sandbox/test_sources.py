"""The sandbox's own files: their types and their format."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.toolchain


def test_types_hold(sandbox, npx):
    npx(sandbox, "tsc", "--project", ".")
    npx(sandbox, "tsc", "--project", "browser")


def test_is_formatted(sandbox, npx):
    npx(sandbox, "prettier", "--check", ".")
