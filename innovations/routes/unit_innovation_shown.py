"""The two pages of one innovation that many acts come back to: what stands there, and its form."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response

from foundation.base.problem import Problem
from foundation.people.organisation_words import INDUSTRIES
from foundation.web.forms import Form
from foundation.web.pages import render, speaker_of
from foundation.web.process.notice_desk_pages import zone_of
from foundation.work import returns
from innovations import (
    benefits,
    innovation_chain,
    innovation_earlier,
    innovation_index,
    innovation_papers,
    innovation_people,
    innovation_pictures,
    innovation_reads,
    innovation_versions,
    proposal_index,
    same_as_reads,
    studio_reads,
    studio_results,
)
from innovations.innovation_documents import words_of_draft
from innovations.innovation_index import Alike
from innovations.innovation_reads import InnovationFacts
from innovations.may import CLEAR_INNOVATIONS
from innovations.may_same_as import LINK_SAME
from innovations.proposal_index import Alike as AlikeProposal
from innovations.rules import innovation_typed
from innovations.rules.innovation_form import MOST_AUTHORS, PATENT_KINDS, Draft, gaps
from innovations.rules.innovation_kinds import KINDS, PAPERS, QUESTIONS
from innovations.rules.innovations import STAGES, STEP_WORDS, STEPS, WRITABLE, Stage
from innovations.rules.proposals import STAGES as PROPOSAL_STAGES

FIGURES = ("forecast", "claimed", "verified")
QUOTED = ("section", "rule")  # what problems of the form say in the words of its data


async def show_page(
    request: Request[Any, Any, Any], one: InnovationFacts, form: Form, status: int = 200
) -> Response[bytes]:
    """What an innovation says, and what its unit does with it next."""
    keeps = await innovation_reads.keeps(request.user, one.id)
    today = datetime.now(UTC).astimezone(zone_of(request)).date()
    if not form.fields:
        form = Form.filled({"publicity": one.publicity, "benefit_shown": one.benefit_shown})
    before = await innovation_earlier.of(request.user, one)
    if not form.value("earlier") and before is not None:
        form = form.with_values({"earlier": str(before.id)})
    choices = await innovation_earlier.choices(one, before) if keeps and one.stage in WRITABLE else []
    return render(
        request,
        "innovations/made/page.html",
        status,
        one=one,
        form=form.with_values({"revision": str(one.revision)}),
        keeps=keeps,
        may_clear=CLEAR_INNOVATIONS.possible(request.user) and one.own,
        writable=keeps and one.stage in WRITABLE,
        can={step for step, stage in STEPS if stage is one.stage} if keeps else set(),
        missing=len(gaps(one.said)) if keeps else 0,
        cleared=await innovation_reads.is_cleared(one.id) if one.own else True,
        returned=await returns.open_fields(one.subject) if one.own and one.stage is Stage.RETURNED else None,
        papers=await innovation_papers.of(one.id, own=one.own),
        pictures=await innovation_pictures.of(one.id, own=one.own),
        versions=await innovation_versions.listed(one.id),
        brings=found.fen if (found := await benefits.of(one.id)) else dict.fromkeys(FIGURES),
        steps=await innovation_reads.steps(one),
        chain=await innovation_chain.parts(request.user, one) if keeps else [],
        next=await innovation_chain.next_acts(request.user, one, today) if keeps else None,
        alike=await _alike(request, one),
        sees_same=await _sees_same(request, one),
        earlier=before,
        own_earlier=choices,
        many_earlier=len(choices) >= innovation_earlier.MOST,
        studios=await studio_reads.of_innovation(one.organisation_id) if keeps else [],
        studio=await studio_results.of_innovation(one.id),
        kinds=KINDS,
        industries=INDUSTRIES,
        paper_words=PAPERS,
        questions=QUESTIONS,
        stages=STAGES,
        step_words=STEP_WORDS,
    )


async def show_text(
    request: Request[Any, Any, Any],
    one: InnovationFacts,
    form: Form,
    status: int = 200,
    *,
    more: bool = False,
    alike: Sequence[Alike] | None = None,
    proposals: Sequence[AlikeProposal] = (),
) -> Response[bytes]:
    """The form of an innovation, with empty rows for further people and patents; `more` of them where asked.

    `alike` are the innovations, and `proposals` those, that are much like what is typed, where that was asked.
    """
    values, spare = values_of(form), innovation_typed.SPARE + (5 if more else 0)
    authors, patents = len(innovation_typed.author_rows(values)), len(innovation_typed.patent_rows(values))
    return render(
        request,
        "innovations/made/text.html",
        status,
        one=one,
        form=form,
        kind=KINDS[one.said.kind],
        returned=await returns.open_fields(one.subject) if one.stage is Stage.RETURNED else None,
        author_rows=range(1, min(authors + spare, MOST_AUTHORS) + 1),
        written=authors,
        patent_rows=range(1, min(patents + 1, innovation_typed.MOST_PATENTS) + 1),
        patent_kinds=PATENT_KINDS,
        industries=INDUSTRIES,
        questions=QUESTIONS,
        alike=alike,
        proposals=proposals,
        proposal_stages=PROPOSAL_STAGES,
        candidates=await innovation_people.candidates(
            one.organisation_id, [row["author"] for row in innovation_typed.author_rows(values)]
        ),
    )


async def like_draft(request: Request[Any, Any, Any], one: InnovationFacts, said: Draft) -> list[Alike]:
    """What this person may see that is much like what stands there, or is being typed."""
    return await innovation_index.like_this(request.user, words_of_draft(said), one.id)


async def like_proposals(request: Request[Any, Any, Any], one: InnovationFacts, said: Draft) -> list[AlikeProposal]:
    """The proposals that this person may see and that are much like it, but for the one that it grew out of."""
    return await proposal_index.like_words(request.user, words_of_draft(said), one.proposal)


async def _alike(request: Request[Any, Any, Any], one: InnovationFacts) -> list[Alike]:
    """For whoever reads it, and for its unit as long as that may still write."""
    return await like_draft(request, one, one.said) if not one.own or one.stage in WRITABLE else []


async def _sees_same(request: Request[Any, Any, Any], one: InnovationFacts) -> bool:
    """Who may link it always does; its unit once there is a link."""
    return (LINK_SAME.possible(request.user) and not one.own) or bool(await same_as_reads.links(request.user, one))


def in_words(request: Request[Any, Any, Any], problems: Sequence[Problem]) -> list[Problem]:
    """Problems whose section or question stands in the language of the reader."""
    say = speaker_of(request).gettext
    return [
        Problem(one.code, one.field, {name: say(text) if name in QUOTED else text for name, text in one.params.items()})
        for one in problems
    ]


def values_of(form: Form) -> dict[str, str]:
    """The form as one text a field."""
    return {name: form.value(name) for name in form.names()}


def revision_of(form: Form) -> int:
    """Which state of the innovation the form showed; 0, which is none, for what is no figure."""
    text = form.value("revision")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
