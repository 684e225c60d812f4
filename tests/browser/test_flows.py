"""What the built-in patterns are for: an article is published, a cart is ordered."""

from __future__ import annotations

import pytest
from accessibility import findings
from playwright.sync_api import expect
from test_uploads import picture
from visits import Visitor

pytestmark = pytest.mark.toolchain

ANN = Visitor("ann", ("authors",))
EVE = Visitor("eve", ("editors",))
NORA, DORA = Visitor("nora", ("customers",)), Visitor("dora", ("admins",))
VERA = Visitor("vera", ("vendors",))


def give(visit, command, title, **asked):
    """Give a command for a record, and enter what it asks for."""
    visit.see("button", f"{command}: {title}").click()
    dialog = visit.see("dialog", f"{command}: {title}")
    for name, value in asked.items():
        dialog.get_by_label(name.replace("_", " ")).fill(value)
    dialog.get_by_role("button", name=command, exact=True).click()
    expect(dialog).to_have_count(0)
    expect(visit.page.get_by_text(f"{command}: done.")).to_be_visible()


def press(visit, command, title):
    """Give a command that asks nothing."""
    visit.see("button", f"{command}: {title}").click()
    expect(visit.page.get_by_text(f"{command}: done.")).to_be_visible()
    expect(visit.page.get_by_role("dialog")).to_have_count(0)


def begin_article(app):
    """Make an article of Ann's, as the desk's pages would."""
    person = {"name": "Ann", "email": "ann@example.com"}
    profile = app.call(ANN, "introduceAuthor", "name: String!, email: AWSEmail!", **person)
    types = "title: String!, slug: String!, content: String!, authorId: ID!"
    text = {"title": "A pond", "slug": "a-pond", "content": "Dig first.", "authorId": profile}
    app.call(ANN, "beginArticle", types, **text)


def row(visit, title):
    return visit.page.get_by_role("row").filter(has_text=title)


@pytest.mark.xdist_group("content_management")
def test_an_article_goes_from_its_author_to_its_readers(app_of, toolbox):
    app = app_of("content_management")
    begin_article(app)
    author, editor = app.visit("#/article-table", ANN), app.visit("#/article-table", EVE)
    expect(row(editor, "A pond")).to_be_visible()
    # Only the steps that are next are offered, and only to those who take them.
    expect(editor.page.get_by_role("button", name="Publish: A pond")).to_have_count(0)
    give(author, "Submit for review", "A pond")
    expect(row(author, "A pond")).to_contain_text("In review")
    expect(author.page.get_by_role("button", name="Publish: A pond")).to_have_count(0)

    editor.see("button", "Refresh").click()
    editor.see("button", "Return to author: A pond").click()
    dialog = editor.see("dialog", "Return to author: A pond")
    assert findings(editor.page, toolbox / "node_modules") == []
    dialog.get_by_role("button", name="Return to author", exact=True).click()
    expect(dialog.get_by_label("Reason")).to_be_focused()
    dialog.get_by_role("button", name="Cancel").click()
    give(editor, "Return to author", "A pond", Reason="How deep?")

    author.see("button", "Refresh").click()
    expect(row(author, "A pond")).to_contain_text("How deep?")
    give(author, "Submit for review", "A pond")
    editor.see("button", "Refresh").click()
    give(editor, "Publish", "A pond")
    expect(row(editor, "A pond")).to_contain_text("Published")
    reader = app.visit("#/article-list")
    expect(reader.page.get_by_role("link", name="A pond")).to_be_visible()


