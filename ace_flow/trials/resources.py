"""What a cloud assembly would deploy: the types of its resources."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

# Amplify makes the tables of models by a resource of its own; people call them by what they are.
AMPLIFY_TABLE = "Custom::AmplifyDynamoDBTable"
TABLE = "AWS::DynamoDB::Table"


def resources_of(assembly: Path) -> tuple[str, ...]:
    """Return the type of each resource in all templates of an assembly, sorted."""
    found = []
    for template in assembly.glob("*.template.json"):
        resources = json.loads(template.read_text(encoding="utf-8")).get("Resources", {})
        found += [resource["Type"] for resource in resources.values()]
    return tuple(sorted(found))


def with_tables(resources: tuple[str, ...]) -> tuple[str, ...]:
    """Return the types with each table of Amplify's under both names, its own and DynamoDB's."""
    tables = [TABLE for kind in resources if kind == AMPLIFY_TABLE]
    return tuple(sorted((*resources, *tables)))
