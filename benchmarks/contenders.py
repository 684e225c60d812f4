"""Who does the job, and how: `ace`, the limits, and the peers, each with its own kind of loop."""

from __future__ import annotations

import os
import pickle
import shlex
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from measure import FailedError, Usage, run

if TYPE_CHECKING:
    from collections.abc import Callable

    from installing import Tools

HERE = Path(__file__).resolve().parent
Command = list[str | Path]


@dataclass(frozen=True, kw_only=True)
class Place:
    """The folders of a contender for a job: `input` is that of all, `root` its own."""

    input: Path
    root: Path
    models: int
    tools: Tools

    @property
    def output(self) -> Path:
        """Where the files go."""
        return self.root / "output"

    def env(self) -> dict[str, str]:
        """Return the whole environment of a run: nothing of the user's is read or changed."""
        home = self.root / "home"
        home.mkdir(parents=True, exist_ok=True)
        who = {"NAME": "bench", "EMAIL": "bench@example.org"}
        return {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "TMPDIR": str(home),
            "LANG": "C.UTF-8",
            "CI": "true",
            "ACE_CACHE_DIR": str(home / "cache"),
            "ACE_CONFIG_DIR": str(home / "config"),
            "ACE_STORE": str(home / "store.sqlite3"),
            "JOB_INPUT": str(self.input),
            "JOB_OUTPUT": str(self.output),
            "JOB_HYGEN_DATA": str(self.tools.script("hygen-data.cjs")),
            "HYGEN_TMPLS": str(self.input / "hygen"),
            "NX_DAEMON": "false",
            "NX_NO_CLOUD": "true",
            "PROJEN_DISABLE_POST": "true",
            **{f"GIT_{role}_{k}": v for role in ("AUTHOR", "COMMITTER") for k, v in who.items()},
        }

    def run(self, command: Command, cwd: Path | None = None) -> Usage:
        """Run a command in the output folder and return what it cost."""
        return run(command, cwd=cwd or self.output, env=self.env(), log=self.root / "log")


def empty(place: Place) -> None:
    """Leave an empty output folder."""
    shutil.rmtree(place.output, ignore_errors=True)
    place.output.mkdir(parents=True)


@dataclass(frozen=True, kw_only=True)
class Contender:
    """One way to do the job.

    `how` says how it makes many files of one list; `package` is what has to be installed for it;
    `fresh` leaves the output as it is before a first run; `command` does the job; `own` are files
    and folders at the top of the output that are its bookkeeping; with more than `largest` models
    it takes minutes.
    """

    name: str
    how: str
    command: Callable[[Place], Command]
    package: str = ""
    fresh: Callable[[Place], None] = empty
    own: frozenset[str] = field(default_factory=frozenset)
    largest: int = 1000


def ace(place: Place) -> Command:
    """Return the command that generates with `ace`."""
    return [place.tools.ace / "bin" / "ace", "generate", "job"]


def fresh_ace(place: Place) -> None:
    """Leave a project that has the pattern and nothing else."""
    empty(place)
    shutil.copytree(place.input / ".ace-flow", place.output / ".ace-flow")


def unseen_ace(place: Place) -> None:
    """Leave the same to a user whose cache knows no pattern."""
    fresh_ace(place)
    forget(place, "verdicts")


def forget(place: Place, kind: str) -> None:
    """Empty what the user's cache knows: the `verdicts` on patterns, the files that were `seen`."""
    shutil.rmtree(place.root / "home" / "cache" / kind, ignore_errors=True)


def floor(place: Place) -> Command:
    """Return the command that does no more than it must."""
    return [place.tools.python, HERE / "floor.py", place.input, place.output, place.root / "cache"]


def pickled(place: Place) -> Path:
    """Return where the texts are that are only written."""
    return place.input / "texts.pickle"


def tree(folder: Path, own: frozenset[str] = frozenset()) -> dict[str, bytes]:
    """Return what all files below a folder hold, without those at its top that are `own`."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for top in sorted(folder.iterdir())
        if top.name not in own
        for path in ([top] if top.is_file() else sorted(top.rglob("*")))
        if path.is_file()
    }


def expected(place: Place) -> dict[str, bytes]:
    """Run the floor and return the files that everybody has to write; they are pickled, too."""
    empty(place)
    place.run(floor(place))
    texts = tree(place.output)
    pickled(place).write_bytes(pickle.dumps(texts))
    return texts


def same(place: Place, contender: Contender, texts: dict[str, bytes]) -> None:
    """Return if a contender's output is what it should be, else raise FailedError."""
    found = tree(place.output, contender.own)
    if found != texts:
        wrong = sorted(path for path in found | texts if found.get(path) != texts.get(path))
        raise FailedError(f"wrote other files: {', '.join(wrong[:3])} ({len(wrong)} in all)")


def _writing(place: Place) -> Command:
    return [place.tools.python, HERE / "writing.py", pickled(place), place.output]


