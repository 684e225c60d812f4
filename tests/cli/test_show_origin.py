"""`ace show-pattern --origin`: where each value of a pattern comes from."""

from __future__ import annotations

import json
import shutil
from textwrap import dedent

import pytest
from test_output import terminal

from ace_flow.loader import read_document
from ace_flow.workspace import shipped

PARENT = """\
    name: base
    category: commerce
    tags: [a, b]
    services: [s3]
    schema:
      models:
        - name: Order
          description: "A sale: #1"
          fields:
            - {name: total, type: float, min: 0.50}
            - {name: customer, type: belongsTo, model: Customer}
        - name: Customer
          fields:
            - {name: email, type: email, required: true}
            - {name: phone, type: phone}
        - {name: Product, fields: [{name: sku, type: string}]}
    """
CHILD = """\
    name: shop
    extends: base
    tags: [c]
    models:
      - name: Order
        fields:
          - {name: total, max: 9}
          - {name: status, type: enum, values: [paid], required: true, default: paid}
    components: [{name: Board, type: list}]
    remove:
      models: [Product]
      fields: {Customer: [phone]}
    """
SHOWN = """\
    name: shop                               # shop.yml:1:7
    display_name: Shop                       # completed: from the name
    category: commerce                       # base.yml:2:11
    tags:
      - a                                    # base.yml:3:8
      - b                                    # base.yml:3:11
      - c                                    # shop.yml:3:8
    services: [s3]                           # base.yml:4:11
    schema:
      enums:
        OrderStatus: [paid]                  # completed: named enum of Order.status
      models:
        - name: Order                        # shop.yml:5:11
          description: "A sale: #1"          # base.yml:8:20
          fields:
            - name: total                    # shop.yml:7:16
              type: float                    # base.yml:10:31
              min: 0.50                      # base.yml:10:43
              max: 9                         # shop.yml:7:28
            - name: customerId               # completed: foreign key of Order.customer
              type: id                       # completed: foreign key of Order.customer
            - name: customer                 # base.yml:11:18
              type: belongsTo                # base.yml:11:34
              model: Customer                # base.yml:11:52
              references: [customerId]       # completed: foreign key of Order.customer
            - name: status                   # shop.yml:8:16
              type: ref                      # completed: Amplify needs a name for such an enum
              required: true                 # shop.yml:8:62
              default: paid                  # shop.yml:8:77
              ref: OrderStatus               # completed: Amplify needs a name for such an enum
          authorization:
            - allow: owner                   # completed: a model without rules is its owner's
        - name: Customer                     # base.yml:12:13
          fields:
            - name: email                    # base.yml:14:18
              type: email                    # base.yml:14:31
              required: true                 # base.yml:14:48
            - name: orders                   # completed: other side of Order.customer
              type: hasMany                  # completed: other side of Order.customer
              model: Order                   # completed: other side of Order.customer
              references: [customerId]       # completed: other side of Order.customer
          authorization:
            - allow: owner                   # completed: a model without rules is its owner's
    components:
      - name: Board                          # shop.yml:9:21
        type: list                           # shop.yml:9:34
        models: [Order, Customer]            # completed: it names no models, nor do its name and purpose
    # extends: base                          # shop.yml:2:10
    # removed: models.Product                # shop.yml:11:12
    # removed: models.Customer.fields.phone  # shop.yml:12:23
    """  # noqa: E501 - as it is printed


@pytest.fixture
def shop(write):
    write(".ace-flow/patterns/base.yml", PARENT)
    return write("shop.yml", CHILD)


def test_each_line_says_where_its_value_comes_from(cli, shop):
    done = cli("show-pattern", "shop.yml", "--origin")
    assert (done.code, done.err) == (0, "")
    assert done.out.replace(".ace-flow/patterns/", "") == dedent(SHOWN)


def test_it_is_a_pattern_that_stands_alone(cli, shop, write):
    shown = cli("show-pattern", "shop.yml", "--origin").out
    write("again.yml", shown)
    again = cli("show-pattern", "again.yml", "--json").json["pattern"]
    before = cli("show-pattern", "shop.yml", "--json").json["pattern"]
    assert before.pop("extends") == ["base"]
    assert again == before
    twice = cli("show-pattern", "again.yml", "--origin").out
    assert read_document("a", twice.encode()).plain() == read_document("b", shown.encode()).plain()
    assert "completed" not in twice


def test_programs_get_the_pattern_and_its_origins_by_pointer(cli, shop):
    done = cli("show-pattern", "shop.yml", "--origin", "--json")
    assert (done.code, done.err) == (0, "")
    found = done.json
    text = cli("show-pattern", "shop.yml", "--origin").out
    assert found["pattern"] == read_document("a.yml", text.encode()).plain()
    base = ".ace-flow/patterns/base.yml"
    origins = found["origins"]
    assert origins["/category"] == {"file": base, "line": 2, "column": 11}
    assert origins["/tags/2"] == {"file": "shop.yml", "line": 3, "column": 8}
    assert origins["/display_name"] == {"completed": "from the name"}
    key = {"completed": "foreign key of Order.customer"}
    assert origins["/schema/models/0/fields/2/references/0"] == key
    assert "/schema/models" not in origins
    assert found["extends"] == {"base": {"file": "shop.yml", "line": 2, "column": 10}}
    assert found["removed"] == {
        "models.Product": {"file": "shop.yml", "line": 11, "column": 12},
        "models.Customer.fields.phone": {"file": "shop.yml", "line": 12, "column": 23},
    }
    assert (found["origin"], found["location"]) == ("path", "shop.yml")


