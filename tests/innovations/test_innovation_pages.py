"""The pages of innovations: a unit writes, looks through and hands in; nobody else reads what is being written."""

import io
import re
from datetime import timedelta

import pytest
from msgspec.structs import replace
from PIL import Image

from foundation.base.problem import NotFound
from foundation.store.transactions import transaction
from innovations import innovation_reads, innovation_todo, innovation_versions, innovations
from innovations.innovation_tables import Innovation, InnovationAuthor
from innovations.rules.innovation_kinds import QUESTIONS
from innovations.rules.publicity import BenefitShown, Publicity
from tests.innovations.made_up import NOW, works
from tests.innovations.rules.foil import FOIL
from tests.innovations.test_innovations import handed_in, revision
from tests.innovations.test_proposal_pages import sentences
from tests.web import visitors

SECRET = "尚未提交的改写"
BEGUN = {"title": FOIL.title, "kind": "renovation", "year": "2025", "field": "C", "proposal": ""}
ANSWERED = {f"answer-{code}": "1" for code in QUESTIONS}
PEOPLE = {"author-1": "冯砚秋", "share-1": "60", "author-3": "占云帆", "share-3": "40", "unit-3": "素坯里陶瓷有限公司"}
WRITTEN = {
    **BEGUN, **PEOPLE, **ANSWERED, "section-wrong": "收卷打皱", "section-done": "张力按卷径自动调节",
    "section-points": "卷径估算", "section-use": "三条线",
}  # fmt: skip


def photograph() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (700, 700), "#1c459c").save(made, "JPEG")
    return made.getvalue()


async def begun(visitor) -> str:
    answer = await visitor.post("/innovations/desk", BEGUN)
    assert answer.status_code == 303, sentences(answer)
    return str(answer.headers["location"]).removesuffix("/text")


async def posted(visitor, address: str, values: dict[str, str] | None = None, at: str = ""):
    """A form of a page, with the revision that the page shows."""
    page = await visitor.get(at or address.rsplit("/", 1)[0])
    shown = re.search(r'name="revision" value="(\d+)"', page.text)
    return await visitor.post(address, {"revision": shown.group(1) if shown else "0", **(values or {})})


async def test_a_unit_writes_looks_through_and_hands_in(database):
    await works()
    async with visitors() as web:
        clerk, officer = await web.signed_in("mei"), await web.signed_in("yue")
        at = await begun(clerk)
        answer = await posted(clerk, f"{at}/text", WRITTEN, f"{at}/text")
        assert answer.status_code == 303, sentences(answer)
        early = await posted(clerk, f"{at}/hand-in")
        assert sentences(early) == ["尚未进行保密审查，或审查后内容有改动。请先完成保密审查。"]
        unread = await posted(officer, f"{at}/secrecy-check")
        assert sentences(unread) == ["请确认已全部审查。"]
        assert (await posted(officer, f"{at}/secrecy-check", {"looked": "1"})).status_code == 303
        assert (await posted(clerk, f"{at}/hand-in")).status_code == 303
        page = await clerk.get(at)
        for word in (FOIL.title, "已提交", "第 1 版", "张力按卷径自动调节", "冯砚秋", "60%"):
            assert word in page.text
        people = await InnovationAuthor.select(InnovationAuthor.name, InnovationAuthor.share, InnovationAuthor.position)
        assert [(one["position"], one["name"], one["share"]) for one in people] == [
            (1, "冯砚秋", 60),
            (2, "占云帆", 40),
        ]


async def test_all_gaps_are_told_at_once_each_at_its_field(database):
    await works()
    async with visitors() as web:
        clerk = await web.signed_in("mei")
        at = await begun(clerk)
        page = await posted(clerk, f"{at}/hand-in")
        assert page.status_code == 422
        told = sentences(page)
        assert told[:5] == [
            "“原来存在的问题”还没有填写。",
            "“实施情况”还没有填写。",
            "“创新点”还没有填写。",
            "“应用情况”还没有填写。",
            "请填写完成人。",
        ]
        assert len(told) == 5 + len(QUESTIONS) + 1
        for field in ("section-wrong", "author-1", "answer-own"):
            assert f'href="#f-{field}"' in page.text
            assert f'id="f-{field}"' in page.text
        checked = await clerk.get(f"{at}/text?check=1")
        assert sentences(checked) == told[:-1]


