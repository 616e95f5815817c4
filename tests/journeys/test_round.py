"""A round from its rules to a craftsman's page, and to a revocation, by eight people and more in a real browser.

The officer of the federation, a reviewer and a signer, a unit's clerk, the officer of a city, a panel of three, the
worker with a phone, and a passer-by. Everybody has a browser of their own and finds the next step by its words; all
that one of them may not see is looked for with the other's.
"""

import io
import json
import re
import sqlite3
from datetime import UTC, datetime, timedelta

import asyncpg
import pytest
from PIL import Image
from playwright.sync_api import expect

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

EDITION = "10"  # of the ninth the demonstration has a draft
ROUND = "2026年“旅程”赣鄱工匠推荐选树"
NOTICE = f"{ROUND}拟命名人选公示"
DECISION = "赣工发〔2026〕21号"
HEADLINE = "一道失传的菜，三百次之后味道对了。"
WHY_REVOKED = "申报材料与事实不符，依规定撤销。"
CALL = "关于推荐2026年赣鄱工匠人选的通知"
CITY, UNIT, WORKER = "景德镇市总工会", "云窑艺术瓷厂", "汪兰溪"
SUMMARY = "从学徒到首席技师，六年守着一口灶，把一道失传的菜做了回来。"
STORY = "她把每一次失败的火候都记在本子上。第三百次，味道对了。如今这本子成了车间的教材，带出了九名徒弟。"
PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
NOTICE_FROM, NOTICE_UNTIL = "2026-05-11", "2026-05-18"  # a notice on the unit's wall, five working days of a past week
SCHEME = {
    "format": "ganpo-scheme/1",
    "title": "赣鄱工匠评审",
    "digits": 2,
    "unmarked": "incomplete",
    "modules": [
        {
            "code": "A",
            "name": "评审",
            "aspects": [
                {"code": "A1", "name": "攻关力", "kind": "panel", "judges": 3, "max": "60", "step": "0.5",
                 "combine": "mean", "min_marks": 2},
                {"code": "A2", "name": "传承力", "kind": "panel", "judges": 3, "max": "40", "step": "0.5",
                 "combine": "mean", "min_marks": 2},
            ],
        }
    ],
    "tie_break": [],
}  # fmt: skip


def prepare_the_round(officer: Person) -> str:
    """From the customary rules to frozen ones: one place, three ratios, a panel of three. Answers its address."""
    page = officer.page
    follow(officer, "推荐选树")
    look_twice(officer)
    follow(officer, "新建一届")
    page.get_by_label("荣誉称号").select_option("赣鄱工匠")
    fill(officer, 年份="2026", 名称=ROUND)
    box(officer, "届次").fill(EDITION)
    page.get_by_label("规则起草方式").select_option("惯用规则：赣鄱工匠推荐选树")
    look_twice(officer)
    press(officer, "建立草稿")
    expect(heading(officer)).to_have_text(ROUND)
    address = page.url.split("?")[0].rsplit("/", 1)[1]
    look_twice(officer)
    page.get_by_role("link", name=re.compile("^编辑\\s*数量和对象$")).click()
    fill(officer, 拟命名数="1", 事迹材料最少字数="20")
    press(officer, "保存本部分")
    tab(officer, "渠道和名额")
    for city in page.locator("main input[name^=places-]").all():
        city.fill("")
    fill(officer, **{CITY: "1"})
    press(officer, "保存本部分")
    look_twice(officer)
    tab(officer, "结构比例")
    for name in ("其他一线和专业技术人员", "非公有制企业职工", "农民工"):
        page.get_by_role("button", name=f"删去：{name}").click()
    press(officer, "保存本部分")
    look_twice(officer)
    tab(officer, "专项名额")
    page.get_by_role("button", name="删去：重大工程专项名额").click()
    press(officer, "保存本部分")
    tab(officer, "打分和投票")
    page.get_by_text("评审打分方案").click()
    box(officer, "scheme.json").fill("{}")
    with officer.expecting(422):
        press(officer, "保存本部分")
        expect(page.get_by_role("alert")).to_be_visible()
    box(officer, "scheme.json").fill(json.dumps(SCHEME, ensure_ascii=False))
    press(officer, "保存本部分")
    expect(page.get_by_role("alert")).to_have_count(0)
    look_twice(officer)
    follow(officer, "返回本届")
    follow(officer, "通读并锁定规则")
    look_twice(officer)
    press(officer, "锁定并公开规则")
    said(officer, "通知表单已关联本届")
    look_twice(officer)
    return address


