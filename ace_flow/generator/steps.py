"""What is left to people where a pattern joins an application: lines for their own files."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from ace_flow.generator.data import authorization_modes, stack_mappings
from ace_flow.generator.guest import names_of
from ace_flow.generator.printer import print_code
from ace_flow.generator.resources import auth_parts
from ace_flow.model import Edit, Step, storage_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ace_flow.generator.guest import Names
    from ace_flow.generator.typescript import Expression
    from ace_flow.model import Guest, Pattern

_DATA, _AUTH, _STORAGE = (f"amplify/{name}/resource.ts" for name in ("data", "auth", "storage"))
_IMPORTS = "With the other imports:"


def steps(pattern: Pattern, guest: Guest) -> tuple[Step, ...]:
    """Return what people have to do, file by file, in the order in which it makes sense."""
    names = names_of(pattern)
    found = [*_data(pattern, guest, names), *_auth(pattern, guest, names)]
    found += _storage(pattern, guest, names)
    found.append(_backend(pattern, guest, names))
    if guest.frontend == "next":
        found += _next(guest, names)
    elif guest.frontend:
        found.append(_react(guest, names))
    return tuple(found)


def _data(pattern: Pattern, guest: Guest, names: Names) -> Iterator[Step]:
    if not pattern.has_api:
        return
    place = f"../{names.folder}/data/resource"
    mappings = stack_mappings(pattern)
    kept = f"stackMappings: {print_code(mappings)}," if mappings else ""
    if not guest.data:
        modes = print_code(authorization_modes(pattern), indent=2, column=22)
        code = (
            "import { defineData } from '@aws-amplify/backend';\n"
            f"import {{ {names.schema} }} from '{place}';\n\n"
            f"export type {{ Schema }} from '{place}';\n\n"
            "export const data = defineData({\n"
            f"  schema: {names.schema},\n  authorizationModes: {modes},\n"
            + (f"  {kept}\n" if kept else "")
            + "});"
        )
        yield Step(
            file=_DATA, what="Make the API of the pattern's models.", edits=_new(code), is_new=True
        )
        return
    edits = [
        Edit(_IMPORTS, f"import {{ {names.schema} }} from '{place}';"),
        Edit(
            "In `defineData`, in place of `schema` (if you combine schemas there already, add "
            f"`{names.schema}` to these):",
            f"schema: a.combine([schema, {names.schema}]),",
        ),
    ]
    if any(rule.allow == "public_api_key" for rule in pattern.all_rules):
        edits.append(
            Edit(
                "In its `authorizationModes`, unless it is there:",
                "apiKeyAuthorizationMode: { expiresInDays: 30 },",
            )
        )
    if kept:
        edits.append(Edit("In `defineData`, so that renamed models keep their tables:", kept))
    yield Step(file=guest.data, what="Put the pattern's models into your API.", edits=tuple(edits))


def _auth(pattern: Pattern, guest: Guest, names: Names) -> Iterator[Step]:
    values = _auth_values(pattern, names)
    if guest.auth and not values:
        return
    place = f"../{names.folder}/auth"
    imported = f"import {{ {', '.join(sorted(values.values()))} }} from '{place}';"
    if not guest.auth:
        entries = dict.fromkeys(("loginWith",)) | {
            key: _taken(key, name) for key, name in values.items()
        }
        entries["loginWith"] = entries["loginWith"] or "loginWith: { email: true },"
        lines = "".join(f"  {entry}\n" for entry in entries.values())
        code = (
            "import { defineAuth } from '@aws-amplify/backend';\n"
            + (f"{imported}\n" if values else "")
            + f"\nexport const auth = defineAuth({{\n{lines}}});"
        )
        yield Step(file=_AUTH, what="Let people sign in.", edits=_new(code), is_new=True)
        return
    where = {
        "groups": "In `defineAuth`, with the groups that you have:",
        "userAttributes": "In `defineAuth`, with the attributes that you have:",
        "loginWith": "In `defineAuth`, with the ways to sign in that you have, or in their place:",
        "multifactor": "In `defineAuth`, if yours asks for less:",
    }
    edits = [Edit(where[key], _taken(key, name)) for key, name in values.items()]
    yield Step(
        file=guest.auth,
        what="Add what the pattern knows of users.",
        edits=(Edit(_IMPORTS, imported), *edits),
    )


def guest_auth(pattern: Pattern) -> dict[str, Expression]:
    """Return what a pattern says of sign-in beyond what everybody has, by `defineAuth`'s keys."""
    parts = auth_parts(pattern)
    sign_in = pattern.sign_in
    if not sign_in or not (sign_in.login_with or sign_in.social):
        del parts["loginWith"]
    return parts


