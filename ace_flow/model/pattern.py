"""A pattern as a whole: what it says of itself, its data, components, services and files."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from ace_flow.model.data import Placed, SourceFile
from ace_flow.names import label
from ace_flow.records import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ace_flow.model.backend import (
        Conversation,
        Function,
        Generation,
        Operation,
        SignIn,
        Storage,
    )
    from ace_flow.model.data import AuthorizationRule, CustomType, EnumType, Model
    from ace_flow.model.parameters import Parameter
    from ace_flow.source import Plain, Span

# The languages of hooks and generators, by how the names of their files end.
PYTHON_SUFFIXES = frozenset({".py"})
SCRIPT_SUFFIXES = PYTHON_SUFFIXES | {".cjs", ".js", ".mjs", ".mts", ".ts"}


class Component(Placed, frozen=True, kw_only=True):
    """A page of the frontend; `models` are those it shows, the main one first.

    `own`: everybody has one record of the main model, which a form changes once it is there.

    `audience` are groups, `authenticated` or `guest`: for whom it is, of those who may use it; all
    of them when empty. `query` is the custom query that finds the records of one model, in place
    of all. `renamed_from` has the earlier names, the oldest first.
    """

    name: str
    type: str
    renamed_from: tuple[str, ...] = ()
    title: str = ""
    purpose: str = ""
    listed: bool | None = None
    own: bool = False
    audience: tuple[str, ...] = ()
    models: tuple[str, ...] = ()
    query: str | None = None

    @property
    def shown_title(self) -> str:
        """What people read as the page's title: the stated one, else one made of its name."""
        return self.title.strip() or label(self.name)


class Template(Placed, frozen=True, kw_only=True):
    """A file the pattern brings: `target` is a role or an output path, `source` the file's path.

    `for_each` is `model`, `component` or None; `when` a Jinja expression.
    """

    target: str
    source: str
    for_each: str | None = None
    when: str | None = None

    @property
    def file(self) -> SourceFile:
        """The file that is copied or rendered."""
        return SourceFile(self.source, self.at("source"))


class Script(Placed, frozen=True, kw_only=True):
    """A module with hooks or a generator that the pattern names: its path, relative to it.

    `config` is what a generator is given beside the values of parameters, as plain data.
    """

    path: str
    config: Mapping[str, Plain] = {}

    @property
    def file(self) -> SourceFile:
        """The module's file."""
        return SourceFile(self.path, self.span)


class Addition(Record, frozen=True, kw_only=True):
    """Something the tool completed: the thing's path, what it is, and why Amplify demands it."""

    uncompared: ClassVar[frozenset[str]] = frozenset({"span"})
    path: str
    what: str
    why: str
    span: Span | None = None


class Pattern(Placed, frozen=True, kw_only=True, dict=True):
    """An architecture pattern, composed and complete.

    `removed` tells where `remove` took something away: `models.Product`,
    `models.Order.fields.note`.
    """

    name: str
    display_name: str
    version: str | None = None
    description: str = ""
    category: str = "other"
    complexity: str | None = None
    estimated_time: str | None = None
    tags: tuple[str, ...] = ()
    extends: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    enums: tuple[EnumType, ...] = ()
    types: tuple[CustomType, ...] = ()
    models: tuple[Model, ...] = ()
    queries: tuple[Operation, ...] = ()
    mutations: tuple[Operation, ...] = ()
    subscriptions: tuple[Operation, ...] = ()
    generations: tuple[Generation, ...] = ()
    conversations: tuple[Conversation, ...] = ()
    functions: tuple[Function, ...] = ()
    sign_in: SignIn | None = None
    storage: Storage | None = None
    components: tuple[Component, ...] = ()
    application: bool = True
    templates: tuple[Template, ...] = ()
    hooks: tuple[Script, ...] = ()
    generators: tuple[Script, ...] = ()
    parameters: tuple[Parameter, ...] = ()
    uncompared: ClassVar[frozenset[str]] = Placed.uncompared | {"removed"}
    removed: Mapping[str, Span] = {}

    @property
    def all_rules(self) -> tuple[AuthorizationRule, ...]:
        """The rules of models, their fields, and of what is called."""
        rules: list[AuthorizationRule] = []
        for model in self.models:
            rules += model.authorization
            rules += (rule for field in model.fields for rule in field.authorization)
        rules += (rule for item in self.called for rule in item.authorization)
        return tuple(rules)

    @cached_property
    def all_groups(self) -> tuple[str, ...]:
        """The user groups: those declared, then those that rules name, as they appear."""
        named = [group for rule in self.all_rules for group in rule.groups]
        for path in self.storage.paths if self.storage else ():
            named += (group for rule in path.rules for group in rule.groups)
        return tuple(dict.fromkeys((*self.groups, *named)))

    @property
    def owners(self) -> tuple[Model | CustomType, ...]:
        """Everything that has fields: the models, then the custom types."""
        return (*self.models, *self.types)

    @property
    def operations(self) -> tuple[Operation, ...]:
        """The custom queries, mutations and subscriptions."""
        return (*self.queries, *self.mutations, *self.subscriptions)

    @property
    def called(self) -> tuple[Operation | Generation, ...]:
        """What has arguments, callers and a result: operations, and AI routes that answer once."""
        return (*self.operations, *self.generations)

    @property
    def files(self) -> tuple[SourceFile, ...]:
        """The files that the pattern and its parents bring."""
        named = (
            *(template.file for template in self.templates),
            *(script.file for script in (*self.hooks, *self.generators)),
            *(function.file for function in self.functions),
            *(item.handler.file for item in self.operations if item.handler),
        )
        return tuple(filter(None, named))

    @property
    def has_api(self) -> bool:
        """Whether there is anything to call: Amplify takes no empty schema."""
        return bool(self.models or self.operations or self.generations or self.conversations)

    def model(self, name: str) -> Model | None:
        """Return the model of that name."""
        return self._models.get(name)

    def enum(self, name: str | None) -> EnumType | None:
        """Return the named enum of that name."""
        return self._enums.get(name)

    def custom_type(self, name: str | None) -> CustomType | None:
        """Return the custom type of that name."""
        return next((item for item in self.types if item.name == name), None)

    @cached_property
    def _models(self) -> dict[str, Model]:
        return {model.name: model for model in reversed(self.models)}

    @cached_property
    def _enums(self) -> dict[str | None, EnumType]:
        return {enum.name: enum for enum in reversed(self.enums)}
