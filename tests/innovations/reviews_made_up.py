"""A provincial review in the made-up places: 夹具 and 色卡 of the works, 料架 of another, recommended by the city.

甲, 乙, 丙 and 丁 review, three for each entry; 甲 takes the chair. 签 is a second officer of the federation.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from craftsmen import titles
from craftsmen.rules.honours import Family, Holder, Verb
from craftsmen.rules.panel_marks import NewMark
from craftsmen.rules.titles import TitleDraft
from foundation.base.problem import Refused
from foundation.people import accounts
from foundation.process import notice_drafts, notices
from foundation.process.notice_tables import Notice
from foundation.work import two_person
from innovations import (
    innovation_versions,
    innovations,
    review_assigning,
    review_chair,
    review_channels,
    review_conferring,
    review_deciding,
    review_desk,
    review_marks,
    review_notices,
    review_scores,
    review_seats,
    reviews,
)
from innovations.innovation_tables import Innovation
from innovations.review_deciding import Decision
from innovations.review_desk import Words
from innovations.review_marks import Sheet
from innovations.review_tables import ReviewChannel, ReviewEntry, ReviewRound, ReviewTask
from innovations.rules.innovation_form import Author
from innovations.rules.publicity import BenefitShown, Publicity
from innovations.rules.review_form import ReviewDraft
from innovations.rules.review_rules import Award, Level, Places, ReviewRules, rubric_of
from tests.innovations.made_up import NOW, ZONE, Here, works
from tests.innovations.rules.foil import FOIL

AFTER = NOW + timedelta(days=30)
LINES = (("B", "效益", "60"), ("N", "新颖", "40"))
AWARDS = (Award("award1", "一等成果", 1, "cx-first"), Award("award2", "二等成果", 1))
TITLE = TitleDraft("cx-first", "职工创新一等成果", Verb.CONFER, "省总工会", Holder.PERSON, Family.INNOVATION)
REVIEWERS = ("jia", "yi", "bing", "ding")


async def refused(awaited) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as raised:
        await awaited
    return [(problem.field, problem.code) for problem in raised.value.problems]


def rules(city: int, **changes) -> ReviewRules:
    given = ReviewRules(Level.PROVINCE, 3, rubric_of(LINES, 3, "评审"), AWARDS, (Places(city, "景德镇市总工会", 3),))
    return replace(given, **changes)


@dataclass
class Round:
    """The round, its entries by name, its seats by account name."""

    here: Here
    id: int
    by: int
    second: int
    channel: int = 0
    entries: dict[str, int] = field(default_factory=dict)
    innovations: dict[str, int] = field(default_factory=dict)
    seats: dict[str, int] = field(default_factory=dict)

    async def facts(self) -> reviews.RoundFacts:
        return await reviews.by_id(self.id)

    async def handed_in(
        self, name: str, unit: str, authors: tuple[Author, ...] = (Author("冯砚秋", 100),), **said
    ) -> int:
        """An innovation of a unit, handed in and public."""
        draft = replace(FOIL, title=name, authors=authors, **said)
        number = await innovations.begin(draft, self.here.places[unit], self.by, NOW)
        await innovations.set_publicity(number, Publicity.PUBLIC, BenefitShown.HIDDEN, 1, self.by, NOW)
        await innovations.clear(number, 2, self.by, NOW)
        await innovation_versions.hand_in(number, "", 3, self.by, NOW)
        self.innovations[name] = number
        return number

    async def listed(self, *names: str) -> None:
        """These stand on the city's list, in this order."""
        for name in names:
            await review_channels.pick(self.channel, [self.innovations[name]], self.by, NOW)
            row = await ReviewEntry.select(ReviewEntry.id).where(ReviewEntry.innovation == self.innovations[name])
            self.entries[name] = row[-1]["id"]

    async def seated(self, *names: str) -> None:
        for name in names:
            if name not in self.here.people:
                made = await accounts.create_account(name, name, [], "test", NOW)
                self.here.people[name] = made[0]
            self.seats[name] = await review_seats.seat(self.id, self.here.people[name], None, ["C"], 80, self.by, NOW)

    async def entered(self) -> None:
        await review_channels.hand_in(self.channel, self.by, NOW, ZONE)
        await reviews.close_entries(self.id, self.by, short=True)

    async def marking(self) -> None:
        await self.entered()
        await self.seated(*REVIEWERS)
        await review_assigning.draw(self.id, self.by, NOW)
        await review_assigning.begin_marking(self.id, False, self.by, NOW, ZONE)

    async def tasks(self, name: str) -> dict[str, int]:
        """The tasks of an entry by reviewer."""
        rows = await ReviewTask.select(ReviewTask.id, ReviewTask.seat.account.sign_in.as_alias("who")).where(
            ReviewTask.entry == self.entries[name], ReviewTask.ended_at.is_null()
        )
        return {row["who"]: row["id"] for row in rows}

    async def reviewed(self, name: str, who: str, *values: str, words: str = "很好", private: str = "") -> int:
        task = (await self.tasks(name))[who]
        return await review_marks.save(task, sheet(*values, words=words, private=private), self.here.people[who], NOW)

    async def all_reviewed(self, points: dict[str, tuple[str, str]]) -> None:
        for name, values in points.items():
            for who in await self.tasks(name):
                await self.reviewed(name, who, *values)

    async def locked(self, points: dict[str, tuple[str, str]], *, short: bool = False) -> None:
        await self.all_reviewed(points)
        seen = (await review_scores.overview(await self.facts())).seen
        await review_chair.lock(self.id, seen, short, self.here.people["jia"], NOW)

    async def awarded(self, given: dict[str, str]) -> None:
        decided = {self.entries[name]: Decision(code, "") for name, code in given.items()}
        await review_deciding.decide_awards(self.id, decided, self.by, NOW)

    async def noticed(self) -> None:
        address = await review_notices.open_notice(self.id, "公示", "现予公示。", "0791-1", by=self.by, now=NOW)
        row = await Notice.select(Notice.id).where(Notice.address == address).first()
        await notice_drafts.send(row["id"], self.by, NOW)
        await notice_drafts.approve(row["id"], self.second, NOW)
        await notices.open_notice(row["id"], self.by, NOW, ZONE)

    async def decided(self) -> None:
        act = await review_conferring.ask(self.id, "赣工发〔2026〕10号", "公示无异议", self.by, AFTER)
        await two_person.confirm(act, self.second, AFTER)

    async def stage_of(self, name: str) -> str:
        row = await Innovation.select(Innovation.stage).where(Innovation.id == self.innovations[name]).first()
        return row["stage"]


