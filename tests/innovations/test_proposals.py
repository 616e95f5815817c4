"""A proposal through its writers: begun, handed in, answered, carried out, verified, rewarded; and every refusal."""

import asyncio
import dataclasses
from datetime import timedelta

import pytest

from foundation.base.problem import NotFound, Refused
from foundation.store import ledger
from foundation.work import returns, two_person
from innovations import (
    proposal_answers,
    proposal_deadlines,
    proposal_doors,
    proposal_facts,
    proposal_outcomes,
    proposal_receipts,
    proposal_senders,
    proposals,
    reward_tables,
    rewards,
)
from innovations.proposal_tables import Proposal, ProposalReward
from innovations.proposals import revision
from innovations.rules.answers import Answer, Deadlines
from innovations.rules.outcomes import Outcome
from innovations.rules.proposals import Stage
from innovations.rules.rewards import Tier, split
from tests.innovations.made_up import DONE, NOW, PHONE, SAID, ZONE, seen, works


async def refused(awaited) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as raised:
        await awaited
    return [(problem.field, problem.code) for problem in raised.value.problems]


async def test_the_whole_way_from_a_draft_to_its_end(database):
    here = await works()
    number, code = await here.sent()
    await here.verified(number)
    await here.rewarded(number)
    await here.answered(number, "close")
    assert (await seen(code)).stage is Stage.CLOSED
    steps = await proposal_facts.steps(number, named=False)
    assert [step.step for step in steps] == [
        "hand_in", "accept", "review", "adopt", "carry_out", "carried_out", "verify", "reward", "close"
    ]  # fmt: skip
    assert {step.by for step in steps} == {""}
    outcome = (await proposal_facts.outcomes([number]))[number]
    assert (outcome.claimed, outcome.verified) == (128_600_00, 97_420_00)
    reward = (await proposal_facts.rewards([number]))[number]
    assert (reward.rule, reward.tier, reward.amount) == ("1986", "四等", 500_00)
    assert [(share.name, share.amount) for share in reward.shares] == [("冯砚秋", 300_00), ("占云帆", 200_00)]


async def test_the_ledger_holds_codes_and_no_words(database):
    here = await works()
    number, _ = await here.sent()
    await here.verified(number)
    await here.rewarded(number)
    entries = await ledger.entries(f"proposal:{number}")
    assert {"proposal.begun", "proposal.hand_in", "proposal.reward"} <= {entry.act for entry in entries}
    said = " ".join(f"{entry.actor} {entry.about} {ledger.canonical(entry.payload)}" for entry in entries)
    for word in (SAID.title, SAID.problem, SAID.name, SAID.others, PHONE, "说明", DONE.done):
        assert word not in said


async def test_the_telephone_is_kept_nowhere_and_finds_the_worker(database):
    here = await works()
    number, _ = await here.sent()
    row = await Proposal.select().where(Proposal.id == number).first()
    assert row is not None
    assert PHONE not in str(row)
    assert row["worker"] == here.worker
    assert [one.id for one in await proposal_receipts.of_worker(here.worker)] == [number]


async def test_another_name_with_the_same_telephone_is_another_worker(database):
    here = await works()
    await here.sent(dataclasses.replace(SAID, name="占云帆"))
    assert await proposal_receipts.of_worker(here.worker) == []


async def test_a_draft_is_on_nobodys_page(database):
    here = await works()
    await here.begun()
    assert await proposal_receipts.of_worker(here.worker) == []


async def test_a_draft_can_be_written_on_and_a_sent_one_cannot(database):
    here = await works()
    number, code = await here.begun()
    await proposals.save(number, dataclasses.replace(SAID, title="另一题目", phone=""), NOW)
    assert (await seen(code)).title == "另一题目"
    await proposals.hand_in(number, NOW, ZONE)
    assert await refused(proposals.save(number, SAID, NOW)) == [("", "proposal_not_writable")]
    await proposals.hand_in(number, NOW, ZONE)  # a second click
    assert [step.step for step in await proposal_facts.steps(number, named=False)] == ["hand_in"]
    await here.answered(number, "accept")
    assert await refused(proposals.hand_in(number, NOW, ZONE)) == [("", "proposal_step_late")]
    assert (await proposal_receipts.of_worker(here.worker))[0].title == "另一题目"


async def test_given_back_only_what_was_named_is_open(database):
    here = await works()
    number, code = await here.sent()
    said = Answer("return", "请补充", reopened={"suggestion": "写明谁来翻牌"})
    await proposal_answers.answer(number, said, await revision(number), here.people["mei"], NOW, ZONE)
    other = dataclasses.replace(SAID, title="换题目", suggestion="由班长翻牌", phone="")
    assert await refused(proposals.save(number, other, NOW)) == [("title", "return_field_closed")]
    await proposals.save(number, dataclasses.replace(other, title=SAID.title), NOW)
    await proposals.hand_in(number, NOW + timedelta(days=1), ZONE)
    one = await seen(code)
    assert (one.stage, one.suggestion, one.handed_in_at) == (Stage.SUBMITTED, "由班长翻牌", NOW)
    assert await returns.open_fields(one.subject) is None


