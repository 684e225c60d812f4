"""DynamoDB's own operations, by the real SDK in a function, as far as the function's role goes."""

from __future__ import annotations

from typing import Any

import pytest
from backend import post, serving

pytestmark = [pytest.mark.toolchain, pytest.mark.xdist_group("functions")]

TABLE = "ENTRY_TABLE"


@pytest.fixture(scope="module")
def send(sandbox, synthesized, tmp_path_factory):
    """Send a command to DynamoDB; return what it gives, or the error."""
    outputs = tmp_path_factory.mktemp("tables") / "amplify_outputs.json"
    with serving(sandbox, synthesized("functions"), outputs) as url:
        address = url.removesuffix("/graphql") + "/functions/use-tables"

        def send(command: str, **given: Any) -> dict[str, Any]:
            headers = {"content-type": "application/json"}
            told = post(address, {"command": command, "input": given}, **headers).json
            told.pop("$metadata", None)
            return told

        yield send


def key(name: str, position: int) -> dict[str, Any]:
    return {"list": {"S": name}, "position": {"N": str(position)}}


def entry(name: str, position: int, **more: Any) -> dict[str, Any]:
    typed = {
        field: {"N": str(value)} if isinstance(value, int) else {"S": value}
        for field, value in more.items()
    }
    return {**key(name, position), **typed}


def put(send: Any, item: dict[str, Any], **more: Any) -> dict[str, Any]:
    return send("put", TableName=TABLE, Item=item, **more)


def get(send: Any, name: str, position: int, **more: Any) -> Any:
    return send("get", TableName=TABLE, Key=key(name, position), **more).get("Item")


def test_what_is_put_is_got_changed_and_deleted(send):
    item = entry("a", 1, word="one", rank=3)
    assert put(send, item) == {}
    assert get(send, "a", 1) == item
    assert get(
        send, "a", 1, ProjectionExpression="#w", ExpressionAttributeNames={"#w": "word"}
    ) == {"word": {"S": "one"}}
    change = {
        "TableName": TABLE,
        "Key": key("a", 1),
        "UpdateExpression": "ADD #r :n",
        "ExpressionAttributeNames": {"#r": "rank"},
        "ExpressionAttributeValues": {":n": {"N": "2"}},
    }
    assert send("update", **change) == {}
    told = send("update", **change, ReturnValues="UPDATED_NEW")
    assert told == {"Attributes": {"rank": {"N": "7"}}}
    told = send("update", **change, ReturnValues="ALL_OLD")
    assert told == {"Attributes": {**item, "rank": {"N": "7"}}}
    told = send("delete", TableName=TABLE, Key=key("a", 1), ReturnValues="ALL_OLD")
    assert told == {"Attributes": {**item, "rank": {"N": "9"}}}
    assert get(send, "a", 1) is None


def test_a_condition_that_does_not_hold_gives_the_item_when_asked(send):
    item = entry("b", 1, word="one")
    condition = {"ConditionExpression": "attribute_not_exists(#l)"}
    condition["ExpressionAttributeNames"] = {"#l": "list"}
    assert put(send, item, **condition) == {}
    told = put(send, entry("b", 1, word="two"), **condition)
    assert (told["name"], told.get("Item")) == ("ConditionalCheckFailedException", None)
    told = put(
        send,
        entry("b", 1, word="two"),
        **condition,
        ReturnValuesOnConditionCheckFailure="ALL_OLD",
    )
    assert told["Item"] == item
    assert get(send, "b", 1) == item


def test_a_partition_is_queried_by_pages_forward_and_back(send):
    for position in range(5):
        put(send, entry("c", position, word="c", rank=position % 2))
    asked = {
        "TableName": TABLE,
        "KeyConditionExpression": "#l = :l",
        "ExpressionAttributeNames": {"#l": "list"},
        "ExpressionAttributeValues": {":l": {"S": "c"}},
    }
    first = send("query", **asked, Limit=3)
    assert (first["Count"], first["LastEvaluatedKey"]) == (3, key("c", 2))
    rest = send("query", **asked, ExclusiveStartKey=first["LastEvaluatedKey"])
    positions = [item["position"]["N"] for item in first["Items"] + rest["Items"]]
    assert positions == ["0", "1", "2", "3", "4"]
    back = send("query", **asked, ScanIndexForward=False, Limit=1)
    assert back["Items"][0]["position"] == {"N": "4"}
    counted = send("query", **asked, Select="COUNT")
    assert counted == {"Count": 5, "ScannedCount": 5}


def test_an_index_is_queried_and_filtered(send):
    for position, rank in enumerate((3, 1, 2)):
        put(send, entry("d", position, word="d", rank=rank))
    told = send(
        "query",
        TableName=TABLE,
        IndexName="byWord",
        KeyConditionExpression="word = :w AND #r >= :least",
        FilterExpression="#p < :two",
        ExpressionAttributeNames={"#p": "position", "#r": "rank"},
        ExpressionAttributeValues={
            ":w": {"S": "d"},
            ":least": {"N": "2"},
            ":two": {"N": "2"},
        },
    )
    assert (told["Count"], told["ScannedCount"]) == (1, 2)
    assert told["Items"] == [entry("d", 0, word="d", rank=3)]


