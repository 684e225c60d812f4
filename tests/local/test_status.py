"""The page that shows a local backend, used in Chromium by what people find there."""

from __future__ import annotations

import re
import subprocess
import urllib.error
import urllib.request

import pytest
from accessibility import findings
from backend import post
from playwright.sync_api import expect
from test_sandbox import add, ask, sign_in, target
from visits import Visit

pytestmark = [pytest.mark.toolchain, pytest.mark.xdist_group("sandbox")]

HOSTILE = "<img src=x onerror=alert(1)><script>alert(2)</script>"
PARTS = ("Overview", "Users", "Requests", "Records")


@pytest.fixture(scope="module")
def backend(served):
    return served.ready()


@pytest.fixture(scope="module")
def origin(backend):
    return backend.removesuffix("graphql")


@pytest.fixture(scope="module")
def people(backend):
    """Return the tokens of ann, and of bo, who is a keeper."""
    return {name: sign_in(backend, f"{name}@example.com") for name in ("ann", "bo")}


@pytest.fixture
def visit(browser, origin):
    """Open a part of the page; nothing may go wrong there unseen."""
    opened = []

    def go(part, **context):
        window = Visit(browser, origin, None, context)
        opened.append(window)
        window.page.on("dialog", lambda dialog: dialog.accept())
        window.go(f"#{part.lower()}")
        window.see("heading", part)
        return window

    yield go
    for window in opened:
        with window:
            pass


def get(address, **headers):
    request = urllib.request.Request(address, headers=headers)  # noqa: S310 it is ours
    try:
        with urllib.request.urlopen(request) as response:  # noqa: S310 the same
            return response.status, response.headers
    except urllib.error.HTTPError as error:
        return error.code, error.headers


def newest(window):
    """Return what the row of the newest request says."""
    return window.page.get_by_role("region", name="Requests").get_by_role("row").nth(1)


def test_says_what_there_is(served, visit, backend, people):
    add(backend, people["ann"], "Counted")
    window = visit("Overview")
    models = window.page.get_by_role("region", name="Models")
    expect(models.get_by_role("row", name=re.compile(r"^Note \d+$"))).to_be_visible()
    expect(window.page.get_by_text("user pool, IAM")).to_be_visible()
    for name, address in served.links().items():
        link = window.see("link", f"Open as {name}@example.com")
        assert link.get_attribute("href") == address
    models.get_by_role("link", name="Note").click()
    window.see("heading", "Records")
    expect(window.page.get_by_role("combobox", name="Model")).to_have_value("Note")


def test_a_link_signs_in(visit):
    window = visit("Overview")
    href = window.see("link", "Open as ann@example.com").get_attribute("href")
    status, _ = get(href.replace("ann.", ""))
    assert status == 200


def test_users_are_added_changed_and_removed(visit, backend):
    window = visit("Users")
    page = window.page
    expect(page.get_by_text("The groups of this backend: keepers.")).to_be_visible()
    page.get_by_label("Name or address").fill("cy")
    page.get_by_label("Groups of the new user").fill("keepers")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_have_text("Added cy.")
    window.see("heading", "cy@example.com")
    cy = sign_in(backend, "cy@example.com")
    assert "errors" not in ask(backend, cy, "{ listNotes { items { id } } }").json

    page.get_by_label("Groups of cy@example.com").fill("keepers, heads")
    window.see("button", "Save groups of cy@example.com").click()
    expect(page.get_by_role("status")).to_contain_text("Saved.")
    expect(page.get_by_role("button", name="Save groups of cy@example.com")).to_be_focused()
    page.reload()
    expect(page.get_by_label("Groups of cy@example.com")).to_have_value("keepers, heads")

    page.get_by_label("Name or address").fill("cy")
    window.see("button", "Add user").click()
    expect(page.get_by_role("status")).to_have_text("Not done: cy is there already")
    window.forgive("400 (Bad Request)")

    window.see("button", "Remove cy@example.com").click()
    expect(page.get_by_role("status")).to_have_text("Removed cy@example.com.")
    expect(page.get_by_role("heading", name="cy@example.com")).to_have_count(0)
    refused = {"AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": {"USERNAME": "cy@example.com"}}
    answer = post(backend.removesuffix("/graphql"), refused, **target("InitiateAuth"))
    assert answer.status == 400


