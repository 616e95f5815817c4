"""A second round of this year in the made-up province, before its panel: May-1 medals, scored, with a ballot open.

Nominations come as in the eighth round; the panel has marked and locked, and two tellers count on paper.
"""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime

from craftsmen import (
    panel,
    panel_locks,
    panel_marks,
    panel_scores,
    recusals,
    round_drafts,
    rounds,
    steps,
    titles,
    votes,
)
from craftsmen.nomination_tables import Nomination
from craftsmen.panel_reads import seats_of
from craftsmen.rules.nomination_steps import Stage
from craftsmen.rules.panel_marks import NewMark
from craftsmen.rules.round_draft import RoundDraft
from craftsmen.rules.round_rules import canonical, rules_hash
from foundation.base.calendar import working_days
from foundation.base.problem import Problem
from foundation.people.organisation_tables import ROOT_ID
from foundation.process.calendar import day_table
from foundation.store.transactions import transaction
from foundation.tabulation.scheme import Aspect, check_scheme
from ganpo.demo.cast import (
    CITY_OFFICER,
    CLERK,
    COUNTY_OFFICER,
    OFFICER,
    ORGANISER,
    REVIEWER,
    SIGNER,
    SUPERVISOR,
)
from ganpo.demo.selection import NOTICE, walk

MEMBERS = (REVIEWER, SIGNER, ORGANISER, SUPERVISOR, COUNTY_OFFICER)  # the first takes the chair
TELLERS = (CITY_OFFICER, CLERK)
TITLE = "may-day-medal"
SIZE = 4


async def make_deciding(ids: Mapping[str, int], workers: list[int], now: datetime, today: date) -> None:
    """The round with its panel; nothing where no notice can be counted in a year that nobody knows yet."""
    if isinstance(working_days(today - NOTICE[0], today - NOTICE[1], await day_table()), Problem):
        return
    officer, title = ids[OFFICER.sign_in], await titles.by_code(TITLE)
    if title is None:
        raise LookupError(TITLE)
    rules = await round_drafts.from_preset(TITLE, ROOT_ID)
    scored = await round_drafts.from_preset("ganpo-craftsman", ROOT_ID)
    rules = replace(rules, scheme=scored.scheme, confer=2, story_least=min(rules.story_least, 300))
    draft = RoundDraft(title.id, today.year, 0, f"{today.year}年省五一劳动奖章推荐（演示）")
    address = await round_drafts.create(draft, rules, ROOT_ID, officer, now)
    found = await rounds.round_by_address(address)
    if found is None:
        raise LookupError(address)
    await rounds.freeze(found.id, rules_hash(canonical(rules)), officer, now)
    by = (ids[CLERK.sign_in], ids[COUNTY_OFFICER.sign_in], ids[CITY_OFFICER.sign_in])
    for worker in workers[:SIZE]:
        await walk(found.id, worker, Stage.PROVINCE, by, rules, now, today)
    await rounds.take_step(found.id, "close", officer)
    await rounds.take_step(found.id, "decide", officer)
    rows = await Nomination.select(Nomination.id).where(Nomination.round == found.id).order_by(Nomination.id)
    nominations = [row["id"] for row in rows]
    async with transaction():
        await steps.advance(nominations, Stage.PROVINCE, officer, now)
    await panel.seat_all(found.id, [ids[one.sign_in] for one in MEMBERS], officer, now)
    await _score(found.id, ids, nominations, rules.scheme, now)
    tellers = [ids[one.sign_in] for one in TELLERS]
    await votes.open_vote(found.id, [seat.id for seat in await seats_of(found.id)], tellers, officer, now)


async def _score(
    round_id: int, ids: Mapping[str, int], nominations: list[int], scheme_text: str, now: datetime
) -> None:
    """Every member marks whom they may, and the chair locks what was shown."""
    scheme, _ = check_scheme(json.loads(scheme_text))
    if scheme is None:
        raise LookupError("scheme")
    aspects = [aspect for module in scheme.modules for aspect in module.aspects]
    kept_out = await recusals.of_round(round_id)
    for place, (member, seat) in enumerate(zip(MEMBERS, await seats_of(round_id), strict=True)):
        for number, nomination in enumerate(nominations):
            if (seat.id, nomination) in kept_out:
                continue
            marks = [
                NewMark(aspect.code, _mark(aspect, place + 2 * number), f"demo-{seat.id}-{nomination}:{aspect.code}", 0)
                for aspect in aspects
            ]
            await panel_marks.give(seat.id, nomination, marks, ids[member.sign_in], now)
    seen = (await panel_scores.overview(round_id)).seen
    await panel_locks.lock(round_id, seen, ids[MEMBERS[0].sign_in], now)


def _mark(aspect: Aspect, turn: int) -> str:
    """Between three quarters of the full mark and nearly all of it."""
    most = (aspect.max or 0) // 1000
    return str(most * 3 // 4 + turn % max(most // 4, 1))
