"""Marks: the sole writer of `Mark`, through the group commit.

A mark is never changed or removed: giving another one, or taking it back, adds a revision with its ledger entry in
the same transaction, and is acknowledged only when both are on the disk. Who a contestant is, is not known here.
Reading marks is `given.py`, comparing them with the ledger `mark_check.py`; their names stand here too.
"""

import json
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from competitions.given import GivenMark, current, digest, newest_scheme, revision_of
from competitions.mark_check import check_against_ledger
from competitions.rules.marking import marking_problem
from competitions.rules.revisions import NewMark, Revision, to_write, unfit
from competitions.rules.stages import Stage
from competitions.tables import Mark
from foundation.base.problem import NotFound, Refused
from foundation.store import ledger
from foundation.store.commit import write

__all__ = ["GivenMark", "NewMark", "check_against_ledger", "current", "digest", "give"]


async def give(seat: int, entry: int, values: Sequence[NewMark], by: int, now: datetime) -> int:
    """Save what a judge (account `by`, on this seat) marked on one entry: all of it, or nothing.

    Answers how many new revisions were written; a retry and an unchanged mark write none. Raises NotFound for a seat,
    entry or aspect that is not this judge's, Refused where it may not be marked now or was changed elsewhere.
    """

    async def job() -> int:
        place = await _place(seat, entry, by)
        problem = marking_problem(Stage(place["stage"]), place["status"], place["locked_at"])
        if problem is not None:
            raise Refused(problem)
        asked = frozenset(json.loads(place["aspects"]))
        if any(mark.aspect not in asked for mark in values):
            raise NotFound
        if wrong := unfit(await newest_scheme(place["contest"], place["scheme_hash"]), values):
            raise Refused(*wrong)
        stored, taken = await _stored(seat, entry, values)
        new, problems = to_write(values, stored, taken)
        if problems:
            raise Refused(*problems)
        if new:
            await _add(_Target(place["contest"], seat, entry), new, by, now)
        return len(new)

    return await write(job)


_LOCK_CONTEST = "SELECT id FROM contest WHERE id = (SELECT contest FROM seat WHERE seat.id = {}) FOR SHARE"
_LOCK_ENTRY = "SELECT id FROM entry WHERE id = {} FOR NO KEY UPDATE"
# One statement for all that decides, because every statement of a job is waited for by all who save at this moment.
_PLACE = """
    SELECT seat.contest AS contest, seat.aspects AS aspects, contest.stage AS stage,
        entry.status AS status, entry.locked_at AS locked_at,
        (SELECT newest.scheme_hash FROM scheme_version AS newest WHERE newest.contest = contest.id
            ORDER BY newest.version DESC LIMIT 1) AS scheme_hash
    FROM seat JOIN contest ON contest.id = seat.contest JOIN entry ON entry.contest = seat.contest
    WHERE seat.id = {} AND seat.account = {} AND entry.id = {}
        AND (seat.every_work OR EXISTS
            (SELECT 1 FROM seat_work WHERE seat_work.seat = seat.id AND seat_work.entry = entry.id))"""


async def _place(seat: int, entry: int, by: int) -> dict[str, Any]:
    """The seat, its contest and the entry. Until these marks are saved the contest's stage, scheme and seats cannot
    change, the chief judge cannot lock the entry, and of two tabs that save at once one comes second. Raises NotFound.
    """
    if Mark._meta.db.engine_type == "postgres":
        # Locked before anything is read: a statement that waits for a lock answers with what stood before it waited.
        await Mark.raw(_LOCK_CONTEST, seat)
        await Mark.raw(_LOCK_ENTRY, entry)
    rows: list[dict[str, Any]] = await Mark.raw(_PLACE, seat, by, entry)
    if not rows or rows[0]["scheme_hash"] is None:
        raise NotFound
    return rows[0]


@dataclass(frozen=True, slots=True)
class _Target:
    contest: int
    seat: int
    entry: int


async def _stored(seat: int, entry: int, values: Sequence[NewMark]) -> tuple[list[Revision], set[str]]:
    """This judge's revisions of this entry, and which of the sent client ids exist, wherever they are."""
    ids = [mark.client_id for mark in values]
    own = (Mark.seat == seat) & (Mark.entry == entry)
    rows = await Mark.select(
        Mark.seat, Mark.entry, Mark.aspect, Mark.revision, Mark.value, Mark.detail, Mark.client_id
    ).where(own | Mark.client_id.is_in(ids) if ids else own)
    stored = [revision_of(row) for row in rows if (row["seat"], row["entry"]) == (seat, entry)]
    return stored, {row["client_id"] for row in rows}.intersection(ids)


async def _add(target: _Target, new: Sequence[NewMark], by: int, now: datetime) -> None:
    rows = {
        mark.client_id: Mark(
            **asdict(target),
            aspect=mark.aspect,
            revision=mark.base_revision + 1,
            value=mark.value,
            detail=mark.detail,
            client_id=mark.client_id,
            salt=secrets.token_hex(16),
            account=by,
            given_at=now.astimezone(UTC),
        )
        for mark in new
    }
    saved = await Mark.insert(*rows.values()).returning(Mark.id, Mark.client_id)
    for number, row in sorted((each["id"], rows[each["client_id"]]) for each in saved):
        ledger.record(
            stream=f"contest:{target.contest}",
            act="mark.given",
            actor=f"account:{by}",
            about=f"entry:{target.entry}",
            payload={
                "mark": number,
                "seat": target.seat,
                "aspect": row.aspect,
                "revision": row.revision,
                "digest": digest(row.to_dict()),
            },
        )
