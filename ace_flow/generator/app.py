"""A whole application: every file of a pattern, rendered and in order of path."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ace_flow.files import GeneratedFile
from ace_flow.generator import data, filing, frontend, resources
from ace_flow.generator.backend import backend_context, service_order, stack_name
from ace_flow.generator.belonging import belongings
from ace_flow.generator.brought import brought_files
from ace_flow.generator.finding import finders
from ace_flow.generator.functions import function_files, function_paths
from ace_flow.generator.guest import moved
from ace_flow.generator.joining import guest_context, join, readme_context
from ace_flow.generator.operations import resolver_files, resolver_paths
from ace_flow.generator.origin import signed
from ace_flow.generator.packages import app_packages
from ace_flow.generator.reachable import reachable
from ace_flow.generator.routing import routes
from ace_flow.generator.searching import search_files
from ace_flow.generator.sharing import shared_modules
from ace_flow.generator.templates import Code, Rendered
from ace_flow.generator.texts import Ident, Texts
from ace_flow.generator.typescript import Name, Object
from ace_flow.generator.views import pattern_view
from ace_flow.model import searched_models, storage_of
from ace_flow.names import kebab

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ace_flow.generator.brought import ReadFile
    from ace_flow.generator.templates import Templates
    from ace_flow.model import Catalogue, Component, Guest, Pattern, SourceFile

_HELPERS = (
    *("summarize", "source", "listNewest", "listIn", "listOwn"),
    *("get", "create", "update", "remove", "access"),
)


def render(
    pattern: Pattern,
    *,
    catalogue: Catalogue,
    folder: Path,
    templates: Templates,
    read: ReadFile,
    guest: Guest | None = None,
) -> tuple[GeneratedFile, ...]:
    """Render all files of the application a pattern describes, sorted by path.

    As a `guest`, a pattern brings only what is its own to an application that is there.

    `folder` holds the shipped templates, `read` returns the bytes of a file that the pattern
    brings; its templates replace generated files of the same path. Pure but for reading files:
    the same pattern gives the same bytes.

    Raises PatternError when a template of the pattern cannot be rendered or has an unsafe path.
    """
    copied: set[bytes] = set()

    def read_copy(file: SourceFile) -> bytes:
        content = read(file)
        copied.add(content)
        return content

    app = _App(pattern, catalogue, folder, templates, guest)
    files = dict(app.files())
    services = stack_name(pattern, "services", guest=bool(guest))
    files |= function_files(pattern, templates, read_copy, services)
    files |= resolver_files(pattern, read_copy)
    files |= search_files(pattern, catalogue, templates)
    brought = brought_files(pattern, Texts(), read, files)
    files |= brought
    files = {
        path: content if path in brought or content in copied else signed(path, content)
        for path, content in files.items()
    }
    if guest:
        files = moved(files, pattern, guest, brought)
        readme = f"amplify/{kebab(pattern.name)}/README.md"
        files[readme] = signed(readme, app.readme(guest, files))
    else:
        # A frontend holds no building block that nothing uses.
        tests = [path for path in files if path.endswith(".test.tsx")]
        setup = ["src/test/setup.ts"] if tests else []
        used = reachable(files, ["src/main.tsx", *brought, *tests, *setup])
        files = {
            path: content
            for path, content in files.items()
            if path in used or not path.startswith("src/")
        }
    return tuple(GeneratedFile(path, content) for path, content in sorted(files.items()))


def planned_paths(pattern: Pattern, folder: Path) -> Iterator[str]:
    """Yield the paths that a pattern's application has in any case, without rendering them.

    A template that begins with a statement may come out empty, and is left out.
    """
    root = folder / "app"
    for file in sorted(path for path in root.rglob("*") if path.is_file()):
        path = file.relative_to(root).as_posix()
        if file.suffix != ".j2":
            yield path
        elif not file.read_bytes().startswith(b"{%"):
            yield path.removesuffix(".j2")
    for component in pattern.components:
        yield f"src/components/{component.name}.tsx"
    yield from function_paths(pattern)
    yield from resolver_paths(pattern)


class _App:
    def __init__(
        self,
        pattern: Pattern,
        catalogue: Catalogue,
        folder: Path,
        templates: Templates,
        guest: Guest | None,
    ) -> None:
        self.pattern = pattern
        self.catalogue = catalogue
        self.folder = folder
        self.templates = templates
        self.trees = ("app", "guest") if guest else ("app",)
        self.services = service_order(pattern, catalogue)
        storage = storage_of(pattern)
        self.searched = searched_models(pattern, catalogue)
        self.context: dict[str, object] = {
            "pattern": pattern_view(pattern),
            "project": kebab(pattern.name),
            "services": [service.name for service in self.services],
            "bill": [{"title": item.title, "cost": item.cost} for item in self.services],
            "versions": app_packages(pattern, catalogue, folder),
            "auth": Code(resources.auth(pattern)),
            "groups": list(pattern.all_groups),
            "secrets": [Ident(name) for name in resources.secrets(pattern)],
            "storage": Code(resources.storage(pattern, storage)) if storage else None,
            "functions_in_storage": any(
                item.access and item.access.storage for item in pattern.functions
            ),
            "plain_subscriptions": any(not item.handler for item in pattern.subscriptions),
            "searched": bool(self.searched),
            "routes": Code(routes(pattern, catalogue)),
            **data.data_context(pattern, self.searched),
            **backend_context(pattern, catalogue, guest=bool(guest)),
            **guest_context(pattern, guest),
        }

    def files(self) -> Iterator[tuple[str, bytes]]:
        for tree in self.trees:
            yield from self._tree(tree)
        for service in self.services:
            if (self.folder / "services" / service.name).is_dir():
                yield from self._tree(f"services/{service.name}")
            if service.template:
                path = f"amplify/services/{service.name}.ts"
                yield path, self.templates.render(service.template, self.context).content
        yield from self._frontend()

    def readme(self, guest: Guest, files: dict[str, bytes]) -> bytes:
        """Render what a guest's README says, which has all other files."""
        joined = join(self.pattern, guest, files, self.folder)
        context = {**self.context, **readme_context(self.pattern, guest, joined)}
        return self.templates.render("joining/README.md.j2", context).content

    def _tree(self, top: str) -> Iterator[tuple[str, bytes]]:
        """Take a folder whose tree is the output tree: `*.j2` rendered, other files as they are.

        A template that comes out empty makes no file.
        """
        root = self.folder / top
        for file in sorted(path for path in root.rglob("*") if path.is_file()):
            path = file.relative_to(root).as_posix()
            if path.endswith(".j2"):
                rendered = self.templates.render(f"{top}/{path}", self.context)
                if rendered.content.strip():
                    yield path.removesuffix(".j2"), rendered.content
            else:
                yield path, file.read_bytes()

    def _frontend(self) -> Iterator[tuple[str, bytes]]:
        """Render the components, then the data modules with what the components import."""
        used: set[Name] = set()
        for component in self.pattern.components:
            kind = self.catalogue.component_types[component.type]
            context = self._component(component)
            rendered = self.templates.render(kind.template, context)
            used |= rendered.names
            yield f"src/components/{component.name}.tsx", rendered.content
            if kind.test:
                tested = self.templates.render(kind.test, context).content
                if tested.strip():
                    yield f"src/components/{component.name}.test.tsx", tested
        for owner in self.pattern.models:
            for module in shared_modules(self.pattern, owner, frozenset(used)):
                rendered = self.templates.render(module.template, module.context)
                used |= rendered.names
                yield f"src/{module.path}", rendered.content
        modules = self._data_modules({(name.text, _stem(name)) for name in used})
        for model, rendered in modules.items():
            used |= rendered.names
            yield f"src/data/models/{model}.ts", rendered.content
        used_names = {name.text for name in used}
        enums = [
            {"name": Ident(name), "labels": Code(Object(dict(labels), expanded=True))}
            for name, labels in frontend.enum_labels(self.pattern).items()
            if name in used_names
        ]
        if enums:
            rendered = self.templates.render("frontend/enums.ts.j2", {"enums": enums})
            yield "src/data/enums.ts", rendered.content
        folders = [
            {"name": Ident(name), "folder": Code(folder), "type": Code(filing.FOLDER)}
            for name, folder in filing.folder_constants(self.pattern).items()
            if name in used_names
        ]
        if folders:
            rendered = self.templates.render("frontend/folders.ts.j2", {"folders": folders})
            yield "src/data/folders.ts", rendered.content

    def _data_modules(self, wanted: set[tuple[str, str]]) -> dict[str, Rendered]:
        """Render the modules of the models that are used, and of those that these use."""
        modules: dict[str, Rendered] = {}
        models = {model.name: model for model in self.pattern.models}
        rendered_kinds: dict[str, list[str]] = {}
        changed = True
        while changed:
            changed = False
            for model in models.values():
                kinds = [
                    kind
                    for kind in (*_HELPERS, *belongings(model), *finders(self.pattern, model))
                    if (frontend.helper(model, kind).text, model.name) in wanted
                ]
                if kinds == rendered_kinds.get(model.name, []):
                    continue
                rendered_kinds[model.name] = kinds
                context = frontend.data_context(
                    self.pattern, model, kinds, searched=model in self.searched
                )
                rendered = self.templates.render("frontend/model.ts.j2", context)
                modules[model.name] = rendered
                wanted |= {(name.text, _stem(name)) for name in rendered.names}
                changed = True
        return {name: modules[name] for name in models if name in modules}

    def _component(self, component: Component) -> dict[str, object]:
        models = [self.pattern.model(name) for name in component.models]
        return {
            **self.context,
            "files": filing.folders(self.pattern),
            "component": {
                "name": Ident(component.name),
                "type": Ident(component.type),
                "title": component.shown_title,
                "purpose": component.purpose,
                "own": component.own,
            },
            "models": [
                frontend.model_context(self.pattern, model, models[0])
                | frontend.found_context(self.pattern, model, component)
                for model in models
                if model
            ],
        }


def _stem(name: Name) -> str:
    """Return the file that a name comes from, without its folder."""
    return (name.module or "").rpartition("/")[2]
