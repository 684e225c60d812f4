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

    Raises PatternError when one is no strict YAML.
    """
    types = _read(templates / "components.yml")
    return Catalogue(
        services=read_services(templates / "services.yml"),
        component_types={
            name: ComponentType(
                name=name,
                template=node.text("template"),
                summary=node.text("summary"),
                test=node.text("test") or None,
                calls=node.texts("calls"),
                related=node.texts("related"),
                needs=node.text("needs") or None,
                files=node.text("files") or None,
                packages=node.texts("packages"),
                found_by=node.text("found_by") or None,
                offers=node.texts("offers"),
                about=node.text("about") or "main",
                section=node.text("section"),
                leads_to=node.texts("leads_to"),
                queried="queried" in node.mapping,
                owned="owned" in node.mapping,
            )
            for name, node in types.mapping.items()
        },
    )


def read_services(path: Path) -> dict[str, Service]:
    """Read services that are described as in `services.yml`.

    Raises PatternError when the file is no strict YAML.
    """
    return {name: _service(name, node) for name, node in _read(path).mapping.items()}


def _read(path: Path) -> Node:
    return read_document(path.name, path.read_bytes())


def _service(name: str, node: Node) -> Service:
    return Service(
        name=name,
        title=node.text("title"),
        status=node.text("status"),
        resources=node.texts("resources"),
        template=node.text("template") or None,
        construct=node.text("construct") or None,
        provides=node.text("provides") or None,
        module=node.text("module") or None,
        result=node.text("result") or None,
        stack=node.text("stack") or None,
        uses=node.texts("uses"),
        needs=node.texts("needs"),
        substitute=node.text("substitute") or None,
        reason=node.text("reason") or None,
        permissions=node.text("permissions"),
        cost=node.text("cost"),
    )
