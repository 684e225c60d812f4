from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor

import pytest

from ace_flow.cli.options import complete_names

BLOG = """\
    name: blog
    category: content
    complexity: low
    tags: [writing, text]
    description: Posts and comments.
    models:
      - name: Post
        fields:
          - {name: title, type: string, required: true, default: ''}
          - {name: views, type: integer, default: 0, min: 0}
          - {name: isPublic, type: boolean, default: false}
          - {name: author, type: belongsTo, model: Author}
      - {name: Author, fields: [{name: name, type: string}], authorization: [{allow: owner}]}
    components: [{name: PostTable, type: table, models: [Post]}]
    """


ONE = "models: [{name: A, fields: [{name: x, type: id}], authorization: [{allow: owner}]}]\n"


@pytest.fixture
def blog(write):
    return write("blog.yml", BLOG)


def test_a_valid_pattern_is_said_to_be_valid(cli, blog, tree, tmp_path):
    before = tree(tmp_path)
    done = cli("validate-pattern", "blog.yml")
    assert (done.code, done.err) == (0, "")
    assert done.out == ("blog is valid: 2 models, 1 component\n3 additions; --explain lists them\n")
    assert tree(tmp_path) == before


def test_additions_are_explained(cli, blog):
    done = cli("validate-pattern", "blog.yml", "--explain")
    for addition in ("Post.authorId", "Author.posts", "Post: authorization: owner"):
        assert f"+ {addition}" in done.out


def test_strict_makes_warnings_errors_and_additions_warnings(cli, blog, write):
    done = cli("validate-pattern", "blog.yml", "--strict")
    assert done.code == 0
    assert done.err.count("warning[ACE190]") == 3
    assert "blog.yml:5:" in done.err or "blog.yml:7:" in done.err
    write("warned.yml", f"name: warned\nservices: [timestream]\n{ONE}")
    assert cli("validate-pattern", "warned.yml").code == 0
    strict = cli("validate-pattern", "warned.yml", "--strict")
    assert strict.code == 3
    assert "error[ACE151]" in strict.err


def test_whole_patterns_are_fine_when_strict(cli, write):
    write(
        "whole.yml",
        f"name: whole\n{ONE}",
    )
    done = cli("validate-pattern", "whole.yml", "--strict")
    assert (done.code, done.err) == (0, "")


def test_the_built_in_patterns_are_valid_by_name(cli):
    names = [item["name"] for item in cli("list-patterns", "--json").json]
    assert len(names) >= 9
    for name in names:
        assert cli("validate-pattern", name).code == 0


def test_validation_as_json(cli, blog):
    done = cli("validate-pattern", "blog.yml", "--json")
    assert (done.code, done.err) == (0, "")
    assert done.json["valid"] is True
    assert (done.json["models"], done.json["components"]) == (2, 1)
    assert {item["path"] for item in done.json["additions"]} == {
        "Post.authorId",
        "Author.posts",
        "Post",
    }


def test_findings_as_json_have_their_places(cli, write):
    write("bad.yml", "name: bad\nmodels:\n- name: A\n  fields: [{name: x, type: strng}]\n")
    done = cli("validate-pattern", "bad.yml", "--json")
    assert (done.code, done.err) == (3, "")
    (finding,) = done.json["diagnostics"]
    assert finding == {
        "code": "ACE101",
        "name": "unknown-field-type",
        "severity": "error",
        "message": "there is no field type `strng`",
        "hint": "did you mean `string`?",
        "file": "bad.yml",
        "start": {"line": 4, "column": 28},
        "end": {"line": 4, "column": 33},
        "related": [],
    }
    assert (done.json["errors"], done.json["warnings"]) == (1, 0)


def test_of_thousands_of_findings_fifty_are_shown_and_all_are_counted(cli, write):
    fields = "\n".join(f"  - {{name: f{n}, type: strng}}" for n in range(2000))
    write("bad.yml", f"name: bad\nmodels:\n- name: A\n  fields:\n{fields}\n")
    done = cli("validate-pattern", "bad.yml", "--json")
    assert (done.json["errors"], len(done.json["diagnostics"])) == (2000, 50)
    shown = cli("validate-pattern", "bad.yml").err
    assert shown.count("error[ACE101]") == 50
    assert shown.endswith(
        "and 1,950 more, not shown\n\n2,000 errors; `ace explain ACE101` says more\n"
    )


