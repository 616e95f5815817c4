"""The tasks of the daily work, each of some package: what it is called, and what it says in the log when it is done.

Each is a job that may be begun anew in the middle by another process: what it does twice is done once.
"""

from datetime import UTC, date, datetime, timedelta

import structlog

from craftsmen import coming_of_age, meeting_books
from foundation.base.problem import N_
from foundation.base.settings import Settings
from foundation.files import sweeping
from foundation.people import api_answers
from foundation.process import certificate_runs
from foundation.store.transactions import transaction
from foundation.work import jobs
from foundation.work.jobs import Progress
from innovations import search_exports, studio_terms

log = structlog.get_logger()


async def _come_of_age(progress: Progress) -> str:
    before = str(progress.args["before"])
    today = date.fromisoformat(str(progress.args["day"]))
    people = await coming_of_age.refresh(today, date.fromisoformat(before) if before else None)
    return await _done(progress, "daily_come_of_age", people=people)


async def _let_prints_go(progress: Progress) -> str:
    days = Settings.from_env().prints_days
    before = datetime.now(UTC) - timedelta(days=days)
    books, sheaves = await meeting_books.let_go(before), await certificate_runs.let_go(before)
    sheets = await search_exports.let_go(before)
    return await _done(
        progress, "daily_prints_let_go", days=days, books=books, certificate_files=sheaves, sheets=sheets
    )  # fmt: skip


async def _sweep(progress: Progress) -> str:
    swept = await sweeping.sweep(datetime.now(UTC))
    return await _done(
        progress, "daily_swept", files=swept.files, pictures=swept.pictures, contents=swept.contents,
        left_over=swept.left_over,
    )  # fmt: skip


async def _lapse(progress: Progress) -> str:
    """Names of studios whose term is over."""
    lapsed = await studio_terms.lapse(date.fromisoformat(str(progress.args["day"])), datetime.now(UTC))
    return await _done(progress, "daily_studios_lapsed", studios=lapsed)


async def _forget_answers(progress: Progress) -> str:
    return await _done(progress, "daily_answers_let_go", answers=await api_answers.let_go(datetime.now(UTC)))


async def _done(progress: Progress, event: str, **counts: int) -> str:
    """Say it once in the log: a process whose turn passed to another says nothing."""
    async with transaction():
        await progress.done(1, 1)
    log.info(event, day=progress.args["day"], **counts)
    return ""


TASKS = (
    jobs.register(jobs.Kind("daily.come_of_age", N_("Show whoever has turned 18"), _come_of_age)),
    jobs.register(jobs.Kind("daily.studios", N_("Let names of studios lapse whose term is over"), _lapse)),
    jobs.register(jobs.Kind("daily.prints", N_("Let old prints go"), _let_prints_go)),
    jobs.register(jobs.Kind("daily.answers", N_("Forget what programs were answered"), _forget_answers)),
    jobs.register(jobs.Kind("daily.sweep", N_("Remove files that nothing uses"), _sweep)),
)
