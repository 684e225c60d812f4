"""The npm packages of tested applications: installed once in the user's cache, then linked."""

from __future__ import annotations

import json
import shutil
import sys
import time
from typing import TYPE_CHECKING, Any

from ace_flow.caches import kept
from ace_flow.diagnostics import AttentionError
from ace_flow.local import sandbox_packages
from ace_flow.locks import held
from ace_flow.pinned import WHOLE, folder_of, manifest_of, pinned_packages
from ace_flow.programs import hear, node_program, program, without_keys

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

_LOCK = "package-lock.json"
_KINDS = ("dependencies", "devDependencies")
_FLAGS = ("--no-audit", "--no-fund", "--loglevel=error")
# What npm says where it does not reach its registry.
_UNREACHED = ("EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "ENETUNREACH", "ENOTFOUND", "ETIMEDOUT")
_PAUSE = 0.5


def link_packages(root: Path, say: Callable[[str], None]) -> str:
    """Give a generated project its packages in a `node_modules`, and return what was done.

    They are installed if nobody has before, of which `say` is told. Packages that ace pins and the
    project does not name are left out, so that it cannot use them unnoticed. Raises
    ConfigurationError when Node or npm is missing, AttentionError when npm fails.
    """
    node_program()
    named = json.loads((root / "package.json").read_text(encoding="utf-8"))
    lock = root / _LOCK
    own_lock = lock.read_bytes() if lock.is_file() else b""
    pinned = pinned_packages()
    shared = not own_lock and _within(named, pinned)
    wanted = pinned if shared else {kind: named.get(kind) for kind in (*_KINDS, "overrides")}
    folder = _installed(manifest_of(wanted), own_lock, say)
    hidden = _names(pinned) - _names(named) if shared else set()
    _link(folder / "node_modules", root / "node_modules", hidden)
    if not own_lock:
        # Amplify finds the root of a project by its lock file.
        shutil.copy(folder / _LOCK, lock)
    return f"{len(_names(named))} packages, from {folder}"


def install_sandbox(say: Callable[[str], None]) -> None:
    """Install what the local backend itself needs, if nobody has; raises AttentionError."""
    packages = sandbox_packages()
    if packages.missing:
        say(f"installing {packages.what}")
        _npm(packages.folder, packages.command)


def _installed(manifest: str, lock: bytes, say: Callable[[str], None]) -> Path:
    folder = kept(folder_of(manifest, lock).name)
    if (folder / WHOLE).is_file():
        return folder
    told = False
    while True:
        with held(folder.with_suffix(".lock")) as is_ours:
            if is_ours:
                if not (folder / WHOLE).is_file():
                    say(f"installing npm packages into {folder}: some minutes, once")
                    _install(folder, manifest, lock)
                return folder
        if not told:
            say("another ace installs the same npm packages; waiting for it")
            told = True
        time.sleep(_PAUSE)


def _install(folder: Path, manifest: str, lock: bytes) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(mode=0o700)
    (folder / "package.json").write_text(manifest, encoding="utf-8")
    if lock:
        (folder / _LOCK).write_bytes(lock)
    _npm(folder, ("ci" if lock else "install", *_FLAGS))
    (folder / WHOLE).touch()


def _npm(folder: Path, arguments: Sequence[str]) -> None:
    done = hear([program("npm"), *arguments], folder, without_keys(for_npm=True))
    if done.code == 0:
        return
    shown = f"npm {' '.join(arguments)}"
    if any(code in done.text for code in _UNREACHED):
        raise AttentionError(
            f"`{shown}` does not reach npm's registry",
            hint="packages are fetched once; connect, run the command again, and it works offline",
        )
    raise AttentionError(
        f"`{shown}` failed in {folder}", hint="\n".join(done.text.split("\n")[:20])
    )


def _within(named: dict[str, Any], pinned: dict[str, Any]) -> bool:
    """Tell whether a project names nothing but what ace pins, in the same versions."""
    return named.get("overrides") == pinned["overrides"] and all(
        pinned[kind].get(name) == version
        for kind in _KINDS
        for name, version in named.get(kind, {}).items()
    )


def _names(manifest: dict[str, Any]) -> set[str]:
    return {name for kind in _KINDS for name in manifest.get(kind) or ()}


def _link(source: Path, target: Path, hidden: set[str]) -> None:
    """Link all packages but the hidden ones; tools keep caches in `target` itself."""
    target.mkdir(exist_ok=True)
    scopes = {name.partition("/")[0] for name in hidden if name.startswith("@")}
    for package in source.iterdir():
        if package.name in scopes:
            (target / package.name).mkdir()
            for inner in package.iterdir():
                if f"{package.name}/{inner.name}" not in hidden:
                    _link_folder(inner, target / package.name / inner.name)
        elif package.is_dir() and package.name not in hidden:
            _link_folder(package, target / package.name)


if sys.platform == "win32":
    import _winapi

    def _link_folder(source: Path, target: Path) -> None:
        # A symbolic link would need a privilege there.
        _winapi.CreateJunction(str(source), str(target))
else:

    def _link_folder(source: Path, target: Path) -> None:
        target.symlink_to(source)
