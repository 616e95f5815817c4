"""Honours (荣誉称号): the only writer of `Honour` and `HonourMember` (new rows by way of `honour_making`).

Every function runs within the caller's transaction, and leaves three things there together: the row, one
`HonourChange` that nobody edits, and a ledger entry with its digest; then `honour_certificates` gives out or ends
its papers, and `showing` writes what the public sees.
Who may do it, and whether two people did, was decided before: corrections, revocations and the like come from
`honour_acts.py`, `cases.py`, `renouncing.py` and `lists.py`. `by` is the actor as the ledger writes them.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from craftsmen import honour_certificates, honour_filling, showing
from craftsmen.honour_changes import note
from craftsmen.honour_facts import by_id, by_ids, members_of, of_unit, of_worker
from craftsmen.honour_making import insert_members, make
from craftsmen.honour_tables import Honour, HonourMember
from craftsmen.rules.honours import (
    STEPS,
    HonourDraft,
    Member,
    PartialDate,
    Stage,
    after,
    date_problem,
)
from craftsmen.visible_lists import shown_of
from foundation.base.clock import day_of
from foundation.base.problem import NotFound, Problem, Refused
from foundation.people import organisation_moves, workers
from foundation.store.locks import lock_rows

__all__ = [
    "by_id", "by_ids", "confer", "correct", "decline", "members_of", "of_unit", "of_worker", "propose", "register",
    "register_all", "renounce", "restore", "revoke", "undo",
]  # fmt: skip

LONGEST_DOCUMENT = 60
REGISTERED_BY_MISTAKE = "登记有误，已予撤回"  # what everyone reads of a certificate whose list was undone
CORRECTABLE = (
    "name", "worker", "unit", "unit_name", "city", "county", "gender", "industry", "occupation", "occupation_code",
    "edition", "body", "document", "year", "month", "day", "posthumous",
)  # fmt: skip
"""What a correction may change, beside `members`; title, address and source stay what they are."""


async def propose(draft: HonourDraft, by: str, now: datetime) -> int:
    """Propose a title for somebody (拟命名); answers the honour's id, the same for a source key that came before.

    Raises Refused with everything that is wrong with the draft, and for a title that is closed.
    """
    (honour_id,), made = await make([draft], Stage.PROPOSED, "", None, by, now)
    if made:
        await note(made, "proposed", by, now)
    return honour_id


async def confer(ids: Collection[int], document: str, on: PartialDate, by: str, now: datetime) -> None:
    """Confer what was proposed, with the number of the document and its date. All of them, or none.

    Raises Refused for one that is not proposed (any more), a missing document, a date to come; NotFound.
    """
    document = " ".join(document.split())
    problems = _document_problems(document, on, now)
    if not document:
        problems.append(Problem("honour_document_empty", "document"))
    if problems:
        raise Refused(*problems)
    await _confer(ids, document, on, by, now)


async def register(draft: HonourDraft, document: str, on: PartialDate, by: str, now: datetime) -> int:
    """Write down what was conferred already; answers the honour's id, the same for a source key that came before.

    Of past years the document may be unknown (""). Raises Refused as `propose` does.
    """
    return (await register_all([draft], document, on, by, now))[0]


async def register_all(
    drafts: Sequence[HonourDraft], document: str, on: PartialDate, by: str, now: datetime, *, ledger_of: str = ""
) -> list[int]:
    """`register` for several of one title at once; with `ledger_of`, one entry of that stream speaks for them all."""
    document = " ".join(document.split())
    if problems := _document_problems(document, on, now):
        raise Refused(*problems)
    ids, made = await make(drafts, Stage.CONFERRED, document, on, by, now)
    if made:
        await note(made, "conferred", by, now, ledger_of=ledger_of)
        await showing.refresh(made, now)
    if proposed := await _proposed(set(ids) - set(made)):
        await _confer(proposed, document, on, by, now)
    return ids


async def _proposed(ids: Collection[int]) -> list[int]:
    """Which of these wait for their conferral."""
    if not ids:
        return []
    rows = await Honour.select(Honour.id).where(Honour.id.is_in(sorted(ids)), Honour.stage == Stage.PROPOSED.value)
    return [row["id"] for row in rows]


async def _confer(ids: Collection[int], document: str, on: PartialDate, by: str, now: datetime) -> None:
    given: dict[str, Any] = {"document": document, "year": on.year, "month": on.month, "day": on.day}
    for row in await _locked(ids, "confer"):
        await _change(row, "conferred", {**given, "stage": Stage.CONFERRED.value}, by=by, now=now)
    await honour_certificates.conferred(ids, by, now)
    await showing.refresh(ids, now)


async def decline(honour_id: int, public_reason: str, internal_reason: str, by: str, now: datetime) -> None:
    """It is not conferred after all, whoever decided so. Nothing of it was or will be public."""
    (row,) = await _locked([honour_id], "decline")
    changes = {"stage": Stage.DECLINED.value, "public_reason": public_reason}
    await _change(row, "declined", changes, public_reason, internal_reason, by=by, now=now)


async def correct(  # noqa: PLR0917 - a correction is all of these
    honour_id: int,
    changes: Mapping[str, Any],
    public_reason: str,
    internal_reason: str,
    act: int | None,
    by: str,
    now: datetime,
) -> None:
    """The next version of an honour: `changes` by the names of `CORRECTABLE`, and `members` for a team.

    Where the unit changes and no city is said, city and county follow it. Raises Refused where nothing would change.
    """
    (row,) = await _locked([honour_id], "correct")
    members: Sequence[Member] | None = changes.get("members")
    wanted = {name: value for name, value in changes.items() if name in CORRECTABLE and row[name] != value}
    if wanted.get("unit") and "city" not in changes:
        place = (await honour_filling.places_of([wanted["unit"]])).get(wanted["unit"])
        if place is None:
            raise Refused(Problem("honour_unit_unknown", "unit"))
        wanted |= {"city": place.city, "county": place.county}
    before = await members_of(honour_id)
    if members is not None and tuple(members) == before:
        members = None
    if not wanted and members is None:
        raise Refused(Problem("honour_nothing_changed"))
    on = PartialDate(*(wanted.get(name, row[name]) for name in ("year", "month", "day")))
    if problem := date_problem(on, "on", day_of(now)):
        raise Refused(problem)
    wanted |= {"version": row["version"] + 1, "public_reason": public_reason}
    beside = {}
    if members is not None:
        await HonourMember.delete().where(HonourMember.honour == honour_id)
        await insert_members({honour_id: members})
        beside = {"members": [[one.name for one in before], [one.name for one in members]]}
    await _change(row, "corrected", wanted, public_reason, internal_reason, act, by=by, now=now, beside=beside)
    await _stands_by_itself(honour_id)
    await honour_certificates.corrected(honour_id, public_reason, by, now)
    await showing.refresh([honour_id], now)


async def revoke(  # noqa: PLR0917
    honour_id: int, public_reason: str, internal_reason: str, act: int | None, by: str, now: datetime
) -> None:
    """Take an honour away (撤销称号); the public register keeps a tombstone with the public reason."""
    await _end(honour_id, "revoke", "revoked", public_reason, internal_reason, act, by, now)


async def renounce(  # noqa: PLR0917
    honour_id: int, public_reason: str, internal_reason: str, act: int | None, by: str, now: datetime
) -> None:
    """Its holder gives an honour back."""
    await _end(honour_id, "renounce", "renounced", public_reason, internal_reason, act, by, now)


async def restore(  # noqa: PLR0917
    honour_id: int, public_reason: str, internal_reason: str, act: int | None, by: str, now: datetime
) -> None:
    """A revocation or a giving back was itself wrong: the honour stands again, as its next version."""
    await _end(honour_id, "restore", "restored", public_reason, internal_reason, act, by, now)


async def undo(ids: Collection[int], reason: str, act: int | None, by: str, now: datetime, *, ledger_of: str) -> None:
    """A list was registered by mistake: these were never honours. Their source keys are free for the right list."""
    rows = await _locked(ids, "undo")
    values: dict[Any, Any] = {"stage": Stage.UNDONE.value, "source_key": "", "honour_list": None}
    await Honour.update({**values, "changed_at": now}).where(Honour.id.is_in([row["id"] for row in rows]))
    await note([row["id"] for row in rows], "undone", by, now, internal_reason=reason, act=act, ledger_of=ledger_of)
    await honour_certificates.ended(ids, REGISTERED_BY_MISTAKE, by, now)
    await showing.refresh(ids, now)


async def _end(  # noqa: PLR0917
    honour_id: int, step: str, what: str, public_reason: str, internal_reason: str, act: int | None, by: str,
    now: datetime,
) -> None:  # fmt: skip
    (row,) = await _locked([honour_id], step)
    changes = {
        "stage": STEPS[step, Stage(row["stage"])].value,
        "version": row["version"] + 1,
        "public_reason": public_reason,
    }
    await _change(row, what, changes, public_reason, internal_reason, act, by=by, now=now)
    await _stands_by_itself(honour_id)
    if step == "restore":
        await honour_certificates.restored(honour_id, by, now)
    else:
        await honour_certificates.ended([honour_id], public_reason, by, now)
    await showing.refresh([honour_id], now)


async def _locked(ids: Collection[int], step: str) -> list[dict[str, Any]]:
    """The rows, locked, each of which this step may be taken on. Raises NotFound, Refused."""
    wanted = sorted(set(ids))
    if await lock_rows(Honour, wanted) != wanted or not wanted:
        raise NotFound
    rows: list[dict[str, Any]] = await Honour.select().where(Honour.id.is_in(wanted)).order_by(Honour.id)
    shown = await shown_of({row["honour_list"] for row in rows} - {None})
    for row in rows:
        if after(step, Stage(row["stage"])) is None:
            raise Refused(Problem(f"honour_is_{row['stage']}", "", {"name": row["name"]}))
        if step != "undo" and row["honour_list"] is not None and row["honour_list"] not in shown:
            raise Refused(Problem("honour_is_undone", "", {"name": row["name"]}))
    return rows


async def _stands_by_itself(honour_id: int) -> None:
    """What is changed after it became visible goes no more with the list it came with."""
    await Honour.update({Honour.honour_list: None}).where(Honour.id == honour_id)


def _document_problems(document: str, on: PartialDate, now: datetime) -> list[Problem]:
    problems = []
    if len(document) > LONGEST_DOCUMENT:
        problems.append(Problem("honour_text_long", "document", {"most": str(LONGEST_DOCUMENT)}))
    if problem := date_problem(on, "on", day_of(now)):
        problems.append(problem)
    return problems


async def _change(  # noqa: PLR0917
    row: Mapping[str, Any], what: str, changes: Mapping[str, Any], public_reason: str = "", internal_reason: str = "",
    act: int | None = None, *, by: str, now: datetime, beside: Mapping[str, Any] | None = None,
) -> None:  # fmt: skip
    """Save what changes of one row, with its `HonourChange` and its entry. `beside`: name -> [before, after]."""
    changed = {name: value for name, value in changes.items() if row[name] != value}
    values: dict[Any, Any] = {**changed, "changed_at": now}
    await Honour.update(values).where(Honour.id == row["id"])
    both = beside or {}
    before = {**{name: row[name] for name in changed}, **{name: pair[0] for name, pair in both.items()}}
    later = {**changed, **{name: pair[1] for name, pair in both.items()}}
    await note(
        [row["id"]],
        what,
        by,
        now,
        before=before,
        later=later,
        version=changes.get("version", row["version"]),
        public_reason=public_reason,
        internal_reason=internal_reason,
        act=act,
    )


async def _follow_worker(goes: int, stays: int) -> None:
    """Two records become one worker: their honours go along. Runs in the merging transaction."""
    rows = await Honour.update({Honour.worker: stays}).where(Honour.worker == goes).returning(Honour.id)
    await HonourMember.update({HonourMember.worker: stays}).where(HonourMember.worker == goes)
    if rows:
        await showing.refresh([row["id"] for row in rows], datetime.now(UTC))


async def _follow_organisation(from_id: int, into_id: int) -> None:
    """Two organisations become one: what is theirs goes along, under the names that were conferred."""
    moved: set[int] = set()
    for column in (Honour.unit, Honour.city, Honour.county, Honour.recommender):
        rows = await Honour.update({column: into_id}).where(column == from_id).returning(Honour.id)
        if column in (Honour.city, Honour.county):
            moved |= {row["id"] for row in rows}
    await showing.refresh(moved, datetime.now(UTC))


workers.on_merge(_follow_worker)
organisation_moves.on_merge(_follow_organisation)
