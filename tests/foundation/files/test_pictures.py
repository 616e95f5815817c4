"""Pictures: whatever came, what is kept is upright, small enough and tells nothing; what is revoked is gone."""

import asyncio
import io
import struct
import zlib
from datetime import UTC, datetime

import pytest
from PIL import Image

from foundation.base.problem import NotFound, Problem, Refused
from foundation.files import media, picture_reads, pictures, stored, uses
from foundation.files.tables import Picture, Rendition, StoredFile
from foundation.store import generations, ledger
from foundation.store.engines import Engine
from foundation.store.transactions import TransactionError, transaction
from tests.foundation.files.pictures_made_up import SECRETS, drawn, noisy, telling
from tests.foundation.files.test_stored import PDF_FILE, packed

NOW = datetime(2026, 3, 9, 1, 30, tzinfo=UTC)
only_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


async def kept(content: bytes, **more: object) -> int:
    return await pictures.keep_picture("照片.jpg", content, "凌师傅在车床前", 3, NOW, **more)  # type: ignore[arg-type]


async def contents_of(picture_id: int) -> dict[tuple[str, int, str], bytes]:
    rows = await Rendition.select().where(Rendition.picture == picture_id)
    return {(row["shape"], row["width"], row["format"]): stored.content_of(row["sha256"]) for row in rows}


def colour_at(content: bytes, across: float, down: float) -> tuple[int, ...]:
    with Image.open(io.BytesIO(content)) as image:
        found = image.convert("RGB").getpixel((int(image.width * across), int(image.height * down)))
    assert isinstance(found, tuple)
    return found


def near(one: tuple[int, ...], other: tuple[int, ...]) -> bool:
    return all(abs(a - b) < 40 for a, b in zip(one, other, strict=True))


async def test_a_picture_is_offered_in_shapes_widths_and_formats_never_above_its_own(database: Engine) -> None:
    one = await kept(telling(size=(1000, 800)))
    shown = (await picture_reads.shown([one], also_hidden=True))[one]
    assert (shown.alt, shown.width, shown.height, shown.focus) == ("凌师傅在车床前", 1000, 800, (500, 400))
    assert shown.formats("full") == list(pictures.FORMATS)
    assert {shape: list(shown.sizes(shape)) for shape in ("full", "portrait", "square")} == {
        "full": [(320, 256), (640, 512), (1000, 800)],
        "portrait": [(320, 427), (600, 800)],
        "square": [(320, 320), (640, 640), (800, 800)],
    }
    for (shape, width, _), content in (await contents_of(one)).items():
        with Image.open(io.BytesIO(content)) as image:
            assert (image.size, image.mode) == ((width, dict(shown.sizes(shape))[width]), "RGB")


@only_sqlite
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF"])
async def test_nothing_but_pixels_comes_out(database: Engine, kind: str) -> None:
    content = telling(kind)
    assert SECRETS[0] in content
    one = await kept(content)
    row = await Picture.select(Picture.file).where(Picture.id == one).first()
    assert row is not None
    original = (await stored.read(row["file"]))[1]
    for each in [original, *(await contents_of(one)).values()]:
        assert [secret for secret in (*SECRETS, b"Exif", b"ICC", b"acsp", b"GPS", b"XMP ") if secret in each] == []
        with Image.open(io.BytesIO(each)) as image:
            assert (dict(image.getexif()), image.info.get("icc_profile"), image.info.get("comment")) == ({}, None, None)
    for path in media.root().rglob("*"):
        if path.is_file():
            assert content != path.read_bytes(), "what was uploaded is kept nowhere"