async def test_an_answer_to_what_has_moved_on_is_refused(database):
    here = await works()
    number, _ = await here.sent()
    before = await revision(number)
    await here.answered(number, "accept")
    late = proposal_answers.answer(number, Answer("accept", ""), before, here.people["yue"], NOW, ZONE)
    assert await refused(late) == [("", "proposal_changed")]


async def test_of_two_answers_at_once_one_is_kept(database):
    here = await works()
    number, _ = await here.sent()
    both = [
        proposal_answers.answer(number, Answer(step, "因为", "known"), 2, here.people["mei"], NOW, ZONE)
        for step in ("accept", "not_accept")
    ]
    found = await asyncio.gather(*both, return_exceptions=True)
    assert sorted(type(one).__name__ for one in found) == ["NoneType", "Refused"]
    assert len(await proposal_facts.steps(number, named=False)) == 2


async def test_it_is_taken_back_until_it_is_decided(database):
    here = await works()
    number, code = await here.sent()
    await here.answered(number, "accept", "review")
    await proposals.withdraw(number, NOW, ZONE)
    assert (await seen(code)).stage is Stage.WITHDRAWN
    other, _ = await here.sent()
    await here.answered(other, "accept", "review", "adopt")
    assert await refused(proposals.withdraw(other, NOW, ZONE)) == [("", "proposal_step_late")]


async def test_a_draft_that_is_taken_back_is_gone(database):
    here = await works()
    number, code = await here.begun()
    await proposals.withdraw(number, NOW, ZONE)
    with pytest.raises(NotFound):
        await seen(code)


async def test_drafts_that_nobody_goes_on_with_are_forgotten_and_others_kept(database):
    here = await works()
    _, old = await here.begun()
    sent, _ = await here.sent()
    assert await proposals.forget_drafts(NOW + timedelta(days=30)) == 0
    assert await proposals.forget_drafts(NOW + timedelta(days=31)) == 1
    with pytest.raises(NotFound):
        await seen(old)
    assert [row["id"] for row in await Proposal.select(Proposal.id)] == [sent]


async def test_clocks_run_in_working_days_of_the_unit(database):
    here = await works()
    await proposal_deadlines.put(Deadlines(2, 10, 30), here.places["works"], here.people["mei"], NOW)
    number, code = await here.sent()
    assert f"{(await seen(code)).due_at:%m-%d}" == "05-14"
    await here.answered(number, "accept", now=NOW)
    due = (await seen(code)).due_at
    assert f"{due:%m-%d}" == "05-26"
    await here.answered(number, "review", now=NOW + timedelta(days=3))
    assert (await seen(code)).due_at == due
    await here.answered(number, "not_adopt")
    assert (await seen(code)).due_at is None


async def test_a_second_person_verifies_and_never_who_asked(database):
    here = await works()
    number, code = await here.sent()
    await here.answered(number, "accept", "review", "adopt_partly", "carry_out")
    mei = here.people["mei"]
    await proposal_outcomes.state(number, DONE, await revision(number), mei, NOW, ZONE)
    assert (await seen(code)).stage is Stage.CARRIED_OUT
    act = await proposal_outcomes.ask_verification(number, 90_000_00, here.places["works"], "核过", mei, NOW)
    again = proposal_outcomes.ask_verification(number, 1, here.places["works"], "再核", mei, NOW)
    assert await refused(again) == [("", "act_open_already")]
    assert await refused(two_person.confirm(act, mei, NOW)) == [("", "act_own")]
    assert (await proposal_facts.outcomes([number]))[number].verified is None
    await two_person.confirm(act, here.people["yue"], NOW)
    assert (await proposal_facts.outcomes([number]))[number].verified == 90_000_00
    assert (await seen(code)).stage is Stage.VERIFIED


async def test_who_stated_a_benefit_never_confirms_what_another_asked_for(database):
    here = await works()
    number, _ = await here.sent()
    await here.answered(number, "accept", "review", "adopt", "carry_out")
    mei, yue = here.people["mei"], here.people["yue"]
    await proposal_outcomes.state(number, DONE, await revision(number), mei, NOW, ZONE)
    act = await proposal_outcomes.ask_verification(number, 128_600_00, here.places["works"], "核过", yue, NOW)
    assert await refused(two_person.confirm(act, mei, NOW)) == [("", "benefit_own_claim")]
    await two_person.confirm(act, here.people["yun"], NOW)
    assert (await proposal_facts.outcomes([number]))[number].verified == 128_600_00


async def test_what_is_not_counted_goes_on_to_its_reward_at_once(database):
    here = await works()
    number, code = await here.sent()
    await here.answered(number, "accept", "review", "adopt", "carry_out")
    safe = Outcome("加了反光镜", DONE.done_on, None, "", "safety")
    await proposal_outcomes.state(number, safe, await revision(number), here.people["mei"], NOW, ZONE)
    assert (await seen(code)).stage is Stage.VERIFIED
    values = {"amount": "200", "recipients": "冯砚秋"}
    given = rewards.award(number, values, await revision(number), here.people["mei"], NOW, ZONE)
    assert await refused(given) == [("tier", "reward_tier_missing"), ("reason", "reward_reason_missing")]
    await here.rewarded(number, tier="五等", reason="消除一处隐患", amount="200", recipients="冯砚秋")
    assert (await proposal_facts.rewards([number]))[number].reason == "消除一处隐患"


