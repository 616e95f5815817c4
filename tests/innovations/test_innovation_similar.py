"""Similar innovations: shown to who may read them, or to everyone; never itself; to a blind reviewer no title."""

import dataclasses

import pytest
from msgspec.structs import replace

from innovations import innovation_index, innovations
from innovations.innovation_documents import words_of
from innovations.rules import innovation_typed
from innovations.rules.publicity import BenefitShown, Publicity
from tests.innovations.made_up import NOW, SAID, works
from tests.innovations.rules.foil import FOIL
from tests.innovations.test_innovation_index import BY, kept
from tests.innovations.test_innovations import handed_in, revision, row_of
from tests.innovations.test_library import moved
from tests.web import visitors

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
WORDS = words_of(FOIL.title, FOIL.kind, FOIL.body.sections)
LIKE = replace(FOIL, title="铜箔收卷张力按卷径自适应控制")
OTHER = replace(FOIL, title="道岔缺口检测便携支架", body=replace(FOIL.body, sections={
    "wrong": "弯腰看缺口", "done": "支架带镜和刻度", "points": "一人一分钟", "use": "两个工区",
}))  # fmt: skip


async def of(here, place: str, *steps: str, said=LIKE, publicity=Publicity.INTERNAL) -> int:
    """An innovation of that unit, handed in and moved by these steps."""
    number = await innovations.begin(said, here.places[place], BY, NOW)
    await handed_in(number)
    await innovations.set_publicity(number, publicity, BenefitShown.HIDDEN, await revision(number), BY, NOW)
    await moved(number, *steps)
    return number


async def like(here, who: str, number: int) -> list[str]:
    return [one.page for one in await innovation_index.like_this(await here.user(who), WORDS, number)]


async def test_who_may_read_it_is_shown_it_and_never_itself(database):
    here = await works()
    own, other = await kept(here), await of(here, "other")
    await of(here, "works", said=OTHER)
    assert await like(here, "mei", own) == []
    assert await like(here, "tao", own) == [f"/innovations/desk/{other}"]
    assert await like(here, "tao", other) == []
    assert await like(here, "yun", own) == [f"/innovations/desk/{other}"]
    assert await like(here, "sheng", other) == [f"/innovations/desk/{own}"]
    assert await like(here, "xun", own) == []
    await innovations.withdraw(other, "", await revision(other), BY, NOW)
    assert await like(here, "yun", own) == []


async def test_what_the_library_shows_is_shown_to_every_unit_as_the_library_has_it(database):
    here = await works()
    own, other = await kept(here), await of(here, "other", "take_in", "award", publicity=Publicity.PUBLIC)
    address = (await row_of(other))["address"]
    found = await innovation_index.like_this(await here.user("mei"), WORDS, own)
    assert [(one.page, one.title, one.unit, one.year) for one in found] == [
        (f"/innovations/{address}", LIKE.title, "素坯里陶瓷有限公司", 2025)
    ]
    assert "打皱" in found[0].shared
    assert await like(here, "yun", own) == [f"/innovations/desk/{other}"]
    await innovations.set_publicity(other, Publicity.INTERNAL, BenefitShown.HIDDEN, await revision(other), BY, NOW)
    assert await like(here, "mei", own) == []


@ON_SQLITE
async def test_a_blind_reviewer_is_told_years_and_shared_words_alone(database):
    here = await works()
    own = await kept(here)
    inside = await of(here, "other")
    public = await of(here, "far", "take_in", "award", publicity=Publicity.PUBLIC)
    await of(here, "far")
    root, city = here.places["root"], here.places["city"]
    told = await innovation_index.like_version(own, WORDS, city, blind=True)
    assert [(one.year, one.code, one.title, one.unit, one.text, one.page) for one in told] == [
        (2025, "", "", "", "", "")
    ] * 2
    terms = set(words_of(WORDS, FOIL.kind, {}))
    assert all(set("".join(one.shared)) <= terms for one in told)
    open_eyes = await innovation_index.like_version(own, WORDS, city, blind=False)
    codes = {(await row_of(inside))["address"]: "", (await row_of(public))["address"]: "九江市总工会"}
    assert {one.code: one.unit for one in open_eyes} == codes
    assert {one.text for one in open_eyes} == {""}
    assert len(await innovation_index.like_version(own, WORDS, root, blind=False)) == 3


@ON_SQLITE
async def test_words_that_are_masked_are_not_shared(database):
    here = await works()
    own = await kept(here)
    await of(here, "other", said=replace(LIKE, title=f"云窑{LIKE.title}"))
    named, masked = f"云窑艺术瓷厂 {WORDS}", f"▢▢ {WORDS}"
    for words, tells in ((named, True), (masked, False)):
        (one,) = await innovation_index.like_version(own, words, here.places["city"], blind=True)
        assert ("云窑" in one.shared) is tells


