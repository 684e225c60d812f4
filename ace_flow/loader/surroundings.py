"""Operations, AI routes, functions, sign-in and files of a document as typed values."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.loader.reading import (
    entries,
    field_of,
    kind_of,
    many,
    rule_of,
    texts_of,
    value_of,
    whole,
)
from ace_flow.model import (
    Access,
    Button,
    Conversation,
    FilePath,
    FileRule,
    Function,
    Generation,
    Handler,
    Operation,
    SecondFactor,
    SignIn,
    Storage,
    Tool,
    UserAttribute,
)
from ace_flow.model.data import TYPE_SPELLINGS
from ace_flow.source import Node

if TYPE_CHECKING:
    from collections.abc import Callable

    from ace_flow.model import Field

# What `handler` says when the function is called like the operation.
OWN_FUNCTION = "function"


def operation(kind: str) -> Callable[[Node], Operation]:
    """Return what makes an operation of a kind: `query`, `mutation` or `subscription`."""

    def make(node: Node) -> Operation:
        name = node.text("name")
        return Operation(
            name=name,
            kind=kind,
            description=node.text("description"),
            arguments=_arguments(node),
            returns=_returns(node),
            array=value_of(node, "array") is True,
            required=value_of(node, "required") is True,
            handler=_handler(name, node.mapping["handler"]) if "handler" in node.mapping else None,
            sources=node.texts("for"),
            authorization=many(node.mapping, "authorization", rule_of),
            creates=node.text("creates") or None,
            button=_button(node.mapping["button"]) if "button" in node.mapping else None,
            span=node.mapping["name"].span,
            node=node,
        )

    return make


def generation(node: Node) -> Generation:
    """Return an AI route that answers once."""
    return Generation(
        name=node.text("name"),
        description=node.text("description"),
        ai_model=node.text("ai_model"),
        system_prompt=node.text("system_prompt"),
        arguments=_arguments(node),
        returns=_returns(node),
        array=value_of(node, "array") is True,
        required=value_of(node, "required") is True,
        authorization=many(node.mapping, "authorization", rule_of),
        span=node.mapping["name"].span,
        node=node,
    )


def conversation(node: Node) -> Conversation:
    """Return an AI route that people talk with."""
    return Conversation(
        name=node.text("name"),
        description=node.text("description"),
        ai_model=node.text("ai_model"),
        system_prompt=node.text("system_prompt"),
        tools=many(node.mapping, "tools", _tool),
        span=node.mapping["name"].span,
        node=node,
    )


def function(node: Node) -> Function:
    """Return a function."""
    access = node.mapping.get("access")
    return Function(
        name=node.text("name"),
        description=node.text("description"),
        environment={key: str(item.value) for key, item in entries(node, "environment").items()},
        secrets=node.texts("secrets"),
        timeout=whole(node, "timeout"),
        memory=whole(node, "memory"),
        schedule=node.texts("schedule"),
        url=value_of(node, "url") is True,
        access=_access(access) if access else None,
        source=node.text("source") or None,
        span=node.mapping["name"].span,
        node=node,
    )


def sign_in(node: Node) -> SignIn | None:
    """Return what `auth` says beside groups, if anything."""
    if all(key == "groups" or key.startswith("x-") for key in node.mapping):
        return None
    mfa = node.mapping.get("mfa")
    attributes = node.mapping.get("attributes")
    return SignIn(
        login_with=node.texts("login_with"),
        attributes=tuple(
            _attribute(name, item, attributes)
            for name, item in (attributes.mapping if attributes else {}).items()
        ),
        social=node.texts("social"),
        callback_urls=node.texts("callback_urls"),
        logout_urls=node.texts("logout_urls"),
        mfa=_second_factor(mfa) if mfa else None,
        span=node.span,
        node=node,
    )


def storage(node: Node) -> Storage:
    """Return the bucket for files."""
    paths = node.mapping.get("paths")
    return Storage(
        name=node.text("name") or "files",
        paths=tuple(
            FilePath(
                path=path,
                rules=tuple(map(_file_rule, item.items)),
                span=paths.key_span(path),
                node=item,
            )
            for path, item in paths.mapping.items()
        )
        if paths
        else (),
        span=node.span,
        node=node,
    )


def _arguments(node: Node) -> tuple[Field, ...]:
    return many(node.mapping, "arguments", lambda item: field_of(item, kind_of(item)))


def _returns(node: Node) -> str | None:
    kind = node.text("returns")
    return TYPE_SPELLINGS.get(kind, kind) or None


def _handler(operation_name: str, node: Node) -> Handler:
    if not node.mapping:
        said = str(node.value)
        named = operation_name if said == OWN_FUNCTION else said
        whole_node = Node({"function": node}, node.span, {"function": node.span})
        return Handler(function=named, span=node.span, node=whole_node)
    return Handler(
        function=node.text("function") or None,
        resolver=node.text("resolver") or None,
        data_source=node.text("data_source") or None,
        span=node.span,
        node=node,
    )


def _button(node: Node) -> Button:
    return Button(
        model=node.text("model"),
        label=node.text("label"),
        owner_field=node.text("owner_field") or None,
        opens=node.text("opens") or None,
        seen=node.texts("seen"),
        when={
            name: tuple(
                item.value for item in values.items if isinstance(item.value, str | bool | None)
            )
            for name, values in entries(node, "when").items()
        },
        confirm="confirm" not in node.mapping or node.mapping["confirm"].value is True,
        span=node.span,
        node=node,
    )


def _tool(node: Node) -> Tool:
    model = node.text("model") or None
    return Tool(
        name=node.text("name"),
        description=node.text("description"),
        model=model,
        query=node.text("query") or None,
        operation=node.text("operation") or ("list" if model else None),
        span=node.mapping["name"].span,
        node=node,
    )


def _access(node: Node) -> Access:
    def granted(key: str) -> dict[str, tuple[str, ...]]:
        return {name: texts_of(item) for name, item in entries(node, key).items()}

    return Access(data=node.texts("data"), tables=granted("tables"), storage=granted("storage"))


def _attribute(name: str, node: Node, attributes: Node | None) -> UserAttribute:
    return UserAttribute(
        name=name,
        type=node.text("type") or None,
        required=value_of(node, "required") is True,
        mutable=value_of(node, "mutable") is not False,
        minimum=value_of(node, "min"),
        maximum=value_of(node, "max"),
        min_length=whole(node, "min_length"),
        max_length=whole(node, "max_length"),
        span=attributes.key_span(name) if attributes else node.span,
        node=node,
    )


def _second_factor(node: Node) -> SecondFactor:
    return SecondFactor(
        mode=node.text("mode"),
        totp=value_of(node, "totp") is True,
        sms=value_of(node, "sms") is True,
        span=node.span,
        node=node,
    )


def _file_rule(node: Node) -> FileRule:
    return FileRule(
        allow=node.text("allow"),
        operations=node.texts("operations"),
        groups=node.texts("groups"),
        span=node.mapping["allow"].span,
        node=node,
    )
