"""What component templates can use of a model, as names and expression trees."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from ace_flow.generator.access import has_operation
from ace_flow.generator.addresses import actions, address, creating, page_address
from ace_flow.generator.arranging import arrangements
from ace_flow.generator.figures import figures
from ace_flow.generator.filing import filing
from ace_flow.generator.finding import finder_kind
from ace_flow.generator.forms import editing, inputs
from ace_flow.generator.imports import import_name
from ace_flow.generator.linking import linked_records
from ace_flow.generator.modules import data_context, enum_labels, helper
from ace_flow.generator.parts import parts
from ace_flow.generator.related import related
from ace_flow.generator.samples import entries, related_records, sample, sample_title
from ace_flow.generator.sharing import shared
from ace_flow.generator.templates import Code
from ace_flow.generator.texts import Ident
from ace_flow.generator.titles import title_field
from ace_flow.generator.typescript import Name, Object, call
from ace_flow.generator.writing import writing
from ace_flow.names import camel, in_sentence, label, pascal, plural

if TYPE_CHECKING:
    from ace_flow.model import Component, Model, Pattern

__all__ = ["data_context", "enum_labels", "found_context", "helper", "model_context"]

Context: TypeAlias = dict[str, object]

_HELPERS = ("source", "get", "create", "update", "access")


def model_context(pattern: Pattern, model: Model, main: Model | None) -> Context:
    """Return what a component template can use of one model; `main` is that of the page.

    Names: `name`, `camel`, `all_name`, `reader_name` (of a reader that only the page has).
    Texts: `title` (one record), `titles` (several), `noun` and `nouns` (these in a sentence),
    `param` (its key in an address, where it is not the page's main model). Expressions:
    `source` (where records come from), `get`, `create`, `update`, `access`, `all` (a call of
    the hook), what pages share (see `sharing`). Expressions or None: `edit` (how a form changes
    a record), `actions` (what can be done with a record), `creating` (those of them that make
    one), `importing` (how a file does). `linked` are elements that show related records.
    Addresses or None: `detail` (of one record, up to its key) and `form` (of a new record). For
    tests: `sample` (a record), `sample_title`, `entries` and `picks` (calls that fill in a form).
    Besides, those of `parts`, `writing`, `filing`, `arrangements`, `figures` and `related`.
    """
    own = camel(model.name)
    several = pascal(plural(model.name))
    return {
        "name": Ident(model.name),
        "camel": Ident(own),
        "param": own,
        "all_name": Ident(f"all{several}"),
        "reader_name": Ident(f"to{model.name}"),
        "title": label(model.name),
        "titles": label(several),
        "noun": in_sentence(label(model.name)),
        "nouns": in_sentence(label(several)),
        **{kind: Code(helper(model, kind)) for kind in _HELPERS},
        "importing": Code(found) if (found := import_name(pattern, model)) else None,
        **{kind: Code(value) for kind, value in shared(pattern, model).items()},
        "all": Code(call(Name("useAll", "../data/useAll"), helper(model, "source"))),
        "edit": _code(editing(model, None if model == main else own)),
        "actions": _code(actions(pattern, model)),
        "creating": _code(creating(pattern, model)),
        "linked": [Code(element) for element in linked_records(pattern, model)],
        "detail": address(pattern, model, "detail"),
        "form": page_address(pattern, model, "form"),
        **_tested(pattern, model),
        **arrangements(pattern, model),
        **figures(pattern, model),
        **parts(pattern, model),
        **writing(pattern, model),
        **filing(pattern, model),
        **related(pattern, model, main),
    }


def found_context(pattern: Pattern, model: Model, component: Component) -> Context:
    """Return what a component of some types uses of a model beyond that.

    `found` lists the records that a query of the component chooses, or is None.
    """
    kind = finder_kind(component, model, pattern)
    return {"found": Code(helper(model, kind)) if kind else None}


def _tested(pattern: Pattern, model: Model) -> Context:
    """Return what tests use of a model."""
    asked = [element.attributes for element in inputs(pattern, model)]
    return {
        "kept_as": model.maker.name if model.maker else model.name,
        "is_findable": title_field(model) is not None and has_operation(model, "list"),
        "labels": [given.get("label") or given.get("legend") for given in asked],
        "sample": Code(sample(pattern, model)),
        "sample_title": sample_title(pattern, model),
        "picks": related_records(pattern, model),
        "entries": entries(pattern, model),
    }


def _code(value: Object | None) -> Code | None:
    return None if value is None else Code(value)
