"""A contest that is being marked, made by the real writers, and its people: the cast of these tests.

Judges hu, nie and rao (J1-J3) mark the work, feng (J4) measures all but work 03, wan (J5) is the chief judge and marks
nothing. The stranger xu judges another contest. Contestants have names that no judge may ever be sent.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from competitions import entries, events, schemes, seats
from competitions.contests import ContestFacts, contest_by_address
from competitions.marks import NewMark, give
from competitions.rules.events import CompetitionDraft, ContestDraft
from competitions.rules.levels import Level
from competitions.rules.panel import SeatDraft
from competitions.rules.roster import RosterRow
from competitions.rules.stages import Stage
from competitions.tables import Contest, Entry, Mark, Seat
from foundation.base.secrets import new_code
from foundation.people import accounts
from foundation.tabulation.scheme import scheme_hash
from tests.competitions.judging.sheets_made_up import NOTES, SCHEME, D

NOW = datetime(2026, 5, 6, 6, 20, tzinfo=UTC)  # 14:20 in the registry's zone
NAMES = ("冯砚秋", "傅远山", "曾榕生")
UNITS = ("云窑艺术瓷厂", "仰岭特钢有限公司", "榫语家具有限公司")
PANEL = ("P1", "P2")


@dataclass(frozen=True, slots=True)
class Here:
    """Ids of what was made: entries by work number, accounts and seats by sign-in."""

    contest: ContestFacts
    works: Mapping[str, int]
    accounts: Mapping[str, int]
    seats: Mapping[str, int]

    async def give(
        self, judge: str, work: str, values: Mapping[str, str], *, base: int | None = None, nonce: str = ""
    ) -> int:
        """Marks as a sheet would send them, each on the newest revision unless `base` says otherwise."""
        marks = []
        for aspect, value in values.items():
            stored = await Mark.count().where(
                Mark.seat == self.seats[judge], Mark.entry == self.works[work], Mark.aspect == aspect
            )
            client = f"{nonce or new_code()}:{aspect}"
            marks.append(NewMark(aspect, value, "", client, stored if base is None else base))
        return await give(self.seats[judge], self.works[work], marks, self.accounts[judge], NOW)

    async def complete(self, work: str) -> None:
        """Every mark of an entry, in agreement."""
        for judge in ("hu", "nie", "rao"):
            await self.give(judge, work, {"P1": "2", "P2": "8"})
        await self.give("feng", work, {"D1": "5", "D2": "0", "D3": "0", "D4": "I"})


async def contest_here(works: Sequence[str] = ("01", "02", "03"), stage: Stage = Stage.MARKING) -> Here:
    """Made anew, in the wanted stage."""
    people = {name: await _account(name) for name in ("hu", "nie", "rao", "feng", "wan")}
    office = await _account("zuzhi", ["organiser"])
    contest = await _contest(office)
    rows = [
        RosterRow(n, NAMES[n % 3], f"{UNITS[n % 3]}{n if n >= 3 else ''}", work_number=work)
        for n, work in enumerate(works)
    ]
    await entries.add_roster(contest.id, rows, office)
    for judge in ("hu", "nie", "rao"):
        await seats.seat_judge(contest.id, judge, SeatDraft(PANEL), office)
    measured = tuple(work for work in works if work != "03")
    await seats.seat_judge(contest.id, "feng", SeatDraft(tuple(sorted(D)), works=measured), office)
    await seats.seat_judge(contest.id, "wan", SeatDraft(chief=True), office)
    found = {row["work_number"]: row["id"] for row in await Entry.select().where(Entry.contest == contest.id)}
    seated = {row["account"]: row["id"] for row in await Seat.select().where(Seat.contest == contest.id)}
    await set_stage(contest.id, stage)
    made = await contest_by_address(contest.address)
    assert made is not None
    return Here(made, found, people, {name: seated[number] for name, number in people.items()})


async def another_contest(stranger: str = "xu") -> ContestFacts:
    """Where the stranger is a judge and chief judge."""
    office = await _account("zuzhi", ["organiser"])
    await _account(stranger)
    contest = await _contest(office)
    await entries.add_roster(contest.id, [RosterRow(1, "邹某", "别处", work_number="09")], office)
    await seats.seat_judge(contest.id, stranger, SeatDraft(PANEL, chief=True), office)
    await set_stage(contest.id, Stage.MARKING)
    return contest


async def set_stage(contest: int, stage: Stage) -> None:
    """Put a contest into a stage whatever its panel; how stages follow each other is tested elsewhere."""
    await Contest.update({Contest.stage: stage.value}).where(Contest.id == contest)


async def _account(sign_in: str, roles: Sequence[str] = ()) -> int:
    found = await accounts.find(sign_in)
    return found.id if found else (await accounts.create_account(sign_in, sign_in, roles, "test", NOW))[0]


async def _contest(office: int) -> ContestFacts:
    competition = await events.create_competition(CompetitionDraft("2026年赣匠杯", 2026, Level.CLASS_ONE), office, NOW)
    draft = ContestDraft("陶瓷装饰工", "陶瓷装饰工", "6-15-05-04")
    contest = await events.create_contest(competition.id, draft, office, NOW, scheme=SCHEME, notes=NOTES)
    await schemes.freeze(contest.id, (scheme_hash(SCHEME), schemes.sheet_hash(NOTES)), office, NOW)
    return contest
