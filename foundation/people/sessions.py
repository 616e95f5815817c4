"""Sessions: the only writer of `Session` (with `session_ends`). Signing in and out, proving oneself again, hats.

The cookie holds 128 random bits; the table holds only their hash, so a stolen copy of the database opens nothing.
"""

import secrets as random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from piccolo.custom_types import Combinable

from foundation.base import secrets
from foundation.base.problem import NotFound, Problem, Refused
from foundation.people import factors, passwords, posts, session_ends, throttle
from foundation.people.account_facts import folded, known_as
from foundation.people.tables import Account, Session
from foundation.store import ledger
from foundation.store.transactions import transaction

LIFETIME = timedelta(hours=14)  # a judge's day, from the first contestant to the last signature


@dataclass(frozen=True, slots=True)
class Hat:
    """What one account is in one organisation: its posts there."""

    organisation_id: int
    organisation: str  # its name
    path: str  # its place in the tree, "1.5."
    roles: frozenset[str]


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is behind a request, and the hat they wear; none for those without a post (judges, say)."""

    account_id: int
    name: str
    csrf: str
    session_id: int
    hat: Hat | None = None
    hats: tuple[Hat, ...] = ()
    only: str = ""  # a judge's card opened this session: it reaches this subject and nothing else

    @property
    def roles(self) -> frozenset[str]:
        """The roles of the hat that is worn."""
        return self.hat.roles if self.hat else frozenset()

    @property
    def all_roles(self) -> frozenset[str]:
        """The roles of all hats together: what this account could do after switching."""
        return frozenset(role for hat in self.hats for role in hat.roles)

    @property
    def actor(self) -> str:
        """This person as the ledger writes them."""
        return f"account:{self.account_id}"

    def wearing(self, organisation_id: int) -> "SignedIn":
        """The same person under another of their hats. Raises NotFound for one that is not theirs."""
        for hat in self.hats:
            if hat.organisation_id == organisation_id:
                return replace(self, hat=hat)
        raise NotFound


async def sign_in(typed: str, password: str, address: str, now: datetime) -> str:
    """Check account and password and open a session; answers the cookie's token. Raises Refused.

    Asks for no second factor: the door does, between `check_password` and `open_session`.
    """
    return await open_session(await check_password(typed, password, address, now), now)


async def check_password(typed: str, password: str, address: str, now: datetime) -> int:
    """The account with this name or phone number and this password. Raises Refused; counts attempts in vain."""
    problems = []
    if not typed.strip():
        problems.append(Problem("sign_in_name_empty", "sign_in"))
    if not password:
        problems.append(Problem("password_empty", "password"))
    if problems:
        raise Refused(*problems)
    account = await _account(known_as(typed))
    key = await throttle.count(f"account:{account['id']}" if account else folded(typed), address, now, "sign_in")
    right = await _is_right(password, account)
    if account is None or not right:
        raise Refused(Problem("sign_in_failed", "sign_in"))
    await throttle.forget(key)
    return int(account["id"])


async def prove(user: SignedIn, password: str, code: str, address: str, now: datetime) -> None:
    """The person of an open session shows once more that it is they, as before a second person's confirmation.

    Takes the password and, where the account has a second factor, its code. Attempts in vain count together with
    those at the door. Raises Refused.
    """
    if not password:
        raise Refused(Problem("password_empty", "password"))
    key = await throttle.count(user.actor, address, now, "password")
    if not await _is_right(password, await _account(Account.id == user.account_id)):
        raise Refused(Problem("prove_failed", "password"))
    match await factors.needed(user.account_id, user.all_roles):
        case factors.Need.CODE:
            await factors.check(user.account_id, code, now)
        case factors.Need.ENROL:
            raise Refused(Problem("prove_needs_factor", "code"))
    await throttle.forget(key)


async def prove_at_venue(account_id: int, proof: str, address: str, now: datetime) -> bool:
    """The person of a judge's card shows that it is they, with the password or with an unused activation code.

    Answers whether it was the code, which the caller uses up. Attempts in vain count together with those at the
    door. Raises Refused.
    """
    key = await throttle.count(f"account:{account_id}", address, now, "proof")
    code = secrets.digest(secrets.read_code(proof))
    by_code = await Account.exists().where(
        Account.id == account_id,
        Account.activation_hash == code,
        Account.active == True,  # noqa: E712 - a column, not a truth
    )
    if not by_code and not await _is_right(proof, await _account(Account.id == account_id)):
        raise Refused(Problem("venue_proof_wrong", "proof"))
    await throttle.forget(key)
    return bool(by_code)


async def open_session(account_id: int, now: datetime) -> str:
    """Open a session for an account that has proved itself; answers the token for the cookie."""
    token = ""
    async with transaction():
        await Session.delete().where(Session.expires_at < now)
        token, _ = await open_until(account_id, now, now + LIFETIME)
    return token


async def open_until(account_id: int, now: datetime, until: datetime, only: str = "") -> tuple[str, int]:
    """Within the caller's transaction: a session that ends at a moment of its own; answers token and id.

    `only` confines it to one subject: see `SignedIn.only`.
    """
    token = random.token_urlsafe(32)
    session = Session(
        token_hash=secrets.digest(token),
        csrf=f"{random.token_urlsafe(24)}.{account_id}",
        account=account_id,
        started_at=now,
        expires_at=until,
        only=only,
    )
    await session.save()
    return token, int(session.id)


def owner_of(csrf: str) -> str:
    """The account whose form carried this token, "" if none can be told. A hint for its own honest sender only."""
    return csrf.rpartition(".")[2]


async def from_token(token: str, now: datetime) -> SignedIn | None:
    """Who holds this token, if its session is still open and its account not closed."""
    row = (
        await Session.select(
            Session.id,
            Session.csrf,
            Session.account,
            Session.hat,
            Session.only,
            Session.account.name.as_alias("name"),
        )
        .where(
            Session.token_hash == secrets.digest(token),
            Session.expires_at > now,
            Session.account.active == True,  # noqa: E712 - a column, not a truth
        )
        .first()
    )
    if row is None:
        return None
    hats = () if row["only"] else await hats_of(row["account"])  # a card opens no office
    worn = next((hat for hat in hats if hat.organisation_id == row["hat"]), hats[0] if hats else None)
    return SignedIn(row["account"], row["name"], row["csrf"], row["id"], worn, hats, row["only"])


async def standing_in(account_id: int, organisation_id: int) -> SignedIn | None:
    """Who an account is at this moment under one of its hats, without a session: for what is done in its name while
    nobody is there, a feed or long work. None for one that is closed, or has no post there any more."""
    row = await Account.select(Account.name).where(Account.id == account_id, Account.active == True).first()  # noqa: E712
    hats = await hats_of(account_id) if row else ()
    hat = next((one for one in hats if one.organisation_id == organisation_id), None)
    return SignedIn(account_id, row["name"], "", 0, hat, (hat,)) if row and hat else None


async def hats_of(account_id: int) -> tuple[Hat, ...]:
    """All hats of an account, the highest in the tree first."""
    held = await posts.of_accounts([account_id])
    return tuple(Hat(post.organisation_id, post.organisation, post.path, post.roles) for post in held)


async def wear(user: SignedIn, organisation_id: int) -> None:
    """Put on another hat, for this session. Raises NotFound for one that is not theirs."""
    user.wearing(organisation_id)
    async with transaction():
        await Session.update({Session.hat: organisation_id}).where(Session.id == user.session_id)


async def sign_out(user: SignedIn) -> None:
    """Close this session."""
    async with transaction():
        await close([user.session_id])


async def close(session_ids: Sequence[int]) -> None:
    """Within the caller's transaction: these sessions open nothing any more."""
    if session_ids:
        await Session.delete().where(Session.id.is_in(list(session_ids)))


async def sign_out_everywhere(user: SignedIn) -> None:
    """Close every session of this account, this one included."""
    async with transaction():
        await session_ends.close_all(user.account_id)
        ledger.record(stream=user.actor, act="account.signed_out_everywhere", actor=user.actor)


async def _account(condition: Combinable) -> dict[str, Any] | None:
    row: dict[str, Any] | None = (
        await Account.select(Account.id, Account.password_hash)
        .where(condition, Account.active == True)  # noqa: E712 - a column, not a truth
        .first()
    )
    return row


async def _is_right(password: str, account: dict[str, Any] | None) -> bool:
    """As costly for an account that does not exist."""
    return await passwords.matches(password[: passwords.MOST], account["password_hash"] if account else "")
