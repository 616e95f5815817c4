"""Certificates for officers: those of their organisations, their papers, printers, and printing many."""

from datetime import UTC, datetime

import pytest

from foundation.base.clock import today
from foundation.papers.certificates import A4_BLANK
from foundation.process import certificate_printers, certificates
from foundation.process.certificate_printers import as_typed
from foundation.store.transactions import transaction
from foundation.work import job_runner
from ganpo import background
from tests.foundation.papers.reading import joined, sizes
from tests.foundation.process.certificates_made_up import BY, NAMES, NOW, issued, series
from tests.foundation.process.circulars_made_up import province
from tests.web import visitors

HOME = "/office/certificates"


@pytest.fixture(autouse=True)
def no_background(monkeypatch):
    """No background takes a job before the test looks."""

    async def idle(*args: object) -> int:
        return 0

    monkeypatch.setattr(background.job_runner, "run_due", idle)


async def test_an_officer_finds_certificates_by_number_and_beginning_of_the_name(database):
    await province()
    await series()
    for at, name in enumerate(NAMES, 1):
        await issued(name, f"honour:{at}")
    async with transaction():
        await certificates.revoke(3, "荣誉已撤销。", BY, NOW)
    async with visitors() as web:
        ling = await web.signed_in("ling")
        whole = await ling.get(HOME)
        assert [name in whole.text for name in NAMES] == [True] * 3
        for query, found in (
            ("search=赣匠证[2026]0002", [False, True, False]),
            ("search=龚", [True, False, False]),
            ("search=%25", [True, True, True]),
            ("stage=revoked", [False, False, True]),
            ("series=1&stage=valid", [True, True, False]),
        ):
            page = await ling.get(f"{HOME}?{query}")
            assert (page.status_code, [name in page.text for name in NAMES]) == (200, found)
        for junk in ("series=x", "series=99", "stage=x", "before=x"):
            assert (await ling.get(f"{HOME}?{junk}")).status_code == 404


async def test_officers_of_other_organisations_and_clerks_find_nothing(database):
    made = await province()
    await series("nanchang", "洪匠证〔{年}〕{号}", made.places["nanchang"])
    await series()
    own, above = await issued("张三", "honour:1", "nanchang"), await issued("李四光", "honour:2")
    async with visitors() as web:
        hu, tu, stranger = await web.signed_in("hu"), await web.signed_in("tu"), web.visitor()
        page = await hu.get(HOME)
        assert ("张三" in page.text, "李四光" in page.text) == (True, False)
        assert (await hu.get(f"{HOME}/{own.id}")).status_code == 200
        for path in (f"{HOME}/{above.id}", f"{HOME}/{above.id}/paper", f"{HOME}/series/2", f"{HOME}/printers/9"):
            assert (await hu.get(path)).status_code == 404
        assert (await hu.post(f"{HOME}/{above.id}/replacement", {"reason": "遗失。"})).status_code == 404
        for path in (HOME, f"{HOME}/{own.id}", f"{HOME}/series", f"{HOME}/printers"):
            assert (await tu.get(path)).status_code == 404
            assert (await stranger.get(path)).status_code == 303
        ticked = await hu.post(f"{HOME}/runs", {"chosen": [str(above.id)]})
        assert (ticked.status_code, "请至少选择一份" in ticked.text) == (422, True)


async def test_the_paper_of_one_is_a_whole_page_or_only_its_words(database, monkeypatch):
    monkeypatch.setenv("GANPO_PUBLIC_URL", "")
    await province()
    await series()
    made = await issued()
    printer = await certificate_printers.add("305 室", A4_BLANK, 1, BY)
    async with visitors() as web:
        ling = await web.signed_in("ling")
        page = await ling.get(f"{HOME}/{made.id}/paper?printer=")
        assert (page.headers["content-type"], page.headers["cache-control"]) == ("application/pdf", "private, no-store")
        assert "attachment" in page.headers["content-disposition"]
        assert sizes(page.content) == [(297, 210)]
        assert "荣誉证书" in joined(page.content)
        words = await ling.get(f"{HOME}/{made.id}/paper?printer={printer}")
        assert "荣誉证书" not in joined(words.content)
        for junk in ("x", "99", "0", "-1", "1" * 30):
            assert (await ling.get(f"{HOME}/{made.id}/paper?printer={junk}")).status_code == 404


