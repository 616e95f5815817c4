"""A small province for tests of nominations, and stories told through the real writers.

    here = await province()                       # a round with two channels and four units
    address = await here.nominated("cheng")       # 程砚秋 of the porcelain works, written whole by mei

梅 is clerk of the porcelain works (in 进贤 county of Nanchang), 陶 of the smelter directly below Nanchang, 客 of a firm
in Jiujiang; 县 is officer of the county, 市 of Nanchang, 浔 of Jiujiang, 省 of the federation; 审 reviews there.
程砚秋 and 𠮷田 are workers of the porcelain works, 熊晓燕 of the smelter, 柯 of Jiujiang's firm.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from craftsmen import honours, materials, nomination_reads, nominations, opinions, scanning, steps, titles
from craftsmen.may import SEE_NOMINATIONS
from craftsmen.nomination_reads import NominationFacts
from craftsmen.nomination_tables import Nomination
from craftsmen.round_tables import Channel, SelectionRound
from craftsmen.rules.eligibility import Answer
from craftsmen.rules.honours import Family, Holder, HonourDraft, PartialDate, Verb
from craftsmen.rules.nomination_form import NominationDraft, Work
from craftsmen.rules.nomination_steps import Stage
from craftsmen.rules.opinion_form import OpinionDraft
from craftsmen.rules.round_rules import (
    MaterialRule,
    OpinionRule,
    Places,
    Question,
    RoundRules,
    SpecialQuota,
    StageRule,
    canonical,
    rules_hash,
)
from craftsmen.rules.titles import TitleDraft
from foundation.people import accounts, organisations, sessions, workers
from foundation.people.organisation_tables import ROOT_ID
from foundation.people.organisations import Draft, Kind
from foundation.people.sessions import SignedIn
from foundation.people.worker_facts import Given
from foundation.store.transactions import transaction

NOW = datetime(2026, 5, 12, 2, 0, tzinfo=UTC)
PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
RULES = RoundRules(
    confer=2,
    own=True,
    stages=(
        StageRule("draft", due=date(2026, 6, 1)),
        StageRule("congress"),
        StageRule("unit_notice", days=5),
        StageRule("county", due=date(2026, 6, 10)),
        StageRule("channel", due=date(2026, 6, 20)),
        StageRule("province"),
        StageRule("panel"),
        StageRule("notice", days=5),
        StageRule("second"),
        StageRule("proposed"),
        StageRule("conferred"),
    ),
    materials=(
        MaterialRule("minutes", "职代会决议"),
        MaterialRule("unit_notice", "单位公示无异议证明"),
        MaterialRule("approval", "推荐审批表", sheet="A3", copies=3, ours=True),
    ),
    opinions=(
        OpinionRule("tax", "税务部门意见", when=(("role", "enterprise_head"),), valid_days=90),
        OpinionRule("safety", "应急管理部门意见", when=(("role", "front_line|enterprise_head"),), valid_days=180),
    ),
    questions=(
        Question("years", "在一线岗位工作满5年", "推荐选树办法第六条"),
        Question("accident", "近三年负有安全事故责任", "推荐选树办法第八条", wanted="no", evidence=False),
    ),
    specials=(SpecialQuota("new_form", "新就业形态劳动者专项", most=1),),
    summary_most=300,
    story_least=20,
    story_most=2000,
)
PEOPLE = {
    "mei": ("clerk", "porcelain"), "tao": ("clerk", "smelter"), "ke": ("clerk", "jiujiang_firm"),
    "xian": ("officer", "county"), "shi": ("officer", "nanchang"), "xun": ("officer", "jiujiang"),
    "sheng": ("officer", "root"), "shen": ("reviewer", "root"), "wu": ("organiser", "root"),
}  # fmt: skip
WORKERS = {
    "cheng": Given(
        "程砚秋",
        id_number="36012219850307002X",
        phone="13870001234",
        gender="female",
        front_line=True,
        ethnicity="畲族",
    ),
    "ji": Given("𠮷田", gender="male"),
    "xiong": Given("熊晓燕", gender="female", migrant=True, front_line=True),
    "kehe": Given("柯河", gender="male"),
}
UNITS = {"cheng": "porcelain", "ji": "porcelain", "xiong": "smelter", "kehe": "jiujiang_firm"}
DRAFT = NominationDraft(
    summary="二十年守一口窑，把釉下青花的合格率从六成提到九成。",
    story="她十九岁进厂，从拉坯学起。师傅说，窑火不等人。后来她自己带了十一个徒弟。",
    works=(Work("《鄱湖春汛》釉下青花瓶", 2021), Work("窑温曲线记录法")),
    answers=(Answer("years", "yes", "劳动合同和岗位证明"), Answer("accident", "no")),
    stated=("厂级技术标兵",),
)


@dataclass
class Here:
    """Ids by short names, and what most stories do."""

    round_id: int = 0
    round: str = "ganpo-craftsman-8"
    places: dict[str, int] = field(default_factory=dict)
    people: dict[str, int] = field(default_factory=dict)
    workers: dict[str, int] = field(default_factory=dict)
    channels: dict[str, int] = field(default_factory=dict)
    title: int = 0

    async def user(self, name: str) -> SignedIn:
        """This person, signed in, under their only hat."""
        token = await sessions.open_session(self.people[name], datetime.now(UTC))
        found = await sessions.from_token(token, datetime.now(UTC))
        assert found is not None
        return found

    async def facts(self, address: str) -> NominationFacts:
        """A nomination as it stands, whoever may see it."""
        return await nomination_reads.for_user(await self.user("sheng"), address, SEE_NOMINATIONS)

    async def begun(self, who: str, by: str = "mei") -> str:
        """A nomination with nothing typed yet."""
        return await nominations.nominate(self.round_id, self.workers[who], f"account:{self.people[by]}", NOW)

    async def nominated(self, who: str, by: str = "mei", draft: NominationDraft = DRAFT) -> str:
        """A nomination that lacks nothing at its unit: written, papers there, scanned."""
        address = await self.begun(who, by)
        one = await self.facts(address)
        kept = NominationDraft(
            **{**{f: getattr(draft, f) for f in draft.__dataclass_fields__}, "honours": one.draft.honours}
        )
        actor = f"account:{self.people[by]}"
        await nominations.save(one.id, kept, one.revision, actor, NOW)
        for code in ("minutes", "unit_notice", "approval"):
            await self.paper(address, code, by)
        await nominations.set_notice_days(one.id, date(2026, 4, 27), date(2026, 5, 8), actor, NOW)
        await self.scanned(address, by)
        return address

    async def paper(self, address: str, code: str, by: str = "mei", content: bytes = PDF) -> int:
        """A paper of the checklist is there."""
        one = await self.facts(address)
        return await materials.hand_in(one.id, code, f"{code}.pdf", content, self.people[by], NOW)

    async def scanned(self, address: str, by: str = "mei") -> None:
        """Scanned, and what no machine reads was looked at."""
        one = await self.facts(address)
        scan = await scanning.run(one.id, f"account:{self.people[by]}", NOW)
        if scan.open:
            await scanning.accept(one.id, {found.key: "已核对扫描件" for found in scan.open}, self.people[by], NOW)

    async def opinion(
        self,
        address: str,
        code: str = "safety",
        by: str = "shi",
        given_on: date = date(2026, 5, 1),
        *,
        agrees: bool = True,
    ) -> None:
        """Another body said something of it."""
        one = await self.facts(address)
        await opinions.record(
            one.id, code, OpinionDraft("南昌市应急管理局", agrees, given_on, ""), self.people[by], NOW
        )

    async def at(self, address: str, stage: Stage) -> NominationFacts:
        """Walk it to this stage, each step by whose it is."""
        walkers = {Stage.DRAFT: "mei", Stage.CONGRESS: "mei", Stage.UNIT_NOTICE: "mei", Stage.COUNTY: "xian"}
        one = await self.facts(address)
        while one.stage is not stage:
            if one.stage is Stage.CHANNEL:
                await self.opinion(address)
                async with transaction():
                    await Nomination.update({Nomination.rank: one.id}).where(Nomination.id == one.id)
                    await steps.advance([one.id], Stage.CHANNEL, self.people["shi"], NOW)
            elif one.stage is Stage.PROVINCE:
                await steps.go_on(one.id, one.stage, self.people["shen"], NOW)
            else:
                await steps.go_on(one.id, one.stage, self.people[walkers[one.stage]], NOW)
            one = await self.facts(address)
        return one


async def province(rules: RoundRules = RULES) -> Here:
    here = Here(places={"root": ROOT_ID})
    tree = [
        ("nanchang", "root", "南昌市总工会", Kind.CITY), ("jiujiang", "root", "九江市总工会", Kind.CITY),
        ("county", "nanchang", "进贤县总工会", Kind.COUNTY), ("porcelain", "county", "泊阳瓷厂工会", Kind.ENTERPRISE),
        ("smelter", "nanchang", "青岫冶炼有限公司工会", Kind.ENTERPRISE),
        ("jiujiang_firm", "jiujiang", "浔禾石化装备有限公司工会", Kind.ENTERPRISE),
        ("direct", "root", "赣铁建设集团工会", Kind.DIRECT),
    ]  # fmt: skip
    for code, parent, name, kind in tree:
        here.places[code] = await organisations.create(here.places[parent], Draft(name, kind), "test", NOW)
    for sign_in, (role, place) in PEOPLE.items():
        made = await accounts.create_account(sign_in, sign_in, [role], "test", NOW, organisation_id=here.places[place])
        here.people[sign_in] = made[0]
    for code, given in WORKERS.items():
        here.workers[code] = (await workers.create(given, here.places[UNITS[code]], "test", NOW))[0]
    here.title = await title("ganpo-craftsman", "赣鄱工匠")
    here.round_id = await a_round(here, rules, here.round)
    return here


async def title(code: str, name: str) -> int:
    """A title of the federation; those that come with the registry are found."""
    if found := await titles.by_code(code):
        return found.id
    draft = TitleDraft(code, name, Verb.CONFER, "南昌市总工会", Holder.PERSON, Family.CRAFTSMAN)
    return await titles.create(draft, ROOT_ID, "test", NOW)


async def a_round(here: Here, rules: RoundRules, address: str) -> int:
    """A frozen round with Nanchang (2 places) and Jiujiang (1) as channels."""
    wanted = [("nanchang", 2), ("jiujiang", 1)]
    text = canonical(
        RoundRules(
            **{
                **{name: getattr(rules, name) for name in RoundRules.__dataclass_fields__},
                "places": tuple(Places(here.places[code], code, places) for code, places in wanted),
            }
        )
    )
    row = SelectionRound(
        address=address, title=here.title, organisation=ROOT_ID, year=2026, edition=8, name="第八届赣鄱工匠推荐选树",
        stage="open", rules=text, rules_hash=rules_hash(text), document="", ended_reason="",
        frozen_by=here.people["sheng"],
        frozen_at=NOW, created_by=here.people["sheng"], created_at=NOW,
    )  # fmt: skip
    await row.save()
    for position, (code, places) in enumerate(wanted, 1):
        channel = Channel(round=row.id, organisation=here.places[code], places=places, position=position)
        await channel.save()
        here.channels[code] = channel.id
    return int(row.id)


async def honour(here: Here, who: str, name: str, year: int, code: str = "") -> int:
    """An honour that the registry has of a worker."""
    code = code or f"t-{year}"
    await title(code, name)
    draft = HonourDraft(code, year, worker=here.workers[who])
    async with transaction():
        return await honours.register(draft, f"洪工发〔{year}〕3号", PartialDate(year), "test", NOW)
