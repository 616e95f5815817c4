"""The pages of long work: for who started it alone, alive without scripts, the same after a reload."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from foundation.base.problem import N_, Problem
from foundation.store.transactions import transaction
from foundation.work import job_runner, jobs
from foundation.work.job_tables import Job
from foundation.work.jobs import Kind, Progress
from ganpo import background
from tests.web import Visitor, visitors


@pytest.fixture(autouse=True)
def counting(monkeypatch) -> Iterator[None]:
    """Work that counts, and no background that takes it before the test looks."""

    async def run(progress: Progress) -> str:
        await progress.done(5, 5)
        return "/desk"

    async def idle(*args: object) -> int:
        return 0

    jobs.register(Kind("test.count", N_("Count"), run))
    with monkeypatch.context() as patched:
        patched.setattr(background.job_runner, "run_due", idle)
        yield
    del jobs.KINDS["test.count"]


async def started(by: Visitor, **values: object) -> int:
    async with transaction():
        job_id = await jobs.start(jobs.KINDS["test.count"], {}, by.account_id, datetime.now(UTC))
        if values:
            await Job.update(values).where(Job.id == job_id)
    return job_id


async def test_progress_is_told_in_words_and_reloads_until_it_ends(database):
    async with visitors() as web:
        ling = await web.signed_in("ling", roles=["officer"])
        job_id = await started(ling)
        waiting = await ling.get(f"/en/jobs/{job_id}")
        assert waiting.headers["refresh"] == "3"
        assert "It begins in a moment." in waiting.text
        await Job.update({"stage": "running", "done": 3, "total": 8}).where(Job.id == job_id)
        running = await ling.get(f"/en/jobs/{job_id}")
        assert "refresh" in running.headers
        assert "3 of 8 done" in running.text
        assert '<progress value="3" max="8"' in running.text
        still = await ling.get(f"/en/jobs/{job_id}?still=yes")
        assert "refresh" not in still.headers
        await Job.update({"stage": "done", "done": 8, "result": "/organise"}).where(Job.id == job_id)
        done = await ling.get(f"/en/jobs/{job_id}")
        assert "refresh" not in done.headers
        assert 'href="/en/organise"' in done.text
        await Job.update({"stage": "failed", "problem": "job_fault"}).where(Job.id == job_id)
        assert "Something went wrong on our side." in (await ling.get(f"/en/jobs/{job_id}")).text


async def test_a_job_is_nobody_else_s_to_see_or_stop(database):
    async with visitors() as web:
        ling, other = await web.signed_in("ling", roles=["officer"]), await web.signed_in("other", roles=["officer"])
        job_id = await started(ling)
        assert (await other.get(f"/jobs/{job_id}")).status_code == 404
        assert (await other.post(f"/jobs/{job_id}/stop")).status_code == 404
        assert (await web.visitor().get(f"/jobs/{job_id}")).status_code == 303
        assert f"/jobs/{job_id}" in (await ling.get("/jobs")).text
        assert f"/jobs/{job_id}" not in (await other.get("/jobs")).text
        assert (await Job.select(Job.stage).where(Job.id == job_id).first()) == {"stage": "waiting"}


async def test_who_started_it_stops_it_once(database):
    async with visitors() as web:
        ling = await web.signed_in("ling", roles=["officer"])
        job_id = await started(ling)
        assert (await ling.post(f"/jobs/{job_id}/stop")).status_code == 303
        assert (await ling.post(f"/jobs/{job_id}/stop")).status_code == 409
        found = await jobs.job_of(ling.account_id, job_id)
        assert (found.stage, found.problem) == (jobs.Stage.CANCELLED, None)


@pytest.mark.parametrize("job_id", ["0", "77", "99999999999999999999", "x"])
async def test_a_job_that_is_none_is_not_found(database, job_id):
    async with visitors() as web:
        ling = await web.signed_in("ling", roles=["officer"])
        assert (await ling.get(f"/jobs/{job_id}")).status_code == 404
        assert (await ling.post(f"/jobs/{job_id}/stop")).status_code == 404


async def test_every_problem_of_a_job_has_a_sentence(database):
    async with visitors() as web:
        ling = await web.signed_in("ling", roles=["officer"])
        job_id = await started(ling)
        for problem in (Problem("job_kind_gone"), Problem("job_gave_up", "", {"attempts": "5"}), Problem("job_fault")):
            await job_runner._end({"id": job_id, "lease": ""}, jobs.Stage.FAILED, datetime.now(UTC), problem=problem)
            page = await ling.get(f"/jobs/{job_id}")
            assert page.status_code == 200
            assert problem.code not in page.text
