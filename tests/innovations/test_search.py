"""Searching: who finds what on the desk and outside, units by their names, pages to go on with, JSON of the library."""

import re
from datetime import datetime
from html import unescape
from urllib.parse import quote

import pytest
from msgspec.structs import replace

from foundation.people import accounts, organisation_moves, organisations
from foundation.people.organisations import Draft, Kind
from innovations import innovations, proposals, searching
from innovations.innovation_tables import Innovation
from innovations.review_tables import ReviewEntry, ReviewRound
from innovations.rules.publicity import BenefitShown, Publicity
from innovations.search_fields import Words
from tests.innovations.made_up import NOW, SAID, ZONE, works
from tests.innovations.reviews_made_up import Round, ready
from tests.innovations.rules.foil import FOIL
from tests.innovations.test_innovation_index import kept
from tests.innovations.test_innovation_similar import of
from tests.innovations.test_innovations import row_of
from tests.web import visitors

ON_SQLITE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
ENGLISH = Words("en", lambda text: text)
TITLE = re.compile(r'class="catalogue-title"><a href="([^"]+)">(.*?)</a>')


def found(page) -> dict[str, str]:
    """What a page shows: titles by address, marks as brackets."""
    titles = {href: title.replace("<mark>", "[").replace("</mark>", "]") for href, title in TITLE.findall(page.text)}
    return {href: re.sub(r"<[^>]+>", "", title).strip() for href, title in titles.items()}


def links(page, words: str) -> list[str]:
    """The addresses behind links with these words."""
    return [
        unescape(href)
        for href, text in re.findall(r'<a[^>]*href="([^"]+)"[^>]*>(.*?)</a>', page.text, re.S)
        if words in text
    ]


def at(path: str, text: str, **more: str) -> str:
    return f"{path}?q={quote(text)}" + "".join(f"&{name}={quote(value)}" for name, value in more.items())


async def test_the_desk_finds_proposals_and_innovations_of_what_its_hat_reads(database):
    here = await works()
    proposal, _ = await here.sent()
    innovation = await kept(here, said=replace(FOIL, title="窑车收卷"))
    other = await of(here, "other", said=replace(FOIL, title="窑车喷涂"))
    own = {f"/proposals/desk/{proposal}": "[窑车]码放图上墙", f"/innovations/desk/{innovation}": "[窑车]收卷"}
    all_of_it = {**own, f"/innovations/desk/{other}": "[窑车]喷涂"}
    async with visitors() as web:
        for who, finds in (
            ("mei", own), ("yun", all_of_it), ("sheng", all_of_it), ("xun", {}),
            ("tao", {f"/innovations/desk/{other}": "[窑车]喷涂"}),
        ):  # fmt: skip
            assert found(await (await web.signed_in(who)).get(at("/search", "窑车"))) == finds, who
        clerk = await web.signed_in("mei")
        assert list(found(await clerk.get(at("/search", "窑车", **{"in": "proposal"})))) == [
            f"/proposals/desk/{proposal}"
        ]
        assert list(found(await clerk.get(at("/search", "人:冯砚秋")))) == [f"/proposals/desk/{proposal}"]
        assert list(found(await clerk.get(at("/search", "效益:>97万 效益:<98万")))) == [
            f"/innovations/desk/{innovation}"
        ]
        assert list(found(await clerk.get(at("/search", "类型:技术革新 年:2025")))) == [
            f"/innovations/desk/{innovation}"
        ]
        assert found(await clerk.get(at("/search", "状态:公开"))) == {}
        assert (await clerk.get("/search?in=shown_innovation")).status_code == 404
        assert (await clerk.get("/search?q=x&skip=99999")).status_code == 404
        assert (await (await web.signed_in("pan")).get("/search")).status_code == 404
        assert (await web.visitor().get("/search")).status_code in {302, 303}


