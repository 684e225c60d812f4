"""A project's own Prettier and ESLint: texts as they would leave them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from ace_flow.diagnostics import ConfigurationError
from ace_flow.workspace import was_made_by_us, with_package

if TYPE_CHECKING:
    from collections.abc import Sequence

_SCRIPT = Path(__file__).with_name("tidy.mjs")
_PATIENCE = 120.0
# What both look for in the folders above, and run.
_SETTINGS = (".eslintrc", ".prettierrc", "eslint.config.", "package.", "prettier.config.")


class Formatter:
    """What formats the files of the project in `root` when its people save them.

    `missing` says why texts could not be formatted, once that was tried.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self.missing = ""

    def format(self, files: Sequence[tuple[str, bytes]]) -> Sequence[bytes] | None:
        """Return the texts of files by path as Prettier prints them; None when it cannot be run."""
        return self._run(files, with_lint=False)

    def fix(self, files: Sequence[tuple[str, bytes]]) -> Sequence[bytes] | None:
        """Return the texts as `eslint --fix` leaves them after Prettier; None likewise."""
        if not self._has("eslint"):
            return None
        return self._run(files, with_lint=True)

    def _has(self, package: str) -> bool:
        """Tell whether Node finds a package, as it looks in the folders above, too."""
        return with_package(self._root.resolve(), package) is not None

    def _foreign(self) -> Path | None:
        """Return settings above the project that somebody else put there, if there are any."""
        for folder in self._root.resolve().parents:
            try:
                places = sorted(folder.iterdir())
            except OSError:
                continue
            for place in places:
                if place.name.startswith(_SETTINGS) and not was_made_by_us(place):
                    return place
        return None

    def _run(
        self, files: Sequence[tuple[str, bytes]], *, with_lint: bool
    ) -> Sequence[bytes] | None:
        if not self._has("prettier"):
            self.missing = "Prettier is not installed in the project"
            return None
        if foreign := self._foreign():
            self.missing = f"{foreign}, which Prettier and ESLint would run, is another user's"
            return None
        from ace_flow.programs import ask, node_program  # noqa: PLC0415 - most runs format nothing

        try:
            node = node_program()
        except ConfigurationError as error:
            self.missing = str(error)
            return None
        task = {
            "root": str(self._root.resolve()),
            "withLint": with_lint,
            "files": [
                {"name": path, "said": content.decode(errors="replace")} for path, content in files
            ],
        }
        said = ask([node, _SCRIPT], self._root, json.dumps(task).encode(), _PATIENCE)
        if said is None:
            self.missing = "ESLint failed" if with_lint else "Prettier failed"
            return None
        return [text.encode() for text in json.loads(said)]
