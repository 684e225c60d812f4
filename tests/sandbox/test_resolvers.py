"""Resolvers in JavaScript: what they are given, what they can call, and what AppSync refuses."""

from __future__ import annotations

import json
import subprocess

import pytest

pytestmark = pytest.mark.toolchain

PROGRAM = """
import { readFileSync } from 'node:fs';
import { run } from './appsync/runtime.js';
import { util } from './vtl/util.js';
const { code, context } = JSON.parse(readFileSync(0));
const errors = [];
const functions = { util: util({ authType: 'User Pool Authorization', errors }), extensions: {} };
let answer;
try {
  answer = run(code, 'request', context, functions);
} catch (error) {
  answer = { error: error.message, type: error.type };
}
process.stdout.write(JSON.stringify({ ...answer, reported: errors.map(({ message }) => message) }));
"""
IMPORT = "import { util, runtime } from '@aws-appsync/utils';\n"
RESPONSE = "\nexport function response() {}\n"


@pytest.fixture(scope="module")
def client(client_of):
    return client_of("search")


@pytest.fixture(scope="module")
def evaluated(sandbox):
    """Evaluate the body of a request handler."""

    def evaluate(body, before="", **context):
        code = f"{IMPORT}{before}\nexport function request(ctx) {{\n{body}\n}}{RESPONSE}"
        done = subprocess.run(
            ["node", "--input-type=module", "--eval", PROGRAM],
            cwd=sandbox,
            input=json.dumps({"code": code, "context": {"args": {}, "stash": {}, **context}}),
            capture_output=True,
            text=True,
            check=True,
        )
        return json.loads(done.stdout)

    return evaluate


def test_a_resolver_without_a_data_source_sees_the_caller(client):
    answer = client.user("anna").query("greeting", name="Ben")
    assert (answer.data, answer.errors) == ("HELLO BEN, says anna", [])


def test_an_early_return_skips_the_rest(client):
    assert client.stranger().query("greeting", name="Ben").data == "Hello, stranger"


def test_errors_say_what_the_resolver_said(client):
    answer = client.user("anna").query("greeting")
    assert answer.data is None
    [error] = answer.errors
    assert (error["message"], error["errorType"]) == ("Say a name", "Nameless")
    assert error["errorInfo"] == {"wanted": ["name"]}
    answer = client.user("anna").query("greeting", name="Ben van den Berg")
    assert answer.said == "Long names are hard to remember"


def test_a_resolver_writes_into_its_models_table(client):
    anna = client.user("anna")
    folder = anna.create("Folder", name="Old")
    assert anna.done("renameFolder", id=folder["id"], name="New")["name"] == "New"
    assert anna.call("Folder", "get", {"id": folder["id"]}).data["name"] == "New"
    missing = anna.mutate("renameFolder", id="none", name="New")
    assert "DynamoDB:ConditionalCheckFailedException" in missing.said


@pytest.mark.parametrize(
    ("body", "value"),
    [
        ("return { ...ctx.args, same: ctx.arguments.a === ctx.args.a };", {"a": 1, "same": True}),
        ("return [1, 2, 3].filter((n) => n > 1).map((n) => n * 2);", [4, 6]),
        (
            "return util.dynamodb.toMapValues({ a: 'x', b: [1] });",
            {"a": {"S": "x"}, "b": {"L": [{"N": "1"}]}},
        ),
        ("return util.urlEncode('a b') + util.base64Encode('ü');", "a%20bw7w="),
        ("return `try ${`catch ${ctx.args.a}`} while`;", "try catch 1 while"),
        ("return { try: 1, in: 2 }.try; // this is no class", 1),
        ("let all = 0; for (const n of [1, 2]) { all += n; } return all / 2;", 1.5),
        ("for (const key in { a: 1 }) { return key; }", "a"),
        ("return util.isNullOrEmpty('');", True),
        ("return typeof undefined === 'undefined' ? JSON.stringify([Math.max(1, 2)]) : 0;", "[2]"),
        ("", None),
    ],
)
def test_code_gives_what_it_gives_in_appsync(evaluated, body, value):
    answer = evaluated(body, args={"a": 1})
    assert answer.get("value", answer) == value


@pytest.mark.parametrize(
    ("body", "named"),
    [
        ("try { return 1; } catch { return 2; }", "try"),
        ("while (true) {}", "while"),
        ("do {} while (true);", "do"),
        ("for (let i = 0; i < 3; i += 1) {}", "for (…; …; …)"),
        ("let i = 0; i++; return i;", "++"),
        ("return ~1;", "~"),
        ("throw 'x';", "throw"),
        ("return 'a' in ctx;", "in"),
        ("return `${`${this}`}`;", "this"),
        ("return (/x/).test('x');", "a regular expression"),
        ("const f = async () => 1; return f();", "async"),
    ],
)
def test_code_that_appsync_would_refuse_is_refused(evaluated, body, named):
    answer = evaluated(body)
    assert answer["error"] == f"AppSync's JavaScript has no {named}"


