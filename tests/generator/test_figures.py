"""Pages of metrics draw what belongs to a record, or to each of the records that do."""

from __future__ import annotations

import pytest
from loading import load_text
from rendering import files_of

PATTERN = """
name: weather
models:
- name: Station
  fields: [{name: name, type: string, required: true}]
- name: Sensor
  fields:
  - {name: label, type: string, required: true}
  - {name: station, type: belongsTo, model: Station}
  - {name: rank, type: integer}
- name: Reading
  ttl: expiresAt
  fields:
  - {name: sensor, type: belongsTo, model: Sensor}
  - {name: sensorId, type: id}
  - {name: takenAt, type: datetime, required: true}
  - {name: text, type: string}
  NUMBER
  - {name: expiresAt, type: timestamp}
  indexes: [{field: sensorId, sort_keys: [takenAt]}]
components:
- {name: Page, type: metrics, models: MODELS}
"""
RAIN = "- {name: rain, type: float}"


@pytest.fixture
def files():
    """Return what makes the files of a page of some models, with a number of readings."""

    def make(models, number=RAIN):
        text = PATTERN.replace("NUMBER", number).replace("MODELS", models)
        return files_of(load_text(text).pattern)

    return make


def test_each_record_of_the_second_model_has_a_chart_of_the_third(files):
    made = files("[Station, Sensor, Reading]")
    page = " ".join(made["src/components/Page.tsx"].split())
    assert page.count("<MetricCards") == page.count("<RecordDetail") == 1
    assert "belonging: sensorByStation" in page
    assert "belonging: readingBySensor, at: (row) => row.takenAt, of: (row) => row.rain" in page
    assert "<RecordMetrics" not in page
    assert "draws readings of each sensor of the record" in made["src/components/Page.test.tsx"]


def test_numbers_that_belong_to_the_record_itself_are_drawn_below_it(files):
    page = files("[Sensor, Reading]")["src/components/Page.tsx"]
    assert "<RecordMetrics" in page
    assert "<MetricCards" not in page


def test_the_newest_are_asked_for_where_an_index_sorts_by_time(files):
    module = files("[Sensor, Reading]")["src/data/models/Reading.ts"]
    assert "sortDirection: 'DESC'" in module


@pytest.mark.parametrize(
    ("models", "number"),
    [
        ("[Station]", RAIN),
        ("[Station, Reading]", RAIN),
        ("[Sensor, Reading]", ""),
        ("[Sensor, Reading]", "- {name: rank, type: integer}"),
        ("[Sensor, Reading]", "- {name: rain, type: float, array: true}"),
        ("[Reading, Station]", RAIN),
    ],
)
def test_what_has_no_numbers_of_the_record_is_left_out(files, models, number):
    page = files(models, number)["src/components/Page.tsx"]
    assert "<RecordDetail" in page
    assert "Metric" not in page
    assert "<TrendChart" in page
