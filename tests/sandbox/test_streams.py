"""Records of streams, and changes of tables, drive their functions in order, and again."""

from __future__ import annotations

import base64
import json

import pytest
from assemblies import Driven, allowing, arn, assembly, function, mapping
from backend import serving

pytestmark = [pytest.mark.toolchain, pytest.mark.xdist_group("streams")]

PARTIAL = {"FunctionResponseTypes": ["ReportBatchItemFailures"]}


def stream(**properties):
    return {"Type": "AWS::Kinesis::Stream", "Properties": properties}


def table(view):
    return {
        "Type": "AWS::DynamoDB::Table",
        "Properties": {
            "AttributeDefinitions": [{"AttributeName": "id", "AttributeType": "S"}],
            "KeySchema": [{"AttributeName": "id", "KeyType": "HASH"}],
            "StreamSpecification": {"StreamViewType": view},
        },
    }


def amplify_table(view):
    return {
        "Type": "Custom::AmplifyDynamoDBTable",
        "Properties": {
            "tableName": "root-OldTable",
            "attributeDefinitions": [{"attributeName": "id", "attributeType": "S"}],
            "keySchema": [{"attributeName": "id", "keyType": "HASH"}],
            "streamSpecification": {"streamViewType": view},
        },
    }


def of_table(name, function, **more):
    return mapping({"Fn::GetAtt": [name, "StreamArn"]}, function, **more)


RESOURCES = {
    "FailuresABCDEF01": {"Type": "AWS::SQS::Queue"},
    "Events12345678": stream(ShardCount=3),
    "Halved12345678": stream(ShardCount=1),
    "Private": stream(Name="private"),
    "Hears": function("hears"),
    "Fails": function("hears fails", WHOLE="yes"),
    "Changes": function("hears changes"),
    "Sends": function("sends"),
    "May": allowing(["kinesis:PutRecord", "dynamodb:*"], "*"),
    "MayNot": allowing("kinesis:PutRecord", arn("Private")),
    "ReadsEvents": mapping(
        arn("Events12345678"),
        "Hears",
        BatchSize=10,
        MaximumRetryAttempts=2,
        DestinationConfig={"OnFailure": {"Destination": arn("FailuresABCDEF01")}},
        **PARTIAL,
    ),
    "ReadsHalved": mapping(
        arn("Halved12345678"),
        "Fails",
        BatchSize=8,
        MaximumBatchingWindowInSeconds=60,
        BisectBatchOnFunctionError=True,
        MaximumRetryAttempts=1,
    ),
    "FullTable": table("NEW_AND_OLD_IMAGES"),
    "KeysTable": table("KEYS_ONLY"),
    "OldTable": amplify_table("OLD_IMAGE"),
    "NewTable": table("NEW_IMAGE"),
    "ReadsNew": of_table(
        "NewTable",
        "Changes",
        FilterCriteria={"Filters": [{"Pattern": '{"eventName": ["REMOVE", "MODIFY"]}'}]},
    ),
    "ReadsOld": mapping({"Fn::GetAtt": ["OldTable", "TableStreamArn"]}, "Changes"),
    **{f"Reads{name}": of_table(f"{name}Table", "Changes") for name in ("Full", "Keys")},
}


@pytest.fixture(scope="module")
def driven(sandbox, tmp_path_factory):
    folder = tmp_path_factory.mktemp("streams")
    outputs = folder / "outputs.json"
    with serving(sandbox, assembly(folder / "cdk.out", RESOURCES), outputs) as url:
        yield Driven(url, outputs.with_name("functions.log"))


def encoded(text):
    return base64.b64encode(text.encode()).decode()


def decoded(record):
    return base64.b64decode(record["kinesis"]["data"]).decode()


@pytest.fixture
def put(driven):
    """Put texts into a stream, each with its key, and return what is said of each."""

    def records(stream, *texts):
        records = [{"Data": encoded(text), "PartitionKey": key} for key, text in texts]
        answer = driven.ask("kinesis", "PutRecords", StreamName=stream, Records=records)
        assert answer.json["FailedRecordCount"] == 0
        return answer.json["Records"]

    return records


@pytest.fixture
def heard(driven):
    """Return the texts that a function was given from a stream, by batches."""

    def texts(stream, function="hears"):
        return [[decoded(one) for one in batch] for batch in driven.batches(function, stream)]

    return texts


def flat(batches):
    return [text for batch in batches for text in batch]


