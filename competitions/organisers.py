"""Who runs a competition: the only writer of `CompetitionOrganiser`.

`by` is the acting account's id; the ledger's stream is `competition:<id>`. Whoever runs a competition sees names, so
nobody does who judges in it.
"""

from typing import Any

from competitions.tables import Competition, CompetitionOrganiser, Seat
from foundation.base.problem import NotFound, Problem, Refused
from foundation.people import accounts, organisations, posts
from foundation.people.account_look_up import Finder
from foundation.people.accounts import AccountFacts
from foundation.people.grants import Role
from foundation.store import ledger
from foundation.store.conflicts import tried_again
from foundation.store.locks import lock_row
from foundation.store.transactions import transaction


async def first(competition_id: int, by: int) -> None:
    """Whoever makes a competition runs it; inside the transaction that makes it."""
    await CompetitionOrganiser(competition=competition_id, account=by).save()


async def add(competition_id: int, sign_in: str, by: int, finder: Finder = accounts.find) -> None:
    """Let another account run this competition. Raises Refused for unknown accounts, judges of it, and second times.

    Who is nobody's account and who is no organiser are one answer: a page passes the `finder` of whoever asks, and
    what they may not know of an account elsewhere is not told by its refusal either.
    """
    found = await finder(sign_in)
    if found is None or not found.active or Role.ORGANISER not in found.roles:
        raise Refused(Problem("organiser_unknown", "sign_in", {"sign_in": sign_in[:64]}))
    await _add(competition_id, found, by)


@tried_again
async def _add(competition_id: int, found: AccountFacts, by: int) -> None:
    async with transaction():
        await lock_competition(competition_id)
        if await Seat.exists().where(Seat.account == found.id, Seat.contest.competition == competition_id):
            raise Refused(Problem("organiser_is_judge", "sign_in", {"name": found.name}))
        if await _runs(competition_id, found.id):
            raise Refused(Problem("organiser_twice", "sign_in", {"name": found.name}))
        await CompetitionOrganiser(competition=competition_id, account=found.id).save()
        record_competition(competition_id, "organiser.added", by, {"account": found.id})


@tried_again
async def remove(competition_id: int, account_id: int, by: int) -> None:
    """Take a competition out of an account's hands; the last organiser stays. Raises Refused."""
    async with transaction():
        await lock_competition(competition_id)
        if not await _runs(competition_id, account_id):
            raise Refused(Problem("organiser_gone"))
        if await CompetitionOrganiser.count().where(CompetitionOrganiser.competition == competition_id) == 1:
            raise Refused(Problem("organiser_last"))
        await CompetitionOrganiser.delete().where(
            CompetitionOrganiser.competition == competition_id, CompetitionOrganiser.account == account_id
        )
        record_competition(competition_id, "organiser.removed", by, {"account": account_id})


async def hand_over(from_id: int, to_id: int, organisation_id: int, by: str) -> None:
    """The successor runs what the one before ran there, but nothing that they judge; inside the transaction."""
    held = await _held(from_id, organisation_id)
    for competition_id in held:
        await lock_competition(competition_id)
        if await Seat.exists().where(Seat.account == to_id, Seat.contest.competition == competition_id):
            continue
        theirs = (CompetitionOrganiser.competition == competition_id) & (CompetitionOrganiser.account == from_id)
        if not await CompetitionOrganiser.exists().where(theirs):
            continue  # taken out of their hands meanwhile
        if await _runs(competition_id, to_id):
            await CompetitionOrganiser.delete().where(theirs)
        else:
            await CompetitionOrganiser.update({CompetitionOrganiser.account: to_id}).where(theirs)
        ledger.record(
            stream=f"competition:{competition_id}",
            act="organiser.handed_over",
            actor=by,
            payload={"from": from_id, "account": to_id},
        )


async def at_hand(account_id: int, organisation_id: int) -> list[Problem]:
    """How many competitions a hand-over would move, in words."""
    count = len(await _held(account_id, organisation_id))
    return [Problem("hand_over_competitions", "", {"count": str(count)})] if count else []


async def _held(account_id: int, organisation_id: int) -> list[int]:
    rows = (
        await CompetitionOrganiser.select(CompetitionOrganiser.competition)
        .where(
            CompetitionOrganiser.account == account_id,
            CompetitionOrganiser.competition.organisation == organisation_id,
        )
        .order_by(CompetitionOrganiser.competition)
    )
    return [row["competition"] for row in rows]


async def lock_competition(competition_id: int) -> dict[str, Any]:
    await lock_row(Competition, competition_id)
    query = Competition.select(Competition.year, Competition.address).where(Competition.id == competition_id).first()
    row: dict[str, Any] | None = await query
    if row is None:
        raise NotFound
    return row


async def _runs(competition_id: int, account_id: int) -> bool:
    return bool(
        await CompetitionOrganiser.exists().where(
            CompetitionOrganiser.competition == competition_id, CompetitionOrganiser.account == account_id
        )
    )


def record_competition(competition_id: int, act: str, by: int, payload: dict[str, Any]) -> None:
    ledger.record(stream=f"competition:{competition_id}", act=act, actor=f"account:{by}", payload=payload)


async def follow_merge(gone: int, into: int) -> None:
    """Two organisations became one: the competitions of the one are the other's now."""
    moved = (
        await Competition.update({Competition.organisation: into})
        .where(Competition.organisation == gone)
        .returning(Competition.id)
    )
    for row in moved:
        ledger.record(
            stream=f"competition:{row['id']}",
            act="competition.moved",
            actor=f"organisation:{gone}",
            payload={"organisation": into},
        )


async def follows_merge(gone: int) -> list[Problem]:
    """How many competitions would move, in words."""
    count = await Competition.count().where(Competition.organisation == gone)
    return [Problem("hand_over_competitions", "", {"count": str(count)})] if count else []


posts.on_hand_over(hand_over, at_hand)
organisations.on_merge(follow_merge, follows_merge)