@pytest.mark.xdist_group("content_management")
def test_a_comment_goes_from_a_reader_over_a_moderator_to_everybody(app_of, toolbox):
    app = app_of("content_management")
    text = {"language": "en", "title": "A pond", "content": "Dig first."}
    app.seed("PublishedArticle", id="pond", publishedAt="2031-02-01T07:00:00.000Z", **text)
    writer = app.visit("#/article-reader?id=pond", Visitor("ruth"))
    writer.see("button", "Comment: A pond").click()
    dialog = writer.see("dialog", "Comment: A pond")
    assert findings(writer.page, toolbox / "node_modules") == []
    expect(dialog.get_by_role("textbox")).to_have_count(2)
    expect(dialog.get_by_role("combobox")).to_have_count(0)
    dialog.get_by_role("button", name="Cancel").click()
    give(writer, "Comment", "A pond", Content="Mine has frogs.", Author_name="Ruth")
    everybody = app.visit("#/article-reader?id=pond")
    expect(everybody.page.get_by_role("heading", name="A pond", level=1)).to_be_visible()
    expect(everybody.page.get_by_text("Loading")).to_have_count(0)
    expect(everybody.page.get_by_text("Mine has frogs.")).to_have_count(0)
    expect(everybody.page.get_by_role("button", name="Comment: A pond")).to_have_count(0)

    writer.go("#/comment-moderation")
    writer.see("button", "Take back: Mine has frogs.")
    expect(writer.page.get_by_role("button", name="Approve: Mine has frogs.")).to_have_count(0)
    moderator = app.visit("#/comment-moderation", EVE)
    expect(moderator.page.get_by_role("button", name="Take back: Mine")).to_have_count(0)
    give(moderator, "Approve", "Mine has frogs.")
    expect(moderator.page.get_by_role("button", name="Approve: Mine has frogs.")).to_have_count(0)
    everybody.page.reload()
    expect(everybody.page.get_by_text("Mine has frogs.").first).to_be_visible()
    give(moderator, "Reject", "Mine has frogs.")
    everybody.page.reload()
    expect(everybody.page.get_by_role("heading", name="A pond", level=1)).to_be_visible()
    expect(everybody.page.get_by_text("Loading")).to_have_count(0)
    expect(everybody.page.get_by_text("Mine has frogs.")).to_have_count(0)


@pytest.mark.xdist_group("content_management")
def test_a_text_that_was_changed_meanwhile_is_not_published(app_of):
    app = app_of("content_management")
    begin_article(app)
    author, editor = app.visit("#/article-table", ANN), app.visit("#/article-table", EVE)
    give(author, "Submit for review", "A pond")
    editor.see("button", "Refresh").click()
    editor.see("button", "Publish: A pond").click()
    author.see("link", "Edit A pond").click()
    form = author.see("form", "Edit article: A pond")
    form.get_by_label("Content").fill("Ask later.")
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_text("Saved.")).to_be_visible()
    dialog = editor.page.get_by_role("dialog")
    dialog.get_by_role("button", name="Publish", exact=True).click()
    expect(dialog.get_by_role("alert")).to_contain_text("changed since you read it")


@pytest.mark.xdist_group("content_management")
def test_what_was_done_meanwhile_is_said(app_of):
    app = app_of("content_management")
    begin_article(app)
    give(app.visit("#/article-table", ANN), "Submit for review", "A pond")
    one, other = app.visit("#/article-table", EVE), app.visit("#/article-table", EVE)
    other.see("button", "Publish: A pond").click()
    give(one, "Return to author", "A pond", Reason="How deep?")
    dialog = other.page.get_by_role("dialog")
    dialog.get_by_role("button", name="Publish", exact=True).click()
    expect(dialog.get_by_role("alert")).to_be_visible()
    other.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