async def test_a_lost_one_is_replaced_once(database):
    await province()
    await series()
    made = await issued()
    async with visitors() as web:
        ling = await web.signed_in("ling")
        empty = await ling.post(f"{HOME}/{made.id}/replacement", {"reason": ""})
        assert (empty.status_code, "请说明原因" in empty.text) == (422, True)
        done = await ling.post(f"{HOME}/{made.id}/replacement", {"reason": "证书遗失。"})
        assert (done.status_code, done.headers["location"].split("?")[0]) == (303, f"{HOME}/2")
        again = await ling.post(f"{HOME}/{made.id}/replacement", {"reason": "证书遗失。"})
        assert (again.status_code, "已经换发" in again.text) == (422, True)
        old = await ling.get(f"{HOME}/{made.id}")
        assert ("赣匠证〔2026〕0002" in old.text, "补发新证书" in old.text) == (True, False)
        assert (await ling.get(f"{HOME}/{made.id}/paper")).status_code == 404


async def test_a_series_is_defined_and_changed_by_form(database):
    await province()
    said = {"name": "赣鄱工匠证书", "code": "craftsman", "pattern": "赣匠证〔{年}〕{号}", "digits": "4"}
    async with visitors() as web:
        ling = await web.signed_in("ling")
        wrong = await ling.post(f"{HOME}/series", {**said, "code": "工匠", "digits": "x"})
        assert (wrong.status_code, 'value="赣鄱工匠证书"' in wrong.text) == (422, True)
        assert (await ling.post(f"{HOME}/series", said)).status_code == 303
        assert f"赣匠证〔{today().year}〕0017" in (await ling.get(f"{HOME}/series")).text
        await issued()
        used = await ling.post(f"{HOME}/series/1", {**said, "digits": "5"})
        assert (used.status_code, "已颁发过证书" in used.text) == (422, True)
        assert (await ling.post(f"{HOME}/series/1", {**said, "name": "证书"})).status_code == 303


async def test_a_printer_is_set_by_its_page_of_millimetres(database):
    await province()
    async with visitors() as web:
        ling = await web.signed_in("ling")
        form = await ling.get(f"{HOME}/printers/new")
        assert 'value="297"' in form.text
        wrong = await ling.post(f"{HOME}/printers", {**as_typed("305 室"), "right": "99"})
        assert (wrong.status_code, 'value="305 室"' in wrong.text) == (422, True)
        made = await ling.post(f"{HOME}/printers", {**as_typed("305 室"), "right": "1.5"})
        assert made.headers["location"].split("?")[0] == f"{HOME}/printers/1"
        page = await ling.get(f"{HOME}/printers/1")
        assert 'value="1.5"' in page.text
        late = await ling.post(f"{HOME}/printers/1", {**as_typed("306 室"), "revision": "9"})
        assert (late.status_code, "刚才有人修改" in late.text, 'name="revision" value="1"' in late.text) == (
            422,
            True,
            True,
        )
        assert (await ling.post(f"{HOME}/printers/1", {**as_typed("306 室"), "revision": "1"})).status_code == 303
        sheet = await ling.get(f"{HOME}/printers/1/setting-page")
        assert sizes(sheet.content) == [(297, 210)]


async def test_many_are_printed_with_progress_and_fetched_by_who_began_it(database):
    await province()
    await series()
    for at, name in enumerate(NAMES, 1):
        await issued(name, f"honour:{at}")
    async with visitors() as web:
        ling, other = await web.signed_in("ling"), await web.signed_in("wang", roles=["officer"])
        for wrong in (
            {},
            {"chosen": ["x", "99"]},
            {"series": "1", "first": "赣匠证〔2026〕0009"},
            {"first": "1", "series": ""},
        ):
            assert (await ling.post(f"{HOME}/runs", wrong)).status_code == 422
        ranged = {"series": "1", "first": "赣匠证[2026]0002", "last": "赣匠证[2026]0003", "printer": ""}
        begun = await ling.post(f"{HOME}/runs", ranged)
        assert begun.headers["location"] == "/jobs/1"
        assert "还没有生成文件" in (await ling.get(f"{HOME}/runs/1")).text
        await job_runner_run()
        assert f"{HOME}/runs/1" in (await ling.get("/jobs/1")).text
        page = await ling.get(f"{HOME}/runs/1")
        assert "证书-赣匠证〔2026〕0002-赣匠证〔2026〕0003.pdf" in page.text
        file = await ling.get(f"{HOME}/runs/1/1")
        assert len(sizes(file.content)) == 2
        for path in (f"{HOME}/runs/1", f"{HOME}/runs/1/1"):
            assert (await other.get(path)).status_code == 404
        assert (await ling.get(f"{HOME}/runs/1/2")).status_code == 404


_run_due = job_runner.run_due


async def job_runner_run() -> None:
    await _run_due(lambda: datetime.now(UTC))
