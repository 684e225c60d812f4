"""Texts that were generated: kept in packs, and there as long as somebody needs them."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from ace_flow.project import BASE_FOLDER, Bases, Tree, digest


def write(root, changes):
    for path, content in changes.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        if content is None:
            file.unlink()
        else:
            file.write_bytes(content)


def keep(root, wanted, new):
    """Run once: keep some texts, some of which are new."""
    texts = {digest(text): text for text in new}
    names = {*texts, *map(digest, wanted)}
    write(root, Bases(Tree(root)).files(names, texts))


def packs(root):
    return sorted((root / BASE_FOLDER).glob("*")) if (root / BASE_FOLDER).is_dir() else []


# What each file holds after a run: a run changes some of ten files.
runs = st.lists(st.dictionaries(st.integers(0, 9), st.binary(max_size=20), max_size=4), max_size=40)


@given(runs)
def test_what_is_wanted_is_there_after_any_number_of_runs(history):
    with TemporaryDirectory() as folder:
        root, files = Path(folder), {}
        for run in history:
            known = set(files.values())
            files |= run
            wanted = set(files.values())
            keep(root, wanted & known, wanted - known)
            bases = Bases(Tree(root))
            assert all(bases.get(digest(text)) == text for text in wanted)
            assert len(packs(root)) <= 17
            # At most half of what is kept is not needed any more, but for the newest pack.
            kept = sum(pack.stat().st_size for pack in packs(root)[:-1])
            assert kept <= 2 * sum(map(len, wanted)) + 80 * 10 * 17


def test_a_text_that_was_spoilt_is_none(tmp_path):
    keep(tmp_path, [], [b"one", b"two"])
    [pack] = packs(tmp_path)
    pack.write_bytes(pack.read_bytes().replace(b"two", b"tow"))
    assert Bases(Tree(tmp_path)).get(digest(b"two")) is None
    assert Bases(Tree(tmp_path)).get(digest(b"one")) == b"one"
    keep(tmp_path, [b"one"], [b"two"])
    assert Bases(Tree(tmp_path)).get(digest(b"two")) == b"two"


def test_a_pack_that_is_none_is_left_out(tmp_path):
    keep(tmp_path, [], [b"one"])
    for content in (b"", b"[]\n", b'{"a": "b"}\n', b"\xff"):
        (tmp_path / BASE_FOLDER / "0.pack").write_bytes(content)
        assert Bases(Tree(tmp_path)).get(digest(b"one")) == b"one"


def test_packs_of_two_branches_lie_beside_each_other(tmp_path):
    keep(tmp_path, [], [b"one"])
    [first] = packs(tmp_path)
    before = first.read_bytes()
    keep(tmp_path, [b"one"], [b"two"])
    assert first.read_bytes() == before
    assert len(packs(tmp_path)) == 2
