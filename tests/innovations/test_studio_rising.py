"""A studio that a city named goes on to the province's call: prefilled, ranked, named, its earlier naming kept."""

import asyncio
import re
from datetime import date

import pytest
from msgspec.structs import replace

from foundation.base.problem import NotFound
from foundation.people import workers
from foundation.people.worker_facts import Given
from foundation.work import two_person
from innovations import (
    studio_lists,
    studio_members,
    studio_results,
    studio_rising,
    studio_rounds,
    studio_showing,
    studio_terms,
    studios,
)
from innovations.rules.review_rules import Level
from innovations.rules.studio_form import StudioDraft
from innovations.rules.studio_terms import rise_problems
from innovations.rules.studios import Stage
from innovations.studio_tables import Studio
from tests.innovations.made_up import NOW, ZONE
from tests.innovations.studios_made_up import AFTER, BODY, FOUNDED, ON, named_by_the_city, refused
from tests.web import visitors

ENDS = date(2029, 6, 10)


async def begun(story) -> int:
    """The application at the province's call, under its own name in the story."""
    story.ids["升"] = await studio_rising.begin(story.call, story.ids["冯"], story.by, NOW)
    return story.ids["升"]


async def applied(story) -> int:
    number = await begun(story)
    await studios.hand_in(number, 1, story.by, NOW, ZONE)
    return number


@pytest.mark.parametrize(
    ("stage", "level", "asked", "code"),
    [
        (Stage.NAMED, Level.CITY, Level.PROVINCE, ""), (Stage.LAPSED, Level.ENTERPRISE, Level.CITY, ""),
        (Stage.NAMED, Level.CITY, Level.CITY, "studio_rise_level"),
        (Stage.NAMED, Level.PROVINCE, Level.CITY, "studio_rise_level"),
        (Stage.ENDED, Level.CITY, Level.PROVINCE, "studio_step_late"),
        (Stage.DRAFT, None, Level.CITY, "studio_step_late"),
    ],
)  # fmt: skip
def test_which_studios_go_on(stage, level, asked, code):
    assert [one.code for one in rise_problems(stage, level, asked)] == ([code] if code else [])


async def test_a_studio_goes_on_with_what_it_is_and_keeps_its_first_naming(database):
    story, city = await named_by_the_city()
    before = await story.facts()
    assert (before.level, before.named_on) == (Level.CITY, ON)
    member = (await workers.create(Given("占云帆"), story.here.places["works"], "test", NOW))[0]
    await studio_members.add(before.id, member, ON, story.by, NOW)
    number = await begun(story)
    application = await studios.by_id(number)
    assert application.draft == before.draft  # nothing is typed twice
    assert [one.id for one in await studio_rising.offers(await story.facts())] == [story.call]
    said = StudioDraft("改名", "A", date(2000, 1, 1), replace(BODY, topics=("更高的课题",)))
    results = [one.id for one in await studio_results.of(before.id)]
    await studios.save(number, said, results, 1, story.by, NOW)
    assert (await studios.by_id(number)).draft == StudioDraft("冯工作室", "C", FOUNDED, said.body)
    on_the_studio = studios.save(before.id, said, results, (await story.facts()).revision, story.by, NOW)
    assert await refused(on_the_studio) == [("", "studio_not_writable")]  # what is judged is written in one place
    assert await refused(studio_members.add(number, member, ON, story.by, NOW)) == [("", "studio_not_writable")]
    await studios.hand_in(number, 2, story.by, NOW, ZONE)  # its results are the studio's, and count
    assert (await story.facts()).stage is Stage.NAMED
    await story.listed("升")
    await story.noticed(("升",))
    await two_person.confirm(await story.asked("赣工发〔2026〕12号"), story.second, AFTER)

    one, application = await story.facts(), await studios.by_id(number)
    assert (one.address, one.stage, one.level, one.round_id) == (
        before.address,
        Stage.NAMED,
        Level.PROVINCE,
        story.call,
    )
    assert one.draft.body.topics == ("更高的课题",)
    assert application.stage is Stage.RISEN
    assert [(each.level, each.since, each.document) for each in await studio_terms.of(one.id)] == [
        (Level.CITY, ON, "赣工发〔2026〕9号"), (Level.PROVINCE, ON, "赣工发〔2026〕12号"),
    ]  # fmt: skip
    assert [each.id for each in await studio_results.of(one.id)] == results
    assert [each["worker"] for each in await studio_members.of(one.id)] == [member]
    for call in (city, story.call):  # both calls still show it, once
        assert [each.id for each in await studio_showing.of_call(call)] == [one.id]
    assert await refused(begun(story)) == [("round", "studio_not_open")]


async def test_it_applies_once_at_a_higher_level_and_while_that_call_is_open(database):
    story, city = await named_by_the_city()
    found = await asyncio.gather(begun(story), begun(story), return_exceptions=True)
    assert sorted(isinstance(one, int) for one in found) == [False, True]
    assert await Studio.count().where(Studio.continues == story.ids["冯"]) == 1
    assert await refused(begun(story)) == [("round", "studio_rise_twice")]
    number = await studios.application_of(story.ids["冯"])
    assert await refused(studio_rising.begin(story.call, number, story.by, NOW)) == [("", "studio_step_late")]
    assert await refused(studio_rising.begin(city, story.ids["冯"], story.by, NOW)) == [("round", "studio_not_open")]
    second = await studio_rounds.create(
        (await studio_rounds.by_id(city)).draft, story.here.places["city"], story.by, NOW
    )
    await studio_rounds.freeze(second, 1, story.by, NOW, ZONE)
    await studios.withdraw(number, 1, story.by, NOW)
    level = studio_rising.begin(second, story.ids["冯"], story.by, NOW)
    assert await refused(level) == [("round", "studio_rise_level")]
    with pytest.raises(NotFound):
        await studio_rising.begin(story.call, 999, story.by, NOW)


