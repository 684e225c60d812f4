"""A pattern in applications that ace did not create, with what is left done, in the real tools."""

from __future__ import annotations

import json
import re

import joined as layouts
import pytest
from joined import LAYOUTS, MONOREPO, NEXT, VITE


def each(*cases):
    """Run a test for each case; one worker has all tests of a layout, so each is generated once."""
    return [
        pytest.param(
            layout,
            *rest,
            id="-".join([layout.name, *map(str, rest)]),
            marks=pytest.mark.xdist_group(f"joined-{layout.name}"),
        )
        for layout, *rest in cases
    ]


EACH = each(*((layout,) for layout in LAYOUTS))
CONFIGURATIONS = each(
    (VITE, "tsconfig.json"),
    (VITE, "amplify/tsconfig.json"),
    (NEXT, "tsconfig.json"),
    (MONOREPO, "amplify/tsconfig.json"),
)
CLUB_TYPES = {"Match", "Player", "Score"}
CLUB_RESOURCES = {"AWS::SQS::Queue", "AWS::S3::Bucket", "AWS::Lambda::Url"}
# What is in the cloud because of the pattern: types, resources, groups.
BROUGHT = {
    VITE: (
        {"Product", "Order", "Vendor", "CartItem"},
        {"AWS::OpenSearchService::Domain", "AWS::CloudFront::Distribution", "AWS::S3::Bucket"},
        {"vendors"},
    ),
    NEXT: (CLUB_TYPES, CLUB_RESOURCES, {"trainers"}),
    MONOREPO: (CLUB_TYPES, CLUB_RESOURCES, {"trainers", "readers"}),
}


@pytest.mark.toolchain
@pytest.mark.parametrize(("layout", "configuration"), CONFIGURATIONS)
def test_type_checks_as_the_application_does(layout, configuration, joined, checks):
    assert checks.ask("types", str(joined(layout).package / configuration)) == ""


@pytest.mark.toolchain
@pytest.mark.parametrize("layout", EACH)
def test_synthesizes_with_the_models_of_both(layout, assembled):
    assembly = assembled(layout)
    (schema,) = [
        text
        for path in assembly.glob("asset.*.graphql")
        if "type Book " in (text := path.read_text(encoding="utf-8"))
    ]
    types, promised, groups = BROUGHT[layout]
    assert {"Book"} | types <= set(re.findall(r"^type (\w+)", schema, re.MULTILINE))
    templates = [json.loads(path.read_text()) for path in assembly.glob("*.nested.template.json")]
    resources = [item for each in templates for item in each.get("Resources", {}).values()]
    assert promised <= {item["Type"] for item in resources}
    assert groups <= {
        item["Properties"]["GroupName"]
        for item in resources
        if item["Type"] == "AWS::Cognito::UserPoolGroup"
    }


@pytest.mark.toolchain
@pytest.mark.xdist_group("joined-next")
def test_is_formatted(joined, checks):
    found = joined(NEXT)
    settings = '{"singleQuote": true, "printWidth": 100}'
    (found.package / ".prettierrc.json").write_text(settings, encoding="utf-8")
    for folder in found.report["guest"]["folders"]:
        assert checks.ask("misprinted", str(found.package / folder)) == []


@pytest.mark.parametrize("layout", EACH)
def test_no_file_of_the_application_is_touched(layout, joined):
    found = joined(layout)
    folders = tuple(f"{folder}/" for folder in found.report["guest"]["folders"])
    rest = {path: text for path, text in found.after.items() if not path.startswith(folders)}
    assert rest == found.before
    assert found.after.keys() - rest.keys() == {item["path"] for item in found.report["files"]}


@pytest.mark.parametrize("layout", EACH)
def test_a_second_run_changes_nothing(layout, joined):
    found = joined(layout)
    before = layouts.texts(found.package)
    again = layouts.generate(found.package, layout.pattern)
    assert {item["action"] for item in again["files"]} == {"unchanged"}
    assert layouts.texts(found.package) == before
