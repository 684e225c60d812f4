"""What a search is built of: indexed tables, and roles that can do no more than they need."""

from __future__ import annotations

import json

import pytest

pytestmark = [pytest.mark.toolchain, pytest.mark.xdist_group("search")]

SEARCHED = {"Note", "Folder", "Page", "Offer", "Poster", "Memo", "Report"}


@pytest.fixture(scope="module")
def resources(synthesized):
    templates = sorted(synthesized("search").glob("*.template.json"))
    return [
        (name, resource["Type"], resource.get("Properties", {}))
        for template in templates
        for name, resource in json.loads(template.read_text())["Resources"].items()
    ]


def statements(resources, role):
    """Return the statements of a role by the beginning of its name."""
    return [
        statement
        for name, kind, properties in resources
        if kind == "AWS::IAM::Policy" and name.startswith(role)
        for statement in properties["PolicyDocument"]["Statement"]
    ]


def actions(found):
    return {
        action
        for statement in found
        for action in (
            [statement["Action"]] if isinstance(statement["Action"], str) else statement["Action"]
        )
    }


def test_each_searched_model_has_a_pipeline_and_no_other(resources):
    names = [name for name, kind, _ in resources if kind == "AWS::OSIS::Pipeline"]
    assert {name.partition("SearchPipeline")[0] for name in names} == SEARCHED
    own = [item["PipelineName"] for _, kind, item in resources if kind == "AWS::OSIS::Pipeline"]
    assert len(set(own)) == len(own)
    assert all(len(name) <= 28 and name.islower() and name[0].isalpha() for name in own)


def test_only_searched_tables_can_be_exported(resources):
    tables = {
        name.removesuffix("Table"): item["pointInTimeRecoverySpecification"]
        for name, kind, item in resources
        if kind == "Custom::AmplifyDynamoDBTable"
    }
    exported = {
        name for name, said in tables.items() if said == {"pointInTimeRecoveryEnabled": True}
    }
    assert exported == SEARCHED
    assert "Draft" in tables


@pytest.mark.parametrize("model", sorted(SEARCHED))
def test_a_pipeline_reads_its_table_and_writes_into_the_domain(resources, model):
    found = statements(resources, f"{model}SearchRole")
    assert actions(found) == {
        *("dynamodb:DescribeContinuousBackups", "dynamodb:DescribeExport"),
        *("dynamodb:DescribeStream", "dynamodb:DescribeTable"),
        *("dynamodb:ExportTableToPointInTime", "dynamodb:GetRecords"),
        *("dynamodb:GetShardIterator", "es:DescribeDomain", "es:ESHttp*"),
        *("s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject", "s3:PutObjectAcl"),
    }
    for statement in found:
        said = json.dumps(statement["Resource"])
        assert statement["Resource"] != "*"
        if "dynamodb:" in json.dumps(statement["Action"]):
            assert f"amplifyData{model}NestedStack" in said


def test_the_api_may_search_and_nothing_else(resources):
    found = statements(resources, "SearchRole")
    assert actions(found) == {"es:ESHttpGet"}
    [allowed] = found
    paths = {
        part
        for item in allowed["Resource"]
        for part in item["Fn::Join"][1]
        if part is not None and isinstance(part, str)
    }
    assert paths == {f"/{model.lower()}/_search" for model in SEARCHED}


def test_the_domain_is_open_to_nobody_by_a_policy_of_its_own(resources):
    [domain] = [item for _, kind, item in resources if kind == "AWS::OpenSearchService::Domain"]
    assert "AccessPolicies" not in domain
    assert domain["DomainEndpointOptions"]["EnforceHTTPS"] is True
