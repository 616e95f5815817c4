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
    "subsidy_not_open": N_("This round takes no applications now."),
    "subsidy_innovation_draft": N_("Hand the innovation in first: an application grows out of what was handed in."),
    "subsidy_late": N_("The last day for applications is over."),
    "subsidy_not_writable": N_("The application is being checked and cannot be changed now."),
    "subsidy_purpose_empty": N_("Say what the money is for."),
    "subsidy_long": N_("At most %(most)s characters."),
    "subsidy_plan_empty": N_("Say line by line what the money is spent on."),
    "subsidy_plan_long": N_("At most %(most)s lines."),
    "subsidy_plan_line": N_("Line %(line)s: write what it is for, a colon, and the amount in yuan."),
    "subsidy_cost_below": N_("The whole cost is not less than what is asked."),
    "subsidy_ranking_incomplete": N_("The ranking names each of the %(count)s admitted applications once."),
    "subsidy_pin_reason": N_("Say why the amount is decided by hand."),
    "subsidy_nothing_admitted": N_("No application was found in order yet."),
    "subsidy_unranked": N_("%(count)s applications have no rank yet."),
    "subsidy_rank_twice": N_("Rank %(rank)s was given %(count)s times: decide who goes first."),
    "subsidy_pinned_above": N_("An amount decided by hand is above a ceiling of %(most)s yuan."),
    "subsidy_allocation_old": N_(
        "Something changed since this allocation was computed. Compute it again and have that approved."
    ),
    "subsidy_allocation_exceeds": N_("This allocation breaks a ceiling and was not approved. Nothing was written."),
    "subsidy_document_empty": N_("Enter the number of the document."),
    "subsidy_notice_open": N_(
        "A public notice about this round must have run to its end, with no accepted objection open."
    ),
    "subsidy_notice_long": N_("A notice shows at most %(most)s lines."),
    "subsidy_unsettled": N_("%(count)s grants are not settled yet."),
    "subsidy_amount_empty": N_("Enter an amount above zero."),
    "subsidy_paid_above": N_("At most %(most)s yuan may still be paid of this grant."),
    "subsidy_returned_above": N_("At most %(most)s yuan can come back: the unit has no more."),
    "subsidy_day_to_come": N_("Enter a day that is not still to come."),
    "subsidy_report_empty": N_("Say what the money brought."),
    "subsidy_spent": N_("Spent is at most what the unit has: %(most)s yuan."),
    "subsidy_note_empty": N_("Say what is missing in the report."),
    "subsidy_report_none": N_("There is no report yet."),
    "subsidy_unaccounted": N_("%(yuan)s yuan are neither spent nor given back."),
}
