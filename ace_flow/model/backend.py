"""What a backend has beyond models: operations, AI routes, functions, sign-in, files."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ace_flow.model.data import Placed, SourceFile
from ace_flow.names import camel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ace_flow.model.data import AuthorizationRule, Field, Model
    from ace_flow.source import Node, Span

# The function that services call; `lambda` brings it, and a pattern may make more of it.
WORKER = "worker"


@dataclass(frozen=True, slots=True, kw_only=True)
class Handler(Placed):
    """What answers an operation: a function, or a resolver with the model whose table it uses."""

    function: str | None = None
    resolver: str | None = None
    data_source: str | None = None
    span: Span | None = field(default=None, compare=False, repr=False)
    node: Node | None = field(default=None, compare=False, repr=False)

    @property
    def file(self) -> SourceFile | None:
        """The resolver's file."""
        return SourceFile(self.resolver, self.at("resolver")) if self.resolver else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Button(Placed):
    """A button on the records of a model; `when` are the values that their fields must have.

    With an `owner_field`, it is for those only whom that field names. `seen` are arguments of the
    mutation that it fills in with what the page has of these fields. Unless it is to `confirm`, it
    acts at once. Afterwards it `opens` the component that shows the record which was returned.
    """

    model: str
    label: str = ""
    owner_field: str | None = None
    opens: str | None = None
    seen: tuple[str, ...] = ()
    when: Mapping[str, tuple[str | bool | None, ...]] = field(default_factory=dict)
    confirm: bool = True
    span: Span | None = field(default=None, compare=False, repr=False)
    node: Node | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation(Placed):
    """A custom query, mutation or subscription, as `kind` says.

    `returns` is a scalar type, or the name of a model, custom type or enum. A subscription has
    `sources` instead: the mutations it tells of. `creates` is the model whose records pages make
    by it.
    """

    name: str
    kind: str
    description: str = ""
    arguments: tuple[Field, ...] = ()
    returns: str | None = None
    array: bool = False
    required: bool = False
    handler: Handler | None = None
    sources: tuple[str, ...] = ()
    authorization: tuple[AuthorizationRule, ...] = ()
    creates: str | None = None
    button: Button | None = None
    span: Span | None = field(default=None, compare=False, repr=False)
    node: Node | None = field(default=None, compare=False, repr=False)
    completed: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)

    def key_argument(self, model: Model) -> str | None:
        """Return the argument for the key of a model's record: `id`, `<model>Id`, or `<key>`."""
        names = {item.name for item in self.arguments}
        key = model.key[0]
        return next((name for name in (f"{camel(model.name)}Id", key) if name in names), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Generation(Placed):
    """An AI route that answers once with what `returns` says."""

    name: str
    description: str = ""
    ai_model: str = ""
    system_prompt: str = ""
    arguments: tuple[Field, ...] = ()
    returns: str | None = None
    array: bool = False
    required: bool = False
    authorization: tuple[AuthorizationRule, ...] = ()
    span: Span | None = field(default=None, compare=False, repr=False)
    node: Node | None = field(default=None, compare=False, repr=False)
    completed: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool(Placed):
    """What the model of a conversation may look up: the records of a model, or a query."""

    name: str
    description: str
    model: str | None = None
    query: str | None = None
    operation: str | None = None
    span: Span | None = field(default=None, compare=False, repr=False)
    node: Node | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation(Placed):
    """An AI route that people talk with."""

    name: str
    description: str = ""
    ai_model: str = ""
    system_prompt: str = ""
    tools: tuple[Tool, ...] = ()
    span: Span | None = field(default=None, compare=False, repr=False)
    node: Node | None = field(default=None, compare=False, repr=False)
    completed: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """What a function may use: kinds of API operations, paths of files, tables of models."""

    data: tuple[str, ...] = ()
    tables: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    storage: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Function(Placed):
    """A Lambda function. `source` is its handler, a file beside the pattern."""

    name: str
    description: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)
    secrets: tuple[str, ...] = ()
    timeout: int | None = None
    memory: int | None = None
    schedule: tuple[str, ...] = ()
    url: bool = False
    access: Access | None = None
    source: str | None = None
    span: Span | None = field(default=None, compare=False, repr=False)
    node: Node | None = field(default=None, compare=False, repr=False)
    completed: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)

    @property
    def file(self) -> SourceFile | None:
        """The file with its handler."""
        return SourceFile(self.source, self.at("source")) if self.source else None


@dataclass(frozen=True, slots=True, kw_only=True)
class UserAttribute(Placed):
    """What is kept of each user; `type` and limits belong to attributes of the pattern's own."""

    name: str
    type: str | None = None
    required: bool = False
    mutable: bool = True
    minimum: float | None = None
    maximum: float | None = None
    min_length: int | None = None
    max_length: int | None = None
    span: Span | None = field(default=None, compare=False, repr=False)
    node: Node | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondFactor(Placed):
    """A second factor at sign-in, and for whom: `optional` or `required`."""

    mode: str
    totp: bool = False
    sms: bool = False
    span: Span | None = field(default=None, compare=False, repr=False)
    node: Node | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class SignIn(Placed):
    """How people sign in, and what is kept of them."""

    login_with: tuple[str, ...] = ()
    attributes: tuple[UserAttribute, ...] = ()
    social: tuple[str, ...] = ()
    callback_urls: tuple[str, ...] = ()
    logout_urls: tuple[str, ...] = ()
    mfa: SecondFactor | None = None
    span: Span | None = field(default=None, compare=False, repr=False)
    node: Node | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRule(Placed):
    """Who (`allow`) may do what with the files of a path."""

    allow: str
    operations: tuple[str, ...]
    groups: tuple[str, ...] = ()
    span: Span | None = field(default=None, compare=False, repr=False)
    node: Node | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class FilePath(Placed):
    """A path of files, `public/*`, and its rules."""

    path: str
    rules: tuple[FileRule, ...]
    span: Span | None = field(default=None, compare=False, repr=False)
    node: Node | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Storage(Placed):
    """A bucket for files."""

    name: str = "files"
    paths: tuple[FilePath, ...] = ()
    span: Span | None = field(default=None, compare=False, repr=False)
    node: Node | None = field(default=None, compare=False, repr=False)
