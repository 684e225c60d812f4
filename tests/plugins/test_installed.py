"""Plugins that are installed as packages: found, called in order, and what they register."""

from __future__ import annotations

import subprocess
import sys
import time
from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from ace_flow.diagnostics import HookError
from ace_flow.extension import context_of, hooks_of
from ace_flow.plugins import EntryPoint, Installed, entry_points
from ace_flow.plugins.contexts import Context
from ace_flow.plugins.manager import Hooks
from ace_flow.session import Session

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "from ace_flow.plugins.contracts import hookimpl, hookspec\nimport pluggy\n"
CONTEXT = Context(name="mine")


@pytest.fixture
def install(tmp_path, monkeypatch):
    """Put a package on the path whose module is a plugin, as pip does; return where."""
    site = tmp_path / "site"
    monkeypatch.syspath_prepend(str(site))
    monkeypatch.setenv("ACE_CACHE_DIR", str(tmp_path / "cache"))

    def put(name: str, text: str) -> Path:
        package = site / name
        package.mkdir(parents=True)
        (package / "__init__.py").write_text(HEAD + dedent(text))
        record = site / f"{name}-1.0.dist-info"
        record.mkdir()
        (record / "entry_points.txt").write_text(
            "[console_scripts]\nx = y:z\n\n[ace_flow]\n# a comment\n"
            f"{name} = {name}\n[other]\na = b\n"
        )
        return package

    yield put
    for name in [item for item in sys.modules if item.startswith("plug_")]:
        del sys.modules[name]


def hooks(tmp_path, said: list[str]) -> Hooks:
    return Hooks(Installed(), (), tmp_path, lambda hook, text: said.append(f"{hook}: {text}"))


def test_plugins_are_found_and_called_in_pluggys_order(install, tmp_path):
    def body(mark, options=""):
        head = f"@hookimpl({options})\ndef ace_pre_generation(context): "
        return f"{head}return {{'notices': ['{mark}']}}\n"

    install("plug_a", body("a"))
    install("plug_b", body("b", "tryfirst=True"))
    install("plug_c", body("c", "trylast=True"))
    install("plug_d", body("d"))
    install(
        "plug_e",
        """
        @hookimpl(wrapper=True)
        def ace_pre_generation(context):
            results = yield
            return [*results, {"notices": [f"{len(results)} before"]}]
        """,
    )
    assert [item.name for item in entry_points() if item.name.startswith("plug_")] == [
        *("plug_a", "plug_b", "plug_c", "plug_d", "plug_e")
    ]
    said = []
    hooks(tmp_path, said).before_generation(CONTEXT)
    assert said == ["plug_b: b", "plug_d: d", "plug_a: a", "plug_c: c", "a plugin: 4 before"]


def test_a_project_is_no_package(install, tmp_path, monkeypatch):
    package = install("plug_a", "raise SystemExit")
    monkeypatch.chdir(package.parent)
    assert [item for item in entry_points() if item.name == "plug_a"] == []


def test_a_class_can_be_a_plugin_and_keep_what_it_knows(install, tmp_path):
    install(
        "plug_a",
        """
        class Counting:
            count = 0
            @hookimpl
            def ace_pre_generation(self):
                self.count += 1
                return {"notices": str(self.count)}
        """,
    )
    said = []
    points = [EntryPoint("plug_a", "plug_a:Counting")]
    used = Hooks(Installed(points), (), tmp_path, lambda _, text: said.append(text))
    used.before_generation(CONTEXT)
    used.before_generation(CONTEXT)
    assert said == ["1", "2"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("import not_there_at_all", "plug_a: cannot be loaded: ModuleNotFoundError"),
        ("raise SystemExit(0)", "plug_a: cannot be loaded: SystemExit: 0"),
        ("@hookimpl\ndef ace_before(): pass", "plug_a: has a hook that there is not"),
        ("@hookimpl\ndef ace_pre_generation(contxt): pass", "plug_a: cannot be loaded: Plugin"),
        (
            "@hookimpl\ndef ace_pre_generation(context): raise ValueError('no')",
            "plug_a: no",
        ),
        ("@hookimpl\ndef ace_pre_generation(context): raise SystemExit", "plug_a: SystemExit"),
        ("@hookimpl\ndef ace_pre_generation(context): return 7", "plug_a: returned a number"),
        (
            "@hookimpl(wrapper=True)\ndef ace_pre_generation(context):\n    yield\n    1 / 0",
            "a plugin: ZeroDivisionError",
        ),
    ],
)
def test_a_bad_plugin_is_named(install, tmp_path, text, message):
    install("plug_a", text)
    with pytest.raises(HookError, match=message):
        hooks(tmp_path, []).before_generation(CONTEXT)


def test_a_plugin_has_its_hooks_called_in_the_order_of_a_run(install, project):
    install(
        "plug_a",
        """
        called = []
        @hookimpl
        def ace_generate_schema(context, config):
            called.append(("generate", len(context.models)))
            return {"models": [{"name": "Made", "fields": [{"name": "x", "type": "string"}]}]}
        @hookimpl
        def ace_transform_pattern(context, pattern):
            called.append(("transform", len(pattern["schema"]["models"])))
        @hookimpl
        def ace_pre_generation(context):
            called.append(("pre", len(context.models)))
        @hookimpl
        def ace_post_generation(context):
            called.append(("post", [file.action for file in context.files][0]))
        @hookimpl
        def ace_pre_deployment(context):
            called.append(("deploy", context.name))
            raise ValueError("not today")
        """,
    )
    project.pattern()
    report = project.generate()
    called = sys.modules["plug_a"].called
    assert called == [("generate", 1), ("transform", 2), ("pre", 2), ("post", "create")]
    session = Session(project.folder)
    with (
        hooks_of(session, report.checked, project.app) as found,
        pytest.raises(HookError, match="plug_a: not today"),
    ):
        found.before_deployment(context_of(report.checked, project.app))


