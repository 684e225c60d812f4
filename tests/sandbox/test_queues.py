"""Messages of queues drive their functions: by batches, again when they fail, in the end aside."""

from __future__ import annotations

import hashlib

import pytest
from assemblies import Driven, allowing, arn, assembly, function, mapping
from backend import post, serving

pytestmark = [pytest.mark.toolchain, pytest.mark.xdist_group("queues")]

PARTIAL = {"FunctionResponseTypes": ["ReportBatchItemFailures"]}


def queue(**properties):
    return {"Type": "AWS::SQS::Queue", "Properties": properties}


def redrive(times):
    return {
        "RedrivePolicy": {"deadLetterTargetArn": arn("FailuresABCDEF01"), "maxReceiveCount": times}
    }


RESOURCES = {
    "FailuresABCDEF01": queue(),
    "Work12345678": queue(VisibilityTimeout=180, **redrive(3)),
    "Whole12345678": queue(VisibilityTimeout=0, **redrive(2)),
    "Picked12345678": queue(),
    "Steps": queue(
        QueueName="steps.fifo",
        FifoQueue=True,
        ContentBasedDeduplication=True,
    ),
    "Alone": queue(QueueName="alone"),
    "Other": queue(QueueName="other"),
    "Hears": function("hears"),
    "Fails": function("hears fails", WHOLE="yes"),
    "Sends": function("sends", QUEUE={"Ref": "Alone"}),
    "May": allowing("sqs:SendMessage", arn("Alone")),
    "ReadsWork": mapping(arn("Work12345678"), "Hears", BatchSize=5, **PARTIAL),
    "ReadsWhole": mapping(arn("Whole12345678"), "Fails"),
    "ReadsSteps": mapping(arn("Steps"), "Hears", BatchSize=2, **PARTIAL),
    "ReadsPicked": mapping(
        arn("Picked12345678"),
        "Hears",
        FilterCriteria={"Filters": [{"Pattern": '{"body": {"size": [{"numeric": [">", 5]}]}}'}]},
    ),
}


@pytest.fixture(scope="module")
def driven(sandbox, tmp_path_factory):
    folder = tmp_path_factory.mktemp("queues")
    outputs = folder / "outputs.json"
    with serving(sandbox, assembly(folder / "cdk.out", RESOURCES), outputs) as url:
        yield Driven(url, outputs.with_name("functions.log"))


def bodies(batch):
    return [record["body"] for record in batch]


@pytest.fixture
def heard(driven):
    """Return all texts that came to a function from a queue, in their order."""

    def texts(source, function="hears"):
        return [body for batch in driven.batches(function, source) for body in bodies(batch)]

    return texts


def test_a_function_is_given_messages_by_batches(driven, heard):
    sent = driven.send("Work", *(f"item {n}" for n in range(10)))
    driven.hear(lambda: len([text for text in heard("Work") if text.startswith("item")]) == 10)
    batches = driven.batches("hears", "Work")
    assert max(map(len, batches)) == 5
    assert {record["messageId"] for batch in batches for record in batch} >= set(sent)


def test_a_message_is_as_sqs_gives_it(driven):
    attributes = {"kind": {"DataType": "String", "StringValue": "note"}}
    [sent] = driven.send("Work", "hello", MessageAttributes=attributes)
    records = lambda: [r for b in driven.batches("hears", "Work") for r in b]  # noqa: E731
    [record] = driven.hear(lambda: [r for r in records() if r["messageId"] == sent])
    assert (record["eventSource"], record["body"]) == ("aws:sqs", "hello")
    assert record["md5OfBody"] == hashlib.md5(b"hello").hexdigest()  # noqa: S324 as SQS does
    assert record["messageAttributes"]["kind"]["stringValue"] == "note"
    assert record["attributes"]["ApproximateReceiveCount"] == "1"
    assert record["eventSourceARN"].startswith("arn:aws:sqs:us-east-1:123456789012:")


def test_what_failed_is_tried_again_alone_and_its_batch_is_not(driven, heard):
    driven.send("Work", "fail 1 x", "fine x", "fine y")
    driven.hear(lambda: heard("Work").count("fail 1 x") == 2)
    assert (heard("Work").count("fine x"), heard("Work").count("fine y")) == (1, 1)


def dead_letters(driven, body):
    """Read a message that was set aside, and put the others back."""
    answer = driven.ask(
        "sqs", "ReceiveMessage", QueueUrl="x/Failures", MaxNumberOfMessages=10, VisibilityTimeout=0
    )
    return [message for message in answer.json.get("Messages", []) if message["Body"] == body]


@pytest.mark.parametrize(
    ("source", "function", "times"), [("Work", "hears", 3), ("Whole", "fails", 2)]
)
def test_what_keeps_failing_is_set_aside_and_said(driven, heard, source, function, times):
    body = f"fail {source}" if source == "Whole" else "fail"
    [sent] = driven.send(source, body)
    driven.hear(lambda: dead_letters(driven, body))
    assert heard(source, function).count(body) == times
    assert driven.said(
        f"[{source}] message {sent} was received {times} times and is now in Failures"
    )


