from __future__ import annotations

from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from loading import document, findings, load_text

from ace_flow.diagnostics import PatternError
from ace_flow.loader import Missing, Parent, load
from ace_flow.loader.resolver import compose

SHOP = """\
name: shop
version: 1.0.0
display_name: The shop
description: A shop.
category: commerce
complexity: low
tags: [a, b]
services: [dynamodb, s3]
schema:
  enums: {Size: [s, m]}
  models:
    - name: Product
      description: A thing.
      fields:
        - {name: title, type: string, required: true, max_length: 10}
        - {name: price, type: float, min: 0}
      authorization: [{allow: owner}]
    - name: Order
      fields: [{name: note, type: string}]
components:
  - {name: ProductForm, type: form, purpose: Enter, models: [Product]}
"""


def child(text: str, **parents: str):
    files = {f"{name}.yml": body for name, body in parents.items()} or {"shop.yml": SHOP}
    return load_text("name: child\n" + dedent(text), files).pattern


def errors(text: str, **parents: str):
    files = {f"{name}.yml": body for name, body in parents.items()} or {"shop.yml": SHOP}
    return findings("name: child\n" + dedent(text), files)


def named(name: str, *lines: str) -> str:
    return "\n".join((f"name: {name}", *lines, ""))


def test_a_child_has_everything_of_its_parent_but_what_the_parent_says_of_itself():
    parent, pattern = load_text(SHOP).pattern, child("extends: shop\n")
    assert (pattern.models, pattern.components) == (parent.models, parent.components)
    assert (pattern.enums, pattern.services) == (parent.enums, parent.services)
    assert (pattern.category, pattern.complexity, pattern.tags) == ("commerce", "low", ("a", "b"))
    assert (pattern.name, pattern.display_name) == ("child", "Child")
    assert (pattern.version, pattern.description, pattern.extends) == (None, "", ("shop",))


@pytest.mark.parametrize("asked", ["my-shop", "my_shop"])
@pytest.mark.parametrize("called", ["my-shop", "my_shop"])
def test_dash_and_underscore_are_alike_in_a_name(asked, called):
    parent = SHOP.replace("name: shop", f"name: {called}")
    assert child(f"extends: {asked}\n", **{called: parent}).model("Product")


def test_models_merge_field_by_field():
    pattern = child(
        """\
        extends: shop
        schema:
          enums: {Size: [s, m, l], Color: [red]}
          models:
            - name: Product
              fields:
                - {name: title, max_length: 99}
                - {name: sku, type: id}
            - {name: Cart, fields: [{name: note, type: string}]}
        components:
          - {name: ProductForm, type: form, purpose: Change}
          - {name: CartForm, type: form, models: [Cart]}
        """
    )
    product = pattern.model("Product")
    assert product.description == "A thing."
    assert [field.name for field in product.fields] == ["title", "price", "sku"]
    title = product.member("title")
    assert (title.type, title.required, title.max_length) == ("string", True, 99)
    assert [model.name for model in pattern.models] == ["Product", "Order", "Cart"]
    assert [(enum.name, enum.values) for enum in pattern.enums] == [
        ("Size", ("s", "m", "l")),
        ("Color", ("red",)),
    ]
    form = pattern.components[0]
    assert (form.purpose, form.models) == ("Change", ("Product",))


def test_scalars_of_the_child_win_and_services_and_tags_are_united_in_order():
    pattern = child(
        "extends: shop\ncomplexity: high\ncategory: other\ntags: [c, a]\nservices: [sns, s3]\n"
    )
    assert (pattern.complexity, pattern.category) == ("high", "other")
    assert pattern.tags == ("a", "b", "c")
    assert pattern.services == ("dynamodb", "s3", "sns")


def test_a_list_that_is_one_value_is_replaced():
    pattern = child(
        """\
        extends: shop
        models:
          - {name: Product, authorization: [{allow: authenticated, operations: [read]}]}
        """
    )
    assert [rule.allow for rule in pattern.model("Product").authorization] == ["authenticated"]


def test_a_field_of_another_type_keeps_only_what_the_type_takes():
    parent = named(
        "base",
        "models:",
        "- name: A",
        "  fields:",
        "  - {name: x, type: string, required: true, max_length: 5, description: d,",
        "     authorization: [{allow: groups, groups: [hr]}]}",
    )
    pattern = child(
        "extends: base\nmodels: [{name: A, fields: [{name: x, type: integer}]}]", base=parent
    )
    field = pattern.model("A").member("x")
    assert (field.type, field.max_length) == ("integer", None)
    assert (field.required, field.description) == (True, "d")
    # Were the rules dropped, the child would open the field to everybody.
    assert [rule.groups for rule in field.authorization] == [("hr",)]