async def test_nothing_typed_is_lost_where_something_is_wrong(database):
    await works()
    async with visitors() as web:
        clerk = await web.signed_in("mei")
        at = await begun(clerk)
        wrong = {**WRITTEN, "title": "", "share-1": "abc", "year": "1900"}
        page = await posted(clerk, f"{at}/text", wrong, f"{at}/text")
        assert page.status_code == 422
        assert len(sentences(page)) == 3
        for word in ("张力按卷径自动调节", 'value="abc"', 'value="1900"', "占云帆"):
            assert word in page.text
        assert await InnovationAuthor.count() == 0


async def test_shares_are_dealt_and_people_moved_without_a_script(database):
    await works()
    async with visitors() as web:
        clerk = await web.signed_in("mei")
        at = await begun(clerk)
        three = {**WRITTEN, "author-5": "岳某"}
        page = await posted(clerk, f"{at}/text", {**three, "act": "equal"}, f"{at}/text")
        assert page.status_code == 200
        assert re.findall(r'name="share-\d+"[^>]*value="(\d*)"', page.text)[:3] == ["34", "33", "33"]
        page = await posted(clerk, f"{at}/text", {**three, "act": "up-2"}, f"{at}/text")
        assert re.findall(r'name="author-\d+"[^>]*value="(.*?)"', page.text)[:3] == ["占云帆", "冯砚秋", "岳某"]
        assert await InnovationAuthor.count() == 0


async def test_a_form_alone_makes_nobody_of_the_registry_an_author(database):
    here = await works()
    async with visitors() as web:
        clerk = await web.signed_in("mei")
        at = await begun(clerk)
        await posted(clerk, f"{at}/text", {**WRITTEN, "worker-1": str(here.worker)}, f"{at}/text")
        await posted(clerk, f"{at}/text", {**WRITTEN, "worker-1": "99999"}, f"{at}/text")
        rows = await InnovationAuthor.select(InnovationAuthor.worker)
        assert [row["worker"] for row in rows] == [None, None]


async def test_a_proposal_that_was_carried_out_brings_its_words_along(database):
    here = await works()
    proposal, _ = await here.sent()
    async with visitors() as web:
        clerk, stranger = await web.signed_in("mei"), await web.signed_in("tao")
        values = {**BEGUN, "title": "窑车码放图上墙", "kind": "small_suggestion", "proposal": str(proposal)}
        early = await clerk.post("/innovations/desk", values)
        assert sentences(early) == ["已实施的建议才能转为创新成果。"]
        await here.verified(proposal)
        assert f"/innovations/desk/new?proposal={proposal}" in (await clerk.get(f"/proposals/desk/{proposal}")).text
        assert "窑车码放图上墙" in (await clerk.get(f"/innovations/desk/new?proposal={proposal}")).text
        assert (await stranger.get(f"/innovations/desk/new?proposal={proposal}")).status_code == 404
        assert (await stranger.post("/innovations/desk", values)).status_code == 404
        answer = await clerk.post("/innovations/desk", values)
        page = await clerk.get(answer.headers["location"])
        for word in ("夜班码放不一，倒窑每月三次", "把三种码放图贴在窑口", "冯砚秋", "占云帆", 'value="50"'):
            assert word in page.text
        at = str(answer.headers["location"]).removesuffix("/text")
        for again in (  # pressed twice, and come back to later
            await clerk.post("/innovations/desk", values),
            await clerk.get(f"/innovations/desk/new?proposal={proposal}"),
        ):
            assert (again.status_code, again.headers["location"]) == (303, at)
        county = await web.signed_in("yun")
        shown = [(await who.get(f"/proposals/desk/{proposal}")).text for who in (clerk, county)]
        assert [f'href="{at}"' in page for page in shown] == [True, False]  # a draft is the unit's own
        assert "转为创新成果</a>" not in shown[0]


