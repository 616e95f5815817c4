"""Writing nominations: what the registry knows stands there already, who comes second is told, nothing is lost."""

import asyncio
from dataclasses import replace

import pytest

from craftsmen import nominations
from craftsmen.may import NOMINATE, REVIEW_NOMINATIONS, SEE_NOMINATIONS
from craftsmen.nomination_reads import for_user
from craftsmen.nomination_tables import Nomination
from craftsmen.rules.facts import NomineeFacts, Role, UnitType
from craftsmen.rules.nomination_steps import Stage
from foundation.base.problem import NotFound, Problem, Refused
from foundation.store import ledger
from tests.craftsmen.nominations.cast import DRAFT, NOW, RULES, a_round, honour, province


def codes(refusal) -> list[str]:
    return [problem.code for problem in refusal.value.problems]


async def test_what_the_registry_knows_stands_in_it(database):
    here = await province()
    skilled = await honour(here, "cheng", "江西省技术能手", 2019)
    city = await honour(here, "cheng", "洪城工匠", 2022)
    address = await here.begun("cheng")
    assert address == "ganpo-craftsman-8-001"
    one = await here.facts(address)
    assert (one.name, one.unit, one.county_id, one.channel) == (
        "程砚秋", "泊阳瓷厂工会", here.places["county"], "南昌市总工会",
    )  # fmt: skip
    assert one.draft.honours == (city, skilled)
    assert (one.stage, one.revision, one.rank) == (Stage.DRAFT, 1, None)
    assert one.facts == NomineeFacts(
        one.id, "female", Role.FRONT_LINE, UnitType.STATE_ENTERPRISE, minority=True, channel=here.channels["nanchang"]
    )
    entry = (await ledger.entries(one.subject))[0]
    assert (entry.act, entry.about) == ("nomination.drafted", "round:ganpo-craftsman-8")
    assert "程" not in str(entry.payload)


async def test_facts_of_many(database):
    here = await province()
    addresses = [await here.begun("cheng"), await here.begun("xiong", "tao")]
    ids = [(await here.facts(address)).id for address in addresses]
    found = await nominations.facts_of(ids)
    assert [(one.key, one.gender, one.migrant, one.minority) for one in found] == [
        (ids[0], "female", False, True), (ids[1], "female", True, False),
    ]  # fmt: skip
    assert await nominations.facts_of([]) == []


async def test_a_unit_below_its_channel_has_no_county_and_one_below_none_is_told(database):
    here = await province()
    assert (await here.facts(await here.begun("xiong", "tao"))).county_id is None
    from foundation.people import workers
    from foundation.people.worker_facts import Given

    direct = (await workers.create(Given("段和"), here.places["direct"], "test", NOW))[0]
    with pytest.raises(Refused) as refusal:
        await nominations.nominate(here.round_id, direct, "account:1", NOW)
    assert codes(refusal) == ["nomination_no_channel"]


async def test_nobody_is_nominated_twice_nor_for_a_title_they_hold(database):
    here = await province()
    await here.begun("cheng")
    with pytest.raises(Refused) as refusal:
        await here.begun("cheng")
    assert codes(refusal) == ["nomination_again"]
    await honour(here, "ji", "赣鄱工匠", 2020, "ganpo-craftsman")
    with pytest.raises(Refused) as refusal:
        await here.begun("ji")
    assert codes(refusal) == ["nomination_title_held"]


async def test_two_clerks_at_once_make_one_nomination(database):
    here = await province()
    answers = await asyncio.gather(
        here.begun("cheng"), here.begun("cheng"), here.begun("xiong", "tao"), return_exceptions=True
    )
    assert sorted(type(answer).__name__ for answer in answers) == ["Refused", "str", "str"]
    rows = await Nomination.select(Nomination.address).order_by(Nomination.address)
    assert [row["address"] for row in rows] == ["ganpo-craftsman-8-001", "ganpo-craftsman-8-002"]


async def test_no_nomination_in_a_round_that_is_over(database):
    here = await province()
    late = NOW.replace(month=6, day=2)
    with pytest.raises(Refused) as refusal:
        await nominations.nominate(here.round_id, here.workers["cheng"], "account:1", late)
    assert codes(refusal) == ["nomination_round_closed"]
    with pytest.raises(NotFound):
        await nominations.nominate(99, here.workers["cheng"], "account:1", NOW)


