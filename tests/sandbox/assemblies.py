"""Small cloud assemblies that a test states, as the CDK writes them."""

from __future__ import annotations

import hashlib
import json
import re
import time
from typing import TYPE_CHECKING, Any, NamedTuple

from backend import Reply, invoke, post

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PATIENCE = 20
# Says what it is given, and fails as that wants it: a text `fail 2 …` twice, `fail` always.
HEARS = """
const tries = new Map();
const read = ({ body, kinesis, dynamodb }) => {
  if (kinesis) return [kinesis.sequenceNumber, Buffer.from(kinesis.data, 'base64').toString()];
  return dynamodb ? [dynamodb.SequenceNumber, ''] : [undefined, body];
};
export async function handler(event) {
  const failures = [];
  for (const record of event.Records ?? []) {
    const [number, text] = read(record);
    const id = number ?? record.messageId;
    tries.set(id, (tries.get(id) ?? 0) + 1);
    const [, times] = /^fail ?(\\d*)/.exec(text) ?? [];
    const isWrong = times !== undefined && tries.get(id) <= (times === '' ? Infinity : times);
    if (isWrong) failures.push({ itemIdentifier: id });
    if (isWrong && record.kinesis) break;
  }
  console.log(JSON.stringify(event));
  if (process.env.WHOLE && failures.length) throw new Error('no');
  return { batchItemFailures: failures };
}
"""
# Sends what it is told to, as a function with its own role does.
SENDS = """
export async function handler({ service, operation, request }) {
  const url = process.env[`AWS_ENDPOINT_URL_${service.toUpperCase()}`];
  const filled = { ...request, ...(service === 'sqs' ? { QueueUrl: process.env.QUEUE } : {}) };
  const headers = {
    'x-amz-target': `Any.${operation}`,
    'x-amz-security-token': process.env.AWS_SESSION_TOKEN,
  };
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(filled) });
  return answer.json();
}
"""


def arn(name: str) -> dict[str, Any]:
    return {"Fn::GetAtt": [name, "Arn"]}


def function(name: str, **variables: Any) -> dict[str, Any]:
    """Return a function with one of the codes above, by their names."""
    code, _, label = name.partition(" ")
    return {
        "Type": "AWS::Lambda::Function",
        "Properties": {
            "Code": {"S3Key": f"{digest(code)}.zip"},
            "Handler": "index.handler",
            "Role": arn("Role"),
            "Timeout": 5,
            "Environment": {"Variables": {"AMPLIFY_SSM_ENV_CONFIG": "{}", **variables}},
            "Tags": [{"Key": "amplify:friendly-name", "Value": label or code}],
        },
    }


def mapping(source: Any, target: str, **more: Any) -> dict[str, Any]:
    return {
        "Type": "AWS::Lambda::EventSourceMapping",
        "Properties": {"EventSourceArn": source, "FunctionName": {"Ref": target}, **more},
    }


def allowing(action: str | list[str], resource: Any) -> dict[str, Any]:
    """Return a policy of the role of all functions."""
    statement = {"Effect": "Allow", "Action": action, "Resource": resource}
    document = {"Statement": [statement]}
    return {
        "Type": "AWS::IAM::Policy",
        "Properties": {"Roles": [{"Ref": "Role"}], "PolicyDocument": document},
    }


def digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def assembly(folder: Path, resources: dict[str, Any]) -> Path:
    """Write an assembly with these resources, an API and the role of the functions."""
    api = {
        "Api": {
            "Type": "AWS::AppSync::GraphQLApi",
            "Properties": {"AuthenticationType": "API_KEY"},
        },
        "Schema": {
            "Type": "AWS::AppSync::GraphQLSchema",
            "Properties": {"Definition": "type Query { nothing: String }"},
        },
        "Role": {"Type": "AWS::IAM::Role"},
    }
    files = {}
    for name, code in {"hears": HEARS, "sends": SENDS}.items():
        path = folder / f"asset.{name}"
        path.mkdir(parents=True)
        (path / "index.mjs").write_text(code)
        target = {"here": {"objectKey": f"{digest(name)}.zip"}}
        files[digest(name)] = {"source": {"path": path.name}, "destinations": target}
    stack = {"type": "aws:cloudformation:stack", "properties": {"templateFile": "it.template.json"}}
    (folder / "manifest.json").write_text(json.dumps({"artifacts": {"it": stack}}))
    (folder / "it.assets.json").write_text(json.dumps({"files": files}))
    (folder / "it.template.json").write_text(json.dumps({"Resources": {**api, **resources}}))
    return folder


class Driven(NamedTuple):
    """A backend that serves such an assembly."""

    url: str
    log: Path

    def ask(self, service: str, operation: str, /, **request: Any) -> Reply:
        """Ask a service for something, as a developer does."""
        place = self.url.removesuffix("/graphql") + f"/aws/{service}"
        return post(place, request, **{"x-amz-target": f"Any.{operation}"})

    def send(self, queue: str, *bodies: str, **more: Any) -> list[str]:
        """Send messages to a queue, and return their identifiers."""
        entries = [{"Id": str(n), "MessageBody": body, **more} for n, body in enumerate(bodies)]
        answer = self.ask("sqs", "SendMessageBatch", QueueUrl=f"x/{queue}", Entries=entries)
        assert answer.json["Failed"] == []
        return [entry["MessageId"] for entry in answer.json["Successful"]]

    def by_function(self, service: str, operation: str, **request: Any) -> Any:
        """Let the function that sends ask for something."""
        asked = {"service": service, "operation": operation, "request": request}
        return invoke(self.url, "sends", asked).json

    def events(self, function: str) -> list[Any]:
        """Return the events that a function was given until now."""
        found = re.findall(rf"^\[{function}\] (\{{.*)$", self.log.read_text(), re.MULTILINE)
        return [json.loads(line) for line in found]

    def batches(self, function: str, source: str) -> list[list[Any]]:
        """Return the records that a function was given of a source, by batches."""
        batches = [event.get("Records", []) for event in self.events(function)]
        return [batch for batch in batches if batch and source in batch[0]["eventSourceARN"]]

    def hear(self, condition: Callable[[], Any]) -> Any:
        """Wait until something holds, and return it."""
        end = time.monotonic() + PATIENCE
        while not (found := condition()):
            assert time.monotonic() < end, self.log.read_text()
            time.sleep(0.05)
        return found

    def said(self, text: str) -> bool:
        return text in self.log.read_text()
