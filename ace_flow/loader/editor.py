"""The JSON Schema as editors take it: with the services and component types there are."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from ace_flow.loader.placeholders import may_be_filled
from ace_flow.loader.schema import schema

if TYPE_CHECKING:
    from ace_flow.model import Catalogue

# The place of a parameter's value, as ECMAScript reads expressions.
_PLACE = r"^\$\{[A-Za-z][A-Za-z0-9_]*\}$"
_NO_TEXTS = ("array", "boolean", "integer", "number")


def editor_schema(catalogue: Catalogue) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the pattern format for completion in editors.

    It is the one that patterns are checked against, and the names that the catalogues know stand
    in it as enumerations. `enumDescriptions` is what the YAML and JSON language servers show.
    Where a value is no text, `${name}` may stand for it.
    """
    whole = deepcopy(schema())
    services, types = catalogue.services, catalogue.component_types
    whole["properties"]["services"]["items"] |= {
        "enum": list(services),
        "enumDescriptions": [service.title for service in services.values()],
    }
    whole["$defs"]["components"]["items"]["properties"]["type"] |= {
        "enum": list(types),
        "enumDescriptions": [kind.summary for kind in types.values()],
    }
    for key, rules in whole["properties"].items():
        if may_be_filled((key,)):
            _open(rules)
    for key, rules in whole["$defs"].items():
        if key not in {"names", "parameter"}:
            _open(rules)
    return whole


def _open(rules: dict[str, Any]) -> None:
    """Let the place of a value stand for each number, truth value and list of such."""
    items = rules.get("items", {})
    if rules.get("type") in _NO_TEXTS and "$ref" not in items and items.get("type") != "object":
        rules["patternErrorMessage"] = (
            f"This takes: {rules['type']}, or `${{name}}` of a parameter."
        )
        rules["type"] = [rules["type"], "string"]
        rules["pattern"] = _PLACE
    for inner in (*rules.get("properties", {}).values(), items, rules.get("additionalProperties")):
        if isinstance(inner, dict) and inner:
            _open(inner)
