"""What is said about rationalization proposals, their benefit and rewards, in sentences."""

from foundation.base.problem import N_

SENTENCES: dict[str, str] = {
    "proposal_title_empty": N_("Say in a few words what it is about."),
    "proposal_problem_empty": N_("Say what is not good as it is now."),
    "proposal_suggestion_empty": N_("Say what should be changed, and how."),
    "proposal_kind": N_("Choose what it is about."),
    "proposal_nothing": N_("Write something first: a few words are enough."),
    "proposal_name_empty": N_("Enter your name: an answer and a reward need somebody to go to."),
    "proposal_name_signs": N_("Write names in characters or letters, without pictures: they stand on papers."),
    "proposal_long": N_("At most %(most)s characters; this has %(length)s."),
    "proposal_paused": N_(
        "A great many proposals came from your network just now. Nothing you typed is lost: "
        "send it again in %(minutes)s minutes, or hand it to your union on paper."
    ),
    "proposal_not_writable": N_("The proposal is being answered now and cannot be changed any more."),
    "proposal_pictures_many": N_("At most %(most)s photographs. Take one off first."),
    "proposal_code_wrong": N_("Nothing opens with this code. Compare it letter by letter with what you wrote down."),
    "proposal_door_wrong": N_("Nothing opens with this code. Compare it letter by letter with the poster."),
    "proposal_door_again": N_("There is a poster for this place already."),
    "proposal_doors_many": N_("At most %(most)s posters at once. Close one that hangs nowhere any more."),
    "proposal_step_late": N_("This cannot be done any more: the proposal has moved on. Reload to see where it stands."),
    "proposal_step_missing": N_("Choose what to answer."),
    "proposal_changed": N_(
        "Somebody changed this while you were writing. What you typed is still here: "
        "compare it with what stands there now, and send it again."
    ),
    "proposal_reason_missing": N_("Say why. The worker reads it."),
    "proposal_settled_missing": N_(
        "Say what became of it where it was passed on to. The worker was promised to read it."
    ),
    "proposal_unrewarded_missing": N_("Say why there is no reward. The worker reads it."),
    "proposal_rule_missing": N_("Choose the rule by which it is no proposal. The worker reads it."),
    "proposal_desk_missing": N_("Choose where it is passed on to."),
    "proposal_pass_on": N_(
        "This is about pay, rights or danger. It is not turned away: choose “pass on”, and the desk it belongs to."
    ),
    "proposal_no_writer": N_(
        "Nobody holds a code of it, for it came on paper, by a sheet or from your unit's own system: its writer cannot "
        "complete it here. Ask them, and answer what you know then."
    ),
    "proposal_paper_day": N_("Enter the day on which the unit got the paper, as 2026-05-08."),
    "proposal_paper_again": N_("The same person's proposal in the same words is here already."),
    "proposal_paper_entered": N_("Entered. It is answered like every other."),
    "proposal_paper_mended": N_("Mended."),
    "proposal_return_nothing": N_("Choose what is to be completed."),
    "proposal_return_note": N_("Say what is missing here."),
    "proposal_days": N_("Enter a number of working days from 1 to %(most)s."),
    "proposal_paper_long": N_("More than %(most)s proposals do not go on one printed paper: take the spreadsheet."),
    "proposal_list_long": N_("More than %(most)s proposals do not go in one spreadsheet: unions below have their own."),
    "proposal_poster_nowhere": N_(
        "The poster needs the address at which workers reach this registry: set GANPO_PUBLIC_URL first."
    ),
    "proposal_sheet_benefit_early": N_("A benefit is stated only for what was carried out."),
    "proposal_sheet_benefit_both": N_("A benefit is counted in money or it is not: leave one of the two empty."),
    "proposal_sheet_in_use": N_(
        "One of these proposals has been answered or rewarded since, its benefit is being verified, or an innovation "
        "grew out of it: the sheet cannot be taken back as a whole."
    ),
    "outcome_done_empty": N_("Say what was done."),
    "outcome_day": N_("Enter the day as 2026-05-08."),
    "outcome_day_later": N_("This day is still to come."),
    "outcome_counted": N_("Choose whether the benefit is counted in money."),
    "outcome_uncounted": N_("Choose what kind of benefit it is."),
    "outcome_working_empty": N_("Show how the figure was made: saving or gain, less the cost."),
    "reward_table_none": N_("No table of rewards holds on this day."),
    "reward_nothing_gained": N_("The verified benefit is below nothing: there is no tier for it."),
    "reward_twice": N_(
        "The proposal that this grew out of was rewarded with %(yuan)s yuan. Say why the innovation is rewarded as "
        "well."
    ),
    "reward_twice_same": N_(
        "The same innovation, of another year or merged with this one, was rewarded with %(yuan)s yuan. Say why it is "
        "rewarded again."
    ),
    "reward_twice_grown": N_(
        "The innovation that grew out of this was rewarded with %(yuan)s yuan. Say why the proposal is rewarded as "
        "well."
    ),
    "reward_innovation_early": N_("Only what was handed in, and stands, can be rewarded."),
    "reward_innovation_twice": N_("It is rewarded already."),
    "reward_unverified": N_("Its benefit is claimed and not verified yet. The tier follows from what is verified."),
    "reward_innovation_kept": N_("The award is on record. Print the list for the signatures."),
    "reward_tier_missing": N_("Choose the tier."),
    "reward_reason_missing": N_("Say why this tier: the benefit was not counted in money."),
    "reward_out_of_bounds": N_("In tier “%(tier)s” an award is from %(least)s to %(most)s yuan."),
    "reward_recipients_none": N_("Enter who gets the award."),
    "reward_recipients_many": N_("At most %(most)s recipients."),
    "reward_recipient_long": N_("“%(name)s …” is too long: at most %(most)s characters."),
    "reward_share_missing": N_("“%(line)s” has no share. Write a line for each: name, space, whole percent."),
    "reward_line_several": N_("“%(line)s” names several people. Write a line for each of them, with their share."),
    "reward_share_none": N_("Everybody on the list gets at least 1 percent."),
    "reward_shares_sum": N_("The shares sum to %(sum)s, not to 100."),
    "reward_title_empty": N_("Enter the name of the rules, as the workers' congress passed them."),
    "reward_day": N_("Enter the day as 2026-05-08."),
    "reward_day_past": N_("A table begins today or later: what was awarded keeps the table of its day."),
    "reward_day_taken": N_(
        "Another table begins on this day already. Where there is a slip in it, take it back first."
    ),
    "reward_table_used": N_(
        "Something was awarded under this table: it stays. A new one takes its place from its day on."
    ),
    "reward_table_taken_back": N_("The table is taken back."),
    "reward_tiers_none": N_("Enter at least one tier."),
    "reward_tier_unnamed": N_("Enter the name of the tier."),
    "reward_tier_again": N_("Two tiers have this name."),
    "reward_bounds_order": N_("The highest award is not below the lowest."),
    "reward_most_none": N_("Enter the highest award of the tier."),
    "reward_tiers_order": N_("Tiers stand from the highest benefit down: this one begins below the one above it."),
    "reward_tiers_open": N_("The last tier begins at 0, so that every benefit has a tier."),
    "proposal_answered": N_("Answered. The worker reads it with their link."),
    "proposal_answered_unlinked": N_("Answered. Nobody holds a link to it: tell the worker yourselves."),
    "proposal_outcome_stated": N_("What was done is on record."),
    "proposal_verification_asked": N_("A second person has been asked to verify the benefit."),
    "proposal_awarded": N_("The award is on record."),
    "proposal_door_opened": N_("The poster is ready to be printed."),
    "proposal_door_closed": N_("From now on this address opens nothing."),
    "reward_table_added": N_("The table holds from its day on."),
    "proposal_deadlines_set": N_("The deadlines are set; clocks that run already are kept."),
    "proposal_reopened_unasked": N_("Fields are opened again only with the step “return”."),
    "proposal_comparing_not_stopped": N_("The proposals of this sheet are being compared, or have been."),
    "todo_proposals_take_up": N_("Take up or pass on: %(count)s."),
    "todo_proposals_decide": N_("Decide whether to adopt: %(count)s."),
    "todo_proposals_begin": N_("Adopted, to be begun: %(count)s."),
    "todo_proposals_outcome": N_("Being carried out, to be reported when done: %(count)s."),
    "todo_proposals_benefit": N_("Have the benefit verified: %(count)s."),
    "todo_proposals_reward": N_("Reward or conclude: %(count)s."),
    "todo_proposals_title": N_("Rationalization proposals"),
}
