from __future__ import annotations

from contextlib import suppress

import pytest

from ace_flow.diagnostics import AceError
from ace_flow.generator import planned_paths
from ace_flow.rendering import render_files
from ace_flow.session import Session

MODELS = """\
models:
- {name: Post, fields: [{name: title, type: string}], authorization: [{allow: owner}]}
- {name: Audit, fields: [{name: note, type: string}], authorization: [{allow: owner}]}
components: [{name: PostTable, type: table, models: [Post]}]
"""
ODD = b"// {{ not jinja }} {% nor this %}\r\n\xff\x00 no final line end"


@pytest.fixture
def generate(cli, write, trusting, tmp_path):
    """Generate from a pattern with these templates; return the result and the project.

    The pattern is trusted, unless it is none.
    """

    def call(templates: str, name: str = "p.yml"):
        write(name, f"name: mine\n{MODELS}templates:\n{templates}")
        with suppress(AceError):
            trusting(name, tmp_path)
        return cli("generate", name, "--output", "app"), tmp_path / "app"

    return call


@pytest.mark.parametrize(
    ("role", "source", "target"),
    [
        ("backend", "templates/analytics-backend.ts", "amplify/data/resource.ts"),
        ("frontend", "templates/analytics-frontend.tsx", "src/analytics-frontend.tsx"),
        ("deployment", "templates/deploy.yml", "amplify.yml"),
        ("docs/odd.bin", "templates/odd.bin", "docs/odd.bin"),
    ],
)
def test_a_template_is_copied_byte_for_byte(generate, write, role, source, target):
    write(source, ODD)
    done, app = generate(f"  {role}: {source}\n")
    assert done.code == 0
    assert (app / target).read_bytes() == ODD
    assert ("warning[ACE172]" in done.err) == (role == "backend")


def test_the_file_of_a_replaced_schema_is_named_with_its_place(generate, write):
    write("b.ts", "export {};\n")
    done, _ = generate("  backend: b.ts\n")
    assert "p.yml:7:12: warning[ACE172]: `b.ts` replaces" in done.err


def test_a_jinja_template_is_rendered(generate, write):
    write(
        "a.md.j2", "# {{ pattern.name }}\n{% for m in pattern.models %}- {{ m.name }}\n{% endfor %}"
    )
    done, app = generate("  docs/a.md: a.md.j2\n")
    assert done.code == 0
    assert (app / "docs/a.md").read_text() == "# mine\n- Post\n- Audit\n"


def test_a_template_may_be_rendered_for_each_model(generate, write):
    write("r.tsx.j2", "export const name = {{ model.title | ts }};\n")
    done, app = generate(
        '  "src/reports/{{ model.name }}Report.tsx":\n'
        "    {source: r.tsx.j2, for_each: model, when: \"model.name != 'Audit'\"}\n"
    )
    assert done.code == 0
    assert (app / "src/reports/PostReport.tsx").read_text() == "export const name = 'Post';\n"
    assert not (app / "src/reports/AuditReport.tsx").exists()


def test_templates_need_no_application_around_them(generate, write, tree):
    write("r.md.j2", "{{ model.name }}\n")
    done, app = generate(
        '  "docs/{{ model.kebab }}.md": {source: r.md.j2, for_each: model}\napplication: false\n'
    )
    assert (done.code, done.err) == (0, "")
    assert "npm" not in done.out
    files = {path for path, content in tree(app).items() if content is not None}
    assert {path for path in files if not path.startswith(".ace-flow")} == {
        "docs/post.md",
        "docs/audit.md",
    }


