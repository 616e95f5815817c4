"""Entries and who made them: the only writer of `Contestant`, and of `Entry` but for its lock (`locks.py`).

The ledger never holds a name or a unit: entries stand there by id, and what is recorded of them as codes and numbers.
`by` is the acting account's id.
"""

import secrets as random
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from competitions import difficulty
from competitions.contests import lock_contest
from competitions.panel import plans
from competitions.roster import people
from competitions.rules.facts import EntryFacts
from competitions.rules.panel import panel_problems
from competitions.rules.roster import FIELD, RosterRow, check_rows, draw_numbers, person_problems
from competitions.rules.stages import Stage
from competitions.tables import Contestant, Entry, SeatWork
from competitions.versions import frozen_scheme
from foundation.base import secrets
from foundation.base.problem import NotFound, Problem, Refused
from foundation.store import ledger
from foundation.store.conflicts import tried_again
from foundation.store.transactions import transaction

AT_ONCE = 500  # rows a statement: PostgreSQL takes at most 32,767 values

_PERSON_FIELDS = {"roster_unit_empty": "unit"}  # where the form of one person shows a problem; else at the name


@dataclass(frozen=True, slots=True)
class IssuedCode:
    """A personal code, known to nobody but the reader of this value: only its hash is kept."""

    work_number: str
    name: str
    unit: str
    code: str


@tried_again
async def add_roster(contest_id: int, rows: Sequence[RosterRow], by: int) -> int:
    """Add contestants, all or none; work numbers not given are drawn at random. Answers how many were added.

    Raises Refused for anything wrong with the rows, for people and numbers that are on the list already, once results
    are published, and while marking where the seats would not cover the new works.
    """
    async with transaction():
        contest = await lock_contest(contest_id)
        if contest.stage is Stage.PUBLISHED:
            raise Refused(Problem("roster_published", FIELD))
        known = [one.row() for one in await people(contest_id)]
        checked = check_rows(rows, contest.groups, known)
        already = [
            Problem("roster_already", FIELD, {"line": str(row.line), "name": row.name, "work_number": row.work_number})
            for row in checked.already
        ]
        if problems := [*checked.problems, *already]:
            raise Refused(*problems)
        if not checked.rows:
            raise Refused(Problem("roster_empty", FIELD))
        numbers = draw_numbers(
            [row.work_number for row in known],
            [row.work_number for row in checked.rows],
            random.SystemRandom().shuffle,
        )
        # In the order of the work numbers, so that not even the rows' ids follow the list.
        await _insert(contest_id, sorted(zip(numbers, checked.rows, strict=True), key=lambda pair: pair[0]))
        if contest.stage is Stage.MARKING:
            await _still_covered(contest_id)
        _record(contest_id, "roster.added", by, payload={"entries": len(numbers)})
    return len(numbers)


@tried_again
async def remove_entry(contest_id: int, entry_id: int, by: int) -> None:
    """Take an entry off the list, which is possible until marking is open. Raises Refused."""
    async with transaction():
        contest = await lock_contest(contest_id)
        await _entry(contest_id, entry_id)
        if contest.stage not in (Stage.DRAFT, Stage.FROZEN):
            raise Refused(Problem("entry_stays"))
        await SeatWork.delete().where(SeatWork.entry == entry_id)
        await difficulty.forget(entry_id)
        await Contestant.delete().where(Contestant.entry == entry_id)
        await Entry.delete().where(Entry.id == entry_id)
        _record(contest_id, "entry.removed", by, entry_id)


async def set_facts(contest_id: int, entry_id: int, facts: EntryFacts, by: int) -> None:
    """Record status, time, penalty and carried points of one entry; see `set_all_facts`."""
    await set_all_facts(contest_id, {entry_id: facts}, by)


