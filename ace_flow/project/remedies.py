"""What each change of tables does where they are deployed, and the safe way to the same end."""

from __future__ import annotations

from typing import NamedTuple


class Remedy(NamedTuple):
    """What happens to the data, and what to do instead, in order."""

    effect: str
    steps: tuple[str, ...] = ()


_COPY = (
    "keep a copy first: aws dynamodb create-backup --table-name TABLE --backup-name before; "
    "the names of tables begin as said here: aws dynamodb list-tables"
)
_BESIDE = (
    _COPY,
    "add a model beside it that is as you want it, and deploy that",
    "copy the records by a script, then let pages and functions use the new model",
    "remove the old model in a later release",
)
_NEW_FIELD = (
    "keep the old field, and add the new one under another name without `required`; deploy that",
    "copy the values by a script, then let pages and functions use the new field",
    "remove the old field in a later release",
)
_TWO_INDEXES = (
    "add the new index beside the old one, under another name, and deploy that",
    "let pages and functions ask by the new one; remove the old one in a later release",
)

# What is refused, the worst first.
REFUSED: dict[str, Remedy] = {
    "table-dropped": Remedy(
        "the table is deleted, with all its records",
        (
            _COPY,
            "if the model only has another name now, say so: `renamed_from` keeps its table",
            "else take it off pages and functions first, and remove it in a later release",
        ),
    ),
    "table-renamed": Remedy(
        "a new and empty table takes the place of the old one, which is deleted with its records",
        ("`renamed_from` with the name of the table keeps it: leave that in the pattern",),
    ),
    "key-changed": Remedy(
        "the table is deleted and made anew, empty: DynamoDB cannot change the key of a table",
        _BESIDE,
    ),
    "key-type-changed": Remedy(
        "the table keeps the old type of its key: no record can be found or written any more",
        _BESIDE,
    ),
    "field-renamed": Remedy(
        "the values stay in the table under the old name, where nothing reads them",
        _NEW_FIELD,
    ),
    "field-dropped": Remedy(
        "the values stay in the table, where nothing reads them",
        (
            "copy out what you still need",
            "take the field off pages and functions first, and remove it in a later release",
            "to see the values again, add the field again with the type that it had",
        ),
    ),
    "type-changed": Remedy(
        "values that are there are not of the new type: reading or finding them fails",
        _NEW_FIELD,
    ),
    "value-required": Remedy(
        "records without a value can no longer be read; a default is given to new records only",
        (
            "add it without `required`, and deploy that",
            "give every record a value by a script",
            "make it required in a later release",
        ),
    ),
    "value-dropped": Remedy(
        "records that hold the value can no longer be read",
        (
            "keep the value, and write another one into the records that hold it, by a script",
            "remove it in a later release, when no record holds it",
        ),
    ),
    "relation-retargeted": Remedy(
        "the keys that records hold are those of another model",
        (
            "add a relation under another name, with a key of its own, and deploy that",
            "fill in the new keys by a script, then let pages and functions use them",
            "remove the old relation in a later release",
        ),
    ),
    "relation-narrowed": Remedy(
        "where several records belong to one, only one of them is shown",
        ("see to it that no record has more than one, then allow the change",),
    ),
    "index-dropped": Remedy(
        "records stay, but what still asks by the index fails as soon as this is deployed",
        (
            "let pages and functions ask in another way first, and deploy that",
            "remove the index in a later release, when no app that people have open asks by it",
        ),
    ),
    "index-changed": Remedy(
        "the index is deleted and built anew; until that is done, asking by it fails",
        _TWO_INDEXES,
    ),
    "index-renamed": Remedy(
        "the index is deleted, and built anew under the other name",
        ("if it is a relation's: `renamed_from` on the relation keeps its index", *_TWO_INDEXES),
    ),
    "index-incomplete": Remedy(
        "records that are there are not in the index: several sort keys are joined into one "
        "value when a record is written",
        (
            "add the index, and allow the change; deploy that",
            "update every record by a script, with all fields of the index",
            "let pages and functions ask by the index in a later release",
        ),
    ),
    "several-indexes": Remedy(
        "indexes are built one after the other, and a deployment waits for an hour: when that is "
        "not enough, it fails and may not roll back",
        ("add one index per table and deployment",),
    ),
    "ttl-moved": Remedy(
        "the deployment fails: a table that expires by one field cannot expire by another at once",
        ("remove `ttl`, and deploy that", "state the other field after an hour or more"),
    ),
}

# What is only said.
NOTES: dict[str, Remedy] = {
    "sandbox-replaces": Remedy(
        "`ampx sandbox` deletes a table whose indexes change and makes it anew, empty; "
        "branches keep their records"
    ),
    "ttl-added": Remedy("DynamoDB deletes what has expired, of the records that are there, too"),
    "ttl-removed": Remedy("records no longer expire; DynamoDB takes up to an hour for the change"),
}
