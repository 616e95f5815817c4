"""Meeting books (评审会议材料) of many candidates, made as a job and kept for who asked: the only maker of such jobs.

The file hangs on `meeting-book:<job>` and is read by nobody else. Knows ids that were chosen through what the person
audits, and asks again who of them still stands there when the book is made.
"""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime

from craftsmen import nomination_printing, nomination_reads, nomination_rounds
from craftsmen.nomination_papers import BOOK_STAGES, meeting_book
from craftsmen.nomination_printing import Words
from foundation.base import clock
from foundation.base.problem import N_, NotFound, Problem, Refused
from foundation.files import stored, uses
from foundation.files.limits import DOCUMENT
from foundation.papers.printing import to_pdf
from foundation.papers.word import to_docx
from foundation.store import ledger
from foundation.store.transactions import transaction
from foundation.work import jobs
from foundation.work.jobs import Progress

AT_ONCE = 40  # candidates of a book that is made while somebody waits
MOST = 400
ROLE = "book"  # what the file is to its job
LONGEST = 600.0  # seconds for one book


async def start(  # noqa: PLR0917 - a book is all of these
    round_id: int, ids: Sequence[int], members: int, kind: str, words: Words, by: int, now: datetime
) -> int:
    """Begin to make the book of these nominations; answers the job's id. Raises Refused."""
    if len(ids) > MOST:
        raise Refused(Problem("book_large", "", {"most": str(MOST)}))
    args = {"round": round_id, "ids": list(ids), "members": members, "kind": kind, "words": asdict(words)}
    async with transaction():
        return await jobs.start(BOOK, args, by, now)


async def _make(progress: Progress) -> str:
    """One step: a file that was kept and not hung, because the process died, is kept once more and swept."""
    args = progress.args
    found = await nomination_rounds.by_id(int(args["round"]))
    candidates = [one for one in await nomination_reads.by_ids(args["ids"]) if one.stage in BOOK_STAGES]
    if not candidates:
        raise Refused(Problem("book_empty"))
    printed = await nomination_printing.printed(candidates, Words(**args["words"]))
    now, kind = datetime.now(UTC), str(args["kind"])
    document = meeting_book(found, printed, int(args["members"]), now.astimezone(clock.zone()))
    content = await (to_pdf(document, LONGEST) if kind == "pdf" else to_docx(document))
    name = f"{found.name}评审会议材料.{kind}"
    file_id = await stored.keep(name, content, progress.by, now, "file", DOCUMENT.most, DOCUMENT.kinds)
    async with transaction():
        await uses.hang(file_id, _about(progress.job_id), ROLE)
        await progress.done(len(candidates), len(candidates))
    return f"/nominations/rounds/{found.address}/books/{progress.job_id}"


async def let_go(before: datetime) -> int:
    """Keep no book any longer that was made before then: it is swept as what nothing uses. Answers how many."""
    gone = 0
    while found := await uses.old(ROLE, before, AT_ONCE):
        for about, files in found.items():
            async with transaction():
                gone += await uses.unhang(about, ROLE, files)
                ledger.record(stream=about, act="meeting_book.let_go", actor="system", payload={"files": files})
    return gone


async def file_of(account_id: int, address: str, job_id: int) -> int | None:
    """The file of a book of this round that this person asked for; None where it is not kept any more.

    Raises NotFound for everybody else's.
    """
    job = await jobs.job_of(account_id, job_id)
    if job is None or job.result != f"/nominations/rounds/{address}/books/{job_id}":
        raise NotFound
    files = await uses.uses_of(_about(job_id))
    return files[-1].file_id if files else None


def _about(job_id: int) -> str:
    return f"meeting-book:{job_id}"


BOOK = jobs.register(jobs.Kind("nominations.book", N_("Make a meeting book"), _make))
