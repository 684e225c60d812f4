from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
import yaml
from jsonschema_rs import Draft202012Validator, meta
from sarif_pydantic import Sarif

from ace_flow.loader.explanations import explain
from ace_flow.workspace import shipped

BAD = """\
name: bad
models:
- name: Task
  fields:
  - {name: "é", type: string}
  - {name: title, type: strng}
"""
WRONG = """\
name: wrong
models:
- name: Task
  fields: [{name: state, type: enum, values: [open, done, open]}]
  authorization: [{allow: guest}]
"""


def parsed(line):
    """Read a workflow command as GitHub's runner does."""
    hit = re.fullmatch(r"::(\w+) ([^:]*)::(.*)", line)
    pairs = (item.split("=", 1) for item in hit[2].split(","))
    return hit[1], {key: unquote(text) for key, text in pairs}, unquote(hit[3])


def test_github_gets_an_annotation_for_each_finding(cli, write):
    write("wrong.yml", WRONG)
    done = cli("validate-pattern", "wrong.yml", "--format", "github")
    assert (done.code, done.err) == (3, "")
    first, second = map(parsed, done.out.splitlines())
    kind, where, text = first
    assert (kind, text) == ("error", "the enum `Task.state` has `open` twice")
    assert where == {
        "title": "ACE102 enum-values",
        "file": "wrong.yml",
        "line": "4",
        "endLine": "4",
        "col": "59",
        "endColumn": "63",
    }
    assert second[0] == "warning"
    assert second[2].endswith("\nadd `operations: [read]` if that is not meant")


def test_a_hostile_name_stays_inside_its_annotation(cli, write):
    write("a,b: 100%.yml", 'name: "x\\n::warning::y%0A"\n')
    done = cli("validate-pattern", "a,b: 100%.yml", "--format", "github")
    (line,) = done.out.splitlines()
    kind, where, text = parsed(line)
    assert (kind, where["file"]) == ("error", "a,b: 100%.yml")
    message, hint = text.split("\n")  # of which the name adds no line
    assert "%0A" in message
    assert hint.startswith("lower case")


def test_github_gets_nothing_when_nothing_was_found(cli):
    done = cli("validate-pattern", "simple_crud", "--format", "github")
    assert (done.code, done.out, done.err) == (0, "", "")


def test_sarif_is_what_its_readers_take(cli, write):
    write("my dir/wrong.yml", WRONG)
    done = cli("validate-pattern", "my dir/wrong.yml", "--format=sarif")
    assert done.code == 3
    (run,) = Sarif.model_validate(done.json).runs
    assert run.tool.driver.name == "ace"
    assert done.json["runs"][0]["columnKind"] == "unicodeCodePoints"
    results = {result.rule_id: result for result in run.results}
    assert {code: item.level.value for code, item in results.items()} == {
        "ACE102": "error",
        "ACE132": "warning",
    }
    twice = results["ACE102"]
    rule = run.tool.driver.rules[twice.rule_index]
    assert rule.id == "ACE102"
    said = explain("ACE102")
    assert rule.full_description.text == " ".join(said.why.split())
    assert rule.help.text == " ".join(said.fix.split())
    place = twice.locations[0].physical_location
    assert place.artifact_location.uri == "my%20dir/wrong.yml"
    region = place.region
    assert (region.start_line, region.start_column, region.end_column) == (4, 59, 63)
    related = done.json["runs"][0]["results"][0]["relatedLocations"][0]
    assert related["physicalLocation"]["region"]["startColumn"] == 47
    assert related["message"]["text"] == "the first"


def test_sarif_holds_all_findings(cli, write):
    fields = "".join(f"  - {{name: f{n}, type: strng}}\n" for n in range(2000))
    write("many.yml", f"name: many\nmodels:\n- name: A\n  fields:\n{fields}")
    done = cli("validate-pattern", "many.yml", "--format", "sarif")
    assert len(done.json["runs"][0]["results"]) == 2000


def test_columns_count_characters(cli, write):
    write("bad.yml", BAD.replace("strng", "string").replace('"é", type: string', '"é😀", type: x'))
    done = cli("validate-pattern", "bad.yml", "--format", "sarif")
    region = done.json["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert region["startColumn"] == BAD.splitlines()[4].index("type: ") + len("type: ") + 2


@pytest.mark.parametrize("output", ["github", "sarif"])
def test_what_cannot_be_found_is_said_on_stderr(cli, output):
    done = cli("validate-pattern", "nothing.yml", "--format", output)
    assert (done.code, done.out) == (5, "")
    assert "nothing.yml" in done.err


def test_format_json_is_json(cli, write):
    write("bad.yml", BAD)
    plain = cli("validate-pattern", "bad.yml", "--json")
    for arguments in (("--format", "json"), ("--format=json",)):
        done = cli("validate-pattern", "bad.yml", *arguments)
        assert (done.code, done.out) == (3, plain.out)
    assert cli("validate-pattern", "--format=json").json["error"]


def test_an_unknown_format_is_a_usage_error(cli):
    done = cli("validate-pattern", "simple_crud", "--format", "xml")
    assert (done.code, done.out) == (2, "")
    assert "sarif" in done.err


def test_the_schema_is_a_schema_that_all_shipped_patterns_follow(cli):
    schema = cli("schema").json
    meta.validate(schema)
    validator = Draft202012Validator(schema)
    for path in shipped("patterns").rglob("*.yml"):
        validator.validate(yaml.safe_load(path.read_text(encoding="utf-8")))


def test_the_schema_knows_the_names_of_the_catalogues(cli):
    schema = cli("schema").json
    services = schema["properties"]["services"]["items"]
    assert {"dynamodb", "lambda"} <= set(services["enum"])
    types = schema["$defs"]["components"]["items"]["properties"]["type"]
    assert "dashboard" in types["enum"]
    for listed in (services, types):
        assert len(listed["enum"]) == len(listed["enumDescriptions"])
        assert all(listed["enumDescriptions"])


def test_the_schema_can_be_written_to_a_file(cli, tmp_path):
    done = cli("schema", "--output", "new/pattern.schema.json")
    assert done.code == 0
    written = (tmp_path / "new/pattern.schema.json").read_bytes()
    assert b"\r" not in written
    assert written.decode() == cli("schema").out


def described(schema):
    """Yield each key of the format with what the schema says of it."""
    for node in walk(schema):
        for key, value in node.get("properties", {}).items():
            target = schema["$defs"].get(value.get("$ref", "").rpartition("/")[2], {})
            yield key, {**target, **value}


def walk(node):
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from walk(value)


def test_every_key_of_the_schema_is_described(cli):
    missing = [key for key, said in described(cli("schema").json) if not said.get("description")]
    assert missing == []
