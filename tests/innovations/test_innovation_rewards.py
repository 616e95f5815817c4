"""Rewards of innovations: once, in the tier of what was verified, split by shares to the fen, signed for on a list."""

import asyncio

import pytest
from msgspec.structs import replace

from foundation.base.problem import Refused
from foundation.people import worker_merging, workers
from foundation.people.worker_facts import Given
from foundation.store import ledger
from foundation.work import two_person
from innovations import (
    benefits,
    innovation_chain,
    innovation_reads,
    innovation_rewards,
    innovations,
    same_as_merging,
)
from innovations.innovation_reward_tables import InnovationReward, InnovationRewardShare
from innovations.innovation_tables import Innovation
from innovations.proposal_tables import ProposalReward
from innovations.rules.benefits import Formula, Line
from tests.innovations.made_up import NOW, ZONE, Here, works
from tests.innovations.reviews_made_up import ready
from tests.innovations.rules.foil import FOIL
from tests.innovations.test_author_page import at_home
from tests.innovations.test_benefits import claimed, verified
from tests.innovations.test_innovation_chain import by_feng, grown
from tests.innovations.test_innovation_pages import posted
from tests.innovations.test_innovations import handed_in, revision
from tests.innovations.test_proposal_pages import sentences, text_of
from tests.innovations.test_same_as import SHARES, linked, two
from tests.web import shown, visitors

BY_BENEFIT = {"amount": "1200"}
BY_HAND = {"amount": "500", "tier": "四等", "reason": "消除断带伤人的隐患，班组都在用"}


async def awarded(here: Here, number: int, **values: str) -> None:
    said = {**BY_BENEFIT, **values}
    await innovation_rewards.award(number, said, await revision(number), here.people["mei"], NOW, ZONE)


async def codes(here: Here, number: int, **values: str) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as refusal:
        await awarded(here, number, **values)
    return [(one.code, one.field) for one in refusal.value.problems]


async def shares(number: int) -> list[tuple[str, int, int]]:
    found = await innovation_rewards.of(number)
    assert found is not None
    return [(one.name, one.share, one.amount) for one in found.shares]


async def test_an_award_lies_in_the_tier_of_what_was_verified_and_is_split_by_the_shares_that_were_handed_in(database):
    here, number = await claimed()
    assert await codes(here, number) == [("reward_unverified", "")]
    await verified(here, number)
    # 100,000 yuan are the third tier of 1986: from 500 to 1,500 yuan.
    assert await codes(here, number, amount="1500.01") == [("reward_out_of_bounds", "amount")]
    assert await codes(here, number, amount="eine", reason="x" * 501) == [
        ("money_form", "amount"), ("proposal_long", "reason"),
    ]  # fmt: skip
    written = replace(FOIL, authors=(replace(FOIL.authors[0], share=100),))
    await innovations.save(number, written, await revision(number), here.people["mei"], NOW)  # the list being written
    await awarded(here, number, amount="1000.01")
    people = [(one.name, one.share) for one in FOIL.authors]
    found = await shares(number)
    assert [one[:2] for one in found] == people
    assert sum(fen for _, _, fen in found) == 1000_01
    assert all(abs(fen - 1000_01 * share / 100) < 1 for _, share, fen in found)
    assert await codes(here, number) == [("reward_innovation_twice", "")]
    kept = await InnovationReward.select().first()
    assert (kept["rule"], kept["tier"], kept["version"]) == ("1986", "三等", 1)
    last = (await ledger.entries(innovations.subject(number)))[0]
    assert last.act == "innovation.rewarded"
    assert "冯" not in str(last.payload)


@pytest.mark.parametrize("stage", ["draft", "withdrawn"])
async def test_what_does_not_stand_is_not_rewarded(database, stage):
    here = await works()
    number = await innovations.begin(FOIL, here.places["works"], here.people["mei"], NOW)
    if stage == "withdrawn":
        await handed_in(number)
        await innovations.withdraw(number, "", await revision(number), here.people["mei"], NOW)
    assert await codes(here, number, **BY_HAND) == [("reward_innovation_early", "")]


async def test_where_nothing_is_counted_somebody_chooses_the_tier_and_says_why(database):
    here = await works()
    number = await innovations.begin(FOIL, here.places["works"], here.people["mei"], NOW)
    await handed_in(number)
    assert await codes(here, number) == [("reward_tier_missing", "tier"), ("reward_reason_missing", "reason")]
    await awarded(here, number, **BY_HAND)
    found = await innovation_rewards.of(number)
    assert (found.tier, found.amount, found.reason) == ("四等", 500_00, BY_HAND["reason"])


