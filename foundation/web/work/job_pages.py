"""The pages of long work: one's own jobs, how far each is, and stopping one. Works without scripts."""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from foundation.base.problem import NotFound
from foundation.web.keyset import LARGEST_ID
from foundation.web.pages import redirect, render
from foundation.work import jobs

RELOAD = "3"  # seconds; in the answer's head, for whoever reads slowly may switch it off by a link (WCAG 2.2.1)


@get("/jobs", signed_in=True)
async def job_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    return render(request, "work/jobs.html", jobs=await jobs.jobs_of(request.user.account_id))


@get("/jobs/{job_id:int}", signed_in=True)
async def job_page(request: Request[Any, Any, Any], job_id: FromPath[int]) -> Response[bytes]:
    job = await jobs.job_of(request.user.account_id, job_id) if 0 < job_id <= LARGEST_ID else None
    if job is None:
        raise NotFound
    still = request.query_params.get("still") == "yes"
    page = render(request, "work/job.html", job=job, still=still)
    if job.running and not still:
        page.headers["refresh"] = RELOAD
    return page


@post("/jobs/{job_id:int}/stop", signed_in=True)
async def stop(request: Request[Any, Any, Any], job_id: FromPath[int]) -> Response[Any]:
    if not 0 < job_id <= LARGEST_ID:
        raise NotFound
    await jobs.cancel(job_id, request.user.account_id, datetime.now(UTC))
    return redirect(request, f"/jobs/{job_id}", done="job_cancelling")


HANDLERS = [job_list, job_page, stop]
