"""The panel's pages: one round scored, voted on paper and electronically; who may open what, and what nobody sees."""

import re

import pytest

from craftsmen import electronic, materials, nomination_pictures, panel_reads, vote_reads
from craftsmen.nomination_tables import Nomination
from craftsmen.rules.round_rules import Criterion, VoteRule
from craftsmen.rules.votes import Choice, text_hash
from foundation.files import pictures
from tests.craftsmen.nominations.cast import NOW, PDF
from tests.craftsmen.panel.cast import MEMBERS, before_panel
from tests.foundation.files.pictures_made_up import telling
from tests.web import Visitor, shown, visitors


def hidden(text: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', text)
    assert found, name
    return found[1]


async def address_of(here, nominee: str) -> str:
    return next(
        one.address for one in await panel_reads.before_panel(here.round_id) if one.id == here.nominations[nominee]
    )


async def filled(visitor: Visitor, path: str, **typed: str) -> int:
    page = (await visitor.get(path)).text
    kept = {name: hidden(page, name) for name in ("nonce", "scheme", "base-S1", "base-S2", "base-S3")}
    return (await visitor.post(path, {**kept, **typed})).status_code


async def handed_in(here, nominee: str) -> int:
    """The minutes and a portrait come with a nomination, as at its unit; answers the picture."""
    key, clerk = here.nominations[nominee], here.account("mei")
    await Nomination.update({Nomination.stage: "draft", Nomination.story: "守窑的故事。"}).where(Nomination.id == key)
    await materials.hand_in(key, "minutes", "职代会决议.pdf", PDF, clerk, NOW)
    picture = await pictures.keep_undescribed("照.jpg", telling(size=(700, 900)), clerk, NOW)
    await nomination_pictures.put(key, "portrait", picture, "本人在岗位上", "", clerk, NOW)
    await Nomination.update({Nomination.stage: "panel"}).where(Nomination.id == key)
    return picture


async def test_a_member_scores_and_sees_nobody_else_s_marks_before_the_lock(database):
    here = await before_panel()
    panel = f"/panel/rounds/{here.address}"
    sheet = f"{panel}/nominations/{await address_of(here, 'xiong')}"
    async with visitors() as web:
        wan, shu = await web.signed_in("wan"), await web.signed_in("shu")
        assert await filled(wan, sheet, **{"mark-S1": "37.125", "mark-S2": "33", "mark-S3": "18.5"}) == 303
        page = (await wan.get(sheet)).text
        assert 'value="37.125"' in page
        assert ("senior" in page, "裁判" in page) == (False, False)
        for who in ("shu", "sheng"):
            other = await web.signed_in(who)
            for path in (panel, sheet, f"{panel}/overview", f"/rounds/manage/{here.address}/panel", "/desk"):
                assert "37.125" not in (await other.get(path)).text
        assert (await shu.get(f"{panel}/overview")).status_code == 404
        overview = (await wan.get(f"{panel}/overview")).text
        assert "37.125" not in overview
        assert "尚不能锁定" in overview
        # what is wrong is told at its line, and nothing typed is lost
        again = await shu.post(sheet, {"mark-S1": "41", "mark-S2": "30", "nonce": "x", "scheme": "y"})
        assert again.status_code == 422
        assert 'value="41"' in again.text
        assert "页面提交不完整" in again.text
        # two tabs: the older one is told what stands
        page = (await wan.get(sheet)).text
        old = {name: hidden(page, name) for name in ("nonce", "scheme", "base-S1", "base-S2", "base-S3")}
        assert await filled(wan, sheet, **{"mark-S1": "38", "mark-S2": "33", "mark-S3": "18.5"}) == 303
        stale = await wan.post(sheet, {**old, "mark-S1": "39", "mark-S2": "33", "mark-S3": "18.5"})
        assert stale.status_code == 409
        assert "现为38" in stale.text
        # a member who keeps out gets no sheet
        out = f"{panel}/nominations/{await address_of(here, 'cheng')}"
        shao = await web.signed_in("shao")
        assert 'name="mark-S1"' not in (await shao.get(out)).text
        assert (
            await shao.post(f"{panel}/nominations/{await address_of(here, 'kehe')}/recusal", {"reason": ""})
        ).status_code == 409
        assert (
            await shao.post(f"{panel}/nominations/{await address_of(here, 'kehe')}/recusal", {"reason": "师徒"})
        ).status_code == 303


async def test_strangers_find_nothing_and_nothing_is_public(database):
    here = await before_panel(scheme=False)
    vote = await here.opened()
    panel, office = f"/panel/rounds/{here.address}", f"/rounds/manage/{here.address}"
    number = await address_of(here, "xiong")
    theirs = [panel, f"{panel}/nominations/{number}", f"{panel}/votes/{vote.ordinal}", f"{panel}/votes/1/tally",
              f"{panel}/votes/1/signed", f"{panel}/votes/1/ballots.csv", f"{panel}/overview",
              f"{office}/panel", f"{office}/votes", f"{office}/votes/1"]  # fmt: skip
    async with visitors() as web:
        for who in ("mei", "shen", "xun"):
            stranger = await web.signed_in(who)
            assert {path: (await stranger.get(path)).status_code for path in theirs} == dict.fromkeys(theirs, 404)
        nobody = web.visitor()
        assert {(await nobody.get(path)).status_code for path in theirs} == {303}
        for path in ("/", f"/rounds/{here.address}", "/craftsmen", "/notices"):
            assert "熊晓燕" not in (await nobody.get(path)).text


async def test_the_office_seats_and_a_round_is_scored_locked_and_voted_on_paper(database):
    here = await before_panel()
    await here.mark_all()
    panel, office = f"/panel/rounds/{here.address}", f"/rounds/manage/{here.address}"
    async with visitors() as web:
        sheng, wan = await web.signed_in("sheng"), await web.signed_in("wan")
        answer = await sheng.post(f"{office}/panel", {"act": "seat", "account": "xun\nnobody-of-this-name"})
        assert answer.status_code == 409
        assert "J6" not in shown(await sheng.get(f"{office}/panel"))
        assert "请全部" not in answer.text
        page = (await wan.get(f"{panel}/overview")).text
        assert "请核对并锁定评分" in (await wan.get("/desk")).text
        seen = hidden(page, "seen")
        assert (await wan.post(f"{panel}/overview", {"seen": seen})).status_code == 409
        assert (await wan.post(f"{panel}/overview", {"seen": seen, "confirm": "yes"})).status_code == 303
        assert "84.50" in (await wan.get(panel)).text
        assert "请开始投票" in (await sheng.get("/desk")).text
        there = [str(here.seats[name].id) for name in MEMBERS]
        few = await sheng.post(f"{office}/votes", {"attending": there[:2], "tellers": "jian\nji_clerk"})
        assert few.status_code == 409
        assert "还需2名才达到法定人数" in few.text
        opened = await sheng.post(f"{office}/votes", {"attending": there, "tellers": "jian\nji_clerk"})
        assert opened.status_code == 303
        jian, clerk = await web.signed_in("jian"), await web.signed_in("ji_clerk")
        assert "请清点选票并录入计票结果" in (await jian.get("/desk")).text
        tally = f"{panel}/votes/1/tally"
        cells = {"given_out": "5", "returned": "5", "invalid": "0"}
        for nominee, (yes, no) in {"cheng": (4, 0), "ji": (0, 4), "xiong": (5, 0), "kehe": (1, 4)}.items():
            key = here.nominations[nominee]
            cells |= {f"yes-{key}": str(yes), f"no-{key}": str(no), f"abstain-{key}": "0"}
        assert (await jian.post(tally, cells)).status_code == 303
        typed = {**cells, "yes-1": "", "returned": "五"}
        wrong = await clerk.post(tally, typed)
        assert wrong.status_code == 422
        assert 'value="五"' in wrong.text
        slip = {**cells, f"yes-{here.nominations['kehe']}": "0", f"no-{here.nominations['kehe']}": "5"}
        assert "监票人甲" not in (await clerk.get(tally)).text
        assert (await clerk.post(tally, slip)).status_code == 303
        differing = (await clerk.get(tally)).text
        assert "您与监票人甲的计票结果不一致" in differing
        assert "重新清点" in (await jian.get("/desk")).text
        assert (await clerk.post(tally, cells)).status_code == 303
        assert "请上传签字计票单" in (await sheng.get("/desk")).text
        assert "结果尚未生效" in (await sheng.get(f"{office}/votes/1")).text
        none = await sheng.post(f"{office}/votes/1/signed", {}, files={"paper": ("", b"")})
        assert none.status_code == 409
        paper = {"paper": ("计票单.pdf", b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n")}
        assert (await sheng.post(f"{office}/votes/1/signed", {}, files=paper)).status_code == 303
        result = (await wan.get(f"{panel}/votes/1")).text
        assert result.count("通过") >= 2
        assert (await wan.get(f"{panel}/votes/1/signed")).content.startswith(b"%PDF")
        assert (await jian.get(f"{panel}/votes/1/signed")).status_code == 200
        assert "投票已全部结束" in (await sheng.get(f"{office}/votes")).text


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_an_electronic_ballot_in_the_browser(database):
    here = await before_panel(VoteRule(mode="electronic"), scheme=False)
    vote = await here.opened()
    ballot = f"/panel/rounds/{here.address}/votes/1"
    keys = list(here.nominations.values())
    async with visitors() as web:
        wan, shao, sheng = [await web.signed_in(name) for name in ("wan", "shao", "sheng")]
        assert "对系统运维人员不能完全保密" in (await wan.get(ballot)).text
        half = await wan.post(ballot, {f"choice-{keys[0]}": "yes"})
        assert half.status_code == 409
        assert half.text.count("请选择赞成、反对或弃权") >= 3
        assert (
            await wan.post(ballot, {f"choice-{key}": "yes" if key in keys[:2] else "no" for key in keys})
        ).status_code == 303
        assert (await wan.post(ballot, {f"choice-{key}": "no" for key in keys})).status_code == 409
        assert f'name="choice-{keys[0]}"' not in (await shao.get(ballot)).text
        assert (await sheng.get(ballot)).status_code == 404
        assert (await sheng.get(f"{ballot}/ballots.csv")).status_code == 404
        await electronic.cast(vote.id, dict.fromkeys(keys[2:], Choice.NO), here.account("shao"))
        closing = f"/rounds/manage/{here.address}/votes/1"
        assert "已有2名投票" in (await sheng.get(closing)).text
        assert (await sheng.post(closing, {"act": "close"})).status_code == 303
        found = await sheng.get(f"{ballot}/ballots.csv")
        closed = await vote_reads.by_id(vote.id)
        assert text_hash(found.text) == closed.ballots_hash
        assert len(found.text.splitlines()) == 1 + 6


async def test_a_member_reads_papers_and_portrait_of_those_they_judge_and_nothing_of_the_others(database):
    here = await before_panel(criteria=(Criterion("S1", "工艺有独到之处，达到国内先进水平"),))
    portraits = {nominee: await handed_in(here, nominee) for nominee in ("cheng", "kehe")}
    at = {name: f"/panel/rounds/{here.address}/nominations/{await address_of(here, name)}" for name in portraits}

    def sent(nominee: str) -> list[str]:
        return [f"{at[nominee]}/materials/minutes", f"{at[nominee]}/pictures/{portraits[nominee]}/portrait-320.webp"]

    async with visitors() as web:
        shao, wan = await web.signed_in("shao"), await web.signed_in("wan")
        page = (await shao.get(at["kehe"])).text
        assert "工艺有独到之处，达到国内先进水平" in page
        assert "工艺有独到之处，达到国内先进水平" in (await web.visitor().get(f"/rounds/{here.address}")).text
        assert ("守窑的故事。" in page, "申报条件" in page, "/materials/minutes" in page) == (True, True, True)
        assert [(await shao.get(path)).status_code for path in sent("kehe")] == [200, 200]
        # 邵 belongs to the porcelain works: of 程砚秋 there is the name on the agenda, and no more
        page = (await shao.get(at["cheng"])).text
        for hidden_text in ("守窑", "申报条件", "/materials/", "/pictures/"):
            assert hidden_text not in page
        assert [(await shao.get(path)).status_code for path in sent("cheng")] == [404, 404]
        assert [(await wan.get(path)).status_code for path in sent("cheng")] == [200, 200]
        # a picture of another nomination has no address below this one, and who keeps out later loses it
        foreign = f"{at['kehe']}/pictures/{portraits['cheng']}/portrait-320.webp"
        assert (await wan.get(foreign)).status_code == 404
        await wan.post(f"{at['kehe']}/recusal", {"reason": "师徒"})
        assert [(await wan.get(path)).status_code for path in sent("kehe")] == [404, 404]
        for who in ("mei", "sheng", "xun"):
            stranger = await web.signed_in(who)
            assert {(await stranger.get(path)).status_code for path in (*sent("kehe"), *sent("cheng"))} == {404}
        await Nomination.update({Nomination.stage: "notice"}).where(Nomination.id == here.nominations["cheng"])
        assert [(await wan.get(path)).status_code for path in sent("cheng")] == [404, 404]
