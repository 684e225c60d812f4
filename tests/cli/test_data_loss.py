"""Changes of a pattern that lose data where its tables are deployed."""

from __future__ import annotations

import json
import re

import pytest

TABLES = ".ace-flow/tables.json"
HELP = (
    "help: what is deployed cannot be known here; "
    "if nothing is, or the data may go: --allow-data-loss\n"
)
ORDER = """\
name: shop
schema:
  enums: {Level: [low, high]}
  types:
    - {name: Address, fields: [{name: street, type: string}, {name: zip, type: integer}]}
  models:
    - name: Customer
      fields: [{name: name, type: string}]
    - name: Order
      fields:
        - {name: total, type: integer}
        - {name: state, type: enum, values: [open, paid]}
        - {name: level, type: ref, ref: Level}
        - {name: to, type: ref, ref: Address}
        - {name: until, type: timestamp}
        - {name: at, type: timestamp}
        - {name: customer, type: belongsTo, model: Customer}
      indexes: [{field: state, name: byState}]
      ttl: until
"""
TOTAL = "{name: total, type: integer}"
INDEX = "{field: state, name: byState}"
CUSTOMER = "{name: customer, type: belongsTo, model: Customer}"
CUSTOMERS = "[{name: name, type: string}]"


@pytest.fixture
def change(write, cli):
    """Generate the pattern, replace some of it, and generate it again."""

    def apply(*pairs: tuple[str, str], options: tuple[str, ...] = ()):
        write("shop.yml", ORDER)
        assert cli("generate", "shop.yml", "-o", "app").code == 0
        text = ORDER
        for old, new in pairs:
            assert old in text
            text = text.replace(old, new)
        write("shop.yml", text)
        return cli("generate", "shop.yml", "-o", "app", *options)

    return apply


def heads(text: str) -> list[str]:
    """Return the lines with what is said to happen, each with where and how."""
    return [line for line in text.splitlines() if re.match(r"(error|warning|note)\[|  \S+: ", line)]


# What is said of each code.
EFFECTS = {
    "field-dropped": ("the values stay in the table, where nothing reads them"),
    "field-renamed": ("the values stay in the table under the old name, where nothing reads them"),
    "value-required": (
        "records without a value can no longer be read; a default is given to new records only"
    ),
    "value-dropped": ("records that hold the value can no longer be read"),
    "type-changed": (
        "values that are there are not of the new type: reading or finding them fails"
    ),
    "index-changed": (
        "the index is deleted and built anew; until that is done, asking by it fails"
    ),
    "sandbox-replaces": (
        "`ampx sandbox` deletes a table whose indexes change and makes it anew, empty; "
        "branches keep their records"
    ),
    "index-renamed": ("the index is deleted, and built anew under the other name"),
    "index-dropped": (
        "records stay, but what still asks by the index fails as soon as this is deployed"
    ),
    "index-incomplete": (
        "records that are there are not in the index: several sort keys are "
        "joined into one value when a record is written"
    ),
    "several-indexes": (
        "indexes are built one after the other, and a deployment waits for an hour: "
        "when that is not enough, it fails and may not roll back"
    ),
    "table-dropped": ("the table is deleted, with all its records"),
    "table-renamed": (
        "a new and empty table takes the place of the old one, which is deleted with its records"
    ),
    "relation-retargeted": ("the keys that records hold are those of another model"),
    "key-changed": (
        "the table is deleted and made anew, empty: DynamoDB cannot change the key of a table"
    ),
    "ttl-moved": (
        "the deployment fails: a table that expires by one field cannot expire by another at once"
    ),
}
NOTES = {"sandbox-replaces"}


def shown(line: str, kind: str) -> str:
    """Return a code as it is shown, with what it does; other lines are as they are."""
    kind = "note" if line in NOTES else kind
    return f"{kind}[{line}]: {EFFECTS[line]}" if line in EFFECTS else line


