"""All attachments as one zip: whose is whose by its name, on every system, without holding it in memory."""

import io
import os
import zipfile
from datetime import UTC, datetime

import pytest

from foundation.files import media, stored
from foundation.files.bundle import MISSING, BundleRow, bundle
from foundation.store.engines import Engine

NOW = datetime(2026, 3, 9, 1, 30, tzinfo=UTC)
PDF = b"%PDF-1.7\n%%EOF\n"
only_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def zipped(*rows: BundleRow) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(b"".join([piece async for piece in bundle(rows)])))


async def test_files_stand_in_folders_by_city_and_unit_and_say_whose_they_are(database: Engine) -> None:
    one, other = await stored.keep("a.pdf", PDF, 3, NOW), await stored.keep("b.txt", "说明".encode(), 3, NOW)
    archive = await zipped(
        BundleRow("南昌市", "云窑陶瓷有限公司工会", "龚䶮", "推荐审批表", one),
        BundleRow("南昌市", "云窑陶瓷有限公司工会", "𠮷饶㛃", "推荐审批表", one),
        BundleRow("南昌市", "云窑陶瓷有限公司工会", "龚䶮", "推荐审批表", one),
        BundleRow("南昌市", "云窑陶瓷有限公司工会", "龚䶮", "推荐审批表", other),
    )
    at = "南昌市/云窑陶瓷有限公司工会/南昌市-云窑陶瓷有限公司工会"
    assert archive.namelist() == [
        f"{at}-龚䶮-推荐审批表.pdf", f"{at}-𠮷饶㛃-推荐审批表.pdf", f"{at}-龚䶮-推荐审批表(2).pdf",
        f"{at}-龚䶮-推荐审批表.txt",
    ]  # fmt: skip
    assert archive.testzip() is None
    assert archive.read(f"{at}-龚䶮-推荐审批表.txt").decode() == "说明"
    assert {info.flag_bits & 0x800 for info in archive.infolist()} == {0x800}
    assert {info.date_time for info in archive.infolist()} == {(2026, 3, 9, 9, 30, 0)}


@only_sqlite
async def test_names_can_be_saved_everywhere(database: Engine) -> None:
    one = await stored.keep("a.pdf", PDF, 3, NOW)
    archive = await zipped(
        BundleRow("../..", 'a<b>:"c"/d\\e|f?*', "con", "x. . ", one),
        BundleRow("", "", "", "", one),
        BundleRow("CON", "nul.txt", "张　三", "长" * 300, one),
        BundleRow("A市", "u", "p", "l", one), BundleRow("a市", "U", "p", "L", one),
        BundleRow("吉安\u202e市", "u", "p\x00\n", "l", one),
    )  # fmt: skip
    names = archive.namelist()
    assert names[1] == "其他/其他/其他.pdf"
    assert names[4] == "a市/U/a市-U-p-L(2).pdf"
    assert names[5] == "吉安市/u/吉安市-u-p_-l.pdf".replace("p_", "p__")
    for name in names:
        folders = name.split("/")
        assert len(folders) == 3
        assert len(name) <= 210
        assert not set(name) & set('<>:"|?*\\\0\n\u202e')
        for part in folders:
            assert part not in {"", ".", ".."}
            assert part.split(".")[0].lower() not in {"con", "nul"}
            assert part == part.strip(" .")


@only_sqlite
async def test_what_cannot_be_read_is_named_and_the_rest_comes(database: Engine) -> None:
    content = b"%PDF-1.7 damaged later\n%%EOF"
    good, bad = await stored.keep("a.pdf", PDF, 3, NOW), await stored.keep("b.pdf", content, 3, NOW)
    media.place((await stored.facts(bad)).sha256).write_bytes(b"something else")
    archive = await zipped(
        BundleRow("南昌市", "甲", "龚䶮", "表", bad), BundleRow("南昌市", "甲", "龚䶮", "证", 999),
        BundleRow("南昌市", "甲", "龚䶮", "照", good),
    )  # fmt: skip
    assert archive.namelist() == ["南昌市/甲/南昌市-甲-龚䶮-照.pdf", MISSING]
    assert archive.read(MISSING).decode("utf-8-sig").split("\r\n") == [
        "南昌市/甲/南昌市-甲-龚䶮-表", "南昌市/甲/南昌市-甲-龚䶮-证",
    ]  # fmt: skip


@only_sqlite
async def test_it_is_sent_in_small_pieces(database: Engine) -> None:
    large = await stored.keep("a.txt", os.urandom(3_000_000).hex().encode(), 3, NOW, most=10_000_000)
    pieces = [piece async for piece in bundle([BundleRow("a", "b", "c", "d", large)] * 3)]
    assert max(map(len, pieces)) < 600_000
    assert sum(map(len, pieces)) > 6_000_000
