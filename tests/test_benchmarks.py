"""The benchmarks measure what they say, and the page on speed shows what they measured."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time

import pytest
from contenders import ACE, CONTENDERS, FLOOR, Place, same, tree
from inputs import write_inputs
from installing import FROM_NPM, FROM_PYPI, PEERS, Tools
from job import TEMPLATES
from measure import FailedError, Usage, run, summary, take_turns
from report import DOCS, PAGE, charts, page
from results import load, save
from start import START
from tables import each_more, judged, tables
from translate import to_ejs, to_handlebars
from trial import PATIENCE, Runner, rows

import ace_flow
from ace_flow.cli.app import run as ace


def used(wall, cpu=1.0, memory=1.0):
    return Usage(wall=wall, cpu=cpu, memory=memory)


def python(tmp_path, code, **options):
    command = [sys.executable, "-c", code]
    return run(command, cwd=tmp_path, env={}, log=tmp_path / "log", **options)


BUSY = """
import time
while time.process_time() < 0.2:
    pass
"""
WAITING = f"""
import subprocess, sys, time
subprocess.run([sys.executable, '-c', {BUSY!r}])
time.sleep(0.2)
"""


def test_a_process_and_those_it_waits_for_are_measured(tmp_path):
    found = python(tmp_path, WAITING)
    assert found.cpu > 0.2
    assert found.wall > found.cpu
    small, large = (python(tmp_path, f"b'x' * {size}").memory for size in (1, 64 << 20))
    assert 60 < large - small < 70


def test_a_small_process_is_not_taken_for_a_large_one(tmp_path):
    ballast = b"x" * (64 << 20)
    assert python(tmp_path, "pass").memory < 40
    assert ballast


def test_what_fails_is_told(tmp_path):
    with pytest.raises(FailedError, match="exit code 3: so it is"):
        python(tmp_path, "print('so it is'); exit(3)")
    assert python(tmp_path, "exit(3)", codes=(0, 3)).wall > 0
    with pytest.raises(FailedError, match="No such file"):
        run(["no-such-program"], cwd=tmp_path, env={}, log=tmp_path / "log")


def test_contenders_take_turns():
    order = []

    def runner(name, wall):
        def measure():
            order.append(name)
            if wall is None:
                raise FailedError("broke")
            return used(wall)

        return measure

    measures = {"a": runner("a", 1), "b": runner("b", None), "c": runner("c", 20)}
    found, failures = take_turns(measures, {"a": 3, "b": 3, "c": 2})
    assert "".join(order) == "abcaca"
    assert {name: len(usages) for name, usages in found.items()} == {"a": 3, "c": 2}
    assert failures == {"b": "broke"}


def test_ratios_are_those_of_pairs():
    floor = [used(1), used(10), used(2)]
    found = summary([used(2, 5, 7), used(30, 6, 8), used(8, 4, 9)], floor)
    assert (found.runs, found.wall, found.cpu, found.memory) == (3, 8, 5, 8)
    assert found.ratio == 3
    assert summary(floor).ratio is None
    assert used(1, 2, 3) + used(4, 5, 1) == used(5, 7, 3)


def test_rows_say_who_was_run_how_often_and_why_not():
    def broken():
        raise FailedError("wrote other files")

    walls = iter([9.0, 2.0, 2.0, 2.0])
    runners = [
        Runner(name="floor", measure=lambda: used(1)),
        Runner(name="quick", measure=lambda: used(next(walls))),
        Runner(name="slow", measure=lambda: used(PATIENCE / 2.5)),
        Runner(name="slower", measure=lambda: used(PATIENCE / 2 + 1)),
        Runner(name="wrong", measure=lambda: used(1), check=broken),
        Runner(name="gone", measure=broken, missing="could not be installed"),
    ]
    found = {row["name"]: row for row in rows(runners, 3, "floor")}
    assert [found[name].get("runs") for name in found] == [3, 3, 2, 1, None, None]
    assert found["quick"]["wall"] == found["quick"]["ratio"] == 2
    assert found["slower"]["ratio"] == PATIENCE / 2 + 1
    assert found["wrong"]["missing"] == "wrote other files"
    assert found["gone"]["missing"] == "could not be installed"


def points(*seconds):
    sizes = (1, 10, 100, 1000, 10000)
    return [{"size": size, "cpu": cpu} for size, cpu in zip(sizes, seconds, strict=False)]


def test_growth_is_judged_by_what_each_costs():
    assert each_more(points(1, 10), "cpu") == [(10, 1)]
    assert judged(points(0.1, 0.109, 0.2, 1.1, 10.1)) == "flat"
    assert judged(points(0.1, 0.109, 0.2, 1.1, 19.1)).startswith("grows: 2.0 times")
    assert judged(points(0.1, 0.101, 0.102, 0.1)) == "none seen"
    assert judged(points(0.1, 0.1, 0.1, 0.1, 0.9)) == "one step only"


JINJA = """\
{% for field in model.fields %}
  {x{% if field.type in ['a', 'b'] %}{{ field.name }}}{% endif %};
{% endfor %}
"""


def test_templates_are_translated():
    with pytest.raises(ValueError, match="1 \\+ 1"):
        to_ejs("{{ 1 + 1 }}")
    with pytest.raises(ValueError, match="set"):
        to_handlebars("{% set x = 1 %}")
    assert to_ejs(JINJA) == (
        "<%_ for (const field of model.fields) { -%>\n  {x"
        "<% if (['a', 'b'].includes(field.type)) { %><%- field.name %>}<% } %>;\n<%_ } -%>\n"
    )
    assert to_handlebars(JINJA) == (
        "{{#each model.fields as |field|}}\n  {x{{#if (among field.type 'a' 'b')}}"
        "{{field.name~}} }{{/if}};\n{{/each}}\n"
    )
    for template in TEMPLATES.iterdir():
        text = template.read_text(encoding="utf-8")
        assert "{%" not in to_ejs(text) + to_handlebars(text)


def test_the_floor_and_ace_write_the_same(tmp_path, monkeypatch):
    write_inputs(tmp_path / "input", 3)
    nothing = Tools(ace=tmp_path, peers=tmp_path, missing={})
    at = {
        it.name: Place(input=tmp_path / "input", root=tmp_path / it.name, models=3, tools=nothing)
        for it in (ACE, FLOOR)
    }
    for it in (ACE, FLOOR):
        it.fresh(at[it.name])
    _, *floor = FLOOR.command(at["floor"])
    subprocess.run([sys.executable, *floor], check=True)
    monkeypatch.chdir(at["ace"].output)
    assert ace(["generate", "job"]) == 0
    texts = tree(at["floor"].output)
    assert len(texts) == 11
    same(at["ace"], ACE, texts)
    (at["ace"].output / "amplify.yml").write_text("other", encoding="utf-8")
    with pytest.raises(FailedError, match="amplify"):
        same(at["ace"], ACE, texts)


def test_every_peer_is_pinned_and_in_the_results():
    package = json.loads((PEERS / "package.json").read_text(encoding="utf-8"))
    text = (PEERS / "package-lock.json").read_text(encoding="utf-8")
    locked = json.loads(text)["packages"]
    assert '"resolved"' not in text
    assert all("integrity" in item or "inBundle" in item for path, item in locked.items() if path)
    for name, version in package["dependencies"].items():
        assert locked[f"node_modules/{name}"]["version"] == version
    lines = (PEERS / "requirements.txt").read_text(encoding="utf-8").splitlines()
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.]+", line) for line in lines)
    assert set(FROM_PYPI) <= {line.partition("==")[0] for line in lines}
    assert set(FROM_NPM) <= set(package["dependencies"])
    taking_part = {item.package for item in (*CONTENDERS, *START)} - {""}
    # cruft has no command of its own for a first time: it is measured where it updates.
    assert taking_part == {*FROM_NPM, *FROM_PYPI}


def test_the_results_have_every_case_and_contender():
    found = {(item["case"], item["models"]): item["rows"] for item in load()["cases"]}
    for size in (10, 100, 1000):
        assert {row["name"] for row in found["first", size]} == {it.name for it in CONTENDERS}
        assert {"ace", "floor", "copier update"} <= {row["name"] for row in found["merged", size]}
    assert {row["name"] for row in found["start", 10]} == {it.name for it in START}
    for item in load()["cases"]:
        for row in item["rows"]:
            assert "missing" in row or row["wall"] > 0


def test_the_page_is_what_the_results_make():
    results = load()
    text = PAGE.read_text(encoding="utf-8")
    assert page(text, results) == text
    for name, chart in charts(results).items():
        assert (DOCS / name).read_text(encoding="utf-8") == chart
    assert set(re.findall(r"<!-- results: (.+) -->", text)) == set(tables(results))
    changed = json.loads(json.dumps(results).replace('"wall": ', '"wall": 9'))
    assert page(text, changed) != text
    assert all(chart != (DOCS / name).read_text("utf-8") for name, chart in charts(changed).items())


def test_results_are_kept_beside_each_other(tmp_path):
    file = tmp_path / "results.json"
    save(file, {"cases": [0.123456], "when": "then"})
    save(file, {"growth": {"lines": []}, "when": "now"})
    assert load(file) == {"cases": [0.1235], "when": "now", "growth": {"lines": []}}


def test_the_version_measured_is_that_of_the_package():
    assert load()["versions"]["ace-flow"] == ace_flow.__version__
    assert time.strptime(load()["when"], "%Y-%m-%d")
