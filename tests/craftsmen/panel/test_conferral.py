"""From the vote to the honour: notice, second review, proposal, and a conferral that takes two people."""

import json
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from craftsmen import conferral, honours, vote_reads
from craftsmen.conferral_reads import Noticed
from craftsmen.conferral_reads import noticed as notices_of
from craftsmen.honour_tables import Honour, HonourTitle
from craftsmen.nomination_tables import Nomination
from craftsmen.round_reads import round_by_address
from craftsmen.rules.honours import PartialDate
from craftsmen.rules.honours import Stage as HonourStage
from craftsmen.rules.nomination_steps import Stage
from craftsmen.rules.outcomes import Outcome
from foundation.base.problem import Refused
from foundation.people import accounts
from foundation.people.organisation_tables import ROOT_ID
from foundation.process import certificate_series, notice_drafts, notices, objections
from foundation.process.certificate_tables import Certificate
from foundation.process.notice_tables import Notice
from foundation.process.objection_tables import Objection
from foundation.process.rules.notices import Draft
from foundation.process.rules.objections import ObjectionDraft
from foundation.process.rules.shown import Shown
from foundation.work import two_person
from tests.craftsmen.nominations.cast import NOW
from tests.craftsmen.panel.cast import Panel, before_panel
from tests.craftsmen.panel.test_panel import refused
from tests.craftsmen.panel.test_votes import held
from tests.web import visitors

ZONE = ZoneInfo("Asia/Shanghai")
AFTER = NOW + timedelta(days=30)
WHY = Outcome("本届名额有限,评审得票未达到三分之二。", "推荐选树办法第十二条", "补充近三年带徒成果。")
SAID = ("第八届赣鄱工匠拟命名人选公示", "现予公示。", "省总工会经济技术部 0791-86300000")


async def voted(**rules) -> Panel:
    here = await before_panel(scheme=False, **rules)
    await held(here, await here.opened(), cheng=4, xiong=4)
    return here


async def noticed(here: Panel) -> int:
    """The notice is drafted by 省, approved by the reviewer and open; answers its id."""
    address = await conferral.to_notice(here.round_id, *SAID, by=here.account("sheng"), now=NOW)
    return await opened(here, address, NOW)


async def opened(here: Panel, address: str, now: datetime) -> int:
    """The draft at this address is reviewed and opened; answers its id."""
    sheng, shen = here.account("sheng"), here.account("shen")
    row = await Notice.select(Notice.id).where(Notice.address == address).first()
    assert row is not None
    await notice_drafts.send(row["id"], sheng, now)
    await notice_drafts.approve(row["id"], shen, now)
    await notices.open_notice(row["id"], sheng, now, ZONE)
    return int(row["id"])


async def proposed(here: Panel) -> None:
    await noticed(here)
    chosen = [here.nominations["cheng"], here.nominations["xiong"]]
    for at in (Stage.NOTICE, Stage.SECOND):
        await conferral.go_on(here.round_id, at, chosen, here.account("sheng"), AFTER)
    rest = [here.nominations["ji"], here.nominations["kehe"]]
    await conferral.leave_out(here.round_id, Stage.PANEL, rest, WHY, by=here.account("sheng"), now=AFTER)


async def stages(here: Panel) -> dict[str, str]:
    rows = await Nomination.select(Nomination.id, Nomination.stage)
    by_id = {row["id"]: row["stage"] for row in rows}
    return {name: by_id[key] for name, key in here.nominations.items()}


async def test_the_chosen_go_to_a_notice_that_names_what_may_be_public(database):
    here = await before_panel(scheme=False)
    notice = conferral.to_notice(here.round_id, *SAID, by=here.account("sheng"), now=NOW)
    assert await refused(notice) == ["conferral_nobody_chosen"]
    vote = await here.opened()
    notice = conferral.to_notice(here.round_id, *SAID, by=here.account("sheng"), now=NOW)
    assert await refused(notice) == ["conferral_voting"]
    await held(here, vote, cheng=4, xiong=4)
    address = await conferral.to_notice(here.round_id, *SAID, by=here.account("sheng"), now=NOW)
    row = await Notice.select().where(Notice.address == address).first()
    assert (row["about"], row["stage"], row["results"], row["days"]) == (f"round:{here.address}", "draft", True, 5)
    assert "程砚秋" in row["shown"]
    assert "熊晓燕" in row["shown"]
    assert "柯河" not in row["shown"]
    assert "36012219850307002X" not in row["shown"]
    assert await stages(here) == {"cheng": "notice", "ji": "panel", "xiong": "notice", "kehe": "panel"}
    again = conferral.to_notice(here.round_id, *SAID, by=here.account("sheng"), now=NOW)
    assert await refused(again) == ["conferral_notice_there"]


