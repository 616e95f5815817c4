"""The scan of a whole nomination: bound to what it read, its decisions kept as long as the same thing stands there."""

import io
import zipfile
from dataclasses import replace

import pytest

from craftsmen import attachment_texts, nomination_pictures, nominations, scanning, standings
from craftsmen.nomination_tables import Nomination
from craftsmen.rules.nomination_steps import AT_UNIT, Stage
from craftsmen.rules.readiness import Scan
from foundation.base.problem import NotFound, Refused
from foundation.files import kinds
from foundation.store import ledger
from tests.craftsmen.nominations.cast import DRAFT, NOW, province
from tests.craftsmen.nominations.test_pictures import put
from tests.foundation.people.workers_made_up import YANQIU

PHONE = "13870001234"


def docx(text: str, author: str = "") -> bytes:
    """A small docx; its number is parted into two runs."""
    body = "".join(f"<w:r><w:t>{part}</w:t></w:r>" for part in (text[:5], text[5:]))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="w"><w:body><w:p>{body}</w:p></w:body></w:document>'
        )
        archive.writestr("docProps/core.xml", f'<p xmlns:dc="dc"><dc:creator>{author}</dc:creator></p>')
    return made.getvalue()


async def scan_of(here, address: str) -> Scan:
    return (await standings.of(await here.facts(address), NOW)).standing.scan


async def test_a_number_in_the_text_stops_it_until_it_is_gone(database):
    here = await province()
    one = await here.facts(await here.begun("cheng"))
    await nominations.save(one.id, replace(DRAFT, story=DRAFT.story + PHONE), 1, "account:1", NOW)
    assert await scan_of(here, one.address) is Scan.UNREAD
    scan = await scanning.run(one.id, "account:1", NOW)
    assert [(found.place, found.kind, found.shown) for found in scan.findings] == [("story", "phone", "138****1234")]
    assert await scan_of(here, one.address) is Scan.OPEN
    row = await Nomination.select(Nomination.scan).first()
    assert PHONE not in row["scan"]
    with pytest.raises(Refused) as refusal:
        await scanning.accept(one.id, {scan.findings[0].key: "是单位电话"}, 1, NOW)
    assert [problem.code for problem in refusal.value.problems] == ["scan_must_go"]
    await nominations.save(one.id, DRAFT, 2, "account:1", NOW)
    await scanning.run(one.id, "account:1", NOW)
    assert await scan_of(here, one.address) is Scan.CLEAN
    assert PHONE not in str([entry.payload for entry in await ledger.entries(one.subject)])


async def test_what_was_accepted_stays_accepted_while_the_same_thing_stands_there(database):
    here = await province()
    one = await here.facts(await here.begun("cheng"))
    await nominations.save(one.id, replace(DRAFT, works=()), 1, "account:1", NOW)
    await here.paper(one.address, "minutes", content=docx(f"联系电话{PHONE}", "熊晓燕"))
    scan = await scanning.run(one.id, "account:1", NOW)
    assert [(found.place, found.kind) for found in scan.findings] == [
        ("material_minutes", "phone"), ("material_minutes", "property"),
    ]  # fmt: skip
    await scanning.accept(one.id, {found.key: "决议原件如此" for found in scan.findings}, 1, NOW)
    assert await scan_of(here, one.address) is Scan.CLEAN
    await nominations.save(one.id, DRAFT, 2, "account:1", NOW)
    assert await scan_of(here, one.address) is Scan.UNREAD
    await scanning.run(one.id, "account:1", NOW)
    assert await scan_of(here, one.address) is Scan.CLEAN
    await here.paper(one.address, "minutes", content=docx("联系电话13970005678", "熊晓燕"))
    scan = await scanning.run(one.id, "account:1", NOW)
    assert [(found.kind, found.reason) for found in scan.findings] == [("phone", ""), ("property", "决议原件如此")]


@pytest.mark.parametrize(
    ("role", "alt", "caption", "place", "kind"),
    [
        ("portrait", f"程砚秋，电话{PHONE}", "", "portrait", "phone"),
        ("photograph", "程砚秋在窑前", f"身份证号{YANQIU}", "photograph_1", "id_number"),
    ],
)
async def test_a_number_said_of_a_picture_stops_the_handing_over(database, role, alt, caption, place, kind):
    here = await province()
    one = await here.facts(address := await here.nominated("cheng"))
    assert await scan_of(here, address) is Scan.CLEAN
    await put(here, address, role, alt=alt, caption=caption)
    assert await scan_of(here, address) is Scan.UNREAD
    scan = await scanning.run(one.id, "account:1", NOW)
    assert [(found.place, found.kind) for found in scan.open] == [(place, kind)]  # papers were looked at before
    with pytest.raises(Refused):
        await scanning.accept(one.id, {scan.open[0].key: "就这样"}, 1, NOW)
    with pytest.raises(Refused) as refusal:
        await here.at(address, Stage.COUNTY)
    assert "nomination_scan_open" in [problem.code for problem in refusal.value.problems]
    assert (await here.facts(address)).stage in AT_UNIT


async def test_a_caption_that_is_mended_is_read_again_and_lets_it_go_on(database):
    here = await province()
    one = await here.facts(address := await here.nominated("cheng"))
    picture = await put(here, address, "photograph", caption=PHONE)
    await scanning.run(one.id, "account:1", NOW)
    assert await scan_of(here, address) is Scan.OPEN
    await nomination_pictures.say(one.id, picture, "程砚秋在窑前", "带徒", here.people["mei"], NOW)
    assert await scan_of(here, address) is Scan.UNREAD
    await scanning.run(one.id, "account:1", NOW)
    assert await scan_of(here, address) is Scan.CLEAN


async def test_a_decision_without_reason_or_about_nothing_is_refused(database):
    here = await province()
    one = await here.facts(await here.begun("cheng"))
    for reasons, code in (
        ({}, "scan_reason_empty"),
        ({"x": " "}, "scan_reason_empty"),
        ({"x": "好"}, "nomination_scan_unread"),
    ):
        with pytest.raises(Refused) as refusal:
            await scanning.accept(one.id, reasons, 1, NOW)
        assert [problem.code for problem in refusal.value.problems] == [code]
    await scanning.run(one.id, "account:1", NOW)
    with pytest.raises(NotFound):
        await scanning.accept(one.id, {"x": "好"}, 1, NOW)


@pytest.mark.parametrize(
    "kind, content, unread",
    [
        (kinds.DOC, b"\xd0\xcf", "old"),
        (kinds.DOCX, b"PK\x03\x04 broken", "broken"),
        (kinds.PDF, b"%PDF-1.7\nnothing", "broken"),
        (kinds.JPEG, b"\xff\xd8\xff\xd9", "broken"),
    ],
)
async def test_what_cannot_be_read_says_so(kind, content, unread):
    assert (await attachment_texts.read(kind.media_type, content)).unread == unread


async def test_entities_that_explode_are_not_read():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("word/document.xml", '<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>')
    assert (await attachment_texts.read(kinds.DOCX.media_type, made.getvalue())).unread == "broken"
