"""What there is to say of each diagnostic code, read from `explanations.yml`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from ace_flow.diagnostics import CODES, NotFoundError
from ace_flow.loader.document import read_document
from ace_flow.names import nearest

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ace_flow.source import Node

_FILE = Path(__file__).with_name("explanations.yml")


class Explanation(Struct, frozen=True, kw_only=True):
    """Why a code exists, what to do, a pattern that has the finding, and the same one mended.

    `files` are others that both need, by path. With `strict`, the finding is there with
    `--strict` only. `file` is what has it where that is no pattern: `hooks.yml`.
    """

    code: str
    slug: str
    summary: str
    why: str
    fix: str
    wrong: str
    right: str
    files: Mapping[str, str]
    strict: bool = False
    file: str = ""


def explain(reference: str) -> Explanation:
    """Return the explanation of a code, named `ACE121`, `ace121`, `121` or by its slug.

    Raises NotFoundError with the nearest when there is no such code.
    """
    given = reference.strip()
    name = f"ACE{given:0>3}" if given.isdecimal() else given
    for found in explanations().values():
        if name.lower() in {found.code.lower(), found.slug}:
            return found
    near = nearest(name, [*CODES, *(slug for slug, _ in CODES.values())])
    raise NotFoundError(
        f"there is no diagnostic `{reference}`",
        hint=f"did you mean `{near}`?" if near else "`ace explain` lists all of them",
    )


@cache
def explanations() -> dict[str, Explanation]:
    """Return all explanations by code."""
    document = read_document(_FILE.name, _FILE.read_bytes())
    return {code: _explanation(code, node) for code, node in document.mapping.items()}


def _explanation(code: str, node: Node) -> Explanation:
    slug, summary = CODES[code]
    files = node.mapping.get("files")
    return Explanation(
        code=code,
        slug=slug,
        summary=summary,
        why=node.text("why"),
        fix=node.text("fix"),
        wrong=node.text("wrong"),
        right=node.text("right"),
        files={path: files.text(path) for path in files.mapping} if files else {},
        strict="strict" in node.mapping,
        file=node.text("file"),
    )
