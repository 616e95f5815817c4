"""Announcements: public when signed off and not before, with their files; corrections name what they correct."""

import pytest

from foundation.base.problem import NotFound, Problem
from foundation.process import announcement_reads, announcements, approval, attachments, showcase, todo
from foundation.process.rules.circular_form import AnnouncementDraft, read_announcement
from foundation.process.rules.publishing import Stage
from foundation.store.engines import Engine
from tests.foundation.process.circulars_made_up import NOW, PDF, issued, province, refusal

DRAFT = AnnouncementDraft("关于评选结果的公告", "2026年第3号", "现予公告。")


async def test_a_draft_is_nobody_s_but_theirs_who_write_and_check(database: Engine) -> None:
    made = await province()
    number = await announcements.create(1, DRAFT, made.people["ling"], NOW)
    assert await announcement_reads.public_page(None, 10) == []
    with pytest.raises(NotFound):
        await announcement_reads.public_announcement("2026-3")
    for name in ("hu", "tu", "an"):
        with pytest.raises(NotFound):
            await announcement_reads.for_desk(await made.user(name), number)
    assert (await announcement_reads.for_desk(await made.user("song"), number)).title == DRAFT.title


async def test_it_is_public_from_the_signature_on(database: Engine) -> None:
    made = await province()
    number = await issued(made, announcements.PAPER)
    stands = await announcement_reads.public_announcement("2026-3")
    assert (stands.id, stands.stage, stands.number) == (number, Stage.ISSUED, "2026年第3号")
    assert [(told.kind, told.address) for told in await showcase.newest()] == [
        ("announcement", "/announcements/2026-3")
    ]
    assert await refusal(announcements.save(number, DRAFT, 1, made.people["ling"])) == [Problem("publishing_at_issued")]


async def test_a_correction_names_what_it_corrects(database: Engine) -> None:
    made = await province()
    first = await issued(made, announcements.PAPER)
    again = AnnouncementDraft("更正公告", "2026年第4号", "第三名更正。")
    second = await announcements.create(1, again, made.people["ling"], NOW, corrects=first)
    with pytest.raises(NotFound):
        await announcements.create(1, again, made.people["ling"], NOW, corrects=second)
    await approval.hand_in(announcements.PAPER, second, made.people["ling"], NOW)
    assert [one.what.code for one in await todo.rows(await made.user("song"))] == ["todo_announcement_review"]
    await approval.pass_on(announcements.PAPER, second, made.people["song"], NOW)
    assert [one.what.code for one in await todo.rows(await made.user("qian"))] == ["todo_announcement_sign"]
    await approval.sign(announcements.PAPER, second, "2026年第4号", made.people["qian"], NOW)
    assert [one.id for one in await announcement_reads.corrections_of(first)] == [second]
    assert (await announcement_reads.public_announcement("2026-4")).corrects_address == "2026-3"


async def test_its_files_have_numbers_and_a_limit(database: Engine) -> None:
    made = await province()
    number = await announcements.create(1, DRAFT, made.people["ling"], NOW)
    for _ in range(attachments.MOST):
        await attachments.add(announcements.PAPER, number, "a.pdf", PDF, made.people["ling"], NOW)
    assert await refusal(attachments.add(announcements.PAPER, number, "a.pdf", PDF, made.people["ling"], NOW)) == [
        Problem("attachments_many", "file", {"most": "10"})
    ]
    assert [file.number for file in await attachments.of(f"announcement:{number}")] == list(range(1, 11))


def test_a_form_without_title_is_refused() -> None:
    assert read_announcement({"title": " ", "number": "", "text": ""}) == (
        None,
        [Problem("circular_title_empty", "title")],
    )


@pytest.mark.parametrize(
    ("size", "text"), [(1, "1 KB"), (1024, "1 KB"), (1025, "2 KB"), (1_048_576, "1.0 MB"), (1_600_000, "1.6 MB")]
)
def test_sizes_are_told_as_people_read_them(size: int, text: str) -> None:
    assert attachments.AttachmentFacts(1, 1, "a.pdf", size, "").size_text == text
