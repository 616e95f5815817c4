"""What an innovation grew out of, and what grew out of it: award, subsidies, honours of its people. Writes nothing.

For the unit that keeps it. Each link is one that its reader may follow; an honour that they may not open has none.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from craftsmen import nomination_rounds
from craftsmen.honour_tables import Honour
from craftsmen.may import NOMINATE, SEE_HONOURS
from craftsmen.rules.honours import Stage as HonourStage
from craftsmen.visible_lists import visible
from foundation.base.clock import day_of
from foundation.people.permissions import permitted
from foundation.people.sessions import SignedIn
from innovations import innovation_rewards, proposal_facts, proposal_reads, subsidies, subsidy_reads
from innovations.innovation_reads import InnovationFacts
from innovations.innovation_tables import InnovationStep
from innovations.may import HANDLE_PROPOSALS, WRITE_APPLICATIONS
from innovations.rules.innovations import GONE, HANDED_IN_ONCE
from innovations.rules.subsidy_steps import APPLICATION_STAGES, ApplicationStage
from innovations.subsidy_tables import SubsidyApplication

MOST = 20  # of a kind
TOLD = (ApplicationStage.GRANTED, ApplicationStage.REPORTED, ApplicationStage.SETTLED, ApplicationStage.RECOVERED)


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the chain: `what` is proposal, innovation, reward, award, subsidy or honour.

    `state` is a sentence of ours.
    """

    what: str
    title: str
    state: str = ""
    amount: int | None = None  # fen
    year: int | None = None
    address: str = ""


@dataclass(frozen=True, slots=True)
class Next:
    """What may be made of it now, with what the registry knows: rounds of subsidies, and rounds that honour people."""

    money: Sequence[subsidies.RoundFacts] = ()
    nominations: Sequence[tuple[str, str]] = ()  # the round's name, and the address that begins with the person
    person: str = ""  # the first of its people whom the registry knows


async def parts(user: SignedIn, one: InnovationFacts) -> list[Part]:
    """The chain in its order."""
    return [
        *await _proposal(user, one),
        Part("innovation", one.said.title, year=one.said.year),
        *await _reward(one),
        *await _awards(one),
        *await _subsidies(user, one),
        *await _honours(user, [author.worker for author in one.said.authors if author.worker]),
    ]


async def next_acts(user: SignedIn, one: InnovationFacts, today: date) -> Next:
    """What the unit can begin with it today."""
    open_rounds: list[subsidies.RoundFacts] = []
    if one.stage in HANDED_IN_ONCE - GONE and WRITE_APPLICATIONS.possible(user):
        rows = await SubsidyApplication.select(SubsidyApplication.round).where(SubsidyApplication.innovation == one.id)
        begun = {row["round"] for row in rows}
        open_rounds = [found for found in await subsidy_reads.open_rounds(one.organisation_id) if found.id not in begun]
    known = next((author for author in one.said.authors if author.worker), None)
    rounds: list[tuple[str, str]] = []
    if known is not None and one.stage in HANDED_IN_ONCE - GONE and NOMINATE.possible(user):
        rounds = [
            (found.name, f"/nominations/new/{found.address}?q={known.name}")
            for found in await nomination_rounds.open_rounds(today)
            if found.rules.holder != "team"
        ]
    return Next(open_rounds, rounds, known.name if known else "")


async def _proposal(user: SignedIn, one: InnovationFacts) -> list[Part]:
    if one.proposal is None or not await proposal_reads.handles(user, one.proposal):
        return []
    found = await proposal_reads.one(user, one.proposal, HANDLE_PROPOSALS)
    reward = (await proposal_facts.rewards([found.id])).get(found.id)
    year = day_of(found.handed_in_at).year if found.handed_in_at else None
    return [Part("proposal", found.title, "", reward.amount if reward else None, year, f"/proposals/desk/{found.id}")]


async def _reward(one: InnovationFacts) -> list[Part]:
    found = await innovation_rewards.of(one.id)
    if found is None:
        return []
    at = f"/innovations/desk/{one.id}/reward"
    return [Part("reward", found.tier, amount=found.amount, year=found.rule_day.year, address=at)]


async def _awards(one: InnovationFacts) -> list[Part]:
    """Every one: a city's prize stays beside the province's, and both when its credit is merged into another."""
    rows = await (
        InnovationStep.select(InnovationStep.note, InnovationStep.at)
        .where(InnovationStep.innovation == one.id, InnovationStep.step == "award")
        .order_by(InnovationStep.id)
        .limit(MOST)
    )
    return [Part("award", row["note"] or one.said.title, year=day_of(row["at"]).year) for row in rows]


async def _subsidies(user: SignedIn, one: InnovationFacts) -> list[Part]:
    query = SubsidyApplication.select(
        SubsidyApplication.id, SubsidyApplication.stage, SubsidyApplication.granted,
        SubsidyApplication.round.name.as_alias("name"), SubsidyApplication.round.year.as_alias("year"),
    ).where(SubsidyApplication.innovation == one.id)  # fmt: skip
    rows = await permitted(query, WRITE_APPLICATIONS, user).order_by(SubsidyApplication.id).limit(MOST)
    return [
        Part(
            "subsidy", row["name"], APPLICATION_STAGES[ApplicationStage(row["stage"])],
            row["granted"] if row["stage"] in TOLD else None, row["year"], f"/subsidies/applications/{row['id']}",
        )
        for row in rows
    ]  # fmt: skip


async def _honours(user: SignedIn, workers: Sequence[int]) -> list[Part]:
    rows = await (
        Honour.select(Honour.id, Honour.title.name.as_alias("title"), Honour.name, Honour.year)
        .where(
            Honour.worker.is_in(list(workers) or [0]), Honour.stage == HonourStage.CONFERRED.value,
            visible(Honour.honour_list),
        )
        .order_by(Honour.year)
        .order_by(Honour.id)
        .limit(MOST)
    )  # fmt: skip
    may_open: set[int] = set()
    if rows and SEE_HONOURS.possible(user):
        asked = Honour.select(Honour.id).where(Honour.id.is_in([row["id"] for row in rows]))
        may_open = {row["id"] for row in await permitted(asked, SEE_HONOURS, user)}
    return [
        Part(
            "honour", f"{row['name']} · {row['title']}", year=row["year"],
            address=f"/honours/{row['id']}" if row["id"] in may_open else "",
        )
        for row in rows
    ]  # fmt: skip