def tab(officer: Person, name: str) -> None:
    """Another section of the draft."""
    officer.page.get_by_role("navigation", name="各部分").get_by_role("link", name=re.compile(f"^{name}")).click()
    expect(heading(officer)).to_have_text(name)


def call_for_it(officer: Person, reviewer: Person, signer: Person, address: str) -> None:
    """The circular that opens the round: drafted from the round's page, reviewed, signed."""
    follow(officer, "起草通知")
    expect(box(officer, "编号")).to_have_value(f"round:{address}")
    fill(
        officer,
        标题=CALL,
        正文="各设区市总工会，省级产业工会：\n\n现就推荐赣鄱工匠人选有关事项通知如下。",
        截止日期=(today() + timedelta(days=30)).isoformat(),
        截止时刻="17:30",
        联系人姓名="熊映秋",
        联系电话="0791-00000001",
    )
    officer.page.get_by_label("企业工会", exact=True).check()
    press(officer, "保存草稿")
    expect(heading(officer)).to_have_text(CALL)
    press(officer, "送审")
    expect(officer.page.get_by_role("button", name="送审")).to_have_count(0)
    at_desk(reviewer)
    follow(reviewer, CALL)
    press(reviewer, "审核通过，送签发")
    expect(reviewer.page.get_by_role("button", name="审核通过，送签发")).to_have_count(0)
    at_desk(signer)
    follow(signer, CALL)
    fill(signer, 文号="演工发〔2026〕90号")
    press(signer, "签发")
    said(signer, "签发时间")


def new_city_officer(officer: Person, new_person: NewPerson) -> Person:
    """The federation's officer makes an account at the city, which opens it with the code on paper."""
    page = officer.page
    at_desk(officer)
    follow(officer, "账号管理")
    fill(officer, 单位名称或代码=CITY)
    press(officer, "查看其账号")
    said(officer, f"在{CITY}新建账号")
    fill(officer, 姓名="余望舒", 账号="wangshu")
    page.get_by_role("checkbox", name=re.compile("^工会干部")).first.check()
    press(officer, "创建账号")
    said(officer, "余望舒 的激活码")
    code = page.locator("main .notice code.code").inner_text()
    person = new_person("wangshu")
    person.go("/activate")
    fill(person, 账号或手机号="wangshu", 激活码=code)
    for label in ("新密码 （必填）", "再填一遍新密码 （必填）"):
        person.page.get_by_label(label, exact=True).fill(PASSWORD)
    press(person, "激活并登录")
    expect(heading(person)).to_have_text("我的工作台")
    return person


def set_up(officer: Person) -> None:
    """What the office has before a round: a series of certificate numbers, and the province's honours of before."""
    page = officer.page
    at_desk(officer)
    follow(officer, "证书")
    follow(officer, "编号序列")
    fill(officer, 序列名称="赣鄱工匠证书", 代号="ganpo-craftsman", 编号格式="赣匠证〔{年}〕{号}", 序号位数="4")
    press(officer, "新建序列")
    said(officer, f"赣匠证〔{today().year}〕0017")
    at_desk(officer)
    follow(officer, "荣誉")
    follow(officer, "按名单登记")
    page.get_by_label("称号名称").select_option("江西省技术能手")
    fill(officer, 名单名称="2024年江西省技术能手名单", 授予日期="2024-05", 文号="赣人社字〔2024〕77号")
    box(officer, "表格内容").fill(f"姓名\t单位\n{WORKER}\t{UNIT}\n")
    press(officer, "读取名单")
    said(officer, WORKER)
    press(officer, "登记1项荣誉并公开")
    expect(page.get_by_role("button", name="登记1项荣誉并公开")).to_have_count(0)
    look_twice(officer)


