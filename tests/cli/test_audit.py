"""What the commands that only read a pattern touch, as Python's own audit events tell it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

import ace_flow
from ace_flow.caches import cache_folder
from ace_flow.workspace import shipped

# Runs commands (or Python code, for what must be noticed) and prints all events, each command's
# in a list of its own. A hook cannot be removed, so this is a process of its own.
CHILD = """
import io, json, os, sys
events = []
def text(value):
    if isinstance(value, bytes):
        return os.fsdecode(value)
    return value if isinstance(value, str) else repr(value)
def hook(event, args):
    if event in {"exec", "compile"}:
        name = getattr(args[0], "co_filename", None) if event == "exec" else args[1]
        events[-1].append([event, [text(name)]])
    elif event not in {"object.__getattr__", "object.__setattr__", "sys._getframe"}:
        events[-1].append([event, [text(value) for value in args]])
runs = json.load(sys.stdin)
out = sys.stdout
events.append([])
sys.addaudithook(hook)
codes = []
for run in runs:
    sys.stdout, sys.stderr = io.StringIO(), io.StringIO()
    events.append([])
    if isinstance(run, str):
        try:
            exec(run)
        except Exception:
            pass
    else:
        from ace_flow.cli.app import run as ace
        codes.append([ace(run), sys.stdout.getvalue() + sys.stderr.getvalue()])
