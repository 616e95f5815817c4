"""How forms arrive: from our own pages, from this person's session, and never lost on the way.

A form sent after its session ended is carried through signing in; one of an earlier session is offered once more.
Runs before every handler.
"""

from typing import Any

from litestar import Request, Response
from litestar.exceptions import HTTPException

from foundation.people import sessions
from foundation.web.access import SAFE, ForeignForm, is_from_here, is_from_session
from foundation.web.forms import BODY_LIMIT, CSRF_FIELD, Form, read_form, received
from foundation.web.language import address
from foundation.web.pages import language_of, render

OWNER = "kept_for"  # the account that typed what is carried: nobody else may send it
SECRETS = frozenset(
    {"password", "repeated", "code", "start_code", "renew_code", "off_code", "pin", "pin_repeated", "proof"}
)
"""Fields whose values go into no page again: whoever sees the page or its copy would have them."""
KEPT = "kept."  # before the names of fields that are carried through signing in


async def check_form(request: Request[Any, Any, Any]) -> Response[Any] | None:
    """Answer a form that may not reach its handler; None lets it pass. Raises ForeignForm."""
    if (
        request.method in SAFE or "scope" in request.scope["route_handler"].opt
    ):  # a token: no browser sends it by itself
        return None
    if not is_from_here(request):
        raise ForeignForm
    user = request.scope.get("user")
    if user is not None:
        token = await _token(request)
        if is_from_session(token, user):
            return None
        if sessions.owner_of(token) != str(user.account_id):
            return somebody_else_s(request)
        return send_again(request, request.scope["path"], await read_form(request))
    opt = request.scope["route_handler"].opt
    if opt.get("public"):
        return None
    # Long lists are for who may add them, and are not carried around; files arrive as a stream, see `received`.
    if "takes" not in opt and len(await request.body()) > BODY_LIMIT:
        raise HTTPException(status_code=413)
    return await _through_the_door(request)


async def _through_the_door(request: Request[Any, Any, Any]) -> Response[bytes]:
    """Sign in first; the fields are kept on the page and offered again behind it."""
    typed = await read_form(request)
    kept = {KEPT + name: _open_values(name, typed) for name in typed.names()}
    owner = sessions.owner_of(await _token(request))
    form = Form.filled({"next": request.scope["path"], OWNER: owner, **kept})
    return render(request, "web/sign_in.html", status=401, form=form, kept=kept_fields(form), signed_out=True)


async def _token(request: Request[Any, Any, Any]) -> str:
    token = (await received(request)).get(CSRF_FIELD)
    return token if isinstance(token, str) else ""


def kept_fields(form: Form) -> list[tuple[str, str]]:
    """The carried fields of a sign-in form, as (name with its prefix, value)."""
    carried = [name for name in form.names() if name.startswith(KEPT) or name == OWNER]
    return [(name, value) for name in carried for value in _open_values(name, form)]


def _open_values(name: str, form: Form) -> list[str]:
    """What may stand in a page; of a secret only that there was one, so that it is asked for again."""
    return [""] if name.removeprefix(KEPT) in SECRETS else form.values(name)


def unwrapped(form: Form) -> Form:
    """The form that was carried: its fields without the prefix."""
    return Form.filled({name.removeprefix(KEPT): form.values(name) for name, _ in kept_fields(form) if name != OWNER})


def somebody_else_s(request: Request[Any, Any, Any]) -> Response[bytes]:
    """A form that another person typed in this browser: neither shown nor sent in this person's name."""
    return render(
        request, "web/send_again.html", status=403, target="", fields=[], asked=[], form=Form(), lost_files=[]
    )


def send_again(request: Request[Any, Any, Any], path: str, typed: Form) -> Response[bytes]:
    """A page with everything that was typed and one button that sends it, now from this session.

    Secrets are asked for once more.
    """
    return render(
        request,
        "web/send_again.html",
        status=403,
        target=address(path, language_of(request)),
        fields=[(name, value) for name in typed.names() if name not in SECRETS for value in typed.values(name)],
        asked=[name for name in typed.names() if name in SECRETS],
        form=Form(),
        lost_files=sorted(upload.name for files in typed.uploads.values() for upload in files),
    )
