from __future__ import annotations

import json
import resource
import subprocess
import sys

import pytest

from ace_flow.names import kebab

SHOP = """\
    name: shop
    services: [dynamodb, s3]
    models:
      - name: Product
        fields:
          - {name: title, type: string, required: true}
      - {name: Order, fields: [{name: product, type: belongsTo, model: Product}]}
    components:
      - {name: ProductTable, type: table, purpose: See all products}
      - {name: OrderForm, type: form, purpose: Order}
    """
TITLE = "          - {name: title, type: string, required: true}\n"
CHANGED = SHOP.replace(TITLE, f"{TITLE}          - {{name: label, type: string}}\n").replace(
    "See all", "Find"
)
FORM = "src/components/OrderForm.tsx"
COLUMNS = "src/columns/Product.tsx"
STATE = ".ace-flow/state.json"


@pytest.fixture
def shop(write, cli, tmp_path):
    write("shop.yml", SHOP)
    assert cli("generate", "shop.yml", "--output", "app").code == 0
    return tmp_path / "app"


def times(root) -> dict[str, int]:
    return {path.as_posix(): path.stat().st_mtime_ns for path in [root, *root.rglob("*")]}


def test_a_new_project_is_written_with_its_state(cli, write, tree, tmp_path):
    write("shop.yml", SHOP)
    done = cli("generate", "shop.yml", "--output", "deep/app")
    assert (done.code, done.err) == (0, "")
    files = {path for path, content in tree(tmp_path / "deep/app").items() if content is not None}
    assert {
        "amplify/backend.ts",
        "amplify/data/resource.ts",
        "package.json",
        FORM,
        COLUMNS,
    } <= files
    state = json.loads((tmp_path / "deep/app" / STATE).read_text())
    assert state["pattern"] == "shop"
    assert set(state["files"]) == own(files)
    assert f"deep/app: {len(own(files))} created" in done.out
    assert "next: cd deep/app && npm install && npm run build" in done.out
    assert "+ Order.productId: the foreign key of product" in done.out


def test_generating_into_the_folder_one_is_in(cli, write, tmp_path):
    write("shop.yml", SHOP)
    done = cli("generate", "shop.yml")
    assert "next: npm install" in done.out
    assert (tmp_path / FORM).is_file()
    assert (tmp_path / "shop.yml").is_file()


def test_a_second_run_writes_nothing(cli, shop):
    before = times(shop)
    done = cli("generate", "shop.yml", "--output", "app")
    assert (done.code, done.err) == (0, "")
    assert "nothing to do: app is up to date" in done.out
    assert times(shop) == before


def test_a_change_of_the_pattern_changes_its_files_only(cli, shop, write, tree):
    before = tree(shop)
    write("shop.yml", CHANGED)
    done = cli("generate", "shop.yml", "--output", "app", "--json")
    after = tree(shop)
    changed = {path for path, content in after.items() if before.get(path) != content}
    updated = {item["path"] for item in done.json["files"] if item["action"] == "update"}
    assert COLUMNS in updated
    assert own(changed) == updated
    assert b"label" in after[COLUMNS]


def test_a_file_only_the_user_changed_stays_as_it_is(cli, shop, write):
    (shop / FORM).write_text("// mine\n")
    assert "up to date" in cli("generate", "shop.yml", "--output", "app").out
    write("shop.yml", CHANGED)
    done = cli("generate", "shop.yml", "--output", "app")
    assert done.code in {0, 1}
    assert (shop / FORM).read_text() == "// mine\n"


def own(files) -> set[str]:
    """Return the files of a project that are not ace's own."""
    return {path for path in files if not path.startswith(".ace-flow")}


def test_edits_of_the_user_and_of_the_pattern_go_together(cli, shop, write):
    (shop / COLUMNS).write_text("// mine\n" + (shop / COLUMNS).read_text())
    write("shop.yml", CHANGED)
    done = cli("generate", "shop.yml", "--output", "app")
    assert (done.code, done.err) == (0, "")
    assert "1 merged" in done.out
    text = (shop / COLUMNS).read_text()
    assert text.startswith("// mine\n")
    assert "label" in text
    again = times(shop)
    assert "up to date" in cli("generate", "shop.yml", "--output", "app").out
    assert times(shop) == again


def test_a_file_both_changed_waits_for_the_user(cli, shop, write, tree):
    (shop / COLUMNS).write_text("// mine\n")
    write("shop.yml", CHANGED)
    for _ in range(2):
        done = cli("generate", "shop.yml", "--output", "app")
        assert (done.code, done.err) == (1, "")
        assert f"the pattern's text is in FILE.ace-new:\n  {COLUMNS}\n" in done.out
    as_json = cli("generate", "shop.yml", "--output", "app", "--json")
    assert as_json.code == 1
    assert {"path": COLUMNS, "action": "conflict"} in as_json.json["files"]
    assert (shop / COLUMNS).read_text() == "// mine\n"
    assert "label" in (shop / f"{COLUMNS}.ace-new").read_text()
    # Making the same edit settles it.
    (shop / COLUMNS).write_text((shop / f"{COLUMNS}.ace-new").read_text())
    assert cli("generate", "shop.yml", "--output", "app").code == 0
    assert not (shop / f"{COLUMNS}.ace-new").exists()
    assert json.loads((shop / STATE).read_text()).get("conflicts") is None