async def test_the_notice_waits_for_the_last_ballot_or_for_the_word_that_there_is_none(database):
    here = await before_panel(scheme=False)
    await held(here, await here.opened(), cheng=4)
    notice = conferral.to_notice(here.round_id, *SAID, by=here.account("sheng"), now=NOW)
    assert await refused(notice) == ["conferral_ballot_due"]
    rest = [here.nominations[name] for name in ("ji", "xiong", "kehe")]
    await conferral.leave_out(here.round_id, Stage.PANEL, rest, WHY, by=here.account("sheng"), now=NOW)
    assert await conferral.to_notice(here.round_id, *SAID, by=here.account("sheng"), now=NOW)


async def test_nothing_is_moved_where_the_notice_cannot_be_drafted(database):
    here = await voted()
    with pytest.raises(Refused):
        await conferral.to_notice(here.round_id, "", "", "", by=here.account("sheng"), now=NOW)
    assert (await stages(here))["cheng"] == "panel"
    found = await round_by_address(here.address)
    assert found is not None
    assert await notices_of(found, NOW) == Noticed()


@pytest.mark.parametrize("change", ["name", "row", "days"])
async def test_a_notice_that_showed_others_or_ran_too_short_confers_nobody(database, change):
    here = await voted()
    sheng = here.account("sheng")
    address = await conferral.to_notice(here.round_id, *SAID, by=sheng, now=NOW)
    row = await Notice.select(Notice.shown).where(Notice.address == address).first()
    shown = json.loads(row["shown"])
    if change == "name":  # as somebody wrote it into the draft
        shown["rows"][0][shown["columns"].index("name")] = "程某某"
    elif change == "row":
        del shown["rows"][0]
    days = 4 if change == "days" else 5
    await Notice.update({Notice.shown: json.dumps(shown), Notice.days: days}).where(Notice.address == address)
    await opened(here, address, NOW)
    chosen = [here.nominations["cheng"], here.nominations["xiong"]]
    on = conferral.go_on(here.round_id, Stage.NOTICE, chosen, sheng, AFTER)
    assert await refused(on) == ["conferral_notice_otherwise"]
    anew = await conferral.to_notice(here.round_id, *SAID, by=sheng, now=AFTER)
    again = conferral.to_notice(here.round_id, *SAID, by=sheng, now=AFTER)
    assert await refused(again) == ["conferral_notice_there"]
    await opened(here, anew, AFTER)
    running = conferral.go_on(here.round_id, Stage.NOTICE, chosen, sheng, AFTER)
    assert await refused(running) == ["conferral_notice_running"]
    await conferral.go_on(here.round_id, Stage.NOTICE, chosen, sheng, AFTER + timedelta(days=30))
    assert (await stages(here))["cheng"] == "second"


