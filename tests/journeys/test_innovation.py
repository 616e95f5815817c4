"""From a worker's phone to a provincial award, a paid subsidy and the public library, in a browser by eight people.

A worker without an account proposes; the clerk and the officer of the unit make an innovation of it; the city ranks it;
the federation has it reviewed blind by somebody who learns neither unit nor names; a second person confirms whatever
needs two; and whoever passes by reads in the library what was done, and by whom. Nothing is typed twice on the way.
"""

import sqlite3
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest
from playwright.sync_api import Locator, expect

from foundation.base.clock import today
from tests.browser import Person
from tests.journeys.at_work import (
    PASSWORD,
    NewPerson,
    at_desk,
    box,
    fill,
    follow,
    heading,
    look_twice,
    press,
    said,
    sit_at_desk,
)
from tests.journeys.serving import Server
from tests.loops import waited

TITLE = "素坯含水速查卡与回温架"
WRONG = "冬天坯子从外面搬进来挂水，上釉就起泡，一窑挑出来几十件"
DONE = "做一个回温架，坯子先回到室温，含水用色卡对一下再上釉"
WORKER, UNIT, CITY = "汪兰溪", "云窑艺术瓷厂", "景德镇市总工会"
REVIEW, AWARD = "2026年“旅程”职工创新成果评审", "一等成果"
ROUND, DECISION, GRANT = "2026年“旅程”创新补助", "赣工发〔2026〕31号", "赣工发〔2026〕32号"
PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
IN_TEN_DAYS = (today() + timedelta(days=10)).isoformat()


def field(person: Person, name: str) -> Locator:
    """A field of the page itself, by the name that the form sends."""
    return person.page.locator(f'main [name="{name}"]')


def put(person: Person, **values: str) -> None:
    for name, text in values.items():
        field(person, name.replace("__", "-")).fill(text)


def propose(worker: Person, address: str) -> str:
    """On a phone, without an account. Answers the proposal's own address."""
    worker.go(address)
    fill(worker, 一句话题目=TITLE, 现在哪里不好=WRONG, 您的姓名=WORKER, **{"改什么、怎么改": DONE})
    field(worker, "kind").select_option("process")
    press(worker, "下一步：查看并提交")
    press(worker, "提交")
    said(worker, "已提交")
    return worker.page.url


def answer(clerk: Person, choice: str) -> None:
    clerk.page.get_by_role("radio", name=choice).first.check()
    press(clerk, "答复")
    said(clerk, "已答复")


def carry_out(clerk: Person) -> None:
    clerk.go("/proposals/desk")
    follow(clerk, TITLE)
    for choice in ("受理", "进入评审", "采纳", "开始实施"):
        answer(clerk, choice)
    fill(clerk, 实施情况="施釉工段两个班都用上了，起泡的坯少了八成")
    clerk.page.get_by_role("radio", name="以金额计算").check()
    box(clerk, "申报效益（12个月）").fill("6.2万")
    box(clerk, "计算过程").fill("少损坯1,600件×40元−做架子2,000元")
    press(clerk, "登记")
    said(clerk, "62,000 元")


def make_an_innovation(clerk: Person) -> str:
    """What the proposal says stands in the form already. Answers the innovation's page."""
    follow(clerk, "转为创新成果")
    clerk.page.locator('main input[name="kind"][value="small_renovation"]').check()
    field(clerk, "field").select_option("C")
    press(clerk, "继续填写")
    expect(field(clerk, "title")).to_have_value(TITLE)
    expect(field(clerk, "section-wrong")).to_have_value(WRONG)
    expect(field(clerk, "author-1")).to_have_value(WORKER)
    put(clerk, section__points="含水不凭手感，对色卡", section__use="施釉工段", share__1="100")
    for check in clerk.page.locator('main input[name^="answer-"]').all():
        check.check()
    look_twice(clerk)
    clerk.page.get_by_role("button", name="保存", exact=True).last.click()
    expect(heading(clerk)).to_have_text(TITLE)
    return clerk.page.url.split("?")[0]


