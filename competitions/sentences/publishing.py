"""What can stand in the way of publishing and of reading a score, in sentences."""

from foundation.base.problem import N_

SENTENCES: dict[str, str] = {
    "reopen_not_published": N_("Only the newest published results can be opened again, and these are not."),
    "reopen_public_reason_empty": N_("Enter the reason that everyone will read beside the corrected results."),
    "reopen_reason_empty": N_("Enter the reason for those who decide: what is wrong, and how it was found."),
    "reopen_long": N_("A reason has at most %(most)s characters."),
    "reopen_asked": N_("The request was passed on. Somebody else of the competition's union confirms or rejects it."),
    # what hinders publishing
    "publish_published": N_("The results of this contest are published already; a published version never changes."),
    "publish_too_early": N_("Marking has not been opened yet, so there are no results to publish."),
    "publish_conflict": N_("Work %(work)s: marks too far apart, to be marked again: %(aspects)s."),
    "publish_incomplete": N_("Work %(work)s: marks are still missing: %(aspects)s."),
    "publish_difficulty": N_(
        "Work %(work)s: the difficulty of %(aspect)s is missing. Enter it beside the times and penalties."
    ),
    "publish_unlocked": N_("Work %(work)s: complete, but not locked by the chief judge yet."),
    "publish_nothing": N_("No entry can be placed, so there is nothing to publish."),
    "publish_ledger": N_(
        "The marks do not agree with the ledger in %(count)s places. Nothing can be published until this is explained."
    ),
    "publish_changed": N_(
        "Something in this contest has changed since you looked. Nothing was published; look at the preview again."
    ),
    # done
    "results_published": N_("The results are published."),
    # reading one's own score
    "code_empty": N_("Enter your personal code."),
    "code_wrong": N_("No score belongs to this code. Compare it with your slip, sign by sign."),
    "code_paused": N_("Too many codes that belong to nothing came from here. Please wait %(minutes)s minutes."),
}
