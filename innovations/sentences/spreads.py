"""What is said about innovations that travel, of innovations that are one, and about what waits, in sentences."""

from foundation.base.problem import N_

SENTENCES: dict[str, str] = {
    "spread_day": N_("Enter since when it is in use."),
    "spread_day_to_come": N_("It is told of once it is in use."),
    "spread_result": N_("Say what it brought at your unit."),
    "spread_from": N_("Choose from whom it was learned."),
    "spread_own": N_("It is your own unit's innovation."),
    "spread_told": N_("Your unit has told of it already."),
    "spread_answered": N_("It has been answered meanwhile. Reload to see what was said."),
    "spread_word": N_("Choose an answer."),
    "spread_reason": N_("Say why you decline."),
    "spread_saved": N_("Its makers are asked."),
    "spread_answered_now": N_("Your answer is on record."),
    "spread_taken_back": N_("Taken back."),
    "same_reason": N_("Say why."),
    "same_other": N_("Enter the number of the other innovation, such as 2026-0000123."),
    "same_unknown": N_("No innovation of units below yours that was handed in has this number."),
    "same_itself": N_("This is the innovation itself."),
    "same_merged": N_("One of both is merged into another innovation already: link that one."),
    "same_linked_already": N_("They are linked already."),
    "same_merged_already": N_("Their credit is merged already."),
    "same_asked": N_("A second person is asked to merge their credit. Withdraw that first."),
    "same_stage": N_(
        "Credit is merged of innovations that are handed in or reviewed, not while one is in review, given back or "
        "withdrawn."
    ),
    "same_internal": N_(
        "The one that would stay is public and the other is internal: its people would become public. Have their unit "
        "make it public, or let the other one stay."
    ),
    "same_changed": N_("One of both was handed in anew since this was asked. Withdraw it and ask again."),
    "same_being_written": N_(
        "The unit of the one that stays is changing its people just now. Have it hand that in, or set it back, first."
    ),
    "same_share_missing": N_("%(name)s has no share: everybody of both stays named."),
    "same_share_wrong": N_("The share of %(name)s is a whole number from 1 to 100."),
    "same_word": N_("Choose what your unit says."),
    "same_linked_now": N_("Linked. Both units are asked what they say."),
    "same_unlinked_now": N_("They are two innovations again."),
    "same_said": N_("What your unit says is on record."),
    "todo_innovations_same": N_("%(count)s linked as the same as another: say what the unit thinks"),
    "todo_innovations_title": N_("Technical innovations"),
    "todo_innovations_returned": N_("%(count)s given back: complete and hand in again"),
    "todo_innovations_clear": N_("%(count)s to be looked through for secrets before they are handed in"),
    "todo_innovations_verify": N_("Claimed benefits to be looked into: %(count)s."),
    "todo_innovations_spread": N_("%(count)s units use our innovations: answer them"),
}