def test_transforming_plugins_get_what_the_one_before_made(install, project):
    for name in ("plug_a", "plug_b"):
        install(
            name,
            f"""
            @hookimpl
            def ace_transform_pattern(pattern):
                tags = [*pattern.get("tags", []), "{name}"]
                return {{**pattern, "tags": tags}}
            """,
        )
    project.pattern("tags: [first]\n")
    assert project.generate().checked.pattern.tags == ("first", "plug_b", "plug_a")


def test_a_plugin_brings_patterns_templates_and_services(install, project, cli_json, trusting):
    package = install(
        "plug_a",
        """
        from pathlib import Path
        HERE = Path(__file__).parent
        @hookimpl
        def ace_register_patterns(): return [HERE / "patterns"]
        @hookimpl
        def ace_register_templates(): return [HERE / "templates"]
        @hookimpl
        def ace_register_services(): return [HERE / "services.yml"]
        """,
    )
    files = {
        "patterns/notes.yml": "name: team_notes\nservices: [glacier]\n"
        "models: [{name: Note, fields: [{name: text, type: string}]}]\n"
        "templates: {docs/how.md: how.md}\n",
        "patterns/how.md": "# How\n",
        "templates/app/CODEOWNERS": "* @team\n",
        "templates/app/src/main.css": "",
        "templates/services/glacier.ts.j2": "import type { Stack } from 'aws-cdk-lib';\n\n"
        "export function addGlacier(stack: Stack): void {\n  void stack;\n}\n",
        "services.yml": "glacier:\n  title: Amazon S3 Glacier\n  status: available\n"
        "  template: services/glacier.ts.j2\n  construct: addGlacier\n",
    }
    for path, text in files.items():
        (package / path).parent.mkdir(parents=True, exist_ok=True)
        (package / path).write_text(text)
    listed = {row["name"]: row["origin"] for row in cli_json("list-patterns")}
    assert listed["team_notes"] == "plugin"
    trusting("team-notes", project.folder)
    done = cli_json("generate", "team-notes", "--output", "app")
    assert done["pattern"] == "team_notes"
    made = project.files
    assert made["CODEOWNERS"] == b"* @team\n"
    assert made["docs/how.md"] == b"# How\n"
    assert b"addGlacier(stack)" in made["amplify/backend.ts"]
    assert b"Amazon S3 Glacier" in made["README.md"]
    # What a plugin changes is seen.
    (package / "templates/app/CODEOWNERS").write_text("* @others\n")
    cli_json("generate", "team-notes", "--output", "app")
    assert project.files["CODEOWNERS"] == b"* @others\n"


@pytest.mark.parametrize(
    ("service", "message"),
    [
        ("sqs: {title: A, status: available}", "`sqs`, which there is already"),
        ("a: {title: A}", "`a`, without a `title`"),
        ("a: {title: A, status: available}", "whose template is not there: it names none"),
        (
            "a: {title: A, status: available, template: services/sqs.ts.j2, uses: [b]}",
            "uses `b`",
        ),
    ],
)
def test_a_service_that_cannot_be_is_refused(install, tmp_path, service, message):
    package = install(
        "plug_a",
        "from pathlib import Path\n@hookimpl\n"
        "def ace_register_services(): return [Path(__file__).with_name('s.yml')]\n",
    )
    (package / "s.yml").write_text(service)
    with pytest.raises(HookError, match="plug_a: registers the service"):
        Session(tmp_path).catalogue()
    with pytest.raises(HookError, match=message):
        Session(tmp_path).catalogue()


@pytest.mark.parametrize("hook", ["patterns", "templates", "services"])
def test_what_is_registered_is_there(install, tmp_path, hook):
    install("plug_a", f"@hookimpl\ndef ace_register_{hook}(): return ['/not/there']\n")
    session = Session(tmp_path)
    with pytest.raises(HookError, match=f"plug_a: ace_register_{hook} names /not/there"):
        getattr(session.offered, hook)


def test_a_hook_of_a_plugin_costs_less_than_five_milliseconds(install, tmp_path):
    install("plug_a", "@hookimpl\ndef ace_pre_generation(context): return None\n")
    used = hooks(tmp_path, [])
    used.before_generation(CONTEXT)
    started = time.perf_counter()
    for _ in range(100):
        used.before_generation(CONTEXT)
    assert (time.perf_counter() - started) / 100 < 0.005


@pytest.mark.parametrize(
    "arguments", [["--help"], ["list-patterns"], ["validate-pattern", "p.yml"]]
)
def test_without_plugins_nothing_of_them_is_imported(project, arguments):
    project.pattern()
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "ace_flow", *arguments],
        cwd=project.folder,
        capture_output=True,
        text=True,
        check=True,
    )
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert imported.isdisjoint({"pluggy", "importlib.metadata", "ace_flow.plugins.contracts"})