def test_a_relation_of_many_to_many_says_what_became_of_it(cli, write):
    write(
        "blog.yml",
        """\
        name: blog
        schema:
          authorization: [{allow: authenticated}]
          models:
            - {name: Post, fields: [{name: tags, type: manyToMany, model: Tag}]}
            - {name: Tag, fields: [{name: label, type: string}, {name: id, type: id}]}
        """,
    )
    found = cli("show-pattern", "blog.yml", "--origin", "--json").json
    post, tag, join = found["pattern"]["schema"]["models"]
    origins = found["origins"]
    rule = {"file": "blog.yml", "line": 3, "column": 27}
    assert post["authorization"] == tag["authorization"] == [{"allow": "authenticated"}]
    assert origins["/schema/models/1/authorization/0/allow"] == rule
    (relation,) = post["fields"]
    assert relation["type"] == "hasMany"
    assert origins["/schema/models/0/fields/0/name"]["line"] == 5
    reason = {"completed": "a manyToMany is a join model"}
    assert origins["/schema/models/0/fields/0/type"] == reason
    assert origins["/schema/models/1/fields/1/required"] == {"completed": "every record has a key"}
    assert join["name"] == "PostTag"
    assert origins["/schema/models/2/name"] == {"completed": "join model of Post.tags"}
    both = {"completed": "both sides of a join model permit it"}
    assert origins["/schema/models/2/authorization/0/allow"] == both


def test_a_registered_pattern_has_its_places_in_the_store(cli, shop):
    assert cli("register-pattern", "shop.yml").code == 0
    shown = cli("show-pattern", "shop", "--origin").out
    assert "name: shop                               # store:shop@1:1:7\n" in shown
    assert "# .ace-flow/patterns/base.yml:2:11\n" in shown


def test_every_shipped_pattern_reads_back(cli, write, tmp_path):
    # The files that patterns bring lie beside them, in folders.
    for folder in (path for path in shipped("patterns").iterdir() if path.is_dir()):
        shutil.copytree(folder, tmp_path / folder.name)
    for item in cli("list-patterns", "--json").json:
        write("again.yml", cli("show-pattern", item["name"], "--origin").out)
        again = cli("show-pattern", "again.yml", "--json").json["pattern"]
        before = cli("show-pattern", item["name"], "--json").json["pattern"]
        before.pop("extends", None)
        assert again == before


@pytest.mark.parametrize("more", [(), ("--json",)])
def test_a_pattern_with_errors_has_findings_and_nothing_else(cli, write, more):
    write("bad.yml", "name: bad\nmodels: [{name: A, fields: [{name: x, type: strng}]}]\n")
    with_origin = cli("show-pattern", "bad.yml", "--origin", *more)
    assert with_origin == cli("show-pattern", "bad.yml", *more)
    assert with_origin.code == 3
    assert "ACE101" in with_origin.out + with_origin.err


def test_a_file_name_cannot_leave_its_comment(cli, shop, tmp_path):
    name = "a\nb\u202e.yml"
    (tmp_path / name).write_bytes(shop.read_bytes())
    done = cli("show-pattern", f"./{name}", "--origin")
    assert done.code == 0
    assert "# a\\nb\\u202e.yml:1:7\n" in done.out


def test_comments_are_dim_on_a_terminal_and_lines_are_never_wrapped(tmp_path, shop):
    colour = terminal(tmp_path, "show-pattern", "shop.yml", "--origin", COLUMNS="20")
    assert "category: commerce                       \x1b[2m# " in colour
    plain = terminal(tmp_path, "show-pattern", "shop.yml", "--origin", COLUMNS="20", NO_COLOR="1")
    assert plain.replace("\r\n", "\n").replace(".ace-flow/patterns/", "") == dedent(SHOWN)


def test_a_pipe_gets_no_colour(ace, shop):
    done = ace("show-pattern", "shop.yml", "--origin", TERM="xterm-256color", FORCE_COLOR="1")
    assert done.out.replace(".ace-flow/patterns/", "") == dedent(SHOWN)


def test_it_gives_the_same_application(cli, shop, write, tree, tmp_path):
    write("again.yml", cli("show-pattern", "shop.yml", "--origin").out)
    assert cli("generate", "shop.yml", "--output", "one").code == 0
    assert cli("generate", "again.yml", "--output", "two").code == 0
    one, two = tree(tmp_path / "one"), tree(tmp_path / "two")
    states = [json.loads(files.pop(".ace-flow/state.json")) for files in (one, two)]
    assert one == two
    assert [state.pop("source") for state in states] == ["../shop.yml", "../again.yml"]
    assert states[0].pop("revision") != states[1].pop("revision")
    assert states[0] == states[1]
