"""The named cast of the rounds' tests: a province with two cities and an industry union, a title, a round.

here = await province()                     # 官 runs rounds for the federation, 市 is an officer of a city
address = await here.draft_round()          # 第八届赣鄱工匠, as the preset has it
found = await here.frozen_round()           # the same, frozen
await here.nominate(found, "南昌", 3, role=Role.FRONT_LINE)
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from craftsmen import round_drafts, rounds
from craftsmen.honour_tables import HonourTitle
from craftsmen.nomination_tables import Nomination, NominationStep
from craftsmen.round_reads import RoundFacts, channels_of, draft_rules, round_by_address
from craftsmen.rules.facts import Role, UnitType
from craftsmen.rules.nomination_steps import Stage
from craftsmen.rules.round_draft import RoundDraft
from craftsmen.rules.round_rules import RoundRules, canonical, rules_hash
from foundation.people import accounts, organisations
from foundation.people.organisation_draft import Draft
from foundation.people.organisation_kinds import Kind
from foundation.people.organisation_tables import ROOT_ID
from foundation.people.worker_tables import Worker

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@dataclass
class Here:
    """Ids of what a test needs."""

    officer: int
    title: int
    places: dict[str, int]

    async def draft_round(self, rules: RoundRules | None = None, edition: int = 8, **own: Any) -> str:
        rules = rules or await round_drafts.from_preset("ganpo-craftsman", ROOT_ID)
        said = RoundDraft(self.title, 2026, edition, f"第{edition}届赣鄱工匠推荐选树")
        return await round_drafts.create(replace(said, **own), rules, ROOT_ID, self.officer, NOW)

    async def frozen_round(self, rules: RoundRules | None = None, edition: int = 8) -> RoundFacts:
        found = await round_by_address(await self.draft_round(rules, edition))
        assert found is not None
        seen = rules_hash(canonical(await draft_rules(found.id)))
        await rounds.freeze(found.id, seen, self.officer, NOW)
        return await self.again(found)

    async def again(self, found: RoundFacts) -> RoundFacts:
        newest = await round_by_address(found.address)
        assert newest is not None
        return newest

    async def nominate(
        self, found: RoundFacts, channel: str, count: int = 1, stage: Stage = Stage.PROVINCE, **facts: Any
    ) -> list[int]:
        """People of a channel's own unit, as rows; `facts` are those of `NomineeFacts`."""
        facts = {"gender": "male", "role": Role.FRONT_LINE, "unit_type": UnitType.STATE_ENTERPRISE, **facts}
        by_name = {one.name: one for one in await channels_of(found.id)}
        organisation = by_name[channel]
        made = []
        for _ in range(count):
            number = 1 + await Nomination.count()
            worker = Worker(
                unit=organisation.organisation_id, name=f"职工{number}", folded="", sound_key="", stroke_key="",
                letters="", initials="", id_sealed="", id_hash=f"{number}", phone_sealed="", phone_hash="",
                gender=facts["gender"], ethnicity="畲族" if facts.get("minority") else "汉族", politics="",
                education="", title="", grade="", occupation="", occupation_code="",
                migrant=facts.get("migrant", False),
                new_form=facts.get("new_form", False), created_at=NOW, changed_at=NOW,
            )  # fmt: skip
            await worker.save()
            row = Nomination(
                address=f"{found.address}-{number:03d}", round=found.id, channel=organisation.id,
                unit=organisation.organisation_id, worker=worker.id, team_name="", stage=stage.value, rank=number,
                role=facts["role"], unit_type=facts["unit_type"], special=facts.get("special", ""), summary="",
                story="", answers="{}", works="[]", scan="{}", outcome_rule="", outcome_reason="", outcome_advice="",
                created_by=f"account:{self.officer}", created_at=NOW, changed_at=NOW,
            )  # fmt: skip
            await row.save()
            await NominationStep(
                nomination=row.id, step="go_on", before=Stage.CHANNEL.value, after=stage.value, note="", by="", at=NOW
            ).save()
            made.append(row.id)
        return made


async def province() -> Here:
    officer, _ = await accounts.create_account("guan", "官", ["officer"], "test", NOW)
    places = {}
    for name, kind in (("南昌", Kind.CITY), ("九江", Kind.CITY), ("教科文卫", Kind.INDUSTRY)):
        places[name] = await organisations.create(ROOT_ID, Draft(name, kind), "test", NOW)
    await accounts.create_account("shi", "市", ["officer"], "test", NOW, organisation_id=places["南昌"])
    title = await HonourTitle.select(HonourTitle.id).where(HonourTitle.code == "ganpo-craftsman").first()
    if title is None:
        row = HonourTitle(
            code="ganpo-craftsman", name="赣鄱工匠", verb="name", body="江西省总工会", holder="person",
            family="craftsman", pages=True, organisation=ROOT_ID,
        )  # fmt: skip
        await row.save()
        title = {"id": row.id}
    return Here(officer, title["id"], places)


def small(**changes: Any) -> RoundRules:
    """Rules that fit together, with three to confer and no composition."""
    return replace(round_drafts.EMPTY, confer=3, **changes)
