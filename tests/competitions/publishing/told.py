"""A contest from its list to its locked marks, told through the real writers, for the tests of publishing.

    told = await marked_contest(names_shown="awarded", awarded_places=1, …)   # complete, not locked
    await lock_all(told)
    told = await published_contest(…)                                         # locked and published

职工组: W1 is first; W2 and W3 have equal totals, parted by the practical module; W4's practical module is void; W5 did
not come. 学生组: W6 and W7 share the first place. 梅 runs it, five judges mark, 陈 is chief judge.
"""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from competitions import entries, events, locks, marks, publishing, schemes, seats
from competitions.bench import bench_for
from competitions.contests import ContestFacts, contest_by_address
from competitions.roster import people
from competitions.rules.details import Deduction, Detail, detail_json
from competitions.rules.events import CompetitionDraft, ContestDraft, SettingsDraft, settings_problems
from competitions.rules.facts import EntryFacts
from competitions.rules.levels import Level
from competitions.rules.notes import AspectNotes, DeductionKey, SheetNotes
from competitions.rules.panel import SeatDraft
from competitions.rules.roster import RosterRow
from competitions.tables import Seat
from foundation.tabulation.scheme import Scheme, check_scheme, scheme_hash
from tests.competitions.cast import NOW, Actor, actor

GROUPS = ("职工组", "学生组（高职）")
JUDGES = {"ling": "熊玲", "jun": "万俊", "tao": "涂涛", "hua": "胡华", "min": "喻敏"}
SCHEME = {
    "format": "ganpo-scheme/1",
    "title": "焊工",
    "digits": 2,
    "modules": [
        {
            "code": "T",
            "name": "理论",
            "weight": "0.3",
            "aspects": [{"code": "T1", "name": "笔试", "kind": "measurement", "max": "100", "step": "0.5"}],
        },
        {
            "code": "P",
            "name": "实操",
            "weight": "0.7",
            "aspects": [
                {"code": "P1", "name": "咬边", "kind": "deduction", "max": "20", "step": "1"},
                {"code": "P2", "name": "射线探伤", "kind": "grade", "table": {"I": "40", "II": "28", "III": "0"}},
                {
                    "code": "P3",
                    "name": "表面成形",
                    "kind": "panel",
                    "max": "10",
                    "step": "0.5",
                    "judges": 5,
                    "combine": "mean",
                    "drop_highest": 1,
                    "drop_lowest": 1,
                    "round_mark": True,
                    "factor": "4",
                },
            ],
        },
    ],
    "tie_break": [{"by": "module", "code": "P"}],
}
NOTES = SheetNotes(
    aspects={"P1": AspectNotes("按累计长度扣分", (DeductionKey("咬边，每 5 mm", 1_000),))},
    voids={"P": ("焊缝有裂纹",)},
)
PEOPLE = {
    "W1": ("龚䶮", "青岫航空部件制造有限公司", "南昌", 0),
    "W2": ("饶㛃", "岫川变压器有限公司", "抚州", 0),
    "W3": ("程𠮷", "光屿光伏科技有限公司", "上饶", 0),
    "W4": ("聂长根", "樟树百帖中药饮片有限公司", "宜春", 0),
    "W5": ("柯远山", "浔禾石化装备有限公司", "九江", 0),
    "W6": ("肖亦禾", "芯禾电路有限公司", "吉安", 1),
    "W7": ("曾榕生", "榫语家具有限公司", "赣州", 1),
}
SHEETS = {  # T1, what P1 takes off, P2, and P3 of the five judges
    "W1": ("90", 0, "I", ("8.5", "9.5", "8", "8", "7")),
    "W2": ("80", 0, "II", ("8", "8", "8", "8", "8")),
    "W3": ("87", 3, "II", ("8", "8", "8", "8", "8")),
    "W4": ("70", 2, "void", ("6", "6", "6", "6", "absent")),
    "W6": ("60", 1, "II", ("7", "7", "7", "7", "7")),
    "W7": ("60", 1, "II", ("7", "7", "7.5", "7", "6.5")),
}
TOTALS = {"W1": "91.88", "W2": "80.00", "W3": "80.00", "W4": "21.00", "W6": "70.50", "W7": "70.50"}
"""By hand: 0.3 T1 + 0.7 (20 - P1 + P2 + 4 × the rounded mean of P3's middle three)."""


@dataclass
class Told:
    """Who and what a test needs; `works` are entry ids by work number, `codes` personal codes."""

    contest: ContestFacts
    organiser: Actor
    chief: Actor
    works: Mapping[str, int]
    seats: Mapping[str, tuple[int, int]]
    codes: Mapping[str, str]

    async def give(self, judge: str, work: str, values: Mapping[str, str], details: Mapping[str, Detail]) -> None:
        """One judge's marks of one work, each the first of its kind."""
        new = [
            marks.NewMark(aspect, value, detail_json(details.get(aspect, Detail())), f"{judge}:{work}:{aspect}", 0)
            for aspect, value in values.items()
        ]
        seat, account = self.seats[judge]
        await marks.give(seat, self.works[work], new, account, NOW)

    async def reload(self) -> None:
        contest = await contest_by_address(self.contest.address)
        assert contest is not None
        self.contest = contest


