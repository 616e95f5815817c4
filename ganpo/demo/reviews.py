"""Reviews of innovations in the made-up province: one of the federation, decided; one of a city, being marked.

Through the writers that pages use. The federation reviews what cities have awarded; in the city's, the account for
reviewing has entries to mark and takes the chair.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from craftsmen import titles
from craftsmen.rules.honours import Family, Holder, Verb
from craftsmen.rules.panel_marks import NewMark
from craftsmen.rules.titles import TitleDraft
from foundation.base.calendar import working_days
from foundation.base.problem import Problem
from foundation.people.organisation_tables import ROOT_ID
from foundation.people.organisation_tree import ancestors
from foundation.process import calendar, notice_drafts, notices
from foundation.process.notice_tables import Notice
from foundation.work import two_person
from ganpo.demo.cast import (
    CHIEF,
    CITY_OFFICER,
    COUNTY_OFFICER,
    OFFICER,
    ORGANISER,
    REVIEWER,
    SIGNER,
    SUPERVISOR,
    Member,
)
from ganpo.demo.review_texts import FIXTURE, NANCHANG, PRIVATE, REASONS, WORDS
from innovations import (
    innovation_versions,
    innovations,
    review_assigning,
    review_chair,
    review_channels,
    review_conferring,
    review_deciding,
    review_marks,
    review_notices,
    review_scores,
    review_seats,
    reviews,
)
from innovations.innovation_tables import Innovation
from innovations.review_deciding import Decision
from innovations.review_desk import Words, scheme_of
from innovations.review_marks import Sheet
from innovations.review_tables import ReviewChannel, ReviewTask
from innovations.rules.innovation_form import Draft
from innovations.rules.review_form import ReviewDraft
from innovations.rules.review_rules import Award, Level, Places, ReviewRules, usual_rubric

TITLE = TitleDraft(
    "innovation-first", "职工技术创新一等成果", Verb.RECOGNISE, "省总工会（演示）", Holder.PERSON, Family.INNOVATION,
    position=60,
)  # fmt: skip
PROVINCIAL = (ORGANISER, SIGNER, SUPERVISOR, COUNTY_OFFICER, CHIEF)  # the first takes the chair
OF_CITY = (REVIEWER, SIGNER, ORGANISER, SUPERVISOR)
AWARDS = (
    Award("award1", "一等成果", 1, TITLE.code), Award("award2", "二等成果", 2), Award("award3", "三等成果", 2),
)  # fmt: skip
GIVEN = ("award1", "award2", "award2", "award3", "award3")
EACH = 3
DAYS = 75  # ago, when the provincial review was opened
CITY = "南昌市总工会"


async def make_reviews(
    ids: Mapping[str, int], units: Mapping[str, int], made: Mapping[str, int], now: datetime, zone: ZoneInfo
) -> None:
    """Both; `made` are the ids of the innovations by title."""
    await _know_years(now, ids[OFFICER.sign_in])
    await titles.create(TITLE, ROOT_ID, f"account:{ids[OFFICER.sign_in]}", now)
    await _Provincial(ids, now - timedelta(days=DAYS), zone).tell()
    await _OfCity(ids, units, made[FIXTURE], now, zone).tell()


async def _know_years(now: datetime, by: int) -> None:
    """Deadlines may reach into a year that the calendar does not have yet: the federation enters it, as it would."""
    late = (now + timedelta(days=40)).year
    if isinstance(working_days(date(late, 1, 5), date(late, 1, 5), await calendar.day_table()), Problem):
        await calendar.enter_year(late, "演示", by, now)


class _Story:
    """What both have in common: lists, reviewers, marks."""

    def __init__(self, ids: Mapping[str, int], day: datetime, zone: ZoneInfo) -> None:
        self.ids, self.day, self.zone = ids, day, zone
        self.number = 0

    def at(self, days: int) -> datetime:
        return self.day + timedelta(days=days)

    async def open(self, name: str, level: Level, places: Sequence[Places], by: int, organisation: int) -> None:
        rules = ReviewRules(level, EACH, usual_rubric(EACH, name), AWARDS, tuple(places))
        last = self.at(10).astimezone(self.zone).date()
        draft = ReviewDraft(name, self.day.astimezone(self.zone).year, last, rules)
        self.number = await reviews.create(draft, organisation, by, self.day)
        await reviews.freeze(self.number, 1, by, self.day, self.zone)

    async def listed(self, chosen: Mapping[int, Sequence[int]], by: int) -> None:
        """Each channel's list of innovations, by its organisation; then entries are closed."""
        rows = await ReviewChannel.select(ReviewChannel.id, ReviewChannel.organisation).where(
            ReviewChannel.round == self.number
        )
        for row in rows:
            await review_channels.pick(row["id"], chosen[row["organisation"]], by, self.at(4))
            await review_channels.hand_in(row["id"], by, self.at(5), self.zone)
        await reviews.close_entries(self.number, by)

    async def seated(self, members: Sequence[Member], by: int) -> None:
        for member in members:
            await review_seats.seat(self.number, self.ids[member.sign_in], None, ["C"], 80, by, self.at(6))
        await review_assigning.draw(self.number, by, self.at(6))
        await review_assigning.begin_marking(self.number, False, by, self.at(7), self.zone)

    async def tasks(self) -> list[tuple[int, int, int]]:
        """(task, entry, account) of everything that is to be reviewed."""
        rows = await (
            ReviewTask.select(ReviewTask.id, ReviewTask.entry, ReviewTask.seat.account.as_alias("account"))
            .where(ReviewTask.seat.round == self.number, ReviewTask.ended_at.is_null())
            .order_by(ReviewTask.id)
        )
        return [(row["id"], row["entry"], row["account"]) for row in rows]

    async def review(self, task: int, entry: int, account: int, turn: int, *, lines: int = 99) -> None:
        """One review; with fewer lines than there are it stays a draft."""
        scheme = scheme_of((await reviews.by_id(self.number)).rules)
        marks = [
            NewMark(
                one.code, _mark((one.max or 0) // 1000, entry, turn) if at < lines else "", f"demo-{task}:{one.code}", 0
            )
            for at, one in enumerate(scheme.aspects())
        ]
        whole = lines >= len(marks)
        words = Words(
            WORDS[(entry + turn) % len(WORDS)] if whole else "", PRIVATE if turn == 1 and entry % 3 == 0 else ""
        )
        sheet = Sheet(marks, words, Words("", "").seen, whole)
        await review_marks.save(task, sheet, account, self.at(9))


class _Provincial(_Story):
    async def tell(self) -> None:
        by, chair = self.ids[OFFICER.sign_in], self.ids[PROVINCIAL[0].sign_in]
        rows = await (
            Innovation.select(Innovation.id, Innovation.organisation.path.as_alias("path"))
            .where(Innovation.stage == "awarded")
            .order_by(Innovation.id)
        )
        chosen: dict[int, list[int]] = {}
        for channel in await reviews.channels_for(ROOT_ID):
            found = [row["id"] for row in rows if channel.id in ancestors(row["path"]) and channel.id != ROOT_ID]
            if found:
                chosen[channel.id] = found
        names = {one.id: one.name for one in await reviews.channels_for(ROOT_ID)}
        places = [Places(channel, names[channel], 2) for channel in chosen]
        year = self.day.astimezone(self.zone).year
        await self.open(f"{year}年全省职工优秀技术创新成果评审（演示）", Level.PROVINCE, places, by, ROOT_ID)
        await self.listed(chosen, by)
        await self.seated(PROVINCIAL, by)
        for turn, (task, entry, account) in enumerate(await self.tasks()):
            await self.review(task, entry, account, turn % EACH)
        seen = (await review_scores.overview(await reviews.by_id(self.number))).seen
        await review_chair.lock(self.number, seen, False, chair, self.at(18))
        await self._decide(by)

    async def _decide(self, by: int) -> None:
        second = self.ids[REVIEWER.sign_in]
        lines = (await review_deciding.meeting(await reviews.by_id(self.number), by)).lines
        decided = {
            line.entry: Decision(award, REASONS if award == "award1" else "")
            for line, award in zip(lines, (*GIVEN, *[""] * len(lines)), strict=False)
        }
        await review_deciding.decide_awards(self.number, decided, by, self.at(20))
        text = "经推荐、评审，现将拟获奖成果予以公示。如有异议，请在公示期内实名反映。"
        contact = "演示服务台 0791-00000000"
        name = (await reviews.by_id(self.number)).name
        address = await review_notices.open_notice(
            self.number, f"{name}拟获奖成果公示", text, contact, by=by, now=self.at(21)
        )
        row = await Notice.select(Notice.id).where(Notice.address == address).first()
        notice = int(row["id"]) if row else 0
        await notice_drafts.send(notice, by, self.at(21))
        await notice_drafts.approve(notice, second, self.at(21))
        await notices.open_notice(notice, by, self.at(22), self.zone)
        act = await review_conferring.ask(self.number, "演工发〔2026〕28号", "公示期满，未收到异议。", by, self.at(45))
        await two_person.confirm(act, second, self.at(45))


class _OfCity(_Story):
    """Opened three weeks ago; a third of the reviews is there."""

    def __init__(
        self, ids: Mapping[str, int], units: Mapping[str, int], fixture: int, now: datetime, zone: ZoneInfo
    ) -> None:
        super().__init__(ids, now - timedelta(days=9), zone)
        self.units, self.fixture = units, fixture

    async def tell(self) -> None:
        by, city = self.ids[CITY_OFFICER.sign_in], self.units[CITY]
        entered = [self.fixture, *[await self._handed_in(unit, draft) for unit, draft in NANCHANG]]
        year = self.day.astimezone(self.zone).year
        places = [Places(city, CITY, 5)]
        await self.open(f"{year}年南昌市职工“五小”创新成果评审（演示）", Level.CITY, places, by, city)
        await self.listed({city: entered}, by)
        await self.seated(OF_CITY, by)
        mine = self.ids[REVIEWER.sign_in]
        tasks = await self.tasks()
        for turn, (task, entry, account) in enumerate(tasks):
            if account != mine and turn % 2 == 0:
                await self.review(task, entry, account, turn % EACH)
        own = [one for one in tasks if one[2] == mine]
        if own:
            await self.review(*own[0], 0)
        if own[1:]:
            await self.review(*own[1], 1, lines=3)

    async def _handed_in(self, unit: str, draft: Draft) -> int:
        by = self.ids[OFFICER.sign_in]
        day = self.at(-12)
        number = await innovations.begin(draft, self.units[unit], by, day)
        await innovations.clear(number, 1, by, day)
        await innovation_versions.hand_in(number, "", 2, by, self.at(-8))
        return number


def _mark(most: int, entry: int, turn: int) -> str:
    """Between seven tenths of the full marks and nearly all of them, for each entry its own."""
    return str(most * 7 // 10 + (entry * 5 + turn) % max(most * 3 // 10, 1))
