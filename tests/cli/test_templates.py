from __future__ import annotations

import pytest

MODELS = """\
models:
- {name: Post, fields: [{name: title, type: string}], authorization: [{allow: owner}]}
- {name: Audit, fields: [{name: note, type: string}], authorization: [{allow: owner}]}
components: [{name: PostTable, type: table, models: [Post]}]
"""
ODD = b"// {{ not jinja }} {% nor this %}\r\n\xff\x00 no final line end"


@pytest.fixture
def generate(cli, write, tmp_path):
    """Generate from a pattern with these templates; return the result and the project."""

    def call(templates: str, name: str = "p.yml"):
        write(name, f"name: mine\n{MODELS}templates:\n{templates}")
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
    for place in ("a.md.j2:2:1", "{{ pattern.name }.md:1:1", "p.yml:5:33", "p.yml:6:9"):
        assert f"{place}: error[ACE173]" in done.err
    assert "4 errors" in done.err


def test_a_target_that_is_made_of_names_is_held_to_its_folder(generate, write):
    write("a.md", "x")
    done, app = generate('  "../{{ model.name }}.md": {source: a.md, for_each: model}\n')
    assert done.code == 3
    assert "p.yml:7:3: error[ACE171]" in done.err
    assert not app.exists()


def test_templates_and_hooks_are_registered_and_used_from_another_folder(cli, write, tmp_path):
    write(
        "p.yml",
        f"name: mine\n{MODELS}templates:\n  docs/a.md: templates/a.md\n  backend: b.ts\n"
        "hooks: [hooks/h.js]\ngenerators: [g.js]\n",
    )
    for path in ("templates/a.md", "b.ts", "hooks/h.js", "g.js"):
        write(path, ODD)
    assert cli("register-pattern", "p.yml").code == 0
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for path in ("p.yml", "templates/a.md", "b.ts", "hooks/h.js", "g.js"):
        (tmp_path / path).unlink()
    done = cli("generate", "mine", "--output", "app", cwd=elsewhere)
    assert done.code == 0
    assert (elsewhere / "app/docs/a.md").read_bytes() == ODD
    assert (elsewhere / "app/amplify/data/resource.ts").read_bytes() == ODD
    assert "store:mine@1:9:9: warning[ACE180]" in done.err
    # A child in yet another folder has them, too: they are read where its parent lies.
    write("third/child.yml", "name: child\nextends: mine\n")
    child = cli("generate", "child.yml", "--output", "app", cwd=tmp_path / "third")
    assert child.code == 0
    assert (tmp_path / "third/app/docs/a.md").read_bytes() == ODD


def test_a_project_keeps_its_templates_in_its_own_folder(cli, write, tmp_path):
    write(
        ".ace-flow/patterns/p.yml",
        f"name: mine\n{MODELS}templates: {{docs/a.md: templates/a.md}}\n",
    )
    write(".ace-flow/templates/a.md", ODD)
    (tmp_path / "sub").mkdir()
    assert cli("generate", "mine", "--output", "app", cwd=tmp_path / "sub").code == 0
    assert (tmp_path / "sub/app/docs/a.md").read_bytes() == ODD


def test_a_child_replaces_a_template_of_its_parent(cli, write, tmp_path):
    write(".ace-flow/patterns/base.yml", f"name: base\n{MODELS}templates: {{a.md: base.md}}\n")
    write(".ace-flow/patterns/base.md", "base")
    write("child.yml", "name: child\nextends: base\ntemplates: {a.md: child.md}\n")
    write("child.md", "child")
    assert cli("generate", "child.yml", "--output", "app").code == 0
    assert (tmp_path / "app/a.md").read_text() == "child"


def test_hooks_are_kept_and_not_run(cli, write, tmp_path):
    write("h.py", "open('canary', 'w')\n")
    write("h.js", "require('fs').writeFileSync('canary', '')\n")
    write("p.yml", f"name: mine\n{MODELS}hooks: [h.py, h.js]\n")
    for command in ("validate-pattern", "show-pattern", "register-pattern", "generate"):
        done = cli(command, "p.yml", *(["--output", "app"] if command == "generate" else []))
        assert done.code == 0
        assert "warning[ACE180]" in done.err or command == "show-pattern"
    assert not list(tmp_path.rglob("canary"))


@pytest.mark.parametrize(
    ("templates", "reason"),
    [
        ("  docs/same.md: {source: a.md, for_each: model}\n", "makes the same file"),
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
