"""The files that a pattern's own templates make: their paths, and what may not be one."""

from __future__ import annotations

import posixpath
from itertools import islice
from typing import TYPE_CHECKING, TypeAlias

from msgspec.structs import replace

from ace_flow.diagnostics import Diagnostic, PatternError, Related
from ace_flow.files import GeneratedFile, unsafe_target
from ace_flow.generator.texts import Texts
from ace_flow.generator.views import pattern_view
from ace_flow.names import Suggestion

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ace_flow.generator.texts import Uses
    from ace_flow.model import Pattern, SourceFile, Template

    ReadFile: TypeAlias = Callable[[SourceFile], bytes]

# What a template can be rendered for each of.
_TURNS = frozenset({"component", "model"})


def brought_files(
    pattern: Pattern, texts: Texts, read: ReadFile, generated: Iterable[str]
) -> dict[str, bytes]:
    """Return the files of a pattern's templates by path: `*.j2` rendered, others byte for byte.

    One may replace a file among the `generated` paths. Raises PatternError with all that cannot
    be rendered, or have an unsafe path or one that another file rules out.
    """
    view = pattern_view(pattern)
    files: dict[str, bytes] = {}
    paths = _Paths(generated)
    findings: list[Diagnostic] = []
    for template in pattern.templates:
        content = read(template.file)
        for scope in _scopes(template, view):
            try:
                if template.when is not None and not texts.holds(
                    template.when, scope, template.at("when")
                ):
                    continue
                path = _target(template, texts, scope)
                if problem := _unsafe(template, path) or paths.take(template, path):
                    findings.append(problem)
                    break  # the other turns would have the same
                if template.source.endswith(".j2"):
                    text = content.decode("utf-8")
                    files[path] = texts.render_text(template.source, text, scope)
                else:
                    files[path] = content
            except PatternError as error:
                findings += error.diagnostics
                break
    if findings:
        raise PatternError(dict.fromkeys(findings))
    return files


def own_files(pattern: Pattern, read: ReadFile) -> tuple[GeneratedFile, ...]:
    """Return the files of a pattern's templates, sorted by path, with no application around them.

    Raises what `brought_files` raises.
    """
    files = brought_files(pattern, Texts(), read, ())
    return tuple(GeneratedFile(path, content) for path, content in sorted(files.items()))


def template_findings(
    pattern: Pattern, read: Callable[[SourceFile], bytes | None], generated: Iterable[str]
) -> Iterator[Diagnostic]:
    """Yield what is wrong with a pattern's templates, as far as it shows without rendering them.

    That is their syntax, and output paths that cannot be, beside the `generated` ones.
    """
    texts = Texts()
    sources: dict[Diagnostic, list[Template]] = {}
    for template in pattern.templates:
        if template.when is not None:
            problem = texts.syntax_of_condition(template.when, template.at("when"))
            yield from filter(None, [problem])
        content = read(template.file)
        if content is not None and template.source.endswith(".j2"):
            problem = texts.syntax_of_text(template.source, content.decode("utf-8"))
            if problem:
                sources.setdefault(problem, []).append(template)
    for problem, users in sources.items():
        spans = [span for template in users if (span := template.at("source"))]
        yield replace(problem, related=tuple(Related(span, "used here") for span in spans))
    yield from _path_findings(pattern, texts, generated)


def _path_findings(
    pattern: Pattern, texts: Texts, generated: Iterable[str]
) -> Iterator[Diagnostic]:
    # Of many models and components, two tell whether each has a path of its own.
    view = pattern_view(
        replace(pattern, models=pattern.models[:2], components=pattern.components[:2])
    )
    paths = _Paths(generated)
    for template in pattern.templates:
        target = fixed_target(template)
        uses = texts.uses(target)
        if uses is None:
            problem = texts.syntax_of_text(target, target, template.span)
            yield from filter(None, [problem])
            continue
        if "{" in target and (problem := _unsafe(template, uses.shape)):
            yield problem
            continue
        scopes = list(islice(_scopes(template, view), 2))
        if scopes and (problem := _unknown(template, uses, scopes[0])):
            yield problem
        # Whether a condition holds, and what an expression gives, shows when it is rendered.
        elif scopes and template.when is None and not unsafe_target(uses.shape):
            if uses.shape == target and (problem := paths.take(template, target)):
                yield problem
            elif len(scopes) > 1 and template.for_each not in uses.names:
                yield _cannot_be(template, target, f"each {template.for_each} makes the same file")


