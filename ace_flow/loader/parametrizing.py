"""A composed document with parameters becomes one without places for values."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec.structs import replace

from ace_flow.diagnostics import PatternError
from ace_flow.loader.changes import report_duplicates
from ace_flow.loader.filling import Filling, undeclared
from ace_flow.loader.parameters import declared
from ace_flow.loader.schema import check, check_unfilled
from ace_flow.loader.values import sample_values

if TYPE_CHECKING:
    from collections.abc import Collection

    from ace_flow.loader.values import Choose
    from ace_flow.model import Parameter
    from ace_flow.source import Node


class Parametrized(NamedTuple):
    """A document with all values filled in, and the parameters with their values."""

    document: Node
    parameters: tuple[Parameter, ...]


def parametrized(document: Node, sources: Collection[str], choose: Choose) -> Parametrized:
    """Find the values of a document's parameters and fill them into texts of the files `sources`.

    Raises PatternError: for how parameters are declared and named, then for the values, then for
    what the document is with them.
    """
    if not sources:
        choose(document.text("name"), ())
        return Parametrized(document, ())
    parameters, findings = declared(document)
    findings += undeclared(document, sources, {parameter.name for parameter in parameters})
    if findings:
        raise PatternError(findings)
    values = choose(document.text("name"), parameters)
    parameters = tuple(replace(item, value=values[item.name]) for item in parameters)
    filling = Filling(values, sources)
    filled = filling.fill(document)
    if not filling.findings:
        filling.findings += check(filled)
        if not filling.findings:
            report_duplicates(filled, filling.findings)
    if filling.findings:
        raise PatternError(filling.findings)
    return Parametrized(filled, parameters)


def previewed(document: Node) -> Node:
    """Return a document by itself with samples filled in; as it is where anything is wrong."""
    if "parameters" not in document.mapping or check_unfilled(document).findings:
        return document
    try:
        return parametrized(document, {document.span.source.name}, sample_values({})).document
    except PatternError:
        return document
