"""The job that `ace` and its peers do: 10, 100 or 1,000 models, three files each, and two for all.

`python benchmarks/job.py FOLDER 100` writes the pattern of so many models and its templates.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

TEMPLATES = Path(__file__).with_name("job") / "templates"
PATTERN = "job.yml"
# What each model makes, and what all of them do: the output path, and the template.
EACH = {
    "src/forms/{name}Form.tsx": "form.tsx.j2",
    "src/lists/{name}List.tsx": "list.tsx.j2",
    "src/types/{name}.ts": "types.ts.j2",
}
ALL = {"amplify/data/resource.ts": "resource.ts.j2", "amplify.yml": "amplify.yml.j2"}
_FIELDS = (
    "{name: title, type: string, required: true}",
    "{name: email, type: email, required: true}",
    "{name: note, type: string}",
    "{name: count, type: integer}",
    "{name: share, type: float}",
    "{name: isOpen, type: boolean}",
    "{name: startsOn, type: date}",
    "{name: updatedOn, type: datetime}",
)


def name(number: int) -> str:
    """Return what a model is called."""
    return f"Entity{number:04}x"


def document(
    models: int,
    each: Mapping[str, str] = EACH,
    for_all: Mapping[str, str] = ALL,
    fields: int = len(_FIELDS),
) -> str:
    """Return a pattern of so many models, with these templates and so many fields each."""
    lines = ["name: job", "application: false", "templates:"]
    for target, source in each.items():
        path = target.format(name="{{ model.name }}")
        lines.append(f'  "{path}": {{source: templates/{source}, for_each: model}}')
    lines += (f"  {target}: templates/{source}" for target, source in for_all.items())
    lines += ("schema:", "  models:")
    for number in range(models):
        lines += (f"    - name: {name(number)}", "      fields:")
        lines += (f"        - {field}" for field in _FIELDS[:fields])
        lines.append("      authorization: [{allow: owner}]")
    return "\n".join((*lines, ""))


def write(folder: Path, text: str) -> None:
    """Write a pattern and the templates where `ace generate job` finds them."""
    patterns = folder / ".ace-flow" / "patterns"
    shutil.rmtree(patterns, ignore_errors=True)
    shutil.copytree(TEMPLATES, patterns / "templates")
    (patterns / PATTERN).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]), document(int(sys.argv[2])))
