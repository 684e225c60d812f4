"""What validating a pattern costs: `python benchmarks/validation.py` prints seconds of CPU.

Each measurement has a process of its own and covers what `ace validate-pattern` does after its
imports: reading, composing, completing, all rules and, where there are errors, their JSON.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from functools import cache
from statistics import median
from typing import TYPE_CHECKING, Any

from ace_flow.cli.reporting import findings_json
from ace_flow.collector import without_collector
from ace_flow.diagnostics import PatternError
from ace_flow.loader import Missing, Parent, load, read_document
from ace_flow.loader.catalogue import read_catalogue
from ace_flow.rules import verify
from ace_flow.workspace import shipped

if TYPE_CHECKING:
    from collections.abc import Callable

    from ace_flow.model import Catalogue

# The documents of a pattern `p` and its parents, by name.
Files = dict[str, bytes]

RUNS = 3
SIZES = (250, 500, 1000, 2000)


def usual(size: int, first: int = 0) -> Files:
    """Valid models as people write them, a few of them related."""
    models = []
    for number in range(first, first + size):
        fields: list[dict[str, Any]] = [
            {"name": "title", "type": "string", "required": True, "max_length": 200},
            {"name": "status", "type": "enum", "values": ["draft", "done"], "default": "draft"},
            {"name": "kind", "type": "ref", "ref": "Kind", "required": True},
            {"name": "dueAt", "type": "datetime"},
        ]
        if number % 25 == 1 and models:
            fields.append({"name": "parent", "type": "belongsTo", "model": f"Thing{number - 1}x"})
        rules = [{"allow": "owner"}, {"allow": "groups", "groups": ["admins"]}]
        index = {"field": "title", "sort_keys": ["dueAt"], "name": "byTitle"}
        model = {"name": f"Thing{number}x", "fields": fields, "authorization": rules}
        models.append({**model, "indexes": [index]} if number % 5 == 0 else model)
    return _pattern(
        enums={"Kind": ["small", "large"]},
        models=models,
        components=[
            {"name": f"{model['name']}Table", "type": "table", "model": model["name"]}
            for model in models[::20]
        ],
    )


def fields(size: int) -> Files:
    """One model with many fields, some of which are completed."""
    kinds: list[dict[str, Any]] = [
        {"type": "string", "default": "x"},
        {"type": "enum", "values": ["a", "b"], "required": True},
        {"type": "enum", "values": ["a", "b"], "default": "a"},
        {"type": "integer", "min": 1, "authorization": [{"allow": "owner"}]},
    ]
    made = [{"name": f"field{number}x", **kinds[number % 4]} for number in range(size)]
    return _pattern(models=[{"name": "Thing", "fields": made, "identifier": ["id"]}])


def relations(size: int) -> Files:
    """Many models that belong to one."""
    return _pattern(
        models=[
            _model("Hub"),
            *(
                _model(f"Thing{number}x", {"name": "hub", "type": "belongsTo", "model": "Hub"})
                for number in range(size)
            ),
        ]
    )


def joins(size: int) -> Files:
    """Many models that have many of the next one."""
    return _pattern(
        models=[
            _model(
                f"Thing{number}x",
                {"name": "next", "type": "manyToMany", "model": f"Thing{(number + 1) % size}x"},
            )
            for number in range(size)
        ]
    )


def enums(size: int) -> Files:
    """Many enums: named ones, and as many within fields that get a name."""
    inline = {"name": "kind", "type": "enum", "values": ["a", "b"], "required": True}
    return _pattern(
        enums={f"Kind{number}x": ["a", "b", "c"] for number in range(size)},
        models=[
            _model(f"Thing{number}x", inline, {"name": "k", "type": "ref", "ref": f"Kind{number}x"})
            for number in range(size)
        ],
    )


def enum_values(size: int) -> Files:
    """One enum with many values."""
    values = [f"value{number}" for number in range(size)]
    field = {"name": "kind", "type": "ref", "ref": "Kind", "default": values[-1]}
    return _pattern(enums={"Kind": values}, models=[_model("Thing", field)])


def circle(size: int) -> Files:
    """Many errors of meaning: custom types that require each other in a circle."""
    inner = {"name": "inner", "type": "ref", "required": True}
    made = [
        {"name": f"Part{number}x", "fields": [{**inner, "ref": f"Part{(number + 1) % size}x"}]}
        for number in range(size)
    ]
    return _pattern(types=made, models=[_model("Thing")])


def closed_fields(size: int) -> Files:
    """Many errors of meaning: fields of one model, each for a group of its own."""
    made = [
        {
            **_TITLE,
            "name": f"f{number}",
            "authorization": [{"allow": "groups", "groups": [f"g{number}q"]}],
        }
        for number in range(size)
    ]
    return _pattern(models=[_model("Thing", *made)])


def types(size: int) -> Files:
    """Many custom types, each within the one before."""
    made = [{"name": f"Part{number}x", "fields": [_TITLE]} for number in range(size)]
    for number, part in enumerate(made[:-1]):
        inner = {"name": "inner", "type": "ref", "ref": f"Part{number + 1}x", "required": True}
        part["fields"] = [_TITLE, inner]
    return _pattern(
        types=made, models=[_model("Thing", {"name": "p", "type": "ref", "ref": "Part0x"})]
    )


def indexes(size: int) -> Files:
    """One model with many indexes, far more than it may have."""
    made = [{"name": f"field{number}x", "type": "string"} for number in range(size)]
    listed = [
        {"field": f"field{number}x", "sort_keys": ["title"], "name": f"by{number}"}
        for number in range(size)
    ]
    return _pattern(models=[{**_model("Thing", *made), "indexes": listed}])


def components(size: int) -> Files:
    """Many components, each of a model of its own."""
    return _pattern(
        models=[_model(f"Thing{number}x") for number in range(size)],
        components=[
            {"name": f"Page{number}x", "type": "table", "model": f"Thing{number}x"}
            for number in range(size)
        ],
    )


def named_components(size: int) -> Files:
    """Many components that show the model that their name has in it."""
    return _pattern(
        models=[_model(f"Thing{number}x") for number in range(size)],
        components=[{"name": f"Thing{number}xTable", "type": "table"} for number in range(size)],
    )


def groups(size: int) -> Files:
    """Many user groups that nothing declares."""
    return _pattern(
        models=[
            {
                **_model(f"Thing{number}x"),
                "authorization": [{"allow": "groups", "groups": [f"group{number:x}-members"]}],
            }
            for number in range(size)
        ]
    )


def unknown_keys(size: int) -> Files:
    """Many errors of the shape: a key that does not exist."""
    return _pattern(models=[{**_model(f"Thing{number}x"), "field": 1} for number in range(size)])


def wrong_types(size: int) -> Files:
    """Many errors of the shape: a list for a text."""
    return _pattern(tags=[[] for _ in range(size)])


def repeated_names(size: int) -> Files:
    """Many errors of composition: the same model again and again."""
    return _pattern(models=[_model("Thing") for _ in range(size)])


def rivals(size: int) -> Files:
    """Many errors of meaning: relations that all have the same key."""
    rival = {"type": "belongsTo", "model": "Hub", "references": ["hubId"]}
    many = [{"name": f"hub{number}", **rival} for number in range(size)]
    return _pattern(models=[_model("Hub"), _model("Thing", *many)])


def unknown_models(size: int) -> Files:
    """Many errors of meaning: relations to models that do not exist."""
    gone = [
        {"name": f"gone{number}", "type": "belongsTo", "model": "Nobody"} for number in range(20)
    ]
    return _pattern(models=[_model(f"Thing{number}x", *gone) for number in range(size // 20)])


def duplicate_keys(size: int) -> Files:
    """Many errors of the YAML: the same key again and again."""
    return {"p": b"name: p\n" * (size + 1)}


def parents(size: int) -> Files:
    """Many parents side by side, each with a model."""
    made = {
        f"p{number}": _file(f"p{number}", models=[_model(f"Thing{number}x")])
        for number in range(size)
    }
    return {"p": _file("p", extends=list(made)), **made}


def chain(size: int) -> Files:
    """Parents in a chain of at most 64, which have the models between them."""
    links = min(size, 64)
    made = {}
    for link in range(links):
        models = [_model(f"Thing{number}x") for number in range(link, size, links)]
        more = {"extends": f"p{link + 1}"} if link + 1 < links else {}
        name = f"p{link}" if link else "p"
        made[name] = _file(name, models=models, **more)
    return made


def removed_models(size: int) -> Files:
    """Half of what is inherited is removed."""
    parent = [_model(f"Thing{number}x") for number in range(2 * size)]
    gone = [f"Thing{number}x" for number in range(0, 2 * size, 2)]
    return {
        "p": _file("p", extends="base", remove={"models": gone}),
        "base": _file("base", models=parent),
    }


def removed_fields(size: int) -> Files:
    """Of each inherited model a field is removed."""
    extra = {"name": "extra", "type": "string"}
    parent = [_model(f"Thing{number}x", extra) for number in range(size)]
    gone = {f"Thing{number}x": ["extra"] for number in range(size)}
    return {
        "p": _file("p", extends="base", remove={"fields": gone}),
        "base": _file("base", models=parent),
    }


def disputes(size: int) -> Files:
    """Two parents that disagree about each model."""
    left, right = (
        [{**_model(f"Thing{number}x"), "description": text} for number in range(size)]
        for text in ("left", "right")
    )
    return {
        "p": _file("p", extends=["left", "right"]),
        "left": _file("left", models=left),
        "right": _file("right", models=right),
    }


SHAPES = (
    *(usual, fields, relations, joins, enums, enum_values, types, indexes, components),
    *(named_components, groups, parents, chain, removed_models, removed_fields),
    *(unknown_keys, wrong_types, repeated_names, unknown_models, duplicate_keys, disputes),
    *(rivals, circle, closed_fields),
)
_TITLE = {"name": "title", "type": "string", "required": True}


def _model(name: str, *more: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "fields": [_TITLE, *more]}


def _pattern(**parts: Any) -> Files:  # noqa: ANN401 - parts of a document
    return {"p": _file("p", **parts)}


def _file(name: str, **parts: Any) -> bytes:  # noqa: ANN401 - parts of a document
    """Return a document in block style as far down as people use it."""
    lines = [f"name: {name}"]
    schema = {key: parts.pop(key) for key in ("enums", "types", "models") if key in parts}
    for indent, part in (("", parts), ("  ", schema)):
        if part is schema and schema:
            lines.append("schema:")
        for key, value in part.items():
            listed = isinstance(value, list)
            if not isinstance(value, list | dict):
                lines.append(f"{indent}{key}: {json.dumps(value)}")
                continue
            lines.append(f"{indent}{key}:")
            if listed:
                lines += [f"{indent}  - {json.dumps(item)}" for item in value]
            else:
                lines += [f"{indent}  {name}: {json.dumps(item)}" for name, item in value.items()]
    return "\n".join([*lines, ""]).encode()


@cache
def _catalogue() -> Catalogue:
    return read_catalogue(shipped("templates"))


@without_collector()
def validate(files: Files) -> int:
    """Validate the pattern `p` as the command does and return how many errors it has."""

    def find(name: str, _: object) -> Parent | Missing:
        return Parent(name, read_document(name, files[name])) if name in files else Missing()

    try:
        pattern = load(read_document("p", files["p"]), find).pattern
        found = verify(pattern, _catalogue())
    except PatternError as error:
        found = error.diagnostics
    shown = findings_json(found)
    json.dumps(shown)
    return int(str(shown["errors"]))


def cost(patterns: list[Files]) -> float:
    """Return the seconds of CPU that validating takes."""
    start = time.process_time()
    for files in patterns:
        validate(files)
    return time.process_time() - start


def warm_up() -> None:
    """Import and compile everything that a first pattern would pay for."""
    validate(relations(2))
    validate(unknown_keys(2))
    validate({"p": b'name: p\nversion: 1.0.0\nextends: "q@>=1"\n'})


# What has a limit: the patterns, and the seconds.
LIMITS: dict[str, tuple[Callable[[], list[Files]], float]] = {
    "1,000 small patterns": (lambda: [usual(2, number) for number in range(1000)], 2.0),
    "a pattern of 1,000 models": (lambda: [usual(1000)], 1.5),
    "10,000 errors of shape": (lambda: [unknown_keys(10_000)], 3.0),
    "10,000 errors of composition": (lambda: [repeated_names(10_000)], 3.0),
    "10,000 errors of meaning": (lambda: [unknown_models(10_000)], 3.0),
    "10,000 errors of YAML": (lambda: [duplicate_keys(10_000)], 3.0),
}


def main() -> None:
    """Print a table of what has a limit, and one of what each shape costs as it grows."""
    if len(sys.argv) > 1:
        name, size = sys.argv[1:]
        warm_up()
        print(cost(LIMITS[name][0]() if name in LIMITS else [globals()[name](int(size))]))
        return
    print(f"{'seconds of CPU':32}{'measured':>10}{'limit':>10}")
    for name, (_, limit) in LIMITS.items():
        print(f"{name:32}{_measured(name):10.2f}{limit:10.1f}", flush=True)
    print(f"\n{'milliseconds for each':32}" + "".join(f"{size:>10,}" for size in SIZES))
    for shape in SHAPES:
        each = (1000 * _measured(shape.__name__, size) / size for size in SIZES)
        print(f"{shape.__name__:32}" + "".join(f"{value:10.3f}" for value in each), flush=True)


def _measured(name: str, size: int = 0) -> float:
    """Return the median of several runs, each in a process of its own."""
    command = [sys.executable, __file__, name, str(size)]
    runs = (
        subprocess.run(command, capture_output=True, check=True, text=True).stdout
        for _ in range(RUNS)
    )
    return median(float(run) for run in runs)


if __name__ == "__main__":
    main()
