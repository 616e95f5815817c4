"""`ganpo demo` from the shell: it fills an empty database once and refuses every other in a sentence."""

import json
import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

import pytest

from tests.demonstration import Demonstration
from tests.journeys.serving import GANPO


def run(home: Path, database_url: str) -> subprocess.CompletedProcess[str]:
    environ = {**os.environ, "GANPO_HOME": str(home), "DATABASE_URL": database_url}
    return subprocess.run([GANPO, "demo"], env=environ, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("made_up", ["sqlite"], indirect=True)  # which `ganpo demo` has made, in an empty folder
def test_an_empty_folder_is_filled_once(made_up: Demonstration) -> None:
    file = made_up.home / "demo-sign-ins.json"
    kept = json.loads(file.read_text(encoding="utf-8"))
    assert [row["sign_in"] for row in kept["accounts"]] == [
        "guanli", "zuzhi", "shenhe", "qianfa", "jiandu", "nanchang", "yunxiu", "jingdezhen", "zhuxi", "jingban",
        "caipanzhang", "caipan",
    ]  # fmt: skip
    assert all(row["sign_in"] in made_up.printed and row["password"] in made_up.printed for row in kept["accounts"])
    assert kept["code"] in made_up.printed

    again = run(made_up.home, made_up.url)
    assert (again.returncode, again.stdout) == (2, "")
    assert again.stderr == "ganpo: This database holds the demonstration already; nothing was changed.\n"
    assert json.loads(file.read_text(encoding="utf-8")) == kept
    with closing(sqlite3.connect(made_up.home / "ganpo.sqlite3")) as database:
        assert database.execute("SELECT count(*) FROM account").fetchone() == (20,)


def test_an_address_that_is_none_is_told(tmp_path: Path) -> None:
    refused = run(tmp_path / "home", "mysql://nowhere")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert refused.stderr.startswith("ganpo: The database address mysql://nowhere is not understood.")


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    home = tmp_path / "file" / "home"
    refused = run(home, f"sqlite:///{home / 'ganpo.sqlite3'}")
    assert (refused.returncode, refused.stdout, refused.stderr.count("\n")) == (2, "", 1)
    assert refused.stderr.startswith("ganpo: ")