done = events[1:]
events.append([])
json.dump([done, codes], out)
"""

# Events by the kind of thing they are; what is not here touches nothing outside the process.
PROCESSES = (
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.spawn",
    "os.startfile",
    "os.system",
    "pty.",
)
NETWORK = (
    "ftplib.",
    "http.",
    "imaplib.",
    "poplib.",
    "smtplib.",
    "socket.",
    "telnetlib.",
    "urllib.",
)
FILES = {
    *("ctypes.dlopen", "glob.glob", "open", "os.chdir", "os.chflags", "os.chmod", "os.chown"),
    *("os.link", "os.listdir", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.scandir"),
    *("os.symlink", "os.truncate", "os.utime", "pathlib.Path.glob", "shutil.copyfile"),
    *("shutil.copytree", "shutil.move", "shutil.rmtree", "sqlite3.connect"),
}
CODE = {"compile", "exec", "import"}

PYTHON = [Path(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib", "purelib", "platlib")]
OURS = [
    Path(ace_flow.__file__).parent,
    Path(cache_folder()),
    *map(shipped, ("patterns", "templates", "hooks")),
]


def within(path: str, folders: list[Path], cwd: Path) -> bool:
    real = Path(os.path.realpath(cwd / path))
    return any(real.is_relative_to(os.path.realpath(folder)) for folder in folders)


def forbidden(events: list, project: Path, own: list[Path]) -> list:
    """Return the events that no command which only reads a pattern may cause."""
    code = [*PYTHON, *OURS]
    found = []
    for event, args in events:
        path = args[0] if args else ""
        if event == "os.scandir" and path in sys.path:
            continue  # Installed plugins are looked for, by the names of packages.
        if event.startswith((*PROCESSES, *NETWORK)) or event == "subprocess.Popen":
            found.append([event, args])
        elif event in FILES:
            if not within(path, [*code, project, *own], project):
                found.append([event, args])
        elif event in CODE:
            file = args[1] if event == "import" else path
            is_file = file.startswith("/") or file.endswith(".py")
            if is_file and file != "None" and not within(file, code, project):
                found.append([event, args])
    return found


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "project"
    folder.mkdir()
    return folder


@pytest.fixture
def watched(project, own_store, own_trust):
    """Run commands in a process that notes what it touches; return that, and what they printed."""

    def watch(*runs: list[str] | str) -> tuple[list[list], list]:
        path = [str(OURS[0].parent), *(item for item in sys.path if within(item, PYTHON, project))]
        done = subprocess.run(
            [sys.executable, "-P", "-c", CHILD],
            input=json.dumps(runs),
            cwd=project,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path)},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        events, results = json.loads(done.stdout)
        own = [own_store.parent, own_trust.parent]
        return [forbidden(item, project, own) for item in events], results

    return watch


COMMANDS = (
    ["validate-pattern", "{}"],
    ["validate-pattern", "{}", "--strict", "--format", "sarif"],
    ["show-pattern", "{}"],
    ["show-pattern", "{}", "--json"],
    ["trust", "{}"],
)
SHIPPED = sorted(file.stem for file in shipped("patterns").rglob("*.yml"))


def on(*patterns: str) -> list[list[str]]:
    runs = [[part.format(name) for part in command] for name in patterns for command in COMMANDS]
    return [*runs, ["list-patterns"], ["list-patterns", "--json"]]


def test_reading_the_shipped_patterns_touches_nothing_else(watched):
    runs = on(*SHIPPED)
    touched, results = watched(*runs)
    assert touched == [[] for _ in runs]
    plain = [code for run, (code, _) in zip(runs, results, strict=True) if "--strict" not in run]
    assert set(plain) == {0}


EVIL = "open('EXECUTED', 'w').close()\n"
MODEL = "models: [{name: A, fields: [{name: x, type: id}]}]\n"
HOSTILE = {
    "template-above": "templates: {src/a.ts: ../outside/secret.txt}\n" + MODEL,
    "template-rooted": "templates: {src/a.ts: OUTSIDE/secret.txt}\n" + MODEL,
    "template-linked": "templates: {src/a.ts: link.ts}\n" + MODEL,
    "template-in-a-linked-folder": "templates: {src/a.ts: linked/secret.txt}\n" + MODEL,
    "template-in-the-middle": "templates: {src/a.ts: hooks/../../outside/secret.txt}\n" + MODEL,
    "template-of-jinja": "templates: {src/a.ts: evil.j2, '{{ 1/0 }}': evil.j2}\n" + MODEL,
    "template-address": "templates: {src/a.ts: 'https://example.com/a.ts'}\n" + MODEL,
    "template-target": "templates: {../outside/new.txt: link.ts}\n" + MODEL,
    "hook": "hooks: [hooks/evil.py]\n" + MODEL,
    "hook-above": "hooks: [../outside/evil.py]\n" + MODEL,
    "hook-rooted": "hooks: [OUTSIDE/evil.py]\n" + MODEL,
    "hook-linked": "hooks: [linked/evil.py, link.py]\n" + MODEL,
    "generator": "generators: [hooks/evil.py, ../outside/evil.py, linked/evil.py]\n" + MODEL,
    "extends-above": "extends: ../outside/parent\n",
    "extends-a-file": "extends: ../outside/parent.yml\n",
    "extends-rooted": "extends: OUTSIDE/parent.yml\n",
    "extends-an-address": "extends: 'https://example.com/parent.yml'\n",
    "extends-a-file-address": "extends: 'file://OUTSIDE/parent.yml'\n",
    "extends-a-share": "extends: '\\\\example.com\\share\\parent'\n",
    "extends-a-version": "extends: 'e_commerce@https://example.com'\n",
    "tag": "x-a: !!python/object/apply:os.system [touch EXECUTED]\n" + MODEL,
    "regular-expression": MODEL.replace("id}", "string, pattern: '(a*)*[['}"),
    "default": MODEL.replace("id}", "url, default: 'http://example.com/'}"),
    "not-yaml": "[" * 100,
}


@pytest.fixture
def hostile(project, tmp_path):
    """Write patterns that reach for what is not theirs, and what they reach for."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text("secret: word\n")
    (outside / "evil.py").write_text(EVIL)
    (outside / "parent.yml").write_text(f"name: parent\ndescription: secret\n{MODEL}")
    for name, text in HOSTILE.items():
        body = text.replace("OUTSIDE", str(outside))
        (project / f"{name}.yml").write_text(f"name: {name}\n{body}")
    patterns = project / ".ace-flow" / "patterns"
    patterns.mkdir(parents=True)
    (patterns / "mine.yml").write_text(f"name: mine\nhooks: [hooks/evil.py]\n{MODEL}")
    (patterns / "wrong.yml").write_text("name: wrong\nextends: ../../../outside/parent\n")
    for folder in (project, patterns):
        (folder / "hooks").mkdir()
        (folder / "hooks" / "evil.py").write_text(EVIL)
        (folder / "evil.j2").write_text("{{ ''.__class__.__mro__[1].__subclasses__() }}")
        # What Python would take for its own modules.
        for module in ("yaml", "json", "jinja2", "sitecustomize", "packaging"):
            (folder / f"{module}.py").write_text(EVIL)
    (project / "link.ts").symlink_to(outside / "secret.txt")
    (project / "link.py").symlink_to(outside / "evil.py")
    (project / "linked").symlink_to(outside)
    (patterns / "parent.yml").symlink_to(outside / "parent.yml")
    return project


