"""Drafted, reviewed, signed off: who may take which step, once, and what the ledger keeps of it."""

import asyncio
from datetime import timedelta

import pytest

from foundation.base.problem import NotFound, Problem, Refused
from foundation.people import organisations
from foundation.process import announcements, approval, circular_reads, circulars
from foundation.process.circular_tables import Circular
from foundation.process.rules.publishing import FULL, STEPS, Road, Stage, after, open_steps, step_problems
from foundation.store import generations, ledger
from foundation.store.engines import Engine
from foundation.work import returns
from tests.foundation.process.circulars_made_up import NOW, drafted, issued, province, refusal, said


@pytest.mark.parametrize(
    ("road", "stages"),
    [
        (FULL, [Stage.REVIEW, Stage.SIGNING, Stage.ISSUED]),
        (Road(review=False), [Stage.SIGNING, Stage.SIGNING, Stage.ISSUED]),
        (Road(signing=False), [Stage.REVIEW, Stage.ISSUED, Stage.ISSUED]),
        (Road(review=False, signing=False), [Stage.ISSUED, Stage.ISSUED, Stage.ISSUED]),
    ],
)
def test_a_road_leaves_out_the_stations_that_a_kind_does_not_need(road: Road, stages: list[Stage]) -> None:
    steps = [("hand_in", Stage.DRAFT), ("pass_on", Stage.REVIEW), ("sign", Stage.SIGNING)]
    assert [after(step, stage, road) for step, stage in steps] == stages


def test_nothing_leaves_issued_but_a_withdrawal() -> None:
    assert {(step, target) for (step, stage), target in STEPS.items() if stage is Stage.ISSUED} == {
        ("withdraw", Stage.WITHDRAWN)
    }
    assert [step for step, stage in STEPS if stage is Stage.WITHDRAWN] == []
    assert after("sign", Stage.REVIEW) is None


def test_nobody_reviews_or_signs_what_they_wrote() -> None:
    assert step_problems("pass_on", Stage.REVIEW, {3}, 3) == [Problem("publishing_own")]
    assert step_problems("sign", Stage.SIGNING, {3, 4}, 4) == [Problem("publishing_own")]
    assert step_problems("sign", Stage.SIGNING, {3}, 4) == []
    assert step_problems("take_back", Stage.REVIEW, {3}, 4) == [Problem("publishing_not_own")]
    assert open_steps(Stage.REVIEW, {3}, 3) == ["take_back"]
    assert open_steps(Stage.REVIEW, {3}, 4) == ["send_back", "pass_on"]


async def test_a_circular_goes_the_whole_way_and_its_text_is_hashed(database: Engine) -> None:
    made = await province()
    number = await issued(made)
    stands = await circular_reads.for_desk(await made.user("ling"), number)
    assert (stands.stage, stands.number, stands.address) == (Stage.ISSUED, "赣工发〔2026〕12号", "ggf-2026-12")
    assert (stands.drafted_by, stands.reviewed_by, stands.signed_by) == tuple(
        made.people[name] for name in ("ling", "song", "qian")
    )
    entries = [(entry.act, entry.actor, dict(entry.payload)) for entry in await ledger.entries(f"circular:{number}")]
    ling, song, qian = (f"account:{made.people[name]}" for name in ("ling", "song", "qian"))
    assert entries[::-1] == [
        ("circular.drafted", ling, {"organisation": 1, "corrects": None}),
        ("circular.handed_in", ling, {"stage": "review", "revision": 1}),
        ("circular.passed_on", song, {"stage": "signing", "revision": 1}),
        (
            "circular.signed",
            qian,
            {"stage": "issued", "revision": 1, "number": stands.number, "sha256": stands.text_hash},
        ),
    ]
    assert len(stands.text_hash) == 64
    names = ["process", f"circular:{number}"]
    assert await generations.read(names) == dict.fromkeys(names, 1)


