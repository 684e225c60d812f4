"""The shape of what is generated: pages are short, and nothing stands in two files."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from statistics import median

import pytest
from rendering import files_of

from ace_flow.loader import Parent, load, read_document
from ace_flow.workspace import shipped

HERE = Path(__file__).parent
FOLDER = shipped("templates")
BUILT_IN = {path.stem: path for path in shipped("patterns").rglob("*.yml")}
OWN = {path.stem: path for path in (HERE.parent / "toolchain" / "patterns").glob("*.yml")}
LINES = 120


@cache
def sources(path):
    """Return the TypeScript of a pattern's frontend, without its tests."""

    def find(name, *_):
        return Parent(name, read_document(f"{name}.yml", BUILT_IN[name].read_bytes()))

    pattern = load(read_document(str(path), path.read_bytes()), find).pattern
    return {
        path: text
        for path, text in files_of(pattern).items()
        if re.fullmatch(r"src/.*\.tsx?", path) and ".test." not in path
    }


def declarations(text):
    """Yield the functions, types and constants of a module that are longer than a line or two."""
    for part in re.split(r"\n\n(?=\S)", text):
        said = re.sub(
            r"^(/\*\*.*?\*/\n|//[^\n]*\n)*(export )?(default )?", "", part, flags=re.DOTALL
        )
        if said.count("\n") > 1 and not said.startswith("import"):
            yield said.strip()


def repeated(files):
    places = defaultdict(set)
    for path, text in files.items():
        for declaration in declarations(text):
            places[declaration].add(path)
    return {tuple(sorted(found)): said for said, found in places.items() if len(found) > 1}


@pytest.mark.parametrize("path", [*BUILT_IN.values(), *OWN.values()], ids=lambda path: path.stem)
def test_nothing_stands_in_two_files(path):
    files = sources(path)
    assert sum(1 for text in files.values() for _ in declarations(text)) > 30
    assert repeated(files) == {}


def test_what_stands_in_two_files_is_found():
    helper = "function one(): number {\n  return 1;\n}\n"
    files = {
        "a.ts": f"import 'x';\n\n{helper}",
        "b.ts": f"const y = 2;\n\n// Why.\nexport {helper}\nconst x = 1;\n",
    }
    assert list(repeated(files)) == [("a.ts", "b.ts")]
    assert repeated({"a.ts": helper, "b.ts": helper.replace("1", "2")}) == {}


def test_pages_are_short():
    pages = {
        f"{name}/{file}": text.count("\n")
        for name, path in BUILT_IN.items()
        for file, text in sources(path).items()
        if file.startswith("src/components/")
    }
    assert len(pages) > 70
    assert median(pages.values()) <= LINES / 4
    assert {page: lines for page, lines in pages.items() if lines > 1.1 * LINES} == {}
