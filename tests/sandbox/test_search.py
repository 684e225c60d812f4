"""Searches by a service: everybody finds what they may read, and nothing else."""

from __future__ import annotations

import pytest
from expected import people
from samples import sample
from test_permissions import OWNER, caller, owned

pytestmark = pytest.mark.toolchain
# What all who may read a note may see of it.
SEEN = ["id", "title"]


@pytest.fixture(scope="module")
def client(client_of):
    return client_of("search")


@pytest.fixture
def note(client):
    """Make a note of anna's with a word that no other has."""
    made = []

    def make(word, **fields):
        made.append(create(client.user("anna"), title=f"Call {word}", **fields))
        return made[-1]

    yield make
    for record in made:
        client.role().call("Note", "delete", {"id": record["id"]})


def create(caller, **fields):
    answer = caller.call("Note", "create", fields, selectionSet=SEEN)
    assert answer.errors == []
    return answer.data


def get(caller, record):
    return caller.call("Note", "get", {"id": record["id"]}, selectionSet=SEEN)


def remove(client, record):
    """Delete a note; its owner may not, who may not read its verdict."""
    answer = client.role().call("Note", "delete", {"id": record["id"]})
    assert answer.errors == []


def update(caller, record, **fields):
    answer = caller.call("Note", "update", {"id": record["id"], **fields}, selectionSet=SEEN)
    assert answer.errors == []


def keys(answer):
    assert answer.errors == []
    return [item["id"] for item in answer.data["items"]]


def test_an_owner_finds_a_record_by_words_of_all_its_texts(client, note):
    record = note("zebra", body="About the crossing", tags=["street"], contact="joe@example.com")
    for text in ("zebra", "ZEBRA call", "crossing zebra", "cross zeb", "street", "joe"):
        assert keys(client.user("anna").query("searchNotes", text=text)) == [record["id"]], text
    for text in ("lion", "zebra lion", "ebra", "", "  "):
        assert keys(client.user("anna").query("searchNotes", text=text)) == [], text


def test_others_find_what_they_may_read(client, note):
    record = note("okapi", readers=["sub-ben::ben"], team="vets")
    finding = [
        client.user("ben"),
        client.user("carla", "vets"),
        client.user("dora", "editors"),
        client.user("anna"),
    ]
    for one in finding:
        assert keys(one.query("searchNotes", text="okapi")) == [record["id"]]
        assert get(one, record).data["title"] == "Call okapi"
    for one in (client.user("eve"), client.user("frank", "auditors")):
        assert get(one, record).refused
        assert keys(one.query("searchNotes", text="okapi")) == []


def test_whoever_may_not_search_is_refused(client, note):
    note("gnu")
    for one in (client.stranger(), client.guest()):
        assert one.query("searchNotes", text="gnu").refused
    assert client.user("anna").query("searchReports", text="gnu").refused
    assert keys(client.user("dora", "auditors").query("searchReports", text="gnu")) == []


def test_a_field_with_rules_of_its_own_is_not_searched(client, note):
    record = note("panda")
    editor = client.user("dora", "editors")
    update(editor, record, verdict="guilty")
    for one in (editor, client.user("anna")):
        assert keys(one.query("searchNotes", text="guilty")) == []


def test_a_search_follows_what_changes(client, note):
    record = note("ibex")
    anna = client.user("anna")
    update(anna, record, title="Call lynx")
    assert keys(anna.query("searchNotes", text="ibex")) == []
    assert keys(anna.query("searchNotes", text="lynx")) == [record["id"]]
    remove(client, record)
    assert keys(anna.query("searchNotes", text="lynx")) == []


def test_pages_follow_each_other_and_tell_nothing_of_others_records(client, note):
    mine = {note("herd", body=str(number))["id"] for number in range(5)}
    for number in range(3):
        create(client.user("ben"), title=f"Ben's herd {number}")
    anna = client.user("anna")
    found, token = [], None
    for size in (2, 2, 1):
        answer = anna.query("searchNotes", text="herd", limit=2, nextToken=token)
        assert len(keys(answer)) == size
        found += keys(answer)
        token = answer.data["nextToken"]
    assert token is None
    assert set(found) == mine
    assert len(found) == len(mine)