def test_without_partial_answers_a_batch_fails_as_one(driven, heard):
    driven.send("Whole", "fail 1 together", "together")
    driven.hear(lambda: heard("Whole", "fails").count("together") == 2)
    assert heard("Whole", "fails").count("fail 1 together") == 2


def test_a_fifo_queue_keeps_the_order_of_each_group(driven, heard):
    texts = ["a1", "fail 1 a2", "a3", "a4", "a5"]
    for text in texts:
        driven.send("steps.fifo", text, MessageGroupId="a")
    driven.hear(lambda: "a5" in heard("steps"))
    found = heard("steps")
    assert [text for text in found if text in {"a1", "a3", "a4", "a5"}] == ["a1", "a3", "a4", "a5"]
    # What failed comes again before those that no batch had yet.
    assert found.count("fail 1 a2") == 2
    assert found[: found.index("a4")].count("fail 1 a2") == 2


def test_a_fifo_queue_takes_the_same_once(driven, heard):
    first = driven.send("steps.fifo", "same", MessageGroupId="b")
    assert driven.send("steps.fifo", "same", MessageGroupId="b") == first
    driven.send("steps.fifo", "end", MessageGroupId="b")
    driven.hear(lambda: "end" in heard("steps"))
    assert heard("steps").count("same") == 1


def test_only_what_a_filter_lets_through_drives_the_function(driven, heard):
    driven.send("Picked", '{"size": 1}', '{"size": 6}', "no JSON", '{"size": 7}')
    driven.hear(lambda: len(heard("Picked")) == 2)
    assert heard("Picked") == ['{"size": 6}', '{"size": 7}']
    asked = {"QueueUrl": "x/Picked", "AttributeNames": ["All"]}
    attributes = driven.ask("sqs", "GetQueueAttributes", **asked).json["Attributes"]
    assert attributes["ApproximateNumberOfMessages"] == "0"
    assert attributes["ApproximateNumberOfMessagesNotVisible"] == "0"


def test_a_function_sends_with_the_address_it_has_where_its_role_allows(driven):
    sent = driven.by_function("sqs", "SendMessage", MessageBody="mine")
    told = driven.ask("sqs", "ReceiveMessage", QueueUrl="x/alone", VisibilityTimeout=600)
    [message] = told.json["Messages"]
    assert (message["MessageId"], message["Body"]) == (sent["MessageId"], "mine")
    refused = driven.by_function("sqs", "ReceiveMessage")
    assert refused["__type"].endswith("#AccessDeniedException")


def test_a_developer_finds_receives_and_deletes(driven):
    url = driven.ask("sqs", "GetQueueUrl", QueueName="other").json["QueueUrl"]
    assert url in driven.ask("sqs", "ListQueues").json["QueueUrls"]
    asked = {"x-amz-target": "AmazonSQS.SendMessage"}
    assert post(url, {"QueueUrl": url, "MessageBody": "one"}, **asked).status == 200
    receive = {"QueueUrl": url, "VisibilityTimeout": 0}
    [message] = driven.ask("sqs", "ReceiveMessage", **receive).json["Messages"]
    handle = {"QueueUrl": url, "ReceiptHandle": message["ReceiptHandle"]}
    assert driven.ask("sqs", "DeleteMessage", **handle).status == 200
    assert driven.ask("sqs", "ReceiveMessage", **receive).json == {}


def test_users_of_the_application_send_nothing(driven):
    headers = {"x-amz-target": "AmazonSQS.SendMessage", "x-amz-security-token": "guest"}
    place = driven.url.removesuffix("/graphql") + "/aws/sqs"
    refused = post(place, {"QueueUrl": "x/alone", "MessageBody": "x"}, **headers)
    assert (refused.status, refused.json["__type"].split("#")[1]) == (400, "AccessDeniedException")


@pytest.mark.parametrize(
    ("operation", "request_", "error"),
    [
        ("SendMessage", {"QueueUrl": "x/nobody", "MessageBody": "x"}, "QueueDoesNotExist"),
        ("SendMessage", {"QueueUrl": "x/alone"}, "MissingParameter"),
        ("SendMessage", {"QueueUrl": "x/steps.fifo", "MessageBody": "x"}, "MissingParameter"),
        ("SendMessageBatch", {"QueueUrl": "x/alone", "Entries": []}, "EmptyBatchRequest"),
        ("TagQueue", {"QueueUrl": "x/alone"}, "UnknownOperationException"),
    ],
)
def test_what_sqs_refuses(driven, operation, request_, error):
    refused = driven.ask("sqs", operation, **request_)
    assert (refused.status, refused.json["__type"].split("#")[1]) == (400, error)
