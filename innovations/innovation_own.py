"""What an author reads of their innovations on their own page: what was handed in, where it stands, its results.

Who stands on the list of people of what was handed in last is an author of it; a result is told to those on the list
that was reviewed. Nothing of a draft is ever selected, nor who reviewed or decided.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from foundation.base import clock
from foundation.base.problem import N_, NotFound
from foundation.people import own
from foundation.people.own import OwnRow, Section
from foundation.people.worker_tables import Worker
from innovations import review_list_reads, review_results
from innovations.innovation_tables import InnovationNamed, InnovationVersion
from innovations.review_list_reads import OwnLine
from innovations.review_results import Result
from innovations.rules.innovation_form import Draft
from innovations.rules.innovations import Stage

MOST = 1000  # on a worker's own page, the newest: more than anybody has


@dataclass(frozen=True, slots=True)
class OwnInnovation:
    """An innovation as one of its authors may read it; `said` is its newest version."""

    id: int
    organisation: str
    stage: Stage
    handed_in_at: datetime
    said: Draft


async def of_worker(worker_id: int, innovation_id: int | None = None) -> list[OwnInnovation]:
    """The innovations of a worker, the newest first, none that was never handed in."""
    ids = await InnovationNamed.select(InnovationNamed.innovation).where(
        InnovationNamed.worker == worker_id,
        *([] if innovation_id is None else [InnovationNamed.innovation == innovation_id]),
    )
    rows = await (
        InnovationVersion.select(
            InnovationVersion.innovation.id.as_alias("id"), InnovationVersion.innovation.stage.as_alias("stage"),
            InnovationVersion.innovation.organisation.name.as_alias("organisation"),  # type: ignore[union-attr]
            InnovationVersion.body, InnovationVersion.made_at,
        )
        .where(
            InnovationVersion.innovation.is_in([row["innovation"] for row in ids] or [0]),
            InnovationVersion.number == InnovationVersion.innovation.version,
            InnovationVersion.innovation.stage != Stage.DRAFT.value,
        )
        .order_by(InnovationVersion.innovation, ascending=False)
        .limit(MOST)
    )  # fmt: skip
    records = await _records(worker_id)
    return [found for row in rows if _is_author(records, (found := _read(row)).said)]


async def results(worker_id: int, innovation_id: int) -> list[tuple[OwnLine, Result]]:
    """What reviews that are decided say of an innovation, to those on the list of people that they reviewed."""
    records = await _records(worker_id)
    lines = await review_list_reads.decided_on(innovation_id, lambda said: _is_author(records, said))
    return [(line, await review_results.of(line)) for line in lines]


async def one(worker_id: int, innovation_id: int) -> OwnInnovation:
    """An innovation of this worker. Raises NotFound."""
    found = await of_worker(worker_id, innovation_id)
    if not found:
        raise NotFound
    return found[0]


async def _records(worker_id: int) -> frozenset[int]:
    """The worker's record, and those that were merged into it: versions keep the number that stood there then."""
    rows = await Worker.select(Worker.id).where(Worker.merged_into == worker_id)
    return frozenset({worker_id, *(row["id"] for row in rows)})


def _is_author(records: frozenset[int], said: Draft) -> bool:
    return any(author.worker in records for author in said.authors)


def _read(row: dict[str, Any]) -> OwnInnovation:
    said = msgspec.json.decode(row["body"], type=Draft)
    return OwnInnovation(row["id"], row["organisation"], Stage(row["stage"]), row["made_at"], said)


async def _own_rows(worker_id: int) -> Sequence[OwnRow]:
    """On the worker's own page: each innovation with the day it was handed in."""
    zone = clock.zone()
    return [
        OwnRow(one.said.title, f"{one.handed_in_at.astimezone(zone):%Y-%m-%d}", f"/mine/innovations/{one.id}")
        for one in await of_worker(worker_id)
    ]


own.SECTIONS.append(Section(N_("My innovations"), _own_rows))
