"""Commands about patterns: validate, register, list, show."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ace_flow.cli import console
from ace_flow.cli.asking import trying
from ace_flow.cli.options import Json, Reference, Set, Values

if TYPE_CHECKING:
    from collections.abc import Callable

    from ace_flow.session import Session

Strict = Annotated[
    bool, typer.Option("--strict", help="Treat warnings as errors, and warn of each addition.")
]


class Origin(StrEnum):
    """Where a listed pattern comes from."""

    PROJECT = "project"
    STORE = "store"
    BUILT_IN = "built-in"
    PLUGIN = "plugin"
    EXAMPLE = "example"


class Format(StrEnum):
    """How findings are printed."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    SARIF = "sarif"


def register(app: typer.Typer) -> None:
    """Add the commands to the application."""
    command: Callable[..., Callable[..., object]] = app.command
    command("validate-pattern", epilog="Example: ace validate-pattern shop.yml --explain")(validate)
    command("register-pattern", epilog="Example: ace register-pattern shop.yml")(register_pattern)
    command("list-patterns", epilog="Example: ace list-patterns --category commerce")(list_patterns)
    command("show-pattern", epilog="Example: ace show-pattern e_commerce --json")(show)


def _session() -> Session:
    from ace_flow.session import Session

    return Session(Path.cwd())


def validate(
    pattern: Reference,
    explain: Annotated[
        bool, typer.Option("--explain", help="List what ace adds because Amplify demands it.")
    ] = False,
    strict: Strict = False,
    output: Annotated[
        Format,
        typer.Option(
            "--format", help="How to print: for people, as JSON, for GitHub Actions, or as SARIF."
        ),
    ] = Format.TEXT,
    setting: Set = None,
    values: Values = None,
    as_json: Annotated[bool, typer.Option("--json", help="Like --format json.")] = False,
) -> None:
    """Check a pattern and what it extends; write nothing."""
    from ace_flow.cli import validation

    if output in {Format.GITHUB, Format.SARIF}:
        code = validation.validate_for_programs(
            pattern, is_sarif=output is Format.SARIF, strict=strict, setting=setting, values=values
        )
    else:
        code = validation.validate(
            pattern,
            explain=explain,
            strict=strict,
            setting=setting,
            values=values,
            as_json=as_json or output is Format.JSON,
        )
    if code:
        raise typer.Exit(code)


def register_pattern(
    file: Annotated[str, typer.Argument(metavar="FILE", help="The pattern's file.")],
    as_json: Json = False,
) -> None:
    """Check a pattern and keep it in the store.

    The files it names are kept with it: it can then be named in every folder.
    """
    from ace_flow.cli import reporting
    from ace_flow.diagnostics import ConfigurationError
    from ace_flow.summaries import pattern_summary

    session = _session()
    path = Path(file)
    reference = file if path.suffix in {".yml", ".yaml"} or path.parent != Path() else f"./{file}"
    checked = session.check(reference)
    name = checked.pattern.name
    if session.catalog.is_built_in(name):
        raise ConfigurationError(
            f"`{name}` is the name of a built-in pattern",
            hint=f"give yours another name; it can say `extends: {name}`",
        )
    done = session.store.register(
        pattern_summary(checked.pattern), checked.entry.document, checked.own_files
    )
    if as_json:
        console.show_json({"name": name, "revision": done.revision, "new": done.is_new})
        return
    reporting.show_findings(checked.findings)
    if done.is_new:
        console.say(f"registered {console.printable(name)}, revision {done.revision}")
    else:
        console.say(f"already registered, revision {done.revision}: {console.printable(name)}")


def list_patterns(
    origin: Annotated[Origin | None, typer.Option(help="Only of this origin.")] = None,
    category: Annotated[str | None, typer.Option(help="Only of this category.")] = None,
    complexity: Annotated[str | None, typer.Option(help="Only of this complexity.")] = None,
    tag: Annotated[str | None, typer.Option(help="Only with this tag.")] = None,
    text: Annotated[
        str | None, typer.Option(help="Only with this text in the name or description.")
    ] = None,
    as_json: Json = False,
) -> None:
    """List the patterns that can be named.

    First the project's, then the registered ones, the built-in ones, those of plugins and the
    examples.
    """
    rows: list[dict[str, object]] = []
    for item in _session().catalog.all():
        about = item.summary
        row: dict[str, object] = {
            "name": item.name,
            "category": about.category if about else "",
            "complexity": about.complexity if about else "",
            "origin": item.origin,
            "revision": item.revision,
            "description": (about.description or about.display_name)
            if about
            else f"not valid; see ace validate-pattern {item.location}",
            "extends": list(about.extends) if about else [],
            "tags": list(about.tags) if about else [],
        }
        wanted = {"origin": origin, "category": category, "complexity": complexity}
        described = f"{item.name} {row['description']}".lower()
        if (
            all(value is None or row[key] == value for key, value in wanted.items())
            and (tag is None or (about is not None and tag in about.tags))
            and (text is None or text.lower() in described)
        ):
            rows.append(row)
    if as_json:
        console.show_json(rows)
        return
    if not rows:
        console.say("no patterns match; `ace list-patterns` without filters shows all")
        return
    console.table(
        ("name", "category", "complexity", "origin", "description"),
        [
            (
                str(row["name"]),
                str(row["category"]),
                str(row["complexity"]),
                f"{row['origin']} r{row['revision']}" if row["revision"] else str(row["origin"]),
                str(row["description"]),
            )
            for row in rows
        ],
    )


def show(
    pattern: Reference,
    origin: Annotated[
        bool,
        typer.Option(
            "--origin",
            help="Print it as YAML, each value with the place where it was written, or the reason "
            "why ace added it. With --json: `origins`, from JSON pointers to "
            "`{file, line, column}`, with `parameters` that are filled in, or `{completed}`.",
        ),
    ] = False,
    setting: Set = None,
    values: Values = None,
    as_json: Json = False,
) -> None:
    """Show a pattern as ace sees it.

    That is composed with its parents, and completed with what Amplify demands.
    """
    checked = _session().check(pattern, choose=trying(setting, values))
    if origin:
        from ace_flow.cli.origins import origins_json, show_origins

        if as_json:
            console.show_json(origins_json(checked))
        else:
            show_origins(checked.pattern)
        return
    from ace_flow.cli.rendering import pattern_json, pattern_lines

    if as_json:
        console.show_json(pattern_json(checked))
        return
    for line in pattern_lines(checked):
        console.say(console.printable(line))
