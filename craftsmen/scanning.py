"""The rare-character and privacy scan of a nomination: the only writer of `Nomination.scan`.

Reads the texts, what is said of pictures, and every paper of the checklist; keeps what was found as keyed digests and
masked pieces, bound to a hash of what was read: whatever changes afterwards needs a new scan. What was accepted with a
reason stays accepted as long as the very same thing stands in the very same place.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from craftsmen import attachment_texts, nomination_pictures
from craftsmen.nomination_tables import Material, Nomination
from craftsmen.nominations import locked
from craftsmen.rules import scan as rule
from craftsmen.rules.scan import Finding, Piece
from craftsmen.scan_state import Kept, ScanFacts, hash_of, parsed, pieces_of, written
from foundation.base.clock import day_of
from foundation.base.problem import NotFound, Problem, Refused
from foundation.files import stored
from foundation.papers.fonts import missing_characters
from foundation.people import privacy
from foundation.store import ledger
from foundation.store.conflicts import tried_again
from foundation.store.transactions import transaction

LONGEST_REASON = 200


async def run(nomination_id: int, by: str, now: datetime) -> ScanFacts:
    """Scan what stands there now; answers what was found. Raises NotFound, Refused where it changed meanwhile.

    Files are read and taken apart outside any transaction: a scan may take seconds and stops nobody.
    """
    papers = await _papers(nomination_id)
    read = {row["file"]: await _attachment(f"material_{row['code']}", row["file"]) for row in papers}
    async with transaction():
        before = await locked(nomination_id)
        now_there = await _papers(nomination_id)
        if [row["file"] for row in now_there] != [row["file"] for row in papers]:
            raise Refused(Problem("scan_changed_meanwhile"))
        said = (await nomination_pictures.of(before)).pieces
        pieces = pieces_of(before, said) + [piece for found in read.values() for piece in found[0]]
        findings = [
            *rule.found_in(pieces, day_of(now), missing_characters),
            *(finding for found in read.values() for finding in found[1]),
        ]
        files = [(row["code"], row["file"]) for row in now_there]
        scan = ScanFacts(hash_of(before, said, files), tuple(_kept(findings, parsed(before.scan))))
        await Nomination.update({Nomination.scan: written(scan)}).where(Nomination.id == nomination_id)
        counted = {"hash": scan.hash, "found": len(scan.findings), "open": len(scan.open)}
        ledger.record(stream=before.subject, act="nomination.scanned", actor=by, payload=counted)
    return scan


@tried_again
async def accept(nomination_id: int, reasons: Mapping[str, str], by: int, now: datetime) -> None:
    """Say of findings (key -> reason) that they may stay. Raises Refused, NotFound.

    Nothing typed as ID number, telephone or bank card can be accepted in a text; in a stamped paper it can, for such a
    paper is seen by officers alone.
    """
    kept = {key: reason.strip() for key, reason in reasons.items() if reason.strip()}
    if not kept:
        raise Refused(Problem("scan_reason_empty"))
    if long := [key for key, reason in kept.items() if len(reason) > LONGEST_REASON]:
        raise Refused(Problem("outcome_long", f"reason_{long[0]}", {"most": str(LONGEST_REASON)}))
    async with transaction():
        before = await locked(nomination_id)
        scan = parsed(before.scan)
        if scan is None:
            raise Refused(Problem("nomination_scan_unread", "scan"))
        known = {one.key: one for one in scan.findings}
        if any(key not in known for key in kept):
            raise NotFound
        if hard := [one for key, one in known.items() if key in kept and not may_stay(one)]:
            raise Refused(Problem("scan_must_go", f"reason_{hard[0].key}", {"shown": hard[0].shown}))
        findings = tuple(
            Kept(one.key, one.place, one.kind, one.shown, kept[one.key], f"account:{by}") if one.key in kept else one
            for one in scan.findings
        )
        values: dict[Any, Any] = {Nomination.scan: written(ScanFacts(scan.hash, findings)), Nomination.changed_at: now}
        await Nomination.update(values).where(Nomination.id == nomination_id)
        ledger.record(
            stream=before.subject,
            act="nomination.finding_accepted",
            actor=f"account:{by}",
            payload={"hash": scan.hash, "keys": sorted(kept)},
        )


def may_stay(found: Kept) -> bool:
    """Whether somebody may decide that it stays: all of a paper, and of the texts what is no number of a person."""
    return found.place.startswith("material_") or found.kind not in _NEVER_IN_TEXTS


_NEVER_IN_TEXTS = {rule.Kind.ID_NUMBER.value, rule.Kind.PHONE.value, rule.Kind.BANK_CARD.value}


def _kept(findings: Sequence[Finding], before: ScanFacts | None) -> list[Kept]:
    """What was found, with the decisions of the last scan where the same thing stands in the same place."""
    decided = {one.key: one for one in before.findings} if before else {}
    made: dict[str, Kept] = {}
    for one in findings:
        key = privacy.keyed_hash("scan", f"{one.place}|{one.kind.value}|{one.secret}")[:16]
        old = decided.get(key)
        made[key] = Kept(key, one.place, one.kind.value, one.shown, old.reason if old else "", old.by if old else "")
    return list(made.values())


async def _papers(nomination_id: int) -> list[dict[str, Any]]:
    """The papers that count, with their files."""
    return list(
        await Material.select(Material.code, Material.file)
        .where(Material.nomination == nomination_id, Material.replaced.eq(False))
        .order_by(Material.code)
    )


async def _attachment(place: str, file_id: int) -> tuple[list[Piece], list[Finding]]:
    """The text of a paper as a piece, and what its properties and its kind say."""
    facts, content = await stored.read(file_id)
    found = await attachment_texts.read(facts.media_type, content)
    pieces = [Piece(place, found.text)] if found.text else []
    findings = list(rule.property_findings(place, found.properties))
    if found.unread:
        findings.append(rule.unreadable(place, found.unread))
    return pieces, findings