def test_codes_that_would_be_sent_are_shown(served, visit, backend):
    window = visit("Users")
    asked = {"Username": "bo@example.com"}
    post(backend.removesuffix("/graphql"), asked, **target("ForgotPassword"))
    code = re.search(r"bo@example\.com is (\d{6})", served.hear("The code for"))
    assert code
    expect(window.page.get_by_text(f"the code sent to them: {code[1]}")).to_be_visible()


LISTEN = """
import WebSocket from 'ws';
const [address] = process.argv.slice(1);
const socket = new WebSocket(`${address}/realtime?header=e30=&payload=e30=`, 'graphql-ws');
socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init' })));
socket.on('message', (data) => {
  console.log(String(data));
  socket.close();
});
"""


def listen(backend, toolbox):
    """Ask for what is new without saying who asks; return the answer."""
    address = backend.replace("http:", "ws:")
    command = ["node", "--input-type=module", "--eval", LISTEN, address]
    done = subprocess.run(command, cwd=toolbox, capture_output=True, text=True, check=True)
    return done.stdout


def test_requests_are_said_with_the_rule_that_decided(visit, backend, people, toolbox):
    window = visit("Requests")
    page = window.page
    ann, bo = people["ann"], people["bo"]

    def says(*texts):
        row = newest(window)
        for text in texts:
            expect(row).to_contain_text(text)

    made = ask(backend, ann, 'mutation { createNote(input: { text: "Mine" }) { id } }').json
    says("ann@example.com", "mutation createNote", "allowed: owner (owner) may create", "ok")
    mine = made["data"]["createNote"]["id"]
    ask(backend, bo, f'{{ getNote(id: "{mine}") {{ text }} }}')
    says("bo@example.com", "query getNote", "allowed: groups keepers may read")
    change = f'mutation {{ updateNote(input: {{ id: "{mine}", text: "Bo" }}) {{ id }} }}'
    ask(backend, bo, change)
    says("updateNote", "denied: no rule of Note lets bo@example.com update this record")
    says("Unauthorized on [text]")
    ask(backend, ann, change)
    says("updateNote", "allowed: owner (owner) may update")
    ask(backend, ann, "{ listNotes { items { id } } }")
    says("listNotes", "allowed, filtered by record: owner (owner) may read")
    ask(backend, ann, f'mutation {{ deleteNote(input: {{ id: "{mine}" }}) {{ id }} }}')
    says("deleteNote", "allowed: owner (owner) may delete")
    ask(backend, ann, "{ nothing }")
    says("refused", "'nothing'")
    assert post(backend, {"query": "{ listNotes { items { id } } }"}).status == 401
    says("nobody", "Valid authorization header not provided.")
    ask(backend, ann, "{ listNotes { items { id } } }")
    says("listNotes")
    assert "UnauthorizedException" in listen(backend, toolbox)
    says("nobody", "Valid authorization header not provided.")
    times = (
        page.get_by_role("region", name="Requests")
        .locator("time")
        .evaluate_all("all => all.map(({ dateTime }) => dateTime)")
    )
    assert len(times) >= 8
    assert times == sorted(times, reverse=True)


def test_records_are_shown_by_pages_and_found(visit, backend, people):
    for number in range(30):
        add(backend, people["bo"], f"Numbered {number:02}")
    window = visit("Records")
    page = window.page
    table = page.get_by_role("region", name="Records")
    page.get_by_label("Text", exact=True).fill("numbered")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("1\N{EN DASH}25 of 30; ")
    expect(table.get_by_role("row")).to_have_count(26)
    expect(table).to_contain_text("Numbered 29")
    window.see("button", "Next page").click()
    expect(page.get_by_role("status")).to_contain_text("26\N{EN DASH}30 of 30")
    expect(table.get_by_role("row")).to_have_count(6)
    expect(table).to_contain_text("Numbered 00")
    expect(page.get_by_role("button", name="Next page")).to_be_disabled()
    window.see("button", "Previous page").click()
    expect(table.get_by_role("row")).to_have_count(26)


