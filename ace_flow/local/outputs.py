"""The `amplify_outputs.json` of a project: ours while the local backend runs, then as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.local.assembly import SANDBOX_FOLDER

if TYPE_CHECKING:
    from pathlib import Path

NAME = "amplify_outputs.json"
_BEFORE = SANDBOX_FOLDER / f"{NAME}.before"


class Outputs:
    """Keeps a file that points elsewhere, and puts it back.

    What was kept stays in `.ace-flow/sandbox` until it is back, so that a process that was killed
    loses nothing: the next one puts it back.
    """

    def __init__(self, root: Path) -> None:
        self.path = root / NAME
        self._before = root / _BEFORE

    @property
    def is_foreign(self) -> bool:
        """Tell whether the file points to a backend that is not ours."""
        if not self.path.is_file():
            return False
        return '"endpoint": "HTTP://127.0.0.1:' not in self.path.read_text(encoding="utf-8")

    def set_aside(self) -> None:
        """Keep the file as it is, if it is not ours."""
        if self.is_foreign:
            self._before.parent.mkdir(parents=True, exist_ok=True)
            self.path.replace(self._before)

    def restore(self) -> None:
        """Put back what was set aside; where there was nothing, nothing is left.

        A file that somebody else wrote in the meantime stays.
        """
        if self.is_foreign:
            self._before.unlink(missing_ok=True)
        elif self._before.is_file():
            self._before.replace(self.path)
        else:
            self.path.unlink(missing_ok=True)