def test_a_hostile_pattern_makes_us_touch_nothing_else(watched, hostile):
    names = [*(f"{name}.yml" for name in HOSTILE), "mine", "wrong", "parent"]
    runs = [*on(*names), *(["generate", name, "--output", "app"] for name in names)]
    touched, results = watched(*runs)
    assert dict(zip(map(str, runs), touched, strict=True)) == {str(run): [] for run in runs}
    assert not list(hostile.rglob("EXECUTED"))
    assert "word" not in str(results)
    codes = {str(run): code for run, (code, _) in zip(runs, results, strict=True)}
    assert {codes[str(run)] for run in runs if run[0] == "list-patterns"} == {0}
    assert {codes[str(["generate", name, "--output", "app"])] for name in ("hook.yml", "mine")} == {
        4
    }
    assert {code for run, code in codes.items() if "above" in run or "extends" in run} == {3}
    assert {code for run, code in codes.items() if "'parent'" in run} == {5}


@pytest.mark.parametrize(
    ("code", "event"),
    [
        ("open('/etc/hostname')", "open"),
        ("open('../outside/secret.txt')", "open"),
        ("open('link.ts')", "open"),
        ("from pathlib import Path; Path('linked/secret.txt').read_bytes()", "open"),
        ("from pathlib import Path; list(Path('linked').iterdir())", "os.listdir"),
        ("import os; os.scandir('..')", "os.scandir"),
        ("import os; os.mkdir('../new')", "os.mkdir"),
        ("import sqlite3; sqlite3.connect('../other.sqlite3')", "sqlite3.connect"),
        ("import socket; socket.socket()", "socket.__new__"),
        ("import socket; socket.getaddrinfo('localhost', 80)", "socket.getaddrinfo"),
        ("import urllib.request; urllib.request.urlopen('http://127.0.0.1:9')", "urllib.Request"),
        ("import subprocess; subprocess.run(['true'])", "subprocess.Popen"),
        ("import os; os.system('true')", "os.system"),
        ("import os; os.posix_spawn('/bin/true', ['true'], {})", "os.posix_spawn"),
        ("import sys; sys.path.insert(0, 'hooks'); import evil", "exec"),
        ("import runpy; runpy.run_path('hooks/evil.py')", "exec"),
        ("import sys; sys.path.insert(0, '../outside'); import evil", "open"),
        ("import ctypes; ctypes.CDLL('../outside/lib.so')", "ctypes.dlopen"),
    ],
)
def test_what_must_not_be_touched_would_be_noticed(watched, hostile, code, event):
    (touched,), _ = watched(code)
    assert event in [name for name, _ in touched]


def test_what_may_be_touched_is_noted_as_well_and_let_pass(watched, hostile, own_store):
    for code in ("open('mine')", "open('.ace-flow/patterns/mine.yml')", "import difflib"):
        assert watched(code) == ([[]], [])
    assert watched(f"open({str(own_store.parent / 'x')!r}, 'w')") == ([[]], [])