async def test_a_studio_that_is_not_named_higher_or_taken_back_stays_what_it_is(database):
    story, _ = await named_by_the_city()
    results = await studio_results.of(story.ids["冯"])
    number = await applied(story)
    await studio_lists.give_back(number, "补培训记录", story.city, NOW)
    application = await studios.by_id(number)
    await studios.withdraw(number, application.revision, story.by, NOW)
    one = await story.facts()
    assert (one.stage, one.level, await studio_results.of(one.id)) == (Stage.NAMED, Level.CITY, results)
    again = await applied(story)
    await story.listed("升")
    act = await studio_terms.ask_end(one.id, "弄虚作假", "查实", story.by, AFTER)
    await two_person.confirm(act, story.second, AFTER)
    application = await studios.by_id(again)
    assert (application.stage, application.note) == (Stage.NOT_NAMED, "弄虚作假")  # no name, nothing to raise
    assert await refused(story.noticed(("升",))) == [("chosen", "studio_not_listed")]


async def test_a_city_does_not_end_what_the_province_named_meanwhile(database):
    story, _ = await named_by_the_city()
    act = await studio_terms.ask_end(story.ids["冯"], "考核不合格", "考核表", story.by, NOW)
    await applied(story)
    await story.listed("升")
    await story.noticed(("升",))
    await two_person.confirm(await story.asked(), story.second, AFTER)
    assert await refused(two_person.confirm(act, story.second, AFTER)) == [("", "studio_changed_meanwhile")]
    assert (await story.facts()).stage is Stage.NAMED


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_from_the_page_of_the_studio_to_both_namings_on_its_public_page(database):
    story, city = await named_by_the_city()
    here, one = f"/studios/files/{story.ids['冯']}", await story.facts()
    async with visitors() as web:
        unit, other, channel, office = [await web.signed_in(name) for name in ("mei", "tao", "jing", "sheng")]
        stranger = web.visitor()
        assert "申报更高层级" in (await unit.get(here)).text
        assert "申报更高层级" not in (await channel.get(here)).text
        for who in (other, channel, office):
            assert (await who.post(f"{here}/rising", {"round": str(story.call)})).status_code == 404
        page = await unit.post(f"{here}/rising", {"round": str(city)})
        assert page.status_code == 422
        answer = await unit.post(f"{here}/rising", {"round": str(story.call)})
        assert answer.status_code == 303
        made = answer.headers["location"].split("?")[0]
        number = story.ids["升"] = int(made.rpartition("/")[2])
        page = await unit.get(made)
        assert f'href="{here}"' in page.text
        assert "烧成车间二楼" in page.text
        assert (await channel.get(made)).status_code == 404  # a draft is its unit's alone
        assert f'href="{made}"' in (await unit.get(here)).text
        typed = dict(
            re.findall(r'<input type="hidden" name="(name|founded_on|field|revision)" value="([^"]*)"', page.text)
        )
        typed |= {"place": "烧成车间二楼", "topics": "分水", "rules": "三项制度", "trainings": "4"}
        results = re.findall(r'name="results" value="(\d+)" checked', page.text)
        typed |= {"fund": "50万", "upgraded": "3", "results": results, "then": ""}
        assert (await unit.post(f"{made}/draft", typed)).status_code == 303
        await studios.hand_in(number, 2, story.by, NOW, ZONE)
        page = await stranger.get(f"/studios/{one.address}")
        assert page.status_code == 200
        assert "省级" not in page.text.split("<main")[1]
        assert (await stranger.get(f"/studios/{(await studios.by_id(number)).address}")).status_code == 404
        await story.listed("升")
        await story.noticed(("升",))
        await two_person.confirm(await story.asked("赣工发〔2026〕12号"), story.second, AFTER)
        page = await stranger.get(f"/studios/{one.address}")
        for said in ("赣工发〔2026〕9号", "赣工发〔2026〕12号"):
            assert said in page.text
        terms = (await stranger.get(f"/api/studios/{one.address}")).json()["terms"]
        assert {each["level"] for each in terms} == {"city", "province"}
        assert (await stranger.get(f"/studios/{(await studios.by_id(number)).address}")).status_code == 404
        page = await office.get(f"/studios/desk/calls/{story.call}")
        assert page.text.count("冯工作室") == 1
        assert "冯工作室" in (await channel.get(f"/studios/desk/calls/{city}")).text
        assert (await unit.get(made)).status_code == (await office.get(made)).status_code == 200


async def test_a_lapsed_studio_does_not_go_on_while_its_leader_leads_another(database):
    story, _ = await named_by_the_city()
    assert await studio_terms.lapse(date(2029, 6, 11), AFTER) == 1
    province = story.call
    await story.begun("冯二")
    story.call = province
    assert await refused(studio_rising.begin(province, story.ids["冯"], story.by, NOW)) == [
        ("round", "studio_leader_elsewhere")
    ]
