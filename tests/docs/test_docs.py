"""The documentation holds what it says: pages are current, links lead somewhere, examples run."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from shown import Block, blocks, write
from typer.main import get_command

from ace_flow.cli.parsed import application
from ace_flow.diagnostics import CODES
from ace_flow.loader import read_document

ROOT = Path(__file__).parent.parent.parent


PAGES = [
    *sorted(ROOT.glob("*.md")),
    *sorted(ROOT.glob("docs/**/*.md")),
    *sorted(ROOT.glob("benchmarks/*.md")),
    *sorted(ROOT.glob("hooks/*.md")),
    *sorted(ROOT.glob("packages/*/*.md")),
]
BLOCKS = [block for page in PAGES for block in blocks(page)]
PROGRAM = get_command(application())


def place(block: Block) -> str:
    return f"{block.page.relative_to(ROOT)}:{block.line}"


def prose(page: Path) -> str:
    text = page.read_text(encoding="utf-8")
    return re.sub(r"^( *)```.*?^\1```$", "", text, flags=re.DOTALL | re.MULTILINE)


def anchors(page: Path) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


def test_what_comes_from_the_code_is_current():
    command = [sys.executable, ROOT / "docs" / "generate.py", "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page):
    broken = []
    for link in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
        path, _, fragment = link.partition("#")
        target = (page.parent / path) if path else page
        if re.match(r"[a-z]+:", link):
            continue
        if not target.exists() or (fragment and fragment not in anchors(target)):
            broken.append(link)
    assert not broken


def is_pattern(block: Block) -> bool:
    """Tell whether a block is a whole pattern, other than one that is wrong on purpose.

    Those of the page on diagnostics are tested where its texts come from.
    """
    is_whole = re.search(r"^name:", block.text, re.MULTILINE) is not None
    is_wrong = (block.file or "").endswith("broken.yml") or block.page.name == "diagnostics.md"
    return block.language == "yaml" and is_whole and not is_wrong


@pytest.mark.parametrize("block", [*filter(is_pattern, BLOCKS)], ids=place)
def test_patterns_are_valid(block, ace, tmp_path):
    for other in blocks(block.page):
        if other.file:
            write(tmp_path / other.file, other.text)
    file = block.file or "pattern.yml"
    write(tmp_path / file, block.text)
    done = ace("validate-pattern", file)
    assert done.code == 0, done.err


def test_the_tutorial_begins_with_the_pattern_of_the_readme():
    def first(page: str) -> object:
        block = next(filter(is_pattern, blocks(ROOT / page)))
        return read_document("pattern.yml", block.text.encode()).plain()

    assert first("docs/tutorial/first-pattern.md") == first("README.md")


def commands() -> list[tuple[str, str]]:
    found = []
    for block in BLOCKS:
        if block.language in {"sh", "console"}:
            for line in block.text.splitlines():
                if block.language == "sh" or line.startswith("$ "):
                    parts = re.split(r"&&|\|", line.removeprefix("$ "))
                    found += [(place(block), part.strip()) for part in parts]
    return [
        (where, command) for where, command in found if re.match(r"(?:[A-Z_]+=\S+ )*ace ", command)
    ]


@pytest.mark.parametrize(("where", "command"), commands())
def test_commands_exist(where, command):
    words = shlex.split(command, comments=True)
    name, *arguments = words[words.index("ace") + 1 :]
    if name.startswith("-"):
        assert name in options(PROGRAM), where
    else:
        PROGRAM.commands[name].make_context(name, arguments)


def options(command) -> set[str]:
    return {"--help", "-h"} | {name for item in command.params for name in item.opts}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_commands_in_sentences_exist(page):
    for text in re.findall(r"`ace ([^`]+)`", prose(page)):
        name, *rest = text.split()
        command = PROGRAM if name.startswith("-") else PROGRAM.commands.get(name)
        assert command is not None, text
        used = {word for word in (name, *rest) if word.startswith("-")}
        assert used <= options(command), text


def test_codes_exist():
    files = [*PAGES, *ROOT.glob("ace_flow/**/*.py")]
    used = {code for file in files for code in re.findall(r"\bACE\d{3}\b", file.read_text("utf-8"))}
    assert used <= set(CODES)


def test_the_architecture_names_every_module():
    package = ROOT / "ace_flow"
    modules = {path.relative_to(package).as_posix() for path in package.rglob("*.py")}
    named = set(re.findall(r"`([\w/]+\.py)`", (ROOT / "ARCHITECTURE.md").read_text("utf-8")))
    assert {path for path in modules if not path.endswith("__init__.py")} <= named
