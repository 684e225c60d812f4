"""Schedules run when AWS's would, as long as the backend that has them is served."""

from __future__ import annotations

import json
import subprocess
from calendar import monthrange
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pytest
from answering import Answers
from assemblies import Driven, arn, assembly, function
from hypothesis import given
from hypothesis import strategies as st

pytestmark = [pytest.mark.toolchain, pytest.mark.xdist_group("schedules")]

PROGRAM = Path(__file__).with_name("times.mjs")
BERLIN = "Europe/Berlin"
MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"]
DAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"]


@pytest.fixture(scope="module")
def next_times(sandbox, toolbox):
    """Say when a schedule runs the next times."""
    with Answers(PROGRAM, toolbox, sandbox) as answers:

        def ask(expression, after, count=1, zone="UTC"):
            found = answers.ask("next", expression, zone, after, count)
            return [moment.removesuffix(":00.000Z") for moment in found]

        yield ask


@pytest.mark.parametrize(
    ("expression", "after", "times"),
    [
        # 2024-01-01 was a Monday.
        ("cron(0 10 * * ? *)", "2024-01-01T10:00Z", ["2024-01-02T10:00", "2024-01-03T10:00"]),
        ("cron(15 12 * * ? *)", "2024-02-28T13:00Z", ["2024-02-29T12:15", "2024-03-01T12:15"]),
        ("cron(0 18 ? * MON-FRI *)", "2024-01-05T18:00Z", ["2024-01-08T18:00"]),
        ("cron(0 8 1 * ? *)", "2024-01-01T08:00Z", ["2024-02-01T08:00", "2024-03-01T08:00"]),
        ("cron(0/15 * * * ? *)", "2024-01-01T00:44Z", ["2024-01-01T00:45", "2024-01-01T01:00"]),
        ("cron(0/10 * ? * MON-FRI *)", "2024-01-05T23:50Z", ["2024-01-08T00:00"]),
        ("cron(0/5 8-17 ? * MON-FRI *)", "2024-01-05T17:55Z", ["2024-01-08T08:00"]),
        ("cron(0/30 20-2 ? * MON-FRI *)", "2024-01-05T02:30Z", ["2024-01-05T20:00"]),
        ("cron(15 10 ? * 6L 2019-2025)", "2025-11-28T10:15Z", ["2025-12-26T10:15"]),
        ("cron(0 0 L * ? *)", "2024-02-01T00:00Z", ["2024-02-29T00:00", "2024-03-31T00:00"]),
        ("cron(0 0 ? * 3#2 *)", "2024-01-01T00:00Z", ["2024-01-09T00:00", "2024-02-13T00:00"]),
        ("cron(0 0 ? * L *)", "2024-01-01T00:00Z", ["2024-01-06T00:00"]),
        ("cron(0 0 ? * FRI-MON *)", "2024-01-01T00:00Z", ["2024-01-05T00:00", "2024-01-06T00:00"]),
        # The weekday nearest to a day, in the same month.
        ("cron(0 0 3W * ? *)", "2024-01-03T00:00Z", ["2024-02-02T00:00", "2024-03-04T00:00"]),
        ("cron(0 0 1W 6 ? *)", "2024-01-01T00:00Z", ["2024-06-03T00:00"]),
        ("cron(0 0 LW 3 ? *)", "2024-01-01T00:00Z", ["2024-03-29T00:00"]),
        ("cron(0 0 31W * ? *)", "2024-01-31T00:00Z", ["2024-03-29T00:00"]),
        ("cron(1/10 3 * * ? *)", "2024-01-01T03:40Z", ["2024-01-01T03:41", "2024-01-01T03:51"]),
        ("cron(0 0 29 2 ? *)", "2024-02-29T00:00Z", ["2028-02-29T00:00"]),
        ("cron(0 0 1 JAN,jul ? 2024/2)", "2024-07-01T00:00Z", ["2026-01-01T00:00"]),
        ("cron(0 0 1 1 ? 2023)", "2024-01-01T00:00Z", []),
        ("cron(0 0 31 2 ? *)", "2024-01-01T00:00Z", []),
        ("rate(5 minutes)", "2024-01-01T00:02Z", ["2024-01-01T00:07", "2024-01-01T00:12"]),
        ("rate(1 hour)", "2024-01-01T00:02Z", ["2024-01-01T01:02"]),
        ("rate(2 days)", "2024-02-28T00:00Z", ["2024-03-01T00:00"]),
        ("at(2024-05-01T12:30:00)", "2024-01-01T00:00Z", ["2024-05-01T12:30"]),
        ("at(2024-05-01T12:30:00)", "2024-05-01T12:30Z", []),
    ],
)
def test_when_a_schedule_runs_next(next_times, expression, after, times):
    assert next_times(expression, after, max(len(times), 1)) == times