def test_records_of_a_key_come_in_their_order(driven, put, heard):
    texts = [(key, f"{key}{number}") for number in range(30) for key in "stuvwxyz"]
    said = put("Events", *texts)
    assert len({record["ShardId"] for record in said}) == 3
    driven.hear(
        lambda: len([text for text in flat(heard("Events")) if text[0] in "stuvwxyz"]) == 240
    )
    batches = heard("Events")
    assert max(map(len, batches)) == 10
    for key in "stuvwxyz":
        found = [text for text in flat(batches) if text[0] == key]
        assert found == [f"{key}{number}" for number in range(30)]
    for batch in driven.batches("hears", "Events"):
        assert len({record["eventID"].split(":")[0] for record in batch}) == 1


def test_a_record_is_as_kinesis_gives_it(driven, put, heard):
    [said] = put("Events", ("key", "shape"))
    driven.hear(lambda: "shape" in flat(heard("Events")))
    records = [one for batch in driven.batches("hears", "Events") for one in batch]
    [record] = [one for one in records if decoded(one) == "shape"]
    assert record["eventID"] == f"{said['ShardId']}:{said['SequenceNumber']}"
    assert (record["eventSource"], record["kinesis"]["partitionKey"]) == ("aws:kinesis", "key")


def test_from_the_first_that_failed_on_all_come_again(driven, put, heard):
    put("Events", *(("again", text) for text in ("p1", "fail 2 p2", "p3", "p4")))
    driven.hear(lambda: flat(heard("Events")).count("p4") == 3)
    put("Events", ("again", "p5"))
    driven.hear(lambda: "p5" in flat(heard("Events")))
    assert [batch for batch in heard("Events") if batch[-1] in {"p4", "p5"}] == [
        ["p1", "fail 2 p2", "p3", "p4"],
        ["fail 2 p2", "p3", "p4"],
        ["fail 2 p2", "p3", "p4"],
        ["p5"],
    ]


def failures(driven):
    receive = {"QueueUrl": "x/Failures", "MaxNumberOfMessages": 10, "VisibilityTimeout": 0}
    answer = driven.ask("sqs", "ReceiveMessage", **receive)
    return [json.loads(message["Body"]) for message in answer.json.get("Messages", [])]


def test_what_keeps_failing_is_noted_and_the_next_come(driven, put, heard):
    [said] = put("Events", ("over", "fail"))
    driven.hear(lambda: failures(driven))
    put("Events", ("over", "after"))
    driven.hear(lambda: "after" in flat(heard("Events")))
    assert flat(heard("Events")).count("fail") == 3
    [note] = failures(driven)
    assert note["requestContext"]["condition"] == "RetryAttemptsExhausted"
    batch = note["KinesisBatchInfo"]
    assert (batch["shardId"], batch["batchSize"]) == (said["ShardId"], 1)
    assert batch["startSequenceNumber"] == said["SequenceNumber"]
    assert driven.said("[Events] 1 record from ")
    assert driven.said("failed 3 times and noted in Failures")


def test_a_batch_is_halved_until_what_fails_is_alone(driven, put, heard):
    put("Halved", *(("one", text) for text in ("h1", "h2", "h3", "fail", "h5", "h6", "h7", "h8")))
    driven.hear(lambda: ["h5", "h6", "h7", "h8"] in heard("Halved", "fails"))
    assert heard("Halved", "fails") == [
        ["h1", "h2", "h3", "fail", "h5", "h6", "h7", "h8"],
        ["h1", "h2", "h3", "fail"],
        ["h1", "h2"],
        ["h3", "fail"],
        ["h3"],
        ["fail"],
        ["fail"],
        ["h5", "h6", "h7", "h8"],
    ]
    assert driven.said("failed 2 times and given up")


def test_a_role_puts_only_where_it_may(driven):
    record = {"Data": encoded("x"), "PartitionKey": "x"}
    allowed = driven.by_function("kinesis", "PutRecord", StreamName="private", **record)
    assert allowed["ShardId"] == "shardId-000000000000"
    several = {"StreamName": "private", "Records": [record]}
    refused = driven.by_function("kinesis", "PutRecords", **several)
    assert refused["__type"].endswith("#AccessDeniedException")


def test_aws_client_puts_records(driven, toolbox, heard, tmp_path, npx):
    program = tmp_path / "put.mjs"
    url = driven.url.removesuffix("/graphql") + "/aws/kinesis"
    program.write_text(
        f"""
        import {{ createRequire }} from 'node:module';
        const require = createRequire('{toolbox}/x.js');
        const {{ KinesisClient, PutRecordCommand }} = require('@aws-sdk/client-kinesis');
        const credentials = {{ accessKeyId: 'any', secretAccessKey: 'any' }};
        const client = new KinesisClient({{ region: 'x', endpoint: '{url}', credentials }});
        const Data = Buffer.from('by the client');
        await client.send(
          new PutRecordCommand({{ StreamName: 'Events', PartitionKey: 'k', Data }}),
        );
        client.destroy();
        """
    )
    npx(tmp_path, "tsx", str(program))
    driven.hear(lambda: "by the client" in flat(heard("Events")))


