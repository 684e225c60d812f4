"""What installed plugins offer beside hooks: patterns, templates and services."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from msgspec.structs import replace

from ace_flow.diagnostics import HookError
from ace_flow.workspace import shipped

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ace_flow.model import Catalogue, Service
    from ace_flow.plugins import Installed


class Offered:
    """What there is beyond what ace brings itself; a plugin is imported when it is asked for.

    Properties raise HookError when a plugin cannot be loaded, or names what is not there.
    """

    def __init__(self, installed: Installed) -> None:
        self._installed = installed

    @cached_property
    def patterns(self) -> tuple[Path, ...]:
        """The folders with patterns."""
        return tuple(path for _, path in self._installed.folders("ace_register_patterns"))

    @cached_property
    def services(self) -> tuple[tuple[str, Path], ...]:
        """The files that describe services, with the plugins' names."""
        return tuple(self._installed.folders("ace_register_services"))

    @cached_property
    def templates(self) -> Path:
        """The folder of templates: the shipped one, with those of plugins over it."""
        folders = self._installed.folders("ace_register_templates")
        if not folders:
            return shipped("templates")
        from ace_flow.plugins.overlay import laid_over  # noqa: PLC0415 - few have plugins

        return laid_over(shipped("templates"), folders)

    def catalogue(self, templates: Path) -> Catalogue:
        """Return the services and component types that exist.

        Raises HookError when a plugin describes a service that there is, or one that cannot be.
        """
        from ace_flow.loader.catalogue import read_catalogue, read_services  # noqa: PLC0415 - reads YAML

        found = read_catalogue(templates)
        services = dict(found.services)
        for plugin, file in self.services:
            for name, service in read_services(file).items():
                if problem := _problem(service, services, templates):
                    raise HookError(plugin, f"registers the service `{name}`, {problem}")
                services[name] = service
        return replace(found, services=services)


def _problem(service: Service, known: Mapping[str, Service], templates: Path) -> str | None:
    if service.name in known:
        return "which there is already"
    if service.status not in {"available", "closed"} or not service.title:
        return "without a `title`, or with a `status` other than `available` and `closed`"
    if not service.template or not (templates / service.template).is_file():
        return f"whose template is not there: {service.template or 'it names none'}"
    unknown = [name for name in (*service.uses, *service.needs) if name not in known]
    return f"which uses `{unknown[0]}`, and there is no such service" if unknown else None
