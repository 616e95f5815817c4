"""The page of working days: only the federation's officers, nothing typed is lost."""

from foundation.base.calendar import KNOWN_YEARS
from foundation.process import calendar
from foundation.store.engines import Engine
from tests.web import visitors

NEXT = KNOWN_YEARS.stop
CUSTOMS = {
    "year": "2026", "days": "7", "least_days": "5", "end_time": "12:00", "first_day_counts": "no", "decide_days": "3",
}  # fmt: skip


async def test_an_officer_enters_a_day_and_takes_it_back(database: Engine) -> None:
    async with visitors() as web:
        officer = await web.signed_in("ling", roles=["officer"])
        page = await officer.get("/calendar?year=2026")
        assert ("2026年5月1日" in page.text, "2026年5月9日" in page.text) == (True, True)
        day = {"year": "2026", "day": "2026-3-10", "working": "no", "reason": "防汛停工"}
        answer = await officer.post("/calendar/days", day)
        assert answer.status_code == 303
        after = (await officer.get(answer.headers["location"])).text
        assert ("防汛停工" in after, "日期已保存" in after) == (True, True)
        again = await officer.post("/calendar/days", day)
        assert (again.status_code, "防汛停工" in again.text) == (422, True)
        back = await officer.post("/calendar/days", {**day, "working": "back", "reason": "录入有误"})
        assert back.status_code == 303
        assert await calendar.day_table() == calendar.DayTable()
        assert "录入有误" in (await officer.get("/calendar?year=2026")).text


async def test_what_cannot_be_read_is_told_and_kept(database: Engine) -> None:
    async with visitors() as web:
        officer = await web.signed_in("ling", roles=["officer"])
        page = await officer.post("/calendar/days", {"year": "2026", "day": "下周二", "working": "", "reason": "停工"})
        assert page.status_code == 422
        for words in ("下周二", "停工", "日期请按", "请选择当日是否上班"):
            assert words in page.text
        usual = {**CUSTOMS, "days": "七天", "end_time": "25:00", "first_day_counts": ""}
        page = await officer.post("/calendar/customs", usual)
        assert (page.status_code, "七天" in page.text, "25:00" in page.text) == (422, True, True)
        for year in ("x", "1999", "2101", "20266", "２０２６"):
            assert (await officer.get(f"/calendar?year={year}")).status_code == 404


async def test_a_year_that_is_unknown_is_entered_whole(database: Engine) -> None:
    async with visitors() as web:
        officer = await web.signed_in("ling", roles=["officer"])
        assert "尚未录入" in (await officer.get(f"/calendar?year={NEXT}")).text
        empty = await officer.post("/calendar/years", {"year": str(NEXT), "grounds": ""})
        assert empty.status_code == 422
        entered = await officer.post("/calendar/years", {"year": str(NEXT), "grounds": "国办发明电1号"})
        assert entered.status_code == 303
        assert "国办发明电1号" in (await officer.get(f"/calendar?year={NEXT}")).text
        assert (await officer.post("/calendar/years", {"year": str(NEXT), "grounds": "再次"})).status_code == 422


async def test_customs_are_changed(database: Engine) -> None:
    async with visitors() as web:
        officer = await web.signed_in("ling", roles=["officer"])
        assert (await officer.post("/calendar/customs", CUSTOMS)).status_code == 303
        assert (await calendar.customs()).first_day_counts is False
        assert 'value="12:00"' in (await officer.get("/notices/manage/new")).text


async def test_strangers_find_no_calendar(database: Engine) -> None:
    async with visitors() as web:
        for roles in (["organiser"], ["reviewer"], ["supervisor"], []):
            stranger = await web.signed_in(f"s{len(roles)}{''.join(roles)}", roles=roles)
            assert (await stranger.get("/calendar")).status_code == 404
            for act in ("days", "years", "customs"):
                assert (await stranger.post(f"/calendar/{act}", {"year": "2026"})).status_code == 404
        assert (await web.visitor().get("/calendar")).status_code == 303
