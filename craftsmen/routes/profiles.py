"""Writing and approving pages of craftsmen, for the officers who keep them: texts, pictures, preview, approval."""

from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get, post
from litestar.params import FromPath

from craftsmen import profiles
from craftsmen.may import KEEP_PROFILES
from craftsmen.profiles import ProfileFacts
from craftsmen.rules.profile_form import FIELDS, read_profile, works_lines
from craftsmen.rules.showing import PARTS, works_of
from craftsmen.showing_pages import draft_of, preview
from foundation.base.problem import NotFound, Problem, Refused
from foundation.files import picture_reads
from foundation.people import consents
from foundation.people.organisation_words import INDUSTRIES
from foundation.web.files.picture_pages import asked, send_rendition
from foundation.web.files.taking import take_picture
from foundation.web.forms import Form, read_form
from foundation.web.keyset import page_of, read_cursor
from foundation.web.pages import redirect, render


@get("/profiles", may=KEEP_PROFILES)
async def profile_list(request: Request[Any, Any, Any]) -> Response[bytes]:
    rows = await profiles.kept_by(request.user, read_cursor(request))
    return render(
        request, "craftsmen/officer/profiles.html", page=page_of(rows, profiles.PAGE, lambda profile: profile.id)
    )


@get("/profiles/{address:str}", may=KEEP_PROFILES)
async def profile_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    facts, row = await profiles.for_user(request.user, address)
    values = {name: row[name] for name in FIELDS} | {
        "works": works_lines(works_of(row["works"])),
        "revision": str(row["revision"]),
    }
    return await _page(request, facts, row, Form.filled(values))


@post("/profiles/{address:str}", may=KEEP_PROFILES)
async def save(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    facts, row = await profiles.for_user(request.user, address)
    form = await read_form(request)
    draft, problems = read_profile({name: form.value(name) for name in FIELDS})
    if draft is None:
        return await _page(request, facts, row, form.with_problems(problems), 422)
    try:
        await profiles.save(facts.id, draft, _revision(form), _by(request), datetime.now(UTC))
    except Refused as refusal:
        form = form.with_values({"revision": str(facts.revision)}).with_problems(refusal.problems)
        return await _page(request, facts, row, form, 409)
    return redirect(request, f"/profiles/{address}", done="profile_saved")


@post("/profiles/{address:str}/approval", may=KEEP_PROFILES)
async def approve(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    facts, row = await profiles.for_user(request.user, address)
    form = await read_form(request)
    try:
        await profiles.approve(facts.id, _revision(form), _by(request), datetime.now(UTC))
    except Refused as refusal:
        return await _preview(request, facts, row, form.with_problems(refusal.problems), 409)
    return redirect(request, f"/profiles/{address}", done="profile_approved")


@post("/profiles/{address:str}/hiding", may=KEEP_PROFILES)
async def hide(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    facts, row = await profiles.for_user(request.user, address)
    try:
        await profiles.hide(facts.id, _by(request), datetime.now(UTC))
    except Refused as refusal:
        return await _page(request, facts, row, Form().with_problems(refusal.problems), 409)
    return redirect(request, f"/profiles/{address}", done="profile_hidden")


@get("/profiles/{address:str}/preview", may=KEEP_PROFILES)
async def preview_page(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[bytes]:
    """The draft with every part that the craftsman agreed to: what approving it makes public."""
    facts, row = await profiles.for_user(request.user, address)
    return await _preview(request, facts, row, Form())


@post("/profiles/{address:str}/pictures", may=KEEP_PROFILES)
async def add_picture(request: Request[Any, Any, Any], address: FromPath[str]) -> Response[Any]:
    facts, row = await profiles.for_user(request.user, address)
    form = await read_form(request)
    role = form.value("role")
    problems = [] if role in profiles.ROLES else [Problem("profile_role", "role")]
    taken = await take_picture(request, form, "picture")
    if problems or taken.problems or taken.id is None:
        return await _page(request, facts, row, taken.form.with_problems([*problems, *taken.problems]), 422)
    try:
        await profiles.put_picture(
            facts.id, role, taken.id, form.value("caption").strip(), _by(request), datetime.now(UTC)
        )
    except Refused as refusal:
        return await _page(request, facts, row, taken.form.with_problems(refusal.problems), 422)
    return redirect(request, f"/profiles/{address}#pictures", done="profile_picture")


@post("/profiles/{address:str}/pictures/{picture:int}/removal", may=KEEP_PROFILES)
async def drop_picture(
    request: Request[Any, Any, Any], address: FromPath[str], picture: FromPath[int]
) -> Response[Any]:
    facts, _ = await profiles.for_user(request.user, address)
    await profiles.drop_picture(facts.id, picture, _by(request), datetime.now(UTC))
    return redirect(request, f"/profiles/{address}#pictures", done="profile_picture_gone")


@get("/profiles/{address:str}/pictures/{picture:int}/{name:str}", may=KEEP_PROFILES)
async def picture_file(
    request: Request[Any, Any, Any], address: FromPath[str], picture: FromPath[int], name: FromPath[str]
) -> Response[bytes]:
    """A picture of the draft, for who keeps the page."""
    _, row = await profiles.for_user(request.user, address)
    return await send_picture_of(request, row, picture, name)


async def send_picture_of(
    request: Request[Any, Any, Any], row: dict[str, Any], picture: int, name: str
) -> Response[bytes]:
    """One rendition of a picture that the draft holds. Raises NotFound for every other picture."""
    if picture not in (await draft_of(row)).pictures:
        raise NotFound
    return await send_rendition(request, picture, *asked(name))


def _by(request: Request[Any, Any, Any]) -> str:
    return f"account:{request.user.account_id}"


def _revision(form: Form) -> int:
    text = form.value("revision")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


async def _page(
    request: Request[Any, Any, Any], facts: ProfileFacts, row: dict[str, Any], form: Form, status: int = 200
) -> Response[bytes]:
    if not form.value("revision"):
        form = form.with_values(
            {name: row[name] for name in FIELDS}
            | {"works": works_lines(works_of(row["works"])), "revision": str(row["revision"])}
        )
    draft = await draft_of(row)
    return render(
        request,
        "craftsmen/officer/profile.html",
        status,
        profile=facts,
        draft=draft,
        form=form,
        pictures=await picture_reads.shown(draft.pictures, also_hidden=True),
        at=f"/profiles/{facts.address}/pictures",
        consents=await consents.of_worker(facts.worker_id),
        things={part: consents.THINGS[part] for part in PARTS},
    )


async def _preview(
    request: Request[Any, Any, Any], facts: ProfileFacts, row: dict[str, Any], form: Form, status: int = 200
) -> Response[bytes]:
    now = datetime.now(UTC)
    said = {thing: word.given for thing, word in (await consents.of_worker(facts.worker_id)).items()}
    view = await preview(row, said, now)
    return render(
        request,
        "craftsmen/officer/preview.html",
        status,
        profile=facts,
        view=view,
        form=form,
        pictures=await picture_reads.shown(view.pictures, also_hidden=True) if view else {},
        at=f"/profiles/{facts.address}/pictures",
        industries=INDUSTRIES,
    )


HANDLERS = [
    profile_list, profile_page, save, approve, hide, preview_page, add_picture, drop_picture, picture_file,
]  # fmt: skip
