"""What the pages of the union tree share: words in the page's language, the trail, and problems put into words."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from litestar import Request, Response

from foundation.base.problem import Problem
from foundation.people.may import SHAPE_ORGANISATIONS
from foundation.people.organisation_lists import visible_trail
from foundation.people.organisation_tables import Organisation
from foundation.people.organisation_tree import OrganisationFacts
from foundation.people.organisation_words import VOCABULARIES
from foundation.web.forms import Form
from foundation.web.pages import language_of, render

_KINDS_IN = {"organisation_kind_place": ("kind", "parent"), "organisation_kind_children": ("kind",)}


def words(language: str) -> dict[str, dict[str, str]]:
    """What codes are called: `words.kind[unit.kind]`; empty ones are a dash."""
    return {
        field: {"": "–", **{str(code): one.said(language) for code, one in vocabulary.items()}}
        for field, vocabulary in VOCABULARIES.items()
    }


def options(field: str, language: str, only: Iterable[str] | None = None) -> list[tuple[str, str]]:
    """The choices of a list, in the vocabulary's order; with `only`, those alone."""
    allowed = None if only is None else set(only)
    shown = [
        (str(code), f"{code} {one.said(language)}" if field == "industry" else one.said(language))
        for code, one in VOCABULARIES[field].items()
        if allowed is None or code in allowed
    ]
    return shown if field == "kind" else [("", "–"), *shown]


def spoken(problems: Iterable[Problem], language: str) -> list[Problem]:
    """Problems whose values are codes, with the words of this language instead."""
    return [_spoken(problem, words(language)) for problem in problems]


def _spoken(problem: Problem, known: dict[str, dict[str, str]]) -> Problem:
    vocabulary = known["kind"] if problem.code in _KINDS_IN else known.get(problem.field, {"": "–"})
    names = _KINDS_IN.get(problem.code, ("was", "now") if problem.code == "organisation_meanwhile" else ())
    said = {name: vocabulary.get(problem.params[name], problem.params[name]) for name in names}
    return replace(problem, params={**problem.params, **said}) if said else problem


def refused(request: Request[Any, Any, Any], form: Form, problems: Iterable[Problem]) -> Form:
    """The form as it was typed, with what is wrong in the words of its page."""
    return form.with_problems(spoken(problems, language_of(request)))


async def may_shape(request: Request[Any, Any, Any], unit: OrganisationFacts) -> bool:
    """Whether this person may rename, move, merge and close this organisation."""
    return await SHAPE_ORGANISATIONS.allows(request.user, Organisation.id == unit.id)


def number(text: str) -> int:
    """An id that a form carries; 0 for what is none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


async def page(
    request: Request[Any, Any, Any], template: str, unit: OrganisationFacts, status: int = 200, **values: Any
) -> Response[bytes]:
    """A page about one organisation, with the trail to it from the hat's own."""
    return render(
        request,
        f"people/organisations/{template}.html",
        status,
        unit=unit,
        above=await visible_trail(request.user, unit),
        words=words(language_of(request)),
        **values,
    )
