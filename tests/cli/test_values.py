"""Parameters of a pattern from the command line: given, asked for, remembered, changed."""

from __future__ import annotations

import json

import pytest
from terminal import converse

from ace_flow import generate as story

SHOP = """\
    name: shop
    description: Sells in ${currency}
    parameters:
      currency: {type: string, enum: [EUR, USD], default: EUR, description: Shop currency}
      limit: {type: integer, minimum: 1, maximum: 50, examples: [5], title: How many}
      open: {type: boolean}
    models:
      - name: Product
        fields:
          - {name: title, type: string, required: "${open}", max_length: "${limit}"}
          - {name: price, type: float, currency: "${currency}"}
    components:
      - {name: ProductTable, type: table, purpose: "Prices in ${currency}"}
    """
GIVEN = ("--set", "limit=9", "--set", "open=true")
STATE = ".ace-flow/state.json"
COLUMNS = "app/src/columns/Product.tsx"


@pytest.fixture
def generate(cli, write):
    write("shop.yml", SHOP)

    def call(*options: str):
        return cli("generate", "shop.yml", "--output", "app", *options)

    return call


def remembered(root) -> dict[str, object]:
    return json.loads((root / "app" / STATE).read_text())["parameters"]


def test_what_is_missing_is_listed_at_once_and_nothing_is_written(generate, tmp_path):
    done = generate()
    assert done.code == 3
    assert "`limit` has no value" in done.err
    assert "--set limit=…`: a whole number, at least 1, at most 50" in done.err
    assert "`open` has no value" in done.err
    assert "2 errors" in done.err
    assert not (tmp_path / "app").exists()
    said = generate("--json").json["diagnostics"]
    assert [(item["code"], item["start"]["line"]) for item in said] == [
        ("ACE033", 5),
        ("ACE033", 6),
    ]
    assert generate("--defaults", "--set", "open=true").err.count("ACE033]") == 1


def test_given_values_are_remembered_and_can_be_changed(generate, tmp_path, tree):
    first = generate(*GIVEN)
    assert (first.code, first.err) == (0, "")
    assert "  currency = EUR\n  limit = 9\n  open = true\n" in first.out
    assert remembered(tmp_path) == {"currency": "EUR", "limit": 9, "open": True}
    assert "'EUR'" in (tmp_path / COLUMNS).read_text()
    before = tree(tmp_path / "app")
    assert "up to date" in generate().out
    assert tree(tmp_path / "app") == before
    assert generate("--set", "currency=USD").code == 0
    assert remembered(tmp_path) == {"currency": "USD", "limit": 9, "open": True}
    assert "'USD'" in (tmp_path / COLUMNS).read_text()
    assert generate("--set", "currency=EUR").code == 0
    assert tree(tmp_path / "app") == before


def test_a_default_that_was_taken_stays_when_the_pattern_changes_it(generate, tmp_path, write):
    generate(*GIVEN)
    write("shop.yml", SHOP.replace("default: EUR", "default: USD"))
    assert "up to date" in generate().out
    assert remembered(tmp_path)["currency"] == "EUR"


def test_edits_stay_when_a_parameter_changes(generate, tmp_path):
    generate(*GIVEN)
    file = tmp_path / COLUMNS
    file.write_text("// mine\n" + file.read_text())
    done = generate("--set", "currency=USD")
    assert "1 merged" in done.out
    assert file.read_text().startswith("// mine\n")
    assert "'USD'" in file.read_text()


def test_a_dry_run_remembers_nothing(generate, tmp_path):
    generate(*GIVEN)
    assert "Product.tsx" in generate("--set", "currency=USD", "--dry-run").out
    assert "+" in generate("--set", "currency=USD", "--diff").out
    assert remembered(tmp_path)["currency"] == "EUR"


def test_values_come_from_a_file_and_options_count_before_it(generate, tmp_path, write):
    write("values.yml", "limit: 7\nopen: false\ncurrency: USD\n")
    done = generate("--values", "values.yml", "--set", "limit=8", "--json")
    assert done.json["parameters"] == {"currency": "USD", "limit": 8, "open": False}
    assert remembered(tmp_path) == done.json["parameters"]


def test_everything_that_is_wrong_with_values_is_said_at_once(generate, tmp_path, write):
    write("values.yml", "limit: '7'\nopen: 1\n")
    done = generate(
        "--values", "values.yml", "--set", "currency=GBP", "--set", "curency=x", "--json"
    )
    assert done.code == 3
    assert [(i["code"], i["file"], i["start"]["line"]) for i in done.json["diagnostics"]] == [
        ("ACE032", "--set", 1),
        ("ACE030", "--set", 2),
        ("ACE032", "values.yml", 1),
        ("ACE032", "values.yml", 2),
    ]
    assert not (tmp_path / "app").exists()


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--set", "limit"), 3, "--set name=value"),
        (("--set", "=5"), 3, "--set name=value"),
        (("--values", "none.yml"), 5, "there is no file none.yml"),
        (("--values", "list.yml"), 3, "holds no values"),
        (("--values", "twice.yml"), 3, "ACE003"),
        (("--values", "."), 7, "directory"),
    ],
)
def test_options_that_say_nothing_are_refused(generate, write, tmp_path, options, code, said):
    write("list.yml", "- a\n")
    write("twice.yml", "limit: 1\nlimit: 2\n")
    done = generate(*GIVEN, *options)
    assert done.code == code
    assert said in done.err
    assert not (tmp_path / "app").exists()


