"""Earlier money for the same innovation, patent or people: found, shown to whoever checks, decided on with a reason."""

from datetime import timedelta

import pytest
from msgspec.structs import replace

from foundation.base.problem import NotFound, Refused
from foundation.people import workers
from foundation.people.worker_facts import Given
from foundation.store import ledger
from foundation.store.transactions import transaction
from foundation.work import two_person
from innovations import (
    innovation_versions,
    innovations,
    same_as,
    subsidies,
    subsidy_allocating,
    subsidy_applications,
    subsidy_evidence,
    subsidy_hints,
    subsidy_overlaps,
    subsidy_ranking,
)
from innovations.innovation_tables import Innovation
from innovations.rules.innovation_form import Author, Draft, Patent
from innovations.rules.subsidy_steps import ApplicationStage, Stage
from innovations.subsidy_tables import SubsidyRound
from tests.innovations.made_up import NOW, ZONE
from tests.innovations.rules.foil import FOIL
from tests.innovations.test_subsidies import AFTER, ASKED, DRAFT, TERMS, WAN, Round, open_today, opened, paid, refused
from tests.web import visitors

ZL = Patent("ZL 2023 1 0456789.X", "invention")


def said(title: str, patents: tuple[Patent, ...] = (), worker: int = 0) -> Draft:
    authors = (replace(FOIL.authors[0], worker=worker, share=100),) if worker else (Author("甲", 100),)
    return replace(FOIL, title=title, body=replace(FOIL.body, patents=patents), authors=authors)


async def applied(found: Round, draft: Draft, unit: str = "works") -> int:
    innovation = await innovations.begin(draft, found.here.places[unit], found.by, NOW)
    await innovations.clear(innovation, 1, found.by, NOW)
    await innovation_versions.hand_in(innovation, "", 2, found.by, NOW)
    found.applications[draft.title] = await of_innovation(found, innovation)
    return innovation


async def of_innovation(found: Round, innovation: int) -> int:
    number = await subsidy_applications.begin(found.id, innovation, found.by, NOW)
    await subsidy_applications.save(number, ASKED, 1, found.by)
    await subsidy_applications.hand_in(number, 2, found.by, NOW, ZONE)
    return number


async def next_round(found: Round) -> Round:
    address = await subsidies.create(replace(DRAFT, name="下一轮"), found.here.places["root"], found.by, NOW)
    row = await SubsidyRound.select(SubsidyRound.id).where(SubsidyRound.address == address).first()
    await subsidies.freeze(row["id"], 1, found.by, NOW, ZONE)
    return Round(found.here, row["id"], found.by, found.second)


async def granted_once(*drafts: Draft) -> tuple[Round, list[int]]:
    """Each of these was granted money in a first round; answers the second one, which is open, and the innovations."""
    first = await opened()
    made = [await applied(first, draft, unit) for draft, unit in zip(drafts, ("works", "other"), strict=False)]
    await first.ranked(*(draft.title for draft in drafts))
    await first.granted()
    return await next_round(first), made


async def common(found: Round, application: int) -> list[tuple[str, tuple[str, ...]]]:
    user = await found.here.user("sheng")
    grants = await subsidy_evidence.grants(user, application)
    return [(grant.round_name, tuple(same.value for same, _ in grant.common)) for grant in grants]


async def test_the_same_innovation_patent_and_person_are_found(database):
    ling, _ = await workers.create(Given("甲"), 1, "test", NOW)
    found, (foil, _) = await granted_once(said("夹具", (ZL,), ling), said("色卡"))
    again = await of_innovation(found, foil)
    assert await common(found, again) == [(DRAFT.name, ("innovation", "patent", "person"))]
    same_patent = Patent("zl202310456789.x", "invention")
    other = found.applications["料架"] if await applied(found, said("料架", (same_patent,)), "other") else 0
    assert await common(found, other) == [(DRAFT.name, ("patent",))]
    person = found.applications["料槽"] if await applied(found, said("料槽", (), ling), "other") else 0
    assert await common(found, person) == [(DRAFT.name, ("person",))]
    nothing = found.applications["别的"] if await applied(found, said("别的"), "other") else 0
    assert await common(found, nothing) == []
    assert await subsidy_overlaps.undecided([again, other, person, nothing]) == {
        again: 1,
        other: 1,
        person: 0,
        nothing: 0,
    }


async def test_what_was_linked_as_the_same_is_the_same(database):
    found, (foil, _) = await granted_once(said("夹具"), said("色卡"))
    twin = await applied(found, said("夹具二"), "other")
    assert await common(found, found.applications["夹具二"]) == []
    await same_as.link(twin, foil, "同一套工装", found.by, NOW)
    assert await common(found, found.applications["夹具二"]) == [(DRAFT.name, ("innovation",))]
    further = await applied(found, said("夹具三"), "other")
    await same_as.link(further, twin, "同一套工装", found.by, NOW)
    assert await common(found, found.applications["夹具三"]) == [(DRAFT.name, ("innovation",))]


