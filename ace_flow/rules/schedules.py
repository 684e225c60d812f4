"""Schedules of functions, as Amplify reads them: intervals and cron expressions."""

from __future__ import annotations

import re

from ace_flow.regexes import regex

_INTERVAL = regex(r"every (?:(\d{1,4})([mh])|day|week|month|year)")
# Amplify makes `*/n` of them, which has to fit into an hour or a day.
_LONGEST = {"m": 59, "h": 23}
_PARTS = (
    ("minute", 0, 59),
    ("hour", 0, 23),
    ("day of the month", 1, 31),
    ("month", 1, 12),
    ("day of the week", 1, 7),
    ("year", 1970, 2199),
)
_DAY, _WEEKDAY = 2, 4


def schedule_problem(text: str, timeout: int) -> str | None:
    """Say why a text is no schedule for a function that may take `timeout` seconds, or nothing."""
    if text.startswith("every"):
        return _interval_problem(text, timeout)
    parts = text.split(" ")
    if len(parts) not in {len(_PARTS) - 1, len(_PARTS)}:
        return "it is neither `every …` nor a cron expression of five or six parts"
    if (parts[_DAY] == "?") == (parts[_WEEKDAY] == "?"):
        return "either the day of the month or that of the week has to be `?`"
    problems = (_part_problem(part, *rule) for part, rule in zip(parts, _PARTS, strict=False))
    return next(filter(None, problems), None)


def _interval_problem(text: str, timeout: int) -> str | None:
    hit = _INTERVAL.fullmatch(text)
    if hit is None:
        return "an interval is `every 5m`, `every 2h`, or `every` day, week, month or year"
    if hit[1] is None:
        return None
    count, unit = int(hit[1]), hit[2]
    if not 1 <= count <= _LONGEST[unit]:
        return f"it may be 1 to {_LONGEST[unit]}{unit}"
    if unit == "m" and count * 60 < timeout:
        return f"it would begin again before the {timeout} seconds of its `timeout` are over"
    return None


def _part_problem(part: str, name: str, least: int, most: int) -> str | None:
    if part == "?" and name.startswith("day"):
        return None
    if all(_fits(item, least, most) for item in part.split(",")):
        return None
    return f"`{part}` is no {name}: that is {least} to {most}, `*`, `a-b`, `a,b` or `*/n`"


def _fits(item: str, least: int, most: int) -> bool:
    base, slash, step = item.partition("/")
    if slash and not re.fullmatch("[1-9][0-9]{0,3}", step):
        return False
    if base == "*":
        return True
    first, dash, last = base.partition("-")
    bounds = [first, last] if dash else [first]
    if not all(re.fullmatch("[0-9]{1,4}", bound) for bound in bounds):
        return False
    numbers = [int(bound) for bound in bounds]
    return all(least <= number <= most for number in numbers) and numbers == sorted(numbers)
