"""Uploads and galleries, as people use them in a browser."""

from __future__ import annotations

import re
import struct
import zlib

import pytest
from accessibility import faults
from playwright.sync_api import expect
from visits import Visitor

pytestmark = [pytest.mark.toolchain, pytest.mark.xdist_group("files")]

ALICE = Visitor("alice")
BOB = Visitor("bob")
CURATOR = Visitor("carla", ("curators",))
READER = Visitor("vera", ("visitors",))
MEGABYTE = 1024 * 1024
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen" * 2
DENIED = "<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>"


@pytest.fixture
def app(app_of):
    return app_of("files")


def picture(name, colour=(200, 120, 40), size=(160, 120)):
    """Return a file with a picture of one colour."""
    width, height = size

    def chunk(kind, data):
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    rows = (b"\0" + bytes(colour) * width) * height
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", header), (b"IDAT", zlib.compress(rows)), (b"IEND", b""))
    content = b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts)
    return {"name": name, "mimeType": "image/png", "buffer": content}


def film(name, size):
    return {"name": name, "mimeType": "video/mp4", "buffer": bytes(size)}


def choose(visit, *files):
    """Choose files on the page that uploads some, and return its form."""
    form = visit.page.get_by_role("form")
    form.get_by_label("Choose files").set_input_files(files)
    return form


def uploaded(visit, path, *files):
    """Upload files on a page, and wait until they are there."""
    visit.go(path)
    form = choose(visit, *files)
    form.get_by_role("button", name=re.compile("^Upload")).click()
    done = f"{len(files)} of {len(files)} uploaded."
    expect(form.get_by_role("status").filter(has_text=done)).to_be_visible()
    return form


def row(form, name):
    return form.get_by_role("listitem").filter(has_text=name)


def loaded(image):
    """Wait until a picture is there, and not only its frame."""
    expect(image).to_be_visible()
    expect(image).to_have_js_property("naturalWidth", 160)


def test_pictures_are_uploaded_shown_and_deleted(app):
    visit = app.visit("#/photo-gallery", ALICE)
    page = visit.page
    gallery = visit.see("region", "Photos")
    expect(gallery.get_by_text("There is nothing here yet.")).to_be_visible()
    gallery.get_by_role("link", name="New photo").last.click()

    visit.see("heading", "Upload photos")
    form = uploaded(visit, "#/photo-upload", picture("roof.png"), picture("../../door.png"))
    form.get_by_role("link", name="Show them").click()

    loaded(gallery.get_by_role("button", name="Open roof").locator("img"))
    opener = gallery.get_by_role("button", name="Open roof")
    opener.press("Enter")
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name="Close")).to_be_focused()
    loaded(dialog.get_by_role("img", name="roof"))
    page.keyboard.press("ArrowRight")
    loaded(dialog.get_by_role("img", name="door"))
    dialog.get_by_role("button", name="Previous").press("Enter")
    loaded(dialog.get_by_role("img", name="roof"))
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(opener).to_be_focused()

    theirs = app.visit("#/photo-gallery", BOB)
    loaded(theirs.page.get_by_role("button", name="Open roof").locator("img"))
    expect(theirs.page.get_by_role("button", name="Delete")).to_have_count(0)

    with page.expect_request(lambda asked: asked.method == "DELETE" and "/s3/" in asked.url):
        gallery.get_by_role("button", name="Delete roof").click()
        page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(gallery.get_by_role("heading", name="roof")).to_have_count(0)
    expect(gallery.get_by_role("heading", name="door")).to_be_visible()


def test_a_name_cannot_leave_its_folder(app):
    visit = app.visit("#/file-upload", ALICE)
    form = choose(visit, picture("../../../shared/evil.html.png"))
    with visit.page.expect_request(lambda asked: asked.method == "PUT") as sent:
        form.get_by_role("button", name="Upload").click()
    place = r".*/pictures/us-east-1(:|%3A)alice/[-0-9a-f]{36}\.png(\?.*)?"
    assert re.fullmatch(place, sent.value.url)
    expect(row(form, "evil")).to_contain_text("Uploaded")


