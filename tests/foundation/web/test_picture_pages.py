"""Pictures at their addresses: everyone's while they are published, nobody's afterwards, and nothing but pictures."""

from datetime import UTC, datetime

import pytest

from foundation.files import picture_reads, pictures, stored
from foundation.store.engines import Engine
from foundation.store.transactions import transaction
from tests.foundation.files.pictures_made_up import telling
from tests.web import visitors

NOW = datetime(2026, 3, 9, 1, 30, tzinfo=UTC)


async def picture_of(*, published: bool) -> picture_reads.ShownPicture:
    one = await pictures.keep_picture("凌.jpg", telling(size=(700, 900)), '凌师傅 "车床" & 学徒', 3, NOW)
    if published:
        async with transaction():
            await pictures.publish(one)
    return (await picture_reads.shown([one], also_hidden=True))[one]


async def test_an_address_answers_from_publication_to_revocation_in_every_process(database: Engine) -> None:
    shown = await picture_of(published=False)
    at = shown.address("portrait", 320, "webp")
    async with visitors() as web:
        anybody = web.visitor()
        assert (await anybody.get(at)).status_code == 404
        async with transaction():
            await pictures.publish(shown.id)
        sent = await anybody.get(at)
        assert (sent.status_code, sent.headers["content-type"], sent.content[8:12]) == (200, "image/webp", b"WEBP")
        assert {name: sent.headers[name] for name in sent.headers if name.startswith(("c", "x-c")) and "-" in name} == {
            "cache-control": "public, max-age=0, must-revalidate",
            "content-length": str(len(sent.content)),
            "content-security-policy": "default-src 'none'; sandbox",
            "content-type": "image/webp",
            "cross-origin-opener-policy": "same-origin",
            "cross-origin-resource-policy": "cross-origin",
            "x-content-type-options": "nosniff",
        }
        assert "set-cookie" not in sent.headers
        again = await anybody.get(at, headers={"if-none-match": f'"x", W/{sent.headers["etag"]}'})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", sent.headers["etag"])
        assert (await anybody.client.head(at)).status_code == 200
        async with transaction():
            await pictures.revoke(shown.id)
        assert (await anybody.get(at)).status_code == 404
        assert (await anybody.get(at, headers={"if-none-match": sent.headers["etag"]})).status_code == 404


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_no_other_file_is_ever_reached(database: Engine) -> None:
    shown = await picture_of(published=True)
    other = await picture_of(published=False)
    file = await stored.facts(shown.file_id)
    async with visitors() as web:
        anybody = web.visitor()
        for name in (
            "full-321.webp", "full-320.jpg", "full-0320.webp", "full-320.webp.", "original.jpg", "full-320", "..%2f..",
            "", file.sha256, f"..%2f{file.sha256}", "full-99999.webp", "full-320.webp%00", "FULL-320.webp", "-1.webp",
        ):  # fmt: skip
            assert (await anybody.get(f"/pictures/{shown.code}/{name}")).status_code == 404, name
        for code in (other.code, shown.code.lower(), "x" * 5000, "1", file.sha256):
            assert (await anybody.get(f"/pictures/{code}/full-320.webp")).status_code == 404, code
