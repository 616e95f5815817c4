"""Circulars: whom they reach, who signs for them, what strangers never select, and what waits for whom."""

import asyncio
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from foundation.base.problem import NotFound, Problem
from foundation.people import organisations
from foundation.people.organisations import Draft, Kind
from foundation.process import approval, attachments, circular_reads, circular_units, circulars, showcase, todo
from foundation.process.rules.circular_form import CIRCULAR_FIELDS, changed_fields, read_circular
from foundation.process.rules.circular_text import Block, blocks
from foundation.process.rules.document_numbers import folded_number, number_problems
from foundation.process.rules.publishing import Stage
from foundation.store import ledger
from foundation.store.engines import Engine
from tests.foundation.process.circulars_made_up import (
    DEADLINE,
    NOW,
    PDF,
    Province,
    drafted,
    issued,
    province,
    refusal,
    said,
)

ZONE = ZoneInfo("Asia/Shanghai")
KINDS = ["city", "county", "enterprise"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("赣工发〔2026〕12号", "赣工发〔2026〕12号"),
        (" 赣工发［２０２６］ 012 号", "赣工发〔2026〕12号"),
        ("赣工办发(2026)第7号", "赣工办发〔2026〕7号"),
        ("2026年第03号", "2026年第3号"),
    ],
)
def test_a_number_has_one_form_however_it_was_typed(typed: str, kept: str) -> None:
    assert folded_number(typed) == kept
    assert number_problems(kept) == []


@pytest.mark.parametrize(
    "typed", ["十二号", "赣工发〔26〕12号", "赣工发〔0026〕12号", "〔2026〕12号", "赣工发12号", "' OR 1=1"]
)
def test_what_is_no_number_is_refused(typed: str) -> None:
    assert [problem.code for problem in number_problems(folded_number(typed))] == ["document_number_form"]


def test_a_text_has_headings_by_line_and_no_markup() -> None:
    text = "各市总工会：\n\n　　一、竞赛项目\n（一）焊工\n一、焊工和电工的竞赛在南昌举行，时间另行通知。\n<script>"
    assert blocks(text) == [
        Block("各市总工会："), Block("一、竞赛项目", 1), Block("（一）焊工", 2),
        Block("一、焊工和电工的竞赛在南昌举行，时间另行通知。"), Block("<script>"),
    ]  # fmt: skip


def test_a_form_is_read_or_each_field_says_what_is_wrong() -> None:
    typed = dict.fromkeys(CIRCULAR_FIELDS, "") | {
        "title": " 通知 ", "addressed_under": "1", "deadline_date": "2026-03-20", "deadline_time": "17:30",
        "contact_phone": "０791-00000000", "opens": "contest:2026-1-03", "opens_label": "焊工赛项", "public": "yes",
    }  # fmt: skip
    draft, problems = read_circular(typed, ["enterprise", "city"], KINDS, ZONE)
    assert problems == []
    assert draft == said(
        title="通知", number="", text="", deadline=DEADLINE, contact_name="", addressed_kinds=",city,enterprise,",
        opens="contest:2026-1-03", opens_label="焊工赛项",
    )  # fmt: skip
    wrong = typed | {
        "title": "", "number": "12", "deadline_date": "2026-02-30", "contact_phone": "call me", "addressed_under": "-1",
        "opens": "javascript:alert(1)",
    }  # fmt: skip
    draft, problems = read_circular(wrong, ["moon"], KINDS, ZONE)
    assert draft is None
    assert [(problem.field, problem.code) for problem in problems] == [
        ("title", "circular_title_empty"), ("number", "document_number_form"),
        ("deadline_date", "circular_deadline_form"), ("contact_phone", "circular_phone_form"),
        ("addressed_under", "circular_addressee_missing"), ("addressed_kinds", "circular_kind_unknown"),
        ("opens", "circular_opens_form"),
    ]  # fmt: skip


def test_which_fields_differ_is_told_by_the_names_a_reviewer_gives() -> None:
    old = {name: getattr(said(), name) for name in said().__dataclass_fields__}
    assert changed_fields(old, said(contact_phone="1", public=False)) == ["contact_name", "addressed_under"]
    assert changed_fields(old, said()) == []


async def received(made: Province, name: str) -> list[str]:
    return [one.title for one in await circular_reads.received_page(await made.user(name), None, 10)]


async def test_a_circular_reaches_the_units_it_is_for_and_no_other(database: Engine) -> None:
    made = await province()
    await issued(made, title="全省", number="赣工发〔2026〕1号")
    await issued(made, title="南昌", number="赣工发〔2026〕2号", addressed_under=made.places["nanchang"])
    await issued(made, title="各市", number="赣工发〔2026〕3号", addressed_kinds=",city,")
    internal = await issued(
        made, title="内部", number="赣工发〔2026〕4号", public=False, addressed_kinds=",enterprise,"
    )
    await drafted(made, title="草稿")
    assert await received(made, "tu") == ["内部", "南昌", "全省"]
    assert await received(made, "ke") == ["内部", "全省"]
    assert await received(made, "hu") == ["各市", "南昌", "全省"]
    assert await received(made, "ling") == []  # the issuing organisation sends nothing to itself
    assert (await circular_reads.received_circular(await made.user("ke"), internal)).title == "内部"
    with pytest.raises(NotFound):
        await circular_reads.received_circular(await made.user("hu"), internal)


