"""Posts: the only writer of `Grant`. Giving a role at an organisation, ending it, handing a post over.

A post is what one account is at one organisation: its open grants there. Every act stands in the ledger's stream
`account:<id>`. What a post had at hand (drafts, to-do) is moved by those who registered a mover; knows none of it.
"""

from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from piccolo.custom_types import Combinable

from foundation.base.problem import Problem, Refused
from foundation.people import factors, organisation_moves, session_ends
from foundation.people.grants import Role, may_give
from foundation.people.organisation_tables import Organisation
from foundation.people.organisation_tree import ROOT_PATH, is_below
from foundation.people.tables import Account, Grant
from foundation.store import ledger
from foundation.store.conflicts import tried_again
from foundation.store.locks import lock_row, lock_rows
from foundation.store.transactions import transaction

# From and to account, organisation, who acts (as the ledger writes them); within the transaction.
Mover = Callable[[int, int, int, str], Awaitable[None]]
Telling = Callable[[int, int], Awaitable[Sequence[Problem]]]  # account, organisation: what a mover would move, in words

_movers: dict[Mover, Telling | None] = {}


@dataclass(frozen=True, slots=True)
class Post:
    """What one account is at one organisation."""

    account_id: int
    organisation_id: int
    organisation: str
    path: str
    roles: frozenset[str]


def on_hand_over(mover: Mover, telling: Telling | None = None) -> None:
    """Have `mover` move what the old holder has at hand; `telling` says before what that is, one sentence a kind."""
    _movers[mover] = telling


def givable(worn: frozenset[str], hat_path: str, path: str) -> frozenset[Role]:
    """The roles that a hat at `hat_path` with these roles may give at `path`; none outside its own subtree."""
    return may_give(worn, at_root=hat_path == ROOT_PATH) if is_below(path, hat_path) else frozenset()


def problems_with(roles: Iterable[str], may: Collection[str]) -> list[Problem]:
    """What is wrong with roles that somebody wants to give or end, who may give `may`."""
    known = frozenset(Role)
    problems = [Problem("role_unknown", "roles", {"role": role}) for role in roles if role not in known]
    return problems or [Problem("role_not_yours", "roles") for role in sorted(roles) if role not in may][:1]


async def of_accounts(account_ids: Sequence[int], *, closed_too: bool = False) -> list[Post]:
    """The posts of these accounts, the highest organisation first; at closed organisations only if asked for."""
    if not account_ids:
        return []
    open_there: list[Combinable] = [] if closed_too else [Grant.organisation.active == True]  # noqa: E712 - a column
    rows = (
        await Grant.select(
            Grant.account,
            Grant.role,
            Grant.organisation,
            Grant.organisation.name.as_alias("name"),
            Grant.organisation.path.as_alias("path"),
        )
        .where(
            Grant.account.is_in(list(account_ids)),
            Grant.ended_at.is_null(),
            *open_there,
        )
        .order_by(Grant.organisation.path)
    )
    held: dict[tuple[int, int], list[str]] = {}
    for row in rows:
        held.setdefault((row["account"], row["organisation"]), []).append(row["role"])
    places = {row["organisation"]: (row["name"], row["path"]) for row in rows}
    return [Post(account, place, *places[place], frozenset(roles)) for (account, place), roles in held.items()]


async def lock_place(organisation_id: int) -> None:
    """Within the caller's transaction: an organisation that stays open until COMMIT. Raises Refused where it is not."""
    await lock_row(Organisation, organisation_id, share=True)  # before any account, as merging does
    if not await Organisation.exists().where(
        Organisation.id == organisation_id,
        Organisation.active == True,  # noqa: E712 - a column, not a truth
    ):
        raise Refused(Problem("organisation_not_open", "organisation"))


async def put(account_id: int, organisation_id: int, roles: Iterable[str], by: str, now: datetime) -> list[str]:
    """Give roles within the caller's transaction; answers those that were not held already.

    Where one of them asks for a second factor that the account has not, its sessions end: it enrols at the door.
    """
    given = []
    for role in sorted(set(roles)):
        grant = Grant(account=account_id, role=role, organisation=organisation_id, granted_at=now)
        if await Grant.insert(grant).on_conflict(action="DO NOTHING"):
            given.append(str(role))
    if given:
        _record("post.given", account_id, organisation_id, given, by)
        if await factors.needed(account_id, frozenset(given)) is factors.Need.ENROL:
            await session_ends.end_all(account_id)
    return given


