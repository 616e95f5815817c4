"""Nominations as a round's rules see them: facts, what was used up, and totals. Reads only.

The one place where rounds look at nominations. Names are selected for the officers who choose, by `nominees_of`
alone.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from craftsmen.nomination_tables import Nomination, NominationStep
from craftsmen.round_tables import Channel
from craftsmen.rules.facts import NomineeFacts, Role, UnitType
from craftsmen.rules.nomination_steps import AT_UNIT, ROAD, Stage
from craftsmen.rules.round_amending import Used

AT_FEDERATION = frozenset({Stage.PROVINCE, Stage.PANEL, Stage.NOTICE, Stage.SECOND, Stage.PROPOSED, Stage.CONFERRED})
HAN = ("", "汉", "汉族")  # 民族 that is no minority, or not known

_FACTS = (
    Nomination.id, Nomination.role, Nomination.unit_type, Nomination.special, Nomination.channel, Nomination.worker,
    Nomination.worker.gender.as_alias("gender"), Nomination.worker.migrant.as_alias("migrant"),
    Nomination.worker.new_form.as_alias("new_form"), Nomination.worker.ethnicity.as_alias("ethnicity"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Nominee:
    """A line of the list to choose from."""

    facts: NomineeFacts
    address: str
    name: str
    unit: str
    channel: str
    rank: int | None
    stage: Stage

    @property
    def key(self) -> int:
        return self.facts.key


@dataclass(frozen=True, slots=True)
class Totals:
    """How many came to the federation, were reviewed there, and were conferred: persons or teams."""

    recommended: int
    reviewed: int
    conferred: int


async def nominees_of(round_id: int) -> list[Nominee]:
    """Everybody at the federation in a round and not left out, by channel and its ranking."""
    rows = (
        await Nomination.select(
            *_FACTS,
            Nomination.address, Nomination.team_name, Nomination.rank, Nomination.stage,
            Nomination.worker.name.as_alias("worker_name"),
            Nomination.unit.name.as_alias("unit_name"),
            Nomination.channel.position.as_alias("position"),
            Nomination.channel.organisation.name.as_alias("channel_name"),  # type: ignore[union-attr]
        )
        .where(Nomination.round == round_id, Nomination.stage.is_in([stage.value for stage in AT_FEDERATION]))
        .order_by(Nomination.id)
    )  # fmt: skip
    rows.sort(key=lambda row: (row["position"], row["rank"] is None, row["rank"] or 0, row["id"]))
    return [
        Nominee(
            facts=nominee(row),
            address=row["address"],
            name=row["worker_name"] or row["team_name"],
            unit=row["unit_name"],
            channel=row["channel_name"],
            rank=row["rank"],
            stage=Stage(row["stage"]),
        )
        for row in rows
    ]


async def facts_of(nomination_ids: Collection[int]) -> list[NomineeFacts]:
    """These nominations as composition, opinions and materials see them."""
    wanted, found = sorted(set(nomination_ids)), []
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        found += await Nomination.select(*_FACTS).where(Nomination.id.is_in(part)).order_by(Nomination.id)
    return [nominee(row) for row in found]


async def used_of(round_id: int) -> Used:
    """What was done under a round's rules so far, which no amendment may undo."""
    channels = await Channel.select(Channel.organisation, Channel.submitted_at).where(Channel.round == round_id)
    rows = await Nomination.select(
        Nomination.stage, Nomination.special, Nomination.channel.organisation.as_alias("organisation")
    ).where(Nomination.round == round_id)
    recommended: dict[int, int] = {}
    specials: dict[str, int] = {}
    for row in rows:
        if Stage(row["stage"]) in AT_UNIT or row["stage"] in (Stage.NOT_CHOSEN, Stage.WITHDRAWN):
            continue
        if row["special"]:
            specials[row["special"]] = specials.get(row["special"], 0) + 1
        elif Stage(row["stage"]) in AT_FEDERATION:
            recommended[row["organisation"]] = recommended.get(row["organisation"], 0) + 1
    steps = (
        await NominationStep.select(NominationStep.after).distinct().where(NominationStep.nomination.round == round_id)
    )
    reached = {row["after"] for row in steps} | {row["stage"] for row in rows}
    return Used(
        recommended=recommended,
        specials=specials,
        handed_in=frozenset(row["organisation"] for row in channels if row["submitted_at"] is not None),
        stages=frozenset(reached) & {stage.value for stage in ROAD},
    )


async def totals_of(round_ids: Sequence[int]) -> Mapping[int, Totals]:
    """The totals of these rounds; whoever was left out later still was recommended."""
    if not round_ids:
        return {}
    at_federation = [stage.value for stage in AT_FEDERATION]
    came = await _with_step(round_ids, NominationStep.after.is_in(at_federation))
    seen = await _with_step(round_ids, NominationStep.before.is_in(at_federation), NominationStep.after != Stage.DRAFT)
    conferred = await Nomination.select(Nomination.id, Nomination.round.as_alias("of")).where(
        Nomination.round.is_in(list(round_ids)), Nomination.stage == Stage.CONFERRED.value
    )
    return {
        one: Totals(len(came.get(one, ())), len(seen.get(one, ())), sum(row["of"] == one for row in conferred))
        for one in round_ids
    }


async def _with_step(round_ids: Sequence[int], *conditions: Any) -> dict[int, set[int]]:
    rows = await NominationStep.select(NominationStep.nomination, NominationStep.nomination.round.as_alias("of")).where(
        NominationStep.nomination.round.is_in(list(round_ids)), *conditions
    )
    found: dict[int, set[int]] = {}
    for row in rows:
        found.setdefault(row["of"], set()).add(row["nomination"])
    return found


def nominee(row: Mapping[str, Any]) -> NomineeFacts:
    """A row's facts; its worker's stand under their own names."""
    return NomineeFacts(
        key=row["id"],
        gender=row["gender"] or "",
        role=Role(row["role"]),
        unit_type=UnitType(row["unit_type"]),
        migrant=bool(row["migrant"]),
        new_form=bool(row["new_form"]),
        minority=(row["ethnicity"] or "") not in HAN,
        team=row["worker"] is None,
        channel=row["channel"],
        special=row["special"],
    )