async def test_strangers_never_select_a_draft_or_an_internal_circular(database: Engine) -> None:
    made = await province()
    number = await drafted(made)
    await approval.hand_in(circulars.PAPER, number, made.people["ling"], NOW)
    await issued(made, number="赣工发〔2026〕8号", public=False)
    assert await circular_reads.public_page(None, 10) == []
    for address in ("ggf-2026-12", "ggf-2026-8", "", "1"):
        with pytest.raises(NotFound):
            await circular_reads.public_circular(address)
    for name in ("hu", "tu", "an"):
        with pytest.raises(NotFound):
            await circular_reads.for_desk(await made.user(name), number)
        assert await circular_reads.desk_page(await made.user(name), list(Stage), None, 10) == []
    assert await showcase.newest() == []


async def test_a_unit_signs_once_whoever_clicks_and_it_stands_in_the_ledger(database: Engine) -> None:
    made = await province()
    number = await issued(made)
    unit, tu = made.places["qingxiu"], made.people["tu"]

    async def sign() -> str:
        try:
            await circulars.sign_for(number, unit, tu, "涂某", NOW)
        except Exception as error:  # noqa: BLE001 - compared below
            return str(error)
        return "signed"

    assert sorted(await asyncio.gather(sign(), sign())) == ["circular_signed_already", "signed"]
    assert await circular_reads.receipts_of(unit, [number]) == {number: circular_reads.Receipt("涂某", NOW)}
    newest = (await ledger.entries(f"circular:{number}"))[0]
    assert (newest.act, newest.actor, newest.about, newest.payload) == (
        "circular.received", f"account:{tu}", f"organisation:{unit}", {},
    )  # fmt: skip


async def test_a_draft_and_a_withdrawn_circular_are_not_signed_for(database: Engine) -> None:
    made = await province()
    unit, tu, draft = made.places["qingxiu"], made.people["tu"], await drafted(made, number="")
    with pytest.raises(NotFound):
        await circulars.sign_for(draft, unit, tu, "涂某", NOW)
    number = await issued(made)
    await approval.withdraw(circulars.PAPER, number, "时间有变", made.people["qian"], NOW)
    assert await refusal(circulars.sign_for(number, unit, tu, "涂某", NOW)) == [Problem("circular_withdrawn")]


async def test_the_officer_sees_who_has_not_signed_page_by_page(database: Engine) -> None:
    made = await province()
    number = await issued(made)
    circular = await circular_reads.for_desk(await made.user("ling"), number)
    # departments do not sign
    assert await circular_units.counts(circular) == circular_units.Counts(signed=0, missing=4)
    await circulars.sign_for(number, made.places["nanchang"], made.people["hu"], "胡某", NOW)
    assert await circular_units.counts(circular) == circular_units.Counts(signed=1, missing=3)
    first = await circular_units.missing(circular, None, 2)
    assert [(unit.name, unit.upper) for unit in first] == [
        ("青岫航空部件制造有限公司工会", "南昌市总工会"), ("九江市总工会", circular.organisation),
    ]  # fmt: skip
    rest = await circular_units.missing(circular, first[-1].id, 2)
    assert [unit.name for unit in rest] == ["浔禾石化装备有限公司工会"]
    await organisations.close(made.places["xunhe"], "test", NOW)
    assert await circular_units.missing(circular, first[-1].id, 2) == []


async def test_what_waits_is_told_to_whom_it_concerns(database: Engine) -> None:
    made = await province()
    paper, number = circulars.PAPER, await drafted(made, deadline=datetime.now(UTC) - timedelta(days=1))

    async def waits(name: str) -> list[tuple[str, str, int]]:
        return [(one.what.code, one.address, one.count) for one in await todo.rows(await made.user(name))]

    at = f"/office/circulars/{number}"
    assert [await waits(name) for name in ("ling", "song", "qian", "tu")] == [[], [], [], []]
    await approval.hand_in(paper, number, made.people["ling"], NOW)
    assert await waits("song") == [("todo_circular_review", at, 1)]
    await approval.send_back(paper, number, Stage.REVIEW, {"text": "补充"}, made.people["song"], NOW)
    assert (await waits("song"), await waits("ling")) == ([], [("todo_circular_returned", at, 1)])
    await approval.hand_in(paper, number, made.people["ling"], NOW)
    await approval.pass_on(paper, number, made.people["song"], NOW)
    assert await waits("qian") == [("todo_circular_sign", at, 1)]
    await approval.sign(paper, number, "赣工发〔2026〕12号", made.people["qian"], NOW)
    assert await waits("tu") == [("todo_circular_receive", f"/received/{number}", 1)]
    assert await waits("ling") == [("todo_circular_late", f"{at}/signatures", 4)]
    await circulars.sign_for(number, made.places["qingxiu"], made.people["tu"], "涂某", NOW)
    assert (await waits("tu"), await waits("ling")) == ([], [("todo_circular_late", f"{at}/signatures", 3)])
    assert [await waits(name) for name in ("song", "qian", "an")] == [[], [], []]