def test_a_query_filters_by_nothing_that_it_asks_for(send):
    put(send, entry("k", 0, word="k"))
    asked = {
        "TableName": TABLE,
        "KeyConditionExpression": "#l = :l",
        "FilterExpression": "#w = :w OR NOT #p < :two",
        "ExpressionAttributeNames": {"#l": "list", "#p": "position", "#w": "word"},
        "ExpressionAttributeValues": {":l": {"S": "k"}, ":w": {"S": "k"}, ":two": {"N": "2"}},
    }
    told = send("query", **asked)
    assert told["name"] == "ValidationException"
    assert told["message"] == (
        "Filter Expression can only contain non-primary key attributes: "
        "Primary key attribute: position"
    )
    # An index has another key, and a scan asks by none.
    by_word = {**asked, "IndexName": "byWord", "KeyConditionExpression": "#w = :l"}
    by_word["ExpressionAttributeNames"] = {"#p": "position", "#w": "word"}
    assert "word" in send("query", **by_word)["message"]
    del asked["KeyConditionExpression"]
    asked["FilterExpression"] = "#l = :l AND #p < :two OR #w = :w"
    assert send("scan", **asked)["Count"] == 1


def test_batches_write_and_read(send):
    items = [entry("e", position) for position in range(3)]
    written = {TABLE: [{"PutRequest": {"Item": item}} for item in items]}
    assert send("batchWrite", RequestItems=written) == {"UnprocessedItems": {}}
    deleted = {TABLE: [{"DeleteRequest": {"Key": key("e", 1)}}]}
    send("batchWrite", RequestItems=deleted)
    asked = {"ENTRY_TABLE": {"Keys": [key("e", position) for position in range(3)]}}
    [found] = send("batchGet", RequestItems=asked)["Responses"].values()
    assert found == [items[0], items[2]]


def writes(*names: str) -> list[dict[str, Any]]:
    """Return writes of new items."""
    return [
        {
            "Put": {
                "TableName": TABLE,
                "Item": entry(name, 1, word=name),
                "ConditionExpression": "attribute_not_exists(word)",
                "ReturnValuesOnConditionCheckFailure": "ALL_OLD",
            }
        }
        for name in names
    ]


def test_a_transaction_writes_all_or_nothing_and_says_why(send):
    assert send("transactWrite", TransactItems=writes("f")) == {}
    told = send("transactWrite", TransactItems=writes("g", "f"))
    assert told["name"] == "TransactionCanceledException"
    assert "[None, ConditionalCheckFailed]" in told["message"]
    assert told["CancellationReasons"] == [
        {"Code": "None"},
        {
            "Code": "ConditionalCheckFailed",
            "Message": "The conditional request failed",
            "Item": entry("f", 1, word="f"),
        },
    ]
    assert get(send, "g", 1) is None


def test_a_transaction_that_is_impossible_writes_nothing(send):
    wrong = {
        "Update": {
            "TableName": TABLE,
            "Key": key("f", 2),
            "UpdateExpression": "SET #r = :text",
            "ExpressionAttributeNames": {"#r": "rank"},
            "ExpressionAttributeValues": {":text": {"S": "a key of an index must be a number"}},
        }
    }
    told = send("transactWrite", TransactItems=[*writes("h"), wrong])
    assert told["name"] == "ValidationException"
    assert get(send, "h", 1) is None


def test_a_transaction_writes_each_item_once(send):
    told = send("transactWrite", TransactItems=writes("i", "i"))
    assert told["name"] == "ValidationException"
    assert get(send, "i", 1) is None


def test_a_transaction_with_a_token_is_made_once(send):
    token = {"ClientRequestToken": "once"}
    assert send("transactWrite", TransactItems=writes("j"), **token) == {}
    assert send("transactWrite", TransactItems=writes("j"), **token) == {}
    told = send("transactWrite", TransactItems=writes("k"), **token)
    assert told["name"] == "IdempotentParameterMismatchException"
    assert get(send, "k", 1) is None


def test_a_transaction_reads(send):
    item = entry("l", 1, word="l")
    put(send, item)
    reads = [{"Get": {"TableName": TABLE, "Key": key("l", number)}} for number in (1, 2)]
    assert send("transactGet", TransactItems=reads) == {"Responses": [{"Item": item}, {}]}


@pytest.mark.parametrize(
    ("command", "given"),
    [
        ("put", {"Item": {"id": {"S": "1"}}}),
        ("delete", {"Key": {"id": {"S": "1"}}}),
        (
            "transactWrite",
            {"TransactItems": [{"Put": {"TableName": "NOTE_TABLE", "Item": {"id": {"S": "1"}}}}]},
        ),
        (
            "batchWrite",
            {"RequestItems": {"NOTE_TABLE": [{"PutRequest": {"Item": {"id": {"S": "1"}}}}]}},
        ),
    ],
)
def test_a_table_that_may_be_read_is_not_written(send, command, given):
    table = {} if "Items" in "".join(given) else {"TableName": "NOTE_TABLE"}
    assert send(command, **table, **given)["name"] == "AccessDeniedException"
    assert send("scan", TableName="NOTE_TABLE")["Count"] == 0


def test_a_table_of_others_is_not_there(send):
    assert send("scan", TableName="Unheard-of")["name"] == "AccessDeniedException"


def test_a_placeholder_that_nothing_uses_is_refused(send):
    unused = {"ExpressionAttributeNames": {"#w": "word"}}
    told = put(send, entry("m", 1), ConditionExpression="attribute_not_exists(word)", **unused)
    assert told["name"] == "ValidationException"
    assert "unused in expressions: keys: {#w}" in told["message"]
    [write] = writes("m")
    told = send("transactWrite", TransactItems=[{"Put": {**write["Put"], **unused}}])
    assert told["name"] == "ValidationException"
    assert get(send, "m", 1) is None