def test_what_is_not_accepted_is_not_sent(app):
    visit = app.visit("#/photo-upload", ALICE)
    large = {**picture("large.png"), "buffer": bytes(10 * MEGABYTE + 1)}
    page = {"name": "page.png.html", "mimeType": "text/html", "buffer": b"<script>"}
    drawing = {"name": "drawing.svg", "mimeType": "image/svg+xml", "buffer": b"<svg/>"}
    empty = {**picture("empty.png"), "buffer": b""}
    form = choose(visit, large, page, drawing, empty)
    expect(row(form, "large.png")).to_contain_text("larger than 10 MB")
    expect(row(form, "page.png.html")).to_contain_text("not accepted")
    expect(row(form, "drawing.svg")).to_contain_text("not accepted")
    expect(row(form, "empty.png")).to_contain_text("The file is empty.")
    expect(form.get_by_role("button", name="Upload", exact=True)).to_be_disabled()
    form.get_by_role("button", name="Dismiss page.png.html").click()
    expect(form.get_by_role("listitem")).to_have_count(3)


def test_files_are_dropped(app):
    visit = app.visit("#/photo-upload", ALICE)
    visit.see("heading", "Upload photos")
    visit.page.evaluate(
        """() => {
          const data = new DataTransfer();
          data.items.add(new File(['x'], 'dropped.png', { type: 'image/png' }));
          const zone = document.querySelector('.drop-zone');
          zone.dispatchEvent(new DragEvent('dragover', { bubbles: true, dataTransfer: data }));
          zone.dispatchEvent(new DragEvent('drop', { bubbles: true, dataTransfer: data }));
        }"""
    )
    expect(row(visit.page.get_by_role("form"), "dropped.png")).to_contain_text("Ready")


def test_a_large_file_shows_how_far_it_is_and_can_be_cancelled(app):
    visit = app.visit("#/file-upload", ALICE)
    devices = visit.page.context.new_cdp_session(visit.page)
    speed = {"offline": False, "latency": 0, "downloadThroughput": -1}
    devices.send("Network.enable")
    devices.send("Network.emulateNetworkConditions", {**speed, "uploadThroughput": 2 * MEGABYTE})
    form = choose(visit, film("film.mp4", 12 * MEGABYTE))
    form.get_by_role("button", name="Upload").click()
    bar = form.get_by_role("progressbar", name="Uploading film.mp4")
    expect(bar).to_have_attribute("value", re.compile(r"0\.[1-9].*"))
    form.get_by_role("button", name="Cancel film.mp4").click()
    expect(row(form, "film.mp4")).to_contain_text("Ready")
    devices.send("Network.emulateNetworkConditions", {**speed, "uploadThroughput": -1})
    form.get_by_role("button", name="Upload").click()
    expect(row(form, "film.mp4")).to_contain_text("Uploaded")
    visit.go("#/file-gallery")
    visit.page.get_by_role("button", name="Open File of").click()
    expect(visit.page.get_by_role("dialog").get_by_text("MP4")).to_be_visible()


def test_what_is_refused_says_so(app):
    visit = app.visit("#/photo-upload", ALICE)
    visit.page.route(
        "**/s3/**",
        lambda route: route.fulfill(
            status=403, body=DENIED, headers={"access-control-allow-origin": "*"}
        ),
    )
    form = choose(visit, picture("roof.png"))
    form.get_by_role("button", name="Upload").click()
    expect(form.get_by_role("alert")).to_contain_text("You are not allowed to do this.")
    visit.forgive("403")


def test_without_a_connection_a_file_waits_for_it(app):
    visit = app.visit("#/photo-upload", ALICE)
    form = choose(visit, picture("roof.png"))
    visit.page.context.set_offline(True)
    form.get_by_role("button", name="Upload").click()
    expect(form.get_by_role("alert")).to_contain_text("There is no connection.", timeout=20_000)
    visit.page.context.set_offline(False)
    expect(row(form, "roof.png")).to_contain_text("Uploaded")
    visit.forgive("ERR_INTERNET_DISCONNECTED")
    visit.forgive("Network Error")


def test_groups_have_the_rights_of_their_own(app):
    mine = app.visit("#/file-upload", CURATOR)
    uploaded(mine, "#/file-upload", picture("roof.png"))
    theirs = app.visit("#/file-upload", READER)
    expect(theirs.page.get_by_role("alert")).to_contain_text("You are not allowed to upload files.")
    theirs.go("#/file-gallery")
    loaded(theirs.page.get_by_role("button", name="Open File of").locator("img"))
    expect(theirs.page.get_by_role("link", name="Upload files")).to_have_count(0)
    expect(theirs.page.get_by_role("button", name="Delete")).to_have_count(0)
    mine.go("#/file-gallery")
    mine.page.get_by_role("button", name="Delete File of").click()
    mine.page.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(mine.page.get_by_text("There is nothing here yet.")).to_be_visible()


