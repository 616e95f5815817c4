"""Sessions: throttled at the door, hashed in the table, closed here or everywhere."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from foundation.base.problem import Problem, Refused
from foundation.people import accounts, sessions
from foundation.people.tables import Session, SignInFailure

NOW = datetime(2026, 11, 2, 8, tzinfo=UTC)
PASSWORD = "eleven letters"


async def make(sign_in: str = "ling") -> int:
    account_id, code = await accounts.create_account(sign_in, "凌", [], "cli", NOW)
    await accounts.activate(sign_in, code, PASSWORD)
    return account_id


async def attempt(password: str, address: str = "10.1.1.1", now: datetime = NOW, sign_in: str = "ling") -> str:
    """The outcome of one attempt: "in", or the code of the refusal."""
    try:
        await sessions.sign_in(sign_in, password, address, now)
    except Refused as refusal:
        return refusal.problems[0].code
    return "in"


async def test_wrong_passwords_are_paused_by_account_and_address_together(database):
    await make()
    await make("tan")
    assert [await attempt("wrong") for _ in range(9)] == ["sign_in_failed"] * 8 + ["sign_in_paused"]
    assert await attempt(PASSWORD) == "sign_in_paused"
    assert await attempt(PASSWORD, address="10.1.1.2") == "in"
    assert await attempt(PASSWORD, sign_in="tan") == "in"
    assert await attempt(PASSWORD, now=NOW + timedelta(minutes=16)) == "in"


async def test_a_hundred_guesses_at_once_are_not_a_hundred_free_ones(database):
    await make()
    outcomes = await asyncio.gather(*(attempt(f"guess number {number}") for number in range(20)))
    assert sorted(outcomes) == ["sign_in_failed"] * 8 + ["sign_in_paused"] * 12


async def test_the_table_knows_no_token_and_no_address(database):
    account_id = await make()
    token = await sessions.open_session(account_id, NOW)
    await attempt("wrong", address="198.51.100.7")
    rows = str(await Session.select()) + str(await SignInFailure.select())
    assert token not in rows
    assert "198.51.100.7" not in rows
    assert "ling" not in rows


async def test_an_account_that_does_not_exist_is_answered_like_a_wrong_password(database):
    await make()
    assert await attempt("wrong", sign_in="nobody") == await attempt("wrong") == "sign_in_failed"


async def test_an_account_that_was_never_activated_cannot_sign_in(database):
    await accounts.create_account("new", "新", [], "cli", NOW)
    assert await attempt("", sign_in="new") == "password_empty"
    assert await attempt("nobody", sign_in="new") == "sign_in_failed"


async def test_a_session_ends_by_itself(database):
    token = await sessions.open_session(await make(), NOW)
    assert await sessions.from_token(token, NOW + sessions.LIFETIME - timedelta(seconds=1)) is not None
    assert await sessions.from_token(token, NOW + sessions.LIFETIME) is None


async def test_signing_out_closes_one_session_and_everywhere_closes_all(database):
    account_id = await make()
    tokens = [await sessions.open_session(account_id, NOW) for _ in range(3)]
    first = await sessions.from_token(tokens[0], NOW)
    assert first is not None
    await sessions.sign_out(first)
    assert [await sessions.from_token(token, NOW) is not None for token in tokens] == [False, True, True]
    second = await sessions.from_token(tokens[1], NOW)
    assert second is not None
    await sessions.sign_out_everywhere(second)
    assert [await sessions.from_token(token, NOW) for token in tokens] == [None, None, None]


@pytest.mark.parametrize("token", ["", "x", "ÿ" * 50, "' or 1=1 --"])
async def test_junk_tokens_open_nothing(database, token):
    await make()
    assert await sessions.from_token(token, NOW) is None


async def test_both_fields_empty_are_two_problems(database):
    with pytest.raises(Refused) as refused:
        await sessions.sign_in(" ", "", "", NOW)
    assert refused.value.problems == (Problem("sign_in_name_empty", "sign_in"), Problem("password_empty", "password"))
