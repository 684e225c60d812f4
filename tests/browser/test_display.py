"""Prose, pictures and amounts, as people read them in a browser."""

from __future__ import annotations

import pytest
from accessibility import faults
from playwright.sync_api import expect
from test_uploads import loaded, picture
from visits import Visitor

pytestmark = [pytest.mark.toolchain, pytest.mark.xdist_group("display")]

ALICE = Visitor("alice")
CARL = Visitor("carl", ("accountants",))
BODY = """\
## Sorts

#### Old **ones**

A sort has a
name.

- Conference
- [Bosc](https://example.com/bosc)

<script>window.__hacked = 'script'</script> <b onclick="window.__hacked=1">bold</b>
[run](javascript:window.__hacked=2) ![x](javascript:window.__hacked=3) ![](<x" onerror="y>)

    code
"""


@pytest.fixture
def app(app_of):
    return app_of("display")


def accessible(visit, toolbox):
    assert faults(visit.page, toolbox / "node_modules") == []


def test_markdown_is_read_as_it_is_meant_and_runs_nothing(app, toolbox):
    article = app.create(ALICE, "Article", title="Pears", body=BODY, notes="One\n\n*Two*")
    visit = app.visit(f"#/article-reader?id={article}", ALICE)
    visit.see("heading", "Sorts")
    page = visit.page
    # No level of headings is left out below the record's.
    expect(page.get_by_role("heading", name="Sorts", level=3)).to_be_visible()
    expect(page.get_by_role("heading", name="Old ones", level=4)).to_be_visible()
    expect(page.locator("strong", has_text="ones")).to_be_visible()
    expect(page.get_by_role("listitem").filter(has_text="Conference")).to_be_visible()
    link = visit.see("link", "Bosc")
    expect(link).to_have_attribute("href", "https://example.com/bosc")
    expect(link).to_have_attribute("rel", "noreferrer nofollow ugc")
    expect(page.get_by_text("<script>window.__hacked")).to_be_visible()
    expect(page.get_by_role("link", name="run")).to_have_count(0)
    expect(page.get_by_text("run", exact=False).first).to_be_visible()
    expect(page.locator("main img")).to_have_count(0)
    assert page.locator(".plain-text", has_text="One").inner_text() == "One\n\n*Two*"
    assert not page.evaluate("'__hacked' in window")
    accessible(visit, toolbox)


def test_the_editor_shows_markdown_as_readers_see_it(app):
    article = app.create(ALICE, "Article", title="Pears", body="# Sorts")
    visit = app.visit(f"#/article-editor?id={article}", ALICE)
    visit.page.get_by_role("textbox", name="Body").fill("# Kinds\n\n1. Bosc")
    visit.see("button", "Preview").click()
    preview = visit.see("region", "Preview")
    expect(preview.get_by_role("heading", name="Kinds")).to_be_visible()
    expect(preview.get_by_role("listitem")).to_have_text("Bosc")


def test_pictures_are_seen_wherever_their_records_are(app, toolbox):
    visit = app.visit("#/article-form", ALICE)
    page = visit.page
    page.get_by_label("Title").fill("Pears")
    page.get_by_label("Cover").set_input_files(picture("pears.png"))
    visit.see("button", "Save").click()
    expect(page.get_by_text("Saved.", exact=True)).to_be_visible()
    for path in ("article-list", "article-table", "article-board"):
        visit.go(f"#/{path}")
        cover = visit.see("img", "Cover: Pears")
        loaded(cover)
        expect(cover).to_have_attribute("loading", "lazy")
        box = cover.bounding_box()
        assert box["width"] / box["height"] == pytest.approx(4 / 3, abs=0.1)
        expect(page.get_by_text("covers/")).to_have_count(0)
        accessible(visit, toolbox)
    visit.see("link", "Pears").click()
    cover = visit.see("img", "Cover: Pears")
    loaded(cover)
    expect(page.get_by_text("covers/")).to_have_count(0)


def test_what_is_no_picture_is_shown_as_it_is(app):
    app.create(ALICE, "Article", title="Pears", cover="a note", photos=["one.pdf", "two.pdf"])
    visit = app.visit("#/article-table", ALICE)
    row = visit.page.get_by_role("row").filter(has_text="Pears")
    expect(row).to_contain_text("a note")
    expect(row).to_contain_text("one.pdf")
    expect(row).not_to_contain_text("two.pdf")


def test_an_amount_and_its_currency_are_one(app, tmp_path):
    money = {"price": 1234.5, "soldIn": "usd", "fee": 250}
    article = app.create(ALICE, "Article", title="Pears", status="draft", **money)
    odd = {"price": 3, "soldIn": "<b>", "fee": None}
    app.create(ALICE, "Article", title="Figs", status="published", **odd)
    visit = app.visit("#/article-table", ALICE)
    page = visit.page
    pears, figs = (page.get_by_role("row").filter(has_text=name) for name in ("Pears", "Figs"))
    price = pears.get_by_role("cell", name="$1,234.50")
    expect(price).to_have_css("text-align", "end")
    expect(pears.get_by_role("cell", name="€2.50")).to_be_visible()
    expect(figs.get_by_role("cell", name="3 <b>")).to_be_visible()
    expect(page.get_by_role("columnheader", name="Sold in")).to_have_count(0)
    with page.expect_download() as download:
        visit.see("button", "Export as CSV").click()
    header, *lines = download.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert header.split(",")[-3:] == ["Fee", "Words", "Sold in"]
    assert any(line.endswith(",1234.5,250,,usd") for line in lines)

    visit.go(f"#/article-reader?id={article}")
    facts = visit.see("article", "Pears")
    expect(facts).to_contain_text("$1,234.50")
    expect(facts).not_to_contain_text("usd")


def test_a_currency_without_cents_has_none(app):
    app.create(CARL, "Bill", number="7", amount=1250, money="JPY")
    app.create(CARL, "Bill", number="8", amount=1250, money="USD")
    visit = app.visit("#/bill-table", CARL)
    expect(visit.see("cell", "¥1,250")).to_be_visible()
    expect(visit.see("cell", "$12.50")).to_be_visible()


def test_sums_of_one_currency_are_amounts(app):
    app.create(CARL, "Article", title="Pears", status="draft", price=2, soldIn="USD")
    app.create(CARL, "Article", title="Figs", status="draft", price=0.5, soldIn="USD")
    visit = app.visit("#/money-chart", CARL)
    chart = visit.page.get_by_role("region", name="Articles: price by status")
    chart.get_by_role("button", name="Show as table").click()
    expect(chart.get_by_role("cell", name="$2.50")).to_be_visible()
    app.create(CARL, "Article", title="Plums", status="draft", price=1, soldIn="EUR")
    visit.page.reload()
    chart.get_by_role("button", name="Show as table").click()
    expect(chart.get_by_role("cell", name="3.5", exact=True)).to_be_visible()
