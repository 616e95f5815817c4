"""The public notice (公示) of a review: what it shows, and the step that leads there.

An award is public, so unit and award are always shown; the title of an innovation and the names of its people only
where its unit lets everybody know of it. Neither marks nor places are.
"""

from collections.abc import Collection
from datetime import datetime

import msgspec

from foundation.base.problem import Problem, Refused
from foundation.process import notice_drafts
from foundation.process.calendar import customs
from foundation.process.notice_tables import Notice
from foundation.process.notice_waits import passed_with
from foundation.process.rules.notices import Draft
from foundation.process.rules.notices import Stage as NoticeStage
from foundation.process.rules.shown import MOST_LETTERS, MOST_ROWS, Shown, table_of
from foundation.store.conflicts import tried_again
from foundation.store.transactions import transaction
from innovations import library, reviews
from innovations.review_tables import ReviewEntry, ReviewRound
from innovations.reviews import RoundFacts
from innovations.rules.innovation_form import Draft as Said
from innovations.rules.publicity import Publicity
from innovations.rules.review_steps import Stage

COLUMNS = ("number", "award", "title", "name", "unit", "recommender")
NOT_TOLD = "（不公开）"


@tried_again
async def open_notice(
    round_id: int, title: str, text: str, contact: str, *, by: int, now: datetime, no_award: bool = False
) -> str:
    """Take what the meeting decided to its notice and draft that; answers the notice's address.

    A second person reviews and opens it, as any notice. `no_award` says that none is given, which its text then tells.
    Raises NotFound; Refused before an award is decided, and for `no_award` where one is.
    """
    async with transaction():
        found = await reviews.at(round_id, Stage.DECIDING)
        rows = await shown_rows(found)
        if bool(rows) == no_award:
            raise Refused(Problem("review_awards_given" if no_award else "review_awards_undecided", "no_award"))
        if len(rows) > MOST_ROWS:
            raise Refused(Problem("review_notice_long", "", {"most": str(MOST_ROWS)}))
        kept = await customs()
        said = Draft(
            title=title.strip(), text=text.strip(), contact=contact.strip(), days=found.rules.notice_days,
            end_time=kept.end_time, results=True, about=found.about, label=found.name,
            shown=Shown(COLUMNS, rows) if rows else Shown(), replaces=await _stopped(found.notice),
        )  # fmt: skip
        _, address = await notice_drafts.make(said, found.organisation_id, by, now)
        await reviews.step_taken(found, "open_notice", by, {ReviewRound.notice: address}, {"notice": address})
    return address


async def standing(found: RoundFacts, now: datetime) -> tuple[str, datetime | None]:
    """How far the notice at work is: draft, running (until when), held by an accepted objection, stopped, over."""
    row = await Notice.select(Notice.stage, Notice.ends_at).where(Notice.address == found.notice).first()
    if row is None or row["stage"] in (NoticeStage.STOPPED.value, NoticeStage.DISCARDED.value):
        return "stopped", None
    if row["stage"] != NoticeStage.OPEN.value:
        return "draft", None
    if row["ends_at"] > now:
        return "running", row["ends_at"]
    return ("over" if await is_over(found, now) else "held"), None


async def is_over(found: RoundFacts, now: datetime) -> bool:
    """Whether the notice of what is decided now ran to its end, none runs and no accepted objection is open."""
    return await passed_with(found.notice, found.about, now)


async def is_told(found: RoundFacts) -> bool:
    """Whether the notice shows what is decided now, for as long as the rules say: its draft can be written on.

    Units may hide or show a title meanwhile, and be renamed; awards and the titles that both tell must agree.
    """
    row = await Notice.select(Notice.about, Notice.days, Notice.shown).where(Notice.address == found.notice).first()
    if row is None or row["about"] != found.about or row["days"] < found.rules.notice_days:
        return False
    shown, now = table_of(row["shown"]), await shown_rows(found)
    if not now:
        return not shown.rows
    if not {"award", "title"} <= set(shown.columns):
        return False
    award, title = shown.columns.index("award"), shown.columns.index("title")
    return len(now) == len(shown.rows) and all(
        one[award] == other[1] and (NOT_TOLD in (one[title], other[2]) or one[title] == other[2])
        for one, other in zip(shown.rows, now, strict=True)
    )


async def shown_rows(found: RoundFacts, *, stays: bool = False) -> tuple[tuple[str, ...], ...]:
    """The awards of a round as everyone may read them, by award, then by place; the places themselves are not told.

    A notice names everybody, for who might object has to know; on the page that `stays`, who does not want to be named
    is not.
    """
    rows = await (
        ReviewEntry.select(
            ReviewEntry.id, ReviewEntry.award, ReviewEntry.place, ReviewEntry.version.body.as_alias("body"),
            ReviewEntry.innovation.publicity.as_alias("publicity"),
            ReviewEntry.innovation.organisation.name.as_alias("unit"),  # type: ignore[union-attr]
            ReviewEntry.channel.organisation.name.as_alias("recommender"),  # type: ignore[union-attr]
        )
        .where(ReviewEntry.round == found.id, ReviewEntry.award != "")
        .order_by(ReviewEntry.place, ReviewEntry.id)
    )  # fmt: skip
    said = {row["id"]: msgspec.json.decode(row["body"], type=Said) for row in rows}
    known = {author.worker for one in said.values() for author in one.authors if author.worker}
    left_out = await library.unnamed(sorted(known)) if stays else set()
    order = {one.code: (place, one.name) for place, one in enumerate(found.rules.awards)}
    ranked = sorted(rows, key=lambda row: order[row["award"]][0])
    return tuple(
        (
            str(number),
            order[row["award"]][1],
            *_told(said[row["id"]], row["publicity"], left_out),
            row["unit"],
            row["recommender"],
        )
        for number, row in enumerate(ranked, 1)
    )


def _told(said: Said, publicity: str, left_out: Collection[int]) -> tuple[str, str]:
    if publicity != Publicity.PUBLIC.value:
        return NOT_TOLD, NOT_TOLD
    return said.title, "、".join(one.name for one in said.authors if one.worker not in left_out)[:MOST_LETTERS]


async def _stopped(address: str) -> int | None:
    row = (
        await Notice.select(Notice.id)
        .where(Notice.address == address, Notice.stage == NoticeStage.STOPPED.value)
        .first()
    )
    return row["id"] if row and address else None