async def test_a_notice_stopped_in_the_second_review_is_drafted_again_and_runs_for_its_whole_time(database):
    here = await voted()
    sheng = here.account("sheng")
    await noticed(here)
    cheng, xiong = here.nominations["cheng"], here.nominations["xiong"]
    await conferral.go_on(here.round_id, Stage.NOTICE, [cheng], sheng, AFTER)
    await conferral.go_on(here.round_id, Stage.SECOND, [cheng], sheng, AFTER)
    await conferral.go_on(here.round_id, Stage.NOTICE, [xiong], sheng, AFTER)
    again = conferral.to_notice(here.round_id, *SAID, by=sheng, now=AFTER)
    assert await refused(again) == ["conferral_notice_there"]
    # what was shown proves wrong: the office puts up another by hand, and that one is stopped as well
    by_hand = Draft(*SAID, Shown(), 5, "17:30", results=True, about=f"round:{here.address}", label="第八届")
    address = await notice_drafts.draft(by_hand, ROOT_ID, sheng, AFTER)
    second = await opened(here, address, AFTER)
    await notices.stop(second, "公示内容有误。", sheng, AFTER)
    second_over = conferral.go_on(here.round_id, Stage.SECOND, [xiong], sheng, AFTER)
    assert await refused(second_over) == ["conferral_notice_stopped"]
    address = await conferral.to_notice(here.round_id, *SAID, by=sheng, now=AFTER)
    row = await Notice.select().where(Notice.address == address).first()
    assert (row["replaces"], row["days"], row["stage"]) == (second, 5, "draft")
    assert ("程砚秋" in row["shown"], "熊晓燕" in row["shown"], "柯河" in row["shown"]) == (True, True, False)
    assert await stages(here) == {"cheng": "proposed", "ji": "panel", "xiong": "second", "kehe": "panel"}
    await opened(here, address, AFTER)
    third = await Notice.select(Notice.ends_at).where(Notice.id == row["id"]).first()
    assert third["ends_at"] - AFTER > timedelta(days=4)
    soon = third["ends_at"] - timedelta(minutes=1)
    for at, one in ((Stage.SECOND, xiong), (Stage.NOTICE, xiong)):
        assert (await refused(conferral.go_on(here.round_id, at, [one], sheng, soon)))[0] == "conferral_notice_running"
    await conferral.go_on(here.round_id, Stage.SECOND, [xiong], sheng, third["ends_at"])
    assert (await stages(here))["xiong"] == "proposed"


async def test_a_notice_that_runs_or_is_held_stops_everybody(database):
    here = await voted()
    cheng = [here.nominations["cheng"]]
    await conferral.to_notice(here.round_id, *SAID, by=here.account("sheng"), now=NOW)
    go = conferral.go_on(here.round_id, Stage.NOTICE, cheng, here.account("sheng"), NOW)
    assert await refused(go) == ["conferral_notice_none"]
    row = await Notice.select(Notice.id, Notice.address).first()
    await notice_drafts.send(row["id"], here.account("sheng"), NOW)
    await notice_drafts.approve(row["id"], here.account("shen"), NOW)
    await notices.open_notice(row["id"], here.account("sheng"), NOW, ZONE)
    go = conferral.go_on(here.round_id, Stage.NOTICE, cheng, here.account("sheng"), NOW + timedelta(days=1))
    assert await refused(go) == ["conferral_notice_running"]
    await objections.send(
        ObjectionDraft("业绩材料请核查。", True, "龚某", "13800000000"), row["address"], "10.0.0.1", NOW, ZONE
    )
    objection = (await Objection.select(Objection.id).first())["id"]
    await objections.take(objection, "accept", "属于受理范围", by=here.account("sheng"), now=NOW)
    go = conferral.go_on(here.round_id, Stage.NOTICE, cheng, here.account("sheng"), AFTER)
    assert await refused(go) == ["conferral_notice_held"]
    for step, note, outcome in (
        ("check", "核对材料", ""),
        ("answer", "经核查无误", "not_upheld"),
        ("close", "办结", ""),
    ):
        await objections.take(objection, step, note, by=here.account("sheng"), now=AFTER, outcome=outcome)
    assert await conferral.go_on(here.round_id, Stage.NOTICE, cheng, here.account("sheng"), AFTER) is Stage.SECOND
    stranger = conferral.go_on(here.round_id, Stage.SECOND, [here.nominations["kehe"]], here.account("sheng"), AFTER)
    assert await refused(stranger) == ["conferral_pick"]