@pytest.mark.parametrize("who", ["tao", "yun", "xun", "sheng", "pan"])
async def test_a_draft_is_never_selected_for_anybody_else(database, who):
    here = await works()
    number = await innovations.begin(FOIL, here.places["works"], 3, NOW)
    with pytest.raises(NotFound):
        await innovation_reads.one(await here.user(who), number)
    async with visitors() as web:
        visitor = await web.signed_in(who)
        for address in ("", "/text", "/enclosures", "/versions/1/2"):
            assert (await visitor.get(f"/innovations/desk/{number}{address}")).status_code == 404
        for act in ("text", "secrecy-check", "publicity", "hand-in", "withdrawal", "taking-up", "papers", "pictures"):
            assert (await visitor.post(f"/innovations/desk/{number}/{act}", WRITTEN)).status_code == 404
        assert FOIL.title not in (await visitor.get("/innovations/desk")).text


async def test_the_unions_above_read_what_was_handed_in_and_nothing_written_since(database):
    here = await works()
    number = await innovations.begin(FOIL, here.places["works"], 3, NOW)
    async with visitors() as web:
        clerk, county = await web.signed_in("mei"), await web.signed_in("yun")
        at = f"/innovations/desk/{number}"
        files = {"picture": ("一.jpg", photograph(), "image/jpeg")}
        for alt in ("收卷机", SECRET):
            if alt is SECRET:
                await handed_in(number)
                body = replace(FOIL.body, sections={**FOIL.body.sections, "done": SECRET})
                await innovations.save(
                    number, replace(FOIL, title=f"{SECRET}标题", body=body), await revision(number), 3, NOW
                )
                paper = {"paper": ("p.jpg", photograph(), "image/jpeg")}
                assert (await clerk.post(f"{at}/papers", {"role": "report"}, paper)).status_code == 303
            assert (await clerk.post(f"{at}/pictures", {"alt": alt}, files)).status_code == 303
        own, above = await clerk.get(at), await county.get(at)
        assert SECRET in own.text
        assert above.status_code == 200
        for page in (above, await county.get("/innovations/desk")):
            assert SECRET not in page.text
            assert FOIL.title in page.text
        hidden = sorted(set(re.findall(rf"{at}/(?:pictures/\d+/square-320.webp|papers/\d+)", own.text)))
        assert len(hidden) == 3
        seen = [(await county.get(address)).status_code for address in hidden]
        assert sorted(seen) == [200, 404, 404]
        assert "保存" not in above.text
        await handed_in(number, "第二版")
        assert SECRET in (await county.get(at)).text
        compared = await county.get(f"{at}/versions/1/2")
        assert f"<ins>{SECRET}" in compared.text
        came = set(re.findall(rf"{at}/(?:pictures/\d+/square-320.webp|papers/\d+)", compared.text))
        assert len(came) == 2  # what the second version took along, and not the picture of the first
        assert came < set(hidden)
        assert "<del>" in compared.text


async def test_who_hands_in_does_not_look_through_and_readers_do_neither(database):
    here = await works()
    number = await innovations.begin(FOIL, here.places["works"], 3, NOW)
    await handed_in(number)
    async with visitors() as web:
        for who, may in (("mei", False), ("yue", True), ("yun", False), ("sheng", False)):
            visitor = await web.signed_in(who)
            answer = await visitor.post(f"/innovations/desk/{number}/secrecy-check", {"looked": "1", "revision": "0"})
            assert (answer.status_code == 422) is may, who