def test_another_spelling_of_a_type_is_no_other_type():
    parent = named(
        "base",
        "models:",
        "- {name: A, fields: [{name: b, type: belongsTo, model: B, required: true}]}",
        "- {name: B, fields: [{name: x, type: string}]}",
    )
    text = "extends: base\nmodels: [{name: A, fields: [{name: b, type: belongs_to}]}]"
    relation = child(text, base=parent).model("A").member("b")
    assert (relation.model, relation.required) == ("B", True)


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        ("belongsTo", "hasOne", {"model": "B"}),
        ("belongsTo", "manyToMany", {"model": "B"}),
        ("hasMany", "belongsTo", {"model": "B"}),
        ("hasMany", "has_one", {"model": "B", "references": ("k",)}),
        ("belongsTo", "string", {"required": True}),
    ],
)
def test_a_relation_of_another_type_keeps_only_what_the_type_takes(old, new, kept):
    required = ", required: true" if old == "belongsTo" else ""
    base = named(
        "base",
        f"models: [{{name: A, fields: [{{name: b, type: {old}, model: B, references: [k]",
        f"  {required}}}]}}]",
    )
    merged = compose(
        document(
            f"name: child\nextends: base\nmodels: [{{name: A, fields: [{{name: b, type: {new}}}]}}]"
        ),
        lambda name, _: Parent(name, document(base, "base.yml")),
    )
    (field,) = merged.document.mapping["schema"].mapping["models"].items[0].mapping["fields"].items
    rest = {
        "model": field.text("model"),
        "references": field.texts("references"),
        "required": "required" in field.mapping,
    }
    assert {key: value for key, value in rest.items() if value} == kept


def test_a_required_relation_can_become_one_that_nothing_requires():
    parent = named(
        "base",
        "models:",
        "- {name: A, fields: [{name: b, type: belongsTo, model: B, required: true}]}",
        "- {name: B, fields: [{name: x, type: string}]}",
    )
    text = "extends: base\nmodels: [{name: A, fields: [{name: b, type: hasOne}]}]"
    assert errors(text, base=parent) == []


def test_a_component_of_another_type_keeps_its_models():
    component = child("extends: shop\ncomponents: [{name: ProductForm, type: table}]").components[0]
    assert (component.type, component.purpose, component.models) == ("table", "Enter", ("Product",))


@pytest.mark.parametrize(
    ("text", "place", "message", "meant"),
    [
        (
            "models: [{name: Product, fields: [{name: titel, max_length: 9}]}]",
            "3:42",
            "`Product.titel` is not inherited, and has no type",
            "title",
        ),
        (
            "schema: {types: [{name: Money, fields: [{name: amout, required: true}]}]}",
            "3:48",
            "`Money.amout` is not inherited, and has no type",
            "amount",
        ),
        (
            "models: [{name: product, fields: [{name: title, max_length: 9}]}]",
            "3:17",
            "`product` is not inherited, and its field `title` has no type",
            "Product",
        ),
        (
            # A field that is inherited says what is meant, though another one is new.
            "models: [{name: Prodct, fields: [{name: sku, type: id}, {name: title}]}]",
            "3:17",
            "`Prodct` is not inherited, and its field `title` has no type",
            "Product",
        ),
        (
            "models: [{name: Ordr, authorization: [{allow: owner}]}]",
            "3:17",
            "`Ordr` is not inherited, and has no fields",
            "Order",
        ),
        (
            "components: [{name: ProductFrom, purpose: Buy}]",
            "3:21",
            "`ProductFrom` is not inherited, and has no type",
            "ProductForm",
        ),
    ],
)
def test_a_change_under_a_misspelt_name_is_found_once(text, place, message, meant):
    shop = SHOP.replace(
        "  models:",
        "  types: [{name: Money, fields: [{name: amount, type: float}]}]\n  models:",
    )
    (found,) = errors(f"extends: shop\n{text}\n", shop=shop)
    assert (found.place, found.message) == (f"test.yml:{place}", message)
    assert f"did you mean `{meant}`?" in found.hint
    assert "shop.yml:" in found.related
    assert found.related.endswith(f"`{meant}` is inherited")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        # Called like nothing that is inherited.
        ("models: [{name: Product, fields: [{name: weight, max_length: 9}]}]", "ACE012"),
        ("components: [{name: Cart, model: Order}]", "ACE012"),
        ("models: [{name: Cart, fields: [{name: weight}]}]", "ACE012"),
        # A field without a type, but others with one, and none of an inherited model.
        ("models: [{name: OrderItem, fields: [{name: x, type: id}, {name: y}]}]", "ACE012"),
        ("additional_models: [{name: OrderItem, fields: [{name: y, max_length: 3}]}]", "ACE012"),
        # Called alike, and whole.
        ("models: [{name: Product, fields: [{name: titles, type: string}]}]", None),
        ("models: [{name: Products2, fields: [{name: title, type: string}]}]", None),
        ("components: [{name: ProductForms, type: list, model: Product}]", None),
    ],
)
def test_what_is_new_under_a_name_of_its_own_is_not_taken_for_a_change(text, code):
    found = errors(f"extends: shop\n{text}\n")
    assert [item.code for item in found] == ([code] if code else [])
    assert not any("inherited" in item.message for item in found)


