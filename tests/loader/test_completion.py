from __future__ import annotations

import pytest
from built import built
from hypothesis import given, settings
from hypothesis import strategies as st
from loading import CATALOGUE, codes, load_text
from msgspec.structs import replace

from ace_flow.loader.completion import complete
from ace_flow.model import Component, EnumType, Field, Model, Pattern, Relation
from ace_flow.rules import verify


def completed(*models: str, more: str = ""):
    """Complete models written as `Name: field, field, …` in flow style."""
    lines = []
    for model in models:
        name, _, members = model.partition(": ")
        lines.append(f"- {{name: {name}, fields: [{members}]}}")
    text = "\n".join(("name: test", "models:", *lines, more, ""))
    return load_text(text)


def shape(loaded, model: str) -> list[str]:
    """Return the members of a model, each as one text."""
    found = []
    for member in loaded.pattern.model(model).members:
        mark = "!" if member.required else ""
        if isinstance(member, Relation):
            keys = ",".join(member.references)
            found.append(f"{member.name}: {member.type} {member.model}({keys}){mark}")
        else:
            found.append(f"{member.name}: {member.ref or member.type}{mark}")
    return found


NAME = "{name: name, type: string}"


def test_a_belongs_to_gets_its_foreign_key_and_its_other_side():
    loaded = completed(f"Author: {NAME}", "Book: {name: author, type: belongsTo, model: Author}")
    assert shape(loaded, "Book") == ["authorId: id", "author: belongsTo Author(authorId)"]
    assert shape(loaded, "Author") == ["name: string", "books: hasMany Book(authorId)"]
    said = [(item.path, item.what) for item in loaded.additions]
    assert said[:2] == [
        ("Book.authorId", "the foreign key of author"),
        ("Author.books", "hasMany Book"),
    ]
    assert all(item.why and item.span for item in loaded.additions)


def test_the_key_of_a_required_relation_is_required():
    loaded = completed(
        f"Author: {NAME}", "Book: {name: author, type: belongsTo, model: Author, required: true}"
    )
    assert shape(loaded, "Book")[0] == "authorId: id!"


def test_a_declared_key_and_inverse_are_respected():
    loaded = completed(
        f"Author: {NAME}, {{name: works, type: hasMany, model: Book}}",
        "Book: {name: authorId, type: string, required: true},"
        " {name: author, type: belongsTo, model: Author}",
    )
    assert shape(loaded, "Book") == ["authorId: string!", "author: belongsTo Author(authorId)"]
    assert shape(loaded, "Author") == ["name: string", "works: hasMany Book(authorId)"]
    assert {item.path for item in loaded.additions} == {"Author", "Book"}  # their owner rules


def test_stated_references_name_the_key():
    loaded = completed(
        f"Author: {NAME}",
        "Book: {name: author, type: belongsTo, model: Author, references: [writer]}",
    )
    assert shape(loaded, "Book") == ["writer: id", "author: belongsTo Author(writer)"]


def test_two_relations_to_the_same_model_get_other_sides_of_different_names():
    loaded = completed(
        f"User: {NAME}",
        "Task: {name: creator, type: belongsTo, model: User},"
        " {name: assignee, type: belongsTo, model: User}",
    )
    assert shape(loaded, "User")[1:] == [
        "creatorTasks: hasMany Task(creatorId)",
        "assigneeTasks: hasMany Task(assigneeId)",
    ]
    assert verify(loaded.pattern, CATALOGUE) == ()


def test_a_has_many_without_its_belongs_to_gets_one():
    loaded = completed(
        f"Author: {NAME}, {{name: books, type: hasMany, model: Book}}", f"Book: {NAME}"
    )
    assert shape(loaded, "Book") == [
        "name: string",
        "authorId: id",
        "author: belongsTo Author(authorId)",
    ]
    assert shape(loaded, "Author")[1] == "books: hasMany Book(authorId)"


def test_two_has_many_without_their_belongs_to_get_two():
    loaded = completed(
        f"User: {NAME}, {{name: owned, type: hasMany, model: Car}},"
        " {name: rented, type: hasMany, model: Car}",
        f"Car: {NAME}",
    )
    assert [line for line in shape(loaded, "Car") if "belongsTo" in line] == [
        "ownedUser: belongsTo User(ownedUserId)",
        "rentedUser: belongsTo User(rentedUserId)",
    ]
    assert verify(loaded.pattern, CATALOGUE) == ()


