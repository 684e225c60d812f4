"""What ARCHITECTURE.md promises about the code, as far as import-linter cannot see it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import ace_flow
from ace_flow.cli.app import run

PACKAGE = Path(ace_flow.__file__).parent
MODULES = {
    path.relative_to(PACKAGE).as_posix(): ast.parse(path.read_text(encoding="utf-8"))
    for path in sorted(PACKAGE.rglob("*.py"))
}
MAX_LINES = 300
MAX_FUNCTION = 60

# Each danger has one door.
PRINTING = {"sys.stdout", "sys.stderr", "sys.stdin", "sys.exit", "os._exit"}
DOORS = {
    "yaml": {"loader/document.py"},
    "ruamel": {"project/yamltext.py"},
    "jinja2": {"generator/texts.py"},
    "jsonschema_rs": {"loader/schema.py"},
    "sqlite3": {"registry/sqlite.py"},
    "typer": {
        "cli/agreeing.py",
        "cli/asking.py",
        "cli/deploying.py",
        "cli/explaining.py",
        "cli/generating.py",
        "cli/options.py",
        "cli/parsed.py",
        "cli/patterns.py",
        "cli/sandboxing.py",
        "cli/schema.py",
        "cli/testing.py",
        "cli/trusting.py",
        "cli/upkeep.py",
    },
    "rich": {"cli/console.py"},
    "click": set(),
    "subprocess": {"children.py", "programs.py"},
    "watchfiles": {"local/watching.py"},
    "socket": {"local/server.py"},
    "http.client": {"trials/asking.py"},
    "pytest": {"pytest_plugin.py"},
    "urllib.request": set(),
    "pickle": {"verdicts.py"},
}


def imports(module: ast.AST) -> set[str]:
    found = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


@pytest.mark.parametrize("name", MODULES)
def test_modules_and_functions_stay_short(name):
    assert len((PACKAGE / name).read_text(encoding="utf-8").splitlines()) <= MAX_LINES
    long = [
        node.name
        for node in ast.walk(MODULES[name])
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (node.end_lineno or 0) - node.lineno >= MAX_FUNCTION
    ]
    assert long == []


@pytest.mark.parametrize("library", DOORS)
def test_a_library_has_one_door(library):
    users = {
        name
        for name, module in MODULES.items()
        if any(item == library or item.startswith(f"{library}.") for item in imports(module))
    }
    assert users == DOORS[library]


@pytest.mark.parametrize("name", [name for name in MODULES if name.endswith("__init__.py")])
def test_packages_only_hand_names_on(name):
    for node in MODULES[name].body:
        is_docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        is_name_list = isinstance(node, ast.Assign) and {
            target.id for target in node.targets if isinstance(target, ast.Name)
        } <= {"__all__", "__version__"}
        # Names that few commands need are handed on when they are asked for.
        is_later = ast.unparse(node).startswith("__getattr__ = importing(__name__, ")
        is_typing = isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
        is_import = isinstance(node, ast.Import | ast.ImportFrom)
        assert is_docstring or is_name_list or is_later or is_typing or is_import


@pytest.mark.parametrize(
    "name", [name for name in MODULES if not name.startswith("cli/") and name != "__main__.py"]
)
def test_the_library_never_prints(name):
    for node in ast.walk(MODULES[name]):
        assert not (isinstance(node, ast.Name) and node.id in {"print", "input", "breakpoint"})
        assert not (isinstance(node, ast.Attribute) and ast.unparse(node) in PRINTING)


@pytest.mark.parametrize("name", MODULES)
def test_nothing_is_evaluated(name):
    called = {
        node.func.id
        for node in ast.walk(MODULES[name])
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    assert not called & {"eval", "exec", "compile", "__import__"}


def help_text(capsys, *arguments: str) -> str:
    assert run([*arguments, "--help"]) == 0
    return capsys.readouterr().out


def commands(capsys) -> list[str]:
    listed = help_text(capsys).partition("Commands:")[2]
    return re.findall(r"^  ([a-z]+(?:-[a-z]+)*)  ", listed, re.MULTILINE)


def test_every_command_has_an_example_and_json(capsys):
    found = commands(capsys)
    assert {"validate-pattern", "register-pattern", "list-patterns", "generate"} <= set(found)
    for command in found:
        text = help_text(capsys, command)
        assert f"Example: ace {command}" in text
        assert "--json" in text


def test_no_help_text_is_cut_off(capsys, monkeypatch):
    monkeypatch.setenv("COLUMNS", "80")
    assert "..." not in help_text(capsys).replace("[ARGS]...", "")
    for command in commands(capsys):
        usage, _, rest = help_text(capsys, command).partition("\n")
        assert "..." not in usage.replace("FILE...", "").replace("[FILE]...", "") + rest
