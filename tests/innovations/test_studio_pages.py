"""The pages of studios: a unit that applies, its channel, the office, two people, and what everyone reads."""

import json
import re
from datetime import date

import msgspec
import pytest
from msgspec.structs import replace

from foundation.base import clock
from foundation.people import consents
from foundation.people.worker_tables import Worker
from foundation.process import suspensions
from foundation.store.transactions import transaction
from foundation.work import two_person
from innovations import innovations, library, studio_lists, studio_results, studio_terms
from innovations.innovation_tables import Innovation
from innovations.library_tables import ShownInnovation
from innovations.rules.innovations import Stage as InnovationStage
from innovations.rules.publicity import Publicity
from innovations.rules.studios import Stage
from innovations.studio_tables import Studio, StudioMember, StudioRound, StudioTerm, StudioYear
from tests.competitions.judging.watching import statements
from tests.innovations.made_up import NOW, works
from tests.innovations.rules.foil import FOIL
from tests.innovations.studios_made_up import AFTER, BODY, SAID, opened
from tests.innovations.test_innovations import handed_in
from tests.innovations.test_innovations import revision as state_of
from tests.innovations.test_proposal_pages import sentences
from tests.web import visitors

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

STANDARDS = {
    "name": "2026年度创新工作室", "apply_until": "2999-05-31", "titled_leader": "1", "place": "1", "rules": "1",
    "years": "3", "results": "1", "trainings": "2", "upgraded": "3", "fund": "5万", "term": "3", "each": "2",
    "most_unassessed": "1",
}  # fmt: skip
WRITTEN = {
    "name": "冯砚秋创新工作室", "field": "C", "founded_on": "2022-03-01", "place": BODY.place,
    "topics": "分水料水浓度\n青花料色", "rules": BODY.rules, "fund": "5万", "trainings": "4", "upgraded": "3",
}  # fmt: skip


def revision(page) -> str:
    return re.search(r'name="revision" value="(\d+)"', page.text).group(1)


async def shown_publicly(title: str) -> int:
    """An innovation of that title is awarded and public."""
    row = await Innovation.select(Innovation.id).where(Innovation.title == title).first()
    values = {Innovation.publicity: Publicity.PUBLIC.value, Innovation.stage: InnovationStage.AWARDED.value}
    async with transaction():
        await Innovation.update(values).where(Innovation.id == row["id"])
        await library.refresh(row["id"], NOW)
    return int(row["id"])


async def test_from_the_standards_to_the_list_of_a_channel(database):
    story = await opened()
    await story.made("色卡", worker=story.here.worker)
    async with visitors() as web:
        office, unit, channel = [await web.signed_in(name) for name in ("sheng", "mei", "jing")]
        stranger = web.visitor()
        answer = await office.post("/studios/desk/new", STANDARDS)
        at = answer.headers["location"].split("?")[0]
        number = int(at.rpartition("/")[2])
        assert (await stranger.get(f"/studios/calls/2026-{number}")).status_code == 404  # a draft is nobody's
        page = await office.get(at)
        answer = await office.post(f"{at}/draft", {**STANDARDS, "revision": revision(page), "then": "freeze"})
        assert answer.status_code == 303, answer.text
        year = (await StudioRound.select(StudioRound.address).where(StudioRound.id == number).first())["address"]
        assert "每年培训不少于2次" in (await stranger.get(f"/studios/calls/{year}")).text

        begun = {"round": str(number), "leader": "冯砚秋", "founded_on": "2022-03-01", "name": ""}
        page = await unit.post("/studios/own", {**begun, "leader": "查无此人"})
        assert page.status_code == 422
        assert 'value="查无此人"' in page.text
        answer = await unit.post("/studios/own", begun)
        mine = answer.headers["location"].split("?")[0]
        page = await unit.get(mine)
        assert "申报条件：有固定场所" in page.text  # every gap stands there before anybody applies
        assert "冯砚秋创新工作室" in page.text
        result = re.search(r'name="results" value="(\d+)" checked', page.text).group(1)  # found by itself
        typed = {**WRITTEN, "results": result, "revision": revision(page), "then": "apply"}
        page = await unit.post(f"{mine}/draft", {**typed, "trainings": "1"})
        assert page.status_code == 422
        assert "每年培训不少于2次。目前填报1次" in page.text
        assert "青花料色" in page.text  # nothing typed is lost
        assert (await channel.get(mine)).status_code == 404  # a draft is its unit's alone
        answer = await unit.post(f"{mine}/draft", {**typed, "revision": revision(page)})
        assert answer.status_code == 303, answer.text

        assert "冯砚秋创新工作室" in (await channel.get(f"/studios/channel/{number}")).text
        one = int(mine.rpartition("/")[2])
        page = await channel.post(f"/studios/channel/{number}/ranking", {f"rank-{one}": "一"})
        assert page.status_code == 422
        answer = await channel.post(f"/studios/channel/{number}/ranking", {f"rank-{one}": "１", "then": "hand_in"})
        assert answer.status_code == 303, answer.text  # what was typed goes with the list
        await office.post(f"{at}/step", {"step": "close_lists"})
        page = await office.get(at)
        assert re.search(rf'name="chosen" value="{one}" checked', page.text)
        words = dict(zip(("title", "text", "contact"), SAID, strict=True))
        answer = await office.post(f"{at}/notice", {"chosen": str(one), **words})
        assert answer.status_code == 303, answer.text
        page = await office.post(f"{at}/naming", {"document": "9号", "on": "2026-06-01", "reason": "确定"})
        assert page.status_code == 422  # the notice has not even begun
        assert "公示尚未期满" in page.text


