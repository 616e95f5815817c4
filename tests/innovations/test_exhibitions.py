"""Exhibitions from a draft to halls, talks, papers and a calendar; what is published no more is in none of them."""

import io
import json
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pypdfium2
import pytest
from msgspec.structs import replace

from foundation.base.problem import NotFound
from foundation.base.settings import Settings
from foundation.papers import posters
from foundation.papers.posters import Card, Size
from foundation.process import suspensions
from foundation.store.transactions import transaction
from innovations import exhibition_papers, exhibition_reads, exhibitions, innovation_versions, innovations, library
from innovations.exhibitions import ExhibitionFacts
from innovations.innovation_tables import Innovation
from innovations.library_tables import Exhibit, Exhibition
from innovations.rules.exhibitions import By, ExhibitionDraft, Placed, Stage, TalkDraft
from innovations.rules.innovations import Stage as InnovationStage
from innovations.rules.publicity import Publicity
from tests.innovations.made_up import NOW, works
from tests.innovations.rules.foil import FOIL
from tests.innovations.studios_made_up import refused
from tests.innovations.test_public_json import entries
from tests.web import visitors

DRAFT = ExhibitionDraft("2026年成果交流展", NOW.date(), NOW.date(), "选自成果库")
TYPED = {"name": DRAFT.name, "starts_on": "2026-11-01", "ends_on": "2026-11-30", "intro": DRAFT.intro}
TALK = {
    "title": "一根针",
    "speaker": "肖亦禾",
    "place": "一号厅",
    "on": "2026-11-02",
    "from": "14:00",
    "until": "15:00",
}


async def published(here, title: str, unit: str = "works", public: str = Publicity.PUBLIC.value) -> int:
    number = await innovations.begin(replace(FOIL, title=title), here.places[unit], 1, NOW)
    await innovations.clear(number, 1, 1, NOW)
    await innovation_versions.hand_in(number, "", 2, 1, NOW)
    await say(number, public)
    return number


async def say(number: int, public: str) -> None:
    values = {Innovation.publicity: public, Innovation.stage: InnovationStage.AWARDED.value}
    async with transaction():
        await Innovation.update(values).where(Innovation.id == number)
        await library.refresh(number, NOW)


async def made(here, *titles: str) -> tuple[int, list[int]]:
    """A draft with these innovations chosen."""
    ids = [await published(here, title) for title in titles]
    number = await exhibitions.create(DRAFT, here.places["root"], 1, NOW)
    await exhibitions.choose(number, ids, ids, 1)
    return number, ids


async def facts_of(number: int) -> ExhibitionFacts:
    row = await Exhibition.select().where(Exhibition.id == number).first()
    return exhibitions.facts(row)


async def halls_of(number: int) -> list[tuple[str, list[str]]]:
    return [(hall.name, [one.said.title for one in hall.exhibits]) for hall in await exhibition_reads.halls(number)]


async def test_halls_are_proposed_then_arranged_and_what_is_unpublished_leaves_and_comes_back(database):
    here = await works()
    number, ids = await made(here, "夹具", "色卡")
    far = await published(here, "料架", "other")
    await exhibitions.choose(number, [*ids, far], [*ids, far], 1)
    await exhibitions.propose_halls(number, By.CITY, {}, 1)
    assert await halls_of(number) == [("景德镇市总工会", ["夹具", "色卡", "料架"])]
    placed = [Placed(ids[0], "二号厅", 2), Placed(ids[1], "二号厅", 3), Placed(far, "一号厅", 1)]
    row = await facts_of(number)
    await exhibitions.arrange(number, placed, [*ids, far], row.revision, 1)
    assert await halls_of(number) == [("一号厅", ["料架"]), ("二号厅", ["夹具", "色卡"])]
    await say(ids[0], Publicity.INTERNAL.value)
    assert await halls_of(number) == [("一号厅", ["料架"]), ("二号厅", ["色卡"])]
    late = exhibitions.arrange(number, [], [ids[1], far], row.revision, 1)
    assert await refused(late) == [("", "exhibition_changed")]
    await exhibitions.arrange(number, [Placed(ids[1], "二号厅", 3)], [ids[1], far], row.revision + 1, 1)
    await say(ids[0], Publicity.PUBLIC.value)  # it was not on the form, so it was not taken off
    assert await halls_of(number) == [("二号厅", ["夹具", "色卡"])]


