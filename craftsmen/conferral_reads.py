"""Where a round stands between its vote and its conferral, read for its office. Writes nothing."""

from datetime import datetime

from craftsmen import nomination_reads, vote_reads
from craftsmen.nomination_tables import Nomination
from craftsmen.round_reads import RoundFacts, rules_of
from craftsmen.rules.conferral import Nominee, State
from craftsmen.rules.nomination_steps import Stage
from craftsmen.rules.votes import Stage as VoteStage
from foundation.process import notice_waits
from foundation.process.notice_tables import Notice
from foundation.process.rules.notices import Stage as NoticeStage

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
    states = await notice_waits.states([about(found)], now)
    return State(
        nominees=nominees,
        chosen=await vote_reads.chosen_of(found.id),
        notice=states.get(about(found), ""),
        wanted=rules.wanted,
        confer=rules.confer,
        voting=open_now or waits_for_chair,
        due=any(one.stage is VoteStage.CLOSED for one in votes)
        and bool((await vote_reads.due(found.id, rules)).candidates),
    )


async def notice_address(found: RoundFacts) -> str:
    """The newest notice about this round that was not given up or stopped, drafts included; "" where there is none."""
    gone = [NoticeStage.DISCARDED.value, NoticeStage.STOPPED.value]
    row = (
        await Notice.select(Notice.address)
        .where(Notice.about == about(found), Notice.stage.not_in(gone))
        .order_by(Notice.id, ascending=False)
        .first()
    )
    return row["address"] if row else ""