def test_a_has_one_gets_its_belongs_to():
    loaded = completed(
        f"User: {NAME}, {{name: profile, type: hasOne, model: Profile}}", f"Profile: {NAME}"
    )
    assert shape(loaded, "User")[1] == "profile: hasOne Profile(userId)"
    assert shape(loaded, "Profile")[1:] == ["userId: id", "user: belongsTo User(userId)"]


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        (
            "{name: parent, type: belongsTo, model: Page}",
            ["parentId: id", "parent: belongsTo Page(parentId)", "pages: hasMany Page(parentId)"],
        ),
        (
            "{name: children, type: hasMany, model: Page}",
            ["children: hasMany Page(pageId)", "pageId: id", "page: belongsTo Page(pageId)"],
        ),
        (
            (
                "{name: parent, type: belongsTo, model: Page},"
                " {name: children, type: hasMany, model: Page}"
            ),
            [
                "parentId: id",
                "parent: belongsTo Page(parentId)",
                "children: hasMany Page(parentId)",
            ],
        ),
    ],
)
def test_a_model_may_have_relations_to_itself(members, expected):
    loaded = completed(f"Page: {members}")
    assert shape(loaded, "Page") == expected
    assert verify(loaded.pattern, CATALOGUE) == ()


def test_a_custom_identifier_is_kept_by_keys_of_its_types():
    loaded = load_text(
        """\
        name: test
        models:
          - name: Stock
            identifier: [warehouse, shelf_number]
            fields:
              - {name: warehouse, type: string, required: true}
              - {name: shelf_number, type: integer, required: true}
          - {name: Move, fields: [{name: from, type: belongsTo, model: Stock}]}
        """
    )
    assert shape(loaded, "Move") == [
        "fromWarehouse: string",
        "fromShelfNumber: integer",
        "from: belongsTo Stock(fromWarehouse,fromShelfNumber)",
    ]
    assert verify(loaded.pattern, CATALOGUE) == ()


def test_a_many_to_many_becomes_a_join_model():
    loaded = completed(
        f"Post: {NAME}, {{name: tags, type: manyToMany, model: Tag}}",
        f"Tag: {NAME}, {{name: posts, type: manyToMany, model: Post}}",
    )
    assert shape(loaded, "PostTag") == [
        "postId: id!",
        "post: belongsTo Post(postId)!",
        "tagId: id!",
        "tag: belongsTo Tag(tagId)!",
    ]
    assert shape(loaded, "Post")[1] == "tags: hasMany PostTag(postId)"
    assert shape(loaded, "Tag")[1] == "posts: hasMany PostTag(tagId)"
    assert {"PostTag", "Post.tags", "Tag.posts"} <= {item.path for item in loaded.additions}
    assert verify(loaded.pattern, CATALOGUE) == ()


@pytest.mark.parametrize(
    "members",
    [
        "{name: friends, type: manyToMany, model: User}",
        (
            "{name: followers, type: manyToMany, model: User},"
            " {name: following, type: manyToMany, model: User}"
        ),
    ],
)
def test_a_many_to_many_may_be_to_the_same_model(members):
    loaded = completed(f"User: {members}")
    assert "relatedUserId: id!" in shape(loaded, "UserUser")
    assert len(shape(loaded, "User")) == 2
    assert verify(loaded.pattern, CATALOGUE) == ()


def test_a_join_model_takes_a_name_that_is_free():
    loaded = completed(
        "Post: {name: tags, type: manyToMany, model: Tag}",
        f"Tag: {NAME}",
        more="schema: {enums: {PostTag: [a]}}",
    )
    assert loaded.pattern.model("PostTag2")
    assert verify(loaded.pattern, CATALOGUE) == ()


@pytest.mark.parametrize(
    ("near", "far", "join"),
    [
        ("[{allow: owner}]", "[{allow: owner}]", ["owner"]),
        ("", "[{allow: authenticated}]", ["owner"]),
        ("[{allow: guest, operations: [read]}]", "[{allow: owner}]", ["owner"]),
        ("[{allow: authenticated}]", "[{allow: authenticated, operations: [read]}]",
         ["owner", "authenticated read"]),
        ("[{allow: groups, groups: [a]}]", "[{allow: groups, groups: [a]}]", ["groups"]),
        ("[{allow: groups, groups: [a]}]", "[{allow: groups, groups: [b]}]", ["owner"]),
        ("[{allow: owner, owner_field: who}]", "[{allow: owner, owner_field: who}]", ["owner"]),
    ],
)  # fmt: skip
def test_a_join_model_is_open_to_nobody_who_may_not_use_both_its_sides(near, far, join):
    rules = [f", authorization: {text}" if text else "" for text in (near, far)]
    loaded = load_text(
        "name: test\nmodels:\n"
        f"- {{name: Post, fields: [{{name: tags, type: manyToMany, model: Tag}}]{rules[0]}}}\n"
        f"- {{name: Tag, fields: [{NAME}]{rules[1]}}}\n"
    )
    found = loaded.pattern.model("PostTag").authorization
    assert [" ".join((rule.allow, *rule.operations)) for rule in found] == join
    assert all(rule.owner_field is None for rule in found)


