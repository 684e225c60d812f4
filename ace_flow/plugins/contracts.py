"""The hooks there are: what each is told, what it may return, and when it is called.

The docstrings are the reference page `docs/reference/hooks.md`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pluggy

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from ace_flow.plugins.contexts import Context, Contribution

PROJECT = "ace_flow"

# Specifications have no bodies, only what they say.
# mypy: disable-error-code="empty-body"

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@hookspec
def ace_generate_schema(context: Context, config: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return models that the pattern gets beyond those it states.

    Called first, once the parameters have values. `config` has the values of the parameters by
    name, and what the pattern gives this generator under `with`. The result has `models` in the
    pattern's format, with names that the pattern does not have, whose first letter becomes a
    capital one; `relationships`, each with `from`
    and `to` (models), `type` (`belongsTo`, `hasMany`, `hasOne`, `manyToMany`), and if wanted the
    field's `name`, its `references` and `required`; and `authorization`, the rules of those of the
    models that state none. All of it is checked as if it stood in the pattern.
    """


@hookspec
def ace_transform_pattern(context: Context, pattern: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the pattern as it shall be, or nothing to leave it as it is.

    Called after the generators, with the composed pattern in the format of its file; one hook gets
    what the one before it made. The result is checked like any pattern. What the pattern is called,
    extends and asks for stays as it is, and so do the files that it names.
    """


@hookspec
def ace_pre_generation(context: Context) -> Contribution | Mapping[str, Any] | None:
    """Allow or refuse the run, and add files to the project.

    Called when the pattern is complete and right, before anything is rendered. An error that is
    raised stops the run, and its text is what people read. `files` of the result are generated
    like any others: merged with what people made of them, removed when they are no longer
    contributed. `notices` are shown.
    """


@hookspec
def ace_post_generation(context: Context) -> Contribution | Mapping[str, Any] | None:
    """Check what was generated, before it is in the project.

    Called with everything decided and nothing written: `context.files` tells what becomes of each
    file, and `context.output` is a folder with a copy of the generated texts. An error that is
    raised stops the run and leaves the project as it is. `notices` of the result are shown; it has
    no `files`.
    """


@hookspec
def ace_pre_deployment(context: Context) -> Contribution | Mapping[str, Any] | None:
    """Allow or refuse a deployment.

    Called before Amplify's own tools are. An error that is raised stops the deployment. `notices`
    of the result are shown; it has no `files`.
    """


@hookspec
def ace_register_patterns() -> Iterable[Path]:
    """Return folders with patterns, one YAML file each, beside the files that they name.

    They are found by name after the project's and the registered ones. For plugins that are
    installed as packages.
    """


@hookspec
def ace_register_templates() -> Iterable[Path]:
    """Return folders whose trees are laid over ace's own `templates` folder.

    A file takes the place of the one with the same path; a new one below `app` is added to every
    application, and one below `services` can be the template of a registered service. For plugins
    that are installed as packages.
    """


@hookspec
def ace_register_services() -> Iterable[Path]:
    """Return YAML files that describe services as `templates/services.yml` does.

    Their names must be new. Patterns can then list them under `services`. For plugins that are
    installed as packages.
    """