def test_findings_are_shown_like_a_compiler_shows_them(cli, write):
    write("bad.yml", "name: bad\nmodels:\n- name: A\n  fields: [{name: é, type: strng}]\n")
    assert cli("validate-pattern", "bad.yml").err == (
        "bad.yml:4:28: error[ACE101]: there is no field type `strng`\n"
        "  4 |   fields: [{name: é, type: strng}]\n"
        "    |                            ^^^^^\n"
        "  help: did you mean `string`?\n"
        "\n"
        "1 error; `ace explain ACE101` says more\n"
    )


def test_a_pattern_is_shown_composed_and_completed(cli, blog, write):
    write(
        "child.yml",
        "name: child\nextends: blog\nmodels: [{name: Tag, fields: [{name: x, type: id}]}]\n",
    )
    write(".ace-flow/patterns/blog.yml", BLOG)
    out = cli("show-pattern", "child.yml").out
    for line in (
        "child - Child",
        "  from path (child.yml)",
        "  extends: blog",
        "  tags: writing, text",
        "model Post",
        "  + authorId: id",
        "    author: belongsTo Author (authorId)",
        "  + posts: hasMany Post (authorId)",
        "    views: integer, default 0",
        "  + allow owner",
        "model Tag",
        "table PostTable: Post",
    ):
        assert line in out.splitlines()


def test_a_pattern_as_json_has_what_is_false_and_zero(cli, blog):
    shown = cli("show-pattern", "blog.yml", "--json").json
    members = {item["name"]: item for item in shown["pattern"]["models"][0]["members"]}
    assert members["views"] == {
        "name": "views",
        "type": "integer",
        "default": 0,
        "minimum": 0,
    }
    assert members["isPublic"]["default"] is False
    assert members["title"] == {"name": "title", "type": "string", "required": True, "default": ""}
    assert shown["origin"] == "path"
    assert {item["path"] for item in shown["additions"]} >= {"Post.authorId", "Author.posts"}


def test_hooks_as_json_are_paths(cli, write):
    write("h.yml", f"name: h\nhooks: [hooks/a.js]\n{ONE}")
    write("hooks/a.js", "export {}")
    assert cli("show-pattern", "h.yml", "--json").json["pattern"]["hooks"] == ["hooks/a.js"]


def test_custom_types_are_shown(cli, write):
    write(
        "t.yml",
        "name: t\nschema: {types: [{name: Address, fields:"
        f" [{{name: kind, type: enum, values: [a], required: true}}]}}]}}\n{ONE}",
    )
    out = cli("show-pattern", "t.yml").out
    assert "\ntype Address\n  + kind: AddressKind, required\n" in out


def test_registering_again_says_so_and_a_change_is_a_revision(cli, blog, write):
    assert cli("register-pattern", "blog.yml").out == "registered blog, revision 1\n"
    assert cli("register-pattern", "blog.yml").out == "already registered, revision 1: blog\n"
    write("blog.yml", BLOG.replace("Posts", "Texts"))
    assert cli("register-pattern", "./blog.yml").out == "registered blog, revision 2\n"
    write("blog.yml", BLOG)
    assert cli("register-pattern", "blog.yml").out == "already registered, revision 1: blog\n"


def test_registering_as_json(cli, blog):
    expected = {"name": "blog", "revision": 1, "new": True}
    assert cli("register-pattern", "blog.yml", "--json").json == expected
    assert cli("register-pattern", "blog.yml", "--json").json == {**expected, "new": False}


def test_a_registered_pattern_is_known_everywhere(cli, blog, write, tmp_path):
    cli("register-pattern", "blog.yml")
    blog.unlink()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    assert cli("validate-pattern", "blog", cwd=elsewhere).code == 0
    write("elsewhere/child.yml", "name: child\nextends: [blog]\n")
    assert cli("validate-pattern", "child.yml", cwd=elsewhere).out.startswith("child is valid: 2 m")
    shown = cli("show-pattern", "blog", cwd=elsewhere).out
    assert "  from store (store:blog@1, revision 1)" in shown.splitlines()


def test_a_finding_in_a_registered_parent_names_the_store(cli, blog, write):
    cli("register-pattern", "blog.yml")
    blog.unlink()
    write("child.yml", "name: child\nextends: blog\nadditional_models: [{name: Post}]\n")
    done = cli("validate-pattern", "child.yml")
    assert done.code == 3
    assert "store:blog@1:7:11" in done.err


