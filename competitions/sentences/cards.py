"""What can be wrong with judges' cards of a contest, in sentences."""

from foundation.base.problem import N_

SENTENCES: dict[str, str] = {
    "cards_published": N_("Results are published; there is nothing left to judge, so no cards are made."),
    "cards_seat_gone": N_("One of the seats you chose was taken away meanwhile. Look at the list and choose again."),
    "cards_replace": N_("Somebody you chose has a good card for that day. Confirm that it stops working."),
    "card_withdrawn_done": N_("The card was withdrawn, and the tablet that it had opened is closed."),
}