@ON_SQLITE
async def test_counts_and_facets_are_of_what_the_hat_reads(database):
    here = await works()
    await kept(here)
    await of(here, "other", said=replace(FOIL, title="铜箔分切", year=2023))
    async with visitors() as web:
        county, clerk = await web.signed_in("yun"), await web.signed_in("mei")
        page = await county.get(at("/search", "行业:C"))
        assert "找到 2 条" in page.text
        assert links(page, "2023")[-1] == "/search?q=" + quote("行业:C 年:2023", safe="").replace("%20", "+")
        assert len(links(page, "素坯里陶瓷有限公司")) == 1
        own = await clerk.get(at("/search", "行业:C"))
        assert "找到 1 条" in own.text
        assert "素坯里" not in own.text


@ON_SQLITE
async def test_a_unit_is_meant_by_its_name_a_piece_of_it_or_a_union_above(database):
    here = await works()
    number, other = await kept(here), await of(here, "other")
    scope = await searching.for_reader(await here.user("yun"), ENGLISH)

    async def meant(text: str) -> tuple[list[str], list[str]]:
        asked = await searching.read(scope, f"unit:{text}")
        names = [one.name for _, some in asked.units for one in some]
        return names, [problem.code for problem in asked.problems]

    assert await meant("云窑") == (["云窑艺术瓷厂"], [])
    assert await meant("云岫") == (["云岫县总工会"], [])
    assert await meant("景德镇") == ([], ["search_unit_unknown"])  # above the county: not its own to search
    assert await meant("#" + str(here.places["far"])) == ([], ["search_unit_unknown"])
    assert await meant("#x") == ([], ["search_unit_unknown"])
    assert await meant("素坯里") == (["素坯里陶瓷有限公司"], [])
    both = await searching.read(scope, "unit:瓷")
    assert [one.label for _, offers in searching.choices(scope, both) for one in offers] == [
        "云窑艺术瓷厂", "素坯里陶瓷有限公司",
    ]  # fmt: skip
    assert {line.said.id for line in (await searching.find(scope, both, best=False)).lines} == {number, other}
    chosen = searching.choices(scope, both)[0][1][0].query
    assert chosen == "unit:云窑艺术瓷厂"
    assert [
        line.said.id for line in (await searching.find(scope, await searching.read(scope, chosen), best=False)).lines
    ] == [number]
    without = await searching.read(scope, "-unit:云窑")
    assert [line.said.id for line in (await searching.find(scope, without, best=False)).lines] == [other]


@ON_SQLITE
async def test_units_that_are_called_alike_are_told_apart_and_too_many_are_not_asked(database):
    here = await works()
    root = await searching.for_reader(await here.user("sheng"), ENGLISH)
    twin = await organisations.create(here.places["far"], Draft("云窑艺术瓷厂", Kind.ENTERPRISE), "test", NOW)
    number, other = await kept(here), await kept(here)
    asked = await searching.read(root, "铜箔 unit:云窑艺术瓷厂")
    offers = searching.choices(root, asked)[0][1]
    assert sorted(one.query for one in offers) == sorted(f"铜箔 unit:#{one}" for one in (here.places["works"], twin))
    mine = next(one.query for one in offers if one.query.endswith(f"#{here.places['works']}"))
    result = await searching.find(root, await searching.read(root, mine), best=False)
    assert {line.said.id for line in result.lines} == {number, other}
    for n in range(9):
        await organisations.create(here.places["county"], Draft(f"{n}号瓷厂", Kind.ENTERPRISE), "test", NOW)
    many = await searching.read(root, "unit:瓷厂")
    assert [problem.code for problem in many.problems] == ["search_unit_many"]
    assert len(searching.choices(root, many)[0][1]) == 8


async def test_a_merged_unit_stands_for_the_one_that_took_it_in(database):
    here = await works()
    number = await kept(here)
    before = (await Innovation.select(Innovation.changed_at).where(Innovation.id == number).first())["changed_at"]
    await organisation_moves.merge(here.places["works"], here.places["other"], "test", NOW)
    row = await Innovation.select(Innovation.changed_at).where(Innovation.id == number).first()
    assert row["changed_at"] > before  # so the system of the other unit is told of it
    scope = await searching.for_reader(await here.user("yun"), ENGLISH)
    asked = await searching.read(scope, "unit:云窑")
    assert [line.said.id for line in (await searching.find(scope, asked, best=False)).lines] == [number]
    tao = await searching.for_reader(await here.user("tao"), ENGLISH)
    everything = await searching.read(tao, "打皱")
    assert [line.said.id for line in (await searching.find(tao, everything, best=True)).lines] == [number]


