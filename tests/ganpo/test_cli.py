"""The command line as an administrator meets it: the first officer, a start that cannot work, a demonstration."""

import os
import re
import socket
import subprocess
from pathlib import Path

import pytest

from foundation.people import accounts
from foundation.store import engines
from tests.journeys.serving import GANPO


def ganpo(*arguments: str, home: Path, database_url: str = "") -> tuple[int, str, str]:
    """Exit status, standard output and standard error of `ganpo …`."""
    env = {**os.environ, "GANPO_HOME": str(home), "DATABASE_URL": database_url}
    done = subprocess.run([GANPO, *arguments], capture_output=True, text=True, env=env, check=False, timeout=180)
    return done.returncode, done.stdout, done.stderr


async def test_the_first_officer_is_made_from_the_machine_and_activates_the_account(database_url, tmp_path):
    status, printed, wrong = ganpo(
        "account", "create", "Guanli", "--name", "万知遥", "--role", "officer", home=tmp_path, database_url=database_url
    )
    assert (status, wrong) == (0, "")
    code = re.search(r"^    ([0-9A-Z ]+)$", printed, re.M).group(1)
    again = ganpo("account", "create", "guanli", "--name", "x", home=tmp_path, database_url=database_url)
    assert again == (2, "", "ganpo: There is already an account “guanli”. Choose another.\n")
    engine = engines.open_engine(database_url)
    await engine.start()
    engines.use(engine)
    try:
        assert await accounts.activate("guanli", code, "porcelain blue") == (await accounts.find("guanli")).id
        assert (await accounts.find("guanli")).roles == {"officer"}
    finally:
        await engine.stop()
        engines.use(None)


def test_a_database_is_brought_up_to_date_once(tmp_path):
    first, second = ganpo("migrate", home=tmp_path), ganpo("migrate", home=tmp_path)
    assert first[0] == second[0] == 0
    assert "competitions:" in first[1]
    assert second[1] == "The database is up to date.\n"


def test_a_taken_port_is_told_in_one_sentence(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        status, printed, wrong = ganpo("serve", "--port", str(port), home=tmp_path)
    assert (status, printed) == (2, "")
    assert wrong.startswith(
        f"ganpo: port {port} on 127.0.0.1 is taken by another program; choose another: make run PORT="
    )
    assert wrong.count("\n") == 1


def test_a_folder_that_cannot_be_written_is_told_in_one_sentence(tmp_path):
    (tmp_path / "file").write_text("not a folder")
    status, printed, wrong = ganpo("serve", "--port", "49999", home=tmp_path / "file" / "data")
    assert (status, printed, wrong.count("\n")) == (2, "", 1)
    assert "cannot be written" in wrong
    assert "GANPO_HOME" in wrong


@pytest.mark.parametrize("port", ["0", "65536", "-1"])
def test_an_impossible_port_is_told_in_one_sentence(tmp_path, port):
    status, _, wrong = ganpo("serve", "--port", port, home=tmp_path)
    assert (status, wrong) == (
        2,
        f"ganpo: {port} is no port; choose one from 1 to 65535, for example: make run PORT=9000\n",
    )


@pytest.mark.parametrize(
    "command", [["migrate"], ["serve", "--port", "49998"], ["account", "create", "a", "--name", "b"]]
)
@pytest.mark.parametrize(
    "url,sentence",
    [
        ("mysql://someone:secret@host/db", "ganpo: The database address mysql://someone@host/db is not understood."),
        ("postgresql://nobody@127.0.0.1:1/x", "ganpo: The PostgreSQL server cannot be reached:"),
    ],
)
def test_a_database_that_cannot_be_used_is_told_in_one_sentence(tmp_path, command, url, sentence):
    status, _, wrong = ganpo(*command, home=tmp_path, database_url=url)
    assert status == 2
    assert wrong.startswith(sentence)
    assert wrong.count("\n") == 1


def test_a_database_in_use_is_never_filled_with_a_demonstration(tmp_path):
    ganpo("account", "create", "boss", "--name", "主管", home=tmp_path)
    for command in (("demo",), ("serve", "--demo", "--port", "49997")):
        status, _, wrong = ganpo(*command, home=tmp_path)
        assert status == 2
        assert "This database is in use and is no demonstration; nothing was changed." in wrong


def test_an_unknown_command_is_answered(tmp_path):
    assert ganpo("fly", home=tmp_path) == (2, "", "ganpo: there is no command 'fly'; see ganpo --help\n")
