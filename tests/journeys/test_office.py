"""The federation's office in a real browser: a circular on its road, a notice that is objected to, an act of two.

Everybody has a browser of their own and finds their work as people do: on their desk, by its words. Knows the
demonstration's people and papers; knows no address but those somebody types or pastes.
"""

import re

from playwright.sync_api import expect

from tests.browser import Person
from tests.journeys.at_work import (
    PASSWORD,
    NewPerson,
    at_desk,
    box,
    fill,
    follow,
    heading,
    look,
    press,
    refused,
    said,
    sit_at_desk,
)
from tests.journeys.serving import Server

TITLE = "关于核对景德镇市企业参赛职工名单的通知"
NUMBER = "演工发〔2026〕88号"
UNIT = "云窑艺术瓷厂"
ATTACHED = "参赛职工名单核对表\n单位\t姓名\t职业\n"
NOTE = "联系电话与通讯录不一致，请核对。"
DOUBT = "第二名的单位名称与报名表不一致，请核对。"
OBJECTOR, CONTACT = "钟离问渠", "0798-00000077"
ANSWER = "经核对报名表，单位名称已按登记更正，名次不变。"


def draft_a_circular(officer: Person) -> None:
    """Drafted with a slip of the pen, an attachment hung on it, handed in."""
    page = officer.page
    follow(officer, "通知")
    follow(officer, "新建通知")
    look(officer)
    fill(
        officer,
        标题=TITLE,
        正文="各有关企业工会：\n\n一、核对内容\n请核对本单位参赛职工名单。",
        截止日期="十二月底",
        联系人姓名="熊映秋",
        联系电话="0791-00000001",
    )
    page.get_by_label("该工会及所属各级工会").select_option("景德镇市总工会")
    page.get_by_label("企业工会", exact=True).check()
    with officer.expecting(422):
        press(officer, "保存草稿")
        expect(page.get_by_role("alert").get_by_role("link")).to_have_count(1)
    expect(box(officer, "标题")).to_have_value(TITLE)
    expect(page.get_by_label("企业工会", exact=True)).to_be_checked()
    fill(officer, 截止日期="2026-12-31", 截止时刻="17:30")
    press(officer, "保存草稿")
    expect(heading(officer)).to_have_text(TITLE)
    file = {"name": "名单核对表.txt", "mimeType": "text/plain", "buffer": ATTACHED.encode()}
    page.get_by_label("上传附件").set_input_files(file)  # type: ignore[arg-type]
    press(officer, "上传")
    expect(page.get_by_role("link", name="名单核对表.txt")).to_be_visible()
    look(officer)
    press(officer, "送审")
    expect(page.get_by_role("button", name="送审")).to_have_count(0)


def mend_what_came_back(officer: Person) -> None:
    """One field is open: another is refused as it was, the named one is taken."""
    page = officer.page
    at_desk(officer)
    follow(officer, TITLE)
    expect(page.locator("main .notice li")).to_have_text([re.compile(rf"^联系人\s*：\s*{NOTE}$")])
    follow(officer, "修改草稿")
    expect(page.locator("main .notice li")).to_have_count(1)
    look(officer)
    fill(officer, 联系电话="0791-00000000")
    # Whatever the page lets somebody type into: what was not sent back stays.
    box(officer, "标题").evaluate("field => { field.value = '另一个标题' }")
    with officer.expecting(422):
        press(officer, "保存草稿")
        refused(officer, "此项未退回补充，保持提交时的内容。")
    expect(box(officer, "联系电话")).to_have_value("0791-00000000")
    box(officer, "标题").evaluate("(field, title) => { field.value = title }", TITLE)
    press(officer, "保存草稿")
    said(officer, "熊映秋 0791-00000000")
    press(officer, "送审")
    expect(page.get_by_role("button", name="送审")).to_have_count(0)


