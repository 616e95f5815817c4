"""Accounts: the only writer of `Account`. Who reads them finds the loader's names here too.

Every act stands in the ledger's stream `account:<id>`; neither names, phone numbers nor passwords do.
"""

import re
from collections.abc import Callable, Iterable
from datetime import datetime

import foundation.people.sealed_messages  # noqa: F401 - codes wait sealed until they are sent
from foundation.base import identity, secrets
from foundation.base.problem import Problem, Refused
from foundation.people import organisation_moves, passwords, posts, privacy, session_ends, venue_pins
from foundation.people.account_facts import (
    AccountFacts,
    as_phone,
    by_id,
    by_ids,
    find,
    folded,
    keeps,
    known_as,
    newest,
)
from foundation.people.grants import Role
from foundation.people.organisation_tables import ROOT_ID
from foundation.people.tables import Account
from foundation.store import ledger
from foundation.store.conflicts import tried_again
from foundation.store.locks import lock_name, lock_row
from foundation.store.transactions import transaction
from foundation.work import outbox

__all__ = [
    "ROOT_ID", "AccountFacts", "activate", "by_id", "by_ids", "change_phone", "create_account", "find", "folded",
    "keeps", "known_as", "new_activation", "newest", "problems_with", "set_active",
]  # fmt: skip

privacy.SEALED.append(Account.phone_sealed)

Words = Callable[[str], str]  # an activation code -> the text of a short message with it

_SIGN_IN = re.compile(r"[\w.\-@+]{2,64}")


def problems_with(sign_in: str, name: str, roles: Iterable[str], phone: str = "") -> list[Problem]:
    """What is wrong with a new account's facts."""
    problems = []
    if not phone and not folded(sign_in):
        problems.append(Problem("account_name_empty", "sign_in"))
    elif folded(sign_in) and not _SIGN_IN.fullmatch(folded(sign_in)):
        problems.append(Problem("account_name_form", "sign_in", {"sign_in": sign_in}))
    if not name.strip():
        problems.append(Problem("person_name_empty", "name"))
    elif len(name.strip()) > 64:
        problems.append(Problem("person_name_long", "name"))
    if phone:
        problems += identity.check_phone(identity.read_phone(phone))
    known = {role.value for role in Role}
    problems += [Problem("role_unknown", "roles", {"role": role}) for role in roles if role not in known]
    return problems


@tried_again
async def create_account(
    sign_in: str,
    name: str,
    roles: Iterable[str],
    by: str,
    now: datetime,
    *,
    organisation_id: int = ROOT_ID,
    phone: str = "",
    words: Words | None = None,
) -> tuple[int, str]:
    """Make an account and answer its id and the activation code, which is shown this once.

    `by` is the acting account as the ledger writes it (`account:3`, or `cli`). The roles are given at the
    organisation, which looks after the account from now on. One of name and phone number is enough: a phone number
    typed as the name is kept as a phone number, and who has no name gets a made-up one. With `words` the code also goes
    to the phone, where a setting names a gateway. Raises Refused.
    """
    roles = sorted(set(roles))
    if typed := as_phone(sign_in):
        sign_in, phone = "", phone or typed
    if problems := problems_with(sign_in, name, roles, phone):
        raise Refused(*problems)
    phone, code = identity.read_phone(phone), secrets.new_code()
    account_id = 0
    async with transaction():
        if phone:
            await _check_phone_free(phone)
        await posts.lock_place(organisation_id)
        made = await Account.insert(
            Account(
                sign_in=folded(sign_in) or f"u-{secrets.new_code()[:10].lower()}",
                name=name.strip(),
                password_hash="",
                activation_hash=secrets.digest(code),
                created_at=now,
                organisation=organisation_id,
                phone_hash=_hash_of(phone),
                phone_sealed=privacy.seal(phone),
            )
        ).on_conflict(action="DO NOTHING")
        if not made:
            raise Refused(Problem("account_name_taken", "sign_in", {"sign_in": sign_in}))
        account_id = int(made[0]["id"])
        payload = {"organisation": organisation_id, "roles": [str(role) for role in roles]}
        ledger.record(stream=f"account:{account_id}", act="account.created", actor=by, payload=payload)
        await posts.put(account_id, organisation_id, roles, by, now)
        if phone and words:
            await outbox.post("sms", phone, "", words(code), now)
    return account_id, code


