"""Who is meant by a name: the project's patterns, the store's, the built-in ones, plugins'."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from ace_flow.diagnostics import ConfigurationError
from ace_flow.names import nearest, normal
from ace_flow.registry.folder import file_entry, pattern_files
from ace_flow.workspace import PROJECT_FOLDER, counts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from ace_flow.registry.entry import Accepts, Entry, Summary
    from ace_flow.registry.sqlite import SqliteStore

    Summarize: TypeAlias = Callable[[str, bytes], Summary | None]


# What ace brings is called like its file, so that the others are not read.
_CALLED_LIKE_FILES = frozenset({"built-in", "example"})


class Listed(NamedTuple):
    """A pattern in a list; `summary` is None when its file is no readable pattern."""

    name: str
    origin: str
    location: str
    revision: int | None
    summary: Summary | None


class Catalog:
    """Finds and lists patterns.

    `summarize` reads what a document says of itself, `name` what it calls itself. `plugins`
    returns the folders of installed plugins; it is not called before something is looked for that
    is neither the user's nor built in.
    """

    def __init__(
        self,
        *,
        root: Path,
        project: Path | None,
        shipped: Path,
        store: SqliteStore,
        summarize: Summarize,
        name: Callable[[str, bytes], str | None],
        plugins: Callable[[], Sequence[Path]] = lambda: (),
    ) -> None:
        self._root = root
        self._project = project
        self._shipped = shipped
        self._store = store
        self._summarize = summarize
        self._plugins = plugins
        self._name = name

    def find(self, name: str, accepts: Accepts | None = None) -> Entry | None:
        """Return the pattern that is called `name` or whose file's stem is `name`.

        With `accepts`, only one whose version is accepted: the first that is found, and of the
        store the newest revision.

        Raises ConfigurationError when the project or the store hides a built-in pattern, or two
        files of a folder could be meant.
        """
        built_in = self._in_folder(self._shipped, "built-in", name)
        project = self._in_folder(self._patterns_folder, "project", name)
        own = project or self._store.get(name)
        if built_in and own:
            raise ConfigurationError(
                f"`{name}` is a built-in pattern, and {own.location} hides it",
                hint="give your own pattern another name; it can say `extends: " + name + "`",
            )
        if accepts is None and (own or built_in):
            return own or built_in
        plugin = self._in_plugins(name)
        example = self._in_folder(self._shipped / "examples", "example", name)
        if accepts is None:
            return plugin or example
        if project and accepts(self._version(project)):
            return project
        stored = self._store.get(name, accepts)
        others = (entry for entry in (plugin, built_in, example) if entry)
        return stored or next((item for item in others if accepts(self._version(item))), None)

    def versions(self, name: str) -> list[str]:
        """Return the versions there are of the patterns of that name, in the order of `find`."""
        project = self._in_folder(self._patterns_folder, "project", name)
        others = (
            self._in_plugins(name),
            self._in_folder(self._shipped, "built-in", name),
            self._in_folder(self._shipped / "examples", "example", name),
        )
        versions = [self._version(project)] if project else []
        versions += self._store.versions(name)
        versions += [self._version(entry) for entry in others if entry]
        return list(dict.fromkeys(filter(None, versions)))

    def _version(self, entry: Entry) -> str:
        summary = self._summarize(entry.location, entry.document)
        return summary.version if summary else ""

    def hidden(self, entry: Entry) -> Entry | None:
        """Return the plugin's pattern or the example that is not found because of another one."""
        if entry.origin not in {"project", "store"}:
            return None
        stem = PurePath(entry.location).stem if entry.origin == "project" else ""
        names = {self._name(entry.location, entry.document), stem}
        examples = self._shipped / "examples"
        found = (
            self._in_plugins(name) or self._in_folder(examples, "example", name)
            for name in sorted(filter(None, names))
        )
        return next(filter(None, found), None)

    def is_built_in(self, name: str) -> bool:
        """Tell whether a built-in pattern has that name."""
        return self._in_folder(self._shipped, "built-in", name) is not None

    def nearest(self, name: str) -> str | None:
        """Return the known name that reads most like `name`."""
        return nearest(name, [item.name for item in self.all()])

    def all(self) -> list[Listed]:
        """Return all patterns: the project's, the store's, the built-in ones, plugins', examples.

        One of a plugin and an example whose name is taken by another pattern are left out, as
        `find` does not see them.
        """
        listed = self._folder_list(self._patterns_folder, "project")
        listed += [
            Listed(item.summary.name, "store", "", item.revision, item.summary)
            for item in self._store.newest()
        ]
        listed += self._folder_list(self._shipped, "built-in")
        more = [item for folder in self._plugins() for item in self._folder_list(folder, "plugin")]
        for others in (more, self._folder_list(self._shipped / "examples", "example")):
            taken = {normal(item.name) for item in listed}
            listed += [item for item in others if normal(item.name) not in taken]
        return listed

    def consulted(self) -> list[Path]:
        """Return the files and folders that decide who is meant by a name, there or not."""
        found: list[Path] = []
        for folder in (self._root, *self._root.parents):
            found.append(folder / PROJECT_FOLDER / "patterns")
            if found[-1].is_dir():
                if counts(folder, PROJECT_FOLDER, self._root):
                    break
                found.append(folder / PROJECT_FOLDER)  # whose it is may change
        store = self._store.path
        return [*found, *pattern_files(found[-1]), store, store.with_name(f"{store.name}-wal")]

    @property
    def _patterns_folder(self) -> Path | None:
        return self._project / "patterns" if self._project else None

    def _folder_list(self, folder: Path | None, origin: str) -> list[Listed]:
        listed = []
        for path in pattern_files(folder) if folder else ():
            location = self._location(path)
            entry = file_entry(path, origin=origin, location=location)
            summary = self._summarize(location, entry.document)
            name = summary.name if summary else path.stem
            listed.append(Listed(name, origin, location, None, summary))
        return listed

    def _in_plugins(self, name: str) -> Entry | None:
        found = [self._in_folder(folder, "plugin", name) for folder in self._plugins()]
        meant = [entry for entry in found if entry]
        if len(meant) > 1:
            first, second, *_ = (entry.location for entry in meant)
            raise ConfigurationError(
                f"`{name}` could be {first} or {second}", hint="uninstall one of the two plugins"
            )
        return meant[0] if meant else None

    def _in_folder(self, folder: Path | None, origin: str, name: str) -> Entry | None:
        files = pattern_files(folder) if folder else []
        if origin in _CALLED_LIKE_FILES:
            files = [path for path in files if normal(path.stem) == normal(name)]
        entries = {
            path: file_entry(path, origin=origin, location=self._location(path)) for path in files
        }
        # What a pattern calls itself counts first; a file may be called otherwise.
        called = [entry for entry in entries.values() if self._is_called(entry, name)]
        stems = [entry for path, entry in entries.items() if normal(path.stem) == normal(name)]
        meant = called or stems
        if len(meant) > 1:
            first, second, *_ = (entry.location for entry in meant)
            raise ConfigurationError(
                f"`{name}` could be {first} or {second}", hint="rename or remove one of them"
            )
        return meant[0] if meant else None

    def _is_called(self, entry: Entry, name: str) -> bool:
        called = self._name(entry.location, entry.document)
        return called is not None and normal(called) == normal(name)

    def _location(self, path: Path) -> str:
        return shown_path(path, self._root)


def shown_path(path: Path, root: Path) -> str:
    """Return a path as messages show it: relative to `root` where it is inside."""
    return str(path.relative_to(root)) if path.is_relative_to(root) else str(path)
