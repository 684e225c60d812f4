"""What hooks are given and what they give: frozen values that are plain data in every language."""

from __future__ import annotations

import dataclasses
import re
import types
import typing
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldFacts:
    """A field of a model: its type in Amplify's words; of a relation, the other model."""

    name: str
    type: str
    required: bool = False
    array: bool = False
    model: str | None = None
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelFacts:
    """A model of the pattern, with what ace added to it."""

    name: str
    description: str = ""
    fields: tuple[FieldFacts, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentFacts:
    """A page of the frontend, and the models that it shows."""

    name: str
    type: str
    purpose: str = ""
    models: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedFile:
    """A file of the project and what becomes of it: `create`, `update`, `unchanged` and so on."""

    path: str
    action: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a hook is told of the pattern and the project.

    `parameters` are the values that the pattern was filled in with. `project` is the project's
    folder, as an absolute path; hooks may read it and change nothing there. `files` are what
    generating does to files, in `ace_post_generation`, and the generated files in
    `ace_pre_deployment`; `output` is a folder with a copy of the files as they will be. `dry_run`
    says that nothing will be written.
    """

    name: str
    display_name: str = ""
    version: str | None = None
    description: str = ""
    category: str = ""
    services: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    models: tuple[ModelFacts, ...] = ()
    components: tuple[ComponentFacts, ...] = ()
    parameters: Mapping[str, Any] = field(default_factory=dict)
    project: str = ""
    files: tuple[PlannedFile, ...] = ()
    output: str | None = None
    dry_run: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NewFile:
    """A text file for the project: its path there, and its text.

    Where the pattern generates a file at that path, `replaces` must be stated.
    """

    path: str
    content: str
    replaces: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What a hook adds to a run: files for the project, and notices for people."""

    files: tuple[NewFile, ...] = ()
    notices: tuple[str, ...] = ()


def to_plain(value: Any) -> Any:  # noqa: ANN401 - any value of this module
    """Return a value of this module as dicts and lists; raises TypeError for anything else."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {item.name: getattr(value, item.name) for item in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, (tuple, set, frozenset, types.GeneratorType)):
        return list(value)
    raise TypeError(f"a hook returns plain data, and {type(value).__name__} is none")


def from_plain(kind: type[T], value: Mapping[str, Any]) -> T:
    """Return the value of a class of this module that `to_plain` and JSON made plain."""
    hints = typing.get_type_hints(kind)
    return kind(**{name: _typed(hints[name], inner) for name, inner in value.items()})


def _typed(hint: Any, value: Any) -> Any:  # noqa: ANN401 - any type of a field
    if typing.get_origin(hint) is tuple:
        return tuple(_typed(typing.get_args(hint)[0], item) for item in value)
    is_ours = isinstance(hint, type) and dataclasses.is_dataclass(hint)
    return from_plain(hint, value) if is_ours else value


def in_camel_case(value: Any) -> Any:  # noqa: ANN401 - any value of this module
    """Return a value of this module as JavaScript takes it: plain, with keys in camelCase.

    The names of parameters stay, and are there in camelCase as well.
    """
    if isinstance(value, Mapping):
        return {**value, **{_camel(key): inner for key, inner in value.items()}}
    if isinstance(value, tuple):
        return [in_camel_case(item) for item in value]
    if dataclasses.is_dataclass(value):
        return {_camel(key): in_camel_case(inner) for key, inner in to_plain(value).items()}
    return value


def _camel(name: str) -> str:
    return re.sub(r"_([a-z0-9])", lambda found: found[1].upper(), name)