def test_who_is_not_signed_in_is_asked_to(app):
    for path in ("#/file-upload", "#/file-gallery", "#/photo-gallery"):
        app.visit(path).see("button", "Sign in")


def test_what_a_record_needs_besides_is_asked_for(app):
    photo = app.create(ALICE, "Photo", title="House", image="pictures/none.png")
    visit = app.visit("#/mixed-upload", ALICE)
    form = visit.see("form", "Upload contracts")
    paper = {"name": "lease.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-"}
    form.get_by_label("Choose files").set_input_files([paper])
    form.get_by_role("button", name="Upload").click()
    expect(row(form, "lease.pdf")).to_contain_text("Ready")
    form.get_by_label("Quality").select_option("Print")
    form.get_by_role("combobox", name="Photo").click()
    visit.page.get_by_role("option", name="House").click()
    form.get_by_role("button", name="Upload").click()
    expect(row(form, "lease.pdf")).to_contain_text("Uploaded")
    visit.go("#/mixed-gallery")
    contracts = visit.see("region", "Contracts")
    contracts.get_by_role("button", name="Open lease.pdf").click()
    expect(visit.page.get_by_role("dialog").get_by_text("PDF", exact=True)).to_be_visible()
    assert photo
    visit.go("#/contract-detail")
    visit.page.locator("main").get_by_role("link", name="lease.pdf").click()
    file = visit.see("article", "lease.pdf").get_by_role("link", name="(PDF)")
    expect(file).to_have_attribute("href", re.compile(r"^https://.*/pictures/.*\.pdf\?"))


def test_several_files_are_kept_in_one_record(app):
    visit = app.visit("#/album-upload", ALICE)
    form = visit.see("form", "New album with files")
    form.get_by_label("Content").fill("Summer")
    choose(visit, picture("sea.png"), picture("sand.png"))

    def refuse(route):
        if "createAlbum" not in (route.request.post_data or ""):
            return route.fallback()
        answer = {"data": {"createAlbum": None}, "errors": [{"message": "Too tired."}]}
        return route.fulfill(json=answer, headers={"access-control-allow-origin": "*"})

    visit.page.route("**/graphql", refuse)
    form.get_by_role("button", name="Upload").click()
    expect(form.get_by_text("Too tired.")).to_have_count(2)
    visit.page.unroute("**/graphql")
    form.get_by_role("button", name="Try again").first.click()
    expect(form.get_by_text("2 of 2 uploaded.")).to_be_visible()
    visit.go("#/album-detail")
    visit.page.locator("main").get_by_role("link", name="Summer").click()
    album = visit.see("article", "Summer")
    expect(album.get_by_role("img")).to_have_count(2)
    # Each leads to itself in full size.
    loaded(album.get_by_role("link", name="Photos: Summer (2)").locator("img"))
    visit.go("#/album-feed")
    loaded(visit.page.get_by_role("img", name="Photos: Summer (1)"))
    expect(visit.page.get_by_text("pictures/")).to_have_count(0)


def removed(visit, path=""):
    """Wait for a request that removes a file from the storage."""
    return visit.page.expect_request(
        lambda asked: asked.method == "DELETE" and "/s3/" in asked.url and path in asked.url
    )


def saved_photo(visit):
    """Make a photo with a form, and return the name of its file in the storage."""
    form = visit.see("form", "New photo")
    form.get_by_label("Title").fill("Roof")
    form.get_by_label("Image").first.set_input_files([picture("roof.png")])
    loaded(form.locator(".picture-frame img"))
    with visit.page.expect_request(lambda asked: asked.method == "PUT") as sent:
        form.get_by_role("button", name="Save").click()
    expect(form.get_by_text("Saved.", exact=True)).to_be_visible()
    expect(form.get_by_text("Choose a file")).to_be_visible()
    return sent.value.url.partition("?")[0].rpartition("/")[2]


def open_form(visit, title):
    """Open the form of a record that the gallery shows."""
    visit.go("#/photo-gallery")
    visit.see("link", f"Edit {title}").click()
    return visit.see("form", f"Edit photo: {title}")


