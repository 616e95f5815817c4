"""Everyone's first page after signing in: what waits for them, gathered from every package, and where to go from here.

Knows who brings lines and in which groups they stand; each source asks its own tables. What belongs to the person
(a judge's seat) waits under every hat; what belongs to a hat is counted for the others too.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from litestar import Request, Response, get

import competitions.may
import craftsmen.guild_todo
import craftsmen.may
import craftsmen.nomination_todo
import foundation.process.may
import foundation.process.objection_todo
import foundation.process.todo
from competitions import todo
from craftsmen import honours_todo, panel_todo
from foundation.base.problem import N_, Problem
from foundation.people import confirming
from foundation.people import may as people
from foundation.people.permissions import Permission
from foundation.people.sessions import Hat, SignedIn
from foundation.web.pages import render
from foundation.work import outbox_desk
from foundation.work.outbox import Stage
from foundation.work.todo import Todo, grouped
from innovations import innovation_todo, proposal_todo, review_todo, studio_todo, subsidy_todo
from innovations.may import RUN_SUBSIDIES, SEE_INNOVATIONS, SEE_PROPOSALS, WRITE_APPLICATIONS
from innovations.may_benefits import SEE_BENEFITS
from innovations.may_review import RECOMMEND, RUN_REVIEWS, SEE_RESULTS
from innovations.may_same_as import SEE_SAME
from innovations.may_spread import SEE_SPREAD
from innovations.may_studios import KEEP_STUDIOS, RANK_STUDIOS, RUN_EXHIBITIONS, RUN_STUDIO_CALLS

Source = Callable[[SignedIn], Awaitable[Sequence[Todo]]]


async def failed_messages(user: SignedIn) -> Sequence[Todo]:
    """For officers of the federation: what the outbox gave up."""
    if not people.KEEP_OUTBOX.possible(user) or not (failed := await outbox_desk.count(Stage.FAILED)):
        return []
    return [Todo(Problem("todo_outbox_title"), Problem("todo_outbox_failed"), "/outbox", failed, "message")]


PERSONAL: tuple[Source, ...] = (todo.at_seats, panel_todo.at_seats, review_todo.at_seats)
OF_HATS: tuple[Source, ...] = (
    confirming.todos,
    foundation.process.todo.rows,
    foundation.process.objection_todo.rows,
    todo.to_run,
    craftsmen.guild_todo.rows,
    honours_todo.rows,
    panel_todo.to_run,
    proposal_todo.rows,
    innovation_todo.rows,
    subsidy_todo.rows,
    review_todo.rows,
    studio_todo.rows,
    craftsmen.nomination_todo.rows,
    failed_messages,
)

Shortcut = tuple[str, str, Permission]  # what it is called, where it leads, who has it

SHORTCUTS: tuple[tuple[str, tuple[Shortcut, ...]], ...] = (
    (
        N_("Contests, selection and honours"),
        (
            (N_("Competitions I run"), "/organise", competitions.may.RUN_COMPETITIONS),
            (N_("Selection rounds"), "/rounds/manage", craftsmen.may.RUN_ROUNDS),
            (N_("Nominations"), "/nominations", craftsmen.may.SEE_NOMINATIONS),
            (N_("Honours"), "/honours", craftsmen.may.SEE_HONOURS),
            (N_("Certificates"), "/office/certificates", foundation.process.may.KEEP_CERTIFICATES),
        ),
    ),
    (
        N_("Craftsmen"),
        (
            (N_("Pages of craftsmen"), "/profiles", craftsmen.may.KEEP_PROFILES),
            (N_("Agreements of masters and apprentices"), "/apprenticeships", craftsmen.may.KEEP_APPRENTICESHIPS),
            (N_("Talks of craftsmen"), "/talks", craftsmen.may.SEE_TALKS),
        ),
    ),
    (
        N_("Workers' innovations"),
        (
            (N_("Rationalization proposals"), "/proposals/desk", SEE_PROPOSALS),
            (N_("Technical innovations"), "/innovations/desk", SEE_INNOVATIONS),
            (N_("Search of proposals and innovations"), "/search", SEE_INNOVATIONS),
            (N_("Reviews of innovations"), "/reviews/desk", RUN_REVIEWS),
            (N_("Our recommendations"), "/reviews/channels", RECOMMEND),
            (N_("Our innovations in reviews"), "/reviews/own", SEE_RESULTS),
            (N_("Benefit of innovations"), "/benefits", SEE_BENEFITS),
            (N_("Innovations that travel"), "/spreads", SEE_SPREAD),
            (N_("Innovations that are the same"), "/innovations/same", SEE_SAME),
            (N_("Our applications for subsidies"), "/subsidies/applications", WRITE_APPLICATIONS),
            (N_("Subsidies"), "/subsidies/desk", RUN_SUBSIDIES),
            (N_("Our innovation studios"), "/studios/own", KEEP_STUDIOS),
            (N_("Studios we recommend"), "/studios/channel", RANK_STUDIOS),
            (N_("Innovation studios"), "/studios/desk", RUN_STUDIO_CALLS),
            (N_("Exhibitions of innovations"), "/exhibitions/desk", RUN_EXHIBITIONS),
        ),
    ),
    (
        N_("Circulars and notices"),
        (
            (N_("Circulars"), "/office/circulars", foundation.process.may.SEE_CIRCULARS),
            (N_("Circulars to us"), "/received", foundation.process.may.RECEIVE_CIRCULARS),
            (N_("Notices and objections"), "/notices/manage", foundation.process.may.SEE_NOTICES),
            (N_("Announcements"), "/office/announcements", foundation.process.may.SEE_ANNOUNCEMENTS),
        ),
    ),
    (
        N_("Units and people"),
        (
            (N_("Workers"), "/workers", people.KEEP_WORKERS),
            (N_("Organisations"), "/organisations", people.KEEP_ORGANISATIONS),
            (N_("Accounts"), "/accounts", people.KEEP_ACCOUNTS),
            (N_("Access for your own systems"), "/tokens", people.KEEP_TOKENS),
            (N_("Second factors"), "/second-factors", people.SET_FACTOR_RULES),
            (N_("Acts of two people"), "/acts", people.CONFIRM_ACTS),
        ),
    ),
    (
        N_("The registry itself"),
        (
            (N_("Suspended pages"), "/suspensions", foundation.process.may.SUSPEND_PAGES),
            (N_("Working days"), "/calendar", foundation.process.may.KEEP_CALENDAR),
            (N_("Footer and privacy page"), "/site", foundation.process.may.KEEP_SITE),
            (N_("Messages"), "/outbox", people.KEEP_OUTBOX),
            (N_("Long work"), "/jobs", people.KEEP_ACCOUNTS),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Another hat of the same person, and how much waits under it."""

    hat: Hat
    count: int


