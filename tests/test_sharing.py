"""What test processes share is made once, is there as a whole, and its failure is told to everyone."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.sharing import made_once


def test_of_many_who_ask_at_once_one_makes_it(tmp_path: Path) -> None:
    made = []

    def make(folder: Path) -> None:
        made.append(folder)
        (folder / "one").write_text("1", encoding="utf-8")
        (folder / "two").write_text("2", encoding="utf-8")

    def ask(_: int) -> list[str]:
        return sorted(file.name for file in made_once(tmp_path / "kept", make).iterdir())

    with ThreadPoolExecutor(8) as askers:  # each opens the lock for itself, as processes do
        assert list(askers.map(ask, range(16))) == [["one", "two"]] * 16
    assert len(made) == 1


def test_what_could_not_be_made_fails_everyone_and_is_not_tried_again(tmp_path: Path) -> None:
    tried = []

    def make(folder: Path) -> None:
        tried.append(folder)
        (folder / "half").write_text("1", encoding="utf-8")
        raise RuntimeError("no room")

    with pytest.raises(RuntimeError, match="no room"):
        made_once(tmp_path / "kept", make)
    for _ in range(2):
        with pytest.raises(AssertionError, match="kept could not be made: no room"):
            made_once(tmp_path / "kept", make)
    assert len(tried) == 1
    assert not (tmp_path / "kept").exists()