async def test_there_is_no_tier_below_nothing(database):
    here, number = await claimed(lines=(Line(Formula.COST, "摆辊", amount=38_000_00),))
    await verified(here, number, lines=(Line(Formula.COST, "摆辊", amount=38_000_00),))
    assert (await benefits.of(number)).fen["verified"] < 0
    assert await codes(here, number) == [("reward_nothing_gained", "")]


async def test_two_who_award_at_once_award_once(database):
    here, number = await claimed()
    await verified(here, number)
    ends = await asyncio.gather(awarded(here, number), awarded(here, number), return_exceptions=True)
    assert sorted(type(one).__name__ for one in ends) == ["NoneType", "Refused"]
    assert await InnovationReward.count() == 1
    assert await InnovationRewardShare.count() == len(FOIL.authors)


async def test_what_its_proposal_was_rewarded_with_is_told_and_asks_for_a_reason(database):
    found = await ready()
    here = found.here
    number = await grown(found)
    before = await innovation_rewards.of_proposal((await innovation_reads.one(await here.user("mei"), number)).proposal)
    assert before > 0
    by_hand = {**BY_HAND, "reason": ""}
    assert ("reward_twice", "reason") in await codes(here, number, **by_hand)
    await awarded(here, number, **BY_HAND)
    user = await here.user("mei")
    parts = await innovation_chain.parts(user, await innovation_reads.one(user, number))
    assert [(one.what, one.amount) for one in parts if one.what == "reward"] == [("reward", 500_00)]


async def test_the_same_of_another_year_is_not_rewarded_again_unasked(database):
    here = await works()
    mei = here.people["mei"]
    made = [
        await innovations.begin(replace(FOIL, title=f"第{year}年", year=year), here.places["works"], mei, NOW)
        for year in (2023, 2024, 2025)
    ]
    for before, number in zip((None, *made), made, strict=False):
        await innovations.set_earlier(number, before, await revision(number), mei, NOW)
        await handed_in(number)
    await awarded(here, made[1], **BY_HAND)
    for number in (made[0], made[2]):  # the one before, and the one after
        assert await codes(here, number, **{**BY_HAND, "reason": ""}) == [
            ("reward_reason_missing", "reason"), ("reward_twice_same", "reason"),
        ]  # fmt: skip
    at = f"/innovations/desk/{made[2]}/reward"
    async with visitors() as web:
        clerk = await web.signed_in("mei")
        page = (await clerk.get(at)).text
        assert "同一成果（其他年度申报或已合并的）已奖励500元。" in page
        assert "职工本人会看到" not in page  # the reason is not on their own page
        assert (await posted(clerk, at, BY_HAND, at)).status_code == 303
    assert await innovation_rewards.of_same(made[0]) == 1000_00


async def test_two_years_of_one_innovation_rewarded_at_once_are_not_both_rewarded_unasked(database):
    here, first = await claimed()
    _, second = await claimed(here=here)
    for number in (first, second):
        await verified(here, number)
    await innovations.set_earlier(second, first, await revision(second), here.people["mei"], NOW)
    ends = await asyncio.gather(awarded(here, first), awarded(here, second), return_exceptions=True)
    told = [one.code for each in ends if isinstance(each, Refused) for one in each.problems]
    assert (told, await InnovationReward.count()) == (["reward_twice_same"], 1)


async def test_what_another_unit_rewarded_is_not_told(database):
    here = await works()
    one, other = await two(here, public=False, award=False)
    tao = here.people["tao"]
    await innovation_rewards.award(other, BY_HAND, await revision(other), tao, NOW, ZONE)
    link = await linked(here, one, other)
    act = await same_as_merging.ask(
        link, one, {**SHARES, "reason": "同一项"}, here.places["county"], here.people["yun"], NOW
    )
    await two_person.confirm(act, here.people["sheng"], NOW)
    assert await innovation_rewards.of_same(one) == 0
    await Innovation.update({Innovation.organisation: here.places["works"]}).where(Innovation.id == other)
    assert await innovation_rewards.of_same(one) == 500_00


async def test_a_record_that_was_merged_before_the_award_gets_its_share(database):
    here = await works()
    number = await innovations.begin(by_feng(here), here.places["works"], here.people["mei"], NOW)
    await handed_in(number)
    again, _ = await workers.create(Given("冯砚秋", phone="19900000778"), here.places["works"], "test", NOW)
    act = await worker_merging.ask_merge(again, here.worker, here.people["yue"], "同一人", NOW)
    await two_person.confirm(act, here.people["yun"], NOW)
    await awarded(here, number, **BY_HAND)
    assert await innovation_rewards.share_of(again, number) == (100, 500_00)


