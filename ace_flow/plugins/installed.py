"""The plugins that are installed as packages: found without importing anything, then called."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from functools import cached_property, wraps
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, NamedTuple

from ace_flow.diagnostics import AceError, HookError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import pluggy

GROUP = "ace_flow"
_SECTION = f"[{GROUP}]".encode()
_RECORDS = (".dist-info", ".egg-info")


class EntryPoint(NamedTuple):
    """What a package declares: a name, and the module or the object in one that is a plugin."""

    name: str
    value: str


class Result(NamedTuple):
    """What a hook gave, and the plugin that it is of."""

    plugin: str
    value: Any


def entry_points(folders: Iterable[str] | None = None) -> list[EntryPoint]:
    """Return the plugins of the packages in `folders` (those of the interpreter), by name.

    Of a package that is there twice, the one counts that is found first.
    """
    found: dict[str, EntryPoint] = {}
    known: set[str] = set()
    for folder in _searched() if folders is None else folders:
        with suppress(OSError), os.scandir(folder) as entries:
            for entry in entries:
                if not entry.name.endswith(_RECORDS):
                    continue
                package = entry.name.partition("-")[0].lower()
                if package not in known:
                    known.add(package)
                    for item in _declared(entry.path):
                        found.setdefault(item.name, item)
    return sorted(found.values())


def _searched() -> list[str]:
    """Return where packages are installed.

    That is not the current folder, which `python -m` puts first: a project is no package.
    """
    here = os.path.realpath("")
    return [item for item in dict.fromkeys(sys.path) if item and os.path.realpath(item) != here]


def _declared(record: str) -> Iterator[EntryPoint]:
    try:
        # Many packages, with every command.
        with open(f"{record}/entry_points.txt", "rb") as file:  # noqa: PTH123 - a Path costs more than the file
            text = file.read()
    except OSError:
        return
    if _SECTION not in text:
        return
    section = ""
    for line in text.decode("utf-8", "replace").splitlines():
        stripped = line.strip()
        if stripped.startswith("["):
            section = stripped
        elif section == _SECTION.decode() and "=" in stripped and stripped[0] not in "#;":
            name, _, value = stripped.partition("=")
            yield EntryPoint(name.strip(), value.strip())


class Installed:
    """The plugins of packages; imported when the first hook is called."""

    def __init__(self, points: Sequence[EntryPoint] | None = None) -> None:
        """Use these plugins; those of the interpreter when none are given."""
        self._points = points
        self._given: list[Result] = []

    @cached_property
    def points(self) -> tuple[EntryPoint, ...]:
        """The plugins that there are."""
        return tuple(entry_points() if self._points is None else self._points)

    @property
    def folders_of_packages(self) -> list[Path]:
        """The folders in which there are more plugins, or fewer, when they change."""
        return list(map(Path, _searched()))

    def call(self, hook: str, **arguments: object) -> list[Result]:
        """Call a hook of all plugins and return what they gave, in pluggy's order.

        Raises HookError with the plugin's name when one fails.
        """
        if not self.points:
            return []
        self._given.clear()
        try:
            values = getattr(self._manager.hook, hook)(**arguments)
        except AceError:
            raise
        except (Exception, SystemExit) as error:
            # What a wrapper raises is no result of any one.
            raise HookError("a plugin", _said(error)) from error
        return [Result(self._whose(value), value) for value in values]

    def _whose(self, value: object) -> str:
        for number, given in enumerate(self._given):
            if given.value is value:
                return self._given.pop(number).plugin
        # A wrapper's own.
        return "a plugin"

    def chain(self, hook: str) -> list[tuple[str, Callable[..., Any]]]:
        """Return what calls a hook of each plugin with keywords, in pluggy's order."""
        if not self.points:
            return []
        calls: list[tuple[str, Callable[..., Any]]] = []
        for item in reversed(getattr(self._manager.hook, hook).get_hookimpls()):
            if item.hookwrapper or item.wrapper:
                raise HookError(item.plugin_name, f"wraps {hook}, which is called one by one")

            def call(item: pluggy.HookImpl = item, **arguments: object) -> object:
                return item.function(*(arguments[name] for name in item.argnames))

            calls.append((item.plugin_name, call))
        return calls

    def folders(self, hook: str) -> list[tuple[str, Path]]:
        """Return the folders or files that plugins register by a hook.

        Raises HookError when one is not there.
        """
        found = []
        for plugin, value in self.call(hook):
            if isinstance(value, str | os.PathLike):
                raise HookError(plugin, f"{hook} returns a list of paths, not one")
            for path in map(Path, value):
                if not path.exists():
                    raise HookError(plugin, f"{hook} names {path}, which is not there")
                found.append((plugin, path))
        return found

    @cached_property
    def _manager(self) -> pluggy.PluginManager:
        import pluggy  # noqa: PLC0415 - costs 15 ms, which only those pay who have plugins

        from ace_flow.plugins import contracts  # noqa: PLC0415 - imports pluggy

        manager = pluggy.PluginManager(contracts.PROJECT)
        manager.add_hookspecs(contracts)
        for name, value in self.points:
            try:
                manager.register(self._named(manager, name, _loaded(value)), name)
            except (Exception, SystemExit) as error:
                hint = f"mend or uninstall the package with `{value}`"
                raise HookError(name, f"cannot be loaded: {_said(error)}", hint=hint) from error
        try:
            manager.check_pending()
        except pluggy.PluginValidationError as error:
            name = manager.get_name(error.plugin) or "a plugin"
            raise HookError(name, f"has a hook that there is not: {error}") from error
        return manager

    def _named(self, manager: pluggy.PluginManager, name: str, plugin: object) -> object:
        """Return a plugin whose hooks keep whose result is whose, and whose error."""
        hooks = SimpleNamespace()
        for attribute in dir(plugin):
            options = manager.parse_hookimpl_opts(plugin, attribute)
            if options:
                function = getattr(plugin, attribute)
                is_wrapper = options["wrapper"] or options["hookwrapper"]
                setattr(hooks, attribute, function if is_wrapper else self._kept(name, function))
        return hooks

    def _kept(self, plugin: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def call(*arguments: object) -> object:
            try:
                value = function(*arguments)
            except AceError:
                raise
            except (Exception, SystemExit) as error:
                raise HookError(plugin, _said(error)) from error
            self._given.append(Result(plugin, value))
            return value

        return call


def _loaded(value: str) -> object:
    module, _, attribute = value.partition(":")
    found: object = import_module(module.strip())
    for name in filter(None, attribute.split("[")[0].strip().split(".")):
        found = getattr(found, name)
    return found() if isinstance(found, type) else found


def _said(error: BaseException) -> str:
    text = str(error)
    is_plain = type(error) in {Exception, RuntimeError, ValueError, AssertionError}
    kind = type(error).__name__
    return text if text and is_plain else f"{kind}: {text}" if text else kind