@pytest.mark.xdist_group("e_commerce")
def test_a_cart_becomes_an_order_that_is_paid(app_of, toolbox):
    # No secret is set: the local backend stands in for the payment provider.
    app = app_of("e_commerce")
    vendor = app.create(DORA, "Vendor", name="Clay", email="clay@example.com")
    mug = {"name": "Mug", "sku": "M", "price": 24, "inventory": 3, "vendorId": vendor}
    app.create(DORA, "Product", **mug)
    visit = app.visit("#/customer-form", NORA)
    visit.page.get_by_label("Name").fill("Nora")
    visit.page.get_by_label("Email").fill("nora@example.com")
    address = {"Recipient": "Nora", "Street": "Main street 1", "Postal code": "12345"}
    for name, value in {**address, "City": "Oslo", "Country": "NO"}.items():
        visit.page.get_by_label(name).fill(value)
    visit.see("button", "Save").click()
    expect(visit.page.get_by_text("Your customer is saved: Nora.")).to_be_visible()
    # Everybody has one such record: the form now changes it.
    visit.go("#/product-grid")
    visit.go("#/customer-form")
    expect(visit.page.get_by_label("City")).to_have_value("Oslo")
    visit.page.get_by_label("Street").fill("Main street 2")
    visit.see("button", "Save").click()
    expect(visit.page.get_by_text("Saved.")).to_be_visible()
    for quantity, choice, becomes in (
        ("2", "Pay $48.00", "Processing"),
        ("1", "Let the bank refuse it", "Cancelled"),
    ):
        visit.go("#/product-grid")
        give(visit, "Add to cart", "Mug", Quantity=quantity)
        visit.go("#/cart-page")
        visit.see("button", "Checkout: My cart").click()
        dialog = visit.see("dialog", "Checkout: My cart")
        dialog.get_by_role("button", name="Checkout", exact=True).click()
        expect(visit.page.get_by_text("Nobody pays anything.")).to_be_visible()
        assert findings(visit.page, toolbox / "node_modules") == []
        # Who goes back finds the same page again.
        visit.see("link", "Back without paying").click()
        pay = visit.page.get_by_role("button", name="Pay: ")
        pay.click()
        visit.page.get_by_role("dialog").get_by_role("button", name="Pay", exact=True).click()
        visit.see("button", choice).click()
        # And from there to the page of the order, where the shop is served.
        expect(visit.page.get_by_text("Main street 2")).to_be_visible()
        expect(visit.page.get_by_text(becomes).first).to_be_visible()
        assert visit.page.url.startswith(app.url)


@pytest.mark.xdist_group("social_platform")
def test_two_members_talk(app_of, toolbox):
    app = app_of("social_platform")
    members = {"alice": "Alice", "bob": "Bob", "eve": "Eve"}
    for name, shown in members.items():
        given = {"userId": f"sub-{name}", "username": name, "displayName": shown}
        app.seed("User", **given)
    mine = app.visit("#/user-profile?id=sub-bob", Visitor("alice"))
    mine.see("button", "Message: Bob").click()
    expect(mine.page.get_by_role("heading", name="Alice and Bob").first).to_be_visible()
    log = mine.page.get_by_role("log")
    expect(log.get_by_text("There is nothing here yet.")).to_be_visible()
    theirs = app.visit("#/messages", Visitor("bob"))
    theirs.page.get_by_role("link", name="Alice and Bob").click()
    theirs.await_subscriptions(3)
    mine.await_subscriptions(3)

    box = mine.page.get_by_label("Content")
    box.fill("Are you there?")
    box.press("Enter")
    expect(box).to_be_focused()
    other = theirs.page.get_by_role("log")
    expect(other.get_by_text("Are you there?")).to_be_visible()
    expect(log.get_by_text("Sending…")).to_have_count(0)
    expect(log.get_by_text("Are you there?")).to_have_count(1)
    expect(other.get_by_role("listitem")).to_contain_text("Alice")
    theirs.page.get_by_label("Content").fill("I am.")
    theirs.page.get_by_label("Content").press("Enter")
    expect(log.get_by_role("listitem")).to_contain_text(["Are you there?", "I am."])
    expect(other.get_by_role("listitem")).to_contain_text(["Are you there?", "I am."])
    assert findings(mine.page, toolbox / "node_modules") == []

    strange = app.visit("#/messages", Visitor("eve"))
    expect(strange.page.get_by_text("There is nothing here yet.")).to_be_visible()
    expect(strange.page.get_by_role("link", name="Alice and Bob")).to_have_count(0)


