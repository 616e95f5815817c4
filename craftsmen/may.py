"""Who may do what with honours, rounds, nominations and pages: this package's permissions, one list.

Each is a predicate over rows; what a member of a panel may do is a seat in a round and stands with the panel.
"""

from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from piccolo.columns.combination import And, Or

from craftsmen.guild_tables import Apprenticeship, Talk
from craftsmen.honour_tables import Honour, HonourCase, HonourList, HonourTitle
from craftsmen.nomination_tables import Nomination
from craftsmen.panel_tables import PanelSeat
from craftsmen.round_tables import Channel, SelectionRound
from craftsmen.rules.nomination_steps import Stage
from craftsmen.showcase_tables import Profile
from craftsmen.visible_lists import visible
from foundation.base.problem import N_
from foundation.people.grants import Role
from foundation.people.organisation_tree import ROOT_PATH, below
from foundation.people.permissions import EVERYTHING, Everything, Permission, Predicate, Rows, holder

if TYPE_CHECKING:
    from piccolo.columns import Varchar

    from foundation.people.sessions import SignedIn

OFFICERS = N_("union officers, for their organisation and those below it")

# --- honours ---


def _visible(held_by: Predicate) -> Predicate:
    """The same people, for honours that no list still keeps back."""

    def rows(user: "SignedIn") -> Rows:
        found = held_by.rows(user)
        if found is None:
            return None
        seen = visible(Honour.honour_list)
        return seen if isinstance(found, Everything) else And(found, seen)

    return replace(held_by, rows=rows)


_OF_HONOURS = (
    holder(
        (Role.CLERK, Role.OFFICER),
        N_("clerks and officers of a unit, for their unit and those below it"),
        Honour.unit.path,
    )
    | holder(Role.OFFICER, OFFICERS, Honour.city.path)
    | holder(Role.OFFICER, OFFICERS, Honour.title.organisation.path)  # type: ignore[union-attr]
)

KEEP_TITLES = Permission(
    "keep_titles",
    N_("keep titles: their verb, conferring body and wording"),
    holder(Role.OFFICER, OFFICERS, HonourTitle.organisation.path),
)

KEEP_HONOURS = Permission(
    "keep_honours",
    N_("register honours, ask to correct or revoke them"),
    _visible(holder(Role.OFFICER, OFFICERS, Honour.title.organisation.path)),  # type: ignore[union-attr]
)

SEE_HONOURS = Permission(
    "see_honours",
    N_("see the honours of the own unit, city or titles, with their history"),
    _visible(_OF_HONOURS),
)

REPORT_HONOURS = Permission(
    "report_honours",
    N_("report that an honour is to be revoked, with evidence"),
    _visible(_OF_HONOURS),
)

ADVISE_CASES = Permission(
    "advise_cases",
    N_("say as the recommender whether an honour is to be revoked"),
    holder(Role.OFFICER, N_("officers of the union that recommended"), HonourCase.recommender.path),
)

DECIDE_CASES = Permission(
    "decide_cases",
    N_("ask for a revocation to be decided, or close its case"),
    holder(Role.OFFICER, OFFICERS, HonourCase.honour.title.organisation.path),  # type: ignore[union-attr]
)

SEE_CASES = Permission(
    "see_cases",
    N_("see a case of revocation and its papers"),
    holder(
        (Role.CLERK, Role.OFFICER),
        N_("clerks and officers of the union that reported it"),
        HonourCase.reporter.path,
    )
    | holder(Role.OFFICER, N_("officers of the union that recommended"), HonourCase.recommender.path)
    | holder(Role.OFFICER, OFFICERS, HonourCase.honour.title.organisation.path),  # type: ignore[union-attr]
)

KEEP_LISTS = Permission(
    "keep_honour_lists",
    N_("register honours by list"),
    holder(Role.OFFICER, OFFICERS, HonourList.title.organisation.path),  # type: ignore[union-attr]
)

# --- rounds ---

RUN_ROUNDS = Permission(
    "run_rounds",
    N_("prepare and run selection rounds: rules, stages, panel, conferral"),
    holder(Role.OFFICER, OFFICERS, SelectionRound.organisation.path),
)

# --- nominations ---


def _path(column: Any) -> "Varchar":
    """The path of an organisation that is reached through foreign keys."""
    return cast("Varchar", column)


_AUDITORS = (Role.OFFICER, Role.REVIEWER)


def _of_unit(user: "SignedIn") -> Rows:
    """Nominations of units at or below the hat's, but for a worker's own that was not handed over yet."""
    if user.hat is None:
        return None
    handed = Or(Nomination.own.eq(False), Nomination.handed_over_at.is_not_null())
    if user.hat.path == ROOT_PATH:
        return handed
    return And(below(_path(Nomination.unit.path), user.hat.path), handed)