async def test_publicity_withdrawal_and_taking_up(database):
    here = await works()
    number = await innovations.begin(FOIL, here.places["works"], 3, NOW)
    await handed_in(number)
    at = f"/innovations/desk/{number}"
    async with visitors() as web:
        clerk = await web.signed_in("mei")
        wrong = await posted(clerk, f"{at}/publicity", {"publicity": "all", "benefit_shown": "band"})
        assert sentences(wrong) == ["请选择公开范围和效益的显示方式。"]
        right = await posted(clerk, f"{at}/publicity", {"publicity": "public", "benefit_shown": "band"})
        assert right.status_code == 303
        assert sentences(await posted(clerk, f"{at}/withdrawal", {"why": " "})) == ["请说明原因，不超过 500 字。"]
        assert (await posted(clerk, f"{at}/withdrawal", {"why": "先做二期"})).status_code == 303
        assert "先做二期" in (await clerk.get(at)).text
        assert (await posted(clerk, f"{at}/taking-up")).status_code == 303
        row = await Innovation.select().where(Innovation.id == number).first()
        assert (row["stage"], row["publicity"], row["benefit_shown"]) == ("draft", "public", "band")


async def test_versions_that_are_not_there_are_not_found(database):
    here = await works()
    number = await innovations.begin(FOIL, here.places["works"], 3, NOW)
    await handed_in(number)
    assert len(await innovation_versions.listed(number)) == 1
    async with visitors() as web:
        clerk = await web.signed_in("mei")
        for pair in ("1/1", "1/2", "0/1", "2/1"):
            assert (await clerk.get(f"/innovations/desk/{number}/versions/{pair}")).status_code == 404


async def test_an_officer_is_told_of_what_was_changed_after_it_was_looked_through(database):
    here = await works()
    number = await innovations.begin(FOIL, here.places["works"], 3, NOW)

    async def waits() -> list[int]:
        told = await innovation_todo.rows(await here.user("yue"))
        return [one.count for one in told if one.what.code == "todo_innovations_clear"]

    async def written(words: str) -> None:
        body = replace(FOIL.body, sections={**FOIL.body.sections, "use": words})
        await innovations.save(number, replace(FOIL, body=body), await revision(number), 3, NOW + timedelta(days=1))

    assert await waits() == [1]
    await innovations.clear(number, await revision(number), 4, NOW)
    assert await waits() == []
    said = (Publicity.PUBLIC, BenefitShown.BAND, await revision(number), 3, NOW + timedelta(hours=1))
    await innovations.set_publicity(number, *said)
    assert await waits() == []  # nothing of what leaves the unit is another
    await written("四条线")
    assert await waits() == [1]
    await handed_in(number)
    assert await waits() == []
    async with transaction():
        await innovations.give_back(number, {"section-use": "写明起止"}, 9, NOW + timedelta(hours=2))
    assert await waits() == []
    await written("四条线，2025年3月起")
    assert await waits() == [1]


async def test_a_button_that_is_pressed_twice_does_once_what_it_does(database):
    await works()
    async with visitors() as web:
        clerk, officer = await web.signed_in("mei"), await web.signed_in("yue")
        at = await begun(clerk)
        number = int(at.rsplit("/", 1)[1])

        async def twice(who, address: str, values: dict[str, str], page: str) -> list[int]:
            shown = re.search(r'name="revision" value="(\d+)"', (await who.get(page)).text)
            said = {**values, "revision": shown.group(1)}
            return [(await who.post(f"{at}/{address}", said)).status_code for _ in range(2)]

        assert await twice(clerk, "text", WRITTEN, f"{at}/text") == [303, 303]
        said = {"publicity": "public", "benefit_shown": "band"}
        assert await twice(clerk, "publicity", said, at) == [303, 303]
        assert (await posted(officer, f"{at}/secrecy-check", {"looked": "1"})).status_code == 303
        assert await twice(clerk, "hand-in", {"note": ""}, at) == [303, 303]
        assert [one.number for one in await innovation_versions.listed(number)] == [1]
        row = {"formula-1": "gain", "what-1": "少断带", "amount-1": "9万", "first_day": "2025-01-10", "looked": "1"}
        for what in ("forecast", "claim"):
            assert await twice(clerk, f"benefit/{what}", row, f"{at}/benefit/{what}") == [303, 303]
        late = await clerk.post(f"{at}/text", {**WRITTEN, "title": "另一个题目", "revision": "1"})
        assert late.status_code == 422  # somebody wrote something else meanwhile
        late = await clerk.post(f"{at}/benefit/claim", {**row, "amount-1": "8万", "revision": "0"})
        assert late.status_code == 422