def test_a_record_is_changed_and_deleted(visit, backend, people):
    add(backend, people["ann"], "To be changed")
    window = visit("Records")
    page = window.page
    table = page.get_by_role("region", name="Records")
    page.get_by_label("Text", exact=True).fill("To be changed")
    window.see("button", "Show").click()
    row = table.get_by_role("row", name=re.compile("To be changed"))
    row.get_by_role("button").focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name=re.compile("^Note "))
    json = dialog.get_by_label("As JSON")
    assert '"owner": "' in json.input_value()

    json.fill(json.input_value().replace("To be changed", "Changed by hand"))
    dialog.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_have_text("Saved.")
    expect(dialog).to_be_hidden()
    texts = ask(backend, people["ann"], "{ listNotes { items { text } } }").content.decode()
    assert "Changed by hand" in texts
    assert "To be changed" not in texts

    page.get_by_label("Text", exact=True).fill("by hand")
    window.see("button", "Show").click()
    table.get_by_role("row", name=re.compile("Changed by hand")).get_by_role("button").click()
    json.fill(json.input_value().replace('"text": "Changed by hand"', '"text": 5'))
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_role("alert")).to_contain_text("invalid value")
    window.forgive("400 (Bad Request)")
    json.fill("{")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog.get_by_role("alert")).to_contain_text("JSON")

    dialog.get_by_role("button", name="Delete").click()
    expect(page.get_by_role("status")).to_have_text("Deleted.")
    expect(table.get_by_role("row")).to_have_count(1)
    texts = ask(backend, people["ann"], "{ listNotes { items { text } } }").content.decode()
    assert "by hand" not in texts


def test_texts_stay_texts(visit, backend, people, origin):
    own = origin.split("/", 3)
    sent = {"name": "<b>eve</b>", "groups": []}
    headers = {"origin": "/".join(own[:3])}
    assert post(f"{origin}status/users/add", sent, **headers).status == 200
    add(backend, people["ann"], HOSTILE)
    ask(backend, people["ann"], f'{{ {"x" * 5}(a: "{HOSTILE}") }}')
    for part in PARTS:
        window = visit(part)
        window.page.wait_for_timeout(300)
        assert window.page.locator("img, b, main script").count() == 0
    expect(window.page.get_by_role("region", name="Records")).to_contain_text(HOSTILE)
    users = visit("Users")
    users.see("heading", "<b>eve</b>@example.com").is_visible()
    users.see("button", "Remove <b>eve</b>@example.com").click()
    expect(users.page.get_by_role("status")).to_contain_text("Removed")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("part", PARTS)
def test_everybody_can_use_it(visit, toolbox, backend, people, part, scheme):
    add(backend, people["ann"], "A text without a place to break: " + "a" * 300)
    # axe itself is nothing that the page's policy lets in.
    context = {"bypass_csp": True, "color_scheme": scheme}
    window = visit(part, viewport={"width": 360, "height": 740}, **context)
    window.page.wait_for_timeout(300)
    assert findings(window.page, toolbox / "node_modules") == []
    width = window.page.evaluate("document.documentElement.scrollWidth")
    assert width <= 360
    if part == "Records":
        window.page.get_by_role("region", name="Records").get_by_role("button").first.click()
        expect(window.page.get_by_role("dialog")).to_be_visible()
        assert findings(window.page, toolbox / "node_modules") == []
        window.page.keyboard.press("Escape")
        expect(window.page.get_by_role("dialog")).to_be_hidden()


def test_parts_are_reached_by_keyboard(visit):
    window = visit("Overview")
    page = window.page
    # From the part that the address names, backwards.
    for _ in PARTS[2:]:
        page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("link", name="Requests")).to_be_focused()
    page.keyboard.press("Enter")
    expect(window.see("heading", "Requests")).to_be_focused()
    expect(page.get_by_role("link", name="Requests")).to_have_attribute("aria-current", "page")
    page.go_back()
    window.see("heading", "Overview")


def test_only_the_page_itself_may_ask(served, origin):
    front = served.links()["ann"].split("/.ace-flow")[0]
    own = "/".join(origin.split("/", 3)[:3])
    users = f"{origin}status/users"
    assert get(users)[0] == 200
    assert get(users, origin=own)[0] == 200
    for stranger in (front, front.replace("ann.", ""), "http://localhost:9", "null"):
        status, headers = get(users, origin=stranger)
        assert status == 403
        assert post(f"{users}/add", {"name": "x", "groups": []}, origin=stranger).status == 403
    assert "access-control-allow-origin" not in {name.lower() for name in headers}
    assert get(users, **{"sec-fetch-site": "cross-site"})[0] == 403
    # Programs say where a change comes from, as browsers do.
    assert post(f"{users}/add", {"name": "x", "groups": []}).status == 403
    secret = origin.split("/")[3]
    assert get(origin.replace(secret, "0" * 32))[0] == 404
    status, headers = get(origin)
    policy = headers["content-security-policy"]
    assert status == 200
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert get(origin.rstrip("/"))[0] == 200
