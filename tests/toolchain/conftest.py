"""The shipped patterns and our own, each generated once for all tests about it."""

from __future__ import annotations

import pytest

PATTERNS = (
    "all_services",
    "content_management",
    "custom_analytics",
    "dashboard_analytics",
    "e_commerce",
    "ecommerce_analytics",
    "iot_platform",
    "ml_platform",
    "simple_crud",
    "social_platform",
)


def pytest_generate_tests(metafunc):
    """Run a test that asks for `project` once for each pattern."""
    if "project" in metafunc.fixturenames:
        # One worker has all tests of a pattern, so that it is generated once.
        names = [pytest.param(name, marks=pytest.mark.xdist_group(name)) for name in PATTERNS]
        metafunc.parametrize("project", names, indirect=True, scope="session")


@pytest.fixture(scope="session")
def project(request, generated):
    """Generate a pattern's application into a folder that has its packages."""
    return generated(request.param)


@pytest.fixture(scope="session")
def pattern(project, composed):
    """Return a project's pattern, composed and complete."""
    return composed(project.name)
