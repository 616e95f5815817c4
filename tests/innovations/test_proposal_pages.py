"""The pages of proposals: a worker with a phone and no account, the unit that answers, and the papers that come out."""

import io
import re
from dataclasses import replace
from datetime import UTC, datetime

import pypdfium2
from PIL import Image
from python_calamine import CalamineWorkbook

from foundation.people import own
from foundation.work import two_person
from innovations import proposal_answers, proposal_facts, proposal_outcomes, proposal_paper, proposals, reward_tables
from innovations.rules.answers import Answer
from innovations.rules.proposal_paper import OnPaper
from innovations.rules.proposals import Stage
from tests.innovations.made_up import DONE, NOW, PHONE, SAID, TYPED, ZONE, seen, works
from tests.web import HERE, visitors

PRINTED = ("summary", "notice")


def picture() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (600, 400), (28, 69, 156)).save(made, "JPEG")
    return made.getvalue()


def sentences(page) -> list[str]:
    """What the summary at the top of a refused form says."""
    summary = re.search(r'<div class="error-summary".*?</div>', page.text, re.DOTALL)
    return re.findall(r"<li>(?:<a[^>]*>)?(.*?)(?:</a>)?</li>", summary.group()) if summary else []


def revision(page) -> str:
    return re.search(r'name="revision" value="(\d+)"', page.text).group(1)


async def begun(worker, here) -> str:
    """A draft through the form; answers its address."""
    answer = await worker.post(here.door.address, TYPED)
    assert answer.status_code == 303
    return str(answer.headers["location"])


async def steps_of(own_address: str) -> list[str]:
    one = await seen(own_address.rsplit("/", 1)[1])
    return [step.step for step in await proposal_facts.steps(one.id, named=False)]


def text_of(pdf: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))


async def test_half_a_proposal_is_kept_and_finished_later(database):
    here = await works()
    nothing = {"title": " ", "problem": "", "suggestion": "", "name": SAID.name, "kind": "", "then": "later"}
    half = {**nothing, "title": SAID.title, "name": "", "phone": "12"}
    async with visitors() as web:
        worker = web.visitor()
        assert sentences(await worker.post(here.door.address, nothing)) == ["请先写一点内容，几个字也可以。"]
        wrong = await worker.post(here.door.address, half)
        assert (wrong.status_code, len(sentences(wrong))) == (422, 1)  # what is wrong is told, what is missing is not
        kept = await worker.post(here.door.address, {**half, "phone": ""})
        at = str(kept.headers["location"])
        page = await worker.get(at)
        assert "草稿已保存，还没有写完" in page.text
        assert SAID.title in page.text
        assert f"{at}/hand-in" not in page.text
        early = await worker.post(f"{at}/hand-in")
        assert (early.status_code, len(sentences(early))) == (422, 4)
        assert (await seen(at.rsplit("/", 1)[1])).stage is Stage.DRAFT
        assert await steps_of(at) == []
        still = await worker.post(f"{at}/text", {**half, "phone": "", "problem": SAID.problem, "then": "later"})
        assert still.status_code == 303
        unfinished = await worker.post(f"{at}/text", {**half, "phone": "", "then": ""})
        assert (unfinished.status_code, len(sentences(unfinished))) == (422, 4)
        assert (await worker.post(f"{at}/text", TYPED)).status_code == 303
        assert (await worker.post(f"{at}/hand-in")).status_code == 303
        assert (await seen(at.rsplit("/", 1)[1])).stage is Stage.SUBMITTED