@pytest.mark.parametrize(
    ("zone", "expression", "after", "times"),
    [
        (
            BERLIN,
            "cron(0 9 * * ? *)",
            "2024-03-30T00:00Z",
            ["2024-03-30T08:00", "2024-03-31T07:00"],
        ),
        # A clock that is put forward never shows two o'clock: that day is left out.
        (BERLIN, "cron(0 2 * * ? *)", "2024-03-30T02:00Z", ["2024-04-01T00:00"]),
        # One that is put back shows it twice: the schedule runs once.
        (
            BERLIN,
            "cron(0 2 * * ? *)",
            "2024-10-26T12:00Z",
            ["2024-10-27T00:00", "2024-10-28T01:00"],
        ),
        ("America/New_York", "cron(0 0 1 * ? *)", "2024-01-15T00:00Z", ["2024-02-01T05:00"]),
        ("Pacific/Kiritimati", "cron(0 0 1 1 ? *)", "2024-01-15T00:00Z", ["2024-12-31T10:00"]),
        ("Asia/Kathmandu", "at(2024-05-01T12:30:00)", "2024-01-01T00:00Z", ["2024-05-01T06:45"]),
        (BERLIN, "rate(1 day)", "2024-03-30T12:00Z", ["2024-03-31T12:00"]),
    ],
)
def test_times_are_those_of_the_zone(next_times, zone, expression, after, times):
    assert next_times(expression, after, len(times), zone) == times


@pytest.mark.parametrize(
    "expression",
    [
        "every day",
        "rate(0 minutes)",
        "rate(5 weeks)",
        "cron(0 0 * * *)",
        "cron(0 0 * * * *)",
        "cron(0 0 ? * ? *)",
        "cron(60 0 * * ? *)",
        "cron(0 24 * * ? *)",
        "cron(0 0 0 * ? *)",
        "cron(0 0 ? * 8 *)",
        "cron(0 0 ? * 2#6 *)",
        "cron(0 0 ? FOO 2 *)",
        "cron(0/0 0 * * ? *)",
        "cron(1-2-3 0 * * ? *)",
        "cron(-1 0 * * ? *)",
        "cron( 0 * * ? *)",
        "at(2024-05-01)",
    ],
)
def test_what_is_no_schedule(next_times, expression):
    with pytest.raises(AssertionError, match="no schedule is"):
        next_times(expression, "2024-01-01T00:00Z")


def listed(low, high, names=()):
    """Give some of the values of a field, as it writes them."""

    def written(values):
        texts = [names[value - low] if names and value % 2 else str(value) for value in values]
        return sorted(values), ",".join(texts)

    return st.lists(st.integers(low, high), min_size=1, max_size=4).map(written)


def weekday(moment):
    return moment.isoweekday() % 7 + 1


@st.composite
def schedules(draw):
    """Make an expression, and a function that says if it means a day."""
    minutes, minute = draw(listed(0, 59))
    hours, hour = draw(listed(0, 23))
    months, month = draw(st.one_of(st.just((range(1, 13), "*")), listed(1, 12, MONTHS)))
    kind = draw(st.sampled_from(["date", "last", "weekday", "nth", "final"]))
    if kind == "date":
        dates, text = draw(listed(1, 28))
        fields, is_day = (text, "?"), lambda day: day.day in dates
    elif kind == "last":
        fields, is_day = ("L", "?"), lambda day: day.day == monthrange(day.year, day.month)[1]
    elif kind == "weekday":
        days, text = draw(listed(1, 7, DAYS))
        fields, is_day = ("?", text), lambda day: weekday(day) in days
    else:
        wanted, count = draw(st.integers(1, 7)), draw(st.integers(1, 4))
        if kind == "nth":
            fields = ("?", f"{wanted}#{count}")
            first, length = 7 * count - 6, 7
        else:
            fields, length, first = ("?", f"{DAYS[wanted - 1]}L"), 7, None

        def is_day(day):
            start = first or monthrange(day.year, day.month)[1] - 6
            return weekday(day) == wanted and start <= day.day < start + length

    expression = f"cron({minute} {hour} {fields[0]} {month} {fields[1]} *)"
    return expression, minutes, hours, lambda day: day.month in months and is_day(day)


def first_after(after, zone, minutes, hours, is_day):
    """Say when a schedule runs next, by looking at each day."""
    day = after.astimezone(zone).date()
    while True:
        if is_day(day):
            for hour in hours:
                for minute in minutes:
                    local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)
                    moment = local.astimezone(UTC)
                    exists = moment.astimezone(zone).replace(tzinfo=None) == local.replace(
                        tzinfo=None
                    )
                    if exists and moment > after:
                        return moment
        day += timedelta(days=1)


