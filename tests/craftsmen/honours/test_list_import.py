"""Past years from one sheet and a zip: records and drafts of pages, nothing of them public, all of it undone again."""

import asyncio
from datetime import date
from io import BytesIO

import pytest
from PIL import Image

from craftsmen import list_portraits, list_reads, lists, profiles
from craftsmen.honour_tables import Honour, HonourList, HonourListRow
from craftsmen.rules.honours import Holder, PartialDate
from craftsmen.rules.list_facts import read_birth
from craftsmen.rules.list_portraits import Wanted, assign
from craftsmen.rules.lists import ListDraft, Stage, read_list
from craftsmen.showcase_tables import Profile, ShownCraftsman, ShownHonour
from foundation.base.problem import Problem, Refused
from foundation.files.tables import FileUse, Picture
from foundation.people.worker_tables import Worker
from foundation.store.transactions import transaction
from foundation.work import two_person
from tests.craftsmen.honours.honours_made_up import NOW, everything_shown, place, shown
from tests.craftsmen.honours.test_honour_lists import TODAY, run_jobs
from tests.foundation.files.test_archives import packed
from tests.foundation.people.workers_made_up import YANQIU, id_number, make
from tests.web import visitors

PAST = ListDraft("ganpo-craftsman", "往届赣鄱工匠", PartialDate(2026, 5))
HEAD = "姓名\t单位\t届次\t授予日期\t文号\t设区市\t行业\t出生年月\t一句话事迹\t事迹\t照片\n"
KILN = "云窑艺术瓷厂工会"
SHANS = (
    f"傅远山\t{KILN}\t第七届\t2024年5月\t赣工字〔2024〕9号\t景德镇市\t制造业\t1968-03\t"
    "三十年只拉一种坯\t他把坯拉薄到一毫米。\t傅远山.png\n"
)
HES = "傅远河\t老窑厂\t6\t2022\t\t景德镇\tC\t1959-10-02\t守窑四十年\t\t照片/傅远河\n"
SHEET = HEAD + SHANS + HES
WORDS = ("三十年只拉一种坯", "一毫米", "守窑四十年", "1968", "1959")


def photo(shade: int = 90) -> bytes:
    out = BytesIO()
    Image.new("RGB", (160, 200), (shade, 110, 160)).save(out, "PNG")
    return out.getvalue()


ZIP = packed(("照片/傅远山.PNG", photo()), ("照片/傅远河.png", photo(20)), ("说明.txt", "照片说明".encode()))


async def taken(text: str = SHEET, draft: ListDraft = PAST) -> int:
    list_id, job = await lists.create(draft, text, 1, 7, NOW)
    assert job is None
    return list_id


async def with_zip(list_id: int, content: bytes = ZIP) -> None:
    file_id = await list_portraits.keep("照片.zip", content, 7, NOW)
    await lists.take_portraits(list_id, file_id, 7, NOW)
    await run_jobs()


async def everything_public() -> str:
    return repr([await everything_shown(), await ShownCraftsman.select()])


OFFICE = """附件2：
江西省历届“赣鄱工匠”命名人员名单（2019—2024年）
填报单位（盖章）：景德镇市总工会\t\t\t\t\t\t填报日期：2026年10月8日
序号\t姓名\t性别\t所在单位及职务\t\t命名情况\t\t\t主要事迹\t备注
\t\t\t单位\t职务\t届次\t命名时间\t文号\t一句话事迹\t
1\t傅远山\t男\t云窑艺术瓷厂工会\t班长\t第七届\t2024年5月\t赣工字〔2024〕9号\t三十年只拉一种坯\t
2\t程　砚\t女\t云窑艺术瓷厂工会\t技师\t七\t2024.05\t赣工字〔2024〕9号\t分水\t
3\t万小河\t男\t老窑厂\t\t第六届\t2022年13月\t\t守窑\t已退休
合计\t3人
制表人：李某\t\t\t审核人：王某
"""


def test_a_sheet_of_an_office_is_read_below_its_title_and_its_two_lines_of_headings():
    read = read_list(OFFICE, Holder.PERSON, TODAY)
    assert (read.problems, [(row.line, row.given["name"]) for row in read.rows]) == (
        (), [(6, "傅远山"), (7, "程砚"), (8, "万小河")],
    )  # fmt: skip
    assert [[(one.code, one.field) for one in row.problems] for row in read.rows] == [
        [], [], [("honour_date_wrong", "on")],
    ]  # fmt: skip
    assert (read.rows[0].given["edition"], read.rows[0].given["headline"]) == ("7", "三十年只拉一种坯")


async def test_the_page_of_a_list_names_the_column_of_each_problem(database):
    await place()
    list_id = await taken(OFFICE)
    async with visitors() as web:
        officer = await web.signed_in("guan", roles=["officer"])
        page = (await officer.get(f"/honours/lists/{list_id}")).text
    assert "<strong>授予日期</strong>：日期不对" in page