@tried_again
async def new_activation(account_id: int, by: str, now: datetime | None = None, words: Words | None = None) -> str:
    """A fresh activation code for someone who forgot the password.

    The old code, the password, the venue PIN and open sessions end.

    With `words` and `now` it also goes to their phone, where a setting names a gateway.
    """
    code = secrets.new_code()
    async with transaction():
        await lock_row(Account, account_id)
        await Account.update({Account.activation_hash: secrets.digest(code), Account.password_hash: ""}).where(
            Account.id == account_id
        )
        await session_ends.end_all(account_id)
        await venue_pins.forget(account_id)
        ledger.record(stream=f"account:{account_id}", act="account.activation_renewed", actor=by)
        row = await Account.select(Account.phone_sealed).where(Account.id == account_id).first()
        if row and row["phone_sealed"] and words and now:
            await outbox.post("sms", privacy.opened(row["phone_sealed"]), "", words(code), now)
    return code


@tried_again
async def activate(typed: str, code: str, password: str, field: str = "password") -> int:
    """Set the first password with the code that was handed out; answers the account's id. Raises Refused."""
    if problems := passwords.problems_with(password, typed, field):
        raise Refused(*problems)
    code_hash = secrets.digest(secrets.read_code(code))
    if not await Account.exists().where(known_as(typed), Account.activation_hash == code_hash):
        raise Refused(Problem("activation_failed", "code"))  # before the costly hash, which a stranger may not cause
    hashed = await passwords.hash_password(password)
    async with transaction():
        account_id = await _use_code(typed, code_hash, hashed)
        await session_ends.end_all(account_id)  # what another password began
        ledger.record(stream=f"account:{account_id}", act="account.activated", actor=f"account:{account_id}")
    return account_id


async def use_up_activation(account_id: int, code: str) -> None:
    """Within the caller's transaction: who holds the code has shown it, and it opens nothing more. Raises Refused."""
    used = (
        await Account.update({Account.activation_hash: ""})
        .where(
            Account.id == account_id,
            Account.activation_hash == secrets.digest(secrets.read_code(code)),
            Account.active == True,  # noqa: E712 - a column, not a truth
        )
        .returning(Account.id)
    )
    if not used:
        raise Refused(Problem("venue_proof_wrong", "proof"))
    ledger.record(stream=f"account:{account_id}", act="account.code_used", actor=f"account:{account_id}")


@tried_again
async def set_active(account_id: int, active: bool, by: str) -> None:
    """Close an account, or open it again. A closed account's sessions end, so that none lives again with it."""
    async with transaction():
        await lock_row(Account, account_id)
        if not active:
            await session_ends.end_all(account_id)
        await Account.update({Account.active: active}).where(Account.id == account_id)
        act = "account.opened" if active else "account.closed"
        ledger.record(stream=f"account:{account_id}", act=act, actor=by)


@tried_again
async def change_phone(account_id: int, phone: str, by: str) -> None:
    """Another phone number to sign in with, or none (""). Raises Refused."""
    phone = identity.read_phone(phone)
    if phone and (problems := identity.check_phone(phone)):
        raise Refused(*problems)
    async with transaction():
        if phone:
            await _check_phone_free(phone, account_id)
        await lock_row(Account, account_id)
        await Account.update({Account.phone_hash: _hash_of(phone), Account.phone_sealed: privacy.seal(phone)}).where(
            Account.id == account_id
        )
        ledger.record(
            stream=f"account:{account_id}", act="account.phone_changed", actor=by, payload={"kept": bool(phone)}
        )


async def follow_merge(gone_id: int, into_id: int) -> None:
    """Within the transaction that merges two organisations: who was looked after by the one is so by the other."""
    await Account.update({Account.organisation: into_id}).where(Account.organisation == gone_id)


organisation_moves.on_merge(follow_merge)


def _hash_of(phone: str) -> str:
    return privacy.keyed_hash("phone", phone) if phone else ""


async def _check_phone_free(phone: str, account_id: int = 0) -> None:
    await lock_name("telephones")  # one at a time, so that of two who type the same number one is told so
    if await Account.exists().where(known_as(phone), Account.id != account_id):
        raise Refused(Problem("account_phone_taken", "phone"))


async def _use_code(typed: str, code_hash: str, password_hash: str) -> int:
    """One statement takes the code and sets the password, so that of two who hold it only the first gets in."""
    rows = (
        await Account.update({Account.password_hash: password_hash, Account.activation_hash: ""})
        .where(
            known_as(typed),
            Account.activation_hash == code_hash,
            Account.active == True,  # noqa: E712 - a column, not a truth
        )
        .returning(Account.id)
    )
    if not rows:
        raise Refused(Problem("activation_failed", "code"))
    return int(rows[0]["id"])
