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
DAY = 24 * 60 * 60


@pytest.fixture(scope="module")
def client(client_of):
    return client_of("dashboard_analytics")


@pytest.fixture(scope="module")
def admin(client):
    return client.user("admin", "admins")


@pytest.fixture
def team(request):
    """The sign-in group of an organization; that of its viewers is named after it."""
    return request.node.name.replace("_", "-")


@pytest.fixture
def analyst(client, team):
    return client.user("analyst", "analysts", team)


@pytest.fixture
def viewer(client, team):
    return client.user("viewer", f"{team}-viewers")


@pytest.fixture
def stranger(client, admin):
    """An analyst of another organization."""
    admin.create("Organization", name="Other", team="other", viewers="other-viewers")
    return client.user("stranger", "analysts", "other")


@pytest.fixture
def organization(admin, team):
    given = {"name": "Own", "team": team, "viewers": f"{team}-viewers"}
    return admin.create("Organization", **given)["id"]


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


def test_events_of_no_organization_are_left_out(ingest, record, totals):
    assert ingest(record(1, organizationId="nobody"), record(2)) == []
    assert totals() == {("view", HOUR): 1}


def test_what_is_kept_says_when_it_is_deleted(ingest, record, analyst, organization):
    ingest(record(1))
    (event,) = events(analyst, organization)
    given = {"organizationId": organization}
    (total,) = analyst.call("EventTotal", "listEventTotalsByOrganization", given).data
    then = int(datetime.fromisoformat("2024-05-01T10:34:56Z").timestamp())
    assert event["expiresAt"] == then + 90 * DAY
    assert total["expiresAt"] == then - 34 * 60 - 56 + 730 * DAY


def test_only_functions_write_events_totals_and_figures(
    client, admin, analyst, viewer, stranger, ingest, record, organization, team
):
    ingest(record(1))
    event = {
        "eventType": "view",
        "source": "web",
        "organizationId": organization,
        "timestamp": HOUR,
        "data": "{}",
        "team": team,
    }
    total = {
        "organizationId": organization,
        "eventType": "view",
        "hour": HOUR,
        "count": 9,
        "team": team,
    }
    key = {"id": f"{organization}:view:{HOUR}"}
    figure = {"widgetId": "w", "value": 1, "timestamp": HOUR, "team": team}
    for caller in (admin, analyst, viewer, stranger, client.user("reader"), client.guest()):
        assert caller.call("Event", "create", event).refused
        assert caller.call("EventTotal", "create", total).refused
        assert caller.call("EventTotal", "update", {**key, "count": 9}).refused
        assert caller.call("EventTotal", "delete", key).refused
        assert caller.call("AggregatedData", "create", figure).refused
    for caller in (admin, analyst):
        assert caller.call("EventTotal", "get", key).data["count"] == 1
    for caller in (viewer, stranger, client.user("reader"), client.guest()):
        assert caller.call("EventTotal", "get", key).refused
        assert not events(caller, organization)


@pytest.fixture
def dashboard(analyst, organization):
    return analyst.done("addDashboard", organizationId=organization, title="Board")["id"]


@pytest.fixture
def widget(analyst, dashboard):
    """Return a function that adds a widget and gives its id."""

    def make(**fields: object) -> str:
        return analyst.done("addWidget", dashboardId=dashboard, title="Views", **fields)["id"]

    return make


def figures(caller, widget):
    found = caller.call("AggregatedData", "listAggregatedDataByWidget", {"widgetId": widget})
    return sorted(row["value"] for row in found.data or ())


def total(caller, widget):
    return caller.call("Widget", "get", {"id": widget}).data["total"]


def refresh(client, *widgets):
    """Compute the figures of widgets now, as if their turn had come."""
    for widget in widgets:
        past = {"id": widget, "refreshedAt": HOUR}
        assert client.role().call("Widget", "update", past).errors == []
    client.invoke("refresh-widgets")


def test_figures_are_computed_when_it_is_their_turn(client, ingest, record, analyst, widget):
    now = datetime.now(UTC)
    moments = [now, now - timedelta(hours=30), now - timedelta(days=60)]
    records = [record(n, timestamp=moment.isoformat()) for n, moment in enumerate(moments)]
    ingest(*records, record(9, eventType="buy", timestamp=now.isoformat()))
    views, week, everything = widget(eventType="view"), widget(hours=168), widget()
    client.invoke("refresh-widgets")
    found = [total(analyst, item) for item in (views, week, everything)]
    assert found == [1, 3, 2]
    assert [figures(analyst, item) for item in (views, week, everything)] == [[1], [1, 2], [2]]
    ingest(record(10, timestamp=now.isoformat()))
    client.invoke("refresh-widgets")
    assert total(analyst, views) == 1


def test_figures_follow_what_the_widget_counts(client, ingest, record, analyst, widget):
    now = datetime.now(UTC)
    then = (now - timedelta(hours=3)).isoformat()
    ingest(record(1, timestamp=now.isoformat()), record(2, eventType="buy", timestamp=then))
    views = widget()
    client.invoke("refresh-widgets")
    assert figures(analyst, views) == [1, 1]
    change = {"id": views, "eventType": "buy", "refreshInterval": 300}
    assert analyst.call("Widget", "update", change).errors == []
    refresh(client, views)
    assert figures(analyst, views) == [1]
    assert total(analyst, views) == 1


