"""Second factors: who needs one, codes that are taken once, recovery codes, and what a lost phone costs."""

import asyncio
import json
from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from foundation.base.problem import Problem, Refused
from foundation.people import (
    accounts,
    factor_reset,
    factor_rules,
    factors,
    one_time,
    pending_sign_ins,
    recovery,
    sessions,
)
from foundation.people.factor_tables import PendingSignIn, RecoveryCode, SecondFactor
from foundation.people.factors import Factor, Need
from foundation.store import ledger
from foundation.store.transactions import transaction

NOW = datetime(2026, 5, 12, 8, 30, 5, tzinfo=UTC)
OFFICER = frozenset({"officer"})
LATER = NOW + timedelta(minutes=5)


def code_at(secret: str, at: datetime) -> str:
    return pyotp.TOTP(secret).at(at)


async def somebody(sign_in: str = "guan", roles: tuple[str, ...] = ("officer",)) -> int:
    return (await accounts.create_account(sign_in, sign_in, roles, "test", NOW))[0]


async def enrolled(account_id: int, at: datetime = NOW) -> tuple[str, list[str]]:
    """The phone's secret and the recovery codes of one who set it up."""
    await factors.begin(account_id, at)
    secret = await factors.secret_to_scan(account_id)
    return secret, await factors.confirm(account_id, code_at(secret, at), at)


async def refused(work) -> list[Problem]:
    with pytest.raises(Refused) as refusal:
        await work
    return list(refusal.value.problems)


WRONG = [Problem("factor_code_wrong", "code")]


async def test_a_role_that_asks_for_one_makes_its_holders_enrol(database):
    guan = await somebody()
    assert await factors.needed(guan, OFFICER) is Need.NONE
    await factor_rules.ask_of(["officer", "signer"], "account:9")
    assert await factor_rules.asking() == {"officer", "signer"}
    assert await factors.needed(guan, OFFICER) is Need.ENROL
    assert await factors.needed(guan, frozenset({"clerk"})) is Need.NONE
    assert await factors.needed(guan, frozenset()) is Need.NONE
    await enrolled(guan)
    assert await factors.needed(guan, OFFICER) is Need.CODE
    assert await factors.needed(guan, frozenset()) is Need.CODE  # whoever has one shows it
    await factor_rules.ask_of(["officer", "signer"], "account:9")
    await factor_rules.ask_of(["signer"], "account:9")
    assert [(entry.act, entry.actor, dict(entry.payload)) for entry in await ledger.entries(factor_rules.STREAM)] == [
        ("factor_rule.set", "account:9", {"role": "officer", "required": False}),
        ("factor_rule.set", "account:9", {"role": "signer", "required": True}),
        ("factor_rule.set", "account:9", {"role": "officer", "required": True}),
    ]


async def test_a_role_that_does_not_exist_changes_nothing(database):
    assert await refused(factor_rules.ask_of(["officer", "king"], "account:9")) == [
        Problem("role_unknown", "roles", {"role": "king"})
    ]
    assert await factor_rules.asking() == frozenset()


async def test_a_phone_counts_only_after_its_first_code(database):
    guan = await somebody()
    assert await factors.factor_of(guan) == Factor(None, 0)
    assert await refused(factors.confirm(guan, "123456", NOW)) == WRONG
    await factors.begin(guan, NOW)
    first = await factors.secret_to_scan(guan)
    await factors.begin(guan, NOW)  # a page opened earlier shows a key that nobody uses
    secret = await factors.secret_to_scan(guan)
    assert first != secret
    assert await factors.factor_of(guan) == Factor(None, 0)
    assert await factors.needed(guan, frozenset()) is Need.NONE
    assert await refused(factors.confirm(guan, " ", NOW)) == [Problem("factor_code_empty", "code")]
    assert await refused(factors.confirm(guan, code_at(first, NOW), NOW)) == [
        Problem("factor_first_code_wrong", "code")
    ]
    assert await refused(factors.check(guan, code_at(secret, NOW), NOW)) == WRONG
    codes = await factors.confirm(guan, code_at(secret, NOW), NOW)
    assert len(set(codes)) == recovery.MANY
    assert await factors.factor_of(guan) == Factor(NOW, 10)
    assert await factors.secret_to_scan(guan) == ""
    assert await refused(factors.confirm(guan, code_at(secret, NOW), NOW)) == [Problem("factor_not_begun", "code")]


