"""What publishing freezes, built beforehand as plain values: the bundle, each entry's score, and their hashes. Pure.

`marks` come with judges' labels dealt anew; whoever calls sees to that. A large contest's take a second or two, so
this runs beside the event loop and before the transaction.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from competitions.rules.details import Detail, detail_json, read_detail
from competitions.rules.difficulty import Coefficients
from competitions.rules.relabel import Given
from foundation.tabulation.bundle import LedgerHead, write_bundle
from foundation.tabulation.output import standings_csv, standings_json
from foundation.tabulation.scheme_model import Scheme
from foundation.tabulation.standings import Entry, Standings


@dataclass(frozen=True, slots=True)
class Frozen:
    """`standings_hash` is that of standings.csv in full; `scores` are (work number, content as JSON)."""

    standings_hash: str
    bundle: bytes
    bundle_hash: str
    scores: tuple[tuple[str, str], ...]


def freeze(
    scheme: Scheme,
    entries: Iterable[Entry],
    marks: Sequence[Given],
    standings: Standings,
    coefficients: Coefficients,
    *,
    contest: str,
    version: int,
    now: datetime,
    head: LedgerHead,
) -> Frozen:
    """Everything that is kept of these standings; `head` is the contest's ledger as it stood before."""
    bundle = write_bundle(
        scheme,
        entries,
        [given.mark for given in marks],
        standings,
        coefficients,
        contest=contest,
        version=version,
        time=now.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        ledger_head=head,
    )
    return Frozen(
        standings_hash=hashlib.sha256(standings_csv(standings).encode()).hexdigest(),
        bundle=bundle,
        bundle_hash=hashlib.sha256(bundle).hexdigest(),
        scores=tuple(_scores(standings, marks)),
    )


def _scores(standings: Standings, marks: Iterable[Given]) -> Iterable[tuple[str, str]]:
    """Every entry's score: also of those without a place, who may read what became of their entry."""
    details: dict[str, dict[str, dict[str, str]]] = {}
    for given in marks:
        detail = read_detail(given.detail)
        said = detail_json(Detail(detail.deductions, detail.voids))  # not what the mark was under a void condition
        if said:
            details.setdefault(given.mark.entry, {}).setdefault(given.mark.aspect, {})[given.mark.judge] = said
    scores: Any = standings_json(standings)["entries"]
    for score in scores:
        content = {"score": score, "details": details.get(score["entry"], {})}
        yield score["entry"], json.dumps(content, ensure_ascii=False, separators=(",", ":"))
