from __future__ import annotations

import json

import pytest

SHOP = """\
    name: shop
    version: 1.0.0
    models:
      - name: Task
        fields:
          - {name: title, type: string, required: true}
          - {name: effort, type: integer}
    components:
      - {name: TaskForm, type: form, purpose: Enter a task}
      - {name: TaskTable, type: table, purpose: See all tasks}
    """
CHANGED = SHOP.replace("type: integer", "type: integer, min: 1")
FORM, THEME = "src/components/TaskForm.tsx", "src/theme.ts"
INPUTS, LABEL, MINE = "src/forms/TaskInputs.tsx", 'label="Effort"', 'label="Work"'


@pytest.fixture
def app(write, cli, tmp_path):
    write("shop.yml", SHOP)
    assert cli("generate", "shop.yml", "-o", "app").code == 0
    return tmp_path / "app"


@pytest.fixture
def conflict(app, cli, write):
    edit(app / INPUTS, LABEL, MINE)
    write("shop.yml", CHANGED)
    assert cli("generate", "shop.yml", "-o", "app").code == 1
    return app


def edit(file, old, new) -> None:
    text = file.read_text()
    assert old in text
    file.write_text(text.replace(old, new))


def test_a_fresh_project_is_up_to_date(cli, app):
    done = cli("status", "--check", cwd=app)
    assert (done.code, done.err) == (0, "")
    assert "from shop 1.0.0 (../shop.yml)" in done.out
    assert done.out.endswith("up to date with the pattern\n")


def test_a_status_says_what_became_of_files(cli, app, write, tree):
    edit(app / THEME, "import", "// Mine.\nimport")
    (app / "src/App.tsx").unlink()
    write("shop.yml", CHANGED)
    before = tree(app)
    done = cli("status", cwd=app / "src")
    assert done.code == 0
    assert f"edited by you:\n  {THEME}\ndeleted by you:\n  src/App.tsx\n" in done.out
    assert f"  update    {INPUTS}\n" in done.out
    assert tree(app) == before
    assert cli("status", "--check", cwd=app).code == 1
    found = cli("status", "--json", cwd=app).json
    assert found["outdated"] is True
    assert {"path": THEME, "action": "edited"} in found["files"]


def test_without_its_pattern_a_project_still_has_a_status(cli, app, tmp_path):
    edit(app / THEME, "import", "// Mine.\nimport")
    (tmp_path / "shop.yml").unlink()
    done = cli("status", cwd=app)
    assert done.code == 0
    assert f"edited by you:\n  {THEME}\n" in done.out
    assert "the pattern cannot be compared:\nerror: there is no pattern `shop`" in done.err
    assert cli("status", "--check", cwd=app).code == 1
    found = cli("status", "--json", cwd=app).json
    assert (found["outdated"], found["problem"]["error"]) == (None, "there is no pattern `shop`")


@pytest.mark.parametrize("command", ["status", "resolve", "eject x", "adopt x", "generate"])
def test_where_nothing_was_generated_that_is_said(cli, tree, tmp_path, command):
    done = cli(*command.split())
    assert done.code == 5
    assert "nothing was generated here yet" in done.err
    assert tree(tmp_path) == {}


def test_a_conflict_is_seen_until_it_is_resolved(cli, conflict):
    done = cli("status", cwd=conflict)
    assert "in conflict; merge FILE.ace-new into each, then: ace resolve FILE" in done.out
    assert f"  {INPUTS}\n" in done.out
    assert cli("status", "--json", cwd=conflict).json["conflicts"] == [INPUTS]
    edit(conflict / INPUTS, MINE, f"{MINE} min={{1}}")
    done = cli("resolve", "TaskInputs.tsx", cwd=conflict / "src/forms")
    assert (done.code, done.out) == (0, f"resolved:\n  {INPUTS}\n")
    assert not (conflict / f"{INPUTS}.ace-new").exists()
    done = cli("generate", cwd=conflict)
    assert (done.code, done.out) == (0, "nothing to do: . is up to date\n")
    assert MINE in (conflict / INPUTS).read_text()
    assert cli("resolve", cwd=conflict).out == "nothing to do: no file is in conflict\n"


def test_a_conflict_that_was_merged_by_hand_is_none_any_more(cli, conflict):
    (conflict / INPUTS).write_bytes((conflict / f"{INPUTS}.ace-new").read_bytes())
    assert cli("generate", cwd=conflict).code == 0
    assert not (conflict / f"{INPUTS}.ace-new").exists()
    assert "conflicts" not in json.loads((conflict / ".ace-flow/state.json").read_text())


def test_what_somebody_made_of_the_text_beside_a_file_stays(cli, conflict):
    edit(conflict / f"{INPUTS}.ace-new", "effort", "efforts")
    assert cli("resolve", INPUTS, cwd=conflict).code == 0
    assert (conflict / f"{INPUTS}.ace-new").exists()