def hand_in(clerk: Person, officer: Person, at: str) -> None:
    """The unit's officer looks it through for secrets; the clerk says who may know of it, and hands it in."""
    for name, value in (("publicity", "public"), ("benefit_shown", "figure")):
        clerk.page.locator(f'main input[name="{name}"][value="{value}"]').check()
    press(clerk, "设定公开范围")
    officer.go(at)
    officer.page.get_by_role("checkbox", name="我已审查本页的全部文字").check()
    look_twice(officer)
    press(officer, "代表单位确认")
    clerk.go(at)
    press(clerk, "提交当前内容")
    said(clerk, "第 1 版")


def claim_and_verify(clerk: Person, officer: Person, second: Person, at: str) -> None:
    """Claimed with its working and a paper; another of the unit corrects a line, and a second person confirms that."""
    clerk.go(f"{at}/benefit/claim")
    put(clerk, first_day=(today() - timedelta(days=400)).isoformat())
    for line, (formula, what, amount) in enumerate((("gain", "少损坯", "6.4万"), ("cost", "做架子", "2000")), 1):
        field(clerk, f"formula-{line}").select_option(formula)
        field(clerk, f"what-{line}").fill(what)
        field(clerk, f"amount-{line}").fill(amount)
    press(clerk, "计算")
    said(clerk, "62,000 元")
    clerk.page.get_by_role("checkbox", name="以上各项已经保密审查").check()
    look_twice(clerk)
    press(clerk, "保存")
    put(clerk, said="报损单和领料单")
    clerk.page.get_by_role("checkbox", name="这份材料已经保密审查").check()
    field(clerk, "paper").set_input_files({"name": "报损单.pdf", "mimeType": "application/pdf", "buffer": PDF})
    press(clerk, "加入材料")
    officer.go(f"{at}/benefit/verification")
    put(officer, amount__1="60000", reason="报损单中四十件与釉料无关，予以核减")
    look_twice(officer)
    press(officer, "提交复核")
    confirm(officer, second)
    clerk.go(f"{at}/benefit")
    said(clerk, "58,000 元")


def open_a_review(office: Person) -> str:
    office.go("/reviews/desk")
    follow(office, "新建评审")
    put(office, name=REVIEW, list_until=IN_TEN_DAYS, each="1", rubric="B 经济效益 60\nN 新颖性 40")
    put(office, award__name__1=AWARD, award__most__1="1", award__name__2="", award__most__2="")
    for place in (2, 3):
        for part in ("name", "most"):
            if field(office, f"award-{part}-{place}").count():
                field(office, f"award-{part}-{place}").fill("")
    office.page.get_by_label(CITY).fill("1")
    look_twice(office)
    press(office, "保存草稿")
    press(office, "锁定规则并开始推荐")
    said(office, "推荐中")
    return office.page.url.split("?")[0]


def recommend(city: Person) -> None:
    city.go("/reviews/channels")
    follow(city, REVIEW)
    city.page.get_by_role("row").filter(has_text=TITLE).get_by_role("checkbox").check()
    look_twice(city)
    press(city, "列入名单")
    city.page.locator('main input[name^="rank-"]').fill("1")
    press(city, "上报名单")


def seat_and_draw(office: Person, at: str) -> None:
    office.go(at)
    press(office, "截止推荐")
    follow(office, "评审人员")
    put(office, account="zuzhi")
    office.page.locator('main input[name="fields"][value="C"]').check()
    look_twice(office)
    press(office, "添加")
    office.go(at)
    press(office, "抽取评审")
    press(office, "开始评审")


def review(reviewer: Person) -> None:
    """Blind: neither title nor unit nor names are on the page, not even where the text has them."""
    at_desk(reviewer)
    reviewer.go("/reviews/mine")
    follow(reviewer, REVIEW)
    reviewer.page.get_by_role("main").get_by_role("link", name="继续评审").click()
    said(reviewer, WRONG)
    for hidden in (TITLE, UNIT, WORKER):
        expect(reviewer.page.locator("body")).not_to_contain_text(hidden)
    put(reviewer, mark__B="61", mark__N="36", opinion="简单管用，可写明色卡怎样校准。")
    with reviewer.expecting(422):
        press(reviewer, "提交评审")
        expect(reviewer.page.get_by_role("alert")).to_be_visible()
    expect(field(reviewer, "opinion")).to_have_value("简单管用，可写明色卡怎样校准。")
    put(reviewer, mark__B="55")
    look_twice(reviewer)
    press(reviewer, "提交评审")
    follow(reviewer, "评审进度")
    look_twice(reviewer)
    press(reviewer, "锁定评分")


