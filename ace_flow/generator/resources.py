"""Amplify's own resources beside data: sign-in and files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.generator.functions import imported_function
from ace_flow.generator.typescript import Call, Expression, Name, Object, arrow, call

if TYPE_CHECKING:
    from ace_flow.model import FileRule, Pattern, SignIn, Storage, UserAttribute

_BACKEND = "@aws-amplify/backend"
_LOCAL = "http://localhost:5173/"
# Each provider's key in Amplify, what it needs to know (as the end of a secret's name), and what
# it is asked for: without an e-mail address nobody could be signed up.
_PROVIDERS = {
    "google": ("google", ("CLIENT_ID", "CLIENT_SECRET"), ("email", "profile")),
    "facebook": ("facebook", ("CLIENT_ID", "CLIENT_SECRET"), ("email", "public_profile")),
    "amazon": ("loginWithAmazon", ("CLIENT_ID", "CLIENT_SECRET"), ("profile",)),
    "apple": ("signInWithApple", ("CLIENT_ID", "KEY_ID", "PRIVATE_KEY", "TEAM_ID"), ("email",)),
}
# How Amplify calls what the secrets hold.
_SETTINGS = {
    "CLIENT_ID": "clientId",
    "CLIENT_SECRET": "clientSecret",
    "KEY_ID": "keyId",
    "PRIVATE_KEY": "privateKey",
    "TEAM_ID": "teamId",
}
_DATA_TYPES = {
    "boolean": "Boolean",
    "datetime": "DateTime",
    "number": "Number",
    "string": "String",
}
_CUSTOM = "custom:"


def auth(pattern: Pattern) -> Call:
    """Return the call that defines sign-in."""
    return call(Name("defineAuth", _BACKEND), Object(dict(auth_parts(pattern)), expanded=True))


def auth_parts(pattern: Pattern) -> dict[str, Expression]:
    """Return what defines sign-in, by the keys of `defineAuth`."""
    sign_in = pattern.sign_in
    login = sign_in.login_with if sign_in else ()
    login_with: dict[str, Expression] = dict.fromkeys(login or ("email",), True)
    if sign_in and sign_in.social:
        login_with["externalProviders"] = _providers(sign_in)
    entries: dict[str, Expression] = {"loginWith": Object(login_with)}
    if sign_in and sign_in.attributes:
        entries["userAttributes"] = Object(
            {item.name: _attribute(item) for item in sign_in.attributes}, expanded=True
        )
    if sign_in and sign_in.mfa:
        mfa = sign_in.mfa
        entries["multifactor"] = Object(
            {"mode": mfa.mode.upper(), "totp": mfa.totp, "sms": mfa.sms}
        )
    if pattern.all_groups:
        entries["groups"] = list(pattern.all_groups)
    return entries


def secrets(pattern: Pattern) -> list[str]:
    """Return the names of the secrets that the backend needs, each once."""
    names = [
        f"{provider.upper()}_{part}"
        for provider in (pattern.sign_in.social if pattern.sign_in else ())
        for part in _PROVIDERS[provider][1]
    ]
    names += (name for function in pattern.functions for name in function.secrets)
    return list(dict.fromkeys(names))


def storage(pattern: Pattern, files: Storage, root: str = "..") -> Object:
    """Return what defines the bucket: rules for people first, then those for functions.

    `root` leads to the folder `amplify`.
    """
    paths: dict[str, list[Expression]] = {
        path.path: [_file_rule(rule) for rule in path.rules] for path in files.paths
    }
    for function in pattern.functions:
        for path, operations in (function.access.storage if function.access else {}).items():
            rule = call("allow.resource", imported_function(function, root))
            paths.setdefault(path, []).append(rule.call("to", list(operations)))
    access = Object(dict(paths), expanded=True)
    return Object({"name": files.name, "access": arrow("allow", access)}, expanded=True)


def _providers(sign_in: SignIn) -> Object:
    secret = Name("secret", _BACKEND)
    entries: dict[str, Expression] = {}
    for provider in sign_in.social:
        key, parts, scopes = _PROVIDERS[provider]
        settings: dict[str, Expression] = {
            _SETTINGS[part]: call(secret, f"{provider.upper()}_{part}") for part in parts
        }
        entries[key] = Object({**settings, "scopes": list(scopes)}, expanded=True)
    entries["callbackUrls"] = list(sign_in.callback_urls or (_LOCAL,))
    entries["logoutUrls"] = list(sign_in.logout_urls or (_LOCAL,))
    return Object(entries, expanded=True)


def _attribute(item: UserAttribute) -> Object:
    if not item.name.startswith(_CUSTOM):
        return Object({"required": item.required, "mutable": item.mutable})
    limits = {
        "min": item.minimum,
        "max": item.maximum,
        "minLen": item.min_length,
        "maxLen": item.max_length,
    }
    return Object(
        {
            "dataType": _DATA_TYPES[item.type or "string"],
            "mutable": item.mutable,
            **{key: value for key, value in limits.items() if value is not None},
        }
    )


def _file_rule(rule: FileRule) -> Call:
    match rule.allow:
        case "owner":
            chain = call("allow.entity", "identity")
        case "groups":
            chain = call("allow.groups", list(rule.groups))
        case other:
            # These are no functions.
            return call(f"allow.{other}.to", list(rule.operations))
    return chain.call("to", list(rule.operations))
