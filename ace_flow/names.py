"""Names: their cases and plurals, what may be one, and the nearest of several."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

from ace_flow.plurals import amplify_plural
from ace_flow.regexes import regex

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    # How a name and another are alike, and the text that they then have in common.
    Form: TypeAlias = tuple[str, str]

PATTERN_NAME = regex(r"[a-z][a-z0-9_-]{0,63}")
MODEL_NAME = regex(r"[A-Z][A-Za-z0-9]{0,49}")
FIELD_NAME = regex(r"(?!__)[A-Za-z_][A-Za-z0-9_]{0,63}")
ENUM_VALUE = regex(r"(?!__)[A-Za-z_][A-Za-z0-9_]{0,63}")
COMPONENT_NAME = regex(r"[A-Z][A-Za-z0-9]{0,63}")
FUNCTION_NAME = regex(r"[A-Za-z][A-Za-z0-9_]{0,63}")
STORAGE_NAME = regex(r"[A-Za-z]{1,32}")
GROUP_NAME = regex(r"[A-Za-z0-9_.:@+=-]{1,128}")
CLAIM_NAME = regex(r"[A-Za-z0-9_.:@+=/-]{1,128}")
INDEX_NAME = regex(r"[A-Za-z0-9_.-]{3,255}")

# Members every JavaScript object inherits: the schema builder looks fields up by name and
# takes these for its own methods.
OBJECT_MEMBERS = frozenset(
    {
        "__proto__",
        "constructor",
        "hasOwnProperty",
        "isPrototypeOf",
        "propertyIsEnumerable",
        "toLocaleString",
        "toString",
        "valueOf",
    }
)
GRAPHQL_SCALARS = frozenset({"Boolean", "Float", "ID", "Int", "String"})
APPSYNC_SCALARS = frozenset(
    {
        "AWSDate",
        "AWSDateTime",
        "AWSEmail",
        "AWSIPAddress",
        "AWSJSON",
        "AWSPhone",
        "AWSTime",
        "AWSTimestamp",
        "AWSURL",
    }
)
# Amplify has these for SQL databases, and defines them everywhere.
SQL_SCALARS = frozenset({"BigInt", "Double"})
ROOT_TYPES = frozenset({"Mutation", "Query", "Subscription"})
RESERVED_TYPES = GRAPHQL_SCALARS | APPSYNC_SCALARS | SQL_SCALARS | ROOT_TYPES
# The types that Amplify makes once, for all models.
SHARED_TYPES = frozenset(
    {
        "ModelAttributeTypes",
        "ModelBooleanInput",
        "ModelFloatInput",
        "ModelFloatKeyConditionInput",
        "ModelIDInput",
        "ModelIDKeyConditionInput",
        "ModelIntInput",
        "ModelIntKeyConditionInput",
        "ModelSizeInput",
        "ModelSortDirection",
        "ModelStringInput",
        "ModelStringKeyConditionInput",
        "ModelSubscriptionBooleanInput",
        "ModelSubscriptionFloatInput",
        "ModelSubscriptionIDInput",
        "ModelSubscriptionIntInput",
        "ModelSubscriptionStringInput",
    }
)
# The filter inputs that Amplify derives from every model have these keys.
RESERVED_FIELDS = frozenset({"and", "not", "or"}) | OBJECT_MEMBERS
RESERVED_ENUM_VALUES = frozenset({"false", "null", "true"})
# What JavaScript does not take for a constant's name.
JAVASCRIPT_WORDS = frozenset(
    {
        *("arguments", "await", "break", "case", "catch", "class", "const", "continue"),
        *("debugger", "default", "delete", "do", "else", "enum", "eval", "export", "extends"),
        *("false", "finally", "for", "function", "if", "implements", "import", "in"),
        *("instanceof", "interface", "let", "new", "null", "package", "private", "protected"),
        *("public", "return", "static", "super", "switch", "this", "throw", "true", "try"),
        *("typeof", "undefined", "var", "void", "while", "with", "yield", "Infinity", "NaN"),
    }
)
WINDOWS_DEVICES = frozenset(
    {"aux", "con", "nul", "prn"} | {f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10)}
)

# A short name has another name beside it too easily; groups have at most 128 characters.
_SHORTEST_TYPO, _LONGEST_TYPO = 5, 128
# How many names a hint lists when none of them comes close.
_FEW = 25
# The last word of a name that is read from its end.
_LAST_WORD = (regex(r"[a-z0-9]*[A-Z]?"), regex(r"[A-Z0-9]*"))
# Words that labels write in capitals, however they are written in names.
_ACRONYMS = frozenset({"api", "id", "ip", "seo", "sku", "url"})
_CAPITALS = regex(r"[A-Z][A-Z0-9]")
_WORD = regex(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z0-9]+|[A-Z0-9]+")


def words(name: str) -> list[str]:
    """Split a name in any case into its words: `dataSourceID` gives data, Source, ID."""
    return _WORD.findall(name)


def table_variable(model: str) -> str:
    """Return the variable that tells a function the name of a model's table."""
    return "_".join([*words(model), "table"]).upper()


