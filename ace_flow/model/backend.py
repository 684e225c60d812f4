"""What a backend has beyond models: operations, AI routes, functions, sign-in, files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.model.data import Placed, SourceFile
from ace_flow.names import camel
from ace_flow.records import Record

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ace_flow.model.data import AuthorizationRule, Field, Model

# The function that services call; `lambda` brings it, and a pattern may make more of it.
WORKER = "worker"


class Handler(Placed, frozen=True, kw_only=True):
    """What answers an operation: a function, or a resolver with the model whose table it uses."""

    function: str | None = None
    resolver: str | None = None
    data_source: str | None = None

    @property
    def file(self) -> SourceFile | None:
        """The resolver's file."""
        return SourceFile(self.resolver, self.at("resolver")) if self.resolver else None


class Button(Placed, frozen=True, kw_only=True):
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
    when: Mapping[str, tuple[str | bool | None, ...]] = {}
    confirm: bool = True


class Operation(Placed, frozen=True, kw_only=True):
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

    def key_argument(self, model: Model) -> str | None:
        """Return the argument for the key of a model's record: `id`, `<model>Id`, or `<key>`."""
        names = {item.name for item in self.arguments}
        key = model.key[0]
        return next((name for name in (f"{camel(model.name)}Id", key) if name in names), None)


class Generation(Placed, frozen=True, kw_only=True):
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


class Tool(Placed, frozen=True, kw_only=True):
    """What the model of a conversation may look up: the records of a model, or a query."""

    name: str
    description: str
    model: str | None = None
    query: str | None = None
    operation: str | None = None


class Conversation(Placed, frozen=True, kw_only=True):
    """An AI route that people talk with."""

    name: str
    description: str = ""
    ai_model: str = ""
    system_prompt: str = ""
    tools: tuple[Tool, ...] = ()


class Access(Record, frozen=True, kw_only=True):
    """What a function may use: kinds of API operations, paths of files, tables of models."""

    data: tuple[str, ...] = ()
    tables: Mapping[str, tuple[str, ...]] = {}
    storage: Mapping[str, tuple[str, ...]] = {}


class Function(Placed, frozen=True, kw_only=True):
    """A Lambda function. `source` is its handler, a file beside the pattern."""

    name: str
    description: str = ""
    environment: Mapping[str, str] = {}
    secrets: tuple[str, ...] = ()
    timeout: int | None = None
    memory: int | None = None
    schedule: tuple[str, ...] = ()
    url: bool = False
    access: Access | None = None
    source: str | None = None

    @property
    def file(self) -> SourceFile | None:
        """The file with its handler."""
        return SourceFile(self.source, self.at("source")) if self.source else None


class UserAttribute(Placed, frozen=True, kw_only=True):
    """What is kept of each user; `type` and limits belong to attributes of the pattern's own."""

    name: str
    type: str | None = None
    required: bool = False
    mutable: bool = True
    minimum: float | None = None
    maximum: float | None = None
    min_length: int | None = None
    max_length: int | None = None


class SecondFactor(Placed, frozen=True, kw_only=True):
    """A second factor at sign-in, and for whom: `optional` or `required`."""

    mode: str
    totp: bool = False
    sms: bool = False


class SignIn(Placed, frozen=True, kw_only=True):
    """How people sign in, and what is kept of them."""

    login_with: tuple[str, ...] = ()
    attributes: tuple[UserAttribute, ...] = ()
    social: tuple[str, ...] = ()
    callback_urls: tuple[str, ...] = ()
    logout_urls: tuple[str, ...] = ()
    mfa: SecondFactor | None = None


class FileRule(Placed, frozen=True, kw_only=True):
    """Who (`allow`) may do what with the files of a path."""

    allow: str
    operations: tuple[str, ...]
    groups: tuple[str, ...] = ()


class FilePath(Placed, frozen=True, kw_only=True):
    """A path of files, `public/*`, and its rules."""

    path: str
    rules: tuple[FileRule, ...]


class Storage(Placed, frozen=True, kw_only=True):
    """A bucket for files."""

    name: str = "files"
    paths: tuple[FilePath, ...] = ()
