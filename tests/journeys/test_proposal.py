"""A proposal from a worker's phone to its reward, followed by its link, in a real browser by four people.

The unit's clerk hangs a poster, a worker with a phone and no account proposes, completes and follows, the officer of
the unit verifies the benefit as the second person. The phone is used once with scripts and once without.
"""

import io

from PIL import Image
from playwright.sync_api import expect

from tests.browser import Person
from tests.journeys.at_work import (
    PASSWORD,
    NewPerson,
    box,
    fill,
    follow,
    heading,
    look_twice,
    press,
    refused,
    said,
    sit_at_desk,
)
from tests.journeys.serving import Server

TITLE = "坯车后轮加脚踏刹车"
SUGGESTION = "后轮加脚踏刹车，停车时踩下锁死，再推时脚一挑松开"
LIKE_ADOPTED = "把六种器型的码放图画成大图贴在窑口，换品种由班长翻牌"


def hang_a_poster(clerk: Person) -> str:
    """A poster for a workshop; answers the form's address."""
    follow(clerk, "合理化建议")
    follow(clerk, "车间海报")
    fill(clerk, 车间班组="坯车工段")
    look_twice(clerk)
    press(clerk, "生成海报")
    said(clerk, "海报已可打印。")
    link = clerk.page.get_by_role("row").filter(has_text="坯车工段").get_by_role("link", name="查看表单")
    return str(link.get_attribute("href"))


def propose(worker: Person, address: str) -> str:
    """On a phone: refused once, written, with a photograph, handed in. Answers the proposal's own address."""
    worker.go(address)
    look_twice(worker)
    with worker.expecting(422):
        press(worker, "下一步：查看并提交")
        refused(worker, "请用一句话写明建议什么。")
    fill(worker, 一句话题目="窑车码放图上墙", 现在哪里不好="下坡刹不住，靠人顶", 您的姓名="汪炉生")
    fill(worker, **{"改什么、怎么改": LIKE_ADOPTED})
    said(worker, "本单位已采纳过这些。")  # asked for while somebody is typing
    fill(worker, 一句话题目=TITLE, **{"改什么、怎么改": SUGGESTION})
    worker.page.get_by_label("建议类别").select_option("工具、设备、仪器")
    press(worker, "下一步：查看并提交")
    expect(heading(worker)).to_have_text(TITLE)
    drawn = io.BytesIO()
    Image.new("RGB", (800, 600), "#1c459c").save(drawn, "JPEG")
    worker.page.locator("input[type=file]").set_input_files(
        {"name": "坯车.jpg", "mimeType": "image/jpeg", "buffer": drawn.getvalue()}
    )
    press(worker, "添加照片")
    expect(worker.page.get_by_role("main").get_by_role("img")).to_have_count(1)
    look_twice(worker)
    press(worker, "提交")
    said(worker, "已提交")
    return worker.page.url


def give_back_and_complete(clerk: Person, follower: Person, own: str) -> None:
    """The clerk asks for more; the worker completes it, on a phone without scripts."""
    open_proposal(clerk)
    clerk.page.get_by_role("radio", name="退回补充").check()
    clerk.page.get_by_text("需要补充什么").click()
    clerk.page.get_by_role("checkbox", name="改什么、怎么改").check()
    box(clerk, "缺什么：改什么、怎么改").fill("请写明每台要多少钱")
    look_twice(clerk)
    press(clerk, "答复")
    said(clerk, "已答复")
    follower.go(own)
    said(follower, "请写明每台要多少钱")
    follow(follower, "修改文字")
    expect(follower.page.get_by_label("一句话题目")).to_have_count(0)  # only what was asked for is open
    with follower.expecting(422):
        fill(follower, **{"改什么、怎么改": ""})
        press(follower, "保存并查看")
        refused(follower, "请写明改什么、怎么改。")
    fill(follower, **{"改什么、怎么改": f"{SUGGESTION}，每台约120元"})
    press(follower, "保存并查看")
    press(follower, "提交")
    said(follower, "已提交")


def open_proposal(clerk: Person) -> None:
    clerk.go("/proposals/desk")
    follow(clerk, TITLE)


def answer(clerk: Person, choice: str, words: str = "") -> None:
    clerk.page.get_by_role("radio", name=choice).first.check()
    box(clerk, "给职工的话").fill(words)
    press(clerk, "答复")
    said(clerk, "已答复")


def carry_out(clerk: Person) -> None:
    open_proposal(clerk)
    answer(clerk, "受理")
    answer(clerk, "进入评审")
    answer(clerk, "采纳", "先改五台试用。")
    answer(clerk, "开始实施")
    fill(clerk, 实施情况="五台坯车已加装")
    clerk.page.get_by_role("radio", name="以金额计算").check()
    box(clerk, "申报效益（12个月）").fill("1.2万")
    box(clerk, "计算过程").fill("少损坯320件×40元−改装费800元")
    look_twice(clerk)
    press(clerk, "登记")
    said(clerk, "12,000 元")
    box(clerk, "拟核定金额").fill("11000")
    box(clerk, "依据和财务意见").fill("财务科按报损单核对")
    press(clerk, "提请核定")
    said(clerk, "已提请第二人核定效益")


def verify(reviewer: Person) -> None:
    """The second person signs in again."""
    reviewer.go("/acts")
    reviewer.page.get_by_role("link", name="核定合理化建议效益").first.click()
    said(reviewer, TITLE)
    reviewer.page.get_by_label("再次输入密码").fill(PASSWORD)
    press(reviewer, "同意并执行")


def reward(clerk: Person) -> None:
    open_proposal(clerk)
    said(clerk, "按核定效益为“二等”：奖金 200 至 500 元。")
    fill(clerk, 奖金="600", 领奖人="汪炉生 70\n方小满 30")
    with clerk.expecting(422):
        press(clerk, "登记奖励")
        refused(clerk, "“二等”的奖金为 200 至 500 元。")
    fill(clerk, 奖金="300.01")
    press(clerk, "登记奖励")
    said(clerk, "汪炉生 · 70% · 210.01 元")
    said(clerk, "方小满 · 30% · 90 元")


def test_a_proposal_from_a_phone_to_its_reward(server: Server, new_person: NewPerson) -> None:
    clerk = sit_at_desk(new_person, "jingban")
    address = hang_a_poster(clerk)
    own = propose(new_person("worker", screen="phone"), address)
    follower = new_person("the same worker", screen="phone", javascript=False)
    give_back_and_complete(clerk, follower, own)
    carry_out(clerk)
    verify(sit_at_desk(new_person, "zhuxi"))
    reward(clerk)
    follower.go(own)
    for words in ("已奖励", "先改五台试用。", "11,000 元", "汪炉生 · 70% · 210.01 元"):
        said(follower, words)
    follower.check_fits()
    county = sit_at_desk(new_person, "yunxiu")
    with county.expecting(404):
        county.go(own.replace("/own/", "/desk/"))
