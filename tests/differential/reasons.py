"""Why ace refuses what Amplify accepts: a code, what its message says, and the reason.

Whatever ace refuses alone has all of its findings in this list.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from ace_flow.diagnostics import Diagnostic


class Reason(NamedTuple):
    code: str
    message: str
    why: str


REASONS = (
    Reason("ACE102", "cannot be a value", "Names have at most 64 letters, as those of fields."),
    Reason("ACE104", "is (less|more) than", "The API would set a value that it itself refuses."),
    Reason("ACE104", "is (shorter|longer) than", "The API would set a value it itself refuses."),
    Reason("ACE104", "whole number", "Amplify reads the digits at the start and drops the rest."),
    Reason("ACE104", "must be a number", "Amplify reads a text as the number it begins with."),
    Reason("ACE104", "must be text", "Amplify would make `1.10` the text 1.1: quotes say which."),
    Reason("ACE104", "must be true or false", "A text in quotes is no boolean."),
    Reason("ACE104", '"https://', "An address that is no web page runs code, or leads nowhere."),
    Reason("ACE105", "read as code", "AppSync would run it when a record is created."),
    Reason("ACE106", "no integer is", "The API would refuse every value."),
    Reason("ACE106", "only a belongsTo can be required", "Amplify would not know of it."),
    Reason("ACE106", "a manyToMany keeps", "The key would be ignored."),
    Reason("ACE106", "only .* ha(s|ve)", "The key would be ignored."),
    Reason("ACE106", "`pattern`", "Browsers and AppSync read the expression differently."),
    Reason("ACE106", "a custom type do not take it", "Amplify does not see it."),
    Reason("ACE106", "Amplify ignores it", "Amplify does not see it."),
    Reason("ACE108", "within each", "No value could ever hold one."),
    Reason("ACE110", "cannot name a model or type", "Files and functions are called like it."),
    Reason("ACE110", "cannot name an enum", "Enums share their names with models and types."),
    Reason("ACE110", "cannot name a field", "Names that begin with `__` are GraphQL's own."),
    Reason("ACE110", "cannot name a (group|claim)", "AppSync would read it as code."),
    Reason("ACE111", "reserved: (GraphQL|JavaScript)", "It would hide what there is already."),
    Reason("ACE111", "Windows", "Windows can have no file of that name."),
    Reason("ACE111", "Amplify keeps", "Amplify writes a date, or the key, into the field."),
    Reason(
        "ACE112",
        "would be called",
        "One of the two would silently replace the other.",
    ),
    Reason("ACE130", "needs either|takes only one", "One of the two would be ignored."),
    Reason("ACE130", "takes no", "The key would be ignored."),
    Reason(
        "ACE130", "two rules for the same people", "At a field the last one would win silently."
    ),
    Reason("ACE131", "to hold who may use", "Nobody could be compared with the value."),
    Reason("ACE136", "nobody may create", "The API would refuse every new record."),
    Reason("ACE140", "has no field", "Amplify silently leaves out the index."),
    Reason("ACE140", "cannot be part of a key", "DynamoDB keeps no such keys."),
    Reason("ACE140", "is the key of", "The table itself is sorted by it."),
    Reason("ACE140", "a field twice", "Amplify silently leaves out the index, or a key of it."),
    Reason("ACE142", "DynamoDB allows", "The table cannot be created."),
    Reason("ACE141", "cannot name a query", "Amplify checks names only where the index exists."),
    Reason("ACE141", "cannot name an index", "Amplify checks names only where the index exists."),
    Reason("ACE143", "has no field", "Amplify takes any name; the table has then no key."),
    Reason("ACE143", "cannot be part of a key", "DynamoDB keeps no such keys."),
)


def reason(finding: Diagnostic) -> Reason | None:
    """Return why ace refuses on purpose what the finding is about."""
    return next(
        (
            reason
            for reason in REASONS
            if reason.code == finding.code and re.search(reason.message, finding.message)
        ),
        None,
    )