@pytest.mark.parametrize(
    ("pairs", "said"),
    [
        (
            [(f"        - {TOTAL}\n", "")],
            [
                "field-dropped",
                "  Order.total: it is gone",
            ],
        ),
        (
            [(TOTAL, "{name: sum, type: integer, renamed_from: total}")],
            [
                "field-renamed",
                "  Order.total: renamed to `sum`",
            ],
        ),
        *(
            (
                [(TOTAL, f"{{name: total, {new}}}")],
                [
                    "type-changed",
                    f"  Order.total: from integer to {text}",
                ],
            )
            for new, text in (
                ("type: string", "string"),
                ("type: integer, array: true", "[integer]"),
                ("type: enum, values: [few, many]", "enum(few, many)"),
            )
        ),
        (
            [(TOTAL, "{name: total, type: integer, required: true}")],
            [
                "value-required",
                "  Order.total: required from now on",
            ],
        ),
        (
            [
                (
                    TOTAL,
                    f"{TOTAL}\n        - {{name: sum, type: integer, default: 1, required: true}}",
                )
            ],
            [
                "value-required",
                "  Order.sum: new, and required",
            ],
        ),
        (
            [("[open, paid]", "[open, sent]"), ("[low, high]", "[low]")],
            [
                "value-dropped",
                "  Order.level: without `high`",
                "  Order.state: without `paid`",
            ],
        ),
        (
            [("{name: zip, type: integer}", "{name: zip, type: string}")],
            [
                "type-changed",
                "  Address.zip: from integer to string",
            ],
        ),
        (
            [(INDEX, "{field: total, name: byState}")],
            [
                "index-changed",
                "  Order.indexes.byState: from `state` to `total`",
                "sandbox-replaces",
                "  Order: its indexes change",
            ],
        ),
        (
            [(INDEX, "{field: state, name: ofState}")],
            [
                "index-renamed",
                "  Order.indexes.byState: renamed to `ofState`",
                "sandbox-replaces",
                "  Order: its indexes change",
            ],
        ),
        (
            [(f"[{INDEX}]", "[]")],
            [
                "index-dropped",
                "  Order.indexes.byState: it is gone",
                "sandbox-replaces",
                "  Order: its indexes change",
            ],
        ),
        (
            [(INDEX, f"{INDEX}, {{field: state, sort_keys: [total, until], name: both}}")],
            [
                "index-incomplete",
                "  Order.indexes.both: by `state`, `total`, `until`",
                "sandbox-replaces",
                "  Order: its indexes change",
            ],
        ),
        (
            [(INDEX, f"{INDEX}, {{field: total, name: byTotal}}, {{field: until, name: byEnd}}")],
            [
                "several-indexes",
                "  Order: builds `byTotal`, `byEnd`",
                "sandbox-replaces",
                "  Order: its indexes change",
            ],
        ),
        (
            [("    - name: Order\n", "    - name: Sale\n")],
            [
                "table-dropped",
                "  Order: its table `Order-…`; if it is called `Sale` now: `renamed_from: Order`",
            ],
        ),
        (
            [(CUSTOMERS, f"{CUSTOMERS}\n      renamed_from: Client")],
            [
                "table-renamed",
                "  Customer: its table was `Customer` and would be `Client`",
                "relation-retargeted",
                "  Order.customer: leads to Client, no longer to Customer",
                "index-renamed",
                "  Order.indexes.gsi-Customer.orders: renamed to `gsi-Client.orders`",
                "sandbox-replaces",
                "  Order: its indexes change",
            ],
        ),
        (
            [(CUSTOMERS, "[{name: name, type: id, required: true}]\n      identifier: [name]")],
            [
                "key-changed",
                "  Customer.identifier: from `id` to `name`",
                "field-dropped",
                "  Order.customerId: the key of the relation `customer` is gone",
                "index-changed",
                "  Order.indexes.gsi-Customer.orders: from `customerId` to `customerName`",
                "sandbox-replaces",
                "  Order: its indexes change",
            ],
        ),
        (
            [(f"        - {CUSTOMER}\n", "")],
            [
                "field-dropped",
                "  Order.customerId: the key of the relation `customer` is gone",
                "sandbox-replaces",
                "  Order: its indexes change",
            ],
        ),
        (
            [("ttl: until", "ttl: at")],
            [
                "ttl-moved",
                "  Order.ttl: from until to at",
            ],
        ),
    ],
)
def test_what_loses_data_is_said_and_refused(change, tree, tmp_path, cli, pairs, said):
    done = change(*pairs)
    assert (done.code, done.out) == (1, "")
    assert heads(done.err) == [shown(line, "error") for line in said]
    errors = [line for line in said if line in EFFECTS.keys() - NOTES]
    assert done.err.count("  instead:\n    1. ") == len(errors)
    assert done.err.endswith(f", where tables hold records; nothing was written\n{HELP}")
    # Nothing was written, so the same is said again.
    before = tree(tmp_path)
    again = cli("generate", "shop.yml", "-o", "app")
    assert (again.code, again.err) == (1, done.err)
    assert tree(tmp_path) == before
    allowed = cli("generate", "shop.yml", "-o", "app", "--allow-data-loss")
    assert allowed.code == 0
    assert heads(allowed.err) == [shown(line, "warning") for line in said]
    assert "instead" not in allowed.err
    assert cli("generate", "shop.yml", "-o", "app").err == ""