async def test_saving_replaces_what_was_there_and_an_old_page_replaces_nothing(database):
    here = await province()
    kept = await honour(here, "cheng", "洪城工匠", 2022)
    one = await here.facts(await here.begun("cheng"))
    written = replace(DRAFT, honours=(kept,))
    await nominations.save(one.id, written, 1, "account:1", NOW)
    now = await here.facts(one.address)
    assert (now.draft, now.revision) == (written, 2)
    with pytest.raises(Refused) as refusal:
        await nominations.save(one.id, replace(DRAFT, summary="别人的"), 1, "account:1", NOW)
    assert codes(refusal) == ["nomination_changed_meanwhile"]
    assert (await here.facts(one.address)).draft == written
    assert (await ledger.entries(one.subject))[0].payload["fields"] == [
        "summary",
        "story",
        "works",
        "evidence",
        "answers",
    ]


async def test_a_worker_nominates_themselves_and_the_unit_sees_it_once_it_is_handed_over(database):
    here = await province()
    worker = here.workers["cheng"]
    address = await nominations.nominate(here.round_id, worker, f"worker:{worker}", NOW, own=True)
    mei = await here.user("mei")
    for permission in (NOMINATE, SEE_NOMINATIONS):
        with pytest.raises(NotFound):
            await for_user(mei, address, permission)
    row = await Nomination.select(Nomination.id).first()
    with pytest.raises(Refused) as refusal:
        await nominations.hand_over(row["id"], worker, NOW)
    assert codes(refusal) == ["nomination_summary_empty"]
    await nominations.save(row["id"], DRAFT, 1, f"worker:{worker}", NOW)
    with pytest.raises(NotFound):
        await nominations.hand_over(row["id"], here.workers["ji"], NOW)
    await nominations.hand_over(row["id"], worker, NOW)
    assert (await for_user(mei, address, NOMINATE)).own
    with pytest.raises(Refused) as refusal:
        await nominations.hand_over(row["id"], worker, NOW)
    assert codes(refusal) == ["nomination_handed_over_already"]


async def test_where_a_round_wants_no_own_nominations(database):
    here = await province(replace(RULES, own=False))
    with pytest.raises(Refused) as refusal:
        await nominations.nominate(here.round_id, here.workers["cheng"], "worker:1", NOW, own=True)
    assert refusal.value.problems == (Problem("nomination_own_not_here"),)


async def test_teams_where_the_round_is_for_teams(database):
    here = await province()
    with pytest.raises(Refused) as refusal:
        await nominations.nominate_team(here.round_id, here.places["porcelain"], "青花班", "account:1", NOW)
    assert codes(refusal) == ["nomination_holder_person"]
    teams = await a_round(here, replace(RULES, holder="team"), "pioneer-2")
    address = await nominations.nominate_team(teams, here.places["porcelain"], "  青花  班 ", "account:1", NOW)
    one = await here.facts(address)
    assert (one.name, one.person, one.facts.team) == ("青花 班", None, True)


@pytest.mark.parametrize(
    "who, sees, audits",
    [
        ("mei", True, False), ("tao", False, False), ("ke", False, False), ("xian", True, False), ("shi", True, False),
        ("xun", False, False), ("sheng", True, False), ("shen", True, False), ("wu", False, False),
    ],
)  # fmt: skip
async def test_who_sees_a_draft(database, who, sees, audits):
    here = await province()
    address = await here.begun("cheng")
    assert await _meets(here, who, address) == (sees, audits)


@pytest.mark.parametrize("stage, auditors", [
    (Stage.COUNTY, {"xian", "shi", "sheng", "shen"}),
    (Stage.CHANNEL, {"shi", "sheng", "shen"}),
    (Stage.PROVINCE, {"sheng", "shen"}),
    (Stage.PANEL, {"sheng", "shen"}),
])  # fmt: skip
async def test_who_audits_at_which_stage(database, stage, auditors):
    here = await province()
    address = await here.begun("cheng")
    await Nomination.update({Nomination.stage: stage.value}).where(Nomination.address == address)
    assert {who for who in here.people if (await _meets(here, who, address))[1]} == auditors


async def _meets(here, who: str, address: str) -> tuple[bool, bool]:
    user, found = await here.user(who), []
    for permission in (SEE_NOMINATIONS, REVIEW_NOMINATIONS):
        try:
            await for_user(user, address, permission)
            found.append(True)
        except NotFound:
            found.append(False)
    return found[0], found[1]