def decide(office: Person, second: Person, server: Server, at: str) -> None:
    office.go(at)
    follow(office, "评议：名次和奖项")
    said(office, "91.00")
    office.page.get_by_label("奖项").select_option(label=f"{AWARD} (1)")
    look_twice(office)
    press(office, "保存评议结果")
    office.go(at)
    put(office, title=f"{REVIEW}结果公示", contact="省总工会 0791-00000000")
    if not field(office, "text").input_value():
        put(office, text="现予公示。")
    press(office, "起草公示")
    run_the_notice(office, second, server, f"{REVIEW}结果公示")
    office.go(at)
    put(office, document=DECISION, reason="公示无异议")
    press(office, "提请第二人复核决定")
    confirm(office, second)
    office.go(at)
    said(office, DECISION)
    look_twice(office)


def run_the_notice(office: Person, second: Person, server: Server, title: str) -> None:
    """Sent, approved by another, opened; its working days are made to pass."""
    office.go("/notices/manage")
    follow(office, title)
    press(office, "送审")
    expect(office.page.get_by_role("button", name="送审")).to_have_count(0)
    at_desk(second)
    follow(second, title)
    press(second, "审核通过")
    expect(second.page.get_by_role("button", name="审核通过")).to_have_count(0)
    office.page.reload()
    press(office, "今日发布公示")
    said(office, "公开页面")
    let_the_notice_end(server, title)


def let_the_notice_end(server: Server, title: str) -> None:
    """A stated step: five working days pass, which no test can wait for. Only the end of the notice is moved."""
    past = datetime.now(UTC) - timedelta(minutes=1)
    if server.database_url.startswith("sqlite"):
        with sqlite3.connect(server.database_url.removeprefix("sqlite:///"), timeout=30) as database:
            said = (past.isoformat(" "), title)
            moved = database.execute("UPDATE notice SET ends_at = ? WHERE title = ?", said).rowcount
    else:
        moved = waited(move_in_postgres(server.database_url, past, title))
    assert moved == 1


async def move_in_postgres(url: str, past: datetime, title: str) -> int:
    connection = await asyncpg.connect(url)
    try:
        done = await connection.execute("UPDATE notice SET ends_at = $1 WHERE title = $2", past, title)
    finally:
        await connection.close()
    return int(done.split()[-1])


def confirm(asker: Person, second: Person) -> None:
    """The act that somebody has just asked for, by the second person, who signs in again to agree."""
    second.go(asked_of(asker))
    agree(second)


def asked_of(asker: Person) -> str:
    """Where the act is told of: the page itself, or what it leads to."""
    if "/acts/" in asker.page.url:
        return asker.page.url.split("?")[0]
    return str(asker.page.locator('main a[href*="/acts/"]').first.get_attribute("href"))


def agree(second: Person) -> None:
    """Where it rests on a paper, that is opened first."""
    paper = second.page.get_by_role("button", name="打开所依据的材料")
    if paper.count():
        with second.page.expect_download():
            paper.click()
    second.page.get_by_label("再次输入密码").fill(PASSWORD)
    press(second, "同意并执行")
    expect(second.page.get_by_role("button", name="同意并执行")).to_have_count(0)


def open_a_round(office: Person) -> str:
    office.go("/subsidies/desk/new")
    put(office, name=ROUND, budget="80万", item="5万", instalments="100", apply_until=IN_TEN_DAYS, report_months="12")
    office.page.get_by_role("radio", name="按排序").check()
    look_twice(office)
    press(office, "保存草稿")
    press(office, "锁定条件并开放申报")
    return office.page.url.split("?")[0]


