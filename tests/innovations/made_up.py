"""A porcelain works and its neighbours for tests of proposals.

冯砚秋 works at 云窑. 梅 is its clerk and 岳 its officer, 陶 the clerk of another works in the same county; 云 is
officer of the county, 浔 of another city, 省 of the federation; 潘 organises contests and has no part in any of it.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from foundation.people import accounts, organisations, sessions, workers
from foundation.people.organisation_tables import ROOT_ID
from foundation.people.organisations import Draft, Kind
from foundation.people.sessions import SignedIn
from foundation.people.worker_facts import Given
from foundation.work import two_person
from innovations import proposal_answers, proposal_doors, proposal_outcomes, proposal_receipts, proposals, rewards
from innovations.proposal_doors import Door
from innovations.proposal_facts import ProposalFacts
from innovations.proposals import revision
from innovations.rules.answers import Answer
from innovations.rules.outcomes import Outcome
from innovations.rules.proposal_form import ProposalDraft

NOW = datetime(2026, 5, 12, 2, 0, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")
PHONE = "19900000001"
SAID = ProposalDraft(
    "窑车码放图上墙", "夜班码放不一，倒窑每月三次", "把三种码放图贴在窑口，换品种时翻牌", "process", "冯砚秋", "占云帆",
    PHONE, "烧成车间",
)  # fmt: skip
DONE = Outcome("贴了三张图，换品种时翻牌", date(2026, 5, 10), 128_600_00, "少倒窑 30 次 × 4,400 元 − 3,400 元", "")
PEOPLE = {
    "mei": ("clerk", "works"), "yue": ("officer", "works"), "tao": ("clerk", "other"), "yun": ("officer", "county"),
    "xun": ("officer", "far"), "sheng": ("officer", "root"), "pan": ("organiser", "root"),
}  # fmt: skip
TYPED = {
    "title": SAID.title, "problem": SAID.problem, "suggestion": SAID.suggestion, "kind": SAID.kind, "name": SAID.name,
    "others": SAID.others, "phone": PHONE, "place": SAID.place,
}  # fmt: skip


@dataclass
class Here:
    """Ids by short names, and the works' door."""

    places: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    worker: int = 0
    door: Door | None = None

    async def user(self, name: str) -> SignedIn:
        token = await sessions.open_session(self.people[name], datetime.now(UTC))
        found = await sessions.from_token(token, datetime.now(UTC))
        assert found is not None
        return found

    async def begun(self, said: ProposalDraft = SAID, now: datetime = NOW) -> tuple[int, str]:
        """A draft: its id and its writer's code."""
        assert self.door is not None
        code = await proposals.begin(said, self.door, "192.0.2.7", now)
        return (await seen(code)).id, code

    async def sent(self, said: ProposalDraft = SAID) -> tuple[int, str]:
        """One that was handed in."""
        number, code = await self.begun(said)
        await proposals.hand_in(number, NOW, ZONE)
        return number, code

    async def answered(self, number: int, *steps: str, by: str = "mei", now: datetime = NOW) -> None:
        """Answers one after the other, each with words."""
        for step in steps:
            said = Answer(step, f"{step}：说明", desk="congress" if step == "pass_on" else "")
            await proposal_answers.answer(number, said, await revision(number), self.people[by], now, ZONE)

    async def verified(self, number: int, fen: int = 97_420_00) -> None:
        """Carried out, claimed, and verified by the county."""
        await self.answered(number, "accept", "review", "adopt", "carry_out")
        await proposal_outcomes.state(number, DONE, await revision(number), self.people["mei"], NOW, ZONE)
        act = await proposal_outcomes.ask_verification(
            number, fen, self.places["works"], "财务核过", self.people["mei"], NOW
        )
        await two_person.confirm(act, self.people["yun"], NOW)

    async def rewarded(self, number: int, **values: str) -> None:
        given = {"amount": "500", "recipients": "冯砚秋 60\n占云帆 40", **values}
        await rewards.award(number, given, await revision(number), self.people["mei"], NOW, ZONE)


async def seen(code: str) -> ProposalFacts:
    return await proposal_receipts.by_code(code, "192.0.2.7", NOW)


async def works() -> Here:
    here = Here(places={"root": ROOT_ID})
    tree = [
        ("city", "root", "景德镇市总工会", Kind.CITY), ("far", "root", "九江市总工会", Kind.CITY),
        ("county", "city", "云岫县总工会", Kind.COUNTY), ("works", "county", "云窑艺术瓷厂", Kind.ENTERPRISE),
        ("other", "county", "素坯里陶瓷有限公司", Kind.ENTERPRISE),
    ]  # fmt: skip
    for code, parent, name, kind in tree:
        here.places[code] = await organisations.create(here.places[parent], Draft(name, kind), "test", NOW)
    for sign_in, (role, place) in PEOPLE.items():
        made = await accounts.create_account(sign_in, sign_in, [role], "test", NOW, organisation_id=here.places[place])
        here.people[sign_in] = made[0]
    here.worker, _ = await workers.create(Given("冯砚秋", phone=PHONE), here.places["works"], "test", NOW)
    door = await proposal_doors.open_door("烧成车间", here.places["works"], here.people["mei"], NOW)
    here.door = await proposal_doors.for_user(await here.user("mei"), door)
    return here
