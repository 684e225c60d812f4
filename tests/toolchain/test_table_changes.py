"""What ace says of changes of tables, beside what Amplify does to the tables.

Two states of a pattern are synthesized. Amplify's own function, which a deployment calls for each
table, is then given both, and says to a DynamoDB of ours what it wants of the table.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any, NamedTuple

import applications
import pytest

pytestmark = [pytest.mark.toolchain, pytest.mark.xdist_group("tables")]

HERE = Path(__file__).with_name("tables")
STATES = ("before", "after")
FUNCTION = (
    "@aws-amplify/data-construct/node_modules/@aws-amplify/graphql-model-transformer/lib/"
    "resources/amplify-dynamodb-table/amplify-table-manager-lambda"
)
# How a deployment may end for a table: as it was, or empty.
AS_IT_WAS: list[str] = []
ANEW = ["delete table", "create table"]


class Case(NamedTuple):
    """What is said of a model, what a branch's deployment does, and what a sandbox's does."""

    said: set[str]
    branch: list[str]
    sandbox: list[str]


def only_said(*codes: str) -> Case:
    return Case(set(codes), AS_IT_WAS, AS_IT_WAS)


def in_indexes(*asked: str, said: tuple[str, ...] = ()) -> Case:
    """Return what changes indexes: in a sandbox, that replaces the table."""
    return Case({"sandbox-replaces", *said}, list(asked), ANEW)


CASES = {
    "Same": only_said(),
    "Wider": only_said(),
    "OneIndex": in_indexes("create index byX"),
    "TwoIndexes": in_indexes("create index byX", "create index byY", said=("several-indexes",)),
    "Joined": in_indexes("create index byX", said=("index-incomplete",)),
    "Gone": Case({"table-dropped"}, ["delete table"], ["delete table"]),
    "Found": Case(set(), ["create table"], ["create table"]),
    "Kept": only_said(),
    "Moved": Case({"key-changed"}, ANEW, ANEW),
    "Retyped": only_said("key-type-changed"),
    "RetypedSort": only_said("key-type-changed"),
    "Changed": in_indexes("delete index byKey", "create index byKey", said=("index-changed",)),
    "Called": in_indexes("delete index byOld", "create index byNew", said=("index-renamed",)),
    "Dropped": in_indexes("delete index byX", said=("index-dropped",)),
    "RetypedIndex": in_indexes("delete index byX", "create index byX", said=("type-changed",)),
    "Expiring": Case(
        {"ttl-moved"},
        *[["failed: ValidationException: TimeToLive is active on a different AttributeName"]] * 2,
    ),
    "Lasting": Case({"ttl-removed"}, *[["expire no longer"]] * 2),
    "Passing": Case({"ttl-added"}, *[["expire by a"]] * 2),
    "Fields": only_said("field-dropped", "type-changed", "value-dropped"),
    "Required": only_said("value-required"),
    "Child": only_said(),
    "OldChild": only_said(),
    "Pupil": in_indexes(
        *("delete index gsi-Same.pupils", "create index gsi-Same.pupils"),
        said=("field-dropped", "index-changed"),
    ),
    "Cut": in_indexes("delete index gsi-Same.cuts", said=("field-dropped",)),
}
# Which tables belong to models that have other names now.
NOW = {"Kept": "Still", "OldChild": "NewChild"}


@pytest.fixture(scope="module")
def outputs(generated, npx):
    """Synthesize what was, for a branch, and what is to be, for a sandbox."""

    def synthesize(state: str, kind: str) -> Path:
        applications.MADE[f"tables-{state}"] = HERE / f"{state}.yml"
        project = generated(f"tables-{state}")
        context = applications.CONTEXT | {"amplify-backend-type": kind}
        environment = {
            "CDK_CONTEXT_JSON": json.dumps(context),
            "CDK_OUTDIR": str(project / "cdk.out"),
        }
        npx(project, "tsx", "amplify/backend.ts", offline=True, **environment)
        return project / "cdk.out"

    return synthesize("before", "branch"), synthesize("after", "sandbox")


@pytest.fixture(scope="module")
def tables(outputs):
    """Return the properties of all tables, before and after, by their places: stack and name."""
    return [
        {
            f"{stack(template)} {name}": plain(resource["Properties"])
            for template in output.glob("*.template.json")
            for name, resource in json.loads(template.read_text())["Resources"].items()
            if resource["Type"] == "Custom::AmplifyDynamoDBTable"
        }
        for output in outputs
    ]


def stack(template: Path) -> str:
    """Return the name of a nested stack without what differs from backend to backend."""
    name = template.name.split(".")[0].partition("dataamplifyData")[2]
    return re.sub("[0-9A-F]{8}$", "", name)


def plain(properties: dict[str, Any]) -> dict[str, Any]:
    """Return a table's properties as CloudFormation hands them on."""
    told = ("provisionedThroughput", "pointInTimeRecoverySpecification")
    found = {key: value for key, value in properties.items() if key not in told}
    found["tableName"] = found["tableName"]["Fn::Join"][1][0].removesuffix("-")
    found["billingMode"] = "PAY_PER_REQUEST"
    for index in found.get("globalSecondaryIndexes", []):
        index.pop("provisionedThroughput")
    return found