def test_a_changed_template_is_a_revision_too(cli, write):
    write("t.yml", f"name: t\ntemplates: {{docs/a.md: a.md}}\n{ONE}")
    write("a.md", "one")
    assert cli("register-pattern", "t.yml", "--json").json["revision"] == 1
    write("a.md", "two")
    assert cli("register-pattern", "t.yml", "--json").json["revision"] == 2


@pytest.mark.parametrize("name", ["e_commerce", "simple-crud"])
def test_the_name_of_a_built_in_pattern_is_refused(cli, write, name):
    write("mine.yml", f"name: {name}\n{ONE}")
    done = cli("register-pattern", "mine.yml")
    assert done.code == 3
    assert f"`{name}` is the name of a built-in pattern" in done.err
    assert f"extends: {name}" in done.err
    assert cli("list-patterns", "--origin", "store", "--json").json == []


def test_an_invalid_pattern_is_not_registered(cli, write):
    write("bad.yml", "name: bad\nservices: [s4]\n")
    assert cli("register-pattern", "bad.yml").code == 3
    assert cli("list-patterns", "--origin", "store", "--json").json == []


def test_registering_takes_a_file_not_a_name(cli, blog):
    done = cli("register-pattern", "blog")
    assert done.code == 5
    assert "blog.yml" in done.err


def test_two_processes_may_register_at_once(ace, blog, tmp_path):
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(lambda _: ace("register-pattern", "blog.yml", "--json"), range(2)))
    answers = sorted(json.loads(item.out)["new"] for item in done)
    assert answers == [False, True]
    assert [item.code for item in done] == [0, 0]


def test_a_store_that_is_no_database_is_said_to_be_none(cli, blog, own_store):
    own_store.write_bytes(b"no database, but a text of some length" * 40)
    done = cli("register-pattern", "blog.yml")
    assert done.code == 3
    assert str(own_store) in done.err
    assert "ACE_STORE" in done.err
    assert cli("list-patterns").code == 3


def test_the_list_has_all_patterns_with_where_they_come_from(cli, blog, write):
    cli("register-pattern", "blog.yml")
    write(".ace-flow/patterns/notes.yml", "name: notes\n")
    listed = {item["name"]: item for item in cli("list-patterns", "--json").json}
    assert listed["notes"]["origin"] == "project"
    assert (listed["blog"]["origin"], listed["blog"]["revision"]) == ("store", 1)
    assert listed["e_commerce"]["origin"] == "built-in"
    assert listed["iot_platform"]["origin"] == "example"
    lines = cli("list-patterns").out.splitlines()
    assert lines[0].split() == ["NAME", "CATEGORY", "COMPLEXITY", "ORIGIN", "DESCRIPTION"]
    assert any(line.split()[:5] == ["blog", "content", "low", "store", "r1"] for line in lines)


@pytest.mark.parametrize(
    ("filters", "names"),
    [
        (["--origin", "store"], ["blog"]),
        (["--category", "content", "--origin", "store"], ["blog"]),
        (["--complexity", "low", "--tag", "writing"], ["blog"]),
        (["--tag", "writing", "--text", "COMMENTS"], ["blog"]),
        (["--text", "no such text"], []),
        (["--origin", "project"], []),
    ],
)
def test_the_list_can_be_filtered(cli, blog, filters, names):
    cli("register-pattern", "blog.yml")
    assert [item["name"] for item in cli("list-patterns", "--json", *filters).json] == names


def test_an_empty_list_says_what_to_do(cli):
    done = cli("list-patterns", "--category", "nothing")
    assert done.code == 0
    assert "`ace list-patterns` without filters shows all" in done.out


def test_an_unknown_origin_is_a_wrong_usage(cli):
    done = cli("list-patterns", "--origin", "moon")
    assert done.code == 2
    assert "built-in" in done.err


def test_a_broken_file_in_the_project_does_not_hide_the_others(cli, write):
    write(".ace-flow/patterns/broken.yml", "name: [\n")
    listed = {item["name"]: item for item in cli("list-patterns", "--json").json}
    assert "not valid" in listed["broken"]["description"]
    assert "e_commerce" in listed


def test_names_are_completed(cli, tmp_path):
    cli("list-patterns")
    assert "e_commerce" in complete_names("e_c")
