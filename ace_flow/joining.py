"""A pattern in an application that ace did not create: if it is one, and what is left to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ace_flow.names import kebab
from ace_flow.project import find_host, lacking, taken

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from ace_flow.files import GeneratedFile
    from ace_flow.model import Guest, Joining, Pattern
    from ace_flow.project import State


class Joined(Struct, frozen=True, kw_only=True):
    """A guest, how it joins, and what of that depends on the project as it is now.

    `commands` add the npm packages that are missing or older; `alike` are folders of functions
    that have the names of the pattern's.
    """

    guest: Guest
    joining: Joining
    commands: tuple[str, ...]
    alike: tuple[str, ...]

    @property
    def readme(self) -> str:
        """The file that says what is left to do."""
        return f"{self.joining.folders[0]}/README.md"


def guest_in(root: Path, before: State, *, is_adopting: bool) -> Guest | None:
    """Return the application that a pattern is a guest of; None where the whole one is ace's.

    What was found first is remembered, so that what people add later, as they are told, changes
    nothing; but for React, with which pages come.
    """
    if before.pattern:
        guest = before.guest
        if guest is None or guest.frontend:
            return guest
        now = find_host(root)
        if now is None:
            return guest
        return replace(guest, frontend=now.frontend, page=now.page, router=now.router)
    return None if is_adopting else find_host(root)


def joined(
    pattern: Pattern, guest: Guest, files: Iterable[GeneratedFile], root: Path, templates: Path
) -> Joined:
    """Return how a pattern with these files joins the project in `root`.

    `templates` is the folder of the shipped templates.
    """
    from ace_flow.generator import join  # noqa: PLC0415 - costs 150 ms

    joining = join(pattern, guest, {file.path: file.content for file in files}, templates)
    functions = (f"amplify/functions/{kebab(item.name)}" for item in pattern.functions)
    return Joined(
        guest=guest,
        joining=joining,
        commands=lacking(root, joining.packages),
        alike=tuple(taken(root, functions)),
    )
