"""The tests that lie beside a pattern, in its folder `tests`: which they are, and their run."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

from ace_flow.diagnostics import AttentionError, ConfigurationError
from ace_flow.names import normal
from ace_flow.programs import hear, without_keys
from ace_flow.registry import Code, Klass, UnsafePathError, code_of_files, files_below
from ace_flow.trials.toolchain import EXTRA, PATIENCE, Tested, passed, vitest
from ace_flow.workspace import shipped

if TYPE_CHECKING:
    from ace_flow.session import Checked, Session

FOLDER = "tests"
BASELINE_SUFFIX = ".performance.json"
_JAVASCRIPT = re.compile(r"(.+)\.(?:test|spec)\.[cm]?[jt]s")
_PYTHON = re.compile(r"test_(.+)\.py")
_PLUGIN = "ace_flow.pytest_plugin"


class OwnTests(NamedTuple):
    """The files with a pattern's own tests."""

    javascript: tuple[Path, ...]
    python: tuple[Path, ...]


def pattern_path(session: Session, checked: Checked) -> Path | None:
    """Return the file of a pattern that lies in a folder of the user's, else None."""
    entry = checked.entry
    return session.root / entry.location if entry.origin in {"path", "project"} else None


def own_tests(session: Session, checked: Checked) -> OwnTests:
    """Return the tests of a pattern: those in `tests` beside its file that are called after it."""
    path = pattern_path(session, checked)
    if path is None or not (path.parent / FOLDER).is_dir():
        return OwnTests((), ())
    names = {normal(checked.pattern.name), normal(path.stem).lower()}

    def called(form: re.Pattern[str]) -> tuple[Path, ...]:
        found = ((form.fullmatch(file.name), file) for file in files)
        return tuple(file for match, file in found if match and normal(match[1]).lower() in names)

    files = sorted(file for file in (path.parent / FOLDER).iterdir() if file.is_file())
    return OwnTests(called(_JAVASCRIPT), called(_PYTHON))


def code_of_tests(session: Session, checked: Checked) -> Code | None:
    """Return a pattern's own tests as code: all files in their folder; None when there are none.

    What they are compared with is no part of it. Raises ConfigurationError when a file is a link.
    """
    path, tests = pattern_path(session, checked), own_tests(session, checked)
    if path is None or not (tests.javascript or tests.python):
        return None
    try:
        files = files_below(path.parent, FOLDER)
    except UnsafePathError as error:
        raise ConfigurationError(str(error)) from error
    return code_of_files(
        {name: content for name, content in files.items() if not name.endswith(BASELINE_SUFFIX)},
        name=f"{checked.pattern.name}/{FOLDER}",
        reference=checked.entry.location,
        origin=checked.entry.origin,
        klass=Klass.RUNS,
        runs=[f"{FOLDER}/{file.name}" for file in (*tests.javascript, *tests.python)],
        is_tests=True,
    )


def run_own(session: Session, checked: Checked, root: Path) -> str | None:
    """Run a pattern's own tests, with Vitest of the project in `root` and with pytest.

    Returns None when there are none. Raises AttentionError with those that fail,
    ConfigurationError where pytest is missing, and TrustError when nobody trusts them.
    """
    tests = own_tests(session, checked)
    if code := code_of_tests(session, checked):
        session.gate.require(code, Klass.RUNS)
    results = []
    if tests.javascript:
        results.append(_run_javascript(session.root, root, tests.javascript))
    if tests.python:
        results.append(_run_python(session.root, tests.python))
    if not results:
        return None
    failed = tuple(failure for result in results for failure in result.failed)
    return passed(Tested(sum(result.passed for result in results), failed))


def _run_javascript(folder: Path, root: Path, files: tuple[Path, ...]) -> Tested:
    config = shipped("trials") / "vitest.config.mjs"
    with TemporaryDirectory(prefix="ace-") as passing:
        return vitest(
            root,
            *("--config", str(config), "--root", str(folder), "--dir", str(files[0].parent)),
            *map(str, files),
            folder=folder,
            ACE_FLOW_COMMAND=json.dumps([sys.executable, "-P", "-m", "ace_flow"]),
            ACE_FLOW_CACHE=passing,
        )


def _run_python(folder: Path, files: tuple[Path, ...]) -> Tested:
    if importlib.util.find_spec("pytest") is None:
        raise ConfigurationError("`pytest` is not installed", hint=f"install it: {EXTRA}")
    with TemporaryDirectory(prefix="ace-") as passing:
        report = f"{passing}/report.xml"
        # Nothing beside the tests takes part: no settings, no modules where they are run, nothing
        # that Python compiled of other texts.
        settings = Path(passing) / "pytest.ini"
        settings.write_text("[pytest]\n", encoding="utf-8")
        home = files[0].parent
        options = ("-p", _PLUGIN, "-p", "no:cacheprovider", "-q", f"--junit-xml={report}")
        alone = ("-c", str(settings), f"--rootdir={home}", f"--confcutdir={home}")
        environment = without_keys()
        environment |= {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPYCACHEPREFIX": passing}
        program = [sys.executable, "-P", "-m", "pytest"]
        command: list[str | Path] = [*program, *options, *alone, *files]
        done = hear(command, folder, environment, PATIENCE)
        try:
            cases = list(ET.parse(report).iter("testcase"))  # noqa: S314 - pytest wrote it
        except (OSError, ET.ParseError):
            raise AttentionError("pytest failed", hint=done.text) from None
    failed = [
        (case.get("name", ""), (fault.get("message") or "") + "\n" + (fault.text or ""))
        for case in cases
        for fault in (*case.iter("failure"), *case.iter("error"))
    ]
    skipped = sum(1 for case in cases if case.find("skipped") is not None)
    return Tested(len(cases) - len(failed) - skipped, tuple(failed))
