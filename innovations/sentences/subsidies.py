"""What is said about subsidies, in sentences."""

from foundation.base.problem import N_

SENTENCES: dict[str, str] = {
    "subsidy_name": N_("Give the round a name of at most %(most)s characters."),
    "subsidy_apply_until": N_("Choose a last day for applications that is still to come."),
    "subsidy_budget": N_("Enter the budget, above zero."),
    "subsidy_item": N_("The most for one item is above zero and not above the budget."),
    "subsidy_ceiling_below_least": N_("This ceiling is below the least amount: nobody under it could get anything."),
    "subsidy_step": N_("Amounts go in steps above zero and not above the most for one item."),
    "subsidy_least": N_("The least amount is between zero and the most for one item."),
    "subsidy_cost_share": N_("The share of an item's cost is from 1 to 100 percent."),
    "subsidy_instalments_sum": N_("Instalments are whole percents that make 100 together; these make %(sum)s."),
    "subsidy_instalments_form": N_("Write instalments as whole percents: 60 40."),
    "subsidy_report_months": N_("A report is due after 1 to 36 months."),
    "subsidy_whole": N_("Enter a whole number of at most three digits."),
    "subsidy_method": N_("Choose how money is given out."),
    "subsidy_frozen": N_("The terms are frozen and hold for everybody who applied."),
    "subsidy_changed": N_(
        "Somebody changed this while you were writing. What you typed is still here: "
        "compare it with what stands there now, and send it again."
    ),
    "subsidy_step_late": N_("This cannot be done now: things have moved on. Reload to see where they stand."),
    "subsidy_early": N_(
        "The terms let units apply for longer. Wait until then, or say that you close early: it stands in the ledger."
    ),
    "subsidy_elsewhere": N_("This round is for units below the union that opened it, and yours stands elsewhere."),
    "subsidy_not_open": N_("This round takes no applications now."),
    "subsidy_cancelled": N_("This round was given up."),
    "subsidy_innovation_draft": N_("Hand the innovation in first: an application grows out of what was handed in."),
    "subsidy_channel_line": N_("Line %(line)s: write a channel's name, a colon and its ceiling in yuan."),
    "subsidy_channel_unknown": N_("“%(name)s” is no channel of yours. Write its name as the registry has it."),
    "subsidy_channel_twice": N_("“%(name)s” stands there twice."),
    "subsidy_overlap_word": N_("Choose whether it is the same or another matter."),
    "subsidy_overlap_reason": N_("Say why: whoever audits this reads it."),
    "subsidy_overlap_undecided": N_(
        "Earlier money for the same innovation or patent: decide on it first (%(count)s to be decided on)."
    ),
    "subsidy_overlap_same": N_(
        "It was decided that this was paid for before. Choose “not eligible”, or decide on it anew with a reason."
    ),
    "subsidy_overlap_decided": N_("Decided. It stands in the ledger."),
    "subsidy_late": N_("The last day for applications is over."),
    "subsidy_not_writable": N_("The application is being checked and cannot be changed now."),
    "subsidy_purpose_empty": N_("Say what the money is for."),
    "subsidy_long": N_("At most %(most)s characters."),
    "subsidy_plan_empty": N_("Say line by line what the money is spent on."),
    "subsidy_plan_long": N_("At most %(most)s lines."),
    "subsidy_plan_line": N_("Line %(line)s: write what it is for, a colon, and the amount in yuan."),
    "subsidy_plan_total": N_("Line %(line)s is a total: leave it out, it is added up here."),
    "subsidy_cost_below": N_("The whole cost is not less than what is asked."),
    "subsidy_bars_empty": N_("Say why it is not eligible."),
    "subsidy_why_not_empty": N_("Say in words what the other reasons are: the unit reads them."),
    "subsidy_ranking_incomplete": N_("The ranking names each admitted application once (%(count)s in all)."),
    "subsidy_pin_reason": N_("Say why the amount is decided by hand."),
    "subsidy_nothing_admitted": N_("No application was found in order yet."),
    "subsidy_unchecked": N_(
        "Applications that nobody has checked yet: %(count)s. Say of each whether it is eligible, then allocate."
    ),
    "subsidy_unranked": N_("Applications without a rank: %(count)s."),
    "subsidy_rank_twice": N_("Rank %(rank)s was given %(count)s times: decide who goes first."),
    "subsidy_pinned_above": N_("Decided by hand, rank %(ranks)s: above a ceiling of %(most)s yuan."),
    "subsidy_allocation_old": N_(
        "Something changed since this allocation was computed. Compute it again and have that approved."
    ),
    "subsidy_allocation_exceeds": N_("This allocation breaks a ceiling and was not approved. Nothing was written."),
    "subsidy_document_empty": N_("Enter the number of the document."),
    "subsidy_notice_open": N_(
        "A public notice about this round must have run to its end, with no accepted objection open."
    ),
    "subsidy_notice_otherwise": N_(
        "The notice showed other grants than those that were approved. Check again, and draft it anew."
    ),
    "subsidy_notice_long": N_("A notice shows at most %(most)s lines."),
    "subsidy_unsettled": N_("Grants that are not settled yet: %(count)s."),
    "subsidy_amount_empty": N_("Enter an amount above zero."),
    "subsidy_paid_above": N_("At most %(most)s yuan may still be paid of this grant."),
    "subsidy_returned_above": N_("At most %(most)s yuan can come back: the unit has no more."),
    "subsidy_day_to_come": N_("Enter a day that is not still to come."),
    "subsidy_report_empty": N_("Say what the money brought."),
    "subsidy_spent": N_("Spent is at most what the unit has: %(most)s yuan."),
    "subsidy_note_empty": N_("Say what is missing in the report."),
    "subsidy_report_none": N_("There is no report yet."),
    "subsidy_unaccounted": N_("%(yuan)s yuan are neither spent nor given back."),
    "subsidy_spent_above": N_(
        "The report says that more was spent than the unit has: %(yuan)s yuan more. Give it back to be corrected."
    ),
    "subsidy_innovation_gone": N_(
        "“%(title)s” was withdrawn or merged into another innovation since: nothing is paid for it. Find its "
        "application not eligible, or have it withdrawn."
    ),
    "subsidy_unpaid": N_("%(yuan)s yuan of the grant were not paid. Pay them, or say that they are not paid any more."),
    "subsidy_money_asked": N_("A second person is asked about a payment or a return. Settle when that is decided."),
    "subsidy_day_early": N_("This day is before the round was made."),
    "subsidy_word_missing": N_("Choose what to do."),
    "subsidy_day": N_("Enter a day."),
    "subsidy_round_made": N_("The draft is kept. Freeze its terms to open the round."),
    "subsidy_round_saved": N_("The terms are kept."),
    "subsidy_round_frozen": N_(
        "The terms are frozen and public, and the round is open. Units apply with their innovations; "
        "check what comes in."
    ),
    "subsidy_step_taken": N_("Done."),
    "subsidy_ranked": N_("The ranking is kept."),
    "subsidy_allocated": N_("An allocation was computed. Look at every reason before you have it approved."),
    "subsidy_approval_asked": N_("A second person was asked to approve the allocation."),
    "subsidy_noticed": N_("The notice is drafted. A second person reviews it before it is opened."),
    "subsidy_granted": N_("Granted. Units read the outcome on their pages."),
    "subsidy_saved": N_("Kept. Nobody outside your unit reads it before it is handed in."),
    "subsidy_handed_in": N_("Handed in. Whoever runs the round checks it; what they find stands on this page."),
    "subsidy_withdrawn": N_("The application is withdrawn."),
    "subsidy_given_up": N_("The grant is given up. Whoever runs the round reads it."),
    "subsidy_given_up_late": N_("Money of this grant was paid: report on it, or have it recorded that it came back."),
    "subsidy_reported": N_("The report is handed in."),
    "subsidy_checked": N_("What you found is recorded. The unit reads it."),
    "subsidy_pinned": N_("The amount is kept for the next allocation."),
    "subsidy_payment_asked": N_("A second person was asked to confirm, after opening the proof."),
    "subsidy_settled": N_("Done. The unit reads it."),
    "todo_subsidies_title": N_("Subsidies"),
    "todo_subsidies_complete": N_("Applications given back to be completed: %(count)s."),
    "todo_subsidies_report": N_("Grants to report on once the money is spent: %(count)s."),
    "todo_subsidies_report_again": N_("Reports given back to be completed: %(count)s."),
    "todo_subsidies_check": N_("Applications to be checked: %(count)s."),
    "todo_subsidies_pay": N_("Grants that are not paid in full: %(count)s."),
    "todo_subsidies_settle": N_("Reports to be accepted: %(count)s."),
}
