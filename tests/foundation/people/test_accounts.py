"""Accounts: created by an officer, activated by their owner, closed and opened again."""

import asyncio
import json
from datetime import UTC, datetime

import pytest

from foundation.base.problem import Problem, Refused
from foundation.people import accounts, privacy, sessions
from foundation.people.accounts import AccountFacts
from foundation.people.posts import Post
from foundation.people.tables import Account
from foundation.store import ledger
from foundation.store.tables import LedgerEntry
from foundation.work.outbox_tables import OutboxMessage

NOW = datetime(2026, 11, 2, 8, tzinfo=UTC)


async def refusal_of(work) -> tuple[Problem, ...]:
    with pytest.raises(Refused) as refused:
        await work
    return refused.value.problems


async def test_an_account_is_created_activated_and_signs_in(database):
    account_id, code = await accounts.create_account(" Feng.Yanqiu ", "冯砚秋", ["organiser"], "cli", NOW)
    roles = frozenset({"organiser"})
    assert await accounts.find("FENG.yanqiu") == AccountFacts(
        account_id, "feng.yanqiu", "冯砚秋", active=True, activated=False, roles=roles, organisation_id=1,
        organisation="省总工会", path="1.", phone="", posts=(Post(account_id, 1, "省总工会", "1.", roles),),
    )  # fmt: skip
    typed = code.lower()[:13] + " - " + code.lower()[13:]
    assert await accounts.activate("feng.yanqiu", typed, "青花分水一千四百片试片") == account_id
    token = await sessions.sign_in("feng.yanqiu", "青花分水一千四百片试片", "10.0.0.1", NOW)
    user = await sessions.from_token(token, NOW)
    assert user is not None
    assert (user.account_id, user.name, user.roles) == (account_id, "冯砚秋", frozenset({"organiser"}))
    assert [entry.act for entry in await ledger.entries(f"account:{account_id}")] == [
        "account.activated",
        "post.given",
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
    assert await sessions.from_token(token, NOW) is None  # it does not live again with the account


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


PHONE = "13800138000"


async def test_an_account_needs_a_name_or_a_phone_number_and_a_number_typed_as_the_name_is_kept_as_one(database):
    assert await refusal_of(accounts.create_account(" ", "凌", [], "cli", NOW)) == (
        Problem("account_name_empty", "sign_in"),
    )
    account_id, _ = await accounts.create_account(PHONE, "凌", [], "cli", NOW)
    found = await accounts.by_id(account_id)
    assert (found.phone, found.sign_in[:2]) == ("138****8000", "u-")
    assert PHONE not in str(await Account.select())


async def test_a_phone_number_belongs_to_one_account(database):
    await accounts.create_account("ling", "凌", [], "cli", NOW, phone=PHONE)
    other, _ = await accounts.create_account("tan", "谭", [], "cli", NOW)
    taken = (Problem("account_phone_taken", "phone"),)
    assert await refusal_of(accounts.create_account("fu", "傅", [], "cli", NOW, phone="+86 " + PHONE)) == taken
    assert await refusal_of(accounts.change_phone(other, PHONE, "cli")) == taken
    assert [problem.code for problem in await refusal_of(accounts.change_phone(other, "12345", "cli"))] == [
        "identity_phone"
    ]
    await accounts.change_phone(other, "13900139000", "cli")
    assert (await accounts.find("139 0013 9000")).id == other
    await accounts.change_phone(other, "", "cli")
    assert await accounts.find("13900139000") is None


async def test_of_two_who_create_an_account_for_one_phone_number_at_once_one_is_refused(database):
    async def create(number: int) -> str:
        try:
            await accounts.create_account(f"twin{number}", "双", [], "cli", NOW, phone=PHONE)
        except Refused as refusal:
            return refusal.problems[0].code
        return "made"

    outcomes = sorted(await asyncio.gather(*(create(number) for number in range(4))))
    assert outcomes == ["account_phone_taken"] * 3 + ["made"]


async def test_the_code_goes_to_the_phone_where_a_gateway_is_set(database, monkeypatch):
    await accounts.create_account("", "凌", [], "cli", NOW, phone=PHONE, words=lambda code: f"code {code}")
    assert await OutboxMessage.count() == 0
    monkeypatch.setenv("GANPO_SMS_URL", "http://127.0.0.1:9/sms")
    account_id, code = await accounts.create_account(
        "", "谭", [], "cli", NOW, phone="13900139000", words=lambda code: f"code {code}"
    )
    fresh = await accounts.new_activation(account_id, "cli", NOW, lambda code: f"again {code}")
    rows = await OutboxMessage.select(OutboxMessage.recipient, OutboxMessage.content_sealed).order_by(OutboxMessage.id)
    assert [json.loads(privacy.opened(row["content_sealed"])) for row in rows] == [
        ["13900139000", f"code {code}"],
        ["13900139000", f"again {fresh}"],
    ]
    assert {row["recipient"] for row in rows} == {"139****9000"}


async def test_the_ledger_knows_neither_names_nor_numbers_nor_codes(database):
    account_id, code = await accounts.create_account("ling", "凌云", ["clerk"], "cli", NOW, phone=PHONE)
    await accounts.change_phone(account_id, "13900139000", "account:1")
    written = str(await LedgerEntry.select())
    assert not [word for word in ("ling", "凌云", PHONE, "13900139000", code) if word in written]
