"""An application that ace did not create: which files are there, and which packages."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from ace_flow.diagnostics import ConfigurationError
from ace_flow.model import Guest
from ace_flow.regexes import regex

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_SUFFIXES = (".ts", ".mts", ".js", ".mjs")
_GROUPS = ("dependencies", "devDependencies", "peerDependencies")
_NUMBERS = regex(r"(\d+)(?:\.(\d+))?")
_DEVELOPMENT = "devDependencies"
# How packages are added, by the file that tells who manages them: for use, and for development.
_MANAGERS = {
    "pnpm-lock.yaml": ("pnpm add", "pnpm add --save-dev"),
    "yarn.lock": ("yarn add", "yarn add --dev"),
    "bun.lock": ("bun add", "bun add --dev"),
    "bun.lockb": ("bun add", "bun add --dev"),
    "package-lock.json": ("npm install", "npm install --save-dev"),
}


def find_host(root: Path) -> Guest | None:
    """Return what there is of an Amplify Gen 2 application in a folder; None without one.

    Only names of files are looked at, and what `package.json` depends on. Raises
    ConfigurationError when that cannot be read.
    """
    backend = _found(root, "amplify/backend")
    if not backend:
        return None
    known = _dependencies(root)
    host = Guest(
        backend=backend,
        auth=_found(root, "amplify/auth/resource"),
        data=_found(root, "amplify/data/resource"),
        storage=_found(root, "amplify/storage/resource"),
        router=not known.keys().isdisjoint({"react-router", "react-router-dom"}),
    )
    if "react" not in known:
        return host
    if "next" in known:
        inner = (root / "src" / "app").is_dir() or (root / "src" / "pages").is_dir()
        return replace(host, frontend="next", page="src/app" if inner else "app")
    components = (f"src/{name}.{kind}" for name in ("App", "main") for kind in ("tsx", "jsx", "js"))
    page = next((path for path in components if (root / path).is_file()), "")
    return replace(host, frontend="react", page=page)


def hosts_below(root: Path) -> list[str]:
    """Return the folders one or two levels below that hold such an application: of a monorepo."""
    backends = (*root.glob("*/amplify/backend.*"), *root.glob("*/*/amplify/backend.*"))
    folders = {file.parent.parent.relative_to(root) for file in backends}
    return sorted(item.as_posix() for item in folders if "node_modules" not in item.parts)


def lacking(root: Path, packages: Mapping[str, Mapping[str, str]]) -> tuple[str, ...]:
    """Return the commands that add the packages that a project lacks or has older versions of.

    `packages` are versions by name in `dependencies` and `devDependencies`. What is installed
    counts, in this folder or one above as in a monorepo, else what `package.json` asks for.
    """
    known = _dependencies(root)
    wanted: dict[bool, list[str]] = {False: [], True: []}
    for group, versions in packages.items():
        for name, version in versions.items():
            there = _installed(root, name) or known.get(name, "")
            if _is_older(there, version):
                wanted[group == _DEVELOPMENT].append(f"{name}@{version}")
    command = next(
        (
            command
            for folder in (root, *root.parents)
            for file, command in _MANAGERS.items()
            if (folder / file).is_file()
        ),
        _MANAGERS["package-lock.json"],
    )
    return tuple(
        f"{command[is_development]} {' '.join(names)}"
        for is_development, names in wanted.items()
        if names
    )


def taken(root: Path, folders: Iterable[str]) -> list[str]:
    """Return which of these folders of a project are there already."""
    return [folder for folder in folders if (root / folder).exists()]


def _found(root: Path, stem: str) -> str:
    names = (stem + suffix for suffix in _SUFFIXES)
    return next((name for name in names if (root / name).is_file()), "")


def _dependencies(root: Path) -> dict[str, str]:
    """Return what a package depends on; raises ConfigurationError when that cannot be read."""
    path = root / "package.json"
    try:
        values = json.loads(path.read_text(encoding="utf-8-sig")) if path.is_file() else {}
        groups = [values.get(group) for group in _GROUPS]
    except (AttributeError, ValueError) as error:
        raise ConfigurationError(
            f"package.json of the application cannot be read: {error}",
            hint="mend it: it says whether there is React, and which packages are missing",
        ) from error
    return {
        str(name): str(version)
        for group in groups
        if isinstance(group, dict)
        for name, version in group.items()
    }


def _installed(root: Path, name: str) -> str:
    places = (folder / "node_modules" / name / "package.json" for folder in (root, *root.parents))
    return next((_version(path) for path in places if path.is_file()), "")


def _version(path: Path) -> str:
    try:
        values: Any = json.loads(path.read_text(encoding="utf-8"))
        return str(values["version"])
    except (KeyError, OSError, TypeError, ValueError):
        return ""


def _is_older(there: str, wanted: str) -> bool:
    """Tell whether a version, or the oldest of a range, comes before the wanted one.

    Patches do not count. What is no version, such as an address or `*`, is the project's own
    matter.
    """
    if not there:
        return True
    has, needs = _NUMBERS.search(there), _NUMBERS.search(wanted)
    if not has or not needs or re.match(r"[a-z]+[:+/]|<", there):
        return False
    return _pair(has) < _pair(needs)


def _pair(found: re.Match[str]) -> tuple[int, int]:
    return int(found[1]), int(found[2] or 0)
