"""A pattern in an application that ace did not create: what is there, and what is left to do."""

from __future__ import annotations

from typing import NamedTuple

from ace_flow.records import Record


class Guest(Record, frozen=True, kw_only=True):
    """What was found of the application around a pattern: paths of files, empty without one.

    `backend` puts the backend together, `auth`, `data` and `storage` define Amplify's resources.
    `frontend` is `next`, `react`, or empty without React; `page` is where its pages begin: the
    folder of Next.js's App Router, else the file of the first component. `router` tells of React
    Router.
    """

    backend: str
    auth: str = ""
    data: str = ""
    storage: str = ""
    frontend: str = ""
    page: str = ""
    router: bool = False


class Edit(NamedTuple):
    """Lines to add to a file, and where in it."""

    where: str
    code: str


class Step(Record, frozen=True, kw_only=True):
    """What a person has to do in one file: some edits, or to make it with its only edit."""

    file: str
    what: str
    edits: tuple[Edit, ...]
    is_new: bool = False


class Joining(Record, frozen=True, kw_only=True):
    """How a pattern joins the application around it.

    `folders` are those of the pattern's own, `steps` what is left to people, `packages` the npm
    packages that its files import, by name with their versions, each for `dependencies` or
    `devDependencies`. `left_out` are files of the pattern that have no place there.
    """

    folders: tuple[str, ...]
    steps: tuple[Step, ...]
    packages: dict[str, dict[str, str]]
    left_out: tuple[str, ...] = ()