async def test_an_award_lies_within_its_tier_and_is_made_once(database):
    here = await works()
    number, _ = await here.sent()
    await here.verified(number)
    mei = here.people["mei"]
    too_much = {"amount": "500.01", "recipients": "冯砚秋"}
    given = rewards.award(number, too_much, await revision(number), mei, NOW, ZONE)
    assert await refused(given) == [("amount", "reward_out_of_bounds")]
    now = await revision(number)
    fit = {"amount": "400", "recipients": "冯砚秋"}
    found = await asyncio.gather(
        *(rewards.award(number, fit, now, mei, NOW, ZONE) for _ in range(2)), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in found) == ["NoneType", "Refused"]
    assert await ProposalReward.count() == 1


async def test_an_award_can_be_made_again_under_the_table_of_its_day(database):
    here = await works()
    number, _ = await here.sent()
    tiers = (Tier("甲", 50_000_00, 600_00, 900_00), Tier("乙", 0, 0, 600_00))
    unit, mei = here.places["works"], here.people["mei"]
    await reward_tables.add("云窑奖励办法", NOW.date(), tiers, unit, mei, NOW)
    taken = reward_tables.add("同日", NOW.date(), tiers, unit, mei, NOW)
    assert await refused(taken) == [("from_day", "reward_day_taken")]
    await here.verified(number)
    await here.rewarded(number, amount="800.01", recipients="冯砚秋 50\n占云帆 50")
    later = (Tier("甲", 0, 1_00, 10_00),)
    await reward_tables.add("修订", NOW.date() + timedelta(days=30), later, unit, mei, NOW)
    made = (await proposal_facts.rewards([number]))[number]
    table = await reward_tables.by_code(made.rule)
    assert table is not None
    assert (table.digest, made.rule_digest) == (made.rule_digest, table.digest)
    assert table == await reward_tables.holding(unit, made.rule_day)
    tier = table.by_benefit(97_420_00)
    assert (tier.name, tier.least <= made.amount <= tier.most) == (made.tier, True)
    assert split(made.amount, [share.share for share in made.shares]) == [share.amount for share in made.shares]
    assert [share.amount for share in made.shares] == [400_01, 400_00]


async def test_floods_are_stopped_and_forgotten(database, monkeypatch):
    monkeypatch.setattr(proposal_senders, "FROM_ONE_NETWORK", 2)
    here = await works()
    await here.begun()
    await here.begun()
    assert await refused(proposals.begin(SAID, here.door, "192.0.2.7", NOW)) == [("", "proposal_paused")]
    assert await proposals.begin(SAID, here.door, "198.51.100.3", NOW)
    assert await proposals.begin(SAID, here.door, "192.0.2.7", NOW + proposal_senders.WINDOW)


async def test_wrong_codes_are_counted(database, monkeypatch):
    monkeypatch.setattr(proposal_senders, "CODES", 2)
    await works()
    for _ in range(2):
        with pytest.raises(NotFound):
            await seen("01234567890123456789012345")
    assert await refused(seen("01234567890123456789012345")) == [("", "proposal_paused")]


async def test_a_door_is_typed_as_it_is_printed_and_closed_for_good(database):
    here = await works()
    door = here.door
    typed = f"{door.code[:5].lower()}-{door.code[5:].replace('0', 'o').replace('1', 'i')}"
    assert (await proposal_doors.by_code(typed)).id == door.id
    again = proposal_doors.open_door(" 烧成车间 ", here.places["works"], here.people["mei"], NOW)
    assert await refused(again) == [("place", "proposal_door_again")]
    await proposal_doors.close_door(door.id, here.people["mei"], NOW)
    with pytest.raises(NotFound):
        await proposal_doors.by_code(door.code)
    assert await proposal_doors.open_door("烧成车间", here.places["works"], here.people["mei"], NOW)


async def test_a_table_is_not_taken_back_under_an_award_that_is_being_made(database):
    here = await works()
    mei, unit = here.people["mei"], here.places["works"]
    ends = set()
    for _ in range(6):
        number, _ = await here.sent()
        await here.verified(number)
        day = NOW.astimezone(ZONE).date()
        table = await reward_tables.add("云窑办法", day, [Tier("甲", 0, 0, 8_000_00)], unit, mei, NOW)
        acts = here.rewarded(number, amount="8000"), reward_tables.take_back(table, unit, mei)
        awarded, _ = await asyncio.gather(*acts, return_exceptions=True)
        given = await ProposalReward.select(ProposalReward.rule).where(ProposalReward.proposal == number)
        stands = await reward_tables.by_code(f"own:{table}") is not None
        ends.add((bool(given), stands))
        assert isinstance(awarded, Refused) is not bool(given)
        if stands:
            break  # it holds on this day for good
    assert ends <= {(True, True), (False, False)}
