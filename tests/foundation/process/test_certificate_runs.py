"""Printing many: a tray's worth a file, resumed where a process died, without what was revoked meanwhile."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from foundation.base.problem import NotFound, Problem, Refused
from foundation.files import stored, uses
from foundation.papers.certificates import A4_BLANK
from foundation.process import certificate_printers, certificate_reads, certificate_runs, certificates
from foundation.process.certificate_tables import CertificateSheaf
from foundation.store.transactions import transaction
from foundation.work import job_runner, jobs
from tests.foundation.papers.reading import joined, texts
from tests.foundation.process.certificates_made_up import BY, NAMES, NOW, issued, series
from tests.foundation.process.circulars_made_up import Province, province


def clock() -> datetime:
    return datetime.now(UTC)


async def sheaf_of(account_id: int, run_id: int, number: int) -> tuple[stored.FileFacts, bytes]:
    return await stored.read(await certificate_runs.sheaf_file(account_id, run_id, number))


async def cast(monkeypatch: pytest.MonkeyPatch, sheaf: int = 2) -> tuple[Province, list[int]]:
    """The province, five certificates of the federation, two a file."""
    monkeypatch.setattr(certificate_runs, "SHEAF", sheaf)
    made = await province()
    await series()
    names = [*NAMES, "张三", "李四光"]
    return made, [(await issued(name, f"honour:{at}")).id for at, name in enumerate(names, 1)]


async def test_many_become_files_of_a_tray_each_in_the_order_of_their_numbers(database, monkeypatch):
    made, ids = await cast(monkeypatch)
    ling = made.people["ling"]
    job = await certificate_runs.start(ids, None, ling, clock())
    assert await job_runner.run_due(clock) == 1
    facts = await jobs.job_of(ling, job)
    assert facts is not None
    assert (facts.stage, facts.done, facts.total) == (jobs.Stage.DONE, 5, 5)
    run = await certificate_runs.run_of(ling, 1)
    assert facts.result == "/office/certificates/runs/1"
    assert [(one.number, one.first[-4:], one.last[-4:]) for one in run.sheaves] == [
        (1, "0001", "0002"),
        (2, "0003", "0004"),
        (3, "0005", "0005"),
    ]
    assert [one.role for one in await uses.uses_of("certificate-run:1")] == ["sheaf"] * 3
    _, content = await sheaf_of(ling, 1, 2)
    pages = ["".join(page.split()) for page in texts(content)]
    assert ["程𠮷同志" in pages[0], "张三同志" in pages[1], len(pages)] == [True, True, 2]


async def test_a_blank_gets_the_words_only(database, monkeypatch):
    made, ids = await cast(monkeypatch, sheaf=10)
    ling = made.people["ling"]
    printer = await certificate_printers.add("305 室", A4_BLANK, 1, BY)
    await certificate_runs.start(ids[:1], printer, ling, clock())
    await job_runner.run_due(clock)
    facts, content = await sheaf_of(ling, 1, 1)
    assert facts.name == "证书-赣匠证〔2026〕0001.pdf"
    assert "荣誉证书" not in joined(content)
    assert (await certificate_runs.run_of(ling, 1)).printer == "305 室"


async def test_only_who_started_a_run_finds_it(database, monkeypatch):
    made, ids = await cast(monkeypatch, sheaf=10)
    await certificate_runs.start(ids, None, made.people["ling"], clock())
    await job_runner.run_due(clock)
    for call in (certificate_runs.run_of(made.people["hu"], 1), sheaf_of(made.people["hu"], 1, 1)):
        with pytest.raises(NotFound):
            await call
    with pytest.raises(NotFound):
        await sheaf_of(made.people["ling"], 1, 2)


async def test_what_was_revoked_meanwhile_is_not_printed(database, monkeypatch):
    made, ids = await cast(monkeypatch)
    ling = made.people["ling"]
    await certificate_runs.start(ids[:4], None, ling, clock())
    async with transaction():
        for one in (ids[0], ids[1], ids[2]):
            await certificates.revoke(one, "荣誉已撤销。", BY, NOW)
    await job_runner.run_due(clock)
    run = await certificate_runs.run_of(ling, 1)
    assert [(one.number, one.first[-4:]) for one in run.sheaves] == [(2, "0004")]
    assert len(texts((await sheaf_of(ling, 1, 2))[1])) == 1


async def test_a_process_that_died_leaves_the_rest_to_the_next(database, monkeypatch):
    made, ids = await cast(monkeypatch)
    ling = made.people["ling"]
    job = await certificate_runs.start(ids, None, ling, clock())
    kept, count = certificate_runs._made, 0

    async def dying(*given):
        nonlocal count
        count += 1
        if count == 2:
            raise database.errors[0]("the connection is gone")
        return await kept(*given)

    monkeypatch.setattr(certificate_runs, "_made", dying)
    await job_runner.run_due(clock)
    assert await CertificateSheaf.count() == 1
    monkeypatch.setattr(certificate_runs, "_made", kept)
    await jobs.Job.update({jobs.Job.due_at: clock()}).where(jobs.Job.id == job)
    await job_runner.run_due(clock)
    assert [one.number for one in (await certificate_runs.run_of(ling, 1)).sheaves] == [1, 2, 3]


async def test_nothing_and_too_much_are_refused(database, monkeypatch):
    made, ids = await cast(monkeypatch)
    monkeypatch.setattr(certificate_runs, "MOST", 4)
    for chosen, problem in (([], Problem("run_empty", "chosen")), (ids, Problem("run_large", "chosen", {"most": "4"}))):
        with pytest.raises(Refused) as refused:
            await certificate_runs.start(chosen, None, made.people["ling"], clock())
        assert refused.value.problems == (problem,)


async def test_a_range_of_numbers_is_found_for_those_who_keep_them(database, monkeypatch):
    made, ids = await cast(monkeypatch)
    ling, hu = await made.user("ling"), await made.user("hu")
    async with transaction():
        await certificates.revoke(ids[2], "荣誉已撤销。", BY, NOW)
    first, last = "赣匠证[2026]0002", "赣匠证〔2026〕0004"
    assert await certificate_reads.ids_of(ling, 10, series=1, first=first, last=last) == [ids[1], ids[3]]
    with pytest.raises(NotFound):
        await certificate_reads.ids_of(hu, 10, series=1, first=first, last=last)
    with pytest.raises(NotFound):
        await certificate_reads.ids_of(ling, 10, series=1, first=first, last="赣匠证〔2026〕0099")
    assert await certificate_reads.valid_of(hu, ids) == []
    assert await certificate_reads.valid_of(ling, ids) == [ids[0], ids[1], ids[3], ids[4]]


async def test_files_are_kept_for_some_days_and_made_again_when_they_are_asked_for(database, monkeypatch):
    made, ids = await cast(monkeypatch)
    ling, hu = made.people["ling"], made.people["hu"]
    await certificate_runs.start(ids, None, ling, clock())
    assert (await certificate_runs.run_of(ling, 1)).gone is False  # nothing was made yet
    with pytest.raises(Refused):
        await certificate_runs.again(ling, 1, clock())
    await job_runner.run_due(clock)
    assert await certificate_runs.let_go(clock() - timedelta(days=30)) == 0
    monkeypatch.setattr(certificate_runs, "AT_ONCE", 2)
    later = clock() + timedelta(seconds=1)
    assert sorted(await asyncio.gather(certificate_runs.let_go(later), certificate_runs.let_go(later))) in (
        [0, 3], [1, 2],
    )  # fmt: skip
    assert await uses.uses_of("certificate-run:1") == []
    run = await certificate_runs.run_of(ling, 1)
    assert (run.sheaves, run.gone, run.count) == ((), True, 5)
    with pytest.raises(NotFound):
        await sheaf_of(ling, 1, 1)
    with pytest.raises(NotFound):
        await certificate_runs.again(hu, 1, clock())
    twins = await asyncio.gather(*(certificate_runs.again(ling, 1, clock()) for _ in range(2)), return_exceptions=True)
    assert sorted(isinstance(one, Refused) for one in twins) == [False, True]
    assert await job_runner.run_due(clock) == 1
    again = await certificate_runs.run_of(ling, 1)
    assert ([one.number for one in again.sheaves], again.gone) == ([1, 2, 3], False)
