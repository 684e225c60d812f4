"""The real Amplify client with a local backend: records, pages, relations, subscriptions."""

from __future__ import annotations

import pytest
from backend import identity

pytestmark = pytest.mark.toolchain


@pytest.fixture(scope="module")
def crud(client_of):
    return client_of("simple_crud")


@pytest.fixture(scope="module")
def special(client_of):
    return client_of("every_rule")


on_simple_crud = pytest.mark.xdist_group("simple_crud")
on_every_rule = pytest.mark.xdist_group("every_rule")


@on_simple_crud
def test_a_record_is_created_read_changed_and_deleted(crud):
    alice = crud.user("alice")
    created = alice.create("Task", title="Write", status="todo", tags=["a", "b"], actualHours=1.5)
    key = {"id": created["id"]}
    assert created["owner"] == "alice"
    assert created["createdAt"] == created["updatedAt"]
    changed = alice.call("Task", "update", {**key, "title": "Rewrite", "tags": None}).data
    assert changed == {
        **created,
        "title": "Rewrite",
        "tags": None,
        "updatedAt": changed["updatedAt"],
    }
    assert changed["updatedAt"] > created["updatedAt"]
    assert alice.call("Task", "get", key).data == changed
    assert alice.call("Task", "delete", key).data == changed
    gone = alice.call("Task", "get", key)
    assert (gone.data, gone.errors) == (None, [])
    assert alice.call("Task", "delete", key).refused
    assert alice.call("Task", "update", {**key, "title": "Again"}).refused


@on_simple_crud
def test_a_value_that_breaks_a_rule_of_its_field_is_refused(crud):
    alice = crud.user("alice")
    for fields in (
        {"title": ""},
        {"title": "x" * 201},
        {"title": "x", "estimatedHours": -1},
        {"title": "x", "dueDate": "2024-02-30"},
        {"title": "x", "status": "unheard-of"},
        {},
    ):
        answer = alice.call("Task", "create", fields)
        assert answer.data is None
        assert len(answer.errors) == 1
        assert not answer.refused


@on_simple_crud
def test_a_thousand_records_are_listed_by_pages_and_each_once(crud):
    alice = crud.user("alice")
    made = {alice.create("Category", name=f"Page {number}")["id"] for number in range(1000)}
    answer = alice.call("Category", "list", limit=300)
    pages = [answer]
    while answer.next_token:
        answer = alice.call("Category", "list", limit=300, nextToken=answer.next_token)
        pages.append(answer)
    found = [row["id"] for page in pages for row in page.data]
    assert [len(page.data) for page in pages] == [300, 300, 300, 100]
    assert len(found) == len(set(found))
    assert set(found) == made


@on_simple_crud
def test_filters_let_through_what_they_say(crud):
    alice = crud.user("alice")
    for name, price, active in (("Nut", 1, True), ("Bolt", 2.5, False), ("Screw", 10, True)):
        alice.create("Product", name=name, sku=f"F-{name}", price=price, isActive=active)
    for condition, names in (
        ({"price": {"gt": 2}}, {"Bolt", "Screw"}),
        ({"price": {"between": [1, 3]}}, {"Nut", "Bolt"}),
        ({"name": {"beginsWith": "S"}}, {"Screw"}),
        ({"name": {"contains": "o"}}, {"Bolt"}),
        ({"name": {"ne": "Nut"}, "isActive": {"eq": True}}, {"Screw"}),
        ({"or": [{"name": {"eq": "Nut"}}, {"price": {"ge": 10}}]}, {"Nut", "Screw"}),
        ({"not": {"isActive": {"eq": True}}}, {"Bolt"}),
        ({"supplier": {"attributeExists": True}}, set()),
    ):
        ours = {"and": [{"sku": {"beginsWith": "F-"}}, condition]}
        answer = alice.call("Product", "list", filter=ours)
        assert {row["name"] for row in answer.data} == names, condition


