"""Operations, functions, sign-in and storage: composed, completed, shown and read back."""

from __future__ import annotations

import io
from contextlib import redirect_stdout
from pathlib import Path

import pytest
from loading import codes, findings, load_text

from ace_flow.cli.origins import show_origins
from ace_flow.loader.origins import Completed, document_of, leaves
from ace_flow.model import Access, Field

WHOLE = Path(__file__).parents[1] / "toolchain" / "patterns" / "whole_backend.yml"
PARENT = """\
name: base
auth:
  login_with: [email]
  attributes: {birthdate: {required: true}, nickname: {}}
  social: [google]
storage:
  paths:
    public/*: [{allow: guest, operations: [read]}]
    inbox/*: [{allow: authenticated, operations: [write]}]
functions:
  - {name: work, timeout: 20, environment: {AA: one, BB: two}, secrets: [KEY], schedule: every day}
  - {name: other, schedule: every day}
schema:
  models: [{name: Item, fields: [{name: x, type: string}]}]
  queries:
    - name: find
      arguments: [{name: text, type: enum, values: [a, b]}, {name: limit, type: integer}]
      returns: Item
      handler: function
      authorization: [{allow: authenticated}]
  mutations:
    - {name: act, returns: Item, handler: function, authorization: [{allow: authenticated}]}
  conversations:
    - name: chat
      ai_model: Claude Sonnet 4.5
      system_prompt: Talk.
      tools: [{name: items, description: Lists, model: Item}]
"""


def child(text: str):
    return load_text(f"name: test\nextends: base\n{text}", {"base.yml": PARENT}).pattern


def test_operations_merge_by_name_and_their_arguments_too():
    pattern = child(
        """\
schema:
  queries:
    - name: find
      description: Finds
      arguments: [{name: limit, required: true}, {name: text, type: string}, {name: more, type: id}]
    - {name: seek, returns: string, handler: function, authorization: [{allow: guest}]}
"""
    )
    find, seek = pattern.queries
    assert (find.returns, find.description, seek.name) == ("Item", "Finds", "seek")
    assert find.arguments == (
        Field(name="text", type="string"),
        Field(name="limit", type="integer", required=True),
        Field(name="more", type="id"),
    )


def test_a_handler_replaces_the_inherited_one_as_a_whole():
    text = "schema: {{queries: [{{name: find, handler: {}}}]}}"
    handler = child(text.format("{resolver: a.js, data_source: Item}")).queries[0].handler
    assert (handler.function, handler.resolver, handler.data_source) == (None, "a.js", "Item")
    assert child(text.format("work")).queries[0].handler.function == "work"


def test_functions_merge_key_by_key_and_secrets_are_united():
    pattern = child(
        "functions: [{name: work, environment: {BB: three, CC: four}, secrets: [MORE]}]"
    )
    work = pattern.functions[0]
    assert (work.timeout, work.schedule) == (20, ("every day",))
    assert work.environment == {"AA": "one", "BB": "three", "CC": "four"}
    assert work.secrets == ("KEY", "MORE")


def test_sign_in_and_storage_merge_by_attribute_and_path():
    pattern = child(
        """\
auth: {attributes: {nickname: {mutable: false}, address: {}}, social: [apple]}
storage: {name: media, paths: {inbox/*: [{allow: guest, operations: [list]}]}}
"""
    )
    assert [item.name for item in pattern.sign_in.attributes] == [
        "birthdate",
        "nickname",
        "address",
    ]
    assert [item.mutable for item in pattern.sign_in.attributes] == [True, False, True]
    assert pattern.sign_in.social == ("google", "apple")
    assert pattern.storage.name == "media"
    assert [rule.allow for path in pattern.storage.paths for rule in path.rules] == [
        "guest",
        "guest",
    ]


def test_everything_can_be_removed():
    pattern = child(
        """\
remove:
  queries: [find]
  mutations: [act]
  conversations: [chat]
  functions: [other]
  attributes: [nickname]
  storage_paths: [inbox/*]
"""
    )
    assert pattern.queries == pattern.mutations == pattern.conversations == ()
    assert [function.name for function in pattern.functions] == ["work"]
    assert [item.name for item in pattern.sign_in.attributes] == ["birthdate"]
    assert [path.path for path in pattern.storage.paths] == ["public/*"]


def test_what_a_removed_thing_leaves_behind_says_where_it_was_removed():
    text = """\
name: test
extends: base
schema: {subscriptions: [{name: tell, for: [act], authorization: [{allow: authenticated}]}]}
remove: {mutations: [act]}
"""
    (found,) = findings(text, {"base.yml": PARENT})
    assert found.code == "ACE211"
    assert "test.yml:4:22: removed here" in found.related


def test_a_misspelt_operation_is_told_which_was_meant():
    text = "name: test\nextends: base\nschema: {queries: [{name: fnd, description: x}]}\n"
    (found,) = findings(text, {"base.yml": PARENT})
    assert (found.code, found.place) == ("ACE213", "test.yml:3:27")
    assert "did you mean `find`?" in found.hint