async def test_an_issued_circular_is_corrected_by_another_that_names_it(database: Engine) -> None:
    made = await province()
    first = await issued(made)
    assert await refusal(circulars.save(first, said(title="改"), 1, made.people["ling"])) == [
        Problem("publishing_at_issued")
    ]
    second = await circulars.create(1, said(number="赣工发〔2026〕15号"), made.people["ling"], NOW, corrects=first)
    assert await circular_reads.corrections_of(first, public_only=True) == []
    await approval.hand_in(circulars.PAPER, second, made.people["ling"], NOW)
    await approval.pass_on(circulars.PAPER, second, made.people["song"], NOW)
    await approval.sign(circulars.PAPER, second, "赣工发〔2026〕15号", made.people["qian"], NOW)
    assert [one.id for one in await circular_reads.corrections_of(first, public_only=True)] == [second]
    stands = await circular_reads.public_circular("ggf-2026-15")
    assert (stands.corrects, stands.corrects_number, stands.corrects_public) == (first, "赣工发〔2026〕12号", True)
    with pytest.raises(NotFound):
        await circulars.create(1, said(), made.people["ling"], NOW, corrects=await drafted(made, number=""))


async def test_somebody_else_s_save_meanwhile_is_told(database: Engine) -> None:
    made = await province()
    number = await drafted(made)
    await circulars.save(number, said(title="一"), 1, made.people["ling"])
    assert await refusal(circulars.save(number, said(title="二"), 1, made.people["ling"])) == [
        Problem("circular_changed_meanwhile")
    ]
    assert (await circular_reads.for_desk(await made.user("ling"), number)).title == "一"


async def test_a_circular_goes_to_one_s_own_part_of_the_tree(database: Engine) -> None:
    made = await province()
    hu, nanchang = made.people["hu"], made.places["nanchang"]
    for other in (made.places["jiujiang"], made.places["root"], 999):
        assert await refusal(circulars.create(nanchang, said(addressed_under=other), hu, NOW)) == [
            Problem("circular_addressee_unknown", "addressed_under")
        ]
    assert await circulars.create(nanchang, said(addressed_under=made.places["qingxiu"]), hu, NOW) == 1


async def test_files_hang_on_drafts_only_and_are_part_of_the_hash(database: Engine) -> None:
    made = await province()
    paper, ling = circulars.PAPER, made.people["ling"]
    number = await drafted(made)
    await attachments.add(paper, number, "报名表.pdf", PDF, ling, NOW)
    await attachments.add(paper, number, "第二个.pdf", PDF, ling, NOW)
    await attachments.remove(paper, number, [1], ling)
    assert [(file.number, file.name) for file in await attachments.of(f"circular:{number}")] == [(2, "第二个.pdf")]
    with pytest.raises(NotFound):
        await attachments.read(f"circular:{number}", 1)
    await approval.hand_in(paper, number, ling, NOW)
    refused = [Problem("publishing_at_review")]
    assert await refusal(attachments.add(paper, number, "x.pdf", PDF, ling, NOW)) == refused
    assert await refusal(attachments.remove(paper, number, [2], ling)) == refused
    facts, content = await attachments.read(f"circular:{number}", 2)
    assert (facts.media_type, content) == ("application/pdf", PDF)
    await approval.pass_on(paper, number, made.people["song"], NOW)
    await approval.sign(paper, number, "赣工发〔2026〕12号", made.people["qian"], NOW)
    with_file = (await circular_reads.public_circular("ggf-2026-12")).text_hash
    without = await issued(made, number="赣工发〔2026〕13号")
    assert with_file != (await circular_reads.for_desk(await made.user("ling"), without)).text_hash


async def test_pages_of_public_circulars_go_on_where_the_last_one_ended(database: Engine) -> None:
    made = await province()
    for number in range(1, 4):
        await issued(made, title=str(number), number=f"赣工发〔2026〕{number}号")
    first = await circular_reads.public_page(None, 2)
    assert [one.title for one in first] == ["3", "2"]
    assert first[-1].issued_at is not None
    rest = await circular_reads.public_page((first[-1].issued_at, first[-1].id), 2)
    assert [one.title for one in rest] == ["1"]
    assert [told.title for told in await showcase.newest()] == ["3", "2", "1"]


async def test_a_joint_union_counts_its_firms(database: Engine) -> None:
    made = await province()
    joint = await organisations.create(made.places["nanchang"], Draft("园区联合工会", Kind.JOINT), "test", NOW)
    number = await issued(made, addressed_under=joint, addressed_kinds=",joint,")
    circular = await circular_reads.for_desk(await made.user("ling"), number)
    assert [unit.name for unit in await circular_units.missing(circular, None, 5)] == ["园区联合工会"]