def test_a_circular_goes_its_road_is_signed_for_and_its_page_suspended(server: Server, new_person: NewPerson) -> None:
    officer, reviewer = sit_at_desk(new_person, "guanli"), sit_at_desk(new_person, "shenhe")
    draft_a_circular(officer)

    at_desk(reviewer)
    follow(reviewer, TITLE)
    reviewer.page.get_by_text("退回补充", exact=True).click()
    look(reviewer)
    fill(reviewer, 联系人=NOTE)
    press(reviewer, "退回")
    expect(reviewer.page.get_by_role("button", name="审核通过，送签发")).to_have_count(0)
    mend_what_came_back(officer)
    at_desk(reviewer)
    follow(reviewer, TITLE)
    press(reviewer, "审核通过，送签发")
    expect(reviewer.page.get_by_role("button", name="审核通过，送签发")).to_have_count(0)

    passer_by = new_person("passer-by", javascript=False)
    passer_by.go("/circulars")
    expect(passer_by.page.get_by_role("link", name=TITLE)).to_have_count(0)
    signer = sit_at_desk(new_person, "qianfa")
    follow(signer, TITLE)
    look(signer)
    fill(signer, 文号=NUMBER)
    press(signer, "签发")
    said(signer, "签发时间")

    # Anybody, without scripts: read, and the attachment as it was hung on.
    passer_by.page.reload()
    follow(passer_by, TITLE)
    expect(heading(passer_by)).to_have_text(TITLE)
    said(passer_by, "2026年12月31日 17:30")
    passer_by.check_fits()
    with passer_by.page.expect_download() as downloading:
        follow(passer_by, "名单核对表.txt")
    assert downloading.value.path().read_text(encoding="utf-8") == ATTACHED
    address = passer_by.page.url

    clerk = sit_at_desk(new_person, "jingban")
    follow(clerk, TITLE)
    look(clerk)
    press(clerk, "签收")
    said(clerk, "已签收")
    expect(clerk.page.get_by_role("button", name="签收")).to_have_count(0)
    at_desk(clerk)
    expect(clerk.page.get_by_role("link", name=TITLE)).to_have_count(0)

    at_desk(officer)
    follow(officer, "通知")
    follow(officer, TITLE)
    follow(officer, "签收情况")
    look(officer)
    said(officer, "复制催办文字")
    missing = officer.page.get_by_role("table", name="未签收单位").get_by_role("rowheader").all_inner_texts()
    signed = officer.page.get_by_role("table", name="已签收单位").get_by_role("rowheader").all_inner_texts()
    reminder = officer.page.locator("#reminder-text").input_value()
    assert signed == [UNIT]
    assert missing != []
    assert [unit for unit in missing if unit not in reminder] == []
    assert UNIT not in reminder
    for words in (TITLE, NUMBER, "2026年12月31日 17:30", "熊映秋", "0791-00000000"):
        assert words in reminder

    # Suspended by one, at once: nobody reads it in either language, nor its attachment, and nobody is told why.
    supervisor = sit_at_desk(new_person, "jiandu")
    follow(supervisor, "已暂停的页面")
    fill(supervisor, 页面网址=address, 事由="名单含个人信息，待核对")
    press(supervisor, "立即暂停")
    said(supervisor, "已暂停（待复核）")
    look(supervisor)
    with passer_by.expecting(410):
        for path, words in ((address, "本页面暂停访问"), ("/en", "This page is not available for the time being")):
            answer = passer_by.go(path if path == address else address.replace(server.address, server.address + path))
            assert answer is not None
            assert answer.status == 410
            expect(heading(passer_by)).to_have_text(words)
            assert "个人信息" not in passer_by.page.content()
            passer_by.check_fits()
        assert passer_by.page.request.get(f"{address}/files/1").status == 410


def object_to_the_notice(objector: Person) -> str:
    """On a phone, by the form; answers the receipt's code."""
    page = objector.page
    objector.go("/notices")
    follow(objector, "焊工（板对接立焊）获奖名单公示")
    look(objector)
    follow(objector, "提出异议")
    look(objector)
    fill(objector, 异议事项和理由=DOUBT)
    page.get_by_role("radio", name=re.compile("^是")).check()
    with objector.expecting(422):
        press(objector, "提交异议")
        expect(page.get_by_role("alert").get_by_role("link").first).to_be_visible()
    expect(box(objector, "异议事项和理由")).to_have_value(DOUBT)
    fill(objector, 姓名=OBJECTOR, 联系电话或地址=CONTACT)
    press(objector, "提交异议")
    code = page.locator(".code-large")
    expect(code).to_be_visible()
    look(objector)
    return code.inner_text()


def answer_the_objection(officer: Person) -> None:
    page = officer.page
    follow(officer, "公示与异议")
    follow(officer, "焊工（板对接立焊）获奖名单公示")
    page.get_by_role("table", name="异议").get_by_role("link").first.click()
    said(officer, DOUBT)
    assert OBJECTOR not in page.content()
    look(officer)
    page.get_by_role("radio", name=re.compile("^受理")).check()
    with officer.expecting(422):
        press(officer, "作出决定")  # no reason given
        expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_role("radio", name=re.compile("^受理"))).to_be_checked()
    fill(officer, 理由="实名反映，内容具体，予以受理。")
    press(officer, "作出决定")
    fill(officer, 核查安排="赛务组核对报名表。")
    press(officer, "开始核查")
    page.get_by_role("radio", name="部分属实").check()
    fill(officer, 答复=ANSWER)
    press(officer, "答复")
    expect(page.get_by_role("radio", name="部分属实")).to_have_count(0)