@pytest.mark.parametrize(
    ("operation", "request_", "error"),
    [
        ("PutRecord", {"StreamName": "nobody"}, "ResourceNotFoundException"),
        ("PutRecord", {"StreamName": "private", "Data": ""}, "ValidationException"),
        ("PutRecord", {"StreamName": "private", "PartitionKey": "x"}, "ValidationException"),
        ("PutRecords", {"StreamName": "private", "Records": []}, "ValidationException"),
        ("GetRecords", {}, "UnknownOperationException"),
    ],
)
def test_what_kinesis_refuses(driven, operation, request_, error):
    refused = driven.ask("kinesis", operation, **request_)
    assert (refused.status, refused.json["__type"].split("#")[1]) == (400, error)


@pytest.fixture
def write(driven):
    """Let the function that sends change a table, and return the answer."""

    def do(operation, table, **request):
        given = {"TableName": f"root-{table}Table", **request}
        return driven.by_function("dynamodb", operation, **given)

    return do


@pytest.fixture
def changes(driven):
    """Return what a function was told of a table's item, in the order."""

    def of(table, identifier):
        records = [one for batch in driven.batches("changes", f"{table}Table") for one in batch]
        return [one for one in records if one["dynamodb"]["Keys"]["id"]["S"] == identifier]

    return of


def item(identifier, number):
    return {"id": {"S": identifier}, "n": {"N": str(number)}}


def test_each_change_of_an_item_is_told_in_order(driven, write, changes):
    for number in (1, 2, 2):
        write("PutItem", "Full", Item=item("a", number))
    write("UpdateItem", "Full", Key={"id": {"S": "a"}}, UpdateExpression="REMOVE n")
    write("DeleteItem", "Full", Key={"id": {"S": "a"}})
    write("DeleteItem", "Full", Key={"id": {"S": "a"}})
    write("PutItem", "Full", Item=item("a", 3))
    told = driven.hear(lambda: (found := changes("Full", "a")) and len(found) >= 5 and found)
    seen = [
        (one["eventName"], one["dynamodb"].get("OldImage"), one["dynamodb"].get("NewImage"))
        for one in told
    ]
    alone = {"id": {"S": "a"}}
    assert seen == [
        ("INSERT", None, item("a", 1)),
        ("MODIFY", item("a", 1), item("a", 2)),
        ("MODIFY", item("a", 2), alone),
        ("REMOVE", alone, None),
        ("INSERT", None, item("a", 3)),
    ]
    numbers = [int(one["dynamodb"]["SequenceNumber"]) for one in told]
    assert numbers == sorted(set(numbers))
    assert told[0]["dynamodb"]["StreamViewType"] == "NEW_AND_OLD_IMAGES"
    assert told[0]["eventSourceARN"].endswith("/stream/local")


@pytest.mark.parametrize(("name", "images"), [("Keys", []), ("Old", ["OldImage"])])
def test_a_stream_shows_what_its_table_says(driven, write, changes, name, images):
    write("PutItem", name, Item=item("v", 1))
    write("PutItem", name, Item=item("v", 2))
    driven.hear(lambda: len(changes(name, "v")) == 2)
    change = changes(name, "v")[1]["dynamodb"]
    assert [key for key in ("OldImage", "NewImage") if key in change] == images


def test_a_filter_says_which_changes_are_told(driven, write, changes):
    write("PutItem", "New", Item=item("f", 1))
    write("PutItem", "New", Item=item("f", 2))
    write("DeleteItem", "New", Key={"id": {"S": "f"}})
    driven.hear(lambda: len(changes("New", "f")) == 2)
    assert [one["eventName"] for one in changes("New", "f")] == ["MODIFY", "REMOVE"]
    assert changes("New", "f")[0]["dynamodb"]["NewImage"] == item("f", 2)
    assert "OldImage" not in changes("New", "f")[0]["dynamodb"]


def test_a_transaction_is_told_when_it_was_made_and_only_then(driven, write, changes):
    puts = [
        {"Put": {"TableName": "root-FullTable", "Item": item(name, 1)}} for name in ("t1", "t2")
    ]
    # The last cannot be made, which is seen only when the others are.
    wrong = {
        "Update": {
            "TableName": "root-FullTable",
            "Key": {"id": {"S": "t3"}},
            "UpdateExpression": "SET a = missing",
        }
    }
    refused = driven.by_function("dynamodb", "TransactWriteItems", TransactItems=[*puts, wrong])
    assert "__type" in refused
    assert driven.by_function("dynamodb", "TransactWriteItems", TransactItems=puts) == {}
    driven.hear(lambda: changes("Full", "t2"))
    assert [one["eventName"] for name in ("t1", "t2") for one in changes("Full", name)] == [
        "INSERT",
        "INSERT",
    ]
