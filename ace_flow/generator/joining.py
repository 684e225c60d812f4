"""How a pattern joins an application: what templates and reports say of that."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from ace_flow.generator.brought import fixed_target
from ace_flow.generator.guest import Names, folders_of, has_place, names_of
from ace_flow.generator.packages import imported_packages
from ace_flow.generator.resources import storage
from ace_flow.generator.steps import guest_auth, steps
from ace_flow.generator.templates import Code
from ace_flow.generator.texts import Ident
from ace_flow.model import Joining, storage_of
from ace_flow.names import kebab

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from ace_flow.model import Guest, Pattern


def join(pattern: Pattern, guest: Guest, files: Mapping[str, bytes], templates: Path) -> Joining:
    """Return how a pattern joins an application; `files` are all that it brings, by path.

    `templates` is the folder of the shipped templates.
    """
    modules = [text for path, text in files.items() if path.endswith((".ts", ".tsx"))]
    targets = dict.fromkeys(fixed_target(template) for template in pattern.templates)
    return Joining(
        folders=folders_of(pattern, guest),
        steps=steps(pattern, guest),
        packages=imported_packages(modules, templates),
        left_out=tuple(path for path in targets if not has_place(path, guest)),
    )


def guest_context(pattern: Pattern, guest: Guest | None) -> dict[str, object]:
    """Return what the templates of a guest use besides those of an application.

    `guest`: its names, or None where there is none. `pages`: the components with their paths.
    `auth_…`: what it says of sign-in. `storage_settings`: its bucket, which is called `bucket`.
    """
    if guest is None:
        return {"guest": None}
    names, parts = names_of(pattern), guest_auth(pattern)
    files = storage_of(pattern)
    shown = {key: Code(value) for key, value in parts.items()}
    return {
        "guest": {key: Ident(getattr(names, key)) for key in Names.__struct_fields__},
        "pages": [
            {"name": Ident(item.name), "path": f"/{kebab(item.name)}"}
            for item in pattern.components
        ],
        "auth_login": shown.get("loginWith"),
        "auth_attributes": shown.get("userAttributes"),
        "auth_factors": shown.get("multifactor"),
        "auth_groups": shown.get("groups"),
        "storage_settings": Code(storage(pattern, files, ".")) if files else None,
        "bucket": files.name if files else "",
    }


def readme_context(pattern: Pattern, guest: Guest, joined: Joining) -> dict[str, object]:
    """Return what the template of a guest's README uses, besides the names and the pattern."""
    packages = {name: v for group in joined.packages.values() for name, v in group.items()}
    return {
        "folders": list(map(Ident, joined.folders)),
        "has_frontend": bool(guest.frontend),
        "left_out": list(map(Ident, joined.left_out)),
        "packages": {Ident(name): Ident(packages[name]) for name in sorted(packages)},
        "functions": [Ident(function.name) for function in pattern.functions],
        # These are texts of ours, with names that passed the allow-list.
        "steps": [
            {
                "file": Ident(step.file),
                "what": Ident(step.what),
                "is_new": step.is_new,
                "language": Ident(PurePosixPath(step.file).suffix[1:] or "tsx"),
                "edits": [
                    {"where": Ident(edit.where), "code": Ident(edit.code)} for edit in step.edits
                ],
            }
            for step in joined.steps
        ],
    }
