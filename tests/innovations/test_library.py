"""The public library: what is published, what never is, and what is gone when it is taken back."""

import io
import re
from datetime import date, timedelta

import msgspec
import pytest
from msgspec.structs import replace
from PIL import Image

from foundation.base import clock
from foundation.files import pictures
from foundation.people import accounts, consents, worker_merging, workers
from foundation.people.worker_facts import Given
from foundation.people.worker_tables import Worker
from foundation.process import suspensions
from foundation.store.transactions import transaction
from foundation.work import two_person
from innovations import innovation_pictures, innovation_versions, innovations, library
from innovations.innovation_tables import Benefit, InnovationAuthor, InnovationVersion
from innovations.library_tables import ShownFigure, ShownInnovation
from innovations.routes import library_maps
from innovations.rules.benefits import Formula, Line
from innovations.rules.innovation_form import Draft
from innovations.rules.publicity import BenefitShown, Publicity
from innovations.rules.shown_innovation import text_of, value_of
from tests.innovations.made_up import NOW, works
from tests.innovations.rules.foil import FOIL
from tests.innovations.test_innovations import handed_in, revision, row_of
from tests.web import visitors

BY = 3
VERIFIED = 97_420_000  # fen
FIGURE, WHOLE = "974,200", str(VERIFIED)
BAND = "50万至100万元"
SHARED = replace(FOIL, authors=tuple(replace(one, name=f"完成人{one.name}") for one in FOIL.authors))


async def prepared(*steps: str, publicity=Publicity.PUBLIC, shown=BenefitShown.HIDDEN) -> int:
    """An innovation with a verified benefit and a picture, handed in, and moved by these steps."""
    here = await works()
    number = await innovations.begin(SHARED, here.places["works"], BY, NOW)
    drawn = io.BytesIO()
    Image.new("RGB", (700, 700), "#1c459c").save(drawn, "JPEG")
    picture = await pictures.keep_undescribed("p.jpg", drawn.getvalue(), BY, NOW)
    await innovation_pictures.add(number, picture, "收卷机", "改造后的收卷机", BY, NOW)
    await handed_in(number)
    await innovations.set_publicity(number, publicity, shown, await revision(number), BY, NOW)
    await benefit(number)
    await moved(number, *steps)
    return number


async def benefit(number: int) -> None:
    line = msgspec.json.encode([Line(Formula.GAIN, "少打皱", amount=VERIFIED)]).decode()
    await Benefit(
        innovation=number, from_month=1, from_year=2025, forecast="", claimed=line, verified=line, audit_note=""
    ).save()


async def moved(number: int, *steps: str) -> None:
    for step in steps:
        async with transaction():
            await innovations.move(await innovations.locked(number), step, "", 9, NOW)


async def figures() -> dict[tuple[str, str], int]:
    rows = await ShownFigure.select()
    return {(row["facet"], row["code"]): row["published"] for row in rows}


async def everywhere(web, number: int) -> dict[str, tuple[int, str]]:
    """Every public address that may speak of it, as a visitor gets it."""
    address = (await row_of(number))["address"]
    found = {}
    for path in ("/innovations", f"/innovations/{address}", "/innovations.atom", "/api/innovations",
                 f"/api/innovations/{address}", "/en/innovations", f"/en/innovations/{address}"):  # fmt: skip
        answer = await web.visitor().get(path)
        found[path.replace(address, "*")] = (answer.status_code, answer.text)
    return found


ONES = ("/innovations/*", "/api/innovations/*", "/en/innovations/*")


@pytest.mark.parametrize(
    ("steps", "publicity"),
    [
        ((), Publicity.PUBLIC),
        (("take_in",), Publicity.PUBLIC),
        (("take_in", "not_award"), Publicity.PUBLIC),
        (("take_in", "return"), Publicity.PUBLIC),
        (("withdraw",), Publicity.PUBLIC),
        (("take_in", "award"), Publicity.INTERNAL),
    ],
)
async def test_what_is_not_awarded_or_internal_is_nowhere(database, steps, publicity):
    number = await prepared(*steps, publicity=publicity, shown=BenefitShown.FIGURE)
    assert await ShownInnovation.count() == 0
    async with visitors() as web:
        for path, (status, text) in (await everywhere(web, number)).items():
            assert status == (404 if path in ONES else 200), path
            for word in (SHARED.title, "完成人甲", FIGURE, WHOLE, "张力按卷径自动调节"):
                assert word not in text, path