def test_names_that_are_taken_are_not_taken_again():
    loaded = completed(
        "Author: {name: Books, type: string}",
        "Book: {name: author, type: belongsTo, model: Author}",
    )
    assert shape(loaded, "Author")[1] == "books2: hasMany Book(authorId)"


@pytest.mark.parametrize("modifier", ["", ", required: true"])
def test_the_default_of_an_enum_is_left_to_the_forms(modifier):
    loaded = completed(f"Task: {{name: state, type: enum, values: [a, b], default: b{modifier}}}")
    field = loaded.pattern.model("Task").member("state")
    assert (field.default, field.initial) == (None, "b")
    assert ("Task.state", "forms begin with b") in {
        (item.path, item.what) for item in loaded.additions
    }


@pytest.mark.parametrize("modifier", ["required", "array"])
def test_an_enum_that_is_required_or_a_list_gets_a_name(modifier):
    loaded = completed(f"Task: {{name: state, type: enum, values: [a, b], {modifier}: true}}")
    field = loaded.pattern.model("Task").member("state")
    assert (field.type, field.ref, field.values) == ("ref", "TaskState", ())
    assert getattr(field, modifier) is True
    assert loaded.pattern.enums == (EnumType(name="TaskState", values=("a", "b")),)
    assert "Task.state" in {item.path for item in loaded.additions}


def test_an_enum_of_a_custom_type_gets_a_name_too():
    loaded = completed(
        "Home: {name: address, type: ref, ref: Address}",
        more="schema: {types: [{name: Address, fields: "
        "[{name: kind, type: enum, values: [a], required: true}]}]}",
    )
    assert loaded.pattern.types[0].fields[0].ref == "AddressKind"
    assert verify(loaded.pattern, CATALOGUE) == ()


@pytest.mark.parametrize(
    ("taken", "name"),
    [
        ("schema: {enums: {TaskState: [a, b]}}", "TaskState"),
        ("schema: {enums: {TaskState: [x]}}", "TaskState2"),
        ("schema: {types: [{name: TaskState, fields: [{name: x, type: id}]}]}", "TaskState2"),
    ],
)
def test_the_name_of_an_enum_is_free_or_that_of_the_same_enum(taken, name):
    loaded = completed(
        "Task: {name: state, type: enum, values: [a, b], required: true}", more=taken
    )
    assert loaded.pattern.model("Task").member("state").ref == name
    assert verify(loaded.pattern, CATALOGUE) == ()


def test_a_plain_enum_stays_as_it_is():
    loaded = completed("Task: {name: state, type: enum, values: [a, b], default: a}")
    assert loaded.pattern.enums == ()


def test_a_model_without_rules_belongs_to_its_owner():
    loaded = load_text(f"name: test\nmodels: [{{name: A, fields: [{NAME}]}}]\n")
    assert [rule.allow for rule in loaded.pattern.model("A").authorization] == ["owner"]
    assert [(item.path, item.what) for item in loaded.additions] == [("A", "authorization: owner")]


def test_a_field_that_only_a_rule_names_is_announced_once():
    loaded = load_text(
        "name: test\nmodels:\n- name: A\n  fields: [{name: x, type: string, authorization: "
        "[{allow: owner, owner_field: buyer}]}]\n  authorization:\n"
        "  - {allow: owner, owner_field: seller}\n  - {allow: owner, owner_field: x}\n"
        "  - {allow: owner, owner_field: seller, operations: [read]}\n"
        "  - {allow: groups, group_field: team}\n  - {allow: groups, groups: [g]}\n"
    )
    said = [(item.path, item.what) for item in loaded.additions]
    what = "a text that Amplify adds"
    assert said == [("A.seller", what), ("A.team", what), ("A.buyer", what)]
    assert [member.name for member in loaded.pattern.model("A").members] == ["x"]


