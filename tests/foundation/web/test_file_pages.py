"""Uploads on pages: what is refused says why and where, and what is downloaded is never shown in our name."""

import pytest

from foundation.process import attachments, circulars
from foundation.store.engines import Engine
from tests.foundation.process.circulars_made_up import NOW, PDF, drafted, province
from tests.web import visitors


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
        large = await ling.post(f"{at}/files", {"act": "add"}, files={"file": ("a.txt", b"a" * 3_000_000)})
        assert large.status_code == 413
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