@ON_SQLITE
async def test_similar_ones_are_looked_for_while_writing_and_nothing_typed_is_lost(database):
    here = await works()
    public = await of(here, "far", "take_in", "award", publicity=Publicity.PUBLIC)
    inside = await of(here, "other", said=replace(LIKE, title="邻厂的收卷"))
    number = await innovations.begin(OTHER, here.places["works"], BY, NOW)
    address = (await row_of(public))["address"]
    typed = {**innovation_typed.typed(FOIL), "revision": "1", "act": "alike", "title": "正在写的收卷"}
    async with visitors() as web:
        clerk = await web.signed_in("mei")
        page = await clerk.post(f"/innovations/desk/{number}/text", typed)
        assert page.status_code == 200
        assert f'href="/innovations/{address}"' in page.text
        assert f"/innovations/desk/{inside}" not in page.text
        assert "邻厂的收卷" not in page.text
        assert "<mark>" in page.text
        assert 'value="正在写的收卷"' in page.text
        assert (await row_of(number))["title"] == OTHER.title
        none = await clerk.post(f"/innovations/desk/{number}/text", {**innovation_typed.typed(OTHER), "act": "alike"})
        assert "没有与此相似" in none.text
        stranger = await web.signed_in("tao")
        assert (await stranger.post(f"/innovations/desk/{number}/text", typed)).status_code == 404


@ON_SQLITE
async def test_a_reader_is_shown_what_is_much_like_it(database):
    here = await works()
    own, other = await kept(here), await of(here, "other")
    async with visitors() as web:
        county, clerk = await web.signed_in("yun"), await web.signed_in("mei")
        assert f'href="/innovations/desk/{other}"' in (await county.get(f"/innovations/desk/{own}")).text
        assert "相似提示" not in (await clerk.get(f"/innovations/desk/{own}")).text


async def test_while_somebody_types_what_is_alike_is_told_proposals_too_and_nothing_saved(database):
    here = await works()
    texts = {"title": "收卷张力按卷径自动调节", "problem": "铜箔收卷打皱", "suggestion": "张力按卷径自动调节，估算卷径"}
    proposal, _ = await here.sent(dataclasses.replace(SAID, **texts))
    own, _ = await here.sent(dataclasses.replace(SAID, **texts, name="程𠮷"))
    await here.verified(own)
    before = await of(here, "works", said=replace(LIKE, year=2024))
    number = await innovations.begin(OTHER, here.places["works"], BY, NOW, own)
    at = f"/innovations/desk/{number}"
    async with visitors() as web:
        clerk, stranger = await web.signed_in("mei"), await web.signed_in("tao")
        form = await clerk.get(f"{at}/text")
        assert f'data-similar="{at}/similar" data-fields="title section-wrong section-done' in form.text
        typed = innovation_typed.typed(FOIL)
        page = await clerk.post(f"{at}/similar", typed)
        assert page.status_code == 200
        for word in (f'href="{at}/earlier/{before}"', f'href="/proposals/desk/{proposal}"', "<mark>", 'id="similar"'):
            assert word in page.text
        assert f'href="/proposals/desk/{own}"' not in page.text  # it grew out of that one
        none = await clerk.post(f"{at}/similar", innovation_typed.typed(replace(OTHER, title="道岔")))
        assert "相似提示" not in none.text.split('id="similar"')[1]
        assert f'href="/proposals/desk/{proposal}"' in (await clerk.post(f"{at}/text", {**typed, "act": "alike"})).text
        assert (await row_of(number))["title"] == OTHER.title
        assert (await stranger.post(f"{at}/similar", typed)).status_code == 404


async def test_what_the_same_unit_handed_in_before_is_flagged_with_what_changed(database):
    here = await works()
    before = await of(here, "works", said=replace(LIKE, year=2024))
    elsewhere = await of(here, "other", said=LIKE)
    number = await kept(here)
    later = await of(here, "works", said=replace(LIKE, title="铜箔收卷张力随卷径调节"))
    at = f"/innovations/desk/{number}"
    async with visitors() as web:
        clerk, county, stranger = [await web.signed_in(name) for name in ("mei", "yun", "tao")]
        page = await county.get(at)
        assert "与同一单位以前申报的成果相似" in page.text
        assert page.text.count(f'href="{at}/earlier/{before}"') == 2
        for other in (elsewhere, later, number):
            assert f'href="{at}/earlier/{other}"' not in page.text
            assert (await county.get(f"{at}/earlier/{other}")).status_code == 404
        compared = await county.get(f"{at}/earlier/{before}")
        assert "<ins>极薄" in compared.text
        assert (await stranger.get(f"{at}/earlier/{before}")).status_code == 404
        await innovations.set_earlier(number, before, await revision(number), BY, NOW)
        assert "与同一单位以前申报的成果相似" not in (await county.get(at)).text  # said by the unit itself
        assert (await clerk.get(f"{at}/earlier")).status_code == 200
