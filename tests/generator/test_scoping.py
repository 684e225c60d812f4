"""Style sheets of an application, as they hold in a part of a page only."""

from __future__ import annotations

import re

import pytest
from rendering import FOLDER

from ace_flow.generator.scoping import scoped

SHEETS = sorted(path for folder in ("app", "guest") for path in (FOLDER / folder).rglob("*.css"))
PART = "[data-pages='club']"
WHERE = f":where({PART})"
SHEET = """\
{root}[data-color-mode='dark'] {{
  --a: 1;
}}

/* Is a: b,
   c, {{
 */
{body},
{within}.body {{
  transition:
    a 1s,
    b 2s;
}}

@keyframes turn {{
  from {{
    rotate: 0;
  }}
}}

@media (width > 1rem) {{
  {within}* {{
    color: red;
  }}
}}
"""
# A selector, or one of several: a line that does not belong to the declarations of a rule.
SELECTOR = re.compile(r"^(?:  )?(?![ @}/]| \*|\*/)(\S.*?)(?: \{|,)$", re.MULTILINE)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_all_rules_hold_within_the_part(sheet):
    text = sheet.read_text(encoding="utf-8")
    made = scoped(text, PART)
    selectors = SELECTOR.findall(made)
    assert selectors
    assert all(selector.startswith(WHERE) for selector in selectors)
    # Nothing else has changed.
    plain = re.sub(rf"{re.escape(WHERE)} (?!\{{)", "", made).replace(WHERE, "_")
    assert plain == re.sub(r"^(:root|body)", "_", text, flags=re.MULTILINE)


def test_what_is_the_whole_page_is_the_part_itself():
    assert scoped(SHEET.format(root=":root", body="body", within=""), PART) == SHEET.format(
        root=WHERE, body=WHERE, within=f"{WHERE} "
    )