async def test_a_worker_writes_looks_and_hands_in_without_an_account(database):
    here = await works()
    async with visitors() as web:
        worker = web.visitor()
        page = await worker.get(here.door.address)
        assert (page.status_code, page.headers["cache-control"]) == (200, "no-store")
        assert 'value="烧成车间"' in page.text
        own_address = await begun(worker, here)
        page = await worker.get(own_address)
        assert page.headers["referrer-policy"] == "same-origin"
        assert page.headers["x-robots-tag"] == "noindex, nofollow"
        for word in (SAID.title, SAID.problem, SAID.suggestion, "未提交"):
            assert word in page.text
        assert PHONE not in page.text
        answer = await worker.post(f"{own_address}/hand-in")
        assert (answer.status_code, answer.headers["location"]) == (303, own_address)
        assert (await seen(own_address.rsplit("/", 1)[1])).stage is Stage.SUBMITTED
        again = await worker.post(f"{own_address}/hand-in")  # a second click
        assert (again.status_code, again.headers["location"]) == (303, own_address)
        for _ in range(2):
            answer = await worker.post(f"{own_address}/withdrawal")
            assert (answer.status_code, answer.headers["location"]) == (303, own_address)
        assert await steps_of(own_address) == ["hand_in", "withdraw"]


async def test_nothing_typed_is_lost_and_everything_is_told_at_once(database):
    here = await works()
    async with visitors() as web:
        page = await web.visitor().post(here.door.address, {**TYPED, "title": "", "kind": "", "phone": "12"})
        assert page.status_code == 422
        assert sentences(page) == [
            "请用一句话写明建议什么。",
            "请选择建议类别。",
            "手机号码应为 11 位，以 13 至 19 开头。",
        ]
        assert SAID.suggestion in page.text
        assert 'value="12"' in page.text


async def test_a_form_from_another_site_is_not_even_read(database):
    here = await works()
    async with visitors() as web:
        answer = await web.visitor().client.post(
            here.door.address, data=TYPED, headers={"origin": "https://elsewhere.test"}
        )
        assert answer.status_code == 403


async def test_what_is_about_pay_says_so_before_it_is_handed_in(database):
    here = await works()
    async with visitors() as web:
        worker = web.visitor()
        answer = await worker.post(here.door.address, {**TYPED, "problem": "加班费三个月没有发"})
        page = await worker.get(answer.headers["location"])
        assert "工资、保险、休假、福利属于集体协商和职工代表大会的事项，转交办理。" in page.text
        assert "因为写到：加班费。" in page.text
        assert "驳回" not in page.text


async def test_photographs_are_hidden_and_carry_nothing_else(database):
    here = await works()
    async with visitors() as web:
        worker, clerk = web.visitor(), await web.signed_in("mei")
        at = await begun(worker, here)
        files = {"picture": ("窑车.jpg", picture(), "image/jpeg")}
        answer = await worker.client.post(f"{at}/pictures", data={"alt": ""}, files=files, headers={"origin": HERE})
        assert answer.status_code == 303
        page = await worker.get(at)
        source = re.search(r'src="([^"]*/pictures/\d+/square-\d+\.webp)"', page.text).group(1)
        sent = await worker.get(source)
        assert (sent.status_code, sent.headers["cache-control"]) == (200, "private, no-store")
        number = (await seen(at.rsplit("/", 1)[1])).id
        hidden = source.replace(at, f"/proposals/desk/{number}")
        assert (await clerk.get(hidden)).status_code == 404
        await worker.post(f"{at}/hand-in")
        assert (await clerk.get(hidden)).status_code == 200
        late = await worker.client.post(f"{at}/pictures", data={}, files=files, headers={"origin": HERE})
        assert late.status_code == 404


async def test_at_most_so_many_photographs_and_each_is_taken_off(database):
    here = await works()
    async with visitors() as web:
        worker = web.visitor()
        at = await begun(worker, here)
        files = {"picture": ("一.jpg", picture(), "image/jpeg")}
        codes = [
            (await worker.client.post(f"{at}/pictures", data={}, files=files, headers={"origin": HERE})).status_code
            for _ in range(5)
        ]
        assert codes == [303, 303, 303, 303, 422]
        page = await worker.get(at)
        removal = re.search(rf'action="({at}/pictures/\d+/removal)"', page.text).group(1)
        assert (await worker.post(removal)).status_code == 303
        assert len(re.findall("/removal", (await worker.get(at)).text)) == 3
        none = await worker.client.post(f"{at}/pictures", data={"alt": "无"}, headers={"origin": HERE})
        assert none.status_code == 422