@only_sqlite
@pytest.mark.parametrize("orientation", range(1, 9))
async def test_a_picture_that_was_taken_sideways_is_upright(database: Engine, orientation: int) -> None:
    image = drawn((640, 480))
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # how the sensor saw what we want to see
    data = io.BytesIO()
    turned = image if orientation == 1 else image.transpose(Image.Transpose(back[orientation]))
    said = Image.Exif()
    said[0x0112] = orientation
    turned.save(data, "JPEG", exif=said, quality=95)
    one = await kept(data.getvalue())
    full = (await contents_of(one))["full", 640, "webp"]
    assert near(colour_at(full, 0.1, 0.1), (200, 30, 30))
    assert near(colour_at(full, 0.9, 0.1), (30, 160, 40))
    assert near(colour_at(full, 0.1, 0.9), (40, 60, 190))


@only_sqlite
async def test_other_colours_become_srgb(database: Engine) -> None:
    out = io.BytesIO()
    image = Image.new("RGBA", (200, 200), (255, 0, 0, 0))
    image.save(out, "PNG")
    assert near(colour_at((await contents_of(await kept(out.getvalue())))["full", 200, "webp"], 0.5, 0.5), (255,) * 3)
    for mode, colour in (("CMYK", (0, 255, 255, 0)), ("L", 120), ("P", 3), ("I;16", 30000), ("LA", (9, 255))):
        out = io.BytesIO()
        Image.new(mode, (200, 200), colour).save(out, "JPEG" if mode == "CMYK" else "PNG")
        await kept(out.getvalue())


@only_sqlite
async def test_crops_keep_the_focal_point_in_view_and_can_be_cut_anew(database: Engine) -> None:
    one = await kept(telling(size=(1600, 800)), focus=(0, 0))
    assert near(colour_at((await contents_of(one))["square", 640, "webp"], 0.05, 0.05), (200, 30, 30))
    await pictures.refocus(one, (1000, 500), by=3)
    files = await contents_of(one)
    assert near(colour_at(files["square", 640, "webp"], 0.95, 0.05), (30, 160, 40))
    assert near(colour_at(files["full", 640, "webp"], 0.05, 0.05), (200, 30, 30))
    assert (await picture_reads.shown([one], also_hidden=True))[one].focus == (1000, 500)
    with pytest.raises(Refused):
        await pictures.refocus(one, (1001, 0))
    with pytest.raises(NotFound):
        await pictures.refocus(999, (1, 1))