async def test_two_people_confer_and_everything_is_there_at_once(database):
    here = await voted()
    await proposed(here)
    cheng = here.nominations["cheng"]
    rows = await Honour.select(Honour.source_key, Honour.stage).order_by(Honour.id)
    assert [(row["source_key"], row["stage"]) for row in rows] == [
        (f"round:{here.address}:nomination:{cheng}", "proposed"),
        (f"round:{here.address}:nomination:{here.nominations['xiong']}", "proposed"),
    ]
    sheng = here.account("sheng")
    await HonourTitle.update({HonourTitle.certificate: True}).where(HonourTitle.id == here.here.title)
    await certificate_series.define(
        "ganpo-craftsman", "赣鄱工匠证书", "赣匠字〔{年}〕{号}号", 4, organisation_id=1, by="test"
    )
    on = date(2026, 6, 1)
    with pytest.raises(Refused) as refusal:
        await conferral.ask(here.round_id, " ", date(2027, 1, 1), "主席会议决定", by=sheng, now=AFTER)
    assert [one.code for one in refusal.value.problems] == ["honour_document_empty", "conferral_day"]
    act = await conferral.ask(here.round_id, "赣工发〔2026〕18号", on, "主席会议决定", by=sheng, now=AFTER)
    assert await refused(two_person.confirm(act, sheng, AFTER)) == ["act_own"]
    out = conferral.leave_out(here.round_id, Stage.PROPOSED, [cheng], WHY, by=sheng, now=AFTER)
    assert await refused(out) == ["conferral_asked"]
    second = (await accounts.create_account("fu", "副主任", ["officer"], "test", NOW))[0]
    await two_person.confirm(act, second, AFTER)
    found = await round_by_address(here.address)
    assert found is not None
    assert (found.stage.value, found.document) == ("concluded", "赣工发〔2026〕18号")
    assert await stages(here) == {
        "cheng": "conferred", "ji": "not_chosen", "xiong": "conferred", "kehe": "not_chosen"
    }  # fmt: skip
    given = await honours.of_worker(here.here.workers["cheng"])
    assert [(one.stage, one.document, one.on) for one in given] == [
        (HonourStage.CONFERRED, "赣工发〔2026〕18号", PartialDate(2026, 6, 1))
    ]
    assert await refused(conferral.ask(here.round_id, "赣工发〔2026〕19号", on, "再来一次", by=sheng, now=AFTER)) == [
        "panel_not_deciding"
    ]
    (certificate,) = await Certificate.select(Certificate.name, Certificate.words, Certificate.document).where(
        Certificate.about == f"honour:{given[0].id}"
    )
    assert (certificate["name"], certificate["document"]) == ("程砚秋 同志", "赣工发〔2026〕18号")
    assert "赣鄱工匠" in certificate["words"]


async def test_whoever_is_left_out_when_proposed_is_declined_and_told(database):
    here = await voted()
    await proposed(here)
    xiong = here.nominations["xiong"]
    await conferral.leave_out(here.round_id, Stage.PROPOSED, [xiong], WHY, by=here.account("sheng"), now=AFTER)
    assert (await stages(here))["xiong"] == "not_chosen"
    key = f"round:{here.address}:nomination:{xiong}"
    row = await Honour.select(Honour.stage).where(Honour.source_key == key).first()
    assert row == {"stage": "declined"}
    assert await vote_reads.chosen_of(here.round_id) == {here.nominations["cheng"]}


async def test_a_conferral_waits_for_nobody_left_on_the_way(database):
    here = await voted()
    await noticed(here)
    chosen = [here.nominations["cheng"], here.nominations["xiong"]]
    for at in (Stage.NOTICE, Stage.SECOND):
        await conferral.go_on(here.round_id, at, chosen, here.account("sheng"), AFTER)
    ask = conferral.ask(here.round_id, "18号", date(2026, 6, 1), "决定", by=here.account("sheng"), now=AFTER)
    assert await refused(ask) == ["conferral_on_the_way"]


async def test_the_office_s_page_leads_through_it(database):
    here = await voted()
    page = f"/rounds/manage/{here.address}/conferral"
    async with visitors() as web:
        sheng = await web.signed_in("sheng")
        assert "请为通过的人选办理公示和命名" in (await sheng.get("/desk")).text
        text = (await sheng.get(page)).text
        assert "第八届赣鄱工匠推荐选树拟命名人选公示" in text
        half = await sheng.post(page, {"act": "notice", "title": "公示", "text": "", "contact": ""})
        assert half.status_code == 409
        assert 'value="公示"' in half.text
        title, words, contact = SAID
        made = await sheng.post(page, {"act": "notice", "title": title, "text": words, "contact": contact})
        assert made.status_code == 303
        assert (await sheng.get(made.headers["location"].partition("?")[0])).status_code == 200
        assert "公示尚未发布" in (await sheng.get(page)).text
        told = await sheng.post(
            page, {"act": "leave_out", "at": "panel", "pick": str(here.nominations["kehe"]), "reason": "落选"}
        )
        assert told.status_code == 409
        for who in ("mei", "xun", "wan"):
            assert (await (await web.signed_in(who)).get(page)).status_code == 404
        assert "程砚秋" not in (await web.visitor().get(f"/rounds/{here.address}")).text
