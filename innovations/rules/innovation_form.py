"""The form of an innovation: what was typed becomes a body and people, or one problem for each field. Pure.

A draft may have gaps (`draft_problems` asks only what cannot be kept); `gaps` says what is missing before handing in.
"""

from collections.abc import Mapping, Sequence

import msgspec

from foundation.base.problem import Problem
from innovations.rules.innovation_kinds import KINDS, QUESTIONS

LONGEST_TITLE, LONGEST_NAME, LONGEST_UNIT, LONGEST_PART, LONGEST_PATENT = 100, 40, 100, 200, 60
MOST_AUTHORS = 15
WHOLE = 100  # percent


class Author(msgspec.Struct, frozen=True):
    """Somebody who made it; `worker` is their id in the registry or 0, `share` whole percents."""

    name: str
    share: int
    unit: str = ""
    part: str = ""
    worker: int = 0


class Patent(msgspec.Struct, frozen=True):
    """A patent that belongs to it; `kind` is invention, utility or design."""

    number: str
    kind: str


PATENT_KINDS = ("invention", "utility", "design")


class Body(msgspec.Struct, frozen=True):
    """What a unit writes: texts by section, patents, and the questions that were answered with yes."""

    sections: Mapping[str, str] = {}
    patents: tuple[Patent, ...] = ()
    answers: tuple[str, ...] = ()


class Draft(msgspec.Struct, frozen=True):
    """An innovation as it is written."""

    title: str
    kind: str
    field: str
    year: int
    body: Body
    authors: tuple[Author, ...] = ()


def draft_problems(draft: Draft, fields: Sequence[str], this_year: int) -> list[Problem]:
    """What cannot be kept as it is; `fields` are the sections of GB/T 4754 that there are."""
    problems = []
    if not draft.title:
        problems.append(Problem("innovation_title_empty", "title"))
    elif len(draft.title) > LONGEST_TITLE:
        problems.append(_long("title", draft.title, LONGEST_TITLE))
    if draft.kind not in KINDS:
        problems.append(Problem("innovation_kind", "kind"))
    if draft.field and draft.field not in fields:
        problems.append(Problem("innovation_field", "field"))
    if not this_year - 50 <= draft.year <= this_year:
        problems.append(Problem("innovation_year", "year", {"latest": str(this_year)}))
    problems += [
        _long(f"section-{one.code}", text, one.most)
        for one in (KINDS[draft.kind].sections if draft.kind in KINDS else ())
        if len(text := draft.body.sections.get(one.code, "")) > one.most
    ]
    return problems + _author_problems(draft.authors) + _patent_problems(draft.body.patents)


def gaps(draft: Draft) -> list[Problem]:
    """What is still missing before it can be handed in, in the order of the form."""
    kind = KINDS[draft.kind]
    problems = [] if draft.field else [Problem("innovation_field", "field")]
    problems += [
        Problem("innovation_section_empty", f"section-{one.code}", {"section": one.label})
        for one in kind.sections
        if one.needed and not draft.body.sections.get(one.code, "").strip()
    ]
    if not draft.authors:
        problems.append(Problem("innovation_authors_none", "author-1"))
    elif (total := sum(one.share for one in draft.authors)) != WHOLE:
        problems.append(Problem("innovation_shares_sum", "author-1", {"sum": str(total)}))
    if kind.patents and not draft.body.patents:
        problems.append(Problem("innovation_patent_none", "patent-1"))
    problems += [
        Problem("innovation_answer_open", f"answer-{code}", {"rule": words})
        for code, words in QUESTIONS.items()
        if code not in draft.body.answers
    ]
    return problems


def equal_shares(count: int) -> list[int]:
    """Whole percents that make 100, as equal as can be, the larger ones first."""
    return [WHOLE // count + (place < WHOLE % count) for place in range(count)] if count else []


def _long(field: str, text: str, most: int) -> Problem:
    return Problem("innovation_long", field, {"most": str(most), "length": str(len(text))})


def _author_problems(authors: Sequence[Author]) -> list[Problem]:
    problems, seen = [], set()
    if len(authors) > MOST_AUTHORS:
        problems.append(Problem("innovation_authors_many", "author-1", {"most": str(MOST_AUTHORS)}))
    for place, one in enumerate(authors, 1):
        field, where = f"author-{place}", {"place": str(place)}
        if not one.name:
            problems.append(Problem("innovation_author_unnamed", field, where))
        for text, most in ((one.name, LONGEST_NAME), (one.unit, LONGEST_UNIT), (one.part, LONGEST_PART)):
            if len(text) > most:
                problems.append(_long(field, text, most))
        if not 0 < one.share <= WHOLE:
            problems.append(Problem("innovation_share", field, where))
        who = one.worker or (one.name, one.unit)
        if one.name and who in seen:
            problems.append(Problem("innovation_author_twice", field, {"name": one.name}))
        seen.add(who)
    return problems


def _patent_problems(patents: Sequence[Patent]) -> list[Problem]:
    problems = []
    for place, one in enumerate(patents, 1):
        if not one.number or len(one.number) > LONGEST_PATENT:
            problems.append(Problem("innovation_patent_number", f"patent-{place}", {"place": str(place)}))
        if one.kind not in PATENT_KINDS:
            problems.append(Problem("innovation_patent_kind", f"patent-{place}", {"place": str(place)}))
    return problems
