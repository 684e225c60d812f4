"""What a page of one record shows of the records that belong to it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import quote, urlencode

from ace_flow.generator.addresses import creating_address, page_address
from ace_flow.generator.belonging import belonging_kind, parents
from ace_flow.generator.modules import helper
from ace_flow.generator.samples import sample, sample_is_open, sample_key
from ace_flow.generator.sharing import shared
from ace_flow.generator.templates import Code
from ace_flow.generator.typescript import Expression, Name, Object
from ace_flow.model import given
from ace_flow.names import in_sentence, label, pascal, plural

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ace_flow.model import Model, Pattern, Relation

Context: TypeAlias = dict[str, object]


def related(pattern: Pattern, model: Model, main: Model | None) -> Context:
    """Return what a page about a record of a main model uses of a model that belongs to it.

    `belonging` are lists of what belongs to a record, one for each relation between them; none
    of a model that the record itself belongs to, and None where there is no relation.
    `own_page` is the address of the model's own page of one record, up to its key, or None. For
    tests: `belonging_samples`, contexts of each list.
    """
    own = page_address(pattern, model, "detail")
    found: Context = {"own_page": f"{own}?id=" if own else None}
    if main is None or main == model:
        return found | {"belonging": None, "belonging_samples": []}
    relations = _between(model, main)
    lists: list[Expression] = []
    for relation in relations:
        several = _opposite(main, relation) if len(relations) > 1 else None
        lists.append(_list(pattern, model, relation, several or pascal(plural(model.name))))
    return found | {
        "belonging": Code(lists) if lists or _between(main, model) else None,
        "belonging_samples": [_sample(pattern, model, item, main) for item in relations],
    }


def _between(model: Model, main: Model) -> Sequence[Relation]:
    return [relation for relation in parents(model) if relation.model == main.name]


def _opposite(main: Model, relation: Relation) -> str:
    """Return what the other model calls the records that belong to one of its own."""
    return next(
        (item.name for item in main.relations if item.references == relation.references),
        relation.name,
    )


def _list(pattern: Pattern, model: Model, relation: Relation, title: str) -> Object:
    kind = belonging_kind(relation)
    entries: dict[str, Expression] = {
        "title": label(title),
        "belonging": helper(model, kind),
        "fields": shared(pattern, model)[f"highlights{kind}"],
    }
    return Object(entries | {"isGiven": True} if _is_asked(model, relation) else entries)


def _is_asked(model: Model, relation: Relation) -> bool:
    """Tell whether a form of the model asks to what a record belongs."""
    return {*relation.references} <= {field.name for field in given(model)}


def _sample(pattern: Pattern, model: Model, relation: Relation, main: Model) -> Context:
    """Return a record that belongs to the sample of the main model, and one that does not."""
    key, fields = sample_key(pattern, main)
    values = dict(zip(relation.references, fields.values(), strict=True))
    unlike: dict[str, Expression] = {
        field: "other" for item in _between(model, main) for field in item.references
    }
    new = creating_address(pattern, model)
    is_new = new and _is_asked(model, relation) and sample_is_open(model, "create")
    return {
        "by": f" by {in_sentence(label(relation.name))}" if len(_between(model, main)) > 1 else "",
        "address": f"#/?id={quote(key, safe='')}",
        "own": Code(Object({**sample(pattern, model).entries, **unlike, **values}, expanded=True)),
        "other": Code(Object({"id": "second", **unlike}, spread=Name("own"))),
        "new": f"{new}{'&' if '?' in new else '?'}{urlencode(values)}" if new and is_new else None,
    }
