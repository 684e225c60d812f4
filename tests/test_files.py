from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ace_flow.files import unsafe_path, unsafe_target


@pytest.mark.parametrize(
    "path",
    [
        "a",
        "src/App.tsx",
        "src/[id]/(group)/page.tsx",
        ".github/workflows/x.yml",
        ".gitignore",
        "amplify/@types/a+b-c_d.ts",
        "console/auxiliary.ts",
    ],
)
def test_a_portable_relative_path_is_safe(path):
    assert unsafe_path(path) is None


@pytest.mark.parametrize(
    "path",
    [
        *("", "/", "/etc/passwd", "..", "../x", "a/../../x", "a/./b", "a//b", "a/", "./a"),
        *("C:/x", "C:\\x", "a\\b", "\\\\host\\x", "a:b", "a\x00b", "a\nb", "a b", "é", "a*", "~"),
        *("con", "CON.ts", "src/aux.tsx", "src/lpt1", "a.", "src/b./c", "nul.tar.gz"),
        "a" * 201,
    ],
)
def test_any_other_path_is_refused_with_a_reason(path):
    assert unsafe_path(path)


@pytest.mark.parametrize(
    "path",
    [".git/config", ".GIT/hooks/x", "sub/.git/config", ".ace-flow/state.json", ".Ace-Flow/x"],
)
def test_what_git_and_ace_keep_may_be_read_and_not_written(path):
    assert unsafe_path(path) is None
    assert unsafe_target(path)


@given(st.text())
def test_what_is_safe_stays_in_its_folder(path):
    if unsafe_path(path) is None:
        parts = path.split("/")
        assert not set(parts) & {"", ".", ".."}
        assert not path.startswith(("/", "\\"))
        assert path.isascii()
