"""Where a round stands between its vote and its conferral, read for its office. Writes nothing."""

from dataclasses import dataclass, replace
from datetime import datetime

from craftsmen import nomination_reads, vote_reads
from craftsmen.nomination_tables import Nomination
from craftsmen.round_reads import RoundFacts, rules_of
from craftsmen.rules.conferral import Nominee, State, notice_word, told
from craftsmen.rules.nomination_steps import Stage
from craftsmen.rules.round_rules import StageRule
from craftsmen.rules.votes import Stage as VoteStage
from foundation.process import notice_waits
from foundation.process.notice_tables import Notice
from foundation.process.rules.notices import Stage as NoticeStage
from foundation.process.rules.shown import table_of

MOST = 100  # notices about a round that are looked at, the newest first
STAGES = (Stage.PANEL, Stage.NOTICE, Stage.SECOND, Stage.PROPOSED, Stage.CONFERRED)


def about(found: RoundFacts) -> str:
    """As a notice names this round."""
    return f"round:{found.address}"


async def state_of(found: RoundFacts, now: datetime) -> State:
    """Everybody from the panel on, the vote, and how the notice stands."""
    rules = await rules_of(found.id)
    rows = await nomination_reads.select_all().where(
        Nomination.round == found.id, Nomination.stage.is_in([stage.value for stage in STAGES])
    )
    facts = await nomination_reads.whole(rows)
    facts.sort(key=lambda one: (one.channel_id, one.rank is None, one.rank or 0, one.id))
    nominees = [
        Nominee(one.id, one.name, one.unit, one.person.occupation if one.person else "", one.channel, one.stage)
        for one in facts
    ]
    votes = await vote_reads.votes_of(found.id)
    open_now = any(one.stage in (VoteStage.OPEN, VoteStage.COUNTED) for one in votes)
    waits_for_chair = any(
        one.result and one.result.tied and one.rule.ties == "chair" for one in votes if one.stage is VoteStage.CLOSED
    )
    states, notices = await notice_waits.states([about(found)], now), await noticed(found, now)
    found_now = State(
        nominees=nominees,
        chosen=await vote_reads.chosen_of(found.id),
        notice=notice_word(states.get(about(found), ""), notices.ended_at, notices.stopped_at),
        wanted=rules.wanted,
        confer=rules.confer,
        voting=open_now or waits_for_chair,
        due=any(one.stage is VoteStage.CLOSED for one in votes)
        and bool((await vote_reads.due(found.id, rules)).candidates),
    )
    if found_now.notice == "passed" and not await _told(found_now, notices, rules.stage(Stage.NOTICE)):
        return replace(found_now, notice="otherwise")
    return found_now


async def _told(state: State, notices: "Noticed", stage: StageRule | None) -> bool:
    """Whether the notice that ran to its end showed who is to be named, for as long as the rules say."""
    row = await Notice.select(Notice.days, Notice.shown).where(Notice.address == notices.passed).first()
    if row is None or stage is None:
        return True
    shown = table_of(row["shown"])
    return row["days"] >= stage.days and told(state.waiting, shown.columns, shown.rows)


@dataclass(frozen=True, slots=True)
class Noticed:
    """The notices about a round: the one at work ("" for none), drafts included, and what was stopped last."""

    address: str = ""
    passed: str = ""  # the last that ran to its end
    ended_at: datetime | None = None  # of the last that ran to its end
    stopped: int | None = None  # the notice that was stopped last
    stopped_at: datetime | None = None

    @property
    def is_over(self) -> bool:
        """Whether none was drafted after the last that ran to its end."""
        return self.address == self.passed


async def noticed(found: RoundFacts, now: datetime) -> Noticed:
    """How far the notices about a round are; one that had passed before another was stopped is at work no more."""
    rows = await (
        Notice.select(Notice.id, Notice.address, Notice.stage, Notice.ends_at, Notice.stopped_at)
        .where(Notice.about == about(found), Notice.stage != NoticeStage.DISCARDED.value)
        .order_by(Notice.id, ascending=False)
        .limit(MOST)
    )
    stops = [row for row in rows if row["stage"] == NoticeStage.STOPPED]
    last = max(stops, key=lambda row: row["stopped_at"], default=None)
    ended = [row for row in rows if row["stage"] == NoticeStage.OPEN and row["ends_at"] <= now]
    newest = max(ended, key=lambda row: row["ends_at"], default=None)
    at_work = (
        row["address"]
        for row in rows
        if row["stage"] != NoticeStage.STOPPED
        and (last is None or row["stage"] != NoticeStage.OPEN or row["ends_at"] > last["stopped_at"])
    )
    return Noticed(
        next(at_work, ""), newest["address"] if newest else "", newest["ends_at"] if newest else None,
        last["id"] if last else None, last["stopped_at"] if last else None,
    )  # fmt: skip
