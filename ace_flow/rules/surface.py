"""What stands around the data: services, components, templates, hooks."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from ace_flow.diagnostics import Diagnostic, Related, Severity
from ace_flow.files import unsafe_target
from ace_flow.model import (
    SCRIPT_SUFFIXES,
    fields_of_kind,
    folder_for,
    given,
    models_shown,
    search_service,
    searched_models,
)
from ace_flow.names import Suggestion, nearest
from ace_flow.rules.missing import removed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ace_flow.model import Catalogue, Component, ComponentType, Pattern

# What fields of a kind are, and one of them.
_KINDS = {
    "date": ("a date or a time on a date", "{name: dueDate, type: date}"),
    "enum": ("an enum", "{name: status, type: enum, values: [open, done]}"),
    "file": ("the path of a file", "{name: image, type: string}"),
    "image": ("the address or path of an image", "{name: imageUrl, type: url}"),
    "text": ("a text", "{name: title, type: string}"),
}
_WRITING = frozenset({"create", "update", "delete"})
_ROLES = frozenset({"backend", "deployment", "frontend"})


def services(pattern: Pattern, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """A service is in the catalogue; one that AWS has closed is replaced, and said so."""
    for position, name in enumerate(pattern.services):
        span = pattern.at("services", position)
        service = catalogue.services.get(name)
        if service is None:
            yield Diagnostic(
                code="ACE150",
                message=f"there is no service `{name}`",
                span=span,
                hint=Suggestion(name, catalogue.services),
            )
        elif service.status == "closed":
            yield Diagnostic(
                code="ACE151",
                severity=Severity.WARNING,
                message=f"{service.title}: {service.reason}",
                span=span,
                hint=f"{service.substitute} is generated instead",
            )


def needed_services(pattern: Pattern, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """A service has beside it what makes it of use, unless pages use it."""
    searched = search_service(pattern, catalogue) if searched_models(pattern, catalogue) else None
    for position, name in enumerate(pattern.services):
        service = catalogue.services.get(name)
        for needed in service.needs if service and service != searched else ():
            if needed not in pattern.services:
                yield Diagnostic(
                    code="ACE152",
                    severity=Severity.WARNING,
                    message=f"without `{needed}` nothing in the application uses `{name}`",
                    span=pattern.at("services", position),
                    hint=f"add `{needed}` to `services`",
                    related=removed(pattern, f"services.{needed}"),
                )


def components(pattern: Pattern, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """A component has a known type and shows models of the pattern."""
    models = [model.name for model in pattern.models]
    for component in pattern.components:
        if not component.type:
            yield Diagnostic(
                code="ACE012",
                message=f"`{component.name}` has no type",
                span=component.at("name"),
                hint="add `type: …`",
            )
        elif component.type not in catalogue.component_types:
            yield Diagnostic(
                code="ACE160",
                message=f"there is no component type `{component.type}`",
                span=component.at("type"),
                hint=Suggestion(component.type, catalogue.component_types),
            )
        listed = component.node.texts("models") if component.node else ()
        places = {name: place for place, name in reversed(list(enumerate(listed)))}
        for name in component.models:
            if pattern.model(name) is None:
                place = places.get(name)
                yield Diagnostic(
                    code="ACE161",
                    message=f"`{component.name}` shows a model `{name}` that does not exist",
                    span=component.at("model") if place is None else component.at("models", place),
                    hint=Suggestion(name, models),
                    related=removed(pattern, f"models.{name}"),
                )
        kind = catalogue.component_types.get(component.type)
        if not component.models and not (kind and kind.files):
            yield Diagnostic(
                code="ACE161",
                message=f"`{component.name}` has nothing to show: the pattern has no models",
                span=component.span,
                hint="add a model under `schema.models`",
            )


def needed_operations(pattern: Pattern, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """The models that a component uses have the operations it calls."""
    for component in pattern.components:
        kind = catalogue.component_types.get(component.type)
        used = _used(pattern, component, kind) if kind else ()
        for name, operation in dict.fromkeys(used):
            model = pattern.model(name)
            if model is None or (operation == "create" and model.maker):
                continue
            general = "mutations" if operation in _WRITING else "queries"
            stated = [item for item in (operation, general) if item in model.disabled]
            place = model.at("disable_operations")
            if stated:
                yield Diagnostic(
                    code="ACE162",
                    message=f"`{component.name}` needs to {operation} `{model.name}` records, "
                    f"and the model has `disable_operations: [{', '.join(model.disabled)}]`",
                    span=component.span,
                    hint=f"take `{stated[0]}` from the list, or remove the component",
                    related=(Related(place, "disabled here"),) if place else (),
                )


def _used(pattern: Pattern, component: Component, kind: ComponentType) -> Iterator[tuple[str, str]]:
    """Yield what a component's page calls: operations of its models and of related ones."""
    for model in models_shown(pattern, component, kind):
        for operation in kind.calls:
            yield model.name, operation
        for relation in model.relations:
            if relation.type == "belongsTo":
                for operation in kind.related:
                    yield relation.model, operation