def scheme() -> Scheme:
    made, problems = check_scheme(SCHEME)
    assert made is not None, problems
    return made


async def open_contest(**settings: Any) -> Told:
    """Marking is open, nothing is marked; W5 is absent."""
    organiser = await actor("mei", "梅", "organiser")
    draft = CompetitionDraft("“赣匠杯”职工职业技能竞赛", 2026, Level.CLASS_ONE, hosts=("省总工会",))
    competition = await events.create_competition(draft, organiser.id, NOW)
    made = await events.create_contest(
        competition.id,
        ContestDraft("焊工·板对接立焊", "焊工", "6-18-02-04", GROUPS),
        organiser.id,
        NOW,
        scheme=scheme(),
        notes=NOTES,
    )
    await events.change_settings(made.id, SettingsDraft(**settings), organiser.id)
    await schemes.freeze(made.id, (scheme_hash(scheme()), schemes.sheet_hash(NOTES)), organiser.id, NOW)
    rows = [
        RosterRow(line, name, unit, city, GROUPS[group], work)
        for line, (work, (name, unit, city, group)) in enumerate(PEOPLE.items(), 1)
    ]
    await entries.add_roster(made.id, rows, organiser.id)
    for sign_in, name in JUDGES.items():
        await actor(sign_in, name)
        aspects = ("T1", "P1", "P2", "P3") if sign_in == "ling" else ("P3",)
        await seats.seat_judge(made.id, sign_in, SeatDraft(aspects), organiser.id)
    chief = await actor("chen", "陈审言")
    await seats.seat_judge(made.id, "chen", SeatDraft((), chief=True), organiser.id)
    works = {one.work_number: one.entry_id for one in await people(made.id)}
    await entries.set_facts(made.id, works["W5"], EntryFacts(status="absent"), organiser.id)
    codes = {one.work_number: one.code for one in await entries.issue_codes(made.id, organiser.id)}
    await events.open_marking(made.id, organiser.id)
    seated = {row["account"]: row["id"] for row in await Seat.select().where(Seat.contest == made.id)}
    accounts = {sign_in: (await actor(sign_in)).id for sign_in in [*JUDGES, "chen"]}
    found = {sign_in: (seated[account], account) for sign_in, account in accounts.items()}
    told = Told(made, organiser, chief, works, found, codes)
    await told.reload()
    return told


async def marked_contest(**settings: Any) -> Told:
    """Every entry that came is marked; nothing is locked."""
    told = await open_contest(**settings)
    for work, (theory, off, grade, panel) in SHEETS.items():
        details = {
            "P1": Detail(deductions=(Deduction("咬边，每 5 mm", 1_000, off),)) if off else Detail(),
            "P2": Detail(voids=("焊缝有裂纹",), under_value="II") if grade == "void" else Detail(),
        }
        for judge, mark in zip(JUDGES, panel, strict=True):
            sheet = {"T1": theory, "P1": str(off), "P2": grade} if judge == "ling" else {}
            await told.give(judge, work, {**sheet, "P3": mark}, details)
    return told


async def lock_all(told: Told, *but: str) -> None:
    """The chief judge locks every entry that may be locked."""
    bench = await bench_for(told.chief.id, told.contest.address)
    chosen = [work for work in bench.settled if work.work.number not in but]
    await locks.lock(bench, chosen, told.chief.id, NOW)


async def locked_contest(**settings: Any) -> Told:
    told = await marked_contest(**settings)
    await lock_all(told)
    return told


async def published_contest(**settings: Any) -> Told:
    """Locked and published, at the cast's own time."""
    told = await locked_contest(**settings)
    await publishing.publish(told.contest.id, told.organiser.id, NOW)
    await told.reload()
    return told


def combinations() -> list[dict[str, Any]]:
    """Every combination of settings that a contest may have; two places awarded, so that a tie lies at the limit."""
    every = [
        {"names_shown": names, "totals_shown": totals, "why_public": why, "bundle_public": bundle, "awarded_places": 2}
        for names, totals, why, bundle in itertools.product(
            ("awarded", "all", "nobody"), ("awarded", "all"), (False, True), (False, True)
        )
    ]
    return [each for each in every if not settings_problems(SettingsDraft(**each))]


OPEN = {"totals_shown": "all", "why_public": True, "bundle_public": True}
"""What a contest shows whose bundle is public."""
