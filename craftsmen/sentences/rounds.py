"""What can be wrong with rounds, and what is said after an act, in sentences."""

from foundation.base.problem import N_

SENTENCES: dict[str, str] = {
    "round_title_none": N_("Choose the title that is conferred."),
    "round_year": N_("The year is a number from %(first)s to %(last)s."),
    "round_edition": N_(
        "The edition is a whole number up to %(most)s; leave it empty where a title is counted by years."
    ),
    "round_name_empty": N_("Give the round a name, as circulars call it."),
    "round_long": N_("Please use at most %(most)s characters here."),
    "round_code_long": N_("The title's code is too long for an address. Choose another title or shorten its code."),
    "round_exists": N_("There is a round at %(address)s already: the same title in the same edition or year."),
    "round_address_fixed": N_(
        "Title and edition (or year) stand in the round's address and stay. Make another round instead."
    ),
    "round_preset_none": N_("Choose what to start from."),
    "round_before_none": N_("Choose the round to copy."),
    "round_begin": N_("Enter the first date as 2026-10-18, or leave it empty to enter all dates anew."),
    "round_frozen_already": N_("The rules are frozen meanwhile. They change by amendment only."),
    "round_changed_meanwhile": N_(
        "Somebody changed this after you opened the page. What you typed is still here; look at what is "
        "stored now, then save again."
    ),
    "round_amended_meanwhile": N_(
        "Amendment %(number)s was published after you opened the page. Please look at it, then save again."
    ),
    "round_at_draft": N_("This round is still a draft: its rules are not frozen yet."),
    "round_at_open": N_("Recommendations are still open in this round. Close them first."),
    "round_at_reviewing": N_("This round is being reviewed. Reload the page to see what can be done."),
    "round_at_deciding": N_("This round is being decided; that step is behind it."),
    "round_at_concluded": N_("This round is concluded and changes no more."),
    "round_at_cancelled": N_("This round was cancelled and changes no more."),
    "round_reason_empty": N_("Say why; everybody can read it."),
    "round_step_none": N_("Choose the step to take."),
    "round_amend_nothing": N_("Nothing differs from the rules that hold."),
    "round_amend_settled": N_("This part was decided by already and stays as it is."),
    "round_amend_handed_in": N_("%(channel)s has handed in its list; its places stay."),
    "round_amend_taken": N_("%(channel)s has recommended %(taken)s already; its places cannot be fewer."),
    "round_amend_special": N_(
        "%(taken)s were recommended under the special quota “%(name)s”; it cannot be smaller or go."
    ),
    "round_amend_stage": N_("Nominations have reached this stage; it stays, with its working days."),
    "round_amend_past": N_("No date is moved into the past."),
    "round_confer": N_("The number to confer is a whole number from 1 to %(most)s."),
    "round_holder": N_("Choose whether persons or teams are recommended."),
    "round_own_team": N_("Teams cannot nominate themselves; take that choice back."),
    "round_characters": N_("A length in characters is a whole number from 1 to %(most)s."),
    "round_story_least": N_("The least length of the story is between 0 and its greatest, %(most)s."),
    "round_number": N_("Enter a whole number here."),
    "round_places_none": N_("Nobody may recommend yet: give at least one channel a place."),
    "round_channel_twice": N_("%(channel)s stands here twice."),
    "round_channel_places": N_(
        "%(channel)s: places are a whole number from 1 to %(most)s; leave them empty for no channel."
    ),
    "round_places_few": N_("All places together are %(places)s, fewer than the %(confer)s that can be conferred."),
    "round_row_empty": N_("Fill in this row, or remove it."),
    "round_row_twice": N_("“%(name)s” stands in the list twice."),
    "round_code": N_("The code %(code)s of this row is made of small letters, digits and underscores."),
    "round_code_twice": N_("Two rows have the code %(code)s."),
    "round_filter": N_("No such fact is known of nominations: %(part)s."),
    "round_filter_nobody": N_("Nobody can be all of this at once."),
    "round_operator": N_("Choose “at least” or “at most”."),
    "round_percent": N_("A share is more than 0 and at most 100 per cent, with up to two decimals."),
    "round_ratio_everybody": N_("Say who is counted: a share of everybody is always 100 per cent."),
    "round_ratio_apart": N_("Nobody of whom the share is taken can be among those counted: the share is always 0."),
    "round_ratio_always": N_(
        "Everybody of whom the share is taken is among those counted: the share is always 100 per cent."
    ),
    "round_ratio_twice": N_("This is the same ratio as “%(name)s”."),
    "round_ratios_against": N_("No choice of %(confer)s could keep these together: %(rows)s."),
    "round_special_most": N_("A special quota has from 1 to %(most)s places."),
    "round_specials_many": N_(
        "The special quotas have %(specials)s places of %(confer)s; at least one must be left for the ratios."
    ),
    "round_stage_missing": N_("No round can leave this stage out."),
    "round_stage_unknown": N_("There is no such stage."),
    "round_stage_twice": N_("This stage stands here twice."),
    "round_stage_order": N_("The stages are not in the order in which nominations go."),
    "round_notice_short": N_("A notice runs for at least %(least)s working days."),
    "round_days_no_notice": N_("Only notices have working days; leave them empty here."),
    "round_due_form": N_("Enter the date as 2026-10-18."),
    "round_due_off": N_("%(day)s is a day off. Choose a working day."),
    "round_due_early": N_("This is before the date of the stage before it, %(day)s."),
    "round_due_notice": N_("From the date before to this one are %(days)s working days; the notice needs %(needed)s."),
    "round_copies": N_("Copies are a whole number from 1 to 99."),
    "round_sheet": N_("Choose A4 or A3."),
    "round_valid_days": N_("An opinion is valid for 0 (without end) to %(most)s days."),
    "round_basis_empty": N_("Name the rule that this condition comes from."),
    "round_wanted": N_("Choose which answer lets one go on."),
    "round_word": N_("Choose one of the values offered."),
    "round_fraction": N_("A fraction such as 2/3: both numbers whole, the first not larger than the second."),
    "round_below_half": N_("Less than half of the votes would do; a decision needs at least half."),
    "round_ballots": N_("From 1 to 9 ballots are possible."),
    "round_criterion_aspect": N_("%(code)s is no aspect of the scheme. Begin each line with the code of one."),
    "round_criterion_twice": N_("%(code)s has two lines. Put them into one."),
    "round_criterion_empty": N_("%(code)s: say by what standard it is marked, after the code."),
    "round_criterion_long": N_("%(code)s: please use at most %(most)s characters."),
    "round_scheme": N_("The scheme of the scores cannot be read, at %(what)s."),
    "round_ties_score": N_("Ties cannot be decided by scores where the panel gives none."),
    "round_made": N_("The round is made. Look through its rules, then freeze them."),
    "round_saved": N_("Saved."),
    "round_frozen": N_("The rules are frozen and public. Now the circular can be drafted."),
    "round_amended": N_("The amendment is published."),
    "round_closed": N_("Recommendations are closed; the lists are being reviewed."),
    "round_opened_again": N_("Recommendations are open again."),
    "round_deciding_now": N_("The panel can begin."),
    "round_cancelled_done": N_("The round is cancelled."),
}