def test_a_template_may_be_rendered_for_each_component(generate, write):
    write("c.md.j2", "{{ component.name }} is a {{ component.type }}\n")
    done, app = generate(
        '  "docs/{{ component.name }}.md": {source: c.md.j2, for_each: component}\n'
    )
    assert done.code == 0
    assert (app / "docs/PostTable.md").read_text() == "PostTable is a table\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("one\n{{ pattern.nothing }}\n", "nothing"),
        ("one\n{% if %}\n", "a.md.j2:2:1"),
        ("one\n{{ pattern.description }}\n", "encoder"),
        ("one\n{{ 1 / 0 }}\n", "division"),
        ("one\n{% include '/etc/passwd' %}\n", "passwd"),
        ("one\n{{ ''.__class__.__mro__ }}\n", "unsafe"),
    ],
)
def test_a_template_that_cannot_be_rendered_writes_nothing(
    generate, write, tmp_path, text, message
):
    write("a.md.j2", text)
    done, app = generate("  a.md: a.md.j2\n")
    assert (done.code, done.out) == (3, "")
    assert "a.md.j2:2:1: error[ACE173]" in done.err
    assert message in done.err
    assert not app.exists()


def test_a_condition_that_cannot_be_evaluated_writes_nothing(generate, write):
    write("a.md", "x")
    done, app = generate("  a.md: {source: a.md, when: 'model.name'}\n")
    assert done.code == 3
    assert "p.yml:7:30: error[ACE173]: `model.name`: " in done.err
    assert not app.exists()


def test_the_syntax_of_templates_is_checked_without_rendering_them(cli, write):
    write(
        "p.yml",
        """\
name: p
models: [{name: A, fields: [{name: x, type: id}]}]
templates:
  "{{ pattern.name }.md": a.md.j2
  b.md: {source: b.md.j2, when: a +}
  c.md: c.md.j2
""",
    )
    write("a.md.j2", "one\n{% if %}\n")
    write("b.md.j2", "{{ 1 / 0 }}")
    write("c.md.j2", b"\xff")
    done = cli("validate-pattern", "p.yml")
    assert done.code == 3
    for place in ("a.md.j2:2:1", "p.yml:4:3", "p.yml:5:33", "p.yml:6:9"):
        assert f"{place}: error[ACE173]" in done.err
    assert "4 errors" in done.err


def test_a_target_that_is_made_of_names_is_held_to_its_folder(generate, write):
    write("a.md", "x")
    done, app = generate('  "../{{ model.name }}.md": {source: a.md, for_each: model}\n')
    assert done.code == 3
    assert "p.yml:7:3: error[ACE171]" in done.err
    assert not app.exists()


def test_templates_and_hooks_are_registered_and_used_from_another_folder(
    cli, write, trusting, tmp_path
):
    write(
        "p.yml",
        f"name: mine\n{MODELS}templates:\n  docs/a.md: templates/a.md\n  backend: b.ts\n"
        "hooks: [hooks/h.js]\ngenerators: [g.js]\n",
    )
    for path in ("templates/a.md", "b.ts"):
        write(path, ODD)
    write("hooks/h.js", "export const hHooks = {preGeneration: () => ({notices: ['here']})};")
    write("g.js", "export const generateSchema = () => null;")
    assert cli("register-pattern", "p.yml").code == 0
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for path in ("p.yml", "templates/a.md", "b.ts", "hooks/h.js", "g.js"):
        (tmp_path / path).unlink()
    trusting("mine", elsewhere)
    done = cli("generate", "mine", "--output", "app", cwd=elsewhere)
    assert done.code == 0
    assert (elsewhere / "app/docs/a.md").read_bytes() == ODD
    assert (elsewhere / "app/amplify/data/resource.ts").read_bytes() == ODD
    assert "[hooks/h.js] here\n" in done.err
    # A child in yet another folder has them, too: they are read where its parent lies.
    write("third/child.yml", "name: child\nextends: mine\n")
    trusting("child.yml", tmp_path / "third")
    child = cli("generate", "child.yml", "--output", "app", cwd=tmp_path / "third")
    assert child.code == 0
    assert "[hooks/h.js (store:mine@1)] here\n" in child.err
    assert (tmp_path / "third/app/docs/a.md").read_bytes() == ODD


