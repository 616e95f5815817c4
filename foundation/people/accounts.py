"""Accounts: the only writer of `Account` and `Grant`.

Every act stands in the ledger's stream `account:<id>`; neither names nor passwords do.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from foundation.base import secrets
from foundation.base.problem import Problem, Refused
from foundation.people import passwords
from foundation.people.grants import Role
from foundation.people.tables import Account, Grant, Session
from foundation.store import ledger
from foundation.store.transactions import transaction

LONGEST_TYPED = 200

_SIGN_IN = re.compile(r"[\w.\-@+]{2,64}")


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """An account as officers and organisers see it."""

    id: int
    sign_in: str
    name: str
    active: bool
    activated: bool
    roles: frozenset[str]


def folded(sign_in: str) -> str:
    """The one form under which what people type at the door is compared and stored."""
    sign_in = sign_in[:LONGEST_TYPED]  # normalising is slow on what no account can be
    return unicodedata.normalize("NFKC", sign_in).strip().casefold()


def problems_with(sign_in: str, name: str, roles: Iterable[str]) -> list[Problem]:
    """What is wrong with a new account's facts."""
    problems = []
    if not _SIGN_IN.fullmatch(folded(sign_in)):
        problems.append(Problem("account_name_form", "sign_in", {"sign_in": sign_in}))
    if not name.strip():
        problems.append(Problem("person_name_empty", "name"))
    elif len(name.strip()) > 64:
        problems.append(Problem("person_name_long", "name"))
    known = {role.value for role in Role}
    problems += [Problem("role_unknown", "roles", {"role": role}) for role in roles if role not in known]
    return problems


async def create_account(sign_in: str, name: str, roles: Iterable[str], by: str, now: datetime) -> tuple[int, str]:
    """Make an account and answer its id and the activation code, which is shown this once.

    `by` is the acting account as the ledger writes it (`account:3`, or `cli`). Raises Refused.
    """
    roles = sorted(set(roles))
    if problems := problems_with(sign_in, name, roles):
        raise Refused(*problems)
    code = secrets.new_code()
    async with transaction():
        made = await Account.insert(
            Account(
                sign_in=folded(sign_in),
                name=name.strip(),
                password_hash="",
                activation_hash=secrets.digest(code),
                created_at=now,
            )
        ).on_conflict(action="DO NOTHING")
        if not made:
            raise Refused(Problem("account_name_taken", "sign_in", {"sign_in": sign_in}))
        account_id = int(made[0]["id"])
        for role in roles:
            await Grant(account=account_id, role=role, granted_at=now).save()
        ledger.record(
            stream=f"account:{account_id}", act="account.created", actor=by, payload={"roles": [str(r) for r in roles]}
        )
    return account_id, code


async def new_activation(account_id: int, by: str) -> str:
    """A fresh activation code for someone who forgot the password; the old one, the password and open sessions end."""
    code = secrets.new_code()
    async with transaction():
        await Account.update({Account.activation_hash: secrets.digest(code), Account.password_hash: ""}).where(
            Account.id == account_id
        )
        await Session.delete().where(Session.account == account_id)
        ledger.record(stream=f"account:{account_id}", act="account.activation_renewed", actor=by)
    return code


async def activate(sign_in: str, code: str, password: str, field: str = "password") -> int:
    """Set the first password with the code that was handed out; answers the account's id. Raises Refused."""
    if problems := passwords.problems_with(password, sign_in, field):
        raise Refused(*problems)
    code_hash = secrets.digest(secrets.read_code(code))
    if not await Account.exists().where(Account.sign_in == folded(sign_in), Account.activation_hash == code_hash):
        raise Refused(Problem("activation_failed", "code"))  # before the costly hash, which a stranger may not cause
    hashed = await passwords.hash_password(password)
    async with transaction():
        account_id = await _use_code(sign_in, code_hash, hashed)
        ledger.record(stream=f"account:{account_id}", act="account.activated", actor=f"account:{account_id}")
    return account_id


async def _use_code(sign_in: str, code_hash: str, password_hash: str) -> int:
    """One statement takes the code and sets the password, so that of two who hold it only the first gets in."""
    rows = (
        await Account.update({Account.password_hash: password_hash, Account.activation_hash: ""})
        .where(
            Account.sign_in == folded(sign_in),
            Account.activation_hash == code_hash,
            Account.active == True,  # noqa: E712 - a column, not a truth
        )
        .returning(Account.id)
    )
    if not rows:
        raise Refused(Problem("activation_failed", "code"))
    return int(rows[0]["id"])


async def set_active(account_id: int, active: bool, by: str) -> None:
    """Close an account, or open it again. A closed account's sessions no longer open anything."""
    async with transaction():
        await Account.update({Account.active: active}).where(Account.id == account_id)
        act = "account.opened" if active else "account.closed"
        ledger.record(stream=f"account:{account_id}", act=act, actor=by)


async def find(sign_in: str) -> AccountFacts | None:
    """The account with this sign-in name, however it was typed."""
    rows = await _facts_where(Account.sign_in == folded(sign_in))
    return rows[0] if rows else None


async def by_id(account_id: int) -> AccountFacts | None:
    """The account with this id."""
    rows = await _facts_where(Account.id == account_id)
    return rows[0] if rows else None


async def newest(limit: int = 200, before_id: int | None = None) -> list[AccountFacts]:
    """The newest accounts first, a keyset page of them."""
    return await _facts_where(Account.id < before_id if before_id else Account.id > 0, limit)


async def _facts_where(condition: object, limit: int = 1) -> list[AccountFacts]:
    rows = (
        await Account.select(Account.id, Account.sign_in, Account.name, Account.active, Account.password_hash)
        .where(condition)  # type: ignore[arg-type]
        .order_by(Account.id, ascending=False)
        .limit(limit)
    )
    ids = [row["id"] for row in rows]
    grants = await Grant.select(Grant.account, Grant.role).where(Grant.account.is_in(ids)) if ids else []
    return [
        AccountFacts(
            id=row["id"],
            sign_in=row["sign_in"],
            name=row["name"],
            active=row["active"],
            activated=bool(row["password_hash"]),
            roles=frozenset(grant["role"] for grant in grants if grant["account"] == row["id"]),
        )
        for row in rows
    ]