def _to_audit(user: "SignedIn") -> Rows:
    """Nominations that stand where this hat audits: at its county, its channel, or with the union of the round."""
    if user.hat is None:
        return None
    path = user.hat.path
    at_county = And(Nomination.stage == Stage.COUNTY.value, below(_path(Nomination.county.path), path))
    at_channel = And(
        Nomination.stage == Stage.CHANNEL.value,
        below(_path(Nomination.channel.organisation.path), path),  # type: ignore[union-attr]
    )
    later = [stage.value for stage in (Stage.PROVINCE, Stage.PANEL, Stage.NOTICE, Stage.SECOND, Stage.PROPOSED)]
    at_province = And(
        Nomination.stage.is_in(later),
        below(_path(Nomination.round.organisation.path), path),  # type: ignore[union-attr]
    )
    return Or(at_county, Or(at_channel, at_province))


NOMINATE = Permission(
    "nominate",
    N_("nominate workers and teams of the own unit, keep their materials"),
    Predicate(
        N_("clerks and officers of a unit, for their unit and those below it"),
        frozenset({Role.CLERK, Role.OFFICER}),
        _of_unit,
    ),
)

SEE_NOMINATIONS = Permission(
    "see_nominations",
    N_("read nominations and where they stand"),
    Predicate(
        N_("clerks, officers and reviewers, for nominations of their organisation and those below it"),
        frozenset({Role.CLERK, *_AUDITORS}),
        _of_unit,
    ),
)

REVIEW_NOMINATIONS = Permission(
    "review_nominations",
    N_("audit nominations, send them back, take them further, say why one was not chosen"),
    Predicate(
        N_("officers and reviewers of a county, of a channel, of the federation, each for what stands with them"),
        frozenset(_AUDITORS),
        _to_audit,
    ),
)


def _channels(user: "SignedIn") -> Rows:
    if user.hat is None:
        return None
    return EVERYTHING if user.hat.path == ROOT_PATH else below(_path(Channel.organisation.path), user.hat.path)


RANK_NOMINATIONS = Permission(
    "rank_nominations",
    N_("order a channel's nominations and hand in its list within its places"),
    Predicate(
        N_("officers of a channel, for their organisation and those below it"), frozenset({Role.OFFICER}), _channels
    ),
)

WATCH_NOMINATIONS = Permission(
    "watch_nominations",
    N_("see a round's board: where every nomination stands, and what stops it"),
    Predicate(
        N_("officers and reviewers, for nominations of their organisation and those below it"),
        frozenset(_AUDITORS),
        _of_unit,
    ),
)

# --- panel ---


def _of_seats(user: "SignedIn") -> Rows:
    """Nominations that stand before a panel on which this account sits, whatever hat is worn."""
    return And(
        Nomination.stage == Stage.PANEL.value,
        Nomination.round.is_in(
            PanelSeat.select(PanelSeat.round).where(PanelSeat.account == user.account_id, PanelSeat.active.eq(True))
        ),
    )


SCORE_NOMINATIONS = Permission(
    "score_nominations",
    N_("read and score the nominations before a panel, and vote on them"),
    Predicate(N_("members of the panel of a round, for that round"), frozenset(), _of_seats),
)

# --- pages ---

KEEP_PROFILES = Permission(
    "keep_profiles",
    N_("write and approve the pages of craftsmen, as far as these consent"),
    holder(Role.OFFICER, OFFICERS, Profile.worker.unit.path),  # type: ignore[union-attr]
)

# --- masters, apprentices, talks ---

KEEP_APPRENTICESHIPS = Permission(
    "keep_apprenticeships",
    N_("keep agreements of masters and apprentices"),
    holder(
        (Role.OFFICER, Role.CLERK),
        N_("union officers and unit clerks, for their organisation and those below it"),
        Apprenticeship.organisation.path,
    ),
)

BOOK_TALKS = Permission(
    "book_talks",
    N_("ask for craftsmen to give talks, and count the audience"),
    holder(
        (Role.OFFICER, Role.CLERK),
        N_("union officers and unit clerks, for their organisation and those below it"),
        Talk.host.path,
    ),
)

DECIDE_TALKS = Permission(
    "decide_talks",
    N_("agree to talks of the own craftsmen, or refuse them"),
    holder(Role.OFFICER, OFFICERS, Talk.speaker.unit.path),  # type: ignore[union-attr]
)

SEE_TALKS = Permission("see_talks", N_("read about talks"), BOOK_TALKS.held_by | DECIDE_TALKS.held_by)

PERMISSIONS: tuple[Permission, ...] = (
    KEEP_TITLES,
    KEEP_HONOURS,
    SEE_HONOURS,
    REPORT_HONOURS,
    ADVISE_CASES,
    DECIDE_CASES,
    SEE_CASES,
    KEEP_LISTS,
    RUN_ROUNDS,
    NOMINATE,
    SEE_NOMINATIONS,
    WATCH_NOMINATIONS,
    REVIEW_NOMINATIONS,
    RANK_NOMINATIONS,
    SCORE_NOMINATIONS,
    KEEP_PROFILES,
    KEEP_APPRENTICESHIPS,
    BOOK_TALKS,
    DECIDE_TALKS,
    SEE_TALKS,
)
