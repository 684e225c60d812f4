"""The files that a pattern's own templates make: their paths, and what may not be one."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, TypeAlias

from ace_flow.diagnostics import Diagnostic, PatternError
from ace_flow.files import unsafe_target
from ace_flow.generator.views import model_view, pattern_view

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ace_flow.generator.templates import Templates
    from ace_flow.model import Pattern, Template

    ReadTemplate: TypeAlias = Callable[[Template], bytes]


def brought_files(
    pattern: Pattern, templates: Templates, read: ReadTemplate, generated: Iterable[str]
) -> dict[str, bytes]:
    """Return the files of a pattern's templates by path: `*.j2` rendered, others byte for byte.

    One may replace a file among the `generated` paths. Raises PatternError when one cannot be
    rendered, has an unsafe path, or a path that another file rules out.
    """
    view = pattern_view(pattern)
    files: dict[str, bytes] = {}
    taken = {path.casefold(): path for path in generated}
    for template in pattern.templates:
        content = read(template)
        for scope in _scopes(pattern, template, view):
            if template.when is not None and not templates.holds(
                template.when, scope, template.at("when")
            ):
                continue
            path = _target(template, templates, scope)
            problem = unsafe_target(path) or _clash(path, files, taken)
            if problem:
                message = f"the template cannot be written to `{path}`: {problem}"
                raise PatternError([Diagnostic(code="ACE171", message=message, span=template.span)])
            taken[path.casefold()] = path
            if template.source.endswith(".j2"):
                text = content.decode("utf-8")
                files[path] = templates.render_text(template.source, text, scope)
            else:
                files[path] = content
    return files


def template_syntax(
    pattern: Pattern, templates: Templates, read: Callable[[Template], bytes | None]
) -> Iterator[Diagnostic]:
    """Yield what is wrong with the syntax of a pattern's templates; nothing of them is run."""
    for template in pattern.templates:
        problems = []
        if template.when is not None:
            problems.append(templates.syntax_of_condition(template.when, template.at("when")))
        if "{" in template.target:
            problems.append(templates.syntax_of_text(template.target, template.target))
        content = read(template)
        if content is not None and template.source.endswith(".j2"):
            problems.append(templates.syntax_of_text(template.source, content.decode("utf-8")))
        yield from filter(None, problems)


def _clash(path: str, files: dict[str, bytes], taken: dict[str, str]) -> str | None:
    """Say why a path cannot stand beside the others; replacing a generated file is no clash."""
    folded = path.casefold()
    if path in files:
        return "another template, or another turn of this one, makes the same file"
    if taken.get(folded, path) != path:
        return f"it differs from `{taken[folded]}` only in case"
    for other, shown in taken.items():
        if other.startswith(f"{folded}/"):
            return f"`{shown}` needs a folder there"
        if folded.startswith(f"{other}/"):
            return f"`{shown}` is a file"
    return None


def _scopes(
    pattern: Pattern, template: Template, view: dict[str, object]
) -> Iterator[dict[str, object]]:
    scope: dict[str, object] = {"pattern": view}
    match template.for_each:
        case "model":
            for model in pattern.models:
                yield {**scope, "model": model_view(model)}
        case "component":
            components = view["components"]
            for component in components if isinstance(components, list) else ():
                yield {**scope, "component": component}
        case _:
            yield scope


def _target(template: Template, templates: Templates, scope: dict[str, object]) -> str:
    file = posixpath.basename(template.source).removesuffix(".j2")
    roles = {
        "backend": "amplify/data/resource.ts",
        "frontend": f"src/{file}",
        "deployment": "amplify.yml",
    }
    target = roles.get(template.target)
    return target or templates.render_text(template.target, template.target, scope).decode()
