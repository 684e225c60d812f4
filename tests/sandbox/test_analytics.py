"""Analytics: records of the stream become events and totals, each once, and totals figures."""

from __future__ import annotations

import base64
import json
import time
from datetime import UTC, datetime, timedelta

import pytest
from backend import post

pytestmark = [pytest.mark.toolchain, pytest.mark.xdist_group("dashboard_analytics")]

HOUR = "2024-05-01T10:00:00.000Z"


@pytest.fixture(scope="module")
def client(client_of):
    return client_of("dashboard_analytics")


@pytest.fixture
def analyst(client):
    return client.user("analyst", "analysts")


@pytest.fixture
def organization(request):
    return f"organization-{request.node.name}"


@pytest.fixture
def record(organization):
    """Return a function that makes a record of the stream; its number is unique in a test."""

    def make(number: int, content: object = None, **fields: object) -> dict:
        event = {
            "eventType": "view",
            "source": "web",
            "organizationId": organization,
            "timestamp": "2024-05-01T12:34:56+02:00",
            "data": {"page": "/"},
            **fields,
        }
        text = content if isinstance(content, str) else json.dumps(event)
        return {
            "eventID": f"shard-{organization}:{number}",
            "eventSource": "aws:kinesis",
            "kinesis": {
                "sequenceNumber": str(number),
                "data": base64.b64encode(text.encode()).decode(),
            },
        }

    return make


@pytest.fixture
def ingest(client):
    """Return a function that hands records to the worker, and gives the numbers that failed."""

    def send(*records: dict) -> list[str]:
        told = client.invoke("worker", {"Records": records})
        return [item["itemIdentifier"] for item in told["batchItemFailures"]]

    return send


@pytest.fixture
def totals(analyst, organization):
    def read() -> dict[tuple[str, str], int]:
        given = {"organizationId": organization}
        found = analyst.call("EventTotal", "listEventTotalsByOrganization", given, limit=1000)
        assert found.errors == []
        return {(row["eventType"], row["hour"]): row["count"] for row in found.data}

    return read


def events(caller, organization):
    given = {"organizationId": organization}
    return caller.call("Event", "listEventsByOrganization", given, limit=1000).data


def test_records_become_events_and_totals(ingest, record, totals, analyst, organization):
    later = {"timestamp": "2024-05-01T11:00:00Z"}
    records = [record(1), record(2, userId="u"), record(3, eventType="buy"), record(4, **later)]
    assert ingest(*records) == []
    assert totals() == {
        ("view", HOUR): 2,
        ("buy", HOUR): 1,
        ("view", "2024-05-01T11:00:00.000Z"): 1,
    }
    found = {row["id"].split(":")[1]: row for row in events(analyst, organization)}
    assert sorted(found) == ["1", "2", "3", "4"]
    assert json.loads(found["1"]["data"]) == {"page": "/"}
    assert (found["2"]["userId"], found["2"]["timestamp"]) == ("u", "2024-05-01T10:34:56.000Z")


def test_what_is_put_into_the_stream_is_counted(client, totals, organization):
    event = {
        "eventType": "view",
        "source": "web",
        "organizationId": organization,
        "timestamp": HOUR,
        "data": {},
    }
    place = client.url.removesuffix("/graphql") + "/aws/kinesis"
    content = base64.b64encode(json.dumps(event).encode()).decode()
    record = {"StreamName": "EventStream", "PartitionKey": organization, "Data": content}
    for _ in range(3):
        answer = post(place, record, **{"x-amz-target": "Kinesis_20131202.PutRecord"})
        assert answer.status == 200
    for _ in range(200):
        if totals() == {("view", HOUR): 3}:
            return
        time.sleep(0.1)
    raise AssertionError(totals())


def test_what_comes_again_is_counted_once(ingest, record, totals, analyst, organization):
    assert ingest(record(1), record(1), record(2)) == []
    assert ingest(record(2), record(3)) == []
    assert ingest(record(1), record(2), record(3)) == []
    assert totals() == {("view", HOUR): 3}
    assert len(events(analyst, organization)) == 3


def test_many_are_counted_in_several_steps(ingest, record, totals):
    assert ingest(*map(record, range(120))) == []
    assert totals() == {("view", HOUR): 120}


