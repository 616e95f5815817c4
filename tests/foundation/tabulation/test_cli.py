"""`ganpo tabulate` and `ganpo verify` from the shell: exit status, every line of stderr, no stdout on bad input."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.foundation.tabulation.test_example import ENTRIES, MARKS, SCHEME

ROOT = Path(__file__).parents[3]


def ganpo(*args: str | Path, cwd: Path, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "ganpo.cli", *map(str, args)],
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        timeout=60,
        check=False,
    )


def told(run: subprocess.CompletedProcess[bytes]) -> tuple[int, list[str]]:
    """Exit status and stderr's lines; stdout must be empty."""
    assert run.stdout == b""
    return run.returncode, run.stderr.decode().splitlines()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The spec's example as files; of its marks only the first entry's, so that all ok entries are placed."""
    (tmp_path / "scheme.json").write_text(SCHEME, encoding="utf-8")
    (tmp_path / "marks.csv").write_text("".join(MARKS.splitlines(keepends=True)[:10]), encoding="utf-8")
    (tmp_path / "all.csv").write_text(MARKS, encoding="utf-8")
    (tmp_path / "entries.csv").write_text(ENTRIES, encoding="utf-8")
    return tmp_path


def test_all_placed_is_exit_0_with_the_csv_on_stdout(folder: Path) -> None:
    run = ganpo("tabulate", "--scheme", "scheme.json", "--marks", "marks.csv", cwd=folder)
    assert (run.returncode, run.stdout.decode(), run.stderr) == (
        0,
        "group,place,entry,status,total,T,P,tied,decided_by\n,1,A1,ok,81.57,24.15,57.42,,\n",
        b"",
    )


def test_some_unfinished_is_exit_1_each_named_with_its_aspects_and_the_csv_still_there(folder: Path) -> None:
    run = ganpo("tabulate", "--scheme", "scheme.json", "--marks", "all.csv", "--entries", "entries.csv", cwd=folder)
    assert run.returncode == 1
    assert run.stderr.decode().splitlines() == ["A3: conflict in P1; incomplete in P2", "A4: incomplete in P1, P2"]
    assert [line.split(",")[2] for line in run.stdout.decode().splitlines()] == ["entry", "A1", "A2", "A3", "A4", "A5"]


def test_an_entry_that_only_withdrew_leaves_exit_0(folder: Path) -> None:
    (folder / "entries.csv").write_text("entry,status\nA1,\nA9,withdrawn\n")
    run = ganpo("tabulate", "--scheme", "scheme.json", "--marks", "marks.csv", "--entries", "entries.csv", cwd=folder)
    assert (run.returncode, run.stderr) == (0, b"")


def test_json_in_utf8_whatever_the_terminal_speaks(folder: Path) -> None:
    run = ganpo(
        "tabulate",
        "--scheme",
        "scheme.json",
        "--marks",
        "marks.csv",
        "--output",
        "json",
        cwd=folder,
        PYTHONIOENCODING="ascii",
    )
    assert (run.returncode, run.stderr) == (0, b"")
    found = json.loads(run.stdout)
    assert (found["title"], found["entries"][0]["exact_total"]) == ("电工（职工组）决赛", "5873/72")


BAD_MARKS = """entry,aspect,judge,mark
A1,T1,J1,80.3
A1,P2,J1,8.3
A1,P2,J1,8.5
A1,P1,J1,4
A1,P1,J2,
A1,Q1,J1,5
,P1,J3,1
A1,P1,J4
"甲
乙",P1,J1,高
"""


def test_bad_input_is_exit_2_with_one_line_a_problem_and_all_of_them(folder: Path) -> None:
    (folder / "bad.csv").write_text(BAD_MARKS, encoding="utf-8")
    (folder / "scheme.json").write_text(SCHEME.replace('"digits": 2', '"digits": 2, "digit": 1'), encoding="utf-8")
    (folder / "entries.csv").write_text("entry,penalty\nA1,-1\nA1,0\nA\u00a02,１e2\n", encoding="utf-8")
    run = ganpo("tabulate", "--scheme", "scheme.json", "--marks", "bad.csv", "--entries", "entries.csv", cwd=folder)
    assert told(run) == (
        2,
        [
            "scheme.json: digit: The key digit is not known here",
            "entries.csv:2: penalty is never negative, not -1",
            "entries.csv:3: Entry A1 is there already; full-width and ordinary letters count as the same",
            "entries.csv:4: penalty takes a plain decimal with at most 12 digits before the point and 3 after it, "
            "not １e2",
            "bad.csv:2: T1 takes marks from 0 to 100 in steps of 0.5, not 80.3",
            "bad.csv:3: P2 takes marks from 0 to 10 in steps of 0.5, not 8.3",
            "bad.csv:4: J1 has marked P2 of entry A1 already, in bad.csv:3",
            "bad.csv:5: P1 takes the levels 0, 1, 2 and 3, not 4",
            "bad.csv:7: The scheme has no aspect Q1",
            "bad.csv:8: entry is blank",
            "bad.csv:9: This line has 3 cells, but the header has 4",
            "bad.csv:10: P1 takes the levels 0, 1, 2 and 3, not 高",
            "bad.csv:10: There is no entry 甲\\u000a乙",
        ],
    )


def test_files_that_cannot_be_read_are_each_one_sentence(folder: Path) -> None:
    (folder / "broken.csv").write_bytes(b"entry,aspect,judge,mark\nA1,T1,J1,\xff\n")
    run = ganpo(
        "tabulate",
        "--scheme", "nowhere/scheme.json", "--marks", folder,
        "--entries", "broken.csv", "--coefficients", "scheme.json/x",
        cwd=folder,
    )  # fmt: skip
    assert told(run) == (
        2,
        [
            "scheme.json: There is no such file",
            "broken.csv:2: This is not UTF-8 text; save the file as CSV UTF-8",
            f"{folder.name}: This is a folder, not a file",
            "x: This file cannot be read: Not a directory",
        ],
    )


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00" * 100,
        b"\xff\xfe",
        b"[" * 200_000,
        b"9" * 20_000,
        b'"\\ud800"',
        b"PK\x03\x04",
        b"entry\n" * 1000,
        b'"',
    ],
    ids=lambda content: repr(content[:6]),
)
def test_no_content_of_any_file_ever_brings_a_traceback(folder: Path, content: bytes) -> None:
    (folder / "junk").write_bytes(content)
    good = {"--scheme": "scheme.json", "--marks": "marks.csv", "--entries": "entries.csv"}
    for option in good:
        args = [part for pair in (good | {option: "junk"}).items() for part in pair]
        status, lines = told(ganpo("tabulate", *args, cwd=folder))
        assert status == 2
        assert lines
        assert all(line.startswith(("junk", "marks.csv:")) for line in lines)
    status, lines = told(ganpo("verify", "junk", cwd=folder))
    assert (status, lines) == (2, ["junk: This is not a zip file that can be read"])


@pytest.mark.parametrize(
    "args", [["tabulate"], ["tabulate", "--mark", "x"], ["verify"], ["verify", "a", "b"], ["juggle"], ["ü"]]
)
def test_a_wrong_command_line_is_exit_2_with_nothing_on_stdout(folder: Path, args: list[str]) -> None:
    status, lines = told(ganpo(*args, cwd=folder))
    assert status == 2
    assert "Traceback" not in "".join(lines)


def test_verify_of_a_missing_file_or_a_folder_is_exit_2(folder: Path) -> None:
    assert told(ganpo("verify", "b.zip", cwd=folder)) == (2, ["b.zip: There is no such file"])
    assert told(ganpo("verify", ".", cwd=folder)) == (2, [".: This is a folder, not a file"])


def test_help_lists_every_command() -> None:
    run = ganpo("--help", cwd=ROOT)
    listed = [line.split()[0] for line in run.stdout.decode().splitlines() if line.startswith("  ")]
    assert run.returncode == 0
    assert {"tabulate", "verify"} <= set(listed)


def test_a_reader_that_has_seen_enough_brings_no_traceback(folder: Path) -> None:
    rows = "".join(f"E{number},T1,J1,50\n" for number in range(20_000))
    (folder / "many.csv").write_text("entry,aspect,judge,mark\n" + rows)
    command = [sys.executable, "-m", "ganpo.cli", "tabulate", "--scheme", "scheme.json", "--marks", "many.csv"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        run.stdout.readline()
        run.stdout.close()
        assert b"Traceback" not in run.stderr.read()


def test_tabulate_waits_for_no_module_that_it_does_not_need(folder: Path) -> None:
    """What keeps a small file under 0.4 s from the shell; a clock would fail on a busy machine."""
    code = (
        "import sys; sys.argv = ['ganpo', 'tabulate', '--scheme', 'scheme.json', '--marks', 'marks.csv'];"
        "from ganpo.cli import main; main(); print(*sorted(sys.modules), sep='\\n', file=sys.stderr)"
    )
    run = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        timeout=60,
        check=True,
    )
    loaded = set(run.stderr.decode().split())
    ours = {name for name in loaded if name.split(".")[0] in ("ganpo", "competitions", "foundation")}
    assert {name for name in ours if not name.startswith("foundation.tabulation")} == {
        "foundation",
        "foundation.base",
        "foundation.base.problem",
        "ganpo",
        "ganpo.cli",
        "ganpo.cli_tabulation",
    }
    assert loaded.isdisjoint({"asyncio", "litestar", "piccolo", "msgspec", "babel", "zipfile", "ssl", "_hashlib"})
