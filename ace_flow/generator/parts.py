"""A form in parts: what people are asked, and what is filled in; steps and sections of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from ace_flow.generator.access import audience, has_operation, is_permitted, owner_rule
from ace_flow.generator.commands import commands_name, commands_of
from ace_flow.generator.forms import editing, inputs, reader_name
from ace_flow.generator.modules import helper, related_by
from ace_flow.generator.templates import Code
from ace_flow.generator.typescript import Element, Elements, Expression, Name, Object
from ace_flow.model import given
from ace_flow.names import camel, in_sentence, label, plural

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ace_flow.model import AuthorizationRule, Field, Model, Pattern

Context: TypeAlias = dict[str, object]

STEP_SIZE = 5


def parts(pattern: Pattern, model: Model) -> Context:
    """Return what wizards and settings use of a model.

    `own_labels` are what people are asked for; `steps` and `sections` are contexts with a `title`
    and `inputs`, where the section of a nested record has its title inside. `own_list` and
    `claim`, and `own` with both, say how a user's own record is found: None where records belong
    to nobody. Of
    administration: `tab` (its name, title and audience) and `tab_form` (how records are made and
    changed, or None), with `remove` and `commands`; `is_made` says if anybody may make one of what
    can be changed.
    """
    fields = asked(model)
    rule = owner_rule(model)
    return {
        "own_labels": [
            element.attributes.get("label", element.attributes.get("legend"))
            for element in asked_inputs(pattern, model, fields)
            if element.tag.text != "OwnerInput"
        ],
        "steps": [_part(pattern, model, *item) for item in _steps(pattern, model, fields)],
        "sections": [_part(pattern, model, *item) for item in _sections(pattern, model, fields)],
        "own_list": Code(helper(model, "listOwn")) if rule else None,
        "claim": rule.identity_claim if rule else None,
        "own": Code(_own(model, rule)) if rule else None,
        "is_made": not model.maker and is_permitted(model, "create"),
        "tab": Code(_tab(model)),
        "tab_form": Code(_tab_form(model))
        if model.maker or has_operation(model, "create")
        else None,
        "commands": Code(commands_name(model)) if commands_of(pattern, model) else None,
        "remove": Code(helper(model, "remove")) if is_permitted(model, "delete") else None,
    }


def _own(model: Model, rule: AuthorizationRule) -> Object:
    claim: dict[str, Expression] = {"claim": rule.identity_claim} if rule.identity_claim else {}
    return Object({"list": helper(model, "listOwn"), **claim})


def asked(model: Model) -> list[Field]:
    """Return the fields that a form sends: not the owner, where Amplify fills it in."""
    rule = owner_rule(model)
    owner = rule.owner if rule else None
    return [field for field in given(model) if field.name != owner or field.required]


def asked_inputs(pattern: Pattern, model: Model, fields: Iterable[Field]) -> list[Element]:
    """Return the inputs for fields; the one for the owner is filled in and not seen."""
    rule = owner_rule(model)
    owner = rule.owner if rule else None
    elements: list[Element] = []
    for field in fields:
        if rule and field.name == owner:
            attributes: dict[str, Expression] = {"name": field.name}
            if rule.identity_claim:
                attributes["claim"] = rule.identity_claim
            elements.append(Element(Name("OwnerInput", "../ui/OwnerInput"), attributes))
        else:
            elements += inputs(pattern, model, fields=(field,))
    return elements


def can_be_asked(pattern: Pattern, model: Model, field: Field) -> bool:
    """Tell whether people can choose the related record, if the field is for one."""
    related = related_by(pattern, model, field)
    return not related or all(is_permitted(related[1], right) for right in ("list", "get"))


def _tab(model: Model) -> Object:
    entries: dict[str, Expression] = {
        "name": camel(model.name),
        "title": label(plural(model.name)),
    }
    who = audience(model, ["list"])
    if who != "users":
        entries["audience"] = who if isinstance(who, str) else sorted(who)
    return Object(entries)


def _tab_form(model: Model) -> Object:
    edit = editing(model, None)
    entries: dict[str, Expression] = {
        "read": reader_name(model),
        "create": helper(model, "create"),
    }
    return Object(entries | ({"edit": edit} if edit else {}))


Part: TypeAlias = "tuple[str, Sequence[Field]]"


def _part(pattern: Pattern, model: Model, title: str, fields: Sequence[Field]) -> Context:
    return {"title": title, "inputs": Code(Elements(tuple(asked_inputs(pattern, model, fields))))}


def _steps(pattern: Pattern, model: Model, fields: Sequence[Field]) -> list[Part]:
    """Return the steps of a wizard: what is required, related records, nested ones, the rest."""
    nested, related, plain = _sorted(pattern, model, fields)
    required = [field for field in plain if field.required]
    optional = [field for field in plain if not field.required]
    return [
        *_pieces("The essentials", required),
        *[(_joined(pattern, model, piece), piece) for _, piece in _pieces("", related)],
        *[(label(field.name), (field,)) for field in nested],
        *_pieces("More details", optional),
    ]


def _sections(pattern: Pattern, model: Model, fields: Sequence[Field]) -> list[Part]:
    """Return the sections of settings: texts and the like, switches and choices, nested records."""
    nested, related, plain = _sorted(pattern, model, fields)
    options = [field for field in plain if field.type in {"boolean", "enum", "ref"}]
    general = [field for field in plain if field not in options]
    found: list[Part] = [("General", [*general, *related]), ("Options", options)]
    found += [("", (field,)) for field in nested]
    return [(title, members) for title, members in found if members]


def _sorted(
    pattern: Pattern, model: Model, fields: Sequence[Field]
) -> tuple[list[Field], list[Field], list[Field]]:
    """Return the fields that hold nested records, that are for related ones, and all others."""
    types = {custom.name for custom in pattern.types}
    nested = [field for field in fields if field.ref in types]
    related = [field for field in fields if related_by(pattern, model, field)]
    return nested, related, [field for field in fields if field not in (*nested, *related)]


def _pieces(title: str, fields: Sequence[Field]) -> list[Part]:
    """Cut fields into steps of much the same size."""
    count = -(-len(fields) // STEP_SIZE)
    size = -(-len(fields) // count) if count else 1
    pieces = [fields[start : start + size] for start in range(0, len(fields), size)]
    if count == 1:
        return [(title, fields)]
    return [(f"{title}, part {number}", piece) for number, piece in enumerate(pieces, 1)]


def _joined(pattern: Pattern, model: Model, fields: Sequence[Field]) -> str:
    found = [related_by(pattern, model, field) for field in fields]
    names = [label(related[0].name) for related in found if related]
    first, *rest = names[:1] + [in_sentence(name) for name in names[1:]]
    return f"{', '.join([first, *rest[:-1]])} and {rest[-1]}" if rest else first