async def test_codes_are_typed_by_hand(database):
    here = await works()
    async with visitors() as web:
        worker = web.visitor()
        answer = await worker.post("/proposals", {"door": here.door.code.lower()})
        assert answer.headers["location"] == here.door.address
        assert sentences(await worker.post("/proposals", {"door": "NICHTS"})) == ["没有这个编码，请与海报逐字核对。"]
        at = await begun(worker, here)
        code = at.rsplit("/", 1)[1]
        answer = await worker.post("/proposals/follow", {"code": f"{code[:5]} {code[5:].lower()}"})
        assert (await worker.get(answer.headers["location"])).status_code == 200
        wide = "".join(chr(ord(letter) + 0xFEE0) for letter in code)  # as a Chinese input method writes them
        answer = await worker.post("/proposals/follow", {"code": f"回执编码：{wide}"})
        assert answer.headers["location"] == f"/proposals/own/{code}"
        wrong = await worker.post("/proposals/follow", {"code": code[::-1]})
        assert (wrong.status_code, sentences(wrong)) == (404, ["没有这个回执编码，请与您记下的逐字核对。"])


async def test_what_is_given_back_opens_what_was_named_and_shows_nothing_else(database):
    here = await works()
    number, code = await here.sent()
    own = f"/proposals/own/{code}"
    async with visitors() as web:
        worker, shown = web.visitor(), []
        for reopened in ({"suggestion": "每台多少钱"}, {"pictures": "请拍窑口"}):
            said = Answer("return", "", reopened=reopened)
            await proposal_answers.answer(number, said, await proposals.revision(number), here.people["mei"], NOW, ZONE)
            page, form = await worker.get(own), await worker.get(f"{own}/text")
            names = re.findall(r'<(?:input|textarea|select)[^>]* name="([a-z]+)"', form.text)
            shown.append((names, f'href="{own}/text"' in page.text, f'action="{own}/pictures"' in page.text))
            if "suggestion" in reopened:
                empty = await worker.post(f"{own}/text", {"suggestion": ""})
                assert (empty.status_code, len(sentences(empty))) == (422, 1)
                stale = await worker.post(
                    f"{own}/text", {**TYPED, "title": "换个题目"}
                )  # opened before it was handed in
                assert (stale.status_code, 'value="换个题目"' in stale.text) == (422, True)
                assert (await worker.post(f"{own}/text", {"suggestion": "每台 120 元"})).status_code == 303
            await worker.post(f"{own}/hand-in")
    one = await seen(code)
    assert shown == [(["suggestion"], True, False), ([], False, True)]
    assert (one.stage, one.title, one.suggestion, one.others) == (
        Stage.SUBMITTED, SAID.title, "每台 120 元", SAID.others,
    )  # fmt: skip


async def test_the_unit_answers_and_the_worker_reads_why(database):
    here = await works()
    number, code = await here.sent()
    async with visitors() as web:
        clerk, worker = await web.signed_in("mei"), web.visitor()
        at = f"/proposals/desk/{number}"
        page = await clerk.get(at)
        form = {"revision": revision(page), "step": "not_accept", "rule": "known"}
        refused = await clerk.post(f"{at}/answer", form)
        assert sentences(refused) == ["请说明理由，职工本人会看到。"]
        await clerk.post(f"{at}/answer", {**form, "step": "accept"})
        page = await clerk.get(at)
        answer = await clerk.post(f"{at}/answer", {"revision": revision(page), "step": "review"})
        assert answer.status_code == 303
        page = await clerk.get(at)
        said = {"revision": revision(page), "step": "not_adopt", "note": "明年大修时再评，届时请您参加。"}
        await clerk.post(f"{at}/answer", said)
        page = await worker.get(f"/proposals/own/{code}")
        assert "暂未采纳" in page.text
        assert "明年大修时再评，届时请您参加。" in page.text
        assert "驳回" not in page.text