async def test_an_awarded_one_is_shown_whole_and_counted(database):
    number = await prepared("take_in", "award")
    row = await row_of(number)
    city = (await ShownInnovation.select(ShownInnovation.city).first())["city"]
    assert await figures() == {
        ("city", str(city)): 1, ("field", "C"): 1, ("kind", "renovation"): 1, ("year", "2025"): 1,
    }  # fmt: skip
    async with visitors() as web:
        found = await everywhere(web, number)
        assert {status for status, _ in found.values()} == {200}
        page = found["/innovations/*"][1]
        for word in (
            SHARED.title,
            "收卷打皱",
            "张力按卷径自动调节",
            "完成人甲",
            "云窑艺术瓷厂",
            "景德镇市总工会",
            "改造后的收卷机",
        ):
            assert word in page
        assert "40%" not in page
        source = re.search(r'src="(/pictures/[^"]+)"', page).group(1)
        assert (await web.visitor().get(source)).status_code == 200
        for query, status in ((f"city={city}", True), ("kind=renovation&year=2025", True), ("year=2024", False)):
            assert (SHARED.title in (await web.visitor().get(f"/innovations?{query}")).text) is status
        for junk in ("city=x", "year=-1", "before=a"):
            assert (await web.visitor().get(f"/innovations?{junk}")).status_code == 404
        await innovations.set_publicity(
            number, Publicity.INTERNAL, BenefitShown.FIGURE, await revision(number), BY, NOW
        )
        gone = await everywhere(web, number)
        assert all(gone[path][0] == 404 for path in ONES)
        assert all(SHARED.title not in text for _, text in gone.values())
        assert (await web.visitor().get(source)).status_code == 404
    assert await figures() == {}
    assert row["stage"] == "awarded"


async def test_who_does_not_want_to_be_named_is_named_nowhere(database):
    number = await prepared("take_in", "award")
    unit = (await row_of(number))["organisation"]
    worker, _ = await workers.create(Given("完成人甲"), unit, "test", NOW)
    version = await InnovationVersion.select().where(InnovationVersion.innovation == number).first()
    said = msgspec.json.decode(version["body"], type=Draft)
    named = replace(said, authors=(replace(said.authors[0], worker=worker), *said.authors[1:]))
    body = msgspec.json.encode(named, order="deterministic").decode()
    await InnovationVersion.update({InnovationVersion.body: body}).where(InnovationVersion.id == version["id"])
    first = InnovationAuthor.position == 1
    await InnovationAuthor.update({InnovationAuthor.worker: worker}).where(InnovationAuthor.innovation == number, first)
    async with transaction():
        await innovations.set_named(number, named.authors)

    async def is_named() -> set[bool]:
        async with visitors() as web:
            one = await everywhere(web, number)
            found = (await web.visitor().get("/api/search?q=完成人甲")).json()["count"] > 0
        return {"完成人甲" in one[path][1] for path in ("/innovations", *ONES)} | {found}

    assert await is_named() == {True}  # nobody said anything
    await consents.say(worker, "name", True, f"worker:{worker}", NOW)
    await consents.say(worker, "name", False, f"worker:{worker}", NOW)
    assert await is_named() == {False}
    other, _ = await workers.create(Given("完成人甲", birth_date=date(1990, 1, 1)), unit, "test", NOW)
    officer = (await accounts.create_account("yue2", "yue2", ["officer"], "test", NOW, organisation_id=unit))[0]
    second = (await accounts.create_account("yue3", "yue3", ["officer"], "test", NOW, organisation_id=unit))[0]
    act = await worker_merging.ask_merge(other, worker, officer, "同一人", NOW)
    await two_person.confirm(act, second, NOW)
    assert await is_named() == {False}  # their no goes along
    await consents.say(other, "name", True, f"worker:{other}", NOW)
    assert await is_named() == {True}
    await Worker.update({Worker.birth_date: clock.today() - timedelta(days=17 * 365)}).where(Worker.id == other)
    async with transaction():
        await library.refresh(number, NOW)
    assert await is_named() == {False}


async def test_where_nobody_may_be_named_the_page_says_so(database):
    number = await prepared("take_in", "award")
    row = await ShownInnovation.select().where(ShownInnovation.innovation == number).first()
    nameless = text_of(replace(value_of(row["value"]), authors=()))
    await ShownInnovation.update({ShownInnovation.value: nameless}).where(ShownInnovation.id == row["id"])
    async with visitors() as web:
        page = await web.visitor().get(f"/innovations/{row['address']}")
        assert "完成人未公开姓名。" in page.text
        listed = await web.visitor().get("/innovations")
        assert re.search(r"<p>[^<·]+</p>", listed.text.split('class="catalogue"')[1])


