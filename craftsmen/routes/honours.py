"""The register of honours for officers and unit clerks: searching it, one honour with its history, and asking that two
people correct it, let it stand again, or enter that its holder gives it back."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from litestar import Request, Response, get, post
from litestar.params import FromPath
from litestar.response import Stream

from craftsmen import case_reads, honour_acts, honour_certificates, honour_reads, may, titles
from craftsmen.honour_facts import HonourFacts, members_of
from craftsmen.honour_reads import SIZE, Search
from craftsmen.rules.cases import STAGES as CASE_STAGES
from craftsmen.rules.corrections import FIELDS, TEXTS, read_correction
from craftsmen.rules.honours import DONE, FIRST_YEAR, LAST_YEAR, STAGES, Holder, Stage, reason_problems
from foundation.base.problem import N_, NotFound, Refused
from foundation.files import uses
from foundation.files.limits import PAPER
from foundation.people.organisation_tree import by_ids
from foundation.people.worker_words import GENDERS
from foundation.process.checks import STANDING_WORDS
from foundation.web.files.downloads import download
from foundation.web.files.taking import take_file
from foundation.web.forms import Form, read_form
from foundation.web.keyset import page_of, read_cursor
from foundation.web.pages import pages_of, redirect, render, speaker_of
from foundation.web.uploads import takes
from foundation.work import two_person

HAPPENED = {
    "proposed": N_("proposed"),
    "conferred": N_("conferred"),
    "declined": N_("not conferred"),
    "corrected": N_("corrected"),
    "revoked": N_("revoked"),
    "renounced": N_("given back"),
    "restored": N_("stands again"),
    "undone": N_("registered by mistake"),
}
Ask = Callable[[HonourFacts, Form], Awaitable[int]]


def today(request: Request[Any, Any, Any]) -> date:
    """The day it is in the registry's zone."""
    return datetime.now(ZoneInfo(pages_of(request).settings.zone)).date()


@get("/honours", may=may.SEE_HONOURS)
async def register(request: Request[Any, Any, Any]) -> Response[bytes]:
    asked = request.query_params
    typed = {name: asked.get(name, "").strip() for name in ("q", "title", "stage", "year")}
    year = typed["year"] if typed["year"].isascii() and typed["year"].isdigit() else ""
    known_year = int(year) if len(year) == 4 and FIRST_YEAR <= int(year) <= LAST_YEAR else 0
    stage = typed["stage"] if typed["stage"] in set(Stage) else ""
    search = Search(typed["q"], typed["title"], stage, known_year)
    rows = await honour_reads.listing(request.user, search, read_cursor(request))
    page = page_of(rows, SIZE, lambda honour: honour.id)
    kept = {name: value for name, value in typed.items() if value}
    say = speaker_of(request).gettext
    return render(
        request,
        "craftsmen/honours/register.html",
        page=page,
        more=urlencode({**kept, "before": page.older}) if page.older else "",
        searched=bool(kept),
        form=Form.filled(typed),
        titles=[("", say(N_("all titles"))), *((one.code, one.name) for one in await titles.all_titles())],
        stages=[("", say(N_("all states"))), *((str(code), say(word)) for code, word in STAGES.items())],
        words=STAGES,
        keeps=may.KEEP_HONOURS.possible(request.user),
        keeps_titles=may.KEEP_TITLES.possible(request.user),
    )


@get("/honours/{honour_id:int}", may=may.SEE_HONOURS)
async def honour_page(request: Request[Any, Any, Any], honour_id: FromPath[int]) -> Response[bytes]:
    return await _honour(request, honour_id, Form())


@post("/honours/{honour_id:int}/certificate", may=may.KEEP_HONOURS)
async def give_certificate(request: Request[Any, Any, Any], honour_id: FromPath[int]) -> Response[Any]:
    """Of an honour that was registered, or whose paper could not be made when it was conferred."""
    await honour_reads.for_user(request.user, honour_id, may.KEEP_HONOURS)
    form = await read_form(request)
    try:
        await honour_certificates.give_out(honour_id, f"account:{request.user.account_id}", datetime.now(UTC))
    except Refused as refusal:
        return await _honour(request, honour_id, form.with_problems(refusal.problems), 422)
    return redirect(request, f"/honours/{honour_id}", done="honour_certificate_given")