@given(
    schedule=schedules(),
    seconds=st.integers(0, 10 * 365 * 24 * 3600),
    zone=st.sampled_from(["UTC", BERLIN, "America/New_York", "Australia/Lord_Howe"]),
)
def test_the_next_time_is_the_first_that_an_expression_means(next_times, schedule, seconds, zone):
    expression, *meaning = schedule
    after = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    expected = first_after(after, ZoneInfo(zone), *meaning)
    found = next_times(expression, after.isoformat(), 1, zone)
    assert found == [expected.strftime("%Y-%m-%dT%H:%M")]


def schedule_of(expression, target, **more):
    inner = {"Arn": arn(target), **more}
    return {
        "Type": "AWS::Scheduler::Schedule",
        "Properties": {"ScheduleExpression": expression, "Target": inner},
    }


def rule_of(expression, target, **more):
    targets = [{"Arn": arn(target), "Id": "it"}]
    return {
        "Type": "AWS::Events::Rule",
        "Properties": {"ScheduleExpression": expression, "Targets": targets, **more},
    }


def soon(seconds):
    moment = datetime.now(UTC) + timedelta(seconds=seconds)
    return moment.strftime("at(%Y-%m-%dT%H:%M:%S)")


@pytest.fixture
def guarded(sandbox, tmp_path):
    """Serve an assembly without functions, until another is loaded."""
    log = tmp_path / "log"
    command = ["node", "main.js", assembly(tmp_path / "cdk.out", {}), "--guarded"]
    with (
        log.open("w") as errors,
        subprocess.Popen(
            command,
            cwd=sandbox,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        ) as process,
    ):
        yield Guarded(process, Driven(json.loads(process.stdout.readline())["url"], log), tmp_path)
    assert process.returncode == 0


class Guarded(NamedTuple):
    process: subprocess.Popen[str]
    driven: Driven
    folder: Path

    def load(self, name, resources):
        made = assembly(self.folder / name, resources)
        self.process.stdin.write(json.dumps({"load": str(made)}) + "\n")
        self.process.stdin.flush()
        assert json.loads(self.process.stdout.readline()) == {"notes": []}


QUEUE = {"Type": "AWS::SQS::Queue", "Properties": {"QueueName": "queue"}}


def test_schedules_call_functions_and_fill_queues(guarded):
    resources = {
        "Hears": function("hears"),
        "Told": function("hears told"),
        "Ruled": function("hears ruled"),
        "Idle": function("hears idle"),
        "Queue": QUEUE,
        "Plain": schedule_of(soon(2), "Hears"),
        "Said": schedule_of(soon(2), "Told", Input='{"at": "<aws.scheduler.scheduled-time>"}'),
        "Rule": rule_of(soon(2), "Ruled"),
        "Off": rule_of(soon(2), "Idle", State="DISABLED"),
        "Filled": schedule_of(soon(2), "Queue", Input="text"),
        "Wrong": schedule_of("rate(sometimes)", "Idle"),
    }
    guarded.load("scheduled", resources)
    driven = guarded.driven
    [event] = driven.hear(lambda: driven.events("hears"))
    assert (event["source"], event["detail"]) == ("aws.scheduler", "{}")
    assert event["resources"][0].startswith("arn:aws:scheduler:us-east-1:123456789012:schedule/")
    [told] = driven.hear(lambda: driven.events("told"))
    assert told == {"at": event["time"]}
    [ruled] = driven.hear(lambda: driven.events("ruled"))
    assert (ruled["source"], ruled["detail"]) == ("aws.events", {})
    answer = driven.ask("sqs", "ReceiveMessage", QueueUrl="x/queue").json
    assert [message["Body"] for message in answer["Messages"]] == ["text"]
    assert driven.events("idle") == []
    assert driven.said("[schedules] no schedule is rate(sometimes)")


def test_another_assembly_ends_schedules_and_keeps_what_waits(guarded):
    reads = {"EventSourceArn": arn("Queue"), "FunctionName": {"Ref": "Hears"}}
    common = {"Hears": function("hears"), "Gone": function("hears gone"), "Queue": QUEUE}
    guarded.load("before", {**common, "Soon": schedule_of(soon(3), "Gone")})
    guarded.driven.send("queue", "kept")
    after = {
        **common,
        "Reads": {"Type": "AWS::Lambda::EventSourceMapping", "Properties": reads},
        "Later": schedule_of(soon(4), "Hears"),
    }
    guarded.load("after", after)
    driven = guarded.driven
    driven.hear(lambda: len(driven.events("hears")) == 2)
    first, second = driven.events("hears")
    assert [record["body"] for record in first["Records"]] == ["kept"]
    assert second["source"] == "aws.scheduler"
    assert driven.events("gone") == []


def test_timers_do_not_hold_the_end(guarded):
    resources = {"Hears": function("hears"), "Hourly": schedule_of("rate(1 hour)", "Hears")}
    guarded.load("hourly", resources)
    guarded.process.stdin.close()
    assert guarded.process.wait(timeout=5) == 0