async def test_the_stored_rows_tell_neither_secret_nor_codes(database):
    guan = await somebody()
    secret, codes = await enrolled(guan)
    stored = json.dumps([*await SecondFactor.select(), *await RecoveryCode.select()], default=str)
    told = json.dumps([dict(entry.payload) for entry in await ledger.entries(f"account:{guan}")])
    for hidden in (secret, *codes):
        assert hidden not in stored
        assert hidden not in told


async def test_a_code_opens_once(database):
    guan = await somebody()
    secret, _ = await enrolled(guan)
    assert await refused(factors.check(guan, code_at(secret, NOW), NOW)) == WRONG  # used up by setting up
    await factors.check(guan, code_at(secret, LATER), LATER)
    assert await refused(factors.check(guan, code_at(secret, LATER), LATER)) == WRONG
    assert await refused(factors.check(guan, code_at(secret, LATER - timedelta(seconds=30)), LATER)) == WRONG
    later = LATER + timedelta(seconds=30)
    spaced = code_at(secret, later)
    await factors.check(guan, f" {spaced[:3]} {spaced[3:]} ", later)


@pytest.mark.parametrize(("seconds", "right"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_a_clock_may_be_one_step_wrong(seconds, right):
    secret = pyotp.random_base32()
    here = int(LATER.timestamp()) // 30
    shown = code_at(secret, LATER + timedelta(seconds=seconds))
    assert one_time.step_of(secret, shown, LATER) == (here + seconds // 30 if right else None)


def test_codes_are_those_of_the_standard():
    """RFC 6238, appendix B: the last six of eight digits, SHA-1."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    for seconds, code in ((59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")):
        assert one_time.step_of(secret, code, datetime.fromtimestamp(seconds, UTC)) == seconds // 30
    assert one_time.step_of(secret, "２８７０８２", datetime.fromtimestamp(59, UTC)) == 1
    for junk in ("", "28708", "2870821", "28708a", "²87082", "𝟐𝟖𝟕", "x" * 10_000):
        assert one_time.step_of(secret, junk, datetime.fromtimestamp(59, UTC)) is None


async def test_of_two_who_send_the_same_code_at_once_one_gets_in(database):
    guan = await somebody()
    secret, codes = await enrolled(guan)
    for code in (code_at(secret, LATER), codes[0]):
        answers = await asyncio.gather(*(factors.check(guan, code, LATER) for _ in range(3)), return_exceptions=True)
        assert sorted(type(answer).__name__ for answer in answers) == ["NoneType", "Refused", "Refused"]


async def test_a_recovery_code_works_once_and_for_its_owner_only(database):
    guan, mei = await somebody(), await somebody("mei")
    _, codes = await enrolled(guan)
    await enrolled(mei)
    assert await refused(factors.check(mei, codes[0], LATER)) == WRONG
    await factors.check(guan, codes[0].lower()[:13] + " - " + codes[0].lower()[13:], LATER)
    assert await refused(factors.check(guan, codes[0], LATER)) == WRONG
    assert (await factors.factor_of(guan)).recovery_left == 9
    entry = (await ledger.entries(f"account:{guan}"))[0]
    assert (entry.act, entry.actor) == ("factor.recovery_code_used", f"account:{guan}")


async def test_new_recovery_codes_end_the_old_ones(database):
    guan = await somebody()
    secret, old = await enrolled(guan)
    assert await refused(factors.new_recovery_codes(guan, "000000", LATER)) == [
        Problem("factor_code_wrong", "renew_code")
    ]
    new = await factors.new_recovery_codes(guan, code_at(secret, LATER), LATER)
    assert await refused(factors.check(guan, old[3], LATER)) == WRONG
    await factors.check(guan, new[3], LATER)


async def test_guessing_is_paused_for_the_account_and_a_right_code_forgets_the_wrong_ones(database):
    guan, mei = await somebody(), await somebody("mei")
    secret, codes = await enrolled(guan)
    hers, _ = await enrolled(mei)
    for _ in range(factors.TRIES - 1):
        assert await refused(factors.check(guan, "000000", LATER)) == WRONG
    await factors.check(guan, code_at(secret, LATER), LATER)
    answers = await asyncio.gather(*(factors.check(guan, "000000", LATER) for _ in range(12)), return_exceptions=True)
    told = [answer.problems[0].code for answer in answers if isinstance(answer, Refused)]
    assert (told.count("factor_code_wrong"), told.count("factor_paused")) == (factors.TRIES, 12 - factors.TRIES)
    assert await refused(factors.check(guan, codes[0], LATER)) == [Problem("factor_paused", "code", {"minutes": "11"})]
    await factors.check(mei, code_at(hers, LATER), LATER)
    after = LATER + factors.WINDOW
    await factors.check(guan, codes[0], after)


async def test_another_phone_takes_over_only_with_its_first_code(database):
    guan = await somebody()
    old, codes = await enrolled(guan)
    await factors.begin(guan, LATER)
    new = await factors.secret_to_scan(guan)
    await factors.check(guan, code_at(old, LATER), LATER)
    later = LATER + timedelta(minutes=1)
    await factors.confirm(guan, code_at(new, later), later)
    much = later + timedelta(minutes=1)
    assert await refused(factors.check(guan, code_at(old, much), much)) == WRONG
    assert await refused(factors.check(guan, codes[0], much)) == WRONG
    await factors.check(guan, code_at(new, much), much)


async def test_it_is_turned_off_with_a_code_and_only_where_no_post_asks_for_it(database):
    guan = await somebody()
    secret, _ = await enrolled(guan)
    await factor_rules.ask_of(["officer"], "account:9")
    assert await refused(factors.turn_off(guan, OFFICER, code_at(secret, LATER), LATER)) == [
        Problem("factor_required", "off_code")
    ]
    await factor_rules.ask_of([], "account:9")
    assert await refused(factors.turn_off(guan, OFFICER, "000000", LATER)) == [Problem("factor_code_wrong", "off_code")]
    await factors.turn_off(guan, OFFICER, code_at(secret, LATER), LATER)
    assert await factors.needed(guan, OFFICER) is Need.NONE
    assert await RecoveryCode.count() == 0
    assert await refused(factors.turn_off(guan, OFFICER, "000000", LATER)) == [Problem("factor_code_wrong", "off_code")]


async def test_an_officer_resets_a_lost_phone_and_everything_open_ends(database):
    guan, boss = await somebody(), await somebody("boss")
    _, codes = await enrolled(guan)
    token = await sessions.open_session(guan, LATER)
    waiting = await pending_sign_ins.start(guan, LATER)
    assert await refused(factor_reset.reset(guan, guan)) == [Problem("factor_is_own")]
    assert await refused(factor_reset.reset(boss, guan)) == [Problem("factor_none")]
    await factor_reset.reset(guan, boss)
    assert await sessions.from_token(token, LATER) is None
    assert await pending_sign_ins.who(waiting, LATER) is None
    assert await refused(factors.check(guan, codes[0], LATER)) == WRONG
    entry = (await ledger.entries(f"account:{guan}"))[0]
    assert (entry.act, entry.actor, dict(entry.payload)) == ("factor.reset", f"account:{boss}", {})


async def test_a_sign_in_that_waits_is_good_for_one_session_and_ten_minutes(database):
    guan = await somebody()
    token = await pending_sign_ins.start(guan, NOW)
    assert await pending_sign_ins.who(token, NOW) == guan
    assert await pending_sign_ins.who("x", NOW) is None
    assert await pending_sign_ins.who(token, NOW + pending_sign_ins.LIFETIME) is None
    assert token not in json.dumps(await PendingSignIn.select(), default=str)
    answers = await asyncio.gather(*(pending_sign_ins.finish(token) for _ in range(3)))
    assert sorted(answers) == [False, False, True]
    assert await pending_sign_ins.who(token, NOW) is None
    closed = await pending_sign_ins.start(guan, NOW)
    await accounts.set_active(guan, active=False, by="test")
    assert await pending_sign_ins.who(closed, NOW) is None


async def test_a_check_opens_its_own_transactions(database):
    guan = await somebody()
    secret, _ = await enrolled(guan)
    with pytest.raises(Exception, match="do not nest"):
        async with transaction():
            await factors.check(guan, code_at(secret, LATER), LATER)