def nominate(clerk: Person) -> str:
    """From the circular to a complete file that the city has; answers the nomination's address."""
    page = clerk.page
    at_desk(clerk)
    follow(clerk, CALL)
    press(clerk, "签收")
    at_desk(clerk)
    follow(clerk, "推荐人选")
    look_twice(clerk)
    follow(clerk, ROUND)
    look_twice(clerk)
    press(clerk, f"推荐 {WORKER}")
    expect(heading(clerk)).to_have_text(WORKER)
    address = page.url.split("?")[0].removesuffix("/draft").rsplit("/", 1)[1]
    expect(page.get_by_role("checkbox", name=re.compile("^江西省技术能手"))).to_be_checked()
    look_twice(clerk)
    page.get_by_label("岗位类别").select_option("一线职工")
    page.get_by_label("单位类别").select_option("非公有制企业")
    fill(clerk, 简要事迹=SUMMARY, 事迹材料=f"{STORY}联系电话13870000001。", 主要成果="2021 瓷泥配方改良")
    for yes in page.get_by_role("radio", name="是", exact=True).all():
        yes.check()
    for evidence in page.get_by_label("佐证说明").all():
        evidence.fill("劳动合同和技能等级证书")
    press(clerk, "保存")
    expect(heading(clerk)).to_have_text(WORKER)
    look_twice(clerk)
    complete(clerk)
    return address


def complete(clerk: Person) -> None:
    """The scan stops at a telephone number; papers and the notice on the wall follow; then on to the city."""
    page = clerk.page
    said(clerk, "138****0001")
    with clerk.expecting(409, 422):
        page.get_by_role("button", name=re.compile("^办理完毕")).click()
        expect(page.get_by_role("alert")).to_be_visible()
    follow(clerk, "填写材料")
    fill(clerk, 事迹材料=STORY)
    press(clerk, "保存")
    go_on(clerk, "职代会")
    papers = page.get_by_role("table", name="材料清单").get_by_role("rowheader").all_inner_texts()
    for name in [text.split(" A4")[0].strip() for text in papers]:
        upload(clerk, name)
    with clerk.expecting(422):
        page.get_by_role("button", name=re.compile("^办理完毕")).click()
        expect(page.get_by_role("alert")).to_be_visible()  # a scan is a picture: a person has to look at it
    for finding in page.get_by_role("checkbox", name=re.compile("无法自动识别")).all():
        finding.check()
    fill(clerk, 勾选内容可保留的理由="已人工核对扫描件，无不宜内容。")
    press(clerk, "可以保留")
    look_twice(clerk)
    go_on(clerk, "单位公示")
    page.get_by_text("填写张贴公示的起止日期", exact=True).click()
    fill(clerk, 开始日期=NOTICE_FROM, 结束日期=NOTICE_UNTIL)
    press(clerk, "保存日期")
    look_twice(clerk)
    go_on(clerk, "推荐渠道审核")


