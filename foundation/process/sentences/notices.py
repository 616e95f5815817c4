"""What can be wrong with notices, in sentences, and what is said when something was done."""

from foundation.base.problem import N_

SENTENCES: dict[str, str] = {
    "notice_title_empty": N_("Enter a title."),
    "notice_contact_empty": N_("Say where objections are taken: the desk, its phone, its address."),
    "notice_long": N_("At most %(most)s characters."),
    "notice_personal": N_(
        "An ID number, a bank card or a mobile number stands in this text. It must not become public."
    ),
    "notice_about_form": N_("Enter what is shown as kind:address, for example contest:2026-1-01, or leave it empty."),
    "notice_days_few": N_("A notice runs at least %(least)s working days."),
    "notice_end_time": N_("Enter a time of day such as 17:30."),
    "notice_first_day": N_("Choose whether the first day counts."),
    "notice_column": N_("“%(heading)s” is no column that may be shown in public."),
    "notice_column_twice": N_("Every column may stand in the table once."),
    "notice_table_empty": N_("A table needs a line of headings and at least one line below it."),
    "notice_table_long": N_("A table has at most %(most)s lines."),
    "notice_row_width": N_("Line %(row)s of the table has more values than there are columns."),
    "notice_value_long": N_("Line %(row)s of the table: a value has at most %(most)s characters."),
    "notice_row_personal": N_(
        "Line %(row)s of the table holds an ID number, a bank card or a mobile number. Take it out before it is shown."
    ),
    "notice_step_late": N_(
        "This cannot be done any more: the notice has moved on. Reload the page to see where it stands."
    ),
    "notice_other_text": N_(
        "This was changed after you opened the page. Below is what it says now. Read it again, then decide."
    ),
    "notice_review_first": N_(
        "Results are reviewed by a second person before they are shown. Send the draft to review."
    ),
    "notice_review_about": N_(
        "What is said about a contest or a competition is reviewed by a second person first. Send the draft to review."
    ),
    "notice_own_review": N_("You wrote on this draft yourself; somebody else reviews it."),
    "notice_reason_empty": N_("Give the reason."),
    "notice_ended": N_("The notice has ended already; there is nothing left to stop."),
    "notice_not_stopped": N_("Only a notice that was stopped is replaced by a new one."),
    "notice_drafted": N_("The draft is saved."),
    "notice_changed": N_("The draft is changed."),
    "notice_discarded": N_("The draft is discarded."),
    "notice_sent": N_("The draft is with the reviewers."),
    "notice_given_back": N_("The draft is returned with your reason."),
    "notice_approved": N_("Approved. The notice can be opened."),
    "notice_opened": N_("The notice is public. Its end and its hash are frozen."),
    "notice_stopped": N_("The notice is stopped; the reason stands on its page."),
    "todo_notice_ends": N_("The notice ends today."),
    "todo_notice_open": N_("Approved: the notice can be opened."),
    "todo_notice_returned": N_("The draft came back from review."),
    "todo_notice_review": N_("A draft waits for your review."),
}
