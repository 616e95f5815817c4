"""An innovation through its writers: begun, written, looked through, handed in, given back, handed in again."""

import asyncio
import io
from datetime import timedelta

import pytest
from msgspec.structs import replace
from PIL import Image

from foundation.base.problem import NotFound, Refused
from foundation.files import stored
from foundation.files.limits import PAPER
from foundation.store import ledger
from foundation.store.transactions import transaction
from innovations import innovation_papers, innovation_versions, innovations
from innovations.innovation_tables import Innovation, InnovationStep, InnovationVersion
from innovations.rules.innovations import Stage
from innovations.rules.publicity import BenefitShown, Publicity
from innovations.rules.version_changes import Change, Run
from tests.innovations.made_up import NOW, works
from tests.innovations.rules.foil import FOIL

BY, LATER = 3, NOW + timedelta(days=1)


async def refused(awaited) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as raised:
        await awaited
    return [(problem.field, problem.code) for problem in raised.value.problems]


async def row_of(number: int) -> dict:
    found = await Innovation.select().where(Innovation.id == number).first()
    assert found is not None
    return found


async def revision(number: int) -> int:
    return (await row_of(number))["revision"]


async def begun(draft=FOIL) -> int:
    here = await works()
    return await innovations.begin(draft, here.places["works"], BY, NOW)


async def handed_in(number: int, note: str = "") -> int:
    await innovations.clear(number, await revision(number), BY, NOW)
    return await innovation_versions.hand_in(number, note, await revision(number), BY, NOW)


async def test_what_is_handed_in_stands_as_it_was(database):
    number = await begun()
    assert await handed_in(number) == 1
    row = await row_of(number)
    assert (row["stage"], row["version"], row["address"]) == ("handed_in", 1, f"2026-{number:07}")
    assert await innovation_versions.one(number, 1) == FOIL


async def test_nothing_leaves_the_unit_before_it_was_looked_through_as_it_stands(database):
    number = await begun()
    assert await refused(innovation_versions.hand_in(number, "", 1, BY, NOW)) == [("", "innovation_not_cleared")]
    await innovations.clear(number, 1, BY, NOW)
    await innovations.save(number, replace(FOIL, title="另一个题目"), 2, BY, NOW)
    assert await refused(innovation_versions.hand_in(number, "", 3, BY, NOW)) == [("", "innovation_not_cleared")]
    await innovations.save(number, FOIL, 3, BY, NOW)  # as it was looked through
    assert await innovation_versions.hand_in(number, "", 4, BY, NOW) == 1


async def test_every_gap_is_told_at_once_and_nothing_is_frozen(database):
    number = await begun(replace(FOIL, field="", authors=FOIL.authors[:2]))
    told = await refused(innovation_versions.hand_in(number, "x" * 501, 1, BY, NOW))
    assert told == [
        ("field", "innovation_field"),
        ("author-1", "innovation_shares_sum"),
        ("note", "innovation_long"),
        ("", "innovation_not_cleared"),
    ]
    assert await InnovationVersion.count() == 0


async def test_somebody_who_saves_what_they_saw_long_ago_replaces_nothing(database):
    number = await begun()
    await innovations.save(number, replace(FOIL, year=2024), 1, BY, NOW)
    assert await refused(innovations.save(number, FOIL, 1, BY, NOW)) == [("", "innovation_stale")]
    assert (await row_of(number))["year"] == 2024


async def test_of_two_who_hand_in_at_once_one_makes_the_version(database):
    number = await begun()
    await innovations.clear(number, 1, BY, NOW)
    outcomes = await asyncio.gather(
        *(innovation_versions.hand_in(number, "", 2, BY, NOW) for _ in range(2)), return_exceptions=True
    )
    assert outcomes == [1, 1]  # both are told that it is handed in
    assert await InnovationVersion.count() == 1
    assert await InnovationStep.count() == 1


async def test_the_same_again_is_no_version(database):
    number = await begun()
    await handed_in(number)
    assert await refused(innovation_versions.hand_in(number, "", await revision(number), BY, NOW)) == [
        ("", "innovation_nothing_new")
    ]


async def paper() -> int:
    drawn = io.BytesIO()
    Image.new("RGB", (700, 700), "#1c459c").save(drawn, "JPEG")
    return await stored.keep("检测报告.jpg", drawn.getvalue(), BY, NOW, kinds=PAPER.kinds)


