"""The results bundle: what is written verifies, and whatever is changed in it is found and named."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foundation.tabulation import bundle_zip
from foundation.tabulation.bundle import LedgerHead, verify_bundle, write_bundle
from foundation.tabulation.files import Contest
from foundation.tabulation.problems import SENTENCES
from foundation.tabulation.ranking import tabulate
from foundation.tabulation.scheme import scheme_hash
from tests.foundation.tabulation.cases import GRADE, MEASUREMENT, PLAIN_PANEL, module, read, rows, scheme_data

ROOT = Path(__file__).parents[3]
HEAD = LedgerHead("contest:7", 41, "ab" * 32)
DATA = scheme_data(
    module(PLAIN_PANEL | {"coefficient": True}, GRADE | {"code": "G"}, code="P"),
    module(MEASUREMENT | {"code": "C"}, code="T"),
    tie_break=[{"by": "time"}],
)
MARKS = [
    *[f"{entry},{aspect},J1,{mark}" for entry in ("W1", "W2", "W3") for aspect, mark in (("G", "Ⅱ"), ("C", "70.5"))],
    *rows("W1", "A", 8, 8, 9),
    *rows("W2", "A", 8, 8, 9),
    *rows("W3", "A", 7, "absent", 9),
    "W4,G,J1,void",
]


def contest() -> Contest:
    found, problems = read(
        DATA,
        MARKS,
        ["W3,,,0.5,,", "W1,,,,,61.5", "W2,,,,,60", "W4,,withdrawn,,,"],
        ["W1,A,1.5", "W2,A,1.5", "W3,A,2"],
    )
    assert found is not None, problems
    return found


def made(given: Contest) -> bytes:
    return write_bundle(
        given.scheme,
        given.entries,
        given.marks,
        tabulate(given.scheme, given.entries, given.marks, given.coefficients),
        given.coefficients,
        contest="2026 陶瓷装饰工",
        version=1,
        time="2026-05-01T08:00:00Z",
        ledger_head=HEAD,
    )


BUNDLE = made(contest())


def files_in(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def edited(name: str, old: str, new: str, *, sign: bool = False) -> bytes:
    """One file with a change, its hash in the manifest renewed if `sign`."""
    files = files_in(BUNDLE)
    assert old.encode() in files[name]
    files[name] = files[name].replace(old.encode(), new.encode(), 1)
    if sign:
        manifest = json.loads(files["manifest.json"])
        manifest["files"][name] = sha256(files[name]).hexdigest()
        files["manifest.json"] = json.dumps(manifest).encode()
    return zipped(files)


def differences(data: bytes) -> list[tuple[str, str]]:
    verdict = verify_bundle(data)
    assert verdict.is_bundle
    return [(each.field, each.code) for each in verdict.problems]


def refusals(data: bytes) -> list[tuple[str, str]]:
    verdict = verify_bundle(data)
    assert not verdict.is_bundle
    return [(each.code, each.params.get("name", each.field)) for each in verdict.problems]


def test_what_is_written_verifies() -> None:
    verdict = verify_bundle(BUNDLE)
    assert (verdict.is_bundle, verdict.problems) == (True, ())
    assert verdict.manifest is not None
    assert (verdict.manifest.contest, verdict.manifest.version, verdict.manifest.ledger_head) == (
        "2026 陶瓷装饰工",
        1,
        HEAD,
    )
    assert verdict.manifest.scheme_hash == scheme_hash(contest().scheme) == verdict.manifest.files["scheme.json"]


def test_the_same_results_are_the_same_bytes_in_whatever_order_they_come() -> None:
    given = contest()
    other = Contest(given.scheme, given.entries[::-1], given.marks[::-1], dict(reversed(given.coefficients.items())))
    assert made(other) == BUNDLE


def test_the_files_are_those_of_the_spec() -> None:
    files = files_in(BUNDLE)
    assert list(files) == [
        "manifest.json",
        "scheme.json",
        "entries.csv",
        "marks.csv",
        "coefficients.csv",
        "standings.csv",
    ]
    assert files["entries.csv"].decode().splitlines()[1:] == [
        "W1,,ok,0,0,61.5",
        "W2,,ok,0,0,60",
        "W3,,ok,0.5,0,",
        "W4,,withdrawn,0,0,",
    ]
    assert files["coefficients.csv"].decode().splitlines()[1:] == ["W1,A,1.5", "W2,A,1.5", "W3,A,2"]
    assert files["standings.csv"].decode().splitlines()[1:] == [
        ",1,W3,ok,114.00,44.00,70.50,,",
        ",2,W2,ok,111.00,40.50,70.50,,time",
        ",3,W1,ok,111.00,40.50,70.50,,time",
        ",,W4,withdrawn,,,,,",
    ]


def test_coefficients_are_there_only_if_used() -> None:
    found, problems = read(scheme_data(MEASUREMENT), ["W1,A,J1,5"], ["W1,,,,,"])
    assert found is not None, problems
    data = made(found)
    assert list(files_in(data)) == ["manifest.json", "scheme.json", "entries.csv", "marks.csv", "standings.csv"]
    assert differences(data) == []


@pytest.mark.parametrize(
    ("name", "old", "new", "found"),
    [
        ("marks.csv", "W1,A,J3,9", "W1,A,J3,6", {("standings.csv:4", "cell_differs"), ("marks.csv", "hash_differs")}),
        ("entries.csv", "W2,,ok,0,0,60", "W2,,ok,0,0,60.0", {("entries.csv", "hash_differs")}),
        ("coefficients.csv", "W1,A,1.5", "W1,A,1.50", {("coefficients.csv", "hash_differs")}),
        (
            "standings.csv",
            "W4,withdrawn",
            "W4,absent",
            {("standings.csv", "hash_differs"), ("standings.csv:5", "cell_differs")},
        ),
        ("scheme.json", '"digits": 2', '"digits":  2', {("scheme.json", "hash_differs")}),
    ],
)
def test_an_edited_file_is_named(name: str, old: str, new: str, found: set[tuple[str, str]]) -> None:
    assert set(differences(edited(name, old, new))) >= found


@pytest.mark.parametrize(
    ("name", "old", "new", "found"),
    [
        ("marks.csv", "W3,A,J3,9", "W3,A,J3,8", ("standings.csv:2", "cell_differs")),
        ("entries.csv", "W3,,ok,0.5", "W3,,ok,0.75", ("standings.csv:2", "cell_differs")),
        ("coefficients.csv", "W3,A,2", "W3,A,2.5", ("standings.csv:2", "cell_differs")),
        ("marks.csv", "W1,A,J3,9", "W1,A,J3,11", ("marks.csv:4", "mark_range")),
        ("scheme.json", '"by": "time"', '"by": "penalty"', ("scheme.json", "scheme_hash_differs")),
        ("standings.csv", "place", "Place", ("standings.csv:1", "column_missing")),
    ],
)
def test_an_edited_file_whose_hash_was_renewed_still_does_not_give_the_published_standings(
    name: str, old: str, new: str, found: tuple[str, str]
) -> None:
    assert found in differences(edited(name, old, new, sign=True))


def signed_standings(change: Callable[[list[str]], list[str]]) -> list[tuple[str, str]]:
    text = files_in(BUNDLE)["standings.csv"].decode()
    lines = text.splitlines()
    return differences(edited("standings.csv", text, "\n".join([lines[0], *change(lines[1:])]) + "\n", sign=True))


def test_standings_are_compared_row_for_row() -> None:
    assert signed_standings(lambda lines: lines) == []
    assert signed_standings(lambda lines: lines[1:]) == [("standings.csv", "row_missing")]
    assert signed_standings(lambda lines: [*lines, lines[0]]) == [("standings.csv:6", "row_twice")]
    assert signed_standings(lambda lines: [*lines, lines[0].replace("W3", "W9")]) == [
        ("standings.csv:6", "row_unknown")
    ]
    assert signed_standings(lambda lines: [lines[1], lines[0], *lines[2:]]) == [("standings.csv:2", "order_differs")]
    assert signed_standings(lambda lines: [lines[0], lines[1].replace("time", ""), *lines[2:]]) == [
        ("standings.csv:3", "cell_differs")
    ]


def test_a_column_more_or_in_another_place_differs() -> None:
    text = files_in(BUNDLE)["standings.csv"].decode()
    wider = "".join(f"{line},\n" for line in text.splitlines())
    assert differences(edited("standings.csv", text, wider, sign=True)) == [("standings.csv:1", "header_differs")]


def with_manifest(**changes: object) -> bytes:
    files = files_in(BUNDLE)
    manifest = json.loads(files["manifest.json"])
    files["manifest.json"] = json.dumps(
        {key: value for key, value in (manifest | changes).items() if value is not None}
    ).encode()
    return zipped(files)


def test_an_edited_manifest_is_named() -> None:
    hashes = json.loads(files_in(BUNDLE)["manifest.json"])["files"]
    assert differences(with_manifest(files=hashes | {"marks.csv": "00"})) == [("marks.csv", "hash_differs")]
    assert differences(with_manifest(files=hashes | {"old.csv": "00"})) == [("old.csv", "file_gone")]
    fewer = {name: found for name, found in hashes.items() if name != "marks.csv"}
    assert differences(with_manifest(files=fewer)) == [("marks.csv", "hash_missing")]
    assert differences(with_manifest(scheme_hash="00")) == [("scheme.json", "scheme_hash_differs")]
    assert differences(with_manifest(later="key")) == []


@pytest.mark.parametrize("key", ["format", "contest", "version", "time", "files", "scheme_hash", "ledger_head"])
def test_without_a_whole_manifest_it_is_no_bundle(key: str) -> None:
    assert refusals(with_manifest(**{key: None})) == [("missing", f"manifest.json: {key}")]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"\xff", b"[" * 100_000, b'{"format": "ganpo-bundle/2"}'])
def test_a_manifest_that_is_none_makes_no_bundle(content: bytes) -> None:
    assert refusals(zipped(files_in(BUNDLE) | {"manifest.json": content}))


def test_coefficients_taken_out_are_missed() -> None:
    files = files_in(BUNDLE)
    del files["coefficients.csv"]
    assert ("coefficients.csv", "file_gone") in differences(zipped(files))


@pytest.mark.parametrize("name", ["manifest.json", "scheme.json", "entries.csv", "marks.csv", "standings.csv"])
def test_a_zip_that_lacks_a_file_is_no_bundle(name: str) -> None:
    files = files_in(BUNDLE)
    del files[name]
    assert refusals(zipped(files)) == [("bundle_lacks", name)]


@pytest.mark.parametrize(
    "name",
    [
        "../marks.csv",
        "/etc/passwd",
        "a/marks.csv",
        "marks.csv/",
        "C:\\marks.csv",
        "..\\x",
        "MARKS.CSV",
        "notes.txt",
        "inner.zip",
    ],
)
def test_strange_paths_are_no_bundle(name: str) -> None:
    assert refusals(zipped(files_in(BUNDLE) | {name: BUNDLE})) == [("zip_strange", name)]


def test_a_name_that_hides_behind_a_null_is_strange() -> None:
    plain = zipped(files_in(BUNDLE) | {"marks.csv0x": b""})
    assert refusals(plain.replace(b"marks.csv0x", b"marks.csv\x00x")) == [("zip_strange", "marks.csv\\u0000x")]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_file_that_is_there_twice_is_no_bundle() -> None:
    buffer = BytesIO(BUNDLE)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("marks.csv", b"entry,aspect,judge,mark\n")
    assert refusals(buffer.getvalue()) == [("zip_twice", "marks.csv")]


def test_a_bomb_is_no_bundle_and_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    bomb = zipped(files_in(BUNDLE) | {"marks.csv": b"\n" * (bundle_zip.LARGEST_MEMBER + 1)})
    assert len(bomb) < 100_000
    assert refusals(bomb) == [("zip_large", "marks.csv")]
    monkeypatch.setattr(bundle_zip, "LARGEST_ZIP", len(BUNDLE) - 1)
    assert refusals(BUNDLE) == [("zip_large", "zip")]


def test_a_size_that_lies_is_found() -> None:
    files = files_in(BUNDLE) | {"marks.csv": b"\n" * 1_000_000}
    honest = zipped(files)
    assert refusals(honest.replace((1_000_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))) == [
        ("zip_damaged", "marks.csv")
    ]


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_compressions_are_not_opened(method: int) -> None:
    assert {code for code, _ in refusals(zipped(files_in(BUNDLE), method))} == {"zip_damaged"}


def test_an_encrypted_file_is_no_bundle() -> None:
    at = BUNDLE.index(b"PK\x01\x02") + 8
    assert refusals(BUNDLE[:at] + b"\x01" + BUNDLE[at + 1 :]) == [("zip_encrypted", "manifest.json")]


@pytest.mark.parametrize("data", [b"", b"PK", b"\x00" * 1000, b"entry,aspect\n", BUNDLE[:200], BUNDLE[200:-30]])
def test_what_is_no_zip_is_no_bundle(data: bytes) -> None:
    assert [code for code, _ in refusals(data)] == ["not_zip"]


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(BUNDLE) - 1), st.integers(1, 255))
def test_a_flipped_byte_anywhere_never_raises_and_every_problem_has_its_sentence(place: int, mask: int) -> None:
    data = bytearray(BUNDLE)
    data[place] ^= mask
    for problem in verify_bundle(bytes(data)).problems:
        assert SENTENCES[problem.code] % problem.params


@pytest.mark.parametrize(
    ("data", "status", "out", "told"),
    [
        (BUNDLE, 0, "OK\n", []),
        (
            edited("standings.csv", "W1,ok,111.00", "W1,ok,111.01", sign=True),
            1,
            "",
            ["standings.csv:4: Entry W1: total is 111.01, recomputed 111.00"],
        ),
        (zipped({"../x": b""}), 2, "", ["results.zip: ../x does not belong in a results bundle"]),
    ],
)
def test_verify_from_the_shell(tmp_path: Path, data: bytes, status: int, out: str, told: list[str]) -> None:
    (tmp_path / "results.zip").write_bytes(data)
    run = subprocess.run(
        [sys.executable, "-m", "ganpo.cli", "verify", tmp_path / "results.zip"],
        cwd=ROOT,
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (run.returncode, run.stdout.decode(), run.stderr.decode().splitlines()) == (status, out, told)