async def test_a_studio_on_its_public_page_and_what_is_not_there(database):
    story = await opened()
    one = await story.named()
    worker = await story.person("占云帆", titled=False)
    await StudioMember(studio=one.id, worker=worker, since=date(2026, 1, 1), until=None).save()
    async with visitors() as web:
        stranger = web.visitor()
        page = await stranger.get(f"/studios/{one.address}")
        assert "冯工作室" in page.text
        assert "冯砚秋" in page.text
        assert "分水料水浓度" in page.text
        assert "赣工发〔2026〕9号" in page.text
        for hidden in ("占云帆", "50,000", "制度", "烧成车间二楼", "冯的成果"):
            assert hidden not in page.text
        await shown_publicly("冯的成果")
        assert "冯的成果" in (await stranger.get(f"/studios/{one.address}")).text
        said = (await stranger.get(f"/api/studios/{one.address}")).json()
        assert said["leader"] == "冯砚秋"
        assert said["people"] == 2
        assert [each["title"] for each in said["results"]] == ["冯的成果"]
        assert set(said) == {
            "address", "page", "name", "leader", "level", "state", "unit", "city", "industry", "at_work_since",
            "named_on", "named_until", "topics", "people", "ended_reason", "terms", "results",
        }  # fmt: skip
        listed = (await stranger.get("/api/studios?level=province")).json()
        assert [each["address"] for each in listed["studios"]] == [one.address]
        assert (await stranger.get(f"/api/studios?city={story.here.places['far']}")).json()["studios"] == []
        assert (await stranger.get("/api/studios?city=x")).status_code == 422
        data = re.search(r'ld\+json">(.*?)</script>', page.text, re.S).group(1)
        assert json.loads(data)["employee"]["name"] == "冯砚秋"


async def test_a_leader_s_word_on_their_name_takes_it_from_page_list_and_data(database):
    story = await opened()
    one = await story.named()
    body = msgspec.json.encode(replace(BODY, topics=("冯砚秋分水法的推广",))).decode()
    await Studio.update({Studio.name: "冯砚秋工匠创新工作室", Studio.body: body}).where(Studio.id == one.id)
    worker = story.here.worker
    async with visitors() as web:
        stranger = web.visitor()
        lists = ("/studios", "/studios.atom", "/api/studios")
        pages = (f"/studios/{one.address}", *lists, f"/api/studios/{one.address}")
        assert all(["冯砚秋" in (await stranger.get(path)).text for path in pages])
        await consents.say(worker, "name", True, "test", NOW)
        await consents.say(worker, "name", False, "test", NOW)
        for path in pages:
            page = await stranger.get(path)
            assert "冯砚秋" not in page.text
            assert "工匠创新工作室" in page.text
            assert path == "/studios.atom" or "分水法的推广" in page.text
        await consents.say(worker, "name", True, "test", NOW)
        await Worker.update({Worker.birth_date: date(2015, 1, 1)}).where(Worker.id == worker)
        await consents.say(worker, "story", True, "test", NOW)  # another word makes the pages anew
        assert "冯砚秋" not in (await stranger.get(pages[0])).text


async def test_what_is_applied_for_is_nowhere_public(database):
    story = await opened()
    await story.applied()
    one = await story.facts()
    async with visitors() as web:
        stranger = web.visitor()
        for path in (f"/studios/{one.address}", f"/api/studios/{one.address}"):
            assert (await stranger.get(path)).status_code == 404
        for path in ("/studios", "/api/studios", "/studios/calls"):
            assert "冯工作室" not in (await stranger.get(path)).text