def codes(line: str) -> list[str]:
    (row,) = read_list(HEAD + line, Holder.PERSON, TODAY).rows
    return [problem.code for problem in row.problems]


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("傅远山\t窑\t第七届\t2024年5月\t文\t南昌\tC\t1968年3月\t一句\t事迹\t甲.jpg", []),
        ("傅远山\t窑\t七八\t\t\t\t\t\t\t\t", ["honour_edition_wrong"]),
        ("傅远山\t窑\t\t2024.1\t\t\t\t\t\t\t", ["honour_date_ambiguous"]),
        ("傅远山\t窑\t\t2031\t\t\t\t\t\t\t", ["honour_date_future"]),
        ("傅远山\t窑\t\t\t" + "文" * 61 + "\t\t\t\t\t\t", ["honour_text_long"]),
        ("傅远山\t窑\t\t\t\t\t\t1978.1\t\t\t", ["honour_date_ambiguous"]),
        ("傅远山\t窑\t\t\t\t\t\t1978-13\t\t\t", ["list_birth"]),
        ("傅远山\t窑\t\t\t\t\t\t\t" + "字" * 61 + "\t\t", ["profile_long"]),
        ("傅远山\t窑\t\t\t\t\t\t\t\t电话13800001234\t", ["profile_private"]),
        ("傅远山\t窑\t\t\t\t\t\t\t\t\t" + "名" * 121, ["honour_text_long"]),
    ],
)
def test_every_column_is_told_what_is_wrong_with_it(line, wanted):
    assert codes(line) == wanted


def test_a_story_keeps_its_paragraphs_and_a_name_stands_on_one_line():
    line = '"傅\n远山"\t窑\t\t\t\t\t\t\t\t"他十六岁进厂。\n\n第二年拉坯。"\t'
    (row,) = read_list(HEAD + line, Holder.PERSON, TODAY).rows
    assert (row.given["name"], row.given["story"]) == ("傅远山", "他十六岁进厂。\n第二年拉坯。")


def test_year_and_day_of_a_line_agree_or_are_told():
    text = "姓名\t单位\t年份\t授予日期\n傅远山\t窑\t2021\t2022-05\n傅远河\t窑\t2021年\t\n傅远川\t窑\t2021\t2021-05-01"
    rows = read_list(text, Holder.PERSON, TODAY).rows
    assert [row.given.get("on") for row in rows] == ["2022-05", "2021", "2021-05-01"]
    assert [[problem.code for problem in row.problems] for row in rows] == [["list_year_differs"], [], []]


@pytest.mark.parametrize(
    ("text", "born"),
    [
        ("1978-05-12", date(1978, 5, 12)), ("1978年5月", date(1978, 5, 31)), ("1978.02", date(1978, 2, 28)),
        ("197812", date(1978, 12, 31)), ("1978/5", date(1978, 5, 31)), ("", None), ("1978", None), ("1978-13", None),
    ],
)  # fmt: skip
def test_a_birth_is_read_as_people_write_it_and_of_a_month_its_last_day(text, born):
    assert read_birth(text, TODAY)[0] == born


@pytest.mark.parametrize(
    ("photos", "paths", "found", "problems", "unused"),
    [
        (["甲.jpg"], ["照片/甲.JPG"], {1: 0}, {}, ()),
        (["甲"], ["甲.heic"], {1: 0}, {}, ()),
        (["照片\\甲.jpg"], ["照片/甲.jpg", "旧/甲.jpg"], {1: 0}, {}, ("旧/甲.jpg",)),
        (["甲.jpg"], ["照片/甲.jpg", "旧/甲.jpg"], {}, {1: "list_photo_several"}, ()),
        (["甲.jpg", "甲"], ["甲.jpg"], {}, {1: "list_photo_twice", 2: "list_photo_twice"}, ()),
        (["甲.jpg"], ["乙.jpg"], {}, {1: "list_photo_missing"}, ("乙.jpg",)),
    ],
)
def test_photographs_missing_doubled_and_unused_are_told(photos, paths, found, problems, unused):
    told = assign([Wanted(row, row + 1, photo) for row, photo in enumerate(photos, 1)], paths)
    codes = {row: problem.code for row, problem in told.problems.items()}
    assert (dict(told.found), codes, told.unused) == (found, problems, unused)