@tried_again
async def give(account_id: int, organisation_id: int, roles: Iterable[str], by: str, now: datetime) -> None:
    """Give roles at an organisation. Raises Refused where the account is closed or has them all already."""
    wanted = sorted(set(roles))
    if not wanted:
        raise Refused(Problem("roles_empty", "roles"))
    if by == f"account:{account_id}":
        raise Refused(Problem("post_to_oneself"))
    async with transaction():
        await lock_place(organisation_id)
        await lock_row(Account, account_id)
        await _check_open(account_id)
        if not await put(account_id, organisation_id, wanted, by, now):
            raise Refused(Problem("roles_held", "roles"))


@tried_again
async def end(account_id: int, organisation_id: int, by: str, now: datetime, roles: Iterable[str] = ()) -> None:
    """End a post, or some of its roles. Its holder loses them with the next request. Raises Refused when not held."""
    async with transaction():
        await lock_row(Account, account_id)
        await _end(account_id, organisation_id, by, now, roles)


@tried_again
async def hand_over(from_id: int, to_id: int, organisation_id: int, by: str, now: datetime) -> None:
    """Give a post with all its roles and all that is at hand to a successor, in one transaction. Raises Refused."""
    if from_id == to_id:
        raise Refused(Problem("successor_same", "successor"))
    if by == f"account:{to_id}":
        raise Refused(Problem("post_over_to_oneself", "successor"))
    async with transaction():
        await lock_place(organisation_id)
        await lock_rows(Account, [from_id, to_id])
        await _check_open(to_id, "successor")
        roles = await _end(from_id, organisation_id, by, now)
        await put(to_id, organisation_id, roles, by, now)
        for mover in _movers:
            await mover(from_id, to_id, organisation_id, by)
        payload = {"organisation": organisation_id, "to": to_id, "roles": list(roles)}
        ledger.record(
            stream=f"account:{from_id}", act="post.handed_over", actor=by, about=f"account:{to_id}", payload=payload
        )


async def at_hand(account_id: int, organisation_id: int) -> list[Problem]:
    """What a hand-over would move, in words; counts as they are now."""
    return [said for telling in _movers.values() if telling for said in await telling(account_id, organisation_id)]


async def follow_merge(gone_id: int, into_id: int) -> None:
    """Within the transaction that merges two organisations: the posts of the one go on at the other."""
    open_there = Grant.select(Grant.account).where(Grant.organisation == gone_id, Grant.ended_at.is_null())
    await lock_rows(Account, [row["account"] for row in await open_there])
    now, by = datetime.now(UTC), f"organisation:{gone_id}"
    for account_id in sorted({row["account"] for row in await open_there}):
        await put(account_id, into_id, await _end(account_id, gone_id, by, now), by, now)


organisation_moves.on_merge(follow_merge)


async def _end(account_id: int, organisation_id: int, by: str, now: datetime, roles: Iterable[str] = ()) -> list[str]:
    condition = (Grant.account == account_id) & (Grant.organisation == organisation_id) & Grant.ended_at.is_null()
    if wanted := sorted(set(roles)):
        condition &= Grant.role.is_in(wanted)
    rows = await Grant.update({Grant.ended_at: now}).where(condition).returning(Grant.role)
    ended = sorted(row["role"] for row in rows)
    if not ended:
        raise Refused(Problem("post_not_held"))
    _record("post.ended", account_id, organisation_id, ended, by)
    return ended


async def _check_open(account_id: int, field: str = "") -> None:
    if not await Account.exists().where(Account.id == account_id, Account.active == True):  # noqa: E712 - a column
        raise Refused(Problem("account_closed", field))


def _record(act: str, account_id: int, organisation_id: int, roles: list[str], by: str) -> None:
    payload = {"organisation": organisation_id, "roles": [str(role) for role in roles]}
    ledger.record(stream=f"account:{account_id}", act=act, actor=by, payload=payload)