async def test_who_reads_and_does_what_with_a_studio(database):
    story = await opened()
    number = await story.applied()
    here = f"/studios/files/{number}"
    async with visitors() as web:
        names = ("mei", "tao", "jing", "yun", "xun", "sheng", "pan")
        people = {name: await web.signed_in(name) for name in names}
        answers = {name: (await who.get(here)).status_code for name, who in people.items()}
        assert answers == {"mei": 200, "tao": 404, "jing": 200, "yun": 200, "xun": 404, "sheng": 200, "pan": 404}
        for name in ("tao", "xun", "yun", "mei", "sheng"):  # only its channel gives it back
            assert (await people[name].post(f"{here}/return", {"note": "x"})).status_code == 404
        for name in ("tao", "jing", "sheng"):  # only its unit writes on it
            assert (await people[name].post(f"{here}/draft", WRITTEN)).status_code == 404
        for name in ("mei", "jing", "xun"):  # only who called assesses and ends
            for act in ("not-named", "assessment", "renewal", "ending"):
                assert (await people[name].post(f"{here}/{act}", {"note": "x"})).status_code == 404
        for name in ("mei", "xun", "jing"):
            assert (await people[name].get(f"/studios/desk/calls/{story.call}")).status_code == 404
        assert (await people["xun"].get(f"/studios/channel/{story.call}")).status_code == 200  # a channel of its own
        assert "冯工作室" not in (await people["xun"].get(f"/studios/channel/{story.call}")).text
        assert (await people["yun"].get(f"/studios/channel/{story.call}")).status_code == 404
        page = await people["jing"].post(f"{here}/return", {"note": ""})
        assert page.status_code == 422
        assert (await people["jing"].post(f"{here}/return", {"note": "补经费凭据"})).status_code == 303
        assert (await people["jing"].get(here)).status_code == 404  # it is its unit's again
        assert "补经费凭据" in (await people["mei"].get(here)).text
        assert "1个工作室申报被退回补充" in (await people["mei"].get("/desk")).text


async def test_a_year_from_the_unit_s_desk_to_a_verdict_and_the_end_of_a_name(database):
    story = await opened()
    one = await story.named()
    begun = date(2024, 1, 1)  # long ago by any clock
    await Studio.update({Studio.named_on: begun}).where(Studio.id == one.id)
    await StudioTerm.update({StudioTerm.since: begun}).where(StudioTerm.studio == one.id)
    here = f"/studios/files/{one.id}"
    async with visitors() as web:
        office, unit, stranger = await web.signed_in("sheng"), await web.signed_in("mei"), web.visitor()
        assert "待报送" in (await unit.get("/desk")).text
        year = {"year": "2024", "year-trainings": "许多", "year-upgraded": "1", "year-fund": "5万"}
        page = await unit.post(f"{here}/years", year)
        assert page.status_code == 422
        assert 'value="许多"' in page.text
        assert (await unit.post(f"{here}/years", {**year, "year-trainings": "2"})).status_code == 303
        assert "待作年度考核结论" in (await office.get("/desk")).text
        said = {"assessed_year": "2024", "verdict": "good", "why": ""}
        page = await office.post(f"{here}/assessment", said)
        assert page.status_code == 422
        assert (await office.post(f"{here}/assessment", {**said, "why": "培训到位"})).status_code == 303
        assert "培训到位" in (await unit.get(here)).text
        page = await office.get("/studios/desk/named")
        assert "冯工作室" in page.text
        ended = {"public_reason": "连续两年未考核", "ending_reason": ""}
        page = await office.post(f"{here}/ending", ended)
        assert page.status_code == 422
        assert "连续两年未考核" in page.text
        assert (await office.post(f"{here}/ending", {**ended, "ending_reason": "考核表"})).status_code == 303
        act = await two_person.open_act(studio_terms.END.code, f"studio:{one.id}")
        await two_person.confirm(act, story.second, AFTER)
        page = await stranger.get(f"/studios/{one.address}")
        assert "连续两年未考核" in page.text
        assert "冯砚秋" not in page.text
        assert "冯工作室" not in (await stranger.get("/studios")).text


