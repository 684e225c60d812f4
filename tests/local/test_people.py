"""Several people in the browser, each signed in at an address of their own."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect, sync_playwright

pytestmark = [pytest.mark.toolchain, pytest.mark.xdist_group("sandbox")]

# What the browser and Amplify's client say of a server on this machine.
USUAL = ("[vite]", "React DevTools", "custom Amazon Amazon Cognito")


@pytest.fixture
def window():
    """Open an address in a window of a browser that all have in common."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox"]
        )
        context = browser.new_context(reduced_motion="reduce")
        said: list[str] = []

        def open_window(address):
            page = context.new_page()
            page.on("console", lambda message: said.append(message.text))
            page.on("pageerror", lambda error: said.append(str(error)))
            page.on("requestfailed", lambda request: said.append(request.url))
            page.goto(address)
            return page

        yield open_window
        browser.close()
    assert [line for line in said if not any(usual in line for usual in USUAL)] == []


def go(page, path):
    page.goto(page.url.split("#")[0] + f"#/{path}")


def test_two_people_see_what_the_other_does_as_far_as_they_may(project, sandbox_of, window):
    running = sandbox_of(project, "--as", "ann", "--as", "bo:keepers", "--as", "cy")
    running.ready()
    links = running.links()
    ann, bo, cy = window(links["ann"]), window(links["bo"]), window(links["cy"])
    for page in (bo, cy):
        go(page, "note-table")
        expect(page.get_by_text("There is nothing here yet.")).to_be_visible()
    go(ann, "note-form")
    ann.get_by_label("Text").fill("Water the plants")
    ann.get_by_role("button", name="Save").click()
    expect(ann.get_by_text("Saved.")).to_be_visible()
    # Keepers may read and delete what others wrote, and nobody else sees it.
    expect(bo.get_by_role("rowheader", name="Water the plants")).to_be_visible()
    expect(bo.get_by_role("link", name="Edit Water the plants")).to_have_count(0)
    go(ann, "note-table")
    expect(ann.get_by_role("link", name="Edit Water the plants")).to_be_visible()
    bo.get_by_role("button", name="Delete Water the plants").click()
    bo.get_by_role("dialog").get_by_role("button", name="Delete").click()
    expect(ann.get_by_role("rowheader", name="Water the plants")).to_have_count(0)
    expect(cy.get_by_text("There is nothing here yet.")).to_be_visible()


def test_somebody_signs_up_with_the_code_in_the_terminal(project, sandbox_of, window):
    running = sandbox_of(project)
    running.ready()
    page = window(running.links()["dev"].replace("//dev.", "//").split("/.ace-flow")[0])
    go(page, "note-table")
    page.get_by_role("button", name="Sign in").first.click()
    page.get_by_role("tab", name="Create Account").click()
    page.get_by_label("Email").fill("new@example.com")
    page.get_by_label("Password", exact=True).fill("Wrong")
    page.get_by_label("Confirm Password").fill("Wrong")
    expect(page.get_by_text("Password must have at least 8 characters")).to_be_visible()
    page.get_by_label("Password", exact=True).fill("Correct-1")
    page.get_by_label("Confirm Password").fill("Correct-1")
    page.get_by_role("button", name="Create Account").click()
    said = running.hear("The code for new@example.com is ")
    code = re.search(r"is (\d{6})\.", said)
    assert code, said
    page.get_by_label("Confirmation Code").fill(code[1])
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_text("There is nothing here yet.")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in").first).to_be_visible()
