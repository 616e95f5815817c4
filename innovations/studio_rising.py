"""A studio that bears a name goes on to a call of a higher level (逐级推荐): its application there.

The application stands beside the studio, prefilled; the name stands meanwhile, and members, results and years stay the
studio's. Naming it raises the studio (`studio_terms.begin`).
"""

from datetime import datetime

import msgspec

from foundation.base.clock import day_of
from foundation.base.problem import Problem, Refused
from foundation.people.worker_tables import Worker
from foundation.store.conflicts import tried_again
from foundation.store.locks import lock_row
from foundation.store.transactions import transaction
from innovations import studio_reads, studio_rounds, studios
from innovations.rules.studio_calls import RoundStage
from innovations.rules.studio_terms import rise_problems
from innovations.rules.studios import Stage
from innovations.studio_rounds import CallFacts
from innovations.studio_tables import Studio
from innovations.studios import StudioFacts


@tried_again
async def begin(round_id: int, studio_id: int, by: int, now: datetime) -> int:
    """Begin the application of a named studio; answers its id. Raises NotFound; Refused where the call takes none from
    its unit or is of no higher level, and where the studio goes on already."""
    async with transaction():
        await lock_row(Worker, (await studios.by_id(studio_id)).leader)
        call = await studio_rounds.locked(round_id)
        found = await studios.locked(studio_id)
        if call.stage is not RoundStage.OPEN or await studio_rounds.channel_for(call, found.organisation_id) is None:
            raise Refused(Problem("studio_not_open", "round"))
        problems = rise_problems(found.stage, found.level, call.level)
        if day_of(now) > call.apply_until:
            problems.append(Problem("studio_late", "round"))
        if found.stage is Stage.LAPSED and await studios.leads_another(found):
            problems.append(Problem("studio_leader_elsewhere", "round"))
        if await studios.application_of(studio_id) is not None:
            problems.append(Problem("studio_rise_twice", "round"))
        if problems:
            raise Refused(*problems)
        said, body = found.draft, msgspec.json.encode(found.draft.body, order="deterministic").decode()
        row = Studio(
            address="", organisation=found.organisation_id, round=round_id, continues=studio_id, name=said.name,
            leader=found.leader, level="", field=said.field, founded_on=said.founded_on, stage=Stage.DRAFT.value,
            body=body, document="", ended_reason="", note="", created_by=by, created_at=now, changed_at=now,
        )  # fmt: skip
        await row.save()
        await Studio.update({Studio.address: f"{day_of(now).year}-{row.id:04}"}).where(Studio.id == row.id)
        studios.record(row.id, "begun", by, {"round": round_id, "continues": studio_id})
        return int(row.id)


async def offers(found: StudioFacts) -> list[CallFacts]:
    """The calls under which a studio may go on now."""
    calls = await studio_reads.open_calls(found.organisation_id) if found.level is not None else []
    return [one for one in calls if not rise_problems(found.stage, found.level, one.level)]
