"""What is measured beside a baseline."""

from __future__ import annotations

import json

import pytest

from ace_flow.diagnostics import ConfigurationError, NotFoundError
from ace_flow.trials.performance import (
    Kept,
    bundle_size,
    compare,
    percentiles,
    read_baseline,
    shown,
    write_baseline,
)


def one(name, now, **kept):
    (item,) = compare({name: now}, {name: Kept(**kept)} if kept else {})
    return item


def test_a_measure_may_be_worse_by_its_tolerance_and_its_slack():
    assert not one("resources", 110, value=100, tolerance=1.1).is_worse
    assert one("resources", 111, value=100, tolerance=1.1).is_worse
    assert not one("generation", 0.31, value=0.1, tolerance=1.5).is_worse
    assert one("generation", 0.41, value=0.1, tolerance=1.5).is_worse


def test_a_line_says_how_it_compares():
    worse = one("resources", 150, value=100, tolerance=1.1)
    assert shown(worse) == (
        "CloudFormation resources: 150, 1.50 times the baseline's 100, more than 1.1 times"
    )
    better = one("synth", 5.0, value=10.0, tolerance=1.5)
    assert shown(better) == "synthesis: 5 s, 0.50 times the baseline's 10 s"
    assert shown(one("latency_p50", 1.234)) == "requests, median: 1.23 ms"


def test_a_baseline_keeps_the_tolerances_that_somebody_set(tmp_path):
    path = tmp_path / "tests" / "shop.performance.json"
    write_baseline(path, "shop", compare({"resources": 10.0}, {}))
    content = json.loads(path.read_text())
    content["measures"]["resources"]["tolerance"] = 3
    path.write_text(json.dumps(content))
    write_baseline(path, "shop", compare({"resources": 20.0}, read_baseline(path)))
    assert read_baseline(path) == {"resources": Kept(20.0, 3.0)}
    assert [file.name for file in path.parent.iterdir()] == [path.name]


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"measures": {"a": {}}}', '{"measures": [1]}'])
def test_what_is_no_baseline_is_said_so(tmp_path, text):
    (tmp_path / "base.json").write_text(text)
    with pytest.raises(ConfigurationError, match="is no baseline"):
        read_baseline(tmp_path / "base.json")


def test_a_baseline_that_is_not_there_is_asked_for(tmp_path):
    with pytest.raises(NotFoundError, match="there is no baseline"):
        read_baseline(tmp_path / "base.json")


def test_a_bundle_counts_what_browsers_load(tmp_path):
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "main.js").write_text("x" * 100_000)
    loaded = bundle_size(tmp_path)
    (tmp_path / "assets" / "picture.png").write_bytes(bytes(range(256)) * 1000)
    assert 0 < bundle_size(tmp_path) == loaded < 1


def test_percentiles_are_of_several_requests():
    assert percentiles([]) == percentiles([1.0]) == {}
    found = percentiles([float(number) for number in range(1, 102)])
    assert found == {"latency_p50": 51.0, "latency_p95": 96.0}
