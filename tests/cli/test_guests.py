"""`ace generate` and its neighbours in applications that ace did not create."""

from __future__ import annotations

import json
import posixpath
import re

import pytest
from trust import trust_of

CLUB = """\
    name: sports_club
    version: 1.0.0
    auth: {groups: [trainers]}
    functions: [{name: remind, schedule: every day}]
    models:
      - name: Match
        fields:
          - {name: opponent, type: string, required: true}
          - {name: round, type: integer}
        authorization: [{allow: owner}, {allow: groups, groups: [trainers]}]
    components:
      - {name: MatchForm, type: form}
      - {name: MatchTable, type: table}
"""
CHANGED = CLUB.replace("type: integer", "type: integer, min: 1")
BACKEND, PAGES = "amplify/sports-club", "src/sports-club"
README, INPUTS = f"{BACKEND}/README.md", f"{PAGES}/forms/MatchInputs.tsx"
REACT = {"dependencies": {"react": "^19.3.1", "react-dom": "^19.3.1"}}


@pytest.fixture
def host(write, tmp_path):
    """Write an application: `amplify/backend.ts`, a `package.json`, and what else is named."""

    def make(*files: str, package: dict | None = None, folder: str = "app"):
        write("club.yml", CLUB)
        for path in ("amplify/backend.ts", *files):
            write(f"{folder}/{path}", "// Mine.\n")
        write(f"{folder}/package.json", json.dumps(REACT if package is None else package))
        return tmp_path / folder

    return make


def files_of(entries):
    return {path: content for path, content in entries.items() if content is not None}


def joined(cli, *options, output="app"):
    return cli("generate", "club.yml", "-o", output, *options)


def test_all_files_are_in_folders_of_the_patterns_own(cli, host, tree):
    app = host("amplify/data/resource.ts", "src/App.tsx", "index.html")
    before = tree(app)
    done = joined(cli)
    assert done.code == 0, done.err
    after = files_of(tree(app))
    own = (f"{BACKEND}/", f"{PAGES}/", ".ace-flow/")
    assert {path: text for path, text in after.items() if not path.startswith(own)} == files_of(
        before
    )
    assert f"all files are in {BACKEND} and {PAGES}" in done.out
    assert not any(path.endswith((".test.tsx", "main.tsx")) for path in after)


def test_what_is_left_is_said_by_the_names_of_the_applications_files(cli, host):
    found = host("amplify/data/resource.js", "amplify/auth/resource.ts", "src/App.jsx")
    done = joined(cli)
    text = (found / README).read_text()
    for lines in (
        "amplify/data/resource.js: Put the pattern's models into your API.",
        "schema: a.combine([schema, sportsClubSchema]),",
        "groups: [...sportsClubGroups],",
        "import { addSportsClub, sportsClubResources } from './sports-club/backend';",
        "...sportsClubResources,",
        "addSportsClub(backend);",
        "src/App.jsx: Show the pattern's pages.",
        "import { SportsClubApp } from './sports-club';",
    ):
        assert lines in done.out
        assert lines.partition(": Put")[0].partition(": Show")[0] in text


def test_what_an_application_lacks_is_made_anew(cli, host):
    host()
    steps = {step["file"]: step for step in joined(cli, "--json").json["guest"]["steps"]}
    data, auth = steps["amplify/data/resource.ts"], steps["amplify/auth/resource.ts"]
    assert data["new"]
    assert "schema: sportsClubSchema," in data["edits"][0]["code"]
    assert auth["new"]
    assert "groups: [...sportsClubGroups]," in auth["edits"][0]["code"]
    (imports, resources, _) = steps["amplify/backend.ts"]["edits"]
    assert resources["code"] == "auth,\ndata,\n...sportsClubResources,"
    assert "import { auth } from './auth/resource';" in imports["code"]


def test_a_package_without_react_gets_no_pages(cli, host):
    app = host(package={"devDependencies": {"typescript": "~5.9.3"}})
    done = joined(cli)
    assert "without pages: the package does not have React" in done.out
    assert not (app / "src").exists()
    assert "There are no pages" in (app / README).read_text()
    # With React the pages come.
    (app / "package.json").write_text(json.dumps(REACT))
    assert joined(cli).code == 0
    assert (app / PAGES / "index.tsx").is_file()


