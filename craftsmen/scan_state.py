"""What a scan found and what was decided about it, as it is kept beside a nomination, and whether it still holds.

Pure: the kept text is JSON with digests and masked pieces, never the number itself. `scanning.py` writes it.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from craftsmen.nomination_reads import NominationFacts
from craftsmen.rules.readiness import Scan
from craftsmen.rules.scan import Piece


@dataclass(frozen=True, slots=True)
class Kept:
    """One finding: `key` is a keyed digest of what stood there, `shown` is masked, `reason` why it may stay."""

    key: str
    place: str
    kind: str
    shown: str
    reason: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class ScanFacts:
    """A scan: the hash of what was read, and what was found in it."""

    hash: str
    findings: tuple[Kept, ...] = ()

    @property
    def open(self) -> tuple[Kept, ...]:
        """What nobody decided on."""
        return tuple(one for one in self.findings if not one.reason)


def pieces_of(nomination: NominationFacts, pictures: Iterable[Piece]) -> list[Piece]:
    """Every text of a nomination that leaves the unit, by the form's name of its place; `pictures` is what is said of
    its pictures."""
    draft = nomination.draft
    texts = [
        ("summary", draft.summary),
        ("story", draft.story),
        ("works", "\n".join(work.line for work in draft.works)),
        ("stated", "\n".join(draft.stated)),
        *((f"evidence_{one.code}", one.evidence) for one in draft.answers),
    ]
    return [
        Piece("name", nomination.name, name=True),
        Piece("unit", nomination.unit, name=True),
        *(Piece(place, text) for place, text in texts if text),
        *pictures,
    ]


def hash_of(nomination: NominationFacts, pictures: Iterable[Piece], files: Iterable[tuple[str, int]]) -> str:
    """sha256 (hex) of what a scan reads: the texts, and which files hang on it as what (code and id of a file, which
    never changes its content)."""
    read: list[list[str | int]] = [[piece.place, piece.text] for piece in pieces_of(nomination, pictures)]
    read += sorted([code, file] for code, file in files)
    return hashlib.sha256(json.dumps(read, ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


def state_of(nomination: NominationFacts, pictures: Iterable[Piece], files: Iterable[tuple[str, int]]) -> Scan:
    """What the kept scan says of what stands there now."""
    scan = parsed(nomination.scan)
    if scan is None or scan.hash != hash_of(nomination, pictures, files):
        return Scan.UNREAD
    return Scan.OPEN if scan.open else Scan.CLEAN


def parsed(text: str) -> ScanFacts | None:
    """The scan in the column, or None where there was none yet."""
    if not text:
        return None
    data = json.loads(text)
    return ScanFacts(data["hash"], tuple(Kept(**one) for one in data["findings"]))


def written(scan: ScanFacts) -> str:
    """The column of a scan."""
    return json.dumps(asdict(scan), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
