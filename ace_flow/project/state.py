"""What ace wrote into a project last: which files, from which pattern."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from ace_flow.diagnostics import ConfigurationError
from ace_flow.files import json_text, unsafe_target
from ace_flow.model import Guest
from ace_flow.records import parts
from ace_flow.regexes import regex
from ace_flow.workspace import PROJECT_FOLDER, STATE_PATH

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from ace_flow.model import Given

BASE_FOLDER = f"{PROJECT_FOLDER}/base"
# Git changes nothing in these texts, or they would be no longer what was generated.
_ATTRIBUTES_PATH = f"{PROJECT_FOLDER}/.gitattributes"
_ATTRIBUTES = b"base/* -text -diff linguist-generated\n*.json text eol=lf\n"
_IGNORED_PATH = f"{PROJECT_FOLDER}/.gitignore"
_IGNORED = b"lock\ntxn/\n"
_DIGEST = regex(r"[0-9a-f]{64}")
_FORMAT = 3
_TEXTS = ("pattern", "version", "source", "ace", "revision", "made")
# A file that was generated before texts were kept as they are now can be updated, and not merged.
_FORMATS = frozenset({1, 2, 3})


class State(Struct, frozen=True, kw_only=True):
    """The generated files by path with the SHA-256 of the text last generated.

    That text is kept in a pack in `BASE_FOLDER`, with LF at the ends of lines. `source` is the
    pattern's file, relative to the project, if it came from one; `version` is the pattern's, and
    `ace` the version of this tool; `revision` is a digest of all that the files depend on, `made`
    one of what hooks contributed to them. `conflicts` has the files that wait to be merged by
    hand, with the SHA-256 of the text they wait for; `ejected` those that the user took over for
    good. `components` are those of the pattern, each with its type and models, which tell it by
    another name. `parameters` are the values that the pattern was filled in with.
    `guest` is what was found of the application around, where ace did not create that.
    """

    pattern: str = ""
    version: str = ""
    source: str = ""
    ace: str = ""
    revision: str = ""
    made: str = ""
    files: dict[str, str] = {}
    conflicts: dict[str, str] = {}
    ejected: frozenset[str] = frozenset()
    components: dict[str, str] = {}
    parameters: dict[str, Given] = {}
    guest: Guest | None = None

    def having(
        self, files: dict[str, str], conflicts: dict[str, str], ejected: Iterable[str]
    ) -> State:
        """Return the state with other files."""
        return replace(self, files=files, conflicts=conflicts, ejected=frozenset(ejected))


def read_state(root: Path) -> State:
    """Return a project's state; an empty one where nothing was generated yet.

    Raises ConfigurationError when the file is not one that this version reads.
    """
    try:
        content = (root / STATE_PATH).read_bytes()
    except FileNotFoundError:
        return State()
    except OSError as error:
        raise _unusable(str(error)) from error
    return _read(content)


@lru_cache(maxsize=1)
def _read(content: bytes) -> State:
    """Read the state's text; a command asks for the same several times, and changes none."""
    try:
        values = json.loads(content.decode())
    except ValueError as error:
        raise _unusable(str(error)) from error
    if not isinstance(values, dict) or values.get("format") not in _FORMATS:
        raise _unusable("it is not in a form that this version reads")
    lists = [values.get("files"), values.get("conflicts", {})]
    for digests in lists:
        if not isinstance(digests, dict) or not all(map(_is_entry, digests.items())):
            raise _unusable("it is not in a form that this version reads")
    ejected, components = values.get("ejected", []), values.get("components", {})
    if not isinstance(ejected, list) or not isinstance(components, dict):
        raise _unusable("it is not in a form that this version reads")
    if not all(isinstance(text, str) for text in (*ejected, *components.values())):
        raise _unusable("it is not in a form that this version reads")
    said = {key: str(values.get(key, "")) for key in _TEXTS}
    return State(
        **said,
        files=values["files"],
        conflicts=values.get("conflicts", {}),
        ejected=frozenset(ejected),
        components=components,
        parameters=_parameters(values.get("parameters", {})),
        guest=_guest(values.get("guest")),
    )


def _parameters(values: object) -> dict[str, Given]:
    """Return remembered values; whether they are right, the pattern tells."""
    found: dict[str, Given] = {}
    for name, value in values.items() if isinstance(values, dict) else ():
        items = value if isinstance(value, list) else [value]
        if not all(isinstance(item, str | int | float) for item in items):
            raise _unusable(f"the value of the parameter {name} is none")
        found[str(name)] = tuple(items) if isinstance(value, list) else value
    return found


def _guest(values: object) -> Guest | None:
    if values is None:
        return None
    kinds = {item: bool if item == "router" else str for item in parts(Guest)}
    if (
        isinstance(values, dict)
        and "backend" in values
        and all(isinstance(value, kinds.get(key, ())) for key, value in values.items())
    ):
        return Guest(**values)
    raise _unusable("what it says of the application around is in no form that is known")


def _is_entry(entry: tuple[str, object]) -> bool:
    """Tell whether this is a path in the project, whoever wrote it, and a digest."""
    path, value = entry
    return isinstance(value, str) and not unsafe_target(path) and bool(_DIGEST.fullmatch(value))


def print_state(state: State) -> bytes:
    """Return the text of the state file: sorted, one file a line, so that it merges well."""
    values: dict[str, object] = {
        "format": _FORMAT,
        **{key: text for key in _TEXTS if (text := getattr(state, key))},
        **({"parameters": dict(sorted(state.parameters.items()))} if state.parameters else {}),
        **({"guest": _said(state.guest)} if state.guest else {}),
        "files": dict(sorted(state.files.items())),
        **({"conflicts": dict(sorted(state.conflicts.items()))} if state.conflicts else {}),
        **({"ejected": sorted(state.ejected)} if state.ejected else {}),
        **({"components": dict(sorted(state.components.items()))} if state.components else {}),
    }
    return json_text(values)


def _said(guest: Guest) -> dict[str, object]:
    return {key: value for key in parts(Guest) if (value := getattr(guest, key))}


def state_files(after: State) -> dict[str, bytes]:
    """Return the files of ace's own folder that say what the state is, and how git keeps them."""
    return {
        STATE_PATH: print_state(after),
        _ATTRIBUTES_PATH: _ATTRIBUTES,
        _IGNORED_PATH: _IGNORED,
    }


def _unusable(why: str) -> ConfigurationError:
    return ConfigurationError(
        f"{STATE_PATH} cannot be read: {why}",
        hint="restore it from version control, or remove it to treat all files as your own",
    )