@on_simple_crud
def test_an_index_finds_and_sorts(crud):
    alice = crud.user("alice")
    dates = ["2031-03-01", "2031-01-01", "2031-02-01"]
    for date in dates:
        alice.create("Task", title=date, status="in_progress", dueDate=date)
    alice.create("Task", title="other", status="completed", dueDate=dates[0])

    def titles(condition, **options):
        given = {"status": "in_progress", **condition}
        answer = alice.call("Task", "listTasksByStatus", given, **options)
        return [row["title"] for row in answer.data], answer.next_token

    assert titles({}) == (sorted(dates), None)
    assert titles({}, sortDirection="DESC") == (sorted(dates, reverse=True), None)
    assert titles({"dueDate": {"gt": "2031-01-31"}}) == (sorted(dates)[1:], None)
    first, token = titles({}, limit=2)
    assert first == sorted(dates)[:2]
    assert titles({}, limit=2, nextToken=token) == (sorted(dates)[2:], None)


@on_simple_crud
def test_relations_are_followed_both_ways(crud):
    alice, bob = crud.user("alice"), crud.user("bob")
    project = alice.create("Project", name="House")
    tasks = [
        alice.create("Task", title=title, projectId=project["id"])["id"]
        for title in ("Roof", "Wall", "Door")
    ]
    alice.create("Task", title="Elsewhere")
    followed = bob.follow("Project", {"id": project["id"]}, "tasks").data
    assert {row["id"] for row in followed} == set(tasks)
    assert bob.follow("Task", {"id": tasks[0]}, "project").data == project
    nested = ["title", "project.name", "project.tasks.title"]
    [row] = bob.call("Task", "list", filter={"id": {"eq": tasks[0]}}, selectionSet=nested).data
    assert row["project"]["name"] == "House"
    assert {task["title"] for task in row["project"]["tasks"]} == {"Roof", "Wall", "Door"}


@on_simple_crud
def test_a_task_is_changed_by_whom_it_is_assigned_to(crud):
    alice, bob, carl = crud.user("alice"), crud.user("bob"), crud.user("carl")
    mine = {"name": "Bob", "email": "bob@example.com", "account": "sub-bob"}
    assert alice.call("User", "create", mine).refused
    key = {"account": bob.create("User", **mine)["account"]}
    task = alice.create("Task", title="Roof", status="todo", assignedToId="sub-bob")
    done = {"id": task["id"], "status": "completed"}
    assert carl.call("Task", "update", done).refused
    assert bob.call("Task", "update", done).data["status"] == "completed"
    assert bob.call("Task", "delete", {"id": task["id"]}).refused
    assert [row["title"] for row in carl.follow("User", key, "assignedTasks").data] == ["Roof"]
    given = {"assignedToId": "sub-bob"}
    found = carl.call("Task", "listTasksByAssignee", given)
    assert ([row["id"] for row in found.data or ()], found.errors) == ([task["id"]], [])
    assert alice.create("Task", title="Wall")["assignedToId"] is None
    assert bob.call("Task", "update", {"id": task["id"], "assignedToId": "sub-carl"}).errors == []
    assert bob.call("Task", "update", {"id": task["id"], "title": "Mine"}).refused


@on_simple_crud
def test_administrators_change_what_others_have_made(crud):
    alice, bob, dora = crud.user("alice"), crud.user("bob"), crud.user("dora", "admins")
    for model, given in (
        ("Project", {"name": "House"}),
        ("Category", {"name": "Wood"}),
        ("Product", {"name": "Nail", "sku": "N"}),
    ):
        key = {"id": alice.create(model, **given)["id"]}
        assert bob.call(model, "delete", key).refused
        assert dora.call(model, "update", {**key, "name": "New"}).data["name"] == "New"
        assert dora.call(model, "delete", key).errors == []
    stock = alice.create("Product", name="Nail", sku="N", quantity=9)
    taken = {"id": stock["id"], "quantity": 8}
    assert bob.call("Product", "update", taken).data["quantity"] == 8


