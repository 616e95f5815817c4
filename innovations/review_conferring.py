"""The decision on a review: an act of two people with the document's number, after the notice.

In the confirming transaction every entry learns its outcome, the innovation moves (and with it the public library),
and each author whom the registry knows gets the award as an honour, by way of `craftsmen.honours`. The key of such an
honour names round, entry and worker, so nothing is given twice.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec

from craftsmen import honours
from craftsmen.rules.honours import HonourDraft, PartialDate
from foundation.base.clock import day_of
from foundation.base.problem import N_, Problem, Refused
from foundation.store.conflicts import tried_again
from foundation.store.transactions import transaction
from foundation.work import two_person
from innovations import innovations, review_away, review_notices, reviews
from innovations.review_deciding import digest_of
from innovations.review_tables import ReviewEntry, ReviewRound
from innovations.reviews import RoundFacts
from innovations.rules.innovation_form import Draft
from innovations.rules.innovations import Stage as InnovationStage
from innovations.rules.review_steps import EntryStage, Stage

LONGEST_DOCUMENT = 60
TOLD = 20  # of one award, by title, to the second person


@tried_again
async def ask(round_id: int, document: str, reason: str, by: int, now: datetime) -> int:
    """Ask a second person to confirm the decision; answers the act's id.

    Raises NotFound; Refused before the notice ran to its end, and while an accepted objection is open.
    """
    document = " ".join(document.split())
    async with transaction():
        found = await reviews.at(round_id, Stage.NOTICE)
        problems = [] if document else [Problem("review_document_empty", "document")]
        if len(document) > LONGEST_DOCUMENT:
            problems.append(Problem("review_long", "document", {"most": str(LONGEST_DOCUMENT)}))
        if not reason.strip():  # told with the rest, not after it
            problems.append(Problem("act_reason_empty", "reason"))
        if away := await review_away.entries(found, by):
            problems.append(Problem("review_decides_away", "", {"count": str(len(away))}))
        problems += await _problems(found, now)
        if problems:
            raise Refused(*problems)
        payload = {"round": round_id, "document": document, "digest": await digest_of(round_id)}
        return await two_person.ask(DECIDE, found.subject, payload, found.organisation_id, by, reason, now)


async def _decide(act: two_person.Asked, by: int, now: datetime) -> None:
    """Confirmed, inside its transaction."""
    round_id, document = int(act.payload["round"]), str(act.payload["document"])
    found = await reviews.at(round_id, Stage.NOTICE)
    problems = await _problems(found, now)
    if await digest_of(round_id) != act.payload["digest"]:
        problems.append(Problem("review_decided_otherwise"))
    if await review_away.entries(found, by):
        problems.append(Problem("review_confirms_away"))
    if problems:
        raise Refused(*problems)
    rows = await (
        ReviewEntry.select(
            ReviewEntry.id, ReviewEntry.award, ReviewEntry.innovation, ReviewEntry.calibration,
            ReviewEntry.version.body.as_alias("body"), ReviewEntry.innovation.organisation.as_alias("organisation"),
        )
        .where(ReviewEntry.round == round_id, ReviewEntry.stage == EntryStage.ENTERED.value)
        .order_by(ReviewEntry.innovation)
    )  # fmt: skip
    ranked = [row for row in rows if not row["calibration"]]
    given = await _honour(found, ranked, document, by, now)
    for row in ranked:
        await _tell(found, row, by, now)
    payload = {"act": act.id, "asked_by": act.asked_by, "digest": act.payload["digest"], "honours": given}
    await reviews.step_taken(found, "decide", by, {ReviewRound.document: document}, payload)


async def _honour(found: RoundFacts, rows: list[dict[str, Any]], document: str, by: int, now: datetime) -> int:
    """Register the awards that have a title, one title after the other; answers how many honours there are of it."""
    on = PartialDate.of(day_of(now))
    count = 0
    for award in sorted(found.rules.awards, key=lambda one: one.title):
        drafts = [
            HonourDraft(
                title=award.title, year=found.year, name=one.name, worker=one.worker, source=found.about,
                source_key=source_key(found, row["id"], one.worker),
            )
            for row in rows
            if row["award"] == award.code and award.title
            for one in msgspec.json.decode(row["body"], type=Draft).authors
            if one.worker
        ]  # fmt: skip
        if drafts:
            count += len(await honours.register_all(drafts, document, on, f"account:{by}", now))
    return count


async def unknown_authors(found: RoundFacts) -> tuple[tuple[str, str], ...]:
    """(name, unit) of awarded authors whom the registry does not know: no honour can be kept of them by itself."""
    titled = [one.code for one in found.rules.awards if one.title]
    rows = await (
        ReviewEntry.select(
            ReviewEntry.version.body.as_alias("body"),
            ReviewEntry.innovation.organisation.name.as_alias("unit"),  # type: ignore[union-attr]
        )
        .where(ReviewEntry.round == found.id, ReviewEntry.award.is_in(titled or ["-"]))
        .order_by(ReviewEntry.place, ReviewEntry.id)
    )  # fmt: skip
    return tuple(
        (one.name, one.unit or row["unit"])
        for row in rows
        for one in msgspec.json.decode(row["body"], type=Draft).authors
        if not one.worker
    )


def source_key(found: RoundFacts, entry_id: int, worker: int) -> str:
    """What makes the honour of one author known again."""
    return f"{found.about}:entry:{entry_id}:worker:{worker}"


async def _tell(found: RoundFacts, row: Mapping[str, Any], by: int, now: datetime) -> None:
    awarded = bool(row["award"])
    stage = EntryStage.AWARDED if awarded else EntryStage.NOT_AWARDED
    values: dict[Any, Any] = {ReviewEntry.stage: stage.value, ReviewEntry.decided_at: now}
    await ReviewEntry.update(values).where(ReviewEntry.id == row["id"])
    one = await innovations.locked(row["innovation"])
    if awarded or one["stage"] == InnovationStage.IN_REVIEW.value:  # what another round awarded keeps that
        named = found.rules.award_name(row["award"])
        note = f"{found.name} {named}".strip()
        await innovations.move(one, "award" if awarded else "not_award", note, by, now)


async def _problems(found: RoundFacts, now: datetime) -> list[Problem]:
    if not await review_notices.is_over(found, now):
        return [Problem("review_notice_open")]
    return [] if await review_notices.is_told(found) else [Problem("review_notice_otherwise")]


async def _show(payload: Mapping[str, Any]) -> two_person.Shown:
    found = await reviews.by_id(int(payload["round"]))
    rows = await review_notices.shown_rows(found)
    given = [[row for row in rows if row[1] == one.name] for one in found.rules.awards]
    counts = [(one.name, len(own)) for one, own in zip(found.rules.awards, given, strict=True)]
    named = ["；".join(f"{title}（{unit}）" for _, _, title, _, unit, _ in own[:TOLD]) for own in given]
    return (
        (N_("Name of the review"), found.name),
        (N_("Document number"), str(payload["document"])),
        (N_("Awards"), "；".join(f"{name} {count}" for name, count in counts)),
        *(
            (one.name, f"{text} …" if len(own) > TOLD else text)
            for one, own, text in zip(found.rules.awards, given, named, strict=True)
            if own
        ),
        (N_("Digest of what is decided"), str(payload["digest"])),
    )


DECIDE = two_person.register(
    two_person.Kind(
        "review.decision",
        N_("Decide the awards of a review"),
        perform=_decide,
        show=_show,
        address=lambda act: f"/reviews/desk/{act.payload['round']}",
    )
)
