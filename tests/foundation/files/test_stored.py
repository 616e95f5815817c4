"""Stored files: the content decides what they are, names tell no lie, and what is on the disk is what was kept."""

import asyncio
import hashlib
import io
import struct
import zipfile
import zlib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from foundation.base.problem import NotFound, Problem, Refused
from foundation.base.settings import Settings
from foundation.files import stored
from foundation.files.kinds import (
    DOC,
    DOCX,
    JPEG,
    OFD,
    PDF,
    PNG,
    TEXT,
    WEBP,
    XLS,
    XLSX,
    ZIP,
    Kind,
    Unfit,
    kind_of,
)
from foundation.files.names import clean_name, download_headers
from foundation.store import ledger
from foundation.store.engines import Engine

NOW = datetime(2026, 3, 9, 1, 30, tzinfo=UTC)


def packed(*names: str, encrypted: bool = False) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "内容")
    content = out.getvalue()
    return (
        content.replace(b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01") if encrypted else content
    )


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def ole(*streams: str) -> bytes:
    names = b"".join((name + "\0").encode("utf-16-le") for name in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1024) + names + bytes(1024)


PDF_FILE = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
PNG_FILE = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", bytes(13)) + chunk(b"IDAT", b"x") + chunk(b"IEND", b"")
JPEG_FILE = b"\xff\xd8\xff\xe0\x00\x10JFIF\0" + bytes(20) + b"\xff\xd9"
WEBP_FILE = b"RIFF" + struct.pack("<I", 16) + b"WEBPVP8 " + bytes(8)
WORD = packed("[Content_Types].xml", "word/document.xml")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF_FILE, PDF), (PNG_FILE, PNG), (JPEG_FILE, JPEG), (WEBP_FILE, WEBP), (WORD, DOCX),
        (packed("[Content_Types].xml", "xl/workbook.xml"), XLSX), (packed("OFD.xml", "Doc_0/Document.xml"), OFD),
        (packed("报名表.txt"), ZIP), (ole("WordDocument"), DOC), (ole("Workbook"), XLS),
        ("一、报名\n".encode(), TEXT), ("一、报名\n".encode("gb18030"), TEXT),
        ("一、报名".encode("utf-16"), TEXT),
    ],
)  # fmt: skip
def test_the_content_tells_what_it_is(content: bytes, kind: Kind) -> None:
    assert kind_of(content) is kind


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"), (b" \n", "file_empty"),
        (b"MZ\x90\x00\x03" + bytes(100), "file_kind"), (b"<!doctype html><script>", "file_kind"),
        (b"  <svg xmlns='x' onload='alert(1)'/>", "file_kind"), (b"\x00\x01\x02", "file_kind"),
        (ole("Installer"), "file_kind"), (packed("META-INF/MANIFEST.MF", "A.class"), "file_kind"),
        (PDF_FILE[:-20], "file_broken"), (PNG_FILE[:-4], "file_broken"), (WORD[:-9], "file_broken"),
        (WEBP_FILE[:-4], "file_broken"), (JPEG_FILE[:-2], "file_broken"),
        (PDF_FILE + packed("a.txt"), "file_two_kinds"), (PNG_FILE + packed("a.txt"), "file_two_kinds"),
        (JPEG_FILE + packed("a.txt"), "file_two_kinds"), (WEBP_FILE + b"abc", "file_two_kinds"),
        (b"text\n%PDF-1.7", "file_two_kinds"), (b"GIF or text" + packed("a.txt"), "file_two_kinds"),
        (WORD + b"<script>alert(1)</script>", "file_two_kinds"),
        (JPEG_FILE[:4] + PDF_FILE + b"\xff\xd9", "file_two_kinds"),
        (packed("[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"), "file_macros"),
        (ole("Workbook", "_VBA_PROJECT"), "file_macros"), (ole("EncryptedPackage"), "file_locked"),
        (packed("a.txt", encrypted=True), "file_locked"), (b"%PDF-1.7\n/Encrypt 5 0 R\n%%EOF", "file_locked"),
    ],
)  # fmt: skip
def test_what_is_not_accepted_says_why(content: bytes, code: str) -> None:
    with pytest.raises(Unfit) as caught:
        kind_of(content)
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("报名表.pdf", "报名表.pdf"), ("报名表.PDF", "报名表.pdf"), ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\凌\\通知.docx", "通知.docx.pdf"), ("a\u202egpj.exe", "agpj.exe.pdf"), ("", "附件.pdf"),
        ("...", "附件.pdf"), ("con", "_con.pdf"), ('a"b\r\n%;.pdf', "a_b____.pdf"), ("龚䶮𠮷.pdf", "龚䶮𠮷.pdf"),
        ("长" * 200, "长" * 95 + ".pdf"),
    ],
)  # fmt: skip
def test_names_are_cleaned_and_end_with_what_they_are(given: str, kept: str) -> None:
    assert clean_name(given, (".pdf",)) == kept