async def test_past_years_become_honours_records_and_drafts_and_nothing_of_a_page_is_public(database):
    here = await place()
    list_id = await taken()
    await with_zip(list_id)
    assert await Worker.count() == 1  # looked at, not registered: nobody was made
    await lists.publish(list_id, False, 7, NOW)
    lines = {line["name"]: line for line in await ShownHonour.select()}
    told = [(one["edition"], one["given_on"], one["document"], one["city"], one["industry"]) for one in lines.values()]
    assert told == [(7, "2024-05", "赣工字〔2024〕9号", here.city, "C"), (6, "2022", "", here.city, "C")]
    workers = {row["name"]: row for row in await Worker.select()}
    assert (workers["傅远山"]["unit"], workers["傅远山"]["birth_date"]) == (here.kiln, date(1968, 3, 31))
    assert (workers["傅远河"]["unit"], workers["傅远河"]["id_hash"]) == (here.city, "")  # 老窑厂 is no unit any more
    drafts = {row["worker"]: row for row in await Profile.select()}
    his = drafts[workers["傅远山"]["id"]]
    assert (his["headline"], his["story"], his["stage"]) == ("三十年只拉一种坯", "他把坯拉薄到一毫米。", "draft")
    picture = await Picture.select().where(Picture.id == his["portrait"]).first()
    assert (picture["alt"], picture["published"]) == ("云窑艺术瓷厂工会傅远山的肖像照片", False)
    public = await everything_public()
    assert not [word for word in WORDS if word in public]
    assert await ShownCraftsman.count() == 0
    assert {(line["portrait"], line["page"], line["headline"]) for line in lines.values()} == {(None, "", "")}
    facts = await HonourList.select().first()
    assert (facts["portraits"], facts["unused"]) == (None, '["说明.txt"]')
    await profiles.approve(his["id"], his["revision"], "account:8", NOW)  # approved, but nobody agreed
    public = await everything_public()
    assert not [word for word in WORDS if word in public]


async def everything_kept() -> str:
    return repr([
        await Honour.select().order_by(Honour.id), await Profile.select().order_by(Profile.id),
        await Worker.select(Worker.id, Worker.name, Worker.revision), await Picture.select(), await shown(),
    ])  # fmt: skip


async def test_the_same_sheet_and_zip_twice_change_nothing(database):
    await place()
    list_id = await taken()
    await with_zip(list_id)
    await with_zip(list_id)  # the same zip again, before
    assert await Picture.count() == 2
    await lists.publish(list_id, False, 7, NOW)
    before = await everything_kept()
    again = await taken()
    rows = await HonourListRow.select(HonourListRow.state).where(HonourListRow.honour_list == again)
    assert [row["state"] for row in rows] == ["again", "again"]
    await with_zip(again)
    with pytest.raises(Refused) as refusal:
        await lists.publish(again, False, 7, NOW)
    assert refusal.value.problems == (Problem("list_nothing_new"),)
    assert await everything_kept() == before


async def test_undoing_takes_drafts_and_pictures_back_and_leaves_what_somebody_wrote(database):
    here = await place()
    list_id = await taken(SHEET + f"冯砚秋\t{KILN}\t7\t2024\t\t\t\t\t一句\t\t\n")
    await with_zip(list_id)
    await lists.publish(list_id, False, 7, NOW)
    hers = await profiles.of_worker(here.worker)
    async with transaction():
        await Profile.update({Profile.headline: "自己写的一句"}).where(Profile.id == hers["id"])
    await two_person.confirm(await lists.ask_undo(list_id, 1, "登记错误", 7, NOW), 8, NOW)
    assert await shown() == {}
    assert [row["headline"] for row in await Profile.select()] == ["自己写的一句"]
    pictures = {row["file"] for row in await Picture.select(Picture.file)}
    assert not pictures & {row["file"] for row in await FileUse.select(FileUse.file)}  # the sweep takes them
    again = await taken()  # and it can be registered anew, for the records are found
    await lists.publish(again, False, 7, NOW)
    assert len(await shown()) == 2
    assert await Worker.count() == 3


async def problems_of(line: str, draft: ListDraft = PAST) -> list[str]:
    (one,) = await list_reads.lines(await taken(HEAD + line, draft))
    return [problem.code for problem in one.problems]


async def test_nobody_is_merged_or_made_by_a_name_alone(database):
    here = await place()
    await make(here.city, "王芳", birth_date="1970-01-01")
    words = "\t一句\t\t\n"
    assert await problems_of("王芳\t老厂\t\t\t\t景德镇\t\t" + words) == ["list_namesakes"]  # in the city, by name alone
    assert await problems_of("王芳\t老厂\t\t\t\t景德镇\t\t1970-01-01" + words) == []
    await make(here.kiln, "冯砚秋", birth_date="1990-01-01")
    assert await problems_of(f"冯砚秋\t{KILN}\t\t\t\t\t\t" + words) == ["list_namesakes"]
    assert await problems_of(f"冯砚秋\t{KILN}\t\t\t\t\t\t1990-01-01" + words) == []
    assert await problems_of(f"冯砚秋\t{KILN}\t\t\t\t\t\t1991-01-01" + words) == ["list_namesakes"]


