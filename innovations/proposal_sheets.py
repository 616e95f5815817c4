"""Proposals by sheet (批量导入): the kind `proposals`; it writes the tables of `proposals` and `proposal_outcomes` too.

Rows are loaded with a mark before their stage, under which no reader ever looks for one; taking the mark off makes the
whole sheet visible by one statement, putting it back hides it again. Nobody holds a code for what came by sheet.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from piccolo.columns.combination import Or, WhereRaw

from foundation.base import clock, secrets
from foundation.base.clock import day_of
from foundation.base.problem import N_, Problem, Refused
from foundation.people.organisation_tables import Organisation
from foundation.people.organisation_tree import ancestors
from foundation.process import sheet_kinds
from foundation.process.sheet_kinds import Batch, Kind, TakenRow
from foundation.store import bulk, engines, ledger
from foundation.store.transactions import mine
from foundation.text import index, names, similar
from innovations import proposal_comparing, proposal_comparing_reads, proposal_index
from innovations.may import HANDLE_PROPOSALS
from innovations.proposal_sheet_columns import COLUMNS
from innovations.proposal_tables import Proposal, ProposalOutcome, ProposalStep
from innovations.rules.outcomes import UNSTATED
from innovations.rules.proposal_sheet import STEP_TO, check, first_day, stage_of
from innovations.rules.proposals import ADOPTED_ONCE, HIDDEN, Stage

_GREW = "EXISTS (SELECT 1 FROM innovation WHERE innovation.proposal = proposal.id)"
_ASKED = (
    "EXISTS (SELECT 1 FROM proposal_outcome JOIN two_person_act ON two_person_act.id = proposal_outcome.act "
    "WHERE proposal_outcome.proposal = proposal.id AND two_person_act.stage = 'asked')"
)


async def write_chunk(rows: Sequence[TakenRow], batch: Batch) -> None:
    """Rows that nobody sees yet, with their documents in the index."""
    named = proposal_index.batch_of(batch.id)
    await index.hide(named)
    ids = await bulk.next_ids(Proposal, len(rows))
    zone = clock.zone()
    unit = await Organisation.select(Organisation.path).where(Organisation.id == batch.organisation_id).first()
    above = ancestors(unit["path"]) if unit else []
    made = [
        (number, row.values, _proposal(number, row.values, batch, zone)) for number, row in zip(ids, rows, strict=True)
    ]
    await bulk.insert(Proposal, [proposal for _, _, proposal in made])
    await bulk.insert(ProposalStep, [step for one in made for step in _steps(*one, batch)])
    await bulk.insert(ProposalOutcome, [_outcome(*one, batch) for one in made if _is_done(one[1])])
    await index.put(*(proposal_index.document(row, above, batch=named) for _, _, row in made))
    payload = {"first": ids[0], "last": ids[-1], "count": len(ids), "organisation": batch.organisation_id}
    ledger.record(stream=f"proposal-sheet:{batch.id}", act="proposals.loaded", actor=batch.actor, payload=payload)


async def there(rows: Sequence[Mapping[str, Any]], organisation_id: int) -> list[bool]:
    """Which of these the unit has from the same person in the same words: through a door, from paper, by a sheet."""
    words = [proposal_index.words_of(row["title"], row.get("problem", ""), row["suggestion"]) for row in rows]
    found = await similar.repeats(words, [[f"own{organisation_id}"]], kinds=[proposal_index.KIND])
    items = [item for hits in found for _, item in hits]
    if not items:
        return [False] * len(rows)
    own = await Proposal.select(Proposal.id, Proposal.folded).where(
        Proposal.id.is_in(items), Proposal.organisation == organisation_id
    )
    by_id = {one["id"]: one["folded"] for one in own}
    return [any(by_id.get(item) == _compared(row) for _, item in hits) for row, hits in zip(rows, found, strict=True)]


def _compared(values: Mapping[str, Any]) -> str:
    return names.compared(str(values["name"]))[: names.LONGEST_NAME]


async def show(batch: Batch) -> None:
    """All of them become visible by one statement; then they are compared with what else the unit may see."""
    await _held_run("UPDATE proposal SET stage = substr(stage, 2) WHERE sheet = {} AND stage LIKE '~%'", batch.id)
    await index.show(proposal_index.batch_of(batch.id))
    await proposal_comparing.begin(batch.id, batch.by, datetime.now(UTC))


async def hide(batch: Batch) -> None:
    """Invisible again. Raises Refused where one of them was answered since, grew, or has its benefit being verified."""
    await _held_run("UPDATE proposal SET stage = '~' || stage WHERE sheet = {} AND stage NOT LIKE '~%'", batch.id)
    if await _is_built_on(batch):  # asked when every row is ours: what was under way is saved by now
        raise Refused(Problem("proposal_sheet_in_use"))
    await proposal_comparing.end(batch.id)
    await index.hide(proposal_index.batch_of(batch.id))


async def _is_built_on(batch: Batch) -> bool:
    return bool(
        await Proposal.exists().where(
            Proposal.sheet == batch.id,
            Or(Proposal.revision > 1, Or(WhereRaw(_GREW), WhereRaw(_ASKED))),
        )
    )


async def take_back(batch: Batch, most: int) -> int:
    """Delete up to `most` of those that are not visible; answers how many there were."""
    query = Proposal.select(Proposal.id).where(Proposal.sheet == batch.id, Proposal.stage.like("~%"))
    ids = [row["id"] for row in await query.order_by(Proposal.id).limit(most)]
    if not ids:
        await index.show(proposal_index.batch_of(batch.id))
        return 0
    await index.remove(proposal_index.KIND, ids)
    for table in (ProposalStep, ProposalOutcome):
        await table.delete().where(table.proposal.is_in(ids))
    await Proposal.delete().where(Proposal.id.is_in(ids))
    return len(ids)


def _is_done(values: Mapping[str, Any]) -> bool:
    return stage_of(values) in (Stage.CARRIED_OUT, Stage.VERIFIED)


def _proposal(number: int, values: Mapping[str, Any], batch: Batch, zone: ZoneInfo) -> dict[str, Any]:
    stage, handed_in = stage_of(values), datetime.combine(first_day(str(values["on"])), time(), zone)
    adopted = stage in ADOPTED_ONCE
    return {
        "id": number,
        "organisation": batch.organisation_id,
        "title": values["title"],
        "problem": values.get("problem", ""),
        "suggestion": values["suggestion"],
        "kind": values["kind"],
        "name": values["name"],
        "folded": _compared(values),
        "others": values.get("others", ""),
        "place": values.get("place", ""),
        "phone_hash": "",
        "worker": None,
        "receipt_hash": secrets.digest(secrets.new_code()),
        "stage": HIDDEN + stage.value,
        "desk": "",
        "revision": 1,
        "due_at": None,
        "drafted_at": batch.at,
        "handed_in_at": handed_in,
        "adopted_at": handed_in if adopted else None,
        "changed_at": batch.at,
        "sheet": batch.id,
    }


def _steps(number: int, values: Mapping[str, Any], proposal: Mapping[str, Any], batch: Batch) -> list[dict[str, Any]]:
    same = {"proposal": number, "rule": ""}
    steps = [{**same, "step": "hand_in", "note": "", "account": None, "at": proposal["handed_in_at"]}]
    stage = stage_of(values)
    step = STEP_TO.get(Stage.CARRIED_OUT if stage is Stage.VERIFIED else stage)
    if step:
        note = values.get("reason", "")
        steps.append({**same, "step": step, "note": note, "account": batch.by, "at": batch.at})
    return steps


def _outcome(number: int, values: Mapping[str, Any], proposal: Mapping[str, Any], batch: Batch) -> dict[str, Any]:
    claimed = values.get("claimed") or None
    return {
        "proposal": number,
        "done": values.get("reason") or values["suggestion"],
        "done_on": day_of(proposal["handed_in_at"]),
        "claimed": claimed,
        "working": "",
        "uncounted": "" if claimed else values.get("uncounted") or UNSTATED,
        "stated_by": batch.by,
        "stated_at": batch.at,
        "verified": None,
        "verified_by": None,
        "verified_at": None,
        "act": None,
    }


async def _held_run(sql: str, *values: Any) -> None:
    held = mine(engines.current())
    if held is None:
        raise RuntimeError("a sheet is shown and hidden inside a transaction")
    await held.run(sql, *values)


PROPOSALS = sheet_kinds.register(
    Kind(
        "proposals",
        N_("Rationalization proposals"),
        HANDLE_PROPOSALS,
        COLUMNS,
        check,
        write_chunk,
        show,
        hide,
        take_back,
        home="/proposals/desk",
        same=("name", "title", "problem", "suggestion"),
        there=there,
        compared=proposal_comparing_reads.compared,
        notes=("一行一件建议；单位自己的表头也可以，导入时会请您确认对应关系。",),
    )
)
