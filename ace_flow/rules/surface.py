"""What stands around the data: services, components, templates, hooks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.diagnostics import Diagnostic, Severity
from ace_flow.names import suggestion

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ace_flow.model import Catalogue, Pattern


def services(pattern: Pattern, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """A service is in the catalogue; one that AWS has closed is replaced, and said so."""
    for name in pattern.services:
        span = pattern.service_spans.get(name)
        service = catalogue.services.get(name)
        if service is None:
            yield Diagnostic(
                code="ACE150",
                message=f"there is no service `{name}`",
                span=span,
                hint=suggestion(name, catalogue.services),
            )
        elif service.status == "closed":
            yield Diagnostic(
                code="ACE151",
                severity=Severity.WARNING,
                message=f"{service.title}: {service.reason}",
                span=span,
                hint=f"{service.substitute} is generated instead",
            )


def components(pattern: Pattern, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """A component has a known type and shows models of the pattern."""
    models = [model.name for model in pattern.models]
    for component in pattern.components:
        if component.type not in catalogue.component_types:
            yield Diagnostic(
                code="ACE160",
                message=f"there is no component type `{component.type}`",
                span=component.span,
                hint=suggestion(component.type, catalogue.component_types),
            )
        for name in component.models:
            if name not in models:
                yield Diagnostic(
                    code="ACE161",
                    message=f"`{component.name}` shows a model `{name}` that does not exist",
                    span=component.span,
                    hint=suggestion(name, models),
                )
        if not component.models:
            yield Diagnostic(
                code="ACE161",
                message=f"`{component.name}` has nothing to show: the pattern has no models",
                span=component.span,
                hint="add a model under `schema.models`",
            )


def brought_code(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """Say what of the pattern replaces checked files, and what is not run."""
    for template in pattern.templates:
        if template.target in {"backend", "amplify/data/resource.ts"}:
            yield Diagnostic(
                code="ACE172",
                severity=Severity.WARNING,
                message=f"`{template.source}` replaces the schema that ace checked and completed",
                span=template.span,
                hint="ace does not know whether it compiles; without this template it does",
            )
    if pattern.hooks or pattern.generators:
        yield Diagnostic(
            code="ACE180",
            severity=Severity.WARNING,
            message="the pattern's hooks and generators are kept, but this version runs none",
            span=pattern.span,
        )


RULES = (services, components, brought_code)
