"""Nobody makes their own second person: not by a post given to oneself, nor by an account one has in hand."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from foundation.base.problem import Problem, Refused
from foundation.people import accounts, confirming, posts, worker_merging
from foundation.people.tables import Grant
from foundation.work import two_person
from foundation.work.act_tables import TwoPersonAct
from tests.foundation.people.workers_made_up import make, units
from tests.foundation.work.acts_made_up import NOW, PASSWORD, Cast, account, kind, make_cast, user
from tests.web import visitors

DAY = timedelta(days=1)


@pytest.fixture
async def cast(database) -> Cast:
    return await make_cast()


@pytest.fixture(autouse=True)
def registered() -> Iterator[None]:
    two_person.register(kind())
    yield
    del two_person.KINDS["test.unlock"]


async def refusal(work) -> list[str]:
    with pytest.raises(Refused) as caught:
        await work
    return [problem.code for problem in caught.value.problems]


async def paper(account_id: int, act_id: int) -> bool:
    return (await confirming.act_for(await user(account_id), act_id)).may_use_paper


async def test_nobody_gives_a_post_to_themselves_or_takes_over_that_of_another(cast):
    feng = f"account:{cast.feng}"
    assert await refusal(posts.give(cast.feng, cast.county, ["clerk"], feng, NOW)) == ["post_to_oneself"]
    assert await refusal(posts.hand_over(cast.lin, cast.feng, cast.county, feng, NOW)) == ["post_over_to_oneself"]
    assert [post.organisation_id for post in await posts.of_accounts([cast.feng])] == [cast.city]
    await posts.hand_over(cast.lin, cast.gu, cast.county, feng, NOW)


async def test_the_pages_of_posts_refuse_it_too(cast):
    async with visitors() as web:
        feng = await web.signed_in("feng")
        typed = {"organisation": str(cast.county), "holder": "feng", "roles": "clerk"}
        assert (await feng.post("/posts", typed)).status_code == 422
        typed = {"place_name": "广丰区总工会", "roles": "clerk"}
        assert (await feng.post(f"/accounts/{cast.feng}/posts", typed)).status_code == 422
        typed = {"successor": "feng", "confirmed": "yes"}
        assert (await feng.post(f"/posts/{cast.county}/{cast.lin}", typed)).status_code == 422
        assert [post.organisation_id for post in await posts.of_accounts([cast.feng])] == [cast.city]


async def test_a_post_that_began_after_the_question_makes_nobody_alone(cast):
    act_id = await cast.ask(cast.lin, cast.county)
    assert await paper(cast.lin, act_id)
    await Grant.update({Grant.granted_at: NOW + DAY}).where(Grant.account == cast.lin)
    assert not await paper(cast.lin, act_id)


async def test_whose_post_there_ended_lately_still_counts_as_somebody_else(cast):
    other = await account("other", "另一人", ["clerk"], cast.county)
    await posts.end(other, cast.county, f"account:{cast.lin}", NOW)
    act_id = await cast.ask(cast.lin, cast.county)
    assert not await paper(cast.lin, act_id)
    await Grant.update({Grant.ended_at: NOW - 31 * DAY}).where(Grant.account == other)
    assert await paper(cast.lin, act_id)


async def test_closing_the_other_account_makes_nobody_alone(cast):
    other = await account("other", "另一人", ["clerk"], cast.county)
    act_id = await cast.ask(cast.lin, cast.county)
    await accounts.set_active(other, False, f"account:{cast.lin}")
    assert not await paper(cast.lin, act_id)


async def renew(cast: Cast) -> None:
    await accounts.new_activation(cast.fu, f"account:{cast.feng}", NOW)


async def give_a_post(cast: Cast) -> None:
    await posts.give(cast.fu, cast.city, ["signer"], f"account:{cast.feng}", NOW)


async def change_the_phone(cast: Cast) -> None:
    await accounts.change_phone(cast.fu, "", f"account:{cast.feng}")


@pytest.mark.parametrize("touch", [renew, give_a_post, change_the_phone])
@pytest.mark.parametrize("first", ["asked", "touched"])
async def test_whose_account_the_asker_had_in_hand_is_no_second_person(cast, touch, first):
    if first == "touched":
        await touch(cast)
    act_id = await cast.ask(cast.feng, cast.city)
    if first == "asked":
        await touch(cast)
    assert (await confirming.act_for(await user(cast.fu), act_id)).barred == Problem("act_not_second")
    assert await refusal(two_person.confirm(act_id, cast.fu, NOW)) == ["act_not_second"]
    root = await account("root", "省里", ["officer"], 1)
    await two_person.confirm(act_id, root, NOW)


async def test_an_account_that_the_asker_made_is_no_second_person(cast):
    made, _ = await accounts.create_account(
        "made", "新建", ["reviewer"], f"account:{cast.feng}", NOW, organisation_id=cast.city
    )
    act_id = await cast.ask(cast.feng, cast.city)
    assert await refusal(two_person.confirm(act_id, made, NOW)) == ["act_not_second"]


async def test_what_somebody_else_did_or_what_is_long_ago_bars_nobody(cast):
    await accounts.change_phone(cast.fu, "", f"account:{cast.gu}")
    act_id = await cast.ask(cast.feng, cast.city)
    await two_person.confirm(act_id, cast.fu, NOW)
    await renew(cast)
    late = await cast.ask(cast.feng, cast.city, "entry:8")
    await TwoPersonAct.update({TwoPersonAct.asked_at: NOW + 3650 * DAY}).where(TwoPersonAct.id == late)
    await two_person.confirm(late, cast.fu, NOW)


async def test_the_page_says_why_and_takes_no_confirmation(cast):
    act_id = await cast.ask(cast.feng, cast.city)
    await change_the_phone(cast)
    async with visitors() as web:
        fu = await web.signed_in("fu")
        page = (await fu.get(f"/acts/{act_id}")).text
        assert "您不能复核此事" in page
        assert f"/acts/{act_id}/confirmation" not in page
        answer = await fu.post(f"/acts/{act_id}/confirmation", {"password": PASSWORD})
        assert answer.status_code == 409


async def test_merging_workers_of_two_units_is_decided_above_both(database):
    city, kiln, other = await units()
    stays, goes, beside = await make(kiln), await make(other), await make(kiln)
    for ids, organisation in (((stays, goes), city), ((stays, beside), kiln)):
        act_id = await worker_merging.ask_merge(*ids, 7, "同一人", NOW)
        act = await two_person.by_id(act_id)
        assert act is not None
        assert act.organisation_id == organisation
        await two_person.withdraw(act_id, 7, NOW)