async def test_of_two_that_ask_at_once_for_the_same_the_second_is_admitted_by_somebody_s_word(database):
    found = await opened()
    await applied(found, said("夹具", (ZL,)))
    await applied(found, said("料架", (ZL,)), "other")
    first, second = found.applications["夹具"], found.applications["料架"]
    assert await common(found, second) == []  # what only asks hinders nobody
    await subsidy_ranking.check(first, [], 3, found.by)
    assert [(one.same.value, one.what, one.amount) for one in (await subsidy_overlaps.of([second]))[second]] == [
        ("patent", str(first), 0)
    ]
    assert await refused(subsidy_ranking.check(second, [], 3, found.by)) == [("word", "subsidy_overlap_undecided")]
    await subsidy_overlaps.decide(second, first, "separate", "两家各改各的工装", found.by, NOW)
    await subsidy_ranking.check(second, [], 3, found.by)
    assert await subsidy_overlaps.undecided([first, second]) == {first: 0, second: 0}


async def test_nothing_is_admitted_before_somebody_decided_and_the_decision_stands_in_the_ledger(database):
    found, (foil, _) = await granted_once(said("夹具"), said("色卡"))
    number = await of_innovation(found, foil)
    earlier = int((await subsidy_overlaps.of([number]))[number][0].what)
    assert await refused(subsidy_ranking.check(number, [], 3, found.by)) == [("word", "subsidy_overlap_undecided")]
    assert await refused(subsidy_overlaps.decide(number, earlier, "maybe", " ", found.by, NOW)) == [
        ("word", "subsidy_overlap_word"), ("reason", "subsidy_overlap_reason"),
    ]  # fmt: skip
    with pytest.raises(NotFound):
        await subsidy_overlaps.decide(number, number, "separate", "无关", found.by, NOW)
    await subsidy_overlaps.decide(number, earlier, "same", "同一套工装", found.by, NOW)
    assert await refused(subsidy_ranking.check(number, [], 3, found.by)) == [("word", "subsidy_overlap_same")]
    await subsidy_overlaps.decide(number, earlier, "separate", "上次补中试，这次补推广", found.second, NOW)
    assert await subsidy_ranking.check(number, [], 3, found.by) is ApplicationStage.ADMITTED
    held = (await subsidy_overlaps.decided(number))[str(earlier)]
    assert (held.word, held.reason, held.by) == ("separate", "上次补中试，这次补推广", "qian")
    entries = [entry for entry in await ledger.entries(f"subsidy_application:{number}") if "overlap" in entry.act]
    assert [(entry.payload["word"], entry.actor) for entry in entries] == [
        ("separate", f"account:{found.second}"), ("same", f"account:{found.by}"),
    ]  # fmt: skip


async def test_not_eligible_needs_no_decision(database):
    found, (foil, _) = await granted_once(said("夹具"), said("色卡"))
    number = await of_innovation(found, foil)
    assert await subsidy_ranking.check(number, ["funded"], 3, found.by) is ApplicationStage.NOT_ADMITTED


async def test_two_records_of_a_worker_are_one_person(database):
    ling, _ = await workers.create(Given("甲"), 1, "test", NOW)
    twice, _ = await workers.create(Given("甲"), 1, "test", NOW)
    found, _ = await granted_once(said("夹具", (), twice), said("色卡"))
    await applied(found, said("料架", (), ling), "other")
    assert await common(found, found.applications["料架"]) == []
    async with transaction():
        for mover in workers.MOVERS:  # as the act that merges them does
            await mover(twice, ling)
    assert await common(found, found.applications["料架"]) == [(DRAFT.name, ("person",))]