def test_what_is_no_event_is_left_out(ingest, record, totals):
    bad = ["{", "null", "[]", '"text"', "{}"]
    wrong = [{"timestamp": "soon"}, {"eventType": ""}, {"source": 1}, {"organizationId": "x" * 101}]
    records = [record(number, text) for number, text in enumerate(bad)]
    records += [record(number, **fields) for number, fields in enumerate(wrong, len(bad))]
    records.append(record(100, data="x" * 70_000))
    assert ingest(*records, record(101)) == []
    assert totals() == {("view", HOUR): 1}


def test_what_cannot_be_kept_is_reported_and_the_rest_is_kept(ingest, record, totals):
    # The database has no such number.
    endless = json.loads(base64.b64decode(record(2, eventType="odd")["kinesis"]["data"]))
    text = json.dumps({**endless, "data": "?"}).replace('"?"', "1e999")
    records = [record(1), record(2, text), record(3)]
    for _ in range(2):
        assert ingest(*records) == ["2"]
    assert totals() == {("view", HOUR): 2}


def test_only_functions_write_events_totals_and_figures(client, ingest, record, organization):
    ingest(record(1))
    people = [client.user(group, f"{group}s") for group in ("admin", "analyst", "viewer")]
    event = {
        "eventType": "view",
        "source": "web",
        "organizationId": organization,
        "timestamp": HOUR,
        "data": "{}",
    }
    total = {"organizationId": organization, "eventType": "view", "hour": HOUR, "count": 9}
    key = {"id": f"{organization}:view:{HOUR}"}
    figures = {"widgetId": "w", "data": "{}", "timestamp": HOUR}
    for caller in (*people, client.user("reader"), client.guest()):
        assert caller.call("Event", "create", event).refused
        assert caller.call("EventTotal", "create", total).refused
        assert caller.call("EventTotal", "update", {**key, "count": 9}).refused
        assert caller.call("EventTotal", "delete", key).refused
        assert caller.call("AggregatedData", "create", figures).refused
    for caller in people:
        assert caller.call("EventTotal", "get", key).data["count"] == 1
    for caller in (client.user("reader"), client.guest()):
        assert caller.call("EventTotal", "get", key).refused
        assert not events(caller, organization)


@pytest.fixture
def job(analyst, organization):
    """Return a function that sets up a widget and its job, and gives the job."""

    def make(query: dict | None = None, **fields: object) -> dict:
        dashboard = analyst.create(
            "Dashboard",
            title="Board",
            layout="{}",
            organizationId=organization,
            createdById="somebody",
        )
        widget = analyst.create(
            "Widget",
            title="Views",
            type="metric",
            config="{}",
            dashboardId=dashboard["id"],
            queryConfig=json.dumps(query) if query else None,
        )
        given = {"widgetId": widget["id"], "intervalSeconds": 600, **fields}
        return analyst.create("AggregationJob", **given)

    return make


def figures(caller, job):
    given = {"widgetId": job["widgetId"]}
    found = caller.call("AggregatedData", "listAggregatedDataByWidget", given).data
    return [json.loads(row["data"])["total"] for row in found]


def test_figures_are_computed_when_it_is_their_turn(client, ingest, record, job):
    now = datetime.now(UTC)
    moments = [now, now - timedelta(hours=30), now - timedelta(days=60)]
    records = [record(n, timestamp=moment.isoformat()) for n, moment in enumerate(moments)]
    ingest(*records, record(9, eventType="buy", timestamp=now.isoformat()))
    views = job({"eventType": "view"})
    week = job({"hours": 168})
    whatever = job(None, nextRun=(now - timedelta(minutes=1)).isoformat())
    later = job(None, nextRun=(now + timedelta(hours=1)).isoformat())
    gone = client.user("analyst", "analysts")
    orphan = gone.create("AggregationJob", widgetId="none", intervalSeconds=600)
    for _ in range(2):
        client.invoke("refresh-widgets")
    viewer = client.user("viewer", "viewers")
    assert [figures(viewer, item) for item in (views, week, whatever, later, orphan)] == [
        [1],
        [3],
        [2],
        [],
        [],
    ]
