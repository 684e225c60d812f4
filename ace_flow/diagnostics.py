"""What can be wrong, as values: findings with a code and a place, errors that carry them."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from ace_flow.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ace_flow.names import Hint
    from ace_flow.source import Span


class Severity(StrEnum):
    """How bad a finding is: an error stops the command, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


CODES: dict[str, tuple[str, str]] = {
    "ACE001": ("yaml-syntax", "The file is not well-formed YAML."),
    "ACE002": ("not-a-mapping", "A pattern is one mapping of keys to values."),
    "ACE003": ("duplicate-key", "A mapping has the same key twice."),
    "ACE004": ("alias", "Aliases and merge keys are not allowed: write the value out."),
    "ACE005": ("tag", "YAML tags are not allowed: every value is plain data."),
    "ACE006": ("key-not-text", "Keys are text."),
    "ACE007": ("too-large", "The file exceeds a limit on size, depth or number of values."),
    "ACE008": ("encoding", "The file is not UTF-8 text, or holds control characters."),
    "ACE009": ("several-documents", "A file holds one document."),
    "ACE010": ("unknown-key", "The pattern format has no such key here."),
    "ACE011": ("wrong-type", "The value is of another type than the key takes."),
    "ACE012": ("missing-key", "A required key is missing."),
    "ACE013": ("invalid-value", "The value is not one of those the key takes."),
    "ACE014": ("models-twice", "Models stand either at the top level or under `schema`."),
    "ACE015": ("duplicate-name", "Two entries of a list have the same name."),
    "ACE016": ("not-built-yet", "The format knows this key; this version cannot act on it."),
    "ACE020": ("unknown-parent", "`extends` names a pattern that cannot be found."),
    "ACE021": ("inheritance-cycle", "A pattern extends itself, directly or through others."),
    "ACE022": ("inheritance-depth", "The chain of `extends` is deeper than 64 patterns."),
    "ACE023": ("already-inherited", "`additional_…` may only add names the parents do not have."),
    "ACE024": ("parents-disagree", "Two parents give different values for the same thing."),
    "ACE025": ("invalid-reference", "`extends` takes names of patterns, and ranges of versions."),
    "ACE026": ("unknown-version", "No version of the parent is in the range asked for."),
    "ACE027": ("nothing-to-remove", "`remove` lists what is not there, or is added here."),
    "ACE030": ("unknown-parameter", "A text, or a value, is for a parameter that there is not."),
    "ACE031": ("invalid-parameter", "The parameter's name, keys or limits cannot be as they are."),
    "ACE032": ("parameter-value", "The value is none that the parameter takes."),
    "ACE033": ("missing-value", "A parameter has no value, or none to try the pattern with."),
    "ACE101": ("unknown-field-type", "The field's type is not one Amplify has."),
    "ACE102": ("enum-values", "An enum needs distinct values that are GraphQL names."),
    "ACE103": ("unknown-type", "`ref` names neither an enum nor a custom type."),
    "ACE104": ("invalid-default", "The default does not fit the field's type."),
    "ACE105": ("unsafe-default", "The default holds text that AppSync would read as code."),
    "ACE106": ("illegal-modifier", "The field's type does not take this key."),
    "ACE107": ("no-fields", "A model or type needs at least one field of its own."),
    "ACE108": ("endless-type", "A type requires itself: none can be whole, or be the first."),
    "ACE109": ("secret-in-plain-field", "A field looks as if it kept a secret as plain text."),
    "ACE110": ("invalid-name", "The name has characters that generated code cannot carry."),
    "ACE111": ("reserved-name", "GraphQL, AppSync, JavaScript or the operating system owns it."),
    "ACE112": ("name-collision", "Two things would have the same name in the generated API."),
    "ACE113": ("unknown-currency", "`currency` names neither a currency nor a field with one."),
    "ACE114": ("earlier-name", "`renamed_from` has what cannot be an earlier name of the thing."),
    "ACE120": ("unknown-model", "The model named here does not exist."),
    "ACE121": ("relation-reference", "A relation's reference field is missing or does not fit."),
    "ACE122": ("relation-inverse", "Both sides of a relation must agree."),
    "ACE130": ("authorization-rule", "The authorization rule is incomplete or contradictory."),
    "ACE131": (
        "authorization-field",
        "A rule names a field that is misspelt or cannot hold an identity.",
    ),
    "ACE132": ("public-write", "Anyone may change the data."),
    "ACE133": ("undeclared-group", "The rule names a group that is not declared, or misspelt."),
    "ACE134": ("idle-rule", "The rule permits nothing, or nothing more than a wider one."),
    "ACE135": (
        "unreadable-field",
        "A required field is closed to people who may read the rest of the record.",
    ),
    "ACE136": ("unfillable-field", "What each new record has, nobody may give it."),
    "ACE140": ("index-field", "The index names a field that cannot be a key."),
    "ACE141": ("index-name", "The index or query name is not legal or not unique."),
    "ACE142": ("too-many-indexes", "A DynamoDB table has at most 20 indexes."),
    "ACE143": ("identifier-field", "The identifier names a field that cannot be a key."),
    "ACE144": ("needed-operation", "Amplify cannot build the API without a disabled operation."),
    "ACE145": ("expiry-field", "`ttl` names a field that holds no moment in seconds."),
    "ACE150": ("unknown-service", "The service catalogue has no such service."),
    "ACE151": ("closed-service", "AWS no longer accepts new customers for the service."),
    "ACE152": ("missing-service", "The service is of no use without another one."),
    "ACE160": ("unknown-component-type", "The component type does not exist."),
    "ACE161": ("component-model", "The component names a model that does not exist."),
    "ACE162": ("disabled-operation", "The component needs an operation that its model disables."),
    "ACE163": ("nothing-to-fill-in", "The component asks a person for fields; there are none."),
    "ACE164": ("not-permitted", "The component does what no rule of its model permits."),
    "ACE165": ("nothing-to-arrange", "No model of the component has a field for its type."),
    "ACE166": ("no-path-of-files", "The component has no path of files that users may use."),
    "ACE167": ("component-query", "The component cannot take its records from that query."),
    "ACE168": ("component-audience", "The component is for people who may not use it."),
    "ACE169": ("component-own", "The component cannot find the user's own record."),
    "ACE170": ("missing-template", "A file that the pattern names cannot be found."),
    "ACE171": ("unsafe-path", "The path leaves its folder or is no portable file name."),
    "ACE172": (
        "replaces-checked-file",
        "The template replaces a file that ace would have checked.",
    ),
    "ACE173": ("template-error", "The template cannot be rendered."),
    "ACE181": ("unnamed-hooks", "Modules lie beside the pattern that it does not name."),
    "ACE182": ("hook-language", "The file is no module that can be run as hook or generator."),
    "ACE183": ("generators-not-run", "The pattern is checked without what its generators make."),
    "ACE184": ("hidden-pattern", "A pattern of yours hides another of the same name."),
    "ACE190": ("completed", "The tool added what Amplify demands (said with --strict)."),
    "ACE200": ("type-paths", "So many relations that TypeScript takes minutes, or gives up."),
    "ACE201": ("stack-resources", "A CloudFormation stack would exceed 500 resources."),
    "ACE210": ("operation-name", "The operation would have a name that is taken in the API."),
    "ACE211": ("operation-target", "An operation or AI route names what does not exist."),
    "ACE212": ("operation-rule", "Operations take fewer authorization rules than models."),
    "ACE213": ("operation-shape", "An operation lacks a part, or has one that it does not take."),
    "ACE214": ("unsafe-prompt", "The text for an AI model holds what Amplify would replace."),
    "ACE215": ("button", "The button is on no record that the mutation could take."),
    "ACE216": ("maker", "The mutation cannot be how records of that model are created."),
    "ACE220": ("function-variable", "The environment variable's name is not legal or not unique."),
    "ACE221": ("function-schedule", "The schedule is none that Amplify reads, or cannot be kept."),
    "ACE222": ("function-trigger", "Nothing runs the function, or several kinds of things do."),
    "ACE223": ("function-access", "The function may use what there is not."),
    "ACE230": ("user-attribute", "Amazon Cognito has no such user attribute, or it takes less."),
    "ACE231": ("sign-in", "Nobody could sign in that way."),
    "ACE240": ("storage-path", "Amplify's storage does not take the path beside the others."),
    "ACE241": ("storage-rule", "The rule for files is incomplete or contradictory."),
    "ACE242": ("storage-group", "The path of files is closed to the members of a group."),
    "ACE300": ("script-event", "`hooks.yml` names an event that there is not."),
    "ACE301": ("idle-script", "ace never comes to where the script would run."),
    "ACE302": ("script-key", "The script lacks a key, or has one that it does not take."),
    "ACE303": ("script-condition", "The condition of the script cannot be read."),
    "ACE304": ("built-in-script", "There is no built-in script of that name."),
    "ACE305": ("script-file", "The script names a file of the project that cannot be used."),
}


