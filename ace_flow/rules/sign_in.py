"""Sign-in: user attributes, second factors, and the accounts of others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.diagnostics import Diagnostic
from ace_flow.names import Suggestion
from ace_flow.regexes import regex

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ace_flow.model import Catalogue, Pattern, UserAttribute

# https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html, as
# Amplify spells them.
STANDARD_ATTRIBUTES = frozenset(
    {
        *("address", "birthdate", "email", "familyName", "fullname", "gender", "givenName"),
        *("lastUpdateTime", "locale", "middleName", "nickname", "phoneNumber"),
        *("preferredUsername", "profilePage", "profilePicture", "timezone", "website"),
    }
)
_CUSTOM = regex(r"custom:[A-Za-z0-9_-]{1,20}")
_MOST_CUSTOM = 50
_LIMITS = {
    "min": ("minimum", "number"),
    "max": ("maximum", "number"),
    "min_length": ("min_length", "string"),
    "max_length": ("max_length", "string"),
}
# Over anything but HTTPS others could read along, but for the developer's own machine.
_URL = regex(r"https://[^\s/?#@]+(?:[/?][^\s#]*)?|http://localhost(?::\d{1,5})?(?:/[^\s#]*)?")


def attributes(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """An attribute is one of Amazon Cognito's, or one of the pattern's own, with its keys."""
    listed = pattern.sign_in.attributes if pattern.sign_in else ()
    custom = [item for item in listed if item.name.startswith("custom:")]
    if len(custom) > _MOST_CUSTOM:
        message = f"there are {len(custom)} attributes of your own; Cognito keeps {_MOST_CUSTOM}"
        yield Diagnostic(code="ACE230", message=message, span=custom[_MOST_CUSTOM].span)
    for item in listed:
        if item.name.startswith("custom:"):
            if not _CUSTOM.fullmatch(item.name):
                message = f"`{item.name}` cannot name a user attribute"
                hint = "`custom:` and 1 to 20 letters, digits, _ or -"
                yield Diagnostic(code="ACE230", message=message, span=item.span, hint=hint)
            yield from _own(item)
        elif item.name not in STANDARD_ATTRIBUTES:
            yield Diagnostic(
                code="ACE230",
                message=f"Amazon Cognito has no user attribute `{item.name}`",
                span=item.span,
                hint=Suggestion(item.name, STANDARD_ATTRIBUTES | {f"custom:{item.name}"}),
            )
        else:
            for key, attribute in (("type", "type"), *((k, v[0]) for k, v in _LIMITS.items())):
                if getattr(item, attribute) is not None:
                    message = f"`{item.name}` cannot have `{key}`: Cognito knows what it is"
                    yield Diagnostic(code="ACE230", message=message, span=item.key_at(key))


def _own(item: UserAttribute) -> Iterator[Diagnostic]:
    kind = item.type or "string"
    if item.required:
        message = f"`{item.name}` cannot be required: Cognito requires only attributes of its own"
        yield Diagnostic(code="ACE230", message=message, span=item.key_at("required"))
    for key, (attribute, taker) in _LIMITS.items():
        if getattr(item, attribute) is not None and kind != taker:
            message = f"`{item.name}` cannot have `{key}`: only a {taker} has it"
            yield Diagnostic(code="ACE230", message=message, span=item.key_at(key))
    for low, high in (("min", "max"), ("min_length", "max_length")):
        least, most = (getattr(item, _LIMITS[key][0]) for key in (low, high))
        if least is not None and most is not None and least > most:
            message = f"`{item.name}` allows no value: `{low}: {least}` is more than `{most}`"
            yield Diagnostic(code="ACE230", message=message, span=item.key_at(low))


def factors(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """A second factor is of some kind, and text messages are one where phones are the first."""
    mfa = pattern.sign_in.mfa if pattern.sign_in else None
    if mfa is None or pattern.sign_in is None:
        return
    if not (mfa.totp or mfa.sms):
        hint = "add `totp: true`"
        message = "`mfa` names no second factor"
        yield Diagnostic(code="ACE231", message=message, span=mfa.span, hint=hint)
    elif "phone" in pattern.sign_in.login_with and not mfa.sms:
        yield Diagnostic(
            code="ACE231",
            message="with `login_with: [phone]`, Amazon Cognito demands text messages as a second "
            "factor",
            span=mfa.span,
            hint="add `sms: true`",
        )


def social(pattern: Pattern, _: Catalogue) -> Iterator[Diagnostic]:
    """Providers tell all that is required, and lead back to pages over HTTPS."""
    sign_in = pattern.sign_in
    if sign_in is None:
        return
    if sign_in.social and "phone" in sign_in.login_with:
        yield Diagnostic(
            code="ACE231",
            message="with `login_with: [phone]` everybody needs a telephone number, which no "
            "social provider tells",
            span=sign_in.key_at("social"),
            hint="write `login_with: [email]`, or leave `social` out",
        )
    for key, urls in (
        ("callback_urls", sign_in.callback_urls),
        ("logout_urls", sign_in.logout_urls),
    ):
        if urls and not sign_in.social:
            message = f"`{key}` are of use with `social` only"
            yield Diagnostic(code="ACE231", message=message, span=sign_in.key_at(key))
        for position, url in enumerate(urls):
            if not _URL.fullmatch(url):
                yield Diagnostic(
                    code="ACE231",
                    message=f"`{url}` is no address to come back to",
                    span=sign_in.at(key, position),
                    hint="it begins with `https://`, or `http://localhost`",
                )


RULES = (attributes, factors, social)