def _unknown(template: Template, uses: Uses, scope: dict[str, object]) -> Diagnostic | None:
    """Say which name or attribute in a path there is not."""
    for name in sorted(uses.names - scope.keys()):
        each = f"add `for_each: {name}`" if name in _TURNS and template.for_each is None else None
        hint = each or Suggestion(name, scope)
        message = f"the path `{template.target}` names `{name}`, which is not there"
        return Diagnostic(code="ACE173", message=message, span=template.span, hint=hint)
    for name, attribute in uses.attributes:
        known = scope.get(name)
        if isinstance(known, dict) and attribute not in known:
            message = f"the path `{template.target}`: `{name}` has no `{attribute}`"
            hint = Suggestion(attribute, known)
            return Diagnostic(code="ACE173", message=message, span=template.span, hint=hint)
    return None


def _unsafe(template: Template, path: str) -> Diagnostic | None:
    problem = unsafe_target(path)
    return _cannot_be(template, path, problem) if problem else None


def _cannot_be(
    template: Template, path: str, problem: str, other: Template | None = None
) -> Diagnostic:
    message = f"the template cannot be written to `{path}`: {problem}"
    span = other.span if other and other is not template else None
    related = (Related(span, "the other one"),) if span else ()
    return Diagnostic(code="ACE171", message=message, span=template.span, related=related)


class _Paths:
    """The paths that are taken, in whatever case, and the folders around them."""

    def __init__(self, generated: Iterable[str]) -> None:
        self._files: dict[str, tuple[str, Template | None]] = {}
        self._folders: dict[str, tuple[str, Template | None]] = {}
        for path in generated:
            self._add(path, None)

    def take(self, template: Template, path: str) -> Diagnostic | None:
        """Take a path, or say why it cannot stand beside the others.

        Replacing a generated file is no clash.
        """
        folded = path.casefold()
        shown, other = self._files.get(folded, (path, None))
        if shown != path:
            return _cannot_be(template, path, f"it differs from `{shown}` only in case", other)
        if other:
            which = "another turn of this one" if other is template else "another template"
            return _cannot_be(template, path, f"{which} makes the same file", other)
        if folded in self._folders:
            inner, other = self._folders[folded]
            return _cannot_be(template, path, f"`{inner}` needs a folder there", other)
        for parent in _parents(folded):
            if parent in self._files:
                shown, other = self._files[parent]
                return _cannot_be(template, path, f"`{shown}` is a file", other)
        self._add(path, template)
        return None

    def _add(self, path: str, template: Template | None) -> None:
        folded = path.casefold()
        self._files[folded] = (path, template)
        for parent in _parents(folded):
            self._folders.setdefault(parent, (path, template))


def _parents(path: str) -> list[str]:
    steps = path.split("/")
    return ["/".join(steps[:end]) for end in range(1, len(steps))]


def _scopes(template: Template, view: dict[str, object]) -> Iterator[dict[str, object]]:
    scope: dict[str, object] = {"pattern": view}
    match template.for_each:
        case "component" | "model" as each:
            things = view[f"{each}s"]
            for thing in things if isinstance(things, list) else ():
                yield {**scope, each: thing}
        case _:
            yield scope


def fixed_target(template: Template) -> str:
    """Return the path that a role stands for, or the target as it is written."""
    file = posixpath.basename(template.source).removesuffix(".j2")
    roles = {
        "backend": "amplify/data/resource.ts",
        "frontend": f"src/{file}",
        "deployment": "amplify.yml",
    }
    return roles.get(template.target, template.target)


def _target(template: Template, texts: Texts, scope: dict[str, object]) -> str:
    target = fixed_target(template)
    if "{" not in target or target != template.target:
        return target
    return texts.render_line(target, scope, template.span)
