"""What validating costs, within limits and growing no faster than the pattern."""

from __future__ import annotations

import pytest
from validation import LIMITS, SHAPES, cost, unknown_models, usual, validate, warm_up

TRIES = 6
SMALL, LARGE = 500, 2000
# Of four times as much, each costs at most so many times as much as before; where all is compared
# with all, it costs four times.
SLACK = 1.8


@pytest.fixture(scope="module", autouse=True)
def warm():
    warm_up()


def is_within(limit, measure):
    """Tell whether the best of a few measurements is: another process may have disturbed one."""
    return any(measure() <= limit for _ in range(TRIES))


def growth(measure):
    """Return how many times as much one costs when there are more."""
    return (measure(LARGE) / LARGE) / (measure(SMALL) / SMALL)


@pytest.mark.slow
@pytest.mark.parametrize("name", LIMITS)
def test_validating_is_fast(name):
    make, limit = LIMITS[name]
    patterns = make()
    assert is_within(limit, lambda: cost(patterns))


@pytest.mark.slow
@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_each_of_many_costs_as_much_as_each_of_few(shape):
    files = {size: [shape(size)] for size in (SMALL, LARGE)}
    assert is_within(SLACK, lambda: growth(lambda size: cost(files[size])))


def test_what_is_measured_is_what_is_meant():
    assert validate(usual(1000)) == 0
    assert validate(usual(2, 7)) == 0
    for name, (make, _) in LIMITS.items():
        if "errors" in name:
            assert validate(*make()) >= 9_999
    assert validate(unknown_models(100)) == 100


def test_a_cost_that_grows_faster_is_told():
    assert not is_within(SLACK, lambda: growth(lambda size: size**2))
    assert not is_within(SLACK, lambda: growth(lambda size: size + size**2 / 1000))
    assert is_within(SLACK, lambda: growth(lambda size: 10 + size))
    assert not is_within(1.0, lambda: 1.1)
