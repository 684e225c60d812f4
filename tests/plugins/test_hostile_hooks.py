"""Hooks that fail, hang, flood, leave something behind or lie: stopped, with their names."""

from __future__ import annotations

import os
import secrets
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from ace_flow.diagnostics import HookError
from ace_flow.workspace import HOOKS_FOLDER

pytestmark = pytest.mark.skipif(os.name == "nt", reason="looks for processes in /proc")

JS = {
    "fs": "const fs = await import('node:fs');\n",
    "child": "const { spawn, execFileSync } = await import('node:child_process');\n",
}


def processes() -> dict[int, str]:
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            text = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            continue
        found[int(folder.name)] = text
    return found


def left(token: str) -> list[str]:
    return [text for text in processes().values() if token in text]


# In what hooks start, so long do they sleep; each test says another time, by which it knows them.
NAP = "98765"


@pytest.fixture
def nap() -> str:
    return str(secrets.randbelow(10**8) + 10**8)


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    """Return a cache for all tests here: templates are compiled once."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(autouse=True)
def own_temporary(cache, tmp_path_factory, monkeypatch, nap):
    """See that no process and no folder of a run is left, whatever happened in it."""
    shared = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr(tempfile, "tempdir", str(shared))
    monkeypatch.setenv("TMPDIR", str(shared))
    monkeypatch.setenv("ACE_CACHE_DIR", str(cache))
    folder = cache / "passing"
    folder.mkdir(mode=0o700, exist_ok=True)
    yield folder
    assert list(shared.iterdir()) == []
    assert left(str(folder)) == []
    assert left(nap) == []
    assert list(folder.iterdir()) == []


BAD = {
    "throws": (
        "raise RuntimeError('broken')",
        "throw new Error('broken');",
        "broken",
    ),
    "throws nothing": ("raise KeyError()", "throw undefined;", "KeyError|undefined"),
    "rejects later": (
        (
            "import threading, os\nthreading.Thread(target=lambda: os._exit(3)).start()\n"
            "import time\ntime.sleep(5)"
        ),
        "Promise.reject(new Error('later'));\nawait new Promise((go) => setTimeout(go, 5000));",
        "ended with code (3|1) without an answer",
    ),
    "exits": (
        "import sys\nsys.exit(0)",
        "process.exit(0);",
        "ended with code 0 without an answer",
    ),
    "exits at once": (
        "import os\nos._exit(0)",
        "process.reallyExit(0);",
        "ended with code 0 without an answer",
    ),
    "kills itself": (
        "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\nimport time\ntime.sleep(5)",
        "process.kill(process.pid, 'SIGKILL');\nawait new Promise((go) => setTimeout(go, 5000));",
        "was stopped by SIGKILL without an answer",
    ),
    "floods": (
        "while True:\n    print('x' * 1000)",
        "for (;;) { console.log('x'.repeat(1000)); }",
        "printed more than 1,048,576 bytes",
    ),
    "floods and answers": (
        "print('x' * 3_000_000)",
        "console.log('x'.repeat(3_000_000));",
        "printed more than 1,048,576 bytes",
    ),
    "never ends": (
        "while True:\n    pass",
        "for (;;) {}",
        "took longer than 1.5 seconds; ACE_HOOK_SECONDS can allow more",
    ),
    "waits forever": (
        "import asyncio\nreturn asyncio.Event().wait()",
        "await new Promise((go) => setInterval(() => {}, 1000));",
        "took longer than 1.5 seconds",
    ),
    "wants memory": (
        "x = bytearray(8 * 1024 ** 3)",
        "const all = [];\nfor (;;) all.push(new Array(1e6).fill(all.length));",
        "MemoryError|SIGABRT|SIGTRAP|longer than",
    ),
    "returns a number": ("return 7", "return 7;", "returned a number; what it may return has"),
    "returns a list": ("return [1]", "return [1];", "returned a list"),
    "returns what means nothing": (
        "return {'file': {}}",
        "return { file: {} };",
        "returned `file`, which means nothing here",
    ),
    "returns files without text": (
        "return {'files': {'a.md': 7}}",
        "return { files: { 'a.md': 7 } };",
        "without a `path` or a `content`",
    ),
    "returns a secret way": (
        "import socket\nreturn socket",
        "return { files: 7n };",
        "(?i)type ?error",
    ),
    "returns itself": (
        "x = {}\nx['files'] = x\nreturn x",
        "const x = {};\nx.files = x;\nreturn x;",
        "ircular",
    ),
    "answers for itself": (
        (
            "import os, sys\nfolder = sys.argv[2]\n"
            "open(folder + '/2.answer', 'w').write('[1')\nos._exit(0)"
        ),
        (
            "const fs = await import('node:fs');\n"
            "fs.writeFileSync(process.argv[2] + '/2.answer', '[1');\nprocess.exit(0);"
        ),
        "answered what is no JSON",
    ),
    "answers at length": (
        "return {'notices': ['x' * 9_000_000]}",
        "return { notices: ['x'.repeat(9_000_000)] };",
        "answered more than 8,388,608 bytes",
    ),
}


@pytest.mark.parametrize("language", ["python", "javascript"])
@pytest.mark.parametrize("case", BAD)
def test_a_bad_hook_stops_the_run(project, language, case, monkeypatch):
    monkeypatch.setenv("ACE_HOOK_SECONDS", "1.5" if "longer" in BAD[case][2] else "20")
    *bodies, message = BAD[case]
    name = project.module(language, "pre", bodies[language == "javascript"])
    started = time.monotonic()
    with pytest.raises(HookError, match=message) as caught:
        project.generate()
    assert caught.value.message.startswith(f"{name}: ")
    assert time.monotonic() - started < 15
    assert not [path for path in project.files if not path.startswith(".ace-flow/lock")]


LEAVING = {
    "a child": (
        "import subprocess\nsubprocess.Popen(['sleep', '98765'])",
        JS["child"] + "spawn('sleep', ['98765']);",
    ),
    "a child in a session of its own": (
        "import subprocess\nsubprocess.Popen(['sleep', '98765'], start_new_session=True)",
        JS["child"] + "spawn('sleep', ['98765'], { detached: true, stdio: 'ignore' }).unref();",
    ),
    "a daemon": (
        (
            "import subprocess\n"
            "subprocess.run(['sh', '-c', 'env -i setsid sleep 98765 >/dev/null 2>&1 & exit 0'])"
        ),
        JS["child"] + "execFileSync('sh', "
        "['-c', 'env -i setsid sleep 98765 >/dev/null 2>&1 & exit 0'], { stdio: 'ignore' });",
    ),
    "a daemon that starts others": (
        (
            "import subprocess\nsubprocess.run(['sh', '-c', "
            '\'setsid sh -c "while :; do setsid sleep 98765 & sleep 0.01; done" '
            ">/dev/null 2>&1 &'])"
        ),
        JS["child"] + "execFileSync('sh', ['-c', "
        "'setsid sh -c \"while :; do setsid sleep 98765 & sleep 0.01; done\" >/dev/null 2>&1 &'], "
        "{ stdio: 'ignore' });",
    ),
}


@pytest.mark.skipif(sys.platform != "linux", reason="only there orphans are found")
@pytest.mark.parametrize("language", ["python", "javascript"])
@pytest.mark.parametrize("case", LEAVING)
def test_nothing_that_a_hook_starts_is_left(project, language, case, nap):
    body = LEAVING[case][language == "javascript"]
    project.module(language, "pre", body.replace(NAP, nap))
    project.generate()
    assert "index.html" in project.files
    # The fixture looks for what is left.


@pytest.mark.skipif(sys.platform != "linux", reason="only there orphans are found")
@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("language", ["python", "javascript"])
def test_nothing_is_left_when_ace_is_stopped(project, language, number, own_temporary, nap):
    body = (
        "import subprocess, time\nsubprocess.Popen(['sleep', '98765'], start_new_session=True)\n"
        "time.sleep(60)"
        if language == "python"
        else JS["child"] + "spawn('sleep', ['98765'], { detached: true });\n"
        "await new Promise((go) => setTimeout(go, 60000));"
    )
    project.module(language, "pre", body.replace(NAP, nap))
    project.trusting("./p.yml", project.folder)
    command = [sys.executable, "-m", "ace_flow", "generate", "./p.yml", "--output", "app"]
    ace = subprocess.Popen(command, cwd=project.folder, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 20
    while not left(nap) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert left(nap)
    ace.send_signal(number)
    _, said = ace.communicate(timeout=20)
    assert "Traceback" not in said
    deadline = time.monotonic() + 10
    while (left(nap) or left(str(own_temporary))) and time.monotonic() < deadline:
        time.sleep(0.02)
    if number == signal.SIGKILL:
        # Nobody was there to remove it.
        for item in own_temporary.iterdir():
            subprocess.run(["rm", "-r", str(item)], check=True)
    else:
        assert ace.returncode == {signal.SIGTERM: 143, signal.SIGINT: 130}[number]
    assert "app/index.html" not in {str(path) for path in project.folder.rglob("*")}


CHANGES = {
    "python": "from pathlib import Path\nhome = Path(context.project)\n",
    "javascript": JS["fs"] + "const home = context.project;\n",
}
WAYS = {
    "writes a file": (
        "(home / 'index.html').write_text('mine')",
        "fs.writeFileSync(home + '/index.html', 'mine');",
        "index.html",
    ),
    "adds a file": (
        "(home / 'src' / 'other.ts').write_text('')",
        "fs.writeFileSync(home + '/src/other.ts', '');",
        "src/other.ts",
    ),
    "removes a file": (
        "(home / 'index.html').unlink()",
        "fs.unlinkSync(home + '/index.html');",
        "index.html",
    ),
    "changes what ace remembers": (
        "(home / '.ace-flow' / 'state.json').write_text('{}')",
        "fs.writeFileSync(home + '/.ace-flow/state.json', '{}');",
        ".ace-flow/state.json",
    ),
}


@pytest.mark.parametrize("language", ["python", "javascript"])
@pytest.mark.parametrize(
    ("case", "form"), [*((case, "pre") for case in WAYS), ("writes a file", "post")]
)
def test_a_hook_changes_no_file_behind_aces_back(project, language, case, form):
    project.pattern()
    project.generate()
    before = project.files
    *bodies, path = WAYS[case]
    body = CHANGES[language] + bodies[language == "javascript"]
    name = project.module(language, form, body, "tags: [other]\n")
    with pytest.raises(HookError) as caught:
        project.generate()
    assert caught.value.message == f"{name}: changed files of the project while it ran: {path}"
    after = project.files
    assert {key for key in {*before, *after} if before.get(key) != after.get(key)} == {path}


@pytest.mark.parametrize("language", ["python", "javascript"])
def test_a_hook_finds_no_keys_and_no_home(project, language, monkeypatch):
    for variable in ("AWS_ACCESS_KEY_ID", "AWS_PROFILE", "GITHUB_TOKEN", "NPM_TOKEN", "MY_SECRET"):
        monkeypatch.setenv(variable, "do not tell")
    monkeypatch.setenv("NODE_OPTIONS", "--title=told")
    monkeypatch.setenv("PYTHONSTARTUP", "told")
    name = project.module(
        language,
        "pre",
        "import os, json\nfrom pathlib import Path\n"
        "print(json.dumps([sorted(os.environ), os.listdir(Path.home()), os.listdir('.')]))"
        if language == "python"
        else JS["fs"] + "const { homedir } = await import('node:os');\n"
        "console.log(JSON.stringify([Object.keys(process.env).sort(), fs.readdirSync(homedir()), "
        "fs.readdirSync('.')]));",
    )
    project.generate()
    known = '["APPDATA", "HOME", "LANG", "LOCALAPPDATA", "NO_COLOR", "PATH", "TEMP", "TMP", '
    known += '"TMPDIR", "TZ", "USERPROFILE"]'
    (said,) = project.said
    assert said.replace('","', '", "').replace("],[", "], [") == f"{name}: [{known}, [], []]"


@pytest.mark.parametrize(
    ("path", "text", "message"),
    [
        ("a.py", "def ace_pre_generation(context:\n", "cannot be loaded: SyntaxError"),
        ("a.py", "import not_there\n", "cannot be loaded: ModuleNotFoundError"),
        ("a.py", "raise SystemExit\n", "ended with code 0 without an answer"),
        ("a.py", "def before():\n    pass\n", "has no hooks"),
        ("a.js", "export const aHooks = {\n", "cannot be loaded: SyntaxError"),
        ("a.js", "import 'not-there';\nexport const aHooks = {};\n", "Cannot find package"),
        ("a.js", "process.exit(0);\n", "ended with code 0 without an answer"),
        ("a.js", "export const other = { preGeneration() {} };\n", "has no hooks"),
        ("a.ts", "export const aHooks: object = {};\n", "is TypeScript, for which the project"),
    ],
)
def test_a_module_that_cannot_be_loaded_says_why(project, path, text, message):
    project.write(path, text)
    project.pattern(f"hooks: [{path}]\n")
    with pytest.raises(HookError, match=message) as caught:
        project.generate()
    assert caught.value.message.startswith(f"{path}: ")


def test_the_hooks_of_a_project_are_watched_and_trusted_like_those_of_a_pattern(project, trusting):
    project.pattern()
    project.generate()
    project.write(f"app/{HOOKS_FOLDER}/check.py", "def ace_pre_generation(context):\n    1 / 0\n")
    with pytest.raises(Exception, match=r"`app/\.ace-flow` runs programs"):
        project.generate()
    trusting(None, project.app)
    with pytest.raises(HookError) as caught:
        project.generate()
    named = f"{HOOKS_FOLDER}/check.py: ZeroDivisionError: division by zero"
    assert caught.value.message == named


@pytest.mark.parametrize("language", ["python", "javascript"])
def test_modules_that_others_put_above_are_not_found(project, language):
    """In a folder for temporary files that all share, anybody can put modules for Node to find."""
    shared = Path(tempfile.gettempdir())
    for name in ("node_modules/optional-dep/index.js", "optional_dep.py"):
        file = shared / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("console.log('harm');" if file.suffix == ".js" else "print('harm')\n")
    body = (
        "try:\n    import optional_dep\nexcept ImportError:\n    print('none')"
        if language == "python"
        else "await import('optional-dep').catch(() => console.log('none'));"
    )
    name = project.module(language, "pre", body)
    try:
        project.generate()
    finally:
        subprocess.run(["rm", "-r", *map(str, shared.iterdir())], check=True)
    assert project.said == [f"{name}: none"]


def test_the_copy_of_what_was_generated_is_in_the_cache(project, own_temporary):
    name = project.module("python", "post", "print(context.output)")
    project.generate()
    (said,) = project.said
    assert said.startswith(f"{name}: {own_temporary}")


ANSWERS = {
    "a pipe": ("os.mkfifo('../2.answer')", "is no file"),
    "a file without end": ("os.symlink('/dev/zero', '../2.answer')", "cannot be read"),
    "a link": ("os.symlink('/etc/hostname', '../2.answer')", "cannot be read"),
    "a link to nothing": ("os.symlink('nothing', '../2.answer')", "cannot be read"),
    "a folder": ("os.mkdir('../2.answer')", "is no file"),
}


@pytest.mark.parametrize("case", ANSWERS)
def test_what_is_put_in_the_place_of_an_answer_is_not_waited_for(project, case):
    body, said = ANSWERS[case]
    name = project.module("python", "pre", f"import os, time\n{body}\ntime.sleep(20)")
    started = time.monotonic()
    with pytest.raises(HookError, match=said) as caught:
        project.generate()
    assert caught.value.message.startswith(f"{name}: ")
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("what", ["os.mkfifo(place)", "os.symlink(context.project, place)"])
def test_what_is_put_in_the_place_of_a_request_is_not_written(project, what):
    body = f"import os\nplace = '../3.request'\n{what}\n"
    body += "def ace_post_generation(context): pass\n"
    text = "".join(f"    {line}\n" for line in body.splitlines()[:3])
    project.write(
        "hooks/it.py",
        f"def ace_pre_generation(context):\n{text}\ndef ace_post_generation(context): pass\n",
    )
    project.pattern("hooks: [hooks/it.py]\n")
    with pytest.raises(HookError, match="put something in the place of a request"):
        project.generate()


@pytest.mark.parametrize("language", ["python", "javascript"])
def test_nothing_of_ours_is_shown_as_what_a_hook_printed(project, language):
    many = "'x' * 9_000_000" if language == "python" else "'x'.repeat(9_000_000)"
    said = "print('said')\n" if language == "python" else "console.log('said');\n"
    name = project.module(language, "pre", f"{said}return {{'notices': [{many}]}}")
    with pytest.raises(HookError, match="answered more than 8,388,608 bytes"):
        project.generate()
    assert project.said == [f"{name}: said"]