async def test_only_what_is_published_is_chosen(database):
    here = await works()
    number, ids = await made(here, "夹具")
    secret = await published(here, "内部", public=Publicity.INTERNAL.value)
    with pytest.raises(NotFound):
        await exhibitions.choose(number, [secret], [secret], 1)
    with pytest.raises(NotFound):
        await exhibitions.arrange(number, [Placed(secret, "一号厅", 1)], [secret], 2, 1)
    assert [one.title for one in await exhibition_reads.offers(number)] == ["夹具"]
    await exhibitions.choose(number, [], ids, 1)
    assert await Exhibit.count() == 0
    assert await refused(exhibitions.take_step(number, "show", 1)) == [("", "exhibition_empty")]
    assert await refused(exhibitions.take_step(number, "close", 1)) == [("", "exhibition_step_late")]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_an_exhibition_from_its_desk_to_everyone(database):
    here = await works()
    number = await published(here, "夹具")
    async with visitors() as web:
        office, stranger = await web.signed_in("sheng"), web.visitor()
        page = await office.post("/exhibitions/desk", {**TYPED, "ends_on": "昨天"})
        assert page.status_code == 422
        assert 'value="昨天"' in page.text
        at = (await office.post("/exhibitions/desk", TYPED)).headers["location"].split("?")[0]
        address = "2026-1"
        assert (await stranger.get(f"/exhibitions/{address}")).status_code == 404  # a draft is nobody's
        chosen = {"chosen": str(number), "offered": str(number)}
        assert (await office.post(f"{at}/exhibits", chosen)).status_code == 303
        assert (await office.post(f"{at}/halls", {"by": "x"})).status_code == 422
        assert (await office.post(f"{at}/halls", {"by": "city"})).status_code == 303
        places = {f"hall-{number}": "瓷器厅", f"number-{number}": "零", "revision": "3"}
        page = await office.post(f"{at}/arrangement", places)
        assert page.status_code == 422
        assert 'value="零"' in page.text
        assert (await office.post(f"{at}/arrangement", {**places, f"number-{number}": "8"})).status_code == 303
        assert (await office.post(f"{at}/talks", {**TALK, "until": "13:00"})).status_code == 422
        assert (await office.post(f"{at}/talks", TALK)).status_code == 303
        assert (await office.post(f"{at}/step", {"step": "show"})).status_code == 303
        page = await stranger.get(f"/exhibitions/{address}")
        for shown in ("瓷器厅", "夹具", "一根针", "2026年11月2日 14:00 – 15:00"):
            assert shown in page.text
        assert "夹具" in (await stranger.get(f"/exhibitions/{address}/halls/1")).text
        assert (await stranger.get(f"/exhibitions/{address}/halls/2")).status_code == 404
        assert "DTSTART:20261102T060000Z" in (await stranger.get(f"/exhibitions/{address}/talks.ics")).text
        assert DRAFT.name in (await stranger.get("/exhibitions")).text
        for name in ("poster-a4.pdf", "poster-a3.pdf", "cards.pdf"):
            assert (await office.get(f"{at}/{name}")).content.startswith(b"%PDF")
        await say(number, Publicity.INTERNAL.value)
        for path in ("", "/halls/1"):
            assert "夹具" not in (await stranger.get(f"/exhibitions/{address}{path}")).text
        talk = (await exhibition_reads.talks(1))[0].id
        assert (await office.post(f"{at}/talks/{talk}/removal")).status_code == 303
        assert (await stranger.get(f"/exhibitions/{address}/talks.ics")).status_code == 404
        await office.post(f"{at}/step", {"step": "hide"})
        assert (await stranger.get(f"/exhibitions/{address}")).status_code == 404


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_is_not_among_the_newest_is_found_by_words_and_chosen(database, monkeypatch):
    here = await works()
    old, _ = await published(here, "夹具"), await published(here, "色卡")
    monkeypatch.setattr(exhibition_reads, "OFFERED", 1)
    async with visitors() as web:
        office = await web.signed_in("sheng")
        at = (await office.post("/exhibitions/desk", TYPED)).headers["location"].split("?")[0]

        def offered(page) -> list[str]:
            return re.findall(r'name="offered" value="(\d+)"', page.text)

        assert str(old) not in offered(await office.get(at))
        page = await office.get(f"{at}?q=夹具")
        assert offered(page) == [str(old)]
        assert 'value="夹具"' in page.text
        assert "没有找到这样的成果。" in (await office.get(f"{at}?q=查无此物")).text
        wrong = await office.get(f"{at}?q=年:去年")
        assert (wrong.status_code, 'id="f-q-error"' in wrong.text) == (200, True)
        assert (await office.post(f"{at}/exhibits", {"chosen": str(old), "offered": str(old)})).status_code == 303
    assert await exhibition_reads.innovations_of(1) == [old]


