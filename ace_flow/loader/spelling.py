"""What was probably meant by a type of a field that there is not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from ace_flow.model.data import FIELD_TYPES, RELATION_TYPES
from ace_flow.names import Suggestion, nearest
from ace_flow.regexes import regex

if TYPE_CHECKING:
    from ace_flow.source import Node

# What other languages, databases and forms call types, in lower case without separators. A whole
# number of more than 32 bits is none of GraphQL's integers.
_SYNONYMS = {
    word: kind
    for kind, words in {
        "belongsTo": "foreignkey manytoone reference relation relationship",
        "boolean": "bool checkbox flag",
        "datetime": "instant timestamptz",
        "email": "mail",
        "enum": "choice options select",
        "float": "bigint currency decimal double int64 long money number numeric price real",
        "hasMany": "onetomany",
        "hasOne": "onetoone",
        "id": "guid objectid uid uuid",
        "integer": "int int32 short smallint",
        "ipAddress": "inet ip ipv4 ipv6",
        "json": "any dict hash jsonb map object record struct",
        "phone": "phonenumber tel telephone",
        "string": "char longtext markdown str text varchar",
        "url": "href link uri website",
    }.items()
    for word in words.split()
}

_TYPES = FIELD_TYPES | RELATION_TYPES
_LISTS = frozenset({"array", "list", "set"})
_FILES = frozenset({"attachment", "binary", "blob", "file", "image", "photo", "picture", "upload"})
_LIST_OF = regex(r"(?:array|list|set)<(.+)>|(.+)\[\]|\[(.+)\]", re.IGNORECASE)


class TypeHint(NamedTuple):
    """A hint for the type `said` of a field in `document`, made when it is shown."""

    said: str
    document: Node

    @property
    def text(self) -> str | None:
        """What to write, where that is known, else all types."""
        listed = _LIST_OF.fullmatch(self.said.removesuffix("!"))
        item = next(filter(None, listed.groups())) if listed else self.said
        written = self._written(item.rstrip("!?"), is_list=listed is not None)
        if written in _TYPES and not self.said.endswith("!"):
            return f"did you mean `{written}`?"
        if written:
            required = ", required: true" if self.said.endswith("!") else ""
            return f"write `type: {written}{required}`"
        word = _plain(self.said)
        if word in _LISTS:
            return "write the type of the items, and `array: true`"
        if word in _FILES:
            return "write `type: string`, for the path of the file in the storage"
        return Suggestion(self.said, _TYPES).text

    def _written(self, word: str, *, is_list: bool) -> str | None:
        """Return what to write after `type: ` for a word."""
        models, types = self._declared()
        kind: str | None = word
        if word not in models | types:
            kind = _SYNONYMS.get(_plain(word))
            if kind is None and _plain(word) not in _LISTS | _FILES:
                kind = nearest(word, sorted(_TYPES | models | types))
        if kind in models:
            return f"{'hasMany' if is_list else 'belongsTo'}, model: {kind}"
        more = ", array: true" if is_list and kind not in RELATION_TYPES else ""
        return f"ref, ref: {kind}{more}" if kind in types else kind and f"{kind}{more}"

    def _declared(self) -> tuple[set[str], set[str]]:
        """Return the names of the document's models, and of its types and enums."""
        top = self.document.mapping
        data = top["schema"].mapping if "schema" in top else {}
        lists = (top.get("models"), top.get("additional_models"), data.get("models"))
        models = {item.text("name") for node in lists if node for item in node.items}
        types = {item.text("name") for item in data["types"].items} if "types" in data else set()
        enums = set(data["enums"].mapping) if "enums" in data else set()
        return models - {""}, (types | enums) - {""}


def _plain(word: str) -> str:
    return re.sub("[^a-z0-9]", "", word.lower())