async def test_the_page_shows_it_to_whoever_checks_and_to_nobody_else(database):
    found, (foil, _) = await granted_once(said("夹具", (ZL,)), said("色卡"))
    number = await of_innovation(found, foil)
    at = f"/subsidies/applications/{number}"
    async with visitors() as web:
        office, unit, other, far = [await web.signed_in(name) for name in ("sheng", "mei", "tao", "xun")]
        assert "以往补助 1 项待判断" in (await office.get(at)).text
        assert "以往补助 1 项待判断" in (await office.get(f"/subsidies/desk/{found.id}")).text
        assert "以往补助" not in (await unit.get(at)).text
        page = (await office.get(f"{at}/earlier")).text
        for words in (DRAFT.name, "50,000", "同一成果", "同一专利", "202310456789X", "夹具"):
            assert words in page
        earlier = page.split('name="earlier" value="')[1].split('"')[0]
        assert f"/subsidies/applications/{earlier}" in page
        answer = await office.post(f"{at}/earlier", {"earlier": earlier, "word": "separate", "reason": ""})
        assert (answer.status_code, "请写明理由" in answer.text) == (422, True)
        assert f'href="#f-reason-{earlier}"' in answer.text
        assert f'id="f-reason-{earlier}"' in answer.text
        answer = await office.post(f"{at}/earlier", {"earlier": earlier, "word": "", "reason": "补推广"})
        assert f'href="#f-word-{earlier}"' in answer.text
        assert f'id="f-word-{earlier}"' in answer.text
        answer = await office.post(f"{at}/earlier", {"earlier": earlier, "word": "separate", "reason": "补推广"})
        assert answer.status_code == 303
        assert "补推广" in (await office.get(f"{at}/earlier")).text
        assert "项待判断" not in (await office.get(at)).text
        for who in (unit, other, far, web.visitor()):
            assert (await who.get(f"{at}/earlier")).status_code in (303, 404)
            assert (await who.post(f"{at}/earlier", {"earlier": earlier})).status_code in (303, 401, 404)


async def test_a_unit_reads_the_rules_and_what_the_registry_knows_before_it_hands_in(database):
    found, (foil, _) = await granted_once(said("夹具"), said("色卡"))
    draft = await subsidy_applications.begin(found.id, foil, found.by, NOW)
    one = await subsidy_applications.by_id(draft)
    await open_today()
    assert await subsidy_hints.bars(one, TERMS, NOW) == ["funded", "not_awarded"]
    async with visitors() as web:
        unit, office = await web.signed_in("mei"), await web.signed_in("sheng")
        page = (await unit.get(f"/subsidies/applications/{draft}")).text
        assert "按规定可能不符合条件" in page
        assert page.count("同一成果此前已获补助") == 2  # as a hint, and in the rules
        assert page.count("材料不全") == 1
        assert (await office.get(f"/subsidies/applications/{draft}")).status_code == 404
    await Innovation.update({Innovation.stage: "awarded"}).where(Innovation.id == foil)
    assert await subsidy_hints.bars(one, TERMS, NOW) == ["funded"]


async def test_a_unit_with_an_overdue_report_is_told(database):
    found = await paid()
    again = await next_round(found)
    number = await subsidy_applications.begin(again.id, (await found.one("料架")).innovation_id, found.by, NOW)
    other = await subsidy_applications.by_id(number)
    assert "unreported" not in await subsidy_hints.bars(other, TERMS, AFTER + timedelta(days=800))  # another unit's
    mine = await subsidy_applications.begin(again.id, (await found.one("色卡")).innovation_id, found.by, NOW)
    one = await subsidy_applications.by_id(mine)
    assert "unreported" not in await subsidy_hints.bars(one, TERMS, AFTER)
    assert "unreported" in await subsidy_hints.bars(one, TERMS, AFTER + timedelta(days=400))


async def test_of_two_rounds_at_once_the_second_asks_again_before_it_pays_for_the_same(database):
    first = await opened()
    foil = await applied(first, said("夹具"))
    second = await next_round(first)
    second.applications["夹具"] = await of_innovation(second, foil)
    await second.ranked("夹具")
    tried = await subsidy_allocating.propose(second.id, second.by, NOW)
    act = await subsidy_allocating.ask_approval(second.id, tried, "评审会确定", second.by, NOW)
    await first.ranked("夹具")
    await first.granted()
    undecided = [("", "subsidy_overlap_undecided")]
    assert await refused(subsidy_allocating.propose(second.id, second.by, NOW)) == undecided
    assert await refused(two_person.confirm(act, second.second, NOW)) == undecided
    number, earlier = second.applications["夹具"], first.applications["夹具"]
    await subsidy_overlaps.decide(number, earlier, "same", "同一套工装", second.by, NOW)
    assert await refused(two_person.confirm(act, second.second, NOW)) == [("", "subsidy_overlap_same")]
    await subsidy_overlaps.decide(number, earlier, "separate", "上次补中试，这次补推广", second.by, NOW)
    await two_person.confirm(act, second.second, NOW)
    assert (await second.one("夹具")).granted == 5 * WAN


async def test_what_two_rounds_approved_at_once_is_granted_by_one_of_them(database):
    first = await opened()
    foil = await applied(first, said("夹具"))
    second = await next_round(first)
    second.applications["夹具"] = await of_innovation(second, foil)
    await first.ranked("夹具")
    await second.ranked("夹具")
    await second.approved()
    await first.granted()
    with pytest.raises(Refused) as raised:
        await second.noticed_and_granted()
    assert [problem.code for problem in raised.value.problems] == ["subsidy_overlap_undecided"]
    assert (await second.facts()).stage is Stage.NOTICE
