"""`ace sandbox`: what runs, what it keeps, what it refuses, and that it leaves nothing behind."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from backend import post

pytestmark = [pytest.mark.toolchain, pytest.mark.xdist_group("sandbox")]

PATTERN = Path(__file__).with_name("notes.yml")
OUTPUTS = "amplify_outputs.json"
FOREIGN = '{"version": "1.4", "data": {"url": "https://abc.appsync-api.us-east-1.amazonaws.com"}}\n'
PASSWORD = "Sandbox-1"  # noqa: S105 the one of everybody there
READ = "import { readFileSync } from 'node:fs';"


def target(operation):
    return {"x-amz-target": f"AWSCognitoIdentityProviderService.{operation}"}


def sign_in(backend, email):
    asked = {
        "AuthFlow": "USER_PASSWORD_AUTH",
        "AuthParameters": {"USERNAME": email, "PASSWORD": PASSWORD},
    }
    answer = post(backend.removesuffix("/graphql"), asked, **target("InitiateAuth"))
    assert answer.status == 200, answer.content
    return answer.json["AuthenticationResult"]["AccessToken"]


def ask(backend, token, query):
    return post(backend, {"query": query}, authorization=token)


def texts(backend, token):
    answer = ask(backend, token, "{ listNotes { items { text } } }").json
    return sorted(item["text"] for item in answer["data"]["listNotes"]["items"])


def answered(backend, token, query):
    """Ask until the backend knows all that is asked for."""
    for _ in range(60):
        answer = ask(backend, token, query).json
        if "errors" not in answer:
            break
        time.sleep(1)
    return answer


def add(backend, token, text):
    query = f"mutation {{ createNote(input: {{ text: {json.dumps(text)} }}) {{ id }} }}"
    assert "errors" not in ask(backend, token, query).json


def descendants(pid):
    """Return the processes that a process started, and theirs."""
    parents = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            name, rest = status.read_text().rsplit(") ", 1)
        except OSError:
            continue
        parents[int(name.split(" ", 1)[0])] = int(rest.split()[1])
    found = {pid}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    return found - {pid}


def alive(pids):
    """Return those that run: a zombie has ended."""
    states = {}
    for pid in pids:
        with suppress(OSError):
            states[pid] = Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1][0]
    return {pid for pid, state in states.items() if state != "Z"}


def gone(pids):
    for _ in range(100):
        if not alive(pids):
            return True
        time.sleep(0.1)
    return False


def test_a_command_runs_with_the_backend_and_its_end_is_the_end(project, run_sandbox, tmp_path):
    program = f"""{READ}
    const {{ API, Auth }} = JSON.parse(readFileSync('{OUTPUTS}', 'utf8'));
    console.log(API.GraphQL.endpoint, Auth.Cognito.userPoolEndpoint);
    process.exitCode = 3;"""
    (project / "check.mjs").write_text(program)
    command = ("--once", "--", "node", "check.mjs")
    done = run_sandbox(project, "--as", "cy:keeper", *command, TMPDIR=str(tmp_path))
    assert done.returncode == 3, done.stderr
    assert "the project names no group keeper; did you mean keepers?" in done.stderr
    # Nothing is left, in the project or beside it.
    assert [file.name for file in tmp_path.iterdir()] == [project.name]
    endpoint, pool = done.stdout.split()
    assert endpoint.startswith("HTTP://127.0.0.1:")
    assert pool.lower() == endpoint.lower().removesuffix("/graphql")
    assert not (project / OUTPUTS).exists()


def test_records_and_users_outlive_what_is_killed(project, sandbox_of, run_sandbox):
    first = sandbox_of(project, "--as", "ann", "--as", "bo:keepers")
    backend = first.ready()
    assert set(first.links()) == {"ann", "bo"}
    ann = sign_in(backend, "ann@example.com")
    for number in range(20):
        add(backend, ann, f"Note {number:02}")
    # Nobody else serves the project meanwhile.
    refused = run_sandbox(project, "--reset", "--once", "--", "node", "--version")
    assert refused.returncode == 1
    assert f"serves this project already: {first.links()['ann']}" in refused.stderr
    assert backend in (project / OUTPUTS).read_text().replace("HTTP:", "http:")
    servers = descendants(first.process.pid)
    assert servers
    first.end(signal.SIGKILL)
    # What it started sees that it is gone.
    assert gone(servers)

    second = sandbox_of(project, "--as", "cy:keepers")
    backend = second.ready()
    assert len(texts(backend, sign_in(backend, "cy@example.com"))) == 20
    bo = sign_in(backend, "bo@example.com")
    assert len(texts(backend, bo)) == 20
    assert "errors" in ask(backend, bo, "mutation { createNote(input: {}) { id } }").json
    servers = descendants(second.process.pid)
    assert second.end(signal.SIGINT) == 0
    assert gone(servers)
    assert not (project / OUTPUTS).exists()

    third = sandbox_of(project, "--as", "ann", "--reset")
    backend = third.ready()
    assert texts(backend, sign_in(backend, "ann@example.com")) == []
    servers = descendants(third.process.pid)
    assert third.end(signal.SIGTERM) == 0
    assert gone(servers)


def test_changes_are_served_and_broken_ones_are_not(project, sandbox_of):
    running = sandbox_of(project, "--as", "ann")
    backend = running.ready()
    ann = sign_in(backend, "ann@example.com")
    add(backend, ann, "Kept")
    resource = project / "amplify" / "data" / "resource.ts"
    right = resource.read_text()
    resource.write_text(right.replace("a.string()", "a.strin()"))
    said = running.hear("is still served")
    assert "amplify/data/resource.ts:" in said
    assert "strin is not a function" in said
    assert "\\n" not in said
    assert texts(backend, ann) == ["Kept"]
    more = right.replace("text: a.string()", "place: a.string(),\n      text: a.string()")
    resource.write_text(more)
    query = "{ listNotes { items { text place } } }"
    assert answered(backend, ann, query) == {
        "data": {"listNotes": {"items": [{"text": "Kept", "place": None}]}}
    }
    running.hear("the backend is served as it is now")


def test_a_change_of_the_pattern_generates_again(project, sandbox_of, environment):
    pattern = project.parent / "notes.yml"
    text = PATTERN.read_text()
    pattern.write_text(text)
    command = ["generate", "../notes.yml"]
    subprocess.run(
        [sys.executable, "-m", "ace_flow", *command], cwd=project, env=environment, check=True
    )
    running = sandbox_of(project, "--as", "ann")
    backend = running.ready()
    ann = sign_in(backend, "ann@example.com")
    pattern.write_text(text.replace("required: true", "required: sometimes"))
    assert "notes.yml:10:" in running.hear("required")
    pattern.write_text(
        text.replace("required: true}", "required: true}\n      - {name: place, type: string}")
    )
    query = "{ listNotes { items { place } } }"
    assert answered(backend, ann, query) == {"data": {"listNotes": {"items": []}}}


def test_only_who_knows_the_address_and_no_other_page_may_ask(project, sandbox_of):
    running = sandbox_of(project, "--as", "ann")
    backend = running.ready()
    ann = sign_in(backend, "ann@example.com")
    query = {"query": "{ listNotes { items { id } } }"}
    front = running.links()["ann"].split("/.ace-flow")[0]
    for origin in (front, front.replace("ann.", ""), backend.rsplit("/", 2)[0]):
        assert post(backend, query, authorization=ann, origin=origin).status == 200
    for origin in ("https://example.com", "http://localhost:9", "null"):
        assert post(backend, query, authorization=ann, origin=origin).status == 403
    assert post(backend, query, authorization=ann, host="evil.example").status == 403
    secret = backend.split("/")[3]
    for address in (backend.replace(secret, "0" * 32), backend.replace(f"/{secret}", "")):
        assert post(address, query, authorization=ann).status == 404
    # Browsers know all names below `localhost`; other programs may not.
    link = running.links()["ann"].replace("ann.", "")
    assert b"localStorage" in post(link).content
    assert post(link.replace(secret, "0" * 32)).status == 404


def test_outputs_of_another_backend_are_put_back(project, run_sandbox):
    (project / OUTPUTS).write_text(FOREIGN)
    refused = run_sandbox(project, "--once", "--", "node", "--version")
    assert refused.returncode == 1
    assert "amplify_outputs.json points to another backend" in refused.stderr
    assert "--yes" in refused.stderr
    assert (project / OUTPUTS).read_text() == FOREIGN
    program = f"{READ} console.log(readFileSync('{OUTPUTS}', 'utf8').includes('127.0.0.1'))"
    (project / "check.mjs").write_text(program)
    agreed = run_sandbox(project, "--yes", "--once", "--", "node", "check.mjs")
    assert agreed.returncode == 0, agreed.stderr
    assert agreed.stdout == "true\n"
    assert (project / OUTPUTS).read_text() == FOREIGN


def test_outputs_of_another_backend_survive_what_is_killed(project, sandbox_of, run_sandbox):
    (project / OUTPUTS).write_text(FOREIGN)
    running = sandbox_of(project, "--yes")
    running.ready()
    running.end(signal.SIGKILL)
    assert (project / OUTPUTS).read_text() != FOREIGN
    assert run_sandbox(project, "--once", "--", "node", "--version").returncode == 0
    assert (project / OUTPUTS).read_text() == FOREIGN


def test_records_come_from_a_file(project, run_sandbox):
    (project / "seed.yml").write_text("Note: [{text: One}, {text: Two}]")
    done = run_sandbox(project, "--seed", "seed.yml", "--once", "--", "node", "--version")
    assert done.returncode == 0, done.stderr
    kept = (project / ".ace-flow" / "sandbox" / "data" / "tables.jsonl").read_text()
    assert kept.count('"text":{"S":"') == 2
    # They are those of whoever is signed in.
    assert kept.count('"owner":{"S":"') == 2
    for content, said in (
        ("Note: [{text: One}, {test: Two}]", "Note[1]: "),
        ("Not: [{text: One}]", "there is no model Not"),
        ("[]", "holds no records"),
        ("Note: [", "seed.yml:1:"),
    ):
        (project / "seed.yml").write_text(content)
        done = run_sandbox(project, "--seed", "seed.yml", "--once", "--", "node", "--version")
        assert done.returncode in {1, 3}
        assert said in done.stderr
        assert not (project / OUTPUTS).exists()


def test_a_broken_backend_is_said_with_its_place(project, run_sandbox):
    resource = project / "amplify" / "data" / "resource.ts"
    resource.write_text(resource.read_text().replace("a.string()", "a.strin()"))
    done = run_sandbox(project, "--once", "--", "node", "--version")
    assert done.returncode == 1
    assert "the backend cannot be synthesized" in done.stderr
    assert "amplify/data/resource.ts:" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (project / OUTPUTS).exists()


def test_what_is_missing_is_said(project, run_sandbox, tmp_path):
    nothing = tmp_path / "empty"
    nothing.mkdir()
    done = run_sandbox(nothing)
    assert done.returncode == 3
    assert "no Amplify Gen 2 project" in done.stderr
    done = run_sandbox(project, PATH=str(nothing))
    assert done.returncode == 3
    assert "`node` is not installed" in done.stderr
    (project / "node_modules" / "tsx").unlink()
    done = run_sandbox(project)
    assert done.returncode == 1
    assert "missing: the packages of the project (tsx)" in done.stderr
    assert "npm ci" in done.stderr
    (project / "package-lock.json").unlink()
    assert "npm install" in run_sandbox(project).stderr


def test_a_port_that_is_taken_is_said_at_once(project, run_sandbox):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = run_sandbox(project, "--port", str(port))
    assert done.returncode == 1
    assert f"port {port} is taken" in done.stderr
    assert not (project / ".ace-flow" / "sandbox" / "assemblies").exists()
    assert not (project / OUTPUTS).exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--once",), "ace sandbox --once -- npm test"),
        (("--", "npm", "test"), "`--once` is missing"),
        (("--as", ":admins"), "names nobody"),
        (("--seed", "none.yml"), "there is no file none.yml"),
    ],
)
def test_wrong_arguments_are_said_before_anything_runs(arguments, said, project, run_sandbox):
    done = run_sandbox(project, *arguments)
    assert done.returncode in {2, 3, 5}
    assert said in done.stderr
    assert not (project / ".ace-flow" / "sandbox").exists()


def test_no_environment_of_aws_is_needed_or_used(project, run_sandbox):
    done = run_sandbox(
        project,
        *("--once", "--", "node", "--version"),
        AWS_PROFILE="nobody",
        AWS_REGION="eu-west-9",
        HOME=os.environ["HOME"],
    )
    assert done.returncode == 0, done.stderr
