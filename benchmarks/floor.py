"""The bare limit: C YAML loader, precompiled Jinja, files written. `floor.py FOLDER OUTPUT CACHE`.

It checks nothing, remembers nothing and writes over whatever is there.
"""

import os
import sys

import yaml
from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader

folder, output, cache = sys.argv[1:]
with open(f"{folder}/.ace-flow/patterns/job.yml", "rb") as file:
    pattern = yaml.load(file, Loader=yaml.CSafeLoader)
pattern["models"] = pattern["schema"]["models"]
os.makedirs(cache, exist_ok=True)
environment = Environment(
    loader=FileSystemLoader(f"{folder}/.ace-flow/patterns"),
    bytecode_cache=FileSystemBytecodeCache(cache),
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)
made = set()
for target, source in pattern["templates"].items():
    each = not isinstance(source, str)
    template = environment.get_template(source["source"] if each else source)
    for model in pattern["models"] if each else [None]:
        path = f"{output}/" + (
            target.replace("{{ model.name }}", model["name"]) if each else target
        )
        parent = os.path.dirname(path)
        if parent not in made:
            os.makedirs(parent, exist_ok=True)
            made.add(parent)
        with open(path, "w", encoding="utf-8") as file:
            file.write(template.render(pattern=pattern, model=model))