@pytest.mark.parametrize("limit", [-1, 0, 100_000])
def test_a_page_has_a_record_at_least_and_a_hundred_at_most(client, note, limit):
    note("crab")
    assert len(keys(client.user("anna").query("searchNotes", text="crab", limit=limit))) == 1


@pytest.mark.parametrize("token", ["-1", "9999", '"1"', "[1]", "x", "1e99", "null", "{}"])
def test_a_token_that_was_never_given_finds_nothing(client, note, token):
    note("toad")
    answer = client.user("anna").query("searchNotes", text="toad", nextToken=token)
    assert answer.errors
    assert not answer.data


@pytest.mark.parametrize(
    "text",
    [
        '"}},{"match_all":{}}',
        "*",
        "owner:* OR _id:*",
        "wolf' OR 1=1",
        "${ctx.identity}",
        "\\",
        "wolf " * 500,
        "__proto__ constructor",
    ],
)
def test_no_text_opens_what_is_anothers(client, note, text):
    note("wolf")
    assert keys(client.user("eve").query("searchNotes", text=text)) == []


def test_everybody_who_is_signed_in_finds_what_everybody_may_read(client):
    record = client.user("anna").create("Folder", name="Shared yak")
    assert keys(client.user("eve").query("searchFolders", text="yak")) == [record["id"]]
    assert client.stranger().query("searchFolders", text="yak").refused


def test_the_public_finds_what_is_public(client):
    anna, eve = client.user("anna"), client.user("eve")
    offer = {"shop": "Corner shop", "number": 7}
    anna.create("Offer", **offer, label="A tin of mole")
    answer = client.stranger().query("searchOffers", text="mole")
    assert answer.data == {"items": [offer], "nextToken": None}
    assert client.stranger().call("Offer", "get", offer).data["label"] == "A tin of mole"
    # As users, people see their own: so says the rule for owners.
    assert anna.query("searchOffers", text="mole").data["items"] == [offer]
    assert eve.query("searchOffers", text="mole").data["items"] == []


def test_claims_that_rules_name_decide(client_of):
    client = client_of("search")
    anna = client.user("anna")
    record = anna.create("Memo", subject="A plain newt")
    assert record["author"] == "anna@example.com"
    assert keys(anna.query("searchMemos", text="newt")) == [record["id"]]
    assert keys(client.user("eve").query("searchMemos", text="newt")) == []
    # These are groups of Amplify's, and no roles.
    assert keys(client.user("eve", "auditors").query("searchMemos", text="newt")) == []


QUERIES = {
    "Note": "searchNotes",
    "Folder": "searchFolders",
    "Page": "searchPages",
    "Offer": "searchOffers",
    "Poster": "searchPosters",
    "Memo": "searchMemos",
    "Report": "searchReports",
}


@pytest.mark.parametrize("name", QUERIES)
def test_everybody_finds_what_a_list_shows_them(client, composed, name):
    pattern = composed("search")
    model = next(item for item in pattern["models"] if item["name"] == name)
    key = model.get("identifier") or ["id"]
    texts = (item["name"] for item in model["members"] if item["type"] == "string")
    title = next(name for name in texts if name not in key)
    # One record names an owner and groups, each in one field; one names nobody.
    named = [{field: value} for field, value in owned(model).items()] + [owned(model), {}]
    for number, whose in enumerate(named):
        fields = {**sample(model, pattern), title: "quokka", **whose}
        fields |= {"number": number} if "number" in fields else {}
        by = client.user(OWNER.name) if number == 0 else client.role()
        made = by.call(name, "create", fields, selectionSet=key)
        if made.errors:
            made = client.role().call(name, "create", fields, selectionSet=key)
        assert made.errors == []
    titled = {title: {"eq": "quokka"}}
    found = {}
    for person in people(pattern):
        by = caller(client, person)
        listed = by.call(name, "list", limit=1000, filter=titled, selectionSet=key)
        answer = by.query(QUERIES[name], text="quok")
        shown = {tuple(row[part] for part in key) for row in listed.data or ()}
        if person.kind == "guest":
            # They reach no service, whatever they may read.
            assert answer.refused
            continue
        assert bool(answer.errors) == answer.refused
        found[person] = {tuple(item.values()) for item in (answer.data or {"items": ()})["items"]}
        assert found[person] == shown, person
    # Some find what others do not, unless all may read all.
    assert any(found.values())
