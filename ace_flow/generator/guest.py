"""A pattern's files in an application that ace did not create: where they go, what they hold."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from msgspec import Struct

from ace_flow.generator.reachable import reachable, target_of
from ace_flow.generator.scoping import scoped
from ace_flow.names import camel, kebab, pascal
from ace_flow.regexes import regex

if TYPE_CHECKING:
    import re
    from collections.abc import Collection, Mapping

    from ace_flow.model import Guest, Pattern

# The folders of an application that a pattern has a part in, and what its own is called there.
_FOLDERS = {"amplify": "amplify/{}", "src": "src/{}"}
# What the application around has, or has to make by hand.
_OF_THE_APPLICATION = frozenset(
    {
        "amplify/auth/resource.ts",
        "amplify/package.json",
        "amplify/storage/resource.ts",
        "amplify/tsconfig.json",
        "src/main.tsx",
    }
)
_TEST = regex(r"\.test\.tsx?$|^src/test/")
_ENTRY = "src/index.tsx"
_RELATIVE = regex(r"""((?:\bfrom|\bimport\(?)\s*['"])(\.{1,2}/[^'"]+)(?=['"])""")


class Names(Struct, frozen=True, kw_only=True):
    """What a pattern's files export for the application around, and the folders' name."""

    folder: str
    app: str
    resources: str
    add: str
    schema: str
    files: str
    storage: str
    groups: str
    attributes: str
    login: str
    factors: str


def names_of(pattern: Pattern) -> Names:
    """Return these names, made of the pattern's; none is that of a page."""
    name, title = camel(pattern.name), pascal(pattern.name)
    app = f"{title}App"
    pages = {component.name for component in pattern.components}
    while app in pages:
        app += "App"
    return Names(
        folder=kebab(pattern.name),
        app=app,
        resources=f"{name}Resources",
        add=f"add{title}",
        schema=f"{name}Schema",
        files=f"{name}Files",
        storage=f"{name}Storage",
        groups=f"{name}Groups",
        attributes=f"{name}Attributes",
        login=f"{name}LoginWith",
        factors=f"{name}Multifactor",
    )


def folders_of(pattern: Pattern, guest: Guest) -> tuple[str, ...]:
    """Return the folders that hold a pattern's files, and nothing else."""
    roots = ("amplify", "src") if guest.frontend else ("amplify",)
    return tuple(_FOLDERS[root].format(kebab(pattern.name)) for root in roots)


def has_place(path: str, guest: Guest) -> bool:
    """Tell whether a file of an application is one that a guest brings with it."""
    root = path.partition("/")[0]
    return (
        root in _FOLDERS
        and (root != "src" or bool(guest.frontend))
        and path not in _OF_THE_APPLICATION
        and not _TEST.search(path)
    )


def moved(
    files: Mapping[str, bytes], pattern: Pattern, guest: Guest, brought: Collection[str]
) -> dict[str, bytes]:
    """Return those of an application's files that a guest has, where it has them.

    Relative imports still lead to the same files, style sheets of ours hold within the pages only.
    `brought` are the paths that the pattern's own templates make.
    """
    folder = kebab(pattern.name)
    wanted = {path: content for path, content in files.items() if has_place(path, guest)}
    frontend = [path for path in wanted if path.startswith("src/")]
    if guest.frontend:
        used = reachable(wanted, [_ENTRY, *(path for path in frontend if path in brought)])
        wanted = {path: wanted[path] for path in wanted if path not in frontend or path in used}
    place = {path: _moved(path, folder) for path in wanted}
    moved_files = {}
    for path, content in wanted.items():
        text = content
        if path.endswith(".css") and path not in brought:
            text = scoped(content.decode(), f"[data-pages='{folder}']").encode()
        elif path.endswith((".ts", ".tsx", ".js")):
            text = _leading(path, content, place)
        moved_files[place[path]] = text
    return moved_files


def _moved(path: str, folder: str) -> str:
    root, _, rest = path.partition("/")
    return f"{_FOLDERS[root].format(folder)}/{rest}"


def _leading(path: str, content: bytes, place: Mapping[str, str]) -> bytes:
    """Return a module whose imports lead to where other modules are now."""

    def specifier(hit: re.Match[str]) -> str:
        target = target_of(path, hit[2], place)
        if target is None or target.partition("/")[0] == path.partition("/")[0]:
            return hit[0]
        plain = posixpath.normpath(posixpath.join(posixpath.dirname(path), hit[2]))
        there = place[target].removesuffix(target.removeprefix(plain))
        return hit[1] + posixpath.relpath(there, posixpath.dirname(place[path]))

    try:
        text = content.decode()
    except UnicodeDecodeError:
        return content
    return _RELATIVE.sub(specifier, text).encode()
