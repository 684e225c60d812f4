"""Patterns of every shape come out of the cache as they went in."""

from __future__ import annotations

from hypothesis import given
from strategies import patterns

from ace_flow import verdicts


@given(patterns())
def test_patterns_of_every_shape_are_kept(pattern):
    assert verdicts.parsed(verdicts.printed(pattern)) == pattern
