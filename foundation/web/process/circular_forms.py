"""The form of a circular: what was typed read into a draft, a circular shown as a form, and whom it can be for."""

from typing import Any
from zoneinfo import ZoneInfo

from litestar import Request, Response

from foundation.base.problem import NotFound, Problem
from foundation.people import organisation_tree
from foundation.people.organisation_kinds import Kind
from foundation.people.organisation_lists import children_after, named
from foundation.people.organisation_words import KINDS
from foundation.process.circular_reads import CircularFacts
from foundation.process.rules.circular_form import CIRCULAR_FIELDS, CircularDraft, read_circular
from foundation.web.forms import Form
from foundation.web.pages import language_of, pages_of, render
from foundation.work import returns

KIND_CODES = tuple(kind.value for kind in Kind if kind is not Kind.FEDERATION)
MOST_PLACES = 150  # organisations directly below that are offered as addressees; others are typed


async def read_draft(
    request: Request[Any, Any, Any], form: Form, organisation_id: int
) -> tuple[CircularDraft | None, Form]:
    """The draft of what was typed for this issuing organisation, or None and the form with its problems."""
    typed = {name: form.value(name) for name in CIRCULAR_FIELDS}
    found: list[Problem] = []
    if other := form.value("addressed_other").strip():
        top = await organisation_tree.by_id(organisation_id)
        places = await named(other, top.path, 2) if top else []
        if len(places) == 1:
            typed["addressed_under"] = str(places[0].id)
        else:
            code = "circular_other_several" if places else "circular_other_unknown"
            found.append(Problem(code, "addressed_other", {"name": other[:100]}))
    draft, problems = read_circular(typed, form.values("addressed_kinds"), KIND_CODES, zone_of(request))
    return None if found else draft, form.with_problems([*problems, *found])


def zone_of(request: Request[Any, Any, Any]) -> ZoneInfo:
    """The zone in which people write times here."""
    return ZoneInfo(pages_of(request).settings.zone)


def filled(request: Request[Any, Any, Any], circular: CircularFacts) -> Form:
    """A circular as its form shows it."""
    deadline = circular.deadline.astimezone(zone_of(request)) if circular.deadline else None
    return Form.filled(
        {
            "title": circular.title,
            "number": circular.number,
            "text": circular.text,
            "deadline_date": f"{deadline:%Y-%m-%d}" if deadline else "",
            "deadline_time": f"{deadline:%H:%M}" if deadline else "",
            "contact_name": circular.contact_name,
            "contact_phone": circular.contact_phone,
            "addressed_under": str(circular.addressed_under),
            "addressed_kinds": circular.kinds,
            "opens": circular.opens,
            "opens_label": circular.opens_label,
            "public": "yes" if circular.public else "",
            "revision": str(circular.revision),
        }
    )


def kind_words(request: Request[Any, Any, Any]) -> list[tuple[str, str]]:
    """The kinds of organisations in the language of the request: [(code, words)]."""
    return [(code, KINDS[code].said(language_of(request))) for code in KIND_CODES]


async def form_page(
    request: Request[Any, Any, Any],
    form: Form,
    circular: CircularFacts | None,
    corrected: CircularFacts | None,
    status: int = 200,
) -> Response[bytes]:
    """The form of a draft, with the organisations it can be addressed to."""
    known = circular or corrected
    top = await organisation_tree.by_id(known.organisation_id if known else request.user.hat.organisation_id)
    if top is None:
        raise NotFound
    below = await children_after(top, None, closed=False, size=MOST_PLACES)
    places = [(one.id, one.name) for one in (top, *below)]
    if known and known.addressed_under not in dict(places):
        places.append((known.addressed_under, known.addressed_name))
    return render(
        request,
        "process/circulars/form.html",
        status,
        form=form,
        circular=circular,
        corrected=corrected,
        places=places,
        kinds=kind_words(request),
        returned=(await returns.open_fields(circular.subject) or {}) if circular else {},
    )