def test_additional_entries_are_added():
    pattern = child(
        """\
        extends: shop
        additional_models: [{name: Cart, fields: [{name: note, type: string}]}]
        additional_components: [{name: CartForm, type: form, models: [Cart]}]
        """
    )
    assert [model.name for model in pattern.models] == ["Product", "Order", "Cart"]
    assert [component.name for component in pattern.components] == ["ProductForm", "CartForm"]


def test_additional_entries_may_be_handed_on():
    middle = named("middle", "extends: shop", "additional_models: [{name: Cart, fields: []}]")
    text = "extends: middle\nadditional_models: [{name: Gift, fields: []}]\n"
    pattern = child(text, shop=SHOP, middle=middle)
    assert [model.name for model in pattern.models] == ["Product", "Order", "Cart", "Gift"]


@pytest.mark.parametrize(
    ("key", "entry", "points_to"),
    [
        ("additional_models", "{name: Order, fields: []}", "`models`"),
        ("additional_components", "{name: ProductForm, type: form}", "`components`"),
    ],
)
def test_an_additional_entry_with_a_name_of_the_parent_is_refused(key, entry, points_to):
    (found,) = errors(f"extends: shop\n{key}: [{entry}]\n")
    assert found.code == "ACE023"
    assert found.place.startswith("test.yml:3:")
    assert "shop.yml:" in found.related
    assert points_to in found.hint


def test_a_name_twice_in_a_list_is_refused():
    (found,) = findings("name: a\nmodels:\n- {name: A, fields: []}\n- {name: A, fields: []}\n")
    assert (found.code, found.place) == ("ACE015", "test.yml:4:10")


def test_parents_merge_left_to_right():
    left = named("left", "services: [s3]", "models: [{name: A, fields: [{name: x, type: string}]}]")
    right = named(
        "right", "services: [sns]", "models: [{name: A, fields: [{name: y, type: string}]}]"
    )
    pattern = child("extends: [left, right]\n", left=left, right=right)
    assert [field.name for field in pattern.model("A").fields] == ["x", "y"]
    assert pattern.services == ("s3", "sns")
    assert pattern.extends == ("left", "right")


BASE = named("base", "complexity: low", "models: [{name: A, fields: [{name: x, type: string}]}]")
LEFT = named("left", "extends: base", "models: [{name: A, fields: [{name: l, type: string}]}]")
RIGHT = named("right", "extends: base", "models: [{name: B, fields: [{name: r, type: string}]}]")
CHANGED = named("changed", "extends: base", "complexity: high")


def test_a_diamond_counts_once():
    pattern = child("extends: [left, right]\n", base=BASE, left=LEFT, right=RIGHT)
    assert [model.name for model in pattern.models] == ["A", "B"]
    assert [field.name for field in pattern.model("A").fields] == ["x", "l"]


@pytest.mark.parametrize("parents", ["changed, right", "right, changed", "base, changed"])
def test_who_changes_what_it_inherits_outdoes_who_only_hands_it_on(parents):
    pattern = child(f"extends: [{parents}]\n", base=BASE, changed=CHANGED, right=RIGHT)
    assert pattern.complexity == "high"


@pytest.mark.parametrize(
    ("left", "right", "path", "settled"),
    [
        ("complexity: low", "complexity: high", "complexity", "complexity: low"),
        (
            "models: [{name: A, fields: [{name: x, type: string, default: a}]}]",
            "models: [{name: A, fields: [{name: x, type: string, default: b}]}]",
            "schema.models.A.fields.x.default",
            "models: [{name: A, fields: [{name: x, default: c}]}]",
        ),
        (
            "models: [{name: A, fields: [{name: x, type: string}]}]",
            "models: [{name: A, fields: [{name: x, type: integer}]}]",
            "schema.models.A.fields.x.type",
            "models: [{name: A, fields: [{name: x, type: integer}]}]",
        ),
        (
            "models: [{name: A, fields: [{name: x, type: string, max_length: 3}]}]",
            "models: [{name: A, fields: [{name: x, type: string, max_length: 4}]}]",
            "schema.models.A.fields.x.max_length",
            "models: [{name: A, fields: [{name: x, type: integer}]}]",
        ),
        (
            "models: [{name: A, fields: [{name: x, type: id}], authorization: [{allow: owner}]}]",
            "models: [{name: A, authorization: [{allow: authenticated}]}]",
            "schema.models.A.authorization",
            "models: [{name: A, authorization: [{allow: owner}]}]",
        ),
        ("schema: {enums: {S: [a]}}", "schema: {enums: {S: [b]}}", "schema.enums.S",
         "schema: {enums: {S: [a, b]}}"),
    ],
)  # fmt: skip
def test_parents_that_disagree_are_refused_until_the_child_states_it(left, right, path, settled):
    parents = {"left": named("left", left), "right": named("right", right)}
    found = [
        item for item in errors("extends: [left, right]\n", **parents) if item.code == "ACE024"
    ]
    assert len(found) == 1
    assert f"`{path}`" in found[0].message
    assert "left.yml:2:" in found[0].related
    assert found[0].place.startswith("right.yml:2:")
    assert [
        item
        for item in errors(f"extends: [left, right]\n{settled}\n", **parents)
        if item.code == "ACE024"
    ] == []


