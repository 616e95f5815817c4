"""The results bundle: a zip from which anyone recomputes published standings, with no database.

    manifest.json      {"format": "ganpo-bundle/1",
                        "contest": "2026 ... 电工",            what was contested, as it is published
                        "version": 1,                          1, then 2 for the first correction ...
                        "time": "2026-05-01T08:00:00Z",        when it was published, UTC
                        "files": {"scheme.json": "<sha256>", ...},   every other file in the zip
                        "scheme_hash": "<sha256>",             of the scheme's canonical text, as it was frozen
                        "ledger_head": {"stream": "...", "seq": 41, "hash": "<sha256>"}}
    scheme.json        the scheme's canonical text, so that its file hash is the scheme's hash
    entries.csv        public work numbers
    marks.csv          judges are pseudonyms (J1, J2 ...): to give them is the caller's duty
    coefficients.csv   only where an aspect uses them
    standings.csv      as published

Nothing else may be in the zip. Whatever has these files and a readable manifest is a bundle; whether it holds is a
second question.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from foundation.base.problem import Problem
from foundation.tabulation import manifest as manifests
from foundation.tabulation.bundle_zip import read_zip, write_zip
from foundation.tabulation.checks import Pair
from foundation.tabulation.compare import compare_standings
from foundation.tabulation.csv_text import Source
from foundation.tabulation.files import Contest, read_contest
from foundation.tabulation.input_text import coefficients_csv, entries_csv, marks_csv
from foundation.tabulation.manifest import LedgerHead, Manifest, manifest_json, read_manifest
from foundation.tabulation.marks import Mark
from foundation.tabulation.output import standings_csv, standings_rows
from foundation.tabulation.ranking import NO_COEFFICIENTS, tabulate
from foundation.tabulation.scheme_model import Scheme
from foundation.tabulation.scheme_text import canonical_json, scheme_hash
from foundation.tabulation.standings import Entry, Standings
from foundation.tabulation.texts import shown

__all__ = ["LedgerHead", "Manifest", "Verdict", "verify_bundle", "write_bundle"]

REQUIRED: Final = (manifests.NAME, "scheme.json", "entries.csv", "marks.csv", "standings.csv")
OPTIONAL: Final = ("coefficients.csv",)


@dataclass(frozen=True, slots=True)
class Verdict:
    """No bundle, for these problems; or a bundle that holds where there are none."""

    is_bundle: bool
    problems: tuple[Problem, ...]
    manifest: Manifest | None = None


def write_bundle(
    scheme: Scheme,
    entries: Iterable[Entry],
    marks: Iterable[Mark],
    standings: Standings,
    coefficients: Mapping[Pair, int] = NO_COEFFICIENTS,
    *,
    contest: str,
    version: int,
    time: str,
    ledger_head: LedgerHead,
) -> bytes:
    """The bundle of these published standings; the same values always give the same bytes.

    `time` is UTC as ISO 8601. What goes in is what is shown: work numbers and judges' pseudonyms, no names.
    """
    texts = {
        "scheme.json": canonical_json(scheme),
        "entries.csv": entries_csv(entries),
        "marks.csv": marks_csv(scheme, marks),
        **({"coefficients.csv": coefficients_csv(coefficients)} if coefficients else {}),
        "standings.csv": standings_csv(standings),
    }
    files = {name: text.encode() for name, text in texts.items()}
    hashes = {name: sha256(data).hexdigest() for name, data in files.items()}
    manifest = Manifest(contest, version, time, hashes, scheme_hash(scheme), ledger_head)
    return write_zip({manifests.NAME: manifest_json(manifest).encode(), **files})


def verify_bundle(data: bytes) -> Verdict:
    """Check every hash, recompute the standings from the marks, and compare them row for row."""
    files, problems = read_zip(data, (*REQUIRED, *OPTIONAL))
    if not problems:
        problems = [Problem("bundle_lacks", "", {"name": name}) for name in REQUIRED if name not in files]
    if problems:
        return Verdict(False, tuple(problems))
    manifest, problems = read_manifest(Source(manifests.NAME, files.pop(manifests.NAME)))
    if manifest is None:
        return Verdict(False, tuple(problems))
    sources = {name: Source(name, content) for name, content in files.items()}
    differences = _check_hashes(manifest, sources)
    contest, problems = read_contest(
        sources["scheme.json"], sources["marks.csv"], sources["entries.csv"], sources.get("coefficients.csv")
    )
    differences += problems
    if contest is not None:
        differences += _check_scheme_hash(manifest, contest.scheme)
        differences += compare_standings(sources["standings.csv"], list(standings_rows(_recompute(contest))))
    return Verdict(True, tuple(differences), manifest)


def _recompute(contest: Contest) -> Standings:
    return tabulate(contest.scheme, contest.entries, contest.marks, contest.coefficients)


def _check_hashes(manifest: Manifest, sources: Mapping[str, Source]) -> list[Problem]:
    problems = []
    for name, source in sources.items():
        found = sha256(source.data).hexdigest()
        stated = manifest.files.get(name)
        if stated is None:
            problems.append(Problem("hash_missing", name))
        elif stated != found:
            problems.append(Problem("hash_differs", name, {"found": found, "stated": shown(stated, 64)}))
    gone = [name for name in manifest.files if name not in sources]
    return problems + [Problem("file_gone", shown(name)) for name in gone]


def _check_scheme_hash(manifest: Manifest, scheme: Scheme) -> list[Problem]:
    found = scheme_hash(scheme)
    if found == manifest.scheme_hash:
        return []
    params = {"found": found, "stated": shown(manifest.scheme_hash, 64)}
    return [Problem("scheme_hash_differs", "scheme.json", params)]
