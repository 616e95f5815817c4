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
    "todo_innovations_title": N_("Technical innovations"),
    "todo_innovations_returned": N_("%(count)s given back: complete and hand in again"),
    "todo_innovations_clear": N_("%(count)s to be looked through for secrets before they are handed in"),
    "todo_innovations_verify": N_("%(count)s claimed benefits to be looked into"),
    "todo_innovations_spread": N_("%(count)s units use our innovations: answer them"),
}