def test_two_disagreements_are_both_reported():
    parents = {name: named(name, f"category: {name}", f"estimated_time: {name}") for name in "ab"}
    assert [item.code for item in errors("extends: [a, b]\n", **parents)] == ["ACE024"] * 2


def test_a_pattern_that_extends_itself_is_refused():
    (found,) = errors("extends: child\n")
    assert (found.code, found.place) == ("ACE021", "test.yml:2:10")
    assert "child -> child" in found.message


def test_a_circle_is_printed_as_a_chain():
    circle = {
        "a": named("a", "extends: b"),
        "b": named("b", "extends: [c]"),
        "c": named("c", "extends: a"),
    }
    (found,) = errors("extends: a\n", **circle)
    assert (found.code, found.place) == ("ACE021", "c.yml:2:10")
    assert "a -> b -> c -> a" in found.message


def test_a_circle_through_a_file_that_is_named_otherwise_is_found():
    (found,) = errors("extends: stem\n", stem=named("other", "extends: stem"))
    assert found.code == "ACE021"
    assert "other -> stem" in found.message


def test_an_unknown_parent_is_refused_with_the_nearest_name():
    (found,) = errors("extends: [shop, shpo]\n")
    assert (found.code, found.place) == ("ACE020", "test.yml:2:17")
    assert "`shop`" in found.hint


BESIDE_A_MISSING_PARENT = (
    "models: [{name: Product, fields: [{name: titel}]}]",
    "remove: {models: [Order]}",
    "additional_models: [{name: Gift, fields: [{name: x, type: id}]}]",
    "components: [{name: ProductForm, model: Product}]",
)


@pytest.mark.parametrize("line", BESIDE_A_MISSING_PARENT)
@pytest.mark.parametrize(
    ("extends", "code"),
    [("shpo", "ACE020"), ("[shop, shpo]", "ACE020"), ("shop@2", "ACE026"), ("shop@", "ACE025")],
)
def test_what_depends_on_a_missing_parent_is_not_looked_at(extends, code, line):
    assert [item.code for item in errors(f"extends: {extends}\n{line}\n")] == [code]
    # Nor is what other patterns take from that child.
    middle = named("middle", f"extends: {extends}", line)
    parents = {"shop": SHOP, "middle": middle}
    found = errors("extends: [middle, shop]\nremove: {enums: [Colour]}\n", **parents)
    assert [(item.code, item.place.split(":")[0]) for item in found] == [(code, "middle.yml")]


def test_versions_that_cannot_be_had_accuse_no_pattern_between():
    parents = {
        "shop": SHOP,
        "middle": named("middle", "extends: shop@>=1", "remove: {models: [Order]}"),
        "past": named("past", "extends: shop@<1"),
    }
    assert [item.code for item in errors("extends: [middle, past]\n", **parents)] == ["ACE026"]


def test_beside_a_missing_parent_a_document_still_has_no_name_twice():
    text = "extends: shpo\nmodels: [{name: A, fields: []}, {name: A, fields: []}]\n"
    assert [item.code for item in errors(text)] == ["ACE020", "ACE015"]


@pytest.mark.parametrize(
    "name",
    [
        *("../shop.yml", "/etc/passwd", "https://example.com/x", "shop.yml", "C:shop", "", " shop"),
        *("shop@", "shop@latest", "shop@^1.2", "shop@1.x", "@1", "a/shop@1"),
    ],
)
def test_a_parent_is_a_name_with_a_range_and_nothing_else(name):
    (found,) = errors(f"extends: '{name}'\n")
    assert (found.code, found.place) == ("ACE025", "test.yml:2:10")
    assert "shop@>=1.2,<2" in found.hint


@pytest.mark.parametrize(
    "asked", ["1.0.0", "1", "==1.0", ">=1", ">=0.9,<2", "~=1.0", "!=2", "<=1.0"]
)
def test_a_parent_of_a_version_in_the_range_is_taken(asked):
    assert child(f"extends: 'shop@{asked}'\n").models == child("extends: shop\n").models


