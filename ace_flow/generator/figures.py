"""The numbers of records over time: what pages draw for the record that they belong to."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from ace_flow.generator.arranging import SUMS, amounts
from ace_flow.generator.belonging import belonging_kind, parents
from ace_flow.generator.modules import helper
from ace_flow.generator.samples import sample
from ace_flow.generator.templates import Code
from ace_flow.generator.typescript import Name, Object, arrow
from ace_flow.model import fields_of_kind
from ace_flow.names import in_sentence, label, pascal, plural

if TYPE_CHECKING:
    from ace_flow.model import Model, Pattern, Relation

Context: TypeAlias = dict[str, object]


def figures(pattern: Pattern, model: Model) -> Context:
    """Return what pages of metrics use of a model.

    `measured` has, by the model that its records belong to: `metrics`, what is drawn of them, and
    for tests `own`, a record that belongs to the sample of the other model. Models with records
    that have no number, or whose key has several fields, are left out.
    """
    fields = list(amounts(model))[:SUMS]
    single = [relation for relation in parents(model) if len(relation.references) == 1]
    if not fields:
        return {"measured": {}}
    return {
        "measured": {
            relation.model: {
                "metrics": Code(_metrics(pattern, model, relation)),
                "own": Code(
                    Object(
                        {**sample(pattern, model).entries, relation.references[0]: "first"},
                        expanded=True,
                    )
                ),
            }
            for relation in reversed(single)
            if (target := pattern.model(relation.model)) and target.key == ("id",)
        }
    }


def _metrics(pattern: Pattern, model: Model, relation: Relation) -> list[Object]:
    dates = fields_of_kind(pattern, model, "date")
    several = label(pascal(plural(model.name)))
    return [
        Object(
            {
                "title": f"{several}: {in_sentence(label(field.name))}",
                "unit": label(field.name),
                "source": helper(model, "source"),
                "belonging": helper(model, belonging_kind(relation)),
                "at": arrow("row", Name(f"row.{dates[0].name if dates else 'createdAt'}")),
                "of": arrow("row", Name(f"row.{field.name}")),
            }
        )
        for field in list(amounts(model))[:SUMS]
    ]
