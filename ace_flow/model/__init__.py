"""The typed pattern: frozen, and all that later floors see."""

from ace_flow.model.catalogue import Catalogue, ComponentType, Service
from ace_flow.model.data import (
    AuthorizationRule,
    CustomType,
    EnumType,
    Field,
    Index,
    Member,
    Model,
    Relation,
)
from ace_flow.model.kinds import fields_of_kind
from ace_flow.model.pattern import Addition, Component, Pattern, Script, Template

__all__ = [
    "Addition",
    "AuthorizationRule",
    "Catalogue",
    "Component",
    "ComponentType",
    "CustomType",
    "EnumType",
    "Field",
    "Index",
    "Member",
    "Model",
    "Pattern",
    "Relation",
    "Script",
    "Service",
    "Template",
    "fields_of_kind",
]