@pytest.mark.parametrize(
    ("choice", "code", "text"),
    [("ours", 0, "// mine\n"), ("theirs", 0, "label"), ("markers", 1, "<<<<<<< yours\n// mine")],
)
def test_a_conflict_is_settled_as_asked(cli, shop, write, choice, code, text):
    (shop / COLUMNS).write_text("// mine\n")
    write("shop.yml", CHANGED)
    done = cli("generate", "shop.yml", "--output", "app", "--conflict", choice)
    assert done.code == code
    assert text in (shop / COLUMNS).read_text()
    assert not (shop / f"{COLUMNS}.ace-new").exists()
    if code:
        assert f"where that is marked:\n  {COLUMNS}\n" in done.out


def test_an_unknown_choice_is_said(cli, shop, tree):
    before = tree(shop)
    done = cli("generate", "shop.yml", "--output", "app", "--conflict", "their")
    assert done.code == 3
    assert "--conflict takes no `their`" in done.err
    assert "one of: new, markers, ours, theirs" in done.err
    assert tree(shop) == before


@pytest.mark.parametrize("option", ["--dry-run", "--diff"])
def test_a_dry_run_writes_nothing(cli, shop, write, tmp_path, option):
    (shop / FORM).write_text("// mine\n")
    write("shop.yml", CHANGED)
    before = times(tmp_path)
    done = cli("generate", "shop.yml", "--output", "app", option)
    assert times(tmp_path) == before
    if option == "--dry-run":
        assert f"update    {COLUMNS}\n" in done.out
        assert done.out.endswith("nothing was written\n")
    else:
        assert f"--- {COLUMNS}\n+++ {COLUMNS}\n" in done.out
    new = cli("generate", "shop.yml", "--output", "new", option)
    assert (new.code, "create" in new.out or "--- /dev/null" in new.out) == (0, True)
    assert times(tmp_path) == before


def test_diffs_come_as_json_too(cli, shop, write):
    write("shop.yml", CHANGED)
    done = cli("generate", "shop.yml", "--output", "app", "--diff", "--json")
    [found] = [file for file in done.json["files"] if file["path"] == COLUMNS]
    assert found["action"] == "update"
    assert found["diff"].startswith(f"--- {COLUMNS}\n+++ {COLUMNS}\n@@ ")


def test_a_file_the_user_deleted_stays_deleted(cli, shop, write):
    (shop / COLUMNS).unlink()
    done = cli("generate", "shop.yml", "--output", "app")
    assert done.code == 0
    assert f"stay deleted, as you left them:\n  {COLUMNS}\n" in done.out
    write("shop.yml", CHANGED)
    assert cli("generate", "shop.yml", "--output", "app").code == 0
    assert not (shop / COLUMNS).exists()


def test_what_is_no_longer_part_of_the_pattern_goes_unless_it_was_edited(cli, shop, write):
    test = FORM.replace(".tsx", ".test.tsx")
    (shop / FORM).write_text("// mine\n")
    text = SHOP.replace("      - {name: OrderForm, type: form, purpose: Order}\n", "")
    write("shop.yml", text)
    done = cli("generate", "shop.yml", "--output", "app")
    assert done.code == 0
    assert f"no longer part of the pattern, and yours now:\n  {FORM}\n" in done.out
    assert (shop / FORM).exists()
    assert not (shop / test).exists()
    assert FORM not in cli("generate", "shop.yml", "--output", "app").out
    # It is the user's own now.
    write("shop.yml", SHOP)
    done = cli("generate", "shop.yml", "--output", "app")
    assert (done.code, f"  {FORM}\n" in done.err) == (1, True)


def test_foreign_files_in_the_way_are_listed_and_nothing_is_written(cli, write, tree, tmp_path):
    write("shop.yml", SHOP)
    write("app/package.json", '{"name": "mine"}\n')
    write("app/src/App.tsx", "mine")
    write("app/notes.txt", "mine too")
    before = tree(tmp_path)
    done = cli("generate", "shop.yml", "--output", "app")
    assert (done.code, done.out) == (1, "")
    assert "  package.json\n  src/App.tsx\n" in done.err
    assert "notes.txt" not in done.err
    assert "--output" in done.err
    assert tree(tmp_path) == before


def test_a_foreign_file_that_is_the_same_is_taken_over(cli, shop):
    (shop / STATE).unlink()
    done = cli("generate", "shop.yml", "--output", "app")
    assert done.code == 0
    assert (shop / STATE).exists()


@pytest.mark.parametrize(
    "link", ["package.json", "src", "amplify/data", ".ace-flow", ".ace-flow/state.json"]
)
def test_no_link_in_a_project_is_followed(cli, write, tree, tmp_path, link):
    write("shop.yml", SHOP)
    outside = tmp_path / "outside"
    outside.mkdir()
    (tmp_path / "app" / link).parent.mkdir(parents=True)
    (tmp_path / "app" / link).symlink_to(outside / "x" if "json" in link else outside)
    before = tree(tmp_path)
    done = cli("generate", "shop.yml", "--output", "app")
    assert (done.code, done.out) == (3, "")
    assert f"{link} is a link" in done.err
    assert tree(tmp_path) == before