async def test_an_innovation_chooses_its_studio(database):
    story = await opened()
    studio = await story.begun()
    number = await story.made("新色卡")
    far = await story.made("邻厂的", "other")
    async with visitors() as web:
        unit, other = await web.signed_in("mei"), await web.signed_in("tao")
        assert "冯工作室" in (await unit.get(f"/innovations/desk/{number}")).text
        assert "冯工作室" not in (await other.get(f"/innovations/desk/{far}")).text
        chosen = {"studio": str(studio)}
        assert (await unit.post(f"/innovations/desk/{number}/studio", chosen)).status_code == 303
        assert (await other.post(f"/innovations/desk/{far}/studio", chosen)).status_code == 404
        assert (await other.post(f"/innovations/desk/{number}/studio", chosen)).status_code == 404
        assert [one.id for one in await studio_results.of(studio)] == [number]
        assert (await unit.post(f"/innovations/desk/{number}/studio", {"studio": ""})).status_code == 303
        assert await studio_results.of(studio) == []


async def test_standards_that_cannot_be_read_come_back_as_they_were_typed(database):
    await works()
    async with visitors() as web:
        office = await web.signed_in("sheng")
        wrong = {**STANDARDS, "apply_until": "x", "fund": "很多", "years": "三"}
        page = await office.post("/studios/desk/new", wrong)
        assert page.status_code == 422
        assert 'value="很多"' in page.text
        assert page.text.count('class="field-error"') == 3


async def test_the_desk_tells_channel_and_office_what_waits(database):
    story = await opened()
    await story.applied()
    async with visitors() as web:
        channel, office = await web.signed_in("jing"), await web.signed_in("sheng")
        assert "1个工作室申报待排序推荐" in (await channel.get("/desk")).text
        assert "待排序推荐" not in (await office.get("/desk")).text
        await studio_lists.rank(story.call, story.here.places["city"], [story.ids["冯"]], story.city, NOW)
        assert "待排序推荐" not in (await channel.get("/desk")).text
        assert (await story.facts()).stage is Stage.RECOMMENDED


async def test_an_application_that_cannot_begin_keeps_what_was_typed_and_says_all_that_is_wrong(database):
    story = await opened()
    await StudioRound.update({StudioRound.apply_until: date(2999, 5, 31)}).where(StudioRound.id == story.call)
    long = "冯" * 101
    async with visitors() as web:
        unit = await web.signed_in("mei")
        page = await unit.post("/studios/own", {"leader": "冯砚秋", "founded_on": "", "name": long})
        assert page.status_code == 422
        for at in ("founded_on", "name", "round"):
            assert f'href="#f-{at}"' in page.text, at
        assert f'value="{long}"' in page.text
        number = await story.begun()
        here = f"/studios/files/{number}/draft"
        page = await unit.post(here, {**WRITTEN, "revision": "1", "trainings": "9" * 5000})
        assert page.status_code == 422


async def test_a_result_that_was_withdrawn_meanwhile_is_named_and_nothing_typed_is_lost(database):
    story = await opened()
    number = await story.begun()
    made = await innovations.begin(FOIL, story.here.places["works"], story.by, NOW)
    await handed_in(made)
    await innovations.withdraw(made, "", await state_of(made), story.by, NOW)
    async with visitors() as web:
        unit = await web.signed_in("mei")
        at = f"/studios/files/{number}/draft"
        page = await unit.post(at, {**WRITTEN, "revision": "1", "results": str(made), "name": "砚秋釉料工作室"})
        assert page.status_code == 422
        assert sentences(page) == [f"打开本页后，成果“{FOIL.title}”已撤回、已并入其他成果或已计入其他工作室。"]
        assert "砚秋釉料工作室" in page.text


async def test_all_that_is_wrong_with_a_naming_is_told_at_once(database):
    story = await opened()
    async with visitors() as web:
        office = await web.signed_in("sheng")
        page = await office.post(f"/studios/desk/calls/{story.call}/naming", {"document": " ", "on": "", "reason": ""})
        assert page.status_code == 422
        told = sentences(page)
        for words in ("请填写文号。", "请填日期", "请填写事由"):
            assert any(words in one for one in told), (words, told)


async def test_the_report_offers_the_last_year_of_a_term_that_was_renewed(database):
    story = await opened()
    one = await story.named()
    this = clock.today().year
    since = {"named_on": date(this + 1, 1, 11), "named_until": date(this + 4, 1, 10)}
    await Studio.update(since).where(Studio.id == one.id)
    await StudioTerm.update({StudioTerm.since: date(this - 2, 1, 11)}).where(StudioTerm.studio == one.id)
    async with visitors() as web:
        unit = await web.signed_in("mei")
        page = (await unit.get(f"/studios/files/{one.id}")).text
        assert [year for year in range(this + 2, this - 4, -1) if f'<option value="{year}"' in page] == [
            this, this - 1, this - 2,
        ]  # fmt: skip


