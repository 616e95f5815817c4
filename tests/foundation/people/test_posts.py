"""Posts: given by those above, worn as hats, ended, handed over with all that is at hand."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from foundation.base.problem import NotFound, Problem, Refused
from foundation.people import account_facts, accounts, organisation_moves, organisations, posts, sessions
from foundation.people.grants import Role
from foundation.people.organisations import Draft, Kind
from foundation.people.posts import Post
from foundation.people.sessions import Hat, SignedIn
from foundation.people.tables import Account, Grant
from foundation.store import ledger

NOW = datetime(2026, 11, 2, 8, tzinfo=UTC)
CITY, COUNTY = "景德镇市总工会", "浮梁县总工会"


async def tree() -> tuple[int, int]:
    """A city and a county below it."""
    city = await organisations.create(1, Draft(CITY, Kind.CITY), "cli", NOW)
    return city, await organisations.create(city, Draft(COUNTY, Kind.COUNTY), "cli", NOW)


async def person(sign_in: str, *roles: str, at: int = 1) -> int:
    account_id, _ = await accounts.create_account(sign_in, sign_in, roles, "cli", NOW, organisation_id=at)
    return account_id


async def hats(account_id: int) -> list[tuple[str, frozenset[str]]]:
    return [(hat.organisation, hat.roles) for hat in await sessions.hats_of(account_id)]


async def officer(account_id: int, organisation_id: int | None = None) -> SignedIn:
    """Somebody with an open session, under the hat of that organisation."""
    user = await sessions.from_token(await sessions.open_session(account_id, NOW), NOW)
    assert user is not None
    return user.wearing(organisation_id) if organisation_id else user


async def refusal_of(work) -> list[str]:
    with pytest.raises(Refused) as refused:
        await work
    return [problem.code for problem in refused.value.problems]


async def test_one_account_wears_the_hat_of_each_of_its_posts(database):
    city, county = await tree()
    account_id = await person("fu", "officer", at=county)
    await posts.give(account_id, city, ["reviewer", "clerk"], "account:9", NOW)
    token = await sessions.open_session(account_id, NOW)
    user = await sessions.from_token(token, NOW)
    at_city = Hat(city, CITY, "1.2.", frozenset({"reviewer", "clerk"}))
    at_county = Hat(county, COUNTY, "1.2.3.", frozenset({"officer"}))
    assert user == SignedIn(account_id, "fu", user.csrf, user.session_id, at_city, (at_city, at_county))
    assert (user.roles, user.all_roles) == (at_city.roles, frozenset({"reviewer", "clerk", "officer"}))
    await sessions.wear(user, county)
    assert await sessions.from_token(token, NOW) == replace(user, hat=at_county)
    other = await sessions.from_token(await sessions.open_session(account_id, NOW), NOW)
    assert other.hat == at_city  # a session remembers its own hat only


async def test_nobody_puts_on_a_hat_that_is_not_theirs(database):
    city, county = await tree()
    user = await officer(await person("fu", "officer", at=county))
    for wrong in (city, 1, 0, 99):
        with pytest.raises(NotFound):
            await sessions.wear(user, wrong)


async def test_a_post_that_ended_takes_effect_at_the_next_request(database):
    city, county = await tree()
    account_id = await person("fu", "officer", "clerk", at=city)
    await posts.give(account_id, county, ["clerk"], "account:9", NOW)
    token = await sessions.open_session(account_id, NOW)
    await posts.end(account_id, city, "account:9", NOW)
    user = await sessions.from_token(token, NOW)
    assert [hat.organisation for hat in user.hats] == [COUNTY]
    await posts.end(account_id, county, "account:9", NOW)
    assert (await sessions.from_token(token, NOW)).hat is None
    assert await refusal_of(posts.end(account_id, county, "account:9", NOW)) == ["post_not_held"]
    assert await Grant.count().where(Grant.account == account_id) == 3  # ended ones stay


async def test_a_role_is_held_once_and_can_be_given_again_after_it_ended(database):
    city, _ = await tree()
    account_id = await person("fu", "clerk", at=city)
    assert await refusal_of(posts.give(account_id, city, ["clerk"], "account:9", NOW)) == ["roles_held"]
    await posts.end(account_id, city, "account:9", NOW)
    await posts.give(account_id, city, ["clerk"], "account:9", NOW)
    assert await hats(account_id) == [(CITY, frozenset({"clerk"}))]


async def test_of_two_officers_who_give_the_same_at_once_one_is_refused(database):
    city, _ = await tree()
    account_id = await person("fu")

    async def give() -> str:
        try:
            await posts.give(account_id, city, ["clerk"], "account:9", NOW)
        except Refused as refusal:
            return refusal.problems[0].code
        return "given"

    assert sorted(await asyncio.gather(*(give() for _ in range(4)))) == ["given"] + ["roles_held"] * 3


async def test_who_may_give_what_and_where():
    everything = frozenset(Role)
    below_root = everything - {Role.SUPERVISOR}
    officer, others = frozenset({"officer"}), everything - {Role.OFFICER}
    assert posts.givable(officer, "1.", "1.2.3.") == everything
    assert posts.givable(officer, "1.2.", "1.2.") == below_root
    assert posts.givable(officer, "1.2.", "1.2.3.") == below_root
    assert posts.givable(officer, "1.2.", "1.") == frozenset()
    assert posts.givable(officer, "1.2.", "1.20.") == frozenset()
    assert posts.givable(officer, "1.2.", "1.3.") == frozenset()
    assert posts.givable(frozenset(others), "1.", "1.2.") == frozenset()
    assert posts.problems_with(["king"], everything) == [Problem("role_unknown", "roles", {"role": "king"})]
    assert posts.problems_with(["clerk", "supervisor"], below_root) == [Problem("role_not_yours", "roles")]


async def test_an_officer_keeps_only_accounts_that_are_theirs_as_a_whole(database):
    """Whoever renews an activation code can become that person, so nobody reaches above themselves this way."""
    city, county = await tree()
    at_city = await officer(await person("city", "officer", at=city))
    at_root = await officer(await person("root", "officer"))
    cases = {
        "clerk of the county": (await person("c1", "clerk", at=county), True, True),
        "another officer of the city": (await person("c2", "officer", at=city), True, True),
        "supervisor below": (await person("c3", "supervisor", at=county), False, True),
        "somebody of the federation": (await person("c4", "clerk"), False, True),
        "nobody's judge of the city": (await person("c5", at=city), True, True),
    }
    both = await person("c6", "clerk", at=county)
    await posts.give(both, 1, ["officer"], "cli", NOW)
    cases["clerk of the county, officer of the federation"] = (both, False, True)
    for who, (account_id, by_city, by_root) in cases.items():
        account = await accounts.by_id(account_id)
        assert (accounts.keeps(at_city, account), accounts.keeps(at_root, account)) == (by_city, by_root), who
    seen = [account.sign_in for account in await accounts.newest(path=at_city.hat.path)]
    assert seen == ["c6", "c5", "c3", "c2", "c1", "city"]
    with pytest.raises(NotFound):
        await account_facts.for_officer(at_city, cases["somebody of the federation"][0])
    elsewhere = await account_facts.for_officer(at_city, both)
    assert [post.path for post in account_facts.posts_within(at_city, elsewhere)] == ["1.2.3."]


@pytest.fixture
def moved():
    """A mover that remembers; it is taken out again afterwards."""
    log: list[tuple[int, int, int]] = []

    async def mover(old: int, new: int, organisation: int, by: str) -> None:
        log.append((old, new, organisation))

    async def telling(account: int, organisation: int) -> list[Problem]:
        return [Problem("post_given_done")]

    posts.on_hand_over(mover, telling)
    yield log
    posts._movers.pop(mover)


async def test_a_post_is_handed_over_with_all_that_is_at_hand(database, moved):
    city, county = await tree()
    old, new = await person("old", "officer", "signer", at=city), await person("new")
    await posts.give(old, county, ["clerk"], "cli", NOW)
    assert Problem("post_given_done") in await posts.at_hand(old, city)
    await posts.hand_over(old, new, city, f"account:{old}", NOW)
    assert moved == [(old, new, city)]
    assert (await hats(old), await hats(new)) == (
        [(COUNTY, frozenset({"clerk"}))],
        [(CITY, frozenset({"officer", "signer"}))],
    )
    told = (await ledger.entries(f"account:{old}"))[0]
    assert (told.act, told.actor, told.about, told.payload) == (
        "post.handed_over", f"account:{old}", f"account:{new}",
        {"organisation": city, "to": new, "roles": ["officer", "signer"]},
    )  # fmt: skip
    assert await refusal_of(posts.hand_over(old, new, city, "cli", NOW)) == ["post_not_held"]
    assert len(moved) == 1


async def test_a_hand_over_whose_mover_fails_leaves_everything_as_it_was(database):
    city, _ = await tree()
    old, new = await person("old", "officer", at=city), await person("new")

    async def refuses(old: int, new: int, organisation: int, by: str) -> None:
        raise Refused(Problem("roles_held"))

    posts.on_hand_over(refuses)
    try:
        assert await refusal_of(posts.hand_over(old, new, city, "cli", NOW)) == ["roles_held"]
    finally:
        posts._movers.pop(refuses)
    assert (await hats(old), await hats(new)) == ([(CITY, frozenset({"officer"}))], [])
    assert [entry.act for entry in await ledger.entries(f"account:{old}")] == ["post.given", "account.created"]


async def test_a_post_is_not_handed_to_oneself_to_a_closed_account_or_at_a_closed_organisation(database):
    _, county = await tree()
    old, new = await person("old", "officer", at=county), await person("new")
    assert await refusal_of(posts.hand_over(old, old, county, "cli", NOW)) == ["successor_same"]
    await accounts.set_active(new, active=False, by="cli")
    assert await refusal_of(posts.hand_over(old, new, county, "cli", NOW)) == ["account_closed"]
    await accounts.set_active(new, active=True, by="cli")
    await organisations.close(county, "cli", NOW)
    assert await refusal_of(posts.hand_over(old, new, county, "cli", NOW)) == ["organisation_not_open"]
    assert await hats(old) == []  # a closed organisation's posts open nothing
    assert await refusal_of(posts.give(new, county, ["clerk"], "cli", NOW)) == ["organisation_not_open"]


async def test_of_two_who_hand_over_the_same_post_at_once_one_is_refused(database):
    city, _ = await tree()
    old, one, other = await person("old", "officer", at=city), await person("one"), await person("other")

    async def hand_over(to: int) -> str:
        try:
            await posts.hand_over(old, to, city, "cli", NOW)
        except Refused as refusal:
            return refusal.problems[0].code
        return "done"

    assert sorted(await asyncio.gather(hand_over(one), hand_over(other))) == ["done", "post_not_held"]
    assert sorted([await hats(one), await hats(other)]) == [[], [(CITY, frozenset({"officer"}))]]


async def test_only_the_holder_and_officers_above_find_a_post_to_hand_over(database):
    city, county = await tree()
    holder = await officer(await person("holder", "clerk", at=county))
    above = await officer(await person("above", "officer", at=city))
    beside = await organisations.create(1, Draft("萍乡市总工会", Kind.CITY), "cli", NOW)
    stranger = await officer(await person("stranger", "officer", at=beside))
    reviewer = await officer(await person("reviewer", "reviewer"))
    post = Post(holder.account_id, county, COUNTY, "1.2.3.", frozenset({"clerk"}))
    for user in (holder, above):
        assert (await account_facts.with_post(user, holder.account_id, county))[1] == post
    for user in (stranger, reviewer):
        with pytest.raises(NotFound):
            await account_facts.with_post(user, holder.account_id, county)
    with pytest.raises(NotFound):
        await account_facts.with_post(above, holder.account_id, city)


async def test_when_two_organisations_merge_the_posts_go_on_at_the_one_that_stays(database):
    city, county = await tree()
    other = await organisations.create(city, Draft("昌江区总工会", Kind.COUNTY), "cli", NOW)
    clerk, both = await person("clerk", "clerk", at=county), await person("both", "clerk", "officer", at=county)
    await posts.give(both, other, ["clerk"], "cli", NOW)
    await organisation_moves.merge(county, other, "account:9", NOW)
    assert await hats(clerk) == [("昌江区总工会", frozenset({"clerk"}))]
    assert await hats(both) == [("昌江区总工会", frozenset({"clerk", "officer"}))]
    assert (await Account.select(Account.organisation).where(Account.id == clerk).first())["organisation"] == other
