"""What is generated for operations, functions, sign-in and storage."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from loading import load_text
from rendering import FOLDER, files_of

from ace_flow.generator import planned_paths
from ace_flow.generator.operations import in_graphql

MODELS = "models: [{name: Item, fields: [{name: x, type: string}]}]"
STAFF = "{allow: groups, groups: [staff]}"
GUESTS = "{allow: guest, operations: [get]}"
CALLERS = "authorization: [{allow: authenticated}]"


def files(text: str, brought: dict[str, bytes] | None = None) -> dict[str, str]:
    return files_of(load_text(f"name: test\n{text}\n").pattern, brought)


def handler(function: str, more: str = "") -> str:
    made = files(f"{MODELS}\nfunctions: [{{name: work, {function}}}]\n{more}")
    return made["amplify/functions/work/handler.ts"]


def answering(returns: str) -> str:
    query = f"{{name: work, returns: Item{returns}, handler: function, {CALLERS}}}"
    made = files(f"{MODELS}\nschema: {{queries: [{query}]}}")
    return made["amplify/functions/work/handler.ts"]


def test_a_pattern_without_functions_has_nothing_of_them():
    made = files(MODELS)
    assert not [path for path in made if "functions" in path]
    assert [path for path in made if path.endswith(".js")] == ["eslint.config.js"]
    assert "amplify/storage/resource.ts" not in made
    assert "functions" not in made["README.md"]
    assert "secret" not in made["README.md"]


@pytest.mark.parametrize(
    ("function", "kind"),
    [
        ("schedule: every day", "EventBridgeHandler<'Scheduled Event', null, void>"),
        ("url: true", "LambdaFunctionURLHandler"),
        ("memory: 128", "Handler<unknown, null>"),
    ],
)
def test_a_handler_has_the_type_of_what_runs_it(function, kind):
    assert f"export const handler: {kind} = (" in handler(function)


def test_the_handler_of_an_operation_gives_nothing_where_that_is_allowed():
    assert "return Promise.resolve(null);" in answering("")
    assert "return Promise.reject(" in answering(", required: true")
    assert "Schema['work']" in answering("")


def test_an_endpoint_refuses_everything_until_it_is_written():
    assert "return Promise.resolve({ statusCode: 501 });" in handler("url: true")


def test_a_function_has_the_api_only_with_access():
    assert "dataClient" not in handler("schedule: every day")
    made = files(
        f"{MODELS}\nfunctions: [{{name: work, schedule: every day, access: {{data: [query]}}}}]"
    )
    assert "dataClient(env)" in made["amplify/functions/work/handler.ts"]
    assert "amplify/functions/data.ts" in made
    assert "allow.resource(work).to(['query'])" in made["amplify/data/resource.ts"]
    assert "AMPLIFY_DATA_DEFAULT_NAME: string;" in made["amplify/functions/env.d.ts"]


def test_a_function_may_use_the_tables_that_are_stated():
    made = files(
        "models: [{name: OrderItem, fields: [{name: x, type: string}]}]\n"
        "functions: [{name: work, url: true, access: {tables: {OrderItem: [get, update]}}},"
        " {name: other, url: true}]"
    )
    grants = [line for line in made["amplify/backend.ts"].splitlines() if "grantTable(" in line]
    assert grants == [
        "grantTable(backend.work, 'ORDER_ITEM_TABLE', tables.OrderItem, ['get', 'update']);"
    ]
    assert made["amplify/functions/env.d.ts"].count("ORDER_ITEM_TABLE: string;") == 1
    assert "resourceGroupName: 'data'" in made["amplify/functions/work/resource.ts"]
    assert "resourceGroupName" not in made["amplify/functions/other/resource.ts"]
    assert '"@aws-sdk/lib-dynamodb"' in made["package.json"]


def test_tables_are_told_when_their_records_expire():
    made = files(
        "models:\n- {name: Visit, ttl: until, fields: [{name: until, type: timestamp}]}\n"
        "- {name: Page, fields: [{name: until, type: timestamp}]}"
    )["amplify/backend.ts"]
    assert "const expiring = { Visit: 'until' };" in made
    assert "timeToLiveAttribute = { attributeName, enabled: true };" in made
    assert "timeToLive" not in files(MODELS)["amplify/backend.ts"]


def test_only_functions_with_tables_bring_what_these_need():
    made = files(f"{MODELS}\nfunctions: [{{name: work, url: true, access: {{data: [query]}}}}]")
    assert "amplify/functions/tables.ts" not in made
    assert "@aws-sdk" not in made["package.json"]
    assert "tables" not in made["amplify/backend.ts"]


def test_a_pattern_makes_more_of_the_worker():
    text = "services: [lambda, sqs]\nfunctions: [{name: worker, memory: 1024, KEYS}]\n" + MODELS
    plain = files(text.replace("functions:", "x-functions:"))
    kept = files(text.replace("KEYS", "environment: {PLACE: here}"))
    own = files(text.replace("KEYS", "source: a.ts"), {"a.ts": b"// ours"})
    folder = "amplify/functions/worker"
    assert kept[f"{folder}/handler.ts"] == plain[f"{folder}/handler.ts"]
    assert own[f"{folder}/handler.ts"] == "// ours"
    for made in (kept, own):
        assert "resourceGroupName: 'services'" in made[f"{folder}/resource.ts"]
        assert "memoryMB: 1024" in made[f"{folder}/resource.ts"]
        assert made["amplify/backend.ts"] == plain["amplify/backend.ts"]
    assert "PLACE: string;" in kept["amplify/functions/env.d.ts"]


def test_what_a_pattern_brings_is_taken_byte_for_byte():
    text = f"""\
{MODELS}
functions: [{{name: doIt, url: true, source: a/b.ts}}]
schema:
  queries:
    - {{name: findIt, returns: Item, handler: {{resolver: r.js, data_source: Item}}, {CALLERS}}}