@pytest.mark.parametrize(
    ("shown", "told", "hidden"),
    [
        (BenefitShown.HIDDEN, (), (FIGURE, WHOLE, BAND, "500,000 to 1 million")),
        (BenefitShown.BAND, (BAND, "500,000 to 1 million"), (FIGURE, WHOLE)),
        (BenefitShown.FIGURE, (FIGURE, WHOLE), (BAND, "500,000 to 1 million")),
    ],
)
async def test_a_benefit_is_shown_as_its_unit_said_and_otherwise_never(database, shown, told, hidden):
    number = await prepared("take_in", "award", shown=shown)
    async with visitors() as web:
        texts = "\n".join(text for _, text in (await everywhere(web, number)).values())
    kept = str(await ShownInnovation.select())
    for word in told:
        assert word in texts
    for word in hidden:
        assert word not in texts
        assert word not in kept


async def test_what_is_written_after_the_award_is_public_only_when_it_is_handed_in(database):
    number = await prepared("take_in", "award")
    await innovations.save(number, replace(SHARED, title="改了的题目"), await revision(number), BY, NOW)
    async with transaction():
        await library.refresh(number, NOW)
    assert "改了的题目" not in str(await ShownInnovation.select())
    await innovations.clear(number, await revision(number), BY, NOW)
    await innovation_versions.hand_in(number, "", await revision(number), BY, NOW)
    assert "改了的题目" in str(await ShownInnovation.select())


async def test_a_picture_that_is_taken_off_is_gone_for_everyone(database):
    number = await prepared("take_in", "award")
    async with visitors() as web:
        page = (await everywhere(web, number))["/innovations/*"][1]
        source = re.search(r'src="(/pictures/[^"]+)"', page).group(1)
        picture = (await innovation_pictures.of(number, own=True))[0].picture.id
        await innovation_pictures.take_off(number, picture, BY, NOW)
        assert (await web.visitor().get(source)).status_code == 404
        assert "改造后的收卷机" not in (await everywhere(web, number))["/innovations/*"][1]


async def test_machines_read_what_the_page_shows_and_nothing_else(database):
    secret = replace(SHARED, title="</script><b>收卷", body=replace(SHARED.body, sections={"wrong": "打皱\n“很多”"}))
    here = await works()
    number = await innovations.begin(replace(SHARED, title=secret.title), here.places["works"], BY, NOW)
    await handed_in(number)
    await innovations.set_publicity(number, Publicity.PUBLIC, BenefitShown.HIDDEN, await revision(number), BY, NOW)
    await benefit(number)
    await moved(number, "take_in", "award")
    address = (await row_of(number))["address"]
    async with visitors() as web:
        page = (await web.visitor().get(f"/innovations/{address}")).text
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)
    value = msgspec.json.decode(found)
    assert (value["@type"], value["name"], value["identifier"]) == ("CreativeWork", "</script><b>收卷", [address])
    assert [one["name"] for one in value["author"]] == ["完成人甲", "完成人乙", "完成人丙", "完成人丁", "完成人戊"]
    assert value["sourceOrganization"]["name"] == "云窑艺术瓷厂"
    assert (value["dateCreated"], value["text"]) == ("2025", "收卷打皱\n张力按卷径自动调节\n卷径估算\n三条线")
    for word in (FIGURE, WHOLE, "%", "承诺"):
        assert word not in found
    assert "</script><b>" not in page.replace('<script type="application/ld+json">', "")[: page.index("<body")]


async def test_the_sitemap_names_what_is_published_in_both_languages(database, monkeypatch):
    monkeypatch.setattr(library_maps, "IN_ONE", 1)
    shown = (await row_of(await prepared("take_in", "award")))["address"]
    async with visitors() as web:
        first = await web.visitor().get("/innovations/sitemap.xml")
        assert f"/innovations/{shown}</loc>" in first.text
        assert f"/en/innovations/{shown}</loc>" in first.text
        assert "link" not in first.headers
        row = await ShownInnovation.select(ShownInnovation.id, ShownInnovation.innovation).first()
        number = row["innovation"]
        await innovations.set_publicity(
            number, Publicity.INTERNAL, BenefitShown.HIDDEN, await revision(number), BY, NOW
        )
        assert shown not in (await web.visitor().get("/innovations/sitemap.xml")).text
        robots = await web.visitor().get("/robots.txt")
        assert robots.text == "User-agent: *\nAllow: /\n"  # no address of ours was told


async def test_an_innovation_whose_page_is_suspended_is_in_no_list_feed_map_or_search(database):
    number = await prepared("take_in", "award")
    address = (await row_of(number))["address"]
    lists = (
        "/innovations", "/innovations.atom", "/innovations/sitemap.xml", "/innovations/search?q=%E6%94%B6%E5%8D%B7",
        "/api/innovations", "/api/search?q=%E6%94%B6%E5%8D%B7",
    )  # fmt: skip
    async with visitors() as web:
        for path in lists:
            assert address in (await web.visitor().get(path)).text, path
        await suspensions.suspend(f"/innovations/{address}", "核查", BY, NOW)
        for path in lists:
            assert address not in (await web.visitor().get(path)).text, path
