"""What the pages of a model share, and the modules that hold it: columns, inputs, readers."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from ace_flow.generator import columns
from ace_flow.generator.belonging import belonging_kind, parents
from ace_flow.generator.commands import COMMAND, command_inputs, commands, commands_name
from ace_flow.generator.forms import (
    SCHEMA,
    changed_fields,
    changes_names,
    changing,
    inputs,
    reader_name,
    reading,
    readings,
)
from ace_flow.generator.imports import import_name, importing
from ace_flow.generator.linking import link_inputs, links_name, links_of, links_value
from ace_flow.generator.parts import asked
from ace_flow.generator.templates import Code
from ace_flow.generator.texts import Ident
from ace_flow.generator.typescript import (
    Element,
    Expression,
    Generic,
    Indexed,
    ListOf,
    Name,
    Object,
)
from ace_flow.generator.writing import timeline, timeline_name
from ace_flow.model import given
from ace_flow.names import camel

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet

    from ace_flow.model import Model, Pattern

Context: TypeAlias = dict[str, object]

_COLUMN = Name("Column", "../ui/column", is_type=True)
_SHOWN = {
    "columns": columns.table,
    "fields": columns.details,
    "highlights": columns.highlights,
    "cards": columns.cards,
}


class SharedModule(NamedTuple):
    """A module of `src`: its path there, its template, and what the template uses."""

    path: str
    template: str
    context: Context


def shared(pattern: Pattern, model: Model) -> dict[str, Element | Name]:
    """Return what pages use of these.

    They are `columns` (of a table), `fields` (all), `highlights` (of a list, and for each relation
    of one below the record that they belong to: `highlightsByOrder`), `cards` (of a board),
    `inputs` (an element), `reader` (of all that a form can send) and `own_reader` (of what is asked
    or filled in).
    """
    return {
        **{kind: name for kind, (name, _) in _columns(pattern, model).items()},
        "inputs": Element(_inputs_name(model)),
        "reader": reader_name(model),
        "own_reader": _own_reader_name(model),
    }


def shared_modules(
    pattern: Pattern, model: Model, used: AbstractSet[Name]
) -> Iterator[SharedModule]:
    """Yield the modules with those that pages use."""
    lists = dict(_columns(pattern, model).values())
    if lists := {name: value for name, value in lists.items() if name in used}:
        yield _columns_module(model, lists)
    if (name := import_name(pattern, model)) in used and name:
        yield _module(f"imports/{name.text}.ts", [_constant(name, importing(pattern, model))])
        used |= {reader_name(model)}
    if (name := timeline_name(model)) in used and (found_timeline := timeline(pattern, model)):
        kind, value = found_timeline
        yield _module(f"timelines/{name.text}.tsx", [_constant(name, value, kind)])
    readers = {
        reader_name(model): given(model),
        _own_reader_name(model): asked(model),
    }
    found = [
        _constant(name, reading(model, readings(pattern, model, fields)))
        for name, fields in readers.items()
        if name in used
    ]
    changes_reader, change_inputs = changes_names(model)
    if changes_reader in used:
        found.append(_constant(changes_reader, changing(pattern, model)))
    if found:
        yield _module(f"forms/to{model.name}.ts", found)
    if (name := _inputs_name(model)) in used:
        yield _inputs_module(name, [*inputs(pattern, model), *link_inputs(pattern, model)])
    if change_inputs in used:
        changes = inputs(pattern, model, fields=changed_fields(model))
        yield _inputs_module(change_inputs, [*changes, *link_inputs(pattern, model)])
    yield from _links_modules(pattern, model, used)
    if (name := commands_name(model)) in used:
        found = [_constant(name, commands(pattern, model), ListOf(COMMAND))]
        yield _module(f"commands/{name.text}.ts", found)
        for own, elements in command_inputs(pattern, model).items():
            yield _inputs_module(own, elements)


def _links_modules(
    pattern: Pattern, model: Model, used: AbstractSet[Name]
) -> Iterator[SharedModule]:
    _, change_inputs = changes_names(model)
    is_asked = {_inputs_name(model), change_inputs} & {*used}
    chosen = link_inputs(pattern, model) if is_asked else []
    linked = {element.attributes["links"] for element in chosen}
    for link in links_of(pattern, model):
        if (name := links_name(model, link)) in used or name in linked:
            of, value = links_value(model, link)
            yield _module(f"links/{name.text}.ts", [_constant(name, value, of)])


def _columns(pattern: Pattern, model: Model) -> dict[str, tuple[Name, list[Object]]]:
    """Return the lists of columns by kind; those that are alike have one name."""
    found: dict[str, tuple[Name, list[Object]]] = {}
    lists = {kind: make(pattern, model) for kind, make in _SHOWN.items()}
    for relation in parents(model):
        kind = f"highlights{belonging_kind(relation)}"
        lists[kind] = columns.highlights(pattern, model, relation.references)
    for kind, value in lists.items():
        name = f"{camel(model.name)}{kind[:1].upper()}{kind[1:]}"
        own = Name(name, f"../columns/{model.name}")
        found[kind] = next((item for item in found.values() if item[1] == value), (own, value))
    return found


def _columns_module(model: Model, lists: Mapping[Name, list[Object]]) -> SharedModule:
    """Return the module with lists of columns, in which those of several have a name."""
    row = Indexed(SCHEMA, (model.name, "type"))
    named: list[tuple[Name, Object]] = []
    taken = {name.text for name in lists}
    for column in [column for value in lists.values() for column in value]:
        count = sum(column in value for value in lists.values())
        if count > 1 and column not in [known for _, known in named]:
            own = f"{column.entries['field']}Column"
            while own in taken:
                own += "_"
            taken.add(own)
            named.append((Name(own), column))

    def listed(column: Object) -> Expression:
        return next((name for name, known in named if known == column), column)

    shared = [
        _constant(name, column, Generic(_COLUMN, row)) | {"is_own": True} for name, column in named
    ]
    found = [
        _constant(name, [listed(column) for column in value], ListOf(_COLUMN, row))
        for name, value in lists.items()
    ]
    return _module(f"columns/{model.name}.tsx", [*shared, *found])


def _inputs_name(model: Model) -> Name:
    return Name(f"{model.name}Inputs", f"../forms/{model.name}Inputs")


def _own_reader_name(model: Model) -> Name:
    if asked(model) == list(given(model)):
        return reader_name(model)
    return Name(f"toOwn{model.name}", f"../forms/to{model.name}")


def _constant(name: Name, value: Expression, of: Generic | ListOf | None = None) -> Context:
    return {"name": Ident(name.text), "value": Code(value), "type": Code(of) if of else None}


def _inputs_module(name: Name, elements: Iterable[Element]) -> SharedModule:
    context: Context = {
        "name": Ident(name.text),
        "elements": [Code(element) for element in elements],
    }
    path = f"{(name.module or '').removeprefix('../')}.tsx"
    return SharedModule(path, "frontend/inputs.tsx.j2", context)


def _module(path: str, functions: list[Context]) -> SharedModule:
    return SharedModule(path, "frontend/model.ts.j2", {"functions": functions})