async def test_a_complaint_can_only_be_passed_on(database):
    here = await works()
    async with visitors() as web:
        clerk, worker = await web.signed_in("mei"), web.visitor()
        answer = await worker.post(here.door.address, {**TYPED, "problem": "加班费三个月没有发"})
        own_address = answer.headers["location"]
        await worker.post(f"{own_address}/hand-in")
        number = (await seen(own_address.rsplit("/", 1)[1])).id
        at = f"/proposals/desk/{number}"
        page = await clerk.get(at)
        assert ('value="pass_on"' in page.text, 'value="not_accept"' in page.text) == (True, False)
        form = {"revision": revision(page), "note": "不属于建议", "rule": "known", "step": "not_accept"}
        refused = await clerk.post(f"{at}/answer", form)
        assert sentences(refused) == ["这件事涉及工资、权益或安全，不能不予受理：请选择“转办”和对应的部门。"]
        await clerk.post(f"{at}/answer", {**form, "step": "pass_on", "desk": "congress"})
        page = await worker.get(own_address)
        assert "已转：职工代表大会" in page.text


async def test_what_is_about_pay_says_so_to_its_unit_until_it_is_decided(database):
    here = await works()
    number, _ = await here.sent(replace(SAID, problem="加班费三个月没有发"))
    async with visitors() as web:
        clerk, said = await web.signed_in("mei"), []
        for step in ("accept", "review", "adopt", ""):
            said.append("因为写到：加班费。" in (await clerk.get(f"/proposals/desk/{number}")).text)
            await here.answered(number, *filter(None, [step]))
    assert said == [True, True, True, False]


async def test_whoever_was_passed_on_or_goes_unrewarded_is_told_what_became_of_it(database):
    here = await works()
    passed_on, _ = await here.sent()
    await here.answered(passed_on, "pass_on")
    unrewarded, code = await here.sent()
    await here.verified(unrewarded)
    refused, _ = await here.sent()
    await here.answered(refused, "not_accept")
    async with visitors() as web:
        clerk = await web.signed_in("mei")

        async def closed(number: int, note: str = ""):
            at = f"/proposals/desk/{number}"
            form = {"revision": revision(await clerk.get(at)), "step": "close", "note": note}
            return await clerk.post(f"{at}/answer", form)

        assert sentences(await closed(passed_on)) == ["请写明转办后的办理结果：已答应职工在此可以看到。"]
        assert sentences(await closed(unrewarded)) == ["请说明不奖励的理由，职工本人会看到。"]
        assert (await closed(refused)).status_code == 303  # its reason was said with the refusal
        assert (await closed(passed_on, "职代会已答复")).status_code == 303
        assert (await closed(unrewarded, "本人提出不领奖")).status_code == 303
        assert "本人提出不领奖" in (await web.visitor().get(f"/proposals/own/{code}")).text


async def test_of_several_who_proposed_nobody_gets_all_unless_somebody_says_so(database):
    here = await works()
    several, _ = await here.sent(replace(SAID, others="占云帆、方小满"))
    alone, _ = await here.sent(replace(SAID, others=""))
    for number in (several, alone):
        await here.verified(number)
    async with visitors() as web:
        clerk, begun_with = await web.signed_in("mei"), {}
        for number in (several, alone):
            page = await clerk.get(f"/proposals/desk/{number}")
            text = re.search(r'<textarea[^>]*name="recipients"[^>]*>\n(.*?)</textarea>', page.text, re.DOTALL).group(1)
            given = {"revision": revision(page), "amount": "300", "recipients": text}
            answer = await clerk.post(f"/proposals/desk/{number}/reward", given)
            begun_with[number] = (text.splitlines(), answer.status_code)
    assert begun_with == {several: (["冯砚秋", "占云帆", "方小满"], 422), alone: (["冯砚秋"], 303)}