async def test_the_author_neither_reviews_nor_signs_and_a_second_click_does_nothing(database: Engine) -> None:
    made = await province()
    ling, song = made.people["ling"], made.people["song"]
    paper, number = circulars.PAPER, await drafted(made)
    assert await refusal(approval.pass_on(paper, number, song, NOW)) == [Problem("publishing_at_draft")]
    await approval.hand_in(paper, number, ling, NOW)
    assert await refusal(approval.hand_in(paper, number, ling, NOW)) == [Problem("publishing_at_review")]
    assert await refusal(approval.pass_on(paper, number, ling, NOW)) == [Problem("publishing_own")]
    assert await refusal(approval.sign(paper, number, "x", song, NOW)) == [Problem("publishing_at_review")]
    await approval.pass_on(paper, number, song, NOW)
    assert await refusal(approval.sign(paper, number, "赣工发〔2026〕12号", ling, NOW)) == [Problem("publishing_own")]
    with pytest.raises(NotFound):
        await approval.pass_on(paper, 999, song, NOW)


async def test_who_saved_a_draft_is_an_author_too(database: Engine) -> None:
    made = await province()
    song, number = made.people["song"], await drafted(made)
    await circulars.save(number, said(title="另一个标题"), 1, song)
    await approval.hand_in(circulars.PAPER, number, song, NOW)
    assert await refusal(approval.pass_on(circulars.PAPER, number, song, NOW)) == [Problem("publishing_own")]


async def test_only_the_fields_that_were_named_open_again(database: Engine) -> None:
    made = await province()
    ling, song = made.people["ling"], made.people["song"]
    paper, number = circulars.PAPER, await drafted(made)
    await approval.hand_in(paper, number, ling, NOW)
    assert await refusal(approval.send_back(paper, number, Stage.REVIEW, {}, song, NOW)) == [Problem("return_nothing")]
    assert await refusal(approval.send_back(paper, number, Stage.REVIEW, {"stage": "x"}, song, NOW)) == [
        Problem("publishing_field_unknown", "", {"field": "stage"})
    ]
    await approval.send_back(paper, number, Stage.REVIEW, {"text": "补充报名方式"}, song, NOW)
    assert await returns.open_fields(f"circular:{number}") == {"text": "补充报名方式"}
    assert await refusal(circulars.save(number, said(title="改了标题"), 1, ling)) == [
        Problem("return_field_closed", "title")
    ]
    await circulars.save(number, said(text="各设区市总工会：\n报名方式见附件。"), 1, ling)
    await approval.hand_in(paper, number, ling, NOW)
    assert await returns.open_fields(f"circular:{number}") is None


async def test_a_draft_without_text_or_contact_does_not_leave_the_desk(database: Engine) -> None:
    made = await province()
    number = await drafted(made, text="", contact_phone="")
    assert await refusal(approval.hand_in(circulars.PAPER, number, made.people["ling"], NOW)) == [
        Problem("circular_text_empty", "text"),
        Problem("circular_contact_missing", "contact_name"),
    ]


async def test_a_number_is_given_once_and_two_who_sign_at_once_do_not_both_get_it(database: Engine) -> None:
    made = await province()
    paper = circulars.PAPER
    both = [await drafted(made), await drafted(made)]
    for one in both:
        await approval.hand_in(paper, one, made.people["ling"], NOW)
        await approval.pass_on(paper, one, made.people["song"], NOW)

    async def sign(one: int) -> str:
        try:
            await approval.sign(paper, one, "赣工发[2026]12号", made.people["qian"], NOW)
        except Exception as error:  # noqa: BLE001 - compared below
            return str(error)
        return "issued"

    assert sorted(await asyncio.gather(*map(sign, both))) == ["document_number_taken", "issued"]
    stages = [row["stage"] for row in await Circular.select(Circular.stage).order_by(Circular.stage)]
    assert stages == ["issued", "signing"]


