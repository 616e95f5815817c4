"""What can be wrong with second factors and venue cards, in sentences."""

from foundation.base.problem import N_

SENTENCES: dict[str, str] = {
    "factor_code_empty": N_("Enter the code that your phone shows now."),
    "factor_code_wrong": N_(
        "This code is not right, or it was used already. Wait until the phone shows the next one, then enter that."
    ),
    "factor_first_code_wrong": N_(
        "This is not the code of the key shown here. Scan it again, see that the phone's clock is right, "
        "and enter the code that it shows now."
    ),
    "factor_paused": N_("Too many codes were tried. Please wait %(minutes)s minutes, then try again."),
    "factor_not_begun": N_("No phone is being set up. Start again from the beginning."),
    "factor_required": N_("One of your posts asks for a second factor, so it cannot be turned off."),
    "factor_none": N_("This account has no second factor."),
    "factor_is_own": N_("Another officer resets your second factor, not you yourself."),
    "factor_seen_unconfirmed": N_("Confirm that you know for certain who asks for this."),
    "factor_pending_over": N_("Signing in took too long. Please start again."),
    "factor_rules_done": N_("Saved. Whoever needs a second factor and has none sets it up at the next sign-in."),
    "factor_off_done": N_("Your second factor is turned off."),
    "factor_reset_done": N_("The second factor was reset and every session of the account ended."),
    "venue_code_unknown": N_("There is no card with this code. Compare it with the card, letter by letter."),
    "venue_pin_empty": N_("Enter your PIN."),
    "venue_pin_wrong": N_("The PIN is not right. Tries left before it is locked: %(left)s."),
    "venue_pin_none": N_("You have no PIN yet. Choose one below."),
    "venue_pin_locked": N_("Your PIN is locked after five wrong ones. Choose another one below."),
    "venue_pin_form": N_("A PIN has six digits."),
    "venue_pin_simple": N_("This PIN is among the first that anybody tries. Choose one that is less regular."),
    "venue_pins_differ": N_("The two PINs are not the same."),
    "venue_pin_changed": N_("Your PIN was changed a moment ago. Enter the new one."),
    "venue_proof_empty": N_("Enter your password, or the activation code that your union gave you."),
    "venue_proof_wrong": N_(
        "This is neither your password nor an activation code that is still good. Your union gives you a new code."
    ),
    "venue_pin_needs_factor": N_(
        "Your account has a second factor. Sign in with your own phone and choose the PIN on your desk, under "
        "“Venue PIN”."
    ),
    "venue_pin_done": N_("Saved. This PIN opens your cards from now on; tablets that were open have been closed."),
    "venue_card_withdrawn": N_("This card is no longer valid. Ask the contest office for your new one."),
    "venue_card_early": N_("This card is for %(day)s and does not open anything before."),
    "venue_card_late": N_("This card was for %(day)s and does not open anything any more."),
    "venue_card_of_past": N_("That day is over. Choose today or a later day."),
    "venue_card_account_closed": N_("The account of %(name)s is closed, so no card was made."),
    "venue_card_nobody": N_("Choose at least one person."),
}
