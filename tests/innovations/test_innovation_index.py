"""What is found of innovations, and by whom: what the library does not show is found by nobody else, in no way."""

from collections import Counter

import pytest
from msgspec.structs import replace

from foundation.store.transactions import transaction
from foundation.text import index, rebuilding, search
from foundation.text.bands import Range
from foundation.text.documents import kept_of
from foundation.text.search import Wanted, Word
from foundation.text.tables import Document
from innovations import innovation_documents, innovation_filling, innovation_versions, innovations, library
from innovations.innovation_tables import Benefit, Innovation
from innovations.rules.publicity import BenefitShown, Publicity
from tests.innovations.made_up import NOW, Here, works
from tests.innovations.rules.foil import FOIL
from tests.innovations.test_innovations import handed_in, revision
from tests.innovations.test_library import BY, VERIFIED, benefit, moved

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # where the engine does not matter
SECRET = "稀土配方"
WRITTEN = replace(
    FOIL,
    body=replace(FOIL.body, sections={**FOIL.body.sections, "unknown": SECRET}),
    authors=tuple(replace(one, name=f"冯{one.name}") for one in FOIL.authors),
)


async def kept(here: Here, *steps: str, publicity=Publicity.PUBLIC, shown=BenefitShown.HIDDEN, said=WRITTEN) -> int:
    """Handed in by the works, with a verified benefit, and moved by these steps."""
    number = await innovations.begin(said, here.places["works"], BY, NOW)
    await handed_in(number)
    await innovations.set_publicity(number, publicity, shown, await revision(number), BY, NOW)
    await benefit(number)
    async with transaction():
        await library.refresh(number, NOW)
    await moved(number, *steps)
    return number


async def public(wanted: Wanted) -> list[int]:
    """What everyone finds; every way to ask says the same."""
    asked = Wanted(wanted.words, wanted.facets, wanted.value, (innovation_documents.SHOWN,), wanted.left_out)
    seen = innovation_documents.FOR_EVERYONE
    found = await search.newest(asked, seen)
    best = await search.best(asked, seen)
    counted, _ = await search.facets(asked, seen, [""])
    assert best is not None
    assert sorted(hit.item for hit in best.hits) == sorted(hit.item for hit in found.hits)
    assert (found.count, best.count) == (len(found.hits), len(found.hits))
    assert counted["public"] == found.count
    assert bool(counted) is bool(found.count)
    return [hit.item for hit in found.hits]


async def read(here: Here, who: str, wanted: Wanted) -> list[int]:
    """What the hat of somebody finds."""
    user = await here.user(who)
    asked = Wanted(wanted.words, wanted.facets, wanted.value, (innovation_documents.KIND,), wanted.left_out)
    found = await search.newest(asked, [[f"u{user.hat.organisation_id}"]])
    return [hit.item for hit in found.hits]


def words(*texts: str) -> Wanted:
    return Wanted(tuple(Word(text) for text in texts))


async def test_the_unit_and_those_above_find_what_was_handed_in(database):
    here = await works()
    number = await kept(here)
    for who, finds in (("mei", True), ("yun", True), ("sheng", True), ("tao", False), ("xun", False)):
        assert (await read(here, who, words("打皱")) == [number]) is finds, who
    for wanted in (
        words("冯甲"), Wanted((Word("冯甲", name="person"),)), Wanted(facets=(("y2025",), ("k-renovation",), ("f-c",))),
        Wanted(facets=(("p-public",),)), Wanted(value=Range(VERIFIED, VERIFIED)),
        Wanted(facets=((f"own{here.places['works']}",),)),
    ):  # fmt: skip
        assert await read(here, "yun", wanted) == [number]
        assert await public(wanted) == []
    assert await read(here, "yun", Wanted(facets=(("public",),))) == []


async def test_drafts_and_what_was_withdrawn_are_found_by_nobody(database):
    here = await works()
    draft = await innovations.begin(WRITTEN, here.places["works"], BY, NOW)
    assert await Document.count() == 0
    number = await kept(here)
    await innovations.withdraw(number, "", await revision(number), BY, NOW)
    assert await Document.count() == 0
    await innovations.take_up(number, await revision(number), BY, NOW)
    async with transaction():
        await library.refresh(draft, NOW)
    assert await Document.count() == 0


async def test_what_is_written_on_is_found_when_it_is_handed_in(database):
    here = await works()
    number = await kept(here, "take_in", "award")
    await innovations.save(number, replace(WRITTEN, title="改了的题目"), await revision(number), BY, NOW)
    async with transaction():
        await library.refresh(number, NOW)
    assert await read(here, "mei", words("改了")) == []
    assert await public(words("改了")) == []
    await innovations.clear(number, await revision(number), BY, NOW)
    await innovation_versions.hand_in(number, "", await revision(number), BY, NOW)
    assert await read(here, "mei", words("改了")) == await public(words("改了")) == [number]
    assert await public(words("极薄铜箔")) == []