@pytest.mark.xdist_group("social_platform")
def test_a_member_comments_changes_the_comment_and_leaves(app_of):
    app = app_of("social_platform")
    for name in ("alice", "bob"):
        given = {"userId": f"sub-{name}", "username": name, "displayName": name.title()}
        app.seed("User", **given)
    app.create(Visitor("bob"), "Post", content="Forty loaves", visibility="public")
    mine = app.visit("#/discussion", Visitor("alice"))
    form = mine.see("form", "New comment")
    form.get_by_label("Content").fill("Rye?")
    form.get_by_role("combobox", name="Post").fill("Forty")
    mine.page.get_by_role("option", name="Forty loaves").click()
    form.get_by_role("button", name="Post", exact=True).click()
    comments = mine.see("region", "Comments")
    expect(comments.get_by_text("Rye?")).to_be_visible()
    theirs = app.visit("#/discussion", Visitor("bob"))
    expect(theirs.page.get_by_text("Rye?")).to_be_visible()
    expect(theirs.page.get_by_role("link", name="Edit")).to_have_count(0)

    comments.get_by_role("link", name="Edit").click()
    form = mine.see("form", "Edit comment: Rye?")
    expect(form.get_by_role("combobox")).to_have_count(0)
    form.get_by_label("Content").fill("Rye or wheat?")
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_text("Saved.")).to_be_visible()

    mine.go("#/user-profile?id=sub-bob")
    mine.see("button", "Follow: Bob")
    expect(mine.page.get_by_role("button", name="Delete profile: Bob")).to_have_count(0)
    press(mine, "Follow", "Bob")
    theirs.go("#/follow-list")
    expect(theirs.page.get_by_role("button", name="Remove follower")).to_be_visible()
    expect(theirs.page.get_by_role("button", name="Unfollow")).to_have_count(0)
    mine.go("#/user-profile?id=sub-alice")
    give(mine, "Delete profile", "Alice")
    theirs.go("#/user-profile?id=sub-bob")
    expect(theirs.page.get_by_role("button", name="Delete profile: Bob")).to_be_visible()
    theirs.go("#/follow-list")
    expect(theirs.page.get_by_text("There is nothing here yet")).to_be_visible()


def members(app, *names):
    for name in names:
        given = {"userId": f"sub-{name}", "username": name, "displayName": name.title()}
        app.seed("User", **given)


@pytest.mark.xdist_group("social_platform")
def test_the_feed_is_of_those_whom_one_follows(app_of, toolbox):
    app = app_of("social_platform")
    members(app, "alice", "bob", "carol")
    alice = Visitor("alice")
    for name in ("bob", "carol"):
        app.create(Visitor(name), "Post", content=f"{name} bakes", visibility="public")
    app.call(alice, "followUser", "userId: ID!", userId="sub-bob")
    feed = app.visit("#/social-feed", alice)
    posts = feed.see("region", "Posts")
    expect(posts.get_by_text("bob bakes")).to_be_visible()
    expect(posts.get_by_text("carol bakes")).to_have_count(0)
    # What strangers post is not announced.
    feed.await_subscriptions(5)
    for name in ("carol", "bob"):
        app.create(Visitor(name), "Post", content=f"{name} again", visibility="public")
    posts.get_by_role("button", name="1 new").click()
    expect(posts.get_by_text("bob again")).to_be_visible()
    expect(posts.get_by_text("carol again")).to_have_count(0)
    expect(posts.get_by_role("button", name="show")).to_have_count(0)
    form = feed.see("form", "New post")
    form.get_by_label("Content").fill("Mine")
    form.get_by_role("button", name="Post", exact=True).click()
    expect(posts.get_by_role("listitem")).to_contain_text(["Mine", "bob again", "bob bakes"])
    feed.page.reload()
    expect(posts.get_by_role("listitem")).to_contain_text(["Mine", "bob again", "bob bakes"])
    assert findings(feed.page, toolbox / "node_modules") == []