async def test_a_paper_or_a_picture_alone_makes_the_next_version(database):
    number = await begun()
    assert await handed_in(number) == 1
    file = await paper()
    await innovation_papers.add(number, file, "report", BY, NOW)
    assert await innovation_papers.of(number, own=False) == []
    assert await handed_in(number, "补检测报告") == 2
    assert [one.file_id for one in await innovation_papers.of(number, own=False)] == [file]
    assert await refused(innovation_versions.hand_in(number, "", await revision(number), BY, NOW)) == [
        ("", "innovation_nothing_new")
    ]


async def test_a_paper_that_a_review_has_read_stays(database):
    number = await begun()
    read, other = await paper(), await paper()
    await innovation_papers.add(number, read, "report", BY, NOW)
    await handed_in(number)
    for step in ("take_in", "award"):
        async with transaction():
            await innovations.move(await innovations.locked(number), step, "", BY, NOW)
    await innovation_papers.add(number, other, "report", BY, NOW)
    first, second = [one.id for one in await innovation_papers.of(number, own=True)]
    assert await refused(innovation_papers.take_off(number, first, BY, NOW)) == [("paper", "innovation_paper_reviewed")]
    await innovation_papers.take_off(number, second, BY, NOW)
    assert [one.file_id for one in await innovation_papers.of(number, own=True)] == [read]


async def test_what_was_given_back_opens_only_what_was_named(database):
    number = await begun()
    await handed_in(number)
    async with transaction():
        await innovations.give_back(number, {"section-use": "用在哪几条线?"}, 9, NOW)
    other = replace(FOIL, title="另一个题目")
    assert await refused(innovations.save(number, other, await revision(number), BY, NOW)) == [
        ("title", "return_field_closed")
    ]
    body = replace(FOIL.body, sections={**FOIL.body.sections, "use": "三条线,两个厂"})
    await innovations.save(number, replace(FOIL, body=body), await revision(number), BY, LATER)
    assert await handed_in(number, "补充了应用范围") == 2
    assert (await row_of(number))["stage"] == Stage.HANDED_IN.value
    assert await innovation_versions.compared(number, 1, 2) == [
        Change("section-use", (Run("same", "三条线"),), (Run("same", "三条线"), Run("new", ",两个厂")))
    ]
    assert [(one.number, one.note) for one in await innovation_versions.listed(number)] == [
        (2, "补充了应用范围"),
        (1, ""),
    ]


async def test_while_it_is_reviewed_nobody_writes_on_it(database):
    number = await begun()
    await handed_in(number)
    async with transaction():
        await innovations.move(await innovations.locked(number), "take_in", "", 9, NOW)
    assert await refused(innovations.save(number, FOIL, await revision(number), BY, NOW)) == [
        ("", "innovation_not_writable")
    ]
    assert await refused(innovations.withdraw(number, "", await revision(number), BY, NOW)) == [
        ("", "innovation_step_late")
    ]


async def test_withdrawn_and_taken_up_again(database):
    number = await begun()
    await handed_in(number)
    await innovations.withdraw(number, "先做二期", await revision(number), BY, NOW)
    await innovations.take_up(number, await revision(number), BY, NOW)
    assert (await row_of(number))["stage"] == Stage.DRAFT.value


async def test_until_the_unit_says_otherwise_nobody_outside_knows_of_it(database):
    number = await begun()
    row = await row_of(number)
    assert (row["publicity"], row["benefit_shown"]) == ("internal", "hidden")
    await innovations.set_publicity(number, Publicity.PUBLIC, BenefitShown.BAND, 1, BY, NOW)
    row = await row_of(number)
    assert (row["publicity"], row["benefit_shown"]) == ("public", "band")


async def test_the_ledger_holds_codes_and_no_words(database):
    number = await begun()
    await handed_in(number, "第一版")
    entries = await ledger.entries(f"innovation:{number}")
    assert {one.act for one in entries} == {
        "innovation.begun",
        "innovation.cleared",
        "innovation.version",
        "innovation.hand_in",
    }
    said = " ".join(f"{one.actor} {one.about} {ledger.canonical(one.payload)}" for one in entries)
    for word in (FOIL.title, "第一版", *(one.name for one in FOIL.authors), *FOIL.body.sections.values()):
        assert word not in said


async def test_what_is_not_there_is_not_found(database):
    for awaited in (innovations.save(7, FOIL, 1, BY, NOW), innovation_versions.one(7, 1)):
        with pytest.raises(NotFound):
            await awaited
