"""Printing many certificates: the only writer of `CertificateRun` and `CertificateSheaf`.

Long work: each step sets a tray's worth of certificates as one PDF and keeps it. Who started a run downloads it, and
nobody else. The ledger's stream is `certificate-run:<id>`.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from foundation.base import clock
from foundation.base.problem import N_, NotFound, Problem, Refused
from foundation.files import stored, uses
from foundation.papers import certificates as paper
from foundation.process import certificate_printers, certificate_reads
from foundation.process.certificate_tables import CertificateRun, CertificateSheaf
from foundation.store import ledger
from foundation.store.conflicts import tried_again
from foundation.store.locks import lock_row
from foundation.store.transactions import transaction
from foundation.work import jobs
from foundation.work.jobs import Progress

SHEAF = 200  # certificates of one PDF: a tray's worth, and far below what a file may have
MOST = 5000  # of one run
SHEAF_ROLE = "sheaf"  # what the PDF is to its run
AT_ONCE = 100  # PDFs that are let go in one look


@dataclass(frozen=True, slots=True)
class Sheaf:
    """One PDF of a run."""

    number: int
    name: str
    size: int
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class RunFacts:
    """A run as who started it sees it."""

    id: int
    job: int
    started_at: datetime
    count: int
    printer: str
    sheaves: tuple[Sheaf, ...]
    gone: bool  # they were made, and are not kept any more


async def start(ids: Sequence[int], printer_id: int | None, by: int, now: datetime) -> int:
    """Begin to print these certificates (whole pages without a printer); answers the job's id. Raises Refused."""
    if not ids:
        raise Refused(Problem("run_empty", "chosen"))
    if len(ids) > MOST:
        raise Refused(Problem("run_large", "chosen", {"most": str(MOST)}))
    async with transaction():
        run = CertificateRun(
            started_by=by, started_at=now, printer=printer_id, certificates=ledger.canonical({"ids": list(ids)}), job=0
        )
        await run.save()
        job = await jobs.start(PRINT, {"run": int(run.id)}, by, now)
        await CertificateRun.update({CertificateRun.job: job}).where(CertificateRun.id == run.id)
        payload = {"count": len(ids), "printer": printer_id, "job": job}
        ledger.record(stream=_about(run.id), act="certificate_run.started", actor=f"account:{by}", payload=payload)
    return job


@tried_again
async def again(account_id: int, run_id: int, now: datetime) -> int:
    """Make the PDFs of a run anew that are not kept any more; answers the job's id. Raises NotFound, Refused."""
    async with transaction():
        await lock_row(CertificateRun, run_id)
        if not (await run_of(account_id, run_id)).gone:
            raise Refused(Problem("run_there"))
        job = await jobs.start(PRINT, {"run": run_id}, account_id, now)
        await CertificateRun.update({CertificateRun.job: job}).where(CertificateRun.id == run_id)
        ledger.record(
            stream=_about(run_id), act="certificate_run.again", actor=f"account:{account_id}", payload={"job": job}
        )
    return job


async def let_go(before: datetime) -> int:
    """Keep no PDF any longer that was made before then: it is swept as what nothing uses. Answers how many."""
    gone = 0
    while found := await uses.old(SHEAF_ROLE, before, AT_ONCE):
        for about, files in found.items():
            async with transaction():
                await CertificateSheaf.delete().where(CertificateSheaf.file.is_in(files))
                gone += await uses.unhang(about, SHEAF_ROLE, files)
                ledger.record(stream=about, act="certificate_run.let_go", actor="system", payload={"files": files})
    return gone


async def _print(progress: Progress) -> str:
    """One sheaf a step. One that was kept and not counted, because the process died, is kept once more and swept."""
    run_id = int(progress.args["run"])
    row = await CertificateRun.select().where(CertificateRun.id == run_id).first()
    if row is None:
        raise NotFound
    ids: list[int] = json.loads(row["certificates"])["ids"]
    zone = clock.zone()
    blank = await certificate_printers.blank_of(row["printer"]) if row["printer"] else None
    for at in range(int(progress.state.get("next", 0)), len(ids), SHEAF):
        part = ids[at : at + SHEAF]
        papers = await certificate_reads.papers_of(part)
        sheets = [papers[one] for one in part if one in papers]  # what was revoked meanwhile is not printed
        now = datetime.now(UTC)
        kept = 0
        if sheets:
            made = await _made(sheets, blank, now.astimezone(zone))
            kept = await stored.keep(_name(sheets), made, progress.by, now)
        async with transaction():
            if kept:
                sheaf = CertificateSheaf(
                    run=run_id, number=at // SHEAF + 1, file=kept, first=sheets[0].number, last=sheets[-1].number
                )
                await sheaf.save()
                await uses.hang(kept, _about(run_id), SHEAF_ROLE)
            await progress.done(min(at + SHEAF, len(ids)), len(ids), {"next": at + SHEAF})
    return f"/office/certificates/runs/{run_id}"


async def _made(sheets: Sequence[paper.Certificate], blank: paper.Blank | None, at: datetime) -> bytes:
    return await (paper.overprint(sheets, blank, at) if blank else paper.whole_pages(sheets, at))


def _about(run_id: int) -> str:
    """What the PDFs of a run hang on, and its stream in the ledger."""
    return f"certificate-run:{run_id}"


def _name(sheets: Sequence[paper.Certificate]) -> str:
    """证书-赣匠证〔2026〕0001-赣匠证〔2026〕0200.pdf"""
    first, last = sheets[0].number, sheets[-1].number
    return f"证书-{first}.pdf" if first == last else f"证书-{first}-{last}.pdf"


PRINT = jobs.register(jobs.Kind("certificates.print", N_("Print certificates"), _print))


async def run_of(account_id: int, run_id: int) -> RunFacts:
    """This person's run. Raises NotFound for everybody else's."""
    row = (
        await CertificateRun.select(*CertificateRun.all_columns(), CertificateRun.printer.name.as_alias("printer_name"))
        .where(CertificateRun.id == run_id, CertificateRun.started_by == account_id)
        .first()
    )
    if row is None:
        raise NotFound
    sheaves = (
        await CertificateSheaf.select(
            CertificateSheaf.number,
            CertificateSheaf.first,
            CertificateSheaf.last,
            CertificateSheaf.file.name.as_alias("name"),
            CertificateSheaf.file.size.as_alias("size"),
        )
        .where(CertificateSheaf.run == run_id)
        .order_by(CertificateSheaf.number)
    )
    job = await jobs.job_of(account_id, row["job"])
    return RunFacts(
        id=row["id"],
        job=row["job"],
        started_at=row["started_at"],
        count=len(json.loads(row["certificates"])["ids"]),
        printer=row["printer_name"] or "",
        sheaves=tuple(Sheaf(**one) for one in sheaves),
        gone=not sheaves and job is not None and not job.running,
    )


async def sheaf_file(account_id: int, run_id: int, number: int) -> int:
    """The file of one PDF of this person's run. Raises NotFound."""
    row = (
        await CertificateSheaf.select(CertificateSheaf.file)
        .where(
            CertificateSheaf.run == run_id,
            CertificateSheaf.number == number,
            CertificateSheaf.run.started_by == account_id,
        )
        .first()
    )
    if row is None:
        raise NotFound
    return int(row["file"])