async def _honour(request: Request[Any, Any, Any], honour_id: int, form: Form, status: int = 200) -> Response[bytes]:
    honour = await honour_reads.for_user(request.user, honour_id)
    keeps = await honour_reads.allows(request.user, honour_id, may.KEEP_HONOURS)
    reports = honour.stage is Stage.CONFERRED and await honour_reads.allows(request.user, honour_id, may.REPORT_HONOURS)
    places = {one.id: one.name for one in await by_ids([one for one in (honour.city, honour.county) if one])}
    return render(
        request,
        "craftsmen/honours/honour.html",
        status,
        form=form,
        honour=honour,
        certificates=await honour_certificates.of_honour(honour_id) if keeps else [],
        certificate_words=STANDING_WORDS,
        members=await members_of(honour_id),
        places=places,
        history=await honour_reads.history(honour_id, internal=keeps),
        cases=await case_reads.of_honour(request.user, honour_id),
        papers=await uses.uses_of(f"honour:{honour_id}") if keeps else [],
        acts=[act for act in await two_person.about(f"honour:{honour_id}") if act.stage == two_person.Stage.ASKED],
        kinds=two_person.KINDS,
        keeps=keeps,
        gives_certificate=keeps and honour.certificate and honour.stage is Stage.CONFERRED,
        reports=reports,
        stages=STAGES,
        case_stages=CASE_STAGES,
        done=DONE,
        genders=GENDERS,
        happened=HAPPENED,
        field_words=honour_acts.FIELD_WORDS,
    )


@get("/honours/{honour_id:int}/papers/{file_id:int}", may=may.KEEP_HONOURS)
async def paper(
    request: Request[Any, Any, Any], honour_id: FromPath[int], file_id: FromPath[int]
) -> Response[bytes] | Stream:
    honour = await honour_reads.for_user(request.user, honour_id, may.KEEP_HONOURS)
    if file_id not in {one.file_id for one in await uses.uses_of(f"honour:{honour.id}")}:
        raise NotFound
    return await download(file_id)


@get("/honours/{honour_id:int}/correction", may=may.KEEP_HONOURS)
async def correction_form(request: Request[Any, Any, Any], honour_id: FromPath[int]) -> Response[bytes]:
    honour = await honour_reads.for_user(request.user, honour_id, may.KEEP_HONOURS)
    return await _correction(request, honour, Form.filled(await _typed(honour)))


@post("/honours/{honour_id:int}/correction", may=may.KEEP_HONOURS)
async def ask_correction(request: Request[Any, Any, Any], honour_id: FromPath[int]) -> Response[Any]:
    """Asks only: a second person confirms."""
    honour = await honour_reads.for_user(request.user, honour_id, may.KEEP_HONOURS)
    form, now = await read_form(request), datetime.now(UTC)
    values = {name: form.value(name) for name in FIELDS}
    changes, problems = read_correction(values, await _stands(honour), today(request))
    try:
        if problems:
            raise Refused(*problems)
        await honour_acts.ask_correction(
            honour, changes, form.value("public_reason"), form.value("reason"), request.user.account_id, now
        )
    except Refused as refusal:
        return await _correction(request, honour, form.with_problems(refusal.problems), 422)
    return redirect(request, f"/honours/{honour_id}", done="honour_correction_asked")


async def _stands(honour: HonourFacts) -> dict[str, Any]:
    stands = {name: getattr(honour, name) for name in (*TEXTS, "edition", "posthumous")}
    stands |= {"year": honour.on.year, "month": honour.on.month, "day": honour.on.day}
    if honour.holder is Holder.TEAM:
        stands["members"] = tuple(one.name for one in await members_of(honour.id))
    return stands