@ON_SQLITE
async def test_everyone_finds_what_the_library_shows_and_nothing_else_in_any_way(database):
    here = await works()
    shown_one = await kept(here, "take_in", "award", shown=BenefitShown.HIDDEN, said=replace(FOIL, title="公开的收卷"))
    hidden = replace(
        FOIL, title="内部的收卷", authors=tuple(replace(one, name="汪素心") for one in FOIL.authors), year=2021
    )
    await of(here, "other", "take_in", "award", said=hidden)
    page_of_it = f"/innovations/{(await row_of(shown_one))['address']}"
    async with visitors() as web:
        everyone = web.visitor()
        page = await everyone.get(at("/innovations/search", "收卷"))
        assert found(page) == {page_of_it: "公开的[收卷]"}
        assert "找到 1 条" in page.text
        for text in ("内部", "汪素心", "人:汪素心", "年:2021", "单位:素坯里", "效益:>1", "效益:..9亿", "-公开的"):
            for path in ("/innovations/search", "/en/innovations/search", "/api/search"):
                answer = await everyone.get(at(path, text))
                assert found(answer) == {}, text
                for word in ("内部的收卷", "素坯里陶瓷", "97.42", "974,200", "97420000"):
                    assert word not in answer.text, (text, path)
        nothing = await everyone.get(at("/innovations/search", "收卷 内部"))
        assert "去掉“内部”：1 条" in nothing.text
        assert "去掉“收卷”" not in nothing.text
        assert "没有找到名称含“素坯里”的单位" in (await everyone.get(at("/innovations/search", "单位:素坯里"))).text
        assert list(found(await everyone.get(at("/innovations/search", "单位:景德镇 云窑")))) == [page_of_it]
        assert found(await everyone.get(at("/innovations/search", "状态:公开"))) == {}  # no field outside


@ON_SQLITE
async def test_what_is_wrong_with_a_query_is_said_and_nothing_typed_is_lost(database):
    await works()
    async with visitors() as web:
        for path, visitor in (("/innovations/search", web.visitor()), ("/search", await web.signed_in("mei"))):
            page = await visitor.get(at(path, '年:二三 单位:没有的厂 "<b>短语'))
            assert page.status_code == 422
            assert "“二三”不是年份" in page.text
            assert "没有找到名称含“没有的厂”的单位" in page.text
            assert 'value="年:二三 单位:没有的厂 &#34;&lt;b&gt;短语"' in page.text
        answer = await web.visitor().get(at("/api/search", "年:二三"))
        assert (answer.status_code, [one["field"] for one in answer.json()["problems"]]) == (422, ["q"])


async def test_pages_go_on_without_telling_how_many_others_there_are(database, monkeypatch):
    monkeypatch.setattr(searching, "SIZE", 2)
    here = await works()
    numbers = []
    for n in range(5):
        numbers.append(await kept(here, "take_in", "award", said=replace(FOIL, title=f"第{n}件收卷")))
        await here.sent()
    addresses = [(await row_of(number))["address"] for number in reversed(numbers)]
    async with visitors() as web:
        everyone = web.visitor()
        for first in (at("/innovations/search", "收卷", sort="new"), at("/innovations/search", "收卷")):
            seen, address = [], first
            while address:
                page = await everyone.get(address)
                seen += [href.rpartition("/")[2] for href in found(page)]
                address = next(iter(links(page, "下一页")), "")
                assert re.search(r"before=20\d\d-\d{7}$|skip=\d$|^$", address)
            assert sorted(seen) == sorted(addresses)
            assert len(seen) == 5
        seen, address = [], at("/api/search", "收卷", sort="new")
        while address:
            answer = await everyone.get(address)
            assert answer.headers["access-control-allow-origin"] == "*"
            assert (await everyone.get(address, headers={"if-none-match": answer.headers["etag"]})).status_code == 304
            value = answer.json()
            seen += [one["address"] for one in value["innovations"]]
            address = value["next"]
        assert seen == addresses
        assert (await everyone.get(at("/api/search", "收卷", before="2026-9999999"))).status_code == 404
        assert (await everyone.get(at("/innovations/search", "收卷", before=str(numbers[0])))).status_code == 404


