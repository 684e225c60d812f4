"""The story of `ace sandbox`: a project's backend and frontend, running on this machine."""

from __future__ import annotations

import json
import shutil
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ace_flow.diagnostics import AttentionError, ConfigurationError
from ace_flow.local import (
    SANDBOX_FOLDER,
    Front,
    Outputs,
    Packages,
    Person,
    Server,
    assemble,
    changes,
    forget,
    has_frontend,
    node_program,
    project_packages,
    sandbox_packages,
)
from ace_flow.locks import held
from ace_flow.names import nearest
from ace_flow.project import read_state

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

# It meets what Cognito asks for by default; it protects nothing.
PASSWORD = "Sandbox-1"  # noqa: S105 of a pool that is on this machine only
_DATA = SANDBOX_FOLDER / "data"
_IGNORED = SANDBOX_FOLDER / ".gitignore"
_LOCK = SANDBOX_FOLDER / "lock"
_ADDRESS = SANDBOX_FOLDER / "address"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What to run: the project, and how.

    `port` is the frontend's; 0 takes any that is free. `people` may sign in; without any, one
    person is in all groups of the project. `log` takes what the programs print. `assembly` is
    what is served first; without it, the backend is synthesized.
    """

    root: Path
    log: Callable[[str], None]
    port: int = 0
    people: tuple[Person, ...] = ()
    records: dict[str, Any] | None = None
    reset: bool = False
    frontend: bool = True
    assembly: Path | None = None


@dataclass(slots=True, kw_only=True)
class Running:
    """What runs: the server, the frontend if there is one, and where each person is signed in."""

    settings: Settings
    node: str
    server: Server
    front: Front | None
    people: dict[str, tuple[str, ...]]
    groups: tuple[str, ...]
    created: int
    number: int = 0

    def addresses(self) -> dict[str, str]:
        """Return where each person is signed in, by what they sign in with."""
        front = self.front
        return {email: front.address(email) for email in self.people} if front else {}

    def notes(self) -> tuple[str, ...]:
        """Return what people must know: groups that nothing names, values that are not set."""
        wanted = {name for person in self.settings.people for name in person.groups}
        strange = sorted(wanted - {*self.groups})
        return (*(_stranger(name, self.groups) for name in strange), *self.server.notes)

    def reload(self) -> None:
        """Serve the backend as it is now; the one before goes on when that is impossible.

        Raises AttentionError which says why it is.
        """
        root = self.settings.root
        assembly = assemble(root, self.node, self.number + 1)
        self.server.load(assembly)
        forget(root, self.number)
        self.number += 1


def missing_packages(root: Path) -> tuple[Packages, ...]:
    """Return what npm has to install before the backend of a project can run.

    Raises ConfigurationError when the folder holds no Amplify project.
    """
    found = (project_packages(root), sandbox_packages())
    return tuple(packages for packages in found if packages.missing)


@contextmanager
def running(settings: Settings) -> Iterator[Running]:
    """Run a project's backend, and its frontend; afterwards all is as it was, but for the data.

    Raises ConfigurationError when the project or this machine lacks something, and AttentionError
    when the backend is broken, or the project is served already.
    """
    node = node_program()
    if missing_packages(settings.root):
        raise ConfigurationError("packages are missing")
    with _alone(settings.root) as place, _started(settings, node) as now:
        place.write_text(next(iter(now.addresses().values()), now.server.page), encoding="utf-8")
        yield now


@contextmanager
def _alone(root: Path) -> Iterator[Path]:
    """Be the only one who serves a project; give the file that tells others where that is."""
    (root / SANDBOX_FOLDER).mkdir(parents=True, exist_ok=True)
    (root / _IGNORED).write_text("*\n", encoding="utf-8")
    place = root / _ADDRESS
    with held(root / _LOCK) as is_ours:
        if not is_ours:
            where = place.read_text(encoding="utf-8") if place.is_file() else "it is about to start"
            raise AttentionError(
                f"another `ace sandbox` serves this project already: {where}",
                hint="use that one, or end it first",
            )
        place.unlink(missing_ok=True)
        try:
            yield place
        finally:
            place.unlink(missing_ok=True)


@contextmanager
def _started(settings: Settings, node: str) -> Iterator[Running]:
    root = settings.root
    wants_front = settings.frontend and has_frontend(root)
    if wants_front:
        Server.check_port(settings.port)
    outputs = Outputs(root)
    if settings.reset:
        shutil.rmtree(root / _DATA, ignore_errors=True)
    assembly = settings.assembly or assemble(root, node, 0)
    try:
        outputs.set_aside()
        with Server(
            node,
            sandbox_packages().folder,
            assembly,
            data=root / _DATA,
            outputs=outputs.path,
            log=settings.log,
        ) as server:
            groups = _groups(outputs.path)
            people = settings.people or (Person(name="dev", groups=groups),)
            admitted = {server.admit(person, PASSWORD): person.groups for person in people}
            created = server.seed(settings.records) if settings.records else 0
            front = server.front(root, settings.port) if wants_front else None
            yield Running(
                settings=settings,
                node=node,
                server=server,
                front=front,
                people=admitted,
                groups=groups,
                created=created,
            )
    finally:
        outputs.restore()


def pattern_file(root: Path) -> Path | None:
    """Return the file with the pattern of a project, if it was generated from one that is there."""
    source = read_state(root).source
    file = (root / source).resolve()
    return file if source and file.is_file() else None


def is_foreign(root: Path) -> bool:
    """Tell whether a project's `amplify_outputs.json` points to a backend that is not ours."""
    return Outputs(root).is_foreign


def follow(
    now: Running,
    stop: threading.Event,
    *,
    also: Sequence[Path] = (),
    changed: Callable[[frozenset[Path]], None],
    served: Callable[[], None],
    failed: Callable[[AttentionError], None],
) -> None:
    """Serve the backend as it is after each change, until `stop` is set.

    `also` are other files to look at. `changed` is called with what changed, then `served`, or
    `failed` with what is wrong with the backend; then the one before is still served. Raises
    AttentionError when the server ended.
    """
    for files in changes((now.settings.root / "amplify", *also), stop):
        now.server.check()
        if not files:
            continue
        changed(files)
        if files <= {*also}:
            # What is made of them changes by itself.
            continue
        try:
            now.reload()
        except AttentionError as error:
            failed(error)
        else:
            served()


def _stranger(name: str, groups: Sequence[str]) -> str:
    close = nearest(name, groups)
    there = f"did you mean {close}?" if close else f"there are: {', '.join(groups) or 'none'}"
    return f"the project names no group {name}; {there}"


def _groups(outputs: Path) -> tuple[str, ...]:
    configured = json.loads(outputs.read_text(encoding="utf-8"))
    groups = configured.get("Auth", {}).get("Cognito", {}).get("groups", [])
    return tuple(name for group in groups for name in group)