def test_downloads_are_saved_and_never_run() -> None:
    assert dict(download_headers("报名表 1.pdf")) == {
        "content-disposition": "attachment; filename=\"_1.pdf\"; filename*=UTF-8''%E6%8A%A5%E5%90%8D%E8%A1%A8%201.pdf",
        "content-security-policy": "default-src 'none'; sandbox",
        "x-content-type-options": "nosniff",
    }


def on_disk(content: bytes) -> Path:
    digest = hashlib.sha256(content).hexdigest()
    return Settings.from_env().home / "media" / digest[:2] / digest


async def test_what_is_kept_can_be_read_and_stands_in_the_ledger(database: Engine) -> None:
    one, other = await asyncio.gather(
        stored.keep("报名表.exe", PDF_FILE, 3, NOW), stored.keep("again.pdf", PDF_FILE, 4, NOW)
    )
    digest = hashlib.sha256(PDF_FILE).hexdigest()
    facts, content = await stored.read(one)
    assert content == PDF_FILE == on_disk(PDF_FILE).read_bytes()
    assert facts == stored.FileFacts(one, digest, "报名表.exe.pdf", "application/pdf", len(PDF_FILE), 3, NOW)
    assert (await stored.facts(other)).sha256 == digest
    assert [path for path in on_disk(PDF_FILE).parent.iterdir() if path.name.startswith(".part")] == []
    entry = (await ledger.entries(f"file:{one}"))[0]
    assert (entry.act, entry.actor, dict(entry.payload)) == (
        "file.kept", "account:3", {"sha256": digest, "size": len(PDF_FILE), "kind": ".pdf"},
    )  # fmt: skip


async def test_a_refused_file_is_named_and_leaves_nothing(database: Engine) -> None:
    page = b"<html>not kept</html>"
    with pytest.raises(Refused) as caught:
        await stored.keep("C:\\x\\page.pdf", page, 3, NOW, field="paper")
    assert list(caught.value.problems) == [Problem("file_kind", "paper", {"name": "page.pdf"})]
    assert not on_disk(page).exists()
    with pytest.raises(Refused) as caught:
        stored.check("", b"")
    assert list(caught.value.problems) == [Problem("stored_missing", "file")]
    with pytest.raises(Refused) as caught:
        stored.check("a.txt", b"a" * (stored.MOST + 1))
    assert list(caught.value.problems) == [Problem("stored_large", "file", {"name": "a.txt", "most": "2"})]
    with pytest.raises(NotFound):
        await stored.read(999)


async def test_a_file_that_was_changed_on_the_disk_is_not_handed_out(database: Engine) -> None:
    content = b"%PDF-1.7 changed later\n%%EOF"
    file_id = await stored.keep("a.pdf", content, 3, NOW)
    on_disk(content).write_bytes(b"something else")
    with pytest.raises(stored.FileDamagedError):
        await stored.read(file_id)
    on_disk(content).unlink()
    with pytest.raises(stored.FileDamagedError):
        await stored.read(file_id)
    assert await stored.keep("a.pdf", content, 3, NOW) == file_id + 1
    assert (await stored.read(file_id))[1] == content