def test_a_pattern_without_parameters_takes_no_values(cli, write, tmp_path):
    write("plain.yml", "name: plain\nmodels: [{name: Item, fields: [{name: x, type: string}]}]\n")
    done = cli("generate", "plain.yml", "--output", "app", "--set", "a=1")
    assert (done.code, "no parameters" in done.err) == (3, True)
    assert cli("generate", "plain.yml", "--output", "app").code == 0
    assert "parameters" not in json.loads((tmp_path / "app" / STATE).read_text())


def test_a_remembered_value_that_no_longer_fits_is_said(generate, tmp_path, write):
    generate(*GIVEN)
    write("shop.yml", SHOP.replace("maximum: 50", "maximum: 8"))
    done = generate()
    assert done.code == 3
    assert "`9`, which the project has, is more than 8" in done.err
    write("shop.yml", SHOP.replace("maximum: 50", "maximum: 8"))
    assert generate("--set", "limit=8").code == 0
    assert remembered(tmp_path)["limit"] == 8


def test_what_a_pattern_no_longer_asks_for_is_forgotten(generate, tmp_path, write):
    generate(*GIVEN)
    lines = [line for line in SHOP.splitlines() if "open: {" not in line]
    write("shop.yml", "\n".join(lines).replace('"${open}"', "true"))
    assert generate().code == 0
    assert remembered(tmp_path) == {"currency": "EUR", "limit": 9}


@pytest.mark.parametrize("value", ["null", "{}", "[[1]]", '"\\u001b"', "NaN", "1e999"])
def test_a_state_that_somebody_changed_is_checked(generate, tmp_path, value):
    generate(*GIVEN)
    state = tmp_path / "app" / STATE
    state.write_text(state.read_text().replace('"EUR"', value))
    done = generate()
    assert done.code == 3
    assert "state.json cannot be read" in done.err or "which the project has" in done.err


def test_a_project_of_another_pattern_is_refused_before_values_are(generate, cli, write):
    generate(*GIVEN)
    write("other.yml", SHOP.replace("name: shop", "name: other").replace("EUR", "GBP"))
    done = cli("generate", "other.yml", "--output", "app")
    assert (done.code, "was generated from `shop`" in done.err) == (1, True)


def test_commands_that_read_patterns_need_no_values(cli, write):
    write(".ace-flow/patterns/shop.yml", SHOP)
    assert cli("validate-pattern", "shop").out.startswith("shop is valid")
    shown = cli("show-pattern", "shop").out
    assert "Sells in EUR" in shown
    assert "parameter currency = EUR: one of EUR, USD (Shop currency)" in shown
    assert "parameter limit = 5: a whole number, at least 1, at most 50 (How many)" in shown
    (row,) = cli("list-patterns", "--origin", "project", "--json").json
    assert row["description"] == "Sells in EUR"
    assert cli("register-pattern", ".ace-flow/patterns/shop.yml").code == 0
    pattern = cli("show-pattern", "shop", "--json").json["pattern"]
    assert [item["name"] for item in pattern["parameters"]] == ["currency", "limit", "open"]


def test_a_pattern_is_tried_with_other_values(cli, write):
    write("shop.yml", SHOP)
    assert cli("validate-pattern", "shop.yml", "--set", "currency=USD").code == 0
    assert "Sells in USD" in cli("show-pattern", "shop.yml", "--set", "currency=USD").out
    done = cli("validate-pattern", "shop.yml", "--set", "limit=51", "--format", "github")
    assert (done.code, "ACE032" in done.out) == (3, True)
    write("shop.yml", SHOP.replace("enum: [EUR, USD], ", ""))
    done = cli("validate-pattern", "shop.yml", "--set", "currency=EURO", "--json")
    assert [item["code"] for item in done.json["diagnostics"]] == ["ACE113"]
    assert done.json["diagnostics"][0]["start"] == {"line": 11, "column": 46}


