"""Pages create records by a mutation where the pattern says so, and change them as before."""

from __future__ import annotations

import pytest

from ace_flow.rendering import render_files
from ace_flow.session import Session

TALKS = """
name: talks
schema:
  models:
    - name: Talk
      fields:
        - {name: title, type: string, required: true}
        - {name: members, type: string, array: true}
      authorization: [{allow: owners, owner_field: members, operations: [read]}]
    - name: Message
      fields:
        - {name: talk, type: belongsTo, model: Talk}
        - {name: talkId, type: id, required: true}
        - {name: members, type: string, array: true}
        - {name: senderId, type: id, required: true}
        - {name: text, type: string, required: true, max_length: 80}
        - {name: isPinned, type: boolean, default: false}
      authorization:
        - {allow: owners, owner_field: members, operations: [read]}
        - {allow: owner, owner_field: senderId, operations: [read, update]}
  mutations:
    - name: sendMessage
      arguments: [ARGUMENTS]
      returns: Message
      handler: function
      authorization: [{allow: groups, groups: [people]}]
      creates: Message
      button: {model: Talk, owner_field: members}
components:
  - {name: Messages, type: chat, models: [Message]}
  - {name: Talks, type: table, models: [Talk]}
  - {name: MessageForm, type: form, models: [Message]}
"""
BUTTON = "      button: {model: Talk, owner_field: members}\n"
TEXT = "{name: text, type: string, required: true}"
TALK = "{name: talkId, type: id, required: true}"


@pytest.fixture
def files(tmp_path):
    """Return what makes a pattern's files, each a text by its path."""

    def make(arguments: str, pattern: str = TALKS) -> dict[str, str]:
        (tmp_path / "talks.yml").write_text(pattern.replace("ARGUMENTS", arguments))
        session = Session(tmp_path)
        found = render_files(session, session.check("./talks.yml"))
        return {file.path: file.content.decode() for file in found}

    return make


def test_the_helper_calls_the_mutation_for_those_who_may(files):
    module = files(f"{TALK}, {TEXT}")["src/data/models/Message.ts"]
    assert "createMessage = (input: Schema['sendMessage']['args']) =>" in module
    assert "client.mutations.sendMessage(input)" in module
    assert "models.Message.create(" not in module
    assert "create: [{ groups: ['people'] }]" in module


def test_a_form_asks_for_arguments_and_then_for_what_may_be_changed(files):
    made = files(f"{TALK}, {TEXT}")
    asked, changed = (made[f"src/forms/Message{kind}.tsx"] for kind in ("Inputs", "ChangeInputs"))
    assert 'name="talkId"' in asked
    assert "maxLength={80}" in asked
    assert "isPinned" not in asked
    assert "isPinned" in changed
    assert "senderId" not in asked + changed


@pytest.mark.parametrize("key", ["", ", {name: id, type: id}"])
def test_a_message_is_known_before_it_is_sent_if_the_mutation_takes_its_id(files, key):
    page = files(f"{TALK}, {TEXT}{key}")["src/components/Messages.tsx"]
    assert "talkId: room.id" in page
    assert ("id: newId()" in page) is bool(key)
    assert ("id: (input) => input.id" in page) is bool(key)


def test_nothing_is_sent_to_a_room_that_the_mutation_does_not_take(files):
    made = files(TEXT, TALKS.replace(BUTTON, ""))
    assert "ChatRooms" not in made["src/components/Messages.tsx"]


def test_a_button_tells_what_the_page_shows_and_asks_for_the_rest(files):
    arguments = f"{TALK}, {TEXT}, {{name: updatedAt, type: datetime, required: true}}"
    told = TALKS.replace("      creates: Message\n", "").partition("  - {name: Messages")[0]
    told += "  - {name: Talks, type: table, models: [Talk]}\n"
    seen = told.replace("{model: Talk,", "{model: Talk, seen: [updatedAt],")
    made = files(arguments, seen)
    commands = made["src/commands/talkCommands.ts"]
    assert "(id, form, record) =>" in commands
    assert "updatedAt: shownText(record, 'updatedAt')" in commands
    assert "updatedAt" not in made["src/commands/SendMessageInputs.tsx"]
    made = files(arguments.replace(f"{TEXT}, ", ""), seen)
    assert "(id, _form, record) =>" in made["src/commands/talkCommands.ts"]
    assert "src/commands/SendMessageInputs.tsx" not in made


def test_a_button_is_for_those_whom_the_record_names(files):
    commands = files(f"{TALK}, {TEXT}")["src/commands/talkCommands.ts"]
    assert "rules: [{ owner: 'members' }]" in commands


PAYING = """
name: paying
schema:
  types:
    - name: Payment
      fields:
        - {name: amounts, type: url, array: true}
        - {name: page, type: url}
        - {name: message, type: string}
  models: [{name: Bill, fields: [{name: title, type: string}]}]
  mutations:
    - name: pay
      arguments: [{name: billId, type: id}]
      returns: ARGUMENTS
      handler: function
      authorization: [{allow: authenticated}]
      button: {model: Bill}
components: [{name: Bills, type: table, models: [Bill]}]
"""


@pytest.mark.parametrize(("returns", "is_used"), [("Payment", True), ("string", False)])
def test_a_button_opens_and_says_what_its_result_holds(files, returns, is_used):
    commands = files(returns, PAYING)["src/commands/billCommands.ts"]
    assert ("opens: 'page'" in commands) is is_used
    assert ("says: 'message'" in commands) is is_used