@on_simple_crud
def test_subscribers_are_told_of_what_they_may_see(crud):
    alice, bob, dora = crud.user("alice"), crud.user("bob"), crud.user("dora", "admins")
    told = {
        (who, method): caller.subscribe("Contact", method).data
        for who, caller in (("bob", bob), ("alice", alice), ("dora", dora))
        for method in ("onCreate", "onUpdate", "onDelete")
    }
    created = alice.create("Contact", firstName="Ada", lastName="Lovelace")
    key = {"id": created["id"]}
    changed = alice.call("Contact", "update", {**key, "company": "Engines"}).data
    deleted = alice.call("Contact", "delete", key).data
    for who in ("alice", "dora"):
        assert crud.events(told[who, "onCreate"], 1) == [created]
        assert crud.events(told[who, "onUpdate"], 1) == [changed]
        assert crud.events(told[who, "onDelete"], 1) == [deleted]
    # All are on one socket, and bob's were served first.
    assert [crud.events(told["bob", on]) for on in ("onCreate", "onUpdate", "onDelete")] == [[]] * 3


@on_simple_crud
def test_a_subscriber_may_filter(crud):
    alice = crud.user("alice")
    cheap = alice.subscribe("Product", "onCreate", filter={"price": {"lt": 5}}).data
    for price in (10, 3, 20, 4):
        alice.create("Product", name="Filtered", sku="S", price=price)
    assert [row["price"] for row in crud.events(cheap, 2)] == [3, 4]


@on_simple_crud
def test_guests_may_not_even_subscribe(crud):
    assert crud.guest().subscribe("Contact", "onCreate").refused


@on_every_rule
def test_a_field_may_have_rules_of_its_own(special):
    alice, dora = special.user("alice"), special.user("dora", "admins")
    assert alice.call("Employee", "create", {"name": "Alice", "salary": 1000000}).refused
    key = {"id": alice.call("Employee", "create", {"name": "Alice"}).data["id"]}
    assert dora.call("Employee", "update", {**key, "salary": 1000}).errors == []
    assert dora.call("Employee", "get", key).data["salary"] == 1000
    seen = alice.call("Employee", "get", key)
    assert (seen.data["name"], seen.data["salary"]) == ("Alice", None)
    assert [(error["path"], error["errorType"]) for error in seen.errors] == [
        (["getEmployee", "salary"], "Unauthorized")
    ]


@on_every_rule
def test_a_record_is_known_by_several_fields(special):
    alice = special.user("alice")
    at = [f"2031-01-0{day}T00:00:00.000Z" for day in (2, 1, 3)]
    for taken in at:
        alice.create("Measurement", sensor="s", takenAt=taken, value=1, details='{"a": [1, null]}')
    again = {"sensor": "s", "takenAt": at[0], "value": 2}
    assert alice.call("Measurement", "create", again).data is None
    found = alice.call("Measurement", "get", {"sensor": "s", "takenAt": at[0]}).data
    assert (found["value"], found["details"]) == (1, '{"a":[1,null]}')
    listed = alice.call("Measurement", "list", sensor="s", takenAt={"ge": at[0]}).data
    assert [row["takenAt"] for row in listed] == [at[0], at[2]]


@on_every_rule
def test_an_owner_may_share_a_record(special):
    alice, bob = special.user("alice"), special.user("bob")
    document = alice.create("Document", title="Plan", readers=[identity("bob")])
    key = {"id": document["id"]}
    assert bob.call("Document", "get", key).data["title"] == "Plan"
    assert bob.call("Document", "update", {**key, "title": "Mine"}).refused
    alice.call("Document", "update", {**key, "readers": []})
    assert bob.call("Document", "get", key).refused


@on_every_rule
def test_the_api_key_lets_anybody_read_and_no_more(special):
    special.user("dora", "admins").create("Notice", text="Closed on Monday")
    anybody = special.stranger()
    assert [row["text"] for row in anybody.call("Notice", "list").data] == ["Closed on Monday"]
    assert anybody.call("Notice", "create", {"text": "Closed forever"}).refused
    assert anybody.call("Document", "list").refused
