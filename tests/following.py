"""Does by hand what `ace generate` leaves to people: a line here, a line there, and no thinking."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

# Where an edit goes, by how what it says of that begins: what is found there, and its replacement.
_PLACES = (
    ("With the other imports:", r"\A", "{code}\n"),
    ("In `defineData`, in place of `schema`", r"^  schema,$", "  {code}"),
    ("In `defineAuth`", r"(?<=defineAuth\(\{\n)", "  {code}\n"),
    ("In your own `defineStorage`", r"(?<=defineStorage\(\{\n)", "  {code}\n"),
    ("In `defineBackend`", r"^\}\);$", "  {code}\n}});"),
    ("At the end", r"\Z", "{code}\n"),
    ("Where its pages are to be:", r"^    </main>$", "      {code}\n    </main>"),
    ("In `compilerOptions`", r'"target": "es5",', "{code}"),
)


def follow(root: Path, steps: list[dict[str, Any]]) -> None:
    """Do all steps in the project in `root`."""
    for step in steps:
        file = root / step["file"]
        if step["new"]:
            assert not file.exists()
            file.parent.mkdir(parents=True, exist_ok=True)
            (edit,) = step["edits"]
            file.write_text(edit["code"] + "\n", encoding="utf-8")
            continue
        text = file.read_text(encoding="utf-8")
        for edit in step["edits"]:
            text = _edited(text, edit)
        file.write_text(text, encoding="utf-8")


def _edited(text: str, edit: dict[str, str]) -> str:
    pattern, after = next(
        (pattern, after) for start, pattern, after in _PLACES if edit["where"].startswith(start)
    )
    if "const backend" in edit["where"] and "const backend" not in text:
        text = text.replace("\ndefineBackend(", "\nconst backend = defineBackend(")
    # `groups` are added to those that there are.
    key, _, value = edit["code"].partition(": ")
    if own := re.search(rf"\b{key}: \[(.*)\],", text):
        return text.replace(own[0], f"{key}: [{own[1]}, {value.removeprefix('[')}")
    found, count = re.subn(
        pattern, lambda _: after.format(code=edit["code"]), text, count=1, flags=re.MULTILINE
    )
    assert count == 1, edit
    return found
