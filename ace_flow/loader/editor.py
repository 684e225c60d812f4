"""The JSON Schema as editors take it: with the services and component types there are."""

from __future__ import annotations

from copy import deepcopy
from typing import TYPE_CHECKING, Any

from ace_flow.loader.schema import schema

if TYPE_CHECKING:
    from ace_flow.model import Catalogue


def editor_schema(catalogue: Catalogue) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of the pattern format for completion in editors.

    It is the one that patterns are checked against, and the names that the catalogues know stand
    in it as enumerations. `enumDescriptions` is what the YAML and JSON language servers show.
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
    return whole
