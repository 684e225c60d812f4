"""The job for each peer: its data and templates in the form that the peer takes, made ahead."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, Any

import yaml
from job import ALL, EACH, TEMPLATES, document, name, write
from translate import to_ejs, to_handlebars

if TYPE_CHECKING:
    from pathlib import Path

TRIMMED = {"trim_blocks": True, "lstrip_blocks": True}


def write_inputs(folder: Path, models: int) -> None:
    """Write the job of so many models for everybody into a folder that does not exist yet."""
    write(folder, document(models))
    pattern = read_pattern(models)
    data = {"pattern": pattern, "each": EACH, "all": ALL}
    (folder / "data.json").write_text(json.dumps(data), encoding="utf-8")
    _javascript(folder)
    write_copier(folder / "copier")
    copied = yaml.safe_dump({"pattern": pattern}, sort_keys=False)
    (folder / "copier-data.yml").write_text(copied, encoding="utf-8")
    _cookiecutter_loop(folder / "cookiecutter", pattern)
    write_cookiecutter(folder / "cookiecutter-fixed", pattern)


def read_pattern(models: int) -> dict[str, Any]:
    """Return the data of the job's pattern, as templates see it."""
    stated = yaml.safe_load(document(models))
    return {"name": stated["name"], "models": stated["schema"]["models"]}


def _javascript(folder: Path) -> None:
    """Write the templates as EJS and Handlebars, and those of hygen and Nx in their places."""
    for source in (*EACH.values(), *ALL.values()):
        text = (TEMPLATES / source).read_text(encoding="utf-8")
        _put(folder / "templates" / f"{source}.ejs", to_ejs(text))
        _put(folder / "templates" / f"{source}.hbs", to_handlebars(text))
    script = '"use strict";\nmodule.exports = require(process.env.JOB_HYGEN_DATA);\n'
    for action, targets in (("model", EACH), ("all", ALL)):
        _put(folder / "hygen" / "job" / action / "index.js", script)
        for target, source in targets.items():
            text = to_ejs((TEMPLATES / source).read_text(encoding="utf-8"))
            path = target.format(name="<%= model.name %>")
            _put(
                folder / "hygen" / "job" / action / f"{source}.ejs.t",
                f"---\nto: {path}\n---\n{text}",
            )
            place = folder / "nx" / ("each" if targets is EACH else "all")
            _put(place / f"{target.format(name='__name__')}.template", text)


def write_copier(folder: Path, *, answers: bool = False) -> None:
    """Write a template of copier's; with `answers`, its projects can be updated."""
    settings = {
        "_envops": TRIMMED,
        "_subdirectory": "files",
        "pattern": {"type": "yaml"},
    }
    _put(folder / "copier.yml", yaml.safe_dump(settings, sort_keys=False))
    each = "{% yield model from pattern.models %}{{ model.name }}{% endyield %}"
    for target, source in (EACH | ALL).items():
        text = (TEMPLATES / source).read_text(encoding="utf-8")
        _put(folder / "files" / f"{target.format(name=each)}.jinja", text)
    if answers:
        kept = folder / "files" / "{{_copier_conf.answers_file}}.jinja"
        _put(kept, "{{ _copier_answers|to_nice_yaml }}")


def write_cookiecutter(folder: Path, pattern: dict[str, Any]) -> None:
    """Write a template of cookiecutter's with a stub for each file: it cannot loop."""
    _context(folder, {"pattern": _texts(pattern)})
    # Where cookiecutter looks for what is included.
    shutil.copytree(TEMPLATES, folder / "templates")
    files = folder / "{{cookiecutter.project}}"
    given = "{% set pattern = cookiecutter.pattern %}\n"
    for target, source in EACH.items():
        for number in range(len(pattern["models"])):
            stub = f"{{% set model = pattern.models[{number}] %}}\n{{% include '{source}' %}}"
            _put(files / target.format(name=name(number)), given + stub)
    for target, source in ALL.items():
        _put(files / target, f"{given}{{% include '{source}' %}}")


def _cookiecutter_loop(folder: Path, pattern: dict[str, Any]) -> None:
    """Write templates for one model and for all of them, and a configuration for each run."""
    files = "{{cookiecutter.project}}"
    _context(folder / "each", {"model": {"name": "", "fields": []}})
    for target, source in EACH.items():
        text = (TEMPLATES / source).read_text(encoding="utf-8")
        path = folder / "each" / files / target.format(name="{{cookiecutter.model.name}}")
        _put(path, "{% set model = cookiecutter.model %}\n" + text)
    _context(folder / "all", {"pattern": _texts(pattern)})
    for target, source in ALL.items():
        text = (TEMPLATES / source).read_text(encoding="utf-8")
        _put(folder / "all" / files / target, "{% set pattern = cookiecutter.pattern %}\n" + text)
    places = {key: str(folder / "kept") for key in ("cookiecutters_dir", "replay_dir")}
    for number, model in enumerate(_texts(pattern)["models"]):
        config = {**places, "default_context": {"model": model}}
        _put(folder / "runs" / f"{number}.yml", yaml.safe_dump(config))
    _put(folder / "runs" / "all.yml", yaml.safe_dump({**places, "default_context": {}}))


def _context(folder: Path, variables: dict[str, Any]) -> None:
    settings = {"project": "output", **variables, "_jinja2_env_vars": TRIMMED}
    _put(folder / "cookiecutter.json", json.dumps(settings, indent=2))


def _texts(pattern: dict[str, Any]) -> dict[str, Any]:
    """Return the pattern as cookiecutter takes it: all values are texts, and none is missing."""
    models = [
        {
            "name": model["name"],
            "fields": [
                {
                    "name": field["name"],
                    "type": field["type"],
                    "required": "yes" if field.get("required") else "",
                }
                for field in model["fields"]
            ],
        }
        for model in pattern["models"]
    ]
    return {"name": pattern["name"], "models": models}


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
