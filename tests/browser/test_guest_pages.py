"""A pattern's pages within those of an application that ace did not create."""

from __future__ import annotations

from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest
from backend import serving
from conftest import App, Site, published
from joined import VITE
from playwright.sync_api import expect
from test_uploads import picture
from visits import Visitor

pytestmark = [pytest.mark.toolchain, pytest.mark.xdist_group("joined-vite")]

ANNA = Visitor("anna", ("vendors",))
LOOK = """
  () => {
    const { body } = document;
    const { backgroundColor, minHeight, fontFamily, lineHeight } = getComputedStyle(body);
    return { backgroundColor, minHeight, fontFamily, lineHeight, title: document.title };
  }
"""


@pytest.fixture(scope="module")
def app(browser, joined, assembled, sandbox, npx):
    """Build the application that the pattern joined, for a local backend."""
    package, assembly = joined(VITE).package, assembled(VITE)
    outputs = package / "amplify_outputs.json"
    with ExitStack() as stack:
        url = stack.enter_context(serving(sandbox, assembly, outputs))
        npx(package, "vite", "build")
        site = Site(package / "dist", assembly, outputs, urlsplit(url).port or 0)
        yield App(stack, browser, stack.enter_context(published(site.dist)), site)


def test_the_pages_are_within_the_page_and_leave_it_as_it_is(app):
    visit = app.visit()
    # The application's own models, and the pattern's, by the keys that each asks with.
    visit.see("heading", "To read")
    pages = visit.see("navigation", "Pages")
    look = visit.page.evaluate(LOOK)
    assert look["backgroundColor"] == "rgb(230, 230, 250)"
    assert (look["minHeight"], look["lineHeight"]) == ("0px", "normal")
    assert "Inter" not in look["fontFamily"]
    pages.get_by_role("link", name="Shop", exact=True).click()
    expect(visit.page).to_have_url(f"{app.url}#/e-commerce/product-grid")
    expect(visit.page.get_by_role("heading", level=1, name="Shop")).to_be_visible()
    assert visit.page.evaluate(LOOK) == look
    visit.go("#about")
    expect(visit.page.get_by_role("heading", level=1, name="E-commerce")).to_be_visible()
    visit.go("#/e-commerce/nowhere")
    visit.see("heading", "Page not found")


def test_who_is_signed_in_there_is_so_here_and_files_go_into_the_bucket_of_the_pattern(app):
    visit = app.visit("#/e-commerce/vendor-form", ANNA)
    expect(visit.page.get_by_role("button", name="Sign out")).to_be_visible()
    form = visit.see("form", "My vendor account")
    form.get_by_label("Name").fill("Anna's jugs")
    form.get_by_label("Email").fill("anna@example.com")
    form.get_by_label("Logo").set_input_files(picture("jug.png"))
    form.get_by_role("button", name="Save").click()
    expect(visit.page.get_by_text("Your vendor is saved: Anna's jugs.")).to_be_visible()
    expect(visit.page.get_by_role("button", name="Remove logo")).to_be_visible()
