from __future__ import annotations

import os
from pathlib import Path

import pytest

from ace_flow.diagnostics import ConfigurationError
from ace_flow.registry import Summary, UnsafePathError, file_entry
from ace_flow.session import Session
from ace_flow.workspace import project_folder

BOOKS = "name: {}\ncategory: content\nmodels: [{{name: A, fields: [{{name: x, type: id}}]}}]\n"


@pytest.fixture
def patterns(tmp_path):
    folder = tmp_path / ".ace-flow" / "patterns"
    folder.mkdir(parents=True)
    return folder


def write(folder, file: str, name: str) -> None:
    (folder / file).write_text(BOOKS.format(name))


def test_a_pattern_is_found_by_its_name_its_file_and_with_either_dash(tmp_path, patterns):
    write(patterns, "books.yaml", "my-library")
    catalog = Session(tmp_path).catalog
    for asked in ("books", "my-library", "my_library"):
        entry = catalog.find(asked)
        assert (entry.origin, entry.location) == ("project", ".ace-flow/patterns/books.yaml")
    assert catalog.find("nothing") is None


def test_the_project_comes_before_the_store_and_both_before_the_examples(tmp_path, patterns):
    session = Session(tmp_path)
    assert session.catalog.find("iot_platform").origin == "example"
    session.store.register(Summary(name="iot_platform"), b"name: iot_platform\n", {})
    assert session.catalog.find("iot_platform").origin == "store"
    assert session.catalog.find("iot-platform").location == "store:iot_platform@1"
    write(patterns, "iot-platform.yml", "iot-platform")
    assert Session(tmp_path).catalog.find("iot_platform").origin == "project"
    listed = [item.origin for item in session.catalog.all() if "iot" in item.name]
    assert listed == ["project", "store"]


def test_hiding_a_built_in_pattern_is_refused(tmp_path, patterns):
    write(patterns, "e-commerce.yml", "e-commerce")
    with pytest.raises(ConfigurationError, match=r"e-commerce\.yml hides it"):
        Session(tmp_path).catalog.find("e_commerce")


@pytest.mark.parametrize(("first", "second"), [("books.yml", "books.yaml"), ("one.yml", "two.yml")])
def test_two_files_that_could_be_meant_are_refused(tmp_path, patterns, first, second):
    write(patterns, first, "books")
    write(patterns, second, "books")
    with pytest.raises(ConfigurationError, match=first) as caught:
        Session(tmp_path).catalog.find("books")
    assert second in caught.value.message


def test_a_file_that_is_no_pattern_is_listed_without_a_summary(tmp_path, patterns):
    (patterns / "broken.yml").write_text("name: [\n")
    (patterns / "notes.txt").write_text("no pattern")
    (patterns / "folder.yml").mkdir()
    listed = [item for item in Session(tmp_path).catalog.all() if item.origin == "project"]
    assert [(item.name, item.summary) for item in listed] == [("broken", None)]


def test_the_nearest_name_is_known(tmp_path):
    assert Session(tmp_path).catalog.nearest("ecommerce") == "e_commerce"


def test_patterns_are_those_of_the_nearest_folder_that_has_some(tmp_path, patterns):
    app = tmp_path / "app"
    (app / ".ace-flow").mkdir(parents=True)  # what generating leaves behind
    assert project_folder(app / "src") == patterns.parent
    (app / ".ace-flow" / "patterns").mkdir()
    assert project_folder(app / "src") == app / ".ace-flow"


def entry(path):
    return file_entry(path, origin="path", location=path.name)


def test_files_lie_beside_the_pattern_or_in_the_folder_around(tmp_path, patterns):
    write(patterns, "a.yml", "a")
    (patterns / "near.ts").write_text("near")
    (patterns.parent / "templates").mkdir()
    (patterns.parent / "templates" / "far.ts").write_text("far")
    (tmp_path / "outside.ts").write_text("outside")
    read = entry(patterns / "a.yml").read
    assert (read("near.ts"), read("templates/far.ts")) == (b"near", b"far")
    assert read("outside.ts") is None
    assert read("templates") is None


@pytest.mark.parametrize(
    "path", ["../outside.ts", "/etc/passwd", "a/../../outside.ts", "C:\\x", ""]
)
def test_a_path_out_of_the_folder_is_refused(tmp_path, path):
    write(tmp_path, "a.yml", "a")
    with pytest.raises(UnsafePathError):
        entry(tmp_path / "a.yml").read(path)


def test_a_link_is_not_followed(tmp_path):
    write(tmp_path, "a.yml", "a")
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "x.ts").write_text("x")
    (tmp_path / "link.ts").symlink_to("/etc/hostname")
    (tmp_path / "folder").symlink_to(tmp_path / "real")
    read = entry(tmp_path / "a.yml").read
    assert read("real/x.ts") == b"x"
    for path in ("link.ts", "folder/x.ts"):
        with pytest.raises(UnsafePathError, match="link"):
            read(path)


def test_a_device_without_end_does_not_fill_the_memory(tmp_path):
    (tmp_path / "zero.yml").symlink_to("/dev/zero")
    assert len(entry(tmp_path / "zero.yml").document) < 2**25


def test_a_pipe_can_be_read(tmp_path):
    read, write_end = os.pipe()
    os.write(write_end, b"name: piped\n")
    os.close(write_end)
    try:
        assert file_entry(
            tmp_path.joinpath(f"/dev/fd/{read}"), origin="path", location="pipe"
        ).document == (b"name: piped\n")
    finally:
        os.close(read)


def test_what_a_pattern_calls_itself_counts_before_its_file(tmp_path, patterns):
    write(patterns, "a.yml", "b")
    write(patterns, "b.yml", "c")
    entry = Session(tmp_path).catalog.find("b")
    assert entry.location == str(Path(".ace-flow", "patterns", "a.yml"))