def test_a_handler_that_is_nearly_the_word_for_an_own_one_is_told_so():
    (found,) = findings(PARENT.replace("handler: function\n", "handler: functon\n"))
    assert (found.code, found.hint) == ("ACE211", "did you mean `function`?")


def test_parents_that_disagree_about_an_operation_are_found():
    other = PARENT.replace("name: base", "name: other").replace("timeout: 20", "timeout: 25")
    found = findings(
        "name: test\nextends: [base, other]\n", {"base.yml": PARENT, "other.yml": other}
    )
    assert [item.code for item in found] == ["ACE024"]
    assert "functions.work.timeout" in found[0].message


def test_an_operation_brings_its_own_function_once():
    loaded = load_text(PARENT)
    assert [function.name for function in loaded.pattern.functions] == [
        *("work", "other", "find", "act")
    ]
    assert {item.path for item in loaded.additions} >= {"functions.find", "functions.act"}
    assert codes(PARENT) == []


def test_access_is_kept_as_written():
    access = "{data: [query], tables: {A: [read, write]}, storage: {inbox/*: [read]}}"
    work = load_text(PARENT.replace("timeout: 20", f"access: {access}")).pattern.functions[0]
    assert work.access == Access(
        data=("query",), tables={"A": ("read", "write")}, storage={"inbox/*": ("read",)}
    )


def test_groups_alone_say_nothing_of_sign_in():
    assert load_text("name: a\nauth: {groups: [b]}\n").pattern.sign_in is None


def test_a_shown_backend_reads_back():
    loaded = load_text(WHOLE.read_text(encoding="utf-8"))
    shown = io.StringIO()
    with redirect_stdout(shown):
        show_origins(loaded.pattern)
    again = load_text(shown.getvalue())
    assert again.pattern == loaded.pattern
    assert again.additions == ()


def test_a_function_that_was_added_knows_why():
    found = dict(leaves(document_of(load_text(PARENT).pattern)))
    assert found["/functions/2/name"] == Completed("handler of the query find")
    assert found["/schema/queries/0/handler"].line == 19


@pytest.mark.parametrize(
    ("text", "code", "place", "hint"),
    [
        ("schema: {queries: {a: b}}", "ACE011", "2:19", "`- {name: publish, "),
        ("schema: {queries: [a]}", "ACE011", "2:20", "`- {name: publish, "),
        (
            "schema: {queries: [{name: a, arguments: b}]}",
            "ACE011",
            "2:41",
            "`- {name: id, type: id",
        ),
        ("schema: {queries: [{name: a, handlr: b}]}", "ACE010", "2:30", "`handler`"),
        ("schema: {queries: [{name: a, handler: [b]}]}", "ACE011", "2:39", ""),
        (
            "schema: {queries: [{name: a, arguments: [{name: b, type: belongsTo}]}]}",
            "ACE101",
            "2:58",
            "",
        ),
        ("schema: {generations: [{name: a, ai_model: Claude}]}", "ACE013", "2:44", "`Claude "),
        ("functions: [{name: a, timeout: 901}]", "ACE013", "2:32", ""),
        ("functions: [{name: a, memory: 64}]", "ACE013", "2:31", ""),
        ("functions: [{name: a, access: [query]}]", "ACE011", "2:31", "`{data: [query]}`"),
        ("functions: [{name: a, access: {data: query}}]", "ACE011", "2:38", "`[query]`"),
        ("functions: [{name: a, access: {data: [read]}}]", "ACE013", "2:39", "one of"),
        ("functions: [{name: a, environment: {B: 1}}]", "ACE011", "2:40", "quotes"),
        ("functions: [{name: a, url: yes}]", "ACE011", "2:28", "`true`"),
        ("storage: {paths: [a/*]}", "ACE011", "2:18", "`{public/*: "),
        ("storage: {paths: {a/*: guest}}", "ACE011", "2:24", "`- {allow: owner, operations"),
        ("storage: {paths: {a/*: [guest]}}", "ACE011", "2:25", "`- {allow: owner, operations"),
        ("storage: {paths: {a/*: [{allow: guest}]}}", "ACE012", "2:25", "`operations: "),
        (
            "storage: {paths: {a/*: [{allow: gest, operations: [read]}]}}",
            "ACE013",
            "2:33",
            "`guest`",
        ),
        ("auth: {mfa: totp}", "ACE011", "2:13", "`{mode: optional, totp: true}`"),
        ("auth: {mfa: {totp: true}}", "ACE012", "2:13", "`mode: "),
        ("auth: {social: [gogle]}", "ACE013", "2:17", "`google`"),
        ("auth: {attributes: [birthdate]}", "ACE011", "2:20", "`{birthdate: "),
    ],
)
def test_a_wrong_shape_is_found_at_its_place_with_what_would_be_right(text, code, place, hint):
    (found,) = findings(f"name: a\n{text}\n")
    assert (found.code, found.place) == (code, f"test.yml:{place}")
    assert hint in found.hint
