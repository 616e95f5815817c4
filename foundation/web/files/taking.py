"""Files out of forms: stored as soon as they are fit, so that none is chosen twice because something else is wrong.

What was accepted stands in the form that comes back as `field.kept`; it hangs on nothing then, belongs to who sent it,
and is swept after a day. The caller hangs it on its thing (`uses.hang`, `pictures.hang`) when everything is right.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from litestar import Request

from foundation.base.problem import NotFound, Problem, Refused
from foundation.files import pictures, stored
from foundation.files.limits import Purpose
from foundation.files.names import plain_name
from foundation.files.pictures import FOCUS, Focus
from foundation.files.uploaders import Uploader
from foundation.web.forms import Form
from foundation.web.uploads import uploader_of

KEPT, KEPT_NAME = ".kept", ".kept_name"


@dataclass(frozen=True, slots=True)
class Taken:
    """What a field gave: the id of a file or picture (None where there is none), and the form that remembers it."""

    id: int | None
    form: Form
    problems: Sequence[Problem] = field(default=())


async def take_file(
    request: Request[Any, Any, Any], form: Form, name: str, purpose: Purpose, *, missing: str = "stored_missing"
) -> Taken:
    """The file of a field, new or kept from the form before; `missing` is the problem of none, or empty."""
    by, upload = _uploader(request), form.upload(name)
    if upload is None:
        try:
            return await _kept(form, name, by, missing)
        except NotFound:
            return _gone(form, name, "file_unknown")
    try:
        file_id = await stored.keep(upload.name, upload.given, by, datetime.now(UTC), name, purpose.most, purpose.kinds)
    except Refused as refusal:
        return Taken(None, _without(form, name), refusal.problems)
    return Taken(file_id, _with(form, name, file_id, upload.name))


async def take_picture(
    request: Request[Any, Any, Any], form: Form, name: str, *, alt: str = "alt", focus: Focus = FOCUS
) -> Taken:
    """The picture of a field; the words for it are in the field `alt` and may still be missing."""
    by, upload, said = _uploader(request), form.upload(name), form.value(alt)
    problems = [Problem(each.code, alt, each.params) for each in pictures.check(said, focus) if each.field == "alt"]
    if upload is None:
        try:
            taken = await _kept(form, name, by, "picture_missing", picture=True)
        except NotFound:
            taken = _gone(form, name, "picture_unknown")
        return Taken(taken.id, taken.form, [*taken.problems, *problems])
    try:
        picture_id = await pictures.keep_undescribed(
            upload.name, upload.given, by, datetime.now(UTC), focus, name, alt="" if problems else said
        )
    except Refused as refusal:
        return Taken(None, _without(form, name), [*refusal.problems, *problems])
    return Taken(picture_id, _with(form, name, picture_id, upload.name), problems)


def _uploader(request: Request[Any, Any, Any]) -> Uploader:
    by = uploader_of(request)
    if by is None:
        raise NotFound
    return by


def read_focus(form: Form, name: str = "focus", default: Focus = FOCUS) -> Focus:
    """The point that was chosen ("500,167"); what is none is as not chosen. Both per mille."""
    across, _, down = form.value(name).partition(",")
    if not all(each.isascii() and each.isdecimal() and len(each) <= 4 for each in (across, down)):
        return default
    point = (int(across), int(down))
    return point if max(point) <= 1000 else default


async def _kept(form: Form, name: str, by: Uploader, missing: str, *, picture: bool = False) -> Taken:
    given = form.value(name + KEPT)
    if not given:
        return Taken(None, form, [Problem(missing, name)] if missing else ())
    if not (given.isascii() and given.isdecimal() and len(given) <= 9):
        raise NotFound
    if picture:
        await pictures.pending(int(given), by)
    else:
        await stored.pending(int(given), by)
    return Taken(int(given), form)


def _gone(form: Form, name: str, code: str) -> Taken:
    return Taken(None, _without(form, name), [Problem(code, name)])


def _with(form: Form, name: str, kept: int, called: str) -> Form:
    return form.with_values({name + KEPT: str(kept), name + KEPT_NAME: plain_name(called)})


def _without(form: Form, name: str) -> Form:
    return form.without([name + KEPT, name + KEPT_NAME])