"""
    brought = {"a/b.ts": b"// {{ x }}\r\n", "r.js": b"// {% y %}"}
    made = files(text, brought)
    assert made["amplify/functions/do-it/handler.ts"] == "// {{ x }}\r\n"
    assert made["amplify/data/resolvers/find-it.js"] == "// {% y %}"
    pattern = load_text(f"name: test\n{text}").pattern
    planned = set(planned_paths(pattern, FOLDER))
    assert {
        "amplify/functions/do-it/handler.ts",
        "amplify/functions/do-it/resource.ts",
        "amplify/data/resolvers/find-it.js",
    } <= planned


def test_files_of_parents_and_children_come_from_their_own_folders(ace, trusting, tmp_path):
    folder = tmp_path / ".ace-flow" / "patterns"
    folder.mkdir(parents=True)
    (folder / "base.yml").write_text(
        f"name: base\n{MODELS}\nfunctions: [{{name: doIt, url: true, source: handlers/a.ts}}]\n"
    )
    (folder / "handlers").mkdir()
    (folder / "handlers" / "a.ts").write_text("// of the parent\n")
    (tmp_path / "child.yml").write_text(
        "name: child\nextends: base\nfunctions: [{name: doIt, memory: 256}]\n"
    )
    trusting("child.yml", tmp_path)
    done = ace("generate", "child.yml", "--output", "out")
    assert done.code == 0, done.err
    written = tmp_path / "out" / "amplify" / "functions" / "do-it" / "handler.ts"
    assert written.read_text() == "// of the parent\n"


def test_a_missing_source_is_found(ace, tmp_path):
    (tmp_path / "a.yml").write_text(
        f"name: a\n{MODELS}\nfunctions: [{{name: doIt, url: true, source: no.ts}}]\n"
    )
    done = ace("validate-pattern", "a.yml")
    assert done.code == 3
    assert "a.yml:3:45: error[ACE170]: there is no file `no.ts`" in done.err


def test_storage_is_there_without_naming_s3_and_s3_without_storage():
    own = files(f"{MODELS}\nstorage: {{paths: {{a/*: [{{allow: guest, operations: [read]}}]}}}}")
    assert "'a/*': [allow.guest.to(['read'])]" in own["amplify/storage/resource.ts"]
    assert "storage" in own["amplify/backend.ts"]
    given = files(f"{MODELS}\nservices: [s3]")
    assert "'private/{entity_id}/*'" in given["amplify/storage/resource.ts"]
    assert "groups" not in given["amplify/storage/resource.ts"]


def test_members_of_groups_see_what_everybody_sees():
    made = files(f"{MODELS}\nservices: [s3]\nauth: {{groups: [a, b]}}")
    shared = made["amplify/storage/resource.ts"].partition("'private/")[0]
    assert "allow.groups(['a', 'b']).to(['read'])" in shared


def test_all_secrets_are_listed_once():
    made = files(
        f"{MODELS}\nauth: {{social: [google]}}\nfunctions: [{{name: work, url: true, secrets: "
        "[KEY]}, {name: other, url: true, secrets: [KEY, MORE]}]"
    )
    assert re.findall(r"secret set (\w+)", made["README.md"]) == [
        *("GOOGLE_CLIENT_ID", "GOOGLE_CLIENT_SECRET", "KEY", "MORE")
    ]


def test_groups_of_callers_and_files_are_created():
    text = f"""\
{MODELS}
storage: {{paths: {{a/*: [{{allow: groups, groups: [files], operations: [read]}}]}}}}
schema:
  queries:
    - name: find
      returns: Item
      handler: function
      authorization: [{{allow: groups, groups: [callers]}}]
"""
    assert "groups: ['callers', 'files']" in files(text)["amplify/auth/resource.ts"]


def test_an_api_of_operations_alone_has_its_data():
    query = f"{{name: work, returns: string, handler: function, {CALLERS}}}"
    made = files(f"schema: {{queries: [{query}]}}")
    assert "work: a" in made["amplify/data/resource.ts"]
    assert "data" in made["amplify/backend.ts"]


def test_subscriptions_share_a_resolver_and_name_a_models_mutations_together():
    tell = f"{{name: tell, for: [createItem, deleteItem], {CALLERS}}}"
    made = files(f"schema: {{{MODELS}, subscriptions: [{tell}]}}".replace("\n", ""))
    data = made["amplify/data/resource.ts"]
    assert ".for(a.ref('Item').mutations(['create', 'delete']))" in data
    assert "./subscription.js" in data
    assert "payload: null" in made["amplify/data/subscription.js"]


_GRAPHQL = {'\\"': '"', "\\\\": "\\", "\\n": "\n", "\\r": "\r", "\\t": "\t"}


@given(text=st.text(st.sampled_from('a"\\\n\r\tn') | st.characters(exclude_categories=["Cs"])))
def test_a_text_in_graphql_is_one_line_and_the_same_text(text):
    encoded = in_graphql(text)
    assert not set("\n\r\t") & set(encoded)
    assert re.fullmatch(r'(?:[^"\\]|\\["\\nrt])*', encoded, re.DOTALL)
    assert re.sub(r"\\.", lambda hit: _GRAPHQL[hit[0]], encoded) == text


@pytest.mark.parametrize(
    ("rules", "shared"),
    [
        (
            f"{STAFF}, {{allow: groups, groups: [guides], operations: [get]}}, {GUESTS}",
            [
                "allow.guest.to(['get'])",
                "allow.authenticated.to(['read'])",
                "allow.groups(['staff']).to(['read', 'write'])",
                "allow.groups(['guides']).to(['read'])",
            ],
        ),
        (
            "{allow: owner}, {allow: groups, groups: [staff], operations: [read]}",
            [
                "allow.authenticated.to(['read'])",
                "allow.groups(['staff']).to(['read', 'write'])",
                "allow.entity('identity').to(['read', 'write', 'delete'])",
            ],
        ),
    ],
)
def test_whoever_makes_records_uploads_their_files(rules, shared):
    fields = "[{name: title, type: string}, {name: photo, type: string}]"
    item = f"{{name: Item, fields: {fields}, authorization: [{rules}]}}"
    made = files(f"services: [s3]\nmodels: [{item}]")["amplify/storage/resource.ts"]
    path = made[made.index("'shared/{entity_id}/*'") : made.index("'private/")]
    assert re.findall(r"allow\.[^\n]+\)(?=,?\n)", path) == shared