class Related(NamedTuple):
    """Another place that a finding is about, and what is there: `first defined here`."""

    span: Span
    message: str


class Diagnostic(Record, frozen=True, kw_only=True):
    """One finding: a stable code, what is wrong, where, and what would be right."""

    uncompared: ClassVar[frozenset[str]] = frozenset({"hint", "related"})
    code: str
    message: str
    span: Span | None = None
    severity: Severity = Severity.ERROR
    hint: str | Hint | None = None
    related: tuple[Related, ...] = ()

    @property
    def slug(self) -> str:
        """The code's name, e.g. `unknown-key`."""
        return CODES[self.code][0]

    @property
    def help(self) -> str | None:
        """The hint as text."""
        return self.hint if self.hint is None or isinstance(self.hint, str) else self.hint.text

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Order of the file, then of the code."""
        if self.span is None:
            return ("", 0, 0, self.code, self.message)
        return (self.span.source.name, self.span.line, self.span.column, self.code, self.message)


MAX_SHOWN = 50


def shown(findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the findings that people get to see: at most 50 in file order, errors before all."""
    everything = sorted(findings, key=lambda finding: finding.sort_key)
    if len(everything) > MAX_SHOWN:
        everything.sort(key=lambda finding: finding.severity is not Severity.ERROR)
        everything[MAX_SHOWN:] = []
        everything.sort(key=lambda finding: finding.sort_key)
    return tuple(everything)