async def grown_unrewarded() -> tuple[Here, int, int]:
    """A proposal with its verified benefit, and the innovation that grew out of it; nothing is rewarded yet."""
    here = await works()
    proposal, _ = await here.sent()
    await here.verified(proposal)
    number = await innovations.begin(FOIL, here.places["works"], here.people["mei"], NOW, proposal)
    await handed_in(number)
    return here, proposal, number


async def test_what_its_innovation_was_rewarded_with_is_told_when_the_proposal_is_rewarded(database):
    here, proposal, number = await grown_unrewarded()
    await awarded(here, number, **BY_HAND)
    at = f"/proposals/desk/{proposal}"
    values = {"amount": "600", "recipients": "冯砚秋"}
    async with visitors() as web:
        mei = await web.signed_in("mei")
        assert "由本建议形成的成果已奖励500元。" in shown(await mei.get(at))
        said = await posted(mei, f"{at}/reward", values, at)
        assert sentences(said) == [
            "“四等”的奖金为 300 至 500 元。",
            "由本建议形成的成果已奖励500元。请说明建议为何另行奖励。",
        ]
        assert "冯砚秋" in said.text
        mended = {**values, "amount": "400", "reason": "班组另有约定"}
        assert (await posted(mei, f"{at}/reward", mended, at)).status_code == 303
        assert "班组另有约定" in shown(await mei.get(at))


async def test_a_proposal_and_its_innovation_rewarded_at_once_are_not_both_rewarded_unasked(database):
    here, proposal, number = await grown_unrewarded()
    found = await asyncio.gather(
        awarded(here, number, **{**BY_HAND, "reason": "隐患消除"}),
        here.rewarded(proposal, reason=""),
        return_exceptions=True,
    )
    told = [one.code for each in found if isinstance(each, Refused) for one in each.problems]
    assert told in ([], ["reward_twice_grown"])
    rows = await InnovationReward.count(), await ProposalReward.count()
    assert rows == ((1, 1) if not told else (1, 0))


async def test_a_worker_reads_their_own_share_alone_and_keeps_it_when_records_are_merged(database):
    found = await ready()
    here = found.here
    number = await innovations.begin(by_feng(here), here.places["works"], here.people["mei"], NOW)
    await handed_in(number)
    await awarded(here, number, **BY_HAND)
    own = next(fen for name, _, fen in await shares(number) if name == "冯砚秋")
    async with visitors() as web:
        page = shown(await (await at_home(web, found)).get(f"/mine/innovations/{number}"))
        assert f"{own / 100:g} 元" in page
        assert BY_HAND["reason"] not in page
    again, _ = await workers.create(Given("冯砚秋", phone="19900000778"), here.places["works"], "test", NOW)
    act = await worker_merging.ask_merge(again, here.worker, here.people["yue"], "同一人", NOW)
    await two_person.confirm(act, here.people["yun"], NOW)
    assert (await innovation_rewards.share_of(again, number))[1] == own
    assert await innovation_rewards.share_of(here.worker, number) is None


async def test_the_page_keeps_what_was_typed_then_prints_the_list_for_the_own_unit_alone(database):
    here, number = await claimed()
    await verified(here, number)
    at = f"/innovations/desk/{number}/reward"
    async with visitors() as web:
        clerk, above, elsewhere = [await web.signed_in(name) for name in ("mei", "sheng", "tao")]
        assert "由所在单位" in (await above.get(at)).text
        wrong = await posted(clerk, at, {"amount": "9,000"}, at)
        assert (wrong.status_code, sentences(wrong)) == (422, ["“三等”的奖金为 500 至 1,500 元。"])
        assert 'value="9,000"' in wrong.text
        assert (await clerk.post(at, {"amount": "1200", "revision": "0"})).status_code == 422
        assert (await clerk.get(f"{at}/list.pdf")).status_code == 404
        assert (await posted(clerk, at, {"amount": "1200"}, at)).status_code == 303
        page = await clerk.get(at)
        assert "1,200 元" in page.text
        assert "三等" in page.text
        pdf = await clerk.get(f"{at}/list.pdf")
        text = text_of(pdf.content)
        assert "合计" in text
        assert all(one.name in text for one in FOIL.authors)
        assert "1,200 元" in (await above.get(at)).text
        for who in (above, elsewhere):
            assert (await who.post(at, {"amount": "1200"})).status_code == 404
            assert (await who.get(f"{at}/list.pdf")).status_code == 404
        assert (await elsewhere.get(at)).status_code == 404