def _copier(place: Place) -> Command:
    data = place.input / "copier-data.yml"
    copier = place.tools.peer("copier")
    return [copier, "copy", "-q", "-l", "--data-file", data, place.input / "copier", place.output]


def _cookiecutter_fixed(place: Place) -> Command:
    program = place.tools.peer("cookiecutter")
    config = place.input / "cookiecutter" / "runs" / "all.yml"
    options: Command = ["--no-input", "-f", "--config-file", config, "-o", place.root]
    return [program, *options, place.input / "cookiecutter-fixed"]


def _cookiecutter_loop(place: Place) -> Command:
    program, folder = place.tools.peer("cookiecutter"), place.input / "cookiecutter"
    runs = [(folder / "each", folder / "runs" / f"{number}.yml") for number in range(place.models)]
    runs.append((folder / "all", folder / "runs" / "all.yml"))
    start: Command = [program, "--no-input", "-f", "-o", place.root]
    return _one_by_one(place, [[*start, "--config-file", config, made] for made, config in runs])


def _hygen_loop(place: Place) -> Command:
    hygen: Command = [place.tools.node, place.tools.module("hygen/dist/bin.js"), "job"]
    each: list[Command] = [[*hygen, "model", "--index", str(it)] for it in range(place.models)]
    return _one_by_one(place, [*each, [*hygen, "all"]])


def _one_by_one(place: Place, commands: list[Command]) -> Command:
    script = place.root / "run.sh"
    lines = ("set -e", *(shlex.join(map(str, command)) for command in commands), "")
    script.write_text("\n".join(lines), encoding="utf-8")
    return ["sh", script]


def _plop(place: Place) -> Command:
    program = place.tools.module("plop/bin/plop.js")
    file = place.tools.script("plopfile.mjs")
    return [place.tools.node, program, "--plopfile", file, "--dest", place.output, "job"]


def _fresh_nx(place: Place) -> None:
    empty(place)
    (place.output / "nx.json").write_text("{}\n", encoding="utf-8")
    package = '{ "name": "job", "version": "0.0.0", "private": true }\n'
    (place.output / "package.json").write_text(package, encoding="utf-8")
    (place.output / "node_modules").symlink_to(place.tools.peers / "node_modules")


def _nx(place: Place) -> Command:
    generator = f"{place.tools.script('nx/generators.json')}:job"
    return [
        place.tools.node,
        place.tools.module("nx/dist/bin/nx.js"),
        "generate",
        generator,
        "--quiet",
    ]


def _script(name: str) -> Callable[[Place], Command]:
    return lambda place: [place.tools.node, place.tools.script(name)]


ACE = Contender(
    name="ace",
    how="`for_each` of a template; checks, plan, state, one transaction",
    command=ace,
    fresh=fresh_ace,
    own=frozenset({".ace-flow"}),
)
UNSEEN = Contender(
    name="ace (unseen)",
    how="the same, where the pattern was never checked before",
    command=ace,
    fresh=unseen_ace,
    own=ACE.own,
)
FLOOR = Contender(
    name="floor", how="a bare script: C YAML loader, compiled Jinja, files written", command=floor
)
CONTENDERS = (
    ACE,
    UNSEEN,
    FLOOR,
    Contender(name="write only", how="the same texts from one pickle", command=_writing),
    Contender(
        name="hygen (API)",
        how="a loop of our own around its JavaScript interface",
        package="hygen",
        command=_script("hygen.mjs"),
    ),
    Contender(
        name="projen",
        how="a program that declares each file",
        package="projen",
        command=_script("projen.mjs"),
        own=frozenset({".gitattributes", ".gitignore", ".projen"}),
    ),
    Contender(
        name="cookiecutter (fixed)",
        how="a template made for just these models, a stub for each file",
        package="cookiecutter",
        command=_cookiecutter_fixed,
    ),
    Contender(
        name="copier",
        how="`{% yield %}` in names of files",
        package="copier",
        command=_copier,
    ),
    Contender(name="plop", how="a list of actions", package="plop", command=_plop),
    Contender(
        name="Nx generator",
        how="`generateFiles` in a loop",
        package="nx",
        command=_nx,
        fresh=_fresh_nx,
        own=frozenset({"nx.json", "package.json", "node_modules", ".nx"}),
    ),
    Contender(
        name="Yeoman",
        how="`copyTpl` in a loop",
        package="yeoman-generator",
        command=_script("yeoman.mjs"),
        own=frozenset({".yo-rc.json", ".yo-repository"}),
    ),
    Contender(
        name="hygen",
        how="its command once for each model, and once for all",
        package="hygen",
        command=_hygen_loop,
        largest=100,
    ),
    Contender(
        name="cookiecutter",
        how="its command once for each model, and once for all",
        package="cookiecutter",
        command=_cookiecutter_loop,
        largest=100,
    ),
)