def upload(clerk: Person, name: str) -> None:
    """One paper of the list, as a scan."""
    line = (
        clerk.page.get_by_role("table", name="材料清单")
        .get_by_role("row")
        .filter(has=clerk.page.get_by_role("rowheader", name=re.compile(f"^{re.escape(name)}")))
    )
    line.locator("summary").click()
    line.locator("input[type=file]").set_input_files(
        {"name": f"{name}.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )  # type: ignore[arg-type]
    line.get_by_role("button", name="上传材料").click()
    expect(line.get_by_role("link", name=f"{name}.pdf")).to_be_visible()


def go_on(person: Person, stage: str) -> None:
    """The step that leads there, and nothing else."""
    person.page.get_by_role("button", name=f"办理完毕，进入“{stage}”").click()
    expect(person.page.get_by_role("button", name=f"办理完毕，进入“{stage}”")).to_have_count(0)


def rank(city: Person) -> None:
    """The city audits the file, puts it on its list, and hands the list in, once."""
    page = city.page
    at_desk(city)
    follow(city, ROUND)
    expect(heading(city)).to_have_text(WORKER)
    look_twice(city)
    follow(city, "进入推荐名单")
    look_twice(city)
    page.get_by_label(f"{WORKER}的推荐顺序").fill("1")
    press(city, "保存顺序")
    press(city, "上报名单")
    said(city, "名单已上报")
    look_twice(city)


def review_first(officer: Person, address: str) -> None:
    """Recommendations close; whom to take is weighed against the ratios; the file goes to the panel."""
    page = officer.page
    at_desk(officer)
    follow(officer, ROUND)
    expect(heading(officer)).to_have_text(WORKER)
    look_twice(officer)
    with page.expect_response(lambda one: one.request.method == "POST"):
        go_on(officer, "评审")
    to_the_round(officer)
    press(officer, "截止推荐")
    follow(officer, "结构比例测算")
    said(officer, "还差： 一线职工1名；女职工1名")
    page.get_by_role("checkbox", name=re.compile(WORKER)).check()
    press(officer, "测算所选人选")
    expect(page.get_by_role("main")).not_to_contain_text("还差：")
    look_twice(officer)
    to_the_round(officer)
    press(officer, "结束初审")
    look_twice(officer)


def to_the_round(officer: Person) -> None:
    at_desk(officer)
    follow(officer, "推荐选树")
    follow(officer, ROUND)
    expect(heading(officer)).to_have_text(ROUND)


def score(officer: Person, chair: Person, member: Person, recused: Person) -> None:
    """A panel of three: two mark, who works with the nominated keeps out, the chair locks."""
    follow(officer, "评审委员会")
    fill(officer, 委员账号="caipanzhang\ncaipan\njingban")
    press(officer, "添加委员")
    said(officer, "与人选同一单位")
    look_twice(officer)
    for person, marks in ((chair, ("55", "36")), (member, ("50", "38"))):
        at_desk(person)
        follow(person, ROUND)
        look_twice(person)
        follow(person, WORKER)
        look_twice(person)
        person.page.fill("#f-mark-A1", marks[0])
        person.page.fill("#f-mark-A2", marks[1])
        press(person, "保存评分表")
        said(person, "评分已保存")
    address = chair.page.url.split("/nominations/")[0]
    recused.page.goto(address)
    said(recused, "与人选同一单位")
    expect(recused.page.get_by_role("main")).not_to_contain_text("55")
    look_twice(recused)
    chair.page.goto(address)
    follow(chair, "评审进度")
    look_twice(chair)
    chair.page.get_by_role("checkbox", name=re.compile("^各委员已完成评分")).check()
    press(chair, "锁定全部评分")
    said(chair, "89.50")
    look_twice(chair)


def vote(officer: Person, tellers: tuple[Person, Person]) -> None:
    """On paper: two tellers count by themselves, and only the signed tally makes it count."""
    page = officer.page
    to_the_round(officer)
    follow(officer, "评审委员会")
    follow(officer, "投票表决")
    look_twice(officer)
    for seat in page.get_by_role("checkbox", name=re.compile("^J[123] ")).all():
        seat.check()
    box(officer, "监票人、计票人").fill("shenhe\nzuzhi")
    press(officer, "开始投票")
    look_twice(officer)
    for teller, yes in ((tellers[0], "1"), (tellers[1], "2"), (tellers[0], "2")):
        at_desk(teller)
        follow(teller, ROUND)
        look_twice(teller)
        fill(teller, 收回票数="3", 无效票数="0", 赞成=yes, 反对=str(2 - int(yes)), 弃权="0")
        press(teller, "提交计票结果")
        said(teller, "计票结果已保存")
    said(tellers[0], "两份计票结果一致")
    page.reload()
    said(officer, "结果尚未生效")
    look_twice(officer)
    page.get_by_label("签字件（扫描或拍照）").set_input_files(
        {"name": "计票单.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )  # type: ignore[arg-type]
    press(officer, "上传并使结果生效")
    said(officer, "签字计票单")
    look_twice(officer)


def confer(officer: Person, reviewer: Person, server: Server) -> None:
    """Notice and second review, then a conferral that two people want; the notice's five days are made to pass."""
    page = officer.page
    to_the_conferral(officer)
    look_twice(officer)
    fill(officer, **{"异议受理部门、电话、地址": "省总工会经济技术和劳动保护部，0791-00000001"})
    press(officer, "起草公示")
    press(officer, "送审")
    expect(page.get_by_role("button", name="送审")).to_have_count(0)
    at_desk(reviewer)
    follow(reviewer, NOTICE)
    press(reviewer, "审核通过")
    expect(reviewer.page.get_by_role("button", name="审核通过")).to_have_count(0)
    at_desk(officer)
    follow(officer, NOTICE)
    press(officer, "今日发布公示")
    said(officer, "公开页面")
    look_twice(officer)
    to_the_conferral(officer)
    said(officer, "公示期未满。")
    let_the_notice_end(server)
    page.reload()
    press(officer, "公示期满无异议，转入下一环节")
    look_twice(officer)
    press(officer, "复审通过，列为拟命名")
    fill(officer, 命名决定文号=DECISION)
    box(officer, "供复核人参考：由谁作出了什么决定").fill("经主席办公会议研究决定。")
    look_twice(officer)
    press(officer, "提请命名")
    said(officer, "须由他人复核")
    look_twice(officer)
    confirm(reviewer, "命名一届评选的荣誉称号")


def to_the_conferral(officer: Person) -> None:
    to_the_round(officer)
    follow(officer, "评审委员会")
    follow(officer, "公示和命名")


def confirm(second: Person, what: str) -> None:
    """The second person of an act finds it on their desk and signs in again to agree."""
    at_desk(second)
    follow(second, "经办与复核")
    follow(second, what)
    look_twice(second)
    second.page.get_by_label("再次输入密码").fill(PASSWORD)
    press(second, "同意并执行")
    expect(second.page.get_by_role("button", name="同意并执行")).to_have_count(0)


def let_the_notice_end(server: Server) -> None:
    """A stated step: five working days pass, which no test can wait for. Only the end of the notice is moved."""
    past = datetime.now(UTC) - timedelta(minutes=1)
    if server.database_url.startswith("sqlite"):
        with sqlite3.connect(server.database_url.removeprefix("sqlite:///"), timeout=30) as database:
            moved = database.execute(
                "UPDATE notice SET ends_at = ? WHERE label = ?", (past.isoformat(" "), ROUND)
            ).rowcount
    else:
        moved = waited(move_in_postgres(server.database_url, past))
    assert moved == 1


async def move_in_postgres(url: str, past: datetime) -> int:
    connection = await asyncpg.connect(url)
    try:
        done = await connection.execute("UPDATE notice SET ends_at = $1 WHERE label = $2", past, ROUND)
    finally:
        await connection.close()
    return int(done.split()[-1])


def write_the_page(officer: Person) -> None:
    """What the showcase says of the craftsman, and a portrait; approved, and still nothing of it is public."""
    page = officer.page
    at_desk(officer)
    follow(officer, "工匠页面")
    look_twice(officer)
    follow(officer, WORKER)
    fill(officer, 一句话事迹=HEADLINE, 工匠故事=STORY)
    press(officer, "保存草稿")
    page.get_by_label("添加图片").set_input_files({"name": "肖像.jpg", "mimeType": "image/jpeg", "buffer": portrait()})  # type: ignore[arg-type]
    box(officer, "图片说明（供读屏）").fill("汪兰溪在灶台前")
    press(officer, "添加")
    expect(page.get_by_role("button", name=re.compile("^撤下"))).to_have_count(1)
    look_twice(officer)
    follow(officer, "预览并审定")
    said(officer, "目前不会公开任何内容")
    look_twice(officer)
    press(officer, "审定公开")
    said(officer, "待本人同意")


def portrait() -> bytes:
    """A photograph, drawn."""
    written = io.BytesIO()
    Image.new("RGB", (800, 1000), (40, 80, 160)).save(written, "JPEG")
    return written.getvalue()


def agree(clerk: Person, worker: Person) -> str:
    """With a paper code from their unit the worker previews and agrees, part by part; answers its certificate."""
    page = clerk.page
    at_desk(clerk)
    follow(clerk, "职工")
    follow(clerk, WORKER)
    fill(clerk, 事由="发放个人页面验证码")
    press(clerk, "查看手机号")
    phone = page.locator(".code-large").inner_text()
    press(clerk, "发放纸质验证码")
    said(clerk, "只能使用一次")
    code = page.locator(".code-large").inner_text()
    worker.go("/mine")
    fill(worker, 手机号=phone)
    box(worker, "6 位验证码").fill(code)
    press(worker, "打开我的页面")
    expect(heading(worker)).to_have_text(WORKER)
    look_twice(worker)
    certificate = worker.page.get_by_role("link", name=f"赣匠证〔{today().year}〕0001").get_attribute("href") or ""
    follow(worker, HEADLINE)
    said(worker, "这样就没有公开页面")
    for part in ("在公开页面上显示本人姓名", "公开本人照片", "公开本人事迹"):
        worker.page.get_by_role("checkbox", name=re.compile(f"^{part}")).check()
    press(worker, "看看效果")
    said(worker, STORY)
    look_twice(worker)
    press(worker, "同意按此公开")
    expect(worker.page.get_by_text("目前已同意")).to_have_count(3)
    look_twice(worker)
    return certificate


def find(visitor: Person, certificate: str) -> tuple[str, str]:
    """By the sounds of the name, on a phone without scripts: page, poster, certificate. Answers page and portrait."""
    page = visitor.page
    visitor.go("/craftsmen")
    page.get_by_role("searchbox", name="姓名").fill("wanglanxi")
    press(visitor, "查找")
    visitor.check_fits()
    page.get_by_role("main").get_by_role("link", name=re.compile(WORKER)).first.click()
    expect(heading(visitor)).to_have_text(WORKER)
    said(visitor, STORY)
    visitor.check_fits()
    picture = page.get_by_role("main").locator("img").first.get_attribute("src") or ""
    assert page.request.get(picture).status == 200
    poster = page.request.get(page.get_by_role("link", name="保存海报").get_attribute("href") or "")
    assert (poster.status, poster.headers["content-type"]) == (200, "image/png")
    address = page.url
    page.goto(certificate)
    said(visitor, f"{WORKER} 同志")
    said(visitor, DECISION)
    visitor.check_fits()
    return address, picture


def revoke(clerk: Person, city: Person, officer: Person, reviewer: Person) -> None:
    """The path: the unit reports with evidence, who recommended agrees, one asks and a second decides."""
    at_desk(clerk)
    follow(clerk, "荣誉")
    clerk.page.get_by_role("row").filter(has_text="赣鄱工匠").get_by_role("link", name=WORKER).click()
    follow(clerk, "报告撤销")
    look_twice(clerk)
    clerk.page.get_by_role("radio", name="申报弄虚作假").check()
    fill(clerk, 事实经过="经核查，申报材料中的工作经历不实。")
    clerk.page.get_by_label("证据").set_input_files(
        {"name": "核查报告.pdf", "mimeType": "application/pdf", "buffer": PDF}
    )  # type: ignore[arg-type]
    press(clerk, "报告")
    said(clerk, "正征求推荐单位意见")
    case = f"赣鄱工匠 · {WORKER}"
    at_desk(city)
    follow(city, case)
    look_twice(city)
    fill(city, 意见="情况属实，同意撤销。")
    press(city, "同意撤销")
    expect(city.page.get_by_role("button", name="同意撤销")).to_have_count(0)
    at_desk(officer)
    follow(officer, case)
    look_twice(officer)
    fill(officer, 公开理由=WHY_REVOKED, 内部理由="见核查报告。")
    press(officer, "提请撤销荣誉")
    said(officer, "已提请撤销，待另一人决定")
    confirm(reviewer, "撤销荣誉")


def nothing_is_left(visitor: Person, address: str, picture: str, certificate: str) -> None:
    """A tombstone with the public reason and no name; picture, poster, list and feed forgot the person."""
    page = visitor.page
    with visitor.expecting(410):
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 410
        said(visitor, WHY_REVOKED)
        assert WORKER not in page.content()
        visitor.check_fits()
    for gone in (picture, f"{address}/poster.png", f"{address}/article"):
        assert page.request.get(gone).status in (404, 410), gone
    for path in ("/craftsmen?q=wanglanxi", "/craftsmen.atom", "/api/craftsmen?q=wanglanxi"):
        assert WORKER not in page.request.get(path).text(), path
    page.goto(certificate)
    said(visitor, WHY_REVOKED)
    assert WORKER not in page.content()
    visitor.check_fits()


@pytest.mark.timeout(1200)  # some sixty pages, each asked of axe and seen at two widths
def test_a_round_from_its_rules_to_a_page_and_a_revocation(server: Server, new_person: NewPerson) -> None:
    officer, reviewer, signer = (sit_at_desk(new_person, name) for name in ("guanli", "shenhe", "qianfa"))
    set_up(officer)
    city = new_city_officer(officer, new_person)
    at_desk(officer)
    address = prepare_the_round(officer)
    call_for_it(officer, reviewer, signer, address)
    clerk = sit_at_desk(new_person, "jingban")
    nominate(clerk)
    rank(city)
    review_first(officer, address)
    chair, member, teller = (sit_at_desk(new_person, name) for name in ("caipanzhang", "caipan", "zuzhi"))
    score(officer, chair, member, clerk)
    vote(officer, (reviewer, teller))
    confer(officer, reviewer, server)
    write_the_page(officer)
    certificate = agree(clerk, new_person("worker", screen="phone"))
    visitor = new_person("visitor", screen="phone", javascript=False)
    page, picture = find(visitor, certificate)
    revoke(clerk, city, officer, reviewer)
    nothing_is_left(visitor, page, picture, certificate)