def test_a_project_keeps_its_templates_in_its_own_folder(cli, write, trusting, tmp_path):
    write(
        ".ace-flow/patterns/p.yml",
        f"name: mine\n{MODELS}templates: {{docs/a.md: templates/a.md}}\n",
    )
    write(".ace-flow/templates/a.md", ODD)
    (tmp_path / "sub").mkdir()
    trusting("mine", tmp_path / "sub")
    assert cli("generate", "mine", "--output", "app", cwd=tmp_path / "sub").code == 0
    assert (tmp_path / "sub/app/docs/a.md").read_bytes() == ODD


def test_a_child_replaces_a_template_of_its_parent(cli, write, trusting, tmp_path):
    write(".ace-flow/patterns/base.yml", f"name: base\n{MODELS}templates: {{a.md: base.md}}\n")
    write(".ace-flow/patterns/base.md", "base")
    write("child.yml", "name: child\nextends: base\ntemplates: {a.md: child.md}\n")
    write("child.md", "child")
    trusting("child.yml", tmp_path)
    assert cli("generate", "child.yml", "--output", "app").code == 0
    assert (tmp_path / "app/a.md").read_text() == "child"


def test_nothing_but_generating_runs_hooks(cli, write, tmp_path):
    write("h.py", "open('canary', 'w')\n")
    write("h.js", "require('fs').writeFileSync('canary', '')\n")
    write("p.yml", f"name: mine\n{MODELS}hooks: [h.py, h.js]\ngenerators: [h.js]\n")
    for command in ("validate-pattern", "show-pattern", "register-pattern"):
        assert cli(command, "p.yml").code == 0
    assert cli("list-patterns").code == 0
    # Nobody has said that they trust it.
    refused = cli("generate", "p.yml", "--output", "app")
    assert refused.code == 4
    assert "`mine` runs programs" in refused.err
    assert not list(tmp_path.rglob("canary"))


@pytest.mark.parametrize(
    ("templates", "reason"),
    [
        ("  docs/same.md: {source: a.md, for_each: model}\n", "each model makes the same file"),
        ("  '{{ pattern.name }}.md': {source: a.md, for_each: model}\n", "each model makes"),
        ("  '{{ model.authorization | length }}.md': {source: a.md, for_each: model}\n", "turn"),
        ("  docs/A.md: a.md\n  docs/a.md: a.md\n", "differs from `docs/A.md` only in case"),
        ("  docs/a: a.md\n  docs/a/b.md: a.md\n", "`docs/a` is a file"),
        ("  docs/a/b.md: a.md\n  docs/a: a.md\n", "`docs/a/b.md` needs a folder there"),
        ("  '{{ pattern.name }}': a.md\n  mine/b.md: a.md\n", "`mine` is a file"),
        ("  src/app.tsx: a.md\n", "differs from `src/App.tsx` only in case"),
        ("  src/components/posttable.tsx: a.md\n", "`src/components/PostTable.tsx` only in case"),
        ("  deployment: a.md\n  amplify.yml: a.md\n", "makes the same file"),
        ("  SRC/main.tsx: a.md\n", "differs from `src/main.tsx` only in case"),
        ("  src: a.md\n", "needs a folder there"),
        ("  package.json/x: a.md\n", "`package.json` is a file"),
    ],
)
def test_a_path_that_another_file_rules_out_is_refused(generate, write, templates, reason):
    write("a.md", "text")
    done, app = generate(templates)
    assert done.code == 3
    assert "error[ACE171]" in done.err
    assert reason in done.err
    assert not app.exists()


