"""Signing in and out: the only writer of `Session` and `SignInFailure`.

The cookie holds 128 random bits; the table holds only their hash, so a stolen copy of the database opens nothing.
"""

import hashlib
import secrets as random
from dataclasses import dataclass
from datetime import datetime, timedelta

from foundation.base import secrets
from foundation.base.problem import Problem, Refused
from foundation.people import passwords
from foundation.people.accounts import folded
from foundation.people.tables import Account, Grant, Session, SignInFailure
from foundation.store import ledger
from foundation.store.transactions import transaction

LIFETIME = timedelta(hours=14)  # a judge's day, from the first contestant to the last signature
WINDOW = timedelta(minutes=15)
FAILURES = 8  # in a window, for one account from one address: a venue's judges share the address


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is behind a request."""

    account_id: int
    name: str
    roles: frozenset[str]
    csrf: str
    session_id: int

    @property
    def actor(self) -> str:
        """This person as the ledger writes them."""
        return f"account:{self.account_id}"


async def sign_in(typed: str, password: str, address: str, now: datetime) -> str:
    """Check account and password and open a session; answers the cookie's token. Raises Refused."""
    problems = []
    if not typed.strip():
        problems.append(Problem("sign_in_name_empty", "sign_in"))
    if not password:
        problems.append(Problem("password_empty", "password"))
    if problems:
        raise Refused(*problems)
    key = hashlib.sha256(f"{folded(typed)}|{address}".encode()).hexdigest()
    await _count_attempt(key, now)
    account = (
        await Account.select(Account.id, Account.password_hash)
        .where(Account.sign_in == folded(typed), Account.active == True)  # noqa: E712 - a column, not a truth
        .first()
    )
    right = await passwords.matches(password[: passwords.MOST], account["password_hash"] if account else "")
    if account is None or not right:
        raise Refused(Problem("sign_in_failed", "sign_in"))
    return await open_session(account["id"], now, forget=key)


async def _count_attempt(key: str, now: datetime) -> None:
    """Count before checking, so that a hundred guesses at once are not a hundred free ones."""
    async with transaction():
        await SignInFailure.insert(SignInFailure(key=key, failures=0, window_started_at=now)).on_conflict(
            action="DO NOTHING"
        )
        rows = (
            await SignInFailure.update({SignInFailure.failures: SignInFailure.failures + 1})
            .where(SignInFailure.key == key)
            .returning(SignInFailure.failures, SignInFailure.window_started_at)
        )
        since = now - rows[0]["window_started_at"]
        if since > WINDOW:
            await SignInFailure.update({SignInFailure.failures: 1, SignInFailure.window_started_at: now}).where(
                SignInFailure.key == key
            )
        elif rows[0]["failures"] > FAILURES:
            minutes = int((WINDOW - since).total_seconds() // 60) + 1
            raise Refused(Problem("sign_in_paused", "sign_in", {"minutes": str(minutes)}))


async def open_session(account_id: int, now: datetime, forget: str = "") -> str:
    """Open a session for an account that has proved itself; answers the token for the cookie."""
    token = random.token_urlsafe(32)
    async with transaction():
        await Session.delete().where(Session.expires_at < now)
        await SignInFailure.delete().where(SignInFailure.key == forget)
        await Session(
            token_hash=secrets.digest(token),
            csrf=f"{random.token_urlsafe(24)}.{account_id}",
            account=account_id,
            started_at=now,
            expires_at=now + LIFETIME,
        ).save()
    return token


def owner_of(csrf: str) -> str:
    """The account whose form carried this token, "" if none can be told. A hint for its own honest sender only."""
    return csrf.rpartition(".")[2]


async def from_token(token: str, now: datetime) -> SignedIn | None:
    """Who holds this token, if its session is still open and its account not closed."""
    row = (
        await Session.select(Session.id, Session.csrf, Session.account, Session.account.name.as_alias("name"))
        .where(
            Session.token_hash == secrets.digest(token),
            Session.expires_at > now,
            Session.account.active == True,  # noqa: E712 - a column, not a truth
        )
        .first()
    )
    if row is None:
        return None
    grants = await Grant.select(Grant.role).where(Grant.account == row["account"])
    return SignedIn(
        account_id=row["account"],
        name=row["name"],
        roles=frozenset(grant["role"] for grant in grants),
        csrf=row["csrf"],
        session_id=row["id"],
    )


async def sign_out(user: SignedIn) -> None:
    """Close this session."""
    async with transaction():
        await Session.delete().where(Session.id == user.session_id)


async def sign_out_everywhere(user: SignedIn) -> None:
    """Close every session of this account, this one included."""
    async with transaction():
        await Session.delete().where(Session.account == user.account_id)
        ledger.record(stream=user.actor, act="account.signed_out_everywhere", actor=user.actor)
