"""Texts that would be code: of a pattern and of records, on every page, they are only shown."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import quote

import pytest
from accessibility import findings
from applications import MADE
from playwright.sync_api import expect
from visits import Visitor

from ace_flow.names import kebab

pytestmark = [pytest.mark.toolchain, pytest.mark.xdist_group("hostile")]

ALICE = Visitor("alice")
LONG = "W" * 300
TAG = "<img src=x onerror=\"window.__hacked='image'\">"
HOSTILE = (
    f"{TAG} '\"`${{window.__hacked='quote'}} "
    "{{constructor.constructor('window.__hacked=1')()}} "
    "</script><script>window.__hacked='script'</script> &lt;b&gt; */ --> \\' %s $& "
    f"\u2028\u2029\u200f\u202e{LONG}"
)
TITLE = f"{TAG} '`{{{{1}}}} \u202e{LONG}"[:80]
# AppSync would take more than that of a default for code.
PLAIN = f"<img src=x onerror=alert(1)> {{{{1}}}} </script> \u200f\u202e{LONG}"
LONGEST_VALUE = LONG[:64]
LINK = "https://example.com/?<b>\"'&" + LONG
WIDTHS = (1280, 360)
# What these show below their headings is none of the texts.
PLAIN_PAGES = {
    "#/item-search",
    "#/item-chart",
    "#/item-calendar",
    "#/item-upload",
    f"#/{quote(TAG)}",
}


@pytest.fixture(scope="session")
def hostile(tmp_path_factory):
    """Write the pattern, and return its name."""
    text = Path(__file__).with_name("hostile.yml").read_text(encoding="utf-8")
    file = tmp_path_factory.mktemp("pattern") / "hostile.yml"
    meant = {"HOSTILE": json.dumps(HOSTILE), "TITLE": json.dumps(TITLE), "PLAIN": json.dumps(PLAIN)}
    for word, value in {**meant, "LONG": LONGEST_VALUE}.items():
        text = text.replace(word, value)
    file.write_text(text, encoding="utf-8")
    MADE["hostile"] = file
    return "hostile"


def fill(app):
    """Make records with the text in every field; return the ids of the item and the room."""
    texts = dict.fromkeys(("title", "body", "essay", "photo", "unit", "attachment"), HOSTILE)
    texts |= {
        "link": LINK,
        "status": LONGEST_VALUE,
        "startsOn": "2031-02-10",
        "isOpen": True,
        "number": 1,
        "price": 1,
    }
    nested = {"tags": [HOSTILE] * 2, "data": json.dumps({HOSTILE: HOSTILE})}
    nested |= {"place": {"street": HOSTILE}, "places": [{"street": HOSTILE}]}
    parent = app.create(ALICE, "Item", **texts, **nested)
    item = app.create(ALICE, "Item", **texts, **nested, parentId=parent)
    room = app.create(ALICE, "Room", name=HOSTILE)
    app.create(ALICE, "Message", text=HOSTILE, sender=HOSTILE, roomId=room)
    app.create(ALICE, "Preference", signature=HOSTILE)
    return item, room


def test_texts_stay_texts(app_of, hostile, composed, toolbox):
    app = app_of(hostile)
    item, room = fill(app)
    pages = [f"#/{kebab(found['name'])}" for found in composed(hostile)["components"]]
    pages += [f"#/{page}?id={item}" for page in ("item-form", "item-detail", "item-editor")]
    pages += [f"#/room-chat?room={room}", f"#/item-search?q={quote(TAG)}"]
    pages += ["#/item-calendar?month=2031-02", "#/item-admin?model=item&new", f"#/{quote(TAG)}"]
    visit = app.visit("", ALICE)
    page = visit.page
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    wrong = []
    for path in pages:
        visit.go(path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        expect(page.get_by_text("Loading")).to_have_count(0)
        expect(page.locator("[aria-busy=true]")).to_have_count(0)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            wrong += [f"{path}: {wide} of {width} pixels too wide"] if wide > 0 else []
        wrong += [f"{path}: {finding}" for finding in findings(page, toolbox / "node_modules")]
        if page.evaluate("'__hacked' in window"):
            wrong.append(f"{path}: {page.evaluate('window.__hacked')} ran")
        shown = " ".join(page.locator("main > :not(header)").all_inner_texts())
        if path not in PLAIN_PAGES and TAG not in shown:
            wrong.append(f"{path}: the text is not shown")
    assert dialogs == []
    assert wrong == [], "\n".join(wrong)