@pytest.mark.parametrize("asked", ["2", ">1", "<1", "~=1.1", "==1.0.1", ">=1,<1.0"])
def test_a_parent_of_another_version_is_refused_with_those_there_are(asked):
    (found,) = errors(f"extends: 'shop@{asked}'\n")
    assert (found.code, found.place) == ("ACE026", "test.yml:2:10")
    assert asked in found.message
    assert "1.0.0" in found.hint


def test_a_parent_without_a_version_is_in_no_range():
    (found,) = errors("extends: bare@>=0\n", bare="name: bare\n")
    assert found.code == "ACE026"
    assert "states no `version`" in found.hint


def test_what_two_parents_build_on_must_satisfy_both():
    parents = {
        "shop": SHOP,
        "left": named("left", "extends: shop@>=1"),
        "right": named("right", "extends: shop@<1.5"),
        "future": named("future", "extends: shop@>=2"),
    }
    assert child("extends: [left, right]\n", **parents).model("Product")
    found = errors("extends: [left, future]\n", **parents)
    assert [item.code for item in found] == ["ACE026"]
    assert found[0].place == "future.yml:2:10"
    assert "left.yml:2:10: asks for `>=1`" in found[0].related


def test_another_version_is_taken_when_both_ranges_hold_it():
    # As the store does: the newest revision that is accepted.
    revisions = [f"name: base\nversion: 1.{n}.0\ntags: [v{n}]\n" for n in range(5)]
    others = {
        "left": "name: left\nextends: base@>=1.1\n",
        "right": "name: right\nextends: base@<1.3\n",
    }

    def find(name, accepts):
        if name in others:
            return Parent(name, document(others[name], f"{name}.yml"))
        found = [document(text, f"base@{n}") for n, text in enumerate(revisions)]
        fitting = [item for item in found if not accepts or accepts(item.text("version"))]
        return Parent(name, fitting[-1]) if fitting else Missing(None, ("1.0.0",))

    for order in ("left, right", "right, left", "base, left, right", "left, base, right"):
        text = document(f"name: child\nextends: [{order}]\n")
        assert load(text, find).pattern.tags == ("v2",)


@pytest.mark.parametrize(
    ("kind", "name", "gone"),
    [
        ("models", "Order", lambda pattern: pattern.model("Order") is None),
        ("components", "ProductForm", lambda pattern: not pattern.components),
        ("services", "s3", lambda pattern: pattern.services == ("dynamodb",)),
        ("tags", "a", lambda pattern: pattern.tags == ("b",)),
        ("enums", "Size", lambda pattern: not pattern.enums),
    ],
)
def test_a_child_can_remove_what_it_inherits(kind, name, gone):
    assert not gone(child("extends: shop\n"))
    assert gone(child(f"extends: shop\nremove: {{{kind}: [{name}]}}\n"))
    far = errors(f"extends: shop\nremove: {{{kind}: [{name}x]}}\n")
    assert [item.code for item in far] == ["ACE027"]
    assert name in far[0].hint


@pytest.mark.parametrize("kind", ["fields", "indexes"])
def test_nothing_can_be_removed_from_a_model_that_is_not_there(kind):
    (found,) = errors(f"extends: shop\nremove: {{{kind}: {{Prodct: [price, title]}}}}\n")
    assert (found.code, found.place) == ("ACE027", f"test.yml:3:{len(kind) + 13}")
    assert found.message == f"there is no model `Prodct` to remove {kind} from"
    assert found.hint == "did you mean `Product`?"


def test_what_is_removed_cannot_be_added_in_the_same_document():
    (found,) = errors(
        "extends: shop\nremove: {models: [Order]}\n"
        "additional_models: [{name: Order, fields: [{name: total, type: float}]}]\n"
    )
    assert (found.code, found.place) == ("ACE023", "test.yml:4:28")
    assert "`remove` comes last" in found.hint


def test_fields_and_indexes_are_removed_from_their_model():
    text = """\
        name: test
        extends: shop
        models:
          - name: Product
            indexes: [{field: title}, {field: price, name: byPrice}]
    """
    base = {"shop.yml": SHOP, "mine.yml": dedent(text).replace("name: test", "name: mine")}
    gone = load_text(
        "name: test\nextends: mine\n"
        "remove: {fields: {Product: [price]}, indexes: {Product: [byPrice, title]}}\n",
        base,
    ).pattern.model("Product")
    assert gone.member("price") is None
    assert gone.indexes == ()
    kept = load_text("name: test\nextends: mine\n", base).pattern.model("Product")
    assert len(kept.indexes) == 2