def test_a_form_uploads_a_file_and_replaces_it(app):
    visit = app.visit("#/photo-form", ALICE)
    first = saved_photo(visit)
    form = open_form(visit, "Roof")
    loaded(form.locator(".picture-frame img"))
    image = form.locator("input[type=file]")
    image.set_input_files([{"name": "a.exe", "mimeType": "application/x-a", "buffer": b"x"}])
    expect(form.get_by_role("alert")).to_have_text("Files of this type are not accepted.")
    large = {**picture("large.png"), "buffer": bytes(10 * MEGABYTE + 1)}
    image.set_input_files([large])
    expect(form.get_by_role("alert")).to_have_text("The file is larger than 10 MB.")

    image.set_input_files([picture("door.png", (40, 120, 200))])
    expect(form.get_by_text("door.png, ")).to_be_visible()
    remove = form.get_by_role("button", name="Remove door.png")
    remove.press("Enter")
    expect(image).to_be_focused()
    expect(remove).to_have_count(0)
    image.set_input_files([picture("door.png", (40, 120, 200))])
    with removed(visit, first):
        form.get_by_role("button", name="Save").click()
    expect(form.get_by_text("Saved.", exact=True).last).to_be_visible()
    visit.go("#/photo-gallery")
    loaded(visit.page.get_by_role("button", name="Open Roof").locator("img"))


def test_a_file_goes_when_its_record_could_not_be_saved(app):
    visit = app.visit("#/photo-form", ALICE)
    first = saved_photo(visit)
    form = open_form(visit, "Roof")

    def refuse(route):
        if "updatePhoto" not in (route.request.post_data or ""):
            return route.fallback()
        answer = {"data": {"updatePhoto": None}, "errors": [{"message": "Too tired."}]}
        return route.fulfill(json=answer, headers={"access-control-allow-origin": "*"})

    visit.page.route("**/graphql", refuse)
    form.locator("input[type=file]").set_input_files([picture("door.png")])
    with removed(visit) as gone:
        form.get_by_role("button", name="Save").click()
    assert first not in gone.value.url
    expect(form.get_by_text("Too tired.")).to_be_visible()
    visit.page.unroute("**/graphql")
    with removed(visit, first):
        form.get_by_role("button", name="Save").click()
    expect(form.get_by_text("Too tired.")).to_have_count(0)
    visit.go("#/photo-gallery")
    loaded(visit.page.get_by_role("button", name="Open Roof").locator("img"))


def test_a_form_is_not_saved_when_its_upload_is_cancelled(app):
    visit = app.visit("#/portrait-form", ALICE)
    devices = visit.page.context.new_cdp_session(visit.page)
    speed = {"offline": False, "latency": 0, "downloadThroughput": -1}
    devices.send("Network.enable")
    devices.send("Network.emulateNetworkConditions", {**speed, "uploadThroughput": MEGABYTE})
    form = visit.page.get_by_role("form")
    form.get_by_label("Rank").fill("Captain")
    form.get_by_label("Number").fill("1")
    chosen = {**picture("large.png"), "buffer": bytes(9 * MEGABYTE)}
    form.get_by_label("Portrait picture path").set_input_files([chosen])
    form.get_by_role("button", name="Save").click()
    bar = form.get_by_role("progressbar", name="Uploading portrait picture path")
    expect(bar).to_have_attribute("value", re.compile(r"0\.[1-9].*"))
    form.get_by_role("button", name="Cancel").click()
    expect(form.get_by_text("The upload was cancelled, and nothing was saved.")).to_be_visible()
    form.get_by_role("button", name="Remove large.png").click()
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_text("Saved.", exact=True)).to_be_visible()


def test_a_file_is_taken_from_a_record(app):
    visit = app.visit("#/portrait-form", ALICE)
    form = visit.page.get_by_role("form")
    form.get_by_label("Rank").fill("Captain")
    form.get_by_label("Number").fill("1")
    form.get_by_label("Portrait picture path").set_input_files([picture("face.png")])
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_text("Saved.", exact=True)).to_be_visible()
    visit.go("#/mixed-gallery")
    gallery = visit.page.get_by_role("region", name=re.compile("^Donau"))
    gallery.get_by_role("link", name="Edit").click()
    loaded(form.locator(".picture-frame img"))
    form.get_by_role("button", name="Remove portrait picture path").click()
    with removed(visit):
        form.get_by_role("button", name="Save").click()
    visit.go("#/mixed-gallery")
    gallery.get_by_role("link", name="Edit").click()
    expect(form.get_by_text("Choose a file")).to_be_visible()