@pytest.mark.parametrize(
    "body",
    [
        "return process.env;",
        "return globalThis;",
        "return Function('return 1')();",
        "return util.error.constructor('return process')().env;",
        "return ctx.constructor.constructor('return process')().env;",
        "return eval('1');",
        "return new Promise(() => 1);",
        "return util.unheardOf();",
        "return require('fs');",
    ],
)
def test_code_reaches_nothing_of_this_machine(evaluated, body):
    assert evaluated(body)["error"].startswith("Code has failed: ")


@pytest.mark.parametrize(
    "before",
    [
        "import * as sql from '@aws-appsync/utils/rds';",
        "import { readFileSync } from 'node:fs';",
        "import * as everything from '@aws-appsync/utils';",
        "import thing from '@aws-appsync/utils/dynamodb';",
        "import { x } from 'constructor';",
    ],
)
def test_other_modules_are_refused(evaluated, before):
    assert "is not built here" in evaluated("return 1;", before)["error"]


NAMES = {"#name": "name"}


@pytest.mark.parametrize(
    ("body", "wanted"),
    [
        (
            "return ddb.get({ key: { id: ctx.args.id }, projection: ['name', 'address.city'] });",
            {
                "operation": "GetItem",
                "key": {"id": {"S": "1"}},
                "projection": {
                    "expression": "#name, #address.#city",
                    "expressionNames": {**NAMES, "#address": "address", "#city": "city"},
                },
            },
        ),
        (
            """return put({
                key: { id: '1' },
                item: { tags: ['a'], size: 2 },
                condition: { id: { attributeExists: false } },
            });""",
            {
                "operation": "PutItem",
                "key": {"id": {"S": "1"}},
                "attributeValues": {"tags": {"L": [{"S": "a"}]}, "size": {"N": "2"}},
                "condition": {
                    "expression": "attribute_not_exists(#id)",
                    "expressionNames": {"#id": "id"},
                    "expressionValues": {},
                },
            },
        ),
        (
            """return ddb.update({
                key: { id: '1' },
                update: {
                    name: 'x',
                    size: change.increment(),
                    left: ddb.operations.remove(),
                    tags: change.append(['b']),
                    address: { city: 'Oslo' },
                },
            });""",
            {
                "operation": "UpdateItem",
                "key": {"id": {"S": "1"}},
                "update": {
                    "expression": (
                        "SET #name = :value0, #size = #size + :value1,"
                        " #tags = list_append(#tags, :value2), #address.#city = :value3"
                        " REMOVE #left"
                    ),
                    "expressionNames": {
                        **NAMES,
                        "#size": "size",
                        "#left": "left",
                        "#tags": "tags",
                        "#address": "address",
                        "#city": "city",
                    },
                    "expressionValues": {
                        ":value0": {"S": "x"},
                        ":value1": {"N": "1"},
                        ":value2": {"L": [{"S": "b"}]},
                        ":value3": {"S": "Oslo"},
                    },
                },
            },
        ),
        (
            """return ddb.query({
                query: { name: { eq: 'x' } },
                index: 'byName',
                limit: 5,
                scanIndexForward: false,
                nextToken: null,
            });""",
            {
                "operation": "Query",
                "query": {
                    "expression": "#name = :name_eq",
                    "expressionNames": NAMES,
                    "expressionValues": {":name_eq": {"S": "x"}},
                },
                "index": "byName",
                "limit": 5,
                "scanIndexForward": False,
                "nextToken": None,
            },
        ),
        (
            """const tags = [change.updateListItem('z', 1)];
            return ddb.transactWrite({
                items: [
                    { deleteItem: { table: 'A', key: { id: '1' } } },
                    { updateItem: { table: 'B', key: { id: '2' }, update: { tags } } },
                ],
            });""",
            {
                "operation": "TransactWriteItems",
                "transactItems": [
                    {"table": "A", "operation": "DeleteItem", "key": {"id": {"S": "1"}}},
                    {
                        "table": "B",
                        "operation": "UpdateItem",
                        "key": {"id": {"S": "2"}},
                        "update": {
                            "expression": "SET #tags[1] = :value0",
                            "expressionNames": {"#tags": "tags"},
                            "expressionValues": {":value0": {"S": "z"}},
                        },
                    },
                ],
            },
        ),
        (
            "return ddb.batchGet({ tables: { A: { keys: [{ id: '1' }] } } });",
            {
                "operation": "BatchGetItem",
                "tables": {"A": {"keys": [{"id": {"S": "1"}}]}},
            },
        ),
    ],
)
def test_the_module_for_dynamodb_makes_requests(evaluated, body, wanted):
    before = (
        "import * as ddb from '@aws-appsync/utils/dynamodb';\n"
        "import { put, operations as change } from '@aws-appsync/utils/dynamodb';"
    )
    answer = evaluated(body, before, args={"id": "1"})
    assert answer.get("value", answer) == wanted


def test_code_that_does_not_end_is_ended(evaluated):
    answer = evaluated("const f = () => f(); return f();")
    assert "Maximum call stack" in answer["error"]
    answer = evaluated("const a = [1]; for (const n of a) { a.push(n); } return a;")
    assert answer["error"].startswith("Code has failed: ")


def test_the_stash_is_handed_on(evaluated):
    answer = evaluated("ctx.stash.more = ctx.stash.had + 1; return 0;", stash={"had": 1})
    assert answer["stash"] == {"had": 1, "more": 2}
