"""The made-up province's studios: one of nine, one in its yearly assessment, a city's that goes on, one applied for."""

import pytest

from innovations import studio_reads, studio_showing, studio_years, studios
from innovations.rules.studios import Stage
from innovations.studio_tables import Studio
from tests.web import visitors

pytestmark = pytest.mark.parametrize("made_up", ["sqlite"], indirect=True)


async def test_the_studios_and_what_waits_for_whom(province):
    rows = [studios.facts(row) for row in await Studio.select().order_by(Studio.id)]
    assert [one.stage for one in rows] == [Stage.NAMED, Stage.NAMED, Stage.NAMED, Stage.APPLIED, Stage.APPLIED]
    assert [one.continues for one in rows] == [None, None, None, rows[2].id, None]
    drill = await studio_showing.one(rows[0].address)
    assert (drill.leader, drill.unit, drill.people) == ("肖亦禾", "芯禾电路有限公司", 9)
    assert [one.title for one in await studio_showing.results(rows[0].id)] == ["高多层电路板背钻残桩快速检测治具"]
    assert [one.verdict for one in await studio_years.of(rows[1].id)] == [None]
    assert len(await studio_reads.members(rows[2].id)) == 2
    async with visitors() as web:
        page = await web.visitor().get("/studios")
        assert "肖亦禾创新工作室" in page.text
        assert page.text.count("冯砚秋分水创新工作室") == 1
        for account, waits in (("guanli", "待作年度考核结论"), ("nanchang", "工作室申报待排序推荐")):
            assert waits in (await (await web.signed_in(account)).get("/desk")).text