FLAG = "replaceTableUponGsiUpdate"


@pytest.fixture(scope="module")
def deployed(tables, toolbox):
    """Return what becomes of each table in a branch and in a sandbox.

    That differs by one property, which both are made to have as the kind of backend has it.
    """
    before, after = tables
    [branch], [sandbox] = ({table[FLAG] for table in state.values()} for state in tables)
    assert (branch, sandbox) == (False, True)

    def deploy(*, flag: bool) -> dict[str, Any]:
        changes = {}
        for place in before.keys() | after.keys():
            states = before.get(place), after.get(place)
            [name] = {state["tableName"] for state in states if state}
            changes[name] = [state and {**state, FLAG: flag} for state in states]
        done = subprocess.run(
            ["node", HERE / "manager.cjs", toolbox / "node_modules" / FUNCTION],
            input=json.dumps(changes),
            capture_output=True,
            text=True,
            check=True,
        )
        return json.loads(done.stdout)

    return {"branch": deploy(flag=branch), "sandbox": deploy(flag=sandbox)}


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    """Return what ace says of the change, by the model as it is called now."""
    folder = tmp_path_factory.mktemp("said")
    codes = defaultdict(set)
    for state in STATES:
        (folder / "tables.yml").write_bytes((HERE / f"{state}.yml").read_bytes())
        done = subprocess.run(
            [sys.executable, "-m", "ace_flow", "generate", "tables.yml", "-o", "app", "--json"],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "ACE_STORE": str(folder / "store.sqlite3")},
        )
        for danger in json.loads(done.stdout)["destructive"]:
            codes[danger["path"].split(".")[0]].add(danger["code"])
    return codes


def test_every_table_has_a_case(deployed, said):
    assert set(deployed["branch"]) == set(deployed["sandbox"]) == set(CASES)
    assert set(said) <= {NOW.get(name, name) for name in CASES}


@pytest.mark.parametrize("name", CASES)
def test_a_change_is_said_to_do_what_it_does(deployed, said, name):
    case = CASES[name]
    assert said[NOW.get(name, name)] == case.said
    assert deployed["branch"][name]["asked"] == case.branch
    assert deployed["sandbox"][name]["asked"] == case.sandbox


def test_a_table_keeps_the_type_of_its_key(deployed, tables):
    """The API writes numbers, which such a table does not take."""
    wanted = {table["tableName"]: table["attributeDefinitions"] for table in tables[1].values()}
    for name, key in (("Retyped", "x"), ("RetypedSort", "y")):
        assert {"attributeName": key, "attributeType": "N"} in wanted[name]
        assert deployed["branch"][name]["types"][key] == "S"
        assert deployed["sandbox"][name]["types"][key] == "S"


def test_several_sort_keys_are_one_attribute_that_old_records_lack(tables):
    [joined] = [table for table in tables[1].values() if table["tableName"] == "Joined"]
    [index] = joined["globalSecondaryIndexes"]
    assert [item["attributeName"] for item in index["keySchema"]] == ["x", "y#z"]


def test_a_default_is_for_new_records_only(outputs):
    files = list(outputs[1].iterdir())
    [file] = [file for file in files if file.suffix == ".vtl" and '"usual"' in file.read_text()]
    [name] = [
        name
        for template in files
        if template.name.endswith(".template.json")
        for name, resource in json.loads(template.read_text())["Resources"].items()
        if file.stem.removeprefix("asset.") in json.dumps(resource.get("Properties", {}))
    ]
    assert name.lower().startswith("mutationcreaterequired")
