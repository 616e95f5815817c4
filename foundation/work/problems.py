"""Everything that can be wrong with acts of two people, returned work, messages and jobs, in sentences."""

from foundation.base.problem import N_

SENTENCES: dict[str, str] = {
    # acts of two people
    "act_reason_empty": N_("Say why; the person who decides reads it."),
    "act_reason_long": N_("At most %(most)s characters."),
    "act_open_already": N_("This has been asked already and waits for a decision. See it under “Acts of two people”."),
    "act_own": N_("You asked for this yourself. Somebody else has to decide it."),
    "act_not_second": N_(
        "The person who asked made, renewed or changed your account or gave you a post in the last 30 days, so you "
        "cannot be the second person. Somebody else has to confirm this."
    ),
    "act_evidence_unopened": N_("Open the paper that this rests on first, then confirm."),
    "act_kind_gone": N_("This kind of act no longer exists in this version, so it cannot be confirmed. Reject it."),
    "act_is_confirmed": N_("This has been confirmed already."),
    "act_is_rejected": N_("This has been rejected already."),
    "act_is_withdrawn": N_("The person who asked has withdrawn this."),
    "act_changed_behind": N_(
        "What was asked no longer agrees with the ledger: it was changed outside the registry. Nothing was done. "
        "Tell the administrator of the registry."
    ),
    "act_rejection_reason_empty": N_("Say why you reject it; the person who asked reads it."),
    "act_paper_missing": N_("Choose the scanned paper with both signatures and the seal."),
    "act_paper_not_alone": N_("Somebody else can confirm this here, so a signed paper does not replace them."),
    "act_confirmed": N_("Confirmed and done. Both of you stand in the ledger."),
    "act_confirmed_on_paper": N_("Confirmed with the signed paper and done. The ledger names the file."),
    "act_rejected": N_("Rejected. The person who asked sees your reason."),
    "act_withdrawn": N_("Withdrawn. Nothing was done."),
    "todo_acts_title": N_("Acts of two people"),
    "todo_acts": N_("Asked by a colleague; you confirm or reject."),
    # returned work
    "return_nothing": N_("Name at least one field that should be completed."),
    "return_note_empty": N_("Say what should be done with this field."),
    "return_note_long": N_("At most %(most)s characters."),
    "return_field_closed": N_("This field was not returned to you and stays as it was handed in."),
    "return_none_open": N_("This has been handed in already."),
    # messages
    "outbox_recipient": N_("This is no address that a message could go to: %(recipient)s"),
    "outbox_not_failed": N_("This message is no longer among the failed ones."),
    "outbox_again": N_("The message is on its way again."),
    "todo_outbox_title": N_("Messages"),
    "todo_outbox_failed": N_("Messages that could not be delivered: send them again or tell people otherwise."),
    # long work
    "job_kind_gone": N_("This kind of work no longer exists in this version."),
    "job_gave_up": N_(
        "The work was started %(attempts)s times and broke off each time. The log of the server says why."
    ),
    "job_fault": N_("Something went wrong on our side. The log of the server says what."),
    "job_ended": N_("This work has ended already."),
    "job_cancelling": N_("The work stops at its next step. What it has finished stays."),
}