@pytest.mark.parametrize(
    ("files", "folder", "place"),
    [
        (["app/layout.tsx"], "app/sports-club", "../../src/sports-club"),
        (["src/app/layout.tsx"], "src/app/sports-club", "../../sports-club"),
    ],
)
def test_next_gets_a_page_of_its_router(cli, host, files, folder, place):
    host(*files, package={"dependencies": {**REACT["dependencies"], "next": "15"}})
    steps = joined(cli, "--json").json["guest"]["steps"]
    (page,) = [step for step in steps if step["file"] == f"{folder}/page.tsx"]
    assert page["new"]
    code = page["edits"][0]["code"]
    assert code.startswith("'use client';\n")
    assert f"import {{ SportsClubApp }} from '{place}';" in code
    root = "/".join([".."] * len(folder.split("/")))
    assert f"from '{root}/amplify_outputs.json'" in code


def test_routes_are_for_those_who_have_a_router(cli, host):
    host("src/main.tsx", package={"dependencies": {**REACT["dependencies"], "react-router": "7"}})
    route = '<Route path="/sports-club/*" element={<SportsClubApp />} />'
    assert route in joined(cli).out


@pytest.mark.parametrize(
    ("lock", "command"),
    [
        ("package-lock.json", "npm install"),
        ("pnpm-lock.yaml", "pnpm add"),
        ("yarn.lock", "yarn add"),
    ],
)
def test_only_missing_or_older_packages_are_added(cli, host, write, lock, command):
    versions = {"react": "^18.3.1", "react-dom": "~19.3.0", "aws-amplify": "^6.0.0"}
    host(package={"dependencies": versions})
    write(lock, "")
    write("app/node_modules/aws-amplify/package.json", '{"version": "6.40.2"}')
    found = joined(cli, "--json").json["guest"]
    use = next(line for line in found["commands"] if " react@" in line)
    assert use.startswith(f"{command} ")
    assert "@aws-amplify/ui-react@" in use
    assert "react-dom@" not in use
    assert " aws-amplify@" not in use
    assert found["packages"]["devDependencies"].keys() >= {"@aws-amplify/backend", "@types/react"}


def test_a_second_bucket_leaves_the_first_as_the_default(cli, host, write):
    host("amplify/storage/resource.ts")
    write("club.yml", CLUB + "    services: [s3]\n")
    steps = joined(cli, "--json").json["guest"]["steps"]
    (step,) = [step for step in steps if step["file"] == "amplify/storage/resource.ts"]
    codes = [edit["code"] for edit in step["edits"]]
    assert codes[1:] == [
        "isDefault: true,",
        "export const sportsClubStorage = defineStorage(sportsClubFiles);",
    ]


@pytest.mark.parametrize("text", ["{", "[]", "null", '{"dependencies": []}'])
def test_a_package_that_cannot_be_read_is_not_guessed_about(cli, host, write, text):
    app = host()
    write("app/package.json", text)
    done = joined(cli)
    if "dependencies" in text:
        assert "without pages" in done.out
    else:
        assert done.code == 3
        assert "package.json of the application cannot be read" in done.err
        assert not (app / "amplify/sports-club").exists()


def test_functions_of_the_same_name_are_told_of(cli, host):
    host("amplify/functions/remind/resource.ts")
    assert "no two functions may have one name: amplify/functions/remind" in joined(cli).out


def test_generating_again_does_nothing_and_a_status_is_up_to_date(cli, host, tree, write):
    app = host("src/App.tsx")
    joined(cli)
    # What people make as they are told changes nothing of what is said.
    write("app/amplify/data/resource.ts", "// Mine.\n")
    before = tree(app)
    done = cli("generate", cwd=app)
    assert (done.code, tree(app)) == (0, before)
    assert "nothing to do" in done.out
    status = cli("status", "--check", cwd=app)
    assert status.code == 0
    assert "in an application that ace did not create" in status.out
    assert cli("status", "--json", cwd=app).json["guest"] is True


def test_edits_are_kept_merged_and_asked_about(cli, host, write):
    app = host()
    joined(cli)
    file = app / INPUTS
    file.write_text(file.read_text().replace('label="Opponent"', 'label="Against"'))
    write("club.yml", CHANGED)
    done = joined(cli)
    assert done.code == 0
    assert 'label="Against"' in file.read_text()
    assert "min={1}" in file.read_text()
    assert "what is left to you" not in done.out
    assert cli("eject", README, cwd=app).code == 0
    (app / README).unlink()
    assert cli("generate", cwd=app).code == 0
    assert not (app / README).exists()


def test_folders_follow_the_patterns_name_and_edits_go_with_them(cli, host, write):
    app = host()
    joined(cli)
    file = app / INPUTS
    file.write_text(file.read_text().replace('label="Opponent"', 'label="Against"'))
    write("club.yml", CLUB.replace("sports_club", "league"))
    done = joined(cli)
    assert done.code == 0, done.err
    assert 'label="Against"' in (app / "src/league/forms/MatchInputs.tsx").read_text()
    assert not file.exists()
    assert "what is left to you has changed: amplify/league/README.md" in done.out


