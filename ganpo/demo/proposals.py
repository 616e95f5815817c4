"""Rationalization proposals of the made-up province, through the writers that pages use.

The works' clerk finds proposals at every point of the way: to be begun, reported, verified and rewarded.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from foundation.base.money import FEN
from foundation.work import two_person
from ganpo.demo.proposal_texts import TOLD, YUNYAO, Told
from innovations import (
    proposal_answers,
    proposal_doors,
    proposal_outcomes,
    proposal_paper,
    proposal_receipts,
    proposals,
    reward_tables,
    rewards,
)
from innovations.proposal_doors import Door
from innovations.proposal_paper import Entering
from innovations.rules.answers import Answer
from innovations.rules.outcomes import Outcome
from innovations.rules.proposal_form import ProposalDraft
from innovations.rules.proposal_paper import OnPaper
from innovations.rules.rewards import WHOLE, Tier

SENDER = "192.0.2.1"  # an address for documents, which is nobody's
SECOND = "shenhe"  # confirms benefits where a unit has one person
DECIDED = {"not_adopted": "not_adopt", "review": "", "passed_on": ""}  # the rest is adopted
LOWEST_TIER = 300  # yuan, up to which the fifth tier of 1986 awards
OWN_TABLE = (
    Tier("一等", 50_000 * FEN, 500 * FEN, 800 * FEN, "消除重大隐患"),
    Tier("二等", 5_000 * FEN, 200 * FEN, 500 * FEN, "消除一般隐患、明显改善质量"),
    Tier("三等", 0, 50 * FEN, 200 * FEN, "改善现场秩序"),
)
ON_PAPER = ProposalDraft(
    "釉料桶加盖编号",
    "釉料桶不带盖，落灰后要重新过筛，几只桶颜色相近，有人舀错过。",
    "每只桶配盖，盖上写釉号和配制日期，桶身贴同样的号，用完盖好。",
    "management", "占春生", "", "", "施釉车间",
)  # fmt: skip
DONE = ("rewarded", "verified", "asked", "carried_out")


async def make_proposals(ids: Mapping[str, int], units: Mapping[str, int], now: datetime, zone: ZoneInfo) -> None:
    """All of them, each under a door of its unit; the works has one for each workshop."""
    year_ago = now - timedelta(days=365)
    title, clerk = "云窑艺术瓷厂合理化建议奖励办法", ids["jingban"]
    await reward_tables.add(title, year_ago.astimezone(zone).date(), OWN_TABLE, units[YUNYAO], clerk, year_ago)
    doors: dict[tuple[str, str], int] = {}
    for told in TOLD:
        by = clerk if told.unit == YUNYAO else ids["guanli"]
        place = told.place if told.unit == YUNYAO else ""
        if (told.unit, place) not in doors:
            first = now - timedelta(days=240)
            doors[told.unit, place] = await proposal_doors.open_door(place, units[told.unit], by, first)
        door = Door(doors[told.unit, place], units[told.unit], told.unit, place, "", now, None)
        await _Story(told, by, ids[SECOND], zone).tell(door, now)
    day = now - timedelta(days=2)
    paper = OnPaper(ON_PAPER, day.astimezone(zone).date())
    await proposal_paper.enter(paper, None, Entering(units[YUNYAO], clerk, day, zone))


class _Story:
    """One proposal, told from its first day on."""

    def __init__(self, told: Told, by: int, second: int, zone: ZoneInfo) -> None:
        self.told, self.by, self.second, self.zone = told, by, second, zone
        self.number = 0

    async def tell(self, door: Door, now: datetime) -> None:
        told, day = self.told, now - timedelta(days=self.told.days)
        said = ProposalDraft(
            told.title, told.problem, told.suggestion, told.kind, told.name, told.others, "", told.place
        )
        code = await proposals.begin(said, door, SENDER, day)
        self.number = (await proposal_receipts.by_code(code, SENDER, day)).id
        await proposals.hand_in(self.number, day, self.zone)
        if told.end == "passed_on":
            await self._answer(Answer("pass_on", told.answer, desk="congress"), day + timedelta(days=1))
            return
        await self._answer(Answer("accept", ""), day + timedelta(days=1))
        await self._answer(Answer("review", told.answer if told.end == "review" else ""), day + timedelta(days=3))
        if step := DECIDED.get(told.end, "adopt"):
            await self._answer(Answer(step, told.answer), day + timedelta(days=8))
        if told.end in DONE:
            await self._answer(Answer("carry_out", ""), day + timedelta(days=12))
            await self._carried_out(door, day + timedelta(days=30))

    async def _carried_out(self, door: Door, day: datetime) -> None:
        told = self.told
        claimed = None if told.uncounted else told.claimed * FEN
        done = f"已按建议实施：{told.suggestion}"
        said = Outcome(done, day.astimezone(self.zone).date(), claimed, told.working, told.uncounted)
        await proposal_outcomes.state(self.number, said, await self._revision(), self.by, day, self.zone)
        if not told.uncounted and told.end != "carried_out":
            fen = (told.verified or told.claimed) * FEN
            reason = "财务科按实际发生额核对，附核算表。"
            act = await proposal_outcomes.ask_verification(
                self.number, fen, door.organisation_id, reason, self.by, day + timedelta(days=4)
            )
            if told.end == "asked":
                return
            await two_person.confirm(act, self.second, day + timedelta(days=6))
        if told.end == "rewarded":
            await self._reward(day + timedelta(days=9))

    async def _reward(self, day: datetime) -> None:
        told = self.told
        names = [told.name, *(told.others.split("、") if told.others else ())]
        shares = [WHOLE // len(names)] * len(names)
        shares[0] += WHOLE - sum(shares)
        lines = "\n".join(f"{name} {share}" for name, share in zip(names, shares, strict=True))
        values = {"amount": str(told.reward), "recipients": lines}
        if told.uncounted:
            tier = "五等" if told.reward <= LOWEST_TIER else "三等"
            values |= {"tier": tier, "reason": "消除了现场的老问题，推广到同类岗位。"}
        await rewards.award(self.number, values, await self._revision(), self.by, day, self.zone)

    async def _answer(self, said: Answer, day: datetime) -> None:
        await proposal_answers.answer(self.number, said, await self._revision(), self.by, day, self.zone)

    async def _revision(self) -> int:
        return await proposals.revision(self.number)
