"""The catalogues of services and component types, read from the shipped YAML files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.loader.document import read_document
from ace_flow.model import Catalogue, ComponentType, Service

if TYPE_CHECKING:
    from pathlib import Path

    from ace_flow.source import Node


def read_catalogue(templates: Path) -> Catalogue:
    """Read `services.yml` and `components.yml` of the templates folder.

    Raises PatternError when one is no strict YAML, KeyError when an entry lacks a key.
    """
    services = _read(templates / "services.yml")
    types = _read(templates / "components.yml")
    return Catalogue(
        services={name: _service(name, node) for name, node in services.mapping.items()},
        component_types={
            name: ComponentType(
                name=name,
                template=str(node.mapping["template"].value),
                summary=str(node.mapping["summary"].value),
            )
            for name, node in types.mapping.items()
        },
    )


def _read(path: Path) -> Node:
    return read_document(path.name, path.read_bytes())


def _service(name: str, node: Node) -> Service:
    def text(key: str) -> str | None:
        return str(node.mapping[key].value) if key in node.mapping else None

    def texts(key: str) -> tuple[str, ...]:
        return tuple(str(item.value) for item in node.mapping[key].items) if text(key) else ()

    return Service(
        name=name,
        title=str(node.mapping["title"].value),
        status=str(node.mapping["status"].value),
        resources=texts("resources"),
        template=text("template"),
        construct=text("construct"),
        provides=text("provides"),
        uses=texts("uses"),
        substitute=text("substitute"),
        reason=text("reason"),
        permissions=text("permissions") or "",
        cost=text("cost") or "",
    )