def test_an_index_of_a_child_joins_those_of_its_parent_or_changes_one():
    shop = SHOP.replace(
        "      authorization", "      indexes: [{field: title, name: byTitle}]\n      authorization"
    )
    model = "models: [{name: Product, indexes: [{field: %s}]}]\n"
    both = child("extends: shop\n" + model % "price", shop=shop).model("Product").indexes
    assert [index.field for index in both] == ["title", "price"]
    changed = child(
        "extends: shop\n" + model % "title, name: byTitle, query_field: q", shop=shop
    ).model("Product")
    assert [(index.name, index.query_field) for index in changed.indexes] == [("byTitle", "q")]


def test_what_a_document_adds_it_cannot_remove():
    found = errors("extends: shop\nservices: [ses]\nremove: {services: [ses]}\n")
    assert [item.code for item in found] == ["ACE027"]
    assert "test.yml:3:12: added here" in found[0].related


def test_a_child_may_add_what_its_parent_removed():
    parents = {"shop": SHOP, "small": named("small", "extends: shop", "remove: {models: [Order]}")}
    again = child(
        "extends: small\n"
        "additional_models: [{name: Order, fields: [{name: total, type: float}]}]\n",
        **parents,
    )
    assert [member.name for member in again.model("Order").members] == ["total"]


def test_a_removal_settles_what_parents_dispute():
    left = (
        "name: left\nmodels: [{name: A, fields: [{name: x, type: string}, {name: y, type: id}]}]\n"
    )
    right = left.replace("left", "right").replace("type: string", "type: integer")
    parents = {"left": left, "right": right}
    assert [item.code for item in errors("extends: [left, right]\n", **parents)] == ["ACE024"]
    settled = child("extends: [left, right]\nremove: {fields: {A: [x]}}\n", **parents)
    assert [member.name for member in settled.model("A").members] == ["y"]


@pytest.mark.parametrize("version", ["1.0", "1.2.0", "2026.11", "1.0.0-alpha.x", "1.10"])
def test_a_version_is_of_pep_440_or_semver(version):
    assert load_text(f"name: a\nversion: {version}\n").pattern.version == version


@pytest.mark.parametrize("version", ["newest", "9" * 5_000])
def test_anything_else_is_no_version(version):
    (found,) = findings(f"name: a\nversion: '{version}'\n")
    assert (found.code, found.place) == ("ACE013", "test.yml:2:10")


def test_a_parent_of_an_endless_version_is_in_no_range():
    shop = SHOP.replace("version: 1.0.0", f"version: {'9' * 5_000}.0.0")
    found = errors("extends: shop@>=1\n", shop=shop)
    assert [item.code for item in found] == ["ACE026"]


def test_a_chain_of_parents_has_a_limit():
    def chain(length: int) -> dict[str, str]:
        links = {f"p{n}": named(f"p{n}", f"extends: p{n + 1}") for n in range(length - 1)}
        return links | {f"p{length - 1}": SHOP.replace("shop", f"p{length - 1}")}

    assert errors("extends: p0\n", **chain(63)) == []
    (found,) = errors("extends: p0\n", **chain(70))
    assert found.code == "ACE022"
    assert "child -> p0 -> p1 -> " in found.message


def test_findings_of_all_files_come_at_once():
    found = errors(
        "extends: [bad, broken, shop]\ncomplexity: hgh\n",
        shop=SHOP,
        bad=named("bad", "models: 5"),
        broken="name: [x\n",
    )
    # What stands in the child stops it; with a sound child its parents are looked at.
    assert [item.code for item in found] == ["ACE013"]
    found = errors(
        "extends: [bad, broken, shop]\nmodels: [{name: Product}]\n",
        shop=SHOP,
        bad=named("bad", "models: 5"),
        broken="name: [x\n",
    )
    assert [item.place for item in found] == ["bad.yml:2:9", "broken.yml:1:7"]


def test_a_finding_on_something_inherited_points_into_the_file_that_says_it():
    parent = named("base", "models: [{name: A, fields: [{name: x, type: integer, default: a}]}]")
    (found,) = errors("extends: base\n", base=parent)
    assert found.place.startswith("base.yml:2:")


names = st.sampled_from(["A", "B", "C"])
fields = st.lists(
    st.tuples(st.sampled_from("xyz"), st.sampled_from(["string", "integer"])),
    max_size=3,
    unique_by=lambda item: item[0],
)
patterns = st.fixed_dictionaries(
    {
        "models": st.dictionaries(names, fields, max_size=3),
        "services": st.lists(st.sampled_from(["s3", "sns", "sqs"]), max_size=3, unique=True),
        "complexity": st.sampled_from([None, "low", "high"]),
    }
)