def linked(page) -> dict[str, Any]:
    return json.loads(re.search(r'ld\+json">(.*?)</script>', page.text, re.S).group(1))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_programs_read_what_the_pages_show_and_no_more(database):
    here = await works()
    number, ids = await made(here, "夹具", "色卡")
    at = datetime(2026, 11, 2, 6, tzinfo=UTC)
    await exhibitions.add_talk(number, TalkDraft("一根针", "肖亦禾", "一号厅", at, at + timedelta(hours=1)), 1)
    address = (await facts_of(number)).address
    one, page = f"/api/exhibitions/{address}", f"/exhibitions/{address}"
    async with visitors() as web:
        stranger = web.visitor()
        assert (await stranger.get(one)).status_code == 404  # a draft is nobody's
        assert (await stranger.get("/api/exhibitions")).json() == {"exhibitions": [], "next": None}
        await exhibitions.take_step(number, "show", 1)
        line = {
            "address": address, "page": page, "name": DRAFT.name, "starts_on": "2026-05-12", "ends_on": "2026-05-12",
            "state": "public",
        }  # fmt: skip
        assert (await stranger.get("/api/exhibitions")).json() == {"exhibitions": [line], "next": None}
        answer = await stranger.get(one)
        said = answer.json()
        exhibits = said["halls"][0].pop("exhibits")
        assert said == {
            **line, "intro": DRAFT.intro, "host": "省总工会", "calendar": f"{page}/talks.ics",
            "halls": [{"number": 1, "page": f"{page}/halls/1", "name": said["halls"][0]["name"]}],
            "talks": [{"title": "一根针", "speaker": "肖亦禾", "place": "一号厅", "starts_at": "2026-11-02T06:00:00Z",
                       "ends_at": "2026-11-02T07:00:00Z"}],
        }  # fmt: skip
        assert [each["title"] for each in exhibits] == ["夹具", "色卡"]
        assert set(exhibits[0]) == {"number", "page", "title", "unit", "authors"}
        kept = {"if-none-match": answer.headers["etag"]}
        assert (await stranger.get(one, headers=kept)).status_code == 304
        data = linked(await stranger.get(page))
        assert (data["@type"], [each["name"] for each in data["workFeatured"]]) == ("ExhibitionEvent", ["夹具", "色卡"])
        assert data["subEvent"][0]["performer"]["name"] == "肖亦禾"
        items = linked(await stranger.get(f"{page}/halls/1"))["itemListElement"]
        assert [each["item"]["url"] for each in items] == [each["page"] for each in exhibits]

        await say(ids[0], Publicity.INTERNAL.value)
        await suspensions.suspend(exhibits[1]["page"], "有人反映署名", here.people["sheng"], datetime.now(UTC))
        for path in (one, page):  # published no more, and suspended
            text = (await stranger.get(path, headers=kept)).text
            assert "一根针" in text
            assert not any(title in text for title in ("夹具", "色卡"))
        office = await web.signed_in("sheng")
        cards = text_of((await office.get(f"/exhibitions/desk/{number}/cards.pdf")).content)
        assert not any(title in "".join(cards) for title in ("夹具", "色卡"))
        assert entries(await stranger.get("/exhibitions.atom")) == [(DRAFT.name, page, "已公开")]
        await suspensions.suspend(page, "有人反映", here.people["sheng"], datetime.now(UTC))
        for path in ("/exhibitions", "/api/exhibitions", "/exhibitions.atom"):
            assert DRAFT.name not in (await stranger.get(path)).text
        assert (await stranger.get(one)).status_code == 410


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_another_city_and_a_clerk_find_nothing(database):
    here = await works()
    number, _ = await made(here, "夹具")
    async with visitors() as web:
        for name in ("xun", "mei", "pan"):
            who = await web.signed_in(name)
            for path in ("", "/cards.pdf"):
                assert (await who.get(f"/exhibitions/desk/{number}{path}")).status_code == 404
            assert (await who.post(f"/exhibitions/desk/{number}/step", {"step": "show"})).status_code == 404
    assert (await facts_of(number)).stage is Stage.DRAFT


def text_of(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(io.BytesIO(content))
    try:
        return [page.get_textpage().get_text_bounded().replace("\r\n", "") for page in document]
    finally:
        document.close()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_papers_bear_codes_only_where_the_registry_knows_its_address(database):
    here = await works()
    number, _ = await made(here, "夹具")
    found, halls = await facts_of(number), await exhibition_reads.halls(number)
    plain, coded = [exhibition_papers.poster(found, halls, "省总工会", site) for site in ("", "https://ganpo.example")]
    assert (plain.address, coded.address) == ("", f"https://ganpo.example/exhibitions/{found.address}")
    sizes = {}
    for size in Size:
        document = pypdfium2.PdfDocument(io.BytesIO(await posters.to_pdf([coded], NOW, size=size)))
        sizes[size] = tuple(round(one / 72 * 25.4) for one in document[0].get_size())
        document.close()
    assert sizes == {Size.A4: (210, 297), Size.A3: (297, 420)}
    assert DRAFT.name in text_of(await posters.to_pdf([plain], NOW))[0]
    assert Settings.from_env().public_url == ""
    (card,) = exhibition_papers.cards(halls, "")
    assert card == Card("1", "夹具", "云窑艺术瓷厂\n甲、乙、丙、丁、戊", "")
    pages = text_of(await posters.cards_to_pdf([card] * 9, "展", NOW))
    assert [page.count("夹具") for page in pages] == [8, 1]
