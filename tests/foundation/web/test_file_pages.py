"""Uploads on pages: what is refused says why and where, and what is downloaded is never shown in our name."""

import pytest

from foundation.files import media, uses
from foundation.files.tables import StoredFile
from foundation.process import attachments, circulars
from foundation.store.engines import Engine
from tests.foundation.process.circulars_made_up import NOW, PDF, drafted, province
from tests.web import visitors

MB = 1024 * 1024
only_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_refused_file_says_why_at_its_field(database: Engine) -> None:
    made = await province()
    number = await drafted(made)
    async with visitors() as web:
        ling = await web.signed_in("ling")
        at = f"/office/circulars/{number}"
        assert "涉密" in (await ling.get(at)).text
        for name, content, word in (
            ("网页.pdf", b"<html><script>alert(1)</script>", "网页.pdf"),
            ("空.pdf", b"", "空.pdf"),
            ("夹带.pdf", PDF + b"PK\x05\x06 and more", "夹带.pdf"),
        ):
            page = await ling.post(f"{at}/files", {"act": "add"}, files={"file": (name, content)})
            assert (page.status_code, word in page.text, 'id="f-file-error"' in page.text) == (422, True, True)
        assert (await ling.post(f"{at}/files", {"act": "add"})).status_code == 422
        assert (await ling.post(f"{at}/files", {"act": "remove"})).status_code == 422
        assert (await ling.post(f"{at}/files", {"act": "remove", "remove": "7"})).status_code == 404
        large = await ling.post(f"{at}/files", {"act": "add"}, files={"file": ("a.txt", b"a" * 21 * MB)})
        assert (large.status_code, "20 MB" in large.text and 'id="f-file-error"' in large.text) == (422, True)
        huge = await ling.post(f"{at}/files", {"act": "add"}, files={"file": ("a.txt", b"a" * 43 * MB)})
        assert huge.status_code == 413
    assert await attachments.of(f"circular:{number}") == []


async def test_a_file_is_downloaded_under_its_cleaned_name(database: Engine) -> None:
    made = await province()
    number = await drafted(made)
    await attachments.add(circulars.PAPER, number, '../../报名"表\u202e.exe', PDF, made.people["ling"], NOW)
    async with visitors() as web:
        ling = await web.signed_in("ling")
        file = await ling.get(f"/office/circulars/{number}/files/1")
        assert file.headers["content-disposition"].endswith("filename*=UTF-8''%E6%8A%A5%E5%90%8D_%E8%A1%A8.exe.pdf")
        assert file.headers["x-content-type-options"] == "nosniff"
        assert file.headers["cache-control"] == "private, no-store"
        assert (await web.visitor().get(f"/office/circulars/{number}/files/1")).status_code in {302, 303}


@only_sqlite
async def test_a_large_file_is_streamed_kept_and_used_and_nothing_is_left_lying(database: Engine) -> None:
    made = await province()
    number = await drafted(made)
    at = f"/office/circulars/{number}"
    content = b"%PDF-1.7\n" + b"1 0 obj <<>> endobj\n" * 400_000 + b"%%EOF\n"
    before = set(media.parts().iterdir())
    async with visitors() as web:
        ling = await web.signed_in("ling")
        for _ in range(2):
            page = await ling.post(f"{at}/files", {"act": "add"}, files={"file": ("大图纸.pdf", content)})
            assert page.status_code == 303
        file = await ling.get(f"{at}/files/1")
        assert (file.content == content, file.headers["content-length"]) == (True, str(len(content)))
        assert file.headers["content-security-policy"] == "default-src 'none'; sandbox"
        assert (await ling.client.head(f"{at}/files/1")).content == b""
        assert set(media.parts().iterdir()) == before
        assert [use.role for use in await uses.uses_of(f"circular:{number}")] == ["attachment", "attachment"]
        assert (await ling.post(f"{at}/files", {"act": "remove", "remove": "1"})).status_code == 303
        assert len(await uses.uses_of(f"circular:{number}")) == 1


@only_sqlite
async def test_what_a_stranger_sends_is_not_written_anywhere_and_is_named_behind_the_door(database: Engine) -> None:
    made = await province()
    number = await drafted(made)
    before = set(media.root().rglob("*"))
    async with visitors() as web:
        stranger, ling = web.visitor(), await web.signed_in("ling")
        data = {"act": "add", "csrf_token": ling.csrf}
        at, file = f"/office/circulars/{number}/files", {"file": ("机密.pdf", PDF * 100_000)}
        page = await stranger.post(at, data, files=file)
        assert (page.status_code, "kept.act" in page.text) == (401, True)
        foreign = await ling.client.post(at, data=data, files=file, headers={"origin": "http://elsewhere.test"})
        assert foreign.status_code == 403
        ling.csrf = ling.csrf[::-1]
        again = await ling.post(at, {"act": "add"}, files=file)
        assert again.status_code == 403
    assert set(media.root().rglob("*")) <= {*before, media.parts()}
    assert await StoredFile.count() == 0


@only_sqlite
@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400), (b"--x", 400), (b"--x\r\nbroken", 400), (b"no boundary at all", 400),
        (b'--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nhalf', 400),
        (b'--x\r\nContent-Disposition: form-data; name="a"\r\nContent-Type: text/plain; charset=none\r\n\r\n?\r\n--x--',
         400),
        (b'--x\r\nContent-Disposition: form-data; name="act"\r\n\r\n' + b"a" * 3 * MB + b"\r\n--x--\r\n", 413),
    ],
)  # fmt: skip
async def test_broken_bodies_are_answered_and_leave_nothing(database: Engine, body: bytes, status: int) -> None:
    made = await province()
    number = await drafted(made)
    before = set(media.parts().iterdir())
    async with visitors() as web:
        ling = await web.signed_in("ling")
        headers = {"origin": "http://ganpo.test", "content-type": "multipart/form-data; boundary=x"}
        page = await ling.client.post(f"/office/circulars/{number}/files", content=body, headers=headers)
        assert page.status_code == status
    assert set(media.parts().iterdir()) == before
