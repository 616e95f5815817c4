"""Handing over a post: drafts of circulars, announcements and notices go to the successor, who answers for them now.

The only writer of `drafted_by` after drafting. The successor becomes an author like who wrote on it before: none of
them can review or sign it, each is told when it comes back. What was issued or opened stays with who did it.
"""

from typing import Any

from piccolo.columns.combination import And

from foundation.base.problem import Problem
from foundation.people import organisations, posts
from foundation.process.circular_tables import Announcement, Circular
from foundation.process.notice_tables import Notice
from foundation.process.rules import notices, publishing
from foundation.store import generations, ledger

_OPEN = (publishing.Stage.DRAFT.value, publishing.Stage.REVIEW.value, publishing.Stage.SIGNING.value)
_OPEN_NOTICES = (notices.Stage.DRAFT.value, notices.Stage.REVIEW.value, notices.Stage.READY.value)
_PAPERS: tuple[tuple[Any, str, tuple[str, ...]], ...] = (
    (Circular, "circular", _OPEN),
    (Announcement, "announcement", _OPEN),
    (Notice, "notice", _OPEN_NOTICES),
)


async def hand_over(from_id: int, to_id: int, organisation_id: int, by: str) -> None:
    """Move the drafts of one post, inside the transaction that hands it over."""
    for table, name, stages in _PAPERS:
        moved = (
            await table.update({table.drafted_by: to_id, table.authors: table.authors + f"{to_id},"})
            .where(_held(table, stages, from_id, organisation_id))
            .returning(table.id)
        )
        for row in moved:
            ledger.record(
                stream=f"{name}:{row['id']}",
                act=f"{name}.handed_over",
                actor=by,
                payload={"from": from_id, "account": to_id},
            )


async def at_hand(account_id: int, organisation_id: int) -> list[Problem]:
    """How many drafts would move, in words."""
    count = sum(
        [await table.count().where(_held(table, stages, account_id, organisation_id)) for table, _, stages in _PAPERS]
    )
    return [Problem("hand_over_papers", "", {"count": str(count)})] if count else []


def _held(table: Any, stages: tuple[str, ...], account_id: int, organisation_id: int) -> Any:
    mine = And(table.drafted_by == account_id, table.organisation == organisation_id)
    return And(mine, table.stage.is_in(list(stages)))


async def follow_merge(gone: int, into: int) -> None:
    """Two organisations became one: its papers, and what is addressed to it, are the other's now."""
    for table, name, _ in _PAPERS:
        moved = await table.update({table.organisation: into}).where(table.organisation == gone).returning(table.id)
        for row in moved:
            ledger.record(
                stream=f"{name}:{row['id']}",
                act=f"{name}.moved",
                actor=f"organisation:{gone}",
                payload={"organisation": into},
            )
    await Circular.update({Circular.addressed_under: into}).where(Circular.addressed_under == gone)
    generations.bump("process")


async def follows_merge(gone: int) -> list[Problem]:
    """How many papers would move, in words."""
    count = sum([await table.count().where(table.organisation == gone) for table, _, _ in _PAPERS])
    return [Problem("hand_over_papers", "", {"count": str(count)})] if count else []


posts.on_hand_over(hand_over, at_hand)
organisations.on_merge(follow_merge, follows_merge)