def something_to_fill_in(pattern: Pattern, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """A component that creates records has something to ask for."""
    for component in pattern.components:
        kind = catalogue.component_types.get(component.type)
        if kind is None or not _WRITING & set(kind.calls):
            continue
        for model in models_shown(pattern, component, kind):
            if not given(model):
                yield Diagnostic(
                    code="ACE163",
                    message=f"`{component.name}` has nothing to ask for: `{model.name}` has no "
                    "fields that a person fills in",
                    span=component.span,
                    hint="add a field to the model, or remove the component",
                )


def something_to_arrange(pattern: Pattern, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """One of a component's models, at least, has the kind of field that its type goes by."""
    for component in pattern.components:
        kind = catalogue.component_types.get(component.type)
        models = [model for name in component.models if (model := pattern.model(name))]
        needed = kind.needs if kind else None
        if needed is None or kind is None or kind.files or not models:
            continue
        if not any(fields_of_kind(pattern, model, needed) for model in models):
            names = ", ".join(f"`{model.name}`" for model in models)
            what, example = _KINDS[needed]
            yield Diagnostic(
                code="ACE165",
                message=f"`{component.name}` is of type {component.type}, and {names} "
                f"{'has' if len(models) == 1 else 'have'} no field that is {what}",
                span=component.at("type"),
                hint=f"add one to `{models[0].name}`, such as `{example}`",
            )


def somewhere_for_files(pattern: Pattern, catalogue: Catalogue) -> Iterator[Diagnostic]:
    """A component that uploads files has a path for them, one that shows files has some."""
    for component in pattern.components:
        kind = catalogue.component_types.get(component.type)
        if kind is None or kind.files is None or folder_for(pattern, kind.files):
            continue
        if kind.files == "read" and models_shown(pattern, component, kind):
            continue
        lacks = "no model with a picture, and no" if kind.files == "read" else "no"
        storage = pattern.storage
        yield Diagnostic(
            code="ACE166",
            message=f"`{component.name}` is of type {component.type}, and there is {lacks} path "
            f"of files that users may {kind.files}",
            span=component.at("type"),
            hint=(
                f"permit `{kind.files}` to users in a rule of `storage.paths`"
                if storage
                else "add `storage: {paths: {media/*: [{allow: authenticated, operations: "
                "[read, write, delete]}]}}`"
            ),
            related=(Related(storage.span, "the paths"),) if storage and storage.span else (),
        )


def known_roles(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """A template's key that is no path at all is a role."""
    for template in pattern.templates:
        target = template.target
        role = None if {"/", ".", "{"} & set(target) else nearest(target, _ROLES)
        if role and target not in _ROLES:
            yield Diagnostic(
                code="ACE010",
                severity=Severity.WARNING,
                message=f"there is no role `{target}`: the template becomes a file of that name",
                span=template.span,
                hint=f"did you mean `{role}`?",
            )


def brought_code(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """Say what of the pattern replaces checked files, or cannot be written."""
    for template in pattern.templates:
        replaces = template.target in {"backend", "amplify/data/resource.ts"}
        if replaces and pattern.application:
            yield Diagnostic(
                code="ACE172",
                severity=Severity.WARNING,
                message=f"`{template.source}` replaces the schema that ace checked and completed",
                span=template.at("source"),
                hint="ace does not know whether it compiles; without this template it does",
            )
        if template.target not in _ROLES and "{" not in template.target:
            problem = unsafe_target(template.target)
            if problem:
                message = f"the template cannot be written to `{template.target}`: {problem}"
                yield Diagnostic(code="ACE171", message=message, span=template.span)


def modules(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """Find hooks and generators in languages that nothing runs."""
    for script in (*pattern.hooks, *pattern.generators):
        if PurePosixPath(script.path).suffix not in SCRIPT_SUFFIXES:
            yield Diagnostic(
                code="ACE182",
                message=f"`{script.path}` is no module in Python, JavaScript or TypeScript",
                span=script.file.span,
                hint=f"its name ends in {', '.join(sorted(SCRIPT_SUFFIXES))}",
            )


RULES = (
    services,
    needed_services,
    components,
    needed_operations,
    something_to_fill_in,
    something_to_arrange,
    somewhere_for_files,
    known_roles,
    brought_code,
    modules,
)
