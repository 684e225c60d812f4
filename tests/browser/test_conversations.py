"""Feeds, chats, editors, wizards, settings and administration, as people use them."""

from __future__ import annotations

import pytest
from accessibility import faults
from backend import identity
from playwright.sync_api import expect
from visits import Visitor

pytestmark = [pytest.mark.toolchain, pytest.mark.xdist_group("conversations")]

ALICE = Visitor("alice")
BOB = Visitor("bob")
EVE = Visitor("eve", ("support", "editors"))
EMAIL = "eve@example.com"


@pytest.fixture
def app(app_of):
    return app_of("conversations")


@pytest.fixture
def channel(app):
    """Make a channel of Alice and Bob with a message by each; return its number."""
    people = [identity("alice"), identity("bob")]
    room = {"channelNumber": 7, "participants": people}
    app.create(ALICE, "Channel", key="number", number=7, title="General", participants=people)
    for number, (visitor, sender) in enumerate(zip((ALICE, BOB), people, strict=True)):
        sent = f"2031-01-0{number + 1}T10:00:00.000Z"
        app.create(visitor, "Message", **room, senderId=sender, body=f"I am {number}", sentAt=sent)
    return 7


@pytest.fixture
def article(app):
    return app.create(EVE, "Article", title="Roofs", content="Old words.", reviewer=EMAIL)


def test_what_others_post_waits_until_it_is_wanted(app):
    member = app.create(ALICE, "Member", name="Alice A.")
    post = {"authorId": member, "mood": "happy", "likes": 0}
    app.create(ALICE, "Post", **post, content="Seen by all", visibility="PUBLIC")
    app.create(ALICE, "Post", **post, content="Seen by few", visibility="unlisted")
    theirs = app.visit("#/feed", BOB)
    expect(theirs.page.get_by_text("Seen by all")).to_be_visible()
    expect(theirs.page.get_by_text("Seen by few")).to_have_count(0)

    visit = app.visit("#/feed", ALICE)
    form = visit.see("form", "New post")
    form.get_by_label("Content").fill("<b>Look</b>\nhttps://example.com/a, javascript:b")
    form.get_by_label("Mood").select_option("Happy")
    form.get_by_role("button", name="Post").click()
    posts = visit.see("region", "Posts")
    expect(posts.get_by_text("<b>Look</b>")).to_be_visible()
    expect(posts.get_by_role("link", name="https://example.com/a", exact=True)).to_be_visible()
    expect(posts.get_by_role("link", name="javascript")).to_have_count(0)

    expect(theirs.page.get_by_text("<b>Look</b>")).to_have_count(0)
    theirs.page.get_by_role("button", name="1 new").click()
    expect(theirs.page.get_by_text("<b>Look</b>")).to_be_visible()
    expect(theirs.page.get_by_role("button", name="Delete")).to_have_count(0)


def test_messages_come_as_they_are_sent(app, channel):
    theirs = app.visit(f"#/chat?channel={channel}", BOB)
    visit = app.visit("#/chat", ALICE)
    visit.see("link", "General").click()
    log = visit.see("log", "General")
    expect(log.get_by_role("listitem")).to_contain_text(["I am 0", "I am 1"])
    box = visit.page.get_by_label("Body")
    box.press_sequentially("One")
    box.press("Shift+Enter")
    box.press_sequentially("Two")
    box.press("Enter")
    expect(box).to_have_value("")
    expect(box).to_be_focused()
    expect(log.get_by_text("One\nTwo")).to_have_count(1)
    expect(theirs.see("log", "General").get_by_text("One\nTwo")).to_be_visible()


def test_a_message_that_was_not_sent_is_sent_again(app, channel):
    visit = app.visit(f"#/chat?channel={channel}", ALICE)
    log = visit.see("log", "General")
    refused = '{"data": null, "errors": [{"message": "The server is tired."}]}'
    visit.page.route("**/graphql", lambda route: route.fulfill(body=refused))
    visit.page.get_by_label("Body").fill("Hello")
    visit.page.get_by_label("Body").press("Enter")
    expect(log.get_by_text("Not sent: The server is tired.")).to_be_visible()
    visit.page.unroute("**/graphql")
    log.get_by_role("button", name="Try again").click()
    expect(log.get_by_text("Not sent")).to_have_count(0)
    expect(log.get_by_text("Hello")).to_have_count(1)


def test_a_draft_is_offered_until_it_is_saved(app, article):
    visit = app.visit(f"#/editor?id={article}", EVE)
    page = visit.page
    form = visit.see("form", "Roofs")
    form.get_by_label("Title").fill("")
    form.get_by_label("Content").fill("New words, three.")
    expect(form.get_by_text("3 words")).to_be_visible()
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(form.get_by_label("Content")).to_have_value("Old words.")
    visit.see("button", "Restore draft").click()
    expect(form.get_by_label("Content")).to_have_value("New words, three.")
    expect(form.get_by_label("Title")).to_have_value("")
    form.get_by_label("Title").fill("Roof")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("Saved.")).to_be_visible()
    page.reload()
    visit.see("form", "Roof")
    expect(page.get_by_text("unsaved draft")).to_have_count(0)


def test_no_draft_is_left_to_whoever_comes_next(app, article):
    visit = app.visit(f"#/editor?id={article}", EVE)
    page = visit.page
    visit.see("form", "Roofs").get_by_label("Content").fill("New words.")
    kept = "Object.keys(localStorage).filter((key) => key.startsWith('draft:')).length"
    assert page.evaluate(kept) == 1
    # Not from the page with the editor, which knows of drafts.
    page.on("dialog", lambda dialog: dialog.accept())
    visit.go("")
    page.reload()
    visit.see("button", "Sign out").click()
    expect(page.get_by_role("banner").get_by_role("link", name="Sign in")).to_be_visible()
    assert page.evaluate(kept) == 0


