"""Tokens by which an organisation's own systems act here: the only writer of `ApiToken`.

An officer of the organisation makes one; it is shown once, and only its hash is kept. It acts for that organisation
alone, as its clerk and no more, and in its own name: an account that nobody can sign in with, so that steps and the
ledger say which system did it. The ledger's stream is `api-token:<id>`.
"""

import secrets as random
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from piccolo.columns.combination import And

from foundation.base import secrets
from foundation.base.clock import day_of
from foundation.base.problem import NotFound, Problem, Refused
from foundation.people import organisation_moves
from foundation.people.account_facts import SYSTEM
from foundation.people.grants import Role
from foundation.people.may import KEEP_TOKENS
from foundation.people.permissions import permitted
from foundation.people.posts import lock_place
from foundation.people.scopes import all_scopes
from foundation.people.sessions import Hat, SignedIn
from foundation.people.tables import Account
from foundation.people.token_tables import ApiToken
from foundation.store import ledger
from foundation.store.conflicts import tried_again
from foundation.store.locks import lock_name, lock_row
from foundation.store.transactions import transaction

PREFIX = "ganpo_"  # so that whoever finds one in a file knows what it is
LONGEST = 120  # characters of what is sent as a token
LONGEST_NAME = 60
DAYS = (30, 90, 180, 365)  # for which one may be good
MOST = 20  # in force at once, of one organisation
ACTS_AS = frozenset({Role.CLERK.value})


class TokenEnded(Exception):  # noqa: N818 - an answer, not an error
    """The token went out of force after its request was let in."""


@dataclass(frozen=True, slots=True)
class TokenFacts:
    """A token as officers see it."""

    id: int
    organisation_id: int
    organisation: str
    name: str
    scopes: tuple[str, ...]
    ending: str
    made_by: str
    made_at: datetime
    expires_at: datetime
    last_used_on: date | None
    revoked_at: datetime | None

    def in_force(self, now: datetime) -> bool:
        return self.revoked_at is None and now < self.expires_at


@dataclass(frozen=True, slots=True)
class Bearer(SignedIn):
    """A system that sent a token: a clerk of its organisation, for some things only."""

    token_id: int = 0
    scopes: frozenset[str] = frozenset()


def read_token(values: Collection[str], name: str, days: str) -> tuple[tuple[str, ...], int, list[Problem]]:
    """The scopes and days of a form, and what is wrong with it."""
    problems, known = [], [scope.code for scope in all_scopes()]
    if not name.strip():
        problems.append(Problem("api_token_name", "name"))
    elif len(name.strip()) > LONGEST_NAME:
        problems.append(Problem("api_token_name_long", "name", {"most": str(LONGEST_NAME)}))
    wanted = tuple(code for code in known if code in values)
    if not wanted or set(values) - set(known):
        problems.append(Problem("api_token_scopes", "scopes"))
    if days not in {str(each) for each in DAYS}:
        problems.append(Problem("api_token_days", "days"))
        return wanted, 0, problems
    return wanted, int(days), problems


@tried_again
async def make(  # noqa: PLR0917 - a token is all of these
    name: str, scopes: Sequence[str], days: int, organisation_id: int, by: int, now: datetime
) -> tuple[int, str]:
    """A new token; answers its id and the token, which exists this once. Raises Refused."""
    token, token_id = PREFIX + random.token_urlsafe(32), 0
    async with transaction():
        await lock_place(organisation_id)
        await lock_name(f"api-tokens:{organisation_id}")
        standing = await ApiToken.count().where(
            ApiToken.organisation == organisation_id, ApiToken.revoked_at.is_null(), ApiToken.expires_at > now
        )
        if standing >= MOST:
            raise Refused(Problem("api_tokens_many", "", {"most": str(MOST)}))
        account = Account(
            sign_in=SYSTEM + random.token_hex(8), name=name.strip(), password_hash="", activation_hash="",
            active=False, created_at=now, organisation=organisation_id,
        )  # fmt: skip
        await account.save()
        row = ApiToken(
            organisation=organisation_id, account=account.id, name=name.strip(), scopes=" ".join(scopes),
            token_hash=secrets.digest(token), ending=token[-4:], made_by=by, made_at=now,
            expires_at=now + timedelta(days=days),
        )  # fmt: skip
        await row.save()
        token_id = int(row.id)
        payload = {"organisation": organisation_id, "scopes": list(scopes), "days": days, "account": account.id}
        _record(token_id, "made", f"account:{by}", payload)
    return token_id, token


@tried_again
async def revoke(token_id: int, by: int, now: datetime) -> None:
    """From this commit on it opens nothing; a second time is once. Raises NotFound."""
    async with transaction():
        if not await lock_row(ApiToken, token_id):
            raise NotFound
        values: dict[Any, Any] = {ApiToken.revoked_at: now, ApiToken.revoked_by: by}
        ended = (
            await ApiToken.update(values)
            .where(ApiToken.id == token_id, ApiToken.revoked_at.is_null())
            .returning(ApiToken.id)
        )
        if ended:
            _record(token_id, "revoked", f"account:{by}", {})