def plain(text: str) -> str:
    """Return a text in ASCII, its letters without accents, or none when it has others."""
    letters = unicodedata.normalize("NFKD", text.replace("ß", "ss"))
    bare = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return bare if bare.isascii() else ""


def pascal(name: str) -> str:
    """Return `name` in PascalCase."""
    return "".join(word[:1].upper() + word[1:] for word in words(name))


def camel(name: str) -> str:
    """Return `name` in camelCase; a leading acronym becomes lower case as a whole."""
    first, *rest = words(name) or [""]
    head = first.lower() if first.isupper() else first[:1].lower() + first[1:]
    return head + "".join(word[:1].upper() + word[1:] for word in rest)


def kebab(name: str) -> str:
    """Return `name` in kebab-case."""
    return "-".join(word.lower() for word in words(name))


def title(name: str) -> str:
    """Return `name` as a title: `DataSource` gives `Data Source`."""
    return " ".join(word[:1].upper() + word[1:] for word in words(name))


def label(name: str) -> str:
    """Return `name` as a form label: `dataSourceId` gives `Data source ID`."""
    parts = [
        word.upper() if word.lower() in _ACRONYMS or _is_acronym(word) else word.lower()
        for word in words(name)
    ]
    text = " ".join(parts)
    return text[:1].upper() + text[1:] or name


def in_sentence(text: str) -> str:
    """Return a label as it stands in a sentence: with a small letter, unless it is an acronym."""
    return text if _CAPITALS.match(text) else text[:1].lower() + text[1:]


def _is_acronym(word: str) -> bool:
    return word.isupper() and len(word) > 1


def plural(name: str) -> str:
    """Return the English plural of a name's last word, in the same case.

    Serves titles, helpers and inverse relations; Amplify takes a whole name for one word.
    """
    hits = [word.match(name[::-1]) for word in _LAST_WORD]
    start = len(name) - max(hit.end() for hit in hits if hit)
    head, last = name[:start], name[start:]
    if last.isupper():
        return f"{name}s"
    return head + amplify_plural(last) if last else name


def enum_name(owner: str, field: str) -> str:
    """Return the name that Amplify gives the inline enum of a field."""
    return f"{owner}{field[:1].upper()}{field[1:]}"


def query_name(model: str, keys: Iterable[str]) -> str:
    """Return the name that Amplify gives the query of an index without one."""
    return f"list{model}By{joined_keys(keys)}"


def index_name(model: str, keys: Iterable[str]) -> str:
    """Return the name that Amplify gives an index without one: `ordersByStatusAndDueDate`."""
    many = amplify_plural(model)
    return f"{many[:1].lower()}{many[1:]}By{joined_keys(keys)}"


def joined_keys(keys: Iterable[str]) -> str:
    """Return the fields of an index as Amplify joins them in names: `StatusAndDueDate`."""
    return "And".join(f"{name[:1].upper()}{name[1:]}" for name in keys)


def normal(name: str) -> str:
    """Return the form in which pattern names are compared: `-` and `_` are alike."""
    return name.replace("-", "_")


def nearest(name: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate that reads most like `name`, or None when none comes close."""
    import difflib  # noqa: PLC0415 - only where something is spelt wrong

    known = {candidate.lower(): candidate for candidate in candidates}
    hits = difflib.get_close_matches(name.lower(), known, n=1, cutoff=0.6)
    return known[hits[0]] if hits else None


def forms(name: str) -> tuple[list[Form], list[Form]]:
    """Return by what a name is known, and by what those that read like it are.

    Those differ from it in case, separators, a plural, or one letter too many or misplaced.
    """
    text = "".join(words(name)).lower().removesuffix("s")
    same = [("", text)]
    if not _SHORTEST_TYPO <= len(text) <= _LONGEST_TYPO:
        return [*same], [*same, ("longer", text)]
    pairs = range(len(text) - 1)
    turned = [(f"turned at {cut}", _sorted_at(text, cut)) for cut in pairs]
    shorter = [text[:cut] + text[cut + 1 :] for cut in range(len(text))]
    shorter = [item for item in shorter if len(item) >= _SHORTEST_TYPO]
    own = [*same, *turned, *(("longer", item) for item in shorter)]
    return own, [*same, *turned, ("longer", text), *(("", item) for item in shorter)]


def _sorted_at(text: str, cut: int) -> str:
    return text[:cut] + "".join(sorted(text[cut : cut + 2])) + text[cut + 2 :]


class Hint(Protocol):
    """A hint that is made when it is shown: of thousands of findings few are."""

    @property
    def text(self) -> str | None:
        """The hint, if there is any."""


class Suggestion(NamedTuple):
    """A hint that names the candidate nearest to `name`; to compare texts is slow."""

    name: str
    candidates: Collection[str]

    @property
    def text(self) -> str | None:
        """The nearest candidate as a question, else all of them when they are few."""
        options = sorted(set(self.candidates))
        if hit := nearest(self.name, options):
            return f"did you mean `{hit}`?"
        return f"one of: {', '.join(options)}" if 0 < len(options) <= _FEW else None
