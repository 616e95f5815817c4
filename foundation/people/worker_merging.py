"""Two records become one worker: asked by an officer, confirmed by a second person, who performs it.

With `workers`, a writer of `Worker`: the record that goes keeps its row, empty of everything sealed and pointing at
the one that stays, so that old addresses lead on. Other packages' references move through `workers.on_merge`.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from foundation.base.problem import N_, Problem, Refused
from foundation.people import consents
from foundation.people.organisation_tables import ROOT_ID, Organisation
from foundation.people.organisation_tree import ancestors
from foundation.people.worker_tables import Consent, Worker, WorkerCode, WorkerReveal, WorkerSession
from foundation.people.workers import MOVERS, Values
from foundation.store import ledger
from foundation.store.conflicts import tried_again
from foundation.store.locks import lock_row, lock_rows
from foundation.store.transactions import transaction
from foundation.work import two_person
from foundation.work.two_person import Asked, Kind, Shown

_FILLED = (  # what the one that stays takes over where it has nothing itself
    "birth_date", "gender", "ethnicity", "politics", "education", "title", "grade", "occupation", "occupation_code",
)  # fmt: skip
_PAIRS = (("id_sealed", "id_hash"), ("phone_sealed", "phone_hash"))
_MARKS = ("migrant", "new_form", "front_line")


@tried_again
async def ask_merge(stays: int, goes: int, by: int, reason: str, now: datetime) -> int:
    """Ask that the record `goes` becomes part of `stays`; answers the act's id. Raises Refused."""
    async with transaction():
        kept, gone = await _both(stays, goes)
        payload = {"stays": stays, "goes": goes, "revisions": [kept["revision"], gone["revision"]]}
        above = await _above_both(kept["unit"], gone["unit"])
        act_id = await two_person.ask(MERGE, f"worker:{goes}", payload, above, by, reason, now)
        ledger.record(
            stream=f"worker:{goes}",
            act="worker.merge_asked",
            actor=f"account:{by}",
            payload={"into": stays, "act": act_id},
        )
    return act_id


async def _above_both(unit: int, other: int) -> int:
    """The lowest organisation at or above both units: one side alone does not decide about the other's worker."""
    rows = await Organisation.select(Organisation.path).where(Organisation.id.is_in([unit, other]))
    trails = [ancestors(row["path"]) for row in rows]
    shared = [ids[0] for ids in zip(*trails, strict=False) if len(set(ids)) == 1]
    return shared[-1] if shared else ROOT_ID


async def _perform(act: Asked, by: int, now: datetime) -> None:
    """Runs inside the transaction that confirms."""
    stays, goes = int(act.payload["stays"]), int(act.payload["goes"])
    kept, gone = await _both(stays, goes)
    if act.payload["revisions"] != [kept["revision"], gone["revision"]]:
        raise Refused(Problem("worker_merge_changed"))
    await lock_row(Worker, goes, ending=True)  # whatever is being made to refer to it moves along
    filled: Values = {name: gone[name] for name in _FILLED if not kept[name]}
    filled |= {name: True for name in _MARKS if gone[name]}
    for sealed, hashed in _PAIRS:
        if not kept[hashed]:
            filled |= {sealed: gone[sealed], hashed: gone[hashed]}
    empty: Values = dict.fromkeys((name for pair in _PAIRS for name in pair), "")
    await Worker.update({**empty, "merged_into": stays, "changed_at": now}).where(Worker.id == goes)
    filled |= {"revision": kept["revision"] + 1, "changed_at": now}
    await Worker.update(filled).where(Worker.id == stays)
    await Worker.update({Worker.merged_into: stays}).where(Worker.merged_into == goes)
    await WorkerReveal.update({WorkerReveal.worker: stays}).where(WorkerReveal.worker == goes)
    await _keep_refusals(goes, stays, now)
    await Consent.delete().where(Consent.worker == goes)  # given to what another record showed: asked anew
    await WorkerCode.delete().where(WorkerCode.worker == goes)
    await WorkerSession.delete().where(WorkerSession.worker == goes)
    for mover in MOVERS:
        await mover(goes, stays)
    for stream, other in ((goes, {"into": stays}), (stays, {"took_in": goes})):
        ledger.record(
            stream=f"worker:{stream}", act="worker.merged", actor=f"account:{by}", payload={**other, "act": act.id}
        )


async def _keep_refusals(goes: int, stays: int, now: datetime) -> None:
    """What either record's person did not want shown is not shown of the one that stays: a no is not asked away."""
    for what in consents.THINGS:
        words = await consents.words_on(what, [goes, stays])
        if words.get(goes) is False and words.get(stays) is not False:
            await Consent(worker=stays, what=what, given=False, at=now, by=f"worker:{goes}").save()
            payload = {"what": what, "from": goes}
            ledger.record(stream=f"worker:{stays}", act="consent.withdrawn", actor=f"worker:{goes}", payload=payload)


async def _both(stays: int, goes: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Both rows, locked in one order, then read. Raises Refused where they cannot be one worker."""
    if stays == goes:
        raise Refused(Problem("worker_is_itself"))
    await lock_rows(Worker, [stays, goes])
    rows = {row["id"]: row for row in await Worker.select().where(Worker.id.is_in([stays, goes]))}
    kept, gone = rows.get(stays), rows.get(goes)
    if kept is None or gone is None or kept["merged_into"] or gone["merged_into"]:
        raise Refused(Problem("worker_merged_already"))
    if kept["id_hash"] and gone["id_hash"]:
        raise Refused(Problem("worker_two_numbers"))
    if kept["birth_date"] and gone["birth_date"] and kept["birth_date"] != gone["birth_date"]:
        raise Refused(Problem("worker_two_birth_dates"))
    return kept, gone


async def _show(payload: Mapping[str, Any]) -> Shown:
    """Both records in words for the one who confirms; sealed fields are not among them."""
    ids = [int(payload["stays"]), int(payload["goes"])]
    rows = await Worker.select(
        Worker.id, Worker.name, Worker.unit.name.as_alias("unit_name"), Worker.birth_date, Worker.occupation
    ).where(Worker.id.is_in(ids))
    said = {
        row["id"]: " · ".join(
            str(part)
            for part in (f"#{row['id']}", row["name"], row["unit_name"], row["birth_date"], row["occupation"])
            if part
        )
        for row in rows
    }
    return [(N_("Stays"), said.get(ids[0], "")), (N_("Becomes part of it"), said.get(ids[1], ""))]


MERGE = two_person.register(
    Kind(
        "worker.merge",
        N_("Merge two records of one worker"),
        _perform,
        show=_show,
        address=lambda act: f"/workers/{act.payload['stays']}",
    )
)