@ON_SQLITE
async def test_a_kept_page_is_not_found_any_more_when_the_library_shows_it_no_longer(database):
    here = await works()
    number = await kept(here, "take_in", "award")
    async with visitors() as web:
        everyone = web.visitor()
        for _ in range(2):
            assert len(found(await everyone.get(at("/innovations/search", "铜箔")))) == 1
        row = await row_of(number)
        await innovations.set_publicity(number, Publicity.INTERNAL, BenefitShown.HIDDEN, row["revision"], 3, NOW)
        assert found(await everyone.get(at("/innovations/search", "铜箔"))) == {}
        assert (await everyone.get(at("/api/search", "铜箔"))).json()["innovations"] == []


@ON_SQLITE
async def test_where_nothing_is_found_a_unit_of_that_name_is_offered(database):
    here = await works()
    await here.sent()
    async with visitors() as web:
        page = await (await web.signed_in("yun")).get(at("/search", "云窑 码放图"))
        assert "改按单位查找" in page.text
        (offered,) = links(page, "云窑艺术瓷厂")
        assert len(found(await (await web.signed_in("yun")).get(offered))) == 1
        assert SAID.title in re.sub(
            "[][]", "", " ".join(found(await (await web.signed_in("yun")).get(offered)).values())
        )


async def seated_at_the_federation(found: Round) -> None:
    """A reviewer who reads everything there, and does not run the round."""
    made = await accounts.create_account("ping", "ping", ["reviewer"], "test", NOW, organisation_id=1)
    found.here.people["ping"] = made[0]
    await found.seated("ping")


async def test_whoever_reviews_blind_is_told_nothing_of_the_entries_by_a_search(database):
    round_ = await ready()
    await seated_at_the_federation(round_)
    other = await kept_beside(round_.here)
    number, unit = round_.innovations["夹具"], "单位:云窑艺术瓷厂"
    titles = {f"/innovations/desk/{other}": "别的[收卷]"}
    async with visitors() as web:
        office, second = await web.signed_in("ping"), await web.signed_in("qian")
        for text in (
            "收卷",
            f"收卷 {unit}",
            f'"张力按卷径自动调节" {unit}',
            "人:冯砚秋",
            f"年:2025 {unit}",
            "-料架 行业:C",
        ):
            for more in ({}, {"sort": "new"}, {"in": "innovation"}):
                page = await office.get(at("/search", text, **more))
                assert set(found(page)) <= set(titles), text
                assert "夹具" not in page.text
                assert "素坯里" not in page.text
                counted = re.search(r"找到 (\d+) 条", page.text)
                assert counted is None or int(counted[1]) == len(found(page))
        assert found(await office.get(at("/search", "收卷"))) == titles
        assert f"/innovations/desk/{number}" in found(await second.get(at("/search", "收卷")))
        made = await office.post("/search/export", {"q": "收卷 行业:C"})
        assert made.status_code == 200
        assert (await office.post("/search/export", {"q": f"收卷 {unit}"})).status_code == 422
        await ReviewRound.update({ReviewRound.stage: "decided"}).where(ReviewRound.id == round_.id)
        assert f"/innovations/desk/{number}" in found(await office.get(at("/search", "收卷")))


