"""Functions run as Amplify bundled them: what they are given, what they may do, how they fail."""

from __future__ import annotations

import json
import re
from concurrent.futures import ThreadPoolExecutor

import backend
import pytest
from backend import claims, serving, token

pytestmark = [pytest.mark.toolchain, pytest.mark.xdist_group("functions")]


@pytest.fixture(scope="module")
def outputs(tmp_path_factory):
    return tmp_path_factory.mktemp("functions") / "amplify_outputs.json"


@pytest.fixture(scope="module")
def url(sandbox, synthesized, outputs):
    with serving(sandbox, synthesized("functions"), outputs, WORD="sesame") as url:
        yield url


@pytest.fixture(scope="module")
def post(url):
    """Post something to a path of the server."""

    def send(path: str, body: bytes = b"", **headers: str) -> backend.Reply:
        return backend.post(url.removesuffix("/graphql") + path, body, **headers)

    return send


@pytest.fixture(scope="module")
def graphql(post):
    """Ask the API as a user."""

    def ask(query: str, *groups: str, name: str = "alice"):
        authorization = token(claims(name, *groups))
        body = json.dumps({"query": query}).encode()
        return post("/graphql", body, authorization=authorization).json

    return ask


@pytest.fixture(scope="module")
def answer(graphql):
    """Ask the function that tells of itself."""

    def ask(what: str):
        return json.loads(graphql(f'{{ answer(ask: "{what}") }}')["data"]["answer"])

    return ask


@pytest.fixture(scope="module")
def failure(graphql):
    """Ask it for what makes it fail, and return the error."""

    def ask(what: str):
        told = graphql(f'{{ answer(ask: "{what}") }}')
        assert told["data"] == {"answer": None}
        [error] = told["errors"]
        return error["errorType"], error["message"]

    return ask


def test_a_function_is_given_what_the_resolver_sends(answer):
    event = answer("event")
    assert (event["typeName"], event["fieldName"]) == ("Query", "answer")
    assert event["arguments"] == {"ask": "event"}
    assert event["identity"]["sub"] == "sub-alice"
    assert event["identity"]["claims"]["email"] == "alice@example.com"


def test_its_environment_is_that_of_the_template_with_the_secrets_given(answer):
    unsaid = "<value will be resolved during runtime>"
    assert answer("environment") == {"place": "here", "word": "sesame", "unsaid": unsaid}


def test_its_context_is_that_of_lambda(answer):
    context = answer("context")
    assert context["functionName"] == "answer"
    assert context["invokedFunctionArn"].endswith(
        ":function:root-function1351588B-answerlambda92FA357E"
    )
    assert 0 < context["left"] <= 1000


def test_a_process_is_used_again_but_for_one_event_at_a_time(answer):
    assert answer("process") == answer("process")
    with ThreadPoolExecutor() as pool:
        pids = list(pool.map(answer, ["slow process"] * 3))
    assert len(set(pids)) == 3
    assert answer("process") in pids


def test_errors_are_as_appsync_tells_them_and_logged_with_their_place(failure, outputs):
    assert failure("nonsense") == ("Lambda:Unhandled", "nobody knows nonsense")
    log = outputs.with_name("functions.log").read_text()
    place = r"\[answer\]   at amplify/functions/answer/handler\.ts:\d+\n"
    assert re.search(rf"\[answer\] TypeError: nobody knows nonsense\n{place}", log)
    assert "index.mjs" not in log


@pytest.mark.parametrize(
    ("what", "message"),
    [
        ("for ever", "Error: Task timed out after 1.00 seconds"),
        ("exit", "Error: Runtime exited with error: exit status 3"),
    ],
)
def test_a_process_that_ends_or_does_not_is_replaced(failure, answer, what, message):
    kind, told = failure(what)
    assert (kind, told.split(" ", 2)[2]) == ("Lambda:Unhandled", message)
    assert answer("event")["fieldName"] == "answer"


def test_what_it_prints_is_in_the_log_with_its_name(answer, outputs):
    answer("event")
    assert "[answer] asked for event\n" in outputs.with_name("functions.log").read_text()


def test_other_services_of_aws_are_not_asked(answer):
    assert answer("elsewhere")["__type"] == "UnknownOperationException"


def test_a_function_may_do_through_the_api_what_its_role_allows(graphql):
    before = graphql("{ countNotes }")["data"]["countNotes"]
    refused = graphql('mutation { addNote(text: "x") }', "writers")
    assert refused["data"]["addNote"] == ["Not Authorized to access createNote on type Mutation"]
    assert graphql("{ countNotes }")["data"]["countNotes"] == before


def test_who_may_call_it_is_decided_before(graphql):
    refused = graphql('mutation { addNote(text: "x") }')
    assert refused["data"] == {"addNote": None}
    assert refused["errors"][0]["errorType"] == "Unauthorized"


def test_a_scheduled_function_is_run_once(post, graphql):
    before = graphql("{ countNotes }")["data"]["countNotes"]
    told = post("/aws/lambda/2015-03-31/functions/write-nightly/invocations")
    assert (told.status, told.json) == (200, None)
    assert "x-amz-function-error" not in told.headers
    assert graphql("{ countNotes }")["data"]["countNotes"] == before + 1


def test_a_failure_is_told_to_who_calls_a_function_directly(post):
    event = b'{"arguments": {"ask": "nonsense"}}'
    told = post("/aws/lambda/2015-03-31/functions/answer/invocations", event)
    assert told.headers["x-amz-function-error"] == "Unhandled"
    assert (told.json["errorType"], told.json["errorMessage"]) == (
        "TypeError",
        "nobody knows nonsense",
    )
    assert post("/aws/lambda/2015-03-31/functions/nobody/invocations").status == 404


def test_a_function_with_an_address_answers_there(post, url, outputs):
    told = json.loads(outputs.read_text())["custom"]["functionUrls"]["echo"]
    assert told == f"{url.removesuffix('/graphql')}/functions/echo/"
    reply = post("/functions/echo/a/b?c=d", b'{"x": 1}', **{"content-type": "application/json"})
    assert (reply.status, reply.headers["x-heard"]) == (202, "yes")
    assert reply.json == {
        "method": "POST",
        "path": "/a/b",
        "query": "c=d",
        "kind": "application/json",
        "body": '{"x": 1}',
        "isBase64Encoded": False,
    }


def test_what_is_no_text_comes_in_base_64(post):
    reply = post("/functions/echo", b"\xff\x00", **{"content-type": "image/png"})
    assert (reply.json["body"], reply.json["isBase64Encoded"]) == ("\xff\x00", True)


def test_a_result_without_a_status_is_the_body(post):
    assert post("/functions/echo/plain").json == {"plain": True}


def test_a_function_that_fails_at_its_address_says_nothing(post):
    reply = post("/functions/echo/fail")
    assert (reply.status, reply.json) == (502, {"Message": "Internal Server Error"})


@pytest.mark.parametrize("name", ["nobody", "answer"])
def test_only_functions_with_an_address_have_one(post, name):
    assert post(f"/functions/{name}").status == 404


def test_pages_from_elsewhere_call_no_function(post):
    assert post("/functions/echo", origin="https://evil.example").status == 403


def test_tables_are_for_functions_only(post):
    asked = {"x-amz-target": "DynamoDB_20120810.Scan"}
    told = post("/aws/dynamodb", b'{"TableName": "Note-local-NONE"}', **asked)
    assert told.status == 400
    assert told.json["__type"].endswith("#AccessDeniedException")
