"""Who may do what with circulars, announcements, notices, objections and public pages: this room's permissions.

Each is a predicate over rows (`foundation.people.permissions`); pages name one with `may=`, loaders select with it.
"""

from typing import TYPE_CHECKING

from piccolo.columns.combination import And, WhereRaw

from foundation.base.problem import N_
from foundation.people.grants import Role
from foundation.people.organisation_tree import ancestors
from foundation.people.permissions import Permission, Predicate, Rows, at_root, holder
from foundation.process.certificate_tables import Certificate, CertificatePrinter, CertificateSeries
from foundation.process.circular_tables import Announcement, Circular
from foundation.process.notice_tables import Notice
from foundation.process.objection_tables import Objection

if TYPE_CHECKING:
    from foundation.people.sessions import SignedIn

OFFICERS = N_("union officers, for their organisation and those below it")
REVIEWERS = N_("reviewers, for their organisation and those below it")
SIGNERS = N_("signers, for their organisation and those below it")

# --- circulars ---


def _addressed(user: "SignedIn") -> Rows:
    """Issued circulars that are for the unit of the hat: at or below the organisation named, of a kind named."""
    if user.hat is None:
        return None
    unit = user.hat.organisation_id
    return And(
        And(Circular.number_key.is_not_null(), Circular.addressed_under.is_in(ancestors(user.hat.path))),
        WhereRaw(
            "circular.organisation <> {} AND EXISTS (SELECT 1 FROM organisation addressee WHERE addressee.id = {} AND "
            "((circular.addressed_kinds = '' AND addressee.kind <> 'office') "
            "OR circular.addressed_kinds LIKE '%,' || addressee.kind || ',%'))",
            unit,
            unit,
        ),
    )


KEEP_CIRCULARS = Permission(
    "keep_circulars",
    N_("draft circulars and corrections, see which units have not signed"),
    holder(Role.OFFICER, OFFICERS, Circular.organisation.path),
)

REVIEW_CIRCULARS = Permission(
    "review_circulars",
    N_("review drafts of circulars that somebody else wrote"),
    holder(Role.REVIEWER, REVIEWERS, Circular.organisation.path),
)

SIGN_CIRCULARS = Permission(
    "sign_circulars",
    N_("sign off circulars that somebody else wrote, withdraw issued ones"),
    holder(Role.SIGNER, SIGNERS, Circular.organisation.path),
)

SEE_CIRCULARS = Permission(
    "see_circulars",
    N_("read drafts of circulars"),
    KEEP_CIRCULARS.held_by | REVIEW_CIRCULARS.held_by | SIGN_CIRCULARS.held_by,
)

RECEIVE_CIRCULARS = Permission(
    "receive_circulars",
    N_("read the circulars that are addressed to the own unit, and sign for them"),
    Predicate(
        N_("clerks and officers of a unit, for what is addressed to it"),
        frozenset({Role.CLERK, Role.OFFICER}),
        _addressed,
    ),
)

# --- announcements ---

KEEP_ANNOUNCEMENTS = Permission(
    "keep_announcements",
    N_("draft announcements and corrections"),
    holder(Role.OFFICER, OFFICERS, Announcement.organisation.path),
)

REVIEW_ANNOUNCEMENTS = Permission(
    "review_announcements",
    N_("review drafts of announcements that somebody else wrote"),
    holder(Role.REVIEWER, REVIEWERS, Announcement.organisation.path),
)

SIGN_ANNOUNCEMENTS = Permission(
    "sign_announcements",
    N_("sign off announcements that somebody else wrote, withdraw issued ones"),
    holder(Role.SIGNER, SIGNERS, Announcement.organisation.path),
)

SEE_ANNOUNCEMENTS = Permission(
    "see_announcements",
    N_("read drafts of announcements"),
    KEEP_ANNOUNCEMENTS.held_by | REVIEW_ANNOUNCEMENTS.held_by | SIGN_ANNOUNCEMENTS.held_by,
)

# --- suspended pages ---

SUSPEND_PAGES = Permission(
    "suspend_pages",
    N_("suspend a public page at once, ask for it to be restored"),
    at_root(Role.OFFICER, N_("union officers of the federation"))
    | at_root(Role.SUPERVISOR, N_("supervisors of the federation")),
)

# --- notices and objections ---

SUPERVISORS = N_("supervisors, for their organisation and those below it")

KEEP_CALENDAR = Permission(
    "keep_calendar",
    N_("enter days off and make-up days, and what is custom with notices"),
    at_root(Role.OFFICER, N_("union officers of the federation")),
)

KEEP_NOTICES = Permission(
    "keep_notices",
    N_("draft, open and stop notices"),
    holder(Role.OFFICER, OFFICERS, Notice.organisation.path),
)

REVIEW_NOTICES = Permission(
    "review_notices",
    N_("review notices of results that somebody else drafted"),
    holder(Role.REVIEWER, REVIEWERS, Notice.organisation.path),
)

SEE_NOTICES = Permission(
    "see_notices",
    N_("read notices and their drafts"),
    KEEP_NOTICES.held_by | REVIEW_NOTICES.held_by | holder(Role.SUPERVISOR, SUPERVISORS, Notice.organisation.path),
)

HANDLE_OBJECTIONS = Permission(
    "handle_objections",
    N_("record objections, accept them or not, check and answer them, and read who objects, with a reason"),
    holder(Role.OFFICER, OFFICERS, Objection.notice._.organisation.path),
)

SEE_OBJECTIONS = Permission(
    "see_objections",
    N_("read objections and what became of them, without who objects"),
    HANDLE_OBJECTIONS.held_by | holder(Role.SUPERVISOR, SUPERVISORS, Objection.notice._.organisation.path),
)

# --- what the site says of itself ---

KEEP_SITE = Permission(
    "keep_site",
    N_("keep the footer of every page and the privacy page"),
    at_root(Role.OFFICER, N_("union officers of the federation")),
)

# --- certificates ---

KEEP_CERTIFICATES = Permission(
    "keep_certificates",
    N_("see the certificates that were given out, print them, replace lost ones"),
    holder(Role.OFFICER, OFFICERS, Certificate.series._.organisation.path),
)

KEEP_CERTIFICATE_SERIES = Permission(
    "keep_certificate_series",
    N_("define series of certificate numbers"),
    holder(Role.OFFICER, OFFICERS, CertificateSeries.organisation.path),
)

KEEP_CERTIFICATE_PRINTERS = Permission(
    "keep_certificate_printers",
    N_("set printers for bought blanks"),
    holder(Role.OFFICER, OFFICERS, CertificatePrinter.organisation.path),
)

PERMISSIONS: tuple[Permission, ...] = (
    KEEP_CIRCULARS,
    REVIEW_CIRCULARS,
    SIGN_CIRCULARS,
    SEE_CIRCULARS,
    RECEIVE_CIRCULARS,
    KEEP_ANNOUNCEMENTS,
    REVIEW_ANNOUNCEMENTS,
    SIGN_ANNOUNCEMENTS,
    SEE_ANNOUNCEMENTS,
    SUSPEND_PAGES,
    KEEP_CALENDAR,
    KEEP_NOTICES,
    REVIEW_NOTICES,
    SEE_NOTICES,
    HANDLE_OBJECTIONS,
    SEE_OBJECTIONS,
    KEEP_SITE,
    KEEP_CERTIFICATES,
    KEEP_CERTIFICATE_SERIES,
    KEEP_CERTIFICATE_PRINTERS,
)