async def test_what_a_page_lacks_is_told_at_its_line(database):
    await place()
    assert await problems_of("傅远山\t老厂\t\t\t\t\t\t\t一句\t\t\n") == ["list_page_place"]
    assert await problems_of("傅远山\t老厂\t\t\t\t\t\t\t\t\t\n") == []  # only a line of the register
    assert await problems_of(f"傅远山\t{KILN}\t\t\t\t金陵市\t窑业\t\t\t\t\n") == ["list_place_unknown", "list_industry"]
    assert await problems_of(f"程小溪\t{KILN}\t\t\t\t\t\t2010-03\t\t\t\n") == ["list_under_age_page"]
    leaders = ListDraft("skill-leader", "带头人", PartialDate(2026, 5))
    assert await problems_of(f"傅远山\t{KILN}\t\t\t\t\t\t\t一句\t\t\n", leaders) == ["list_no_pages"]
    number = id_number("19900307", "001")
    text = f"姓名\t单位\t身份证号\t照片\n傅远山\t{KILN}\t{number}\t甲.jpg\n"
    (one,) = await list_reads.lines(await taken(text))
    assert [problem.code for problem in one.problems] == ["list_number_unknown"]


async def test_a_photograph_that_is_none_is_told_and_stops_nothing(database):
    await place()
    list_id = await taken()
    await with_zip(list_id, packed(("傅远山.png", b"<html>no picture</html>"), ("别人.png", photo())))
    lines = await list_reads.lines(list_id)
    assert [[problem.code for problem in one.picture_problems] for one in lines] == [
        ["picture_kind"], ["list_photo_missing"],
    ]  # fmt: skip
    await with_zip(list_id)  # a better zip
    assert [(one.picture, one.picture_problems) for one in await list_reads.lines(list_id)] == [(True, ())] * 2
    await lists.publish(list_id, False, 7, NOW)
    assert len(await shown()) == 2


async def test_photographs_go_on_where_they_broke_off(database, monkeypatch):
    await place()
    list_id = await taken()
    real, calls = list_portraits._put, []

    async def failing(*args):
        calls.append(args)
        if len(calls) == 2:
            raise RuntimeError("the machine stopped")
        await real(*args)

    monkeypatch.setattr(list_portraits, "_put", failing)
    await with_zip(list_id)
    assert (await HonourList.select(HonourList.stage).first())["stage"] == Stage.PICTURING
    with pytest.raises(Refused) as refusal:
        await lists.publish(list_id, False, 7, NOW)
    assert refusal.value.problems == (Problem("list_is_picturing"),)
    monkeypatch.setattr(list_portraits, "_put", real)
    await lists.resume(list_id, 7, NOW)
    await run_jobs()
    assert [one.picture for one in await list_reads.lines(list_id)] == [True, True]
    kept = await FileUse.count().where(FileUse.about == f"honour_list:{list_id}")
    assert kept == 2


async def test_a_hostile_zip_is_refused_and_stored_nowhere(database):
    await place()
    for content, code in ((packed(("../a.jpg", b"x")), "archive_path"), (photo(), "archive_kind")):
        with pytest.raises(Refused) as refusal:
            await list_portraits.keep("照片.zip", content, 7, NOW)
        assert [problem.code for problem in refusal.value.problems] == [code]
    assert await FileUse.count() == 0


async def test_dropping_a_list_lets_its_pictures_go(database):
    await place()
    list_id = await taken()
    await with_zip(list_id)
    await lists.drop(list_id, 7, NOW)
    assert await FileUse.count() == 0


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_an_officer_sends_the_zip_and_a_stranger_finds_nothing(database):
    await place()
    async with visitors() as web:
        officer = await web.signed_in("guan", "官", ["officer"])
        facts = {"title": "ganpo-craftsman", "name": "往届", "on": "2026", "rows": SHEET}
        page = await officer.post("/honours/lists", facts)
        at = page.headers["location"].split("?")[0]
        assert "新建职工信息" in (await officer.get(at)).text
        page = await officer.post(f"{at}/portraits", {}, files={"portraits": ("照片.zip", packed(("../a", b"x")))})
        assert page.status_code == 422
        assert "指向包外的位置" in page.text
        page = await officer.post(f"{at}/portraits", {}, files={"portraits": ("照片.zip", ZIP)})
        assert (page.status_code, page.headers["location"].split("?")[0]) == (303, "/jobs/1")
        async with asyncio.timeout(60):  # the site's own runner takes it up
            while await HonourList.exists().where(HonourList.stage == Stage.PICTURING.value):  # noqa: ASYNC110
                await asyncio.sleep(0.05)
        page = await officer.get(at)
        assert "说明.txt" in page.text
        stranger = await web.signed_in("jing", "景", ["clerk"])
        assert (await stranger.get(at)).status_code in (403, 404)
    assert YANQIU not in repr(await HonourListRow.select())
