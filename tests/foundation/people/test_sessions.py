"""Sessions: throttled at the door, hashed in the table, closed here or everywhere."""

import asyncio
from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from foundation.base.problem import Problem, Refused
from foundation.people import accounts, factor_rules, factors, posts, sessions
from foundation.people.tables import Account, Session, SignInFailure
from foundation.store.transactions import transaction

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


async def test_a_renewed_activation_code_ends_the_sessions_that_are_open(database):
    account_id, other = await make(), await make("tan")
    tokens = [await sessions.open_session(account_id, NOW) for _ in range(2)]
    theirs = await sessions.open_session(other, NOW)
    await accounts.new_activation(account_id, "account:1")
    assert [await sessions.from_token(token, NOW) for token in tokens] == [None, None]
    assert await sessions.from_token(theirs, NOW) is not None


async def test_a_phone_number_signs_in_however_it_is_typed_and_the_table_does_not_know_it(database):
    account_id, code = await accounts.create_account("", "凌", [], "cli", NOW, phone="138 0013-8000")
    assert await accounts.activate("+86 13800138000", code, PASSWORD) == account_id
    for typed in ("13800138000", "１３８ ００１３ ８０００", "+86-138-0013-8000"):
        assert await sessions.check_password(typed, PASSWORD, "", NOW) == account_id
    assert await attempt(PASSWORD, sign_in="13800138001") == "sign_in_failed"
    assert "13800138000" not in str(await Account.select())
    assert (await accounts.find("13800138000")).phone == "138****8000"


async def test_both_names_of_an_account_count_as_one_at_the_door(database):
    _, code = await accounts.create_account("ling", "凌", [], "cli", NOW, phone="13800138000")
    await accounts.activate("ling", code, PASSWORD)
    assert [await attempt("wrong", sign_in=name) for name in ["ling", "13800138000"] * 4] == ["sign_in_failed"] * 8
    assert await attempt(PASSWORD, sign_in="13800138000") == "sign_in_paused"


async def proved(user: sessions.SignedIn, password: str, code: str = "", now: datetime = NOW) -> str:
    try:
        await sessions.prove(user, password, code, "10.1.1.1", now)
    except Refused as refusal:
        return refusal.problems[0].code
    return "proved"


async def signed_in(account_id: int) -> sessions.SignedIn:
    user = await sessions.from_token(await sessions.open_session(account_id, NOW), NOW)
    assert user is not None
    return user


async def test_who_confirms_proves_once_more_who_they_are(database):
    user = await signed_in(await make())
    assert [await proved(user, typed) for typed in ("", "wrong", PASSWORD)] == [
        "password_empty",
        "prove_failed",
        "proved",
    ]
    await accounts.set_active(user.account_id, active=False, by="cli")
    assert await proved(user, PASSWORD) == "prove_failed"


async def test_proving_is_throttled_together_with_the_door(database):
    user = await signed_in(await make())
    assert [await proved(user, "wrong") for _ in range(4)] == ["prove_failed"] * 4
    assert [await attempt("wrong") for _ in range(4)] == ["sign_in_failed"] * 4
    assert (await proved(user, PASSWORD), await attempt(PASSWORD)) == ("sign_in_paused", "sign_in_paused")
    assert await proved(user, PASSWORD, now=NOW + timedelta(minutes=16)) == "proved"


async def test_a_second_factor_is_asked_for_where_there_is_one(database):
    user = await signed_in(await make())
    await factors.begin(user.account_id, NOW)
    phone = pyotp.TOTP(await factors.secret_to_scan(user.account_id))
    await factors.confirm(user.account_id, phone.at(NOW), NOW)
    assert await proved(user, PASSWORD) == "factor_code_empty"
    assert await proved(user, PASSWORD, "000000") == "factor_code_wrong"
    later = NOW + timedelta(minutes=1)
    assert await proved(user, PASSWORD, phone.at(later), later) == "proved"
    assert await proved(user, PASSWORD, phone.at(later), later) == "factor_code_wrong"


async def test_who_should_have_a_second_factor_and_has_none_confirms_nothing(database):
    account_id = await make()
    await posts.give(account_id, 1, ["reviewer"], "cli", NOW)
    await factor_rules.ask_of(["reviewer"], "cli")
    assert await proved(await signed_in(account_id), PASSWORD) == "prove_needs_factor"


async def test_a_session_that_a_card_opened_knows_what_it_is_good_for_and_wears_no_hat(database):
    account_id = await make()
    await posts.give(account_id, 1, ["officer"], "cli", NOW)
    until = NOW + timedelta(hours=1)
    async with transaction():
        token, session_id = await sessions.open_until(account_id, NOW, until, "contest:2026-1-03")
    user = await sessions.from_token(token, NOW)
    assert user == sessions.SignedIn(account_id, "凌", user.csrf, session_id, None, (), "contest:2026-1-03")
    assert await sessions.from_token(token, until) is None
