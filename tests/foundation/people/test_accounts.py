"""Accounts: created by an officer, activated by their owner, closed and opened again."""

import asyncio
from datetime import UTC, datetime

import pytest

from foundation.base.problem import Problem, Refused
from foundation.people import accounts, sessions
from foundation.people.accounts import AccountFacts
from foundation.people.tables import Account
from foundation.store import ledger

NOW = datetime(2026, 11, 2, 8, tzinfo=UTC)


async def refusal_of(work) -> tuple[Problem, ...]:
    with pytest.raises(Refused) as refused:
        await work
    return refused.value.problems


async def test_an_account_is_created_activated_and_signs_in(database):
    account_id, code = await accounts.create_account(" Feng.Yanqiu ", "冯砚秋", ["organiser"], "cli", NOW)
    assert await accounts.find("FENG.yanqiu") == AccountFacts(
        account_id, "feng.yanqiu", "冯砚秋", active=True, activated=False, roles=frozenset({"organiser"})
    )
    typed = code.lower()[:13] + " - " + code.lower()[13:]
    assert await accounts.activate("feng.yanqiu", typed, "青花分水一千四百片试片") == account_id
    token = await sessions.sign_in("feng.yanqiu", "青花分水一千四百片试片", "10.0.0.1", NOW)
    user = await sessions.from_token(token, NOW)
    assert user is not None
    assert (user.account_id, user.name, user.roles) == (account_id, "冯砚秋", frozenset({"organiser"}))
    assert [entry.act for entry in await ledger.entries(f"account:{account_id}")] == [
        "account.activated",
        "account.created",
    ]


async def test_a_code_works_once(database):
    _, code = await accounts.create_account("fu", "傅远山", [], "cli", NOW)
    await accounts.activate("fu", code, "a long enough one")
    assert await refusal_of(accounts.activate("fu", code, "another long one")) == (
        Problem("activation_failed", "code"),
    )


async def test_an_empty_code_never_activates_a_used_account(database):
    _, code = await accounts.create_account("fu", "傅远山", [], "cli", NOW)
    await accounts.activate("fu", code, "a long enough one")
    assert await refusal_of(accounts.activate("fu", "", "another long one")) == (Problem("activation_failed", "code"),)


async def test_every_problem_of_a_new_account_is_told_at_once(database):
    assert await refusal_of(accounts.create_account("a b", " ", ["king"], "cli", NOW)) == (
        Problem("account_name_form", "sign_in", {"sign_in": "a b"}),
        Problem("person_name_empty", "name"),
        Problem("role_unknown", "roles", {"role": "king"}),
    )
    assert await Account.count() == 0


async def test_the_same_account_twice_is_refused(database):
    await accounts.create_account("zeng", "曾榕生", [], "cli", NOW)
    assert await refusal_of(accounts.create_account("ＺＥＮＧ", "曾榕生", [], "cli", NOW)) == (
        Problem("account_name_taken", "sign_in", {"sign_in": "ＺＥＮＧ"}),
    )


@pytest.mark.parametrize(
    "password,problem",
    [
        ("short", Problem("password_short", "password", {"least": "10"})),
        ("x" * 201, Problem("password_long", "password", {"most": "200"})),
        ("Yuntao.2026", Problem("password_is_name", "password")),
    ],
)
async def test_poor_passwords_are_refused(database, password, problem):
    _, code = await accounts.create_account("yuntao.2026", "云窑", [], "cli", NOW)
    assert await refusal_of(accounts.activate("yuntao.2026", code, password)) == (problem,)


async def test_a_closed_account_opens_nothing(database):
    account_id, code = await accounts.create_account("xiao", "肖亦禾", [], "cli", NOW)
    await accounts.activate("xiao", code, "sewing needle gauge")
    token = await sessions.sign_in("xiao", "sewing needle gauge", "", NOW)
    await accounts.set_active(account_id, active=False, by="account:1")
    assert await sessions.from_token(token, NOW) is None
    assert await refusal_of(sessions.sign_in("xiao", "sewing needle gauge", "", NOW)) == (
        Problem("sign_in_failed", "sign_in"),
    )
    await accounts.set_active(account_id, active=True, by="account:1")
    assert await sessions.from_token(token, NOW) is not None


async def test_a_new_activation_code_ends_the_old_password(database):
    account_id, code = await accounts.create_account("nie", "聂长根", [], "cli", NOW)
    await accounts.activate("nie", code, "62 firing curves")
    fresh = await accounts.new_activation(account_id, "account:1")
    assert await refusal_of(sessions.sign_in("nie", "62 firing curves", "", NOW)) == (
        Problem("sign_in_failed", "sign_in"),
    )
    assert await accounts.activate("nie", fresh, "63 firing curves") == account_id


async def test_of_two_officers_who_create_the_same_account_at_once_one_is_refused(database):
    async def create() -> str:
        try:
            await accounts.create_account("twin", "双", ["organiser"], "cli", NOW)
        except Refused as refusal:
            return refusal.problems[0].code
        return "made"

    assert sorted(await asyncio.gather(*(create() for _ in range(4)))) == ["account_name_taken"] * 3 + ["made"]
