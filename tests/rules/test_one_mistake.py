"""One mistake is one finding, at what was written, and its help says what to write instead."""

from __future__ import annotations

from textwrap import dedent

import pytest
from loading import findings


def said(text: str) -> list[tuple[str, str, str]]:
    """Return the findings of a pattern: code, place without the file, help."""
    found = findings("name: test\n" + dedent(text))
    return [(item.code, item.place.partition(":")[2], item.hint) for item in found]


BUTTON = """\
schema:
  models: [{name: Item, fields: [{name: state, type: enum, values: [new, done]}]}]
  mutations:
  - name: act
    arguments: [{name: itemId, type: id}]
    returns: string
    handler: function
    authorization: [{allow: authenticated}]
"""
MATCHES = """\
models:
- name: Match
  fields:
  - {name: home, type: belongsTo, model: Team}
  - {name: away, type: belongsTo, model: Team}
- name: Team
  fields:
  - {name: atHome, type: hasMany, model: Match}
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # Two relations with one key.
            """\
            models:
            - name: Post
              fields:
              - {name: author, type: belongsTo, model: User, references: [authorId]}
              - {name: editor, type: belongsTo, model: User, references: [authorId]}
            - {name: User, fields: [{name: name, type: string}]}
            """,
            ("ACE122", "6:62", "give each a key of its own: name another field in `references`"),
        ),
        (  # A key that is a list: the type is right.
            """\
            models:
            - name: Comment
              fields:
              - {name: post, type: belongsTo, model: Post}
              - {name: postId, type: id, array: true}
            - {name: Post, fields: [{name: title, type: string}]}
            """,
            ("ACE121", "6:37", "remove `array`"),
        ),
        (
            """\
            models:
            - name: Comment
              fields:
              - {name: post, type: belongsTo, model: Post}
              - {name: postId, type: integer, array: true}
            - {name: Post, fields: [{name: title, type: string}]}
            """,
            ("ACE121", "6:26", "make it `type: id` and remove `array`"),
        ),
        (  # A key of two fields.
            """\
            models:
            - name: A
              identifier: [no, tenant]
              fields:
              - {name: tenant, type: string, required: true}
              - {name: no, type: integer, required: true}
            - name: B
              fields: [{name: a, type: belongsTo, model: A, references: [aNo]}]
            """,
            ("ACE121", "9:61", "name as many fields of `B`, in that order"),
        ),
        (
            """\
            models:
            - name: A
              identifier: [no]
              fields: [{name: no, type: integer, required: true}]
            - name: B
              fields: [{name: aNo, type: string}, {name: a, type: belongsTo, model: A}]
            """,
            ("ACE121", "7:30", "make it `type: integer`"),
        ),
        (  # Which of two relations is meant.
            MATCHES,
            ("ACE121", "9:12", "add `references: [homeId]` or `references: [awayId]`"),
        ),
        (
            MATCHES + "  - {name: away, type: hasMany, model: Match, references: [awayId]}\n",
            ("ACE121", "9:12", "add `references: [homeId]`"),
        ),
        (  # A key on the wrong side.
            """\
            models:
            - name: A
              fields: [{name: bs, type: hasMany, model: B, references: [bId]}]
            - name: B
              fields: [{name: a, type: belongsTo, model: A}]
            """,
            (
                "ACE122",
                "4:60",
                (
                    "if they are one, make it `references: [aId]`; else add to `B` a belongsTo `A` "
                    "with `references: [bId]`"
                ),
            ),
        ),
        (  # A misspelt key.
            """\
            models:
            - name: Kid
              fields:
              - {name: of, type: belongsTo, model: Parent, references: [parntId]}
              - {name: parentId, type: id}
              - {name: x, type: id}
            - {name: Parent, fields: [{name: kids, type: hasMany, model: Kid}]}
            """,
            ("ACE121", "5:61", "did you mean `parentId`? If not, declare `parntId`, too"),
        ),
        (  # Models that require each other, as a pair and as a ring.
            """\
            models:
            - {name: A, fields: [{name: b, type: belongsTo, model: B, required: true}]}
            - {name: B, fields: [{name: a, type: belongsTo, model: A, required: true}]}
            """,
            ("ACE108", "3:69", "make one of these relations optional"),
        ),
        (
            "models: [{name: A, fields: [{name: a, type: belongsTo, model: A, required: true}]}]",
            ("ACE108", "2:76", "make the relation optional"),
        ),
        (  # Relations in a custom type.
            """\
            schema:
              types: [{name: Money, fields: [{name: of, type: hasMany, model: A}]}]
              models: [{name: A, fields: [{name: x, type: ref, ref: Money}]}]
            """,
            ("ACE101", "3:51", "keep a key, `type: id`, or make `Money` a model"),
        ),
        (  # A model for a type, and a type for a model.
            "models: [{name: A, fields: [{name: x, type: ref, ref: A}]}]",
            ("ACE103", "2:55", "`A` is a model: write `type: belongsTo, model: A`"),
        ),
        (
            "models: [{name: A, fields: [{name: x, type: ref, model: A}]}]",
            ("ACE103", "2:36", "`A` is a model: write `type: belongsTo, model: A`"),
        ),
        (
            """\
            schema:
              enums: {Size: [s]}
              models: [{name: A, fields: [{name: x, type: belongsTo, model: Size}]}]
            """,
            ("ACE120", "4:65", "it is no model: write `type: ref, ref: Size`"),
        ),
        (
            """\
            schema:
              enums: {Size: [s]}
              models: [{name: A, fields: [{name: x, type: ref, model: Size}]}]
            """,
            ("ACE103", "4:38", "write `ref: Size`"),
        ),
        (
            "models: [{name: A, fields: [{name: x, type: ref, ref: Size}]}]",
            ("ACE103", "2:55", "add `Size` under `schema.types` or `schema.enums`"),
        ),
        (
            "models: [{name: A, fields: [{name: x, type: ref}]}]",
            ("ACE103", "2:36", "name what is declared under `schema.types` or `schema.enums`"),
        ),
        (  # Keys of records.
            """\
            models:
            - name: A
              identifier: [tenant, id]
              fields: [{name: tenant, type: string, required: true}]
            """,
            ("ACE143", "4:24", "declare it: `{name: id, type: id}`"),
        ),
        (
            """\
            models:
            - name: A
              fields: [{name: x, type: string}]
              indexes: [{field: x, sort_keys: [updatedAt]}]
            """,
            ("ACE140", "5:36", "declare it: `{name: updatedAt, type: datetime}`"),
        ),
        (
            """\
            models:
            - {name: A, fields: [{name: x, type: string}], indexes: [{field: id}]}
            """,
            ("ACE140", "3:66", "remove the index: the table itself finds records by it"),
        ),
        (  # Indexes with the same names.
            """\
            models:
            - name: A
              fields: [{name: x, type: string}]
              indexes: [{field: x}, {field: x}]
            """,
            ("ACE141", "5:33", "remove it, or add a `name` and a `query_field`"),
        ),
        (
            """\
            models:
            - name: A
              fields: [{name: x, type: string}]
              indexes: [{field: x, name: one}, {field: x, name: one}]
            """,
            ("ACE141", "5:53", "remove it, or choose another `name` and a `query_field`"),
        ),
        (
            """\
            models:
            - name: A
              fields: [{name: x, type: string}, {name: y, type: string}]
              indexes: [{field: x, name: one}, {field: y, name: one}]
            """,
            ("ACE141", "5:53", "remove it, or choose another `name`"),
        ),
        (
            """\
            models:
            - name: A
              fields: [{name: x, type: string}]
              indexes: [{field: x}, {field: x, name: one}]
            """,
            ("ACE141", "5:33", "add a `query_field`"),
        ),
        (
            """\
            models:
            - name: A
              fields: [{name: x, type: string}]
              indexes: [{field: x, query_field: all}]
            - name: B
              fields: [{name: x, type: string}]
              indexes: [{field: x, query_field: all}]
            """,
            ("ACE141", "8:37", "choose another `query_field`"),
        ),
        (  # A role of a template.
            """\
            templates: {frontnd: a.ts}
            models: [{name: A, fields: [{name: x, type: string}]}]
            """,
            ("ACE010", "2:13", "did you mean `frontend`?"),
        ),
        (  # What a button asks of a record.
            BUTTON + "    button: {model: Item, when: {stat: [new, done]}}\n",
            ("ACE215", "10:34", "did you mean `state`?"),
        ),
        (
            BUTTON + "    button: {model: Item, when: {state: [new, don]}}\n",
            ("ACE215", "10:47", "did you mean `done`?"),
        ),
        (
            BUTTON + "    button:\n      model: Item\n      when:\n        state:\n        - new\n"
            "        - true\n",
            ("ACE215", "15:11", "one of: done, new, null"),
        ),
        (  # Limits between which no integer is.
            "models: [{name: A, fields: [{name: x, type: integer, max: -3e+9}]}]",
            ("ACE106", "2:59", "integers are whole numbers from -2147483648 to 2147483647"),
        ),
    ],
)
def test_one_mistake_is_one_finding(text, expected):
    assert said(text) == [expected]


def test_a_name_that_is_taken_comes_with_the_place_where_it_is():
    indexes = (
        "indexes: [{field: x, query_field: getA}, {field: x, name: abc}, {field: x, name: abc}]"
    )
    found = findings(
        f"name: test\nmodels: [{{name: A, fields: [{{name: x, type: string}}], {indexes}}}]"
    )
    assert [item.related for item in found] == [
        "test.yml:2:17: the get query of A",
        "test.yml:2:113: the first",
    ]
