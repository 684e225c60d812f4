"""What hooks are told of a checked pattern, and what they make of it."""

from __future__ import annotations

import hashlib
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from ace_flow.caches import passing
from ace_flow.checked import Extended
from ace_flow.loader import with_changes, with_models
from ace_flow.model import Relation
from ace_flow.plugins.contexts import ComponentFacts, Context, FieldFacts, ModelFacts, PlannedFile
from ace_flow.plugins.manager import Hooks
from ace_flow.plugins.scripts import SCRIPTED, ScriptFile, is_script
from ace_flow.workspace import HOOKS_FOLDER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from typing import Any

    from ace_flow.checked import Checked
    from ace_flow.model import Member
    from ace_flow.plugins.contexts import NewFile
    from ace_flow.session import Session
    from ace_flow.source import Plain

_GENERATING = ("ace_generate_schema",)
_HOOKING = tuple(hook for hook in SCRIPTED if hook not in _GENERATING)


def hooks_of(
    session: Session,
    checked: Checked,
    root: Path,
    tell: Callable[[str, str], None] = lambda *_: None,
    *,
    is_dry: bool = False,
) -> Hooks:
    """Return the hooks for a pattern and the project in `root`; nothing runs yet.

    `tell` gets what they say, with their names. Raises TrustError when there are any that the
    user does not trust.
    """
    if checked.pattern.hooks or checked.pattern.generators:
        session.require_trust(checked)
    own: tuple[ScriptFile, ...] = ()
    if (root / HOOKS_FOLDER).exists():
        programs = session.own_programs(root)
        own = project_scripts(programs.modules)
        if own and programs.code is not None:
            session.gate.require(programs.code, programs.code.klass)
    return Hooks(session.installed, (*pattern_scripts(checked), *own), root, tell, is_dry=is_dry)


def pattern_scripts(checked: Checked) -> tuple[ScriptFile, ...]:
    """Return the modules that a pattern and its parents name, in their order.

    After them come the files that these can load, which were trusted with them.
    """
    pattern, own = checked.pattern, checked.entry.location
    found: list[ScriptFile] = []
    for script in (*pattern.generators, *pattern.hooks):
        owner = checked.owner(script.file)
        found.append(
            ScriptFile(
                name=script.path if owner == own else f"{script.path} ({owner})",
                owner=owner,
                path=script.path,
                content=checked.read(script.file),
                hooks=_GENERATING if script in pattern.generators else _HOOKING,
                config=script.config,
            )
        )
    named = {(item.owner, item.path) for item in found}
    owners = {item.owner for item in found}
    for (owner, path), content in checked.files.items():
        if owner in owners and (owner, path) not in named:
            found.append(ScriptFile(name=path, owner=owner, path=path, content=content, hooks=()))
    return tuple(found)


def project_scripts(modules: Mapping[str, bytes]) -> tuple[ScriptFile, ...]:
    """Return the modules in a project's own folder of hooks, by their paths in the project.

    Those whose names begin with `_`, and what is in folders within, are for the others to load.
    """
    return tuple(
        ScriptFile(
            name=path,
            owner=HOOKS_FOLDER,
            path=path,
            content=content,
            hooks=SCRIPTED if is_script(path) and path.rpartition("/")[0] == HOOKS_FOLDER else (),
        )
        for path, content in sorted(modules.items())
    )


def extended(
    session: Session,
    checked: Checked,
    hooks: Hooks,
    root: Path,
    config: Mapping[str, Plain] = MappingProxyType({}),
    *,
    is_dry: bool = False,
) -> Extended:
    """Let hooks generate models, change the pattern, refuse the run, and add files.

    `config` is what generators are told beside the parameters. Raises HookError when one fails,
    PatternError when the pattern is not right then.
    """
    checked = transformed(session, checked, hooks, root, config, is_dry=is_dry)
    added = hooks.before_generation(context_of(checked, root, is_dry=is_dry))
    return Extended(checked=checked, added=added, made=_digest(checked, added))