def test_origins_say_what_came_from_a_parameter(cli, write):
    write("shop.yml", SHOP)
    text = cli("show-pattern", "shop.yml", "--origin").out
    assert "description: Sells in EUR" in text
    assert "# shop.yml:2:14, with currency" in text
    assert "# parameter: limit = 5" in text
    origins = cli("show-pattern", "shop.yml", "--origin", "--json").json
    assert origins["parameters"] == {"currency": "EUR", "limit": 5, "open": False}
    origin = origins["origins"]["/schema/models/0/fields/0/max_length"]
    assert (origin["line"], origin["parameters"]) == (10, ["limit"])
    write("again.yml", text)
    again = cli("show-pattern", "again.yml", "--json").json["pattern"]
    first = cli("show-pattern", "shop.yml", "--json").json["pattern"]
    assert again == {key: value for key, value in first.items() if key != "parameters"}


def test_the_sandbox_generates_again_with_what_is_remembered(
    generate, tmp_path, monkeypatch, write
):
    from ace_flow.cli import sandboxing  # noqa: PLC0415 - only here

    generate(*GIVEN, "--set", "currency=USD")
    write("shop.yml", SHOP.replace("Prices in", "All prices in"))
    monkeypatch.chdir(tmp_path / "app")
    sandboxing._generate("../shop.yml")  # noqa: SLF001 - what it does after a change
    assert "All prices in USD" in (tmp_path / "app/src/routes.ts").read_text()
    assert remembered(tmp_path) == {"currency": "USD", "limit": 9, "open": True}


def test_what_another_process_has_set_meanwhile_counts(generate, cli, tmp_path, monkeypatch):
    generate(*GIVEN)
    usual = story.locked
    others = [("--set", "currency=USD", "--set", "limit=3")]

    def locked(root, waiting):
        if others:
            options = others.pop()
            assert cli("generate", "shop.yml", "--output", "app", *options).code == 0
        return usual(root, waiting)

    monkeypatch.setattr(story, "locked", locked)
    done = generate("--set", "limit=4", "--json")
    assert done.json["parameters"] == {"currency": "USD", "limit": 4, "open": True}
    assert remembered(tmp_path) == done.json["parameters"]
    assert "'USD'" in (tmp_path / COLUMNS).read_text()


def test_values_are_asked_for_on_a_terminal_until_they_fit(tmp_path, write):
    write("shop.yml", SHOP)
    done = converse(
        ["generate", "shop.yml", "--output", "app"],
        tmp_path,
        [
            ("currency [EUR]: ", "GBP\n"),
            ("currency [EUR]: ", "\n"),
            ("limit: ", "\n"),
            ("limit: ", "51\n"),
            ("limit: ", "50\n"),
            ("open: ", "y\n"),
        ],
    )
    assert done.code == 0
    assert "shop asks for 3 values" in done.screen
    assert "Shop currency\none of EUR, USD" in done.screen
    assert "`GBP` is not one of: EUR, USD" in done.screen
    assert "How many\na whole number, at least 1, at most 50\nfor example 5" in done.screen
    assert "a value is needed" in done.screen
    assert "`51` is more than 50" in done.screen
    assert remembered(tmp_path) == {"currency": "EUR", "limit": 50, "open": True}
    # Nobody is asked twice, nor for what is given.
    assert "asks" not in converse(["generate", "shop.yml", "-o", "app"], tmp_path, []).screen
    options = ["--set", "limit=1", "--set", "open=true"]
    done = converse(
        ["generate", "shop.yml", "-o", "two", *options], tmp_path, [("currency [EUR]: ", "USD\n")]
    )
    assert "shop asks for a value" in done.screen
    # One that no longer fits is asked for again.
    write("shop.yml", SHOP.replace("maximum: 50", "maximum: 40"))
    done = converse(["generate", "shop.yml", "-o", "app"], tmp_path, [("limit: ", "40\n")])
    assert "`50`, which the project has, is more than 40" in done.screen
    assert remembered(tmp_path)["limit"] == 40


@pytest.mark.parametrize("option", ["--json", "--defaults"])
def test_nobody_is_asked_who_does_not_want_it(tmp_path, write, option):
    write("shop.yml", SHOP)
    done = converse(["generate", "shop.yml", "-o", "app", option], tmp_path, [])
    assert done.code == 3
    assert "asks" not in done.screen
    assert "ACE033" in done.screen


@pytest.mark.parametrize("key", ["\x03", "\x04"], ids=["interrupt", "end"])
def test_leaving_the_questions_writes_nothing(tmp_path, write, key):
    write("shop.yml", SHOP)
    done = converse(
        ["generate", "shop.yml", "-o", "app"], tmp_path, [("[EUR]: ", "USD\n"), ("limit: ", key)]
    )
    assert done.code == 130
    assert "\nerror: interrupted" in done.screen
    assert "Traceback" not in done.screen
    assert not (tmp_path / "app").exists()


def test_what_a_pattern_says_cannot_act_on_the_terminal(tmp_path, write):
    write("shop.yml", SHOP.replace("Shop currency", '"\\x9b31m \\u202e"'))
    done = converse(["generate", "shop.yml", "-o", "app"], tmp_path, [("[EUR]: ", "\x03")])
    assert "\\x9b31m \\u202e" in done.screen