def _auth_values(pattern: Pattern, names: Names) -> dict[str, str]:
    exported = {
        "loginWith": names.login,
        "userAttributes": names.attributes,
        "multifactor": names.factors,
        "groups": names.groups,
    }
    return {key: exported[key] for key in guest_auth(pattern)}


def _taken(key: str, name: str) -> str:
    match key:
        case "groups":
            return f"groups: [...{name}],"
        case "userAttributes":
            return f"userAttributes: {{ ...{name} }},"
        case _:
            return f"{key}: {name},"


def _storage(pattern: Pattern, guest: Guest, names: Names) -> Iterator[Step]:
    if not storage_of(pattern):
        return
    imported = f"import {{ {names.files} }} from '../{names.folder}/storage';"
    bucket = f"export const {names.storage} = defineStorage({names.files});"
    if not guest.storage:
        code = f"import {{ defineStorage }} from '@aws-amplify/backend';\n{imported}\n\n{bucket}"
        yield Step(
            file=_STORAGE, what="Make the bucket of the pattern.", edits=_new(code), is_new=True
        )
        return
    yield Step(
        file=guest.storage,
        what="Make the bucket of the pattern, beside yours.",
        edits=(
            Edit(_IMPORTS, imported),
            Edit("In your own `defineStorage`, unless it is there:", "isDefault: true,"),
            Edit("At the end:", bucket),
        ),
    )


def _backend(pattern: Pattern, guest: Guest, names: Names) -> Step:
    imports, resources = [], []
    for name, there, wanted in (
        ("auth", guest.auth, True),
        ("data", guest.data, pattern.has_api),
        (names.storage, "", storage_of(pattern)),
    ):
        if wanted and not there:
            folder = "storage" if name == names.storage else name
            imports.append(f"import {{ {name} }} from './{folder}/resource';")
            resources.append(f"{name},")
    imports.append(f"import {{ {names.add}, {names.resources} }} from './{names.folder}/backend';")
    return Step(
        file=guest.backend,
        what="Put the pattern's resources into your backend.",
        edits=(
            Edit(_IMPORTS, "\n".join(imports)),
            Edit(
                "In `defineBackend`, after your own:",
                "\n".join([*resources, f"...{names.resources},"]),
            ),
            Edit(
                "At the end, with what `defineBackend` gives (`const backend = defineBackend(…)`):",
                f"{names.add}(backend);",
            ),
        ),
    )


def _react(guest: Guest, names: Names) -> Step:
    folder = posixpath.dirname(guest.page) or "src"
    place = posixpath.relpath(f"src/{names.folder}", folder)
    place = place if place.startswith(".") else f"./{place}"
    edits = [
        Edit(_IMPORTS, f"import {{ {names.app} }} from '{place}';"),
        Edit("Where its pages are to be:", f"<{names.app} />"),
    ]
    if guest.router:
        route = f'<Route path="/{names.folder}/*" element={{<{names.app} />}} />'
        edits[1] = Edit("Among your routes:", route)
    return Step(file=guest.page or "src", what="Show the pattern's pages.", edits=tuple(edits))


def _next(guest: Guest, names: Names) -> Iterator[Step]:
    folder = f"{guest.page}/{names.folder}"
    root = posixpath.relpath(".", folder)
    code = f"""'use client';

import {{ Amplify }} from 'aws-amplify';

import outputs from '{root}/amplify_outputs.json';
import {{ {names.app} }} from '{posixpath.relpath(f"src/{names.folder}", folder)}';

Amplify.configure(outputs);

export default function Page() {{
  return <{names.app} />;
}}"""
    yield Step(
        file=f"{folder}/page.tsx",
        what=f"Show the pattern's pages at `/{names.folder}`.",
        edits=_new(code),
        is_new=True,
    )
    yield Step(
        file="tsconfig.json",
        what="Let TypeScript know iterators and private members.",
        edits=(
            Edit(
                "In `compilerOptions`, unless yours is later; Next.js does not compile by it:",
                '"target": "ES2017",',
            ),
        ),
    )


def _new(code: str) -> tuple[Edit, ...]:
    return (Edit("", code),)
