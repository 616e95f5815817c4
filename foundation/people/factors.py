"""Second factors by one-time password (RFC 6238): the only writer of `SecondFactor`.

Whoever holds a role that asks for one enrols before getting any further (`factor_rules.py`). A code is taken once:
its 30-second step is remembered, and of two who send it at the same time one gets in. Sentences and pages are
elsewhere; a phone's secret is sealed and stands in no ledger.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Any

from foundation.base.problem import Problem, Refused
from foundation.people import factor_rules, recovery
from foundation.people.factor_tables import SecondFactor
from foundation.people.one_time import is_one_time, new_secret, step_of
from foundation.people.privacy import opened, seal
from foundation.store import ledger
from foundation.store.conflicts import tried_again
from foundation.store.locks import lock_row
from foundation.store.transactions import transaction

TRIES = 6  # codes in a window, for one account, wherever they come from
WINDOW = timedelta(minutes=15)


class Need(Enum):
    """What an account still owes after the right password."""

    NONE = "none"
    CODE = "code"
    ENROL = "enrol"


@dataclass(frozen=True, slots=True)
class Factor:
    """What an account has: since when, and how many recovery codes are left."""

    enrolled_at: datetime | None
    recovery_left: int

    @property
    def on(self) -> bool:
        return self.enrolled_at is not None


async def needed(account_id: int, roles: frozenset[str]) -> Need:
    """What this account must still show before it gets a session; `roles` are those of all its posts."""
    if await SecondFactor.exists().where(SecondFactor.account == account_id, SecondFactor.secret != ""):
        return Need.CODE
    return Need.ENROL if await factor_rules.asked_of(roles) else Need.NONE


async def factor_of(account_id: int) -> Factor:
    """What this account has."""
    row = await SecondFactor.select().where(SecondFactor.account == account_id).first()
    if row is None or not row["secret"]:
        return Factor(None, 0)
    return Factor(row["enrolled_at"], await recovery.left(account_id))


async def check(account_id: int, code: str, now: datetime, field: str = "code") -> None:
    """Take a code of the account's phone, or one of its recovery codes. Raises Refused.

    Opens transactions of its own; call it outside of any. Counted before it is looked at, so that a hundred guesses
    at once are not a hundred free ones.
    """
    typed = "".join(code.split())
    if not typed:
        raise Refused(Problem("factor_code_empty", field))
    await _count_attempt(account_id, now, field)
    async with transaction():
        row = await SecondFactor.select().where(SecondFactor.account == account_id, SecondFactor.secret != "").first()
        taken = False
        if row is not None and is_one_time(typed):
            taken = await _take_step(account_id, opened(row["secret"]), typed, now)
        elif row is not None:
            taken = await recovery.use(account_id, typed, now)
        if not taken:
            raise Refused(Problem("factor_code_wrong", field))
        await SecondFactor.update({SecondFactor.failures: 0}).where(SecondFactor.account == account_id)


@tried_again
async def begin(account_id: int, now: datetime) -> None:
    """Start to set up a phone, the first or another. What is in use stays so until the new one's code was right.

    The secret is a fresh one each time: whoever saw an earlier page shall not know what is used from now on.
    """
    fresh = seal(new_secret())
    async with transaction():
        await SecondFactor.insert(
            SecondFactor(account=account_id, secret="", next_secret="", window_started_at=now)
        ).on_conflict(action="DO NOTHING")
        await SecondFactor.update({SecondFactor.next_secret: fresh}).where(SecondFactor.account == account_id)


async def secret_to_scan(account_id: int) -> str:
    """The secret of the phone that is being set up, "" where none is; never that of one in use."""
    row = await SecondFactor.select(SecondFactor.next_secret).where(SecondFactor.account == account_id).first()
    return opened(row["next_secret"]) if row is not None and row["next_secret"] else ""


async def confirm(account_id: int, code: str, now: datetime, field: str = "code") -> list[str]:
    """The new phone's first code was right: it is in use from now on. Answers ten recovery codes. Raises Refused."""
    typed = "".join(code.split())
    if not typed:
        raise Refused(Problem("factor_code_empty", field))
    await _count_attempt(account_id, now, field)
    codes: list[str] = []
    async with transaction():
        row = await _locked(account_id)
        if row is None or not row["next_secret"]:
            raise Refused(Problem("factor_not_begun", field))
        step = step_of(opened(row["next_secret"]), typed, now)
        if step is None:
            raise Refused(Problem("factor_first_code_wrong", field))
        await SecondFactor.update(
            {
                SecondFactor.secret: row["next_secret"],
                SecondFactor.next_secret: "",
                SecondFactor.enrolled_at: now.astimezone(UTC),
                SecondFactor.last_step: step,
                SecondFactor.failures: 0,
            }
        ).where(SecondFactor.id == row["id"])
        codes = await recovery.issue(account_id)
        _record(account_id, "factor.enrolled", f"account:{account_id}")
    return codes