CHILDREN = """\
name: school
models:
  - {name: Teacher, fields: [{name: pupils, type: KIND, model: Pupil, references: [teacherId]}]}
  - name: Pupil
    identifier: [number]
    fields:
      - {name: number, type: string, required: true}
      - {name: teacherId, type: id}
      - {name: teacher, type: belongsTo, model: Teacher, references: [teacherId]}
"""


@pytest.mark.parametrize(
    ("old", "new", "codes"),
    [
        ("KIND", "hasOne", {"relation-narrowed": "Teacher.pupils"}),
        (
            "number, type: string",
            "number, type: integer",
            {"key-type-changed": "Pupil.number"},
        ),
        ("number, type: string", "number, type: id", {}),
        ("number, type: string", "number, type: email", {"type-changed": "Pupil.number"}),
        (
            "name: pupils, type: KIND",
            "name: children, type: KIND",
            {"index-renamed": "Pupil.indexes.gsi-Teacher.pupils", "sandbox-replaces": "Pupil"},
        ),
        (
            "name: pupils, type: KIND",
            "renamed_from: pupils, name: children, type: KIND",
            {},
        ),
        ("name: teacher, type", "name: master, type", {}),
    ],
)
def test_keys_and_relations(write, cli, old, new, codes):
    write("school.yml", CHILDREN.replace("KIND", "hasMany"))
    assert cli("generate", "school.yml").code == 0
    write("school.yml", CHILDREN.replace(old, new).replace("KIND", "hasMany"))
    done = cli("generate", "school.yml", "--json")
    assert {item["code"]: item["path"] for item in done.json["destructive"]} == codes
    assert done.code == (1 if codes else 0)


@pytest.mark.parametrize(
    ("pairs", "notes"),
    [
        ([("name: shop", "name: shop\ndescription: It sells.")], []),
        ([(TOTAL, f"{TOTAL}\n        - {{name: note, type: string}}")], []),
        ([(TOTAL, "{name: total, type: float}")], []),
        ([("[open, paid]", "[paid, open, sent]")], []),
        (
            [
                ("values: [open, paid]", "values: [open, paid]"),
                ("type: enum, values: [open, paid]", "type: string"),
            ],
            [],
        ),
        (
            [
                (
                    "    - name: Customer\n",
                    "    - {name: Extra, fields: [{name: x, type: id}]}\n    - name: Customer\n",
                )
            ],
            [],
        ),
        ([("    - name: Order\n", "    - name: Purchase\n      renamed_from: Order\n")], []),
        (
            [
                (
                    CUSTOMER,
                    "{name: client, type: belongsTo, model: Customer, renamed_from: customer}",
                )
            ],
            [],
        ),
        ([("name: Address", "name: Place"), ("ref: Address", "ref: Place")], []),
        ([(INDEX, f"{INDEX}, {{field: total, name: byTotal}}")], ["sandbox-replaces"]),
        ([("      ttl: until\n", "")], ["ttl-removed"]),
    ],
)
def test_what_loses_nothing_is_written(change, tmp_path, pairs, notes):
    done = change(*pairs, options=("--json",))
    assert done.code == 0
    assert [item["code"] for item in done.json["destructive"]] == notes
    assert not any(item["refused"] for item in done.json["destructive"])


def test_models_and_relations_that_were_renamed_can_be_renamed_again_and_back(change, cli, write):
    assert (
        change(("    - name: Order\n", "    - name: Sale\n      renamed_from: Order\n")).code == 0
    )
    twice = ORDER.replace(
        "    - name: Order\n", "    - name: Deal\n      renamed_from: [Order, Sale]\n"
    )
    write("shop.yml", twice)
    assert cli("generate", "shop.yml", "-o", "app").code == 0
    write("shop.yml", twice.replace("[Order, Sale]", "Sale"))
    done = cli("generate", "shop.yml", "-o", "app")
    assert "  Deal: its table was `Order` and would be `Sale`\n" in done.err
    write("shop.yml", ORDER)
    done = cli("generate", "shop.yml", "-o", "app")
    assert (done.code, done.err) == (0, "")


