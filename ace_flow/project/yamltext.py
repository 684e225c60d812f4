"""YAML texts changed value by value: comments, order and quotes stay as they are written."""

from __future__ import annotations

import io
import re
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError


class NoYamlError(ValueError):
    """A text that is no YAML mapping."""


def parse(text: str) -> dict[str, Any]:
    """Return the mapping that a text holds; raises NoYamlError."""
    value = _load(_yaml(text), text)
    return dict(value)


def changed(text: str, path: tuple[str, ...], value: object) -> str:
    """Return the text with another value at a path of keys, which is added if it is not there.

    The mapping that has the last key must be there. Raises NoYamlError.
    """
    yaml = _yaml(text)
    whole = _load(yaml, text)
    holder = _holder(whole, path)
    if isinstance(value, list) and isinstance(holder.get(path[-1]), list):
        # What stays in a list keeps its comments.
        _change_list(holder[path[-1]], value)
    else:
        holder[path[-1]] = value
    return _text(yaml, whole)


def removed(text: str, path: tuple[str, ...]) -> str:
    """Return the text without the value at a path of keys, which must be there."""
    yaml = _yaml(text)
    whole = _load(yaml, text)
    del _holder(whole, path)[path[-1]]
    return _text(yaml, whole)


def _yaml(text: str) -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 4096
    # Lists stand as far in as the first one does.
    found = re.search(r"^( *)[^\s#-][^\n]*:[ ]*\n( *)- ", text, re.MULTILINE)
    offset = len(found[2]) - len(found[1]) if found else 2
    yaml.indent(mapping=2, sequence=offset + 2, offset=offset)
    return yaml


def _load(yaml: YAML, text: str) -> Any:  # noqa: ANN401 - a mapping of ruamel's, of any values
    try:
        value = yaml.load(text)
    except YAMLError as error:
        raise NoYamlError(str(error)) from error
    if not isinstance(value, dict):
        raise NoYamlError("it holds no mapping")
    return value


def _holder(whole: Any, path: tuple[str, ...]) -> Any:  # noqa: ANN401 - likewise
    for key in path[:-1]:
        whole = whole[key]
    return whole


def _change_list(there: list[Any], wanted: list[Any]) -> None:
    for item in [item for item in there if item not in wanted]:
        there.remove(item)
    for place, item in enumerate(wanted):
        if place >= len(there) or there[place] != item:
            there.insert(place, item)
    del there[len(wanted) :]


def _text(yaml: YAML, whole: object) -> str:
    out = io.StringIO()
    yaml.dump(whole, out)
    return out.getvalue()