def test_paths_that_cannot_be_are_all_found_without_rendering(cli, write):
    write("a.md", "text")
    write(
        "p.yml",
        f"""\
name: mine
{MODELS}templates:
  backend: a.md
  amplify/data/resource.ts: a.md
  docs/same.md: {{source: a.md, for_each: model}}
  "docs/{{{{ pattern.name }}}}.md": {{source: a.md, for_each: model}}
  "docs/{{{{ model.name }}}}.md": a.md
  "docs/{{{{ model.nam }}}}.md": {{source: a.md, for_each: model}}
  "../{{{{ model.name }}}}.md": {{source: a.md, for_each: model}}
  docs/A.md: a.md
  docs/a.md: a.md
  docs/b/c.md: a.md
  docs/b: a.md
  package.json/x: a.md
  src/app.tsx: a.md
""",
    )
    done = cli("validate-pattern", "p.yml", "--json")
    found = [item for item in done.json["diagnostics"] if item["severity"] == "error"]
    assert [(item["start"]["line"], item["code"][3:]) for item in found] == [
        (8, "171"),
        (9, "171"),
        (10, "171"),
        (11, "173"),
        (12, "173"),
        (13, "171"),
        (15, "171"),
        (17, "171"),
        (18, "171"),
        (19, "171"),
    ]
    assert all(item["file"] == "p.yml" for item in found)
    assert found[3]["hint"] == "add `for_each: model`"
    assert found[4]["hint"] == "did you mean `name`?"
    assert [item["start"]["line"] for item in found[6]["related"]] == [14]


@pytest.mark.parametrize(
    "templates",
    [
        "  a.md: {source: a.md, for_each: model, when: \"model.name == 'Post'\"}\n",
        "  a.md: {source: a.md, when: 'not pattern.models'}\n  A.md: a.md\n",
        '  "{{ model.nam | default(pattern.name) }}.md": a.md\n'.replace("model.nam", "model"),
        '  "{% if model is defined %}x{% endif %}a.md": a.md\n',
        '  "{{ model.name if pattern.types else pattern.name }}.md": a.md\n',
        '  "au{{ model.name }}.md": {source: a.md, for_each: model}\n',
        "  src/App.tsx: a.md\n  package.json: a.md\n",
    ],
)
def test_paths_that_may_be_are_left_to_rendering(cli, write, generate, templates):
    write("a.md", "text")
    write("p.yml", f"name: mine\n{MODELS}templates:\n{templates}")
    assert cli("validate-pattern", "p.yml").code == 0


def test_all_that_rendering_shows_is_found_at_once(generate, write):
    write("a.md.j2", "{{ pattern.nothing }}")
    done, app = generate(
        '  "a/{{ pattern.models[9].name }}.md": a.md.j2\n'
        '  "{{ pattern.models[0].name }}.md": a.md.j2\n'
        '  "{{ model.fields | length }}": {source: a.md.j2, for_each: model}\n'
    )
    assert done.code == 3
    assert "p.yml:7:3: error[ACE173]: `a/{{ pattern.models[9].name }}.md`: " in done.err
    assert done.err.count("a.md.j2:1:1: error[ACE173]") == 1
    assert "2 errors" in done.err
    assert not app.exists()


def test_a_broken_template_is_one_finding_that_names_its_users(cli, write):
    write("a.md.j2", "{{ x")
    write(
        "p.yml", f"name: mine\n{MODELS}templates:\n  a.md: a.md.j2\n  b.md: {{source: a.md.j2}}\n"
    )
    (found,) = cli("validate-pattern", "p.yml", "--json").json["diagnostics"]
    assert (found["file"], found["start"]["line"]) == ("a.md.j2", 1)
    assert [item["start"] for item in found["related"]] == [
        {"line": 7, "column": 9},
        {"line": 8, "column": 18},
    ]
    assert {item["file"] for item in found["related"]} == {"p.yml"}


@pytest.mark.parametrize("name", ["e_commerce", "simple_crud", "iot_platform", "./bare.yml"])
def test_what_is_planned_is_generated(write, tmp_path, name):
    write("bare.yml", "name: bare\n")
    session = Session(tmp_path)
    checked = session.check(name)
    planned = set(planned_paths(checked.pattern, session.templates))
    made = {file.path for file in render_files(session, checked)}
    # Of the building blocks in `src`, those that nothing uses are left out in the end.
    blocks = ("src/data/", "src/test/", "src/ui/")
    assert {path for path in planned if not path.startswith(blocks)} <= made
    assert {"src/App.tsx", "package.json"} <= planned