def take_back_a_lock(chief: Person, officer: Person, reviewer: Person) -> None:
    """What the chief judge asked for is confirmed by another; nobody confirms what they asked for themselves."""
    act = "经办与复核"
    follow(officer, "已暂停的页面")
    fill(officer, 页面网址="/competitions/2025-1", 事由="往年资料待核对")
    press(officer, "立即暂停")
    at_desk(officer)
    officer.page.get_by_role("navigation", name="常用入口").get_by_role("link", name=act).click()
    follow(officer, "我经办的")
    officer.page.locator("main .catalogue").get_by_role("link").first.click()
    said(officer, "须由他人复核")
    look(officer)
    expect(officer.page.get_by_role("button", name="同意并执行")).to_have_count(0)

    at_desk(reviewer)
    follow(reviewer, act)
    reviewer.page.get_by_role("link", name=re.compile("^解除一件作品的锁定")).click()
    work = reviewer.page.locator("dl.facts div", has_text="作品号").locator("dd").inner_text()
    chief.go(f"/chief/contests/2026-1-03/works/{work}")
    expect(chief.page.get_by_role("button", name="锁定此作品")).to_have_count(0)
    look(reviewer)
    with reviewer.expecting(422):
        reviewer.page.get_by_label("再次输入密码").fill("ganpo-demo-2025")
        press(reviewer, "同意并执行")
        expect(reviewer.page.get_by_role("alert")).to_be_visible()
    reviewer.page.get_by_label("再次输入密码").fill(PASSWORD)
    press(reviewer, "同意并执行")
    expect(reviewer.page.get_by_role("button", name="同意并执行")).to_have_count(0)
    chief.page.reload()
    expect(chief.page.get_by_role("button", name="锁定此作品")).to_be_visible()
    look(chief)


def hand_out_a_code(clerk: Person) -> tuple[str, str, str]:
    """A worker's name, telephone and code, as the clerk reads them off the worker's page."""
    page = clerk.page
    follow(clerk, "职工")
    cook = page.get_by_role("row").filter(has_text="中式烹调师").first
    expect(cook).to_contain_text(UNIT)
    cook.get_by_role("link").click()
    name = heading(clerk).inner_text()
    with clerk.expecting(422):
        press(clerk, "查看手机号")  # no reason given
        expect(page.get_by_role("alert")).to_be_visible()
    fill(clerk, 事由="发放个人页面验证码，核对号码")
    press(clerk, "查看手机号")
    phone = page.locator(".code-large").inner_text()
    look(clerk)
    press(clerk, "发放纸质验证码")
    said(clerk, "只能使用一次")
    code = page.locator(".code-large").inner_text()
    assert re.sub(r"\s", "", phone) not in re.sub(r"\s", "", page.content())
    look(clerk)
    return name, phone, code


def test_a_notice_is_objected_to_two_people_act_and_a_worker_opens_their_page(new_person: NewPerson) -> None:
    objector = new_person("objector", screen="phone")
    code = object_to_the_notice(objector)
    officer = sit_at_desk(new_person, "guanli")
    answer_the_objection(officer)
    objector.go("/notices")
    follow(objector, "焊工（板对接立焊）获奖名单公示")
    for words in (OBJECTOR, CONTACT, DOUBT):
        assert words not in objector.page.content()
    follow(objector, "凭回执查询异议办理情况")
    fill(objector, 查询码=re.sub(r"\s", "", code).lower())
    press(objector, "查询")
    said(objector, ANSWER)
    said(objector, "部分属实")
    assert OBJECTOR not in objector.page.content()
    assert "赛务组核对报名表" not in objector.page.content()
    look(objector)

    # One account, two posts: what waits under the other is told, and each has a desk of its own.
    city = sit_at_desk(new_person, "nanchang")
    banner = city.page.get_by_role("banner")
    expect(banner).to_contain_text("南昌市总工会")
    said(city, "映川电子科技有限公司")
    press(city, "切换到此岗位")
    expect(banner).to_contain_text("映川电子科技有限公司")
    look(city)
    expect(city.page.get_by_role("link", name="组织机构")).to_have_count(0)
    banner.get_by_role("link", name="切换岗位").click()
    city.page.get_by_role("button", name="切换到此岗位 南昌市总工会").click()
    expect(banner).to_contain_text("南昌市总工会")

    at_desk(officer)
    take_back_a_lock(sit_at_desk(new_person, "caipanzhang"), officer, sit_at_desk(new_person, "shenhe"))

    name, phone, paper = hand_out_a_code(sit_at_desk(new_person, "jingban"))
    worker = new_person("worker", screen="phone")
    worker.go("/mine")
    look(worker)
    fill(worker, 手机号=phone)
    box(worker, "6 位验证码").fill(paper)
    press(worker, "打开我的页面")
    expect(heading(worker)).to_have_text(name)
    said(worker, "发放个人页面验证码，核对号码")  # who looked at the number, and why
    look(worker)
    follow(worker, "中式烹调师（规定热菜与自选赣菜）")
    expect(worker.page).to_have_url(re.compile("/mine/contests/2026-1-03$"))
    look(worker)
