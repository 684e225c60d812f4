from __future__ import annotations

import re

import pytest

from ace_flow.diagnostics import CODES, NotFoundError, PatternError
from ace_flow.loader.explanations import explain, explanations
from ace_flow.rendering import render_files
from ace_flow.session import Session

ALL = explanations()
# The parents that examples speak of and nobody wants to read.
EDITIONS = {
    f".ace-flow/patterns/edition-{n}.yml": f"name: edition-{n}\n"
    + (f"extends: edition-{n - 1}\n" if n > 1 else "models: [{name: A, fields: [{name: x}]}]\n")
    for n in range(1, 71)
}
EDITIONS[".ace-flow/patterns/edition-1.yml"] = (
    "name: edition-1\nmodels: [{name: Product, fields: [{name: title, type: string}]}]\n"
)
EDITIONS |= {
    f".ace-flow/patterns/company_{part}.yml": f"name: company_{part}\nmodels:\n"
    + "".join(
        f"- {{name: {part.title()}{n}, fields: [{{name: title, type: string}}]}}\n"
        f"- {{name: {part.title()}{n}Note, fields: "
        f"[{{name: about, type: belongsTo, model: {part.title()}{n}}}]}}\n"
        for n in range(42)
    )
    for part in ("sales", "stock")
}


def test_every_code_has_an_explanation_and_none_is_for_another():
    assert list(ALL) == list(CODES)


def found(code: str, text: str, folder) -> set[str]:
    """Return the codes of everything that is found in a pattern up to its rendered files.

    For those about scripts, what is found in them.
    """
    name = f".ace-flow/{ALL[code].file}" if ALL[code].file else "pattern.yml"
    for path, content in {**ALL[code].files, **EDITIONS, name: text}.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    session = Session(folder)
    try:
        if ALL[code].file:
            return {finding.code for finding in session.own_programs(folder).findings}
        checked = session.check("pattern.yml", strict=ALL[code].strict)
        render_files(session, checked)
    except PatternError as error:
        return {finding.code for finding in error.diagnostics}
    return {finding.code for finding in checked.findings}


@pytest.mark.parametrize("code", CODES)
def test_the_wrong_pattern_has_this_finding_and_no_other(code, tmp_path):
    assert found(code, ALL[code].wrong, tmp_path) == {code}


@pytest.mark.parametrize("code", CODES)
def test_the_right_pattern_has_no_finding_and_is_rendered(code, tmp_path):
    assert found(code, ALL[code].right, tmp_path) == set()


@pytest.mark.parametrize("code", [code for code in CODES if ALL[code].strict])
def test_what_is_said_with_strict_only_is_not_said_otherwise(code, tmp_path):
    (tmp_path / "pattern.yml").write_text(ALL[code].wrong, encoding="utf-8")
    assert Session(tmp_path).check("pattern.yml").findings == ()


@pytest.mark.parametrize("code", CODES)
def test_both_patterns_are_the_same_but_for_what_is_wrong(code):
    def words(text: str) -> set[str]:
        return set(re.findall(r"\w+", text))

    wrong, right = words(ALL[code].wrong), words(ALL[code].right)
    assert ALL[code].wrong != ALL[code].right
    assert len(wrong & right) >= min(len(wrong), len(right)) / 2


def sentences(text: str) -> int:
    return len(re.findall(r"(?<!e\.g)[.](?= |$)", text))


@pytest.mark.parametrize("code", CODES)
def test_texts_are_short(code):
    said = ALL[code]
    assert 2 <= sentences(said.why) <= 6
    assert 1 <= sentences(said.fix) <= 3
    assert len(said.why) <= 560
    assert len(said.fix) <= 280
    for text in (said.why, said.fix):
        assert re.fullmatch(r"[A-Z`](\S| (?! ))+\.", text)
    for text in (said.wrong, said.right, *said.files.values()):
        lines = text.split("\n")
        assert lines.pop() == ""
        assert len(lines) <= 40
        assert max(map(len, lines)) <= 81


@pytest.mark.parametrize("name", ["ACE003", "ace003", "003", "3", " 003", "duplicate-key"])
def test_a_code_can_be_named_in_several_ways(name):
    assert explain(name) is ALL["ACE003"]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("duplicate-keys", "did you mean `duplicate-key`?"),
        ("ACE-171", "did you mean `ACE171`?"),
        ("", "`ace explain` lists all of them"),
        ("²", "`ace explain` lists all of them"),
        ("%", "`ace explain` lists all of them"),
    ],
)
def test_a_code_that_does_not_exist_is_not_found(name, hint):
    with pytest.raises(NotFoundError) as caught:
        explain(name)
    assert caught.value.hint == hint