async def test_what_is_suspended_is_in_no_list_of_studios_and_on_no_studio_s_page(database):
    story = await opened()
    one = await story.named()
    await shown_publicly("冯的成果")
    call = (await StudioRound.select(StudioRound.address).where(StudioRound.id == story.call).first())["address"]
    result = (await ShownInnovation.select(ShownInnovation.address).first())["address"]
    at = {
        f"/innovations/{result}": ("冯的成果", (f"/studios/{one.address}", f"/api/studios/{one.address}")),
        f"/studios/{one.address}": (
            one.address,
            ("/studios", "/studios.atom", "/api/studios", f"/studios/calls/{call}"),
        ),
        f"/studios/calls/{call}": (f"/studios/calls/{call}", ("/studios/calls",)),
    }
    async with visitors() as web:
        stranger = web.visitor()
        for page, (words, lists) in at.items():
            for path in lists:
                assert words in (await stranger.get(path)).text, path
            await suspensions.suspend(page, "核查", story.by, NOW)
            for path in lists:
                assert words not in (await stranger.get(path)).text, path


async def test_a_rank_that_was_taken_off_stays_off_when_another_is_wrong(database):
    story = await opened()
    first = await story.applied()
    second = await story.applied("占", await story.person("占云帆"))
    channel = story.here.places["city"]
    await studio_lists.rank(story.call, channel, [first, second], story.city, NOW)
    async with visitors() as web:
        desk = await web.signed_in("jing")
        page = await desk.post(f"/studios/channel/{story.call}/ranking", {f"rank-{first}": "", f"rank-{second}": "一"})
        assert page.status_code == 422
        ranks = [re.search(rf'name="rank-{one}"[^>]* value="([^"]*)"', page.text).group(1) for one in (first, second)]
        assert ranks == ["", "一"]


async def test_the_list_of_a_channel_and_of_named_studios_cost_the_same_queries_for_one_and_for_three(database):
    story = await opened()
    number = await story.applied()
    await StudioYear(
        studio=number, year=2026, figures="{}", verdict="", reason="", assessed_by=None, assessed_at=None
    ).save()
    row = await Studio.select().where(Studio.id == number).first()
    del row["id"]
    pages = {"jing": f"/studios/channel/{story.call}", "sheng": "/studios/desk/named"}
    async with visitors() as web:
        desks = {name: await web.signed_in(name) for name in pages}
        asked: dict[str, list[int]] = {name: [] for name in pages}
        for more in ((), ("甲", "乙")):
            for name in more:
                await Studio(**{**row, "address": f"2026-{name}", "leader": await story.person(name)}).save()
            await desks["jing"].get(pages["jing"])
            with statements(database) as done:
                await desks["jing"].get(pages["jing"])
            asked["jing"].append(len(done))
        named = {Studio.stage: Stage.NAMED.value, Studio.level: "province", Studio.named_on: date(2026, 6, 1),
                 Studio.named_until: date(2999, 5, 31)}  # fmt: skip
        await Studio.update(named).where(Studio.id == number)
        for where in (Studio.id == number, Studio.id > number):
            await Studio.update(named).where(where)
            await desks["sheng"].get(pages["sheng"])
            with statements(database) as done:
                page = await desks["sheng"].get(pages["sheng"])
            asked["sheng"].append(len(done))
        assert page.text.count(">占工作室<") + page.text.count(">冯工作室<") == 3
    assert {name: counts[0] == counts[1] for name, counts in asked.items()} == {"jing": True, "sheng": True}, asked


async def test_the_office_goes_back_from_a_notice_then_gives_the_call_up_and_the_unit_is_told(database):
    story = await opened()
    number = await story.applied()
    await story.listed("冯")
    await story.noticed()
    at = f"/studios/desk/calls/{story.call}"
    async with visitors() as web:
        office, unit, channel = [await web.signed_in(name) for name in ("sheng", "mei", "jing")]
        assert (await channel.post(f"{at}/step", {"step": "choose_again"})).status_code == 404
        assert (await office.post(f"{at}/step", {"step": "cancel"})).status_code == 422  # it is on notice
        assert "重新确定名单，再次公示" in (await office.get(at)).text
        assert (await office.post(f"{at}/step", {"step": "choose_again"})).status_code == 303
        assert re.search(rf'name="chosen" value="{number}" checked', (await office.get(at)).text)
        assert (await office.post(f"{at}/step", {"step": "cancel"})).status_code == 303
        page = await unit.get(f"/studios/files/{number}")
        assert "本次申报已取消" in page.text
        assert "不予命名" not in page.text  # no reason of its own
