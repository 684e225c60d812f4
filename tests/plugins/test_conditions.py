"""Conditions of scripts: what they mean, and that they are never anything else."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ace_flow.plugins.conditions import MAX_LENGTH, read_condition
from ace_flow.plugins.world import DAYS, FUNCTIONS, ConditionError


@dataclass
class Here:
    variables: dict[str, str] = field(default_factory=dict)
    time: str = "2026-01-15 12:30"  # a Thursday
    files: tuple[str, ...] = ("package.json",)
    on: str = "main"
    changed: bool = False

    def now(self):
        return datetime.fromisoformat(self.time)

    def exists(self, path):
        return path in self.files

    def branch(self):
        return self.on

    def has_changes(self):
        return self.changed


HERE = Here({"STAGE": "prod", "EMPTY": "", "PATTERN": "e_commerce"})


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("$STAGE == 'prod'", True),
        ('${STAGE} == "prod"', True),
        ("'prod' == $STAGE", True),
        ("$STAGE != 'prod'", False),
        ("$STAGE=='prod'", True),
        ("$NOTHING == ''", True),
        ("$NOTHING == $EMPTY", True),
        ("$PATTERN in ['e_commerce', 'social_platform']", True),
        ("$PATTERN not in ['e_commerce']", False),
        ("$PATTERN in []", False),
        ("$PATTERN in ['x', $PATTERN]", True),
        ("file_exists('package.json')", True),
        ("file_exists('./package.json')", True),
        ("file_exists('.env.production')", False),
        ("time_between('09:00', '17:00')", True),
        ("time_between('12:30', '12:30')", True),
        ("time_between('13:00', '17:00')", False),
        ("time_between('22:00', '13:00')", True),
        ("time_between('22:00', '12:00')", False),
        ("day_of_week() in ['Mon', 'Tue', 'Wed', 'Thu', 'Fri']", True),
        ("day_of_week() == 'Sun'", False),
        ("git_branch() == 'main'", True),
        ("git_has_changes() == false", True),
        ("not git_has_changes()", True),
        ("! git_has_changes() && true", True),
        ("false or false or true", True),
        ("true or true and false", True),
        ("(true or true) and false", False),
        ("not true or true", True),
        ("not (true or true)", False),
        ("not not true", True),
        ("true || false", True),
        ("file_exists('a') == git_has_changes()", True),
        ("  true  ", True),
    ],
)
def test_a_condition_means_what_it_says(text, holds):
    assert read_condition(text).holds(HERE) is holds


@pytest.mark.parametrize(
    ("text", "at", "said", "hint"),
    [
        ("", 0, "the end is where a variable, a text or a function", None),
        ("$STAGE = 'prod'", 7, "`=` is where", "compare with =="),
        ("$STAGE", 0, "`$STAGE` is a text, which is neither", "compare it with == or !="),
        ("'x' and true", 0, "is a text, which is neither", None),
        ("$STAGE == true", 10, "`true` is true or false, and `$STAGE` is a text", "in quotes"),
        ("git_has_changes() == 'false'", 21, "is a text, and `git_has_changes`", None),
        ("$A in ['x', true]", 12, "`true` is true or false", None),
        ("$A in 'x'", 6, "`'x'` is where `[`", None),
        ("$A in ['x' 'y']", 11, "where `,` or `]`", None),
        ("$A in ['x'", 10, "the end is where", None),
        ("$A not == 'x'", 7, "where `in`", None),
        ("(true", 5, "where `)`", None),
        ("true)", 4, "`)` is where `and`, `or` or the end", None),
        ("true true", 5, "`true` is where `and`", None),
        ("$A == 'x", 6, "the text has no end", "close it with '"),
        ("$A == x", 6, "`x` is neither a variable nor a text", "write $x or 'x'"),
        ("custom_condition('a')", 0, "there is no function `custom_condition`", "one of: file_"),
        ("file_exist('a')", 0, "there is no function", "did you mean `file_exists`?"),
        ("file_exists", 11, "where `(`", None),
        ("file_exists()", 0, "`file_exists` takes one text", None),
        ("file_exists('a', 'b')", 0, "`file_exists` takes one text", None),
        ("git_branch('a') == 'b'", 0, "`git_branch` takes nothing", None),
        ("file_exists($A)", 12, "where a text in quotes", None),
        ("file_exists('../x')", 12, "no path in the project", None),
        ("file_exists('/etc/passwd')", 12, "no path in the project", None),
        ("time_between('9:00', '17:00')", 13, "`9:00` is no time of a day", "'09:30'"),
        ("time_between('09:00', '24:00')", 22, "`24:00` is no time of a day", None),
        ("day_of_week() == 'Monday'", 17, "no day is called `Monday`", "Mon, Tue"),
        ("day_of_week() in ['Mon', 'Die']", 25, "no day is called `Die`", None),
        ("__import__('os').system('x')", 0, "there is no function `__import__`", None),
        ("$A == 'x'; rm -rf /", 9, "`;` is where", None),
        ("$(ls) == 'x'", 0, "`$` is where", None),
        ("`ls` == 'x'", 0, "is where", None),
        ("true # x", 5, "`#` is where", None),
        ("(" * 40 + "true" + ")" * 40, 20, "more than 20 levels", None),
        ("not " * 40 + "true", 80, "more than 20 levels", None),
        ("x" * (MAX_LENGTH + 1), 0, "at most 1000 characters", None),
    ],
)
def test_what_is_no_condition_is_refused_at_its_place(text, at, said, hint):
    with pytest.raises(ConditionError) as caught:
        read_condition(text)
    assert said in str(caught.value)
    assert caught.value.at == at
    assert hint is None or hint in caught.value.hint


names = st.sampled_from(["STAGE", "EMPTY", "NOTHING", "PATTERN"])
texts = st.text(st.characters(exclude_characters="'", exclude_categories=["Cs", "Cc"]), max_size=8)
values = st.one_of(names.map(lambda name: f"${name}"), texts.map(lambda text: f"'{text}'"))
comparisons = st.one_of(
    st.builds("{} {} {}".format, values, st.sampled_from(["==", "!="]), values),
    st.builds(
        lambda value, sign, items: f"{value} {sign} [{', '.join(items)}]",
        values,
        st.sampled_from(["in", "not in"]),
        st.lists(values, max_size=3),
    ),
    st.sampled_from(["true", "false", "git_has_changes()", "file_exists('package.json')"]),
)
conditions = st.recursive(
    comparisons,
    lambda inner: st.one_of(
        inner.map(lambda text: f"not ({text})"),
        st.builds("({}) {} ({})".format, inner, st.sampled_from(["and", "or"]), inner),
    ),
    max_leaves=6,
)


def by_python(text: str) -> bool:
    """Say what Python, whose syntax this mostly is, makes of it."""
    scope = {"true": True, "false": False, "git_has_changes": lambda: HERE.changed}
    scope["file_exists"] = HERE.exists
    parts = text.split("'")
    # Outside of quotes, variables become names.
    for number in range(0, len(parts), 2):
        parts[number] = parts[number].replace("$", "v_")
    for name in ("STAGE", "EMPTY", "NOTHING", "PATTERN"):
        scope[f"v_{name}"] = HERE.variables.get(name, "")
    for number in range(1, len(parts), 2):
        parts[number] = parts[number].replace("\\", "\\\\")
    return eval("'".join(parts), {"__builtins__": {}}, scope)  # noqa: S307 - made above


@given(conditions)
def test_conditions_mean_what_python_would_make_of_them(text):
    assert read_condition(text).holds(HERE) is by_python(text)


@given(
    st.one_of(
        st.text(max_size=40),
        st.lists(
            st.sampled_from(
                [
                    "$A",
                    "'x'",
                    "(",
                    ")",
                    "[",
                    "]",
                    ",",
                    "==",
                    "!=",
                    "in",
                    "not",
                    "and",
                    "or",
                    "true",
                    "=",
                    "&&",
                    "||",
                    "!",
                    "$",
                    "'",
                    *FUNCTIONS,
                    *DAYS,
                ]
            ),
            max_size=12,
        ).map(" ".join),
    )
)
def test_any_text_is_a_condition_or_refused_at_a_place_in_it(text):
    try:
        holds, at = read_condition(text).holds(HERE), 0
    except ConditionError as error:
        holds, at = False, error.at
    assert holds in {True, False}
    assert 0 <= at <= len(text)