async def test_whoever_answers_what_came_on_paper_is_told_that_nobody_reads_it_by_a_link(database):
    here = await works()
    entering = proposal_paper.Entering(here.places["works"], here.people["mei"], NOW, ZONE)
    on_paper = await proposal_paper.enter(OnPaper(SAID, NOW.date()), None, entering)
    by_phone, _ = await here.sent(replace(SAID, title="另一件"))
    async with visitors() as web:
        clerk, told = await web.signed_in("mei"), []
        for number in (on_paper, by_phone):
            at = f"/proposals/desk/{number}"
            page = await clerk.get(at)
            answer = await clerk.post(f"{at}/answer", {"revision": revision(page), "step": "accept"})
            after = await clerk.get(answer.headers["location"])
            told.append(("请由单位告知职工办理情况" in page.text, "职工凭回执即可看到" in after.text))
    assert told == [(True, False), (False, True)]


async def test_outcome_verification_and_reward_through_the_forms(database):
    here = await works()
    number, code = await here.sent()
    await here.answered(number, "accept", "review", "adopt", "carry_out")
    async with visitors() as web:
        clerk, county = await web.signed_in("mei"), await web.signed_in("yun")
        at = f"/proposals/desk/{number}"
        done = {
            "done": "贴了图",
            "done_on": "2026-05-01",
            "counted": "yes",
            "claimed": "12.86万",
            "working": "30次×4,400",
        }
        page = await clerk.get(at)
        wrong = await clerk.post(f"{at}/outcome", {**done, "revision": revision(page), "working": ""})
        assert sentences(wrong) == ["请写明计算过程：节约或增收减去实施成本。"]
        answer = await clerk.post(f"{at}/outcome", {**done, "revision": revision(page)})
        assert answer.status_code == 303
        page = await clerk.get(at)
        assert "128,600 元" in page.text
        assert "待核定" in page.text
        assert 'name="verified" type="text" autocomplete="off" value="128600"' in page.text
        answer = await clerk.post(f"{at}/verification", {"verified": "97420", "reason": "财务核过"})
        assert answer.status_code == 303
        page = await clerk.get(at)
        act = re.search(r"/acts/(\d+)", page.text).group(1)
        shown = await county.get(f"/acts/{act}")
        assert "97,420" in shown.text
        await two_person.confirm(int(act), here.people["yun"], datetime.now(UTC))
        page = await clerk.get(at)
        assert "按核定效益为“四等”：奖金 300 至 500 元。" in page.text
        given = {"revision": revision(page), "amount": "501", "recipients": "冯砚秋 60\n占云帆 40"}
        assert sentences(await clerk.post(f"{at}/reward", given)) == ["“四等”的奖金为 300 至 500 元。"]
        assert (await clerk.post(f"{at}/reward", {**given, "amount": "500"})).status_code == 303
        page = await web.visitor().get(f"/proposals/own/{code}")
        for words in ("冯砚秋 · 60% · 300 元", "占云帆 · 40% · 200 元", "97,420 元", "128,600 元"):
            assert words in page.text


async def test_the_worker_finds_it_on_their_own_page(database):
    here = await works()
    number, _ = await here.sent()
    other, _ = await here.sent(replace(SAID, phone="", name="别人"))
    async with visitors() as web:
        worker = web.visitor()
        code = await own.issue_code(here.worker, "test", datetime.now(UTC))
        answer = await worker.post("/mine", {"phone": PHONE, "code": code})
        assert answer.status_code == 303
        page = await worker.get("/mine")
        assert f'href="/mine/proposals/{number}"' in page.text
        assert (await worker.get(f"/mine/proposals/{number}")).status_code == 200
        assert (await worker.get(f"/mine/proposals/{other}")).status_code == 404
        form = await worker.get(here.door.address)
        assert 'value="冯砚秋"' in form.text
        token = re.search(r'name="csrf_token" value="([^"]+)"', form.text).group(1)
        forged = await worker.post(here.door.address, TYPED)
        assert forged.status_code == 403
        worker.csrf = token
        at = await begun(worker, here)
        one = await seen(at.rsplit("/", 1)[1])
        assert one.worker == here.worker