def test_a_file_as_the_output_is_refused(cli, write):
    write("shop.yml", SHOP)
    write("app", "a file")
    done = cli("generate", "shop.yml", "--output", "app")
    assert done.code == 3
    assert "app is a file" in done.err
    inside = cli("generate", "shop.yml", "--output", "app/in/ner")
    assert inside.code == 3
    assert "app is a file" in inside.err


@pytest.mark.parametrize(("path", "what"), [("package.json", "folder"), ("src", "file")])
def test_a_folder_or_file_of_the_wrong_kind_is_said(cli, write, tree, tmp_path, path, what):
    write("shop.yml", SHOP)
    if what == "folder":
        (tmp_path / "app" / path).mkdir(parents=True)
    else:
        write(f"app/{path}", "")
    before = tree(tmp_path)
    done = cli("generate", "shop.yml", "--output", "app")
    assert done.code == 3
    assert f"{path} is a {what}" in done.err
    assert tree(tmp_path) == before


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 4, "files": {}}', "<<<<<<< ours"])
def test_a_state_that_cannot_be_read_stops_everything(cli, shop, tree, text):
    (shop / STATE).write_text(text)
    before = tree(shop)
    done = cli("generate", "shop.yml", "--output", "app")
    assert done.code == 3
    assert STATE in done.err
    assert tree(shop) == before


def test_a_disk_without_room_leaves_the_project_as_it_was(shop, write, tree):
    write("shop.yml", CHANGED.replace("purpose: Order", f"purpose: {'long ' * 1000}"))
    before = tree(shop)

    def limited() -> None:
        # No file may grow beyond what only the changed form needs.
        resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000))

    done = subprocess.run(
        [sys.executable, "-m", "ace_flow", "generate", "shop.yml", "--output", "app"],
        cwd=shop.parent,
        preexec_fn=limited,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 7
    assert "too large" in done.stderr
    assert tree(shop) == before


def test_the_same_pattern_gives_the_same_bytes_everywhere(ace, write, tree, tmp_path):
    write("shop.yml", SHOP)
    write("elsewhere/shop.yml", SHOP)
    one = ace("generate", "shop.yml", "--output", "one", PYTHONHASHSEED="1")
    two = ace(
        "generate", "shop.yml", "--output", "two", cwd=tmp_path / "elsewhere", PYTHONHASHSEED="2"
    )
    assert (one.code, two.code) == (0, 0)
    assert tree(tmp_path / "one") == tree(tmp_path / "elsewhere" / "two")


@pytest.mark.slow
def test_a_run_that_changes_nothing_costs_half_of_a_first_one(ace, tmp_path):
    def cost(*arguments) -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        assert ace("generate", *arguments).code == 0
        return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before

    first = [cost("e_commerce", "--output", f"app{number}") for number in range(3)]
    again = [cost("e_commerce", "--output", "app0") for _ in range(3)]
    assert min(again) <= min(first) / 2


def test_generating_as_json(cli, write, tmp_path):
    write("shop.yml", SHOP)
    done = cli("generate", "shop.yml", "--output", "app", "--json")
    assert (done.code, done.err) == (0, "")
    document = done.json
    assert document["pattern"] == "shop"
    assert document["output"] == str(tmp_path / "app")
    assert {"path": FORM, "action": "create"} in document["files"]
    assert {item["path"] for item in document["additions"]} >= {"Order.productId"}


def test_warnings_do_not_stop_generating(cli, write):
    write("p.yml", SHOP.replace("services: [dynamodb, s3]", "services: [timestream]"))
    done = cli("generate", "p.yml", "--output", "app")
    assert done.code == 0
    assert "warning[ACE151]" in done.err


@pytest.mark.parametrize("name", ["e_commerce", "iot-platform"])
def test_a_shipped_pattern_is_generated_by_its_name(cli, tmp_path, name):
    assert cli("generate", name, "--output", "app").code == 0
    package = json.loads((tmp_path / "app/package.json").read_text())
    assert package["name"] == kebab(name)


def test_the_project_of_another_pattern_is_left_alone(cli, write, tree, tmp_path):
    for name in ("one", "two"):
        write(
            f"{name}.yml", f"name: {name}\nmodels: [{{name: A, fields: [{{name: x, type: id}}]}}]\n"
        )
    assert cli("generate", "one.yml", "-o", "app").code == 0
    before = tree(tmp_path)
    done = cli("generate", "two.yml", "-o", "app")
    assert done.code == 1
    assert "generated from `one`, not from `two`" in done.err
    assert tree(tmp_path) == before


def test_the_next_step_can_be_pasted(cli, write):
    write("one.yml", "name: one\n")
    assert "cd 'my app' && npm install" in cli("generate", "one.yml", "-o", "my app").out