def written(name: str, pattern: dict, extends: list[str]) -> str:
    lines = [f"name: {name}", f"services: [{', '.join(pattern['services'])}]"]
    lines += [f"extends: [{', '.join(extends)}]"] if extends else []
    lines += [f"complexity: {pattern['complexity']}"] if pattern["complexity"] else []
    lines += ["models:"] if pattern["models"] else []
    for model, members in pattern["models"].items():
        inner = ", ".join(f"{{name: {field}, type: {kind}}}" for field, kind in members)
        lines.append(f"- {{name: {model}, fields: [{inner}]}}")
    return "\n".join((*lines, ""))


@settings(max_examples=200)
@given(own=patterns, left=patterns, right=patterns)
def test_composing_is_deterministic_and_loses_nothing_of_the_parents(own, left, right):
    parents = {"l.yml": written("l", left, []), "r.yml": written("r", right, [])}
    text = written("child", own, ["l", "r"])
    said = findings(text, parents)
    assert said == findings(text, parents)
    if "ACE024" in {item.code for item in said}:
        with pytest.raises(PatternError):
            load_text(text, parents)
        return
    loaded = load_text(text, parents)
    assert loaded == load_text(text, parents)
    for part in (left, right, own):
        assert set(part["services"]) <= set(loaded.pattern.services)
        for model, members in part["models"].items():
            held = {member.name for member in loaded.pattern.model(model).fields}
            assert {field for field, _ in members} <= held
    for model, members in own["models"].items():
        for field, kind in members:
            assert loaded.pattern.model(model).member(field).type == kind
    assert loaded.pattern.complexity == (
        own["complexity"] or right["complexity"] or left["complexity"]
    )


def test_what_one_parent_removes_another_may_not_have_changed():
    parents = {
        "shop": SHOP,
        "less": named("less", "extends: shop", "remove: {models: [Order]}"),
        "more": named(
            "more", "extends: shop", "models: [{name: Order, fields: [{name: n, type: id}]}]"
        ),
    }
    for order in ("less, more", "more, less"):
        (found,) = [
            item for item in errors(f"extends: [{order}]\n", **parents) if item.code == "ACE024"
        ]
        assert found.message == "the parents disagree about `models.Order`: one removes it"
        assert found.place.startswith("more.yml:")
        assert "less.yml:3:19: removed here" in found.related
        kept = child(f"extends: [{order}]\nmodels: [{{name: Order}}]\n", **parents)
        assert kept.model("Order").member("n")
        gone = child(f"extends: [{order}]\nremove: {{models: [Order]}}\n", **parents)
        assert gone.model("Order") is None


def test_what_is_added_again_is_not_removed_by_an_heir():
    parents = {
        "shop": SHOP,
        "less": named("less", "extends: shop", "remove: {models: [Order]}"),
        "again": named(
            "again",
            "extends: less",
            "additional_models: [{name: Order, fields: [{name: n, type: id}]}]",
        ),
    }
    for order in ("again", "again, shop", "shop, again"):
        assert child(f"extends: [{order}]\n", **parents).model("Order").member("n")


def test_fields_of_custom_types_can_be_removed():
    parents = {
        "base": "name: base\nschema: {types: [{name: T, fields: [{name: x, type: id},"
        " {name: y, type: id}]}]}\n"
    }
    gone = child("extends: base\nremove: {fields: {T: [x]}}\n", **parents)
    assert [field.name for field in gone.types[0].fields] == ["y"]


@pytest.mark.parametrize(
    ("removed", "code"),
    [
        ("models: [Order]", "ACE120"),
        ("models: [Order]", "ACE161"),
        ("fields: {Order: [total]}", "ACE140"),
        ("enums: [Size]", "ACE103"),
        ("groups: [staff]", "ACE133"),
        ("services: [lambda]", "ACE152"),
    ],
)
def test_what_is_missed_was_removed_at_a_place(removed, code):
    base = """\
name: base
services: [kinesis, lambda]
auth: {groups: [staff, others]}
schema:
  enums: {Size: [s, m]}
  models:
    - name: Order
      fields: [{name: total, type: float}, {name: title, type: string}]
      indexes: [{field: total}]
    - name: Line
      fields: [{name: order, type: belongsTo, model: Order}, {name: size, type: ref, ref: Size}]
      authorization: [{allow: groups, groups: [staff]}]
components: [{name: Orders, type: table, models: [Order]}]
"""
    assert not [item for item in findings(base) if item.code == code]
    found = [
        item
        for item in errors(f"extends: base\nremove: {{{removed}}}\n", base=base)
        if item.code == code
    ]
    assert len(found) == 1
    assert "test.yml:3:" in found[0].related
    assert "removed here" in found[0].related


OVERRIDDEN = """\
name: base
schema:
  enums: {Size: [s, m]}
  models:
    - name: A
      fields:
        - {name: size, type: ref, ref: Size, default: s}
        - {name: kind, type: enum, values: [x, y], default: x}
        - {name: text, type: string, default: long, max_length: 9}
        - {name: low, type: integer, min: 3}
        - {name: key, type: string, required: true}
      indexes: [{field: key}]
"""


