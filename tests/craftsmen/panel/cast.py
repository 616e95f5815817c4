"""A round before its panel, on the nominations' little province, and what most stories of it do.

    here = await before_panel()            # four nominations with the panel; five members: J1 takes the chair
    await here.mark_all(); await here.lock()

万 (chair), 熊, 舒, 邵 and 章 sit; 邵 belongs to the porcelain works, so he keeps out of 程砚秋 and 𠮷田. 省 runs the
round, 监 and 计 are tellers. 程砚秋 (1) and 𠮷田 (2) come from the porcelain works, 熊晓燕 (3) from the smelter,
柯河 (4) from Jiujiang.
"""

import json
from dataclasses import dataclass, field, replace
from typing import Any

from craftsmen import panel, panel_locks, panel_marks, panel_scores, votes
from craftsmen.nomination_tables import Nomination
from craftsmen.panel_reads import Seat, seats_of
from craftsmen.round_tables import SelectionRound
from craftsmen.rules.nomination_steps import Stage
from craftsmen.rules.panel_marks import NewMark
from craftsmen.rules.round_rules import RoundRules, VoteRule
from craftsmen.rules.tallies import Tally
from craftsmen.rules.votes import Counted
from craftsmen.vote_reads import Vote, vote_at
from foundation.people import accounts
from foundation.tabulation.scheme import canonical_json, check_scheme
from tests.craftsmen.nominations.cast import NOW, RULES, Here, province

SCHEME = json.dumps(
    {
        "format": "ganpo-scheme/1",
        "title": "赣鄱工匠评审",
        "digits": 2,
        "modules": [
            {
                "code": "S",
                "name": "综合评审",
                "aspects": [
                    {"code": "S1", "name": "技艺水平", "kind": "panel", "judges": 5, "max": "40", "combine": "mean"},
                    {"code": "S2", "name": "创新成果", "kind": "panel", "judges": 5, "max": "40", "combine": "mean"},
                    {"code": "S3", "name": "传承带徒", "kind": "panel", "judges": 5, "max": "20", "combine": "mean"},
                ],
            }
        ],
    },
    ensure_ascii=False,
)
MEMBERS = ("wan", "xiongj", "shu", "shao", "zhang")
NAMES = {"wan": "万青", "xiongj": "熊力", "shu": "舒敏", "shao": "邵安", "zhang": "章平"}
PLACES = {"wan": "root", "xiongj": "root", "shu": "direct", "shao": "porcelain", "zhang": "direct"}
NOMINEES = (("cheng", "mei"), ("ji", "mei"), ("xiong", "tao"), ("kehe", "ke"))


@dataclass
class Panel:
    """A `Here` with its panel; nominations by the short names of the workers."""

    here: Here
    nominations: dict[str, int] = field(default_factory=dict)
    seats: dict[str, Seat] = field(default_factory=dict)

    @property
    def round_id(self) -> int:
        return self.here.round_id

    @property
    def address(self) -> str:
        return self.here.round

    def account(self, name: str) -> int:
        return self.here.people[name]

    async def mark(self, member: str, nominee: str, *values: str, nonce: str = "n") -> int:
        """One sheet: values of S1, S2, S3."""
        marks = [NewMark(f"S{at}", value, f"{nonce}-{member}-{nominee}:S{at}", 0) for at, value in enumerate(values, 1)]
        return await panel_marks.give(
            self.seats[member].id, self.nominations[nominee], marks, self.account(member), NOW
        )

    async def mark_all(self) -> None:
        """Everybody marks everything they may."""
        for place, member in enumerate(MEMBERS):
            for at, nominee in enumerate(self.nominations):
                if member != "shao" or nominee not in ("cheng", "ji"):
                    await self.mark(member, nominee, str(30 + place), str(32 + at), "18.5")

    async def lock(self) -> None:
        seen = (await panel_scores.overview(self.round_id)).seen
        await panel_locks.lock(self.round_id, seen, self.account("wan"), NOW)

    async def opened(self, *there: str, tellers: tuple[str, ...] = ("jian", "ji_clerk")) -> Vote:
        """The next ballot, with these members there (all of them by default)."""
        seats = [self.seats[name].id for name in there or MEMBERS]
        ordinal = await votes.open_vote(
            self.round_id, seats, [self.account(name) for name in tellers], self.account("sheng"), NOW
        )
        return await vote_at(self.round_id, ordinal)

    def tally(self, vote: Vote, **yes: int) -> Tally:
        """So many yes each (by nominee), all others no, every paper valid."""
        there = len(vote.meeting.attending)
        names = {key: name for name, key in self.nominations.items()}
        lines = tuple(
            Counted(key, yes.get(names[key], 0), len(vote.meeting.voters(key)) - yes.get(names[key], 0), 0)
            for key in vote.candidates
        )
        return Tally(there, there, 0, lines)


async def before_panel(vote: VoteRule | None = None, *, scheme: bool = True, **rules: Any) -> Panel:
    """Everything up to the panel, at its first moment."""
    read, problems = check_scheme(json.loads(SCHEME))
    assert read is not None, problems
    own = {"confer": 2, **rules}
    wanted: RoundRules = replace(RULES, vote=vote or VoteRule(), scheme=canonical_json(read) if scheme else "", **own)
    here = await province(wanted)
    for sign_in, name in NAMES.items():
        place = here.places[PLACES[sign_in]]
        here.people[sign_in] = (
            await accounts.create_account(sign_in, name, ["reviewer"], "test", NOW, organisation_id=place)
        )[0]
    for sign_in, name in (("jian", "监票人甲"), ("ji_clerk", "计票人乙")):
        here.people[sign_in] = (await accounts.create_account(sign_in, name, ["clerk"], "test", NOW))[0]
    found = Panel(here)
    for worker, clerk in NOMINEES:
        address = await here.begun(worker, clerk)
        row = await Nomination.select(Nomination.id).where(Nomination.address == address).first()
        assert row is not None
        found.nominations[worker] = row["id"]
    # How they came here is told in the tests of steps; these begin where the panel does.
    await Nomination.update({Nomination.stage: Stage.PANEL.value, Nomination.summary: "守窑二十年。"}).where(
        Nomination.round == here.round_id
    )
    await SelectionRound.update({SelectionRound.stage: "deciding"}).where(SelectionRound.id == here.round_id)
    for name in MEMBERS:
        await panel.seat(here.round_id, here.people[name], here.people["sheng"], NOW)
    found.seats = dict(zip(MEMBERS, await seats_of(here.round_id), strict=True))
    return found
