"""Schemes: the only writer of a contest's draft and of `SchemeVersion`.

A draft may be saved until it is frozen (version 1); after that each change is a dated amendment (补充通知) with a
public reason. Both hashes of every version stand in the ledger. `by` is the acting account's id.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from competitions.changed import contest_changed
from competitions.contests import lock_contest
from competitions.given import current
from competitions.rules.amendment import unfit_marks
from competitions.rules.notes import SheetNotes, notes_json
from competitions.rules.stages import Stage, after
from competitions.tables import Contest, SchemeVersion
from competitions.versions import FrozenScheme, draft_scheme, frozen_scheme
from foundation.base.problem import Problem, Refused
from foundation.store import ledger
from foundation.store.conflicts import tried_again
from foundation.store.transactions import transaction
from foundation.tabulation.scheme import Scheme, canonical_json, scheme_hash

LONGEST_REASON = 500


def sheet_hash(notes: SheetNotes) -> str:
    """SHA-256 of the notes' canonical text, as 64 hexadecimal digits."""
    return hashlib.sha256(notes_json(notes).encode()).hexdigest()


async def draft_state(contest_id: int) -> str:
    """What the draft is now, in short: it changes with every change of the draft; "none" where there is none."""
    scheme, notes = await draft_scheme(contest_id)
    return f"{scheme_hash(scheme)}-{sheet_hash(notes)}" if scheme else "none"


@tried_again
async def save_draft(contest_id: int, scheme: Scheme, notes: SheetNotes, by: int, *, seen: str | None = None) -> None:
    """Save the draft of a scheme that was checked. Raises Refused once it is frozen.

    `seen` is the `draft_state` that the person started from: where somebody saved another one since, it is refused.
    """
    async with transaction():
        contest = await lock_contest(contest_id)
        if contest.stage is not Stage.DRAFT:
            raise Refused(Problem("scheme_frozen_already"))
        if seen is not None and seen != await draft_state(contest_id):
            raise Refused(Problem("draft_changed_meanwhile"))
        await _keep(contest_id, scheme, notes)
        _record(contest_id, "scheme.saved", by, {"scheme": scheme_hash(scheme), "sheet": sheet_hash(notes)})


@tried_again
async def freeze(contest_id: int, seen: tuple[str, str], by: int, now: datetime) -> FrozenScheme:
    """Freeze the draft as version 1. `seen` are the two hashes the person was shown. Raises Refused."""
    async with transaction():
        contest = await lock_contest(contest_id)
        stage = after("freeze_scheme", contest.stage)
        scheme, notes = await draft_scheme(contest_id)
        if stage is None:
            raise Refused(Problem("scheme_frozen_already"))
        if scheme is None:
            raise Refused(Problem("scheme_missing"))
        if seen != (scheme_hash(scheme), sheet_hash(notes)):
            raise Refused(Problem("scheme_changed_meanwhile"))
        await Contest.update({Contest.stage: stage.value}).where(Contest.id == contest_id)
        contest_changed(contest)
        made = await _add(contest.id, _Version(1, scheme, notes, ""), by, now)
    return made  # noqa: RET504 - a return inside the transaction would promise what is not committed yet


@tried_again
async def amend(
    contest_id: int, base: int, scheme: Scheme, notes: SheetNotes, *, reason: str, by: int, now: datetime
) -> FrozenScheme:
    """Add an amendment to version `base`, with a public reason. Raises Refused.

    Refused where marks already given would no longer fit, where nothing changes, where another amendment came
    first, and once results are published.
    """
    reason = " ".join(reason.split())
    async with transaction():
        contest = await lock_contest(contest_id)
        frozen = await frozen_scheme(contest_id)
        if after("amend_scheme", contest.stage) is None or frozen is None:
            raise Refused(Problem(f"amend_{contest.stage.value}"))
        problems = reason_problems(reason)
        if frozen.version != base:
            problems.append(Problem("amended_meanwhile", "", {"version": str(frozen.version)}))
        if (frozen.scheme_hash, frozen.sheet_hash) == (scheme_hash(scheme), sheet_hash(notes)):
            problems.append(Problem("amend_nothing"))
        given = await current(contest_id, frozen.scheme)
        problems += unfit_marks(frozen.scheme, scheme, [mark.row for mark in given])
        if problems:
            raise Refused(*problems)
        await _keep(contest_id, scheme, notes)
        contest_changed(contest)
        made = await _add(contest_id, _Version(base + 1, scheme, notes, reason), by, now)
    return made  # noqa: RET504


def reason_problems(reason: str) -> list[Problem]:
    """A reason is read by contestants: it is there, and short enough to be read."""
    if not reason.strip():
        return [Problem("reason_empty", "reason")]
    return [Problem("text_long", "reason", {"most": str(LONGEST_REASON)})] if len(reason) > LONGEST_REASON else []


async def _keep(contest_id: int, scheme: Scheme, notes: SheetNotes) -> None:
    await Contest.update({Contest.scheme: canonical_json(scheme), Contest.sheet: notes_json(notes)}).where(
        Contest.id == contest_id
    )


@dataclass(frozen=True, slots=True)
class _Version:
    number: int
    scheme: Scheme
    notes: SheetNotes
    reason: str


async def _add(contest_id: int, new: _Version, by: int, now: datetime) -> FrozenScheme:
    row = SchemeVersion(
        contest=contest_id,
        version=new.number,
        scheme=canonical_json(new.scheme),
        sheet=notes_json(new.notes),
        scheme_hash=scheme_hash(new.scheme),
        sheet_hash=sheet_hash(new.notes),
        reason=new.reason,
        account=by,
        frozen_at=now,
    )
    await row.save()
    payload = {"version": new.number, "scheme": row.scheme_hash, "sheet": row.sheet_hash}
    _record(contest_id, "scheme.frozen" if new.number == 1 else "scheme.amended", by, payload)
    return FrozenScheme(row.id, new.number, new.scheme, new.notes, row.scheme_hash, row.sheet_hash, now, new.reason, by)


def _record(contest_id: int, act: str, by: int, payload: dict[str, Any]) -> None:
    ledger.record(stream=f"contest:{contest_id}", act=act, actor=f"account:{by}", payload=payload)
