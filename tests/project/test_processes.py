"""Processes that are killed when it happens, and many at once."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from ace_flow.project import Tree, Write, digest, locked, recover, write

KILLS, PROCESSES, RUNS = 300, 12, 10
NAMES = [f"{place}/{number}.txt" for place in ("a", "b/c") for number in range(8)]


def version(root) -> set[str | None]:
    """Return what is in the files: the same in all, unless a write was torn."""
    texts = (Tree(root).read(name) for name in NAMES)
    return {None if text is None else text.decode() for text in texts}


def save(root, text: str) -> None:
    def before(name):
        content = Tree(root).read(name)
        return None if content is None else digest(content)

    write(root, [Write(path=name, content=text.encode(), before=before(name)) for name in NAMES])


def write_on(root) -> None:
    """Write one version after the other, until killed."""
    number = 0
    while True:
        with locked(root, lambda: None):
            recover(root)
            number += 1
            save(root, str(number))


def test_whenever_it_is_killed_all_is_old_or_new(tmp_path):
    chance = random.Random(7)  # noqa: S311 no secret
    torn = 0
    for _ in range(KILLS):
        child = os.fork()
        if child == 0:
            try:
                write_on(tmp_path)
            finally:
                os._exit(1)
        time.sleep(chance.uniform(0.002, 0.06))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        assert os.WTERMSIG(status) == signal.SIGKILL
        torn += len(version(tmp_path)) > 1
        with locked(tmp_path, lambda: None):
            assert recover(tmp_path) == ()
        assert len(version(tmp_path)) == 1
    # The test has seen what it is about.
    assert torn > 0


CODE = """
import sys
from pathlib import Path
sys.path[:0] = [sys.argv[1]]
from test_processes import NAMES, save, version
from ace_flow.project import locked, recover
root = Path(sys.argv[2])
for number in range(int(sys.argv[4])):
    with locked(root, lambda: print("waits", flush=True)):
        recover(root)
        assert len(version(root)) == 1, version(root)
        save(root, f"{sys.argv[3]} {number}")
"""


def test_processes_at_once_take_turns(tmp_path):
    here = str(Path(__file__).parent)

    def run(number: int) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-c", CODE, here, str(tmp_path), str(number), str(RUNS)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    with ThreadPoolExecutor(PROCESSES) as pool:
        done = list(pool.map(run, range(PROCESSES)))
    assert [(item.returncode, item.stderr) for item in done] == [(0, "")] * PROCESSES
    assert len(version(tmp_path)) == 1
    assert "waits\n" in "".join(item.stdout for item in done)


SHOP = """\
name: shop
models:
  - name: Task
    fields: [{name: FIELD, type: string}]
components:
  - {name: TaskForm, type: form}
"""


def test_commands_at_once_take_turns(tmp_path):
    """Twelve at once, of two patterns: what is left is one's whole, and the next finds it so."""
    for name, field in (("one", "title"), ("two", "caption")):
        (tmp_path / f"{name}.yml").write_text(SHOP.replace("FIELD", field))
    command = [sys.executable, "-m", "ace_flow", "generate", "--allow-data-loss", "-o", "app"]
    running = [
        subprocess.Popen(
            [*command, f"{('one', 'two')[number % 2]}.yml"],
            cwd=tmp_path,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(PROCESSES)
    ]
    said = [process.communicate() for process in running]
    assert [process.returncode for process in running] == [0] * PROCESSES, said
    assert "another ace is at work in this project" in "".join(err for _, err in said)
    fields = {
        word
        for file in ("amplify/data/resource.ts", "src/forms/TaskInputs.tsx", "src/forms/toTask.ts")
        for word in ("title", "caption")
        if word in (tmp_path / "app" / file).read_text()
    }
    assert len(fields) == 1
    name = "one" if fields == {"title"} else "two"
    again = subprocess.run(
        [*command, f"{name}.yml"], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert again.stdout == "nothing to do: app is up to date\n"