async def _typed(honour: HonourFacts) -> dict[str, str]:
    values = {name: str(getattr(honour, name)) for name in TEXTS}
    return {
        **values,
        "edition": str(honour.edition or ""),
        "on": honour.on.text,
        "posthumous": "yes" if honour.posthumous else "",
        "members": "\n".join(one.name for one in await members_of(honour.id)),
    }


async def _correction(
    request: Request[Any, Any, Any], honour: HonourFacts, form: Form, status: int = 200
) -> Response[bytes]:
    say = speaker_of(request).gettext
    genders = [("", say(N_("not known"))), *((code, say(word)) for code, word in GENDERS.items())]
    return render(request, "craftsmen/honours/correction.html", status, honour=honour, form=form, genders=genders)


@get("/honours/{honour_id:int}/restoration", may=may.KEEP_HONOURS)
async def restoration_form(request: Request[Any, Any, Any], honour_id: FromPath[int]) -> Response[bytes]:
    honour = await honour_reads.for_user(request.user, honour_id, may.KEEP_HONOURS)
    return _asking(request, honour, "restoration", Form())


@post("/honours/{honour_id:int}/restoration", may=may.KEEP_HONOURS)
async def ask_restoration(request: Request[Any, Any, Any], honour_id: FromPath[int]) -> Response[Any]:
    by, now = request.user.account_id, datetime.now(UTC)

    async def ask(honour: HonourFacts, form: Form) -> int:
        return await honour_acts.ask_restore(honour, form.value("public_reason"), form.value("reason"), by, now)

    return await _ask(request, honour_id, "restoration", ask, "honour_restore_asked")


@get("/honours/{honour_id:int}/renunciation", may=may.KEEP_HONOURS)
async def renunciation_form(request: Request[Any, Any, Any], honour_id: FromPath[int]) -> Response[bytes]:
    honour = await honour_reads.for_user(request.user, honour_id, may.KEEP_HONOURS)
    return _asking(request, honour, "renunciation", Form())


@post("/honours/{honour_id:int}/renunciation", may=may.KEEP_HONOURS, **takes(PAPER))
async def ask_renunciation(request: Request[Any, Any, Any], honour_id: FromPath[int]) -> Response[Any]:
    by, now = request.user.account_id, datetime.now(UTC)

    async def ask(honour: HonourFacts, form: Form) -> int:
        reasons = form.value("public_reason"), form.value("reason")
        return await honour_acts.ask_renounce(honour, taken.id, *reasons, by, now)

    honour = await honour_reads.for_user(request.user, honour_id, may.KEEP_HONOURS)
    taken = await take_file(request, await read_form(request), "paper", PAPER)
    if taken.problems:
        missing = reason_problems(taken.form.value("public_reason"), taken.form.value("reason"))
        form = taken.form.with_problems([*missing, *taken.problems])
        return _asking(request, honour, "renunciation", form, 422)
    return await _ask(request, honour_id, "renunciation", ask, "honour_renounce_asked", taken.form)


async def _ask(  # noqa: PLR0917 - one way for all questions
    request: Request[Any, Any, Any], honour_id: int, what: str, ask: Ask, done: str, read: Form | None = None
) -> Response[Any]:
    honour = await honour_reads.for_user(request.user, honour_id, may.KEEP_HONOURS)
    form = read or await read_form(request)
    try:
        await ask(honour, form)
    except Refused as refusal:
        return _asking(request, honour, what, form.with_problems(refusal.problems), 422)
    return redirect(request, f"/honours/{honour_id}", done=done)


def _asking(
    request: Request[Any, Any, Any], honour: HonourFacts, what: str, form: Form, status: int = 200
) -> Response[bytes]:
    return render(request, "craftsmen/honours/asking.html", status, honour=honour, what=what, form=form)


HANDLERS = [
    register, honour_page, paper, give_certificate, correction_form, ask_correction, restoration_form, ask_restoration,
    renunciation_form, ask_renunciation,
]  # fmt: skip
