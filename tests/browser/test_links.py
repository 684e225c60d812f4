"""Relations of many to many: chosen in forms of both sides, and shown with the records."""

from __future__ import annotations

import pytest
from accessibility import findings
from playwright.sync_api import expect
from test_uploads import loaded, picture
from visits import Visitor

pytestmark = [pytest.mark.toolchain, pytest.mark.xdist_group("links")]

ANNA, LIBBY = Visitor("anna"), Visitor("libby", ("librarians",))


@pytest.fixture
def app(app_of):
    return app_of("links")


def add(visit, group, text):
    """Find a record in a group's field and choose it."""
    field = visit.see("group", group).get_by_role("combobox")
    field.fill(text)
    visit.page.get_by_role("option", name=text, exact=True).click()
    expect(visit.see("group", group).get_by_role("listitem").filter(has_text=text)).to_be_visible()
    expect(field).to_have_value("")


def chosen(visit, group):
    return visit.see("group", group).get_by_role("listitem")


def saved(visit):
    visit.see("button", "Save").click()
    expect(visit.page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()


def shown(visit, title):
    """Return the related records that a page shows below a title."""
    expect(visit.page.get_by_role("term").filter(has_text=title)).to_be_visible()
    place = visit.page.locator("dl > div").filter(has=visit.page.get_by_text(title, exact=True))
    expect(place.get_by_text("Loading")).to_have_count(0)
    return place.get_by_role("link")


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 360)])
def test_related_records_are_chosen_and_shown(app, toolbox, scheme, width, request):
    for name in ("Frogs", "Moss", "Rivers", "W" * 60):
        app.create(ANNA, "Tag", name=name)
    size = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
    visit = app.visit("#/book-form", ANNA, **size)
    visit.see("textbox", "Title").fill("Ponds")
    for name in ("Frogs", "Moss", "W" * 60):
        add(visit, "Tags", name)
    # What is chosen is not offered again.
    visit.see("group", "Tags").get_by_role("combobox").fill("Frogs")
    expect(visit.page.get_by_text("Nothing is found.")).to_be_visible()
    visit.see("group", "Tags").get_by_role("combobox").fill("")
    assert findings(visit.page, toolbox / "node_modules") == []
    assert visit.page.evaluate("document.documentElement.scrollWidth") <= width
    visit.see("button", "Remove Moss").press("Enter")
    expect(visit.see("group", "Tags").get_by_role("combobox")).to_be_focused()
    saved(visit)
    expect(visit.see("group", "Tags").get_by_role("listitem")).to_have_count(0)

    visit.go("#/book-page")
    visit.see("link", "Ponds").click()
    expect(shown(visit, "Tags")).to_have_text(["Frogs", "W" * 60])
    assert findings(visit.page, toolbox / "node_modules") == []
    visit.see("link", "Edit Ponds").click()
    expect(chosen(visit, "Tags")).to_have_count(2)
    visit.see("button", "Remove Frogs").click()
    add(visit, "Tags", "Rivers")
    saved(visit)
    visit.page.reload()
    expect(chosen(visit, "Tags")).to_have_count(2)
    expect(chosen(visit, "Tags").filter(has_text="Rivers")).to_be_visible()

    # The other side shows and chooses them, too.
    visit.go("#/tag-page")
    visit.see("link", "Rivers").click()
    shown(visit, "Books").click()
    expect(visit.page.get_by_role("heading", name="Ponds", level=1)).to_be_visible()


def test_a_record_is_related_to_others_of_its_kind_and_to_long_keys(app):
    app.create(ANNA, "Book", title="Lakes")
    app.create(ANNA, "Shelf", "room", room="East/1", number=7)
    visit = app.visit("#/book-form", ANNA)
    visit.see("textbox", "Title").fill("Ponds")
    add(visit, "Related", "Lakes")
    saved(visit)
    visit.go("#/book-page")
    visit.see("link", "Ponds").click()
    expect(shown(visit, "Related")).to_have_text(["Lakes"])
    visit.go("#/tag-form")
    visit.see("textbox", "Name").fill("Water")
    add(visit, "Shelves", "East/1")
    saved(visit)
    visit.go("#/tag-page")
    visit.see("link", "Water").click()
    shown(visit, "Shelves").click()
    expect(shown(visit, "Tags")).to_have_text(["Water"])


def test_what_failed_is_said_and_tried_again(app):
    for name in ("Frogs", "Moss"):
        app.create(ANNA, "Tag", name=name)
    visit = app.visit("#/book-form", ANNA)
    visit.see("textbox", "Title").fill("Ponds")
    for name in ("Frogs", "Moss"):
        add(visit, "Tags", name)

    def refuse(route):
        if "createBookTag" in (route.request.post_data or ""):
            route.abort()
        else:
            route.continue_()

    visit.page.route("**/graphql", refuse)
    visit.see("button", "Save").click()
    alert = visit.page.get_by_role("alert").filter(has_text="The record is saved")
    expect(alert).to_contain_text("Frogs")
    visit.page.unroute("**/graphql")
    visit.forgive("graphql")
    visit.see("button", "Try again").click()
    expect(visit.page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    expect(visit.see("textbox", "Title")).to_have_value("")
    expect(alert).to_have_count(0)
    visit.go("#/book-page")
    expect(visit.page.get_by_role("link", name="Ponds")).to_have_count(1)
    visit.see("link", "Ponds").click()
    expect(shown(visit, "Tags")).to_have_text(["Frogs", "Moss"])


def test_only_those_relate_records_who_may(app):
    genre = app.create(LIBBY, "Genre", name="Nature")
    book = app.create(ANNA, "Book", title="Ponds")
    app.create(LIBBY, "BookGenre", bookId=book, genreId=genre)
    visit = app.visit("#/book-form", ANNA)
    visit.see("group", "Tags")
    expect(visit.page.get_by_role("group", name="Genres")).to_have_count(0)
    visit.go(f"#/book-page?id={book}")
    expect(visit.page.get_by_text("Nature")).to_be_visible()
    librarian = app.visit("#/book-form", LIBBY)
    librarian.see("group", "Genres")


def test_several_files_are_uploaded_ordered_and_taken_away(app, toolbox):
    visit = app.visit("#/book-form", ANNA)
    visit.see("textbox", "Title").fill("Ponds")
    visit.page.get_by_label("Documents").set_input_files([picture("one.png"), picture("two.png")])
    program = {"name": "x.exe", "mimeType": "application/x-msdownload", "buffer": b"x"}
    visit.page.get_by_label("Documents").set_input_files([picture("three.png"), program])
    expect(visit.page.get_by_role("alert").filter(has_text="x.exe")).to_be_visible()
    files = visit.see("form", "New book").get_by_role("list").get_by_role("listitem")
    expect(files).to_have_count(3)
    visit.see("button", "Remove two.png").click()
    expect(visit.page.get_by_label("Documents")).to_be_focused()
    visit.see("button", "Move three.png up").click()
    expect(files).to_contain_text(["three.png", "one.png"])
    assert findings(visit.page, toolbox / "node_modules") == []
    saved(visit)
    expect(files).to_have_count(0)

    visit.go("#/book-page")
    visit.see("link", "Ponds").click()
    visit.see("link", "Edit Ponds").click()
    held = visit.see("form", "Edit book: Ponds").get_by_role("list").get_by_role("listitem")
    expect(held).to_have_count(2)
    for place in range(2):
        loaded(held.nth(place).locator("img"))
    visit.see("button", "Remove file 1").click()
    saved(visit)
    visit.page.reload()
    expect(held).to_have_count(1)
    loaded(held.locator("img"))