@ON_SQLITE
@pytest.mark.parametrize(
    ("steps", "publicity"),
    [
        ((), Publicity.PUBLIC), (("take_in",), Publicity.PUBLIC), (("take_in", "not_award"), Publicity.PUBLIC),
        (("take_in", "return"), Publicity.PUBLIC), (("withdraw",), Publicity.PUBLIC),
        (("take_in", "award"), Publicity.INTERNAL),
    ],
)  # fmt: skip
async def test_what_the_library_does_not_show_is_found_by_nobody_outside(database, steps, publicity):
    here = await works()
    await kept(here, *steps, publicity=publicity, shown=BenefitShown.FIGURE)
    shown = await kept(here, "take_in", "award", said=replace(FOIL, title="窑车码放图"))
    for wanted in (
        words("极薄铜箔"), words("冯甲"), words("冯"), Wanted(facets=((f"p-{publicity}",),)), Wanted(value=Range(0)),
        Wanted((Word("窑车", without=True),)), Wanted((Word("冯甲", name="person"),)), Wanted(left_out=("awarded",)),
    ):  # fmt: skip
        assert await public(wanted) == []
    assert await public(Wanted()) == [shown]
    assert await public(Wanted(facets=(("y2025",),))) == [shown]
    without = await search.without_each(
        Wanted((Word("铜箔"), Word("窑车")), kinds=(innovation_documents.SHOWN,)), innovation_documents.FOR_EVERYONE
    )
    assert [(word.text, count) for word, count, _ in without] == [("铜箔", 1), ("窑车", 0)]  # of the shown one alone


@pytest.mark.parametrize(
    ("shown", "found"), [(BenefitShown.HIDDEN, False), (BenefitShown.BAND, False), (BenefitShown.FIGURE, True)]
)
async def test_a_benefit_that_is_not_shown_as_a_figure_is_in_no_range(database, shown, found):
    here = await works()
    number = await kept(here, "take_in", "award", shown=shown)
    wanted = [number] if found else []
    for asked in (Range(0), Range(VERIFIED, VERIFIED), Range(50_000_000), Range(None, 10**16), Range(VERIFIED - 1)):
        assert await public(Wanted(value=asked)) == wanted
        assert await read(here, "mei", Wanted(value=asked)) == [number]
    rows = await Document.select().where(Document.kind == innovation_documents.SHOWN)
    assert [row["value"] for row in rows] == [VERIFIED if found else None]
    await innovations.set_publicity(number, Publicity.PUBLIC, BenefitShown.HIDDEN, await revision(number), BY, NOW)
    assert await public(Wanted(value=Range(0))) == []
    await Benefit.update({Benefit.verified: ""}).where(Benefit.innovation == number)
    async with transaction():
        await library.refresh(number, NOW)
    assert await read(here, "mei", Wanted(value=Range(0))) == []


@ON_SQLITE
async def test_the_public_document_says_nothing_that_the_page_does_not(database):
    here = await works()
    await kept(here, "take_in", "award", shown=BenefitShown.BAND)
    row = await Document.select().where(Document.kind == innovation_documents.SHOWN).first()
    texts = kept_of(row)
    assert SECRET not in texts.words
    assert "承诺" not in texts.words
    works_id, city = here.places["works"], here.places["city"]
    assert set(row["facets"].split()) == {
        f"u{works_id}", f"u{city}", f"own{works_id}", "y2025", "k-renovation", "f-c", "public", "awarded",
    }  # fmt: skip
    assert texts.named == {"person": "冯甲 冯乙 冯丙 冯丁 冯戊", "unit": "云窑艺术瓷厂 景德镇市总工会"}


async def test_what_is_taken_out_of_the_library_is_gone_and_comes_back(database):
    here = await works()
    number = await kept(here, "take_in", "award")
    assert await public(words("打皱")) == [number]
    assert await read(here, "yun", Wanted(facets=(("public",),))) == [number]
    await innovations.set_publicity(number, Publicity.INTERNAL, BenefitShown.FIGURE, await revision(number), BY, NOW)
    assert await public(words("打皱")) == []
    assert await read(here, "yun", Wanted(facets=(("public",),))) == []
    await innovations.set_publicity(number, Publicity.PUBLIC, BenefitShown.FIGURE, await revision(number), BY, NOW)
    assert await public(words("打皱")) == [number]


async def test_an_act_that_is_undone_leaves_no_document(database):
    here = await works()
    number = await kept(here, "take_in")

    async def undone() -> None:
        async with transaction():
            await innovations.move(await innovations.locked(number), "award", "", 9, NOW)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await undone()
    assert await public(words("打皱")) == []
    assert await Document.count() == 1


async def test_a_rebuild_puts_what_is_older_than_the_index(database, monkeypatch):
    monkeypatch.setattr(innovation_filling, "STEP", 1)
    here = await works()
    await innovations.begin(FOIL, here.places["works"], BY, NOW)
    inside, shown = await kept(here), await kept(here, "take_in", "award")
    async with transaction():
        await index.remove(innovation_documents.KIND, [inside, shown])
        await index.remove(innovation_documents.SHOWN, [inside, shown])
    assert await rebuilding.is_needed()
    assert await read(here, "mei", words("打皱")) == []
    async for _ in rebuilding.rebuild():
        pass
    assert not await rebuilding.is_needed()
    assert Counter(await read(here, "mei", words("打皱"))) == Counter([inside, shown])
    assert await public(words("打皱")) == [shown]
    before = await Document.select().order_by(Document.id)
    async for _ in rebuilding.rebuild():
        pass
    assert await Document.select().order_by(Document.id) == before
    assert await Innovation.count() == 3
