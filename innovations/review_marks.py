"""Marks and words of reviewers: the only writer of `ReviewMark`, and of what a reviewer writes in `ReviewTask`.

A mark is never changed: another one adds a revision, with its ledger entry in the same transaction of the group
commit. What was sent twice is written once. Marks count from the moment their task is handed in.
"""

import hashlib
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from craftsmen.rules.panel_marks import NewMark, to_write, unfit
from foundation.base.problem import NotFound, Problem, Refused
from foundation.store import ledger
from foundation.store.commit import write
from foundation.store.locks import lock_row
from foundation.tabulation.marks import ABSENT
from innovations import reviews
from innovations.review_desk import Words, own_marks, own_words, scheme_of
from innovations.review_tables import ReviewMark, ReviewTask
from innovations.rules.review_steps import Stage

LONGEST_WORDS = 2000


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a reviewer sends: a mark for every line (blank ones too), their words, and which words the page showed."""

    marks: Sequence[NewMark]
    words: Words
    seen: str
    hand_in: bool


@dataclass(frozen=True, slots=True)
class _At:
    round: int
    seat: int
    entry: int
    task: int


async def save(task_id: int, sheet: Sheet, by: int, now: datetime) -> int:
    """Save a sheet, all of it or nothing; answers how many marks are new. `by` is the reviewer's account.

    Raises NotFound for what is not theirs; Refused where marks are locked, where somebody (they themselves, in another
    window) saved meanwhile, and with every gap where it is to be handed in.
    """

    async def job() -> int:
        row = await _locked(task_id, by)
        found = await reviews.locked(row["round"], share=True)
        if found.stage is not Stage.MARKING:
            raise Refused(Problem("review_marks_locked"))
        scheme = scheme_of(found.rules)
        problems = [*unfit(scheme, sheet.marks), *_words_problems(sheet.words)]
        problems += [
            Problem("review_no_mark", f"mark-{one.aspect}") for one in sheet.marks if one.value == ABSENT.value
        ]
        stored = await own_marks(task_id)
        taken = await ReviewMark.select(ReviewMark.client_id).where(
            ReviewMark.client_id.is_in([one.client_id for one in sheet.marks] or [""])
        )
        new, stale = to_write(sheet.marks, stored, {each["client_id"] for each in taken})
        words = await own_words(task_id)
        if sheet.words != words and sheet.seen != words.seen:
            stale.append(Problem("review_words_stale", "opinion"))
        if sheet.hand_in or row["handed_in_at"] is not None:
            problems += _gaps(sheet, {aspect.code: aspect.name for aspect in scheme.aspects()})
        if problems := problems + stale:
            raise Refused(*problems)
        for mark in new:
            await _add(_At(row["round"], row["seat"], row["entry"], task_id), mark, by, now)
        values: dict[Any, Any] = {ReviewTask.opinion: sheet.words.opinion, ReviewTask.private: sheet.words.private}
        if sheet.hand_in and row["handed_in_at"] is None:
            values[ReviewTask.handed_in_at] = now
            reviews.record(row["round"], "reviewed", by, {"seat": row["seat"], "entry": row["entry"]})
        await ReviewTask.update(values).where(ReviewTask.id == task_id)
        return len(new)

    return await write(job)


def _words_problems(words: Words) -> list[Problem]:
    return [
        Problem("review_long", field, {"most": str(LONGEST_WORDS)})
        for field, text in (("opinion", words.opinion), ("private", words.private))
        if len(text) > LONGEST_WORDS
    ]


def _gaps(sheet: Sheet, names: dict[str, str]) -> list[Problem]:
    """What is missing before it counts."""
    given = {one.aspect for one in sheet.marks if one.value}
    problems = [
        Problem("review_mark_missing", f"mark-{code}", {"name": name})
        for code, name in names.items()
        if code not in given
    ]
    if not sheet.words.opinion.strip():
        problems.append(Problem("review_opinion_empty", "opinion"))
    return problems


async def _locked(task_id: int, by: int) -> dict[str, Any]:
    """The task, locked, where it is this account's and was not taken from it. Raises NotFound."""
    if not await lock_row(ReviewTask, task_id):
        raise NotFound
    row: dict[str, Any] | None = (
        await ReviewTask.select(
            ReviewTask.seat, ReviewTask.entry, ReviewTask.handed_in_at, ReviewTask.seat.round.as_alias("round")
        )
        .where(
            ReviewTask.id == task_id, ReviewTask.ended_at.is_null(), ReviewTask.seat.account == by,
            ReviewTask.seat.active == True,  # noqa: E712 - a column, not a truth
        )
        .first()
    )  # fmt: skip
    if row is None:
        raise NotFound
    return row


async def _add(at: _At, mark: NewMark, by: int, now: datetime) -> None:
    salt = secrets.token_hex(16)
    await ReviewMark(
        task=at.task, aspect=mark.aspect, revision=mark.base + 1, value=mark.value, client_id=mark.client_id, salt=salt,
        given_at=now,
    ).save()  # fmt: skip
    said = json.dumps([salt, at.task, mark.aspect, mark.base + 1, mark.value], ensure_ascii=False)
    ledger.record(
        stream=f"review:{at.round}",
        act="review.marked",
        actor=f"account:{by}",
        about=f"review_entry:{at.entry}",
        payload={
            "seat": at.seat, "aspect": mark.aspect, "revision": mark.base + 1,
            "digest": hashlib.sha256(said.encode()).hexdigest(),
        },
    )  # fmt: skip