def sheet(
    *values: str,
    words: str = "很好",
    private: str = "",
    nonce: str = "",
    base: int = 0,
    hand_in: bool = True,
    seen=None,
):
    """A sheet as a page sends it."""
    nonce = nonce or f"n{next(_NONCES)}"
    marks = [NewMark(line[0], value, f"{nonce}:{line[0]}", base) for line, value in zip(LINES, values, strict=True)]
    return Sheet(marks, Words(words, private), seen or Words("", "").seen, hand_in)


_NONCES = iter(range(10**9))


async def opened(**changes) -> Round:
    """A frozen round; nothing is handed in yet."""
    here = await works()
    by = here.people["sheng"]
    second, _ = await accounts.create_account("qian", "qian", ["officer"], "test", NOW, organisation_id=1)
    await titles.create(TITLE, 1, f"account:{by}", NOW)
    draft = ReviewDraft("2026年度职工创新成果评审", 2026, date(2026, 5, 31), rules(here.places["city"], **changes))
    number = await reviews.create(draft, 1, by, NOW)
    await reviews.freeze(number, 1, by, NOW, ZONE)
    found = Round(here, number, by, second)
    row = await ReviewChannel.select(ReviewChannel.id).where(ReviewChannel.round == number).first()
    found.channel = row["id"]
    return found


async def ready(**changes) -> Round:
    """Three innovations on the city's list."""
    found = await opened(**changes)
    await found.handed_in("夹具", "works", (Author("冯砚秋", 100, worker=found.here.worker),))
    await found.handed_in("色卡", "works", (Author("占云帆", 60), Author("冯砚秋", 40, worker=found.here.worker)))
    await found.handed_in("料架", "other", (Author("汪砚", 100),))
    await found.listed("夹具", "色卡", "料架")
    return found


async def round_row(number: int) -> dict:
    row = await ReviewRound.select().where(ReviewRound.id == number).first()
    assert row is not None
    return row


__all__ = ["AFTER", "NOW", "Decision", "Round", "opened", "ready", "refused", "review_desk", "round_row", "sheet"]