async def test_of_two_reviewers_at_once_one_decides(database: Engine) -> None:
    made = await province()
    paper, number = circulars.PAPER, await drafted(made)
    await approval.hand_in(paper, number, made.people["ling"], NOW)

    async def decide(by: int, step: str) -> str:
        try:
            if step == "back":
                await approval.send_back(paper, number, Stage.REVIEW, {"text": "请修改"}, by, NOW)
            else:
                await approval.pass_on(paper, number, by, NOW)
        except Exception as error:  # noqa: BLE001 - compared below
            return str(error)
        return "done"

    answers = await asyncio.gather(decide(made.people["song"], "on"), decide(made.people["qian"], "back"))
    assert sorted(answers)[0] == "done"
    assert sorted(answers)[1].startswith("publishing_at_")


async def test_a_withdrawal_has_a_reason_and_is_final(database: Engine) -> None:
    made = await province()
    paper, number = circulars.PAPER, await issued(made)
    qian = made.people["qian"]
    assert await refusal(approval.withdraw(paper, number, " ", qian, NOW)) == [
        Problem("withdrawal_reason_empty", "reason")
    ]
    await approval.withdraw(paper, number, "时间有变", qian, NOW)
    stands = await circular_reads.public_circular("ggf-2026-12")
    assert (stands.stage, stands.withdrawn_reason) == (Stage.WITHDRAWN, "时间有变")
    assert await refusal(approval.withdraw(paper, number, "再来", qian, NOW)) == [Problem("publishing_at_withdrawn")]


async def test_announcements_of_two_organisations_may_have_the_same_number(database: Engine) -> None:
    made = await province()
    await issued(made, announcements.PAPER)
    second = await issued(made, announcements.PAPER, title="第二个", number="2026年第4号")
    assert second == 2
    third = await announcements.create(
        made.places["nanchang"],
        announcements.AnnouncementDraft("市公告", "2026年第3号", "现予公告。"),
        made.people["hu"],
        NOW,
    )
    await approval.hand_in(announcements.PAPER, third, made.people["hu"], NOW)
    await approval.pass_on(announcements.PAPER, third, made.people["song"], NOW)
    await approval.sign(announcements.PAPER, third, "2026年第3号", made.people["qian"], NOW)
    rows = await announcements.Announcement.select(announcements.Announcement.address).order_by(
        announcements.Announcement.id
    )
    assert [row["address"] for row in rows] == ["2026-3", "2026-4", "2026-3-2"]


async def test_what_was_read_is_what_is_passed_on_and_signed(database):
    made = await province()
    circular, later = await drafted(made), NOW + timedelta(minutes=5)
    ling, song, qian = (made.people[name] for name in ("ling", "song", "qian"))
    await approval.hand_in(circulars.PAPER, circular, ling, NOW)
    read = (await Circular.select(Circular.handed_in_at).first())["handed_in_at"].isoformat()
    await approval.take_back(circulars.PAPER, circular, ling, NOW)
    await circulars.save(circular, said(text="别的全文。"), 1, ling)
    await approval.hand_in(circulars.PAPER, circular, ling, later)
    with pytest.raises(Refused) as refused:
        await approval.pass_on(circulars.PAPER, circular, song, later, read)
    assert [problem.code for problem in refused.value.problems] == ["publishing_other_text"]
    now_is = (await Circular.select(Circular.handed_in_at).first())["handed_in_at"].isoformat()
    await approval.pass_on(circulars.PAPER, circular, song, later, now_is)
    with pytest.raises(Refused):
        await approval.sign(circulars.PAPER, circular, "演工发〔2026〕9号", qian, later, read)
    await approval.sign(circulars.PAPER, circular, "演工发〔2026〕9号", qian, later, now_is)


async def test_a_merged_union_s_papers_are_the_other_s(database):
    made = await province()
    city = made.places["nanchang"]
    circular = await circulars.create(city, said(addressed_under=city), made.people["ling"], NOW)
    await organisations.merge(city, made.places["jiujiang"], "account:1", NOW)
    row = await Circular.select(Circular.organisation, Circular.addressed_under).where(Circular.id == circular).first()
    assert row == {"organisation": made.places["jiujiang"], "addressed_under": made.places["jiujiang"]}