async def test_lists_go_by_where_things_stand(database):
    here = await works()
    first, _ = await here.sent()
    second, _ = await here.sent()
    await here.answered(second, "accept", "review", "not_adopt")
    await here.begun()
    async with visitors() as web:
        clerk = await web.signed_in("mei")

        async def shown(query: str) -> list[int]:
            page = await clerk.get(f"/proposals/desk{query}")
            return [int(each) for each in re.findall(r'href="/proposals/desk/(\d+)"', page.text)]

        assert await shown("") == [second, first]
        assert await shown("?stage=new") == [first]
        assert await shown("?stage=not_adopted") == [second]
        assert await shown(f"?before={second}") == [first]
        assert (await clerk.get("/proposals/desk?stage=nonsense")).status_code == 404
        desk = await clerk.get("/desk")
        assert "待受理或转办：1 件。" in desk.text


async def test_doors_and_posters(database):
    here = await works()
    async with visitors() as web:
        clerk = await web.signed_in("mei")
        again = await clerk.post("/proposals/doors", {"place": "烧成车间"})
        assert sentences(again) == ["这个地点已有海报。"]
        assert (await clerk.post("/proposals/doors", {"place": "彩绘车间"})).status_code == 303
        nowhere = await clerk.get(f"/proposals/doors/{here.door.id}/poster.pdf")
        assert nowhere.status_code == 409
        assert "GANPO_PUBLIC_URL" in nowhere.text
        assert (await clerk.post(f"/proposals/doors/{here.door.id}/closing")).status_code == 303
        assert (await web.visitor().get(here.door.address)).status_code == 404


async def test_rules_and_deadlines_are_the_units_own(database):
    await works()
    async with visitors() as web:
        clerk = await web.signed_in("mei")
        page = await clerk.get("/proposals/rules")
        assert "现行" in page.text
        table = {
            "title": "云窑奖励办法", "from_day": datetime.now(ZONE).date().isoformat(), "name-1": "甲", "from-1": "1万",
            "least-1": "100", "most-1": "800", "name-2": "乙", "most-2": "100",
        }  # fmt: skip
        wrong = await clerk.post("/proposals/rules", {**table, "from-1": "0"})
        assert wrong.status_code == 422
        assert "云窑奖励办法" in wrong.text
        assert (await clerk.post("/proposals/rules", table)).status_code == 303
        assert "云窑奖励办法" in (await clerk.get("/proposals/rules")).text
        days = {"take_up": "3", "decide": "0", "begin": "30"}
        assert sentences(await clerk.post("/proposals/rules/deadlines", days)) == ["请填 1 至 240 之间的工作日数。"]
        assert (await clerk.post("/proposals/rules/deadlines", {**days, "decide": "15"})).status_code == 303


