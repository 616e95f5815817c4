"""A unit's own system sends photographs to what it handed in: once for each key, cleaned, and to nobody else's."""

import asyncio

from foundation.files import media, stored
from foundation.files.limits import PICTURE
from foundation.files.tables import Picture
from foundation.people.token_tables import ApiAnswer
from foundation.store import ledger
from innovations import proposal_pictures
from innovations.proposal_tables import Proposal, ProposalPicture
from tests.foundation.files.pictures_made_up import SECRETS, telling
from tests.foundation.web.test_api import LIST, SENT, send, token
from tests.innovations.made_up import works
from tests.web import visitors


def photograph(number: int = 0) -> bytes:
    """A picture that says where it was taken, and by which camera."""
    return telling(size=(640, 480 + number))


async def put(web, number: int, sent: str, content: bytes | None, key: str = "key-picture-1", alt: str = ""):
    headers = {"idempotency-key": key, "authorization": f"Bearer {sent}"}
    files = {"picture": ("窑.jpg", content, "image/jpeg")} if content is not None else {"other": ("x", b"x")}
    return await web.visitor().client.post(
        f"{LIST}/{number}/photographs", data={"alt": alt}, files=files, headers=headers
    )


async def handed_in(web, good: str) -> int:
    return int((await send(web, LIST, good, SENT)).json()["id"])


async def test_a_photograph_is_cleaned_and_hung_once_however_often_it_is_sent(database):
    here = await works()
    _, good = await token(here)
    content = photograph()
    async with visitors() as web:
        number = await handed_in(web, good)
        first, twin = await asyncio.gather(*(put(web, number, good, content, alt="三种码放图") for _ in "12"))
        assert (first.status_code, twin.status_code) == (201, 201), first.text
        assert first.json() == twin.json()
        made = await Picture.count()
        again = await put(web, number, good, content, alt="三种码放图")
        assert (again.json(), again.headers["idempotency-replayed"]) == (first.json(), "true")
        assert await Picture.count() == made  # nothing was made for what is only answered again
        other = await put(web, number, good, photograph(9), alt="三种码放图")
        assert (other.status_code, other.json()["problems"][0]["code"]) == (422, "api_key_again")
        (shown,) = await proposal_pictures.of(number)
        assert (shown.id, shown.alt) == (first.json()["id"], "三种码放图")
        rows = await Picture.select(Picture.file, Picture.published).where(Picture.id == shown.id)
        assert not rows[0]["published"]
        kept = media.place((await stored.facts(rows[0]["file"])).sha256).read_bytes()
        assert not any(secret in kept for secret in SECRETS)
        page = await (await web.signed_in("mei")).get(f"/proposals/desk/{number}")
        assert "三种码放图" in page.text
    acts = [one.act for one in await ledger.entries(f"proposal:{number}")]
    assert acts.count("proposal.picture_in") == 1


async def test_what_is_no_picture_too_large_too_many_or_somebody_else_s_is_refused(database):
    here = await works()
    _, good = await token(here)
    _, stranger = await token(here, "other")
    workers_own, _ = await here.sent()
    async with visitors() as web:
        number = await handed_in(web, good)
        for content, code in ((None, "picture_missing"), (b"%PDF-1.7 x", ""), (b"x" * (PICTURE.most + 1), "")):
            wrong = await put(web, number, good, content)
            assert (wrong.status_code, wrong.json()["problems"][0]["field"]) == (422, "/picture"), wrong.text
            assert code in wrong.json()["problems"][0]["code"]
        wrong = await put(web, number, good, photograph(), alt="字" * 201)
        assert (wrong.status_code, wrong.json()["problems"][0]["field"]) == (422, "/alt")
        form = {"files": {"picture": ("a.jpg", photograph(), "image/jpeg")}, "data": {"caption": "码放图"}}
        headers = {"authorization": f"Bearer {good}", "idempotency-key": "key-00000009"}
        wrong = await web.visitor().client.post(f"{LIST}/{number}/photographs", headers=headers, **form)
        told = [(one["code"], one["field"]) for one in wrong.json()["problems"]]
        assert (wrong.status_code, told) == (422, [("api_unknown", "/caption")])  # refused, not passed over
        assert (await send(web, f"{LIST}/{number}/photographs", good, {})).status_code == 415
        wrong = await put(web, number, good, photograph(), key="x")
        assert wrong.json()["problems"][0]["field"] == "Idempotency-Key"
        assert (await put(web, number, stranger, photograph())).status_code == 404
        assert (await put(web, number, "x", photograph())).status_code == 401
        wrong = await put(web, workers_own, good, photograph())  # what a worker wrote is the worker's
        assert (wrong.status_code, wrong.json()["problems"][0]["code"]) == (409, "proposal_not_writable")
        assert await Picture.count() == await ProposalPicture.count() == 0
        picture = await put(web, number, good, photograph())
        assert picture.status_code == 201
        rows = [ProposalPicture(proposal=number, picture=picture.json()["id"]) for _ in range(3)]
        await ProposalPicture.insert(*rows)
        wrong = await put(web, number, good, photograph(1), key="key-picture-2")
        assert [one["code"] for one in wrong.json()["problems"]] == ["proposal_pictures_many"]
        assert await ApiAnswer.count() == 2  # of what was done
        await Proposal.update({Proposal.stage: "accepted"}).where(Proposal.id == number)
        wrong = await put(web, number, good, photograph(2), key="key-picture-3")
        assert (wrong.status_code, wrong.json()["problems"][0]["code"]) == (409, "proposal_not_writable")