async def new_recovery_codes(account_id: int, code: str, now: datetime) -> list[str]:
    """Ten new recovery codes for one who shows a code of the phone; the old ones end. Raises Refused."""
    await check(account_id, code, now, "renew_code")
    codes: list[str] = []
    async with transaction():
        codes = await recovery.issue(account_id)
        _record(account_id, "factor.recovery_codes_renewed", f"account:{account_id}")
    return codes


async def turn_off(account_id: int, roles: frozenset[str], code: str, now: datetime) -> None:
    """Do without, where no role of the account asks for one. Raises Refused."""
    if await factor_rules.asked_of(roles):
        raise Refused(Problem("factor_required", "off_code"))
    await check(account_id, code, now, "off_code")
    async with transaction():
        await take_away(account_id, "factor.turned_off", f"account:{account_id}")


async def take_away(account_id: int, act: str, by: str) -> None:
    """Inside the caller's transaction: the account has no second factor any more. Raises Refused where it had none."""
    gone = await SecondFactor.delete().where(SecondFactor.account == account_id).returning(SecondFactor.id)
    if not gone:
        raise Refused(Problem("factor_none"))
    await recovery.forget(account_id)
    _record(account_id, act, by)


async def _locked(account_id: int) -> dict[str, Any] | None:
    """The account's row, locked until the transaction ends and then read."""
    mine = SecondFactor.account == account_id
    found = await SecondFactor.select(SecondFactor.id).where(mine).first()
    if found is None or not await lock_row(SecondFactor, found["id"]):
        return None
    row: dict[str, Any] | None = await SecondFactor.select().where(mine).first()
    return row


@tried_again
async def _count_attempt(account_id: int, now: datetime, field: str) -> None:
    async with transaction():
        mine = SecondFactor.account == account_id
        rows = (
            await SecondFactor.update({SecondFactor.failures: SecondFactor.failures + 1})
            .where(mine)
            .returning(SecondFactor.failures, SecondFactor.window_started_at)
        )
        if not rows:
            raise Refused(Problem("factor_code_wrong", field))
        since = now - rows[0]["window_started_at"]
        if since > WINDOW:
            await SecondFactor.update({SecondFactor.failures: 1, SecondFactor.window_started_at: now}).where(mine)
        elif rows[0]["failures"] > TRIES:
            minutes = int((WINDOW - since).total_seconds() // 60) + 1
            raise Refused(Problem("factor_paused", field, {"minutes": str(minutes)}))


async def _take_step(account_id: int, secret: str, typed: str, now: datetime) -> bool:
    """One statement takes the step and all before it, so that no code is ever taken twice."""
    step = step_of(secret, typed, now)
    if step is None:
        return False
    taken = (
        await SecondFactor.update({SecondFactor.last_step: step})
        .where(SecondFactor.account == account_id, SecondFactor.last_step < step)
        .returning(SecondFactor.id)
    )
    return bool(taken)


def _record(account_id: int, act: str, by: str) -> None:
    ledger.record(stream=f"account:{account_id}", act=act, actor=by)
