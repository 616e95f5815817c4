"""Nominations as those see them who may: what the worn hat covers is selected, and nothing else.

Writes nothing. Of the worker it selects what stands in a nomination; ID numbers and telephones never leave the
registry's own page of workers.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from craftsmen.nomination_tables import Nomination, NominationEvidence
from craftsmen.nominee_reads import nominee
from craftsmen.rules.facts import NomineeFacts, Role, UnitType
from craftsmen.rules.nomination_form import NominationDraft, Work, answers_of, works_of
from craftsmen.rules.nomination_steps import AT_UNIT, Stage
from foundation.base.problem import NotFound
from foundation.people.permissions import Permission, permitted
from foundation.people.sessions import SignedIn


@dataclass(frozen=True, slots=True)
class NominationFacts:
    """One nomination as it stands. `name` is the person's or the team's; `draft` is all that was typed."""

    id: int
    address: str
    round_id: int
    channel_id: int
    channel: str
    unit_id: int
    unit: str
    unit_path: str
    county_id: int | None
    county: str
    worker_id: int | None
    name: str
    own: bool
    handed_over_at: datetime | None
    stage: Stage
    rank: int | None
    notice_from: date | None
    notice_until: date | None
    portrait: int | None
    scan: str
    outcome_rule: str
    outcome_reason: str
    outcome_advice: str
    revision: int
    created_by: str
    created_at: datetime
    changed_at: datetime
    facts: NomineeFacts
    draft: NominationDraft
    person: "Person | None"

    @property
    def subject(self) -> str:
        """As the ledger, returns and prints name it."""
        return f"nomination:{self.id}"

    @property
    def works(self) -> tuple[Work, ...]:
        return self.draft.works


@dataclass(frozen=True, slots=True)
class Person:
    """What a form of recommendation asks of a worker and the registry knows already."""

    name: str
    gender: str
    birth_date: date | None
    ethnicity: str
    politics: str
    education: str
    title: str
    grade: str
    occupation: str
    migrant: bool
    new_form: bool
    front_line: bool


_FACTS = (
    *Nomination.all_columns(),
    Nomination.channel.organisation.name.as_alias("channel_name"),  # type: ignore[union-attr]
    Nomination.unit.name.as_alias("unit_name"),
    Nomination.unit.path.as_alias("unit_path"),
    Nomination.county.name.as_alias("county_name"),
    *(
        getattr(Nomination.worker, name).as_alias("worker_name" if name == "name" else name)
        for name in (
            "name", "gender", "birth_date", "ethnicity", "politics", "education", "title", "grade", "occupation",
            "migrant", "new_form", "front_line",
        )
    ),
)  # fmt: skip


async def for_user(user: SignedIn, address: str, permission: Permission) -> NominationFacts:
    """The nomination at this address, for whoever holds the permission for it. Raises NotFound."""
    row = await permitted(Nomination.select(*_FACTS).where(Nomination.address == address), permission, user).first()
    if row is None:
        raise NotFound
    return (await whole([row]))[0]


async def by_ids(ids: Collection[int]) -> list[NominationFacts]:
    """Nominations by their ids, by channel and rank: for rules and papers; pages of people use `for_user`."""
    if not ids:
        return []
    rows = await Nomination.select(*_FACTS).where(Nomination.id.is_in(list(ids)))
    return sorted(await whole(rows), key=_in_order)


async def own_of(worker_id: int, address: str) -> NominationFacts:
    """A worker's nomination of themselves, for their own page. Raises NotFound."""
    row = (
        await Nomination.select(*_FACTS)
        .where(Nomination.address == address, Nomination.worker == worker_id, Nomination.own.eq(True))
        .first()
    )
    if row is None:
        raise NotFound
    return (await whole([row]))[0]


async def of_worker(worker_id: int, address: str) -> NominationFacts:
    """A nomination of this worker that they may read of: their own, or one that was handed in. Raises NotFound."""
    row = (
        await Nomination.select(*_FACTS)
        .where(
            Nomination.address == address,
            Nomination.worker == worker_id,
            Nomination.own.eq(True) | Nomination.stage.not_in([stage.value for stage in AT_UNIT]),
        )
        .first()
    )
    if row is None:
        raise NotFound
    return (await whole([row]))[0]


def select_all() -> Any:
    """A query for whole nominations, to be narrowed and handed to `whole`."""
    return Nomination.select(*_FACTS)


async def whole(rows: Sequence[Mapping[str, Any]]) -> list[NominationFacts]:
    """Rows of `select_all` with their evidence, in two queries however many."""
    evidence: dict[int, list[Mapping[str, Any]]] = {row["id"]: [] for row in rows}
    if evidence:
        found = await (
            NominationEvidence.select()
            .where(NominationEvidence.nomination.is_in(list(evidence)))
            .order_by(NominationEvidence.nomination, NominationEvidence.position)
        )
        for one in found:
            evidence[one["nomination"]].append(one)
    return [_facts(row, evidence[row["id"]]) for row in rows]


def _facts(row: Mapping[str, Any], evidence: Sequence[Mapping[str, Any]]) -> NominationFacts:
    person = row["worker"] is not None
    return NominationFacts(
        id=row["id"],
        address=row["address"],
        round_id=row["round"],
        channel_id=row["channel"],
        channel=row["channel_name"],
        unit_id=row["unit"],
        unit=row["unit_name"],
        unit_path=row["unit_path"],
        county_id=row["county"],
        county=row["county_name"] or "",
        worker_id=row["worker"],
        name=row["worker_name"] if person else row["team_name"],
        stage=Stage(row["stage"]),
        facts=nominee(row),
        draft=NominationDraft(
            role=Role(row["role"]),
            unit_type=UnitType(row["unit_type"]),
            special=row["special"],
            team_name=row["team_name"],
            summary=row["summary"],
            story=row["story"],
            works=works_of(row["works"]),
            answers=answers_of(row["answers"]),
            honours=tuple(one["honour"] for one in evidence if one["honour"] is not None),
            stated=tuple(one["text"] for one in evidence if one["honour"] is None),
        ),
        person=Person(row["worker_name"], **{name: row[name] for name in _OF_PERSON}) if person else None,
        **{name: row[name] for name in _PLAIN},
    )


_OF_PERSON = tuple(name for name in Person.__dataclass_fields__ if name != "name")
_PLAIN = (
    "own", "handed_over_at", "rank", "notice_from", "notice_until", "portrait", "scan", "outcome_rule",
    "outcome_reason", "outcome_advice", "revision", "created_by", "created_at", "changed_at",
)  # fmt: skip


def _in_order(one: NominationFacts) -> tuple[int, bool, int, int]:
    return one.channel_id, one.rank is None, one.rank or 0, one.id