def counted(findings: Iterable[Diagnostic]) -> str:
    """Return how many errors and warnings there are, in words."""
    kinds = [finding.severity for finding in findings]
    parts = [
        f"{number:,} {kind.value}{'' if number == 1 else 's'}"
        for kind in Severity
        if (number := kinds.count(kind))
    ]
    return " and ".join(parts) or "no findings"


class AceError(Exception):
    """Something the user can mend; `hint` says how. Raised by the library, shown by the CLI."""

    def __init__(self, message: str, *, hint: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class NotFoundError(AceError):
    """No pattern, file or revision of that name exists."""


class ConfigurationError(AceError):
    """A setting or an argument cannot be used as it is."""


class AttentionError(AceError):
    """The command did nothing because a person must decide; `paths` lists the files concerned."""

    def __init__(self, message: str, *, paths: Iterable[str] = (), hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.paths = tuple(paths)


class TrustError(AceError):
    """Code of others was to be used that nobody has trusted; `tree` is its hash."""

    def __init__(self, message: str, *, tree: str, hint: str | None = None) -> None:
        super().__init__(message, hint=hint)
        self.tree = tree


class HookError(AceError):
    """A hook or generator failed, or gave what cannot be used; `hook` is what it is called."""

    def __init__(self, hook: str, message: str, *, hint: str | None = None) -> None:
        super().__init__(f"{hook}: {message}", hint=hint)
        self.hook = hook


class ToolError(AceError):
    """A program of others failed; `tool` is its name, `code` how it ended."""

    def __init__(self, tool: str, code: int, *, hint: str | None = None) -> None:
        super().__init__(f"{tool} ended with code {code}", hint=hint)
        self.tool = tool
        self.code = code


class PatternError(AceError):
    """A pattern has errors; all findings of the phase, warnings included, in file order."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(sorted(diagnostics, key=lambda finding: finding.sort_key))
        super().__init__(counted(self.diagnostics))


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Tell whether any finding is an error."""
    return any(finding.severity is Severity.ERROR for finding in diagnostics)