@pytest.mark.parametrize(
    ("change", "code", "line", "related"),
    [
        ("enums: {Size: [l]}", "ACE104", 7, "`Size`"),
        ("models: [{name: A, fields: [{name: kind, values: [z]}]}]", "ACE104", 8, "`values`"),
        ("models: [{name: A, fields: [{name: text, type: boolean}]}]", "ACE104", 9, "`type`"),
        ("models: [{name: A, fields: [{name: text, max_length: 3}]}]", "ACE104", 9, "`max_length`"),
        ("models: [{name: A, fields: [{name: low, max: 2}]}]", "ACE106", 10, "`max`"),
        ("models: [{name: A, fields: [{name: text, array: true}]}]", "ACE106", 9, "`array`"),
        ("models: [{name: A, fields: [{name: key, type: json}]}]", "ACE140", 12, "`type`"),
        (
            "models: [{name: A, identifier: [text], fields: [{name: text, required: true}]}]",
            "ACE106",
            9,
            "`identifier`",
        ),
    ],
)
def test_what_an_override_breaks_is_found_with_the_place_of_the_override(
    change, code, line, related
):
    assert findings(OVERRIDDEN) == []
    found_all = errors(f"extends: base\nschema: {{{change}}}\n", base=OVERRIDDEN)
    assert found_all
    for found in found_all:
        assert (found.code, found.place.rsplit(":", 1)[0]) == (code, f"base.yml:{line}")
        assert found.related.startswith("test.yml:3:")
        assert found.related.endswith(f": {related} is stated here")


def test_a_ttl_that_lost_its_field_is_to_be_stated_anew():
    base = (
        "name: base\nmodels: [{name: M, ttl: until, fields: [{name: until, type: timestamp}, "
        "{name: text, type: string}]}]"
    )
    found = errors("extends: base\nremove: {fields: {M: [until]}}\n", base=base)
    assert [(item.code, item.hint) for item in found] == [("ACE145", "state another `ttl`")]


def test_who_changes_the_values_of_an_enum_is_told_to_state_a_default():
    (found,) = errors("extends: base\nschema: {enums: {Size: [l]}}\n", base=OVERRIDDEN)
    assert found.hint.startswith("state a `default` in the pattern that changes this: ")
    assert found.hint.endswith("`{name: size, default: l}`")
    stated = "[{name: A, fields: [{name: size, default: l}]}]"
    assert not errors(
        f"extends: base\nschema: {{enums: {{Size: [l]}}, models: {stated}}}\n", base=OVERRIDDEN
    )
    own = "extends: base\nmodels: [{name: A, fields: [{name: size, default: l}]}]\n"
    (found,) = errors(own, base=OVERRIDDEN)
    assert (found.hint, found.related) == ("", "")


@pytest.mark.parametrize(("name", "called"), [("", "st+t"), (", name: byState", "byState")])
def test_an_index_that_lost_a_key_is_to_be_removed_by_its_name(name, called):
    base = (
        "name: base\nmodels: [{name: M, fields: [{name: st, type: string}, {name: t, type: id}], "
        f"indexes: [{{field: st, sort_keys: [t]{name}}}]}}]\n"
    )
    (found,) = errors("extends: base\nremove: {fields: {M: [t]}}\n", base=base)
    assert found.hint == f"remove the index, too; `remove` calls it `{called}`"
    assert not errors(
        f"extends: base\nremove: {{fields: {{M: [t]}}, indexes: {{M: [{called}]}}}}\n", base=base
    )


def test_an_identifier_that_lost_a_field_is_to_be_stated_anew():
    base = (
        "name: base\nmodels: [{name: M, identifier: [k], fields: [{name: st, type: string}, "
        "{name: k, type: id, required: true}]}]\n"
    )
    found = errors("extends: base\nremove: {fields: {M: [k]}}\n", base=base)
    assert [(item.code, item.hint) for item in found] == [("ACE143", "state another `identifier`")]


def test_a_component_and_a_type_are_changed_without_repeating_them():
    base = (
        "name: base\nschema: {types: [{name: T, fields: [{name: x, type: id}]}]}\n"
        "models: [{name: A, fields: [{name: t, type: ref, ref: T}]}, "
        "{name: B, fields: [{name: x, type: id}]}]\n"
        "components: [{name: Page, type: list, models: [A]}]\n"
    )
    changed = child(
        "extends: base\nschema: {types: [{name: T, description: Two}]}\n"
        "components: [{name: Page, models: [B]}]\n",
        base=base,
    )
    (page,), (custom,) = changed.components, changed.types
    assert (page.type, page.models) == ("list", ("B",))
    assert [field.name for field in custom.fields] == ["x"]