def test_stated_rules_are_not_widened():
    loaded = load_text(
        "name: test\nschema:\n  authorization: [{allow: authenticated, operations: [read]}]\n"
        f"  models:\n  - {{name: A, fields: [{NAME}],\n"
        "     authorization: [{allow: groups, groups: [g]}]}\n"
        f"  - {{name: B, fields: [{NAME}]}}\n"
    )
    assert [rule.allow for rule in loaded.pattern.model("A").authorization] == ["groups"]
    (rule,) = loaded.pattern.model("B").authorization
    assert (rule.allow, rule.operations) == ("authenticated", ("read",))
    assert loaded.additions == ()


@pytest.mark.parametrize(
    ("component", "models"),
    [
        ("name: TaskTable, type: table", ["Task"]),
        ("name: TasksTable, type: table", ["Task"]),
        ("name: OrderItemTable, type: table", ["OrderItem"]),
        ("name: OrderTable, type: table", ["Order"]),
        ("name: PeopleList, type: list", ["Person"]),
        ("name: Start, type: table, purpose: See all order items", ["OrderItem"]),
        ("name: Start, type: table, purpose: 'Find a person, quickly.'", ["Person"]),
        ("name: ArticleTable, type: table", ["Order", "OrderItem", "Task", "Person", "Art"]),
        ("name: Start, type: dashboard", ["Order", "OrderItem", "Task", "Person", "Art"]),
        ("name: TaskTable, type: table, model: Order", ["Order"]),
        ("name: X, type: table, model: Order, models: [Task, Order, Task]", ["Order", "Task"]),
    ],
)
def test_a_component_shows_models_by_its_name_its_purpose_or_all(component, models):
    names = ["Order", "OrderItem", "Task", "Person", "Art"]
    loaded = completed(
        *(f"{name}: {NAME}" for name in names), more=f"components: [{{{component}}}]"
    )
    assert list(loaded.pattern.components[0].models) == models
    said = [item for item in loaded.additions if item.path == loaded.pattern.components[0].name]
    assert len(said) == (0 if "model" in component else 1)


def test_a_component_that_shows_all_shows_no_join_models():
    loaded = completed(
        "Post: {name: tags, type: manyToMany, model: Tag}",
        f"Tag: {NAME}",
        more="components: [{name: Start, type: dashboard}]",
    )
    assert loaded.pattern.components[0].models == ("Post", "Tag")


def test_an_ambiguous_relation_is_left_to_the_person():
    text = """\
        name: test
        models:
          - name: User
            fields: [{name: tasks, type: hasMany, model: Task}]
          - name: Task
            fields:
              - {name: creator, type: belongsTo, model: User}
              - {name: assignee, type: belongsTo, model: User}
        """
    assert "ACE121" in codes(text)


def test_what_names_something_unknown_is_left_to_the_rules():
    assert codes("name: a\nmodels: [{name: A, fields: [{name: b, type: hasMany, model: B}]}]") == [
        "ACE120"
    ]


MODELS = ["Post", "Tag", "User"]


members = st.one_of(
    built(
        Field,
        name=st.sampled_from(["name", "state", "kind"]),
        type=st.just("string"),
    ),
    built(
        Field,
        name=st.sampled_from(["state", "kind"]),
        type=st.just("enum"),
        values=st.just(("a", "b")),
        required=st.booleans(),
        array=st.booleans(),
    ),
    built(
        Relation,
        name=st.sampled_from(["one", "two", "three", "posts", "user"]),
        type=st.sampled_from(["belongsTo", "hasMany", "hasOne", "manyToMany"]),
        model=st.sampled_from([*MODELS, "Nothing"]),
        required=st.booleans(),
    ),
)
models = st.tuples(
    *(
        built(
            Model,
            name=st.just(name),
            members=st.lists(members, max_size=4, unique_by=lambda item: item.name).map(tuple),
        )
        for name in MODELS
    )
)
patterns = built(
    Pattern,
    name=st.just("test"),
    display_name=st.just("Test"),
    models=models,
    components=st.just((Component(name="PostTable", type="table"),)),
)


@settings(max_examples=400)
@given(patterns)
def test_completing_is_announced_and_completing_again_adds_nothing(pattern):
    whole, additions = complete(pattern)
    said = {item.path for item in additions}
    before = {model.name: model for model in pattern.models}
    for model in whole.models:
        old = before.get(model.name, replace(model, members=()))
        assert model.name in before or model.name in said
        for member in model.members:
            told = old.member(member.name)
            # The keys of a relation that was written are no addition of their own.
            if told is None or (told.type, getattr(told, "ref", 0)) != (
                member.type,
                getattr(member, "ref", 0),
            ):
                assert f"{model.name}.{member.name}" in said or model.name not in before
    assert complete(whole) == (whole, ())