CLUB = """\
name: club
models:
  - {name: Member, indexes: [{field: name}], fields: [
      {name: name, type: string},
      {name: groups, type: manyToMany, model: Group},
      {name: letters, type: hasMany, model: Letter}]}
  - {name: Group, fields: [{name: title, type: string}]}
  - {name: Letter, fields: [{name: x, type: string}, {name: to, type: belongsTo, model: Group}]}
"""


@pytest.mark.parametrize(
    ("old", "new"), [("Member", "Person"), ("Group", "Circle"), ("Letter", "Mail")]
)
def test_what_ace_adds_for_a_renamed_model_keeps_its_names_too(write, cli, old, new):
    """Join models, other sides, keys and indexes are called after models."""
    write("club.yml", CLUB)
    assert cli("generate", "club.yml").code == 0
    renamed = CLUB.replace(old, new)
    write("club.yml", renamed)
    assert cli("generate", "club.yml").code == 1
    write("club.yml", renamed.replace(f"- {{name: {new}", f"- {{renamed_from: {old}, name: {new}"))
    done = cli("generate", "club.yml", "--json")
    assert (done.code, done.json["destructive"]) == (0, [])


@pytest.mark.parametrize("option", ["--dry-run", "--diff"])
def test_a_dry_run_says_what_would_be_refused(change, tree, tmp_path, cli, option):
    done = change((TOTAL, "{name: total, type: string}"), options=(option,))
    assert done.code == 1
    assert "Order.total: from integer to string" in done.err
    assert "amplify/data/resource.ts" in done.out
    before = tree(tmp_path)
    allowed = cli("generate", "shop.yml", "-o", "app", option, "--allow-data-loss")
    assert allowed.code == 0
    assert "warning[type-changed]" in allowed.err
    assert tree(tmp_path) == before


def test_programs_are_told_the_same(change):
    done = change((TOTAL, "{name: total, type: string}"), options=("--json",))
    assert (done.code, done.err) == (1, "")
    assert done.json["destructive"] == [
        {
            "code": "type-changed",
            "path": "Order.total",
            "message": "from integer to string",
            "effect": (
                "values that are there are not of the new type: reading or finding them fails"
            ),
            "steps": [
                (
                    "keep the old field, and add the new one under another name without "
                    "`required`; deploy that"
                ),
                "copy the values by a script, then let pages and functions use the new field",
                "remove the old field in a later release",
            ],
            "refused": True,
        }
    ]


def test_a_project_that_knows_no_tables_learns_them(change, write, cli, tmp_path):
    write("shop.yml", ORDER)
    assert cli("generate", "shop.yml", "-o", "app").code == 0
    file = tmp_path / "app" / TABLES
    text = file.read_text()
    file.unlink()
    write("shop.yml", ORDER.replace(TOTAL, "{name: total, type: string}"))
    done = cli("generate", "shop.yml", "-o", "app")
    assert (done.code, done.err) == (0, "")
    assert file.read_text() == text.replace('"total": "integer"', '"total": "string"')


def test_a_project_without_tables_has_no_file_of_them(cli, write, tmp_path):
    write("bare.yml", "name: bare\n")
    assert cli("generate", "bare.yml", "-o", "app").code == 0
    assert not (tmp_path / "app" / TABLES).exists()


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff", b"[]", b"{", b'{"format": 2, "models": {}, "types": {}}', b'{"format": 1}']
    + [
        json.dumps(
            {"format": 1, "types": {}, "models": {"A": {"key": "id", "fields": {"x": text}}}}
        ).encode()
        for text in ("", "[string", 1)
    ],
)
def test_tables_that_cannot_be_read_stop_everything(change, cli, tree, tmp_path, content):
    change()
    (tmp_path / "app" / TABLES).write_bytes(content)
    before = tree(tmp_path)
    done = cli("generate", "shop.yml", "-o", "app")
    assert (done.code, done.out) == (3, "")
    assert f"error: {TABLES} cannot be read: " in done.err
    assert "restore it from version control" in done.err
    assert tree(tmp_path) == before