@get("/desk", signed_in=True)
async def desk(request: Request[Any, Any, Any]) -> Response[bytes]:
    user, now = request.user, datetime.now(UTC)
    return render(
        request,
        "ganpo/desk.html",
        now=now,
        groups=grouped(await gathered(user, (*OF_HATS, *PERSONAL)), now),
        elsewhere=await elsewhere(user),
        shortcuts=shortcuts_of(user),
    )


def shortcuts_of(user: SignedIn) -> list[tuple[str, list[tuple[str, str]]]]:
    """Where the worn hat can go, by heading; headings without a way are left out."""
    groups = [
        (heading, [(label, address) for label, address, permission in ways if permission.possible(user)])
        for heading, ways in SHORTCUTS
    ]
    return [(heading, ways) for heading, ways in groups if ways]


async def gathered(user: SignedIn, sources: Sequence[Source]) -> list[Todo]:
    """The lines of all these sources, in their order."""
    return [line for source in sources for line in await source(user)]


async def elsewhere(user: SignedIn) -> list[Elsewhere]:
    """Each hat that is not worn, with the lines that wait under it."""
    others = [hat for hat in user.hats if hat != user.hat]
    return [Elsewhere(hat, len(await gathered(user.wearing(hat.organisation_id), OF_HATS))) for hat in others]


HANDLERS = [desk]
