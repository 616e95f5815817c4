"""Accounts, read: one by name, phone number or id, and lists for those who keep them. Writes nothing."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from piccolo.columns import Varchar
from piccolo.custom_types import Combinable

from foundation.base import identity
from foundation.base.problem import NotFound
from foundation.people import posts, privacy
from foundation.people.organisation_tables import ROOT_ID
from foundation.people.organisation_tree import ROOT_PATH, below, is_below
from foundation.people.posts import Post, givable
from foundation.people.tables import Account, Grant

if TYPE_CHECKING:
    from foundation.people.sessions import SignedIn

LONGEST_TYPED = 200
SYSTEM = "api:"  # how the name of an account begins in which a token acts; nobody can choose such a name


@dataclass(frozen=True, slots=True)
class AccountFacts:
    """An account as officers and organisers see it. `roles` are those of all its posts together."""

    id: int
    sign_in: str
    name: str
    active: bool
    activated: bool
    roles: frozenset[str]
    organisation_id: int = ROOT_ID  # who looks after it
    organisation: str = ""
    path: str = ROOT_PATH
    phone: str = ""  # masked
    posts: tuple[Post, ...] = field(default=())


def folded(sign_in: str) -> str:
    """The one form under which what people type at the door is compared and stored."""
    sign_in = sign_in[:LONGEST_TYPED]  # normalising is slow on what no account can be
    return unicodedata.normalize("NFKC", sign_in).strip().casefold()


def as_phone(typed: str) -> str:
    """The phone number that was typed at the door, "" for anything else."""
    phone = identity.read_phone(typed)
    return "" if identity.check_phone(phone) else phone


def known_as(typed: str) -> Combinable:
    """The condition for the account that somebody names by its name or its phone number."""
    named: Combinable = Account.sign_in == folded(typed)
    phone = as_phone(typed)
    return named | (Account.phone_hash == privacy.keyed_hash("phone", phone)) if phone else named


def keeps(user: "SignedIn", account: AccountFacts) -> bool:
    """Whether this officer may hand out activation codes for an account, close it or open it.

    Whoever holds a code can become that person. So all that the account is must stand at or below the hat, and be
    something that the hat may give.
    """
    if user.hat is None:
        return False
    worn, path = user.hat.roles, user.hat.path
    held = [(post.roles, post.path) for post in account.posts]
    return is_below(account.path, path) and all(roles <= givable(worn, path, place) for roles, place in held)


async def find(typed: str) -> AccountFacts | None:
    """The account with this sign-in name or phone number, however it was typed."""
    rows = await _facts([known_as(typed)], 1)
    return rows[0] if rows else None


async def by_id(account_id: int) -> AccountFacts | None:
    """The account with this id."""
    rows = await _facts([Account.id == account_id], 1)
    return rows[0] if rows else None


async def by_ids(account_ids: Sequence[int]) -> list[AccountFacts]:
    """The accounts with these ids, the newest first."""
    return await _facts([Account.id.is_in(list(account_ids))], len(account_ids)) if account_ids else []


async def for_officer(user: "SignedIn", account_id: int) -> AccountFacts:
    """The account if the hat's organisation or one below it looks after it or employs it. Raises NotFound.

    What it is elsewhere is among its posts, for `keeps` to judge by; a page shows `posts_within`.
    """
    rows = await _facts([Account.id == account_id, *_within(user.hat.path)], 1) if user.hat else []
    if not rows:
        raise NotFound
    return rows[0]


def posts_within(user: "SignedIn", account: AccountFacts) -> list[Post]:
    """The posts of an account that stand at or below the hat."""
    return [post for post in account.posts if user.hat and is_below(post.path, user.hat.path)]


async def with_post(user: "SignedIn", account_id: int, organisation_id: int) -> tuple[AccountFacts, Post]:
    """An account and its post, if this person may hand that over: it is their own, or their hat's to give.

    Raises NotFound.
    """
    account = await by_id(account_id)
    for post in account.posts if account else ():
        if post.organisation_id == organisation_id and account and _is_theirs(user, post):
            return account, post
    raise NotFound


def _is_theirs(user: "SignedIn", post: Post) -> bool:
    if post.account_id == user.account_id:
        return any(hat.organisation_id == post.organisation_id for hat in user.hats)
    return user.hat is not None and post.roles <= givable(user.hat.roles, user.hat.path, post.path)


async def newest(limit: int = 200, before_id: int | None = None, path: str = ROOT_PATH) -> list[AccountFacts]:
    """The newest accounts first, a keyset page of those that somebody at or below `path` looks after or employs."""
    before: list[Combinable] = [Account.id < before_id] if before_id else []
    return await _facts([*before, *_within(path)], limit)


def _within(path: str) -> list[Combinable]:
    """Accounts of people that somebody at or below this place looks after or employs."""
    people: Combinable = Account.sign_in.not_like(f"{SYSTEM}%")
    if path == ROOT_PATH:
        return [people]
    holders = Grant.select(Grant.account).where(
        Grant.ended_at.is_null(), below(cast("Varchar", Grant.organisation.path), path)
    )
    return [people, below(cast("Varchar", Account.organisation.path), path) | Account.id.is_in(holders)]


async def _facts(conditions: Iterable[Combinable], limit: int) -> list[AccountFacts]:
    rows = (
        await Account.select(
            Account.id,
            Account.sign_in,
            Account.name,
            Account.active,
            Account.password_hash,
            Account.phone_sealed,
            Account.organisation,
            Account.organisation.name.as_alias("place"),
            Account.organisation.path.as_alias("path"),
        )
        .where(*conditions)
        .order_by(Account.id, ascending=False)
        .limit(limit)
    )
    held = await posts.of_accounts([row["id"] for row in rows], closed_too=True)
    mine = {row["id"]: tuple(post for post in held if post.account_id == row["id"]) for row in rows}
    return [
        AccountFacts(
            id=row["id"],
            sign_in=row["sign_in"],
            name=row["name"],
            active=row["active"],
            activated=bool(row["password_hash"]),
            roles=frozenset(role for post in mine[row["id"]] for role in post.roles),
            organisation_id=row["organisation"],
            organisation=row["place"],
            path=row["path"],
            phone=identity.masked_phone(privacy.opened(row["phone_sealed"])),
            posts=mine[row["id"]],
        )
        for row in rows
    ]