def png_bomb(width: int, height: int) -> bytes:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    lines = zlib.compress(bytes((width * 3 + 1) * min(height, 2000)), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", lines) + chunk(b"IEND", b"")


JPEG_FILE = telling(size=(400, 300))


@only_sqlite
@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"), (PDF_FILE, "picture_kind"), ("一、报名".encode(), "picture_kind"),
        (b"GIF89a" + bytes(30), "picture_kind"), (packed("a.jpg"), "picture_kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "picture_kind"),
        (png_bomb(30_000, 30_000), "picture_pixels"), (png_bomb(7_200, 7_000), "picture_pixels"),
        (png_bomb(40, 400), "picture_small"), (png_bomb(5_000, 100), "picture_small"),
        (png_bomb(500, 500)[:-30], "file_broken"), (JPEG_FILE[: len(JPEG_FILE) // 2], "file_broken"),
        (b"\xff\xd8\xff\xfe\x00\x04\xff\xd9" + JPEG_FILE[2 : len(JPEG_FILE) // 2], "picture_broken"),
        (telling("WEBP")[:-100], "file_broken"), (telling("HEIF")[:-100], "file_broken"),
        (telling("HEIF") + packed("a.txt"), "file_two_kinds"), (JPEG_FILE + packed("a.txt"), "file_two_kinds"),
        (telling("PNG", (300, 300)) + b"<script>", "file_two_kinds"),
        (b"\xff\xd8\xff\xe0" + bytes(200) + b"\xff\xd9", "picture_broken"),
    ],
)  # fmt: skip
async def test_what_is_no_whole_picture_is_refused_in_one_sentence(database: Engine, content: bytes, code: str) -> None:
    with pytest.raises(Refused) as caught:
        await kept(content)
    (problem,) = caught.value.problems
    assert problem == Problem(code, "picture", {"name": "照片.jpg"})
    assert await Picture.count() == await StoredFile.count() == 0


@only_sqlite
async def test_everything_that_is_wrong_is_told_at_once(database: Engine) -> None:
    with pytest.raises(Refused) as caught:
        await pictures.keep_picture("a.pdf", PDF_FILE, " ", 3, NOW, focus=(1, 1001), field="portrait")
    assert [(problem.field, problem.code) for problem in caught.value.problems] == [
        ("portrait", "picture_kind"), ("alt", "picture_alt_missing"), ("focus", "picture_focus"),
    ]  # fmt: skip
    with pytest.raises(Refused) as caught:
        await pictures.keep_picture("a.jpg", JPEG_FILE, "长" * 201, 3, NOW)
    assert list(caught.value.problems) == [Problem("picture_alt_long", "alt", {"most": "200"})]
    with pytest.raises(Refused) as caught:
        await pictures.keep_picture("a.jpg", b"\xff\xd8\xff" + bytes(21 * 1024 * 1024), "x", 3, NOW)
    assert [problem.code for problem in caught.value.problems] == ["stored_large"]


async def test_a_picture_is_seen_from_its_publication_to_its_revocation(database: Engine) -> None:
    one = await kept(JPEG_FILE)
    assert await picture_reads.shown([one, 999]) == {}
    code = (await picture_reads.shown([one], also_hidden=True))[one].code
    with pytest.raises(NotFound):
        await picture_reads.public_rendition(code, "full", 320, "webp")
    with pytest.raises(TransactionError):
        await pictures.publish(one)
    async with transaction():
        await pictures.publish(one, "honour:31", by=3)
        await pictures.publish(one, "honour:31", by=3)
    shown = (await picture_reads.shown([one]))[one]
    assert (shown.code, len(code), shown.address("full", 320, "webp")) == (code, 26, f"/pictures/{code}/full-320.webp")
    sent = await picture_reads.public_rendition(code, "full", 320, "webp")
    assert (sent.media_type, sent.size) == ("image/webp", len(await sent.content()))
    before = (await generations.read([f"picture:{one}"]))[f"picture:{one}"]
    async with transaction():
        await pictures.revoke(one, by=3, now=NOW)
        await pictures.revoke(one, by=3, now=NOW)
    assert (await generations.read([f"picture:{one}"]))[f"picture:{one}"] == before + 1
    assert await picture_reads.shown([one]) == {}
    with pytest.raises(NotFound):
        await picture_reads.public_rendition(code, "full", 320, "webp")
    assert (await picture_reads.hidden_rendition(one, "full", 320, "webp")).sha256 == sent.sha256
    async with transaction():
        await pictures.publish(one)
    again = (await picture_reads.shown([one]))[one]
    assert again.code != code
    with pytest.raises(NotFound):
        await picture_reads.public_rendition(code, "full", 320, "webp")
    acts = [entry.act for entry in await ledger.entries(f"picture:{one}")]
    assert acts == ["picture.published", "picture.revoked", "picture.published", "picture.kept"]


@only_sqlite
async def test_nothing_is_published_without_words_for_it(database: Engine) -> None:
    one = await pictures.keep_undescribed("a.jpg", JPEG_FILE, 3, NOW)
    with pytest.raises(Refused):
        async with transaction():
            await pictures.publish(one)
    async with transaction():
        await pictures.describe(one, " 凌师傅 ")
        await pictures.publish(one)
        await pictures.hang(one, "honour:1", "portrait")
    assert (await picture_reads.shown([one]))[one].alt == "凌师傅"
    assert [use.role for use in await uses.uses_of("honour:1")] == ["portrait"]


@only_sqlite
async def test_many_at_once_wait_for_their_turn(database: Engine) -> None:
    made = await asyncio.gather(*(kept(noisy((300, 400), seed)) for seed in range(3)))
    assert sorted(made) == [1, 2, 3]