def test_a_wizard_asks_for_a_file(app):
    app.create(ALICE, "Photo", title="House", image="pictures/none.png")
    visit = app.visit("#/contract-wizard", ALICE)
    form = visit.see("form", "New contract")
    form.get_by_label("File name").fill("Lease")
    form.get_by_label("Quality").select_option("Print")
    form.get_by_role("button", name="Next").click()
    expect(form.locator("input[type=file]")).to_be_focused()
    paper = {"name": "lease.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-"}
    form.locator("input[type=file]").set_input_files([paper])
    form.get_by_role("button", name="Next").click()
    form.get_by_role("combobox", name="Photo").click()
    visit.page.get_by_role("option", name="House").click()
    form.get_by_role("button", name="Next").click()
    form.get_by_role("button", name="Next").click()
    expect(form.get_by_role("definition").filter(has_text="lease.pdf")).to_be_visible()
    with visit.page.expect_request(lambda asked: asked.method == "PUT") as sent:
        form.get_by_role("button", name="Save").click()
    assert ".pdf" in sent.value.url
    expect(form.get_by_text("Saved.")).to_be_visible()


def test_a_gallery_shows_all_pictures_of_a_record(app):
    app.create(ALICE, "Album", content="Trip", photos=["trip/one.pdf", "trip/two.pdf"])
    visit = app.visit("#/album-gallery", ALICE)
    expect(visit.page.get_by_text("2 pictures")).to_be_visible()
    visit.page.get_by_role("button", name="Open Trip").click()
    dialog = visit.page.get_by_role("dialog")
    expect(dialog).to_contain_text("Trip (1 of 2)")
    visit.page.keyboard.press("ArrowRight")
    expect(dialog).to_contain_text("Trip (2 of 2)")


def test_pages_are_accessible_and_fit(app, toolbox):
    visit = app.visit("", ALICE)
    wrong = []

    def check(where):
        found = faults(visit.page, toolbox / "node_modules")
        wrong.extend(f"{where}: {one}" for one in found)

    visit.go("#/photo-gallery")
    expect(visit.page.get_by_text("There is nothing here yet.")).to_be_visible()
    check("empty")
    shades = [(200, 120, 40), (40, 120, 200), (90, 160, 90), (160, 60, 120)]
    names = ["roof", "door", "window", LONG]
    pictures = [picture(f"{name}.png", shade) for name, shade in zip(names, shades, strict=True)]
    uploaded(visit, "#/photo-upload", *pictures)
    large = {**picture("large.png"), "buffer": bytes(10 * MEGABYTE + 1)}
    choose(visit, large, picture("gate.png"))
    check("upload")
    visit.page.get_by_role("button", name="Remove gate.png").click()
    visit.go("#/photo-gallery")
    loaded(visit.page.get_by_role("button", name="Open roof").locator("img"))
    check("gallery")
    visit.page.get_by_role("button", name="Open roof").click()
    loaded(visit.page.get_by_role("dialog").get_by_role("img"))
    check("opened")
    visit.page.keyboard.press("Escape")
    uploaded(visit, "#/file-upload", picture("roof.png"), film("film.mp4", 100))
    visit.go("#/file-gallery")
    expect(visit.page.get_by_role("button", name="Open File of")).to_have_count(6)
    check("files")
    visit.go("#/mixed-upload")
    visit.see("form", "Upload contracts")
    check("mixed upload")
    visit.go("#/photo-form")
    check("form")
    form = visit.see("form", "New photo")
    image = form.locator("input[type=file]")
    image.set_input_files([{**picture(f"{LONG}.exe"), "mimeType": "application/x-a"}])
    expect(form.get_by_role("alert")).to_contain_text("not accepted")
    check("form with a problem")
    image.set_input_files([picture(f"{LONG}.png")])
    loaded(form.locator(".picture-frame img"))
    check("form with a file")
    visit.page.once("dialog", lambda dialog: dialog.accept())
    assert wrong == [], "\n".join(wrong)
