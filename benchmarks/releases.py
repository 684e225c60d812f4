"""Fifty releases of a pattern, one after the other, as a year brings them."""

from __future__ import annotations

from copy import deepcopy
from functools import partial
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Pattern = dict[str, Any]
_MODELS = {
    "Project": ["title", "summary", "budget:float", "startsOn:date", "stage:enum"],
    "Task": ["title", "details", "effort:integer", "dueOn:date", "status:enum"],
    "Person": ["name", "email:email", "phone:phone", "joinedOn:date"],
    "Invoice": ["number", "amount:float", "issuedOn:date", "state:enum"],
    "Meeting": ["topic", "startsAt:datetime", "place"],
    "Idea": ["title", "body", "votes:integer"],
}
_ADDED = ("Vendor", "Contract", "Asset", "Risk", "Goal", "Room")
_WORDS = ("rank", "origin", "remark", "weight", "colour", "code", "region", "grade")
_TYPES = ("string", "integer", "date", "boolean")
# What a new version of ace may change in what every application has.
_TEMPLATES = (
    ("app/src/tokens.css", ":root {\n", ":root {\n  --year: 1;\n"),
    ("app/src/ui/States.tsx", "Try again", "Retry"),
    ("app/src/ui/Dialog.tsx", "\nexport ", "\n/** What is asked in front of a page. */\nexport "),
    ("app/src/main.tsx", "import './index.css';", "import './index.css';\nimport './year.css';"),
    ("app/src/ui/Pager.tsx", "More", "Show more"),
    ("app/src/index.css", "\n}\n", "\n}\n\n.year {\n  display: block;\n}\n"),
)


def first() -> Pattern:
    """Return the pattern that a project is made from."""
    return {
        "name": "office",
        "services": ["dynamodb"],
        "schema": {"models": [_model(name, fields) for name, fields in _MODELS.items()]},
        "components": [
            {"name": f"{name}{kind.title()}", "type": kind, "models": [name]}
            for name in _MODELS
            for kind in ("form", "table", "detail")
        ],
    }


def _model(name: str, fields: list[str]) -> dict[str, Any]:
    return {"name": name, "fields": [_field(*field.split(":")) for field in fields]}


def _field(name: str, kind: str = "string") -> dict[str, Any]:
    values = {"values": ["open", "done", "dropped"]} if kind == "enum" else {}
    return {"name": name, "type": kind, **values}


def releases(templates: Path) -> Iterator[tuple[str, Pattern]]:
    """Yield what each of fifty releases is about, and the pattern then.

    `templates` is a copy of the shipped ones, which some releases change.
    """
    pattern = first()
    for number in range(50):
        change = _CHANGES[number % len(_CHANGES)]
        pattern = deepcopy(pattern)
        pattern["version"] = f"1.{number + 1}.0"
        yield change(pattern, number, templates), pattern


def _models(pattern: Pattern) -> list[dict[str, Any]]:
    models: list[dict[str, Any]] = pattern["schema"]["models"]
    return models


def _add_field(pattern: Pattern, number: int, _: Path, place: int | None = None) -> str:
    model = _models(pattern)[number % len(_models(pattern))]
    field = _field(f"{_WORDS[number % len(_WORDS)]}{number}", _TYPES[number % len(_TYPES)])
    fields = model["fields"]
    fields.insert(len(fields) if place is None else place, field)
    return f"{model['name']} has {field['name']}"


def _rename_field(pattern: Pattern, number: int, _: Path) -> str:
    model = _models(pattern)[(number + 1) % len(_models(pattern))]
    field = model["fields"][-1]
    field["name"] = f"{field['name']}Now"
    return f"{model['name']}.{field['name']} has that name"


def _remove_field(pattern: Pattern, number: int, _: Path) -> str:
    model = max(_models(pattern), key=lambda model: len(model["fields"]))
    field = model["fields"].pop()
    return f"{model['name']} has no {field['name']} ({number})"


def _add_model(pattern: Pattern, number: int, _: Path) -> str:
    name = _ADDED[number // len(_CHANGES) % len(_ADDED)]
    _models(pattern).append(_model(name, ["title", "note", "since:date", "kind:enum"]))
    pattern["components"] += [
        {"name": f"{name}Form", "type": "form", "models": [name]},
        {"name": f"{name}Table", "type": "table", "models": [name]},
    ]
    return f"there is {name}"


def _rename_component(pattern: Pattern, number: int, _: Path) -> str:
    component = pattern["components"][number % len(pattern["components"])]
    before = component["name"]
    component["name"] = f"{before}View" if not before.endswith("View") else before[:-4]
    return f"{before} is {component['name']}"


def _add_component(pattern: Pattern, number: int, _: Path) -> str:
    model = _models(pattern)[number % len(_models(pattern))]["name"]
    name = f"{model}List{number}"
    pattern["components"].append({"name": name, "type": "list", "models": [model]})
    return f"there is {name}"


def _remove_component(pattern: Pattern, number: int, _: Path) -> str:
    names = [item for item in pattern["components"] if item["type"] == "list"]
    component = names[0] if names else pattern["components"][-1]
    pattern["components"].remove(component)
    return f"there is no {component['name']} ({number})"


def _add_value(pattern: Pattern, number: int, _: Path) -> str:
    field = next(
        field
        for model in _models(pattern)[number % 4 :]
        for field in model["fields"]
        if field["type"] == "enum"
    )
    field["values"].append(f"value{number}")
    return f"{field['name']} may be value{number}"


def _require(pattern: Pattern, number: int, _: Path) -> str:
    model = _models(pattern)[number % len(_models(pattern))]
    model["fields"][0] |= {"required": True, "max_length": 40 + number}
    return f"{model['name']} needs {model['fields'][0]['name']}"


def _add_service(pattern: Pattern, number: int, _: Path) -> str:
    services = ("s3", "sqs", "kinesis", "sns", "lambda", "eventbridge")
    new = next((name for name in services if name not in pattern["services"]), None)
    if new:
        pattern["services"].append(new)
    return f"it uses {new} ({number})"


def _change_template(_: Pattern, number: int, templates: Path) -> str:
    name, old, new = _TEMPLATES[number // len(_CHANGES) % len(_TEMPLATES)]
    file = templates / name
    text = file.read_text("utf-8")
    if old not in text:
        raise ValueError(f"{name} has no {old!r}")
    file.write_text(text.replace(old, new, 1), "utf-8")
    if "year.css" in new:
        (templates / "app/src/year.css").write_text("/* New. */\n", "utf-8")
    return f"{name} is another"


_CHANGES: tuple[Callable[[Pattern, int, Path], str], ...] = (
    _add_field,
    _add_model,
    _rename_component,
    partial(_add_field, place=0),
    _change_template,
    _add_component,
    _add_value,
    _rename_field,
    _require,
    _add_service,
    _remove_component,
    partial(_add_field, place=1),
    _remove_field,
)