@tried_again
async def set_all_facts(
    contest_id: int,
    facts: Mapping[int, EntryFacts],
    by: int,
    coefficients: difficulty.Typed | None = None,
    *,
    seen: Mapping[int, EntryFacts] | None = None,
) -> int:
    """Record what changed of several entries, all or none, until results are published; answers how many changed.

    `coefficients` are those that were typed; others stay. Raises NotFound for an entry of another contest, Refused
    once results are published, for a coefficient that the scheme does not take (any more), and where what is changed
    is not `seen` any more. A lock closes the marks, not these: the contest office records them until publication.
    """
    async with transaction():
        contest = await lock_contest(contest_id)
        if contest.stage is Stage.PUBLISHED:
            raise Refused(Problem("facts_published"))
        before = {one.entry_id: one.facts for one in await people(contest_id)}
        if not facts.keys() <= before.keys():
            raise NotFound
        changed = {entry_id: new for entry_id, new in sorted(facts.items()) if new != before[entry_id]}
        if seen is not None and any(seen[entry_id] != before[entry_id] for entry_id in changed):
            raise Refused(Problem("facts_changed_meanwhile"))
        for entry_id, new in changed.items():
            await Entry.update(**asdict(new)).where(Entry.id == entry_id)
            _record(contest_id, "entry.facts_set", by, entry_id, asdict(new))
        told = await difficulty.record(contest_id, coefficients or {}, by)
    return len(changed.keys() | told)


@tried_again
async def correct_person(contest_id: int, entry_id: int, *, name: str, unit: str, city: str, by: int) -> None:
    """Correct how a contestant is written, until results are published. Raises Refused, fields named as the form's."""
    row = RosterRow(0, *(" ".join(text.split()) for text in (name, unit, city)))
    problems = [
        Problem(each.code.replace("roster_", "contestant_"), _PERSON_FIELDS.get(each.code, "name"), each.params)
        for each in person_problems(row)
    ]
    if problems:
        raise Refused(*problems)
    async with transaction():
        contest = await lock_contest(contest_id)
        await _entry(contest_id, entry_id)
        if contest.stage is Stage.PUBLISHED:
            raise Refused(Problem("facts_published"))
        others = [one.row() for one in await people(contest_id) if one.entry_id != entry_id]
        if check_rows([row], (), others).already:
            raise Refused(Problem("contestant_twice", "name"))
        await Contestant.update(
            {Contestant.name: row.name, Contestant.unit: row.unit, Contestant.city: row.city}
        ).where(Contestant.entry == entry_id)
        _record(contest_id, "contestant.corrected", by, entry_id)


@tried_again
async def issue_codes(contest_id: int, by: int, only: Collection[int] | None = None) -> list[IssuedCode]:
    """Fresh personal codes for everybody (or only for some entry ids), by work number; older ones stop working.

    They are in the answer this once: only their hashes are kept. Raises Refused where there is nobody.
    """
    async with transaction():
        await lock_contest(contest_id)
        wanted = [one for one in await people(contest_id) if only is None or one.entry_id in only]
        if not wanted:
            raise Refused(Problem("codes_nobody"))
        issued = []
        for one in wanted:
            code = secrets.new_code()
            await Contestant.update({Contestant.code_hash: secrets.digest(code)}).where(
                Contestant.entry == one.entry_id
            )
            issued.append(IssuedCode(one.work_number, one.name, one.unit, code))
        _record(contest_id, "codes.issued", by, payload={"entries": [one.entry_id for one in wanted]})
    return issued


async def _insert(contest_id: int, numbered: Sequence[tuple[str, RosterRow]]) -> None:
    for start in range(0, len(numbered), AT_ONCE):
        part = numbered[start : start + AT_ONCE]
        made = await Entry.insert(
            *(Entry(contest=contest_id, work_number=number, group=row.group) for number, row in part)
        ).returning(Entry.id, Entry.work_number)
        ids = {row["work_number"]: row["id"] for row in made}
        await Contestant.insert(
            *(
                Contestant(entry=ids[number], name=row.name, unit=row.unit, city=row.city, code_hash="")
                for number, row in part
            )
        )


async def _still_covered(contest_id: int) -> None:
    frozen = await frozen_scheme(contest_id)
    if frozen is not None and (problems := panel_problems(frozen.scheme, *await plans(contest_id))):
        raise Refused(*problems)


async def _entry(contest_id: int, entry_id: int) -> None:
    if not await Entry.exists().where(Entry.id == entry_id, Entry.contest == contest_id):
        raise NotFound


def _record(
    contest_id: int, act: str, by: int, entry: int | None = None, payload: dict[str, Any] | None = None
) -> None:
    ledger.record(
        stream=f"contest:{contest_id}",
        act=act,
        actor=f"account:{by}",
        about="" if entry is None else f"entry:{entry}",
        payload=payload,
    )