@pytest.mark.xdist_group("social_platform")
def test_the_feed_goes_on_where_its_page_ended(app_of):
    app = app_of("social_platform")
    members(app, "alice", "bob")
    bob = Visitor("bob")
    for number in range(30):
        moment = f"2031-01-01T00:00:{number:02}.000Z"
        app.seed("Post", content=f"Loaf {number}.", authorId="sub-bob", createdAt=moment)
    feed = app.visit("#/social-feed", bob)
    items = feed.see("region", "Posts").get_by_role("listitem")
    expect(items).to_have_count(25)
    feed.see("region", "Posts").get_by_role("button", name="Load more").click()
    expect(items).to_have_count(30)
    expect(items.last).to_contain_text("Loaf 0.")
    expect(feed.see("region", "Posts").get_by_role("button", name="Load more")).to_have_count(0)


@pytest.mark.xdist_group("social_platform")
def test_a_like_takes_one_press(app_of):
    app = app_of("social_platform")
    members(app, "alice", "bob")
    post = app.create(Visitor("bob"), "Post", content="Forty loaves", visibility="public")
    alice = Visitor("alice")
    app.call(alice, "followUser", "userId: ID!", userId="sub-bob")
    thread = app.visit(f"#/post-thread?id={post}", alice)
    feed = app.visit("#/social-feed", alice)
    press(feed, "Like", "Forty loaves")
    feed.go(f"#/post-thread?id={post}")
    expect(feed.page.get_by_role("term").filter(has_text="Likes count")).to_be_visible()
    feed.page.get_by_role("button", name="Take back: Like").click()
    expect(feed.page.get_by_text("Take back: done.")).to_be_visible()

    # Where it is refused, that is said beside the button, which is there for another attempt.
    feed.go("#/social-feed")
    button = feed.see("button", "Like: Forty loaves")
    feed.page.route("**/graphql", lambda route: route.abort())
    button.click()
    expect(feed.see("region", "Posts").get_by_role("alert")).to_be_visible()
    feed.page.unroute("**/graphql")
    feed.forgive("graphql")
    press(feed, "Like", "Forty loaves")
    # A page of one record knows when somebody deletes it.
    thread.await_subscriptions(3)
    app.remove(Visitor("bob"), "Post", id=post)
    expect(thread.page.get_by_text("This record does not exist")).to_be_visible()
    expect(feed.see("region", "Posts").get_by_role("alert")).to_have_count(0)


@pytest.mark.xdist_group("e_commerce")
def test_those_who_sell_see_what_is_theirs(app_of):
    app = app_of("e_commerce")
    shopper = app.visit("#/order-fulfillment", NORA)
    expect(shopper.page.get_by_text("not allowed")).to_be_visible()
    expect(shopper.see("navigation", "Pages").get_by_role("link")).to_have_text(
        ["Shop", "Search", "Cart", "My orders", "My details"], use_inner_text=True
    )
    # Nobody listens to what is not for them, and whoever offers something has pictures of it.
    visit = app.visit("#/vendor-form", VERA)
    visit.page.get_by_label("Name").fill("Vera")
    visit.page.get_by_label("Email").fill("vera@example.com")
    visit.page.get_by_label("Logo").set_input_files(picture("jug.png"))
    visit.see("button", "Save").click()
    expect(visit.page.get_by_text("Your vendor is saved: Vera.")).to_be_visible()
    expect(visit.page.get_by_role("button", name="Remove logo")).to_be_visible()
    for path in ("product-manager", "vendor-sales"):
        visit.go(f"#/{path}")
        expect(visit.page.get_by_role("heading", level=1)).to_be_visible()
        expect(visit.page.get_by_text("Loading")).to_have_count(0)
        visit.page.wait_for_timeout(500)
