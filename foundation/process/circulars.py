"""Circulars: the only writer of `Circular`'s own facts and of `CircularReceipt`.

The stage moves in `approval.py`. What was issued is never edited here: it is withdrawn, or corrected by another
circular that names it. The ledger's stream is `circular:<id>`; texts, titles and names are never in it.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from foundation.base.problem import NotFound, Problem, Refused
from foundation.people.organisation_tables import Organisation
from foundation.people.organisation_tree import is_below
from foundation.process import telling
from foundation.process.approval import Paper, locked_row, with_author
from foundation.process.circular_tables import Attachment, Circular, CircularReceipt
from foundation.process.issuing import free_address, lock_numbers, text_hash
from foundation.process.openings import reference_problems
from foundation.process.rules.circular_form import RETURNABLE, CircularDraft, changed_fields, unready
from foundation.process.rules.document_numbers import folded_number, number_problems
from foundation.process.rules.publishing import FULL, Stage
from foundation.store import generations, ledger
from foundation.store.conflicts import tried_again
from foundation.store.transactions import transaction
from foundation.work import returns

Row = Mapping[str, Any]


@tried_again
async def create(
    organisation_id: int, draft: CircularDraft, by: int, now: datetime, corrects: int | None = None
) -> int:
    """Begin a circular of this organisation; answers its id. Raises Refused, NotFound."""
    async with transaction():
        await _check_addressee(organisation_id, draft.addressed_under)
        await _check_opens(organisation_id, draft.opens)
        if corrects is not None:
            await _check_corrected(corrects)
        row = Circular(
            organisation=organisation_id,
            stage=Stage.DRAFT.value,
            drafted_by=by,
            authors=f",{by},",
            created_at=now,
            text_hash="",
            corrects=corrects,
            withdrawn_reason="",
            **asdict(draft),
        )
        await row.save()
        payload = {"organisation": organisation_id, "corrects": corrects}
        ledger.record(stream=f"circular:{row.id}", act="circular.drafted", actor=f"account:{by}", payload=payload)
    return int(row.id)


@tried_again
async def save(circular_id: int, draft: CircularDraft, revision: int, by: int) -> None:
    """Replace a draft by what was typed on top of `revision`. Raises Refused, NotFound.

    After a return only the fields that were named may differ.
    """
    async with transaction():
        row = await locked_row(PAPER, circular_id)
        if row["stage"] != Stage.DRAFT:
            raise Refused(Problem(f"publishing_at_{row['stage']}"))
        if row["revision"] != revision:
            raise Refused(Problem("circular_changed_meanwhile"))
        if problems := await returns.check_reopened(f"circular:{circular_id}", changed_fields(row, draft)):
            raise Refused(*problems)
        await _check_addressee(row["organisation"], draft.addressed_under)
        await _check_opens(row["organisation"], draft.opens)
        columns: dict[Any, Any] = {**asdict(draft), "revision": revision + 1, "authors": with_author(row, by)}
        await Circular.update(columns).where(Circular.id == circular_id)
        ledger.record(
            stream=f"circular:{circular_id}",
            act="circular.changed",
            actor=f"account:{by}",
            payload={"revision": revision + 1},
        )


@tried_again
async def sign_for(circular_id: int, organisation_id: int, by: int, name: str, now: datetime) -> None:
    """A unit signs for a circular (签收), once; whether it is addressed to it was decided by the loader.

    Raises Refused the second time, naming who signed and when, and for one that was withdrawn; NotFound.
    """
    async with transaction():
        row = await locked_row(PAPER, circular_id)
        if row["stage"] == Stage.WITHDRAWN:
            raise Refused(Problem("circular_withdrawn"))
        if row["stage"] != Stage.ISSUED:
            raise NotFound
        made = await CircularReceipt.insert(
            CircularReceipt(circular=circular_id, organisation=organisation_id, account=by, name=name, signed_at=now)
        ).on_conflict(action="DO NOTHING")
        if not made:
            raise Refused(Problem("circular_signed_already"))
        ledger.record(
            stream=f"circular:{circular_id}",
            act="circular.received",
            actor=f"account:{by}",
            about=f"organisation:{organisation_id}",
        )


async def _issue(row: Row, typed: str, now: datetime) -> Mapping[str, Any]:
    """Fix the number and the address, and hash everything that is issued with them."""
    number = folded_number(typed)
    if problems := number_problems(number):
        raise Refused(*problems)
    await _check_opens(row["organisation"], row["opens"])
    await lock_numbers()
    if await Circular.exists().where(Circular.number_key == number):
        raise Refused(Problem("document_number_taken", "number", {"number": number}))
    if row["corrects"] is not None:
        generations.bump(f"circular:{row['corrects']}")
    address = await free_address(Circular.address, number)
    await telling.circular_issued(row, number, address, now)
    return {
        "number": number,
        "number_key": number,
        "address": address,
        "text_hash": text_hash(await issued_text({**row, "number": number})),
    }


async def issued_text(row: Row) -> Mapping[str, Any]:
    """Everything of a circular that its hash covers."""
    files = await (
        Attachment.select(Attachment.number, Attachment.file.sha256.as_alias("sha256"))
        .where(Attachment.subject == f"circular:{row['id']}")
        .order_by(Attachment.number)
    )
    return {
        **{name: row[name] for name in _HASHED},
        "deadline": row["deadline"].isoformat() if row["deadline"] else None,
        "files": [[file["number"], file["sha256"]] for file in files],
    }


_HASHED = (
    "organisation", "number", "title", "text", "contact_name", "contact_phone", "addressed_under", "addressed_kinds",
    "opens", "opens_label", "public", "corrects",
)  # fmt: skip


async def _check_addressee(organisation_id: int, addressed_under: int) -> None:
    """A circular goes to the issuing organisation's own part of the tree."""
    rows = await Organisation.select(Organisation.id, Organisation.path, Organisation.active).where(
        Organisation.id.is_in([organisation_id, addressed_under])
    )
    found = {row["id"]: row for row in rows}
    if organisation_id not in found:
        raise NotFound
    addressed = found.get(addressed_under)
    if addressed is None or not addressed["active"] or not is_below(addressed["path"], found[organisation_id]["path"]):
        raise Refused(Problem("circular_addressee_unknown", "addressed_under"))


async def _check_opens(organisation_id: int, reference: str) -> None:
    if problems := await reference_problems(reference, organisation_id, "opens"):
        raise Refused(*problems)


async def _check_corrected(circular_id: int) -> None:
    if not await Circular.exists().where(Circular.id == circular_id, Circular.number_key.is_not_null()):
        raise NotFound


PAPER = Paper(
    name="circular",
    table=Circular,
    road=FULL,
    returnable=tuple(RETURNABLE),
    unready=unready,
    issue=_issue,
    issued_payload=lambda row: {"number": row["number"], "sha256": row["text_hash"]},
)