def test_others_changes_are_not_overwritten_unasked(app, article):
    mine = app.visit(f"#/editor?id={article}", EVE)
    theirs = app.visit(f"#/editor?id={article}", EVE)
    form = mine.see("form", "Roofs")
    form.get_by_label("Content").fill("Mine")
    other = theirs.see("form", "Roofs")
    other.get_by_label("Content").fill("Theirs")
    other.get_by_role("button", name="Save").click()
    expect(other.get_by_text("Saved.")).to_be_visible()
    expect(form.get_by_text("This article was changed meanwhile")).to_be_visible()
    mine.see("button", "Keep mine").click()
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_text("Saved.")).to_be_visible()
    theirs.see("button", "Load the new version").click()
    expect(other.get_by_label("Content")).to_have_value("Mine")


def test_only_those_who_may_can_edit(app, article):
    visit = app.visit(f"#/editor?id={article}", BOB)
    expect(visit.page.get_by_text("You are not allowed to change this article.")).to_be_visible()


def test_an_order_is_made_in_steps(app):
    app.create(ALICE, "Member", name="Carl")
    visit = app.visit("#/wizard", ALICE)
    form = visit.see("form", "New order")
    forward = form.get_by_role("button", name="Next")
    forward.click()
    expect(form.get_by_label("Reference")).to_be_focused()
    form.get_by_label("Reference").fill("A-1")
    form.get_by_label("Placed on").fill("2031-01-31")
    form.get_by_label("Total").fill("12.5")
    forward.click()
    expect(form.get_by_role("heading", name="The essentials, part 2")).to_be_focused()
    form.get_by_label("Phone").fill("12")
    forward.click()
    expect(form.get_by_role("alert")).to_contain_text("Phone")
    form.get_by_label("Phone").fill("+1 555 010 0100")
    forward.click()
    form.get_by_role("combobox", name="Member").fill("Carl")
    visit.page.get_by_role("option", name="Carl").click()
    forward.click()
    form.get_by_role("group", name="Ship to").get_by_label("Street").first.fill("Main street")
    for _ in range(4):
        forward.click()
    for shown in ("A-1", "Jan 31, 2031", "Carl", "Main street"):
        expect(form.get_by_text(shown, exact=True)).to_be_visible()
    visit.see("button", "Change The essentials, part 1").click()
    expect(form.get_by_label("Reference")).to_have_value("A-1")
    while forward.is_visible():
        forward.click()
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_text("Saved.")).to_be_visible()
    expect(form.get_by_label("Reference")).to_have_value("")


def test_settings_are_the_users_own(app):
    visit = app.visit("#/settings", ALICE)
    form = visit.see("form", "Preferences")
    expect(form.get_by_label("Language")).to_have_value("english")
    for name in ("Al", "Ally"):
        form.get_by_label("Nickname").fill(name)
        form.get_by_role("button", name="Save").click()
        expect(form.get_by_text("Saved.")).to_be_visible()
        visit.page.reload()
        expect(form.get_by_label("Nickname")).to_have_value(name)
    theirs = app.visit("#/settings", BOB).see("form", "Preferences")
    expect(theirs.get_by_label("Nickname")).to_have_value("")


def test_administrators_make_and_change_records_on_tabs(app):
    visit = app.visit("#/admin", EVE)
    visit.see("link", "Tickets").click()
    visit.page.get_by_role("link", name="New ticket").first.click()
    visit.page.get_by_label("Title").fill("Fire")
    visit.see("button", "Save").click()
    expect(visit.page.get_by_text("Saved.")).to_be_visible()
    visit.see("link", "Back to the list: Tickets").click()
    visit.see("link", "Edit Fire").click()
    visit.page.get_by_label("Title").fill("Smoke")
    visit.see("button", "Save").click()
    expect(visit.page.get_by_text("Saved.")).to_be_visible()
    visit.see("link", "Back to the list: Tickets").click()
    visit.see("rowheader", "Smoke")


def test_pages_are_accessible_and_fit(app, toolbox, channel, article):
    member = app.create(EVE, "Member", name="E" * 60)
    post = {"authorId": member, "mood": "happy", "likes": 0, "visibility": "PUBLIC"}
    app.create(EVE, "Post", **post, content="word" * 90)
    wrong = []
    for visitor, path, role, name in (
        (EVE, "#/feed", "button", f"Delete {'word' * 15}…"),
        (BOB, "#/chat", "link", "General"),
        (BOB, f"#/chat?channel={channel}", "log", "General"),
        (EVE, f"#/editor?id={article}", "form", "Roofs"),
        (EVE, "#/editor?new=id", "form", "New article"),
        (EVE, "#/wizard", "form", "New order"),
        (EVE, "#/settings", "form", "Preferences"),
        (EVE, "#/admin", "link", "Orders"),
        (EVE, "#/admin?model=ticket&new", "form", "New ticket"),
    ):
        visit = app.visit(path, visitor)
        visit.see(role, name)
        expect(visit.page.get_by_text("Loading")).to_have_count(0)
        wrong += [f"{path}: {one}" for one in faults(visit.page, toolbox / "node_modules")]
    assert wrong == [], "\n".join(wrong)