async def test_a_table_with_a_slip_is_taken_back_until_something_is_awarded_under_it(database):
    here = await works()
    number, _ = await here.sent()
    await here.verified(number)
    today = datetime.now(ZONE).date()
    table = {"title": "云窑奖励办法", "from_day": today.isoformat(), "name-1": "甲", "most-1": "8000"}
    async with visitors() as web:
        clerk, stranger = await web.signed_in("mei"), await web.signed_in("tao")
        await clerk.post("/proposals/rules", table)
        again = await clerk.post("/proposals/rules", {**table, "most-1": "800"})
        assert sentences(again) == ["已有另一份标准自这一天起执行；如填错，请先撤回那一份。"]
        page = await clerk.get("/proposals/rules")
        removal = re.search(r'action="(/proposals/rules/\d+/removal)"', page.text).group(1)
        assert (await stranger.post(removal)).status_code == 404
        assert (await clerk.post(removal)).status_code == 303
        assert (await clerk.post(removal)).status_code == 404
        assert "云窑奖励办法" not in (await clerk.get("/proposals/rules")).text
        await clerk.post("/proposals/rules", {**table, "most-1": "800"})
        own = (await reward_tables.of_unit(here.places["works"]))[0]
        removal = f"/proposals/rules/{own.code.partition(':')[2]}/removal"
        form = {"revision": revision(await clerk.get(f"/proposals/desk/{number}")), "recipients": "冯砚秋"}
        assert (await clerk.post(f"/proposals/desk/{number}/reward", {**form, "amount": "801"})).status_code == 422
        assert (await clerk.post(f"/proposals/desk/{number}/reward", {**form, "amount": "800"})).status_code == 303
        kept = await clerk.post(removal)
        assert (kept.status_code, f'action="{removal}"' in kept.text) == (422, False)
        assert sentences(kept) == ["已按这份标准奖励过，不能撤回；新标准自生效之日起代替它。"]
    assert await reward_tables.of_unit(here.places["works"]) == [own]


async def test_papers_name_every_figure_and_keep_claimed_from_verified(database):
    here = await works()
    for _ in range(2):
        number, _ = await here.sent()
        await here.verified(number)
    await here.rewarded(number)
    claimed, _ = await here.sent()
    await here.answered(claimed, "accept", "review", "adopt", "carry_out")
    await proposal_outcomes.state(claimed, DONE, await proposals.revision(claimed), here.people["mei"], NOW, ZONE)
    await here.sent()
    async with visitors() as web:
        clerk, county = await web.signed_in("mei"), await web.signed_in("yun")
        page = await clerk.get("/proposals/papers?year=2026")
        paragraph = re.search(r"<textarea[^>]*>\s*(.*?)</textarea>", page.text, re.DOTALL).group(1)
        assert "收到职工合理化建议4件（提出人1人），采纳3件，其中已实施3件，正在办理1件。" in paragraph
        assert "经核定的年效益19.484万元（2件）。另有申报效益12.86万元（1件）待核定，未计入上数。" in paragraph
        assert "奖励1件，奖金500元。" in paragraph
        sheet = await clerk.get("/proposals/papers/2026/summary.pdf")
        assert sheet.headers["content-type"] == "application/pdf"
        text = text_of(sheet.content)
        for words in ("职工合理化建议汇总表", SAID.title, "以下空白", "9.742", "12.86"):
            assert words in text
        bonus = text_of((await clerk.get("/proposals/papers/2026/bonus.pdf")).content)
        for words in ("领取人签字", "占云帆", "200", "合计：1件，2人次，500元。"):
            assert words in bonus
        assert (await county.get("/proposals/papers/2026/summary.docx")).status_code == 200
        assert "占云帆" not in text_of((await county.get("/proposals/papers/2026/bonus.pdf")).content)
        for address in ("2026/nonsense.pdf", "2026/summary.exe", "1999/summary.pdf"):
            assert (await clerk.get(f"/proposals/papers/{address}")).status_code == 404


async def test_a_face_in_a_title_stops_nobody_s_papers(database):
    here = await works()
    number, _ = await here.sent(replace(SAID, title="坯车加刹车😀", place="烧成🔥车间"))
    await here.answered(number, "accept", "review", "adopt")
    async with visitors() as web:
        clerk = await web.signed_in("mei")
        for what in PRINTED:
            answer = await clerk.get(f"/proposals/papers/2026/{what}.pdf")
            assert (answer.status_code, "坯车加刹车□" in "".join(text_of(answer.content).split())) == (200, True), what
        wrong = await web.visitor().post(here.door.address, {**TYPED, "name": "小冯😀", "others": "占云帆🔥"})
        assert sentences(wrong) == ["姓名请用文字填写，不要用表情符号：要印在表册上。"] * 2


