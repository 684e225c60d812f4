"""`ace show-pattern` of what a pattern has beyond models, and the files that belong to it."""

from __future__ import annotations

WEBSHOP = """\
    name: webshop
    auth:
      login_with: [email]
      attributes: {birthdate: {required: true}, "custom:age": {type: number, mutable: false}}
      social: [google]
      mfa: {mode: optional, totp: true}
    storage:
      paths:
        pictures/{entity_id}/*:
          - {allow: owner, operations: [read, write]}
          - {allow: groups, groups: [sales, audit], operations: [read]}
    functions:
      - name: sendBills
        schedule: [every day, every week]
        environment: {SENDER: shop@example.com}
        secrets: [MAIL_KEY]
        access: {data: [query], storage: {"pictures/{entity_id}/*": [read]}}
      - {name: webhook, url: true, source: webhook.ts}
    schema:
      models: [{name: Order, fields: [{name: number, type: string}]}]
      queries:
        - name: find
          arguments: [{name: text, type: string, required: true}]
          returns: Order
          array: true
          required: true
          handler: {resolver: find.js, data_source: Order}
          authorization: [{allow: groups, groups: [sales]}, {allow: public_api_key}]
      mutations:
        - {name: pay, returns: Order, handler: function, authorization: [{allow: authenticated}]}
      subscriptions:
        - {name: onPay, for: [pay, createOrder], authorization: [{allow: authenticated}]}
      generations:
        - name: describe
          ai_model: Claude Sonnet 4.5
          system_prompt: Describe it.
          returns: string
          authorization: [{allow: authenticated}]
      conversations:
        - name: assistant
          ai_model: Claude Sonnet 4.5
          system_prompt: Help.
          tools: [{name: orders, description: Lists orders, model: Order}]
    """
SHOWN = """
query find: Order list, always
    text: string, required
    answered by resolver find.js on Order
    allow groups sales; public_api_key

mutation pay: Order
    answered by function pay
    allow authenticated

subscription onPay: what pay, createOrder give
    allow authenticated

generation describe: string
    asks Claude Sonnet 4.5
    allow authenticated

conversation assistant with Claude Sonnet 4.5
    tool orders: Order

function sendBills
    runs every day, every week
    may query the API
    may read pictures/{entity_id}/*
    SENDER: shop@example.com
    secrets MAIL_KEY

function webhook
    answers HTTP requests
    handler webhook.ts

function pay +

sign-in
    with email, google
    birthdate: required
    custom:age: number, never changes
    second factor optional: totp

storage files
    pictures/{entity_id}/* allow owner: read, write; groups sales, audit: read
"""


def shop(write):
    write("webshop.yml", WEBSHOP)
    write("webhook.ts", "export const handler = () => ({ statusCode: 204 });\n")
    write("find.js", "export const request = () => ({});\nexport const response = () => [];\n")


def test_everything_is_shown_a_thing_a_line(cli, write):
    shop(write)
    done = cli("show-pattern", "webshop.yml")
    assert done.out.endswith(SHOWN)


def test_as_json_it_has_the_keys_of_the_format(cli, write):
    shop(write)
    pattern = cli("show-pattern", "webshop.yml", "--json").json["pattern"]
    assert pattern["queries"][0]["handler"] == {"resolver": "find.js", "data_source": "Order"}
    assert pattern["mutations"][0]["handler"] == {"function": "pay"}
    assert pattern["subscriptions"][0]["sources"] == ["pay", "createOrder"]
    assert pattern["functions"][0]["environment"] == {"SENDER": "shop@example.com"}
    assert pattern["functions"][0]["access"] == {
        "data": ["query"],
        "storage": {"pictures/{entity_id}/*": ["read"]},
    }
    assert pattern["sign_in"]["mfa"] == {"mode": "optional", "totp": True}
    assert pattern["storage"]["paths"][0]["path"] == "pictures/{entity_id}/*"


def test_a_registered_pattern_keeps_the_handlers_it_brings(cli, write, trusting, tmp_path):
    shop(write)
    cli("register-pattern", "webshop.yml")
    for name in ("webhook.ts", "find.js", "webshop.yml"):
        (tmp_path / name).unlink()
    trusting("webshop", tmp_path)
    done = cli("generate", "webshop", "--output", "out")
    assert done.code == 0, done.err
    assert "204" in (tmp_path / "out/amplify/functions/webhook/handler.ts").read_text()
    assert "request" in (tmp_path / "out/amplify/data/resolvers/find.js").read_text()


def test_a_changed_handler_is_a_revision(cli, write):
    shop(write)
    assert cli("register-pattern", "webshop.yml", "--json").json["revision"] == 1
    write("webhook.ts", "export const handler = () => ({ statusCode: 200 });\n")
    assert cli("register-pattern", "webshop.yml", "--json").json["revision"] == 2
