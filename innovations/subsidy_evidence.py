"""What whoever checks an application reads of earlier money and awards for the same thing. Writes nothing.

That a grant was made is public, so round, unit, year and amount are told of every one; an application, an innovation
or an honour is linked only where the reader may open it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from craftsmen import may as craftsmen_may
from craftsmen.honour_tables import Honour
from craftsmen.rules.honours import Stage as HonourStage
from craftsmen.visible_lists import visible
from foundation.people.permissions import permitted
from foundation.people.sessions import SignedIn
from foundation.people.worker_tables import Worker
from innovations import subsidy_overlaps
from innovations.innovation_standing import TOLD
from innovations.innovation_tables import Innovation
from innovations.may import SEE_APPLICATIONS
from innovations.review_tables import ReviewEntry
from innovations.rules.double_funding import Overlap, Same
from innovations.rules.review_rules import read_rules
from innovations.rules.review_steps import EntryStage
from innovations.rules.subsidy_steps import ApplicationStage
from innovations.subsidy_overlaps import Decided
from innovations.subsidy_tables import SubsidyApplication

MOST = 200  # earlier grants, and awards, on one page
SOURCES = ("contest:%", "innovation:%", "review:%")
"""Whose honours are prizes: those of contests, and of innovations and their reviews."""


@dataclass(frozen=True, slots=True)
class EarlierGrant:
    """Money for something that has this in common: `common` says what, in the words of the registry."""

    application_id: int
    round_name: str
    unit: str
    year: int
    amount: int  # fen
    common: tuple[tuple[Same, str], ...]
    address: str
    decided: Decided | None
    recovered: bool = False  # all of it came back

    @property
    def weighty(self) -> bool:
        return any(same in (Same.INNOVATION, Same.PATENT) for same, _ in self.common)


@dataclass(frozen=True, slots=True)
class Award:
    """A prize of the innovation, or of somebody who made it; the address is empty where the reader may not open it."""

    name: str
    of: str  # the review it was given in; of an honour nothing
    holder: str
    body: str
    year: int
    address: str


async def grants(user: SignedIn, application_id: int) -> list[EarlierGrant]:
    """Earlier grants with something in common, the weightiest first."""
    found = (await subsidy_overlaps.of([application_id])).get(application_id, [])
    ids = list(dict.fromkeys(int(one.what) for one in found))[:MOST]
    rows = await SubsidyApplication.select(
        SubsidyApplication.id, SubsidyApplication.round.name.as_alias("round_name"),
        SubsidyApplication.round.address.as_alias("address"), SubsidyApplication.unit.name.as_alias("unit"),
        SubsidyApplication.stage,
    ).where(SubsidyApplication.id.is_in(ids or [0]))  # fmt: skip
    by_id = {row["id"]: row for row in rows}
    opened = await _may_open(user, ids)
    names, words = await _names(found), await subsidy_overlaps.decided(application_id)
    return [_grant(by_id[one], [each for each in found if each.what == str(one)], names, opened, words) for one in ids]


def _grant(
    row: dict[str, Any],
    found: Sequence[Overlap],
    names: dict[tuple[Same, str], str],
    opened: set[int],
    words: dict[str, Decided],
) -> EarlierGrant:
    address = f"/subsidies/applications/{row['id']}" if row["id"] in opened else f"/subsidies/{row['address']}"
    common = tuple((one.same, names.get((one.same, one.of), one.of)) for one in found)
    return EarlierGrant(
        row["id"], row["round_name"], row["unit"], found[0].year, found[0].amount, common, address,
        words.get(str(row["id"])), row["stage"] == ApplicationStage.RECOVERED.value,
    )  # fmt: skip


async def awards(user: SignedIn, innovation_id: int, application_id: int) -> list[Award]:
    """Prizes that the innovation won, and honours of those who made it, the newest first."""
    keys = await subsidy_overlaps.keys_of(application_id)
    persons = sorted(int(of) for same, of in keys if same == Same.PERSON)
    return sorted([*await _own_awards(innovation_id), *await _honours(user, persons)], key=lambda one: -one.year)


async def _own_awards(innovation_id: int) -> list[Award]:
    """What reviews gave it: decided, and so on their public pages."""
    of: Any = ReviewEntry.round
    rows = await ReviewEntry.select(
        ReviewEntry.award, of.rules.as_alias("rules"), of.name.as_alias("of"), of.year.as_alias("year"),
        of.address.as_alias("address"), of.organisation.name.as_alias("body"),
        ReviewEntry.innovation.organisation.name.as_alias("unit"),  # type: ignore[union-attr]
    ).where(ReviewEntry.innovation == innovation_id, ReviewEntry.stage == EntryStage.AWARDED.value)  # fmt: skip
    return [
        Award(
            read_rules(row["rules"]).award_name(row["award"]), row["of"], row["unit"], row["body"], row["year"],
            f"/reviews/{row['address']}",
        )
        for row in rows
    ]  # fmt: skip


async def _honours(user: SignedIn, persons: Sequence[int]) -> list[Award]:
    prize: Any = Honour.source.like(SOURCES[0])
    for source in SOURCES[1:]:
        prize = prize | Honour.source.like(source)
    query = Honour.select(
        Honour.id, Honour.title.name.as_alias("title"), Honour.name, Honour.body, Honour.year
    ).where(
        Honour.worker.is_in(list(persons) or [0]), Honour.stage == HonourStage.CONFERRED.value,
        visible(Honour.honour_list), prize,
    )  # fmt: skip
    rows = await query.order_by(Honour.id, ascending=False).limit(MOST)
    may_open: set[int] = set()
    if rows and craftsmen_may.SEE_HONOURS.possible(user):
        asked = Honour.select(Honour.id).where(Honour.id.is_in([row["id"] for row in rows]))
        may_open = {row["id"] for row in await permitted(asked, craftsmen_may.SEE_HONOURS, user)}
    return [
        Award(
            row["title"], "", row["name"], row["body"], row["year"],
            f"/honours/{row['id']}" if row["id"] in may_open else "",
        )
        for row in rows
    ]  # fmt: skip


async def _may_open(user: SignedIn, ids: Sequence[int]) -> set[int]:
    query = SubsidyApplication.select(SubsidyApplication.id).where(SubsidyApplication.id.is_in(list(ids) or [0]))
    return {row["id"] for row in await permitted(query, SEE_APPLICATIONS, user)}


async def _names(found: Sequence[Overlap]) -> dict[tuple[Same, str], str]:
    """What innovations and people that are in common are called; patents go by their number, studios by theirs."""
    ids = {same: [int(one.of) for one in found if one.same is same] or [0] for same in (Same.INNOVATION, Same.PERSON)}
    titles = await Innovation.select(*TOLD).where(Innovation.id.is_in(ids[Same.INNOVATION]))
    people = await Worker.select(Worker.id, Worker.name).where(Worker.id.is_in(ids[Same.PERSON]))
    return {(Same.INNOVATION, str(row["id"])): row["title"] for row in titles} | {
        (Same.PERSON, str(row["id"])): row["name"] for row in people
    }
