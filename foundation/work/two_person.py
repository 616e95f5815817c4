"""Acts of two people (经办 / 复核): one asks, another confirms or rejects; the only writer of `TwoPersonAct`.

Knows account ids, frozen questions and stages; knows neither what an act does (a `Kind` brings that along) nor who
may confirm, beyond that it is never the asker: `foundation/people/confirming.py` decides that.
"""

import hashlib
import json
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from foundation.base.problem import NotFound, Problem, Refused
from foundation.files import uses
from foundation.store import ledger
from foundation.store.conflicts import tried_again
from foundation.store.locks import lock_row
from foundation.store.transactions import transaction
from foundation.work.act_tables import TwoPersonAct
from foundation.work.acts import KINDS, Asked, Kind, Shown, Stage, about, by_id, facts, open_act, register

__all__ = [
    "KINDS", "Asked", "Kind", "Shown", "Stage", "about", "ask", "by_id", "confirm", "on_confirm", "open_act",
    "reason_problems", "register", "reject", "withdraw",
]  # fmt: skip

LONGEST_REASON = 2000

Check = Callable[[Asked, int], Awaitable[None]]  # the act, who confirms it; raises Refused
_checks: list[Check] = []


def on_confirm(check: Check) -> None:
    """Have `check` asked, inside the transaction that confirms, whether this second person may be the second."""
    _checks.append(check)


async def ask(  # noqa: PLR0917 - a question is all of these
    kind: Kind, about: str, payload: Mapping[str, Any], organisation_id: int, by: int, reason: str, now: datetime
) -> int:
    """Ask for an act, inside the caller's transaction; answers its id.

    `payload` holds str, int, bool, None, lists and dicts. Raises Refused for a missing reason, and while another
    act of this kind on this thing is open.
    """
    reason = reason.strip()
    if problems := reason_problems(reason):
        raise Refused(*problems)
    if await open_act(kind.code, about) is not None:  # asked first: an insert would wait for who is confirming it
        raise Refused(Problem("act_open_already"))
    row = TwoPersonAct(
        kind=kind.code,
        about=about,
        payload=ledger.canonical(payload),
        salt=secrets.token_hex(16),
        organisation_id=organisation_id,
        asked_by=by,
        asked_at=now,
        reason=reason,
        stage=Stage.ASKED.value,
        decision_reason="",
    )
    made = await TwoPersonAct.insert(row).on_conflict(action="DO NOTHING")
    if not made:
        raise Refused(Problem("act_open_already"))
    act_id = int(made[0]["id"])
    digest = {"kind": kind.code, "organisation": organisation_id, "question": _digest(row.to_dict())}
    _record(act_id, "act.asked", by, about, digest)
    return act_id


def reason_problems(reason: str) -> list[Problem]:
    """What is wrong with the grounds of a question; for forms that tell it with all else."""
    if not reason.strip():
        return [Problem("act_reason_empty", "reason")]
    if len(reason.strip()) > LONGEST_REASON:
        return [Problem("act_reason_long", "reason", {"most": str(LONGEST_REASON)})]
    return []


@tried_again
async def confirm(act_id: int, by: int, now: datetime, paper: int | None = None) -> None:
    """Confirm and perform, once. `paper` is the stored file with both signatures: only with it the asker may do it.

    Raises NotFound; Refused where the act is decided, is `by`'s own, was changed behind its back, or cannot be done.
    """
    async with transaction():
        act = await _locked(act_id)
        if by == act.asked_by and paper is None:
            raise Refused(Problem("act_own"))
        kind = KINDS.get(act.kind)
        if kind is None:
            raise Refused(Problem("act_kind_gone"))
        for check in _checks if paper is None else ():
            await check(act, by)
        await _decide(act, Stage.CONFIRMED, by, now, paper=paper)
        if paper is not None:
            await uses.hang(paper, f"act:{act_id}", "signed_paper")
        _record(
            act_id,
            "act.confirmed" if paper is None else "act.confirmed_on_paper",
            by,
            act.about,
            {"kind": act.kind} if paper is None else {"kind": act.kind, "file": paper},
        )
        await kind.perform(act, by, now)


@tried_again
async def reject(act_id: int, by: int, reason: str, now: datetime) -> None:
    """Reject with a reason, which the asker reads. Raises NotFound, Refused."""
    reason = reason.strip()
    if not reason:
        raise Refused(Problem("act_rejection_reason_empty", "decision_reason"))
    if len(reason) > LONGEST_REASON:
        raise Refused(Problem("act_reason_long", "decision_reason", {"most": str(LONGEST_REASON)}))
    async with transaction():
        act = await _locked(act_id)
        if by == act.asked_by:
            raise Refused(Problem("act_own"))
        await _end(act, Stage.REJECTED, by, now, reason)


@tried_again
async def withdraw(act_id: int, by: int, now: datetime) -> None:
    """Take back what one asked. Raises NotFound for everybody but the asker, Refused once it is decided."""
    async with transaction():
        act = await _locked(act_id)
        if by != act.asked_by:
            raise NotFound
        await _end(act, Stage.WITHDRAWN, by, now, "")


async def _end(act: Asked, stage: Stage, by: int, now: datetime, reason: str) -> None:
    await _decide(act, stage, by, now, reason=reason)
    _record(act.id, f"act.{stage.value}", by, act.about, {"kind": act.kind})
    if (kind := KINDS.get(act.kind)) is not None:
        await kind.unperformed(replace(act, stage=stage, decision_reason=reason), by, now)


async def _locked(act_id: int) -> Asked:
    """The open act, its row locked, and as it was asked."""
    if not await lock_row(TwoPersonAct, act_id):
        raise NotFound
    row = await TwoPersonAct.select().where(TwoPersonAct.id == act_id).first()
    if row is None:
        raise NotFound
    if row["stage"] != Stage.ASKED:
        raise Refused(Problem(f"act_is_{row['stage']}"))
    # The last entries before the decision end with the first: a stream has one entry before an act is decided.
    asked = await ledger.entries(f"act:{act_id}", limit=1)
    if not asked or asked[0].payload.get("question") != _digest(row):
        raise Refused(Problem("act_changed_behind"))
    return facts(row)


async def _decide(
    act: Asked, stage: Stage, by: int, now: datetime, *, reason: str = "", paper: int | None = None
) -> None:
    await TwoPersonAct.update(
        {
            TwoPersonAct.stage: stage.value,
            TwoPersonAct.decided_by: by,
            TwoPersonAct.decided_at: now,
            TwoPersonAct.decision_reason: reason,
            TwoPersonAct.paper: paper,
        }
    ).where(TwoPersonAct.id == act.id)


def _record(act_id: int, act: str, by: int, about: str, payload: Mapping[str, Any]) -> None:
    ledger.record(stream=f"act:{act_id}", act=act, actor=f"account:{by}", about=about, payload=payload)


def _digest(row: Mapping[str, Any]) -> str:
    """sha256 (hex) over everything that was asked, and the salt."""
    columns = ("salt", "kind", "about", "payload", "organisation_id", "asked_by", "reason")
    return hashlib.sha256(json.dumps([row[name] for name in columns], ensure_ascii=False).encode()).hexdigest()