def check_deployment(
    session: Session,
    checked: Checked,
    root: Path,
    files: Iterable[str],
    tell: Callable[[str, str], None],
) -> None:
    """Let hooks refuse that a project is deployed, which has these generated files.

    Raises TrustError when there are hooks that the user does not trust, HookError when one
    refuses or fails.
    """
    with hooks_of(session, checked, root, tell) as hooks:
        if hooks.offers("ace_pre_deployment"):
            checked = transformed(session, checked, hooks, root)
            planned = tuple(PlannedFile(path=path, action="generated") for path in files)
            hooks.before_deployment(context_of(checked, root, files=planned))
        hooks.finish()


def transformed(
    session: Session,
    checked: Checked,
    hooks: Hooks,
    root: Path,
    config: Mapping[str, Plain] = MappingProxyType({}),
    *,
    is_dry: bool = False,
) -> Checked:
    """Return a checked pattern as generators and hooks make it, checked again.

    Raises HookError when one fails, PatternError when the pattern is not right then.
    """
    context = context_of(checked, root, is_dry=is_dry)
    document = checked.composed.document
    for made in hooks.generate(context, {**context.parameters, **config}):
        schema = made.schema
        fields = [(item.source, item.field) for item in schema.relationships]
        document = with_models(document, made.hook, schema.models, fields, schema.authorization)
    for change in hooks.transform(context, _plain(document.plain())):
        document = with_changes(document, change.hook, change.pattern)
    if checked.pattern.generators or document is not checked.composed.document:
        return session.check_again(checked, document)
    return checked


def check_plan(
    hooks: Hooks,
    checked: Checked,
    root: Path,
    files: Mapping[str, bytes],
    actions: Mapping[str, str],
    *,
    is_dry: bool,
) -> None:
    """Show hooks what is about to be written, by path: the texts, and what becomes of each file.

    No hook runs any more afterwards. Raises HookError when one refuses it.
    """
    if hooks.offers("ace_post_generation"):
        planned = tuple(PlannedFile(path=path, action=what) for path, what in actions.items())
        with _copied(files.items()) as output:
            context = context_of(checked, root, files=planned, output=output, is_dry=is_dry)
            hooks.after_generation(context)
    hooks.finish()


@contextmanager
def _copied(files: Iterable[tuple[str, bytes]]) -> Iterator[Path]:
    """Yield a folder with a copy of files, by path, which is gone afterwards."""
    with passing("ace-output-") as folder:
        home = Path(folder)
        for path, content in files:
            place = home / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(content)
        yield home


def context_of(
    checked: Checked,
    root: Path,
    *,
    files: Iterable[PlannedFile] = (),
    output: Path | None = None,
    is_dry: bool = False,
) -> Context:
    """Return what hooks are told of a pattern and of the project in `root`."""
    pattern = checked.pattern
    return Context(
        name=pattern.name,
        display_name=pattern.display_name,
        version=pattern.version,
        description=pattern.description,
        category=pattern.category,
        services=pattern.services,
        groups=pattern.all_groups,
        models=tuple(
            ModelFacts(
                name=model.name,
                description=model.description,
                fields=tuple(map(_field, model.members)),
            )
            for model in pattern.models
        ),
        components=tuple(
            ComponentFacts(name=item.name, type=item.type, purpose=item.purpose, models=item.models)
            for item in pattern.components
        ),
        parameters={item.name: item.value for item in pattern.parameters if item.value is not None},
        project=str(root),
        files=tuple(files),
        output=str(output) if output else None,
        dry_run=is_dry,
    )


def _field(member: Member) -> FieldFacts:
    if isinstance(member, Relation):
        return FieldFacts(
            name=member.name, type=member.type, required=member.required, model=member.model
        )
    return FieldFacts(
        name=member.name,
        type=member.type,
        required=member.required,
        array=member.array,
        values=member.values,
    )


def _plain(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise TypeError("a pattern is a mapping")
    return value


def _digest(checked: Checked, added: Mapping[str, tuple[str, NewFile]]) -> str:
    if not checked.dynamic and not added:
        return ""
    total = hashlib.sha256(checked.dynamic.encode())
    for path, (_, file) in sorted(added.items()):
        for text in (path, file.content):
            total.update(hashlib.sha256(text.encode()).digest())
    return total.hexdigest()