def test_a_widget_of_a_dashboard_that_is_gone_goes_too(client, analyst, dashboard, widget):
    orphan = widget()
    assert analyst.call("Dashboard", "delete", {"id": dashboard}).errors == []
    client.invoke("refresh-widgets")
    assert analyst.call("Widget", "get", {"id": orphan}).data is None


def test_organizations_see_nothing_of_each_other(
    client, ingest, record, analyst, stranger, organization, dashboard, widget
):
    now = datetime.now(UTC).isoformat()
    ingest(record(1, timestamp=now))
    views = widget()
    client.invoke("refresh-widgets")
    alert = analyst.done("addAlert", widgetId=views, name="Many", comparison="above", threshold=0)
    refresh(client, views)
    rows = {
        "Organization": organization,
        "Dashboard": dashboard,
        "Widget": views,
        "Alert": alert["id"],
    }
    for model, key in rows.items():
        assert analyst.call(model, "get", {"id": key}).data["id"] == key
        assert stranger.call(model, "get", {"id": key}).refused
        assert stranger.call(model, "update", {"id": key}).refused
        assert stranger.call(model, "delete", {"id": key}).refused
    for model in (*rows, "Event", "EventTotal", "AggregatedData", "AlertNotice"):
        teams = {row["team"] for row in analyst.call(model, "list", {"limit": 1000}).data}
        assert len(teams) == 1
        others = {row["team"] for row in stranger.call(model, "list", {"limit": 1000}).data}
        assert others <= {"other"}
    for mutation, given in (
        ("addDashboard", {"organizationId": organization, "title": "x"}),
        ("addWidget", {"dashboardId": dashboard, "title": "x"}),
        ("addAlert", {"widgetId": views, "name": "x", "comparison": "above", "threshold": 1}),
        ("showDashboard", {"dashboardId": dashboard}),
        ("hideDashboard", {"dashboardId": dashboard}),
    ):
        assert "not that of your team" in stranger.mutate(mutation, **given).said


def test_nobody_moves_a_record_to_another_team(analyst, dashboard, widget):
    for model, key in (("Dashboard", dashboard), ("Widget", widget())):
        for closed in ({"team": "other"}, {"viewers": "other"}):
            assert analyst.call(model, "update", {"id": key, **closed}).refused
        assert analyst.call(model, "create", {"title": "x", "team": "other"}).errors
    assert analyst.call("Dashboard", "update", {"id": dashboard, "title": "New"}).errors == []


def test_viewers_see_a_dashboard_while_it_is_shown(
    client, ingest, record, analyst, viewer, dashboard, widget
):
    ingest(record(1, timestamp=datetime.now(UTC).isoformat()))
    views = widget()
    client.invoke("refresh-widgets")

    def seen():
        board = viewer.call("Dashboard", "get", {"id": dashboard}).data
        card = viewer.call("Widget", "get", {"id": views}).data
        return bool(board), bool(card), figures(viewer, views)

    assert seen() == (False, False, [])
    assert analyst.done("showDashboard", dashboardId=dashboard)["isPublic"] is True
    assert seen() == (True, True, [1])
    ingest(record(2, timestamp=datetime.now(UTC).isoformat()))
    refresh(client, views)
    assert seen() == (True, True, [2])
    assert viewer.call("Dashboard", "update", {"id": dashboard, "title": "x"}).refused
    assert viewer.mutate("hideDashboard", dashboardId=dashboard).errors
    analyst.done("hideDashboard", dashboardId=dashboard)
    assert seen() == (False, False, [])


def notices(caller, alert):
    given = {"alertId": alert}
    return [
        row["message"] for row in caller.call("AlertNotice", "listAlertNoticesByAlert", given).data
    ]


def test_an_alert_is_raised_once_for_each_crossing(client, ingest, record, analyst, viewer, widget):
    now = datetime.now(UTC).isoformat()
    views = widget(eventType="view")
    limit = {"comparison": "above", "threshold": 1.5}
    alert = analyst.done("addAlert", widgetId=views, name="Many", **limit)["id"]
    idle = analyst.done("addAlert", widgetId=views, name="Idle", **limit)["id"]
    assert analyst.call("Alert", "update", {"id": idle, "isActive": False}).errors == []
    told = []
    for number in range(3):
        ingest(record(number, timestamp=now))
        refresh(client, views)
        told.append(notices(analyst, alert))
    assert told == [[], ["Many: Views is 2, above 1.5"], ["Many: Views is 2, above 1.5"]]
    found = analyst.call("Alert", "get", {"id": alert}).data
    assert (found["isRaised"], bool(found["lastTriggered"])) == (True, True)
    # Back below the limit, and above it again.
    for threshold in (10, 2):
        change = {"id": alert, "threshold": threshold}
        assert analyst.call("Alert", "update", change).errors == []
        refresh(client, views)
    assert sorted(notices(analyst, alert)) == [
        "Many: Views is 2, above 1.5",
        "Many: Views is 3, above 2",
    ]
    assert notices(analyst, idle) == []
    assert notices(viewer, alert) == []


def test_what_makes_no_sense_is_refused(analyst, organization, dashboard):
    for mutation, given, said in (
        ("addDashboard", {"organizationId": organization, "title": " "}, "The title needs"),
        ("addWidget", {"dashboardId": dashboard, "title": "x", "hours": 0}, "number of hours"),
        ("addWidget", {"dashboardId": dashboard, "title": "x", "hours": 9999}, "number of hours"),
        ("addWidget", {"dashboardId": dashboard, "title": "x", "refreshInterval": 1}, "interval"),
    ):
        assert said in analyst.mutate(mutation, **given).said
