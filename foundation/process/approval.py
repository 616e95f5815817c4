"""Drafted, reviewed, signed off: the steps of every kind of document, taken one way.

Knows stages, authors and returned fields; knows of a kind of document only its `Paper`: the table, the road, what a
draft lacks, and what issuing it writes beside the stage. The only writer of the columns of the way (`stage`,
`handed_in_at`, `reviewed_by`, `signed_by`, `issued_at`, `withdrawn_…`) of those tables. Each step locks the row,
asks the rule, saves, and stands in the ledger's stream `circular:<id>` (or the paper's name) in one transaction.
Who may take a step by role is decided before, by the loader.
"""

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from piccolo.table import Table

from foundation.base.problem import NotFound, Problem, Refused
from foundation.process.rules.circular_form import LONGEST
from foundation.process.rules.publishing import Road, Stage, after, step_problems
from foundation.store import generations, ledger
from foundation.store.conflicts import tried_again
from foundation.store.locks import lock_row
from foundation.store.transactions import transaction
from foundation.work import returns

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Paper:
    """One kind of document.

    `unready(row)` names what a draft lacks. `issue(row, number, now)` answers the columns that issuing sets beside
    those of the way, and may raise Refused; `issued_payload(row, columns)` is what the ledger keeps of it. Both run
    inside the transaction that issues.
    """

    name: str
    table: type[Table]
    road: Road
    returnable: Collection[str]
    unready: Callable[[Row], list[Problem]]
    issue: Callable[[Row, str, datetime], Awaitable[Mapping[str, Any]]]
    issued_payload: Callable[[Row], Mapping[str, Any]]

    def stream(self, row_id: int) -> str:
        return f"{self.name}:{row_id}"


@tried_again
async def hand_in(paper: Paper, row_id: int, by: int, now: datetime) -> Stage:
    """Hand a draft in for review, closing the fields that were open after a return. Raises Refused, NotFound."""
    async with transaction():
        row, target = await _locked(paper, row_id, "hand_in", by)
        if problems := paper.unready(row):
            raise Refused(*problems)
        if await returns.open_fields(paper.stream(row_id)) is not None:
            await returns.hand_in(paper.stream(row_id), by, now)
        await _move(paper, row, target, "handed_in", by, now, {"handed_in_at": now})
    return target


@tried_again
async def take_back(paper: Paper, row_id: int, by: int, now: datetime) -> None:
    """An author takes it out of review again, before anybody decided. Raises Refused, NotFound."""
    async with transaction():
        row, target = await _locked(paper, row_id, "take_back", by)
        await _move(paper, row, target, "taken_back", by, now, {})


@tried_again
async def send_back(  # noqa: PLR0917 - a return is all of these
    paper: Paper, row_id: int, at: Stage, notes: Mapping[str, str], by: int, now: datetime
) -> None:
    """Return it to its author; only the fields that `notes` names may be changed. Raises Refused, NotFound.

    `at` is the stage whose reviewer or signer `by` was found to be; if it moved on meanwhile, it is refused.
    """
    async with transaction():
        row, target = await _locked(paper, row_id, "send_back", by)
        if row["stage"] != at:
            raise Refused(Problem(f"publishing_at_{row['stage']}"))
        if unknown := [field for field in notes if field not in paper.returnable]:
            raise Refused(Problem("publishing_field_unknown", "", {"field": unknown[0][:40]}))
        await returns.give_back(paper.stream(row_id), notes, by, now)
        await _move(paper, row, target, "sent_back", by, now, {"reviewed_by": None})


@tried_again
async def pass_on(paper: Paper, row_id: int, by: int, now: datetime, seen: str = "") -> Stage:
    """The reviewer found it right as it was handed in (`seen`: that moment, ISO). Raises Refused, NotFound."""
    async with transaction():
        row, target = await _locked(paper, row_id, "pass_on", by, seen)
        await _move(paper, row, target, "passed_on", by, now, {"reviewed_by": by})
    return target


@tried_again
async def sign(  # noqa: PLR0917 - a signature is all of these
    paper: Paper, row_id: int, number: str, by: int, now: datetime, seen: str = ""
) -> None:
    """Sign it off as it was handed in (`seen`): from now on it has this number. Raises Refused, NotFound."""
    async with transaction():
        row, target = await _locked(paper, row_id, "sign", by, seen)
        if problems := paper.unready(row):
            raise Refused(*problems)
        await _move(paper, row, target, "signed", by, now, {"signed_by": by}, number)


@tried_again
async def withdraw(paper: Paper, row_id: int, reason: str, by: int, now: datetime) -> None:
    """Withdraw what was issued; it stays readable with the reason. Raises Refused, NotFound."""
    reason = reason.strip()
    if not reason:
        raise Refused(Problem("withdrawal_reason_empty", "reason"))
    if len(reason) > LONGEST["reason"]:
        raise Refused(Problem("circular_text_long", "reason", {"most": str(LONGEST["reason"])}))
    async with transaction():
        row, target = await _locked(paper, row_id, "withdraw", by)
        await _move(paper, row, target, "withdrawn", by, now, {"withdrawn_at": now, "withdrawn_reason": reason})


def authors_of(row: Row) -> frozenset[int]:
    """Everyone who wrote on it."""
    return frozenset(int(part) for part in row["authors"].split(",") if part)


def with_author(row: Row, account_id: int) -> str:
    """The column `authors` with one more."""
    return "".join(f",{one}" for one in sorted({*authors_of(row), account_id})) + ","


async def locked_row(paper: Paper, row_id: int) -> dict[str, Any]:
    """The row, locked until the transaction ends. Raises NotFound."""
    if not await lock_row(paper.table, row_id):
        raise NotFound
    key = paper.table._meta.primary_key
    row: dict[str, Any] | None = await paper.table.select().where(key == row_id).first()
    if row is None:
        raise NotFound
    return row


async def _locked(paper: Paper, row_id: int, step: str, by: int, seen: str = "") -> tuple[dict[str, Any], Stage]:
    """The row, locked, and the stage after the step; `seen` is the hand-in that was read, where a page said so."""
    row = await locked_row(paper, row_id)
    stage = Stage(row["stage"])
    if seen and (row["handed_in_at"] is None or row["handed_in_at"].isoformat() != seen):
        raise Refused(Problem("publishing_other_text"))
    if problems := step_problems(step, stage, authors_of(row), by):
        raise Refused(*problems)
    target = after(step, stage, paper.road)
    if target is None:
        raise Refused(Problem(f"publishing_at_{stage.value}"))
    return row, target


async def _move(  # noqa: PLR0917 - one step is all of these
    paper: Paper,
    row: Row,
    target: Stage,
    act: str,
    by: int,
    now: datetime,
    columns: Mapping[str, Any],
    number: str | None = None,
) -> None:
    values: dict[str, Any] = {"stage": target.value, **columns}
    payload: Mapping[str, Any] = {"stage": target.value, "revision": row["revision"]}
    if target is Stage.ISSUED:
        values |= {"issued_at": now, **await paper.issue(row, row["number"] if number is None else number, now)}
        payload = {**payload, **paper.issued_payload(values)}
    key = paper.table._meta.primary_key
    await paper.table.update(values).where(key == row["id"])  # type: ignore[arg-type]
    stream = paper.stream(row["id"])
    ledger.record(stream=stream, act=f"{paper.name}.{act}", actor=f"account:{by}", payload=payload)
    if target in (Stage.ISSUED, Stage.WITHDRAWN):
        generations.bump("process", stream)