def test_a_file_with_marks_of_a_conflict_is_not_resolved(cli, conflict, tree):
    edit(conflict / INPUTS, "import", "<<<<<<< yours\nimport")
    before = tree(conflict)
    done = cli("resolve", cwd=conflict)
    assert done.code == 1
    assert INPUTS in done.err
    assert tree(conflict) == before


def test_a_file_without_a_conflict_is_not_resolved(cli, conflict):
    done = cli("resolve", "src/forms/TaskInput.tsx", cwd=conflict)
    assert done.code == 5
    assert f"did you mean {INPUTS}?" in done.err


def test_an_ejected_file_is_the_users(cli, app, write):
    assert cli("eject", "src/forms", cwd=app).code == 0
    (app / "src/forms/toTask.ts").unlink()
    write("shop.yml", CHANGED)
    done = cli("generate", cwd=app)
    assert done.code == 0
    assert LABEL in (app / INPUTS).read_text()
    assert not (app / "src/forms/toTask.ts").exists()
    done = cli("status", cwd=app)
    assert f"your own since you ejected them:\n  {INPUTS}\n  src/forms/toTask.ts\n" in done.out
    assert cli("eject", INPUTS, cwd=app).code == 5


def test_an_adopted_file_takes_what_is_new(cli, app, write):
    assert cli("eject", INPUTS, cwd=app).code == 0
    edit(app / INPUTS, "import", "// Mine.\nimport")
    assert cli("adopt", INPUTS, cwd=app).code == 0
    assert "// Mine.\n" in (app / INPUTS).read_text()
    write("shop.yml", CHANGED)
    assert cli("generate", cwd=app).code == 0
    text = (app / INPUTS).read_text()
    assert "// Mine.\n" in text
    assert "min={1}" in text


def test_only_what_the_pattern_generates_is_adopted(cli, app, write, tree):
    write("app/src/own.ts", "")
    before = tree(app)
    done = cli("adopt", "src/own.ts", cwd=app)
    assert done.code == 5
    assert "src/own.ts is no file of yours that the pattern generates" in done.err
    assert tree(app) == before


def test_files_in_the_way_are_taken_over_with_a_copy(cli, write, tmp_path):
    write("shop.yml", SHOP)
    write("app/index.html", "mine\n")
    write("app/index.html.ace-old", "older\n")
    assert cli("generate", "shop.yml", "-o", "app").code == 1
    assert cli("generate", "shop.yml", "-o", "app", "--adopt").code == 0
    assert (tmp_path / "app/index.html").read_text() != "mine\n"
    assert (tmp_path / "app/index.html.ace-old").read_text() == "older\n"
    assert (tmp_path / "app/index.html.ace-old2").read_text() == "mine\n"
    assert cli("status", "--check", cwd=tmp_path / "app").code == 0


def test_edits_go_with_a_component_that_was_renamed(cli, app, write):
    edit(app / FORM, "export", "// Mine.\nexport")
    write("shop.yml", SHOP.replace("TaskForm", "TaskEntry"))
    done = cli("generate", cwd=app)
    assert (done.code, done.err) == (0, "")
    assert f"your edits with them:\n  {FORM}\n" in done.out
    assert not (app / FORM).exists()
    text = (app / "src/components/TaskEntry.tsx").read_text()
    assert "// Mine.\nexport default function TaskEntry" in text
    assert cli("status", "--check", cwd=app).code == 0


@pytest.mark.parametrize("is_stated", [True, False])
def test_edits_go_with_a_model_that_was_renamed(cli, app, write, is_stated):
    (app / INPUTS).write_text((app / INPUTS).read_text() + "\nexport const mine = 1;\n")
    edit(app / FORM, "export", "// Mine.\nexport")
    ticket = SHOP.replace("Task", "Ticket").replace("task", "ticket")
    stated = ticket.replace("- name: Ticket", "- name: Ticket\n        renamed_from: Task")
    write("shop.yml", stated if is_stated else ticket)
    done = cli("generate", *([] if is_stated else ["--allow-data-loss"]), cwd=app)
    assert done.code == 0, done
    inputs = (app / "src/forms/TicketInputs.tsx").read_text()
    assert "export const mine = 1;" in inputs
    assert "Task" not in inputs
    assert (
        "// Mine.\nexport default function TicketForm"
        in (app / "src/components/TicketForm.tsx").read_text()
    )
    assert [path for path in app.rglob("*") if "Task" in path.name] == []