def test_another_pattern_is_refused_with_a_way_to_have_both(cli, host, tree, write):
    app = host()
    joined(cli)
    before = tree(app)
    done = cli("generate", "simple_crud", "-o", "app")
    assert done.code == 1
    assert "extends: [sports_club, simple_crud]" in done.err
    assert tree(app) == before


@pytest.mark.parametrize("folder", [BACKEND, PAGES])
def test_folders_of_others_are_not_written_into(cli, host, tree, folder):
    app = host(f"{folder}/mine.ts")
    before = tree(app)
    done = joined(cli)
    assert done.code == 1
    assert f"  {folder}\n" in done.err
    assert tree(app) == before


def test_an_application_can_still_be_taken_over(cli, host):
    app = host()
    done = joined(cli, "--adopt")
    assert done.code == 0
    assert (app / "amplify/backend.ts.ace-old").read_text() == "// Mine.\n"
    assert not (app / BACKEND).exists()
    assert "guest" not in cli("generate", "--json", cwd=app).json


def test_a_monorepo_is_told_where_its_application_is(cli, host, write):
    host(folder="repo/packages/backend")
    write("repo/package.json", "{}")
    done = joined(cli, output="repo")
    assert done.code == 1
    assert "an Amplify application is in packages/backend" in done.err


def test_templates_that_have_no_place_are_left_out_and_named(cli, host, write, trusting, tmp_path):
    app = host()
    write("notes.md", "Notes")
    write(
        "reports.ts",
        "import type { Schema } from '../amplify/data/resource';\nexport type Row = Schema;\n",
    )
    lines = "    templates:\n      docs/notes.md: notes.md\n      src/reports.ts: reports.ts\n"
    write("club.yml", CLUB + lines)
    trusting("club.yml", tmp_path)
    done = joined(cli)
    assert done.code == 0, done.err
    assert "left out, as it is of an application of its own: docs/notes.md" in done.out
    assert not (app / "docs").exists()
    text = (app / PAGES / "reports.ts").read_text()
    assert text.startswith("import type { Schema } from '../../amplify/sports-club/data/resource';")


def test_nothing_is_written_to_see_what_would_be(cli, host, tree):
    app = host()
    before = tree(app)
    done = joined(cli, "--dry-run")
    assert f"create    {README}" in done.out
    assert tree(app) == before


@pytest.mark.parametrize(
    "guest", [[], {}, {"backend": 1}, {"backend": "amplify/backend.ts", "router": "yes"}, {"x": ""}]
)
def test_a_state_that_says_nonsense_is_refused(cli, host, guest):
    app = host()
    joined(cli)
    state = app / ".ace-flow/state.json"
    values = json.loads(state.read_text())
    assert values["format"] == 3
    state.write_text(json.dumps({**values, "guest": guest}))
    assert "state.json cannot be read" in cli("status", cwd=app).err


@pytest.mark.parametrize("pattern", ["e_commerce", "social_platform"])
def test_imports_lead_to_files(cli, host, tree, pattern):
    app = host()
    assert cli("generate", pattern, "-o", "app").code == 0
    files = files_of(tree(app))
    name = pattern.replace("_", "-")
    own = {path: files[path] for path in files if f"/{name}/" in path and ".md" not in path}
    for path, content in own.items():
        text = content.decode()
        for target in re.findall(r"(?:from |import |import\()'(\.[^']+)'", text):
            base = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
            assert any(base + end in own for end in ("", ".ts", ".tsx", "/index.tsx")), (
                path,
                target,
            )


HOOK = """\
    def ace_pre_generation(context):
        return {"files": [{"path": PATH, "content": "# By a hook."}]}
"""


def test_a_hook_may_add_a_file_elsewhere_which_is_said(cli, host, write, tmp_path):
    app = host()
    write("club.yml", CLUB + "    hooks: [hooks/add.py]\n")
    write("hooks/add.py", HOOK.replace("PATH", "'docs/club.md'"))
    trusted = trust_of("club.yml", tmp_path)
    done = joined(cli, *trusted)
    assert done.code == 0, done.err
    assert "but for one that a hook adds: docs/club.md" in done.out
    assert (app / "docs" / "club.md").read_text().endswith("# By a hook.")
    assert joined(cli, *trusted).out.startswith("nothing to do")


def test_a_hook_cannot_replace_a_file_of_the_application(cli, host, write, tmp_path, tree):
    app = host()
    write("club.yml", CLUB + "    hooks: [hooks/add.py]\n")
    write("hooks/add.py", HOOK.replace("PATH", "'package.json'"))
    before = tree(app)
    done = joined(cli, *trust_of("club.yml", tmp_path))
    assert done.code == 1
    assert "package.json" in done.err
    assert tree(app) == before