async def test_whoever_reviews_blind_does_not_find_the_proposal_that_an_entry_grew_out_of(database):
    round_ = await ready()
    here = round_.here
    proposal, _ = await here.sent(SAID)
    await seated_at_the_federation(round_)
    number = await innovations.begin(FOIL, here.places["works"], 1, NOW, proposal)
    entry = await ReviewEntry.select(ReviewEntry.id).order_by(ReviewEntry.id).first()
    await ReviewEntry.update({ReviewEntry.innovation: number}).where(ReviewEntry.id == entry["id"])
    async with visitors() as web:
        office, second = await web.signed_in("ping"), await web.signed_in("qian")
        at_desk, asked = f"/proposals/desk/{proposal}", at("/search", "码放图")
        assert at_desk in found(await second.get(asked))
        assert (await second.get(at_desk)).status_code == 200
        page = await office.get(asked)
        assert found(page) == {}
        assert "云窑艺术瓷厂" not in page.text  # no facet tells whose it is
        assert (await office.get(at_desk)).status_code == 404
        assert SAID.title not in (await office.get("/proposals/desk")).text
        await ReviewRound.update({ReviewRound.stage: "decided"}).where(ReviewRound.id == round_.id)
        assert at_desk in found(await office.get(asked))
        assert (await office.get(at_desk)).status_code == 200


async def kept_beside(here) -> int:
    return await of(here, "far", said=replace(FOIL, title="别的收卷"))


async def test_a_unit_that_is_moved_takes_along_who_finds_what_it_handed_in(database):
    here = await works()
    number, beside = await kept(here), await of(here, "other")
    proposal, _ = await here.sent(SAID)

    async def finds(who: str) -> set[int]:
        scope = await searching.for_reader(await here.user(who), ENGLISH)
        asked = await searching.read(scope, "卷")
        found = await searching.find(scope, asked, best=False)
        assert found.count == len(found.lines)
        facets, _ = await searching.facets(scope, asked)
        assert all(one.label != "云窑艺术瓷厂" for one in facets.get("unit", [])) or number in {
            line.said.id for line in found.lines
        }
        return {line.said.id for line in found.lines}

    assert (await finds("yun"), await finds("xun"), await finds("mei")) == ({number, beside}, set(), {number})
    await organisation_moves.move(here.places["works"], here.places["far"], "test", NOW)
    for who, expected in (("yun", {beside}), ("xun", {number}), ("mei", {number}), ("sheng", {number, beside})):
        assert await finds(who) == expected, who
    await organisation_moves.move(here.places["works"], here.places["county"], "test", NOW)
    assert (await finds("yun"), await finds("xun")) == ({number, beside}, set())
    await organisation_moves.move(here.places["county"], here.places["far"], "test", NOW)
    assert (await finds("yun"), await finds("xun"), await finds("mei")) == (
        {number, beside}, {number, beside}, {number},
    )  # fmt: skip
    assert proposal


async def test_the_first_hours_of_a_year_are_of_that_year(database):
    here = await works()
    new_year = datetime(2026, 1, 1, 7, 30, tzinfo=ZONE)  # in UTC it is the year before
    number, _ = await here.begun(now=new_year)
    await proposals.hand_in(number, new_year, ZONE)
    async with visitors() as web:
        clerk = await web.signed_in("mei")
        assert found(await clerk.get(at("/search", "窑车 年:2025"))) == {}
        assert list(found(await clerk.get(at("/search", "窑车 年:2026")))) == [f"/proposals/desk/{number}"]


@ON_SQLITE
async def test_whoever_types_signs_alone_is_told_that_nothing_was_looked_for(database):
    here = await works()
    await kept(here)
    async with visitors() as web:
        clerk, visitor = await web.signed_in("mei"), web.visitor()
        for who, at in ((clerk, "/search"), (visitor, "/innovations/search"), (visitor, "/en/innovations/search")):
            page = await who.get(f"{at}?q={quote('😀！')}")
            assert page.status_code == 200
            assert ("没有可检索的内容" in page.text) is (not at.startswith("/en"))
            assert ("Nothing to look for" in page.text) is at.startswith("/en")
            assert "没有可检索的内容" not in (await who.get(at)).text