def apply(clerk: Person) -> str:
    clerk.go("/subsidies/applications")
    choose(field(clerk, "round"), ROUND)
    choose(field(clerk, "innovation"), TITLE)
    press(clerk, "开始申报")
    put(clerk, purpose="推广到四个班组", plan="回温架：30,000\n色卡: 1万", cost="80000")
    look_twice(clerk)
    press(clerk, "上报")
    return clerk.page.url.split("?")[0]


def choose(select: Locator, words: str) -> None:
    """The option that has these words among others."""
    value = select.locator("option").filter(has_text=words).first.get_attribute("value")
    select.select_option(value)


def grant(office: Person, second: Person, server: Server, at: str, application: str) -> None:
    office.go(application)
    office.page.get_by_role("radio", name="审核通过").check()
    press(office, "记录审核结果")
    office.go(at)
    office.page.get_by_role("checkbox", name="提前截止").check()
    press(office, "截止申报，开始审核")
    office.page.locator('main input[name^="rank-"]').fill("1")
    press(office, "保存排序")
    press(office, "测算分配方案")
    said(office, "40,000 元")
    put(office, reason="评审会确定")
    look_twice(office)
    press(office, "提交复核")
    confirm(office, second)
    office.go(at)
    title = f"{ROUND}公示"
    put(office, title=title, text="现予公示。", contact="0791-00000000")
    press(office, "起草公示")
    run_the_notice(office, second, server, title)
    office.go(at)
    put(office, document=GRANT)
    press(office, "下达")
    said(office, "40,000 元")


def pay(office: Person, second: Person, application: str) -> None:
    office.go(application)
    office.page.get_by_role("radio", name="拨付给单位").check()
    put(office, amount="4万", paid_on=today().isoformat(), reason="按文件拨付")
    field(office, "proof").set_input_files({"name": "回单.pdf", "mimeType": "application/pdf", "buffer": PDF})
    look_twice(office)
    press(office, "提交复核")
    second.go(asked_of(office))
    said(second, f"{TITLE} · {UNIT}")
    agree(second)


def report_and_settle(clerk: Person, office: Person, application: str) -> None:
    clerk.go(application)
    said(clerk, "40,000 元")
    put(clerk, spent="40000", result="四个班组都用上了。")
    look_twice(clerk)
    press(clerk, "提交报告")
    office.go(application)
    press(office, "验收并结项")
    said(office, "已结项")


def test_an_innovation_from_a_phone_to_an_award_a_subsidy_and_the_library(
    server: Server, new_person: NewPerson
) -> None:
    clerk = sit_at_desk(new_person, "jingban")
    clerk.go("/proposals/doors")
    door = str(clerk.page.get_by_role("main").get_by_role("link", name="查看表单").first.get_attribute("href"))
    own = propose(new_person("worker", screen="phone"), door)
    carry_out(clerk)
    at = make_an_innovation(clerk)
    officer, office = sit_at_desk(new_person, "zhuxi"), sit_at_desk(new_person, "guanli")
    second = sit_at_desk(new_person, "shenhe")
    hand_in(clerk, officer, at)
    claim_and_verify(clerk, officer, second, at)
    reviewing = open_a_review(office)
    recommend(sit_at_desk(new_person, "jingdezhen"))
    seat_and_draw(office, reviewing)
    review(sit_at_desk(new_person, "zuzhi"))
    decide(office, second, server, reviewing)

    visitor = new_person("a passer-by", screen="phone", javascript=False)
    visitor.go("/innovations")
    follow(visitor, TITLE)
    for words in (WRONG, DONE, WORKER, UNIT, "58,000 元"):
        said(visitor, words)
    visitor.check_fits()

    round_ = open_a_round(office)
    application = apply(clerk)
    grant(office, second, server, round_, application)
    pay(office, second, application)
    report_and_settle(clerk, office, application)
    clerk.go(at)
    said(clerk, AWARD)
    worker = new_person("the worker again", screen="phone")
    worker.go(own)
    said(worker, "已实施")
    stranger = sit_at_desk(new_person, "nanchang")
    with stranger.expecting(404):
        stranger.go(at)
        stranger.go(application)


pytestmark = pytest.mark.timeout(600)