def test_edits_do_not_go_to_another_model(cli, app, write):
    (app / INPUTS).write_text((app / INPUTS).read_text() + "\nexport const mine = 1;\n")
    other = SHOP.replace("Task", "Person").replace("task", "person")
    write("shop.yml", other.replace("title", "surname").replace("effort", "age"))
    done = cli("generate", "--allow-data-loss", cwd=app)
    assert "these files are no longer part of the pattern, and yours now:" in done.out
    assert "mine" in (app / INPUTS).read_text()
    assert "mine" not in (app / "src/forms/PersonInputs.tsx").read_text()


def test_edits_do_not_go_to_another_component(cli, app, write):
    edit(app / FORM, "export", "// Mine.\nexport")
    write("shop.yml", SHOP.replace("{name: TaskForm, type: form", "{name: TaskBoard, type: list"))
    done = cli("generate", cwd=app)
    assert "these files are no longer part of the pattern, and yours now:" in done.out
    assert "Mine" in (app / FORM).read_text()
    assert "Mine" not in (app / "src/components/TaskBoard.tsx").read_text()


def test_edits_around_a_name_go_with_the_new_one(cli, app, write):
    edit(app / FORM, "TaskForm() {", "TaskForm(): JSX.Element {")
    write("shop.yml", SHOP.replace("TaskForm", "TaskEntry"))
    done = cli("generate", cwd=app)
    assert (done.code, done.err) == (0, "")
    text = (app / "src/components/TaskEntry.tsx").read_text()
    assert "export default function TaskEntry(): JSX.Element {" in text


def test_a_renamed_file_that_was_deleted_stays_so(cli, app, write):
    (app / FORM).unlink()
    write("shop.yml", SHOP.replace("TaskForm", "TaskEntry"))
    assert cli("generate", cwd=app).code == 0
    assert not (app / "src/components/TaskEntry.tsx").exists()


def test_a_file_that_the_pattern_brings_is_looked_at_again(cli, write, trusting, tmp_path):
    write(
        "shop.yml",
        SHOP.replace("models:", "functions: [{name: work, url: true, source: a.ts}]\n    models:"),
    )
    write("a.ts", "export const handler = () => 1;\n")
    trusting("shop.yml", tmp_path)
    assert cli("generate", "shop.yml", "-o", "app").code == 0
    assert cli("generate", "shop.yml", "-o", "app").out == "nothing to do: app is up to date\n"
    write("a.ts", "export const handler = () => 2;\n")
    trusting("shop.yml", tmp_path)
    assert cli("generate", "shop.yml", "-o", "app").out.endswith("app: 1 updated\n")


def test_a_kept_text_that_somebody_changed_is_made_anew(cli, app):
    [pack] = (app / ".ace-flow/base").iterdir()
    pack.write_bytes(pack.read_bytes().replace(b"import", b"impart"))
    assert cli("generate", cwd=app).code == 0
    assert "impart" not in (app / INPUTS).read_text()
    edited = (app / INPUTS).read_text() + "// mine\n"
    (app / INPUTS).write_text(edited)
    assert cli("generate", cwd=app).code == 0
    assert (app / INPUTS).read_text() == edited


def test_a_project_is_up_to_date_from_wherever_one_looks(cli, write, trusting, tmp_path):
    model = "models: [{name: A, fields: [{name: x, type: string}]}]\n"
    write(".ace-flow/patterns/base.yml", f"name: base\n{model}templates: {{docs/z.md: z.md}}\n")
    child = "name: child\nextends: base\ntemplates: {docs/a.md: a.md}\nhooks: [hooks/h.py]\n"
    write(".ace-flow/patterns/child.yml", child)
    write(".ace-flow/patterns/z.md", "of the parent\n")
    write(".ace-flow/patterns/a.md", "of the child\n")
    write(".ace-flow/patterns/hooks/h.py", "def ace_pre_generation(context):\n    pass\n")
    trusting("child", tmp_path)
    assert cli("generate", "child", "--output", "app").code == 0
    for place in (tmp_path / "app", tmp_path / "app/docs"):
        assert "up to date" in cli("status", cwd=place).out
    assert cli("generate", cwd=tmp_path / "app").out == "nothing to do: . is up to date\n"


def test_to_see_what_would_be_runs_nothing_of_the_project(conflict, cli):
    """A repository that was cloned may bring a Prettier of its own."""
    package = conflict / "node_modules/prettier"
    package.mkdir(parents=True)
    (package / "package.json").write_text('{"name": "prettier", "main": "index.js"}')
    canary = conflict / "canary"
    program = f"require('fs').writeFileSync({str(canary)!r}, 'ran');\nmodule.exports = {{}};\n"
    (package / "index.js").write_text(program)
    for command in (["status"], ["generate", "--dry-run"], ["generate", "--diff"]):
        assert "TaskInputs" in cli(*command, cwd=conflict).out
        assert not canary.exists()