async def from_header(header: str, now: datetime) -> Bearer | None:
    """Who sent `Authorization: Bearer …`, if that token is in force and its organisation open."""
    kind, _, token = header.partition(" ")
    token = token.strip()
    if kind.lower() != "bearer" or not token.startswith(PREFIX) or len(token) > LONGEST:
        return None
    row = (
        await ApiToken.select(
            ApiToken.id, ApiToken.account, ApiToken.name, ApiToken.scopes, ApiToken.last_used_on,
            ApiToken.organisation.id.as_alias("organisation_id"), ApiToken.organisation.name.as_alias("organisation"),
            ApiToken.organisation.path.as_alias("path"),
        )
        .where(ApiToken.token_hash == secrets.digest(token), _in_force(now))
        .first()
    )  # fmt: skip
    if row is None:
        return None
    if row["last_used_on"] != day_of(now):
        await _used(row["id"], day_of(now))
    hat = Hat(row["organisation_id"], row["organisation"], row["path"], ACTS_AS)
    scopes = frozenset(row["scopes"].split())
    return Bearer(row["account"], row["name"], "", 0, hat, (hat,), token_id=row["id"], scopes=scopes)


async def hold(token_id: int, now: datetime) -> None:
    """Within the caller's transaction, at its end: the token is in force, and stays so until COMMIT. Raises TokenEnded.

    Whoever revokes it waits; what comes after them is not saved.
    """
    await lock_row(ApiToken, token_id, share=True)
    if not await ApiToken.exists().where(ApiToken.id == token_id, _in_force(now)):
        raise TokenEnded


async def listed(user: SignedIn, size: int, before: int | None = None) -> list[TokenFacts]:
    """Tokens of the hat's organisation and of those below it, the newest first."""
    query = permitted(ApiToken.select(*_COLUMNS), KEEP_TOKENS, user)
    if before is not None:
        query = query.where(ApiToken.id < before)
    rows = await query.order_by(ApiToken.id, ascending=False).limit(size)
    makers = sorted({row["made_by"] for row in rows})
    found = await Account.select(Account.id, Account.name).where(Account.id.is_in(makers or [0]))
    names = {row["id"]: row["name"] for row in found}
    return [
        TokenFacts(
            **{**row, "scopes": tuple(row["scopes"].split()), "made_by": names.get(row["made_by"], "")}
        )
        for row in rows
    ]  # fmt: skip


async def for_officer(user: SignedIn, token_id: int) -> int:
    """The id, if this officer may revoke it. Raises NotFound for anybody else."""
    row = await permitted(ApiToken.select(ApiToken.id).where(ApiToken.id == token_id), KEEP_TOKENS, user).first()
    if row is None:
        raise NotFound
    return int(row["id"])


def _in_force(now: datetime) -> And:
    opened = And(ApiToken.revoked_at.is_null(), ApiToken.expires_at > now)
    return And(opened, ApiToken.organisation.active == True)  # noqa: E712 - a column, not a truth


async def _used(token_id: int, today: date) -> None:
    async with transaction():
        await ApiToken.update({ApiToken.last_used_on: today}).where(ApiToken.id == token_id)


_COLUMNS = (
    ApiToken.id, ApiToken.organisation.id.as_alias("organisation_id"),
    ApiToken.organisation.name.as_alias("organisation"), ApiToken.name, ApiToken.scopes, ApiToken.ending,
    ApiToken.made_by, ApiToken.made_at, ApiToken.expires_at, ApiToken.last_used_on, ApiToken.revoked_at,
)  # fmt: skip


def _record(token_id: int, act: str, by: str, payload: dict[str, Any]) -> None:
    ledger.record(stream=f"api-token:{token_id}", act=f"api_token.{act}", actor=by, payload=payload)


async def _standing(organisation_id: int) -> list[int]:
    rows = await ApiToken.select(ApiToken.id).where(
        ApiToken.organisation == organisation_id,
        ApiToken.revoked_at.is_null(),
        ApiToken.expires_at > datetime.now(UTC),
    )
    return sorted(row["id"] for row in rows)


async def _end_with(gone_id: int, into_id: int) -> None:
    """Two organisations become one: a token made for the one would read what the other has, so it ends."""
    ended = await _standing(gone_id)
    await ApiToken.update({ApiToken.revoked_at: datetime.now(UTC)}).where(ApiToken.id.is_in(ended or [0]))
    for token_id in ended:
        _record(token_id, "revoked", f"organisation:{gone_id}", {"merged_into": into_id})


async def _what_ends(organisation_id: int) -> list[Problem]:
    count = len(await _standing(organisation_id))
    return [Problem("api_tokens_end", "", {"count": str(count)})] if count else []


organisation_moves.on_merge(_end_with, _what_ends)