async def test_tables_come_as_spreadsheets_too(database):
    here = await works()
    number, _ = await here.sent()
    await here.verified(number)
    await here.rewarded(number)
    async with visitors() as web:
        clerk = await web.signed_in("mei")
        for name, words in (("summary", [SAID.title, 128600, 97420, 500]), ("bonus", ["占云帆", 40, 200])):
            answer = await clerk.get(f"/proposals/papers/2026/{name}.xlsx")
            assert answer.status_code == 200
            cells = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
            flat = [cell for row in cells for cell in row]
            assert [word for word in words if word not in flat] == []
        assert (await clerk.get("/proposals/papers/2026/notice.xlsx")).status_code == 404
        assert (await clerk.get("/sheets/proposals")).status_code == 200


async def test_papers_count_what_was_told_no_or_passed_on_after_it_is_concluded_too(database):
    here = await works()
    for steps in (("accept", "review", "not_adopt"), ("accept", "review", "not_adopt", "close"), ("pass_on", "close")):
        number, _ = await here.sent()
        await here.answered(number, *steps)
    number, _ = await here.sent()
    await here.answered(number, "not_accept", "close")
    async with visitors() as web:
        page = await (await web.signed_in("mei")).get("/proposals/papers?year=2026")
    paragraph = re.search(r"<textarea[^>]*>\s*(.*?)</textarea>", page.text, re.DOTALL).group(1)
    assert "收到职工合理化建议4件（提出人1人），采纳0件" in paragraph
    assert "暂未采纳2件，均已说明理由，转有关部门办理1件，按规定不予受理1件，均已说明依据。" in paragraph


async def test_a_union_s_papers_say_whose_each_proposal_is(database):
    here = await works()
    number, _ = await here.sent()
    await here.answered(number, "accept", "review", "adopt")
    async with visitors() as web:
        clerk, county = await web.signed_in("mei"), await web.signed_in("yun")
        found = {}
        for name, who in (("own", clerk), ("above", county)):
            page = await who.get("/proposals/papers?year=2026")
            paragraph = re.search(r"<textarea[^>]*>\s*(.*?)</textarea>", page.text, re.DOTALL).group(1)
            listed = await who.get("/proposals/papers/2026/summary.xlsx")
            cells = CalamineWorkbook.from_filelike(io.BytesIO(listed.content)).get_sheet_by_index(0).to_python()
            printed = [text_of((await who.get(f"/proposals/papers/2026/{what}.pdf")).content) for what in PRINTED]
            found[name] = (
                "所属各单位收到" in paragraph, "本单位收到" in paragraph, cells[2][1], cells[3][1],
                ["".join(text.split()).count("云窑艺术瓷厂") for text in printed],
            )  # fmt: skip
    assert found == {
        "own": (False, True, "建议题目", SAID.title, [1, 1]),
        "above": (True, False, "单位", "云窑艺术瓷厂", [1, 1]),
    }


async def test_the_table_as_a_spreadsheet_sums_claimed_and_verified_each_by_itself(database):
    here = await works()
    for _ in range(2):
        number, _ = await here.sent()
        await here.verified(number)
    await here.rewarded(number)
    async with visitors() as web:
        answer = await (await web.signed_in("mei")).get("/proposals/papers/2026/summary.xlsx")
    cells = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    total = next(row for row in cells if row[0] == "合计")
    assert total[-3:] == [257200, 194840, 500]


async def test_one_is_no_plural_in_the_figures_of_a_year(database):
    here = await works()
    await here.sent()
    async with visitors() as web:
        page = await (await web.signed_in("mei")).get("/en/proposals/papers?year=2026")
    assert ("1 item<" in page.text, "1 worker<" in page.text) == (True, True)
    assert ("1 items" in page.text, "1 persons" in page.text) == (False, False)
