"""`ganpo ledger`: its exit codes and sentences."""

import asyncio
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from foundation.base.settings import Settings
from foundation.store import engines
from foundation.store.ledger import record
from foundation.store.problems import SENTENCES
from foundation.store.transactions import transaction
from ganpo.cli_ledger import ledger


@pytest.fixture
def home(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The settings name a database with two streams, in which nothing is started."""
    monkeypatch.setenv("GANPO_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("DATABASE_URL", database_url)
    monkeypatch.chdir(tmp_path)
    engines.use(None)

    async def fill() -> None:
        async with transaction():
            for act in ("a", "b", "c"):
                record(stream="contest:1", act=act, actor="account:7")
            record(stream="contest:2", act="a", actor="account:7")

    asyncio.run(fill())
    yield tmp_path
    engines.use(None)


def tamper(*statements: str) -> None:
    async def run() -> None:
        engine = engines.current()
        if engine.engine_type == "sqlite":
            await engine.run_ddl("DROP TRIGGER ledger_entry_no_update")
            await engine.run_ddl("DROP TRIGGER ledger_entry_no_delete")
        else:
            await engine.run_ddl("DROP TRIGGER ledger_entry_no_change ON ledger_entry")
        for statement in statements:
            await engine.run_ddl(statement)

    asyncio.run(run())


def test_a_whole_ledger(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ledger(["verify"]) == 0
    assert capsys.readouterr() == ("The ledger is whole. Streams: 2. Records: 4.\n", "")


def test_heads_are_written_and_agree(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ledger(["heads", "--to", "kept"]) == 0
    (file,) = (home / "kept").iterdir()
    assert capsys.readouterr().out == (
        f"The heads of the ledger are in kept/{file.name}. Keep a copy where nobody of the registry can write.\n"
    )
    assert ledger(["verify", "--against", str(file)]) == 0
    assert capsys.readouterr().out == (f"The ledger is whole. Streams: 2. Records: 4.\nIt continues what {file} has.\n")


def test_heads_go_to_the_data_folder_by_default(home: Path) -> None:
    assert ledger(["heads"]) == 0
    assert len(list((Settings.from_env().home / "ledger-heads").glob("ledger-heads-*.json"))) == 1


def test_findings_are_named_by_stream_and_record(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ledger(["heads", "--to", "kept"]) == 0
    (file,) = (home / "kept").iterdir()
    tamper(
        "UPDATE ledger_entry SET actor = 'account:8' WHERE stream = 'contest:1' AND seq = 2",
        "DELETE FROM ledger_entry WHERE stream = 'contest:2'",
        "DELETE FROM ledger_head WHERE stream = 'contest:2'",
    )
    capsys.readouterr()
    assert ledger(["verify", "--against", str(file)]) == 1
    assert capsys.readouterr() == (
        "contest:1, record 2: this record was changed after it was written.\n"
        "contest:2, record 1: the whole stream is missing, though the file of heads has it.\n",
        "",
    )


@pytest.mark.parametrize("arguments", [[], ["verfiy"], ["verify", "more"], ["verify", "--against"], ["heads", "--to"]])
def test_bad_use_is_told(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert ledger(arguments) == 2
    assert capsys.readouterr().err.startswith("usage: ganpo ledger")


def test_help_is_fine(capsys: pytest.CaptureFixture[str]) -> None:
    assert ledger(["--help"]) == 0
    assert "verify" in capsys.readouterr().out


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_what_cannot_be_read_is_told(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "junk.json").write_text("{}")
    (home / "taken").write_text("a file, no folder")
    told = {
        ("verify", "--against", "none.json"): "none.json cannot be read: No such file or directory\n",
        ("verify", "--against", "."): ". cannot be read: Is a directory\n",
        ("verify", "--against", "junk.json"): SENTENCES["heads_format"] % {"path": "junk.json"} + "\n",
        ("heads", "--to", "taken"): "The heads cannot be written to taken: File exists\n",
    }
    for arguments, sentence in told.items():
        assert ledger(arguments) == 2
        assert capsys.readouterr() == ("", sentence)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_without_a_database_none_is_made(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{home}/none.sqlite3")
    engines.use(None)
    assert ledger(["verify"]) == 2
    assert capsys.readouterr().err.startswith(f"There is no database at sqlite:///{home}/none.sqlite3")
    assert not (home / "none.sqlite3").exists()

    sqlite3.connect(home / "none.sqlite3").close()
    assert ledger(["verify"]) == 2
    assert capsys.readouterr().err.startswith("This database has no ledger yet")

    monkeypatch.setenv("DATABASE_URL", "mysql://db/ganpo")
    engines.use(None)
    assert ledger(["verify"]) == 2
    assert capsys.readouterr().err == SENTENCES["database_url"] % {"url": "mysql://db/ganpo"} + "\n"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_a_damaged_file_is_told(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    engine = engines.current()
    file = Path(engine.url.removeprefix("sqlite:///"))
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        root = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'ledger_entry'").fetchone()[0]
    connection.close()
    content = bytearray(file.read_bytes())
    content[(root - 1) * 4096 : root * 4096] = b"\xaa" * 4096
    shutil.copyfile(file, file.with_suffix(".whole"))
    file.write_bytes(content)
    assert ledger(["verify"]) == 2
    assert capsys.readouterr().err.startswith("The database cannot be read to the end: ")
